//! One module per Apollo resource: its routes and handlers.

mod auth;

use crate::router::Routes;

/// All routes, without the `/api/v1` in front.
pub(crate) fn routes() -> Routes {
    Routes::new().merge(auth::routes())
}
