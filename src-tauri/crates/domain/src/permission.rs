//! Whether somebody may be dialed now: what refuses, and what asks first.
//!
//! Promises: who opted out, in Apollo or to a rep here, is refused, and so is their number on
//! anybody's card; whatever else is doubtful asks, with every reason at once. Must never: let an
//! answer to one question pass for the answer to a refusal.

use clock::Timestamp;
use jiff::{civil::Date, tz::TimeZone};

use crate::{
    call_history::{CallHistory, HistoryEntry},
    call_task::CallTask,
    calling_hours::{Hours, OpenHours, hours},
    dates::day_of,
    destinations::{DestinationRule, Destinations},
    phone::{Line, Tariff},
    sequence::{SequenceState, Stopped},
};

/// How far the time that Apollo stores may be from the one that the rep picked.
const PLANNED_WITHIN_S: u64 = 60;

/// The moment that is asked about, and what decides then who may be dialed.
pub struct Moment<'a> {
    pub now: Timestamp,
    pub rep_zone: &'a TimeZone,
    pub hours: &'a OpenHours,
    pub destinations: &'a Destinations,
    pub history: &'a CallHistory,
}

impl Moment<'_> {
    /// The rep's day.
    pub fn today(&self) -> Date {
        day_of(self.now, self.rep_zone)
    }
}

/// Whether the person of a task may be dialed, by any of their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Permission {
    /// No answer of the rep's overrides this.
    Refused(Refused),
    /// They may be dialed, once the questions are answered.
    Open {
        hours: Hours,
        /// What is asked besides the hour.
        questions: Vec<Question>,
    },
}

/// Why nobody is dialed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Apollo marks the person as not to be called.
    OptedOut,
    /// The person asked not to be called, in a call or skip of that time.
    AskedNotToBeCalled { at: Timestamp },
    /// Every number is on a do-not-call list.
    EveryNumberOnList,
    /// No number may be called, and some are marked as not to be called.
    NoNumberAllowed,
    /// Settings forbid every number.
    NoNumberFromHere,
    /// Apollo has no number that can be dialed.
    NoNumber,
}

/// What a dial asks first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Somebody may want nobody of the sequence called: it is paused, or archived.
    StoppedSequence(Stopped),
    /// The person was called today, and not to be called again at this time.
    CalledToday {
        at: Timestamp,
        outcome: Option<String>,
    },
    Tariff(Tariff),
    /// Somebody else was called today on this number.
    NumberCalledToday {
        at: Timestamp,
        outcome: Option<String>,
    },
}

/// In one word, how a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Callable,
    /// Callable, and the hours close within the hour.
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

/// What may be done with one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinePermission {
    /// It can be dialed, once these are answered.
    Open(Vec<Question>),
    Refused(LineRefused),
}

/// Why a number is not dialed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineRefused {
    OnList,
    NotANumber,
    /// Somebody on it asked not to be called.
    AskedNotToBeCalled {
        at: Timestamp,
    },
    /// By settings, which name this beginning.
    Forbidden(String),
}

impl Permission {
    /// In one word.
    pub fn reach(&self) -> Reach {
        match self {
            Self::Refused(
                Refused::OptedOut
                | Refused::AskedNotToBeCalled { .. }
                | Refused::EveryNumberOnList
                | Refused::NoNumberAllowed,
            ) => Reach::DoNotCall,
            Self::Refused(Refused::NoNumberFromHere | Refused::NoNumber) => Reach::NoNumber,
            // Any other question matters more than an unknown time.
            Self::Open { hours, questions } => match hours {
                Hours::Closed { .. } => Reach::Parked,
                _ if !questions.is_empty() => Reach::AskFirst,
                Hours::Open { .. } => Reach::Callable,
                Hours::ClosingSoon { .. } => Reach::ClosingSoon,
                Hours::Partly { .. } | Hours::Unknown => Reach::UnknownTime,
            },
        }
    }

    /// When a matter of hours changes.
    pub fn changes_at(&self) -> Option<Timestamp> {
        match self {
            Self::Refused(_) => None,
            Self::Open { hours, .. } => hours.changes_at(),
        }
    }

    /// Whether a dial asks something first.
    pub fn asks(&self) -> bool {
        match self {
            Self::Refused(_) => false,
            Self::Open { hours, questions } => !hours.is_open() || !questions.is_empty(),
        }
    }
}

impl LineRefused {
    /// Whether somebody is not to be called on it.
    pub fn is_do_not_call(&self) -> bool {
        matches!(self, Self::OnList | Self::AskedNotToBeCalled { .. })
    }
}

/// Whether the person of a task may be dialed, by any of their numbers.
pub fn permission(task: &CallTask, sequence: SequenceState, moment: &Moment<'_>) -> Permission {
    if let Some(refused) = refused(task, moment) {
        return Permission::Refused(refused);
    }
    let stopped = sequence.stopped().map(Question::StoppedSequence);
    Permission::Open {
        hours: hours(task.whereabouts.as_ref(), moment.hours, moment.now),
        questions: stopped
            .into_iter()
            .chain(called_today(task, moment))
            .collect(),
    }
}

/// Why the person is not dialed, whatever the rep answers.
fn refused(task: &CallTask, moment: &Moment<'_>) -> Option<Refused> {
    let contact = task.contact.as_ref();
    if contact.is_some_and(|contact| contact.call_opted_out) {
        return Some(Refused::OptedOut);
    }
    let known = task.contact_id.as_ref();
    let known = known.map(|contact| moment.history.of_contact(contact));
    if let Some(entry) = known.into_iter().flatten().find(|entry| entry.opts_out) {
        return Some(Refused::AskedNotToBeCalled { at: entry.at });
    }
    let mut is_do_not_call = false;
    for line in &task.lines {
        match line_permission(line, task, moment) {
            LinePermission::Open(_) => return None,
            LinePermission::Refused(refused) => is_do_not_call |= refused.is_do_not_call(),
        }
    }
    Some(if !is_do_not_call {
        if task.lines.iter().any(Line::can_dial) {
            Refused::NoNumberFromHere
        } else {
            Refused::NoNumber
        }
    } else if task.lines.iter().all(|line| line.do_not_call) {
        Refused::EveryNumberOnList
    } else {
        Refused::NoNumberAllowed
    })
}

/// The person was called today, and not to be called again at this time.
fn called_today(task: &CallTask, moment: &Moment<'_>) -> Option<Question> {
    let contact = task.contact_id.as_ref()?;
    let entries = moment.history.of_contact(contact);
    let today = entries.filter(|entry| is_today(entry, moment) && !is_planned(entry, task));
    let last = today.max_by_key(|entry| entry.at)?;
    Some(Question::CalledToday {
        at: last.at,
        outcome: last.outcome.clone(),
    })
}

fn is_today(entry: &HistoryEntry, moment: &Moment<'_>) -> bool {
    day_of(entry.at, moment.rep_zone) == moment.today()
}

/// This task is the callback of that call.
fn is_planned(entry: &HistoryEntry, task: &CallTask) -> bool {
    match (entry.again_at, task.due_at) {
        (Some(again), Some(due)) => {
            again.duration_since(due).as_secs().unsigned_abs() <= PLANNED_WITHIN_S
        }
        _ => false,
    }
}

/// Whether one number of a task may be dialed.
pub fn line_permission(line: &Line, task: &CallTask, moment: &Moment<'_>) -> LinePermission {
    if line.do_not_call {
        return LinePermission::Refused(LineRefused::OnList);
    }
    let Some(number) = line.number.as_ref() else {
        return LinePermission::Refused(LineRefused::NotANumber);
    };
    let number = number.as_str();
    if let Some(entry) = moment
        .history
        .of_number(number)
        .find(|entry| entry.opts_out)
    {
        return LinePermission::Refused(LineRefused::AskedNotToBeCalled { at: entry.at });
    }
    let rule = moment.destinations.rule_of(number);
    if let Some(DestinationRule::Forbidden(start)) = rule {
        return LinePermission::Refused(LineRefused::Forbidden(start));
    }
    let mut questions = Vec::new();
    if rule.is_none() {
        questions.extend(line.tariff.map(Question::Tariff));
    }
    let entries = moment.history.of_number(number);
    // Calls of the person are asked about for all their numbers at once.
    let is_theirs =
        |entry: &HistoryEntry| entry.contact_id.is_some() && entry.contact_id == task.contact_id;
    let today =
        entries.filter(|entry| entry.is_dialed && is_today(entry, moment) && !is_theirs(entry));
    if let Some(last) = today.max_by_key(|entry| entry.at) {
        questions.push(Question::NumberCalledToday {
            at: last.at,
            outcome: last.outcome.clone(),
        });
    }
    LinePermission::Open(questions)
}
