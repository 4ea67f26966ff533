//! One write of a wrap-up, and where it stands.

use apollo::ids::CallId;
use clock::Timestamp;
use serde::{Deserialize, Serialize};

/// What one step writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Not idempotent: never sent again before Apollo was searched for it.
    LogCall,
    /// Idempotent.
    CompleteTask,
    /// Idempotent.
    SkipTask,
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
}

/// ```text
/// Ready ─▶ InFlight ─▶ Done
///   ▲         ├─▶ Waiting ─▶ Ready
///   │         ├─▶ Blocked ─▶ Ready      (a person decided)
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
    /// The request may or may not have been processed. Apollo is searched at `look_at`; its silence
    /// counts from `settles_at` on.
    Unknown {
        since: Timestamp,
        settles_at: Timestamp,
        look_at: Timestamp,
    },
    /// Surely not processed; sent again at `until`.
    Waiting {
        until: Timestamp,
        reason: WaitReason,
    },
    /// Refused for good: a person decides.
    Blocked { code: BlockCode },
    /// Acknowledged.
    Done(Proof),
}

/// How it is known that a step is in Apollo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub at: Timestamp,
    pub how: ProofKind,
    pub call_id: Option<CallId>,
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
    /// The key may not do this: not a master key, or not on this plan.
    KeyNotAllowed,
    /// The task belongs to another user and the workspace forbids it.
    NotYours,
    /// The contact is gone from Apollo.
    ContactGone,
    /// Apollo says that a field is not valid.
    Invalid,
}
