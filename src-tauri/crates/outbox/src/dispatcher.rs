//! What the outbox does, one action after the other: it plans, sends, looks up, acknowledges, and rests
//! while the disk refuses.
//!
//! Promises: at most [`PARALLEL_WRAP_UPS`] actions at a time, one for each wrap-up; nothing is sent or
//! searched for while the disk has not recorded what went before. Must never: move a step but
//! through [`Outbox::record`].

use std::{sync::Arc, time::Duration};

use futures_util::{StreamExt, stream::FuturesUnordered};
use tracing::{debug, info, warn};

use domain::wrap_up::{
    BlockCode, Event, IllegalTransition, Plan, Proof, StepState, UnknownBecause, UnknownSince,
    Verdict, WaitReason, Work, WrapUp, WrapUpId, apply, next_look_up_ms,
};

use crate::{
    KeyInUse, Outbox, Rest, StoreError,
    classify_response::event_for,
    perform::perform,
    timing::{after, lost_at},
    waited_ms,
};

/// How many wrap-ups are sent at the same time.
const PARALLEL_WRAP_UPS: usize = 4;
/// How long a wrap-up first rests when the disk refuses to record its progress; doubled each time.
const DISK_REST_MS_MIN: u64 = 5_000;
/// The longest rest.
const DISK_REST_MS_MAX: u64 = 60_000;
/// The longest nap: also bounds what a wall clock that was set back can do.
const NAP_MS_MAX: u64 = 60_000;

/// Why a step could not be moved.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stuck {
    #[error(transparent)]
    Disk(#[from] StoreError),
    /// Somebody else moved the step in the meantime; what was meant to follow must not happen.
    #[error(transparent)]
    Illegal(#[from] IllegalTransition),
    #[error("the wrap-up was taken back or is complete")]
    NotThere,
}

/// An action that can be taken now, and the key that it was planned under.
struct Runnable {
    id: WrapUpId,
    action: Plan,
    key: Option<Arc<KeyInUse>>,
}

impl Outbox {
    /// Sends until it is dropped.
    pub async fn run(&self) {
        let mut at_work = FuturesUnordered::new();
        loop {
            let (runnable, nap) = self.runnable(at_work.len());
            for Runnable { id, action, key } in runnable {
                at_work.push(Box::pin(async move {
                    self.carry_out(id, action, key).await;
                    id
                }));
            }
            tokio::select! {
                Some(id) = at_work.next(), if !at_work.is_empty() => {
                    self.state().running.remove(&id);
                    self.ended.notify_waiters();
                    self.changed();
                }
                () = self.wake.notified() => {}
                () = self.clock.sleep(nap) => {}
            }
        }
    }

    /// The wrap-ups that can be acted on now, and how long to sleep if nothing happens.
    fn runnable(&self, at_work: usize) -> (Vec<Runnable>, Duration) {
        let now = self.moment();
        let mut state = self.state();
        let most = state.outage.room(PARALLEL_WRAP_UPS, at_work, now.elapsed);
        let mut nap = Duration::from_millis(NAP_MS_MAX);
        // A probe that is under way wakes the loop by its end.
        if let Some(probe_in) = state
            .outage
            .probe_in(now.elapsed)
            .filter(|wait| !wait.is_zero())
        {
            nap = nap.min(probe_in);
        }
        let mut runnable = Vec::new();
        for (id, wrap_up) in &state.outbox {
            if state.running.contains(id) {
                continue;
            }
            if let Some(rest) = state.resting.get(id)
                && rest.until > now.elapsed
            {
                nap = nap.min(rest.until.saturating_sub(now.elapsed));
                continue;
            }
            match state.plan(wrap_up, now) {
                Plan::InFlight | Plan::AskPerson | Plan::AwaitKey => {}
                Plan::WaitUntil(until) => {
                    let wait =
                        Duration::try_from(until.duration_since(now.wall)).unwrap_or_default();
                    nap = nap.min(wait);
                }
                action if runnable.len() < most => runnable.push(Runnable {
                    id: *id,
                    action,
                    key: state.key.clone(),
                }),
                _ => {}
            }
        }
        for Runnable { id, .. } in &runnable {
            state.running.insert(*id);
        }
        (runnable, nap.max(Duration::from_millis(1)))
    }

    async fn carry_out(&self, id: WrapUpId, action: Plan, key: Option<Arc<KeyInUse>>) {
        let Some(wrap_up) = self.state().outbox.get(&id).cloned() else {
            return;
        };
        let result = match self.catch_up(id).await {
            Ok(()) => self.act_on(&wrap_up, action, key).await,
            Err(stuck) => Err(stuck),
        };
        match result {
            Ok(()) => drop(self.state().resting.remove(&id)),
            Err(Stuck::Disk(error)) => {
                warn!(wrap_up = %id, %error, "progress could not be saved; trying again");
                self.rest(id, error);
            }
            // A person was faster: took it back, discarded it, asked for a retry.
            Err(stuck) => info!(wrap_up = %id, %stuck, "left alone"),
        }
    }

    async fn act_on(
        &self,
        wrap_up: &WrapUp,
        action: Plan,
        key: Option<Arc<KeyInUse>>,
    ) -> Result<(), Stuck> {
        let at = self.clock.now();
        match (action, key) {
            (Plan::Send { step }, Some(key)) => self.send(wrap_up, step, &key).await,
            (Plan::LookUp { step }, Some(key)) => self.look_up(wrap_up, step, &key).await,
            (Plan::LookUpFirst { step }, _) => {
                let event = Event::LookUpFirst { at };
                self.record(wrap_up.id, step, event).await.map(drop)
            }
            (Plan::Release { step }, _) => {
                let event = Event::Released;
                self.record(wrap_up.id, step, event).await.map(drop)
            }
            (Plan::Acknowledge, _) => self.acknowledge(wrap_up).await,
            (
                Plan::Send { .. }
                | Plan::LookUp { .. }
                | Plan::WaitUntil(_)
                | Plan::InFlight
                | Plan::AskPerson
                | Plan::AwaitKey,
                _,
            ) => Ok(()),
        }
    }

    /// Puts on disk what the disk refused before, so that Apollo is asked nothing while nothing can
    /// be recorded.
    async fn catch_up(&self, id: WrapUpId) -> Result<(), Stuck> {
        let _one_at_a_time = self.recording.lock().await;
        self.check_lease()?;
        let behind = {
            let state = self.state();
            let is_ahead = state
                .resting
                .get(&id)
                .is_some_and(|rest| rest.is_ahead_of_disk);
            is_ahead.then(|| state.outbox.get(&id).cloned()).flatten()
        };
        if let Some(wrap_up) = behind {
            self.store.put_wrap_up(&wrap_up).await?;
            if let Some(rest) = self.state().resting.get_mut(&id) {
                rest.is_ahead_of_disk = false;
            }
        }
        Ok(())
    }

    /// The disk refused: the wrap-up rests. A step whose answer could not be recorded has an unknown
    /// fate on disk. It gets the same state in memory, so that it is looked up and not sent again.
    fn rest(&self, id: WrapUpId, error: StoreError) {
        let now = self.moment();
        let mut state = self.state();
        let mut is_ahead_of_disk = state
            .resting
            .get(&id)
            .is_some_and(|rest| rest.is_ahead_of_disk);
        let failures = state.resting.get(&id).map_or(0, |rest| rest.failures);
        if let Some(wrap_up) = state.outbox.get_mut(&id) {
            for step in &mut wrap_up.steps {
                if matches!(step.state, StepState::InFlight { .. })
                    && let Ok(next) = apply(
                        step,
                        lost_at(now.wall, step.kind, UnknownBecause::ReplyLost),
                    )
                {
                    *step = next;
                    is_ahead_of_disk = true;
                }
            }
            if waited_ms(wrap_up).is_some() {
                let since = UnknownSince::in_this_run(now.elapsed);
                state.unknown_since.entry(id).or_insert(since);
            }
        }
        let rest_ms = (DISK_REST_MS_MIN << failures.min(8)).min(DISK_REST_MS_MAX);
        state.resting.insert(
            id,
            Rest {
                until: now.elapsed + Duration::from_millis(rest_ms),
                failures: failures.saturating_add(1),
                error,
                is_ahead_of_disk,
            },
        );
        drop(state);
        self.changed();
    }

    async fn send(&self, wrap_up: &WrapUp, index: usize, key: &KeyInUse) -> Result<(), Stuck> {
        let at = self.clock.now();
        // As it is on disk now: a person may have edited it since it was planned.
        let wrap_up = self
            .record(wrap_up.id, index, Event::Sending { at })
            .await?;
        let Some(step) = wrap_up.steps.get(index) else {
            return Err(Stuck::NotThere);
        };
        let (kind, attempt) = (step.kind, step.attempts);
        self.changed();
        let answered = perform(&*key.apollo, &wrap_up, step).await;
        match &answered {
            Ok(_) => info!(wrap_up = %wrap_up.id, step = ?kind, attempt, "acknowledged"),
            Err(error) => warn!(wrap_up = %wrap_up.id, step = ?kind, attempt, %error, "not sent"),
        }
        let is_back = self.handle_answer_for(answered.as_ref().err(), key);
        let event = event_for(kind, attempt, answered, self.clock.now());
        self.record(wrap_up.id, index, event).await?;
        self.go_on(is_back, key).await
    }

    /// Handles the result of a request that was sent with `key`. True if the network is back. The
    /// result for a key that is not in use any more says nothing about the one that is.
    fn handle_answer_for(&self, error: Option<&apollo::Error>, key: &KeyInUse) -> bool {
        if !self.is_in_use(key) {
            return false;
        }
        self.handle_answer(error);
        let elapsed = self.clock.elapsed();
        self.state().outage.handle(error, elapsed)
    }

    fn is_in_use(&self, key: &KeyInUse) -> bool {
        let state = self.state();
        let present = state.key.as_ref();
        present.is_some_and(|present| Arc::ptr_eq(&present.apollo, &key.apollo))
    }

    /// Lets the wrap-ups go on that waited for what was just received and recorded.
    async fn go_on(&self, is_back: bool, key: &KeyInUse) -> Result<(), Stuck> {
        if is_back {
            self.release(WaitReason::Offline).await?;
        }
        // A step that was refused with the former key would wait for the next one, which is here.
        if !self.is_in_use(key) && self.key().is_some() {
            self.release(WaitReason::Key).await?;
        }
        Ok(())
    }

    /// Searches Apollo for a step whose fate is unknown.
    async fn look_up(
        &self,
        wrap_up: &WrapUp,
        index: usize,
        key: &Arc<KeyInUse>,
    ) -> Result<(), Stuck> {
        let Some(step) = wrap_up.steps.get(index) else {
            return Err(Stuck::NotThere);
        };
        let StepState::Unknown { because, looks, .. } = step.state else {
            return Err(Stuck::NotThere);
        };
        let call = match &wrap_up.work {
            Work::Call(call) if !step.kind.is_idempotent() => call,
            // It does no harm to send it again: Apollo tells if it has it already.
            _ => {
                self.record(wrap_up.id, index, Event::ProvenAbsent).await?;
                return Ok(());
            }
        };
        let look_at = after(self.clock.now(), next_look_up_ms(looks));
        let verdict = self
            .search_for(wrap_up, call, step.kind, because, key)
            .await;
        let is_back = self.handle_answer_for(verdict.as_ref().err(), key);
        let event = match verdict {
            Err(error) => {
                warn!(wrap_up = %wrap_up.id, %error, "could not be looked up");
                Event::NotSearched { look_at }
            }
            Ok(Verdict::Present(proof)) => {
                info!(wrap_up = %wrap_up.id, step = ?step.kind, "found in Apollo");
                Event::Found(proof)
            }
            Ok(Verdict::Near(proof)) => {
                warn!(wrap_up = %wrap_up.id, step = ?step.kind, "Apollo holds one almost like it");
                Event::FoundNear(proof)
            }
            Ok(Verdict::Absent) => {
                info!(wrap_up = %wrap_up.id, step = ?step.kind, "proven absent");
                Event::ProvenAbsent
            }
            Ok(Verdict::Unclear) => {
                debug!(wrap_up = %wrap_up.id, "not there yet");
                let waited_ms = self.waited_ms(wrap_up.id);
                Event::StillUnclear { look_at, waited_ms }
            }
        };
        self.record(wrap_up.id, index, event).await?;
        self.go_on(is_back, key).await
    }

    /// How long the fate of a wrap-up's step has been unknown, in all runs.
    fn waited_ms(&self, id: WrapUpId) -> u64 {
        let elapsed = self.clock.elapsed();
        let since = self.state().unknown_since.get(&id).copied();
        let unknown_for = since.map_or(Duration::ZERO, |since| since.unknown_for(elapsed));
        u64::try_from(unknown_for.as_millis()).unwrap_or(u64::MAX)
    }

    async fn acknowledge(&self, wrap_up: &WrapUp) -> Result<(), Stuck> {
        let _one_at_a_time = self.recording.lock().await;
        self.check_lease()?;
        // As it is now: a person may have corrected something since it was planned.
        let wrap_up = self.state().outbox.get(&wrap_up.id).cloned();
        let Some(wrap_up) = wrap_up.filter(WrapUp::is_done) else {
            return Err(Stuck::NotThere);
        };
        let receipt = wrap_up.receipt();
        self.store.acknowledge(&receipt).await?;
        info!(wrap_up = %wrap_up.id, "complete; its content is erased here");
        let elapsed = self.clock.elapsed();
        self.state().close(&wrap_up, receipt, elapsed);
        Ok(())
    }

    /// Lets every wrap-up go on that waits for `awaited`.
    pub(crate) async fn release(&self, awaited: WaitReason) -> Result<(), StoreError> {
        let waiting: Vec<_> = self
            .state()
            .outbox
            .values()
            .filter_map(|wrap_up| {
                let index = wrap_up.current_step()?;
                match wrap_up.steps.get(index)?.state {
                    StepState::Waiting { reason, .. } if reason == awaited => {
                        Some((wrap_up.id, index))
                    }
                    _ => None,
                }
            })
            .collect();
        for (id, step) in waiting {
            match self.record(id, step, Event::Released).await {
                // It has gone on by itself.
                Ok(_) | Err(Stuck::Illegal(_) | Stuck::NotThere) => {}
                Err(Stuck::Disk(error)) => return Err(error),
            }
        }
        Ok(())
    }

    /// Moves one step, on disk first and then in memory. Returns the wrap-up as it is then.
    pub(crate) async fn record(
        &self,
        id: WrapUpId,
        index: usize,
        event: Event,
    ) -> Result<WrapUp, Stuck> {
        // The record as it was found, which may differ from the wrap-up here.
        let found = match &event {
            Event::Found(Proof {
                call_id: Some(call),
                ..
            }) => self.last_seen(call).await,
            _ => None,
        };
        let _one_at_a_time = self.recording.lock().await;
        self.check_lease()?;
        let wrap_up = self.state().outbox.get(&id).cloned();
        let mut wrap_up = wrap_up.ok_or(Stuck::NotThere)?;
        let event = match event {
            // Two look-ups at the same time may have found the same record: the first one has it.
            Event::Found(proof) if self.is_claimed(id, &proof) => Event::StillUnclear {
                look_at: after(self.clock.now(), next_look_up_ms(0)),
                waited_ms: self.waited_ms(id),
            },
            event => event,
        };
        let step = wrap_up.steps.get_mut(index).ok_or(Stuck::NotThere)?;
        let has_just_left = matches!(step.state, StepState::InFlight { .. });
        // How long it was unknown when a search last came back without it; none if it was answered.
        let unseen_ms = match step.state {
            StepState::Unknown { waited_ms, .. } => Some(waited_ms),
            _ => None,
        };
        // The step was refused for now, or was searched for and is not there, or the step before it
        // was written only now: this run knows that Apollo does not have the step that is next.
        let is_surely_absent = match &event {
            Event::RefusedForNow { .. } | Event::ProvenAbsent | Event::Acknowledged(_) => true,
            // A person has checked in Apollo.
            Event::PersonRetries { .. } => matches!(
                step.state,
                StepState::Unclear { .. }
                    | StepState::Blocked {
                        code: BlockCode::CannotBeLookedUp
                    }
            ),
            _ => false,
        };
        *step = apply(step, event)?;
        let found = match &found {
            Some(record) if matches!(step.state, StepState::Done(_)) => Some(record),
            _ => None,
        };
        let acknowledged = match (&step.state, step.kind.is_idempotent()) {
            (StepState::Done(proof), false) => proof.call_id.clone(),
            _ => None,
        };
        if let Some(record) = found {
            wrap_up.agree_with(record);
        }
        self.store.put_wrap_up(&wrap_up).await?;
        let now = self.moment();
        let mut state = self.state();
        if !matches!(
            wrap_up.steps.get(index).map(|step| &step.state),
            Some(StepState::Unknown { .. })
        ) {
            // Whatever is unknown behind it has its own time to wait.
            state.unknown_since.remove(&id);
        }
        if let Some(waited_ms) = waited_ms(&wrap_up) {
            let since = if has_just_left {
                UnknownSince::in_this_run(now.elapsed)
            } else {
                UnknownSince::in_earlier_run(waited_ms, now.elapsed)
            };
            state.unknown_since.entry(id).or_insert(since);
        } else {
            match (acknowledged, unseen_ms, &wrap_up.work) {
                (Some(_), Some(unseen_ms), _) => {
                    let lag = Duration::from_millis(unseen_ms);
                    state.index_lag.showed_after(lag);
                }
                (Some(call), None, Work::Call(work)) => {
                    let user = wrap_up.rep.id().clone();
                    let (index_lag, elapsed) = (&mut state.index_lag, now.elapsed);
                    index_lag.acknowledged(call, user, work.started_at, elapsed);
                }
                _ => {}
            }
        }
        if is_surely_absent {
            state.absent_at.insert(id, now);
        }
        state.outbox.insert(id, wrap_up.clone());
        drop(state);
        self.wake.notify_one();
        Ok(wrap_up)
    }
}
