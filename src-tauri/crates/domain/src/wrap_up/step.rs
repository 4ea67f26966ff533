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
    /// `PUT /phone_calls/{id}`: what was logged is corrected. Idempotent.
    CorrectCall,
}

impl StepKind {
    /// Whether sending it twice has the same effect as once. A step that is not idempotent is never
    /// sent again before Apollo was searched for it.
    pub fn is_idempotent(self) -> bool {
        match self {
            Self::LogCall | Self::CreateCallback => false,
            Self::CompleteTask
            | Self::SkipTask
            | Self::MoveTask
            | Self::SetStage
            | Self::FinishSequence
            | Self::CorrectCall => true,
        }
    }

    /// Whether it decides what becomes of the task that the call was made for.
    pub fn is_of_task(self) -> bool {
        match self {
            Self::CompleteTask | Self::SkipTask | Self::MoveTask => true,
            Self::LogCall
            | Self::CreateCallback
            | Self::SetStage
            | Self::FinishSequence
            | Self::CorrectCall => false,
        }
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
    /// How often in a row Apollo was searched after it was sent, and surely did not have it.
    #[serde(default)]
    pub absences: u32,
}

impl Step {
    /// A step that was never sent.
    pub fn ready(kind: StepKind) -> Self {
        Self {
            kind,
            state: StepState::Ready,
            attempts: 0,
            absences: 0,
        }
    }

    /// Whether Apollo may have it.
    pub fn may_have_left(&self) -> bool {
        matches!(self.state, StepState::Done(_)) || self.state.may_have_left()
    }

    /// Whether a corrected form removes the reason why it is blocked. It does not answer whether
    /// somebody else has sent the call, and changes nothing of the task, the stage or the sequence.
    pub fn goes_again_once_corrected(&self) -> bool {
        let StepState::Blocked { code } = self.state else {
            return false;
        };
        match self.kind {
            StepKind::LogCall => !code.leaves_fate_open(),
            StepKind::CorrectCall => true,
            _ => false,
        }
    }
}

/// ```text
/// Ready ─▶ InFlight ─▶ Done
///  ▲ │        ├─▶ Waiting ─▶ Ready
///  │ │        ├─▶ Blocked ─▶ Ready      (a person decided; or Unknown, where something may have left)
///  │ └─▶ Unknown ◀─┘                    (not sent in this run yet: looked for first)
///  │        ├─▶ Done                    (proven present)
///  │        ├─▶ Unclear ─▶ Done, Ready  (a person decided)
///  │        ├─▶ Blocked                 (proven absent again and again)
///  └────────┘                           (proven absent)
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
        #[serde(default)]
        because: UnknownBecause,
        /// How many searches came back and proved nothing.
        #[serde(default)]
        looks: u32,
        /// How long it has been unknown, by elapsed time, in all runs until the last search.
        #[serde(default)]
        waited_ms: u64,
    },
    /// Surely not processed; sent again at `until`.
    Waiting {
        until: Timestamp,
        reason: WaitReason,
    },
    /// Refused for good, or in doubt (`doubt`): a person decides.
    Blocked { code: BlockCode },
    /// Apollo holds a record that is almost this one: a person decides whether it is.
    Unclear { near: Proof },
    /// Acknowledged.
    Done(Proof),
}

impl StepState {
    /// Whether Apollo may hold what the step writes although nothing has proven it.
    pub fn may_have_left(&self) -> bool {
        match self {
            Self::InFlight { .. } | Self::Unknown { .. } | Self::Unclear { .. } => true,
            Self::Blocked { code } => code.leaves_fate_open(),
            Self::Ready | Self::Waiting { .. } | Self::Done(_) => false,
        }
    }
}

/// Why the fate of a step is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownBecause {
    /// The reply was lost, or the process died before it came.
    #[default]
    ReplyLost,
    /// Something between this computer and Apollo answered.
    InBetween,
    /// Apollo itself answered, and Handset does not know what the answer means.
    Unrecognized,
    /// It has lain here for a while, or since an earlier run: the folder or the whole machine may
    /// have been put back to a time before it was sent.
    Earlier,
}

/// How it is known that a step is in Apollo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub at: Timestamp,
    pub how: ProofKind,
    /// The record that was logged or corrected.
    pub call_id: Option<CallId>,
    /// The task that was made.
    #[serde(default)]
    pub task_id: Option<TaskId>,
}

/// How a proof came about.
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
    /// Something between this computer and Apollo answers in its place.
    InBetween,
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
    /// The logged call that is to be corrected is gone from Apollo.
    CallGone,
    /// Apollo no longer knows the rep as a user who can be named.
    UserInactive,
    /// Apollo does not know the outcome.
    OutcomeUnknown,
    /// Apollo says that something else is not valid.
    Invalid,
    /// Apollo refused it with a text that Handset does not know.
    Unrecognized,
    /// Something between this computer and Apollo refuses it each time.
    RefusedInBetween,
    /// Its reply was lost each time, and each time Apollo did not have it.
    RepliesKeepGettingLost,
    /// Apollo was searched again and again, and no search could be read whole.
    CannotBeLookedUp,
    /// Somebody has changed in Apollo what this was to change.
    ChangedInApollo,
    /// The data folder was put back to an earlier state: a newer change may have been sent since.
    FolderRestored,
    /// The data folder came from another computer, which may still send this.
    FolderCopied,
    /// It could not be read for a while; somebody may have logged it by hand.
    Revived,
}

impl BlockCode {
    /// Whether what is blocked may be in Apollo all the same.
    pub fn leaves_fate_open(self) -> bool {
        matches!(
            self,
            Self::CannotBeLookedUp | Self::FolderRestored | Self::FolderCopied | Self::Revived
        )
    }

    /// Whether another try begins with a search.
    pub fn is_searched_first(self) -> bool {
        self.leaves_fate_open() && self != Self::CannotBeLookedUp
    }
}
