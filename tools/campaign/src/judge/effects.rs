//! The effects of both teams' histories, sorted by the wrap-up that they are of.

use std::collections::{BTreeMap, BTreeSet};

use sandbox::{CallRecord, Effect, TaskRecord};

use crate::{evidence::Evidence, messages::CallNumber, messages::Kind, notes::named};

/// A call record as it was logged and as it is now.
pub(super) struct Logged<'a> {
    pub(super) team: usize,
    pub(super) first: &'a CallRecord,
    pub(super) last: &'a CallRecord,
}

/// What the sandboxes did, by the call that caused it.
pub(super) struct Effects<'a> {
    all: Vec<(usize, &'a Effect)>,
    calls: BTreeMap<CallNumber, Vec<Logged<'a>>>,
    callbacks: BTreeMap<CallNumber, Vec<(usize, &'a TaskRecord)>>,
    call_ids: BTreeSet<&'a str>,
    callback_ids: BTreeSet<&'a str>,
}

impl<'a> Effects<'a> {
    pub(super) fn sort(evidence: &'a Evidence) -> Self {
        let mut all = Vec::new();
        for (number, team) in evidence.teams.iter().enumerate() {
            all.extend(team.history.effects.iter().map(|effect| (number, effect)));
        }
        let mut effects = Self {
            all,
            calls: BTreeMap::new(),
            callbacks: BTreeMap::new(),
            call_ids: BTreeSet::new(),
            callback_ids: BTreeSet::new(),
        };
        effects.sort_calls(evidence);
        effects.sort_callbacks(evidence);
        effects
    }

    fn sort_calls(&mut self, evidence: &'a Evidence) {
        for (team, effect) in &self.all {
            let Effect::CallLogged { call: first, .. } = effect else {
                continue;
            };
            let note = first.note.as_deref().unwrap_or_default();
            let Some((number, _)) = named(&evidence.plan.marker, note) else {
                continue;
            };
            if !evidence.record.calls.contains_key(&number) {
                continue;
            }
            let mut of_record = self.all.iter().filter_map(|(_, effect)| match effect {
                Effect::CallLogged { call, .. } | Effect::CallUpdated { call, .. }
                    if call.id == first.id =>
                {
                    Some(call)
                }
                _ => None,
            });
            let last = of_record.next_back().unwrap_or(first);
            self.call_ids.insert(&first.id);
            let logged = Logged {
                team: *team,
                first,
                last,
            };
            self.calls.entry(number).or_default().push(logged);
        }
    }

    fn sort_callbacks(&mut self, evidence: &'a Evidence) {
        let wanted: BTreeMap<i64, CallNumber> = evidence
            .record
            .calls
            .iter()
            .filter_map(|(number, known)| match &known.begun.kind {
                Kind::Call(call) => Some((call.callback_at?.as_second() / 60, *number)),
                Kind::Skip => None,
            })
            .collect();
        for (team, effect) in &self.all {
            if let Effect::TaskCreated {
                task,
                by_sequence: false,
                ..
            } = effect
                && let Some(number) = wanted.get(&(task.due_at.as_second() / 60))
            {
                self.callback_ids.insert(&task.id);
                let of_call = self.callbacks.entry(*number).or_default();
                of_call.push((*team, task));
            }
        }
    }

    /// All effects, with their teams.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, &'a Effect)> {
        self.all.iter().copied()
    }

    /// The call records of a wrap-up.
    pub(super) fn calls_of(&self, number: CallNumber) -> &[Logged<'a>] {
        self.calls.get(&number).map_or(&[], Vec::as_slice)
    }

    /// The callbacks of a wrap-up.
    pub(super) fn callbacks_of(&self, number: CallNumber) -> &[(usize, &'a TaskRecord)] {
        self.callbacks.get(&number).map_or(&[], Vec::as_slice)
    }

    pub(super) fn is_somebodys_call(&self, id: &str) -> bool {
        self.call_ids.contains(id)
    }

    pub(super) fn is_somebodys_callback(&self, id: &str) -> bool {
        self.callback_ids.contains(id)
    }

    pub(super) fn was_deleted(&self, id: &str) -> bool {
        self.all().any(
            |(_, effect)| matches!(effect, Effect::TaskDeleted { task_id, .. } if task_id == id),
        )
    }

    /// How often a task was ended in a way.
    pub(super) fn ends(&self, id: &str, way: impl Fn(&Effect) -> bool) -> usize {
        let ends = self.all().filter(|(_, effect)| way(effect));
        ends.filter(|(_, effect)| task_of(effect).is_some_and(|task| task.id == id))
            .count()
    }
}

pub(super) fn is_completion(effect: &Effect) -> bool {
    matches!(effect, Effect::TaskCompleted { .. })
}

pub(super) fn is_skip(effect: &Effect) -> bool {
    matches!(effect, Effect::TaskSkipped { .. })
}

pub(super) fn task_of(effect: &Effect) -> Option<&TaskRecord> {
    match effect {
        Effect::TaskCompleted { task, .. }
        | Effect::TaskSkipped { task, .. }
        | Effect::TaskCreated { task, .. }
        | Effect::TaskUpdated { task, .. } => Some(task),
        _ => None,
    }
}

/// The kind of an effect, its request, and its time.
pub(super) fn summary(effect: &Effect) -> (&'static str, u64, clock::Timestamp) {
    match effect {
        Effect::CallLogged { request, at, .. } => ("call logged", *request, *at),
        Effect::CallUpdated { request, at, .. } => ("call updated", *request, *at),
        Effect::TaskCompleted { request, at, .. } => ("task completed", *request, *at),
        Effect::TaskSkipped { request, at, .. } => ("task skipped", *request, *at),
        Effect::TaskCreated { request, at, .. } => ("task created", *request, *at),
        Effect::TaskUpdated { request, at, .. } => ("task updated", *request, *at),
        Effect::TaskDeleted { request, at, .. } => ("task deleted", *request, *at),
        Effect::ContactSequenceStatus { request, at, .. } => ("sequence status", *request, *at),
        Effect::ContactStage { request, at, .. } => ("stage", *request, *at),
        Effect::ContactUpdated { request, at, .. } => ("contact updated", *request, *at),
        Effect::ContactDeleted { request, at, .. } => ("contact deleted", *request, *at),
        Effect::UserActive { request, at, .. } => ("user switched", *request, *at),
        Effect::OutcomeRemoved { request, at, .. } => ("outcome removed", *request, *at),
        Effect::SequenceActive { request, at, .. } => ("sequence switched", *request, *at),
        Effect::SequenceArchived { request, at, .. } => ("sequence archived", *request, *at),
        Effect::AccountUpdated { request, at, .. } => ("account updated", *request, *at),
        Effect::LabelCreated { request, at, .. } => ("list made", *request, *at),
    }
}
