//! The transactional outbox: what a rep has saved is sent to Apollo in the background, exactly once.
//!
//! Entry points: [`Outbox::restore`] over what the store holds, [`Outbox::save`] for a wrap-up,
//! [`Outbox::run`], which sends until it is dropped, and what a person may do with a wrap-up
//! (`actions.rs`). Inside: `dispatcher` plans and sends, `perform` makes a step's request,
//! `classify_response` is the one table of what an answer means, `look_up` asks Apollo whether it
//! has what may have been sent, `read_back` whether it holds what was sent.
//!
//! Promises, each with its guard: a step is durable as *in flight* before its request leaves
//! (`session/tests/it/engine.rs`); what may have been sent is looked up before it is sent again
//! (`session/tests/it/fate.rs`, the simulation, the campaign); one outbox is sent by one
//! [`Outbox`] (`session/tests/it/credit.rs`); a wrap-up goes to its own team as its own rep (the
//! same); while there is no network one probe goes at a time (`outage.rs`).
//!
//! Must never: decide what [`domain::wrap_up`] decides, or word a sentence.
//!
//! Locks: `recording`, then `searching`, then the state. The state's lock is never held across a
//! wait.

mod actions;
mod classify_response;
mod dispatcher;
mod link;
mod look_up;
mod outage;
mod perform;
mod ports;
mod read_back;
mod store_error;
mod timing;

use std::{
    collections::{HashMap, HashSet},
    pin::pin,
    sync::{Arc, PoisonError},
    time::Duration,
};

use apollo::ids::{ContactId, TeamId, UserId};
use clock::{SharedClock, Timestamp};
use indexmap::IndexMap;
use tokio::sync::Notify;
use tracing::{info, warn};
use tracing_mutex::stdsync::{Mutex, MutexGuard};

use domain::{
    rep::{KeyIdentity, Rep},
    wrap_up::{
        CallResult, IndexLag, Plan, ReceiptRecord, StepState, UnknownBecause, UnknownSince,
        WaitReason, Work, WrapUp, WrapUpId, apply, plan,
    },
};

pub use crate::{
    actions::ActionRefusal,
    classify_response::{Answered, event_for},
    link::{Link, LinkStanding},
    ports::{Apollo, LookUp, OutboxLease, OutboxStore, SendSteps, Urgency},
    store_error::{Damage, Distrust, DistrustInside, PrivateFolder, StoreError},
};
use crate::{look_up::Searched, outage::Outage, timing::lost_at};

/// A step that was last known to be absent from Apollo longer ago than this is searched for before it
/// is sent: a folder, or a whole machine, may have been restored since.
const LATE: Duration = Duration::from_mins(10);

/// What has changed, told after every change that a window or a test may want to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboxChange {
    /// A wrap-up, or its receipt.
    WrapUps,
    /// Whether Apollo can be reached.
    Link,
}

/// Is called with what has changed.
pub type OnOutboxChange = Arc<dyn Fn(OutboxChange) + Send + Sync>;

/// What an outbox is made of.
pub struct OutboxParts {
    pub lease: OutboxLease,
    pub store: Arc<dyn OutboxStore>,
    pub clock: SharedClock,
    pub on_change: OnOutboxChange,
}

/// Every wrap-up that Apollo has not acknowledged, and the receipts of those that it has.
pub struct Outbox {
    /// Given back when the outbox is closed.
    lease: Mutex<Option<OutboxLease>>,
    store: Arc<dyn OutboxStore>,
    clock: SharedClock,
    /// When this run began, by elapsed time.
    began_at: Duration,
    state: Mutex<State>,
    /// Held from reading a step until its new state is on disk and in memory: a person's action that
    /// is slow on its way to disk must not undo what was written since.
    recording: tokio::sync::Mutex<()>,
    /// Held while Apollo is searched, so that look-ups at the same time share one search.
    searching: tokio::sync::Mutex<Option<Searched>>,
    link: Link,
    wake: Notify,
    /// Notified when an action has ended.
    ended: Notify,
    on_change: OnOutboxChange,
}

#[derive(Default)]
struct State {
    outbox: IndexMap<WrapUpId, WrapUp>,
    /// Acknowledged, within the retention period.
    receipts: Vec<ReceiptRecord>,
    /// What this run remembers of their content.
    remembered: HashMap<WrapUpId, Content>,
    /// Everybody whose wrap-ups these are.
    reps: HashMap<UserId, Rep>,
    running: HashSet<WrapUpId>,
    /// Wrap-ups whose progress the disk refused.
    resting: HashMap<WrapUpId, Rest>,
    unknown_since: HashMap<WrapUpId, UnknownSince>,
    /// When, by elapsed time, this run acknowledged a wrap-up.
    acknowledged_at: HashMap<WrapUpId, Duration>,
    /// When this run last knew that Apollo does not have the step that is next.
    absent_at: HashMap<WrapUpId, Moment>,
    index_lag: IndexLag,
    outage: Outage,
    /// The key that is in use; without one, Apollo is asked nothing.
    key: Option<Arc<KeyInUse>>,
    /// The last team that a key was known to belong to: between two keys, work goes on for it.
    last_team: Option<TeamId>,
    /// Handset is about to stop: nothing is held back any more.
    is_closing: bool,
}

/// A key with the Apollo that it opens. An action that is planned under a key is done with this key
/// to the end, so that nothing of one team reaches another's Apollo, whenever the key is changed.
struct KeyInUse {
    apollo: Arc<dyn Apollo>,
    /// None until it is known whose key it is.
    identity: Option<KeyIdentity>,
}

impl KeyInUse {
    fn team(&self) -> Option<&TeamId> {
        let identity = self.identity.as_ref();
        identity.and_then(|identity| identity.team_id.as_ref())
    }

    /// Why Apollo is asked nothing about `team` with this key; none if it may be asked.
    fn held_back(&self, team: Option<&TeamId>) -> Option<HeldBack> {
        match (team, self.team()) {
            (Some(_), None) if self.identity.is_none() => Some(HeldBack::TeamNotKnown),
            (Some(team), Some(present)) if team != present => Some(HeldBack::OtherTeam),
            _ => None,
        }
    }

    /// The user whom the key acts as, if that is known.
    fn user(&self) -> Option<&UserId> {
        self.identity.as_ref().map(|identity| &identity.user_id)
    }
}

/// The content of an acknowledged wrap-up, in memory only.
#[derive(Clone)]
struct Content {
    contact_id: Option<ContactId>,
    result: CallResult,
}

/// A wrap-up that rests, since the disk refused to record its progress.
struct Rest {
    /// Elapsed time.
    until: Duration,
    failures: u32,
    error: StoreError,
    /// The state in memory is not on disk yet, and goes there before anything else happens.
    is_ahead_of_disk: bool,
}

/// One moment by both clocks: elapsed time stands still while a machine is suspended, and the wall
/// clock may be set.
#[derive(Clone, Copy)]
struct Moment {
    elapsed: Duration,
    wall: Timestamp,
}

impl Moment {
    fn is_recent(self, now: Self) -> bool {
        let by_wall = now.wall.duration_since(self.wall).as_millis();
        now.elapsed.saturating_sub(self.elapsed) < LATE
            && by_wall < i128::try_from(LATE.as_millis()).unwrap_or(i128::MAX)
    }
}

/// Why a wrap-up is not sent although its own state allows it.
#[derive(Clone, Debug)]
pub enum HeldBack {
    /// This computer's disk refuses to record anything of it.
    ByDisk(StoreError),
    /// It was saved under another team's key.
    OtherTeam,
    /// Nobody knows yet whose key is in use.
    TeamNotKnown,
    /// There is no key.
    NoKey,
}

impl Outbox {
    /// An outbox over what the store holds. Steps that were in flight when the process died have
    /// an unknown fate.
    pub async fn restore(parts: OutboxParts) -> Result<Self, StoreError> {
        let OutboxParts {
            lease,
            store,
            clock,
            on_change,
        } = parts;
        let now = clock.now();
        let mut outbox = IndexMap::new();
        for mut wrap_up in store.wrap_ups().await? {
            let mut recovered = false;
            for step in &mut wrap_up.steps {
                if matches!(step.state, StepState::InFlight { .. }) {
                    match apply(step, lost_at(now, step.kind, UnknownBecause::ReplyLost)) {
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
        // All receipts are read, since a record that one of them has claimed is never another's.
        let receipts = store.receipts(Timestamp::MIN).await?;
        let reps = store.reps().await?;
        let elapsed = clock.elapsed();
        let unknown_since = outbox
            .values()
            .filter_map(|wrap_up| {
                let waited_ms = waited_ms(wrap_up)?;
                Some((wrap_up.id, UnknownSince::in_earlier_run(waited_ms, elapsed)))
            })
            .collect();
        let mut state = State {
            receipts,
            unknown_since,
            ..State::default()
        };
        let of_wrap_ups = outbox.values().map(|wrap_up| wrap_up.rep.rep().clone());
        for rep in reps.into_iter().chain(of_wrap_ups) {
            state.reps.insert(rep.user_id.clone(), rep);
        }
        state.outbox = outbox;
        Ok(Self {
            lease: Mutex::new(Some(lease)),
            store,
            began_at: clock.elapsed(),
            clock,
            state: Mutex::new(state),
            recording: tokio::sync::Mutex::new(()),
            searching: tokio::sync::Mutex::new(None),
            link: Link::default(),
            wake: Notify::new(),
            ended: Notify::new(),
            on_change,
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn changed(&self) {
        (self.on_change)(OutboxChange::WrapUps);
    }

    /// The key that is in use now.
    fn key(&self) -> Option<Arc<KeyInUse>> {
        self.state().key.clone()
    }

    fn moment(&self) -> Moment {
        Moment {
            elapsed: self.clock.elapsed(),
            wall: self.clock.now(),
        }
    }

    /// Whether Apollo can be reached, as the last answers tell it.
    pub fn link(&self) -> &Link {
        &self.link
    }

    /// Handles the result of a request, whoever made it.
    pub fn handle_answer(&self, error: Option<&apollo::Error>) {
        if self.link.handle(error, self.clock.now()) {
            (self.on_change)(OutboxChange::Link);
        }
    }

    /// Whether this outbox is still the one that sends its wrap-ups. Checked before every write.
    fn check_lease(&self) -> Result<(), StoreError> {
        let lease = self.lease.lock().unwrap_or_else(PoisonError::into_inner);
        match *lease {
            Some(_) => Ok(()),
            None => Err(StoreError::OutboxTaken),
        }
    }

    /// Stops every write, whoever still holds this outbox, so that another can take its place.
    pub async fn close(&self) {
        let _one_at_a_time = self.recording.lock().await;
        let mut lease = self.lease.lock().unwrap_or_else(PoisonError::into_inner);
        *lease = None;
    }

    /// Puts a wrap-up into the outbox. When this returns `Ok`, it is durable.
    pub async fn save(&self, mut wrap_up: WrapUp) -> Result<(), StoreError> {
        let _one_at_a_time = self.recording.lock().await;
        self.check_lease()?;
        if wrap_up.team.is_none() {
            wrap_up.team = self.state().team();
        }
        self.store.put_wrap_up(&wrap_up).await?;
        info!(wrap_up = %wrap_up.id, steps = wrap_up.steps.len(), "saved");
        let moment = self.moment();
        {
            let mut state = self.state();
            let rep = wrap_up.rep.rep().clone();
            state.reps.insert(rep.user_id.clone(), rep);
            state.absent_at.insert(wrap_up.id, moment);
            state.outbox.insert(wrap_up.id, wrap_up);
        }
        self.changed();
        self.wake.notify_one();
        Ok(())
    }

    /// The wrap-ups that are not acknowledged, oldest first.
    pub fn waiting(&self) -> Vec<WrapUp> {
        self.state().outbox.values().cloned().collect()
    }

    /// The wrap-ups that are not acknowledged, and the receipts of those that are, oldest first each. Read
    /// at one moment: in two readings, a wrap-up that is acknowledged between them would be in both, and
    /// one that is corrected in neither.
    pub fn wrap_ups_and_receipts(&self) -> (Vec<WrapUp>, Vec<ReceiptRecord>) {
        let state = self.state();
        (
            state.outbox.values().cloned().collect(),
            state.receipts.clone(),
        )
    }

    /// The person behind a user id, if they were ever the rep here.
    pub fn rep(&self, user: &UserId) -> Option<Rep> {
        self.state().reps.get(user).cloned()
    }

    /// How many wrap-ups are not acknowledged, and how many of those wait for a person.
    pub fn unsent(&self) -> (u32, u32) {
        let state = self.state();
        let waiting = state.outbox.values();
        let for_person =
            waiting.filter(|wrap_up| wrap_up.waits_for_person() || state.is_other_teams(wrap_up));
        (count(state.outbox.len()), count(for_person.count()))
    }

    /// Why a wrap-up is not sent although its own state allows it.
    pub fn held_back(&self, id: WrapUpId) -> Option<HeldBack> {
        let state = self.state();
        let wrap_up = state.outbox.get(&id)?;
        if let Some(rest) = state.resting.get(&id) {
            return Some(HeldBack::ByDisk(rest.error.clone()));
        }
        state.held_by_team(wrap_up.team.as_ref())
    }

    /// Why this computer's disk refuses to record what is sent, if it does.
    pub fn disk_trouble(&self) -> Option<StoreError> {
        let state = self.state();
        let mut rests = state.resting.values();
        rests.next().map(|rest| rest.error.clone())
    }

    /// Puts a key in use; `identity` says whose it is, if that is known. Wrap-ups that waited for a
    /// key go on. Wrap-ups that were saved while nobody knew whose the key was belong to its team, once
    /// the team is known.
    pub async fn use_key(
        &self,
        apollo: Arc<dyn Apollo>,
        identity: Option<KeyIdentity>,
    ) -> Result<(), StoreError> {
        let key = Arc::new(KeyInUse { apollo, identity });
        let unnamed: Vec<WrapUpId> = {
            let mut state = self.state();
            let before = state.key.replace(Arc::clone(&key));
            if let Some(team) = key.team() {
                state.last_team = Some(team.clone());
            }
            let is_same_key = before.is_some_and(|before| before.identity.is_none());
            let outbox = state.outbox.values();
            let unnamed = outbox.filter(|wrap_up| is_same_key && wrap_up.team.is_none());
            unnamed.map(|wrap_up| wrap_up.id).collect()
        };
        if let Some(team) = key.team() {
            for id in unnamed {
                self.name_team(id, team).await?;
            }
        }
        self.changed();
        self.wake.notify_one();
        self.release(WaitReason::Key).await
    }

    async fn name_team(&self, id: WrapUpId, team: &TeamId) -> Result<(), StoreError> {
        let _one_at_a_time = self.recording.lock().await;
        self.check_lease()?;
        let Some(mut wrap_up) = self.state().outbox.get(&id).cloned() else {
            return Ok(());
        };
        wrap_up.team = Some(team.clone());
        self.store.put_wrap_up(&wrap_up).await?;
        self.state().outbox.insert(id, wrap_up);
        Ok(())
    }

    /// Uses no key any more. Unsent wrap-ups stay.
    pub fn forget_key(&self) {
        self.state().key = None;
        self.changed();
    }

    /// Sets whether wrap-ups are held back for an undo: not while Handset is about to stop.
    pub fn hold(&self, holds: bool) {
        self.state().is_closing = !holds;
        self.wake.notify_one();
    }

    /// Whether nothing is under way, and nothing could be sent now.
    pub fn is_idle(&self) -> bool {
        let now = self.moment();
        let state = self.state();
        let mut waiting = state.outbox.values();
        state.running.is_empty() && !waiting.any(|wrap_up| state.can_act(wrap_up, now))
    }

    /// Waits until nothing is under way and nothing could be sent now, at most `grace`.
    pub async fn finish_up(&self, grace: Duration) {
        let idle = async {
            loop {
                let mut ended = pin!(self.ended.notified());
                // Registered now, so that an action that ends before the wait is noticed too.
                ended.as_mut().enable();
                if self.is_idle() {
                    return;
                }
                ended.await;
            }
        };
        if clock::within(&*self.clock, grace, idle).await.is_none() {
            info!("some wrap-ups are not sent yet; they go next time");
        }
    }
}

impl State {
    fn plan(&self, wrap_up: &WrapUp, now: Moment) -> Plan {
        let planned = match plan(wrap_up, now.wall) {
            Plan::WaitUntil(_) if self.is_closing && wrap_up.is_untouched() => {
                Plan::Send { step: 0 }
            }
            planned => planned,
        };
        if matches!(planned, Plan::Acknowledge) {
            return planned;
        }
        match (self.held_by_team(wrap_up.team.as_ref()), planned) {
            (Some(HeldBack::OtherTeam), _) => Plan::AskPerson,
            (Some(_), _) => Plan::AwaitKey,
            (None, Plan::Send { step }) if self.has_lain_here(wrap_up, step, now) => {
                Plan::LookUpFirst { step }
            }
            (None, planned) => planned,
        }
    }

    /// Whether a next step that is not idempotent may have been sent by a later state of this data,
    /// before the data was restored to what it is now.
    fn has_lain_here(&self, wrap_up: &WrapUp, step: usize, now: Moment) -> bool {
        let kind = wrap_up.steps.get(step).map(|step| step.kind);
        kind.is_some_and(|kind| !kind.is_idempotent())
            && !self
                .absent_at
                .get(&wrap_up.id)
                .is_some_and(|known| known.is_recent(now))
    }

    /// The team of a wrap-up that is saved now, if that is known.
    fn team(&self) -> Option<TeamId> {
        match &self.key {
            Some(key) => key.team().cloned(),
            None => self.last_team.clone(),
        }
    }

    fn is_other_teams(&self, wrap_up: &WrapUp) -> bool {
        let held = self.held_by_team(wrap_up.team.as_ref());
        matches!(held, Some(HeldBack::OtherTeam))
    }

    /// Whether the key in use is known to belong to another team than this one.
    fn is_another_team(&self, team: Option<&TeamId>) -> bool {
        let present = self.key.as_ref().and_then(|key| key.team());
        team.is_some() && present.is_some() && team != present
    }

    /// Why Apollo is asked nothing about `team` now; none if it may be asked.
    fn held_by_team(&self, team: Option<&TeamId>) -> Option<HeldBack> {
        match &self.key {
            Some(key) => key.held_back(team),
            None => Some(HeldBack::NoKey),
        }
    }

    /// Whether something could be done for a wrap-up now.
    fn can_act(&self, wrap_up: &WrapUp, now: Moment) -> bool {
        let plan = self.plan(wrap_up, now);
        !self.resting.contains_key(&wrap_up.id)
            && !matches!(
                plan,
                Plan::WaitUntil(_) | Plan::InFlight | Plan::AskPerson | Plan::AwaitKey
            )
    }

    /// A wrap-up leaves the outbox; its receipt stays.
    fn close(&mut self, wrap_up: &WrapUp, receipt: ReceiptRecord, elapsed: Duration) {
        self.acknowledged_at.insert(wrap_up.id, elapsed);
        self.outbox.shift_remove(&wrap_up.id);
        self.unknown_since.remove(&wrap_up.id);
        self.absent_at.remove(&wrap_up.id);
        self.resting.remove(&wrap_up.id);
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

/// How long the fate of the current step was unknown until the last search for it; none if it is
/// known. A later step is not looked up before its turn, and a step that another Handset may still send
/// must not count as long unknown by then.
fn waited_ms(wrap_up: &WrapUp) -> Option<u64> {
    let current = wrap_up
        .current_step()
        .and_then(|index| wrap_up.steps.get(index));
    match current?.state {
        StepState::Unknown { waited_ms, .. } => Some(waited_ms),
        _ => None,
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
