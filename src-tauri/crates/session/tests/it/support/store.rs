//! A store in memory that does what the port promises, and fails when told to.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::AtomicBool},
};

use ::apollo::ids::TaskId;
use async_trait::async_trait;
use clock::Timestamp;
use domain::{
    call_history::HistoryEntry, draft::Draft, outcomes::KeptOutcomes, position::Position, rep::Rep,
    wrap_up::LedgerEntry, wrap_up::ReceiptRecord, wrap_up::StepKind, wrap_up::StepState,
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
    KeptButReported,
}

#[derive(Default)]
pub(crate) struct FakeStore {
    kept: Mutex<Kept>,
    outbox_taken: Arc<AtomicBool>,
}

#[derive(Default)]
struct Kept {
    wrap_ups: IndexMap<WrapUpId, WrapUp>,
    receipts: Vec<ReceiptRecord>,
    ledger: Vec<LedgerEntry>,
    drafts: HashMap<TaskId, Draft>,
    history: IndexMap<WrapUpId, HistoryEntry>,
    position: Option<Position>,
    reps: Vec<Rep>,
    outcomes: Option<KeptOutcomes>,
    /// Tasks of wrap-ups that cannot be read.
    set_aside: Vec<TaskId>,
    /// Writes of wrap-ups so far: puts and acknowledgements.
    writes: u64,
    /// By the number of the write, from 1.
    faults: HashMap<u64, WriteFault>,
    refuses: bool,
    /// Writes that wait for a word before they happen.
    held: VecDeque<oneshot::Receiver<()>>,
}

impl Kept {
    fn remember(&mut self, wrap_up: &WrapUp) {
        if let Some(entry) = HistoryEntry::of(wrap_up) {
            self.history.insert(wrap_up.id, entry);
        } else if let (Some(known), Some(result)) =
            (self.history.get_mut(&wrap_up.id), wrap_up.result())
        {
            *known = known.clone().corrected(result);
        }
    }

    /// Counts a write and says whether it fails, and whether it happens.
    fn write(&mut self) -> Option<WriteFault> {
        self.writes += 1;
        if self.refuses {
            return Some(WriteFault::Refused);
        }
        self.faults.get(&self.writes).copied()
    }
}

impl FakeStore {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The wrap-up as it is on disk.
    pub(crate) fn wrap_up(&self, id: &str) -> Option<WrapUp> {
        let kept = self.kept();
        kept.wrap_ups
            .values()
            .find(|wrap_up| wrap_up.id.to_string() == id)
            .cloned()
    }

    pub(crate) fn wrap_up_of_task(&self, task: &TaskId) -> Option<WrapUp> {
        let kept = self.kept();
        kept.wrap_ups
            .values()
            .find(|wrap_up| wrap_up.task_id == *task)
            .cloned()
    }

    /// The wrap-up with a step of this kind in flight, of which there is one at a time.
    pub(crate) fn in_flight(&self, kind: StepKind) -> Option<WrapUp> {
        let kept = self.kept();
        let is_it = |wrap_up: &&WrapUp| {
            wrap_up
                .steps
                .iter()
                .any(|step| step.kind == kind && matches!(step.state, StepState::InFlight { .. }))
        };
        kept.wrap_ups.values().find(is_it).cloned()
    }

    pub(crate) fn wrap_up_count(&self) -> usize {
        self.kept().wrap_ups.len()
    }

    pub(crate) fn kept_receipts(&self) -> Vec<ReceiptRecord> {
        self.kept().receipts.clone()
    }

    pub(crate) fn draft(&self, task: &str) -> Option<Draft> {
        self.kept().drafts.get(&TaskId::from(task)).cloned()
    }

    pub(crate) fn kept_position(&self) -> Option<Position> {
        self.kept().position.clone()
    }

    pub(crate) fn forget_outcomes(&self) {
        self.kept().outcomes = None;
    }

    /// How many writes of wrap-ups there were.
    pub(crate) fn writes(&self) -> u64 {
        self.kept().writes
    }

    /// Makes the `nth` write of a wrap-up fail, counted from the first one ever.
    pub(crate) fn fail_write(&self, nth: u64, fault: WriteFault) {
        self.kept().faults.insert(nth, fault);
    }

    /// Says that the wrap-up of a task is there and cannot be read.
    pub(crate) fn set_aside(&self, task: &TaskId) {
        self.kept().set_aside.push(task.clone());
    }

    /// From here on every write succeeds.
    pub(crate) fn mend(&self) {
        self.kept().faults.clear();
    }

    /// While true, nothing can be written at all, drafts included.
    pub(crate) fn refuse(&self, refuses: bool) {
        self.kept().refuses = refuses;
    }

    /// Holds the next write of any kind back until the sender speaks or is dropped.
    pub(crate) fn hold_next_write(&self) -> oneshot::Sender<()> {
        let (release, held) = oneshot::channel();
        self.kept().held.push_back(held);
        release
    }

    async fn wait(&self) {
        let held = self.kept().held.pop_front();
        if let Some(held) = held {
            let _ = held.await;
        }
    }

    fn draft_may_be_written(&self) -> Result<(), StoreError> {
        if self.kept().refuses {
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
        let mut wrap_ups: Vec<_> = self.kept().wrap_ups.values().cloned().collect();
        wrap_ups.sort_by_key(|wrap_up| (wrap_up.saved_at, wrap_up.id));
        Ok(wrap_ups)
    }

    async fn put_wrap_up(&self, wrap_up: &WrapUp) -> Result<(), StoreError> {
        self.wait().await;
        let mut kept = self.kept();
        let fault = kept.write();
        if fault != Some(WriteFault::Refused) {
            if !kept.wrap_ups.contains_key(&wrap_up.id) {
                kept.drafts.remove(&wrap_up.task_id);
            }
            kept.remember(wrap_up);
            kept.wrap_ups.insert(wrap_up.id, wrap_up.clone());
        }
        fault.map_or(Ok(()), |_| Err(StoreError::DiskFull))
    }

    async fn take_back(&self, wrap_up: &WrapUp, draft: &Draft) -> Result<(), StoreError> {
        self.wait().await;
        let mut kept = self.kept();
        let fault = kept.write();
        if fault != Some(WriteFault::Refused) {
            kept.wrap_ups.shift_remove(&wrap_up.id);
            kept.history.shift_remove(&wrap_up.id);
            kept.drafts.insert(draft.task_id.clone(), draft.clone());
        }
        fault.map_or(Ok(()), |_| Err(StoreError::DiskFull))
    }

    async fn acknowledge(&self, receipt: &ReceiptRecord) -> Result<(), StoreError> {
        self.wait().await;
        let mut kept = self.kept();
        let fault = kept.write();
        if fault != Some(WriteFault::Refused) {
            kept.wrap_ups.shift_remove(&receipt.wrap_up_id);
            kept.receipts
                .retain(|known| known.wrap_up_id != receipt.wrap_up_id);
            kept.receipts.push(receipt.clone());
            if let Some(entry) = LedgerEntry::of(receipt) {
                kept.ledger.retain(|entry| entry.task_id != receipt.task_id);
                kept.ledger.push(entry);
            }
        }
        fault.map_or(Ok(()), |_| Err(StoreError::DiskFull))
    }

    async fn revive(&self, wrap_up: &WrapUp) -> Result<(), StoreError> {
        let mut kept = self.kept();
        let fault = kept.write();
        if fault != Some(WriteFault::Refused) {
            kept.receipts
                .retain(|receipt| receipt.wrap_up_id != wrap_up.id);
            kept.remember(wrap_up);
            kept.wrap_ups.insert(wrap_up.id, wrap_up.clone());
        }
        fault.map_or(Ok(()), |_| Err(StoreError::DiskFull))
    }

    async fn put_receipt(&self, receipt: &ReceiptRecord) -> Result<(), StoreError> {
        self.draft_may_be_written()?;
        let mut kept = self.kept();
        let mut receipts = kept.receipts.iter_mut();
        // As on disk: what is put is there, whether or not it was.
        match receipts.find(|known| known.wrap_up_id == receipt.wrap_up_id) {
            Some(known) => *known = receipt.clone(),
            None => kept.receipts.push(receipt.clone()),
        }
        Ok(())
    }

    async fn receipts(&self, since: Timestamp) -> Result<Vec<ReceiptRecord>, StoreError> {
        let mut receipts = self.kept().receipts.clone();
        receipts.retain(|receipt| receipt.saved_at >= since);
        Ok(receipts)
    }

    async fn reps(&self) -> Result<Vec<Rep>, StoreError> {
        Ok(self.kept().reps.clone())
    }
}

#[async_trait]
impl DraftStore for FakeStore {
    async fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        Ok(self.kept().drafts.values().cloned().collect())
    }

    async fn put_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        self.wait().await;
        self.draft_may_be_written()?;
        self.kept()
            .drafts
            .insert(draft.task_id.clone(), draft.clone());
        Ok(())
    }

    async fn erase_draft(&self, task: &TaskId) -> Result<(), StoreError> {
        self.draft_may_be_written()?;
        self.kept().drafts.remove(task);
        Ok(())
    }
}

#[async_trait]
impl FinishedStore for FakeStore {
    async fn ledger(&self) -> Result<Vec<LedgerEntry>, StoreError> {
        Ok(self.kept().ledger.clone())
    }

    async fn tasks_set_aside(&self) -> Result<Vec<TaskId>, StoreError> {
        Ok(self.kept().set_aside.clone())
    }

    async fn history(&self) -> Result<Vec<HistoryEntry>, StoreError> {
        Ok(self.kept().history.values().cloned().collect())
    }
}

#[async_trait]
impl PositionStore for FakeStore {
    async fn position(&self) -> Result<Option<Position>, StoreError> {
        Ok(self.kept().position.clone())
    }

    async fn put_position(&self, position: Option<&Position>) -> Result<(), StoreError> {
        self.draft_may_be_written()?;
        self.kept().position = position.cloned();
        Ok(())
    }
}

#[async_trait]
impl OutcomeStore for FakeStore {
    async fn outcomes(&self) -> Result<Option<KeptOutcomes>, StoreError> {
        Ok(self.kept().outcomes.clone())
    }

    async fn put_outcomes(&self, outcomes: &KeptOutcomes) -> Result<(), StoreError> {
        self.draft_may_be_written()?;
        self.kept().outcomes = Some(outcomes.clone());
        Ok(())
    }
}
