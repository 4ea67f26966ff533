//! What a call can be said to have come to: one list for each Apollo origin, in the rep's order.
//!
//! Promises: an outcome that was once seen stays, under its key, until a person takes it off, and
//! even then what was said with it keeps its name; new ones come last, so that a digit keeps its
//! meaning; plain words stand in only while Apollo has named none. Must never: invent an Apollo id,
//! or put one in the place of words that a rep has chosen.

use std::collections::HashSet;

use apollo::{
    ids::OutcomeId,
    types::{CallStatus, OutcomeFacet},
};
use clock::Timestamp;
use jiff::tz::TimeZone;

use crate::{
    ports::{AddedOutcome, KeptOutcome, KeptOutcomes, OutcomeProof},
    time_text::{counted, day_and_time},
    view::{
        CallbackHow, DispositionSource, Dispositions, MappedOutcome, Outcome, OutcomeBook,
        OutcomeChange, OutcomeRow, OutcomeRule, OutcomeThen,
    },
};

/// Key, name.
const DEFAULTS: [(&str, &str); 8] = [
    ("no_answer", "No answer"),
    ("left_voicemail", "Left voicemail"),
    ("connected_positive", "Connected, positive"),
    ("connected_neutral", "Connected, neutral"),
    ("connected_negative", "Connected, negative"),
    ("busy", "Busy"),
    ("wrong_number", "Wrong number"),
    ("do_not_contact", "Do not contact"),
];
/// Number keys there are.
const SHORTCUTS: u8 = 9;
/// Outcomes that are kept at most, those taken off the list among them.
pub const OUTCOMES_KEPT_MAX: usize = 200;
/// The longest name of one, in characters.
pub const OUTCOME_NAME_CHARACTERS_MAX: usize = 100;
/// Ids are MongoDB object ids (Apollo docs: quirk 3).
const ID_DIGITS: usize = 24;

/// The list that is in use.
#[derive(Clone, Debug, Default)]
pub struct DispositionList {
    kept: KeptOutcomes,
    rules: Vec<OutcomeRule>,
    /// What the last act of a person changed, so that it can be undone.
    undo: Option<LastAct>,
}

#[derive(Clone, Debug)]
struct LastAct {
    /// "Moved No Answer."
    what: String,
    before: Vec<KeptOutcome>,
    /// The one that the act wrote down.
    added: Option<OutcomeId>,
}

/// An outcome that was picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// None for plain words.
    pub id: Option<OutcomeId>,
    pub name: String,
    /// What Apollo's `status` should say beside it.
    pub status: CallStatus,
    /// What it does besides.
    pub rule: OutcomeRule,
    /// The person asked not to be called.
    pub opts_out: bool,
}

/// What Apollo said of an id that is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    pub proof: OutcomeProof,
    /// Apollo's own name for it, if it gave one.
    pub name: Option<String>,
}

impl Proven {
    /// Apollo was not asked, or did not answer.
    pub fn nothing() -> Self {
        Self {
            proof: OutcomeProof::NotAnswered,
            name: None,
        }
    }
}

/// Why an act on the list is refused, in words for a person.
pub type Refusal = &'static str;

/// Whether a text is an id as Apollo makes them.
pub fn is_apollo_id(text: &str) -> bool {
    text.len() == ID_DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl KeptOutcomes {
    /// Takes over what the version before kept in settings, in its order. What is here already
    /// stays as it is.
    pub fn take_over(&mut self, mapped: &[MappedOutcome]) {
        for outcome in mapped {
            let id = OutcomeId::new(outcome.outcome_id.as_str());
            if self.outcomes.iter().all(|kept| kept.id != id) {
                self.outcomes.push(KeptOutcome {
                    id,
                    name: outcome.name.clone(),
                    own_name: None,
                    named_at: None,
                    added: Some(AddedOutcome {
                        at: None,
                        proof: OutcomeProof::NotAnswered,
                    }),
                    is_removed: false,
                });
            }
        }
    }
}

impl KeptOutcome {
    /// As the rep reads it.
    fn shown(&self) -> &str {
        self.own_name.as_deref().unwrap_or(&self.name)
    }

    fn is_named_since_added(&self) -> bool {
        let added_at = self.added.and_then(|added| added.at);
        self.named_at > added_at
    }
}

impl DispositionList {
    /// The list as it was kept.
    pub fn new(kept: Option<KeptOutcomes>, rules: &[OutcomeRule]) -> Self {
        Self {
            kept: kept.unwrap_or_default(),
            rules: rules.to_vec(),
            undo: None,
        }
    }

    /// What is to be kept.
    pub fn kept(&self) -> &KeptOutcomes {
        &self.kept
    }

    /// Takes over a change that is kept.
    pub fn adopt(&mut self, changed: Self) {
        self.kept = changed.kept;
        self.undo = changed.undo;
    }

    /// Follows other rules from here on.
    pub fn set_rules(&mut self, rules: &[OutcomeRule]) {
        self.rules = rules.to_vec();
    }

    /// Takes over what Apollo named at `now`. What it did not name stays: it names only what calls
    /// have been given. New ones come last, the most used of them first.
    pub fn hear(&mut self, named: &[OutcomeFacet], now: Timestamp) {
        self.kept.read_at = Some(now);
        let mut named: Vec<_> = named.iter().collect();
        // Names break ties.
        named.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        for facet in named {
            let known = self.kept.outcomes.iter_mut();
            if let Some(known) = known.into_iter().find(|known| known.id == facet.id) {
                known.name.clone_from(&facet.name);
                known.named_at = Some(now);
            } else if self.kept.outcomes.len() < OUTCOMES_KEPT_MAX {
                self.kept.outcomes.push(KeptOutcome {
                    id: facet.id.clone(),
                    name: facet.name.clone(),
                    own_name: None,
                    named_at: Some(now),
                    added: None,
                    is_removed: false,
                });
            } else {
                tracing::warn!("more outcomes than are kept");
                break;
            }
        }
    }

    // ---- what a person does with it

    /// Changes the list. The ids of what is added were looked at before.
    pub fn change(
        &mut self,
        change: &OutcomeChange,
        proven: &Proven,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        if matches!(change, OutcomeChange::Undo) {
            return self.take_back_last();
        }
        let before = self.kept.outcomes.clone();
        let mut added = None;
        let what = match change {
            OutcomeChange::Add {
                name, outcome_id, ..
            } => {
                let name = name_of_length(name)?;
                let id = OutcomeId::new(outcome_id.trim().to_lowercase());
                if !is_apollo_id(id.as_str()) {
                    return Err("This is not an id of Apollo’s: 24 digits and letters a to f.");
                }
                self.add(id.clone(), &name, proven, now)?;
                let what = format!("Added {name}.");
                added = Some(id);
                what
            }
            OutcomeChange::Move { key, to } => {
                let name = self.offered(key)?.shown().to_owned();
                self.move_to(key, *to);
                format!("Moved {name}.")
            }
            OutcomeChange::Rename { key, name } => {
                let outcome = self.offered_mut(key)?;
                let before = outcome.shown().to_owned();
                let name = name_of_length(name)?;
                outcome.own_name = (name != outcome.name).then_some(name);
                format!("Renamed {before}.")
            }
            OutcomeChange::Remove { key } => {
                if self.offered_ones().count() == 1 {
                    return Err(
                        "One outcome has to stay. Without any, plain words would go into notes.",
                    );
                }
                let outcome = self.offered_mut(key)?;
                outcome.is_removed = true;
                format!("Removed {}.", outcome.shown())
            }
            OutcomeChange::PutBack { key } => {
                let place = self
                    .kept
                    .outcomes
                    .iter()
                    .position(|outcome| outcome.id.as_str() == key && outcome.is_removed)
                    .ok_or(NOT_THERE)?;
                let mut outcome = self.kept.outcomes.remove(place);
                outcome.is_removed = false;
                let what = format!("Put {} back.", outcome.shown());
                self.kept.outcomes.push(outcome);
                what
            }
            OutcomeChange::Undo => return Err(NOT_THERE),
        };
        self.undo = Some(LastAct {
            what,
            before,
            added,
        });
        Ok(())
    }

    fn add(
        &mut self,
        id: OutcomeId,
        name: &str,
        proven: &Proven,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        if let Some(place) = self.kept.outcomes.iter().position(|known| known.id == id) {
            if !self
                .kept
                .outcomes
                .get(place)
                .is_some_and(|it| it.is_removed)
            {
                return Err("This outcome is in the list already.");
            }
            let mut outcome = self.kept.outcomes.remove(place);
            outcome.is_removed = false;
            outcome.own_name = (name != outcome.name).then(|| name.to_owned());
            self.kept.outcomes.push(outcome);
            return Ok(());
        }
        if self.kept.outcomes.len() >= OUTCOMES_KEPT_MAX {
            return Err("The list is full: 200 outcomes are kept at most.");
        }
        let apollo_name = proven.name.as_deref().unwrap_or(name);
        self.kept.outcomes.push(KeptOutcome {
            id,
            name: apollo_name.to_owned(),
            own_name: (apollo_name != name).then(|| name.to_owned()),
            named_at: proven.name.as_ref().map(|_| now),
            added: Some(AddedOutcome {
                at: Some(now),
                proof: proven.proof,
            }),
            is_removed: false,
        });
        Ok(())
    }

    /// Moves an offered outcome so that it is the `to`th of those offered, from 0.
    fn move_to(&mut self, key: &str, to: u32) {
        let outcomes = std::mem::take(&mut self.kept.outcomes);
        let (removed, mut offered): (Vec<_>, Vec<_>) =
            outcomes.into_iter().partition(|outcome| outcome.is_removed);
        if let Some(from) = offered.iter().position(|it| it.id.as_str() == key) {
            let outcome = offered.remove(from);
            let to = usize::try_from(to).unwrap_or(usize::MAX).min(offered.len());
            offered.insert(to, outcome);
        }
        offered.extend(removed);
        self.kept.outcomes = offered;
    }

    /// What Apollo has named since the last act stays.
    fn take_back_last(&mut self) -> Result<(), Refusal> {
        let last = self.undo.take().ok_or("There is nothing to undo.")?;
        let known: HashSet<_> = last.before.iter().map(|it| it.id.clone()).collect();
        let since: Vec<_> = self
            .kept
            .outcomes
            .iter()
            .filter(|outcome| !known.contains(&outcome.id))
            .filter(|it| last.added.as_ref() != Some(&it.id) || it.is_named_since_added())
            .cloned()
            .collect();
        self.kept.outcomes = last.before;
        self.kept.outcomes.extend(since);
        Ok(())
    }

    fn offered_ones(&self) -> impl Iterator<Item = &KeptOutcome> {
        let outcomes = self.kept.outcomes.iter();
        outcomes.filter(|outcome| !outcome.is_removed)
    }

    fn offered(&self, key: &str) -> Result<&KeptOutcome, Refusal> {
        self.offered_ones()
            .find(|outcome| outcome.id.as_str() == key)
            .ok_or(NOT_THERE)
    }

    fn offered_mut(&mut self, key: &str) -> Result<&mut KeptOutcome, Refusal> {
        let mut outcomes = self.kept.outcomes.iter_mut();
        outcomes
            .find(|outcome| outcome.id.as_str() == key && !outcome.is_removed)
            .ok_or(NOT_THERE)
    }

    // ---- what it says

    /// As shown on a card. `tries_again` says when Apollo is asked again, if it could not be.
    pub fn view(&self, tries_again: Option<&str>) -> Dispositions {
        let has_any = self.offered_ones().next().is_some();
        let source = match self.kept.read_at {
            _ if has_any => DispositionSource::Apollo,
            Some(_) => DispositionSource::NoneInApollo,
            None => DispositionSource::NotRead,
        };
        let of_apollo =
            |outcome: &KeptOutcome| (outcome.id.to_string(), outcome.shown().to_owned());
        let plain = || DEFAULTS.map(|(key, name)| (key.to_owned(), name.to_owned()));
        let removed = self.kept.outcomes.iter().filter(|it| it.is_removed);
        let removed: Vec<_> = removed.map(of_apollo).collect();
        let (offered, mut earlier) = if has_any {
            (self.offered_ones().map(of_apollo).collect(), plain().into())
        } else {
            (Vec::from(plain()), Vec::new())
        };
        earlier.extend(removed);
        let outcome = |(key, name): (String, String), shortcut| Outcome {
            then: then(
                self.rules.iter().find(|rule| rule.outcome == key),
                self.choose(&key, Some(&name)).is_some_and(|it| it.opts_out),
            ),
            key,
            name,
            shortcut,
        };
        let numbered = offered.into_iter().zip(1_u8..);
        Dispositions {
            outcomes: numbered
                .map(|(it, number)| outcome(it, (number <= SHORTCUTS).then_some(number)))
                .collect(),
            earlier: earlier.into_iter().map(|it| outcome(it, None)).collect(),
            source,
            hint: hint(source, tries_again),
        }
    }

    /// As shown in settings.
    pub fn book(&self, reading: String, zone: &TimeZone) -> OutcomeBook {
        let row = |outcome: &KeptOutcome, shortcut| OutcomeRow {
            key: outcome.id.to_string(),
            name: outcome.shown().to_owned(),
            apollo_name: outcome.own_name.as_ref().map(|_| outcome.name.clone()),
            shortcut,
            said: said(outcome, self.kept.read_at, zone),
        };
        OutcomeBook {
            rows: self
                .offered_ones()
                .zip(1_u8..)
                .map(|(it, number)| row(it, (number <= SHORTCUTS).then_some(number)))
                .collect(),
            removed: self
                .kept
                .outcomes
                .iter()
                .filter(|outcome| outcome.is_removed)
                .map(|outcome| row(outcome, None))
                .collect(),
            reading,
            undo: self.undo.as_ref().map(|last| last.what.clone()),
        }
    }

    /// The outcome with this key, whether or not it is offered now. `name_then` is what it was
    /// called when it was chosen, for an id that is not in the list.
    pub fn choose(&self, key: &str, name_then: Option<&str>) -> Option<Chosen> {
        let known = self.kept.outcomes.iter().find(|it| it.id.as_str() == key);
        let plain = || DEFAULTS.iter().find(|(word, _)| *word == key);
        let (id, name, apollo_name) = if let Some(outcome) = known {
            (
                Some(outcome.id.clone()),
                outcome.shown(),
                outcome.name.as_str(),
            )
        } else if let Some((_, name)) = plain() {
            (None, *name, *name)
        } else {
            let name = name_then.filter(|_| is_apollo_id(key))?;
            (Some(OutcomeId::new(key)), name, name)
        };
        let rule = self.rules.iter().find(|rule| rule.outcome == key);
        Some(Chosen {
            id,
            name: name.to_owned(),
            status: status_of(apollo_name),
            rule: rule.cloned().unwrap_or_default(),
            opts_out: opts_out(rule, name) || opts_out(rule, apollo_name),
        })
    }

    /// The rule of the first outcome on offer that says that somebody is not to be called.
    pub fn opt_out_rule(&self) -> Option<OutcomeRule> {
        let offered = self.view(None).outcomes.into_iter();
        let chosen = offered.filter_map(|outcome| self.choose(&outcome.key, None));
        chosen
            .filter(|chosen| chosen.opts_out)
            .map(|chosen| chosen.rule)
            .next()
    }

    /// What the outcome with this key is called, whether or not it is offered now.
    pub fn name_of(&self, key: &str) -> Option<String> {
        self.choose(key, None).map(|chosen| chosen.name)
    }
}

const NOT_THERE: Refusal = "This outcome is not in the list any more.";

/// The key of plain words.
pub fn plain_key(name: &str) -> Option<String> {
    let mut plain = DEFAULTS.iter();
    plain
        .find(|(_, plain)| *plain == name)
        .map(|(key, _)| (*key).to_owned())
}

fn name_of_length(text: &str) -> Result<String, Refusal> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > OUTCOME_NAME_CHARACTERS_MAX {
        return Err("An outcome needs a name of at most 100 characters.");
    }
    Ok(name.to_owned())
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
fn then(rule: Option<&OutcomeRule>, opts_out: bool) -> OutcomeThen {
    let none = OutcomeRule::default();
    let rule = rule.unwrap_or(&none);
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
    if opts_out {
        parts.push("keeps the person and the number from being called again".to_owned());
    }
    OutcomeThen {
        sentence: sentence_of(&parts),
        opts_out,
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

/// How an outcome is called that says that somebody is not to be called, in lower case.
const OPT_OUT_NAMES: [&str; 9] = [
    "do not contact",
    "do not call",
    "don't call",
    "don’t call",
    "do-not-call",
    "dnc",
    "opted out",
    "opt out",
    "opt-out",
];

/// Whether an outcome says that the person is not to be called: by its rule, else by its name.
fn opts_out(rule: Option<&OutcomeRule>, name: &str) -> bool {
    let by_name = || {
        let name = name.to_lowercase();
        OPT_OUT_NAMES.iter().any(|known| name.contains(known))
    };
    rule.and_then(|rule| rule.opts_out).unwrap_or_else(by_name)
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

    const NOW: &str = "2026-11-24T15:00:00Z";

    fn now() -> Timestamp {
        NOW.parse().unwrap()
    }

    /// An id that ends in `last`.
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

    fn names(list: &DispositionList) -> Vec<String> {
        let outcomes = list.view(None).outcomes.into_iter();
        outcomes.map(|outcome| outcome.name).collect()
    }

    fn act(list: &mut DispositionList, change: &OutcomeChange) -> Result<(), Refusal> {
        list.change(change, &Proven::nothing(), now())
    }

    fn add(list: &mut DispositionList, last: u8, name: &str) -> Result<(), Refusal> {
        let change = OutcomeChange::Add {
            name: name.to_owned(),
            outcome_id: id(last).to_uppercase(),
            is_confirmed: true,
        };
        act(list, &change)
    }

    fn undo(list: &mut DispositionList) -> Result<(), Refusal> {
        act(list, &OutcomeChange::Undo)
    }

    #[test]
    fn at_first_sight_the_most_used_come_first_and_from_then_on_nothing_moves() {
        let mut list = heard(&[facet(1, "Meeting Booked", 2), facet(2, "No Answer", 80)]);
        assert_eq!(names(&list), ["No Answer", "Meeting Booked"]);
        assert_eq!(list.view(None).outcomes[0].shortcut, Some(1));
        let chosen = list.choose(&id(2), None).unwrap();
        assert_eq!(chosen.id, Some(id(2).as_str().into()));
        assert_eq!(chosen.status, CallStatus::NoAnswer);

        let later = [
            facet(1, "Meeting Booked", 900),
            facet(3, "Busy", 5),
            facet(4, "Wrong Number", 600),
        ];
        list.hear(&later, now());
        assert_eq!(
            names(&list),
            ["No Answer", "Meeting Booked", "Wrong Number", "Busy"],
            "new ones last, and one that Apollo did not name this time stays"
        );
    }

    #[test]
    fn plain_words_carry_no_id_and_say_whether_apollo_was_heard_at_all() {
        let list = DispositionList::default();
        let view = list.view(Some("at 14:05"));
        assert_eq!(view.source, DispositionSource::NotRead);
        let hint = view.hint.unwrap();
        assert!(
            hint.contains("not read yet") && hint.contains("tries again at 14:05"),
            "{hint}"
        );
        assert_eq!(list.choose("busy", None).unwrap().id, None);

        let view = heard(&[]).view(None);
        assert_eq!(view.source, DispositionSource::NoneInApollo);
        assert!(
            view.hint
                .unwrap()
                .starts_with("Apollo named no dispositions.")
        );
    }

    #[test]
    fn what_was_said_keeps_its_name_whatever_the_list_holds() {
        let mut list = heard(&[facet(1, "Meeting Booked", 2), facet(2, "No Answer", 80)]);
        act(&mut list, &OutcomeChange::Remove { key: id(1) }).unwrap();
        let view = list.view(None);
        assert_eq!(view.outcomes.len(), 1);
        assert!(view.earlier.iter().any(|outcome| outcome.key == id(1)));
        assert_eq!(list.name_of(&id(1)).as_deref(), Some("Meeting Booked"));
        assert_eq!(
            list.name_of("connected_negative").as_deref(),
            Some("Connected, negative"),
            "words stay words"
        );
        assert_eq!(list.choose("connected_negative", None).unwrap().id, None);
        assert_eq!(list.choose(&id(9), None), None);
        let lost = list.choose(&id(9), Some("Gatekeeper")).unwrap();
        assert_eq!(lost.id, Some(id(9).as_str().into()));
        assert_eq!(list.choose("made_up", Some("Made up")), None);
    }

    #[test]
    fn adding_adds_and_can_be_undone() {
        let mut list = heard(&[facet(1, "Meeting Booked", 2), facet(2, "No Answer", 80)]);
        add(&mut list, 3, " Gatekeeper ").unwrap();
        assert_eq!(names(&list), ["No Answer", "Meeting Booked", "Gatekeeper"]);
        assert!(add(&mut list, 3, "Gatekeeper").is_err(), "it is there");
        let short = OutcomeChange::Add {
            name: "Short".to_owned(),
            outcome_id: "64c0".to_owned(),
            is_confirmed: true,
        };
        assert!(act(&mut list, &short).is_err());
        undo(&mut list).unwrap();
        assert_eq!(names(&list), ["No Answer", "Meeting Booked"]);
        assert!(undo(&mut list).is_err(), "one act can be undone");
    }

    #[test]
    fn undoing_keeps_what_apollo_has_named_since() {
        let mut list = heard(&[facet(1, "Meeting Booked", 2), facet(2, "No Answer", 80)]);
        act(&mut list, &OutcomeChange::Remove { key: id(2) }).unwrap();
        list.hear(&[facet(3, "Busy", 1)], now());
        undo(&mut list).unwrap();
        assert_eq!(names(&list), ["No Answer", "Meeting Booked", "Busy"]);
    }

    #[test]
    fn the_order_is_the_persons() {
        let mut list = heard(&[
            facet(1, "A", 5),
            facet(2, "B", 4),
            facet(3, "C", 3),
            facet(4, "D", 2),
        ]);
        act(&mut list, &OutcomeChange::Remove { key: id(2) }).unwrap();
        let move_to = |key: u8, to| OutcomeChange::Move { key: id(key), to };
        act(&mut list, &move_to(4, 0)).unwrap();
        assert_eq!(names(&list), ["D", "A", "C"]);
        act(&mut list, &move_to(4, 1)).unwrap();
        assert_eq!(names(&list), ["A", "D", "C"]);
        act(&mut list, &move_to(1, 9)).unwrap();
        assert_eq!(names(&list), ["D", "C", "A"]);
        act(&mut list, &OutcomeChange::PutBack { key: id(2) }).unwrap();
        assert_eq!(names(&list), ["D", "C", "A", "B"]);
        list.hear(&[facet(1, "A", 999)], now());
        assert_eq!(names(&list), ["D", "C", "A", "B"]);
    }

    #[test]
    fn a_name_of_ones_own_changes_neither_apollos_nor_its_status() {
        let mut list = heard(&[facet(1, "No Answer", 5)]);
        let rename = |name: &str| OutcomeChange::Rename {
            key: id(1),
            name: name.to_owned(),
        };
        act(&mut list, &rename("Nobody home")).unwrap();
        assert_eq!(names(&list), ["Nobody home"]);
        assert_eq!(
            list.choose(&id(1), None).unwrap().status,
            CallStatus::NoAnswer
        );
        list.hear(&[facet(1, "No answer", 6)], now());
        assert_eq!(names(&list), ["Nobody home"]);
        act(&mut list, &rename("No answer")).unwrap();
        assert_eq!(
            list.book(String::new(), &TimeZone::UTC).rows[0].apollo_name,
            None
        );
    }

    #[test]
    fn the_last_one_cannot_be_taken_off() {
        let mut list = heard(&[facet(1, "No Answer", 5)]);
        assert!(act(&mut list, &OutcomeChange::Remove { key: id(1) }).is_err());
        assert_eq!(names(&list), ["No Answer"]);
    }

    #[test]
    fn what_the_version_before_had_mapped_keeps_its_order_and_its_digits() {
        let mapped =
            [(7, "Booked"), (2, "Nope"), (7, "Booked again")].map(|(last, name)| MappedOutcome {
                name: name.to_owned(),
                outcome_id: id(last),
            });
        let mut kept = KeptOutcomes::default();
        kept.take_over(&mapped);
        kept.take_over(&mapped);
        let mut list = DispositionList::new(Some(kept), &[]);
        list.hear(
            &[facet(1, "No Answer", 80), facet(7, "Meeting Booked", 3)],
            now(),
        );
        let view = list.view(None);
        let rows: Vec<_> = view
            .outcomes
            .iter()
            .map(|it| (it.shortcut, &*it.key))
            .collect();
        assert_eq!(
            rows,
            [(Some(1), &*id(7)), (Some(2), &*id(2)), (Some(3), &*id(1))]
        );
    }

    #[test]
    fn settings_say_what_is_proven_of_an_id_and_what_is_not() {
        let mut list = heard(&[facet(1, "No Answer", 5)]);
        let add = |list: &mut DispositionList, last, proof| {
            let change = OutcomeChange::Add {
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
        let said: Vec<_> = list
            .book(String::new(), &TimeZone::UTC)
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
        let view = list.view(None);
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
