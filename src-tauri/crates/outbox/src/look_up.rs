//! Finds out whether Apollo has what may have been sent.
//!
//! Promises: reads as much as it takes for silence to count, within a limit, and tells whether that
//! was enough; look-ups at the same time share one search. Must never: write.

use std::{sync::Arc, time::Duration};

use apollo::{
    Error,
    ids::{CallId, TaskId, UserId},
    types::{Page, PhoneCall, Task, TaskKind, TaskSearch, TaskSort},
};
use clock::Timestamp;
use jiff::civil::Date;

use domain::wrap_up::{
    CallWork, Proof, ProofKind, Search, StepKind, StepState, UnknownBecause, UnknownSince, Verdict,
    Work, WrapUp, WrapUpId, judge_call, judge_callback, search_dates,
};

use crate::{KeyInUse, Outbox, ports::Urgency};

/// Pages that are read for one look-up.
const LOOK_UP_PAGES_MAX: u32 = 20;
/// Pages that are read to read back: left-over budget is little.
const READ_BACK_PAGES_MAX: u32 = 5;
/// How long a search serves other look-ups too.
const SHARED_FOR: Duration = Duration::from_secs(5);

/// The calls that a search returned.
#[derive(Clone)]
pub(crate) struct Searched {
    key: Arc<KeyInUse>,
    users: Vec<UserId>,
    dates: (Date, Date),
    /// Elapsed time.
    began_at: Duration,
    pub(crate) calls: Arc<[PhoneCall]>,
    pub(crate) is_whole: bool,
}

impl Outbox {
    /// Searches Apollo for the `kind` step of a call.
    pub(crate) async fn search_for(
        &self,
        wrap_up: &WrapUp,
        call: &CallWork,
        kind: StepKind,
        because: UnknownBecause,
        key: &Arc<KeyInUse>,
    ) -> Result<Verdict<Proof>, Error> {
        if self.has_rival(wrap_up, call, kind) {
            // Of two calls alike, nobody can tell whose a record is before the other's answer is in.
            return Ok(Verdict::Unclear);
        }
        let found_at = |call_id, task_id| Proof {
            at: self.clock.now(),
            how: ProofKind::Found,
            call_id,
            task_id,
        };
        let key_user = key.user();
        if kind == StepKind::CreateCallback {
            let began_at = self.clock.elapsed();
            let (found, is_whole) = self.tasks_of_contact(wrap_up, call, key).await?;
            let search = Search {
                found: &found,
                key_user,
                is_whole,
                is_settled: self.is_settled(wrap_up.id, because, began_at),
            };
            let claimed =
                |task: &TaskId| self.is_claimed(wrap_up.id, &found_at(None, Some(task.clone())));
            let verdict = judge_callback(wrap_up, call, search, &claimed);
            return Ok(proven(verdict, |task| found_at(None, Some(task))));
        }
        let users = with_key_user(wrap_up.rep.id(), key_user);
        let dates = search_dates(call.started_at, self.clock.now());
        let found = self.calls_of(&users, dates, Urgency::WrapUp, key).await?;
        let search = Search {
            found: &found.calls,
            key_user,
            is_whole: found.is_whole,
            is_settled: self.is_settled(wrap_up.id, because, found.began_at),
        };
        let claimed = |id: &CallId| self.is_claimed(wrap_up.id, &found_at(Some(id.clone()), None));
        let verdict = judge_call(wrap_up, call, search, &claimed);
        Ok(proven(verdict, |call| found_at(Some(call), None)))
    }

    /// A call as the last search showed it.
    pub(crate) async fn last_seen(&self, call: &CallId) -> Option<PhoneCall> {
        let last = self.searching.lock().await;
        let calls = last.as_ref().map(|searched| Arc::clone(&searched.calls))?;
        calls.iter().find(|known| known.id == *call).cloned()
    }

    /// Whether the silence of a search that began at `began_at` counts.
    fn is_settled(&self, id: WrapUpId, because: UnknownBecause, began_at: Duration) -> bool {
        // The step was not sent in this run; if it was sent, that was long ago.
        if because == UnknownBecause::Earlier {
            return true;
        }
        let mut state = self.state();
        let since = *state
            .unknown_since
            .entry(id)
            .or_insert(UnknownSince::in_earlier_run(0, began_at));
        state.index_lag.is_settled(since, began_at)
    }

    /// The calls of some users between two dates, and whether all of them were read.
    pub(crate) async fn calls_of(
        &self,
        users: &[UserId],
        dates: (Date, Date),
        urgency: Urgency,
        key: &Arc<KeyInUse>,
    ) -> Result<Searched, Error> {
        let mut last = self.searching.lock().await;
        let began_at = self.clock.elapsed();
        if let Some(shared) = last.as_ref()
            && shared.is_whole
            && Arc::ptr_eq(&shared.key, key)
            && shared.users == users
            && shared.dates.0 <= dates.0
            && dates.1 <= shared.dates.1
            && began_at.saturating_sub(shared.began_at) < SHARED_FOR
        {
            return Ok(shared.clone());
        }
        let mut calls: Vec<PhoneCall> = Vec::new();
        let mut is_whole = false;
        let mut total = None;
        let pages_max = match urgency {
            Urgency::Verification => READ_BACK_PAGES_MAX,
            _ => LOOK_UP_PAGES_MAX,
        };
        for number in 1..=pages_max {
            let page = key
                .apollo
                .calls_of(users, dates.0, dates.1, number, urgency)
                .await?;
            if page.dropped_rows > 0 || (number > 1 && page.total_rows != total) {
                // A row that cannot be read, or records that came while the pages were read.
                break;
            }
            total = page.total_rows;
            let is_last = page.next_page().is_none();
            let left_out = page.left_out.len();
            for call in page.rows {
                if !calls.iter().any(|known| known.id == call.id) {
                    calls.push(call);
                }
            }
            if is_last {
                // The order of the pages is not promised: a row may have come twice and another not
                // at all. Where rows were left out, the total is not of what was asked for.
                is_whole = left_out > 0
                    || total.is_none_or(|total| usize::try_from(total) == Ok(calls.len()));
                break;
            }
        }
        let searched = Searched {
            key: Arc::clone(key),
            users: users.to_vec(),
            dates,
            began_at,
            calls: calls.into(),
            is_whole,
        };
        if is_whole {
            let mut state = self.state();
            state
                .index_lag
                .searched(users, dates, &searched.calls, searched.began_at);
        }
        *last = Some(searched.clone());
        Ok(searched)
    }

    /// The rep's open call tasks for the contact, and whether all that are due at the callback's time
    /// were read.
    async fn tasks_of_contact(
        &self,
        wrap_up: &WrapUp,
        call: &CallWork,
        key: &KeyInUse,
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
            let page = key.apollo.tasks_of(search).await?;
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
        let second = Timestamp::as_second;
        let is_alike = |other: &CallWork| match kind {
            StepKind::CreateCallback => {
                other.contact_id == call.contact_id
                    && other.after.callback_at.map(second) == call.after.callback_at.map(second)
            }
            _ => second(other.started_at) == second(call.started_at),
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
    pub(crate) fn is_claimed(&self, by_other_than: WrapUpId, proven: &Proof) -> bool {
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
        let receipts = state.receipts.iter();
        let mut others = receipts.filter(|receipt| receipt.wrap_up_id != by_other_than);
        in_outbox
            || others.any(|receipt| {
                is_own_task(&receipt.task_id)
                    || receipt.steps.iter().any(|(_, proof)| is_same(proof))
            })
    }
}

/// The rep, and the key's user, to whom Apollo credits a call when it does not accept the rep.
pub(crate) fn with_key_user(rep: &UserId, key_user: Option<&UserId>) -> Vec<UserId> {
    let mut users = vec![rep.clone()];
    users.extend(key_user.filter(|user| *user != rep).cloned());
    users
}

fn proven<Id>(verdict: Verdict<Id>, proof: impl Fn(Id) -> Proof) -> Verdict<Proof> {
    match verdict {
        Verdict::Present(id) => Verdict::Present(proof(id)),
        Verdict::Near(id) => Verdict::Near(proof(id)),
        Verdict::Absent => Verdict::Absent,
        Verdict::Unclear => Verdict::Unclear,
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
