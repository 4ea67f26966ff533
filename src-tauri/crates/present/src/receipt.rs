//! A receipt as a window shows it: the proof of one wrap-up.

use apollo::ids::TaskId;
use clock::Timestamp;
use domain::wrap_up::StepKind;
use serde::Serialize;
use text::Text;
use ts_rs::TS;

/// The proof of one wrap-up.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct Receipt {
    #[ts(type = "string")]
    pub wrap_up_id: uuid::Uuid,
    #[ts(type = "string")]
    pub task_id: TaskId,
    pub kind: ReceiptKind,
    /// Who was called: known only while the person is in memory, since it is not stored on disk.
    pub who: Option<Text>,
    /// The outcome or the reason, if known.
    pub result: Option<Text>,
    /// As whom it is logged.
    pub logged_as: Text,
    /// When it was saved here.
    #[ts(type = "string")]
    pub saved_at: Timestamp,
    pub state: ReceiptState,
    /// One sentence: what was done, or what it waits for, until when, and what to do.
    pub sentence: Text,
    #[ts(type = "string | null")]
    pub waits_until: Option<Timestamp>,
    pub steps: Vec<ReceiptStep>,
    pub verification: ReceiptVerification,
    /// *Undo*: nothing of it was sent yet. Until `waits_until`.
    pub can_undo: bool,
    /// *Try again* makes sense.
    pub can_retry: bool,
    /// *It is this one*: Apollo holds a record that is almost this one, and a person confirms it.
    pub can_confirm: bool,
    /// *Edit*: outcome, purpose and note can be corrected.
    pub can_edit: bool,
    /// *Copy note*: the note is still here.
    pub can_copy_note: bool,
    /// *Discard*: the steps that are left can be given up.
    pub can_discard: bool,
}

impl std::fmt::Debug for Receipt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Receipt")
            .field("wrap_up_id", &self.wrap_up_id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptKind {
    Call,
    Skip,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptState {
    /// Durable here, held back for a moment so that it can be undone.
    Held,
    /// Durable here, next to be sent.
    Saved,
    /// On its way at this moment.
    Sending,
    /// Waits until a time, for a reason.
    Waiting,
    /// A reply was lost: Handset checks in Apollo before it sends anything again.
    Checking,
    /// Every step is acknowledged.
    Sent,
    /// A person decides.
    Blocked,
    /// A person gave up what was left.
    Discarded,
}

/// Whether Apollo was read back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReceiptVerification {
    pub state: VerificationState,
    /// "Read back from Apollo at 14:09." Empty while it is not yet time.
    pub sentence: Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VerificationState {
    /// Nothing to read back: a skipped task, a discarded call, or not sent yet.
    None,
    /// Sent; it is read back with what the budget leaves over.
    Pending,
    Verified,
    /// Apollo holds it, but not as it was sent.
    Differs,
    /// Apollo holds it more than once.
    Doubled,
    /// Apollo no longer holds it.
    Missing,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReceiptStep {
    pub kind: ReceiptStepKind,
    /// "Call logged", "Task completed", "Callback made", …
    pub name: Text,
    pub state: ReceiptState,
    /// "Done at 14:05", "Apollo had it completed already", …
    pub sentence: Text,
    /// Apollo's id of what was written.
    pub apollo_id: Option<String>,
    /// When it was acknowledged.
    #[ts(type = "string | null")]
    pub done_at: Option<Timestamp>,
}

/// What a step writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptStepKind {
    LogCall,
    CompleteTask,
    SkipTask,
    MoveTask,
    CreateCallback,
    SetStage,
    FinishSequence,
    CorrectCall,
}

impl From<StepKind> for ReceiptStepKind {
    fn from(kind: StepKind) -> Self {
        match kind {
            StepKind::LogCall => Self::LogCall,
            StepKind::CompleteTask => Self::CompleteTask,
            StepKind::SkipTask => Self::SkipTask,
            StepKind::MoveTask => Self::MoveTask,
            StepKind::CreateCallback => Self::CreateCallback,
            StepKind::SetStage => Self::SetStage,
            StepKind::FinishSequence => Self::FinishSequence,
            StepKind::CorrectCall => Self::CorrectCall,
        }
    }
}
