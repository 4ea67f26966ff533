//! What a person does: save, undo, retry, edit, discard. As in `outbox`'s own functions.

use apollo::{
    ids::{OutcomeId, TaskId},
    types::{CallStatus, Task, TaskStatus},
};
use clock::Timestamp;
use domain::{
    draft::CallDetails, wrap_up::AfterCall, wrap_up::CallResult, wrap_up::CallWork,
    wrap_up::DiscardReason, wrap_up::Discarded, wrap_up::Event, wrap_up::Proof,
    wrap_up::SkipReason, wrap_up::SkipWork, wrap_up::StepState, wrap_up::WrapUp, wrap_up::WrapUpId,
    wrap_up::apply,
};
use jiff::SignedDuration;
use uuid::Uuid;

use crate::{
    adversary::{Action, Save},
    driver::Stuck,
    world::{End, SAVES_MAX, Saved, World},
};

const DAY_S: i64 = 86_400;
/// How far apart two callbacks, or moved tasks, are due. Only the time tells the callback of one
/// wrap-up from that of another for the same contact, so the rule promises nothing for two at the
/// same second.
const DUE_APART_S: i64 = 1;

fn second(at_s: i64) -> Timestamp {
    Timestamp::from_second(at_s).expect("within time")
}

impl World {
    fn next_result(&mut self) -> CallResult {
        self.results_made += 1;
        let number = self.results_made;
        CallResult {
            opts_out: false,
            status: CallStatus::Completed,
            outcome_id: number
                .is_multiple_of(2)
                .then(|| OutcomeId::new(format!("outcome-{number}"))),
            outcome_name: "Connected".to_owned(),
            details: CallDetails {
                // Sometimes there is no note.
                note: match number % 3 {
                    0 => String::new(),
                    _ => format!("note {number}"),
                },
                ..CallDetails::default()
            },
        }
    }

    pub(crate) fn save(&mut self, save: &Save) {
        if self.saved.len() == SAVES_MAX {
            return;
        }
        self.tally.wrap_ups += 1;
        let number = self.saved.len() + 1;
        let task_id = TaskId::new(format!("task-{number}"));
        let contact_id = format!("contact-{}", save.contact).as_str().into();
        let now_s = self.now().as_second();
        let saved_at = second(now_s);
        let today_s = now_s - now_s.rem_euclid(DAY_S);
        let apart_s = DUE_APART_S * i64::try_from(number).expect("small");
        self.apollo.tasks.insert(
            task_id.clone(),
            Task {
                user_id: Some(self.rep.id().clone()),
                creator_id: Some(self.rep.id().clone()),
                kind: apollo::types::TaskKind::Call,
                status: TaskStatus::Scheduled,
                due_at: Some(second(today_s)),
                contact_id: Some(contact_id),
                ..Task::with_id(task_id.clone())
            },
        );
        let mut wrap_up = if save.is_skip {
            let reason = SkipReason::NotRelevant;
            WrapUp::skip(
                task_id,
                self.rep.clone(),
                saved_at,
                SkipWork {
                    reason,
                    note: String::new(),
                    contact_id: None,
                    numbers: Vec::new(),
                    after: AfterCall::default(),
                },
            )
        } else {
            // One rep has one call at a time: no two begin in the same second.
            let mut started_s = now_s - save.length_s;
            while !self.starts_s.insert(started_s) {
                started_s += 1;
            }
            let contact_id = format!("contact-{}", save.contact).as_str().into();
            let work = CallWork {
                contact_id: Some(contact_id),
                account_id: None,
                to_number: None,
                own_numbers: Vec::new(),
                started_at: second(started_s),
                ended_at: second(started_s + save.length_s),
                result: self.next_result(),
                after: AfterCall {
                    move_to: save.moves.then(|| second(today_s + 3 * DAY_S + apart_s)),
                    callback_at: save
                        .calls_back
                        .then(|| second(today_s + 2 * DAY_S + apart_s)),
                    stage_id: save.sets_stage.then(|| "stage".into()),
                    due_before: None,
                    stage_before: None,
                    finish_sequence: save.finishes_sequence.then(|| "sequence".into()),
                },
            };
            WrapUp::call(task_id, self.rep.clone(), saved_at, work)
        };
        wrap_up.id = WrapUpId(Uuid::from_u128(u128::try_from(number).expect("small")));
        if save.hold_s > 0 {
            let hold = SignedDuration::from_secs(save.hold_s);
            wrap_up = wrap_up.held_until(self.now().checked_add(hold).expect("within time"));
        }
        self.saved.push(Saved {
            id: wrap_up.id,
            original: wrap_up.clone(),
            may_say: wrap_up.result().cloned().into_iter().collect(),
            end: End::Kept,
            is_sure: true,
        });
        // A save that was refused is tried again, under the same id.
        while self.disk.put(&wrap_up).is_err() {}
        self.life.absent.insert(wrap_up.id);
        self.life.outbox.insert(wrap_up.id, wrap_up);
        self.life.wakes_at_ms = self.mono_ms;
    }

    pub(crate) fn person_does(&mut self, which: usize, action: Action) {
        if self.saved.is_empty() {
            return;
        }
        let index = which % self.saved.len();
        match action {
            Action::Retry => self.retry(self.saved[index].id),
            Action::TakeBack => self.take_back(index),
            Action::Edit => self.edit(index),
            Action::Discard => self.discard(index),
        }
        self.life.wakes_at_ms = self.mono_ms;
    }

    pub(crate) fn retry(&mut self, id: WrapUpId) {
        let waiting = self.life.outbox.get(&id);
        if let Some(step) = waiting.and_then(WrapUp::current_step) {
            let event = match &waiting.map(|wrap_up| &wrap_up.steps[step].state) {
                Some(StepState::Unclear { near }) if self.is_of(id, near) => Event::PersonConfirms,
                _ => Event::PersonRetries { at: self.now() },
            };
            // A step that needs no person is left alone; a full disk is reported.
            match self.record(id, step, event) {
                Ok(()) | Err(Stuck::Disk | Stuck::Illegal(_) | Stuck::NotThere) => {}
            }
        }
    }

    /// Whether a record is this wrap-up's, which a person sees in Apollo.
    fn is_of(&self, id: WrapUpId, near: &Proof) -> bool {
        let mut records = self.apollo.records.iter();
        let mut made = self.apollo.made.iter();
        records.any(|record| Some(&record.call.id) == near.call_id.as_ref() && record.owner == id)
            || made.any(|made| Some(&made.task.id) == near.task_id.as_ref() && made.owner == id)
    }

    fn take_back(&mut self, index: usize) {
        let id = self.saved[index].id;
        let now = self.now();
        let Some(wrap_up) = self.life.outbox.get(&id) else {
            return;
        };
        if !wrap_up.is_untouched() || wrap_up.held_until.is_none_or(|until| until <= now) {
            return;
        }
        match self.disk.take_back(id) {
            Ok(()) => {
                self.tally.taken_back += 1;
                self.life.outbox.remove(&id);
                self.saved[index].end = End::TakenBack;
            }
            Err(failed) => self.saved[index].is_sure &= !failed.is_stored,
        }
    }

    fn edit(&mut self, index: usize) {
        let id = self.saved[index].id;
        let at = self.now();
        let result = self.next_result();
        let written = if let Some(mut wrap_up) = self.life.outbox.get(&id).cloned() {
            if !wrap_up.correct(result.clone()) {
                return;
            }
            let current = wrap_up.current_step();
            if let Some(step) = current.and_then(|index| wrap_up.steps.get_mut(index))
                && matches!(step.state, StepState::Blocked { .. })
            {
                match apply(step, Event::PersonRetries { at }) {
                    Ok(next) => *step = next,
                    Err(illegal) => return self.violated(&illegal.to_string()),
                }
            }
            let written = self.disk.put(&wrap_up);
            if written.is_ok() {
                self.life.outbox.insert(id, wrap_up);
            }
            written
        } else {
            let mut receipts = self.life.receipts.iter();
            let receipt = receipts.find(|receipt| receipt.wrap_up_id == id);
            let revived =
                receipt.and_then(|receipt| receipt.revived(self.rep.clone(), result.clone()));
            let Some(wrap_up) = revived else {
                return;
            };
            let written = self.disk.revive(&wrap_up);
            if written.is_ok() {
                self.tally.revivals += 1;
                let receipts = &mut self.life.receipts;
                receipts.retain(|receipt| receipt.wrap_up_id != id);
                self.life.outbox.insert(id, wrap_up);
            }
            written
        };
        let may_say = &mut self.saved[index].may_say;
        match written {
            Ok(()) => {
                self.tally.edits += 1;
                *may_say = vec![result];
            }
            Err(failed) if failed.is_stored => may_say.push(result),
            Err(_) => {}
        }
    }

    fn discard(&mut self, index: usize) {
        let id = self.saved[index].id;
        let Some(wrap_up) = self.life.outbox.get(&id) else {
            return;
        };
        let is_in_flight = |state: &StepState| matches!(state, StepState::InFlight { .. });
        if wrap_up.steps.iter().any(|step| is_in_flight(&step.state)) {
            return;
        }
        let current = wrap_up
            .current_step()
            .and_then(|index| wrap_up.steps.get(index));
        if current.is_some_and(|step| {
            !step.kind.is_idempotent() && matches!(step.state, StepState::Unknown { .. })
        }) {
            return;
        }
        let open = wrap_up
            .steps
            .iter()
            .filter(|step| !matches!(step.state, StepState::Done(_)));
        let mut receipt = wrap_up.receipt();
        receipt.discarded = Some(Discarded {
            at: self.now(),
            reason: DiscardReason::NotNeeded,
            steps: open.map(|step| step.kind).collect(),
            is_unproven: wrap_up.may_have_left(),
        });
        match self.disk.acknowledge(&receipt) {
            Ok(()) => {
                self.tally.discards += 1;
                self.close(receipt);
                for reply in &mut self.life.replies {
                    reply.is_stale |= reply.wrap_up == id;
                }
                self.saved[index].end = End::Discarded;
            }
            Err(failed) => self.saved[index].is_sure &= !failed.is_stored,
        }
    }
}
