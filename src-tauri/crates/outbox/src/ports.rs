//! What the outbox needs from outside: Apollo to send to and to search, and a disk.
//!
//! Promises: each trait is what one kind of work needs, and grows only with that work. Must never:
//! name a library that does the work.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use apollo::{
    ids::{CallId, ContactId, SequenceId, StageId, TaskId, UserId},
    types::{
        CompletionReply, Contact, NewPhoneCall, NewTask, Page, PhoneCall, PhoneCallUpdate,
        SequenceEvent, SkipReply, Task, TaskSearch, TaskUpdate,
    },
};
use async_trait::async_trait;
use clock::Timestamp;
use domain::{
    draft::Draft,
    rep::Rep,
    wrap_up::{ReceiptRecord, WrapUp},
};

use crate::StoreError;

/// How urgent a read is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// A wrap-up cannot go on without it; as urgent as its writes.
    WrapUp,
    /// The rep is waiting for it.
    Waiting,
    /// It is nice to have it early.
    Background,
    /// It may use the budget that is left over.
    Verification,
}

/// The writes of a wrap-up's steps. One call of a method writes at most once.
#[async_trait]
pub trait SendSteps: Send + Sync {
    /// Writes one call record. Not idempotent: never repeated without [`LookUp::calls_of`].
    async fn log_call(&self, call: &NewPhoneCall) -> Result<PhoneCall, apollo::Error>;
    /// Changes a logged call. Idempotent.
    async fn correct_call(
        &self,
        call: &CallId,
        update: &PhoneCallUpdate,
    ) -> Result<(), apollo::Error>;
    /// Changes an open task. Idempotent.
    async fn update_task(&self, task: &TaskId, update: &TaskUpdate) -> Result<(), apollo::Error>;
    /// Makes a task; Apollo may not say which. Not idempotent: never repeated without a search.
    async fn create_task(&self, task: &NewTask) -> Result<Option<TaskId>, apollo::Error>;
    /// Moves a contact to a stage. Idempotent.
    async fn set_stage(&self, contact: &ContactId, stage: &StageId) -> Result<(), apollo::Error>;
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

/// Reads what Apollo holds of what may have been sent.
#[async_trait]
pub trait LookUp: Send + Sync {
    /// One page (1-based) of the call records of `users`, or of everybody if there is none, between
    /// the two dates (both included; Apollo does not document of what, or in whose zone).
    async fn calls_of(
        &self,
        users: &[UserId],
        from: jiff::civil::Date,
        to: jiff::civil::Date,
        page: u32,
        urgency: Urgency,
    ) -> Result<Page<PhoneCall>, apollo::Error>;
    /// One page of a contact's tasks. Filters are hints: the caller re-checks every row.
    async fn tasks_of(&self, search: TaskSearch) -> Result<Page<Task>, apollo::Error>;
    /// One task as it is now.
    async fn task(&self, task: &TaskId) -> Result<Task, apollo::Error>;
    /// One contact as it is now.
    async fn contact(&self, contact: &ContactId) -> Result<Contact, apollo::Error>;
    /// What happened to a contact in a sequence, at least the newest of it.
    async fn sequence_events(
        &self,
        sequence: &SequenceId,
        contact: &ContactId,
    ) -> Result<Vec<SequenceEvent>, apollo::Error>;
}

/// Apollo, as the outbox sees it.
pub trait Apollo: SendSteps + LookUp {}

impl<T: SendSteps + LookUp> Apollo for T {}

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

/// What the outbox stores on disk, for one Apollo origin.
///
/// A method whose text says *durable* returns only when the bytes would survive a loss of power.
#[async_trait]
pub trait OutboxStore: Send + Sync {
    /// The only right to send what is in this outbox. [`StoreError::OutboxTaken`] while somebody
    /// else in this process has it.
    async fn take_outbox(&self) -> Result<OutboxLease, StoreError>;
    /// Every wrap-up that is not acknowledged, oldest first.
    async fn wrap_ups(&self) -> Result<Vec<WrapUp>, StoreError>;
    /// Inserts or replaces a wrap-up, sealed. Durable.
    async fn put_wrap_up(&self, wrap_up: &WrapUp) -> Result<(), StoreError>;
    /// Erases a wrap-up that was taken back, and stores its draft instead, in one step. Durable.
    async fn take_back(&self, wrap_up: &WrapUp, draft: &Draft) -> Result<(), StoreError>;
    /// Erases the wrap-up's content and stores its receipt instead, in one step, with the ledger
    /// entry, unless no step was done. Durable.
    async fn acknowledge(&self, receipt: &ReceiptRecord) -> Result<(), StoreError>;
    /// Puts an acknowledged wrap-up back into the outbox in place of its receipt, in one step; the
    /// ledger entry stays. Durable.
    async fn revive(&self, wrap_up: &WrapUp) -> Result<(), StoreError>;
    /// Stores what reading back has shown of a receipt. Survives the death of the process.
    async fn put_receipt(&self, receipt: &ReceiptRecord) -> Result<(), StoreError>;
    /// Receipts of acknowledged wrap-ups saved at or after `since`, oldest first.
    async fn receipts(&self, since: Timestamp) -> Result<Vec<ReceiptRecord>, StoreError>;
    /// Everybody who was the rep here, for as long as something of theirs is stored.
    async fn reps(&self) -> Result<Vec<Rep>, StoreError>;
}
