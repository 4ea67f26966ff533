//! A store in memory that does what the port promises, and fails when told to.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::AtomicBool},
};

use ::apollo::ids::TaskId;
use async_trait::async_trait;
use clock::Timestamp;
use domain::{
    call_history::HistoryEntry, draft::Draft, outcomes::StoredOutcomes, position::Position,
    rep::Rep, wrap_up::LedgerEntry, wrap_up::ReceiptRecord, wrap_up::StepKind, wrap_up::StepState,
    wrap_up::WrapUp, wrap_up::WrapUpId,
};
use indexmap::IndexMap;
use outbox::{OutboxLease, OutboxStore, StoreError};
use session::ports::{DraftStore, FinishedStore, OutcomeStore, PositionStore};
use tokio::sync::oneshot;

/// How a write fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WriteFault {
    /// Nothing was written.
    Refused,
    /// It was written, and an error is reported all the same.
    WrittenButReported,
}

#[derive(Default)]
pub(crate) struct FakeStore {
    content: Mutex<Content>,
    outbox_taken: Arc<AtomicBool>,
}

#[derive(Default)]
struct Content {
    wrap_ups: IndexMap<WrapUpId, WrapUp>,
    receipts: Vec<ReceiptRecord>,
    ledger: Vec<LedgerEntry>,
    drafts: HashMap<TaskId, Draft>,
    history: IndexMap<WrapUpId, HistoryEntry>,
    position: Option<Position>,
    reps: Vec<Rep>,
    outcomes: Option<StoredOutcomes>,
    /// Tasks of wrap-ups that cannot be read.
    set_aside: Vec<TaskId>,
    /// Writes of wrap-ups so far: puts and acknowledgements.
    writes: u64,
    /// By the number of the write, from 1.
    faults: HashMap<u64, WriteFault>,
    refuses: bool,
    /// Writes that wait until a test releases them.
    held: VecDeque<oneshot::Receiver<()>>,
}

impl Content {
    fn remember(&mut self, wrap_up: &WrapUp) {
        if let Some(entry) = HistoryEntry::of(wrap_up) {
            self.history.insert(wrap_up.id, entry);
        } else if let (Some(known), Some(result)) =
            (self.history.get_mut(&wrap_up.id), wrap_up.result())
        {
            *known = known.clone().corrected(result);
        }
    }

    /// Counts a write. Its fault says whether the write happens all the same.
    fn write(&mut self) -> Option<WriteFault> {
        self.writes += 1;
        if self.refuses {
            return Some(WriteFault::Refused);
        }
        self.faults.get(&self.writes).copied()
    }
}

impl FakeStore {
    fn content(&self) -> MutexGuard<'_, Content> {
        self.content.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The wrap-up as it is on disk.
    pub(crate) fn wrap_up(&self, id: &str) -> Option<WrapUp> {
        let content = self.content();
        content
            .wrap_ups
            .values()
            .find(|wrap_up| wrap_up.id.to_string() == id)
            .cloned()
    }

    pub(crate) fn wrap_up_of_task(&self, task: &TaskId) -> Option<WrapUp> {
        let content = self.content();
        content
            .wrap_ups
            .values()
            .find(|wrap_up| wrap_up.task_id == *task)
            .cloned()
    }

    /// The wrap-up with a step of this kind in flight, of which there is one at a time.
    pub(crate) fn in_flight(&self, kind: StepKind) -> Option<WrapUp> {
        let content = self.content();
        let is_it = |wrap_up: &&WrapUp| {
            wrap_up
                .steps
                .iter()
                .any(|step| step.kind == kind && matches!(step.state, StepState::InFlight { .. }))
        };
        content.wrap_ups.values().find(is_it).cloned()
    }

    pub(crate) fn wrap_up_count(&self) -> usize {
        self.content().wrap_ups.len()
    }

    pub(crate) fn stored_receipts(&self) -> Vec<ReceiptRecord> {
        self.content().receipts.clone()
    }

    pub(crate) fn draft(&self, task: &str) -> Option<Draft> {
        self.content().drafts.get(&TaskId::from(task)).cloned()
    }

    pub(crate) fn stored_position(&self) -> Option<Position> {
        self.content().position.clone()
    }

    pub(crate) fn forget_outcomes(&self) {
        self.content().outcomes = None;
    }

    /// How many writes of wrap-ups there were.
    pub(crate) fn writes(&self) -> u64 {
        self.content().writes
    }

    /// Makes the `nth` write of a wrap-up fail, counted from the first one ever.
    pub(crate) fn fail_write(&self, nth: u64, fault: WriteFault) {
        self.content().faults.insert(nth, fault);
    }

    /// Says that the wrap-up of a task is there and cannot be read.
    pub(crate) fn set_aside(&self, task: &TaskId) {
        self.content().set_aside.push(task.clone());
    }

    /// From here on every write succeeds.
    pub(crate) fn repair(&self) {
        self.content().faults.clear();
    }

    /// While true, nothing can be written at all, drafts included.
    pub(crate) fn refuse(&self, refuses: bool) {
        self.content().refuses = refuses;
    }

    /// Holds the next write of any kind back until the sender sends or is dropped.
    pub(crate) fn hold_next_write(&self) -> oneshot::Sender<()> {
        let (release, held) = oneshot::channel();
        self.content().held.push_back(held);
        release
    }

    async fn wait(&self) {
        let held = self.content().held.pop_front();
        if let Some(held) = held {
            let _ = held.await;
        }
    }

    fn draft_may_be_written(&self) -> Result<(), StoreError> {
        if self.content().refuses {
            Err(StoreError::DiskFull)
        } else {
            Ok(())
        }
    }
}

#[async_trait]
impl OutboxStore for FakeStore {
    async fn take_outbox(&self) -> Result<OutboxLease, StoreError> {
        OutboxLease::take(&self.outbox_taken).ok_or(StoreError::OutboxTaken)
    }

    async fn wrap_ups(&self) -> Result<Vec<WrapUp>, StoreError> {
        let mut wrap_ups: Vec<_> = self.content().wrap_ups.values().cloned().collect();
        wrap_ups.sort_by_key(|wrap_up| (wrap_up.saved_at, wrap_up.id));
        Ok(wrap_ups)
    }

    async fn put_wrap_up(&self, wrap_up: &WrapUp) -> Result<(), StoreError> {
        self.wait().await;
        let mut content = self.content();
        let fault = content.write();
        if fault != Some(WriteFault::Refused) {
            if !content.wrap_ups.contains_key(&wrap_up.id) {
                content.drafts.remove(&wrap_up.task_id);
            }
            content.remember(wrap_up);
            content.wrap_ups.insert(wrap_up.id, wrap_up.clone());
        }
        fault.map_or(Ok(()), |_| Err(StoreError::DiskFull))
    }

    async fn take_back(&self, wrap_up: &WrapUp, draft: &Draft) -> Result<(), StoreError> {
        self.wait().await;
        let mut content = self.content();
        let fault = content.write();
        if fault != Some(WriteFault::Refused) {
            content.wrap_ups.shift_remove(&wrap_up.id);
            content.history.shift_remove(&wrap_up.id);
            content.drafts.insert(draft.task_id.clone(), draft.clone());
        }
        fault.map_or(Ok(()), |_| Err(StoreError::DiskFull))
    }

    async fn acknowledge(&self, receipt: &ReceiptRecord) -> Result<(), StoreError> {
        self.wait().await;
        let mut content = self.content();
        let fault = content.write();
        if fault != Some(WriteFault::Refused) {
            content.wrap_ups.shift_remove(&receipt.wrap_up_id);
            content
                .receipts
                .retain(|known| known.wrap_up_id != receipt.wrap_up_id);
            content.receipts.push(receipt.clone());
            if let Some(entry) = LedgerEntry::of(receipt) {
                content
                    .ledger
                    .retain(|entry| entry.task_id != receipt.task_id);
                content.ledger.push(entry);
            }
        }
        fault.map_or(Ok(()), |_| Err(StoreError::DiskFull))
    }

    async fn revive(&self, wrap_up: &WrapUp) -> Result<(), StoreError> {
        let mut content = self.content();
        let fault = content.write();
        if fault != Some(WriteFault::Refused) {
            content
                .receipts
                .retain(|receipt| receipt.wrap_up_id != wrap_up.id);
            content.remember(wrap_up);
            content.wrap_ups.insert(wrap_up.id, wrap_up.clone());
        }
        fault.map_or(Ok(()), |_| Err(StoreError::DiskFull))
    }

    async fn put_receipt(&self, receipt: &ReceiptRecord) -> Result<(), StoreError> {
        self.draft_may_be_written()?;
        let mut content = self.content();
        let mut receipts = content.receipts.iter_mut();
        // As on disk: the receipt is there afterwards, whether or not it was there before.
        match receipts.find(|known| known.wrap_up_id == receipt.wrap_up_id) {
            Some(known) => *known = receipt.clone(),
            None => content.receipts.push(receipt.clone()),
        }
        Ok(())
    }

    async fn receipts(&self, since: Timestamp) -> Result<Vec<ReceiptRecord>, StoreError> {
        let mut receipts = self.content().receipts.clone();
        receipts.retain(|receipt| receipt.saved_at >= since);
        Ok(receipts)
    }

    async fn reps(&self) -> Result<Vec<Rep>, StoreError> {
        Ok(self.content().reps.clone())
    }
}

#[async_trait]
impl DraftStore for FakeStore {
    async fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        Ok(self.content().drafts.values().cloned().collect())
    }

    async fn put_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        self.wait().await;
        self.draft_may_be_written()?;
        self.content()
            .drafts
            .insert(draft.task_id.clone(), draft.clone());
        Ok(())
    }

    async fn erase_draft(&self, task: &TaskId) -> Result<(), StoreError> {
        self.draft_may_be_written()?;
        self.content().drafts.remove(task);
        Ok(())
    }
}

#[async_trait]
impl FinishedStore for FakeStore {
    async fn ledger(&self) -> Result<Vec<LedgerEntry>, StoreError> {
        Ok(self.content().ledger.clone())
    }

    async fn tasks_set_aside(&self) -> Result<Vec<TaskId>, StoreError> {
        Ok(self.content().set_aside.clone())
    }

    async fn history(&self) -> Result<Vec<HistoryEntry>, StoreError> {
        Ok(self.content().history.values().cloned().collect())
    }
}

#[async_trait]
impl PositionStore for FakeStore {
    async fn position(&self) -> Result<Option<Position>, StoreError> {
        Ok(self.content().position.clone())
    }

    async fn put_position(&self, position: Option<&Position>) -> Result<(), StoreError> {
        self.draft_may_be_written()?;
        self.content().position = position.cloned();
        Ok(())
    }
}

#[async_trait]
impl OutcomeStore for FakeStore {
    async fn outcomes(&self) -> Result<Option<StoredOutcomes>, StoreError> {
        Ok(self.content().outcomes.clone())
    }

    async fn put_outcomes(&self, outcomes: &StoredOutcomes) -> Result<(), StoreError> {
        self.draft_may_be_written()?;
        self.content().outcomes = Some(outcomes.clone());
        Ok(())
    }
}
