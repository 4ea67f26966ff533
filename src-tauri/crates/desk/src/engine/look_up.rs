//! Is what we may have sent in Apollo?
//!
//! Promises: reads as much as it takes for silence to count, within a limit, and says whether it
//! did. Must never: write.

use apollo::{
    Error,
    ids::{CallId, TaskId},
    types::{Page, PhoneCall, Task, TaskKind, TaskSearch, TaskSort},
};
use clock::Timestamp;

use super::Engine;
use crate::{
    ports::Urgency,
    wrap_up::{
        CallWork, Proof, ProofKind, Search, StepKind, StepState, Verdict, Work, WrapUp, WrapUpId,
        judge_call, judge_callback, search_dates,
    },
};

/// Pages that are read for one look-up.
const LOOK_UP_PAGES_MAX: u32 = 20;

impl Engine {
    /// Searches Apollo for the `kind` step of a call.
    pub(super) async fn search_for(
        &self,
        wrap_up: &WrapUp,
        call: &CallWork,
        kind: StepKind,
        is_settled: bool,
    ) -> Result<Verdict<Proof>, Error> {
        if self.has_rival(wrap_up, call, kind) {
            // Which of two like ones a record is cannot be told before the other's answer is in.
            return Ok(Verdict::Unclear);
        }
        let found_at = |call_id, task_id| Proof {
            at: self.clock.now(),
            how: ProofKind::Found,
            call_id,
            task_id,
        };
        if kind == StepKind::CreateCallback {
            let (found, is_whole) = self.tasks_of_contact(wrap_up, call).await?;
            let search = Search {
                found: &found,
                is_whole,
                is_settled,
            };
            let claimed =
                |task: &TaskId| self.is_claimed(wrap_up.id, &found_at(None, Some(task.clone())));
            return Ok(match judge_callback(wrap_up, call, search, &claimed) {
                Verdict::Present(task) => Verdict::Present(found_at(None, Some(task))),
                Verdict::Absent => Verdict::Absent,
                Verdict::Unclear => Verdict::Unclear,
            });
        }
        let (from, to) = search_dates(call.started_at, call.ended_at);
        let (found, is_whole) = self
            .calls_of_rep(wrap_up, from, to, Urgency::WrapUp)
            .await?;
        let search = Search {
            found: &found,
            is_whole,
            is_settled,
        };
        let claimed = |id: &CallId| self.is_claimed(wrap_up.id, &found_at(Some(id.clone()), None));
        Ok(match judge_call(wrap_up, call, search, &claimed) {
            Verdict::Present(call) => Verdict::Present(found_at(Some(call), None)),
            Verdict::Absent => Verdict::Absent,
            Verdict::Unclear => Verdict::Unclear,
        })
    }

    /// The rep's calls between two dates, and whether all of them were read.
    async fn calls_of_rep(
        &self,
        wrap_up: &WrapUp,
        from: jiff::civil::Date,
        to: jiff::civil::Date,
        urgency: Urgency,
    ) -> Result<(Vec<PhoneCall>, bool), Error> {
        let mut found = Vec::new();
        let mut is_whole = true;
        for number in 1..=LOOK_UP_PAGES_MAX {
            let page = self
                .apollo
                .calls_of(wrap_up.rep.id(), from, to, number, urgency)
                .await?;
            let is_last = page.next_page().is_none();
            is_whole &= page.dropped_rows == 0;
            found.extend(page.rows);
            if is_last {
                return Ok((found, is_whole));
            }
        }
        Ok((found, false))
    }

    /// The rep's open call tasks for the contact, and whether none due at the time was left out.
    async fn tasks_of_contact(
        &self,
        wrap_up: &WrapUp,
        call: &CallWork,
    ) -> Result<(Vec<Task>, bool), Error> {
        let due_at = call.after.callback_at.unwrap_or(Timestamp::MAX);
        let mut found = Vec::new();
        let mut is_whole = true;
        for number in 1..=LOOK_UP_PAGES_MAX {
            let search = TaskSearch {
                user_ids: vec![wrap_up.rep.id().clone()],
                kinds: TaskKind::CALLS.to_vec(),
                contact_ids: call.contact_id.iter().cloned().collect(),
                page: number,
                sort: Some(TaskSort::LatestDueFirst),
                ..TaskSearch::default()
            };
            let page = self.apollo.tasks(search, Urgency::WrapUp).await?;
            is_whole &= page.dropped_rows == 0;
            let is_last = page.next_page().is_none() || is_past(&page, due_at);
            found.extend(page.rows);
            if is_last {
                return Ok((found, is_whole));
            }
        }
        Ok((found, false))
    }

    /// Whether another wrap-up has written, or is writing at this moment, a record that would match
    /// this one too, and cannot be told from it.
    fn has_rival(&self, wrap_up: &WrapUp, call: &CallWork, kind: StepKind) -> bool {
        let is_alike = |other: &CallWork| {
            let second = Timestamp::as_second;
            other.contact_id == call.contact_id
                && match kind {
                    StepKind::CreateCallback => {
                        other.after.callback_at.map(second) == call.after.callback_at.map(second)
                    }
                    _ => {
                        second(other.started_at) == second(call.started_at)
                            && other.duration_s() == call.duration_s()
                    }
                }
        };
        let is_open = |state: &StepState| match state {
            StepState::InFlight { .. } => true,
            StepState::Done(proof) => proof.call_id.is_none() && proof.task_id.is_none(),
            _ => false,
        };
        let state = self.state();
        let mut others = state.outbox.values().filter(|other| other.id != wrap_up.id);
        others.any(|other| {
            matches!(&other.work, Work::Call(work) if is_alike(work))
                && other
                    .steps
                    .iter()
                    .any(|step| step.kind == kind && is_open(&step.state))
        })
    }

    /// Whether another wrap-up's step was proven by the same record, or its own task is this one.
    pub(super) fn is_claimed(&self, by_other_than: WrapUpId, proven: &Proof) -> bool {
        let is_same = |proof: &Proof| {
            (proven.call_id.is_some() && proof.call_id == proven.call_id)
                || (proven.task_id.is_some() && proof.task_id == proven.task_id)
        };
        let is_own_task = |task: &TaskId| proven.task_id.as_ref() == Some(task);
        let state = self.state();
        let in_outbox = state
            .outbox
            .values()
            .filter(|wrap_up| wrap_up.id != by_other_than)
            .any(|wrap_up| {
                is_own_task(&wrap_up.task_id)
                    || wrap_up
                        .steps
                        .iter()
                        .any(|step| matches!(&step.state, StepState::Done(proof) if is_same(proof)))
            });
        in_outbox
            || state.receipts.iter().any(|receipt| {
                is_own_task(&receipt.task_id)
                    || receipt.steps.iter().any(|(_, proof)| is_same(proof))
            })
    }
}

/// Whether a page in descending order has gone beyond `due_at`, so that the rest cannot match. Rows
/// that the filters left out tell of the order as well as the others do.
fn is_past(page: &Page<Task>, due_at: Timestamp) -> bool {
    let last_of = |rows: &[Task]| {
        let due: Option<Vec<_>> = rows.iter().map(|task| task.due_at).collect();
        let due = due.filter(|due| due.is_sorted_by(|a, b| a >= b))?;
        Some(due.last().copied())
    };
    let (Some(taken), Some(left_out)) = (last_of(&page.rows), last_of(&page.left_out)) else {
        return false;
    };
    let last = taken.into_iter().chain(left_out).min();
    last.is_some_and(|last| last < due_at)
}
