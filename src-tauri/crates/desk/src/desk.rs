//! One rep's desk: the report, the queue, the card, the call and the wrap-ups, over the ports.
//!
//! Promises: exists only for a mapped rep; at most one call goes on; nobody is dialed while the
//! last wrap-up is being saved. Must never: hold its lock across a wait.

mod calling;
mod loading;
mod queueing;
mod re_reading;
mod receipts;
mod reference;
mod undoing;
mod wrapping;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use apollo::{
    ids::{TaskId, UserId},
    types::CustomFields,
};
use clock::{SharedClock, Timestamp};
use jiff::tz::TimeZone;
use tokio::sync::Notify;

use crate::{
    board::{Board, Finished, Moment},
    calling_window::Window,
    dispositions::DispositionList,
    engine::Engine,
    history::History,
    ports::{Apollo, KeptDraft, Store, StoreError},
    sweep::Sweep,
    view::{
        CallingHours, Connection, Destinations, OutcomeRule, Problem, ProblemCode, QueueScope,
        ReceiptKind, RowState, Settings, Tag, UNDO_S_MAX,
    },
    wrap_up::{MappedUser, StepState, WrapUpId},
};

/// Tells whoever listens which parts changed.
pub type OnChange = Arc<dyn Fn(&[Tag]) + Send + Sync>;

/// What changes when a call is saved, taken back, put right or given up.
const OF_A_CALL: [Tag; 5] = [
    Tag::Queue,
    Tag::Card,
    Tag::Report,
    Tag::Receipts,
    Tag::Session,
];

/// See the module.
pub struct Desk {
    rep: MappedUser,
    apollo: Arc<dyn Apollo>,
    store: Arc<dyn Store>,
    clock: SharedClock,
    zone: TimeZone,
    engine: Arc<Engine>,
    on_change: OnChange,
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
    history: RwLock<Arc<History>>,
    state: Mutex<State>,
}

/// What settings say about calling.
struct Policy {
    hours: CallingHours,
    window: Window,
    destinations: Destinations,
    rules: Vec<OutcomeRule>,
    undo_s: u32,
}

struct State {
    board: Board,
    sweep: Sweep,
    dispositions: DispositionList,
    /// When the outcomes are read again, if the last try failed.
    outcomes_next_at: Option<Timestamp>,
    /// How much time had passed when each call that goes on was dialed (`Clock::elapsed`). Empty
    /// after a restart: then the wall clock is all there is.
    dialed_at: HashMap<TaskId, Duration>,
    custom_fields: CustomFields,
    /// The task whose wrap-up is on its way to disk.
    saving: Option<TaskId>,
    /// Ids of wrap-ups whose saving failed. A second try takes the same id, so that should the
    /// disk have kept the first after all, there is still one wrap-up and not two.
    failed: HashMap<TaskId, WrapUpId>,
    /// The queue that was open when Handset stopped, until its tasks are here.
    wanted: Option<(QueueScope, Option<TaskId>, Vec<TaskId>)>,
    /// What was saved last, oldest first, with what the card held then.
    undoable: Vec<Undoable>,
}

/// A wrap-up that is held back for a moment.
struct Undoable {
    id: WrapUpId,
    until: Timestamp,
    draft: KeptDraft,
    kind: ReceiptKind,
    who: Option<String>,
    result: Option<String>,
}

/// What a desk is made of.
pub struct DeskParts {
    pub rep: MappedUser,
    /// Sends the wrap-ups of this Apollo address, whoever the rep is.
    pub engine: Arc<Engine>,
    pub apollo: Arc<dyn Apollo>,
    pub store: Arc<dyn Store>,
    pub clock: SharedClock,
    /// The rep's own zone.
    pub zone: TimeZone,
    pub settings: Settings,
    pub on_change: OnChange,
}

impl Desk {
    /// A desk as it was left: outbox, drafts and position come from the store.
    pub async fn open(parts: DeskParts) -> Result<Self, StoreError> {
        let DeskParts {
            rep,
            engine,
            apollo,
            store,
            clock,
            zone,
            settings,
            on_change,
        } = parts;
        let mut board = Board::default();
        for entry in store.ledger().await? {
            board.finish(
                entry.task_id,
                Finished {
                    state: RowState::CatchingUp,
                    result: Some("Logged; Apollo is catching up".to_owned()),
                    moved_to: entry.moved_to,
                },
            );
        }
        for wrap_up in engine.outbox() {
            let finished = Finished {
                state: RowState::Finished,
                result: Some("Saved, not yet in Apollo".to_owned()),
                moved_to: wrap_up.receipt().moved_to,
            };
            board.finish(wrap_up.task_id, finished);
        }
        for draft in store.drafts().await? {
            // A crash can leave one behind whose wrap-up is safe already.
            if board.finished(&draft.task_id).is_some() {
                store.erase_draft(&draft.task_id).await?;
            } else {
                board.put_draft(draft);
            }
        }
        // After the drafts, which stay: the person may need the words.
        for task in store.tasks_set_aside().await? {
            if board.finished(&task).is_none() {
                let finished = Finished {
                    state: RowState::Finished,
                    result: Some("Saved, but cannot be read without its key".to_owned()),
                    moved_to: None,
                };
                board.finish(task, finished);
            }
        }
        let wanted = store
            .position()
            .await?
            .filter(|position| position.rep_id.as_ref().is_none_or(|id| id == rep.id()))
            .map(|position| {
                let today = zone.to_datetime(clock.now()).date();
                let is_today = position.day == Some(today);
                let done = if is_today { position.done } else { Vec::new() };
                (position.scope, position.task_id, done)
            });
        let history = store.history().await?;
        let policy = Policy::of(&settings);
        let dispositions = DispositionList::new(store.outcomes().await?, &policy.rules);
        Ok(Self {
            rep,
            apollo,
            store,
            clock,
            zone,
            engine,
            on_change,
            stop_sweep: Notify::new(),
            keeping: tokio::sync::Mutex::new(()),
            is_closed: AtomicBool::new(false),
            keeping_outcomes: tokio::sync::Mutex::new(()),
            policy: RwLock::new(policy),
            history: RwLock::new(Arc::new(History::new(history))),
            state: Mutex::new(State {
                board,
                sweep: Sweep::default(),
                custom_fields: CustomFields::default(),
                dispositions,
                outcomes_next_at: None,
                dialed_at: HashMap::new(),
                saving: None,
                failed: HashMap::new(),
                wanted,
                undoable: Vec::new(),
            }),
        })
    }

    /// Lets what is on its way to disk arrive, and saves nothing more: what is saved under the next
    /// key would be taken for that key's team.
    pub async fn close(&self) {
        let _in_order = self.keeping.lock().await;
        self.is_closed.store(true, Ordering::SeqCst);
    }

    /// The rep whose desk it is.
    pub fn rep(&self) -> &MappedUser {
        &self.rep
    }

    /// What sends the wrap-ups.
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// Whether Apollo can be reached.
    pub fn connection(&self) -> Connection {
        let now = self.clock.now();
        let (unsent, _) = self.engine.unsent();
        let disk = self.engine.disk_trouble();
        let retry_at = self
            .engine
            .outbox()
            .iter()
            .filter_map(
                |wrap_up| match wrap_up.steps.get(wrap_up.current_step()?)?.state {
                    StepState::Waiting { until, .. } => Some(until),
                    StepState::Unknown { look_at, .. } => Some(look_at),
                    _ => None,
                },
            )
            .min();
        let link = self.engine.link();
        link.view(unsent, retry_at, disk.as_ref(), now, &self.zone)
    }

    /// Takes over changed settings.
    pub fn set_policy(&self, settings: &Settings) {
        let policy = Policy::of(settings);
        self.state().dispositions.set_rules(&policy.rules);
        *self.policy.write().unwrap_or_else(PoisonError::into_inner) = policy;
        self.changed(&[Tag::Dispositions, Tag::Queue, Tag::Card, Tag::Report]);
    }

    /// Names of the people who own sequences.
    pub fn set_owners(&self, owners: HashMap<UserId, String>) {
        self.state().board.set_owners(owners);
        self.changed(&[Tag::Report]);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn policy(&self) -> RwLockReadGuard<'_, Policy> {
        self.policy.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who was called from here.
    fn history(&self) -> Arc<History> {
        let history = self.history.read();
        Arc::clone(&history.unwrap_or_else(PoisonError::into_inner))
    }

    fn change_history(&self, change: impl FnOnce(&mut History)) {
        let mut history = self.history.write().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut history));
    }

    fn changed(&self, tags: &[Tag]) {
        (self.on_change)(tags);
    }

    fn hear(&self, error: Option<&apollo::Error>) {
        self.engine.hear_answer(error);
    }

    /// Runs `f` with the board and the present moment.
    fn with_moment<T>(&self, f: impl FnOnce(&mut State, &Moment<'_>) -> T) -> T {
        let (window, destinations) = {
            let policy = self.policy();
            (policy.window, policy.destinations.clone())
        };
        let history = self.history();
        let moment = Moment {
            now: self.clock.now(),
            rep_zone: &self.zone,
            window: &window,
            destinations: &destinations,
            history: &history,
        };
        f(&mut self.state(), &moment)
    }
}

impl Policy {
    fn of(settings: &Settings) -> Self {
        let hours = settings.calling_hours.clone();
        // Settings are checked when they are put; a file from elsewhere falls back to the default.
        let window = Window::parse(&hours).unwrap_or_default();
        Self {
            hours,
            window,
            // Checked when they are put, like the hours.
            destinations: settings.destinations.clone(),
            rules: settings.rules.clone(),
            undo_s: settings.undo_s.min(UNDO_S_MAX),
        }
    }
}

/// Midnight of the rep's day.
pub fn start_of_day(now: Timestamp, zone: &TimeZone) -> Timestamp {
    let date = zone.to_datetime(now).date();
    zone.to_timestamp(date.to_datetime(jiff::civil::Time::midnight()))
        .unwrap_or(now)
}

fn not_kept(error: &StoreError, what: &str) -> Problem {
    Problem::new(
        ProblemCode::NotSaved,
        format!("{what} could not be kept: {error}."),
    )
}

fn task_gone() -> Problem {
    Problem::new(ProblemCode::TaskGone, "This task is no longer in the list.")
        .hint("Pick another one, or refresh.")
}
