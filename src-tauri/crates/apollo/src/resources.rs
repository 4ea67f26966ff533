//! What can be asked of Apollo: one file per resource.
//!
//! Searches go as POST with JSON, which Apollo accepts although its documentation lists query
//! parameters (Apollo docs: reference section 10, quirk 1); only calls and users are searched by
//! GET. Every method takes the priority its permit waits in line with.
//!
//! Filters are never trusted (Apollo docs: reference section 10, quirk 2): rows that violate one are
//! set aside, [`Page::filtering`](crate::types::Page::filtering) says what became of each, and one
//! that was found ignored is not sent again in the client's life.
//!
//! Here is what Handset uses, and nothing else. Not to be added, on purpose:
//! `emailer_campaigns/{id}/add_contact_ids`, since enrolling a contact may send real email; deleting
//! anything; deals; whatever needs a browser's session (quirk 31).

mod accounts;
mod auth;
mod contacts;
mod custom_fields;
mod notes;
pub(crate) mod phone_calls;
mod sequences;
pub(crate) mod tasks;
mod usage_stats;
pub(crate) mod users;

pub use accounts::Accounts;
pub use auth::Auth;
pub use contacts::Contacts;
pub use custom_fields::CustomFieldList;
pub use notes::Notes;
pub use phone_calls::PhoneCalls;
pub use sequences::Sequences;
pub use tasks::Tasks;
pub use usage_stats::UsageStatistics;
pub use users::Users;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    Client,
    client::FilterForms,
    types::{Filter, MAX_PAGES, MAX_ROWS_PER_PAGE},
};

/// Where the resources hang: the client itself knows none of them.
impl Client {
    /// Whether the key is good.
    pub fn auth(&self) -> Auth<'_> {
        Auth(self)
    }

    /// Teammates, and who the key acts as.
    pub fn users(&self) -> Users<'_> {
        Users(self)
    }

    /// Sequences.
    pub fn sequences(&self) -> Sequences<'_> {
        Sequences(self)
    }

    /// Tasks.
    pub fn tasks(&self) -> Tasks<'_> {
        Tasks(self)
    }

    /// Contacts.
    pub fn contacts(&self) -> Contacts<'_> {
        Contacts(self)
    }

    /// Accounts.
    pub fn accounts(&self) -> Accounts<'_> {
        Accounts(self)
    }

    /// Logged calls.
    pub fn phone_calls(&self) -> PhoneCalls<'_> {
        PhoneCalls(self)
    }

    /// Notes on contacts and accounts.
    pub fn notes(&self) -> Notes<'_> {
        Notes(self)
    }

    /// The fields that the team has added.
    pub fn custom_fields(&self) -> CustomFieldList<'_> {
        CustomFieldList(self)
    }

    /// The team's use of its limits.
    pub fn usage_stats(&self) -> UsageStatistics<'_> {
        UsageStatistics(self)
    }
}

/// Page and rows a page, cut to what Apollo serves: beyond, it answers 422.
fn within_bounds(page: u32, per_page: u32) -> (u32, u32) {
    (
        page.clamp(1, MAX_PAGES),
        per_page.clamp(1, MAX_ROWS_PER_PAGE),
    )
}

/// The filters of a search that are set.
fn set_filters(filters: &[(Filter, bool)]) -> Vec<Filter> {
    let set = filters.iter().filter(|(_, is_set)| *is_set);
    set.map(|(filter, _)| *filter).collect()
}

/// The JSON body of a search: page, filters that are worth asking for, order.
struct SearchBody<'a> {
    forms: &'a FilterForms,
    fields: Map<String, Value>,
}

impl<'a> SearchBody<'a> {
    fn new((page, per_page): (u32, u32), forms: &'a FilterForms) -> Self {
        let mut fields = Map::new();
        fields.insert("page".to_owned(), json!(page));
        fields.insert("per_page".to_owned(), json!(per_page));
        Self { forms, fields }
    }

    /// Asks for a filter, if it is set and not known to be ignored.
    fn filter(mut self, filter: Filter, value: &impl Serialize) -> Self {
        if self.forms.asks_plural(filter) {
            let name = filter.parameter().to_owned();
            self.fields.insert(name, json!(value));
        }
        self
    }

    fn sort(mut self, field: &str, ascending: bool) -> Self {
        self.fields.insert("sort_by_field".to_owned(), json!(field));
        self.fields
            .insert("sort_ascending".to_owned(), json!(ascending));
        self
    }

    fn into_json(self) -> Map<String, Value> {
        self.fields
    }
}
