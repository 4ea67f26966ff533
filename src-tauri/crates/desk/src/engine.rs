//! The wrap-up engine: sends what is in the outbox, in the background, exactly once.
//!
//! Promises: a wrap-up is in the outbox only once it is durable; a step is durable as *in flight*
//! before its request leaves; steps of one wrap-up go in order, wrap-ups go in parallel, and one
//! that is blocked holds up no other. A call log whose fate is unknown is looked up before it is
//! sent again. Must never: decide by itself what [`crate::wrap_up::apply`] decides.

mod outcome;

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use apollo::{
    ids::CallId,
    types::{CompleteOutcome, NewPhoneCall, PhoneCall, SkipOutcome},
};
use clock::{SharedClock, Timestamp};
use futures_util::{StreamExt, stream::FuturesUnordered};
use indexmap::IndexMap;
use tokio::sync::Notify;
use tracing::{debug, info, warn};

pub use outcome::{Answered, event_for};

use crate::{
    ports::{Apollo, Store, StoreError},
    wrap_up::{
        CallWork, Event, Plan, Proof, ProofKind, ReceiptRecord, SETTLING_TIME_MS, StepKind,
        StepState, Verdict, WaitReason, Work, WrapUp, WrapUpId, apply, judge, plan, search_dates,
    },
};

/// How many wrap-ups are sent at the same time.
const PARALLEL_WRAP_UPS: usize = 4;
/// How long a wrap-up rests when the disk refuses to record its progress.
const DISK_REST_MS: u64 = 5_000;
/// How soon Apollo is first searched for a call whose reply was lost.
const FIRST_LOOK_MS: i64 = 2_000;
/// How often it is searched again while it is too early to count.
const NEXT_LOOK_MS: i64 = 15_000;
/// Pages of the call search that are read for one look-up.
const LOOK_UP_PAGES_MAX: u32 = 20;
/// The longest nap: also bounds what a wall clock that was set back can do.
const NAP_MS_MAX: u64 = 60_000;

/// Called after every change that a window or a test may want to see.
pub type OnChange = Arc<dyn Fn() + Send + Sync>;
/// Hears how each request went: the error, or none.
pub type OnAnswer = Arc<dyn Fn(Option<&apollo::Error>) + Send + Sync>;

/// See the module.
pub struct Engine {
    apollo: Arc<dyn Apollo>,
    store: Arc<dyn Store>,
    clock: SharedClock,
    state: Mutex<State>,
    /// Held from reading a step until what became of it is on disk and in memory: a person's word
    /// that is slow on its way to disk must not undo what was written since.
    recording: tokio::sync::Mutex<()>,
    wake: Notify,
    on_change: OnChange,
    on_answer: OnAnswer,
}

#[derive(Default)]
struct State {
    outbox: IndexMap<WrapUpId, WrapUp>,
    /// Acknowledged since the engine started, or earlier today.
    receipts: Vec<ReceiptRecord>,
    running: HashSet<WrapUpId>,
    /// Wrap-ups whose progress the disk refused, until when (elapsed time).
    resting: HashMap<WrapUpId, Duration>,
}

impl Engine {
    /// An engine over what the store holds. Steps that were in flight when the process died have
    /// an unknown fate.
    pub async fn restore(
        apollo: Arc<dyn Apollo>,
        store: Arc<dyn Store>,
        clock: SharedClock,
        receipts_since: Timestamp,
        on_change: OnChange,
        on_answer: OnAnswer,
    ) -> Result<Self, StoreError> {
        let now = clock.now();
        let mut outbox = IndexMap::new();
        for mut wrap_up in store.wrap_ups().await? {
            let mut recovered = false;
            for step in &mut wrap_up.steps {
                if matches!(step.state, StepState::InFlight { .. }) {
                    match apply(step, lost_at(now, step.kind)) {
                        Ok(next) => *step = next,
                        Err(illegal) => warn!(wrap_up = %wrap_up.id, %illegal, "not recovered"),
                    }
                    recovered = true;
                }
            }
            if recovered {
                info!(wrap_up = %wrap_up.id, "was in flight when Handset stopped; looking it up");
            }
            outbox.insert(wrap_up.id, wrap_up);
        }
        let receipts = store.receipts(receipts_since).await?;
        Ok(Self {
            apollo,
            store,
            clock,
            state: Mutex::new(State {
                outbox,
                receipts,
                ..State::default()
            }),
            recording: tokio::sync::Mutex::new(()),
            wake: Notify::new(),
            on_change,
            on_answer,
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a wrap-up into the outbox. When this returns `Ok`, it is durable.
    pub async fn save(&self, wrap_up: WrapUp) -> Result<(), StoreError> {
        self.store.put_wrap_up(&wrap_up).await?;
        info!(wrap_up = %wrap_up.id, steps = wrap_up.steps.len(), "saved");
        self.state().outbox.insert(wrap_up.id, wrap_up);
        (self.on_change)();
        self.wake.notify_one();
        Ok(())
    }

    /// The wrap-ups that are not acknowledged, oldest first.
    pub fn outbox(&self) -> Vec<WrapUp> {
        self.state().outbox.values().cloned().collect()
    }

    /// The acknowledged ones, oldest first.
    pub fn receipts(&self) -> Vec<ReceiptRecord> {
        self.state().receipts.clone()
    }

    /// How many are not acknowledged, and how many of those wait for a person.
    pub fn unsent(&self) -> (u32, u32) {
        let state = self.state();
        let blocked = state
            .outbox
            .values()
            .filter(|wrap_up| wrap_up.blocked().is_some())
            .count();
        (count(state.outbox.len()), count(blocked))
    }

    /// A person asked to try a wrap-up again now.
    pub async fn retry(&self, id: WrapUpId) -> Result<(), StoreError> {
        let step = self.state().outbox.get(&id).and_then(WrapUp::current_step);
        if let Some(step) = step {
            self.record(id, step, Event::PersonRetries).await?;
        }
        Ok(())
    }

    /// There is a new key: what waited for one goes on.
    pub async fn key_changed(&self) -> Result<(), StoreError> {
        let waiting: Vec<_> = self
            .state()
            .outbox
            .values()
            .filter_map(|wrap_up| {
                let index = wrap_up.current_step()?;
                let step = wrap_up.steps.get(index)?;
                matches!(
                    step.state,
                    StepState::Waiting {
                        reason: WaitReason::Key,
                        ..
                    }
                )
                .then_some((wrap_up.id, index))
            })
            .collect();
        for (id, step) in waiting {
            self.record(id, step, Event::Released).await?;
        }
        Ok(())
    }

    /// Sends until it is dropped.
    pub async fn run(&self) {
        let mut at_work = FuturesUnordered::new();
        loop {
            let (runnable, nap) = self.runnable(PARALLEL_WRAP_UPS.saturating_sub(at_work.len()));
            for (id, action) in runnable {
                at_work.push(Box::pin(async move {
                    self.act(id, action).await;
                    id
                }));
            }
            tokio::select! {
                Some(id) = at_work.next(), if !at_work.is_empty() => {
                    self.state().running.remove(&id);
                    (self.on_change)();
                }
                () = self.wake.notified() => {}
                () = self.clock.sleep(nap) => {}
            }
        }
    }

    /// Up to `most` wrap-ups that can be acted on now, and how long to sleep if nothing happens.
    fn runnable(&self, most: usize) -> (Vec<(WrapUpId, Plan)>, Duration) {
        let now = self.clock.now();
        let elapsed = self.clock.elapsed();
        let mut state = self.state();
        state.resting.retain(|_, until| *until > elapsed);
        let mut nap = Duration::from_millis(NAP_MS_MAX);
        let mut runnable = Vec::new();
        for (id, wrap_up) in &state.outbox {
            if state.running.contains(id) {
                continue;
            }
            if let Some(until) = state.resting.get(id) {
                nap = nap.min(until.saturating_sub(elapsed));
                continue;
            }
            match plan(wrap_up, now) {
                Plan::InFlight | Plan::AskPerson => {}
                Plan::WaitUntil(until) => {
                    let wait = Duration::try_from(until.duration_since(now)).unwrap_or_default();
                    nap = nap.min(wait);
                }
                action if runnable.len() < most => runnable.push((*id, action)),
                _ => {}
            }
        }
        for (id, _) in &runnable {
            state.running.insert(*id);
        }
        (runnable, nap.max(Duration::from_millis(1)))
    }

    async fn act(&self, id: WrapUpId, action: Plan) {
        let Some(wrap_up) = self.state().outbox.get(&id).cloned() else {
            return;
        };
        let result = match action {
            Plan::Send { step } => self.send(&wrap_up, step).await,
            Plan::LookUp { step } => self.look_up(&wrap_up, step).await,
            Plan::Release { step } => self.record(id, step, Event::Released).await,
            Plan::Acknowledge => self.acknowledge(&wrap_up).await,
            Plan::WaitUntil(_) | Plan::InFlight | Plan::AskPerson => Ok(()),
        };
        if let Err(error) = result {
            warn!(wrap_up = %id, %error, "progress could not be kept; trying again");
            let until = self.clock.elapsed() + Duration::from_millis(DISK_REST_MS);
            let mut state = self.state();
            state.resting.insert(id, until);
            // A step whose answer could not be recorded has, for all the disk knows, an unknown
            // fate: say the same in memory, so that it is looked up and not sent again.
            let now = self.clock.now();
            if let Some(wrap_up) = state.outbox.get_mut(&id) {
                for step in &mut wrap_up.steps {
                    if matches!(step.state, StepState::InFlight { .. })
                        && let Ok(next) = apply(step, lost_at(now, step.kind))
                    {
                        *step = next;
                    }
                }
            }
        }
    }

    async fn send(&self, wrap_up: &WrapUp, index: usize) -> Result<(), StoreError> {
        let Some(step) = wrap_up.steps.get(index) else {
            return Ok(());
        };
        let (kind, attempt) = (step.kind, step.attempts + 1);
        self.record(
            wrap_up.id,
            index,
            Event::Sending {
                at: self.clock.now(),
            },
        )
        .await?;
        (self.on_change)();
        let answered = self.perform(wrap_up, kind).await;
        (self.on_answer)(answered.as_ref().err());
        match &answered {
            Ok(_) => info!(wrap_up = %wrap_up.id, step = ?kind, attempt, "acknowledged"),
            Err(error) => warn!(wrap_up = %wrap_up.id, step = ?kind, attempt, %error, "not sent"),
        }
        let event = event_for(kind, attempt, answered, self.clock.now());
        self.record(wrap_up.id, index, event).await
    }

    async fn perform(&self, wrap_up: &WrapUp, kind: StepKind) -> Result<Answered, apollo::Error> {
        match (kind, &wrap_up.work) {
            (StepKind::LogCall, Work::Call(call)) => {
                let record = self.apollo.log_call(&new_phone_call(wrap_up, call)).await?;
                Ok(Answered::Logged(record.id))
            }
            (StepKind::CompleteTask, _) | (StepKind::LogCall, Work::Skip { .. }) => {
                Ok(match self.apollo.complete_task(&wrap_up.task_id).await? {
                    CompleteOutcome::Completed => Answered::Finished,
                    CompleteOutcome::AlreadyFinished => Answered::AlreadyFinished,
                    CompleteOutcome::Deleted => Answered::Deleted,
                })
            }
            (StepKind::SkipTask, work) => {
                let note = match work {
                    Work::Skip { note, .. } if !note.trim().is_empty() => Some(note.trim()),
                    _ => None,
                };
                Ok(match self.apollo.skip_task(&wrap_up.task_id, note).await? {
                    SkipOutcome::Skipped => Answered::Finished,
                    SkipOutcome::AlreadyFinished => Answered::AlreadyFinished,
                    SkipOutcome::Deleted => Answered::Deleted,
                })
            }
        }
    }

    /// Searches Apollo for a step whose reply was lost.
    async fn look_up(&self, wrap_up: &WrapUp, index: usize) -> Result<(), StoreError> {
        let now = self.clock.now();
        let Some(step) = wrap_up.steps.get(index) else {
            return Ok(());
        };
        let StepState::Unknown { settles_at, .. } = step.state else {
            return Ok(());
        };
        let (StepKind::LogCall, Work::Call(call)) = (step.kind, &wrap_up.work) else {
            // Completing and skipping can be sent again without harm: Apollo says so when it had
            // them already.
            return self.record(wrap_up.id, index, Event::ProvenAbsent).await;
        };
        let later = || Event::StillUnclear {
            look_at: after(now, NEXT_LOOK_MS),
        };
        let event = match self.calls_around(wrap_up, call).await {
            Err(error) => {
                (self.on_answer)(Some(&error));
                warn!(wrap_up = %wrap_up.id, %error, "could not be looked up");
                later()
            }
            Ok((found, whole_search_read)) => {
                (self.on_answer)(None);
                let claimed = |call_id: &CallId| self.is_claimed(call_id);
                let settled = now >= settles_at;
                match judge(wrap_up, call, &found, whole_search_read, settled, &claimed) {
                    Verdict::Present(call_id) => {
                        info!(wrap_up = %wrap_up.id, call = %call_id, "found in Apollo");
                        Event::Found(Proof {
                            at: now,
                            how: ProofKind::Found,
                            call_id: Some(call_id),
                        })
                    }
                    Verdict::Absent => {
                        info!(wrap_up = %wrap_up.id, "proven absent; sending again");
                        Event::ProvenAbsent
                    }
                    Verdict::Unclear => {
                        debug!(wrap_up = %wrap_up.id, "not there yet");
                        later()
                    }
                }
            }
        };
        self.record(wrap_up.id, index, event).await
    }

    /// The rep's calls around `call`, and whether all of them were read.
    async fn calls_around(
        &self,
        wrap_up: &WrapUp,
        call: &CallWork,
    ) -> Result<(Vec<PhoneCall>, bool), apollo::Error> {
        let (from, to) = search_dates(call);
        let mut found = Vec::new();
        for number in 1..=LOOK_UP_PAGES_MAX {
            let page = self
                .apollo
                .calls_of(wrap_up.rep.id(), from, to, number)
                .await?;
            let last = page.next_page().is_none();
            let whole = page.dropped_rows == 0;
            found.extend(page.rows);
            if last {
                return Ok((found, whole));
            }
        }
        Ok((found, false))
    }

    fn is_claimed(&self, call_id: &CallId) -> bool {
        let state = self.state();
        let in_outbox = state.outbox.values().flat_map(|wrap_up| &wrap_up.steps).any(|step| {
            matches!(&step.state, StepState::Done(proof) if proof.call_id.as_ref() == Some(call_id))
        });
        in_outbox
            || state
                .receipts
                .iter()
                .any(|receipt| receipt.call_id().as_ref() == Some(call_id))
    }

    async fn acknowledge(&self, wrap_up: &WrapUp) -> Result<(), StoreError> {
        let receipt = wrap_up.receipt();
        self.store.acknowledge(&receipt).await?;
        info!(wrap_up = %wrap_up.id, "complete; its content is erased here");
        let mut state = self.state();
        state.outbox.shift_remove(&wrap_up.id);
        state.receipts.push(receipt);
        Ok(())
    }

    /// Moves one step, on disk first and then in memory.
    async fn record(&self, id: WrapUpId, index: usize, event: Event) -> Result<(), StoreError> {
        let _one_at_a_time = self.recording.lock().await;
        let Some(mut wrap_up) = self.state().outbox.get(&id).cloned() else {
            return Ok(());
        };
        let Some(step) = wrap_up.steps.get_mut(index) else {
            return Ok(());
        };
        match apply(step, event) {
            Ok(next) => *step = next,
            Err(illegal) => {
                warn!(wrap_up = %id, %illegal, "refused");
                return Ok(());
            }
        }
        self.store.put_wrap_up(&wrap_up).await?;
        if let Some(kept) = self.state().outbox.get_mut(&id) {
            *kept = wrap_up;
        }
        self.wake.notify_one();
        Ok(())
    }
}

fn new_phone_call(wrap_up: &WrapUp, call: &CallWork) -> NewPhoneCall {
    NewPhoneCall {
        contact_id: call.contact_id.clone(),
        account_id: call.account_id.clone(),
        to_number: call.to_number.clone(),
        status: Some(call.status.clone()),
        start_time: Some(call.started_at),
        end_time: Some(call.ended_at),
        duration_s: Some(call.duration_s()),
        outcome_id: call.outcome_id.clone(),
        purpose_id: call.purpose_id.clone(),
        note: call.note_as_sent(),
        call_identifier: Some(wrap_up.id.to_string()),
        ..NewPhoneCall::by(wrap_up.rep.id().clone())
    }
}

/// The event of a reply that will not come any more.
fn lost_at(now: Timestamp, kind: StepKind) -> Event {
    let look_at = match kind {
        StepKind::LogCall => after(now, FIRST_LOOK_MS),
        StepKind::CompleteTask | StepKind::SkipTask => now,
    };
    Event::ReplyLost {
        at: now,
        settles_at: after(now, SETTLING_TIME_MS),
        look_at,
    }
}

fn after(now: Timestamp, wait_ms: i64) -> Timestamp {
    now.saturating_add(jiff::SignedDuration::from_millis(wait_ms))
        .unwrap_or(Timestamp::MAX)
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
