//! The judge: what the sandbox's history and the store say of every wrap-up of a run.
//!
//! Promises: a wrap-up that was surely saved is in Apollo exactly once and whole, or was taken back
//! or discarded by the rep; one whose saving was cut off is there whole or not at all; nothing else
//! is in Apollo that a client made. Must never: believe the child over the sandbox.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use apollo::types::TaskPriority;
use desk::wrap_up::{CALLBACK_TITLE, CallResult, CallWork};
use sandbox::{CallIdentifier, CallRecord, Effect, TaskRecord};

use crate::{
    plan::{Deed, Entry},
    record::Known,
    run::Evidence,
};

/// What the judge found.
#[derive(Default)]
pub(crate) struct Verdict {
    pub(crate) violations: Vec<String>,
    pub(crate) wrap_ups: BTreeMap<String, u64>,
}

/// Judges a run.
pub(crate) fn judge(evidence: &Evidence) -> Verdict {
    let mut verdict = Verdict::default();
    verdict
        .violations
        .extend(evidence.record.complaints.iter().cloned());
    if !evidence.outbox.is_empty() {
        verdict.violations.push(format!(
            "{} wrap-ups are still in the outbox",
            evidence.outbox.len()
        ));
    }
    let mut ours = Ours::default();
    for (number, entry) in evidence.plan.entries.iter().enumerate() {
        let unknown = Known::default();
        let known = evidence.record.entries.get(&number).unwrap_or(&unknown);
        let case = Case {
            evidence,
            number,
            entry,
            known,
        };
        case.count(&mut verdict.wrap_ups);
        let mut faults = case.judge(&mut ours);
        if !faults.is_empty() {
            faults.push(case.trace());
            verdict.violations.push(faults.join("\n    "));
        }
    }
    verdict.violations.extend(ours.strangers(evidence));
    verdict
}

/// What of the history belongs to the plan.
#[derive(Default)]
struct Ours {
    calls: BTreeSet<String>,
    made_tasks: BTreeSet<String>,
}

impl Ours {
    /// What a client did that no wrap-up asked for.
    fn strangers(&self, evidence: &Evidence) -> Vec<String> {
        let is_planned = |id: &str| {
            let mut entries = evidence.plan.entries.iter();
            entries.any(|entry| entry.task_id.as_str() == id)
        };
        evidence
            .history
            .effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::CallLogged { call, .. } if !self.calls.contains(&call.id) => {
                    Some(format!("a call record that nobody asked for: {call:?}"))
                }
                Effect::TaskCreated {
                    task,
                    by_sequence: false,
                    ..
                } if !self.made_tasks.contains(&task.id) => {
                    Some(format!("a task that nobody asked for: {task:?}"))
                }
                Effect::TaskCompleted { task, .. } | Effect::TaskSkipped { task, .. }
                    if !is_planned(&task.id) =>
                {
                    Some(format!("a task was finished that nobody called: {task:?}"))
                }
                _ => None,
            })
            .collect()
    }
}

struct Case<'a> {
    evidence: &'a Evidence,
    number: usize,
    entry: &'a Entry,
    known: &'a Known,
}

impl Case<'_> {
    fn effects(&self) -> impl Iterator<Item = &Effect> {
        self.evidence.history.effects.iter()
    }

    fn task_id(&self) -> &str {
        self.entry.task_id.as_str()
    }

    fn count(&self, counts: &mut BTreeMap<String, u64>) {
        let mut add = |name: &str| *counts.entry(name.to_owned()).or_default() += 1;
        let known = self.known;
        if known.id.is_none() {
            return;
        }
        if known.is_surely_saved {
            add("saved");
        } else {
            add("killed while being saved");
        }
        for kind in self.entry.deed.kinds() {
            add(kind);
        }
        if known.is_surely_taken_back {
            add("taken back");
        }
        if known.is_surely_discarded {
            add("discarded");
        }
        if self.evidence.record.tried.contains_key(&self.number) {
            add("corrected");
        }
    }

    /// The receipt under the id that was said, if there is one.
    fn receipt(&self) -> Option<&desk::wrap_up::ReceiptRecord> {
        let id = self.known.id?;
        let mut receipts = self.evidence.receipts.iter();
        receipts.find(|receipt| receipt.wrap_up_id == id)
    }

    fn judge(&self, ours: &mut Ours) -> Vec<String> {
        let known = self.known;
        let mut faults = known.complaints.clone();
        let receipt = self.receipt();
        let may_be_gone = !known.is_surely_saved || known.is_perhaps_taken_back;
        if receipt.is_none() && !may_be_gone {
            faults.push("was saved, and there is no receipt of it: lost".to_owned());
        }
        if receipt.is_none() && known.was_acknowledged {
            faults.push("was acknowledged, and there is no receipt of it".to_owned());
        }
        if receipt.is_some() && known.is_surely_taken_back {
            faults.push("was taken back, and there is a receipt of it".to_owned());
        }
        let is_discarded = known.is_perhaps_discarded
            || known.is_surely_discarded
            || receipt.is_some_and(|receipt| receipt.discarded.is_some());
        let due = match (receipt, is_discarded) {
            (None, _) => Due::Nothing,
            (Some(_), true) => Due::AtMostOnce,
            (Some(_), false) => Due::Whole,
        };
        match &self.entry.deed {
            Deed::Skip { .. } => {
                let skips = self.ends(|effect| matches!(effect, Effect::TaskSkipped { .. }));
                self.judge_end("skipped", skips, due, &mut faults);
            }
            Deed::Call { work, .. } => {
                self.judge_call(work, due, ours, &mut faults);
                self.judge_task(work, due, &mut faults);
                self.judge_callback(work, due, ours, &mut faults);
                self.judge_contact(work, due, &mut faults);
            }
        }
        faults
    }

    /// How often the task was ended in this way.
    fn ends(&self, way: impl Fn(&Effect) -> bool) -> usize {
        self.effects()
            .filter(|effect| way(effect))
            .filter(|effect| task_of(effect).is_some_and(|task| task.id == self.task_id()))
            .count()
    }

    fn was_deleted(&self, id: &str) -> bool {
        self.effects()
            .any(|effect| matches!(effect, Effect::TaskDeleted { task_id, .. } if task_id == id))
    }

    fn judge_end(&self, way: &str, times: usize, due: Due, faults: &mut Vec<String>) {
        let others = self.ends(|effect| {
            matches!(
                effect,
                Effect::TaskSkipped { .. } | Effect::TaskCompleted { .. }
            )
        });
        if others > times {
            faults.push(format!("its task was ended otherwise than {way}"));
        }
        let is_right = match due {
            Due::Nothing => times == 0,
            Due::AtMostOnce => times <= 1,
            Due::Whole => times == 1 || (times == 0 && self.was_deleted(self.task_id())),
        };
        if !is_right {
            faults.push(format!("its task was {way} {times} times, due {due:?}"));
        }
    }

    fn judge_call(&self, work: &CallWork, due: Due, ours: &mut Ours, faults: &mut Vec<String>) {
        let second = work.started_at.as_second();
        let logged: Vec<&CallRecord> = self
            .effects()
            .filter_map(|effect| match effect {
                Effect::CallLogged { call, .. } if call.start_time.as_second() == second => {
                    Some(call)
                }
                _ => None,
            })
            .collect();
        ours.calls.extend(logged.iter().map(|call| call.id.clone()));
        let is_right = match due {
            Due::Nothing => logged.is_empty(),
            Due::AtMostOnce => logged.len() <= 1,
            Due::Whole => logged.len() == 1,
        };
        if !is_right {
            faults.push(format!("{} call records, due {due:?}", logged.len()));
        }
        let Some(first) = logged.first() else { return };
        if due == Due::Whole
            && self
                .receipt()
                .and_then(desk::wrap_up::ReceiptRecord::call_id)
                != Some(first.id.as_str().into())
        {
            faults.push("its receipt does not name its call record".to_owned());
        }
        let last = self
            .effects()
            .filter_map(|effect| match effect {
                Effect::CallLogged { call, .. } | Effect::CallUpdated { call, .. }
                    if call.id == first.id =>
                {
                    Some(call)
                }
                _ => None,
            })
            .last();
        let Some(last) = last else { return };
        self.judge_frame(work, last, faults);
        let named = self
            .receipt()
            .and_then(|receipt| receipt.outcome_id.as_ref());
        if due == Due::Whole && named.map(AsRef::as_ref) != last.phone_call_outcome_id.as_deref() {
            faults.push("its receipt names another outcome than its call record".to_owned());
        }
        let results: Vec<(usize, &CallResult)> = match due {
            // A correction may be among what was given up.
            Due::AtMostOnce => (0..=crate::plan::CORRECTIONS_MAX)
                .filter_map(|version| Some((version, self.entry.result(version)?)))
                .collect(),
            Due::Nothing => Vec::new(),
            Due::Whole => self
                .known
                .versions
                .iter()
                .filter_map(|version| Some((*version, self.entry.result(*version)?)))
                .collect(),
        };
        if due != Due::Nothing && !results.iter().any(|(_, result)| has_result(last, result)) {
            faults.push(format!(
                "its content is none of the versions {:?}",
                self.known.versions
            ));
        }
    }

    /// What a correction cannot change.
    fn judge_frame(&self, work: &CallWork, call: &CallRecord, faults: &mut Vec<String>) {
        let mut check = |is_right: bool, what: &str| {
            if !is_right {
                faults.push(format!("its call record has the wrong {what}"));
            }
        };
        check(call.user_id == self.evidence.plan.rep.as_str(), "rep");
        check(
            call.contact_id.as_deref() == work.contact_id.as_ref().map(AsRef::as_ref),
            "contact",
        );
        if work.contact_id.is_none() {
            check(
                call.account_id.as_deref() == work.account_id.as_ref().map(AsRef::as_ref),
                "account",
            );
        }
        check(
            call.duration == Some(i64::from(work.duration_s())),
            "length",
        );
        check(
            call.end_time.as_second() == work.ended_at.as_second(),
            "end",
        );
        check(call.to_number == work.to_number, "number");
        let identifier = self.known.id.map(|id| id.to_string());
        match self.evidence.identifier {
            CallIdentifier::Dropped => {}
            CallIdentifier::Upsert | CallIdentifier::Stored => {
                check(call.call_identifier == identifier, "identifier");
            }
        }
    }

    fn judge_task(&self, work: &CallWork, due: Due, faults: &mut Vec<String>) {
        let completed = self.ends(|effect| matches!(effect, Effect::TaskCompleted { .. }));
        let Some(move_to) = work.after.move_to else {
            self.judge_end("completed", completed, due, faults);
            return;
        };
        let updates: Vec<&TaskRecord> = self
            .effects()
            .filter_map(|effect| match effect {
                Effect::TaskUpdated { task, .. } if task.id == self.task_id() => Some(task),
                _ => None,
            })
            .collect();
        if completed > 0 {
            faults.push("its task was to be moved, and was completed".to_owned());
        }
        if due == Due::Nothing && !updates.is_empty() {
            faults.push("its task was moved, and should not have been".to_owned());
        }
        for task in &updates {
            if task.due_at.as_second() != move_to.as_second() {
                faults.push("its task was moved to another time".to_owned());
            }
            if task.priority != self.entry.priority.as_str() {
                faults.push("its task lost its priority in the move".to_owned());
            }
        }
        let is_deleted = self.was_deleted(self.task_id());
        if due == Due::Whole && updates.is_empty() && !is_deleted {
            faults.push("its task was not moved".to_owned());
        }
        let shown = self.evidence.shown.get(self.task_id());
        if due == Due::Whole && !is_deleted {
            match shown {
                Some(task) => {
                    if task.creator_id != self.entry.creator {
                        faults.push("its task lost its creator in the move".to_owned());
                    }
                    if task.due_at.map(clock::Timestamp::as_second) != Some(move_to.as_second()) {
                        faults.push("its task is not due when it should be".to_owned());
                    }
                }
                None => faults.push("its task is gone".to_owned()),
            }
        }
    }

    fn judge_callback(&self, work: &CallWork, due: Due, ours: &mut Ours, faults: &mut Vec<String>) {
        let Some(at) = work.after.callback_at else {
            return;
        };
        let made: Vec<&TaskRecord> = self
            .effects()
            .filter_map(|effect| match effect {
                Effect::TaskCreated {
                    task,
                    by_sequence: false,
                    ..
                } if task.due_at.as_second() == at.as_second() => Some(task),
                _ => None,
            })
            .collect();
        ours.made_tasks
            .extend(made.iter().map(|task| task.id.clone()));
        let is_right = match due {
            Due::Nothing => made.is_empty(),
            Due::AtMostOnce => made.len() <= 1,
            Due::Whole => made.len() == 1,
        };
        if !is_right {
            faults.push(format!("{} callbacks, due {due:?}", made.len()));
        }
        let rep = self.evidence.plan.rep.as_str();
        for task in made {
            let mut check = |is_right: bool, what: &str| {
                if !is_right {
                    faults.push(format!("its callback has the wrong {what}"));
                }
            };
            check(task.user_id == rep, "rep");
            check(task.task_type == "call", "kind");
            check(task.status == "scheduled", "status");
            check(task.priority == TaskPriority::High.as_str(), "priority");
            check(
                task.contact_id.as_deref() == work.contact_id.as_ref().map(AsRef::as_ref),
                "contact",
            );
            if let Some(shown) = self.evidence.shown.get(&task.id) {
                let creator = shown.creator_id.as_ref().map(AsRef::as_ref);
                check(creator == Some(rep), "creator");
                check(shown.title.as_deref() == Some(CALLBACK_TITLE), "title");
                check(
                    work.contact_id.is_some() || shown.account_id == work.account_id,
                    "account",
                );
            } else {
                check(false, "fate: it is gone");
            }
        }
    }

    fn judge_contact(&self, work: &CallWork, due: Due, faults: &mut Vec<String>) {
        let Some(id) = work.contact_id.as_ref().map(ToString::to_string) else {
            return;
        };
        let contact = self.evidence.world.contact(&id);
        if let Some(stage) = &work.after.stage_id {
            let touched = self.effects().any(
                |effect| matches!(effect, Effect::ContactStage { contact_id, .. } if *contact_id == id),
            );
            if due == Due::Nothing && touched {
                faults.push("its contact's stage was set, and should not have been".to_owned());
            }
            let is_set = contact.is_some_and(|it| it.contact_stage_id == stage.as_str());
            if due == Due::Whole && !is_set {
                faults.push("its contact is not in the stage that was set".to_owned());
            }
        }
        if let Some(sequence) = &work.after.finish_sequence {
            let finished = self
                .effects()
                .filter(|effect| {
                    matches!(
                        effect,
                        Effect::ContactSequenceStatus { contact_id, emailer_campaign_id, request, status, .. }
                            if *contact_id == id && emailer_campaign_id == sequence.as_str()
                                && *request != 0 && status == "finished"
                    )
                })
                .count();
            if due == Due::Whole && finished == 0 {
                let there = contact.is_some_and(|it| {
                    it.sequences
                        .iter()
                        .any(|(other, status)| other == sequence.as_str() && status == "finished")
                });
                if !there {
                    faults.push("its sequence is not finished for its contact".to_owned());
                }
            }
        }
    }

    /// What was said and done, in short.
    fn trace(&self) -> String {
        let mut text = format!("entry {} ({:?})", self.number, self.entry.deed.kinds());
        for (life, word) in &self.known.words {
            let _ = write!(text, "\n      life {life}: {word:?}");
        }
        if let Some(receipt) = self.receipt() {
            let steps: Vec<_> = receipt
                .steps
                .iter()
                .map(|(kind, proof)| format!("{kind:?} {:?} at {}", proof.how, proof.at))
                .collect();
            let _ = write!(text, "\n      receipt: {}", steps.join(", "));
            if let Some(discarded) = &receipt.discarded {
                let _ = write!(text, "; discarded {:?}", discarded.steps);
            }
        }
        for effect in self.effects().filter(|effect| self.is_about(effect)) {
            let (name, request, at) = summary(effect);
            let fault = self
                .evidence
                .history
                .requests
                .iter()
                .find(|record| record.number == request)
                .map(|record| format!("arrived {}, fault {:?}", record.at, record.fault));
            let _ = write!(text, "\n      {at} {name} by request {request}");
            if let Some(fault) = fault {
                let _ = write!(text, " ({fault})");
            }
        }
        text
    }

    fn is_about(&self, effect: &Effect) -> bool {
        let work = match &self.entry.deed {
            Deed::Call { work, .. } => Some(work),
            Deed::Skip { .. } => None,
        };
        match effect {
            Effect::CallLogged { call, .. } | Effect::CallUpdated { call, .. } => {
                work.is_some_and(|work| call.start_time.as_second() == work.started_at.as_second())
            }
            Effect::TaskDeleted { task_id, .. } => task_id == self.task_id(),
            Effect::ContactStage { contact_id, .. }
            | Effect::ContactSequenceStatus { contact_id, .. } => work.is_some_and(|work| {
                work.contact_id.as_ref().map(AsRef::as_ref) == Some(contact_id.as_str())
            }),
            other => task_of(other).is_some_and(|task| {
                task.id == self.task_id()
                    || work
                        .and_then(|work| work.after.callback_at)
                        .is_some_and(|at| at.as_second() == task.due_at.as_second())
            }),
        }
    }
}

/// How much of a wrap-up is to be in Apollo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    Nothing,
    AtMostOnce,
    Whole,
}

fn has_result(call: &CallRecord, result: &CallResult) -> bool {
    let note = result.note_as_sent().unwrap_or_default();
    let status = result.status.as_str().replace('_', "-");
    call.note.as_deref().unwrap_or_default() == note
        && call.status.as_deref() == Some(status.as_str())
        && call.phone_call_outcome_id.as_deref() == result.outcome_id.as_ref().map(AsRef::as_ref)
}

fn task_of(effect: &Effect) -> Option<&TaskRecord> {
    match effect {
        Effect::TaskCompleted { task, .. }
        | Effect::TaskSkipped { task, .. }
        | Effect::TaskCreated { task, .. }
        | Effect::TaskUpdated { task, .. } => Some(task),
        _ => None,
    }
}

fn summary(effect: &Effect) -> (&'static str, u64, clock::Timestamp) {
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
