//! A core, the sandbox it talks to, and a computer that remembers what it was asked.

mod disk;
mod host;
mod updates;

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use clock::{Clock, ManualClock, SharedClock, Sleep, SystemClock, Timestamp};
use commands::{
    Core,
    arguments::{
        CallFormArgs, ConnectArgs, DialArgs, NoArgs, PastedKey, QueueOpenArgs, QueueRowsArgs,
        RepChooseArgs, SettingsPutArgs, SkipArgs, TaskArgs, UsersArgs,
    },
    host::{Caller, Environment},
    run,
};
use present::{
    CallForm, Card, ConnectProgress, ConnectState, Dispositions, LoadingState, Problem,
    ProblemCode, Queue, QueueRow, QueueScope, QueueSearch, Receipt, ReceiptState, Receipts, Saved,
    SequenceReport, SkipReason, Status,
};
use sandbox::{History, Options, Sandbox, Scenario, Size};
use vault::{MemoryVault, Vault};

pub(crate) use self::{disk::leaks, host::Recorder, updates::Releases};

/// The open queue with all of its rows, as a window has it that has scrolled through them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WholeQueue {
    head: Queue,
    pub(crate) rows: Vec<QueueRow>,
}

impl std::ops::Deref for WholeQueue {
    type Target = Queue;

    fn deref(&self) -> &Queue {
        &self.head
    }
}

/// Tuesday, 10:00 in New York, 15:00 in London.
pub(crate) const NOW: &str = "2026-11-24T15:00:00Z";
/// Real time that anything may take before a test fails instead of hanging.
const PATIENCE: Duration = Duration::from_mins(1);
/// The pause between two checks of something that tells nobody when it changes.
const CHECK_PAUSE: Duration = Duration::from_millis(5);
/// Checks that may see a step on its way before time passes all the same: the step may wait for it.
const CHECKS_ON_ITS_WAY: u32 = 200;
/// Pauses up to this pass at once: pacing and back-off, but no deadline.
const SHORT: Duration = Duration::from_secs(2);

/// A clock that stands still, except that short pauses pass at once, unless it is told otherwise.
#[derive(Debug)]
struct BriskClock {
    clock: Arc<ManualClock>,
    is_brisk: AtomicBool,
}

impl Clock for BriskClock {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn elapsed(&self) -> Duration {
        self.clock.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        if duration <= SHORT && self.is_brisk.load(Ordering::SeqCst) {
            self.clock.advance(duration);
            return Box::pin(std::future::ready(()));
        }
        self.clock.sleep(duration)
    }
}

/// Checks until there is something to see, and fails with what it was that never came.
pub(crate) async fn until<T>(what: &str, mut check: impl AsyncFnMut() -> Option<T>) -> T {
    let clock = SystemClock::shared();
    let checking = async {
        loop {
            if let Some(seen) = check().await {
                return seen;
            }
            clock.sleep(CHECK_PAUSE).await;
        }
    };
    clock::within(&*clock, PATIENCE, checking)
        .await
        .unwrap_or_else(|| panic!("this never came: {what}"))
}

/// Apollo and the time, which outlive any core.
pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) shared: SharedClock,
    brisk: Arc<BriskClock>,
    pub(crate) releases: Arc<Releases>,
}

impl World {
    /// More than 600 call tasks that are due, more than 12 sequences.
    pub(crate) async fn team() -> Self {
        Self::with(|options| {
            options.scenario.size = Size::Custom {
                main_rep_tasks: 900,
                other_rep_tasks: 400,
            };
        })
        .await
    }

    /// A team just large enough to work with.
    pub(crate) async fn small() -> Self {
        Self::with(|options| {
            options.scenario.size = Size::Custom {
                main_rep_tasks: 130,
                other_rep_tasks: 60,
            };
        })
        .await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Options)) -> Self {
        let clock = ManualClock::at(NOW.parse().expect("a time"));
        let brisk = Arc::new(BriskClock {
            clock: Arc::clone(&clock),
            is_brisk: AtomicBool::new(true),
        });
        let shared: SharedClock = Arc::clone(&brisk) as _;
        let mut options = Options::new(Arc::clone(&shared));
        options.scenario = Scenario::default();
        change(&mut options);
        let sandbox = Sandbox::start(options).await.expect("a free port");
        Self {
            sandbox,
            clock,
            shared,
            brisk,
            releases: Arc::default(),
        }
    }

    /// From here on a pause lasts until the test lets its time pass: where something waits for a
    /// deadline in short pauses, the deadline would pass with them.
    pub(crate) fn let_pauses_last(&self) {
        self.brisk.is_brisk.store(false, Ordering::SeqCst);
    }

    pub(crate) fn history(&self) -> History {
        self.sandbox.history()
    }

    /// How many requests of each endpoint there were since `since` requests.
    pub(crate) fn requests_since(&self, since: usize) -> BTreeMap<String, usize> {
        let history = self.history();
        history
            .requests
            .iter()
            .skip(since)
            .fold(BTreeMap::new(), |mut counts, request| {
                *counts.entry(request.endpoint.clone()).or_default() += 1;
                counts
            })
    }

    pub(crate) fn request_count(&self) -> usize {
        self.history().requests.len()
    }

    /// Where a core of this world lives.
    pub(crate) fn environment(&self, folder: &Path, vault: Arc<dyn Vault>) -> Environment {
        Environment {
            data_dir: folder.join("data"),
            state_dir: folder.join("state"),
            log_dir: folder.join("logs"),
            downloads_dir: folder.join("downloads"),
            version: "0.0.0-test".to_owned(),
            clock: Arc::clone(&self.shared),
            zone: rep_zone(),
            zone_notice: None,
            account_email: Some(self.sandbox.users()[0].email.clone()),
            apollo_url: Some(url::Url::parse(self.sandbox.url()).expect("an address")),
            start_in_sandbox: false,
            vault,
            updates: Arc::clone(&self.releases) as _,
        }
    }
}

/// Where the rep is.
pub(crate) fn rep_zone() -> jiff::tz::TimeZone {
    jiff::tz::TimeZone::get("America/New_York").expect("a zone")
}

/// A running core with the folder and the keychain it uses.
pub(crate) struct Bench {
    pub(crate) world: World,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) vault: Arc<dyn Vault>,
    pub(crate) app: App,
}

impl Bench {
    /// A first start: no key, nobody mapped.
    pub(crate) async fn first_start(world: World) -> Self {
        Self::with_vault(world, Arc::new(MemoryVault::new())).await
    }

    pub(crate) async fn with_vault(world: World, vault: Arc<dyn Vault>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let app = App::start(world.environment(folder.path(), Arc::clone(&vault))).await;
        Self {
            world,
            folder,
            vault,
            app,
        }
    }

    /// Connected with the master key, the main rep mapped, all tasks read.
    pub(crate) async fn ready(world: World) -> Self {
        let bench = Self::first_start(world).await;
        bench.app.become_ready(&bench.world).await;
        bench
    }

    /// Quits and starts again.
    pub(crate) async fn restart(self) -> Self {
        let Self {
            world,
            folder,
            vault,
            app,
        } = self;
        app.core.shut_down().await;
        drop(app);
        let app = App::start(world.environment(folder.path(), Arc::clone(&vault))).await;
        Self {
            world,
            folder,
            vault,
            app,
        }
    }

    /// Waits until everything is in Apollo, while time stands still: time that passed would count
    /// against the requests on their way.
    pub(crate) async fn sent(&self) {
        until("an empty outbox", async || {
            (self.app.receipts().await.unsent == 0).then_some(())
        })
        .await;
    }

    /// Lets time pass until everything is in Apollo.
    pub(crate) async fn drain(&self) {
        self.app.drain(&self.world).await;
    }
}

/// A core and the computer under it.
pub(crate) struct App {
    pub(crate) core: Arc<Core>,
    pub(crate) host: Arc<Recorder>,
}

pub(crate) fn window(label: &str) -> Caller {
    Caller {
        window: label.to_owned(),
    }
}

pub(crate) fn main() -> Caller {
    window("main")
}

pub(crate) fn none() -> NoArgs {
    NoArgs {}
}

fn task(id: &str) -> TaskArgs {
    TaskArgs { task_id: id.into() }
}

impl App {
    pub(crate) async fn start(environment: Environment) -> Self {
        let host = Arc::new(Recorder::default());
        let core = Core::start(environment, Arc::clone(&host) as _)
            .await
            .expect("it starts");
        Self { core, host }
    }

    pub(crate) async fn become_ready(&self, world: &World) {
        let progress = self.connect(&world.sandbox.keys().master).await;
        assert_eq!(progress.state, ConnectState::Connected, "{progress:?}");
        self.undo_within(0).await;
        self.choose_rep(&world.sandbox.users()[0].id).await;
        self.loaded().await;
    }

    /// How long a saved call can be taken back, in seconds.
    pub(crate) async fn undo_within(&self, undo_s: u32) {
        let mut settings = run::settings_get(&self.core, &window("settings"), none())
            .await
            .expect("settings")
            .settings;
        settings.undo_s = undo_s;
        run::settings_put(
            &self.core,
            &window("settings"),
            SettingsPutArgs { settings },
        )
        .await
        .expect("settings are saved");
    }

    /// Pastes a key and waits for the end of the checks.
    pub(crate) async fn connect(&self, key: &str) -> ConnectProgress {
        let args = ConnectArgs {
            key: PastedKey::new(key),
        };
        run::connect_start(&self.core, &main(), args)
            .await
            .expect("checks begin");
        self.checked().await
    }

    /// Waits for the end of the checks.
    pub(crate) async fn checked(&self) -> ConnectProgress {
        until("the end of the checks", async || {
            let progress = run::connect_get(&self.core, &main(), none())
                .await
                .expect("progress");
            (progress.state != ConnectState::Running).then_some(progress)
        })
        .await
    }

    pub(crate) async fn choose_rep(&self, user: &str) {
        until("the people of the workspace", async || {
            let args = UsersArgs { email: None };
            let users = run::users_get(&self.core, &main(), args)
                .await
                .expect("people");
            (!users.loading && !users.users.is_empty()).then_some(())
        })
        .await;
        let args = RepChooseArgs {
            user_id: user.into(),
        };
        run::rep_choose(&self.core, &main(), args)
            .await
            .expect("it is somebody of the list");
    }

    /// Waits until all tasks are read and the dispositions are Apollo's.
    pub(crate) async fn loaded(&self) -> SequenceReport {
        until("Apollo's dispositions", async || {
            let dispositions = self.dispositions().await;
            (dispositions.source == present::DispositionSource::Apollo).then_some(())
        })
        .await;
        until("the end of the sweep", async || {
            let report = self.report().await;
            (report.loading.state == LoadingState::Complete).then_some(report)
        })
        .await
    }

    /// Lets time pass until everything is in Apollo. It passes slowly while a step is on its way,
    /// since on a busy machine it would run out before the answer is here.
    pub(crate) async fn drain(&self, world: &World) {
        let mut checks_on_its_way = 0;
        until("an empty outbox", async || {
            let receipts = self.receipts().await;
            let now = world.clock.now();
            let is_looked_up = |row: &Receipt| {
                row.state == ReceiptState::Checking && row.waits_until.is_none_or(|at| at <= now)
            };
            let is_sending =
                |row: &Receipt| row.state == ReceiptState::Sending || is_looked_up(row);
            if receipts.rows.iter().any(is_sending) && checks_on_its_way < CHECKS_ON_ITS_WAY {
                checks_on_its_way += 1;
            } else {
                checks_on_its_way = 0;
                world.clock.advance(Duration::from_secs(5));
            }
            (receipts.unsent == 0).then_some(())
        })
        .await;
    }

    pub(crate) async fn status(&self) -> Status {
        run::status_get(&self.core, &main(), none())
            .await
            .expect("a status")
    }

    pub(crate) async fn report(&self) -> SequenceReport {
        run::report_get(&self.core, &main(), none())
            .await
            .expect("a report")
    }

    pub(crate) async fn dispositions(&self) -> Dispositions {
        run::dispositions_get(&self.core, &main(), none())
            .await
            .expect("dispositions")
    }

    pub(crate) async fn receipts(&self) -> Receipts {
        run::receipts_get(&self.core, &main(), none())
            .await
            .expect("receipts")
    }

    pub(crate) async fn open_queue(&self, scope: QueueScope) -> WholeQueue {
        let head = run::queue_open(&self.core, &main(), QueueOpenArgs { scope })
            .await
            .expect("a queue");
        self.whole_queue(head).await
    }

    pub(crate) async fn queue(&self) -> Option<WholeQueue> {
        let answer = run::queue_get(&self.core, &main(), none()).await;
        let head = answer.expect("an answer").queue?;
        Some(self.whole_queue(head).await)
    }

    /// Scrolls through all rows of the open queue.
    async fn whole_queue(&self, head: Queue) -> WholeQueue {
        let mut rows = Vec::new();
        loop {
            let args = QueueRowsArgs {
                search: QueueSearch {
                    queue: head.number,
                    text: String::new(),
                },
                from: u32::try_from(rows.len()).expect("a place"),
                count: 100,
            };
            let page = run::queue_rows_get(&self.core, &main(), args).await;
            let page = page.expect("rows").rows;
            if page.is_empty() {
                return WholeQueue { head, rows };
            }
            rows.extend(page);
        }
    }

    pub(crate) async fn select(&self, id: &str) -> Card {
        run::queue_select(&self.core, &main(), task(id))
            .await
            .expect("a card")
    }

    pub(crate) async fn card(&self, id: &str) -> Card {
        run::card_get(&self.core, &main(), task(id))
            .await
            .expect("a card")
    }

    pub(crate) async fn draft(&self, id: &str, outcome: &str, note: &str) {
        let args = CallFormArgs {
            task_id: id.into(),
            form: CallForm {
                outcome: Some(outcome.to_owned()),
                note: note.to_owned(),
                ..CallForm::default()
            },
        };
        run::draft_save(&self.core, &main(), args)
            .await
            .expect("the draft is saved");
    }

    /// Dials the first number of the card that can be dialed, and says yes when asked.
    pub(crate) async fn dial(&self, id: &str) -> Result<Card, Problem> {
        let card = self.card(id).await;
        let phone = card
            .phones
            .iter()
            .find(|phone| phone.can_dial)
            .map_or(0, |phone| phone.index);
        let args = |confirmed| DialArgs {
            task_id: id.into(),
            phone,
            confirmed,
        };
        match run::call_dial(&self.core, &main(), args(false)).await {
            Err(problem) if problem.code == ProblemCode::ConfirmDial => {
                run::call_dial(&self.core, &main(), args(true)).await
            }
            answer => answer,
        }
    }

    pub(crate) async fn end_call(&self, id: &str) -> Card {
        run::call_end(&self.core, &main(), task(id))
            .await
            .expect("the call ends")
    }

    pub(crate) async fn save(&self, id: &str, outcome: &str, note: &str) -> Result<Saved, Problem> {
        let args = CallFormArgs {
            task_id: id.into(),
            form: CallForm {
                outcome: Some(outcome.to_owned()),
                note: note.to_owned(),
                ..CallForm::default()
            },
        };
        run::wrap_up_save(&self.core, &main(), args).await
    }

    pub(crate) async fn skip(&self, id: &str, reason: SkipReason, note: &str) -> Saved {
        let args = SkipArgs {
            task_id: id.into(),
            reason,
            note: note.to_owned(),
        };
        run::task_skip(&self.core, &main(), args)
            .await
            .expect("the skip is saved")
    }
}
