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
        CallWork, Proof, ProofKind, Search, StepKind, StepState, Verdict, WrapUp, judge_call,
        judge_callback, search_dates,
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
            let claimed = |task: &TaskId| {
                self.is_claimed(wrap_up, |proof| proof.task_id.as_ref() == Some(task))
            };
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
        let claimed =
            |id: &CallId| self.is_claimed(wrap_up, |proof| proof.call_id.as_ref() == Some(id));
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

    /// Whether another wrap-up's step was proven by the same record.
    fn is_claimed(&self, by_other_than: &WrapUp, is_same: impl Fn(&Proof) -> bool) -> bool {
        let state = self.state();
        let others = state
            .outbox
            .values()
            .filter(|wrap_up| wrap_up.id != by_other_than.id);
        let in_outbox = others
            .flat_map(|wrap_up| &wrap_up.steps)
            .any(|step| matches!(&step.state, StepState::Done(proof) if is_same(proof)));
        in_outbox
            || state
                .receipts
                .iter()
                .flat_map(|receipt| &receipt.steps)
                .any(|(_, proof)| is_same(proof))
    }
}

/// Whether a page in descending order has gone beyond `due_at`, so that the rest cannot match.
fn is_past(page: &Page<Task>, due_at: Timestamp) -> bool {
    let due: Option<Vec<_>> = page.rows.iter().map(|task| task.due_at).collect();
    due.is_some_and(|due| {
        due.is_sorted_by(|a, b| a >= b) && due.last().is_some_and(|last| *last < due_at)
    })
}
