//! What is stored for one Apollo origin: the domain's port, on sled.

use std::{collections::HashSet, sync::Arc};

use apollo::ids::{TaskId, TeamId, UserId};
use async_trait::async_trait;
use clock::Timestamp;
use domain::{
    call_history::HistoryEntry,
    draft::Draft,
    outcomes::StoredOutcomes,
    position::Position,
    rep::{Rep, StoredIdentity},
    wrap_up::{CallResult, DiscardReason, LedgerEntry, ReceiptRecord, Step, StepState, WrapUp},
};
use outbox::{OutboxLease, OutboxStore};
use serde::de::DeserializeOwned;
use session::ports::{DraftStore, FinishedStore, OutcomeStore, PositionStore};

use crate::{
    StoreError,
    error::off_the_async_threads,
    record::{Key, Kind, TaskOf},
    record_store::{Change, RecordStore, Survives},
};

// Where there is one record of a kind for each origin.
const ONLY: &str = "";

/// The records of one origin.
#[derive(Debug)]
pub struct OriginStore {
    records: Arc<RecordStore>,
    origin: String,
}

impl OriginStore {
    pub(crate) fn new(records: Arc<RecordStore>, origin: String) -> Self {
        Self { records, origin }
    }

    fn key(&self, kind: Kind, id: &str) -> Key {
        Key::new(kind, &self.origin, id)
    }

    async fn commit(&self, change: Change, survives: Survives) -> Result<(), StoreError> {
        let records = Arc::clone(&self.records);
        off_the_async_threads(move || records.commit(&change, survives)).await
    }

    async fn get<T: DeserializeOwned + Send + 'static>(
        &self,
        kind: Kind,
    ) -> Result<Option<T>, StoreError> {
        let (records, key) = (Arc::clone(&self.records), self.key(kind, ONLY));
        off_the_async_threads(move || records.get(&key)).await
    }

    async fn all<T: DeserializeOwned + Send + 'static>(
        &self,
        kind: Kind,
    ) -> Result<Vec<T>, StoreError> {
        let (records, origin) = (Arc::clone(&self.records), self.origin.clone());
        off_the_async_threads(move || {
            Ok(records
                .all(kind, &origin)?
                .into_iter()
                .map(|(_, record)| record)
                .collect())
        })
        .await
    }
}

/// Stores beside a wrap-up whom it is about. A wrap-up that only corrects a call changes that entry.
fn remember(
    records: &RecordStore,
    change: &mut Change,
    wrap_up: &Key,
    entry: Option<HistoryEntry>,
    result: Option<&CallResult>,
) -> Result<(), StoreError> {
    let key = wrap_up.with_kind(Kind::History);
    let entry = match (entry, result) {
        (Some(entry), _) => Some(entry),
        (None, Some(result)) => {
            let stored: Option<HistoryEntry> = records.get(&key).ok().flatten();
            stored.map(|stored| stored.corrected(result))
        }
        (None, None) => None,
    };
    match entry {
        // An entry that cannot be read is written again: no wrap-up waits for its history.
        Some(entry) if records.get(&key).ok().flatten().as_ref() != Some(&entry) => {
            change.put(key, &entry)
        }
        _ => Ok(()),
    }
}

/// Whether it was given up because it was about the wrong person.
fn is_about_nobody(receipt: &ReceiptRecord) -> bool {
    let discarded = receipt.discarded.as_ref();
    discarded.is_some_and(|discarded| discarded.reason == DiscardReason::WrongPerson)
}

#[async_trait]
impl OutboxStore for OriginStore {
    async fn take_outbox(&self) -> Result<OutboxLease, StoreError> {
        self.records.take_outbox(&self.origin)
    }

    async fn wrap_ups(&self) -> Result<Vec<WrapUp>, StoreError> {
        let mut wrap_ups: Vec<WrapUp> = self.all(Kind::WrapUp).await?;
        wrap_ups.sort_by_key(|wrap_up| (wrap_up.saved_at, wrap_up.id));
        Ok(wrap_ups)
    }

    /// A new wrap-up takes the place of its task's draft, in the same step. A later version of it
    /// does not: the person may have begun another draft by then.
    async fn put_wrap_up(&self, wrap_up: &WrapUp) -> Result<(), StoreError> {
        let key = self.key(Kind::WrapUp, &wrap_up.id.to_string());
        let draft = self.key(Kind::Draft, wrap_up.task_id.as_str());
        let mut change = Change::default();
        change.put(key.clone(), wrap_up)?;
        change.put(key.with_kind(Kind::TaskOf), &TaskOf::of(wrap_up))?;
        let survives = if must_not_be_forgotten(wrap_up) {
            Survives::Restore
        } else {
            Survives::PowerLoss
        };
        let records = Arc::clone(&self.records);
        let (entry, result) = (HistoryEntry::of(wrap_up), wrap_up.result().cloned());
        off_the_async_threads(move || {
            if !records.has(&key)? {
                change.remove(draft);
            }
            remember(&records, &mut change, &key, entry, result.as_ref())?;
            records.commit(&change, survives)
        })
        .await
    }

    /// A restored folder must not send what a person has taken back.
    async fn take_back(&self, wrap_up: &WrapUp, draft: &Draft) -> Result<(), StoreError> {
        let id = wrap_up.id.to_string();
        let mut change = Change::default();
        change.remove(self.key(Kind::WrapUp, &id));
        change.remove(self.key(Kind::TaskOf, &id));
        change.remove(self.key(Kind::History, &id));
        change.put(self.key(Kind::Draft, draft.task_id.as_str()), draft)?;
        self.commit(change, Survives::Restore).await
    }

    /// A restored folder must not send what a person has given up: it may be in Apollo by hand.
    async fn acknowledge(&self, receipt: &ReceiptRecord) -> Result<(), StoreError> {
        let id = receipt.wrap_up_id.to_string();
        let mut change = Change::default();
        change.remove(self.key(Kind::WrapUp, &id));
        change.put(self.key(Kind::Receipt, &id), receipt)?;
        change.remove(self.key(Kind::TaskOf, &id));
        if is_about_nobody(receipt) {
            change.remove(self.key(Kind::History, &id));
        }
        if let Some(entry) = LedgerEntry::of(receipt) {
            change.put(self.key(Kind::Ledger, receipt.task_id.as_str()), &entry)?;
        }
        let survives = match receipt.discarded {
            Some(_) => Survives::Restore,
            None => Survives::PowerLoss,
        };
        self.commit(change, survives).await
    }

    async fn revive(&self, wrap_up: &WrapUp) -> Result<(), StoreError> {
        let id = wrap_up.id.to_string();
        let mut change = Change::default();
        change.remove(self.key(Kind::Receipt, &id));
        change.put(self.key(Kind::WrapUp, &id), wrap_up)?;
        change.put(self.key(Kind::TaskOf, &id), &TaskOf::of(wrap_up))?;
        let key = self.key(Kind::WrapUp, &id);
        let records = Arc::clone(&self.records);
        let (entry, result) = (HistoryEntry::of(wrap_up), wrap_up.result().cloned());
        off_the_async_threads(move || {
            remember(&records, &mut change, &key, entry, result.as_ref())?;
            records.commit(&change, Survives::PowerLoss)
        })
        .await
    }

    async fn put_receipt(&self, receipt: &ReceiptRecord) -> Result<(), StoreError> {
        let id = receipt.wrap_up_id.to_string();
        let mut change = Change::default();
        change.put(self.key(Kind::Receipt, &id), receipt)?;
        self.commit(change, Survives::Death).await
    }

    async fn receipts(&self, since: Timestamp) -> Result<Vec<ReceiptRecord>, StoreError> {
        let mut receipts: Vec<ReceiptRecord> = self.all(Kind::Receipt).await?;
        receipts.retain(|receipt| receipt.saved_at >= since);
        receipts.sort_by_key(|receipt| (receipt.saved_at, receipt.wrap_up_id));
        Ok(receipts)
    }

    async fn reps(&self) -> Result<Vec<Rep>, StoreError> {
        let stored: Vec<Option<Rep>> = self.all(Kind::Rep).await?;
        let mut reps: Vec<Rep> = Vec::new();
        for rep in stored.into_iter().flatten() {
            if !reps.iter().any(|known| known.user_id == rep.user_id) {
                reps.push(rep);
            }
        }
        Ok(reps)
    }
}

#[async_trait]
impl DraftStore for OriginStore {
    async fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        self.all(Kind::Draft).await
    }

    async fn put_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        let mut change = Change::default();
        change.put(self.key(Kind::Draft, draft.task_id.as_str()), draft)?;
        self.commit(change, Survives::Death).await
    }

    async fn erase_draft(&self, task: &TaskId) -> Result<(), StoreError> {
        let mut change = Change::default();
        change.remove(self.key(Kind::Draft, task.as_str()));
        self.commit(change, Survives::Death).await
    }
}

#[async_trait]
impl FinishedStore for OriginStore {
    async fn ledger(&self) -> Result<Vec<LedgerEntry>, StoreError> {
        self.all(Kind::Ledger).await
    }

    async fn tasks_set_aside(&self) -> Result<Vec<TaskId>, StoreError> {
        let (records, origin) = (Arc::clone(&self.records), self.origin.clone());
        off_the_async_threads(move || {
            let mut tasks = Vec::new();
            for (key, of) in records.all::<TaskOf>(Kind::TaskOf, &origin)? {
                if !records.has(&key.with_kind(Kind::WrapUp))? {
                    tasks.push(of.task_id);
                }
            }
            Ok(tasks)
        })
        .await
    }

    async fn history(&self) -> Result<Vec<HistoryEntry>, StoreError> {
        self.all(Kind::History).await
    }
}

#[async_trait]
impl PositionStore for OriginStore {
    async fn position(&self) -> Result<Option<Position>, StoreError> {
        Ok(self
            .get::<Option<Position>>(Kind::Position)
            .await?
            .flatten())
    }

    /// That there is no position is stored as well, not left as a missing record: recovery from a
    /// damaged store then finds the newest answer, and not the answer before it.
    async fn put_position(&self, position: Option<&Position>) -> Result<(), StoreError> {
        let mut change = Change::default();
        change.put(self.key(Kind::Position, ONLY), &position)?;
        self.commit(change, Survives::Death).await
    }
}

#[async_trait]
impl OutcomeStore for OriginStore {
    async fn outcomes(&self) -> Result<Option<StoredOutcomes>, StoreError> {
        self.get(Kind::Outcomes).await
    }

    async fn put_outcomes(&self, outcomes: &StoredOutcomes) -> Result<(), StoreError> {
        let known = self.get::<StoredOutcomes>(Kind::Outcomes).await?;
        let mut outcomes = outcomes.clone();
        outcomes.team = outcomes.team.or(known.and_then(|known| known.team));
        let mut change = Change::default();
        change.put(self.key(Kind::Outcomes, ONLY), &outcomes)?;
        self.commit(change, Survives::PowerLoss).await
    }
}

/// Who works here, and with whose key.
impl OriginStore {
    /// Who the rep is.
    pub async fn rep(&self) -> Result<Option<Rep>, StoreError> {
        Ok(self.get::<Option<Rep>>(Kind::Rep).await?.flatten())
    }

    /// Stores who the rep is; `None` forgets who it is now. Durable.
    ///
    /// `None` is stored as well, for the same reason as with the position. A rep is also stored under
    /// their own id, so that what they saved can be shown as theirs when somebody else sits here.
    pub async fn put_rep(&self, rep: Option<&Rep>) -> Result<(), StoreError> {
        let mut change = Change::default();
        change.put(self.key(Kind::Rep, ONLY), &rep)?;
        if let Some(rep) = rep {
            change.put(self.key(Kind::Rep, rep.user_id.as_str()), &Some(rep))?;
        }
        self.commit(change, Survives::PowerLoss).await?;
        let records = Arc::clone(&self.records);
        off_the_async_threads(move || {
            let mut change = Change::default();
            forget_names(&records, &mut change)?;
            if change.is_empty() {
                return Ok(());
            }
            records.commit(&change, Survives::Death)
        })
        .await
    }

    /// Whose key was in use last.
    pub async fn key_identity(&self) -> Result<Option<StoredIdentity>, StoreError> {
        let stored = self
            .get::<Option<StoredIdentity>>(Kind::KeyIdentity)
            .await?;
        Ok(stored.flatten())
    }

    /// Stores whose key is in use. Durable.
    pub async fn put_key_identity(&self, identity: &StoredIdentity) -> Result<(), StoreError> {
        let mut change = Change::default();
        // As an option, since the version before stored it so.
        change.put(self.key(Kind::KeyIdentity, ONLY), &Some(identity))?;
        self.commit(change, Survives::PowerLoss).await
    }

    /// The key of `team` is in use. Outcomes of another team are put away under its name, and those
    /// of `team` are taken out, if any were put away, since no team's outcomes are another's.
    /// `before` names the team of the outcomes in use, where they do not name it themselves. Durable,
    /// and the same however often it is done.
    pub async fn exchange_outcomes(
        &self,
        before: Option<&TeamId>,
        team: &TeamId,
    ) -> Result<(), StoreError> {
        let (records, origin) = (Arc::clone(&self.records), self.origin.clone());
        let present = self.key(Kind::Outcomes, ONLY);
        let (before, team) = (before.cloned(), team.clone());
        off_the_async_threads(move || {
            let put_away = |of: &TeamId| Key::new(Kind::Outcomes, &origin, of.as_str());
            let mut change = Change::default();
            let in_use = records.get::<StoredOutcomes>(&present)?.unwrap_or_default();
            let next = match in_use.team.clone().or(before).filter(|of| *of != team) {
                None => in_use,
                Some(of) => {
                    let theirs = StoredOutcomes {
                        team: Some(of.clone()),
                        ..in_use
                    };
                    change.put(put_away(&of), &theirs)?;
                    records.get(&put_away(&team))?.unwrap_or_default()
                }
            };
            let team = Some(team);
            change.put(present, &StoredOutcomes { team, ..next })?;
            records.commit(&change, Survives::PowerLoss)
        })
        .await
    }
}

/// Whether something is about to leave that must not leave a second time, not even when an older
/// state of the folder is put back. Completing or skipping a task twice does no harm.
fn must_not_be_forgotten(wrap_up: &WrapUp) -> bool {
    let is_about_to_leave = |step: &Step| {
        matches!(step.state, StepState::InFlight { .. })
            && (!step.kind.is_idempotent() || step.kind.may_undo_changes())
    };
    wrap_up.steps.iter().any(is_about_to_leave)
}

/// Drops the names of people who are not the rep and of whom nothing else is stored after `change`.
pub(crate) fn forget_names(records: &RecordStore, change: &mut Change) -> Result<(), StoreError> {
    let mut known: HashSet<UserId> = HashSet::new();
    for (key, receipt) in records.all_origins::<ReceiptRecord>(Kind::Receipt)? {
        if !change.removes(&key) {
            known.insert(receipt.user_id);
        }
    }
    let waiting = records.all_origins::<WrapUp>(Kind::WrapUp)?;
    known.extend(waiting.iter().map(|(_, wrap_up)| wrap_up.rep.id().clone()));
    let reps = records.all_origins::<Option<Rep>>(Kind::Rep)?;
    let is_present = |key: &Key| *key == key.with_id("");
    let present = reps.iter().filter(|(key, _)| is_present(key));
    known.extend(present.filter_map(|(_, rep)| Some(rep.as_ref()?.user_id.clone())));
    for (key, rep) in &reps {
        let is_known = rep.as_ref().is_some_and(|rep| known.contains(&rep.user_id));
        if !is_present(key) && !is_known {
            change.remove(key.clone());
        }
    }
    Ok(())
}
