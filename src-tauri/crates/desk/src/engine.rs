//! The wrap-up engine: sends what is in the outbox, in the background, exactly once.
//!
//! Promises: a wrap-up is in the outbox only once it is durable; a step is durable as *in flight*
//! before its request leaves; steps of one wrap-up go in order, wrap-ups go in parallel, and one
//! that is blocked holds up no other. A call log whose fate is unknown is looked up before it is
//! sent again. Must never: decide by itself what [`crate::wrap_up::apply`] decides.

mod look_up;
mod outage;
mod outcome;
mod perform;
mod person;
mod verifying;

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use apollo::ids::ContactId;
use clock::{SharedClock, Timestamp};
use futures_util::{StreamExt, stream::FuturesUnordered};
use indexmap::IndexMap;
use tokio::sync::Notify;
use tracing::{debug, info, warn};

pub use outcome::{Answered, event_for};
pub use person::Refusal;

use self::outage::Outage;
use crate::{
    ports::{Apollo, Store, StoreError},
    wrap_up::{
        CallResult, Event, IllegalTransition, NEXT_LOOK_MS, Plan, ReceiptRecord, SETTLING_TIME_MS,
        StepKind, StepState, Verdict, WaitReason, Work, WrapUp, WrapUpId, apply, plan,
    },
};

/// How many wrap-ups are sent at the same time.
const PARALLEL_WRAP_UPS: usize = 4;
/// How long a wrap-up rests when the disk refuses to record its progress.
const DISK_REST_MS: u64 = 5_000;
/// How soon Apollo is first searched for what may have been sent.
const FIRST_LOOK_MS: i64 = 2_000;
/// How often it is looked whether all is sent, while Handset stops.
const FINISHING_LOOK_MS: u64 = 50;
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
    /// What this run remembers of their content.
    remembered: HashMap<WrapUpId, Content>,
    running: HashSet<WrapUpId>,
    /// Wrap-ups whose progress the disk refused, until when (elapsed time).
    resting: HashMap<WrapUpId, Duration>,
    /// Since when (elapsed time, which nobody can set) the fate of a wrap-up's step is unknown to
    /// this run.
    unknown_since: HashMap<WrapUpId, Duration>,
    outage: Outage,
    /// Handset is about to stop: nothing is held back any more.
    is_closing: bool,
}

/// The content of an acknowledged wrap-up, in memory only.
#[derive(Clone)]
struct Content {
    contact_id: Option<ContactId>,
    result: CallResult,
}

/// Why a step could not be moved.
#[derive(Debug, thiserror::Error)]
enum Stuck {
    #[error(transparent)]
    Disk(#[from] StoreError),
    /// Somebody else moved it in the meantime; whatever was meant to follow must not.
    #[error(transparent)]
    Illegal(#[from] IllegalTransition),
    #[error("the wrap-up was taken back or is complete")]
    NotThere,
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
        let elapsed = clock.elapsed();
        let unknown_since = outbox
            .values()
            .filter(|wrap_up| is_unknown(wrap_up))
            .map(|wrap_up| (wrap_up.id, elapsed))
            .collect();
        Ok(Self {
            apollo,
            store,
            clock,
            state: Mutex::new(State {
                outbox,
                receipts,
                unknown_since,
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

    /// There is a new key: what waited for one goes on.
    pub async fn key_changed(&self) -> Result<(), StoreError> {
        self.release(WaitReason::Key).await
    }

    /// Lets everything go on that waits for `awaited`.
    async fn release(&self, awaited: WaitReason) -> Result<(), StoreError> {
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

    /// Whether wrap-ups are held back for an undo: not while Handset is about to stop.
    pub fn hold(&self, holds: bool) {
        self.state().is_closing = !holds;
        self.wake.notify_one();
    }

    /// Waits until nothing is under way and nothing could be sent now, at most `grace`.
    pub async fn finish_up(&self, grace: Duration) {
        let idle = async {
            loop {
                let is_idle = {
                    let now = self.clock.now();
                    let state = self.state();
                    state.running.is_empty()
                        && !state
                            .outbox
                            .values()
                            .any(|wrap_up| state.can_act(wrap_up, now))
                };
                if is_idle {
                    return;
                }
                self.clock
                    .sleep(Duration::from_millis(FINISHING_LOOK_MS))
                    .await;
            }
        };
        if clock::within(&*self.clock, grace, idle).await.is_none() {
            info!("some wrap-ups are not sent yet; they go next time");
        }
    }

    /// Sends until it is dropped.
    pub async fn run(&self) {
        let mut at_work = FuturesUnordered::new();
        loop {
            let (runnable, nap) = self.runnable(at_work.len());
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

    /// The wrap-ups that can be acted on now, and how long to sleep if nothing happens.
    fn runnable(&self, at_work: usize) -> (Vec<(WrapUpId, Plan)>, Duration) {
        let now = self.clock.now();
        let elapsed = self.clock.elapsed();
        let mut state = self.state();
        state.resting.retain(|_, until| *until > elapsed);
        let most = state.outage.room(PARALLEL_WRAP_UPS, at_work, elapsed);
        let mut nap = Duration::from_millis(NAP_MS_MAX);
        // A probe that is under way wakes the loop by its end.
        if let Some(probe_in) = state
            .outage
            .probe_in(elapsed)
            .filter(|wait| !wait.is_zero())
        {
            nap = nap.min(probe_in);
        }
        let mut runnable = Vec::new();
        for (id, wrap_up) in &state.outbox {
            if state.running.contains(id) {
                continue;
            }
            if let Some(until) = state.resting.get(id) {
                nap = nap.min(until.saturating_sub(elapsed));
                continue;
            }
            match state.plan(wrap_up, now) {
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
            Plan::Release { step } => self.record(id, step, Event::Released).await.map(drop),
            Plan::Acknowledge => self.acknowledge(&wrap_up).await,
            Plan::WaitUntil(_) | Plan::InFlight | Plan::AskPerson => Ok(()),
        };
        match result {
            Ok(()) => {}
            Err(Stuck::Disk(error)) => {
                warn!(wrap_up = %id, %error, "progress could not be kept; trying again");
                self.rest(id);
            }
            // A person was faster: took it back, discarded it, asked for a retry.
            Err(stuck) => info!(wrap_up = %id, %stuck, "left alone"),
        }
    }

    /// The disk refused: the wrap-up rests. A step whose answer could not be recorded has, for all
    /// the disk knows, an unknown fate: the same is said in memory, so that it is looked up and
    /// not sent again.
    fn rest(&self, id: WrapUpId) {
        let now = self.clock.now();
        let elapsed = self.clock.elapsed();
        let mut state = self.state();
        let until = elapsed + Duration::from_millis(DISK_REST_MS);
        state.resting.insert(id, until);
        let Some(wrap_up) = state.outbox.get_mut(&id) else {
            return;
        };
        for step in &mut wrap_up.steps {
            if matches!(step.state, StepState::InFlight { .. })
                && let Ok(next) = apply(step, lost_at(now, step.kind))
            {
                *step = next;
            }
        }
        state.unknown_since.insert(id, elapsed);
    }

    async fn send(&self, wrap_up: &WrapUp, index: usize) -> Result<(), Stuck> {
        let at = self.clock.now();
        // As it is on disk now: a person may have edited it since it was planned.
        let wrap_up = self
            .record(wrap_up.id, index, Event::Sending { at })
            .await?;
        let Some(step) = wrap_up.steps.get(index) else {
            return Err(Stuck::NotThere);
        };
        let (kind, attempt) = (step.kind, step.attempts);
        (self.on_change)();
        let answered = perform::perform(&*self.apollo, &wrap_up, kind).await;
        match &answered {
            Ok(_) => info!(wrap_up = %wrap_up.id, step = ?kind, attempt, "acknowledged"),
            Err(error) => warn!(wrap_up = %wrap_up.id, step = ?kind, attempt, %error, "not sent"),
        }
        let is_back = self.hear(answered.as_ref().err());
        let event = event_for(kind, attempt, answered, self.clock.now());
        self.record(wrap_up.id, index, event).await?;
        if is_back {
            self.release(WaitReason::Offline).await?;
        }
        Ok(())
    }

    /// Hears how a request went. True if the network is back.
    fn hear(&self, error: Option<&apollo::Error>) -> bool {
        (self.on_answer)(error);
        let elapsed = self.clock.elapsed();
        self.state().outage.hear(error, elapsed)
    }

    /// Searches Apollo for a step whose reply was lost.
    async fn look_up(&self, wrap_up: &WrapUp, index: usize) -> Result<(), Stuck> {
        let Some(step) = wrap_up.steps.get(index) else {
            return Err(Stuck::NotThere);
        };
        let call = match &wrap_up.work {
            Work::Call(call) if !step.kind.is_idempotent() => call,
            // Sent again without harm: Apollo says so when it had it already.
            _ => {
                self.record(wrap_up.id, index, Event::ProvenAbsent).await?;
                return Ok(());
            }
        };
        let elapsed = self.clock.elapsed();
        let unknown_for = {
            let mut state = self.state();
            elapsed.saturating_sub(*state.unknown_since.entry(wrap_up.id).or_insert(elapsed))
        };
        let is_settled = unknown_for >= Duration::from_millis(SETTLING_TIME_MS.unsigned_abs());
        let later = Event::StillUnclear {
            look_at: after(self.clock.now(), NEXT_LOOK_MS),
        };
        let verdict = self.search_for(wrap_up, call, step.kind, is_settled).await;
        let is_back = self.hear(verdict.as_ref().err());
        let event = match verdict {
            Err(error) => {
                warn!(wrap_up = %wrap_up.id, %error, "could not be looked up");
                later
            }
            Ok(Verdict::Present(proof)) => {
                info!(wrap_up = %wrap_up.id, step = ?step.kind, "found in Apollo");
                Event::Found(proof)
            }
            Ok(Verdict::Absent) => {
                info!(wrap_up = %wrap_up.id, step = ?step.kind, "proven absent; sending again");
                Event::ProvenAbsent
            }
            Ok(Verdict::Unclear) => {
                debug!(wrap_up = %wrap_up.id, "not there yet");
                later
            }
        };
        self.record(wrap_up.id, index, event).await?;
        if is_back {
            self.release(WaitReason::Offline).await?;
        }
        Ok(())
    }

    async fn acknowledge(&self, wrap_up: &WrapUp) -> Result<(), Stuck> {
        let _one_at_a_time = self.recording.lock().await;
        // As it is now: a person may have put something right since it was planned.
        let wrap_up = self.state().outbox.get(&wrap_up.id).cloned();
        let Some(wrap_up) = wrap_up.filter(WrapUp::is_done) else {
            return Err(Stuck::NotThere);
        };
        let receipt = wrap_up.receipt();
        self.store.acknowledge(&receipt).await?;
        info!(wrap_up = %wrap_up.id, "complete; its content is erased here");
        self.state().close(&wrap_up, receipt);
        Ok(())
    }

    /// Moves one step, on disk first and then in memory; the wrap-up as it is then.
    async fn record(&self, id: WrapUpId, index: usize, event: Event) -> Result<WrapUp, Stuck> {
        let _one_at_a_time = self.recording.lock().await;
        let wrap_up = self.state().outbox.get(&id).cloned();
        let mut wrap_up = wrap_up.ok_or(Stuck::NotThere)?;
        let event = match event {
            // Two look-ups at the same time may have found the same record: it is the first one's.
            Event::Found(proof) if self.is_claimed(id, &proof) => Event::StillUnclear {
                look_at: after(self.clock.now(), NEXT_LOOK_MS),
            },
            event => event,
        };
        let step = wrap_up.steps.get_mut(index).ok_or(Stuck::NotThere)?;
        *step = apply(step, event)?;
        self.store.put_wrap_up(&wrap_up).await?;
        let elapsed = self.clock.elapsed();
        let mut state = self.state();
        if is_unknown(&wrap_up) {
            state.unknown_since.entry(id).or_insert(elapsed);
        } else {
            state.unknown_since.remove(&id);
        }
        state.outbox.insert(id, wrap_up.clone());
        drop(state);
        self.wake.notify_one();
        Ok(wrap_up)
    }
}

impl State {
    fn plan(&self, wrap_up: &WrapUp, now: Timestamp) -> Plan {
        match plan(wrap_up, now) {
            Plan::WaitUntil(_) if self.is_closing && wrap_up.is_untouched() => {
                Plan::Send { step: 0 }
            }
            plan => plan,
        }
    }

    /// Whether something could be done for it now.
    fn can_act(&self, wrap_up: &WrapUp, now: Timestamp) -> bool {
        let plan = self.plan(wrap_up, now);
        !self.resting.contains_key(&wrap_up.id)
            && !matches!(plan, Plan::WaitUntil(_) | Plan::InFlight | Plan::AskPerson)
    }

    /// A wrap-up leaves the outbox; its receipt stays.
    fn close(&mut self, wrap_up: &WrapUp, receipt: ReceiptRecord) {
        self.outbox.shift_remove(&wrap_up.id);
        self.unknown_since.remove(&wrap_up.id);
        if let Some(result) = wrap_up.result() {
            let contact_id = match &wrap_up.work {
                Work::Call(call) => call.contact_id.clone(),
                _ => self
                    .remembered
                    .get(&wrap_up.id)
                    .and_then(|content| content.contact_id.clone()),
            };
            let content = Content {
                contact_id,
                result: result.clone(),
            };
            self.remembered.insert(wrap_up.id, content);
        }
        self.receipts.push(receipt);
    }
}

/// Whether the fate of its current step is unknown. A later one is not looked up before its turn,
/// and what another Handset may still send must not count as long unknown by then.
fn is_unknown(wrap_up: &WrapUp) -> bool {
    let current = wrap_up
        .current_step()
        .and_then(|index| wrap_up.steps.get(index));
    current.is_some_and(|step| matches!(step.state, StepState::Unknown { .. }))
}

/// The event of a reply that will not come any more.
fn lost_at(now: Timestamp, kind: StepKind) -> Event {
    let look_at = if kind.is_idempotent() {
        now
    } else {
        after(now, FIRST_LOOK_MS)
    };
    Event::ReplyLost { at: now, look_at }
}

fn after(now: Timestamp, wait_ms: i64) -> Timestamp {
    now.saturating_add(jiff::SignedDuration::from_millis(wait_ms))
        .unwrap_or(Timestamp::MAX)
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
