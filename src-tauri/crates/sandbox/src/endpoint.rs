//! The endpoints this Apollo answers, by their Rails names.
//!
//! Promises: one constant per endpoint, used for routing, limits, scopes, faults and history
//! alike. Must never: know paths or handlers; those are in `resources`.

/// Who may call an endpoint (reference section 1.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Access {
    /// Anyone, with or without a key.
    Public,
    /// A key whose scopes name it, or a master key.
    Scoped,
    /// A master key only.
    Master,
}

/// One endpoint: what Apollo counts, limits and grants. Written `controller#action`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Endpoint {
    pub(crate) name: &'static str,
    pub(crate) controller: &'static str,
    pub(crate) action: &'static str,
    /// The name used in messages: sometimes the action, sometimes the path template.
    pub(crate) shown: &'static str,
    pub(crate) access: Access,
}

impl Endpoint {
    /// For example `tasks#search`.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// The endpoint with this `controller#action` name, if this Apollo has it.
    pub fn named(name: &str) -> Option<Self> {
        ALL.iter().copied().find(|endpoint| endpoint.name == name)
    }

    /// The scope of a key that grants it, for example `api/v1/tasks/search`.
    pub fn scope(self) -> String {
        format!("{}/{}", self.controller, self.action)
    }
}

impl std::fmt::Display for Endpoint {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

macro_rules! declare {
    ($($constant:ident: $name:literal, $controller:literal, $action:literal, $shown:literal, $access:ident;)*) => {
        /// One constant per endpoint.
        pub mod endpoints {
            use super::{Access, Endpoint};
            $(
                #[doc = concat!("`", $name, "`.")]
                pub const $constant: Endpoint = Endpoint {
                    name: $name,
                    controller: $controller,
                    action: $action,
                    shown: $shown,
                    access: Access::$access,
                };
            )*
        }
        /// Every endpoint.
        pub(crate) const ALL: &[Endpoint] = &[$(endpoints::$constant),*];
    };
}

declare! {
    AUTH_HEALTH: "auth#health", "api/v1/auth", "health", "api/v1/auth/health", Public;
    AUTH_BOOTSTRAPPED: "auth#additional_bootstrapped_data", "api/v1/auth", "additional_bootstrapped_data", "api/v1/auth/additional_bootstrapped_data", Master;
    USERS_PROFILE: "users#api_profile", "api/v1/users", "api_profile", "api/v1/users/api_profile", Scoped;
    USERS_SEARCH: "users#search", "api/v1/users", "search", "api/v1/users/search", Scoped;
    SEQUENCES_SEARCH: "emailer_campaigns#search", "api/v1/emailer_campaigns", "search", "api/v1/emailer_campaigns/search", Scoped;
    SEQUENCES_SHOW: "emailer_campaigns#show", "api/v1/emailer_campaigns", "show", "api/v1/emailer_campaigns/show", Scoped;
    SEQUENCES_APPROVE: "emailer_campaigns#approve", "api/v1/emailer_campaigns", "approve", "api/v1/emailer_campaigns/approve", Scoped;
    SEQUENCES_ABORT: "emailer_campaigns#abort", "api/v1/emailer_campaigns", "abort", "api/v1/emailer_campaigns/abort", Scoped;
    SEQUENCES_STOP_CONTACTS: "emailer_campaigns#remove_or_stop_contact_ids", "api/v1/emailer_campaigns", "remove_or_stop_contact_ids", "api/v1/emailer_campaigns/remove_or_stop_contact_ids", Scoped;
    SEQUENCES_ACTIVITY: "emailer_campaigns#activity_feed", "api/v1/emailer_campaigns", "activity_feed", "api/v1/emailer_campaigns/activity_feed", Scoped;
    SEQUENCES_ADD_CONTACTS: "emailer_campaigns#add_contact_ids", "api/v1/emailer_campaigns", "add_contact_ids", "api/v1/emailer_campaigns/{sequence_id}/add_contact_ids", Scoped;
    SEQUENCES_ARCHIVE: "emailer_campaigns#archive", "api/v1/emailer_campaigns", "archive", "api/v1/emailer_campaigns/archive", Scoped;
    TASKS_SEARCH: "tasks#search", "api/v1/tasks", "search", "api/v1/tasks/search", Scoped;
    TASKS_SHOW: "tasks#show", "api/v1/tasks", "show", "api/v1/tasks/show", Scoped;
    TASKS_CREATE: "tasks#create", "api/v1/tasks", "create", "api/v1/tasks", Scoped;
    TASKS_BULK_CREATE: "tasks#bulk_create", "api/v1/tasks", "bulk_create", "api/v1/tasks/bulk_create", Scoped;
    TASKS_UPDATE: "tasks#update", "api/v1/tasks", "update", "api/v1/tasks/update", Scoped;
    TASKS_COMPLETE: "tasks#complete", "api/v1/tasks", "complete", "api/v1/tasks/complete", Scoped;
    TASKS_SKIP: "tasks#skip", "api/v1/tasks", "skip", "api/v1/tasks/skip", Scoped;
    TASKS_BULK_COMPLETE: "tasks#bulk_complete", "api/v1/tasks", "bulk_complete", "api/v1/tasks/bulk_complete", Scoped;
    TASKS_BULK_SKIP: "tasks#bulk_skip", "api/v1/tasks", "bulk_skip", "api/v1/tasks/bulk_skip", Scoped;
    CONTACTS_SHOW: "contacts#show", "api/v1/contacts", "show", "api/v1/contacts/{contact_id}", Scoped;
    CONTACTS_SEARCH: "contacts#search", "api/v1/contacts", "search", "api/v1/contacts/search", Scoped;
    CONTACTS_UPDATE: "contacts#update", "api/v1/contacts", "update", "api/v1/contacts/{contact_id}", Scoped;
    CONTACTS_UPDATE_STAGES: "contacts#update_stages", "api/v1/contacts", "update_stages", "api/v1/contacts/update_stages", Scoped;
    CONTACT_STAGES_INDEX: "contact_stages#index", "api/v1/contact_stages", "index", "api/v1/contact_stages", Scoped;
    ACCOUNTS_SHOW: "accounts#show", "api/v1/accounts", "show", "api/v1/accounts/{id}", Scoped;
    ACCOUNTS_SEARCH: "accounts#search", "api/v1/accounts", "search", "api/v1/accounts/search", Scoped;
    ACCOUNTS_UPDATE: "accounts#update", "api/v1/accounts", "update", "api/v1/accounts/{account_id}", Scoped;
    ACCOUNT_STAGES_INDEX: "account_stages#index", "api/v1/account_stages", "index", "api/v1/account_stages", Scoped;
    CALLS_CREATE: "phone_calls#create", "api/v1/phone_calls", "create", "api/v1/phone_calls", Master;
    CALLS_UPDATE: "phone_calls#update", "api/v1/phone_calls", "update", "api/v1/phone_calls/update", Master;
    CALLS_SEARCH: "phone_calls#search", "api/v1/phone_calls", "search", "api/v1/phone_calls/search", Master;
    NOTES_INDEX: "notes#index", "meetings/api/v1/notes", "index", "meetings/api/v1/notes/index", Scoped;
    LABELS_INDEX: "labels#index", "api/v1/labels", "index", "api/v1/labels", Scoped;
    LABELS_CREATE: "labels#create", "api/v1/labels", "create", "api/v1/labels/create", Scoped;
    CUSTOM_FIELDS_INDEX: "typed_custom_fields#index", "api/v1/typed_custom_fields", "index", "api/v1/typed_custom_fields", Scoped;
    FIELDS_INDEX: "fields#index", "api/v1/fields", "index", "api/v1/fields", Scoped;
    USAGE_STATS: "usage_stats#api_usage_stats", "api/v1/usage_stats", "api_usage_stats", "api/v1/usage_stats/api_usage_stats", Scoped;
    CREDIT_USAGE_STATS: "usage_stats#credit_usage_stats", "api/v1/usage_stats", "credit_usage_stats", "api/v1/usage_stats/credit_usage_stats", Scoped;
}
