//! What the domain needs from outside, and nothing more.
//!
//! Promises: the surface grows only when the domain needs something new. Must never: name a
//! library that does the work.

use apollo::{
    ids::{CallId, ContactId, OutcomeId, SequenceId, StageId, TaskId, TeamId, UserId},
    types::{
        CompletionReply, Contact, ContactStage, CustomFields, NewPhoneCall, NewTask, OutcomeFacet,
        Page, PhoneCall, PhoneCallUpdate, Sequence, SequenceEvent, SkipReply, Task, TaskSearch,
        TaskUpdate,
    },
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use clock::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    history::HistoryEntry,
    view::{Callback, QueueScope, Rep},
    wrap_up::{KeyIdentity, ReceiptRecord, WrapUp, WrapUpId},
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
    /// The dispositions that Apollo names in the counts of its call search: those that calls have
    /// been given. None where its answer does not say.
    async fn outcomes(&self, urgency: Urgency) -> Result<Option<Vec<OutcomeFacet>>, apollo::Error>;
    /// What Apollo has of one disposition.
    async fn calls_with(&self, outcome: &OutcomeId) -> Result<OutcomeCalls, apollo::Error>;
    /// The fields that the team has added to contacts and accounts.
    async fn custom_fields(&self) -> Result<CustomFields, apollo::Error>;
    /// Writes one call record. Not idempotent: never repeated without [`Apollo::calls_of`].
    async fn log_call(&self, call: &NewPhoneCall) -> Result<PhoneCall, apollo::Error>;
    /// One page (1-based) of the call records of `users`, or of everybody if there is none, between
    /// the two dates (both included; nobody has said of what, or in whose zone).
    async fn calls_of(
        &self,
        users: &[UserId],
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
    /// One contact as it is now.
    async fn contact(&self, contact: &ContactId) -> Result<Contact, apollo::Error>;
    /// The stages that contacts can be in.
    async fn stages(&self) -> Result<Vec<ContactStage>, apollo::Error>;
    /// Moves a contact to a stage. Idempotent.
    async fn set_stage(&self, contact: &ContactId, stage: &StageId) -> Result<(), apollo::Error>;
    /// What happened to a contact in a sequence, at least the newest of it.
    async fn sequence_events(
        &self,
        sequence: &SequenceId,
        contact: &ContactId,
    ) -> Result<Vec<SequenceEvent>, apollo::Error>;
    /// Marks a sequence as finished for a contact. Idempotent.
    async fn finish_sequence(
        &self,
        sequence: &SequenceId,
        contact: &ContactId,
    ) -> Result<(), apollo::Error>;
    /// Completes a task. Idempotent.
    async fn complete_task(&self, task: &TaskId) -> Result<CompletionReply, apollo::Error>;
    /// Skips a task. Idempotent.
    async fn skip_task(
        &self,
        task: &TaskId,
        note: Option<&str>,
    ) -> Result<SkipReply, apollo::Error>;
}

/// The right to send what is in one outbox. Whoever holds it is the only one, until it is dropped.
#[derive(Debug)]
pub struct OutboxLease {
    taken: Arc<AtomicBool>,
}

impl OutboxLease {
    /// The lease of the outbox that `taken` stands for; none while another one holds it.
    pub fn take(taken: &Arc<AtomicBool>) -> Option<Self> {
        (!taken.swap(true, Ordering::SeqCst)).then(|| Self {
            taken: Arc::clone(taken),
        })
    }
}

impl Drop for OutboxLease {
    fn drop(&mut self) {
        self.taken.store(false, Ordering::SeqCst);
    }
}

/// What is kept on disk for one Apollo origin.
///
/// A method whose text says *durable* returns only when the bytes would survive a loss of power.
#[async_trait]
pub trait Store: Send + Sync {
    /// The only right to send what is in this outbox. [`StoreError::OutboxTaken`] while somebody
    /// else in this process has it.
    async fn take_outbox(&self) -> Result<OutboxLease, StoreError>;
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
    /// Who was called from here, for as long as the receipts are kept. An entry is written with
    /// its wrap-up, changed with it, and erased with it when that is taken back.
    async fn history(&self) -> Result<Vec<HistoryEntry>, StoreError>;
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
    /// Keeps who the rep is; `None` forgets who it is now. Durable.
    async fn put_rep(&self, rep: Option<&Rep>) -> Result<(), StoreError>;
    /// Everybody who was the rep here, for as long as something of theirs is kept.
    async fn reps(&self) -> Result<Vec<Rep>, StoreError>;
    /// Whose key was in use last.
    async fn key_identity(&self) -> Result<Option<KeptIdentity>, StoreError>;
    /// Keeps whose key is in use. Durable.
    async fn put_key_identity(&self, identity: &KeptIdentity) -> Result<(), StoreError>;
    /// The outcomes that calls can be said to have come to; none if none were ever kept.
    async fn outcomes(&self) -> Result<Option<KeptOutcomes>, StoreError>;
    /// Keeps them; whose they are stays as it is, if they do not say so. Durable.
    async fn put_outcomes(&self, outcomes: &KeptOutcomes) -> Result<(), StoreError>;
    /// The key of `team` is in use. Outcomes of another team are put away under its name, and those
    /// of `team` are taken out, if any were put away, since no team's outcomes are another's.
    /// `before` is whose the ones in use are, where they do not say so themselves. Durable, and the
    /// same however often it is done.
    async fn exchange_outcomes(
        &self,
        before: Option<&TeamId>,
        team: &TeamId,
    ) -> Result<(), StoreError>;
}

/// Whose key is in use, and which key that was said of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptIdentity {
    /// Tells one key from another, and nothing else of it.
    pub fingerprint: String,
    /// None until Apollo has said it.
    pub identity: Option<KeyIdentity>,
}

/// What Apollo's call search says of one disposition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutcomeCalls {
    /// So many calls have it; the name that Apollo gives it there, if it gives one.
    Some { calls: u64, name: Option<String> },
    /// No call has it. Apollo answers the same of an id that it does not know.
    None,
    /// The answer proves nothing: Apollo ignored the question.
    NotAnswered,
}

/// The outcomes of one Apollo origin, in the order that the rep's digits follow. Once an outcome
/// is here it stays, so that what was said of a call keeps its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptOutcomes {
    /// Whose they are; none until it is known whose key named them.
    #[serde(default)]
    pub team: Option<TeamId>,
    #[serde(default)]
    pub outcomes: Vec<KeptOutcome>,
    /// When Apollo last said which there are; none if it never has.
    #[serde(default)]
    pub read_at: Option<Timestamp>,
}

/// One outcome: Apollo's id and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptOutcome {
    pub id: OutcomeId,
    /// Apollo's name, or the one that was typed with the id.
    pub name: String,
    /// What it is called here instead, if a person wants that.
    #[serde(default)]
    pub own_name: Option<String>,
    /// When Apollo last named it; none if it never has.
    #[serde(default)]
    pub named_at: Option<Timestamp>,
    /// Set when a person wrote it down.
    #[serde(default)]
    pub added: Option<AddedOutcome>,
    /// A person took it off the list: it is not offered, and what was said with it keeps its name.
    #[serde(default)]
    pub is_removed: bool,
}

/// How an outcome came to be written down, and what Apollo had of it then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedOutcome {
    /// None for one of a version that did not ask Apollo.
    pub at: Option<Timestamp>,
    pub proof: OutcomeProof,
}

/// What was proven of an id that a person wrote down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OutcomeProof {
    /// Apollo had so many calls with it.
    Calls { calls: u64 },
    /// Apollo had no call with it, and a person kept it all the same.
    NoCalls,
    /// Apollo was not asked, or did not answer, and a person kept it all the same.
    NotAnswered,
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
    /// The entry of a receipt; none if nothing of it is in Apollo, or can be.
    pub fn of(receipt: &ReceiptRecord) -> Option<Self> {
        let may_be_there = receipt
            .discarded
            .as_ref()
            .is_some_and(|discarded| discarded.is_unproven);
        (!receipt.steps.is_empty() || may_be_there).then(|| Self {
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
    /// The outcome's key, which says what it is whatever the list holds by then.
    pub outcome: Option<String>,
    /// Its name, as the rep saw it.
    #[serde(default)]
    pub outcome_name: Option<String>,
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
    /// By the wall clock.
    pub started_at: Timestamp,
    /// The start and as much time as has passed; see [`crate::call_time`].
    pub ended_at: Option<Timestamp>,
    /// The rep has said when it began and ended.
    #[serde(default)]
    pub is_confirmed: bool,
}

/// The open queue and the card that was in view. Ids only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    pub scope: QueueScope,
    pub task_id: Option<TaskId>,
    /// Whose it is. None as the version before kept it.
    #[serde(default)]
    pub rep_id: Option<UserId>,
    /// The tasks of the queue that were done on `day`, so that their count goes on. None as the
    /// version before kept it.
    #[serde(default)]
    pub done: Vec<TaskId>,
    #[serde(default)]
    pub day: Option<jiff::civil::Date>,
}

/// Why something could not be kept or read.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the disk is full")]
    DiskFull,
    #[error("the data folder cannot be written: {reason}")]
    NotWritable { reason: String },
    /// Somebody else may have put something into a folder, or may read what is in it.
    #[error("{folder} cannot be trusted: {reason}. Nothing in it was opened")]
    NotTrusted {
        folder: &'static str,
        reason: String,
    },
    #[error("another Handset is using the data folder")]
    InUse,
    #[error("the unsent calls are being sent already")]
    OutboxTaken,
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
