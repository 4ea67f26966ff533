use apollo::ids::TaskId;
use serde::Serialize;
use ts_rs::TS;

use super::QueueScope;

/// The ordered call tasks of a scope. Order: oldest due first; rows never move while it is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Queue {
    pub scope: QueueScope,
    pub title: String,
    pub rows: Vec<QueueRow>,
    #[ts(type = "string | null")]
    pub selected: Option<TaskId>,
    /// Tasks of the queue finished or skipped today, also before Handset was started last.
    pub finished: u32,
    /// Those, and all rows.
    pub total: u32,
    /// Open rows that may not be dialed at this minute because of their local time.
    pub parked: u32,
    /// When the first parked one opens: "17:00", in the rep's local time.
    pub next_opens: Option<String>,
    /// True while more rows may arrive.
    pub loading: bool,
    /// What Apollo has and is not here, in a sentence; none if all of it was read.
    pub missing: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct QueueRow {
    #[ts(type = "string")]
    pub task_id: TaskId,
    pub name: String,
    pub title: Option<String>,
    pub company: Option<String>,
    pub local_time: Option<LocalTime>,
    pub reach: Reach,
    pub sequence: Option<String>,
    pub step: Option<u32>,
    pub due: Due,
    pub priority: RowPriority,
    pub state: RowState,
    /// The outcome or reason, for finished rows.
    pub result: Option<String>,
    /// A note or outcome was begun and not saved.
    pub has_draft: bool,
}

impl std::fmt::Debug for QueueRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("QueueRow")
            .field("task_id", &self.task_id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// The prospect's time of day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct LocalTime {
    /// "10:42"; "09:42–10:42" where several zones are possible.
    pub text: String,
    /// Where that is: "New York", or "Indiana".
    pub place: String,
    /// IANA name, so that a window can let the clock tick; of several, where it is earliest.
    pub zone: String,
    /// Of several, where it is latest.
    pub latest_zone: Option<String>,
    /// Where the zone comes from, in words: "from Apollo", "from the country".
    pub source: String,
}

/// Whether somebody may be dialed at this minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Reach {
    pub state: ReachState,
    /// A few words for a list: "opens 09:00", "closes 20:00", "opted out". Empty when callable.
    pub short: String,
    /// One sentence for the card.
    pub sentence: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReachState {
    Callable,
    /// Callable, and the window closes within the hour.
    ClosingSoon,
    /// Outside calling hours: parked until they open.
    Parked,
    /// Nobody knows what time it is there.
    UnknownTime,
    /// Something else asks first: the sequence is stopped, or they were called today.
    AskFirst,
    /// No number that can be dialed.
    NoNumber,
    /// Opted out, or every number is marked do-not-call.
    DoNotCall,
}

/// When a task is due, in the rep's zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Due {
    pub state: DueState,
    /// "2 d overdue", "due today", "due 26 Nov".
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DueState {
    Overdue,
    Today,
    Later,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowPriority {
    Urgent,
    High,
    Medium,
    Low,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    Open,
    /// A call to this person is going on.
    OnCall,
    /// Wrapped up here; Apollo may not have it yet (see receipts).
    Finished,
    Skipped,
    /// Gone from Apollo, or no longer this rep's.
    Gone,
    /// Logged earlier from this computer; Apollo's list has not caught up.
    CatchingUp,
}
