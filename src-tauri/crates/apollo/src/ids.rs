//! Apollo's ids as types, so that a contact's id cannot be passed where a task's is meant.
//!
//! Promises: an id stays exactly as Apollo sent it (24 hex digits today, but nothing here relies
//! on it; Apollo docs: reference section 10, quirk 3). Must never: be parsed for meaning.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// An id as Apollo wrote it.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The id as Apollo writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    )+};
}

ids! {
    /// A teammate (Apollo: `user_id`).
    UserId
    /// The workspace a key belongs to (Apollo: `team_id`).
    TeamId
    /// A task.
    TaskId
    /// A contact: a person in the team's Apollo.
    ContactId
    /// An account: a company in the team's Apollo.
    AccountId
    /// A sequence (Apollo: `emailer_campaign_id`).
    SequenceId
    /// A logged phone call.
    CallId
    /// A disposition (Apollo: `phone_call_outcome_id`).
    OutcomeId
    /// The purpose of a call (Apollo: `phone_call_purpose_id`).
    PurposeId
    /// A contact stage (Apollo: `contact_stage_id`).
    StageId
    /// A note on a contact or account.
    NoteId
    /// A field that the team has added (Apollo: the key in `typed_custom_fields`).
    FieldId
}
