//! What Apollo's records look like to Handset: one file per resource.
//!
//! Promises: decoding is lenient (module `lenient`), unknown fields are ignored, and a type that
//! holds personal data prints only ids. Must never: be written to disk or logged with its content.

mod account;
mod contact;
mod custom_field;
mod filtering;
mod note;
mod page;
mod phone_call;
mod sequence;
mod task;
#[cfg(test)]
mod tests;
mod usage;
mod user;

pub use account::Account;
pub use contact::{Contact, ContactSearch, ContactSort, ContactStage, PhoneKind, PhoneNumber};
pub use custom_field::{CustomField, CustomFields, NamedValue};
pub use filtering::{Filter, FilterStatus, Filtering};
pub use note::{MAX_NOTES, Note, NotePage, NoteSearch, NoteSort};
#[cfg(feature = "client")]
pub(crate) use page::Pagination;
pub use page::{Breadcrumb, Page};
pub use phone_call::{
    CallStatus, NewPhoneCall, OutcomeFacet, PhoneCall, PhoneCallPage, PhoneCallSearch,
    PhoneCallSort, PhoneCallUpdate,
};
pub use sequence::{
    ActivityFeedSearch, MAX_FEED_EVENTS, Sequence, SequenceEvent, SequenceEventKind, SequenceSearch,
};
pub use task::{
    CompletionReply, NewTask, SkipReply, Task, TaskKind, TaskPriority, TaskSearch, TaskSort,
    TaskStatus, TaskUpdate,
};
pub use usage::{Usage, UsageStats, UsageWindows};
pub use user::{Health, Profile, User, UserSearch};

/// Rows asked for per page: the most Apollo serves (Apollo docs: reference section 10, quirk 27).
pub const MAX_ROWS_PER_PAGE: u32 = 100;
/// The last page Apollo serves (Apollo docs: reference section 4.10).
pub const MAX_PAGES: u32 = 500;

/// An enum of Apollo's values; a value that it does not know stays as it came.
macro_rules! open_enum {
    (
        $(#[$doc:meta])* $name:ident {
            $($(#[$variant_doc:meta])* $variant:ident = $word:literal $(| $also:literal)*,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A value Handset does not know, as Apollo wrote it.
            Other(String),
        }

        impl $name {
            /// Apollo's value, as written in requests.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word.trim() {
                    $($word $(| $also)* => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(word: String) -> Self {
                Self::from(word.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::from)
            }
        }
    };
}
pub(crate) use open_enum;

/// A `Debug` that shows the named fields only: ids, states and times, never what a person wrote.
macro_rules! redacted_debug {
    ($name:ident { $($field:ident),+ $(,)? }) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name))
                    $(.field(stringify!($field), &self.$field))+
                    .finish_non_exhaustive()
            }
        }
    };
}
pub(crate) use redacted_debug;
