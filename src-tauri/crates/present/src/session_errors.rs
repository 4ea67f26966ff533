//! What a person reads where an act of theirs could not be done: one sentence for each error of a
//! session, and what to do next.

use domain::{calling_hours::Hours, dispositions::ListRefusal};
use outbox::StoreError;
use session::{Error, Invalid, Kept, NotDialed, NotProven, Read, Session};

use crate::{
    Problem, ProblemCode,
    apollo_errors::refusal,
    card::time_question,
    reach::{asks, line_refused, refused_sentence},
};

/// An error of a session, across IPC.
pub fn problem(error: &Error, session: &Session) -> Problem {
    let unavailable = |what: &str, error: &apollo::Error| {
        let why = refusal(error, session.now(), session.zone());
        Problem::new(ProblemCode::Unavailable, format!("{what}: {why}"))
    };
    match error {
        Error::TaskGone => task_gone(),
        Error::OutcomeGone => invalid("This outcome is not in the list any more. Pick another."),
        Error::NoSuchCall => invalid("This call is not in the list any more."),
        Error::NotKept { what, error } => not_kept(*what, error),
        Error::StillSaving => Problem::new(
            ProblemCode::NotSaved,
            "The last call is still being saved. Your words are kept.",
        ),
        Error::Closed => Problem::new(
            ProblemCode::NotSaved,
            "The key, or who you are, was changed at this moment. The call was not saved.",
        )
        .hint("What you typed is kept as a draft of this task."),
        Error::NotDialed(why) => not_dialed(why, session),
        Error::Ask {
            hours,
            questions,
            task,
        } => {
            let text = session.look(|look| {
                let task = look.tasks.task(task)?;
                asks(hours.as_ref(), questions, task, look.moment)
            });
            let mut problem = Problem::new(ProblemCode::ConfirmDial, text.unwrap_or_default());
            problem.retry_at = match hours {
                Some(hours @ Hours::Closed { .. }) => hours.changes_at(),
                _ => None,
            };
            problem
        }
        Error::ConfirmTimes(doubt) => {
            Problem::new(ProblemCode::ConfirmTimes, time_question(*doubt)).hint(
                "Nothing is saved yet. Correct the times or keep them as they are, then save.",
            )
        }
        Error::Invalid(why) => invalid(invalid_sentence(why)),
        Error::TooLateToUndo => Problem::new(
            ProblemCode::Invalid,
            "Too late to undo: it is on its way to Apollo.",
        )
        .hint("It can still be corrected: open Calls, then Edit."),
        Error::Outcomes(refusal) => invalid(list_refusal(*refusal)),
        Error::ConfirmOutcome(doubt) => {
            Problem::new(ProblemCode::ConfirmOutcome, not_proven(doubt, session)).hint(
                "With an id that is not the team’s, calls are refused by Apollo and wait here.",
            )
        }
        Error::NotRead {
            what: Read::Stages,
            error,
        } => unavailable("The stages could not be read", error)
            .hint("Rules without a stage work all the same."),
        Error::NotRead {
            what: Read::Call,
            error,
        } => unavailable("The call could not be read from Apollo", error)
            .hint("Nothing was changed. Try again later."),
        Error::CallNotShown => Problem::new(
            ProblemCode::Unavailable,
            "Apollo’s list does not show this call (yet).",
        )
        .hint("Nothing was changed. Its index can be a minute behind; try again then."),
    }
}

fn invalid(message: impl Into<String>) -> Problem {
    Problem::new(ProblemCode::Invalid, message)
}

/// A failure of the store, across IPC.
pub fn store_problem(error: &StoreError) -> Problem {
    Problem::new(
        ProblemCode::NotSaved,
        format!("This could not be kept: {error}."),
    )
}

/// The task that a window asks about is not here.
pub fn task_gone() -> Problem {
    Problem::new(ProblemCode::TaskGone, "This task is no longer in the list.")
        .hint("Pick another one, or refresh.")
}

fn not_kept(what: Kept, error: &StoreError) -> Problem {
    let subject = match what {
        Kept::WrapUp | Kept::Call => "The call",
        Kept::Draft => "The draft",
        Kept::Position => "Your place in the list",
        Kept::Undo => "The undo",
        Kept::Retry => "The new try",
        Kept::Correction => "The change",
        Kept::Decision => "This",
        Kept::Outcomes => "The list of outcomes",
    };
    let problem = Problem::new(
        ProblemCode::NotSaved,
        format!("{subject} could not be kept: {error}."),
    );
    match what {
        Kept::WrapUp => problem.hint(
            "What you typed is still on the card. Copy it if you like, remove the cause named above, \
             then save again.",
        ),
        _ => problem,
    }
}

fn not_dialed(why: &NotDialed, session: &Session) -> Problem {
    let refused = |message: String| Problem::new(ProblemCode::DialRefused, message);
    match why {
        NotDialed::StillSaving => {
            refused("The last call is still being saved. Try again in a moment.".to_owned())
        }
        NotDialed::ThisCallGoesOn => refused("This call is going on.".to_owned()),
        NotDialed::AnotherCallGoesOn => {
            refused("Another call is going on. End it first.".to_owned())
        }
        NotDialed::Finished => refused("This task is finished. It is not called twice.".to_owned()),
        NotDialed::Person { refused: why, task } => {
            let sentence = session.look(|look| {
                let task = look.tasks.task(task)?;
                Some(refused_sentence(why, task, look.moment))
            });
            refused(sentence.unwrap_or_default())
        }
        NotDialed::Hours {
            hours,
            questions,
            task,
        } => {
            let sentence = session.look(|look| {
                let task = look.tasks.task(task)?;
                asks(Some(hours), questions, task, look.moment)
            });
            let mut problem = refused(sentence.unwrap_or_default());
            problem.retry_at = hours.changes_at();
            problem
        }
        NotDialed::Line(why) => refused(session.look(|look| line_refused(why, look.moment))),
    }
}

fn invalid_sentence(why: &Invalid) -> String {
    let sentence = match why {
        Invalid::NoteNeeded { outcome } => {
            return format!("{outcome} needs a note. Write one, then save.");
        }
        Invalid::NoteTooLong => "The note is too long for Apollo.",
        Invalid::CallbackPassed => "The time to call again has passed. Pick a later one.",
        Invalid::CallbackTooFar => "The time to call again is more than a year ahead.",
        Invalid::CallbackNeedsContact => {
            "A new call task needs a contact, and this task has none. Move the task instead."
        }
        Invalid::EndsBeforeStart => "The call cannot end before it starts.",
        Invalid::NoCall => "There is no call to correct.",
        Invalid::EndsInFuture => "The call cannot end in the future.",
        Invalid::StartsTooLongAgo => "The call cannot start more than two days ago.",
        Invalid::NoSuchNumber => "There is no such number on the card.",
        Invalid::NoSuchLink => "Apollo has no such address, or none that can be opened safely.",
        Invalid::CallGoesOn => "A call is going on. End it and wrap it up instead.",
        Invalid::OtherTeam => {
            "This call belongs to another Apollo team than the key does, so it cannot be edited \
             now. Connect that team's key first."
        }
        Invalid::InFlight => {
            "It is on its way to Apollo at this moment. Wait for its answer, then decide."
        }
        Invalid::BeingLookedUp => {
            "Apollo is being searched for it: whether it is there is not known yet. Wait for the \
             answer, then decide."
        }
    };
    sentence.to_owned()
}

fn list_refusal(refusal: ListRefusal) -> &'static str {
    match refusal {
        ListRefusal::NotAnId => "This is not an id of Apollo’s: 24 digits and letters a to f.",
        ListRefusal::NameLength => "An outcome needs a name of at most 100 characters.",
        ListRefusal::ThereAlready => "This outcome is in the list already.",
        ListRefusal::Full => "The list is full: 200 outcomes are kept at most.",
        ListRefusal::LastOne => {
            "One outcome has to stay. Without any, plain words would go into notes."
        }
        ListRefusal::NotThere => "This outcome is not in the list any more.",
        ListRefusal::NothingToUndo => "There is nothing to undo.",
    }
}

fn not_proven(doubt: &NotProven, session: &Session) -> String {
    match doubt {
        NotProven::NoCalls => {
            "Apollo knows no call with this outcome yet, which it also says of an id that does not \
             exist. Keep it anyway?"
                .to_owned()
        }
        NotProven::NotAnswered => {
            "Apollo’s answer does not tell whether it knows this outcome. Keep it anyway?"
                .to_owned()
        }
        NotProven::NotAsked(error) => format!(
            "Apollo could not be asked about this id: {} Keep it unchecked?",
            refusal(error, session.now(), session.zone())
        ),
    }
}
