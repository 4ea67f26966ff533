//! The search index of tasks, which may lag behind the records.
//!
//! Promises: a search sees a change of a task only once its lag is over, as Apollo's reindexing
//! in the background does (reference section 10, quirk 23); open tasks are kept in order of due
//! time, per user and for the team. Must never: hold records; it points at them.

use std::{
    collections::{BTreeSet, VecDeque},
    time::Duration,
};

use jiff::Timestamp;

use super::model::{Task, TaskStatus};

/// What a search knows of one task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) user: usize,
    pub(crate) due_at: Timestamp,
    pub(crate) status: TaskStatus,
}

type InOrder = BTreeSet<(Timestamp, usize)>;

#[derive(Default)]
pub(crate) struct TaskIndex {
    entries: Vec<Option<Entry>>,
    open: InOrder,
    open_by_user: Vec<InOrder>,
    waiting: VecDeque<(Duration, usize)>,
}

impl TaskIndex {
    /// Brings one task up to date now.
    pub(crate) fn update(&mut self, place: usize, task: &Task) {
        if self.entries.len() <= place {
            self.entries.resize(place + 1, None);
        }
        if let Some(old) = self.entries[place].take() {
            self.open.remove(&(old.due_at, place));
            if let Some(by_user) = self.open_by_user.get_mut(old.user) {
                by_user.remove(&(old.due_at, place));
            }
        }
        if task.status == TaskStatus::Deleted {
            return;
        }
        let entry = Entry {
            user: task.user,
            due_at: task.due_at,
            status: task.status,
        };
        self.entries[place] = Some(entry);
        if entry.status == TaskStatus::Scheduled {
            self.open.insert((entry.due_at, place));
            if self.open_by_user.len() <= entry.user {
                self.open_by_user.resize_with(entry.user + 1, InOrder::new);
            }
            self.open_by_user[entry.user].insert((entry.due_at, place));
        }
    }

    /// Brings one task up to date at `when`.
    pub(crate) fn update_at(&mut self, when: Duration, place: usize) {
        let after = self.waiting.iter().rposition(|(other, _)| *other <= when);
        self.waiting
            .insert(after.map_or(0, |after| after + 1), (when, place));
    }

    /// The next task whose lag is over at `elapsed`.
    pub(crate) fn next_due(&mut self, elapsed: Duration) -> Option<usize> {
        let (when, place) = *self.waiting.front()?;
        if when > elapsed {
            return None;
        }
        self.waiting.pop_front();
        Some(place)
    }

    pub(crate) fn entry(&self, place: usize) -> Option<Entry> {
        self.entries.get(place).copied().flatten()
    }

    /// Open tasks by due time, of `users` or, for none, of the team.
    pub(crate) fn open(&self, users: Option<&[usize]>) -> Vec<usize> {
        match users {
            None => self.open.iter().map(|(_, place)| *place).collect(),
            Some(&[user]) => self
                .open_by_user
                .get(user)
                .map(|open| open.iter().map(|(_, place)| *place).collect())
                .unwrap_or_default(),
            Some(users) => {
                let merged: InOrder = users
                    .iter()
                    .filter_map(|user| self.open_by_user.get(*user))
                    .flatten()
                    .copied()
                    .collect();
                merged.into_iter().map(|(_, place)| place).collect()
            }
        }
    }

    /// Tasks of every status by due time, of `users` or, for none, of the team.
    pub(crate) fn all(&self, users: Option<&[usize]>) -> Vec<usize> {
        let mut found: Vec<(Timestamp, usize)> = self
            .entries
            .iter()
            .enumerate()
            .filter_map(|(place, entry)| entry.map(|entry| (entry, place)))
            .filter(|(entry, _)| users.is_none_or(|users| users.contains(&entry.user)))
            .map(|(entry, place)| (entry.due_at, place))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, place)| place).collect()
    }
}
