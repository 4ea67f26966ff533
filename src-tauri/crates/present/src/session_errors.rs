//! What a person reads where an action of theirs could not be done: a message for each error of a
//! session, and what to do next.

use domain::{calling_hours::Hours, dispositions::ListRefusal};
use outbox::StoreError;
use session::{Error, Invalid, Kept, NotDialed, NotProven, Read, Session};
use text::{Text, Value, message};

use crate::{
    Problem, ProblemCode,
    apollo_errors::refusal,
    card::time_question,
    reach::{asks, line_refused, refused_sentence},
    store_errors::store_reason,
};

/// An error of a session, across IPC.
pub fn problem(error: &Error, session: &Session) -> Problem {
    let why = |error: &apollo::Error| refusal(error, session.now(), session.zone());
    match error {
        Error::TaskGone => task_gone(),
        Error::OutcomeGone => invalid(message!("problem-outcome-gone")),
        Error::NoSuchCall => invalid(message!("problem-no-such-call")),
        Error::NotKept { what, error } => not_kept(*what, error),
        Error::StillSaving => Problem::new(ProblemCode::NotSaved, message!("problem-still-saving")),
        Error::Closed => Problem::new(ProblemCode::NotSaved, message!("problem-closed"))
            .hint(message!("problem-closed-hint")),
        Error::NotDialed(why) => not_dialed(why, session),
        Error::Ask {
            hours,
            questions,
            task,
        } => {
            let text = session.view(|view| {
                let task = view.tasks.task(task)?;
                asks(hours.as_ref(), questions, task, view.moment)
            });
            let mut problem = Problem::new(ProblemCode::ConfirmDial, text.unwrap_or_default());
            problem.retry_at = match hours {
                Some(hours @ Hours::Closed { .. }) => hours.changes_at(),
                _ => None,
            };
            problem
        }
        Error::ConfirmTimes(doubt) => {
            Problem::new(ProblemCode::ConfirmTimes, time_question(*doubt))
                .hint(message!("problem-confirm-times-hint"))
        }
        Error::Invalid(why) => invalid(invalid_text(why)),
        Error::TooLateToUndo => invalid(message!("problem-too-late-to-undo"))
            .hint(message!("problem-too-late-to-undo-hint")),
        Error::Outcomes(refusal) => invalid(list_refusal(*refusal)),
        Error::ConfirmOutcome(doubt) => {
            Problem::new(ProblemCode::ConfirmOutcome, not_proven(doubt, session))
                .hint(message!("problem-confirm-outcome-hint"))
        }
        Error::NotRead {
            what: Read::Stages,
            error,
        } => Problem::new(
            ProblemCode::Unavailable,
            message!("problem-stages-not-read", why = why(error)),
        )
        .hint(message!("problem-stages-not-read-hint")),
        Error::NotRead {
            what: Read::Call,
            error,
        } => Problem::new(
            ProblemCode::Unavailable,
            message!("problem-call-not-read", why = why(error)),
        )
        .hint(message!("problem-call-not-read-hint")),
        Error::CallNotShown => {
            Problem::new(ProblemCode::Unavailable, message!("problem-call-not-shown"))
                .hint(message!("problem-call-not-shown-hint"))
        }
    }
}

fn invalid(message: Text) -> Problem {
    Problem::new(ProblemCode::Invalid, message)
}

/// The task that a window asks about is not here.
pub fn task_gone() -> Problem {
    Problem::new(ProblemCode::TaskGone, message!("problem-task-gone"))
        .hint(message!("problem-task-gone-hint"))
}

fn not_kept(what: Kept, error: &StoreError) -> Problem {
    let what_choice = Value::choice(match what {
        Kept::WrapUp | Kept::Call => "call",
        Kept::Draft => "draft",
        Kept::Position => "position",
        Kept::Undo => "undo",
        Kept::Retry => "retry",
        Kept::Correction => "correction",
        Kept::Decision => "decision",
        Kept::Outcomes => "outcomes",
    });
    let problem = Problem::new(
        ProblemCode::NotSaved,
        message!(
            "problem-not-saved",
            what = what_choice,
            reason = store_reason(error),
        ),
    );
    match what {
        Kept::WrapUp => problem.hint(message!("problem-not-saved-hint")),
        _ => problem,
    }
}

fn not_dialed(why: &NotDialed, session: &Session) -> Problem {
    let refused = |message: Text| Problem::new(ProblemCode::DialRefused, message);
    match why {
        NotDialed::StillSaving => refused(message!("problem-dial-still-saving")),
        NotDialed::ThisCallGoesOn => refused(message!("problem-dial-this-call-goes-on")),
        NotDialed::AnotherCallGoesOn => refused(message!("problem-dial-another-call-goes-on")),
        NotDialed::Finished => refused(message!("problem-dial-finished")),
        NotDialed::Person { refused: why, task } => {
            let sentence = session.view(|view| {
                let task = view.tasks.task(task)?;
                Some(refused_sentence(why, task, view.moment))
            });
            refused(sentence.unwrap_or_default())
        }
        NotDialed::Hours {
            hours,
            questions,
            task,
        } => {
            let sentence = session.view(|view| {
                let task = view.tasks.task(task)?;
                asks(Some(hours), questions, task, view.moment)
            });
            let mut problem = refused(sentence.unwrap_or_default());
            problem.retry_at = hours.changes_at();
            problem
        }
        NotDialed::Line(why) => refused(session.view(|view| line_refused(why, view.moment))),
    }
}

fn invalid_text(why: &Invalid) -> Text {
    match why {
        Invalid::NoteNeeded { outcome } => {
            message!("problem-note-needed", outcome = outcome.as_str())
        }
        Invalid::NoteTooLong => message!("problem-note-too-long"),
        Invalid::CallbackPassed => message!("problem-callback-passed"),
        Invalid::CallbackTooFar => message!("problem-callback-too-far"),
        Invalid::CallbackNeedsContact => message!("problem-callback-needs-contact"),
        Invalid::EndsBeforeStart => message!("problem-ends-before-start"),
        Invalid::NoCall => message!("problem-no-call"),
        Invalid::EndsInFuture => message!("problem-ends-in-future"),
        Invalid::StartsTooLongAgo => message!("problem-starts-too-long-ago"),
        Invalid::NoSuchNumber => message!("problem-no-such-number"),
        Invalid::NoSuchLink => message!("problem-no-such-link"),
        Invalid::CallGoesOn => message!("problem-call-goes-on"),
        Invalid::OtherTeam => message!("problem-other-team"),
        Invalid::InFlight => message!("problem-in-flight"),
        Invalid::BeingLookedUp => message!("problem-being-looked-up"),
    }
}

fn list_refusal(refusal: ListRefusal) -> Text {
    match refusal {
        ListRefusal::NotAnId => message!("problem-outcome-not-an-id"),
        ListRefusal::NameLength => message!("problem-outcome-name-length"),
        ListRefusal::ThereAlready => message!("problem-outcome-there-already"),
        ListRefusal::Full => message!("problem-outcomes-full"),
        ListRefusal::LastOne => message!("problem-outcomes-last-one"),
        ListRefusal::NotThere => message!("problem-outcome-not-there"),
        ListRefusal::NothingToUndo => message!("problem-nothing-to-undo"),
    }
}

fn not_proven(doubt: &NotProven, session: &Session) -> Text {
    match doubt {
        NotProven::NoCalls => message!("problem-outcome-no-calls"),
        NotProven::NotAnswered => message!("problem-outcome-not-answered"),
        NotProven::NotAsked(error) => message!(
            "problem-outcome-not-asked",
            why = refusal(error, session.now(), session.zone()),
        ),
    }
}
