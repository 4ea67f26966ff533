//! What is known of each wrap-up of a run from what the lives said.
//!
//! Promises: what may or may not have happened is kept apart from what surely did.

use std::collections::{BTreeMap, BTreeSet};

use desk::wrap_up::WrapUpId;

use crate::said::Said;

/// What is known of one entry of the plan.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// The id under which it was, or was about to be, saved.
    pub(crate) id: Option<WrapUpId>,
    pub(crate) is_surely_saved: bool,
    pub(crate) is_surely_taken_back: bool,
    /// Taking back was begun, and it was not said how it ended.
    pub(crate) is_perhaps_taken_back: bool,
    /// Discarding was begun and not refused.
    pub(crate) is_perhaps_discarded: bool,
    /// The same before the last try.
    was_perhaps_discarded: bool,
    pub(crate) is_surely_discarded: bool,
    pub(crate) was_acknowledged: bool,
    /// What was said of it that should not have been.
    pub(crate) complaints: Vec<String>,
    /// Versions that may be in Apollo in the end.
    pub(crate) versions: BTreeSet<usize>,
    /// Everything said of it, for the trace.
    pub(crate) words: Vec<(usize, Said)>,
}

/// What is known of all entries, and what should not have been said.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    pub(crate) entries: BTreeMap<usize, Known>,
    pub(crate) next_entry: usize,
    /// Versions each entry's content was tried to be put right to.
    pub(crate) tried: BTreeMap<usize, usize>,
    pub(crate) complaints: Vec<String>,
    pub(crate) is_at_rest: bool,
}

impl Record {
    /// Takes in what a life said.
    pub(crate) fn hear(&mut self, life: usize, said: Vec<Said>) {
        for word in said {
            self.hear_word(life, word);
        }
    }

    fn hear_word(&mut self, life: usize, word: Said) {
        let entry = match &word {
            Said::Phase { .. } => return,
            Said::AtRest => {
                self.is_at_rest = true;
                return;
            }
            Said::Notice { text } => {
                self.complaints.push(format!(
                    "life {life}: the store said at its opening: {text}"
                ));
                return;
            }
            Said::Failed { text } => {
                self.complaints.push(format!("life {life}: failed: {text}"));
                return;
            }
            Said::Stuck { entry: None, text } => {
                self.complaints
                    .push(format!("an unknown wrap-up did not come to rest: {text}"));
                return;
            }
            Said::Saving { entry, .. }
            | Said::Saved { entry, .. }
            | Said::Correcting { entry, .. }
            | Said::Corrected { entry, .. }
            | Said::NotCorrected { entry, .. }
            | Said::TakingBack { entry }
            | Said::TakenBack { entry }
            | Said::NotTakenBack { entry }
            | Said::Discarding { entry }
            | Said::Discarded { entry }
            | Said::NotDiscarded { entry }
            | Said::Retried { entry }
            | Said::FalseAlarm { entry, .. }
            | Said::Stuck {
                entry: Some(entry), ..
            }
            | Said::Acknowledged { entry } => *entry,
        };
        let known = self.entries.entry(entry).or_default();
        match &word {
            Said::Saving { id, .. } => {
                known.id = Some(*id);
                known.versions.insert(0);
                self.next_entry = self.next_entry.max(entry + 1);
            }
            Said::Saved { .. } => known.is_surely_saved = true,
            Said::Correcting { version, .. } => {
                known.versions.insert(*version);
                self.tried.insert(entry, *version);
            }
            Said::Corrected { version, .. } => known.versions.retain(|other| other >= version),
            Said::NotCorrected { version, .. } => {
                known.versions.remove(version);
            }
            Said::TakingBack { .. } => known.is_perhaps_taken_back = true,
            Said::TakenBack { .. } => known.is_surely_taken_back = true,
            Said::NotTakenBack { .. } => known.is_perhaps_taken_back = false,
            Said::Discarding { .. } => {
                known.was_perhaps_discarded = known.is_perhaps_discarded;
                known.is_perhaps_discarded = true;
            }
            Said::Discarded { .. } => known.is_surely_discarded = true,
            Said::NotDiscarded { .. } => {
                known.is_perhaps_discarded = known.was_perhaps_discarded;
            }
            Said::Acknowledged { .. } => known.was_acknowledged = true,
            Said::FalseAlarm { text, .. } => {
                known.complaints.push(format!("reading back said {text}"));
            }
            Said::Stuck { text, .. } => {
                known
                    .complaints
                    .push(format!("did not come to rest: {text}"));
            }
            _ => {}
        }
        known.words.push((life, word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(said: Vec<Said>) -> Known {
        let id = WrapUpId::new();
        let mut record = Record::default();
        record.hear(1, vec![Said::Saving { entry: 3, id }]);
        record.hear(1, vec![Said::Saved { entry: 3, id }]);
        record.hear(2, said);
        assert_eq!(record.next_entry, 4);
        record.entries.remove(&3).unwrap()
    }

    #[test]
    fn a_correction_that_was_cut_off_may_be_there_or_not_and_one_that_was_kept_replaces_it() {
        let correcting = |version| Said::Correcting { entry: 3, version };
        let corrected = |version| Said::Corrected { entry: 3, version };
        let known = heard(vec![correcting(1)]);
        assert_eq!(known.versions, BTreeSet::from([0, 1]));
        let known = heard(vec![
            correcting(1),
            correcting(2),
            corrected(2),
            correcting(3),
        ]);
        assert_eq!(known.versions, BTreeSet::from([2, 3]));
        let refused = Said::NotCorrected {
            entry: 3,
            version: 1,
        };
        let known = heard(vec![correcting(1), refused]);
        assert_eq!(known.versions, BTreeSet::from([0]));
    }

    #[test]
    fn a_discard_that_was_cut_off_stays_possible_although_the_next_one_is_refused() {
        let discarding = Said::Discarding { entry: 3 };
        let refused = Said::NotDiscarded { entry: 3 };
        let known = heard(vec![discarding.clone(), refused.clone()]);
        assert!(!known.is_perhaps_discarded);
        let known = heard(vec![discarding.clone(), discarding, refused]);
        assert!(known.is_perhaps_discarded && !known.is_surely_discarded);
    }

    #[test]
    fn a_wrap_up_that_is_still_there_in_the_next_life_was_not_taken_back() {
        let taking = Said::TakingBack { entry: 3 };
        assert!(heard(vec![taking.clone()]).is_perhaps_taken_back);
        let refused = Said::NotTakenBack { entry: 3 };
        assert!(!heard(vec![taking, refused]).is_perhaps_taken_back);
    }
}
