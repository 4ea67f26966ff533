//! Sequences, which Apollo calls `emailer_campaign` (Apollo docs: reference section 3).

use clock::Timestamp;
use serde::{Deserialize, Serialize};

use super::{MAX_ROWS_PER_PAGE, redacted_debug};
use crate::{
    ids::{SequenceId, UserId},
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
    /// When it was made.
    #[serde(default, deserialize_with = "lenient::time_opt")]
    pub created_at: Option<Timestamp>,
    /// When it was last used.
    #[serde(default, deserialize_with = "lenient::time_opt")]
    pub last_used_at: Option<Timestamp>,
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
            created_at: None,
            last_used_at: None,
        }
    }
}

/// What to look for in `emailer_campaigns/search`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SequenceSearch {
    /// A part of the name.
    pub name: Option<String>,
    /// The page, from 1.
    pub page: u32,
    /// Rows a page, at most [`MAX_ROWS_PER_PAGE`].
    pub per_page: u32,
}

impl Default for SequenceSearch {
    fn default() -> Self {
        Self {
            name: None,
            page: 1,
            per_page: MAX_ROWS_PER_PAGE,
        }
    }
}

/// How a contact leaves a sequence (Apollo docs: reference section 3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemoveMode {
    /// Counted as finished: right after *not interested*.
    MarkAsFinished,
    /// Taken out.
    Remove,
    /// Stopped.
    Stop,
}
