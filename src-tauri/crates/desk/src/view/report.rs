use serde::Serialize;
use ts_rs::TS;

use super::QueueScope;

/// The table of sequences with what this rep has to do in each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SequenceReport {
    /// *All my call tasks*.
    pub all: ReportRow,
    /// *Tasks without a sequence*.
    pub without_sequence: ReportRow,
    /// Those with most callable now first, then most due.
    pub sequences: Vec<ReportRow>,
    pub loading: Loading,
    /// Today's numbers, in one line: "12 calls logged, 2 waiting".
    pub today: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReportRow {
    pub scope: QueueScope,
    pub name: String,
    pub state: SequenceState,
    /// Call tasks due today or earlier and not finished here: the queue's length.
    pub open: u32,
    /// Due on this day in the rep's zone.
    pub due_today: u32,
    /// Due before today.
    pub overdue: u32,
    /// Open ones that may be dialed at this minute.
    pub callable_now: u32,
    /// Callable ones whose calling window closes within the hour.
    pub closing_soon: u32,
    pub step_count: Option<u32>,
    pub owner: Option<String>,
}

impl std::fmt::Debug for ReportRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReportRow")
            .field("scope", &self.scope)
            .field("open", &self.open)
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SequenceState {
    Active,
    Paused,
    Archived,
    /// Not a sequence, or one that Apollo did not list.
    Unknown,
}

/// How far a sweep of the call tasks is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Loading {
    pub state: LoadingState,
    /// Task rows received.
    pub received: u32,
    /// Task rows Apollo says there are, once it has said.
    pub total: Option<u32>,
    /// One sentence: what is being read, or why it stopped.
    pub sentence: String,
    /// When the last complete sweep ended, in the rep's local time: "14:05", "yesterday 17:30".
    pub as_of: Option<String>,
    /// Whether there was one in this run: without it, what is not here may be in Apollo.
    pub is_whole: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LoadingState {
    /// Nothing was asked for yet.
    Idle,
    /// Before the first page.
    First,
    /// Rows are here and more arrive.
    More,
    Complete,
    Cancelled,
    Failed,
}
