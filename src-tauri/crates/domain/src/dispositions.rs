//! The outcomes that a call can have: one list for each Apollo origin, in the rep's order.
//!
//! Promises: an outcome that was once seen stays, under its key, until a person takes it off the
//! list, and even then the calls that have it keep its name; new outcomes come last, so that a digit
//! keeps its meaning; plain defaults stand in only while Apollo has named no outcome. Must never:
//! invent an Apollo id, or give one to a plain default that a rep has chosen.

use std::collections::HashSet;

use apollo::{
    ids::OutcomeId,
    types::{CallStatus, OutcomeFacet},
};
use clock::Timestamp;

use crate::{
    outcomes::{AddedOutcome, OutcomeProof, StoredOutcome, StoredOutcomes},
    settings::OutcomeRule,
};

/// The plain defaults: key and name. They have no Apollo id.
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
/// The most outcomes that are stored, including those taken off the list.
pub const OUTCOMES_STORED_MAX: usize = 200;
/// The longest name of an outcome, in characters.
pub const OUTCOME_NAME_CHARACTERS_MAX: usize = 100;
/// Ids are MongoDB object ids (Apollo docs: quirk 3).
const ID_DIGITS: usize = 24;

/// The list that is in use.
#[derive(Clone, Debug, Default)]
pub struct DispositionList {
    stored: StoredOutcomes,
    rules: Vec<OutcomeRule>,
    /// What a person changed last, so that it can be undone.
    undo: Option<LastChange>,
}

#[derive(Clone, Debug)]
struct LastChange {
    change: ListAction,
    before: Vec<StoredOutcome>,
    /// The outcome that the change added.
    added: Option<OutcomeId>,
}

/// How a person changed the list, and the name of the outcome that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListAction {
    Added(String),
    Moved(String),
    Renamed(String),
    Removed(String),
    PutBack(String),
}

/// A change that a person makes to the list of outcomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListChange {
    /// Adds an outcome. Apollo is asked about its id first.
    Add {
        name: String,
        /// Apollo's id: 24 hexadecimal digits.
        outcome_id: String,
        /// True once the person was told what is not proven, and confirmed it anyway.
        is_confirmed: bool,
    },
    /// Makes it the `to`th of those offered, from 0.
    Move { key: String, to: u32 },
    /// Gives it another name here; Apollo's own name as the new one removes it again.
    Rename { key: String, name: String },
    /// Takes it off the list.
    Remove { key: String },
    /// Offers an outcome again that was taken off, last in the list.
    PutBack { key: String },
    /// Takes the last of these changes back.
    Undo,
}

/// One outcome as it is offered, or as an earlier call may name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// Apollo's id, or a plain default's own key.
    pub key: String,
    pub name: String,
    /// What it does besides logging the call.
    pub rule: OutcomeRule,
    /// The person asked not to be called.
    pub opts_out: bool,
}

/// Where the outcomes on offer are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeSource {
    /// With Apollo's ids: as Apollo named them, or as a person added them.
    Apollo,
    /// The plain defaults, since Apollo could not be asked yet.
    NotRead,
    /// The plain defaults, since Apollo has no outcomes.
    NoneInApollo,
}

/// An outcome that was picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// None for a plain default.
    pub id: Option<OutcomeId>,
    pub name: String,
    /// Apollo's `status` that goes with it.
    pub status: CallStatus,
    /// What it does besides.
    pub rule: OutcomeRule,
    /// The person asked not to be called.
    pub opts_out: bool,
}

/// What Apollo answered about an id that a person adds.
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

/// Why a change of the list is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListRefusal {
    /// Apollo's ids are 24 digits and letters a to f.
    NotAnId,
    /// A name has 1 to [`OUTCOME_NAME_CHARACTERS_MAX`] characters.
    NameLength,
    ThereAlready,
    /// [`OUTCOMES_STORED_MAX`] are stored.
    Full,
    /// Without any, names of plain defaults would go into notes.
    LastOne,
    NotThere,
    NothingToUndo,
}

/// Whether a text is an id as Apollo makes them.
pub fn is_apollo_id(text: &str) -> bool {
    text.len() == ID_DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl DispositionList {
    /// The list as it was stored.
    pub fn new(stored: Option<StoredOutcomes>, rules: &[OutcomeRule]) -> Self {
        Self {
            stored: stored.unwrap_or_default(),
            rules: rules.to_vec(),
            undo: None,
        }
    }

    /// What is to be stored.
    pub fn stored(&self) -> &StoredOutcomes {
        &self.stored
    }

    /// Takes over a change that is stored.
    pub fn adopt(&mut self, changed: Self) {
        self.stored = changed.stored;
        self.undo = changed.undo;
    }

    /// Follows other rules from here on.
    pub fn set_rules(&mut self, rules: &[OutcomeRule]) {
        self.rules = rules.to_vec();
    }

    /// Takes over the outcomes that Apollo named at `now`. Outcomes that it did not name stay: it
    /// names only those that calls have. New outcomes come last, the most used of them first.
    pub fn receive(&mut self, named: &[OutcomeFacet], now: Timestamp) {
        self.stored.read_at = Some(now);
        let mut named: Vec<_> = named.iter().collect();
        // Names break ties.
        named.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        for facet in named {
            let known = self.stored.outcomes.iter_mut();
            if let Some(known) = known.into_iter().find(|known| known.id == facet.id) {
                known.name.clone_from(&facet.name);
                known.named_at = Some(now);
            } else if self.stored.outcomes.len() < OUTCOMES_STORED_MAX {
                self.stored.outcomes.push(StoredOutcome {
                    id: facet.id.clone(),
                    name: facet.name.clone(),
                    own_name: None,
                    named_at: Some(now),
                    added: None,
                    is_removed: false,
                });
            }
        }
    }

    // ---- what a person changes

    /// Changes the list. The id of an added outcome was checked before: see `proven`.
    pub fn change(
        &mut self,
        change: &ListChange,
        proven: &Proven,
        now: Timestamp,
    ) -> Result<(), ListRefusal> {
        if matches!(change, ListChange::Undo) {
            return self.take_back_last();
        }
        let before = self.stored.outcomes.clone();
        let mut added = None;
        let done = match change {
            ListChange::Add {
                name, outcome_id, ..
            } => {
                let name = name_of_length(name)?;
                let id = OutcomeId::new(outcome_id.trim().to_lowercase());
                if !is_apollo_id(id.as_str()) {
                    return Err(ListRefusal::NotAnId);
                }
                self.add(id.clone(), &name, proven, now)?;
                added = Some(id);
                ListAction::Added(name)
            }
            ListChange::Move { key, to } => {
                let name = self.offered(key)?.shown().to_owned();
                self.move_to(key, *to);
                ListAction::Moved(name)
            }
            ListChange::Rename { key, name } => {
                let outcome = self.offered_mut(key)?;
                let before = outcome.shown().to_owned();
                let name = name_of_length(name)?;
                outcome.own_name = (name != outcome.name).then_some(name);
                ListAction::Renamed(before)
            }
            ListChange::Remove { key } => {
                if self.offered_ones().count() == 1 {
                    return Err(ListRefusal::LastOne);
                }
                let outcome = self.offered_mut(key)?;
                outcome.is_removed = true;
                ListAction::Removed(outcome.shown().to_owned())
            }
            ListChange::PutBack { key } => {
                let place = self
                    .stored
                    .outcomes
                    .iter()
                    .position(|outcome| outcome.id.as_str() == key && outcome.is_removed)
                    .ok_or(ListRefusal::NotThere)?;
                let mut outcome = self.stored.outcomes.remove(place);
                outcome.is_removed = false;
                let put_back = ListAction::PutBack(outcome.shown().to_owned());
                self.stored.outcomes.push(outcome);
                put_back
            }
            ListChange::Undo => return Err(ListRefusal::NotThere),
        };
        self.undo = Some(LastChange {
            change: done,
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
    ) -> Result<(), ListRefusal> {
        if let Some(place) = self.stored.outcomes.iter().position(|known| known.id == id) {
            if !self
                .stored
                .outcomes
                .get(place)
                .is_some_and(|it| it.is_removed)
            {
                return Err(ListRefusal::ThereAlready);
            }
            let mut outcome = self.stored.outcomes.remove(place);
            outcome.is_removed = false;
            outcome.own_name = (name != outcome.name).then(|| name.to_owned());
            self.stored.outcomes.push(outcome);
            return Ok(());
        }
        if self.stored.outcomes.len() >= OUTCOMES_STORED_MAX {
            return Err(ListRefusal::Full);
        }
        let apollo_name = proven.name.as_deref().unwrap_or(name);
        self.stored.outcomes.push(StoredOutcome {
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
        let outcomes = std::mem::take(&mut self.stored.outcomes);
        let (removed, mut offered): (Vec<_>, Vec<_>) =
            outcomes.into_iter().partition(|outcome| outcome.is_removed);
        if let Some(from) = offered.iter().position(|it| it.id.as_str() == key) {
            let outcome = offered.remove(from);
            let to = usize::try_from(to).unwrap_or(usize::MAX).min(offered.len());
            offered.insert(to, outcome);
        }
        offered.extend(removed);
        self.stored.outcomes = offered;
    }

    /// An outcome that Apollo has named since the last change stays.
    fn take_back_last(&mut self) -> Result<(), ListRefusal> {
        let last = self.undo.take().ok_or(ListRefusal::NothingToUndo)?;
        let known: HashSet<_> = last.before.iter().map(|it| it.id.clone()).collect();
        let since: Vec<_> = self
            .stored
            .outcomes
            .iter()
            .filter(|outcome| !known.contains(&outcome.id))
            .filter(|it| last.added.as_ref() != Some(&it.id) || it.is_named_since_added())
            .cloned()
            .collect();
        self.stored.outcomes = last.before;
        self.stored.outcomes.extend(since);
        Ok(())
    }

    fn offered_ones(&self) -> impl Iterator<Item = &StoredOutcome> {
        let outcomes = self.stored.outcomes.iter();
        outcomes.filter(|outcome| !outcome.is_removed)
    }

    fn offered(&self, key: &str) -> Result<&StoredOutcome, ListRefusal> {
        self.offered_ones()
            .find(|outcome| outcome.id.as_str() == key)
            .ok_or(ListRefusal::NotThere)
    }

    fn offered_mut(&mut self, key: &str) -> Result<&mut StoredOutcome, ListRefusal> {
        let mut outcomes = self.stored.outcomes.iter_mut();
        outcomes
            .find(|outcome| outcome.id.as_str() == key && !outcome.is_removed)
            .ok_or(ListRefusal::NotThere)
    }

    // ---- what is read of it

    /// Where the outcomes on offer are from.
    pub fn source(&self) -> OutcomeSource {
        match self.stored.read_at {
            _ if self.offered_ones().next().is_some() => OutcomeSource::Apollo,
            Some(_) => OutcomeSource::NoneInApollo,
            None => OutcomeSource::NotRead,
        }
    }

    /// Those on offer, in the order of the number keys.
    pub fn on_offer(&self) -> Vec<Offered> {
        if self.source() == OutcomeSource::Apollo {
            let outcomes = self.offered_ones();
            outcomes.map(|outcome| self.of_apollo(outcome)).collect()
        } else {
            self.plain_ones()
        }
    }

    /// Those that are not on offer now, but that a draft or a receipt may name.
    pub fn earlier(&self) -> Vec<Offered> {
        let mut earlier = if self.source() == OutcomeSource::Apollo {
            self.plain_ones()
        } else {
            Vec::new()
        };
        let removed = self.stored.outcomes.iter().filter(|it| it.is_removed);
        earlier.extend(removed.map(|outcome| self.of_apollo(outcome)));
        earlier
    }

    fn of_apollo(&self, outcome: &StoredOutcome) -> Offered {
        self.offer(outcome.id.to_string(), outcome.shown().to_owned())
    }

    fn plain_ones(&self) -> Vec<Offered> {
        let plain = DEFAULTS.map(|(key, name)| self.offer(key.to_owned(), name.to_owned()));
        plain.into()
    }

    fn offer(&self, key: String, name: String) -> Offered {
        let rule = self.rules.iter().find(|rule| rule.outcome == key);
        Offered {
            opts_out: self
                .choose(&key, Some(&name))
                .is_some_and(|chosen| chosen.opts_out),
            rule: rule.cloned().unwrap_or_default(),
            key,
            name,
        }
    }

    /// What the last change was, if it can be undone.
    pub fn last_change(&self) -> Option<&ListAction> {
        self.undo.as_ref().map(|last| &last.change)
    }

    /// The outcome with this key, whether or not it is offered now. `name_then` is what it was
    /// called when it was chosen, for an id that is not in the list.
    pub fn choose(&self, key: &str, name_then: Option<&str>) -> Option<Chosen> {
        let known = self.stored.outcomes.iter().find(|it| it.id.as_str() == key);
        let plain = || DEFAULTS.iter().find(|(plain_key, _)| *plain_key == key);
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
        let mut offered = self.on_offer().into_iter();
        offered
            .find(|outcome| outcome.opts_out)
            .map(|outcome| outcome.rule)
    }

    /// What the outcome with this key is called, whether or not it is offered now.
    pub fn name_of(&self, key: &str) -> Option<String> {
        self.choose(key, None).map(|chosen| chosen.name)
    }
}

/// The key of the plain default with this name.
pub fn plain_key(name: &str) -> Option<String> {
    let mut plain = DEFAULTS.iter();
    plain
        .find(|(_, plain)| *plain == name)
        .map(|(key, _)| (*key).to_owned())
}

fn name_of_length(text: &str) -> Result<String, ListRefusal> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > OUTCOME_NAME_CHARACTERS_MAX {
        return Err(ListRefusal::NameLength);
    }
    Ok(name.to_owned())
}

/// Names of outcomes that say that somebody is not to be called, in lower case.
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
    use crate::outcomes::MappedOutcome;

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

    fn list_of(facets: &[OutcomeFacet]) -> DispositionList {
        let mut list = DispositionList::default();
        list.receive(facets, now());
        list
    }

    fn names(list: &DispositionList) -> Vec<String> {
        let outcomes = list.on_offer().into_iter();
        outcomes.map(|outcome| outcome.name).collect()
    }

    fn apply(list: &mut DispositionList, change: &ListChange) -> Result<(), ListRefusal> {
        list.change(change, &Proven::nothing(), now())
    }

    fn add(list: &mut DispositionList, last: u8, name: &str) -> Result<(), ListRefusal> {
        let change = ListChange::Add {
            name: name.to_owned(),
            outcome_id: id(last).to_uppercase(),
            is_confirmed: true,
        };
        apply(list, &change)
    }

    fn undo(list: &mut DispositionList) -> Result<(), ListRefusal> {
        apply(list, &ListChange::Undo)
    }

    #[test]
    fn at_first_sight_the_most_used_come_first_and_from_then_on_nothing_moves() {
        let mut list = list_of(&[facet(1, "Meeting Booked", 2), facet(2, "No Answer", 80)]);
        assert_eq!(names(&list), ["No Answer", "Meeting Booked"]);
        let chosen = list.choose(&id(2), None).unwrap();
        assert_eq!(chosen.id, Some(id(2).as_str().into()));
        assert_eq!(chosen.status, CallStatus::NoAnswer);

        let later = [
            facet(1, "Meeting Booked", 900),
            facet(3, "Busy", 5),
            facet(4, "Wrong Number", 600),
        ];
        list.receive(&later, now());
        assert_eq!(
            names(&list),
            ["No Answer", "Meeting Booked", "Wrong Number", "Busy"],
            "new outcomes come last, and an outcome that Apollo did not name this time stays"
        );
    }

    #[test]
    fn plain_defaults_have_no_id_and_the_source_says_whether_apollo_has_answered() {
        let list = DispositionList::default();
        assert_eq!(list.source(), OutcomeSource::NotRead);
        assert_eq!(list.on_offer().len(), DEFAULTS.len());
        assert_eq!(list.choose("busy", None).unwrap().id, None);
        assert_eq!(list_of(&[]).source(), OutcomeSource::NoneInApollo);
    }

    #[test]
    fn a_chosen_outcome_keeps_its_name_whatever_the_list_holds() {
        let mut list = list_of(&[facet(1, "Meeting Booked", 2), facet(2, "No Answer", 80)]);
        apply(&mut list, &ListChange::Remove { key: id(1) }).unwrap();
        assert_eq!(list.on_offer().len(), 1);
        assert!(list.earlier().iter().any(|outcome| outcome.key == id(1)));
        assert_eq!(list.name_of(&id(1)).as_deref(), Some("Meeting Booked"));
        assert_eq!(
            list.name_of("connected_negative").as_deref(),
            Some("Connected, negative"),
            "a plain default stays one"
        );
        assert_eq!(list.choose("connected_negative", None).unwrap().id, None);
        assert_eq!(list.choose(&id(9), None), None);
        let lost = list.choose(&id(9), Some("Gatekeeper")).unwrap();
        assert_eq!(lost.id, Some(id(9).as_str().into()));
        assert_eq!(list.choose("made_up", Some("Made up")), None);
    }

    #[test]
    fn adding_adds_and_can_be_undone() {
        let mut list = list_of(&[facet(1, "Meeting Booked", 2), facet(2, "No Answer", 80)]);
        add(&mut list, 3, " Gatekeeper ").unwrap();
        assert_eq!(names(&list), ["No Answer", "Meeting Booked", "Gatekeeper"]);
        assert!(add(&mut list, 3, "Gatekeeper").is_err(), "it is there");
        let short = ListChange::Add {
            name: "Short".to_owned(),
            outcome_id: "64c0".to_owned(),
            is_confirmed: true,
        };
        assert!(apply(&mut list, &short).is_err());
        undo(&mut list).unwrap();
        assert_eq!(names(&list), ["No Answer", "Meeting Booked"]);
        assert!(undo(&mut list).is_err(), "one change can be undone");
    }

    #[test]
    fn undoing_keeps_what_apollo_has_named_since() {
        let mut list = list_of(&[facet(1, "Meeting Booked", 2), facet(2, "No Answer", 80)]);
        apply(&mut list, &ListChange::Remove { key: id(2) }).unwrap();
        list.receive(&[facet(3, "Busy", 1)], now());
        undo(&mut list).unwrap();
        assert_eq!(names(&list), ["No Answer", "Meeting Booked", "Busy"]);
    }

    #[test]
    fn the_order_is_the_persons() {
        let mut list = list_of(&[
            facet(1, "A", 5),
            facet(2, "B", 4),
            facet(3, "C", 3),
            facet(4, "D", 2),
        ]);
        apply(&mut list, &ListChange::Remove { key: id(2) }).unwrap();
        let move_to = |key: u8, to| ListChange::Move { key: id(key), to };
        apply(&mut list, &move_to(4, 0)).unwrap();
        assert_eq!(names(&list), ["D", "A", "C"]);
        apply(&mut list, &move_to(4, 1)).unwrap();
        assert_eq!(names(&list), ["A", "D", "C"]);
        apply(&mut list, &move_to(1, 9)).unwrap();
        assert_eq!(names(&list), ["D", "C", "A"]);
        apply(&mut list, &ListChange::PutBack { key: id(2) }).unwrap();
        assert_eq!(names(&list), ["D", "C", "A", "B"]);
        list.receive(&[facet(1, "A", 999)], now());
        assert_eq!(names(&list), ["D", "C", "A", "B"]);
    }

    #[test]
    fn a_name_of_ones_own_changes_neither_apollos_nor_its_status() {
        let mut list = list_of(&[facet(1, "No Answer", 5)]);
        let rename = |name: &str| ListChange::Rename {
            key: id(1),
            name: name.to_owned(),
        };
        apply(&mut list, &rename("Nobody home")).unwrap();
        assert_eq!(names(&list), ["Nobody home"]);
        assert_eq!(
            list.choose(&id(1), None).unwrap().status,
            CallStatus::NoAnswer
        );
        list.receive(&[facet(1, "No answer", 6)], now());
        assert_eq!(names(&list), ["Nobody home"]);
        apply(&mut list, &rename("No answer")).unwrap();
        assert_eq!(list.stored().outcomes[0].own_name, None);
    }

    #[test]
    fn the_last_one_cannot_be_taken_off() {
        let mut list = list_of(&[facet(1, "No Answer", 5)]);
        assert!(apply(&mut list, &ListChange::Remove { key: id(1) }).is_err());
        assert_eq!(names(&list), ["No Answer"]);
    }

    #[test]
    fn what_the_version_before_had_mapped_keeps_its_order_and_its_digits() {
        let mapped =
            [(7, "Booked"), (2, "Nope"), (7, "Booked again")].map(|(last, name)| MappedOutcome {
                name: name.to_owned(),
                outcome_id: id(last),
            });
        let mut stored = StoredOutcomes::default();
        stored.take_over(&mapped);
        stored.take_over(&mapped);
        let mut list = DispositionList::new(Some(stored), &[]);
        list.receive(
            &[facet(1, "No Answer", 80), facet(7, "Meeting Booked", 3)],
            now(),
        );
        let keys: Vec<_> = list.on_offer().into_iter().map(|it| it.key).collect();
        assert_eq!(keys, [id(7), id(2), id(1)]);
    }
}
