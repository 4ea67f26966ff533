//! What is known of each wrap-up of a run from the messages of its lives.
//!
//! Promises: what may or may not have happened is kept apart from what surely did; a restored
//! folder takes back what was reported since, and nothing else. Must never: ask Apollo.

use std::collections::{BTreeMap, BTreeSet};

use apollo::ids::TaskId;
use uuid::Uuid;

use crate::{
    child::Remembered,
    messages::{Begun, CallContent, CallNumber, Counts, Message, Row},
    run_setup::CALLS_PER_MACHINE,
};

/// Whether something is so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sure {
    #[default]
    No,
    Perhaps,
    Yes,
}

/// What is known of one wrap-up, as of some moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fate {
    /// The id under which it was saved.
    pub(crate) id: Option<Uuid>,
    pub(crate) saved: Sure,
    pub(crate) taken_back: Sure,
    pub(crate) discarded: Sure,
    /// The same before the last try.
    was_discarded: Sure,
    /// Versions that may be in Apollo in the end.
    pub(crate) versions: BTreeMap<usize, CallContent>,
}

/// One entry in the history of a wrap-up.
#[derive(Clone, Debug)]
pub(crate) enum Entry {
    Message(Message),
    /// The folder was restored: these versions are possible again.
    Restored(BTreeMap<usize, CallContent>),
}

/// Everything that was reported of one wrap-up.
#[derive(Clone, Debug)]
pub(crate) struct CallHistory {
    pub(crate) begun: Begun,
    /// The machine that has it.
    pub(crate) machine: usize,
    /// A restored folder no longer held it.
    pub(crate) is_thrown_away: bool,
    /// A restored folder held it as it was before a person had decided about it.
    pub(crate) is_loose: bool,
    /// Each with its number among all entries of the record, and its life.
    pub(crate) entries: Vec<(usize, usize, Entry)>,
    pub(crate) complaints: Vec<String>,
}

/// What is known of all wrap-ups, and what should not have been reported.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    pub(crate) calls: BTreeMap<CallNumber, CallHistory>,
    /// How many entries there are so far.
    pub(crate) entry_count: usize,
    pub(crate) complaints: Vec<String>,
    /// What happened to each life from outside, for whoever looks into a violation.
    pub(crate) remarks: Vec<String>,
    pub(crate) happened: Counts,
    /// The list of calls at the end, of each machine.
    pub(crate) rows: BTreeMap<usize, Vec<Row>>,
    /// The machines whose last life came to rest.
    pub(crate) at_rest: BTreeSet<usize>,
}

/// How a life is listened to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Listening {
    pub(crate) life: usize,
    pub(crate) machine: usize,
    /// Something happened to the folder, the keychain or the clock of which a notice may speak.
    pub(crate) has_reason_for_notices: bool,
}

impl CallHistory {
    /// What was known when the record had so many entries.
    pub(crate) fn fate_at(&self, entry_count: usize) -> Fate {
        let mut fate = Fate::default();
        for (_, _, entry) in self.entries.iter().filter(|(at, ..)| *at <= entry_count) {
            fate.apply(entry);
        }
        fate
    }

    /// What is known now.
    pub(crate) fn fate(&self) -> Fate {
        self.fate_at(usize::MAX)
    }
}

impl Fate {
    fn apply(&mut self, entry: &Entry) {
        let message = match entry {
            Entry::Restored(versions) => {
                self.versions.extend(versions.clone());
                return;
            }
            Entry::Message(message) => message,
        };
        match message {
            Message::Saving { begun, .. } => {
                self.saved = Sure::Perhaps;
                self.versions = BTreeMap::from([(0, begun.content.clone())]);
            }
            Message::Saved { id, .. } => {
                self.id = Some(*id);
                self.saved = Sure::Yes;
            }
            Message::NotSaved { is_sure: true, .. } => self.saved = Sure::No,
            Message::Correcting {
                version, content, ..
            } => {
                self.versions.insert(*version, content.clone());
            }
            Message::Corrected { version, .. } => self.versions.retain(|other, _| other >= version),
            Message::NotCorrected { version, .. } => {
                self.versions.remove(version);
            }
            Message::TakingBack { .. } => self.taken_back = Sure::Perhaps,
            Message::TakenBack { .. } => self.taken_back = Sure::Yes,
            // It was still there, so no try before has taken it back.
            Message::NotTakenBack { .. } => self.taken_back = Sure::No,
            Message::Discarding { .. } => {
                self.was_discarded = self.discarded;
                self.discarded = self.discarded.max(Sure::Perhaps);
            }
            Message::Discarded { .. } => self.discarded = Sure::Yes,
            Message::NotDiscarded { .. } => self.discarded = self.was_discarded,
            _ => {}
        }
    }
}

impl Record {
    /// Takes in the messages of a life.
    pub(crate) fn receive(&mut self, how: Listening, messages: Vec<Message>) {
        for message in messages {
            self.entry_count += 1;
            self.receive_one(how, message);
        }
    }

    fn receive_one(&mut self, how: Listening, message: Message) {
        let Listening { life, machine, .. } = how;
        match &message {
            Message::Happened { what } => {
                *self.happened.entry(what.name().to_owned()).or_default() += 1;
            }
            Message::Notice { text } if !how.has_reason_for_notices => {
                let complaint = format!("life {life}: at its start the app reported: {text}");
                self.complaints.push(complaint);
            }
            Message::Wrong { text } => self.complaints.push(format!("life {life}: {text}")),
            Message::Stuck { call: None, text } => {
                let complaint = format!("an unknown wrap-up did not come to rest: {text}");
                self.complaints.push(complaint);
            }
            Message::Receipts { rows } => {
                self.rows.insert(machine, rows.clone());
            }
            Message::AtRest => {
                self.at_rest.insert(machine);
            }
            _ => {}
        }
        let Some(call) = message.call() else { return };
        if let Message::Saving { begun, .. } = &message {
            let new = CallHistory {
                begun: begun.clone(),
                machine,
                is_thrown_away: false,
                is_loose: false,
                entries: Vec::new(),
                complaints: Vec::new(),
            };
            let known = self.calls.entry(call).or_insert(new);
            known.begun = begun.clone();
        }
        let Some(known) = self.calls.get_mut(&call) else {
            self.complaints
                .push(format!("life {life}: call {call} was never begun"));
            return;
        };
        if let Message::Stuck { text, .. } = &message {
            let complaint = format!("did not come to rest: {text}");
            known.complaints.push(complaint);
        }
        let entry = Entry::Message(message);
        known.entries.push((self.entry_count, life, entry));
    }

    /// A machine's folder is again what it was when the record had so many entries.
    pub(crate) fn restored(&mut self, machine: usize, to: usize, life: usize) {
        self.entry_count += 1;
        let of_machine = self.calls.values_mut();
        for known in of_machine.filter(|known| known.machine == machine) {
            let (then, now) = (known.fate_at(to), known.fate());
            if then.saved == Sure::No {
                known.is_thrown_away |= now.saved != Sure::No;
            } else if then.saved != now.saved
                || then.taken_back != now.taken_back
                || then.discarded != now.discarded
            {
                known.is_loose = true;
            }
            let entry = Entry::Restored(then.versions);
            known.entries.push((self.entry_count, life, entry));
        }
    }

    /// A machine's folder went to another machine for good.
    pub(crate) fn moved(&mut self, from: usize, to: usize) {
        let of_machine = self.calls.values_mut();
        for known in of_machine.filter(|known| known.machine == from) {
            known.machine = to;
        }
    }

    /// What the person at a machine remembers.
    pub(crate) fn remembered(&self, machine: usize) -> Remembered {
        let first = machine * CALLS_PER_MACHINE;
        let own = self.calls.range(first..first + CALLS_PER_MACHINE);
        let next_call = own.last().map_or(first, |(number, _)| number + 1);
        let mut remembered = Remembered {
            next_call,
            ..Remembered::default()
        };
        for (number, known) in &self.calls {
            let fate = known.fate();
            match fate.id {
                Some(id) => remembered.ids.push((id, *number)),
                None if fate.saved == Sure::Perhaps => {
                    let task: TaskId = known.begun.task.clone();
                    remembered.unsure.push((task, *number));
                }
                None => {}
            }
            let tried = known
                .entries
                .iter()
                .filter_map(|(_, _, entry)| match entry {
                    Entry::Message(Message::Correcting { version, .. }) => Some(*version),
                    _ => None,
                });
            if let Some(version) = tried.max() {
                remembered.versions.insert(*number, version);
            }
        }
        remembered
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Kind;

    const HOW: Listening = Listening {
        life: 1,
        machine: 0,
        has_reason_for_notices: false,
    };

    fn content(note: &str) -> CallContent {
        CallContent {
            outcome: "5f000000000000000000000a".into(),
            note: note.to_owned(),
        }
    }

    fn saving(call: CallNumber) -> Message {
        let begun = Begun {
            task: "task".into(),
            rep: "rep".into(),
            content: content("0"),
            kind: Kind::Skip,
        };
        Message::Saving { call, begun }
    }

    fn saved(call: CallNumber) -> Message {
        let id = Uuid::from_u128(call as u128);
        Message::Saved { call, id }
    }

    fn correcting(version: usize) -> Message {
        let content = content(&version.to_string());
        Message::Correcting {
            call: 3,
            version,
            content,
        }
    }

    fn record(messages: Vec<Message>) -> Record {
        let mut record = Record::default();
        record.receive(HOW, vec![saving(3), saved(3)]);
        record.receive(HOW, messages);
        record
    }

    fn fate(messages: Vec<Message>) -> Fate {
        record(messages).calls[&3].fate()
    }

    fn versions(fate: &Fate) -> Vec<usize> {
        fate.versions.keys().copied().collect()
    }

    #[test]
    fn a_correction_that_was_cut_off_may_be_there_or_not_and_a_saved_one_replaces_it() {
        let corrected = |version| Message::Corrected { call: 3, version };
        assert_eq!(versions(&fate(vec![correcting(1)])), [0, 1]);
        let messages = vec![correcting(1), correcting(2), corrected(2), correcting(3)];
        assert_eq!(versions(&fate(messages)), [2, 3]);
        let refused = Message::NotCorrected {
            call: 3,
            version: 1,
        };
        assert_eq!(versions(&fate(vec![correcting(1), refused])), [0]);
    }

    #[test]
    fn a_discard_that_was_cut_off_stays_possible_although_the_next_one_is_refused() {
        let discarding = Message::Discarding { call: 3 };
        let refused = Message::NotDiscarded { call: 3 };
        let once = fate(vec![discarding.clone(), refused.clone()]);
        assert_eq!(once.discarded, Sure::No);
        let twice = fate(vec![discarding.clone(), discarding, refused]);
        assert_eq!(twice.discarded, Sure::Perhaps);
    }

    #[test]
    fn a_wrap_up_that_is_still_there_in_the_next_life_was_not_taken_back() {
        let taking = Message::TakingBack { call: 3 };
        assert_eq!(fate(vec![taking.clone()]).taken_back, Sure::Perhaps);
        let refused = Message::NotTakenBack { call: 3 };
        assert_eq!(fate(vec![taking, refused]).taken_back, Sure::No);
    }

    #[test]
    fn a_save_that_was_refused_is_not_there_and_one_that_the_disk_refused_may_be() {
        let refused = |is_sure| Message::NotSaved { call: 4, is_sure };
        let fate = |messages| {
            let mut record = Record::default();
            record.receive(HOW, messages);
            record.calls[&4].fate().saved
        };
        assert_eq!(fate(vec![saving(4), refused(true)]), Sure::No);
        assert_eq!(fate(vec![saving(4), refused(false)]), Sure::Perhaps);
        assert_eq!(
            fate(vec![saving(4), refused(true), saving(4), saved(4)]),
            Sure::Yes
        );
    }

    #[test]
    fn a_restore_throws_away_what_was_saved_since_and_loosens_what_was_decided_since() {
        let mut record = record(vec![saving(4), saved(4), correcting(1)]);
        let before = record.entry_count;
        let corrected = Message::Corrected {
            call: 3,
            version: 1,
        };
        let taken = [
            Message::TakingBack { call: 4 },
            Message::TakenBack { call: 4 },
            saving(5),
            saved(5),
        ];
        record.receive(HOW, vec![corrected]);
        record.receive(HOW, taken.to_vec());
        record.restored(0, before, 2);
        let known = |call: usize| &record.calls[&call];
        assert!(!known(3).is_thrown_away && !known(3).is_loose);
        assert_eq!(versions(&known(3).fate()), [0, 1], "either may be sent");
        assert!(known(4).is_loose && !known(4).is_thrown_away);
        assert!(known(5).is_thrown_away);
        let remembered = record.remembered(0);
        assert_eq!(remembered.next_call, 6);
        assert_eq!(remembered.versions, BTreeMap::from([(3, 1)]));
    }

    #[test]
    fn a_restore_on_one_machine_changes_nothing_of_another() {
        let mut record = record(vec![saving(4), saved(4)]);
        record.restored(1, 0, 2);
        assert!(!record.calls[&4].is_thrown_away);
        record.moved(0, 1);
        record.restored(1, 0, 2);
        assert!(record.calls[&4].is_thrown_away);
        assert_eq!(record.remembered(1).next_call, CALLS_PER_MACHINE);
    }
}
