use apollo::ids::{PurposeId, SequenceId, TaskId};
use clock::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Due, LocalTime, Reach, RowPriority, RowState, SequenceState};

/// One task with its contact and account, and the call and draft that belong to it.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct Card {
    #[ts(type = "string")]
    pub task_id: TaskId,
    pub state: RowState,
    pub contact: ContactCard,
    /// In the order to try them.
    pub phones: Vec<Phone>,
    pub account: Option<AccountCard>,
    /// The task's call script or note, as text.
    pub script: Option<String>,
    /// Without a contact Apollo makes no new call task, so this one can only be moved.
    pub has_contact: bool,
    pub sequence: Option<SequenceStep>,
    /// Why this person is in the queue: "Step 2 of Q4 outbound calls, 2 d overdue".
    pub why_here: String,
    pub due: Due,
    pub priority: RowPriority,
    pub local_time: Option<LocalTime>,
    pub reach: Reach,
    pub call: Call,
    pub draft: Draft,
    /// 1-based place among the rows of the open queue.
    pub position: u32,
    pub total: u32,
    /// The card that *save and next* leads to.
    #[ts(type = "string | null")]
    pub next: Option<TaskId>,
    #[ts(type = "string | null")]
    pub previous: Option<TaskId>,
}

impl std::fmt::Debug for Card {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Card")
            .field("task_id", &self.task_id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct ContactCard {
    pub name: String,
    pub title: Option<String>,
    pub email: Option<String>,
    /// Whether there is a profile on LinkedIn to open with `link_open`.
    pub has_linkedin: bool,
    pub location: Option<String>,
    /// "19 Nov, 16:51", in the rep's zone.
    pub last_activity: Option<String>,
    /// What the team has added to contacts, in Apollo's order; empty until the names are known.
    pub custom_fields: Vec<CustomFact>,
}

/// A custom field with its value, both as text.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct CustomFact {
    pub name: String,
    pub value: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct AccountCard {
    pub name: String,
    /// As Apollo has it; what opens is `website`.
    pub domain: Option<String>,
    /// The whole host that `link_open` goes to; none where nothing can be opened safely.
    pub website: Option<String>,
    pub industry: Option<String>,
    /// "about 420 people"
    pub size: Option<String>,
    pub location: Option<String>,
    /// Formatted for reading; it is also offered among the phones.
    pub phone: Option<String>,
    /// What the team has added to accounts.
    pub custom_fields: Vec<CustomFact>,
}

/// One number of the contact or the account.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct Phone {
    /// How `call_dial` names it: the index in `phones`.
    pub index: u32,
    /// International format, grouped; as entered if it cannot be parsed.
    pub display: String,
    /// What is dialed behind it by hand: "123".
    pub extension: Option<String>,
    /// "mobile", "work, head office", "company", …
    pub kind: String,
    /// What Apollo says of the number: "valid", "no status"; absent when nothing.
    pub status: Option<String>,
    pub do_not_call: bool,
    /// Whether it can be dialed as a number; calling hours are in `reach`.
    pub can_dial: bool,
    /// Why not, if it cannot.
    pub why_not: Option<String>,
    /// What a dial asks about this number first: "Premium rate", "Called today at 10:42".
    pub asks: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct SequenceStep {
    #[ts(type = "string")]
    pub id: SequenceId,
    pub name: String,
    pub step: Option<u32>,
    pub step_count: Option<u32>,
    /// Whether it goes on in Apollo.
    pub state: SequenceState,
}

/// The call on this card.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Call {
    NotDialed,
    Ongoing {
        display: String,
        #[ts(type = "string")]
        started_at: Timestamp,
        /// How long it has run by now: what would be logged if it ended. A window counts on from
        /// here and never from `started_at`, since a clock can be set.
        ran_s: u32,
    },
    Ended {
        display: String,
        #[ts(type = "string")]
        started_at: Timestamp,
        #[ts(type = "string")]
        ended_at: Timestamp,
        duration_s: u32,
        /// What is asked about its times before it is saved: "This call ran 9 h 0 min. When did it
        /// end?"
        question: Option<String>,
    },
}

/// What the rep has begun to write and not saved.
#[derive(Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Draft {
    /// The key of the chosen outcome in [`Dispositions`].
    pub outcome: Option<String>,
    /// Its name when it was chosen, should the list not have it any more.
    pub outcome_name: Option<String>,
    #[ts(type = "string | null")]
    pub purpose_id: Option<PurposeId>,
    pub note: String,
    pub callback: Option<Callback>,
    /// The rep's word on finishing the sequence; none while the outcome's rule decides.
    pub finish_sequence: Option<bool>,
}

/// When to call again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Callback {
    #[ts(type = "string")]
    pub at: Timestamp,
    pub how: CallbackHow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CallbackHow {
    /// This task is completed, so that the sequence goes on, and a new call task is made.
    NewTask,
    /// This task is moved to then; the sequence waits for it.
    MoveTask,
}

/// What a call can be said to have come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Dispositions {
    /// In the order of the number keys.
    pub outcomes: Vec<Outcome>,
    /// Those that are not offered now, but that a draft or a receipt may name.
    pub earlier: Vec<Outcome>,
    pub source: DispositionSource,
    /// What it means, if the list is not Apollo's.
    pub hint: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Outcome {
    /// Names it in `wrap_up_save`: Apollo's id, or a word for the plain defaults.
    pub key: String,
    pub name: String,
    /// The number key that picks it: 1 to 9.
    pub shortcut: Option<u8>,
    /// What happens besides logging the call.
    pub then: OutcomeThen,
}

/// What an outcome's rule says, as a window needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct OutcomeThen {
    /// "Completes the task and finishes the sequence."
    pub sentence: String,
    pub note_required: bool,
    pub finishes_sequence: bool,
    /// Neither the person nor the number is called again.
    pub opts_out: bool,
    /// Days from today until the rule calls again; none if it does not.
    pub callback_days: Option<u32>,
    pub callback_how: Option<CallbackHow>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DispositionSource {
    /// With Apollo's ids: as Apollo named them, or as a person wrote them down.
    Apollo,
    /// Plain words, since Apollo could not be asked yet.
    NotRead,
    /// Plain words, since Apollo said that there are no others.
    NoneInApollo,
}

/// Something of a card that opens in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CardLink {
    Linkedin,
    Website,
}

/// Why a task is skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    WrongNumber,
    NoNumber,
    DoNotCall,
    NotRelevant,
    AlreadySpoke,
    Other,
}

/// What *save and next* answers once the wrap-up is on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Saved {
    #[ts(type = "string")]
    pub wrap_up_id: uuid::Uuid,
    /// Until when it can be taken back; none if it is sent at once.
    #[ts(type = "string | null")]
    pub undo_until: Option<Timestamp>,
    /// The card that is now selected.
    #[ts(type = "string | null")]
    pub next: Option<TaskId>,
}

impl SkipReason {
    /// Whether the person asked not to be called.
    pub fn opts_out(self) -> bool {
        matches!(self, Self::DoNotCall)
    }
}
