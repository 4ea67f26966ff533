//! One module per Apollo resource: its routes and handlers.

mod accounts;
mod auth;
mod contacts;
mod custom_fields;
mod ids;
mod labels;
mod notes;
mod paging;
mod phone_calls;
mod sequences;
mod tasks;
mod tasks_search;
mod times;
mod usage_stats;
mod users;

use crate::route::Routes;

/// All routes, without the `/api/v1` in front.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(accounts::routes())
        .merge(auth::routes())
        .merge(contacts::routes())
        .merge(custom_fields::routes())
        .merge(labels::routes())
        .merge(notes::routes())
        .merge(phone_calls::routes())
        .merge(sequences::routes())
        .merge(tasks::routes())
        .merge(usage_stats::routes())
        .merge(users::routes())
}
