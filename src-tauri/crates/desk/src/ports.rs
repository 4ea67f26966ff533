//! What the domain needs from outside, and nothing more.
//!
//! Promises: the surface grows only when the domain needs something new. Must never: name a
//! library that does the work.

use apollo::{
    ids::{CallId, ContactId, SequenceId, StageId, TaskId, UserId},
    types::{
        CompleteOutcome, ContactStage, CustomFields, NewPhoneCall, NewTask, OutcomeFacet, Page,
        PhoneCall, PhoneCallUpdate, Sequence, SkipOutcome, Task, TaskSearch, TaskUpdate,
    },
};
use async_trait::async_trait;
use clock::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    view::{Callback, QueueScope, Rep},
    wrap_up::{ReceiptRecord, WrapUp, WrapUpId},
};

/// How urgent a read is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// A wrap-up cannot go on without it; as urgent as its writes.
    WrapUp,
    /// The rep is waiting for it.
    Waiting,
    /// It is nice to have it early.
    Background,
    /// It may use what is left over.
    Verification,
}

/// Apollo, as the domain sees it.
#[async_trait]
pub trait Apollo: Send + Sync {
    /// One page of tasks. Filters are hints: the caller re-checks every row.
    async fn tasks(
        &self,
        search: TaskSearch,
        urgency: Urgency,
    ) -> Result<Page<Task>, apollo::Error>;
    /// One page of sequences, 1-based.
    async fn sequences(&self, page: u32) -> Result<Page<Sequence>, apollo::Error>;
    /// The dispositions that Apollo names in the counts of its call search.
    async fn outcomes(&self) -> Result<Vec<OutcomeFacet>, apollo::Error>;
    /// The fields that the team has added to contacts and accounts.
    async fn custom_fields(&self) -> Result<CustomFields, apollo::Error>;
    /// Writes one call record. Not idempotent: never repeated without [`Apollo::calls_of`].
    async fn log_call(&self, call: &NewPhoneCall) -> Result<PhoneCall, apollo::Error>;
    /// One page (1-based) of the call records of `user` that started between the two dates (UTC,
    /// both included).
    async fn calls_of(
        &self,
        user: &UserId,
        from: jiff::civil::Date,
        to: jiff::civil::Date,
        page: u32,
        urgency: Urgency,
    ) -> Result<Page<PhoneCall>, apollo::Error>;
    /// Changes a logged call. Idempotent.
    async fn correct_call(
        &self,
        call: &CallId,
        update: &PhoneCallUpdate,
    ) -> Result<(), apollo::Error>;
    /// One task as it is now.
    async fn task(&self, task: &TaskId) -> Result<Task, apollo::Error>;
    /// Changes an open task. Idempotent.
    async fn update_task(&self, task: &TaskId, update: &TaskUpdate) -> Result<(), apollo::Error>;
    /// Makes a task; Apollo may not say which. Not idempotent: never repeated without a search.
    async fn create_task(&self, task: &NewTask) -> Result<Option<TaskId>, apollo::Error>;
    /// The stages that contacts can be in.
    async fn stages(&self) -> Result<Vec<ContactStage>, apollo::Error>;
    /// Moves a contact to a stage. Idempotent.
    async fn set_stage(&self, contact: &ContactId, stage: &StageId) -> Result<(), apollo::Error>;
    /// Marks a sequence as finished for a contact. Idempotent.
    async fn finish_sequence(
        &self,
        sequence: &SequenceId,
        contact: &ContactId,
    ) -> Result<(), apollo::Error>;
    /// Completes a task. Idempotent.
    async fn complete_task(&self, task: &TaskId) -> Result<CompleteOutcome, apollo::Error>;
    /// Skips a task. Idempotent.
    async fn skip_task(
        &self,
        task: &TaskId,
        note: Option<&str>,
    ) -> Result<SkipOutcome, apollo::Error>;
}

/// What is kept on disk for one Apollo origin.
///
/// A method whose text says *durable* returns only when the bytes would survive a loss of power.
#[async_trait]
pub trait Store: Send + Sync {
    /// Every wrap-up that is not acknowledged, oldest first.
    async fn wrap_ups(&self) -> Result<Vec<WrapUp>, StoreError>;
    /// Inserts or replaces a wrap-up, sealed. Durable.
    async fn put_wrap_up(&self, wrap_up: &WrapUp) -> Result<(), StoreError>;
    /// Erases a wrap-up that was taken back, and keeps its draft instead, in one step. Durable.
    async fn take_back(&self, wrap_up: &WrapUp, draft: &KeptDraft) -> Result<(), StoreError>;
    /// Erases the wrap-up's content and keeps its receipt instead, in one step; the ledger entry
    /// too, unless nothing of it was done. Durable.
    async fn acknowledge(&self, receipt: &ReceiptRecord) -> Result<(), StoreError>;
    /// Puts an acknowledged wrap-up back into the outbox in place of its receipt, in one step; the
    /// ledger entry stays. Durable.
    async fn revive(&self, wrap_up: &WrapUp) -> Result<(), StoreError>;
    /// Keeps what reading back said of a receipt. Survives the death of the process.
    async fn put_receipt(&self, receipt: &ReceiptRecord) -> Result<(), StoreError>;
    /// Receipts of acknowledged wrap-ups saved at or after `since`, oldest first.
    async fn receipts(&self, since: Timestamp) -> Result<Vec<ReceiptRecord>, StoreError>;
    /// The tasks that this app has logged or skipped, within the retention period.
    async fn ledger(&self) -> Result<Vec<LedgerEntry>, StoreError>;
    /// The tasks of wrap-ups that cannot be read with the key at hand. They are not to be called
    /// again, since what was saved of them is kept and may come back.
    async fn tasks_set_aside(&self) -> Result<Vec<TaskId>, StoreError>;
    /// Every draft, unsealed.
    async fn drafts(&self) -> Result<Vec<KeptDraft>, StoreError>;
    /// Keeps a draft, sealed. Survives the death of the process.
    async fn put_draft(&self, draft: &KeptDraft) -> Result<(), StoreError>;
    /// Erases the draft of a task.
    async fn erase_draft(&self, task: &TaskId) -> Result<(), StoreError>;
    /// Where the rep was.
    async fn position(&self) -> Result<Option<Position>, StoreError>;
    /// Keeps where the rep is; `None` forgets. Survives the death of the process.
    async fn put_position(&self, position: Option<&Position>) -> Result<(), StoreError>;
    /// Who the rep is.
    async fn rep(&self) -> Result<Option<Rep>, StoreError>;
    /// Keeps who the rep is; `None` forgets. Durable.
    async fn put_rep(&self, rep: Option<&Rep>) -> Result<(), StoreError>;
}

/// A task that this app has finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerEntry {
    pub task_id: TaskId,
    pub wrap_up_id: WrapUpId,
    pub call_id: Option<CallId>,
    pub at: Timestamp,
    /// When the task is due again, if it was moved instead of finished.
    #[serde(default)]
    pub moved_to: Option<Timestamp>,
}

impl LedgerEntry {
    /// The entry of a receipt; none if nothing of it reached Apollo.
    pub fn of(receipt: &ReceiptRecord) -> Option<Self> {
        (!receipt.steps.is_empty()).then(|| Self {
            task_id: receipt.task_id.clone(),
            wrap_up_id: receipt.wrap_up_id,
            call_id: receipt.call_id(),
            at: receipt.saved_at,
            moved_to: receipt.moved_to,
        })
    }
}

/// What a rep has begun on a card and not saved.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptDraft {
    pub task_id: TaskId,
    pub outcome: Option<String>,
    pub purpose_id: Option<apollo::ids::PurposeId>,
    pub note: String,
    #[serde(default)]
    pub callback: Option<Callback>,
    #[serde(default)]
    pub finish_sequence: Option<bool>,
    pub call: Option<KeptCall>,
    pub changed_at: Timestamp,
}

impl std::fmt::Debug for KeptDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeptDraft")
            .field("task_id", &self.task_id)
            .finish_non_exhaustive()
    }
}

/// A call that was dialed and is not wrapped up.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptCall {
    /// E.164
    pub number: String,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

/// The open queue and the card that was in view. Ids only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    pub scope: QueueScope,
    pub task_id: Option<TaskId>,
}

/// Why something could not be kept or read.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the disk is full")]
    DiskFull,
    #[error("the data folder cannot be written: {reason}")]
    NotWritable { reason: String },
    #[error("another Handset is using the data folder")]
    InUse,
    #[error("another Handset is using a copy of the data folder")]
    CopyInUse,
    /// What is written would be gone with the process.
    #[error("the data folder was removed or replaced while Handset was running")]
    FolderGone,
    /// The file outside the data folder that says how far it has sent. Without it nothing
    /// may leave: a restored data folder could not be told from the one that sent it.
    #[error("the mark of what was sent cannot be written outside the data folder: {reason}")]
    NotWitnessed { reason: String },
    #[error("{records} of the saved entries are sealed with a key that is not at hand")]
    KeyNotAtHand { records: usize },
    #[error("the data was written by a newer Handset (schema {found}, this one knows {known})")]
    Newer { found: u8, known: u8 },
    #[error("the data on disk is damaged: {reason}")]
    Damaged { reason: String },
}
