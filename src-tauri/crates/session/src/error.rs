//! Why an action of the rep could not be done. `present::problem` makes the text for a person.

use apollo::Error as ApolloError;
use domain::{
    call_time::TimeDoubt,
    calling_hours::Hours,
    dispositions::ListRefusal,
    permission::{LineRefused, Question, Refused},
};
use outbox::StoreError;

/// Why an action of the rep could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the task is no longer in the list")]
    TaskGone,
    #[error("the outcome is not in the list any more")]
    OutcomeGone,
    #[error("the call is not in the list any more")]
    NoSuchCall,
    #[error("{what:?} could not be saved: {error}")]
    NotKept { what: Kept, error: StoreError },
    /// The last call is still on its way to disk.
    #[error("the last call is still being saved")]
    StillSaving,
    /// Another rep's or another key's session takes its place; the form is saved as a draft.
    #[error("the key or the rep was changed at this moment")]
    Closed,
    #[error("not dialed: {0:?}")]
    NotDialed(NotDialed),
    /// The rep is asked about these before the dial.
    #[error("a dial asks first")]
    Ask {
        /// The calling hours, unless they are open.
        hours: Option<Hours>,
        questions: Vec<Question>,
        task: apollo::ids::TaskId,
    },
    /// The call's times cannot be right, and the rep has not confirmed them.
    #[error("the call's times are in doubt")]
    ConfirmTimes(TimeDoubt),
    #[error("{0:?}")]
    Invalid(Invalid),
    /// The wrap-up cannot be taken back any more.
    #[error("it is on its way to Apollo")]
    TooLateToUndo,
    #[error("{0:?} in the list of outcomes")]
    Outcomes(ListRefusal),
    /// Apollo does not prove an id that a person typed.
    #[error("the outcome is not proven")]
    ConfirmOutcome(NotProven),
    #[error("{what:?} could not be read: {error}")]
    NotRead { what: Read, error: ApolloError },
    /// Apollo's list does not show the call (yet).
    #[error("Apollo does not show the call")]
    CallNotShown,
}

/// What was to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// A finished call, which is still on its card.
    WrapUp,
    /// A call that goes on.
    Call,
    Draft,
    Position,
    Undo,
    Retry,
    Correction,
    /// Giving up, or confirming.
    Decision,
    Outcomes,
}

/// What was to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    Stages,
    Call,
}

/// Why a number is not dialed now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDialed {
    StillSaving,
    ThisCallGoesOn,
    AnotherCallGoesOn,
    Finished,
    /// The person is not to be called, or has no number.
    Person {
        refused: Refused,
        task: apollo::ids::TaskId,
    },
    /// Calling hours are closed, and settings say that nobody is called then.
    Hours {
        hours: Hours,
        questions: Vec<Question>,
        task: apollo::ids::TaskId,
    },
    Line(LineRefused),
}

/// Why an input is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invalid {
    NoteTooLong,
    NoteNeeded {
        outcome: String,
    },
    CallbackPassed,
    CallbackTooFar,
    CallbackNeedsContact,
    EndsBeforeStart,
    NoCall,
    EndsInFuture,
    StartsTooLongAgo,
    NoSuchNumber,
    NoSuchLink,
    /// A task with a call that goes on is not skipped.
    CallGoesOn,
    /// It belongs to another team than the key does.
    OtherTeam,
    /// It is being sent at this moment.
    InFlight,
    /// Apollo is being searched for it.
    BeingLookedUp,
}

/// Why Apollo does not prove an id that a person typed.
#[derive(Debug)]
pub enum NotProven {
    NoCalls,
    NotAnswered,
    NotAsked(ApolloError),
}

impl Error {
    pub(crate) fn not_kept(what: Kept) -> impl FnOnce(StoreError) -> Self {
        move |error| Self::NotKept { what, error }
    }
}

impl From<NotDialed> for Error {
    fn from(why: NotDialed) -> Self {
        Self::NotDialed(why)
    }
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}
