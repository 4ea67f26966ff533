//! Whether somebody may be dialed, for a list, for a card, and as a dial asks.

use clock::Timestamp;
use domain::{
    call_task::CallTask,
    calling_hours::{Hours, HoursChange},
    permission::{self, LineRefused, Moment, Permission, Question, Refused},
    phone::Tariff,
    sequence::Stopped,
};
use serde::Serialize;
use text::{Text, Value, message};
use ts_rs::TS;

use crate::{
    names::name,
    time_text::{past_time, time_of_day},
};

/// Whether somebody may be dialed at this minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Reach {
    pub state: ReachState,
    /// A few words for a list: "opens 09:00", "closes 20:00", "opted out". Empty when callable.
    pub short: Text,
    /// One sentence for the card.
    pub sentence: Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReachState {
    Callable,
    /// Callable, and the window closes within the hour.
    ClosingSoon,
    /// Outside calling hours: parked until they open.
    Parked,
    /// It is not known what time it is there.
    UnknownTime,
    /// A dial asks first for another reason: the sequence is stopped, or they were called today.
    AskFirst,
    /// No number that can be dialed.
    NoNumber,
    /// Opted out, or every number is marked do-not-call.
    DoNotCall,
}

impl From<permission::Reach> for ReachState {
    fn from(reach: permission::Reach) -> Self {
        match reach {
            permission::Reach::Callable => Self::Callable,
            permission::Reach::ClosingSoon => Self::ClosingSoon,
            permission::Reach::Parked => Self::Parked,
            permission::Reach::UnknownTime => Self::UnknownTime,
            permission::Reach::AskFirst => Self::AskFirst,
            permission::Reach::NoNumber => Self::NoNumber,
            permission::Reach::DoNotCall => Self::DoNotCall,
        }
    }
}

/// Whether the person of a task may be dialed.
pub(crate) fn reach(permission: &Permission, task: &CallTask, moment: &Moment<'_>) -> Reach {
    let state = ReachState::from(permission.reach());
    let (short, sentence) = match permission {
        Permission::Refused(refused) => (
            refused_short(refused),
            refused_sentence(refused, task, moment),
        ),
        Permission::Open { hours, questions } => {
            let short = match questions.first() {
                Some(question) if state == ReachState::AskFirst => question_short(question),
                _ => hours_short(hours),
            };
            let asked = (!hours.is_open()).then_some(hours);
            let sentence = match asks(asked, questions, task, moment) {
                Some(sentence) => sentence,
                None => hours_sentence(hours, task, moment),
            };
            (short, sentence)
        }
    };
    Reach {
        state,
        short,
        sentence,
    }
}

/// Everything that a dial asks, in one text; none if it asks nothing.
pub(crate) fn asks(
    hours: Option<&Hours>,
    questions: &[Question],
    task: &CallTask,
    moment: &Moment<'_>,
) -> Option<Text> {
    let of_hours = hours.map(|hours| hours_sentence(hours, task, moment));
    let others = questions
        .iter()
        .map(|question| question_sentence(question, task, moment));
    let sentences: Vec<_> = of_hours.into_iter().chain(others).collect();
    (!sentences.is_empty()).then(|| Text::sentences(sentences))
}

fn refused_short(refused: &Refused) -> Text {
    match refused {
        Refused::OptedOut => message!("reach-short-opted-out"),
        Refused::AskedNotToBeCalled { .. }
        | Refused::EveryNumberOnList
        | Refused::NoNumberAllowed => message!("reach-short-do-not-call"),
        Refused::NoNumberFromHere | Refused::NoNumber => message!("reach-short-no-number"),
    }
}

pub(crate) fn refused_sentence(refused: &Refused, task: &CallTask, moment: &Moment<'_>) -> Text {
    match refused {
        Refused::OptedOut => message!("reach-opted-out", name = name(task)),
        Refused::AskedNotToBeCalled { at } => {
            message!(
                "reach-asked-not-to",
                name = name(task),
                when = past(*at, moment)
            )
        }
        Refused::EveryNumberOnList => message!("reach-every-number-on-list"),
        Refused::NoNumberAllowed => message!("reach-no-number-allowed"),
        Refused::NoNumberFromHere => message!("reach-no-number-from-here"),
        Refused::NoNumber => message!("reach-no-number"),
    }
}

/// Why one number is not dialed.
pub(crate) fn line_refused(refused: &LineRefused, moment: &Moment<'_>) -> Text {
    match refused {
        LineRefused::OnList => message!("reach-line-on-list"),
        LineRefused::NotANumber => message!("reach-line-not-a-number"),
        LineRefused::AskedNotToBeCalled { at } => {
            message!("reach-line-asked-not-to", when = past(*at, moment))
        }
        LineRefused::Forbidden(start) => {
            message!("reach-line-forbidden", start = start.as_str())
        }
    }
}

fn question_short(question: &Question) -> Text {
    match question {
        Question::StoppedSequence(stopped) => {
            message!("reach-short-stopped", state = stopped_choice(*stopped))
        }
        Question::CalledToday { at, .. } | Question::NumberCalledToday { at, .. } => {
            message!("reach-short-called", time = time_of_day(*at))
        }
        Question::Tariff(_) => Text::empty(),
    }
}

fn question_sentence(question: &Question, task: &CallTask, moment: &Moment<'_>) -> Text {
    match question {
        Question::StoppedSequence(stopped) => {
            message!("reach-stopped", state = stopped_choice(*stopped))
        }
        Question::CalledToday { at, outcome } => message!(
            "reach-called-today",
            name = name(task),
            when = past(*at, moment),
            outcome = outcome_text(outcome.as_deref()),
        ),
        Question::Tariff(tariff) => tariff_sentence(*tariff),
        Question::NumberCalledToday { at, outcome } => message!(
            "reach-number-called-today",
            when = past(*at, moment),
            outcome = outcome_text(outcome.as_deref()),
        ),
    }
}

fn stopped_choice(stopped: Stopped) -> Value {
    Value::choice(match stopped {
        Stopped::Paused => "paused",
        Stopped::Archived => "archived",
    })
}

fn outcome_text(outcome: Option<&str>) -> Text {
    match outcome {
        Some(outcome) => Text::verbatim(outcome.trim_end_matches('.')),
        None => message!("reach-no-outcome"),
    }
}

fn past(at: Timestamp, moment: &Moment<'_>) -> Text {
    past_time(at, moment.now, moment.rep_zone)
}

/// In the prospect's zone.
fn time_there(change: &HoursChange) -> Value {
    Value::time_in(change.at, &change.zone)
}

fn hours_short(hours: &Hours) -> Text {
    match hours {
        Hours::Open { .. } => Text::empty(),
        Hours::ClosingSoon { closes } => {
            message!("reach-short-closes", time = time_there(closes))
        }
        Hours::Closed { opens: Some(opens) } => {
            message!("reach-short-opens", time = time_there(opens))
        }
        Hours::Closed { opens: None } => message!("reach-short-closed"),
        Hours::Partly { .. } | Hours::Unknown => message!("reach-short-time-unknown"),
    }
}

/// How calling hours stand where the person is.
pub(crate) fn hours_sentence(hours: &Hours, task: &CallTask, moment: &Moment<'_>) -> Text {
    let whereabouts = task.whereabouts.as_ref();
    let place = whereabouts.map(|whereabouts| whereabouts.place_at(moment.now));
    let place = place.unwrap_or_default();
    match hours {
        Hours::Unknown => message!("reach-time-unknown"),
        Hours::Closed { opens: Some(opens) } => {
            message!("reach-closed", place = place, opens = time_there(opens))
        }
        Hours::Closed { opens: None } => message!("reach-never-open", place = place),
        Hours::Partly { .. } => partly_open(task, moment, place),
        Hours::ClosingSoon { closes } => {
            message!(
                "reach-closing-soon",
                place = place,
                closes = time_there(closes)
            )
        }
        Hours::Open {
            closes: Some(closes),
        } => {
            message!(
                "reach-open-until",
                place = place,
                closes = time_there(closes)
            )
        }
        Hours::Open { closes: None } => message!("reach-open", place = place),
    }
}

/// It may be one of several times there, and calling hours are not open at all of them.
fn partly_open(task: &CallTask, moment: &Moment<'_>, place: String) -> Text {
    let local = task
        .whereabouts
        .as_ref()
        .and_then(|whereabouts| whereabouts.local_time(moment.now));
    let Some(local) = local else {
        return message!("reach-time-unknown");
    };
    let earliest = Value::time_in(moment.now, &local.earliest.zone);
    match local.latest {
        Some(latest) => message!(
            "reach-partly-open",
            earliest = earliest,
            latest = Value::time_in(moment.now, &latest.zone),
            place = place,
        ),
        None => message!("reach-partly-open-at", time = earliest, place = place),
    }
}

fn tariff_sentence(tariff: Tariff) -> Text {
    match tariff {
        Tariff::Premium => message!("reach-tariff-premium"),
        Tariff::SharedCost => message!("reach-tariff-shared-cost"),
        Tariff::Personal => message!("reach-tariff-personal"),
        Tariff::Satellite => message!("reach-tariff-satellite"),
    }
}

#[cfg(test)]
mod tests {
    use apollo::types::{Contact, PhoneNumber, Task, TaskKind, TaskStatus};
    use domain::{
        call_history::CallHistory,
        call_task::accept,
        calling_hours::{CallingHours, OpenHours},
        destinations::Destinations,
        permission::permission,
        sequence::SequenceState,
    };
    use jiff::tz::TimeZone;

    use super::*;

    fn sentence(contact: Contact, now: &str) -> String {
        let now = now.parse().unwrap();
        let (hours, destinations) = (
            OpenHours::parse(&CallingHours::default()).unwrap(),
            Destinations::default(),
        );
        let history = CallHistory::default();
        let moment = Moment {
            now,
            rep_zone: &TimeZone::UTC,
            hours: &hours,
            destinations: &destinations,
            history: &history,
        };
        let task = Task {
            user_id: Some("rep".into()),
            kind: TaskKind::Call,
            status: TaskStatus::Scheduled,
            contact: Some(contact),
            ..Task::with_id("task")
        };
        let task = accept(task, &"rep".into(), moment.today(), &TimeZone::UTC).unwrap();
        let permission = permission(&task, SequenceState::Unknown, &moment);
        reach(&permission, &task, &moment).sentence.english()
    }

    fn toll_free() -> Contact {
        let mut contact = Contact::with_id("c");
        let number = PhoneNumber::with_number("+18005550143", Some("+18005550143"));
        contact.phone_numbers.push(number);
        contact
    }

    #[test]
    fn what_nobody_knows_is_asked_about_in_a_sentence_of_its_own() {
        let nobody_knows = sentence(toll_free(), "2026-11-24T15:00:00Z");
        assert!(!nobody_knows.contains("Outside"), "{nobody_knows}");
        // Half of Indiana is open: the sentence says which times it may be.
        let indiana = Contact {
            state: Some("IN".to_owned()),
            country: Some("US".to_owned()),
            ..toll_free()
        };
        let indiana = sentence(indiana, "2026-11-24T13:30:00Z");
        assert!(indiana.contains("07:30–08:30 in IN"), "{indiana}");
    }
}
