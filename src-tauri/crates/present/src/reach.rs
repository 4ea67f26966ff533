//! Whether somebody may be dialed, in words: for a list, for a card, and as a dial asks.

use clock::Timestamp;
use domain::{
    call_task::CallTask,
    calling_hours::{Hours, HoursChange},
    permission::{self, LineRefused, Moment, Permission, Question, Refused},
    phone::Tariff,
    sequence::Stopped,
};
use serde::Serialize;
use ts_rs::TS;

use crate::{
    local_time,
    names::name,
    time_text::{said_at, time_of_day},
};

/// Whether somebody may be dialed at this minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Reach {
    pub state: ReachState,
    /// A few words for a list: "opens 09:00", "closes 20:00", "opted out". Empty when callable.
    pub short: String,
    /// One sentence for the card.
    pub sentence: String,
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
    /// Something else asks first: the sequence is stopped, or they were called today.
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
            refused_short(refused).to_owned(),
            refused_sentence(refused, task, moment),
        ),
        Permission::Open { hours, questions } => {
            let short = match questions.first() {
                Some(question) if state == ReachState::AskFirst => question_short(question, moment),
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
) -> Option<String> {
    let of_hours = hours.map(|hours| hours_sentence(hours, task, moment));
    let others = questions
        .iter()
        .map(|question| question_sentence(question, task, moment));
    let sentences: Vec<_> = of_hours.into_iter().chain(others).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn refused_short(refused: &Refused) -> &'static str {
    match refused {
        Refused::OptedOut => "opted out",
        Refused::AskedNotToBeCalled { .. }
        | Refused::EveryNumberOnList
        | Refused::NoNumberAllowed => "do not call",
        Refused::NoNumberFromHere | Refused::NoNumber => "no number",
    }
}

pub(crate) fn refused_sentence(refused: &Refused, task: &CallTask, moment: &Moment<'_>) -> String {
    match refused {
        Refused::OptedOut => format!(
            "Opted out of calls. Apollo marks {} as not to be called.",
            name(task)
        ),
        Refused::AskedNotToBeCalled { at } => format!(
            "{} asked not to be called, {}.",
            name(task),
            said(*at, moment)
        ),
        Refused::EveryNumberOnList => "Every number is on a do-not-call list.".to_owned(),
        Refused::NoNumberAllowed => "No number of theirs may be called; each says why.".to_owned(),
        Refused::NoNumberFromHere => {
            "No number of theirs may be called from here; each says why.".to_owned()
        }
        Refused::NoNumber => {
            "Apollo has no number that can be dialed. Skip the task, or add one in Apollo."
                .to_owned()
        }
    }
}

/// Why one number is not dialed.
pub(crate) fn line_refused(refused: &LineRefused, moment: &Moment<'_>) -> String {
    match refused {
        LineRefused::OnList => "On a do-not-call list.".to_owned(),
        LineRefused::NotANumber => "Not a number that can be dialed.".to_owned(),
        LineRefused::AskedNotToBeCalled { at } => format!(
            "Somebody on this number asked not to be called, {}.",
            said(*at, moment)
        ),
        LineRefused::Forbidden(start) => {
            format!("Numbers that begin with {start} are not called from here.")
        }
    }
}

fn question_short(question: &Question, moment: &Moment<'_>) -> String {
    match question {
        Question::StoppedSequence(stopped) => format!("sequence {}", stopped_word(*stopped)),
        Question::CalledToday { at, .. } | Question::NumberCalledToday { at, .. } => {
            format!("called {}", time_of_day(*at, moment.rep_zone))
        }
        Question::Tariff(_) => String::new(),
    }
}

fn question_sentence(question: &Question, task: &CallTask, moment: &Moment<'_>) -> String {
    match question {
        Question::StoppedSequence(stopped) => format!(
            "Its sequence is {} in Apollo: somebody may want nobody of it called.",
            stopped_word(*stopped)
        ),
        Question::CalledToday { at, outcome } => format!(
            "{} was called {}: {}.",
            name(task),
            said(*at, moment),
            outcome_word(outcome.as_deref())
        ),
        Question::Tariff(tariff) => tariff_sentence(*tariff).to_owned(),
        Question::NumberCalledToday { at, outcome } => format!(
            "This number was called {}: {}.",
            said(*at, moment),
            outcome_word(outcome.as_deref())
        ),
    }
}

fn stopped_word(stopped: Stopped) -> &'static str {
    match stopped {
        Stopped::Paused => "paused",
        Stopped::Archived => "archived",
    }
}

fn outcome_word(outcome: Option<&str>) -> &str {
    outcome.unwrap_or("no outcome").trim_end_matches('.')
}

fn said(at: Timestamp, moment: &Moment<'_>) -> String {
    said_at(at, moment.now, moment.rep_zone)
}

fn time_there(change: &HoursChange) -> String {
    time_of_day(change.at, &change.zone)
}

fn hours_short(hours: &Hours) -> String {
    match hours {
        Hours::Open { .. } => String::new(),
        Hours::ClosingSoon { closes } => format!("closes {}", time_there(closes)),
        Hours::Closed { opens } => {
            let opens = opens.as_ref().map(time_there);
            format!("opens {}", opens.unwrap_or_default())
        }
        Hours::Partly { .. } | Hours::Unknown => "time unknown".to_owned(),
    }
}

/// How calling hours stand where the person is.
pub(crate) fn hours_sentence(hours: &Hours, task: &CallTask, moment: &Moment<'_>) -> String {
    let whereabouts = task.whereabouts.as_ref();
    let place = whereabouts.map(|whereabouts| whereabouts.place_at(moment.now));
    let place = place.unwrap_or_default();
    match hours {
        Hours::Unknown => {
            "Handset does not know what time it is there. Check before you call.".to_owned()
        }
        Hours::Closed { opens } => format!(
            "Outside calling hours in {place}. They open at {} there.",
            opens.as_ref().map(time_there).unwrap_or_default()
        ),
        Hours::Partly { .. } => {
            let times = local_time::local_time(task, moment)
                .unwrap_or_default()
                .text;
            format!(
                "It may be {times} in {place}: nobody knows where exactly, and calling hours are \
                 not open everywhere. Check before you call."
            )
        }
        Hours::ClosingSoon { closes } => {
            format!(
                "Calling hours in {place} close at {} there.",
                time_there(closes)
            )
        }
        Hours::Open { closes } => {
            let until = closes.as_ref().map(time_there);
            let until = until.map_or_else(String::new, |closes| format!(" until {closes}"));
            format!("Calling hours in {place} are open{until}.")
        }
    }
}

fn tariff_sentence(tariff: Tariff) -> &'static str {
    match tariff {
        Tariff::Premium => "This is a premium-rate number: a call can cost a lot.",
        Tariff::SharedCost => {
            "This is a shared-cost number: a call costs more than an ordinary one."
        }
        Tariff::Personal => {
            "This is a personal number, which may lead anywhere: a call can cost a lot."
        }
        Tariff::Satellite => {
            "This number belongs to a satellite or an international network: a call can cost a lot."
        }
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
        reach(&permission, &task, &moment).sentence
    }

    fn toll_free() -> Contact {
        let mut contact = Contact::with_id("c");
        let number = PhoneNumber::with_number("+18005550143", Some("+18005550143"));
        contact.phone_numbers.push(number);
        contact
    }

    #[test]
    fn what_nobody_knows_is_asked_about_in_its_own_words() {
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
