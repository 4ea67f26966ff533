//! What can be asked of Apollo: one file per resource.
//!
//! Searches go as POST with JSON, which Apollo accepts although its documentation lists query
//! parameters (Apollo docs: reference section 10, quirk 1); only calls and users are searched by
//! GET. Every method takes the priority its permit waits in line with.

mod accounts;
mod auth;
mod contacts;
pub(crate) mod phone_calls;
mod sequences;
pub(crate) mod tasks;
mod usage_stats;
pub(crate) mod users;

pub use accounts::Accounts;
pub use auth::Auth;
pub use contacts::Contacts;
pub use phone_calls::PhoneCalls;
pub use sequences::Sequences;
pub use tasks::Tasks;
pub use usage_stats::UsageStatistics;
pub use users::Users;

use crate::types::{MAX_PAGES, MAX_ROWS_PER_PAGE};

/// Page and rows a page, cut to what Apollo serves: beyond, it answers 422.
fn within_bounds(page: u32, per_page: u32) -> (u32, u32) {
    (
        page.clamp(1, MAX_PAGES),
        per_page.clamp(1, MAX_ROWS_PER_PAGE),
    )
}
