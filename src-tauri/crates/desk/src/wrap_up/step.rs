//! One write of a wrap-up, and where it stands.

use apollo::ids::{CallId, TaskId};
use clock::Timestamp;
use serde::{Deserialize, Serialize};

/// What one step writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// `POST /phone_calls`. Not idempotent.
    LogCall,
    /// `POST /tasks/{id}/complete`. Idempotent.
    CompleteTask,
    /// `POST /tasks/{id}/skip`. Idempotent.
    SkipTask,
    /// `PATCH /tasks/{id}`: due at another time, priority and creator as they are. Idempotent.
    MoveTask,
    /// `POST /tasks`: a new call task. Not idempotent.
    CreateCallback,
    /// `POST /contacts/update_stages`. Idempotent.
    SetStage,
    /// `POST /emailer_campaigns/remove_or_stop_contact_ids`, as finished. Idempotent.
    FinishSequence,
    /// `PUT /phone_calls/{id}`: what was logged is put right. Idempotent.
    CorrectCall,
}

impl StepKind {
    /// Whether sending it twice comes to the same as once. What is not is never sent again before
    /// Apollo was searched for it.
    pub fn is_idempotent(self) -> bool {
        !matches!(self, Self::LogCall | Self::CreateCallback)
    }

    /// Whether sending it again later may undo what somebody changed in Apollo in between.
    pub fn may_undo_changes(self) -> bool {
        matches!(
            self,
            Self::MoveTask | Self::SetStage | Self::FinishSequence | Self::CorrectCall
        )
    }
}

/// A step with its state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub kind: StepKind,
    pub state: StepState,
    /// How often a request was sent for it.
    pub attempts: u32,
}

impl Step {
    /// A step that was never sent.
    pub fn ready(kind: StepKind) -> Self {
        Self {
            kind,
            state: StepState::Ready,
            attempts: 0,
        }
    }

    /// Whether Apollo may have it.
    pub fn may_have_left(&self) -> bool {
        match &self.state {
            StepState::InFlight { .. } | StepState::Unknown { .. } | StepState::Done(_) => true,
            StepState::Blocked { code } => code.leaves_fate_open(),
            StepState::Ready | StepState::Waiting { .. } => false,
        }
    }
}

/// ```text
/// Ready ─▶ InFlight ─▶ Done
///   ▲         ├─▶ Waiting ─▶ Ready
///   │         ├─▶ Blocked ─▶ Ready      (a person decided)
///   │         │      └────▶ Unknown     (a person decided about what may be in Apollo)
///   │         └─▶ Unknown ─▶ Done       (proven present)
///   └─────────────── Unknown            (proven absent)
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum StepState {
    /// May be sent.
    Ready,
    /// Durable before its request leaves.
    InFlight { sent_at: Timestamp },
    /// The request may or may not have been processed. Apollo is searched at `look_at`.
    Unknown {
        since: Timestamp,
        look_at: Timestamp,
    },
    /// Surely not processed; sent again at `until`.
    Waiting {
        until: Timestamp,
        reason: WaitReason,
    },
    /// Refused for good, or in doubt (`doubt`): a person decides.
    Blocked { code: BlockCode },
    /// Acknowledged.
    Done(Proof),
}

/// How it is known that a step is in Apollo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub at: Timestamp,
    pub how: ProofKind,
    /// The record that was logged or put right.
    pub call_id: Option<CallId>,
    /// The task that was made.
    #[serde(default)]
    pub task_id: Option<TaskId>,
}

/// What Apollo said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProofKind {
    /// The reply to our request.
    Replied,
    /// Found by a search, after the reply was lost.
    Found,
    /// The task was finished already.
    AlreadyFinished,
    /// The task had been deleted: there is nothing left to finish.
    TaskDeleted,
}

/// Why a step waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitReason {
    /// Apollo's limit, or our own reading of it.
    Limit,
    /// No network, or no answer.
    Offline,
    /// Apollo is down.
    ApolloDown,
    /// Apollo refuses the key: waits for a new one.
    Key,
}

/// Why a step is blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockCode {
    /// The key may not do this: it is not a master key.
    KeyNotAllowed,
    /// The team's plan does not include this, or no longer does.
    PlanNotAllowed,
    /// The task belongs to another user and the workspace forbids it.
    NotYours,
    /// Task functions are turned off for the user whom the key acts as.
    FunctionsOff,
    /// The contact is gone from Apollo.
    ContactGone,
    /// The logged call that is to be put right is gone from Apollo.
    CallGone,
    /// Apollo no longer knows the rep as a user who can be named.
    UserInactive,
    /// Apollo does not know the outcome.
    OutcomeUnknown,
    /// Apollo says that something else is not valid.
    Invalid,
    /// The data folder was put back to an earlier state, and this may undo what was changed since.
    FolderRestored,
    /// The data folder is a copy: somebody else may have sent this, or may still do so.
    FolderCopied,
    /// It could not be read for a while, so it may have been logged by hand.
    Revived,
}

impl BlockCode {
    /// Whether the step may be in Apollo although nobody refused or acknowledged it. Apollo is
    /// searched for what is not idempotent before it is sent.
    pub fn leaves_fate_open(self) -> bool {
        matches!(
            self,
            Self::FolderRestored | Self::FolderCopied | Self::Revived
        )
    }
}
