//! What a call has to say to Apollo, and what happens after it.

use apollo::{
    ids::{AccountId, CallId, ContactId, OutcomeId, SequenceId, StageId},
    types::{
        CallStatus, NewPhoneCall, NewTask, PhoneCallUpdate, TaskKind, TaskPriority, TaskStatus,
    },
};
use clock::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Discarded, WrapUpId};
use crate::{draft::CallDetails, rep::MappedUser};

/// The title of a task that a callback makes.
pub const CALLBACK_TITLE: &str = "Call back";

/// The content of a call log.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallWork {
    pub contact_id: Option<ContactId>,
    pub account_id: Option<AccountId>,
    /// E.164, if a number was dialed.
    pub to_number: Option<String>,
    /// E.164: the person's own numbers, where the call was made on another phone. It was one of them.
    #[serde(default)]
    pub own_numbers: Vec<String>,
    pub started_at: Timestamp,
    pub ended_at: Timestamp,
    #[serde(flatten)]
    pub result: CallResult,
    #[serde(default)]
    pub after: AfterCall,
}

/// What came of a call, as the rep filled it in. This part can be corrected later.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallResult {
    pub status: CallStatus,
    /// Apollo's id of the disposition; none for one of the plain defaults.
    pub outcome_id: Option<OutcomeId>,
    /// The disposition's name as the rep saw it.
    pub outcome_name: String,
    #[serde(flatten)]
    pub details: CallDetails,
    /// The person asked not to be called, by the rule of the outcome.
    #[serde(default)]
    pub opts_out: bool,
}

/// What a wrap-up writes beside the call itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AfterCall {
    /// The task is moved to this time instead of being completed.
    pub move_to: Option<Timestamp>,
    /// A new call task is made, due at this time.
    pub callback_at: Option<Timestamp>,
    /// When the task was due, as the card was read.
    #[serde(default)]
    pub due_before: Option<Timestamp>,
    /// The contact's new stage.
    pub stage_id: Option<StageId>,
    /// The contact's stage, as the card was read.
    #[serde(default)]
    pub stage_before: Option<StageId>,
    /// The sequence that is over for the contact.
    pub finish_sequence: Option<SequenceId>,
}

impl CallResult {
    /// The note as it is sent. Without an outcome id the outcome's name would be lost, so it
    /// leads the note.
    pub fn note_as_sent(&self) -> Option<String> {
        let note = self.details.note.trim();
        match (&self.outcome_id, note.is_empty()) {
            (Some(_), true) => None,
            (Some(_), false) => Some(note.to_owned()),
            (None, true) => Some(format!("[{}]", self.outcome_name)),
            (None, false) => Some(format!("[{}] {note}", self.outcome_name)),
        }
    }

    /// As a change to a logged call: everything that can be corrected, an empty note too.
    pub fn as_update(&self) -> PhoneCallUpdate {
        PhoneCallUpdate {
            status: Some(self.status.clone()),
            outcome_id: self.outcome_id.clone(),
            purpose_id: self.details.purpose_id.clone(),
            note: Some(self.note_as_sent().unwrap_or_default()),
            ..PhoneCallUpdate::default()
        }
    }
}

impl CallWork {
    /// Whole seconds between start and end.
    pub fn duration_s(&self) -> u32 {
        let seconds = self.ended_at.duration_since(self.started_at).as_secs();
        u32::try_from(seconds).unwrap_or(0)
    }

    /// The request that logs the call.
    pub fn as_new_call(&self, id: WrapUpId, rep: &MappedUser) -> NewPhoneCall {
        NewPhoneCall {
            contact_id: self.contact_id.clone(),
            account_id: self.account_id.clone(),
            to_number: self.to_number.clone(),
            status: Some(self.result.status.clone()),
            start_time: Some(self.started_at),
            end_time: Some(self.ended_at),
            duration_s: Some(self.duration_s()),
            outcome_id: self.result.outcome_id.clone(),
            purpose_id: self.result.details.purpose_id.clone(),
            note: self.result.note_as_sent(),
            call_identifier: Some(id.to_string()),
            ..NewPhoneCall::by(rep.id().clone())
        }
    }

    /// The request that makes the callback, if there is one to make.
    pub fn as_new_task(&self, rep: &MappedUser) -> Option<NewTask> {
        let note = self.result.details.note.trim();
        Some(NewTask {
            user_id: rep.id().clone(),
            creator_id: Some(rep.id().clone()),
            contact_id: self.contact_id.clone(),
            account_id: self.account_id.clone(),
            kind: TaskKind::Call,
            status: TaskStatus::Scheduled,
            due_at: self.after.callback_at?,
            priority: TaskPriority::High,
            title: Some(CALLBACK_TITLE.to_owned()),
            note: (!note.is_empty()).then(|| note.to_owned()),
        })
    }
}

/// Why a task is skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    WrongNumber,
    NoNumber,
    DoNotCall,
    NotRelevant,
    AlreadySpoke,
    Other,
}

impl SkipReason {
    /// Whether the person asked not to be called.
    pub fn opts_out(self) -> bool {
        matches!(self, Self::DoNotCall)
    }

    /// As it stands in the note that Apollo gets.
    pub fn as_note(self) -> &'static str {
        match self {
            Self::WrongNumber => "Wrong number",
            Self::NoNumber => "No number",
            Self::DoNotCall => "Do not call",
            Self::NotRelevant => "Not relevant",
            Self::AlreadySpoke => "Already spoke",
            Self::Other => "Skipped",
        }
    }
}

/// A task that is skipped, and what is known of its person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkipWork {
    pub reason: SkipReason,
    pub note: String,
    #[serde(default)]
    pub contact_id: Option<ContactId>,
    /// E.164: the person's own numbers, where they are not to be called any more.
    #[serde(default)]
    pub numbers: Vec<String>,
    #[serde(default)]
    pub after: AfterCall,
}

/// A call whose content was erased here, since Apollo has it: only its corrected result is known.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedCall {
    pub call_id: CallId,
    pub started_at: Timestamp,
    pub duration_s: u32,
    pub moved_to: Option<Timestamp>,
    /// What a person had given up of it before.
    pub discarded: Option<Discarded>,
    pub result: CallResult,
}
