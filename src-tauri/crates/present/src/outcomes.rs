//! What a call can be said to have come to: on a card, and in settings.

use apollo::types::ContactStage;
use clock::Timestamp;
use domain::{
    dispositions::{DispositionList, ListAct, ListChange, Offered, OutcomeSource},
    draft,
    outcomes::{AddedOutcome, KeptOutcome, OutcomeProof},
};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use session::Look;
use ts_rs::TS;

use crate::{
    CallbackHow,
    time_text::{counted, day_and_time, when},
};

/// Number keys there are.
const SHORTCUTS: u8 = 9;

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

/// The outcomes of this origin, as settings show them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OutcomeBook {
    /// Those that are offered, in the order of the number keys; none while plain words stand in.
    pub rows: Vec<OutcomeRow>,
    /// Those that a person took off the list.
    pub removed: Vec<OutcomeRow>,
    /// When Apollo was read, and when it is read again.
    pub reading: String,
    /// What the last act was, if it can be undone: "Moved No Answer."
    pub undo: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OutcomeRow {
    /// Apollo's id.
    pub key: String,
    pub name: String,
    /// Apollo's own name, where it is called something else here.
    pub apollo_name: Option<String>,
    /// The number key that picks it: 1 to 9.
    pub shortcut: Option<u8>,
    /// Where it is from, and what is proven of it.
    pub said: String,
}

/// What a person does with the list of outcomes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum OutcomeChange {
    /// Writes one down. Apollo is asked about its id first.
    Add {
        name: String,
        /// Apollo's id: 24 hexadecimal digits.
        outcome_id: String,
        /// True once the person was told what is not proven, and said to keep it anyway.
        is_confirmed: bool,
    },
    /// Makes it the `to`th of those offered, from 0.
    Move { key: String, to: u32 },
    /// Calls it something else here; Apollo's own name takes that back.
    Rename { key: String, name: String },
    /// Takes it off the list.
    Remove { key: String },
    /// Offers one again that was taken off, last in the list.
    PutBack { key: String },
    /// Takes the last of these acts back.
    Undo,
}

/// The stages that contacts can be in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct StageList {
    pub stages: Vec<StageChoice>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct StageChoice {
    /// Apollo's id.
    pub id: String,
    pub name: String,
}

impl From<OutcomeChange> for ListChange {
    fn from(change: OutcomeChange) -> Self {
        match change {
            OutcomeChange::Add {
                name,
                outcome_id,
                is_confirmed,
            } => Self::Add {
                name,
                outcome_id,
                is_confirmed,
            },
            OutcomeChange::Move { key, to } => Self::Move { key, to },
            OutcomeChange::Rename { key, name } => Self::Rename { key, name },
            OutcomeChange::Remove { key } => Self::Remove { key },
            OutcomeChange::PutBack { key } => Self::PutBack { key },
            OutcomeChange::Undo => Self::Undo,
        }
    }
}

impl From<Vec<ContactStage>> for StageList {
    fn from(stages: Vec<ContactStage>) -> Self {
        let choice = |stage: ContactStage| StageChoice {
            id: stage.id.to_string(),
            name: stage.name,
        };
        Self {
            stages: stages.into_iter().map(choice).collect(),
        }
    }
}

/// The outcomes as a card offers them.
pub fn dispositions(look: &Look<'_>) -> Dispositions {
    of_list(look.outcomes, next_reading(look).as_deref())
}

/// `tries_again` says when Apollo is asked again, if it could not be.
fn of_list(list: &DispositionList, tries_again: Option<&str>) -> Dispositions {
    let outcome = |outcome: Offered, shortcut| Outcome {
        then: then(&outcome),
        key: outcome.key,
        name: outcome.name,
        shortcut,
    };
    let source = match list.source() {
        OutcomeSource::Apollo => DispositionSource::Apollo,
        OutcomeSource::NotRead => DispositionSource::NotRead,
        OutcomeSource::NoneInApollo => DispositionSource::NoneInApollo,
    };
    let numbered = list.on_offer().into_iter().zip(1_u8..);
    let earlier = list.earlier().into_iter();
    Dispositions {
        outcomes: numbered
            .map(|(it, number)| outcome(it, shortcut(number)))
            .collect(),
        earlier: earlier.map(|it| outcome(it, None)).collect(),
        source,
        hint: hint(source, tries_again),
    }
}

fn shortcut(number: u8) -> Option<u8> {
    (number <= SHORTCUTS).then_some(number)
}

/// The outcomes as settings show them.
pub fn outcome_book(look: &Look<'_>) -> OutcomeBook {
    book_of(look.outcomes, reading(look), look.moment.rep_zone)
}

fn book_of(list: &DispositionList, reading: String, zone: &TimeZone) -> OutcomeBook {
    let kept = list.kept();
    let row = |outcome: &KeptOutcome, shortcut| OutcomeRow {
        key: outcome.id.to_string(),
        name: outcome.shown().to_owned(),
        apollo_name: outcome.own_name.as_ref().map(|_| outcome.name.clone()),
        shortcut,
        said: said(outcome, kept.read_at, zone),
    };
    let (removed, offered): (Vec<_>, Vec<_>) =
        kept.outcomes.iter().partition(|outcome| outcome.is_removed);
    OutcomeBook {
        rows: offered
            .into_iter()
            .zip(1_u8..)
            .map(|(it, number)| row(it, shortcut(number)))
            .collect(),
        removed: removed.into_iter().map(|it| row(it, None)).collect(),
        reading,
        undo: list.last_act().map(act_sentence),
    }
}

fn act_sentence(act: &ListAct) -> String {
    match act {
        ListAct::Added(name) => format!("Added {name}."),
        ListAct::Moved(name) => format!("Moved {name}."),
        ListAct::Renamed(name) => format!("Renamed {name}."),
        ListAct::Removed(name) => format!("Removed {name}."),
        ListAct::PutBack(name) => format!("Put {name} back."),
    }
}

/// When Apollo was read, and when it is read again.
fn reading(look: &Look<'_>) -> String {
    let read = look.outcomes.kept().read_at.map(|at| {
        let at = when(at, look.moment.now, look.moment.rep_zone);
        format!("Last read from Apollo at {at}.")
    });
    match (read, next_reading(look)) {
        (Some(read), None) => format!("{read} Handset reads them anew each day."),
        (Some(read), Some(next)) => {
            format!("{read} They could not be read since; Handset tries again {next}.")
        }
        (None, next) => format!(
            "Not read from Apollo yet. Handset tries again {}.",
            next.as_deref().unwrap_or("by itself")
        ),
    }
}

/// "at 14:05"
fn next_reading(look: &Look<'_>) -> Option<String> {
    let now = look.moment.now;
    Some(match look.outcomes_next_at? {
        at if at <= now => "in a moment".to_owned(),
        at => format!("at {}", when(at, now, look.moment.rep_zone)),
    })
}

fn hint(source: DispositionSource, tries_again: Option<&str>) -> Option<String> {
    match source {
        DispositionSource::Apollo => None,
        DispositionSource::NotRead => Some(format!(
            "Apollo’s dispositions are not read yet. Until they are, an outcome goes into the note \
             as words. Handset tries again {}.",
            tries_again.unwrap_or("by itself")
        )),
        DispositionSource::NoneInApollo => Some(
            "Apollo named no dispositions. An outcome goes into the note as words. An admin can \
             write down Apollo’s own in Settings, Dispositions."
                .to_owned(),
        ),
    }
}

/// Where an outcome is from, and what is proven of it.
fn said(outcome: &KeptOutcome, read_at: Option<Timestamp>, zone: &TimeZone) -> String {
    let at = |at| day_and_time(at, zone);
    match (outcome.named_at, outcome.added) {
        (Some(named), None) if read_at.is_some_and(|read| read > named) => {
            format!("Apollo last named it on {}.", at(named))
        }
        (Some(_), None) => "Named by Apollo.".to_owned(),
        (Some(_), Some(_)) => "Written down by hand, and named by Apollo.".to_owned(),
        (None, Some(AddedOutcome { at: None, .. })) => {
            "Written down by hand in an earlier version; not checked.".to_owned()
        }
        (
            None,
            Some(AddedOutcome {
                at: Some(added),
                proof,
            }),
        ) => {
            let proof = match proof {
                OutcomeProof::Calls { calls } => format!(
                    "Apollo had {} with it",
                    counted(u32::try_from(calls).unwrap_or(u32::MAX), "call", "calls")
                ),
                OutcomeProof::NoCalls => "Apollo knew no call with it".to_owned(),
                OutcomeProof::NotAnswered => "Apollo could not be asked".to_owned(),
            };
            format!("Written down by hand; {proof} on {}.", at(added))
        }
        (None, None) => String::new(),
    }
}

/// A rule in words, and as a window needs it.
fn then(outcome: &Offered) -> OutcomeThen {
    let rule = &outcome.rule;
    let how = rule.callback_how.unwrap_or(draft::CallbackHow::NewTask);
    let mut parts = Vec::new();
    match (rule.callback_days, how) {
        (Some(days), draft::CallbackHow::MoveTask) => {
            parts.push(format!("moves the task {}", ahead(days)));
        }
        (Some(days), draft::CallbackHow::NewTask) => {
            parts.push("completes the task".to_owned());
            parts.push(format!("makes a new call task {}", ahead(days)));
        }
        (None, _) => parts.push("completes the task".to_owned()),
    }
    if rule.stage_id.is_some() {
        parts.push("changes the contact’s stage".to_owned());
    }
    if rule.finish_sequence {
        parts.push("finishes the sequence".to_owned());
    }
    if outcome.opts_out {
        parts.push("keeps the person and the number from being called again".to_owned());
    }
    OutcomeThen {
        sentence: sentence_of(&parts),
        opts_out: outcome.opts_out,
        note_required: rule.note_required,
        finishes_sequence: rule.finish_sequence,
        callback_days: rule.callback_days,
        callback_how: rule.callback_days.map(|_| how.into()),
    }
}

fn ahead(days: u32) -> String {
    match days {
        0 => "for later today".to_owned(),
        1 => "for tomorrow".to_owned(),
        days => format!("for {days} days from now"),
    }
}

/// "Completes the task, changes the contact's stage and finishes the sequence."
fn sentence_of(parts: &[String]) -> String {
    let text = match parts {
        [] => return String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    };
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        format!("{}{}.", first.to_uppercase(), letters.as_str())
    })
}

#[cfg(test)]
mod tests {
    use apollo::types::OutcomeFacet;
    use domain::{dispositions::Proven, settings::OutcomeRule};

    use super::*;

    fn now() -> Timestamp {
        "2026-11-24T15:00:00Z".parse().unwrap()
    }

    fn id(last: u8) -> String {
        format!("64c0ffee00000000000000{last:02x}")
    }

    fn facet(last: u8, name: &str, count: u64) -> OutcomeFacet {
        OutcomeFacet {
            id: id(last).as_str().into(),
            name: name.to_owned(),
            count,
        }
    }

    fn heard(facets: &[OutcomeFacet]) -> DispositionList {
        let mut list = DispositionList::default();
        list.hear(facets, now());
        list
    }

    #[test]
    fn the_number_keys_follow_the_order_of_the_list() {
        let many: Vec<_> = (1..=11).map(|last| facet(last, "Outcome", 1)).collect();
        let view = of_list(&heard(&many), None);
        let keys: Vec<_> = view
            .outcomes
            .iter()
            .map(|outcome| outcome.shortcut)
            .collect();
        assert_eq!(keys[0], Some(1));
        assert_eq!(keys[8..], [Some(9), None, None]);
    }

    #[test]
    fn plain_words_say_whether_apollo_was_heard_at_all() {
        let view = of_list(&DispositionList::default(), Some("at 14:05"));
        assert_eq!(view.source, DispositionSource::NotRead);
        let hint = view.hint.unwrap();
        assert!(
            hint.contains("not read yet") && hint.contains("tries again at 14:05"),
            "{hint}"
        );
        let view = of_list(&heard(&[]), None);
        assert_eq!(view.source, DispositionSource::NoneInApollo);
        assert!(
            view.hint
                .unwrap()
                .starts_with("Apollo named no dispositions.")
        );
    }

    #[test]
    fn settings_say_what_is_proven_of_an_id_and_what_is_not() {
        let mut list = heard(&[facet(1, "No Answer", 5)]);
        let add = |list: &mut DispositionList, last, proof| {
            let change = ListChange::Add {
                name: format!("By hand {last}"),
                outcome_id: id(last),
                is_confirmed: true,
            };
            list.change(&change, &Proven { proof, name: None }, now())
                .unwrap();
        };
        add(&mut list, 2, OutcomeProof::Calls { calls: 1 });
        add(&mut list, 3, OutcomeProof::NoCalls);
        add(&mut list, 4, OutcomeProof::NotAnswered);
        let said: Vec<_> = book_of(&list, String::new(), &TimeZone::UTC)
            .rows
            .into_iter()
            .map(|row| row.said)
            .collect();
        assert_eq!(
            said,
            [
                "Named by Apollo.",
                "Written down by hand; Apollo had 1 call with it on 24 Nov, 15:00.",
                "Written down by hand; Apollo knew no call with it on 24 Nov, 15:00.",
                "Written down by hand; Apollo could not be asked on 24 Nov, 15:00.",
            ]
        );
    }

    #[test]
    fn a_rule_is_said_in_one_sentence_before_it_is_followed() {
        let rule = OutcomeRule {
            outcome: id(1),
            callback_days: Some(2),
            stage_id: Some("s".to_owned()),
            finish_sequence: true,
            ..OutcomeRule::default()
        };
        let mut list = DispositionList::new(None, &[rule]);
        list.hear(
            &[facet(1, "Call later", 1), facet(2, "No Answer", 80)],
            now(),
        );
        let view = of_list(&list, None);
        let [usual, later] = &view.outcomes[..] else {
            panic!("two outcomes")
        };
        assert_eq!(usual.then.sentence, "Completes the task.");
        assert_eq!(
            later.then.sentence,
            "Completes the task, makes a new call task for 2 days from now, changes the contact’s \
             stage and finishes the sequence."
        );
    }
}
