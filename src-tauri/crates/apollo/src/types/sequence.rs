//! Sequences, which Apollo calls `emailer_campaign` (Apollo docs: reference section 3).

use clock::Timestamp;
use serde::Deserialize;

use super::{MAX_ROWS_PER_PAGE, open_enum, redacted_debug};
use crate::{
    ids::{ContactId, SequenceId, UserId},
    lenient,
};

/// A sequence. Its steps are not in the search's reply, only their number.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Sequence {
    /// The sequence's id.
    #[serde(deserialize_with = "lenient::id")]
    pub id: SequenceId,
    /// The name; may be empty.
    #[serde(default, deserialize_with = "lenient::label")]
    pub name: String,
    /// Running, as opposed to paused.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub active: bool,
    /// Put away.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub archived: bool,
    /// How many steps (JSON: `num_steps`).
    #[serde(rename = "num_steps", default, deserialize_with = "lenient::u32_opt")]
    pub step_count: Option<u32>,
    /// The teammate who owns it (JSON: `user_id`).
    #[serde(rename = "user_id", default, deserialize_with = "lenient::id_opt")]
    pub owner_id: Option<UserId>,
}

redacted_debug!(Sequence {
    id,
    active,
    archived,
    step_count,
    owner_id
});

impl Sequence {
    /// A sequence of which nothing but the id is known.
    pub fn with_id(id: impl Into<SequenceId>) -> Self {
        Self {
            id: id.into(),
            name: String::new(),
            active: false,
            archived: false,
            step_count: None,
            owner_id: None,
        }
    }
}

open_enum! {
    /// What happened to a contact in a sequence. An open set (Apollo docs: reference section 3.6).
    SequenceEventKind {
        /// Taken in.
        Enrolled = "enrolled",
        /// Paused.
        Paused = "paused",
        /// Going on.
        Resumed = "resumed",
        /// A step failed.
        Failed = "failed",
        /// Through with all steps, or marked as finished.
        Completed = "completed",
        /// Taken out.
        Removed = "removed",
        /// The contact answered.
        Replied = "replied",
    }
}

/// One event of a contact's way through sequences (Apollo docs: reference section 3.6).
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct SequenceEvent {
    /// What happened (JSON: `type`).
    #[serde(rename = "type", deserialize_with = "event_kind")]
    pub kind: SequenceEventKind,
    /// When (JSON: `occurred_at`).
    #[serde(
        rename = "occurred_at",
        default,
        deserialize_with = "lenient::time_opt"
    )]
    pub at: Option<Timestamp>,
    /// In which sequence.
    #[serde(default, deserialize_with = "lenient::id_opt")]
    pub sequence_id: Option<SequenceId>,
}

redacted_debug!(SequenceEvent {
    kind,
    at,
    sequence_id
});

fn event_kind<'de, D: serde::Deserializer<'de>>(d: D) -> Result<SequenceEventKind, D::Error> {
    lenient::text_opt(d)?
        .map(SequenceEventKind::from)
        .ok_or_else(|| serde::de::Error::custom("an event without a type"))
}

/// Which events to read: a contact's, in all sequences or in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityFeedSearch {
    /// Whose events.
    pub contact_id: ContactId,
    /// In which sequence; `None` means all.
    pub sequence_id: Option<SequenceId>,
    /// At most so many, the newest: 1 to [`MAX_FEED_EVENTS`].
    pub limit: u32,
}

/// Events that Apollo serves at most: there is no second page (Apollo docs: reference section 3.6).
pub const MAX_FEED_EVENTS: u32 = 50;

impl ActivityFeedSearch {
    /// The newest events of a contact in all sequences.
    pub fn of(contact_id: impl Into<ContactId>) -> Self {
        Self {
            contact_id: contact_id.into(),
            sequence_id: None,
            limit: MAX_FEED_EVENTS,
        }
    }
}

/// What to look for in `emailer_campaigns/search`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SequenceSearch {
    /// The page, from 1.
    pub page: u32,
    /// Rows a page, at most [`MAX_ROWS_PER_PAGE`].
    pub per_page: u32,
}

impl Default for SequenceSearch {
    fn default() -> Self {
        Self {
            page: 1,
            per_page: MAX_ROWS_PER_PAGE,
        }
    }
}
