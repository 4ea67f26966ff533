//! The endpoints Apollo counts separately.

use std::fmt;

/// One endpoint as Apollo's limits count it: controller and action, as `usage_stats` names them
/// (Apollo docs: reference sections 8.1 and 8.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Endpoint(&'static str);

macro_rules! endpoints {
    ($($(#[$doc:meta])* $name:ident = $text:literal, wrap_up: $wrap_up:literal;)+) => {
        impl Endpoint {
            $($(#[$doc])* pub const $name: Self = Self($text);)+

            /// Every endpoint that Handset or its probe asks.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Whether a wrap-up ever needs this endpoint, so that its last permits are
            /// reserved for wrap-ups.
            pub(crate) fn serves_wrap_ups(self) -> bool {
                match self {
                    $(Self::$name => $wrap_up,)+
                    _ => false,
                }
            }
        }
    };
}

endpoints! {
    /// `GET /auth/health`.
    AUTH_HEALTH = "api/v1/auth#health", wrap_up: false;
    /// `GET /auth/additional_bootstrapped_data`, undocumented; only the probe asks it.
    AUTH_BOOTSTRAPPED_DATA = "api/v1/auth#additional_bootstrapped_data", wrap_up: false;
    /// `GET /users/api_profile`.
    USERS_PROFILE = "api/v1/users#api_profile", wrap_up: false;
    /// `GET /users/search`.
    USERS_SEARCH = "api/v1/users#search", wrap_up: false;
    /// `POST /emailer_campaigns/search`.
    SEQUENCES_SEARCH = "api/v1/emailer_campaigns#search", wrap_up: false;
    /// `GET /emailer_campaigns/{id}`, undocumented; only the probe asks it.
    SEQUENCES_SHOW = "api/v1/emailer_campaigns#show", wrap_up: false;
    /// `POST /emailer_campaigns/remove_or_stop_contact_ids`.
    SEQUENCES_REMOVE_OR_STOP =
        "api/v1/emailer_campaigns#remove_or_stop_contact_ids", wrap_up: true;
    /// `POST /emailer_campaigns/activity_feed`.
    SEQUENCES_ACTIVITY_FEED = "api/v1/emailer_campaigns#activity_feed", wrap_up: false;
    /// `POST /tasks/search`; wrap-ups read callbacks back through it.
    TASKS_SEARCH = "api/v1/tasks#search", wrap_up: true;
    /// `GET /tasks/{id}`.
    TASKS_SHOW = "api/v1/tasks#show", wrap_up: false;
    /// `POST /tasks`.
    TASKS_CREATE = "api/v1/tasks#create", wrap_up: true;
    /// `PATCH /tasks/{id}`.
    TASKS_UPDATE = "api/v1/tasks#update", wrap_up: true;
    /// `POST /tasks/{id}/complete`.
    TASKS_COMPLETE = "api/v1/tasks#complete", wrap_up: true;
    /// `POST /tasks/{id}/skip`.
    TASKS_SKIP = "api/v1/tasks#skip", wrap_up: true;
    /// `GET /contacts/{id}`.
    CONTACTS_SHOW = "api/v1/contacts#show", wrap_up: false;
    /// `POST /contacts/search`.
    CONTACTS_SEARCH = "api/v1/contacts#search", wrap_up: false;
    /// `POST /contacts/update_stages`.
    CONTACTS_UPDATE_STAGES = "api/v1/contacts#update_stages", wrap_up: true;
    /// `GET /contact_stages`.
    CONTACT_STAGES = "api/v1/contact_stages#index", wrap_up: false;
    /// `GET /accounts/{id}`.
    ACCOUNTS_SHOW = "api/v1/accounts#show", wrap_up: false;
    /// `POST /phone_calls`.
    PHONE_CALLS_CREATE = "api/v1/phone_calls#create", wrap_up: true;
    /// `PUT /phone_calls/{id}`.
    PHONE_CALLS_UPDATE = "api/v1/phone_calls#update", wrap_up: true;
    /// `GET /phone_calls/search`; wrap-ups read calls back through it.
    PHONE_CALLS_SEARCH = "api/v1/phone_calls#search", wrap_up: true;
    /// `GET /notes`, which Apollo routes to another part of itself.
    NOTES = "meetings/api/v1/notes#index", wrap_up: false;
    /// `GET /fields`.
    FIELDS = "api/v1/fields#index", wrap_up: false;
    /// `GET /typed_custom_fields`.
    CUSTOM_FIELDS = "api/v1/typed_custom_fields#index", wrap_up: false;
    /// `POST /usage_stats/api_usage_stats`.
    USAGE_STATS = "api/v1/usage_stats#api_usage_stats", wrap_up: false;
}

impl Endpoint {
    /// The name, such as `api/v1/tasks#search`.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The endpoint of that name, if Handset or its probe asks it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|endpoint| endpoint.0 == name)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
