//! Whether somebody may be dialed now: what refuses, what asks first, and in which words.
//!
//! Promises: who opted out, in Apollo or to a rep here, is refused, and so is their number on
//! anybody's card; whatever else is doubtful asks, with every reason at once. Must never: let an
//! answer to one question pass for the answer to a refusal.

use clock::Timestamp;

use crate::{
    board::Moment,
    calling_window::in_hours,
    history::HistoryEntry,
    intake::CallTask,
    phone::Line,
    time_text::{said_at, time_of_day},
    view::{Destinations, Phone, Reach, ReachState, SequenceState},
};

/// How a task stands at a moment.
pub struct Standing {
    pub reach: Reach,
    /// When a matter of hours changes.
    pub changes_at: Option<Timestamp>,
    /// What a dial asks first, each a sentence.
    pub questions: Vec<String>,
}

/// What may be done with one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineStanding {
    /// It can be dialed, once these are answered.
    Open {
        questions: Vec<String>,
    },
    Refused {
        why: String,
        is_do_not_call: bool,
    },
}

impl Standing {
    fn closed(state: ReachState, short: &str, sentence: String) -> Self {
        Self {
            reach: Reach {
                state,
                short: short.to_owned(),
                sentence,
            },
            changes_at: None,
            questions: Vec::new(),
        }
    }
}

/// Whether the person of a task may be dialed, by any of their numbers.
pub fn standing(task: &CallTask, sequence: SequenceState, moment: &Moment<'_>) -> Standing {
    if let Some(refused) = refused(task, moment) {
        return refused;
    }
    let mut standing = in_hours(task.whereabouts.as_ref(), moment.window, moment.now);
    let mut others: Vec<(String, String)> = Vec::new();
    others.extend(stopped_sequence(sequence));
    others.extend(called_today(task, moment));
    let is_open = matches!(
        standing.reach.state,
        ReachState::Callable | ReachState::ClosingSoon
    );
    if !is_open {
        standing.questions.push(standing.reach.sentence.clone());
    }
    // What else is asked is more than not to know the time.
    let is_only_hours = standing.reach.state == ReachState::Parked;
    if let Some((short, _)) = others.first().filter(|_| !is_only_hours) {
        standing.reach = Reach {
            state: ReachState::AskFirst,
            short: short.clone(),
            sentence: String::new(),
        };
    }
    standing
        .questions
        .extend(others.into_iter().map(|(_, sentence)| sentence));
    if !standing.questions.is_empty() {
        standing.reach.sentence = standing.questions.join(" ");
    }
    standing
}

/// Nothing the rep says lets these through.
fn refused(task: &CallTask, moment: &Moment<'_>) -> Option<Standing> {
    let contact = task.contact.as_ref();
    if contact.is_some_and(|contact| contact.call_opted_out) {
        return Some(Standing::closed(
            ReachState::DoNotCall,
            "opted out",
            format!(
                "Opted out of calls. Apollo marks {} as not to be called.",
                task.name
            ),
        ));
    }
    let known = task.contact_id.as_ref();
    let known = known.map(|contact| moment.history.of_contact(contact));
    if let Some(entry) = known.into_iter().flatten().find(|entry| entry.opts_out) {
        return Some(Standing::closed(
            ReachState::DoNotCall,
            "do not call",
            format!(
                "{} asked not to be called, {}.",
                task.name,
                at(entry, moment)
            ),
        ));
    }
    let standings: Vec<_> = task
        .lines
        .iter()
        .map(|line| of_line(line, task, moment))
        .collect();
    let is_open = |standing: &LineStanding| matches!(standing, LineStanding::Open { .. });
    if standings.iter().any(is_open) {
        return None;
    }
    let is_blocked = |standing: &&LineStanding| {
        matches!(
            standing,
            LineStanding::Refused {
                is_do_not_call: true,
                ..
            }
        )
    };
    let on_list = task.lines.iter().all(|line| line.view.do_not_call);
    if standings.iter().any(|standing| is_blocked(&standing)) {
        let sentence = if on_list {
            "Every number is on a do-not-call list."
        } else {
            "No number of theirs may be called; each says why."
        };
        let state = ReachState::DoNotCall;
        return Some(Standing::closed(state, "do not call", sentence.to_owned()));
    }
    let sentence = if task.lines.iter().any(|line| line.view.can_dial) {
        "No number of theirs may be called from here; each says why."
    } else {
        "Apollo has no number that can be dialed. Skip the task, or add one in Apollo."
    };
    let state = ReachState::NoNumber;
    Some(Standing::closed(state, "no number", sentence.to_owned()))
}

fn stopped_sequence(sequence: SequenceState) -> Option<(String, String)> {
    let word = match sequence {
        SequenceState::Paused => "paused",
        SequenceState::Archived => "archived",
        SequenceState::Active | SequenceState::Unknown => return None,
    };
    Some((
        format!("sequence {word}"),
        format!("Its sequence is {word} in Apollo: somebody may want nobody of it called."),
    ))
}

/// The person was called today, and not to be called again at this time.
fn called_today(task: &CallTask, moment: &Moment<'_>) -> Option<(String, String)> {
    let contact = task.contact_id.as_ref()?;
    let entries = moment.history.of_contact(contact);
    let today = entries.filter(|entry| is_today(entry, moment) && !is_planned(entry, task));
    let last = today.max_by_key(|entry| entry.at)?;
    let time = at(last, moment);
    Some((
        format!("called {}", time_of_day(last.at, moment.rep_zone)),
        format!("{} was called {time}: {}.", task.name, outcome_of(last)),
    ))
}

fn outcome_of(entry: &HistoryEntry) -> &str {
    entry
        .outcome
        .as_deref()
        .unwrap_or("no outcome")
        .trim_end_matches('.')
}

fn is_today(entry: &HistoryEntry, moment: &Moment<'_>) -> bool {
    moment.rep_zone.to_datetime(entry.at).date() == moment.today()
}

/// How far the time that Apollo keeps may be from the one that the rep picked.
const PLANNED_WITHIN_S: u64 = 60;

/// This task is the callback of that call.
fn is_planned(entry: &HistoryEntry, task: &CallTask) -> bool {
    match (entry.again_at, task.due_at) {
        (Some(again), Some(due)) => {
            again.duration_since(due).as_secs().unsigned_abs() <= PLANNED_WITHIN_S
        }
        _ => false,
    }
}

fn at(entry: &HistoryEntry, moment: &Moment<'_>) -> String {
    said_at(entry.at, moment.now, moment.rep_zone)
}

/// Whether one number of a task may be dialed.
pub fn of_line(line: &Line, task: &CallTask, moment: &Moment<'_>) -> LineStanding {
    let Some(number) = line.number.as_ref().filter(|_| line.view.can_dial) else {
        let why = line.view.why_not.clone();
        return LineStanding::Refused {
            why: why.unwrap_or_else(|| "This cannot be dialed.".to_owned()),
            is_do_not_call: line.view.do_not_call,
        };
    };
    let number = number.as_str();
    if let Some(entry) = moment
        .history
        .of_number(number)
        .find(|entry| entry.opts_out)
    {
        return LineStanding::Refused {
            why: format!(
                "Somebody on this number asked not to be called, {}.",
                at(entry, moment)
            ),
            is_do_not_call: true,
        };
    }
    let rule = moment.destinations.rule_of(number);
    if let Some(DestinationRule::Forbidden(start)) = rule {
        return LineStanding::Refused {
            why: format!("Numbers that begin with {start} are not called from here."),
            is_do_not_call: false,
        };
    }
    let mut questions = Vec::new();
    if rule.is_none() {
        questions.extend(line.tariff.map(|tariff| tariff.sentence().to_owned()));
    }
    let entries = moment.history.of_number(number);
    // Calls of the person are asked about for all their numbers at once.
    let is_theirs =
        |entry: &HistoryEntry| entry.contact_id.is_some() && entry.contact_id == task.contact_id;
    let today =
        entries.filter(|entry| entry.is_dialed && is_today(entry, moment) && !is_theirs(entry));
    if let Some(last) = today.max_by_key(|entry| entry.at) {
        questions.push(format!(
            "This number was called {}: {}.",
            at(last, moment),
            outcome_of(last)
        ));
    }
    LineStanding::Open { questions }
}

/// A number as a card shows it at a moment.
pub fn phone_view(line: &Line, task: &CallTask, moment: &Moment<'_>) -> Phone {
    let mut view = line.view.clone();
    match of_line(line, task, moment) {
        LineStanding::Open { questions } => {
            view.asks = (!questions.is_empty()).then(|| questions.join(" "));
        }
        LineStanding::Refused {
            why,
            is_do_not_call,
        } => {
            view.can_dial = false;
            view.do_not_call |= is_do_not_call;
            view.why_not = Some(why);
        }
    }
    view
}

/// What settings say of numbers that begin like this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DestinationRule {
    Allowed,
    /// By this beginning.
    Forbidden(String),
}

impl Destinations {
    /// The rule of a number in E.164: that of the longest beginning that fits.
    pub fn rule_of(&self, number: &str) -> Option<DestinationRule> {
        let longest = |starts: &[String]| {
            let fitting = starts.iter().filter(|start| number.starts_with(*start));
            fitting.max_by_key(|start| start.len()).cloned()
        };
        match (longest(&self.allowed), longest(&self.forbidden)) {
            (Some(allowed), Some(forbidden)) if allowed.len() > forbidden.len() => {
                Some(DestinationRule::Allowed)
            }
            (_, Some(forbidden)) => Some(DestinationRule::Forbidden(forbidden)),
            (Some(_), None) => Some(DestinationRule::Allowed),
            (None, None) => None,
        }
    }

    /// The same with every beginning as it is compared: a plus sign and digits. An error names the
    /// one that is none.
    pub fn tidied(&self) -> Result<Self, String> {
        let tidied = |starts: &[String]| {
            let mut seen = Vec::new();
            for start in starts {
                let plain: String = start
                    .chars()
                    .filter(|character| !character.is_whitespace() && !"-().".contains(*character))
                    .collect();
                let digits = plain.strip_prefix('+').unwrap_or_default();
                let is_sound = (1..=DIGITS_MAX).contains(&digits.len())
                    && digits.bytes().all(|byte| byte.is_ascii_digit())
                    && !digits.starts_with('0');
                if !is_sound {
                    return Err(format!(
                        "“{}” is not how a number begins. Write a plus sign and digits, such as \
                         +1900.",
                        start.trim()
                    ));
                }
                if !seen.contains(&plain) {
                    seen.push(plain);
                }
            }
            Ok(seen)
        };
        Ok(Self {
            allowed: tidied(&self.allowed)?,
            forbidden: tidied(&self.forbidden)?,
        })
    }
}

/// Digits of an E.164 number at most (ITU-T E.164).
const DIGITS_MAX: usize = 15;
