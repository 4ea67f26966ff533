//! A rep's day: the report's tasks, the queue, the call, what is saved, taken back and corrected.
//!
//! Entry points: [`Session::open`] restores what was left; [`Session::load`] reads the call tasks;
//! [`Session::open_queue`], [`Session::dial`], [`Session::end_call`], [`Session::save_call`] and
//! [`Session::take_back`] are the rep's actions; [`Session::view`] lends what windows are drawn
//! from. Crate `present` makes texts of it.
//!
//! Promises, each with its guard: a session exists only for a mapped rep (the type of
//! [`SessionParts::rep`]); at most one call goes on, and nobody is dialed while the last call is
//! being saved (`tests/it/calling.rs`, `races.rs`); a queue costs no request (`tests/it/paging.rs`);
//! who asked not to be called is called on no task and no number (`tests/it/again.rs`); what was
//! saved or typed survives every death (`tests/it/saving.rs`).
//!
//! Must never: word a sentence, do I/O but through [`ports`], or hold its lock across a wait.
//!
//! Locks: `keeping_outcomes` or `keeping`, then what [`outbox`] locks, then the history and the
//! policy, then the state. Only the first two are held across a wait.

mod call_tasks;
mod calling;
mod error;
mod loading;
mod past_calls;
pub mod ports;
mod queue;
mod re_reading;
mod reading;
mod reference_data;
mod saving;
mod sweep;
mod undo;

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use apollo::{
    ids::{TaskId, UserId},
    types::CustomFields,
};
use clock::{SharedClock, Timestamp};
use domain::{
    call_history::CallHistory,
    calling_hours::{CallingHours, OpenHours},
    dates::day_of,
    destinations::Destinations,
    dispositions::DispositionList,
    permission::Moment,
    position::QueueScope,
    rep::MappedUser,
    settings::{OutcomeRule, Settings, UNDO_S_MAX},
    wrap_up::WrapUpId,
};
use jiff::{civil::Date, tz::TimeZone};
use outbox::{Outbox, StoreError};
use tokio::sync::Notify;
use tracing_mutex::stdsync::{Mutex, MutexGuard, RwLock, RwLockReadGuard};

pub use crate::{
    call_tasks::{CallTasks, Ending, Finished, OpenQueue, TaskState},
    error::{Error, Invalid, Kept, NotDialed, NotProven, Read},
    past_calls::CallContent,
    queue::CardPage,
    saving::Saved,
    sweep::{Sweep, SweepState},
    undo::Undoable,
};

/// What has changed without a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionChange {
    /// Call tasks or sequences were read, or a reading began or ended.
    Tasks,
    /// Names of the people who own sequences.
    Owners,
    Outcomes,
    /// The fields that the team has added to contacts and accounts.
    CustomFields,
}

/// Is called with what has changed.
pub type OnSessionChange = Arc<dyn Fn(SessionChange) + Send + Sync>;

/// The work of one rep with one key. Windows change it, and read it through [`Session::view`].
pub struct Session {
    rep: MappedUser,
    apollo: Arc<dyn ports::Apollo>,
    store: Arc<dyn ports::SessionStore>,
    clock: SharedClock,
    zone: TimeZone,
    outbox: Arc<Outbox>,
    on_change: OnSessionChange,
    stop_sweep: Notify,
    /// Held while a draft or the wrap-up that takes its place is on its way to disk, so that they
    /// land there in the order in which the rep made them.
    keeping: tokio::sync::Mutex<()>,
    /// Another rep or another team's key takes its place: nothing is saved here any more. Read and
    /// written while `keeping` is held.
    is_closed: AtomicBool,
    /// Held while the list of outcomes is changed and is on its way to disk.
    keeping_outcomes: tokio::sync::Mutex<()>,
    policy: RwLock<Policy>,
    history: RwLock<Arc<CallHistory>>,
    state: Mutex<State>,
}

/// What settings say about calling.
struct Policy {
    hours: CallingHours,
    open_hours: OpenHours,
    destinations: Destinations,
    rules: Vec<OutcomeRule>,
    undo_s: u32,
}

struct State {
    tasks: CallTasks,
    sweep: Sweep,
    outcomes: DispositionList,
    /// When the outcomes are read again, if the last try failed.
    outcomes_next_at: Option<Timestamp>,
    /// How much time had passed when each call that goes on was dialed (`Clock::elapsed`). Empty
    /// after a restart: then the wall clock is all there is.
    dialed_at: HashMap<TaskId, Duration>,
    custom_fields: CustomFields,
    /// The task whose wrap-up is on its way to disk.
    saving: Option<TaskId>,
    /// Ids of wrap-ups whose saving failed. A second try takes the same id, so that there is one
    /// wrap-up and not two if the disk has stored the first after all.
    failed: HashMap<TaskId, WrapUpId>,
    /// The queue that was open when Handset stopped, until its tasks are here.
    wanted: Option<(QueueScope, Option<TaskId>, Vec<TaskId>)>,
    /// What was saved last, oldest first, with what the card held then.
    undoable: Vec<Undoable>,
}

/// What windows are drawn from, at one moment.
pub struct View<'a> {
    pub rep: &'a MappedUser,
    pub moment: &'a Moment<'a>,
    pub tasks: &'a CallTasks,
    pub sweep: &'a Sweep,
    pub outcomes: &'a DispositionList,
    /// When the outcomes are read again, if the last try failed.
    pub outcomes_next_at: Option<Timestamp>,
    pub custom_fields: &'a CustomFields,
    dialed_at: &'a HashMap<TaskId, Duration>,
    elapsed: Duration,
}

impl View<'_> {
    /// How long the call of a task has gone on, if this run of Handset dialed it.
    pub fn ran(&self, task: &TaskId) -> Option<Duration> {
        let dialed_at = self.dialed_at.get(task)?;
        Some(self.elapsed.saturating_sub(*dialed_at))
    }
}

/// What a session is made of.
pub struct SessionParts {
    pub rep: MappedUser,
    /// Sends the wrap-ups of this Apollo address, whoever the rep is.
    pub outbox: Arc<Outbox>,
    pub apollo: Arc<dyn ports::Apollo>,
    pub store: Arc<dyn ports::SessionStore>,
    pub clock: SharedClock,
    /// The rep's own zone.
    pub zone: TimeZone,
    pub settings: Settings,
    pub on_change: OnSessionChange,
}

impl Session {
    /// A session as it was left: drafts and position come from the store.
    pub async fn open(parts: SessionParts) -> Result<Self, StoreError> {
        let SessionParts {
            rep,
            outbox,
            apollo,
            store,
            clock,
            zone,
            settings,
            on_change,
        } = parts;
        let tasks = restored_tasks(&*store, &outbox).await?;
        let wanted = store
            .position()
            .await?
            .filter(|position| position.rep_id.as_ref().is_none_or(|id| id == rep.id()))
            .map(|position| {
                let is_today = position.day == Some(day_of(clock.now(), &zone));
                let done = if is_today { position.done } else { Vec::new() };
                (position.scope, position.task_id, done)
            });
        let history = store.history().await?;
        let policy = Policy::of(&settings);
        let outcomes = DispositionList::new(store.outcomes().await?, &policy.rules);
        Ok(Self {
            rep,
            apollo,
            store,
            clock,
            zone,
            outbox,
            on_change,
            stop_sweep: Notify::new(),
            keeping: tokio::sync::Mutex::new(()),
            is_closed: AtomicBool::new(false),
            keeping_outcomes: tokio::sync::Mutex::new(()),
            policy: RwLock::new(policy),
            history: RwLock::new(Arc::new(CallHistory::new(history))),
            state: Mutex::new(State {
                tasks,
                sweep: Sweep::default(),
                custom_fields: CustomFields::default(),
                outcomes,
                outcomes_next_at: None,
                dialed_at: HashMap::new(),
                saving: None,
                failed: HashMap::new(),
                wanted,
                undoable: Vec::new(),
            }),
        })
    }

    /// Waits for what is on its way to disk, and saves nothing more: a wrap-up that is saved under the
    /// next key would count as that key's team's.
    pub async fn close(&self) {
        let _in_order = self.keeping.lock().await;
        self.is_closed.store(true, Ordering::SeqCst);
    }

    /// Whose session it is.
    pub fn rep(&self) -> &MappedUser {
        &self.rep
    }

    /// What sends the wrap-ups.
    pub fn outbox(&self) -> &Arc<Outbox> {
        &self.outbox
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The rep's own zone.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The rep's day.
    pub fn today(&self) -> Date {
        day_of(self.clock.now(), &self.zone)
    }

    /// Lends what windows are drawn from. `read` must not call this session.
    pub fn view<T>(&self, read: impl FnOnce(&View<'_>) -> T) -> T {
        let elapsed = self.clock.elapsed();
        self.with_moment(|state, moment| {
            read(&View {
                rep: &self.rep,
                moment,
                tasks: &state.tasks,
                sweep: &state.sweep,
                outcomes: &state.outcomes,
                outcomes_next_at: state.outcomes_next_at,
                custom_fields: &state.custom_fields,
                dialed_at: &state.dialed_at,
                elapsed,
            })
        })
    }

    /// Takes over changed settings.
    pub fn set_policy(&self, settings: &Settings) {
        let policy = Policy::of(settings);
        self.state().outcomes.set_rules(&policy.rules);
        *self.policy.write().unwrap_or_else(PoisonError::into_inner) = policy;
    }

    /// Names of the people who own sequences.
    pub fn set_owners(&self, owners: HashMap<UserId, String>) {
        self.state().tasks.set_owners(owners);
        self.changed(SessionChange::Owners);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn policy(&self) -> RwLockReadGuard<'_, Policy> {
        self.policy.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who was called from here.
    fn history(&self) -> Arc<CallHistory> {
        let history = self.history.read();
        Arc::clone(&history.unwrap_or_else(PoisonError::into_inner))
    }

    fn change_history(&self, change: impl FnOnce(&mut CallHistory)) {
        let mut history = self.history.write().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut history));
    }

    fn changed(&self, change: SessionChange) {
        (self.on_change)(change);
    }

    fn handle_answer(&self, error: Option<&apollo::Error>) {
        self.outbox.handle_answer(error);
    }

    /// Runs `f` with the state and the present moment.
    fn with_moment<T>(&self, f: impl FnOnce(&mut State, &Moment<'_>) -> T) -> T {
        let (hours, destinations) = {
            let policy = self.policy();
            (policy.open_hours, policy.destinations.clone())
        };
        let history = self.history();
        let moment = Moment {
            now: self.clock.now(),
            rep_zone: &self.zone,
            hours: &hours,
            destinations: &destinations,
            history: &history,
        };
        f(&mut self.state(), &moment)
    }
}

/// The tasks that were begun or finished here in earlier runs.
async fn restored_tasks(
    store: &dyn ports::SessionStore,
    outbox: &Outbox,
) -> Result<CallTasks, StoreError> {
    let mut tasks = CallTasks::default();
    for entry in store.ledger().await? {
        let ended = Finished {
            ending: Ending::CatchingUp,
            moved_to: entry.moved_to,
        };
        tasks.finish(entry.task_id, ended);
    }
    for wrap_up in outbox.waiting() {
        let ended = Finished {
            ending: Ending::Unsent,
            moved_to: wrap_up.receipt().moved_to,
        };
        tasks.finish(wrap_up.task_id, ended);
    }
    for draft in store.drafts().await? {
        // A crash can leave a draft behind whose wrap-up is safe already.
        if tasks.finished(&draft.task_id).is_some() {
            store.erase_draft(&draft.task_id).await?;
        } else {
            tasks.put_draft(draft);
        }
    }
    // After the drafts, which stay: the person may need the note.
    for task in store.tasks_set_aside().await? {
        if tasks.finished(&task).is_none() {
            let ended = Finished {
                ending: Ending::SetAside,
                moved_to: None,
            };
            tasks.finish(task, ended);
        }
    }
    Ok(tasks)
}

impl Policy {
    fn of(settings: &Settings) -> Self {
        let hours = settings.calling_hours.clone();
        Self {
            // Settings are checked when they are put; a file from elsewhere falls back to the default.
            open_hours: OpenHours::parse(&hours).unwrap_or_default(),
            hours,
            // Checked when they are put, like the hours.
            destinations: settings.destinations.clone(),
            rules: settings.rules.clone(),
            undo_s: settings.undo_s.min(UNDO_S_MAX),
        }
    }
}
