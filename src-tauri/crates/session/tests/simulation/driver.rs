//! The engine's loop (crate `outbox`), as small as it can be: when to act, what to write down
//! first, what to forget at a crash. Every decision is the core's.
//!
//! It differs from the engine in one thing: without a network it does not send one probe at a time
//! but lets every wrap-up find out by itself, which is harder on the core.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use apollo::{Error, NetworkKind, types::PhoneCall, types::Task};
use clock::Timestamp;
use domain::{
    wrap_up::Event, wrap_up::IllegalTransition, wrap_up::IndexLag, wrap_up::Plan, wrap_up::Proof,
    wrap_up::ProofKind, wrap_up::ReceiptRecord, wrap_up::Search, wrap_up::StepKind,
    wrap_up::StepState, wrap_up::UnknownBecause, wrap_up::UnknownSince, wrap_up::Verdict,
    wrap_up::WaitReason, wrap_up::Work, wrap_up::WrapUp, wrap_up::WrapUpId, wrap_up::apply,
    wrap_up::judge_call, wrap_up::judge_callback, wrap_up::next_look_up_ms, wrap_up::plan,
    wrap_up::search_dates,
};
use jiff::SignedDuration;
use outbox::{Answered, event_for};

use crate::{disk::DiskFull, world::World};

const PARALLEL_WRAP_UPS: usize = 4;
const DISK_REST_MS: i64 = 5_000;
const FIRST_LOOK_UP_MS: i64 = 2_000;
const NAP_MS_MAX: i64 = 60_000;
/// How long a write to the disk takes, at least.
const WRITE_MS: i64 = 1;

/// One life of the process. All times are of the monotonic clock.
#[derive(Default)]
pub(crate) struct Life {
    pub(crate) outbox: BTreeMap<WrapUpId, WrapUp>,
    pub(crate) receipts: Vec<ReceiptRecord>,
    unknown_since: BTreeMap<WrapUpId, UnknownSince>,
    /// Wrap-ups of which this life knows that Apollo does not have the next step.
    pub(crate) absent: BTreeSet<WrapUpId>,
    index_lag: IndexLag,
    resting_until_ms: BTreeMap<WrapUpId, i64>,
    pub(crate) replies: Vec<Reply>,
    is_offline: bool,
    pub(crate) wakes_at_ms: i64,
}

/// A reply on its way, and what it is to.
pub(crate) struct Reply {
    pub(crate) at_ms: i64,
    pub(crate) wrap_up: WrapUpId,
    pub(crate) step: usize,
    pub(crate) what: Answer,
    /// A person has given the wrap-up up since.
    pub(crate) is_stale: bool,
}

pub(crate) enum Answer {
    Written(Result<Answered, Error>),
    Searched {
        found: Result<Found, Error>,
        is_whole: bool,
        is_settled: bool,
    },
}

pub(crate) enum Found {
    Calls(Vec<PhoneCall>),
    Tasks(Vec<Task>),
}

/// Why a step could not be moved.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stuck {
    #[error("the disk refused")]
    Disk,
    #[error(transparent)]
    Illegal(#[from] IllegalTransition),
    #[error("there is no such step")]
    NotThere,
}

impl From<DiskFull> for Stuck {
    fn from(_: DiskFull) -> Self {
        Self::Disk
    }
}

fn after(now: Timestamp, wait_ms: i64) -> Timestamp {
    now.checked_add(SignedDuration::from_millis(wait_ms))
        .expect("within time")
}

fn lost_at(now: Timestamp, kind: StepKind) -> Event {
    let look_at = if kind.is_idempotent() {
        now
    } else {
        after(now, FIRST_LOOK_UP_MS)
    };
    Event::ReplyLost {
        at: now,
        look_at,
        because: UnknownBecause::ReplyLost,
    }
}

/// The monotonic clock as the core reads it.
fn elapsed(mono_ms: i64) -> Duration {
    Duration::from_millis(mono_ms.unsigned_abs())
}

fn waited_ms(wrap_up: &WrapUp) -> Option<u64> {
    let mut steps = wrap_up.steps.iter();
    steps.find_map(|step| match step.state {
        StepState::Unknown { waited_ms, .. } => Some(waited_ms),
        _ => None,
    })
}

impl World {
    /// The process starts, with what is on disk.
    pub(crate) fn start(&mut self) {
        let (wrap_ups, receipts) = self.disk.read();
        let now = self.now();
        self.life = Life {
            receipts,
            wakes_at_ms: self.mono_ms,
            ..Life::default()
        };
        for mut wrap_up in wrap_ups {
            for step in &mut wrap_up.steps {
                if matches!(step.state, StepState::InFlight { .. }) {
                    *step = apply(step, lost_at(now, step.kind)).expect("drawn at StepState");
                }
            }
            if let Some(waited_ms) = waited_ms(&wrap_up) {
                let since = UnknownSince::in_earlier_run(waited_ms, elapsed(self.mono_ms));
                self.life.unknown_since.insert(wrap_up.id, since);
            }
            self.life.outbox.insert(wrap_up.id, wrap_up);
        }
    }

    /// Once around the engine's loop.
    pub(crate) fn look_around(&mut self) {
        let (now, elapsed) = (self.now(), self.mono_ms);
        let life = &mut self.life;
        life.resting_until_ms.retain(|_, until| *until > elapsed);
        let room = PARALLEL_WRAP_UPS.saturating_sub(life.replies.len());
        let mut nap_ms = NAP_MS_MAX;
        let mut runnable = Vec::new();
        for (id, wrap_up) in &life.outbox {
            if life.replies.iter().any(|reply| reply.wrap_up == *id) {
                continue;
            }
            if let Some(until) = life.resting_until_ms.get(id) {
                nap_ms = nap_ms.min(until - elapsed);
                continue;
            }
            let planned = match plan(wrap_up, now) {
                Plan::Send { step }
                    if !wrap_up.steps[step].kind.is_idempotent() && !life.absent.contains(id) =>
                {
                    Plan::LookUpFirst { step }
                }
                planned => planned,
            };
            match planned {
                Plan::InFlight | Plan::AskPerson | Plan::AwaitKey => {}
                Plan::WaitUntil(until) => {
                    let wait_ms = until.as_millisecond() - now.as_millisecond();
                    nap_ms = nap_ms.min(wait_ms);
                }
                action if runnable.len() < room => runnable.push((*id, action)),
                _ => {}
            }
        }
        life.wakes_at_ms = elapsed + nap_ms.max(WRITE_MS);
        for (id, action) in runnable {
            let done = match action {
                Plan::Send { step } => self.send(id, step),
                Plan::LookUp { step } => self.look_up(id, step),
                Plan::LookUpFirst { step } => self.record(id, step, Event::LookUpFirst { at: now }),
                Plan::Release { step } => self.record(id, step, Event::Released),
                Plan::Acknowledge => self.acknowledge(id),
                Plan::WaitUntil(_) | Plan::InFlight | Plan::AskPerson | Plan::AwaitKey => Ok(()),
            };
            self.settle(id, done, false);
        }
    }

    /// What the engine does when a step could not be moved.
    fn settle(&mut self, id: WrapUpId, done: Result<(), Stuck>, may_be_stale: bool) {
        match done {
            Ok(()) => {}
            Err(Stuck::Disk) => self.rest(id),
            // A person was faster; what was refused changed nothing.
            Err(_) if may_be_stale => {}
            Err(stuck) => self.violated(&format!("nobody interfered, and yet: {stuck}")),
        }
    }

    /// The disk refused; see the engine's function of the same name.
    fn rest(&mut self, id: WrapUpId) {
        let now = self.now();
        let until_ms = self.mono_ms + DISK_REST_MS;
        let life = &mut self.life;
        life.resting_until_ms.insert(id, until_ms);
        let Some(wrap_up) = life.outbox.get_mut(&id) else {
            return;
        };
        for step in &mut wrap_up.steps {
            if matches!(step.state, StepState::InFlight { .. }) {
                *step = apply(step, lost_at(now, step.kind)).expect("drawn at StepState");
            }
        }
        let since = UnknownSince::in_this_run(elapsed(self.mono_ms));
        life.unknown_since.entry(id).or_insert(since);
        life.wakes_at_ms = self.mono_ms + WRITE_MS;
    }

    /// Moves one step, on disk first and then in memory.
    pub(crate) fn record(&mut self, id: WrapUpId, step: usize, event: Event) -> Result<(), Stuck> {
        let mut wrap_up = self.life.outbox.get(&id).cloned().ok_or(Stuck::NotThere)?;
        let is_surely_absent = matches!(
            event,
            Event::RefusedForNow { .. } | Event::ProvenAbsent | Event::Acknowledged(_)
        );
        let step = wrap_up.steps.get_mut(step).ok_or(Stuck::NotThere)?;
        let unseen_ms = match step.state {
            StepState::Unknown { waited_ms, .. } => Some(waited_ms),
            _ => None,
        };
        *step = apply(step, event)?;
        let acknowledged = match (&step.state, step.kind.is_idempotent()) {
            (StepState::Done(proof), false) => proof.call_id.clone(),
            _ => None,
        };
        self.disk.put(&wrap_up)?;
        let now = elapsed(self.mono_ms);
        let life = &mut self.life;
        if waited_ms(&wrap_up).is_some() {
            let since = UnknownSince::in_this_run(now);
            life.unknown_since.entry(id).or_insert(since);
        } else {
            life.unknown_since.remove(&id);
            match (acknowledged, unseen_ms, &wrap_up.work) {
                (Some(_), Some(unseen_ms), _) => {
                    life.index_lag
                        .showed_after(Duration::from_millis(unseen_ms));
                }
                (Some(call), None, Work::Call(work)) => {
                    let user = wrap_up.rep.id().clone();
                    life.index_lag
                        .acknowledged(call, user, work.started_at, now);
                }
                _ => {}
            }
        }
        if is_surely_absent {
            life.absent.insert(id);
        }
        self.life.outbox.insert(id, wrap_up);
        self.life.wakes_at_ms = self.mono_ms + WRITE_MS;
        Ok(())
    }

    fn send(&mut self, id: WrapUpId, step: usize) -> Result<(), Stuck> {
        let at = self.now();
        self.record(id, step, Event::Sending { at })?;
        let (after_ms, answer) = self.request(id, step);
        self.expect_reply(id, step, after_ms, Answer::Written(answer));
        Ok(())
    }

    fn expect_reply(&mut self, wrap_up: WrapUpId, step: usize, after_ms: i64, what: Answer) {
        self.life.replies.push(Reply {
            at_ms: self.mono_ms + after_ms.max(WRITE_MS),
            wrap_up,
            step,
            what,
            is_stale: false,
        });
    }

    fn look_up(&mut self, id: WrapUpId, step: usize) -> Result<(), Stuck> {
        let wrap_up = self.life.outbox.get(&id).ok_or(Stuck::NotThere)?;
        let kind = wrap_up.steps[step].kind;
        if kind.is_idempotent() {
            return self.record(id, step, Event::ProvenAbsent);
        }
        let StepState::Unknown { because, .. } = wrap_up.steps[step].state else {
            return Err(Stuck::NotThere);
        };
        let Work::Call(call) = &wrap_up.work else {
            return Err(Stuck::NotThere);
        };
        let sent_from = call.started_at;
        let now = elapsed(self.mono_ms);
        let since = *self
            .life
            .unknown_since
            .entry(id)
            .or_insert(UnknownSince::in_earlier_run(0, now));
        let is_settled =
            because == UnknownBecause::Earlier || self.life.index_lag.is_settled(since, now);
        let (after_ms, found, is_whole) = self.search(id, kind);
        if let (Ok(Found::Calls(calls)), true) = (&found, is_whole) {
            let users = [self.rep.id().clone()];
            let dates = search_dates(sent_from, self.now());
            self.life.index_lag.searched(&users, dates, calls, now);
        }
        let what = Answer::Searched {
            found,
            is_whole,
            is_settled,
        };
        self.expect_reply(id, step, after_ms, what);
        Ok(())
    }

    /// A reply is here.
    pub(crate) fn receive(&mut self, reply: &Reply) {
        let id = reply.wrap_up;
        let done = self.act_on(reply);
        self.settle(id, done, reply.is_stale);
        self.life.wakes_at_ms = self.mono_ms;
    }

    fn act_on(&mut self, reply: &Reply) -> Result<(), Stuck> {
        let now = self.now();
        let id = reply.wrap_up;
        let wrap_up = self.life.outbox.get(&id).cloned().ok_or(Stuck::NotThere)?;
        let (is_back, event) = match &reply.what {
            Answer::Written(answered) => {
                let is_back = self.is_back(answered.as_ref().err());
                let step = wrap_up.steps.get(reply.step).ok_or(Stuck::NotThere)?;
                let event = event_for(step.kind, step.attempts, answered.clone(), now);
                (is_back, event)
            }
            Answer::Searched {
                found,
                is_whole,
                is_settled,
            } => {
                let is_back = self.is_back(found.as_ref().err());
                let look_at = after(now, next_look_up_ms(0));
                let event = match found {
                    Err(_) => Event::NotSearched { look_at },
                    Ok(found) => match self.judge(&wrap_up, found, *is_whole, *is_settled) {
                        Verdict::Present(proof) => Event::Found(proof),
                        Verdict::Near(proof) => Event::FoundNear(proof),
                        Verdict::Absent => Event::ProvenAbsent,
                        Verdict::Unclear => Event::StillUnclear {
                            look_at,
                            waited_ms: self.waited_ms(id),
                        },
                    },
                };
                self.tally.found += u64::from(matches!(event, Event::Found(_)));
                self.tally.proven_absent += u64::from(event == Event::ProvenAbsent);
                (is_back, event)
            }
        };
        self.record(id, reply.step, event)?;
        if is_back {
            self.release(WaitReason::Offline)?;
        }
        Ok(())
    }

    fn waited_ms(&self, id: WrapUpId) -> u64 {
        let since = self.life.unknown_since.get(&id);
        let unknown_for = since.map(|since| since.unknown_for(elapsed(self.mono_ms)));
        u64::try_from(unknown_for.unwrap_or_default().as_millis()).expect("within time")
    }

    fn judge(
        &self,
        wrap_up: &WrapUp,
        found: &Found,
        is_whole: bool,
        is_settled: bool,
    ) -> Verdict<Proof> {
        let Work::Call(call) = &wrap_up.work else {
            return Verdict::Unclear;
        };
        let proof = |call_id, task_id| Proof {
            at: self.now(),
            how: ProofKind::Found,
            call_id,
            task_id,
        };
        match found {
            Found::Calls(calls) => {
                let search = Search {
                    found: calls,
                    key_user: None,
                    is_whole,
                    is_settled,
                };
                let claimed =
                    |id: &_| self.is_claimed(wrap_up, |proof| proof.call_id.as_ref() == Some(id));
                match judge_call(wrap_up, call, search, &claimed) {
                    Verdict::Present(id) => Verdict::Present(proof(Some(id), None)),
                    Verdict::Near(id) => Verdict::Near(proof(Some(id), None)),
                    Verdict::Absent => Verdict::Absent,
                    Verdict::Unclear => Verdict::Unclear,
                }
            }
            Found::Tasks(tasks) => {
                let search = Search {
                    found: tasks,
                    key_user: None,
                    is_whole,
                    is_settled,
                };
                let claimed =
                    |id: &_| self.is_claimed(wrap_up, |proof| proof.task_id.as_ref() == Some(id));
                match judge_callback(wrap_up, call, search, &claimed) {
                    Verdict::Present(id) => Verdict::Present(proof(None, Some(id))),
                    Verdict::Near(id) => Verdict::Near(proof(None, Some(id))),
                    Verdict::Absent => Verdict::Absent,
                    Verdict::Unclear => Verdict::Unclear,
                }
            }
        }
    }

    fn is_claimed(&self, by_other_than: &WrapUp, is_same: impl Fn(&Proof) -> bool) -> bool {
        let others = self.life.outbox.values();
        let mut in_outbox = others
            .filter(|wrap_up| wrap_up.id != by_other_than.id)
            .flat_map(|wrap_up| &wrap_up.steps);
        let mut in_receipts = self.life.receipts.iter().flat_map(|receipt| &receipt.steps);
        in_outbox.any(|step| matches!(&step.state, StepState::Done(proof) if is_same(proof)))
            || in_receipts.any(|(_, proof)| is_same(proof))
    }

    /// Notes how a request went. True if the network is back.
    fn is_back(&mut self, error: Option<&Error>) -> bool {
        match error {
            Some(
                Error::Network {
                    kind:
                        NetworkKind::Dns | NetworkKind::ConnectionRefused | NetworkKind::Tls { .. },
                }
                | Error::ProxyRefused
                | Error::CaptivePortal,
            ) => {
                self.life.is_offline = true;
                false
            }
            Some(Error::BudgetSpent { .. } | Error::NotSentInTime) => false,
            Some(
                Error::Network { .. } | Error::NotFromApollo { .. } | Error::Undecodable { .. },
            ) if self.life.is_offline => false,
            _ => std::mem::take(&mut self.life.is_offline),
        }
    }

    /// Lets everything go on that waits for `awaited`.
    pub(crate) fn release(&mut self, awaited: WaitReason) -> Result<(), Stuck> {
        let waiting: Vec<_> = self
            .life
            .outbox
            .values()
            .filter_map(|wrap_up| {
                let index = wrap_up.current_step()?;
                match wrap_up.steps[index].state {
                    StepState::Waiting { reason, .. } if reason == awaited => {
                        Some((wrap_up.id, index))
                    }
                    _ => None,
                }
            })
            .collect();
        for (id, step) in waiting {
            self.record(id, step, Event::Released)?;
        }
        Ok(())
    }

    fn acknowledge(&mut self, id: WrapUpId) -> Result<(), Stuck> {
        let wrap_up = self.life.outbox.get(&id).ok_or(Stuck::NotThere)?;
        let receipt = wrap_up.receipt();
        self.disk.acknowledge(&receipt)?;
        self.close(receipt);
        Ok(())
    }

    /// A wrap-up leaves the outbox; its receipt stays.
    pub(crate) fn close(&mut self, receipt: ReceiptRecord) {
        let id = receipt.wrap_up_id;
        self.life.outbox.remove(&id);
        self.life.unknown_since.remove(&id);
        self.life.absent.remove(&id);
        self.life.receipts.push(receipt);
    }
}
