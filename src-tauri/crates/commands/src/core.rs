//! The core: one per process, shared by all windows.
//!
//! Promises: there is exactly one store, one budget and one outbox at a time; windows hear of every
//! change by its tags. Must never: keep Apollo's data anywhere but in memory.

use std::{
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use desk::view::{
    APOLLO_ORIGIN, Changed, Connection, ConnectionState, Notice, Problem, ProblemCode, Session, Tag,
};
use store::{SledStore, StoreError};
use tracing::{info, warn};

use crate::{
    disk::{close_store, open_store},
    host::{Environment, Host},
    keys,
    workspace::Workspace,
};

/// How often windows are told that the clock has moved on.
const TICK_MS: u64 = 60_000;
/// Notices that are kept for a person to read.
const NOTICES_MAX: usize = 20;

/// See the module.
pub struct Core {
    pub(crate) environment: Environment,
    pub(crate) host: Arc<dyn Host>,
    store: Arc<SledStore>,
    revision: Arc<AtomicU32>,
    notices: Mutex<Notices>,
    workspace: RwLock<Arc<Workspace>>,
    /// Held while one workspace is exchanged for another.
    switching: tokio::sync::Mutex<()>,
    ticking: Mutex<Option<tokio::task::JoinHandle<()>>>,
    /// A person wants to quit while calls are not in Apollo yet.
    is_closing: AtomicBool,
    /// Wrap-ups that wait outside of the workspace that is worked with.
    unsent_elsewhere: AtomicU32,
}

#[derive(Default)]
struct Notices {
    rows: Vec<Notice>,
    last_id: u32,
}

/// Why the core could not start. Nothing is changed on disk then.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("The sample data could not be served: {0}")]
    Sandbox(#[from] sandbox::StartError),
    #[error("{}", .0.message)]
    Setup(Problem),
}

impl StartError {
    /// What to do next.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Store(StoreError::InUse) => {
                "Handset is already running with this data folder. Use the window that is open, or \
                 name another folder with --data-dir."
            }
            Self::Store(StoreError::OutboxTaken) => {
                "Wait a moment, then start again. Nothing was changed."
            }
            Self::Store(StoreError::Newer { .. }) => {
                "Install the newer Handset again. Nothing was changed."
            }
            Self::Store(StoreError::DiskFull) => "Free some space on the disk, then start again.",
            Self::Store(StoreError::NotWritable { .. }) => {
                "Make the data folder writable for your account, or name another with --data-dir."
            }
            Self::Store(StoreError::Damaged { .. }) | Self::Sandbox(_) => {
                "Start again. If it stays, send the logs to whoever looks after Handset."
            }
            Self::Setup(problem) => return problem.hint.clone(),
        };
        Some(hint.to_owned())
    }
}

impl Core {
    /// Opens the store and goes to where the last run stopped. Needs a tokio runtime around it.
    pub async fn start(
        environment: Environment,
        host: Arc<dyn Host>,
    ) -> Result<Arc<Self>, StartError> {
        let sealing = keys::sealing(&*environment.vault, environment.data_dir.clone()).await?;
        let (store, opened) = open_store(
            environment.data_dir.clone(),
            sealing.key,
            Arc::clone(&environment.clock),
        )
        .await?;
        let revision = Arc::new(AtomicU32::new(0));
        let mut notices = Notices::default();
        for notice in opened {
            notices.add(notice.message(), Some(notice.hint()));
        }
        if let Some(sentence) = sealing.sentence {
            notices.add(sentence, None);
        }
        let settings = store.settings().await?;
        let origin = match &environment.apollo_url {
            Some(url) => url.origin().ascii_serialization(),
            None => settings.apollo_origin.clone(),
        };
        let on_change = notifier(&host, &revision);
        let workspace = if environment.start_in_sandbox {
            Workspace::sandbox(&environment, on_change).await?
        } else {
            Workspace::apollo(
                &environment,
                &origin,
                Arc::clone(&store),
                settings,
                on_change,
            )
            .await
            .map_err(StartError::Setup)?
        };
        info!(version = %environment.version, sandbox = workspace.is_sandbox(), "core started");
        let core = Arc::new(Self {
            environment,
            host,
            store,
            revision,
            notices: Mutex::new(notices),
            workspace: RwLock::new(workspace),
            switching: tokio::sync::Mutex::new(()),
            ticking: Mutex::new(None),
            is_closing: AtomicBool::new(false),
            unsent_elsewhere: AtomicU32::new(0),
        });
        core.count_unsent_elsewhere().await;
        core.tick();
        Ok(core)
    }

    /// Lets what is on its way finish for a moment, and closes the store. What was not sent is
    /// durable and goes next time.
    pub async fn shut_down(&self) {
        if let Some(ticking) = self.ticking().take() {
            ticking.abort();
        }
        self.workspace().close().await;
        if let Err(error) = close_store(Arc::clone(&self.store)).await {
            warn!(%error, "the store did not close cleanly");
        }
        info!("core stopped");
    }

    /// The Apollo or sandbox that is worked with.
    pub(crate) fn workspace(&self) -> Arc<Workspace> {
        Arc::clone(
            &self
                .workspace
                .read()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    /// Goes over to the sandbox.
    pub(crate) async fn enter_sandbox(&self) -> Result<(), Problem> {
        let _one_at_a_time = self.switching.lock().await;
        if self.workspace().is_sandbox() {
            return Ok(());
        }
        let workspace = Workspace::sandbox(&self.environment, self.notifier())
            .await
            .map_err(|error| {
                Problem::new(ProblemCode::Internal, error.to_string())
                    .hint(error.hint().unwrap_or_default())
            })?;
        self.exchange(workspace).await;
        Ok(())
    }

    /// Goes back from the sandbox to Apollo.
    pub(crate) async fn leave_sandbox(&self) -> Result<(), Problem> {
        let _one_at_a_time = self.switching.lock().await;
        if !self.workspace().is_sandbox() {
            return Ok(());
        }
        let settings = self
            .store
            .settings()
            .await
            .map_err(|error| store_problem(&error))?;
        let origin = match &self.environment.apollo_url {
            Some(url) => url.origin().ascii_serialization(),
            None => settings.apollo_origin.clone(),
        };
        self.go_to(&origin, settings).await
    }

    /// Goes to another Apollo origin, which has its own key, rep and outbox.
    pub(crate) async fn change_origin(&self, origin: &str) -> Result<(), Problem> {
        let _one_at_a_time = self.switching.lock().await;
        let settings = self
            .store
            .settings()
            .await
            .map_err(|error| store_problem(&error))?;
        self.go_to(origin, settings).await
    }

    async fn go_to(&self, origin: &str, settings: desk::view::Settings) -> Result<(), Problem> {
        if !self.workspace().is_sandbox() && self.workspace().origin() == origin {
            return Ok(());
        }
        let store = Arc::clone(&self.store);
        let workspace =
            Workspace::apollo(&self.environment, origin, store, settings, self.notifier()).await?;
        self.exchange(workspace).await;
        Ok(())
    }

    async fn exchange(&self, workspace: Arc<Workspace>) {
        let old = {
            let mut kept = self
                .workspace
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *kept, workspace)
        };
        old.close().await;
        self.count_unsent_elsewhere().await;
        self.changed(
            &[
                Tag::Session,
                Tag::Connect,
                Tag::Users,
                Tag::Report,
                Tag::Queue,
                Tag::Card,
                Tag::Dispositions,
                Tag::Receipts,
                Tag::Budget,
                Tag::Settings,
            ],
            None,
        );
    }

    /// Where a window stands as a whole.
    pub(crate) fn session(&self) -> Session {
        let workspace = self.workspace();
        let desk = workspace.desk();
        let (unsent, blocked) = workspace.engine().unsent();
        let connection = desk.as_ref().map_or_else(online, |desk| desk.connection());
        Session {
            revision: self.revision.load(Ordering::SeqCst),
            stage: workspace.stage(),
            sandbox: workspace.is_sandbox(),
            origin: workspace.origin().to_owned(),
            acting_admin: workspace.acting_admin(),
            rep: workspace.rep(),
            key_storage: workspace.key_storage(),
            connection,
            unsent,
            blocked,
            unsent_elsewhere: self.unsent_elsewhere.load(Ordering::SeqCst),
            undo: desk.as_ref().and_then(|desk| desk.undo()),
            is_closing: self.is_closing.load(Ordering::SeqCst),
            calls_left_this_hour: crate::budget_view::calls_left_this_hour(workspace.budget()),
            open_queue: desk.and_then(|desk| desk.queue_scope()),
            notices: self.notices().rows.clone(),
            version: self.environment.version.clone(),
        }
    }

    /// How many wrap-ups Apollo does not have yet, of all addresses, whatever is shown. Those of the
    /// sample data are nobody's.
    pub fn unsent(&self) -> u32 {
        let workspace = self.workspace();
        let here = if workspace.is_sandbox() {
            0
        } else {
            workspace.engine().unsent().0
        };
        here.saturating_add(self.unsent_elsewhere.load(Ordering::SeqCst))
    }

    /// Counts the wrap-ups that wait outside of the workspace that is worked with.
    async fn count_unsent_elsewhere(&self) {
        let workspace = self.workspace();
        let here = (!workspace.is_sandbox()).then(|| workspace.origin().to_owned());
        match self.store.unsent_outside(here).await {
            Ok(count) => self.unsent_elsewhere.store(count, Ordering::SeqCst),
            Err(error) => warn!(%error, "what waits elsewhere could not be counted"),
        }
    }

    /// A person wants to close the last window. True if it should stay open for a moment, since
    /// some calls are not in Apollo yet: what is held back goes at once, and the window says what
    /// goes next time. Asked again, the answer is no.
    pub fn should_wait_to_close(&self) -> bool {
        if self.unsent() == 0 || self.is_closing.swap(true, Ordering::SeqCst) {
            return false;
        }
        self.workspace().engine().hold(false);
        self.changed(&[Tag::Session, Tag::Receipts], None);
        true
    }

    /// The person stays after all.
    pub(crate) fn stay(&self) {
        self.is_closing.store(false, Ordering::SeqCst);
        self.workspace().engine().hold(true);
        self.changed(&[Tag::Session], None);
    }

    /// Whether the origin was fixed on the command line.
    pub(crate) fn origin_is_fixed(&self) -> bool {
        self.environment.apollo_url.is_some()
    }

    /// Takes a notice away that a person has read.
    pub(crate) fn dismiss(&self, id: u32) {
        self.notices().rows.retain(|notice| notice.id != id);
    }

    /// Tells every window; `origin` is the window that caused it.
    pub(crate) fn changed(&self, tags: &[Tag], origin: Option<&str>) {
        announce(&*self.host, &self.revision, tags, origin);
    }

    fn notifier(&self) -> desk::desk::OnChange {
        notifier(&self.host, &self.revision)
    }

    fn notices(&self) -> std::sync::MutexGuard<'_, Notices> {
        self.notices.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ticking(&self) -> std::sync::MutexGuard<'_, Option<tokio::task::JoinHandle<()>>> {
        self.ticking.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Local times and calling windows change with the clock alone.
    fn tick(&self) {
        let (host, revision) = (Arc::clone(&self.host), Arc::clone(&self.revision));
        let clock = Arc::clone(&self.environment.clock);
        let ticking = tokio::spawn(async move {
            loop {
                clock.sleep(Duration::from_millis(TICK_MS)).await;
                announce(
                    &*host,
                    &revision,
                    &[Tag::Report, Tag::Queue, Tag::Card],
                    None,
                );
            }
        });
        *self.ticking() = Some(ticking);
    }
}

impl Drop for Core {
    fn drop(&mut self) {
        if let Some(ticking) = self.ticking().take() {
            ticking.abort();
        }
    }
}

impl Notices {
    fn add(&mut self, message: String, hint: Option<String>) {
        if self.rows.len() < NOTICES_MAX {
            self.last_id += 1;
            self.rows.push(Notice {
                id: self.last_id,
                message,
                hint,
            });
        }
    }
}

fn notifier(host: &Arc<dyn Host>, revision: &Arc<AtomicU32>) -> desk::desk::OnChange {
    let (host, revision) = (Arc::clone(host), Arc::clone(revision));
    Arc::new(move |tags| announce(&*host, &revision, tags, None))
}

fn announce(host: &dyn Host, revision: &AtomicU32, tags: &[Tag], origin: Option<&str>) {
    let revision = revision.fetch_add(1, Ordering::SeqCst) + 1;
    host.changed(&Changed {
        revision,
        tags: tags.to_vec(),
        origin: origin.map(ToOwned::to_owned),
    });
}

fn online() -> Connection {
    Connection {
        state: ConnectionState::Online,
        sentence: String::new(),
        since: None,
        retry_at: None,
    }
}

/// A failure of the store, across IPC.
pub(crate) fn store_problem(error: &StoreError) -> Problem {
    Problem::new(
        ProblemCode::NotSaved,
        format!("This could not be kept: {error}."),
    )
}

/// The origin of an address that a person typed, if it may be talked to.
pub(crate) fn origin_of(text: &str) -> Result<String, Problem> {
    let invalid = |message: &str| {
        Problem::new(ProblemCode::Invalid, message.to_owned())
            .hint(format!("Apollo's own is {APOLLO_ORIGIN}."))
    };
    let url = url::Url::parse(text.trim())
        .map_err(|_| invalid("This is not an address such as https://api.apollo.io."))?;
    let is_loopback = match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => return Err(invalid("The address has no host.")),
    };
    match url.scheme() {
        "https" => {}
        "http" if is_loopback => {}
        _ => {
            return Err(invalid(
                "Only https addresses are allowed, so that the key stays safe.",
            ));
        }
    }
    if url.path() != "/" || url.query().is_some() || !url.username().is_empty() {
        return Err(invalid("Only scheme and host, please, without a path."));
    }
    Ok(url.origin().ascii_serialization())
}
