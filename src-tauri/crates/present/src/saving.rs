//! What windows send about skips, and what saving answers.

use apollo::ids::TaskId;
use clock::Timestamp;
use domain::wrap_up;
use serde::{Deserialize, Serialize};
use text::{Text, message};
use ts_rs::TS;

/// Why a task is skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    WrongNumber,
    NoNumber,
    DoNotCall,
    NotRelevant,
    AlreadySpoke,
    Other,
}

/// What *save and next* answers once the wrap-up is on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Saved {
    #[ts(type = "string")]
    pub wrap_up_id: uuid::Uuid,
    /// Until when it can be taken back; none if it is sent at once.
    #[ts(type = "string | null")]
    pub undo_until: Option<Timestamp>,
    /// The card that is now selected.
    #[ts(type = "string | null")]
    pub next: Option<TaskId>,
}

impl From<session::Saved> for Saved {
    fn from(saved: session::Saved) -> Self {
        Self {
            wrap_up_id: saved.wrap_up_id.0,
            undo_until: saved.undo_until,
            next: saved.next,
        }
    }
}

impl From<SkipReason> for wrap_up::SkipReason {
    fn from(reason: SkipReason) -> Self {
        match reason {
            SkipReason::WrongNumber => Self::WrongNumber,
            SkipReason::NoNumber => Self::NoNumber,
            SkipReason::DoNotCall => Self::DoNotCall,
            SkipReason::NotRelevant => Self::NotRelevant,
            SkipReason::AlreadySpoke => Self::AlreadySpoke,
            SkipReason::Other => Self::Other,
        }
    }
}

/// Why a task was skipped. Apollo is told in English, by [`wrap_up::SkipReason::as_note`].
pub(crate) fn skip_reason(reason: wrap_up::SkipReason) -> Text {
    match reason {
        wrap_up::SkipReason::WrongNumber => message!("skip-wrong-number"),
        wrap_up::SkipReason::NoNumber => message!("skip-no-number"),
        wrap_up::SkipReason::DoNotCall => message!("skip-do-not-call"),
        wrap_up::SkipReason::NotRelevant => message!("skip-not-relevant"),
        wrap_up::SkipReason::AlreadySpoke => message!("skip-already-spoke"),
        wrap_up::SkipReason::Other => message!("skip-other"),
    }
}
