//! What the domain needs from outside, and nothing more.
//!
//! Promises: the surface grows only when the domain needs something new. Must never: name a
//! library that does the work.

use apollo::{
    ids::{CallId, TaskId, UserId},
    types::{
        CompleteOutcome, NewPhoneCall, OutcomeFacet, Page, PhoneCall, Sequence, SkipOutcome, Task,
        TaskSearch,
    },
};
use async_trait::async_trait;
use clock::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    view::{QueueScope, Rep},
    wrap_up::{ReceiptRecord, WrapUp, WrapUpId},
};

/// How urgent a read is. Writes of a wrap-up outrank them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// The rep is waiting for it.
    Waiting,
    /// It is nice to have it early.
    Background,
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
    ) -> Result<Page<PhoneCall>, apollo::Error>;
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
    /// Erases the wrap-up's content and keeps its receipt and ledger entry instead, in one step.
    /// Durable.
    async fn acknowledge(&self, receipt: &ReceiptRecord) -> Result<(), StoreError>;
    /// Receipts of acknowledged wrap-ups saved at or after `since`, oldest first.
    async fn receipts(&self, since: Timestamp) -> Result<Vec<ReceiptRecord>, StoreError>;
    /// The tasks that this app has logged or skipped, within the retention period.
    async fn ledger(&self) -> Result<Vec<LedgerEntry>, StoreError>;
    /// Drops receipts and ledger entries saved before `before`.
    async fn forget_before(&self, before: Timestamp) -> Result<(), StoreError>;
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
}

/// What a rep has begun on a card and not saved.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptDraft {
    pub task_id: TaskId,
    pub outcome: Option<String>,
    pub purpose_id: Option<apollo::ids::PurposeId>,
    pub note: String,
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
    #[error("the data was written by a newer Handset (schema {found}, this one knows {known})")]
    Newer { found: u8, known: u8 },
    #[error("the data on disk is damaged: {reason}")]
    Damaged { reason: String },
}
