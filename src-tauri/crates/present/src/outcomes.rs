//! The outcomes that a call can have: on a card, and in settings.

use apollo::types::ContactStage;
use clock::Timestamp;
use domain::{
    dispositions::{DispositionList, ListAction, ListChange, Offered, OutcomeSource},
    draft,
    outcomes::{AddedOutcome, OutcomeProof, StoredOutcome},
};
use serde::{Deserialize, Serialize};
use session::View;
use text::{Text, Value, message};
use ts_rs::TS;

use crate::{
    CallbackHow,
    time_text::{day_and_time, when},
};

/// Number keys there are.
const SHORTCUTS: u8 = 9;

/// The outcomes that a call can have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Dispositions {
    /// In the order of the number keys.
    pub outcomes: Vec<Outcome>,
    /// Those that are not offered now, but that a draft or a receipt may name.
    pub earlier: Vec<Outcome>,
    pub source: DispositionSource,
    /// What it means, if the list is not Apollo's.
    pub hint: Option<Text>,
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
    pub sentence: Text,
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
    /// Plain defaults, since Apollo could not be asked yet.
    NotRead,
    /// Plain defaults, since Apollo reported no outcomes.
    NoneInApollo,
}

/// The outcomes of this origin, as settings show them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OutcomeBook {
    /// Those that are offered, in the order of the number keys; none while plain defaults stand in.
    pub rows: Vec<OutcomeRow>,
    /// Those that a person took off the list.
    pub removed: Vec<OutcomeRow>,
    /// When Apollo was read, and when it is read again.
    pub reading: Text,
    /// What the last change was, if it can be undone: "Moved No Answer."
    pub undo: Option<Text>,
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
    pub provenance: Text,
}

/// What a person does with the list of outcomes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum OutcomeChange {
    /// Adds an outcome by hand. Apollo is asked about its id first.
    Add {
        name: String,
        /// Apollo's id: 24 hexadecimal digits.
        outcome_id: String,
        /// True once the person was told what is not proven, and chose to add it anyway.
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
    /// Takes the last of these changes back.
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
pub fn dispositions(view: &View<'_>) -> Dispositions {
    of_list(view.outcomes, next_reading(view))
}

/// `next` is when Apollo is asked again, if it could not be.
fn of_list(list: &DispositionList, next: NextReading) -> Dispositions {
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
        hint: hint(source, next),
    }
}

fn shortcut(number: u8) -> Option<u8> {
    (number <= SHORTCUTS).then_some(number)
}

/// The outcomes as settings show them.
pub fn outcome_book(view: &View<'_>) -> OutcomeBook {
    book_of(view.outcomes, reading(view))
}

fn book_of(list: &DispositionList, reading: Text) -> OutcomeBook {
    let stored = list.stored();
    let row = |outcome: &StoredOutcome, shortcut| OutcomeRow {
        key: outcome.id.to_string(),
        name: outcome.shown().to_owned(),
        apollo_name: outcome.own_name.as_ref().map(|_| outcome.name.clone()),
        shortcut,
        provenance: provenance(outcome, stored.read_at),
    };
    let (removed, offered): (Vec<_>, Vec<_>) = stored
        .outcomes
        .iter()
        .partition(|outcome| outcome.is_removed);
    OutcomeBook {
        rows: offered
            .into_iter()
            .zip(1_u8..)
            .map(|(it, number)| row(it, shortcut(number)))
            .collect(),
        removed: removed.into_iter().map(|it| row(it, None)).collect(),
        reading,
        undo: list.last_change().map(change_sentence),
    }
}

fn change_sentence(change: &ListAction) -> Text {
    match change {
        ListAction::Added(name) => message!("outcomes-added", name = name.as_str()),
        ListAction::Moved(name) => message!("outcomes-moved", name = name.as_str()),
        ListAction::Renamed(name) => message!("outcomes-renamed", name = name.as_str()),
        ListAction::Removed(name) => message!("outcomes-removed", name = name.as_str()),
        ListAction::PutBack(name) => message!("outcomes-put-back", name = name.as_str()),
    }
}

/// When Apollo is asked for its outcomes again, while it could not be.
enum NextReading {
    /// At no set time: whenever something else is read.
    ByItself,
    Soon,
    At(Text),
}

impl NextReading {
    /// As messages select by it, with the time if it is known.
    fn values(self) -> (Value, Text) {
        match self {
            Self::ByItself => (Value::choice("by_itself"), Text::empty()),
            Self::Soon => (Value::choice("soon"), Text::empty()),
            Self::At(at) => (Value::choice("at"), at),
        }
    }
}

fn next_reading(view: &View<'_>) -> NextReading {
    let now = view.moment.now;
    match view.outcomes_next_at {
        None => NextReading::ByItself,
        Some(at) if at <= now => NextReading::Soon,
        Some(at) => NextReading::At(when(at, now, view.moment.rep_zone)),
    }
}

/// When Apollo was read, and when it is read again.
fn reading(view: &View<'_>) -> Text {
    let read = view.outcomes.stored().read_at.map(|at| {
        let at = when(at, view.moment.now, view.moment.rep_zone);
        message!("outcomes-last-read", when = at)
    });
    match (read, next_reading(view)) {
        (Some(read), NextReading::ByItself) => {
            Text::sentences([read, message!("outcomes-read-each-day")])
        }
        (Some(read), next) => {
            let (next, when) = next.values();
            let again = message!("outcomes-not-read-since", next = next, when = when);
            Text::sentences([read, again])
        }
        (None, next) => {
            let (next, when) = next.values();
            message!("outcomes-not-read-yet", next = next, when = when)
        }
    }
}

fn hint(source: DispositionSource, next: NextReading) -> Option<Text> {
    match source {
        DispositionSource::Apollo => None,
        DispositionSource::NotRead => {
            let (next, when) = next.values();
            Some(message!(
                "outcomes-plain-not-read",
                next = next,
                when = when
            ))
        }
        DispositionSource::NoneInApollo => Some(message!("outcomes-plain-none-in-apollo")),
    }
}

/// Where an outcome is from, and what is proven of it.
fn provenance(outcome: &StoredOutcome, read_at: Option<Timestamp>) -> Text {
    match (outcome.named_at, outcome.added) {
        (Some(named), None) if read_at.is_some_and(|read| read > named) => {
            message!("outcomes-last-named", when = day_and_time(named))
        }
        (Some(_), None) => message!("outcomes-named"),
        (Some(_), Some(_)) => message!("outcomes-by-hand-and-named"),
        (None, Some(AddedOutcome { at: None, .. })) => message!("outcomes-by-hand-earlier"),
        (
            None,
            Some(AddedOutcome {
                at: Some(added),
                proof,
            }),
        ) => {
            let when = day_and_time(added);
            match proof {
                OutcomeProof::Calls { calls } => message!(
                    "outcomes-by-hand-calls",
                    calls = u32::try_from(calls).unwrap_or(u32::MAX),
                    when = when,
                ),
                OutcomeProof::NoCalls => message!("outcomes-by-hand-no-calls", when = when),
                OutcomeProof::NotAnswered => {
                    message!("outcomes-by-hand-not-answered", when = when)
                }
            }
        }
        (None, None) => Text::empty(),
    }
}

/// A rule in sentences, and as a window needs it.
fn then(outcome: &Offered) -> OutcomeThen {
    let rule = &outcome.rule;
    let how = rule.callback_how.unwrap_or(draft::CallbackHow::NewTask);
    let mut sentences = Vec::new();
    match (rule.callback_days, how) {
        (Some(days), draft::CallbackHow::MoveTask) => {
            sentences.push(message!("outcomes-then-move-task", days = days));
        }
        (Some(days), draft::CallbackHow::NewTask) => {
            sentences.push(message!("outcomes-then-complete-task"));
            sentences.push(message!("outcomes-then-new-task", days = days));
        }
        (None, _) => sentences.push(message!("outcomes-then-complete-task")),
    }
    if rule.stage_id.is_some() {
        sentences.push(message!("outcomes-then-change-stage"));
    }
    if rule.finish_sequence {
        sentences.push(message!("outcomes-then-finish-sequence"));
    }
    if outcome.opts_out {
        sentences.push(message!("outcomes-then-opt-out"));
    }
    OutcomeThen {
        sentence: Text::sentences(sentences),
        opts_out: outcome.opts_out,
        note_required: rule.note_required,
        finishes_sequence: rule.finish_sequence,
        callback_days: rule.callback_days,
        callback_how: rule.callback_days.map(|_| how.into()),
    }
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

    fn list_of(facets: &[OutcomeFacet]) -> DispositionList {
        let mut list = DispositionList::default();
        list.receive(facets, now());
        list
    }

    #[test]
    fn the_number_keys_follow_the_order_of_the_list() {
        let many: Vec<_> = (1..=11).map(|last| facet(last, "Outcome", 1)).collect();
        let view = of_list(&list_of(&many), NextReading::ByItself);
        let keys: Vec<_> = view
            .outcomes
            .iter()
            .map(|outcome| outcome.shortcut)
            .collect();
        assert_eq!(keys[0], Some(1));
        assert_eq!(keys[8..], [Some(9), None, None]);
    }

    #[test]
    fn plain_defaults_say_whether_apollo_answered_at_all() {
        let next = NextReading::At(Text::verbatim("14:05"));
        let view = of_list(&DispositionList::default(), next);
        assert_eq!(view.source, DispositionSource::NotRead);
        let hint = view.hint.unwrap().english();
        assert!(
            hint.contains("not read yet") && hint.contains("Next try: 14:05"),
            "{hint}"
        );
        let view = of_list(&list_of(&[]), NextReading::ByItself);
        assert_eq!(view.source, DispositionSource::NoneInApollo);
        assert!(
            view.hint
                .unwrap()
                .english()
                .starts_with("Apollo named no dispositions.")
        );
    }

    #[test]
    fn settings_say_what_is_proven_of_an_id_and_what_is_not() {
        let mut list = list_of(&[facet(1, "No Answer", 5)]);
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
        let shown: Vec<_> = book_of(&list, Text::empty())
            .rows
            .into_iter()
            .map(|row| row.provenance.english())
            .collect();
        assert_eq!(
            shown,
            [
                "Named by Apollo.",
                "Written down by hand; Apollo had 1 call with it on 24 Nov, 15:00.",
                "Written down by hand; Apollo knew no call with it on 24 Nov, 15:00.",
                "Written down by hand; Apollo could not be asked on 24 Nov, 15:00.",
            ]
        );
    }

    #[test]
    fn a_rule_is_put_into_sentences_before_it_is_followed() {
        let rule = OutcomeRule {
            outcome: id(1),
            callback_days: Some(2),
            stage_id: Some("s".to_owned()),
            finish_sequence: true,
            ..OutcomeRule::default()
        };
        let mut list = DispositionList::new(None, &[rule]);
        list.receive(
            &[facet(1, "Call later", 1), facet(2, "No Answer", 80)],
            now(),
        );
        let view = of_list(&list, NextReading::ByItself);
        let [usual, later] = &view.outcomes[..] else {
            panic!("two outcomes")
        };
        assert_eq!(usual.then.sentence.english(), "Completes the task.");
        assert_eq!(
            later.then.sentence.english(),
            "Completes the task. Makes a new call task for 2 days from now. Changes the contact’s \
             stage. Finishes the sequence."
        );
    }
}
