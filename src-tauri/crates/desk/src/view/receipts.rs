use apollo::ids::TaskId;
use clock::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// Today's wrap-ups, those that need a person first, then newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Receipts {
    pub rows: Vec<Receipt>,
    pub sent: u32,
    pub unsent: u32,
    pub blocked: u32,
}

/// The proof of one wrap-up.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct Receipt {
    #[ts(type = "string")]
    pub wrap_up_id: uuid::Uuid,
    #[ts(type = "string")]
    pub task_id: TaskId,
    pub kind: ReceiptKind,
    /// Who was called: known only while the person is in memory, since it is not kept on disk.
    pub who: Option<String>,
    /// The outcome or the reason, if known.
    pub result: Option<String>,
    /// As whom it is logged.
    pub logged_as: String,
    /// When it was saved here.
    #[ts(type = "string")]
    pub saved_at: Timestamp,
    /// The same, for reading: "14:05".
    pub saved_time: String,
    pub state: ReceiptState,
    /// One sentence: what was done, or what it waits for, until when, and what to do.
    pub sentence: String,
    #[ts(type = "string | null")]
    pub waits_until: Option<Timestamp>,
    pub steps: Vec<ReceiptStep>,
    /// *Try again* makes sense.
    pub can_retry: bool,
}

impl std::fmt::Debug for Receipt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Receipt")
            .field("wrap_up_id", &self.wrap_up_id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptKind {
    Call,
    Skip,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptState {
    /// Durable here, next to be sent.
    Saved,
    /// On its way at this moment.
    Sending,
    /// Waits until a time, for a reason.
    Waiting,
    /// A reply was lost: Handset looks in Apollo before it sends anything again.
    Checking,
    /// Every step is acknowledged.
    Sent,
    /// A person decides.
    Blocked,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReceiptStep {
    /// "Call logged", "Task completed", "Task skipped".
    pub name: String,
    pub state: ReceiptState,
    /// "Done at 14:05", "Apollo had it completed already", …
    pub sentence: String,
    /// Apollo's id of what was written.
    pub apollo_id: Option<String>,
}
