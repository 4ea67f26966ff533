//! What a call can be said to have come to, and where that list comes from.
//!
//! Order of trust: what an admin wrote down, what Apollo names in its call search, a plain default
//! set without Apollo ids. Must never: invent an Apollo id.

use apollo::{
    ids::OutcomeId,
    types::{CallStatus, OutcomeFacet},
};

use crate::view::{
    CallbackHow, DispositionSource, Dispositions, MappedOutcome, Outcome, OutcomeRule, OutcomeThen,
};

/// Key, name.
const DEFAULTS: [(&str, &str); 7] = [
    ("no_answer", "No answer"),
    ("left_voicemail", "Left voicemail"),
    ("connected_positive", "Connected, positive"),
    ("connected_neutral", "Connected, neutral"),
    ("connected_negative", "Connected, negative"),
    ("busy", "Busy"),
    ("wrong_number", "Wrong number"),
];
/// Number keys there are.
const SHORTCUTS: u8 = 9;

/// The list that is in use.
#[derive(Clone, Debug)]
pub struct DispositionList {
    view: Dispositions,
    rules: Vec<OutcomeRule>,
}

/// An outcome that was picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// None for a plain default.
    pub id: Option<OutcomeId>,
    pub name: String,
    /// What Apollo's `status` should say beside it.
    pub status: CallStatus,
    /// What it does besides.
    pub rule: OutcomeRule,
}

impl DispositionList {
    /// The best list there is.
    pub fn new(
        mapped: &[MappedOutcome],
        rules: &[OutcomeRule],
        facets: Option<&[OutcomeFacet]>,
    ) -> Self {
        let mut facets = facets.unwrap_or_default().to_vec();
        // The most used first, so that the number keys go to them; names break ties.
        facets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        let (source, rows): (_, Vec<(String, String)>) = if !mapped.is_empty() {
            let rows = mapped
                .iter()
                .map(|outcome| (outcome.outcome_id.clone(), outcome.name.clone()));
            (DispositionSource::Mapped, rows.collect())
        } else if !facets.is_empty() {
            let rows = facets
                .iter()
                .map(|facet| (facet.id.to_string(), facet.name.clone()));
            (DispositionSource::Apollo, rows.collect())
        } else {
            let rows = DEFAULTS
                .iter()
                .map(|(key, name)| ((*key).to_owned(), (*name).to_owned()));
            (DispositionSource::Defaults, rows.collect())
        };
        let outcomes = rows
            .into_iter()
            .zip(1_u8..)
            .map(|((key, name), number)| Outcome {
                then: then(rules.iter().find(|rule| rule.outcome == key)),
                key,
                name,
                shortcut: (number <= SHORTCUTS).then_some(number),
            })
            .collect();
        let hint = (source == DispositionSource::Defaults).then(|| {
            "Apollo named no dispositions. These go into the note as words. An admin can write \
             down Apollo's own in Settings, Dispositions."
                .to_owned()
        });
        Self {
            view: Dispositions {
                outcomes,
                source,
                hint,
            },
            rules: rules.to_vec(),
        }
    }

    /// As shown.
    pub fn view(&self) -> &Dispositions {
        &self.view
    }

    /// The outcome with this key.
    pub fn choose(&self, key: &str) -> Option<Chosen> {
        let outcome = self
            .view
            .outcomes
            .iter()
            .find(|outcome| outcome.key == key)?;
        let has_id = self.view.source != DispositionSource::Defaults;
        Some(Chosen {
            id: has_id.then(|| OutcomeId::new(outcome.key.clone())),
            name: outcome.name.clone(),
            status: status_of(&outcome.name),
            rule: self
                .rules
                .iter()
                .find(|rule| rule.outcome == key)
                .cloned()
                .unwrap_or_default(),
        })
    }

    /// The key of an outcome id, if it is in the list.
    pub fn key_of(&self, id: &OutcomeId) -> Option<String> {
        self.name_of(id).map(|_| id.to_string())
    }

    /// The key of an outcome's name, if it is in the list.
    pub fn key_of_name(&self, name: &str) -> Option<String> {
        let mut outcomes = self.view.outcomes.iter();
        let outcome = outcomes.find(|outcome| outcome.name == name)?;
        Some(outcome.key.clone())
    }

    /// The name of an outcome id, if it is in the list.
    pub fn name_of(&self, id: &OutcomeId) -> Option<&str> {
        let outcome = self
            .view
            .outcomes
            .iter()
            .find(|outcome| outcome.key == id.as_str())?;
        Some(&outcome.name)
    }
}

/// A rule in words, and as a window needs it.
fn then(rule: Option<&OutcomeRule>) -> OutcomeThen {
    let Some(rule) = rule else {
        return OutcomeThen {
            sentence: "Completes the task.".to_owned(),
            ..OutcomeThen::default()
        };
    };
    let how = rule.callback_how.unwrap_or(CallbackHow::NewTask);
    let mut parts = Vec::new();
    match (rule.callback_days, how) {
        (Some(days), CallbackHow::MoveTask) => {
            parts.push(format!("moves the task {}", ahead(days)));
        }
        (Some(days), CallbackHow::NewTask) => {
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
    OutcomeThen {
        sentence: sentence_of(&parts),
        note_required: rule.note_required,
        finishes_sequence: rule.finish_sequence,
        callback_days: rule.callback_days,
        callback_how: rule.callback_days.map(|_| how),
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

/// Apollo's call status that fits an outcome's name; a call that was placed is *completed*.
fn status_of(name: &str) -> CallStatus {
    let name = name.to_lowercase();
    if name.contains("no answer") || name.contains("no-answer") {
        CallStatus::NoAnswer
    } else if name.contains("busy") {
        CallStatus::Busy
    } else {
        CallStatus::Completed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facet(id: &str, name: &str, count: u64) -> OutcomeFacet {
        OutcomeFacet {
            id: id.into(),
            name: name.to_owned(),
            count,
        }
    }

    #[test]
    fn apollos_names_come_with_the_most_used_first() {
        let facets = [facet("a", "Meeting Booked", 2), facet("b", "No Answer", 80)];
        let list = DispositionList::new(&[], &[], Some(&facets));
        assert_eq!(list.view().outcomes[0].name, "No Answer");
        assert_eq!(list.view().outcomes[0].shortcut, Some(1));
        let chosen = list.choose("b").unwrap();
        assert_eq!(chosen.id, Some("b".into()));
        assert_eq!(chosen.status, CallStatus::NoAnswer);
    }

    #[test]
    fn without_names_from_apollo_the_defaults_carry_no_id_and_a_hint() {
        let list = DispositionList::new(&[], &[], Some(&[]));
        assert_eq!(list.view().source, DispositionSource::Defaults);
        assert!(list.view().hint.is_some());
        assert_eq!(list.choose("busy").unwrap().id, None);
    }

    #[test]
    fn what_an_admin_wrote_down_wins() {
        let mapped = [MappedOutcome {
            name: "Booked".to_owned(),
            outcome_id: "x".to_owned(),
        }];
        let list = DispositionList::new(&mapped, &[], Some(&[facet("a", "No Answer", 1)]));
        assert_eq!(list.view().outcomes.len(), 1);
        assert_eq!(list.choose("x").unwrap().id, Some("x".into()));
    }

    #[test]
    fn a_rule_is_said_in_one_sentence_before_it_is_followed() {
        let rule = OutcomeRule {
            outcome: "a".to_owned(),
            callback_days: Some(2),
            stage_id: Some("s".to_owned()),
            finish_sequence: true,
            ..OutcomeRule::default()
        };
        let facets = [facet("a", "Call later", 1), facet("b", "No Answer", 80)];
        let list = DispositionList::new(&[], &[rule], Some(&facets));
        let [usual, later] = &list.view().outcomes[..] else {
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
