//! Wrap-ups: everything one finished call must write to Apollo, as one durable unit of steps.
//!
//! Promises: a wrap-up always names the mapped rep; its steps move only along the arrows of
//! [`step::StepState`]. Must never: perform a request or touch a disk.

mod call;
mod decide;
mod doubt;
mod index_lag;
mod reconcile;
mod step;
mod verify;

use std::sync::{Mutex, PoisonError};

use apollo::{
    ids::{CallId, OutcomeId, PurposeId, TaskId, TeamId, UserId},
    types::PhoneCall,
};
use clock::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::{ContextV7, Uuid};

pub use call::{AfterCall, CALLBACK_TITLE, CallResult, CallWork, LoggedCall, SkipReason, SkipWork};
pub use decide::{
    ABSENCES_AFTER_LOSS_MAX, ABSENCES_MAX, BACKOFF_MS_MAX, Event, HOLD_MS_MAX, IllegalTransition,
    KEY_RETRY_MS, LOOK_UPS_MAX, NEXT_LOOK_UP_MS, Plan, apply, next_look_up_ms, plan,
};
pub use doubt::Doubt;
pub use index_lag::{IndexLag, UnknownSince};
pub use reconcile::{
    Likeness, Search, Verdict, judge_call, judge_callback, likeness_of_call, search_dates,
};
pub use step::{
    BlockCode, Proof, ProofKind, Step, StepKind, StepState, UnknownBecause, WaitReason,
};
pub use verify::{Difference, MISSING_AFTER_MS, Remembered, VERIFY_AFTER_MS, Verification, verify};

use crate::{dispositions::plain_key, rep::MappedUser};

/// Names a wrap-up, and is sent to Apollo as `call_identifier`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WrapUpId(pub Uuid);

impl WrapUpId {
    /// A new id. Ids sort by when they were saved, and those of one millisecond in the order in which
    /// they were made.
    pub fn made_at(saved_at: Timestamp) -> Self {
        let seconds = u64::try_from(saved_at.as_second()).unwrap_or(0);
        let nanoseconds = u32::try_from(saved_at.subsec_nanosecond()).unwrap_or(0);
        let counter = COUNTER.lock().unwrap_or_else(PoisonError::into_inner);
        let at = uuid::Timestamp::from_unix(&*counter, seconds, nanoseconds);
        Self(Uuid::new_v7(at))
    }
}

/// What tells ids of one millisecond apart, and keeps them in order.
static COUNTER: Mutex<ContextV7> = Mutex::new(ContextV7::new());

impl std::fmt::Display for WrapUpId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// One finished call, or one skipped task, on its way to Apollo.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrapUp {
    pub id: WrapUpId,
    pub task_id: TaskId,
    /// Who made the call. It stays the same until the receipt, whoever works here later.
    pub rep: MappedUser,
    /// The team that the key belonged to when it was saved; it is sent to no other.
    #[serde(default)]
    pub team: Option<TeamId>,
    pub saved_at: Timestamp,
    /// Nothing is sent before: until then it can be taken back whole.
    #[serde(default)]
    pub held_until: Option<Timestamp>,
    pub work: Work,
    /// In the order in which they are sent.
    pub steps: Vec<Step>,
}

impl std::fmt::Debug for WrapUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WrapUp")
            .field("id", &self.id)
            .field("task_id", &self.task_id)
            .field("steps", &self.steps)
            .finish_non_exhaustive()
    }
}

/// What is to be written.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Work {
    Call(CallWork),
    Skip(SkipWork),
    /// Apollo has the call; it is corrected.
    Correction(LoggedCall),
}

impl WrapUp {
    /// A call to be logged, with what its disposition's rule and the rep want besides.
    pub fn call(task_id: TaskId, rep: MappedUser, saved_at: Timestamp, work: CallWork) -> Self {
        let after = &work.after;
        let task = match after.move_to {
            Some(_) => StepKind::MoveTask,
            None => StepKind::CompleteTask,
        };
        let mut kinds = vec![StepKind::LogCall, task];
        if after.callback_at.is_some() {
            kinds.push(StepKind::CreateCallback);
        }
        if after.stage_id.is_some() {
            kinds.push(StepKind::SetStage);
        }
        // Last: it removes the contact's open tasks in the sequence.
        if after.finish_sequence.is_some() {
            kinds.push(StepKind::FinishSequence);
        }
        Self {
            id: WrapUpId::made_at(saved_at),
            task_id,
            rep,
            team: None,
            saved_at,
            held_until: None,
            work: Work::Call(work),
            steps: kinds.into_iter().map(Step::ready).collect(),
        }
    }

    /// A task to be skipped.
    pub fn skip(task_id: TaskId, rep: MappedUser, saved_at: Timestamp, work: SkipWork) -> Self {
        let mut kinds = vec![StepKind::SkipTask];
        kinds.extend(work.after.stage_id.as_ref().map(|_| StepKind::SetStage));
        let finish = work.after.finish_sequence.as_ref();
        kinds.extend(finish.map(|_| StepKind::FinishSequence));
        Self {
            id: WrapUpId::made_at(saved_at),
            task_id,
            rep,
            team: None,
            saved_at,
            held_until: None,
            work: Work::Skip(work),
            steps: kinds.into_iter().map(Step::ready).collect(),
        }
    }

    /// Can be taken back until this time.
    #[must_use]
    pub fn held_until(mut self, until: Timestamp) -> Self {
        self.held_until = Some(until);
        self
    }

    /// Whether nothing of it was ever sent.
    pub fn is_untouched(&self) -> bool {
        self.steps
            .iter()
            .all(|step| step.attempts == 0 && step.state == StepState::Ready)
    }

    /// Whether every step is acknowledged.
    pub fn is_done(&self) -> bool {
        self.current_step().is_none()
    }

    /// What a person is asked now, if one was refused for good. A step that comes later is not asked
    /// about yet.
    pub fn blocked(&self) -> Option<BlockCode> {
        match self.steps.get(self.current_step()?)?.state {
            StepState::Blocked { code } => Some(code),
            _ => None,
        }
    }

    /// Whether a step waits for a person.
    pub fn waits_for_person(&self) -> bool {
        let current = self.current_step().and_then(|index| self.steps.get(index));
        let is_unclear = |step: &Step| matches!(step.state, StepState::Unclear { .. });
        self.blocked().is_some() || current.is_some_and(is_unclear)
    }

    /// Whether Apollo may hold something of it although nothing has proven it.
    pub fn may_have_left(&self) -> bool {
        let mut steps = self.steps.iter().filter(|step| !step.kind.is_idempotent());
        steps.any(|step| step.state.may_have_left())
    }

    /// The first step that is not done: steps are sent in order.
    pub fn current_step(&self) -> Option<usize> {
        self.steps
            .iter()
            .position(|step| !matches!(step.state, StepState::Done(_)))
    }

    /// What came of the call, if it is one.
    pub fn result(&self) -> Option<&CallResult> {
        match &self.work {
            Work::Call(call) => Some(&call.result),
            Work::Correction(logged) => Some(&logged.result),
            Work::Skip(_) => None,
        }
    }

    /// Apollo's id of the logged call, once it is known.
    pub fn call_id(&self) -> Option<&CallId> {
        let proven = self.steps.iter().find_map(|step| match &step.state {
            StepState::Done(proof) => proof.call_id.as_ref(),
            _ => None,
        });
        match (&self.work, proven) {
            (_, Some(id)) => Some(id),
            (Work::Correction(logged), None) => Some(&logged.call_id),
            _ => None,
        }
    }

    /// Corrects the call. A call that surely never left is changed in place; one that may have left
    /// gets a further step. False if there is no call in it.
    pub fn correct(&mut self, result: CallResult) -> bool {
        let may_have_left = match &mut self.work {
            Work::Skip(_) => return false,
            Work::Correction(logged) => {
                logged.result = result;
                true
            }
            Work::Call(call) => {
                call.result = result;
                let log = self
                    .steps
                    .iter()
                    .find(|step| step.kind == StepKind::LogCall);
                log.is_some_and(Step::may_have_left)
            }
        };
        // A correction that was not sent yet carries the new result.
        let is_waiting = |step: &Step| {
            step.kind == StepKind::CorrectCall
                && !matches!(step.state, StepState::InFlight { .. } | StepState::Done(_))
        };
        if may_have_left && !self.steps.iter().any(is_waiting) {
            self.steps.push(Step::ready(StepKind::CorrectCall));
        }
        true
    }

    /// Apollo was found to hold the call as `record`. If that differs (it was sent before it was
    /// edited, by a state of this data that is gone), the current result is sent once more.
    pub fn agree_with(&mut self, record: &PhoneCall) {
        let Some(result) = self.result() else { return };
        let note = result.note_as_sent().unwrap_or_default();
        let is_current = record.outcome_id == result.outcome_id
            && record.note.as_deref().unwrap_or_default().trim() == note.trim();
        if !is_current {
            let result = result.clone();
            self.correct(result);
        }
    }

    /// What is stored once all is acknowledged or discarded: ids and times, no content.
    pub fn receipt(&self) -> ReceiptRecord {
        let (started_at, duration_s, moved_to) = match &self.work {
            Work::Call(call) => (
                Some(call.started_at),
                Some(call.duration_s()),
                call.after.move_to,
            ),
            Work::Correction(logged) => (
                Some(logged.started_at),
                Some(logged.duration_s),
                logged.moved_to,
            ),
            Work::Skip(_) => (None, None, None),
        };
        ReceiptRecord {
            wrap_up_id: self.id,
            task_id: self.task_id.clone(),
            user_id: self.rep.id().clone(),
            team: self.team.clone(),
            saved_at: self.saved_at,
            outcome_id: self.result().and_then(|result| result.outcome_id.clone()),
            outcome_word: self
                .result()
                .filter(|result| result.outcome_id.is_none())
                .and_then(|result| plain_key(&result.outcome_name)),
            purpose_id: self
                .result()
                .and_then(|result| result.details.purpose_id.clone()),
            started_at,
            duration_s,
            moved_to,
            steps: self
                .steps
                .iter()
                .filter_map(|step| match &step.state {
                    StepState::Done(proof) => Some((step.kind, proof.clone())),
                    _ => None,
                })
                .collect(),
            discarded: match &self.work {
                Work::Correction(logged) => logged.discarded.clone(),
                Work::Call(_) | Work::Skip(_) => None,
            },
            verification: Verification::Pending,
        }
    }
}

/// What stays on disk of an acknowledged wrap-up, for the retention period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptRecord {
    pub wrap_up_id: WrapUpId,
    pub task_id: TaskId,
    /// Who made the call.
    pub user_id: UserId,
    #[serde(default)]
    pub team: Option<TeamId>,
    pub saved_at: Timestamp,
    pub outcome_id: Option<OutcomeId>,
    /// The key of the plain default that was chosen, where the outcome has no id.
    #[serde(default)]
    pub outcome_word: Option<String>,
    #[serde(default)]
    pub purpose_id: Option<PurposeId>,
    #[serde(default)]
    pub started_at: Option<Timestamp>,
    #[serde(default)]
    pub duration_s: Option<u32>,
    /// When the task is due again, if it was moved instead of completed.
    #[serde(default)]
    pub moved_to: Option<Timestamp>,
    pub steps: Vec<(StepKind, Proof)>,
    /// Set when a person gave up the steps that are missing.
    #[serde(default)]
    pub discarded: Option<Discarded>,
    #[serde(default)]
    pub verification: Verification,
}

/// That a person gave up a wrap-up, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discarded {
    pub at: Timestamp,
    pub reason: DiscardReason,
    /// The steps that were not done then.
    pub steps: Vec<StepKind>,
    /// Apollo may hold one of them all the same: it was given up before that was known.
    #[serde(default)]
    pub is_unproven: bool,
}

/// Why a person gives up what is left of a wrap-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiscardReason {
    /// Somebody wrote it into Apollo by hand.
    LoggedByHand,
    /// It was the wrong person or number.
    WrongPerson,
    /// It is there twice.
    Duplicate,
    /// Nobody needs it any more.
    NotNeeded,
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

impl ReceiptRecord {
    /// Apollo's id of the logged call, if one was logged.
    pub fn call_id(&self) -> Option<CallId> {
        self.steps
            .iter()
            .find_map(|(_, proof)| proof.call_id.clone())
    }

    /// When its last step was acknowledged.
    pub fn done_at(&self) -> Timestamp {
        self.steps
            .iter()
            .map(|(_, proof)| proof.at)
            .max()
            .unwrap_or(self.saved_at)
    }

    /// The same wrap-up once more, to correct the logged call of `rep`. None if no call was logged,
    /// or it is another rep's.
    pub fn revived(&self, rep: MappedUser, result: CallResult) -> Option<WrapUp> {
        if *rep.id() != self.user_id {
            return None;
        }
        let mut steps: Vec<_> = self
            .steps
            .iter()
            .map(|(kind, proof)| Step {
                kind: *kind,
                state: StepState::Done(proof.clone()),
                attempts: 1,
                absences: 0,
            })
            .collect();
        steps.push(Step::ready(StepKind::CorrectCall));
        Some(WrapUp {
            id: self.wrap_up_id,
            task_id: self.task_id.clone(),
            rep,
            team: self.team.clone(),
            saved_at: self.saved_at,
            held_until: None,
            work: Work::Correction(LoggedCall {
                call_id: self.call_id()?,
                started_at: self.started_at.unwrap_or(self.saved_at),
                duration_s: self.duration_s.unwrap_or(0),
                moved_to: self.moved_to,
                discarded: self.discarded.clone(),
                result,
            }),
            steps,
        })
    }

    /// The key of what came of the call.
    pub fn outcome_key(&self) -> Option<&str> {
        let id = self.outcome_id.as_ref().map(OutcomeId::as_str);
        id.or(self.outcome_word.as_deref())
    }

    /// Whether a record of Apollo's is the call of this receipt.
    pub fn is_of(&self, call: &PhoneCall) -> bool {
        self.call_id().as_ref() == Some(&call.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_when_they_were_saved_whatever_the_computers_clock_says() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let ids: Vec<_> = [
            "2026-11-24T10:00:00Z",
            "2026-11-24T10:00:00Z",
            "2026-11-24T10:00:00.500Z",
            "2031-01-01T00:00:00Z",
        ]
        .map(|text| WrapUpId::made_at(at(text)))
        .to_vec();
        assert!(ids.is_sorted());
        assert_ne!(ids[0], ids[1]);
        let of_2031 = ids[3].0.get_timestamp().unwrap().to_unix().0;
        assert_eq!(
            i64::try_from(of_2031).unwrap(),
            at("2031-01-01T00:00:00Z").as_second()
        );
        // A clock before 1970 is no reason to fail.
        assert_ne!(
            WrapUpId::made_at(Timestamp::MIN),
            WrapUpId::made_at(Timestamp::MIN)
        );
    }
}
