//! Wrap-ups: everything one finished call must write to Apollo, as one durable unit of steps.
//!
//! Promises: a wrap-up always names the mapped rep; its steps move only along the arrows of
//! [`step::StepState`]. Must never: perform a request or touch a disk.

mod decide;
mod reconcile;
mod step;

use apollo::{
    ids::{AccountId, CallId, ContactId, OutcomeId, PurposeId, TaskId, UserId},
    types::CallStatus,
};
use clock::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use decide::{Event, IllegalTransition, Plan, apply, plan};
pub use reconcile::{SETTLING_TIME_MS, Verdict, judge, search_dates};
pub use step::{BlockCode, Proof, ProofKind, Step, StepKind, StepState, WaitReason};

use crate::view::{Rep, SkipReason};

/// Names a wrap-up, and is sent to Apollo as `call_identifier`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WrapUpId(pub Uuid);

impl WrapUpId {
    /// A new id that sorts by time of making.
    pub fn new() -> Self {
        Self(Uuid::now_v7())
    }
}

impl Default for WrapUpId {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Display for WrapUpId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// The rep whom every write names. Made only from the user map, so that an unmapped person cannot
/// be passed to a write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedUser {
    rep: Rep,
}

impl MappedUser {
    /// The rep that the user map holds.
    pub fn from_user_map(rep: Rep) -> Self {
        Self { rep }
    }

    /// Whom a write names.
    pub fn id(&self) -> &UserId {
        &self.rep.user_id
    }

    /// As shown.
    pub fn rep(&self) -> &Rep {
        &self.rep
    }
}

/// One finished call, or one skipped task, on its way to Apollo.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrapUp {
    pub id: WrapUpId,
    pub task_id: TaskId,
    pub rep: MappedUser,
    pub saved_at: Timestamp,
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
    Skip { reason: SkipReason, note: String },
}

/// The content of a call log.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallWork {
    pub contact_id: Option<ContactId>,
    pub account_id: Option<AccountId>,
    /// E.164, if a number was dialed.
    pub to_number: Option<String>,
    pub status: CallStatus,
    pub started_at: Timestamp,
    pub ended_at: Timestamp,
    /// Apollo's id of the disposition; none for one of the plain defaults.
    pub outcome_id: Option<OutcomeId>,
    /// The disposition's name as the rep saw it.
    pub outcome_name: String,
    pub purpose_id: Option<PurposeId>,
    pub note: String,
}

impl CallWork {
    /// Whole seconds between start and end.
    pub fn duration_s(&self) -> u32 {
        let seconds = self.ended_at.duration_since(self.started_at).as_secs();
        u32::try_from(seconds).unwrap_or(0)
    }

    /// The note as it is sent. Without an outcome id the outcome's name would be lost, so it
    /// leads the note.
    pub fn note_as_sent(&self) -> Option<String> {
        let note = self.note.trim();
        match (&self.outcome_id, note.is_empty()) {
            (Some(_), true) => None,
            (Some(_), false) => Some(note.to_owned()),
            (None, true) => Some(format!("[{}]", self.outcome_name)),
            (None, false) => Some(format!("[{}] {note}", self.outcome_name)),
        }
    }
}

impl WrapUp {
    /// A call to be logged and its task completed.
    pub fn call(task_id: TaskId, rep: MappedUser, saved_at: Timestamp, work: CallWork) -> Self {
        Self {
            id: WrapUpId::new(),
            task_id,
            rep,
            saved_at,
            work: Work::Call(work),
            steps: vec![
                Step::ready(StepKind::LogCall),
                Step::ready(StepKind::CompleteTask),
            ],
        }
    }

    /// A task to be skipped.
    pub fn skip(
        task_id: TaskId,
        rep: MappedUser,
        saved_at: Timestamp,
        reason: SkipReason,
        note: String,
    ) -> Self {
        Self {
            id: WrapUpId::new(),
            task_id,
            rep,
            saved_at,
            work: Work::Skip { reason, note },
            steps: vec![Step::ready(StepKind::SkipTask)],
        }
    }

    /// Whether every step is acknowledged.
    pub fn is_done(&self) -> bool {
        self.steps
            .iter()
            .all(|step| matches!(step.state, StepState::Done(_)))
    }

    /// The step that waits for a person, if one does.
    pub fn blocked(&self) -> Option<BlockCode> {
        self.steps.iter().find_map(|step| match step.state {
            StepState::Blocked { code } => Some(code),
            _ => None,
        })
    }

    /// The first step that is not done: steps are sent in order.
    pub fn current_step(&self) -> Option<usize> {
        self.steps
            .iter()
            .position(|step| !matches!(step.state, StepState::Done(_)))
    }

    /// What is kept once all is acknowledged: ids and times, no content.
    pub fn receipt(&self) -> ReceiptRecord {
        ReceiptRecord {
            wrap_up_id: self.id,
            task_id: self.task_id.clone(),
            user_id: self.rep.id().clone(),
            saved_at: self.saved_at,
            outcome_id: match &self.work {
                Work::Call(call) => call.outcome_id.clone(),
                Work::Skip { .. } => None,
            },
            steps: self
                .steps
                .iter()
                .filter_map(|step| match &step.state {
                    StepState::Done(proof) => Some((step.kind, proof.clone())),
                    _ => None,
                })
                .collect(),
        }
    }
}

/// What stays on disk of an acknowledged wrap-up, for the retention period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptRecord {
    pub wrap_up_id: WrapUpId,
    pub task_id: TaskId,
    pub user_id: UserId,
    pub saved_at: Timestamp,
    pub outcome_id: Option<OutcomeId>,
    pub steps: Vec<(StepKind, Proof)>,
}

impl ReceiptRecord {
    /// Apollo's id of the logged call, if one was logged.
    pub fn call_id(&self) -> Option<CallId> {
        self.steps
            .iter()
            .find_map(|(_, proof)| proof.call_id.clone())
    }
}
