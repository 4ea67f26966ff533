//! Who was called from here, so that the next card of the same person or number knows it.
//!
//! Promises: the person and the number are remembered apart from the task, from the moment a wrap-up
//! is saved until its receipt is forgotten; who asked not to be called stays blocked for as long as
//! that. Must never: hold a note or a name.

use std::collections::HashMap;

use apollo::ids::{ContactId, TaskId};
use clock::Timestamp;
use serde::{Deserialize, Serialize};

use crate::wrap_up::{CallResult, Work, WrapUp, WrapUpId};

/// One call or skip, as far as later cards have to know it. It is stored encrypted.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    pub wrap_up_id: WrapUpId,
    pub task_id: TaskId,
    pub contact_id: Option<ContactId>,
    /// E.164: the one that was dialed, else all of the person's own.
    pub numbers: Vec<String>,
    /// Whether it is known that the number was called.
    #[serde(default)]
    pub is_dialed: bool,
    pub at: Timestamp,
    /// The outcome as the rep read it; none for a skip.
    pub outcome: Option<String>,
    /// The person asked not to be called.
    pub opts_out: bool,
    /// When the rep meant to call again.
    #[serde(default)]
    pub again_at: Option<Timestamp>,
}

impl std::fmt::Debug for HistoryEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HistoryEntry")
            .field("wrap_up_id", &self.wrap_up_id)
            .finish_non_exhaustive()
    }
}

impl HistoryEntry {
    /// What is remembered of a wrap-up. None where it tells of no person: an ordinary skip, or a
    /// correction, which says only how an entry changes ([`HistoryEntry::corrected`]).
    pub fn of(wrap_up: &WrapUp) -> Option<Self> {
        let entry = |contact_id, numbers, is_dialed| Self {
            wrap_up_id: wrap_up.id,
            task_id: wrap_up.task_id.clone(),
            contact_id,
            numbers,
            is_dialed,
            at: wrap_up.saved_at,
            outcome: None,
            opts_out: true,
            again_at: None,
        };
        match &wrap_up.work {
            Work::Call(call) => Some(Self {
                at: call.started_at,
                outcome: Some(call.result.outcome_name.clone()),
                opts_out: call.result.opts_out,
                again_at: call.after.callback_at.or(call.after.move_to),
                ..entry(
                    call.contact_id.clone(),
                    call.to_number
                        .as_ref()
                        .map_or_else(|| call.own_numbers.clone(), |number| vec![number.clone()]),
                    call.to_number.is_some(),
                )
            }),
            Work::Skip(skip) if skip.reason.opts_out() => {
                Some(entry(skip.contact_id.clone(), skip.numbers.clone(), false))
            }
            Work::Skip(_) | Work::Correction(_) => None,
        }
    }

    /// The same call with its corrected result.
    #[must_use]
    pub fn corrected(self, result: &CallResult) -> Self {
        Self {
            outcome: Some(result.outcome_name.clone()),
            opts_out: result.opts_out,
            ..self
        }
    }
}

/// Every stored entry, by person and by number.
#[derive(Clone, Debug, Default)]
pub struct CallHistory {
    entries: HashMap<WrapUpId, HistoryEntry>,
    by_contact: HashMap<ContactId, Vec<WrapUpId>>,
    by_number: HashMap<String, Vec<WrapUpId>>,
}

impl CallHistory {
    /// The history as it was stored.
    pub fn new(entries: Vec<HistoryEntry>) -> Self {
        let mut history = Self::default();
        for entry in entries {
            history.insert(entry);
        }
        history
    }

    /// Adds an entry, in place of what was known of the same wrap-up.
    pub fn insert(&mut self, entry: HistoryEntry) {
        let id = entry.wrap_up_id;
        self.remove(id);
        if let Some(contact) = &entry.contact_id {
            self.by_contact.entry(contact.clone()).or_default().push(id);
        }
        for number in &entry.numbers {
            self.by_number.entry(number.clone()).or_default().push(id);
        }
        self.entries.insert(id, entry);
    }

    /// Forgets a wrap-up that was taken back, or was about somebody else.
    pub fn remove(&mut self, id: WrapUpId) {
        if self.entries.remove(&id).is_some() {
            for ids in self
                .by_contact
                .values_mut()
                .chain(self.by_number.values_mut())
            {
                ids.retain(|known| *known != id);
            }
        }
    }

    /// What is known of a wrap-up.
    pub fn entry(&self, id: WrapUpId) -> Option<&HistoryEntry> {
        self.entries.get(&id)
    }

    /// What is known of a person.
    pub fn of_contact(&self, contact: &ContactId) -> impl Iterator<Item = &HistoryEntry> {
        self.known(self.by_contact.get(contact))
    }

    /// What is known of a number in E.164.
    pub fn of_number(&self, number: &str) -> impl Iterator<Item = &HistoryEntry> {
        self.known(self.by_number.get(number))
    }

    fn known<'a>(
        &'a self,
        ids: Option<&'a Vec<WrapUpId>>,
    ) -> impl Iterator<Item = &'a HistoryEntry> {
        ids.into_iter()
            .flatten()
            .filter_map(|id| self.entries.get(id))
    }
}
