//! The core: one per process, shared by all windows.
//!
//! Promises: there is exactly one store, one budget and one outbox at a time; windows are told of
//! every change by its tags. Must never: keep Apollo's data anywhere but in memory.

use std::{
    sync::{
        Arc, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use domain::settings::Settings;
use present::{Connection, Problem, ProblemCode, Status, Tag, store_problem};
use store::SledStore;
use text::message;
use tracing::{info, warn};
use tracing_mutex::stdsync::{Mutex, MutexGuard, RwLock};
use vault::{Vault, VaultError};

use crate::{
    changes::Announcer,
    disk::close_store,
    host::{Environment, Host},
    keychain::keychain_reason,
    notices::Notices,
    start_error::StartError,
    updates::{Begun, Busy, Updates},
    workspace::Workspace,
};

/// How often windows are told that the clock has moved on.
const TICK_MS: u64 = 60_000;
/// The pause between two writings of the sent count into the keychain.
const COUNTED_AFTER_MS: u64 = 5_000;
/// The first check for a newer version comes once the rep is at work, so that the start is not slowed
/// down.
const FIRST_CHECK_AFTER_MS: u64 = 60_000;
const CHECK_EVERY_MS: u64 = 6 * 60 * 60 * 1_000;

/// What every window of one process shares: the store, the settings, and the workspace in use.
pub struct Core {
    pub(crate) environment: Environment,
    pub(crate) host: Arc<dyn Host>,
    store: Arc<SledStore>,
    announcer: Announcer,
    notices: Mutex<Notices>,
    workspace: RwLock<Arc<Workspace>>,
    /// Held while one workspace is exchanged for another.
    switching: tokio::sync::Mutex<()>,
    background: Mutex<Vec<tokio::task::JoinHandle<()>>>,
    /// A person wants to quit while calls are unsent.
    is_closing: AtomicBool,
    /// Wrap-ups that wait outside of the workspace in use.
    unsent_elsewhere: AtomicU32,
    updates: Updates,
}

impl Core {
    /// The core over an opened store, as the last run left it. Needs a tokio runtime around it.
    pub(crate) async fn over(
        environment: Environment,
        host: Arc<dyn Host>,
        store: Arc<SledStore>,
        notices: Notices,
        settings: Settings,
        origin: &str,
    ) -> Result<Arc<Self>, StartError> {
        let announcer = Announcer::new(Arc::clone(&host));
        let workspace = if environment.start_in_sandbox {
            Workspace::sandbox(&environment, announcer.clone()).await?
        } else {
            Workspace::apollo(
                &environment,
                origin,
                Arc::clone(&store),
                settings,
                announcer.clone(),
            )
            .await
            .map_err(StartError::Setup)?
        };
        info!(version = %environment.version, sandbox = workspace.is_sandbox(), "core started");
        let updates = Updates::new(Arc::clone(&environment.updates));
        let core = Arc::new(Self {
            environment,
            host,
            store,
            announcer,
            notices: Mutex::new(notices),
            workspace: RwLock::new(workspace),
            switching: tokio::sync::Mutex::new(()),
            background: Mutex::new(Vec::new()),
            is_closing: AtomicBool::new(false),
            unsent_elsewhere: AtomicU32::new(0),
            updates,
        });
        core.count_unsent_elsewhere().await;
        core.tick();
        core.count_in_keychain();
        core.keep_checking_for_updates();
        Ok(core)
    }

    /// Gives requests in flight a moment to finish, and closes the store. A step that was not sent is
    /// durable and goes next time.
    pub async fn shut_down(&self) {
        self.stop_background();
        self.workspace().close().await;
        if let Err(error) = close_store(Arc::clone(&self.store)).await {
            warn!(%error, "the store did not close cleanly");
        }
        info!("core stopped");
    }

    /// The Apollo or sandbox in use.
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
        let workspace = Workspace::sandbox(&self.environment, self.announcer.clone())
            .await
            .map_err(|error| {
                let mut problem = Problem::new(ProblemCode::Internal, error.message());
                problem.hint = error.hint();
                problem
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

    async fn go_to(&self, origin: &str, settings: Settings) -> Result<(), Problem> {
        if !self.workspace().is_sandbox() && self.workspace().origin() == origin {
            return Ok(());
        }
        ensure_key_is_not_locked(&*self.environment.vault, origin)
            .await
            .map_err(|error| {
                let reason = keychain_reason(&error);
                Problem::new(
                    ProblemCode::Unavailable,
                    message!("connecting-not-read", reason = reason),
                )
                .hint(message!("connecting-not-read-next"))
            })?;
        let store = Arc::clone(&self.store);
        let workspace = Workspace::apollo(
            &self.environment,
            origin,
            store,
            settings,
            self.announcer.clone(),
        )
        .await?;
        self.exchange(workspace).await;
        Ok(())
    }

    async fn exchange(&self, workspace: Arc<Workspace>) {
        let old = {
            let mut in_use = self
                .workspace
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *in_use, workspace)
        };
        old.close().await;
        self.count_unsent_elsewhere().await;
        self.announcer.announce(&Tag::ALL, None);
    }

    /// The state of Handset as a whole.
    pub(crate) fn status(&self) -> Status {
        let workspace = self.workspace();
        let session = workspace.session();
        let outbox = workspace.outbox();
        let (unsent, blocked) = outbox.unsent();
        let (now, zone) = (self.environment.clock.now(), &self.environment.zone);
        let connection = match session {
            Some(_) => present::connection(outbox, now, zone),
            None => Connection::online(),
        };
        let undoable = session.as_ref().and_then(|session| session.undoable());
        let open_queue = session.and_then(|session| session.queue_scope());
        Status {
            revision: self.announcer.revision(),
            stage: workspace.stage(),
            sandbox: workspace.is_sandbox(),
            origin: workspace.origin().to_owned(),
            acting_admin: workspace.acting_admin(),
            rep: workspace.rep().map(Into::into),
            key_storage: workspace.key_storage(),
            connection,
            unsent,
            blocked,
            unsent_elsewhere: self.unsent_elsewhere.load(Ordering::SeqCst),
            undo: undoable.map(present::undo),
            is_closing: self.is_closing.load(Ordering::SeqCst),
            calls_left_this_hour: present::calls_left_this_hour(workspace.budget()),
            open_queue: open_queue.as_ref().map(Into::into),
            notices: self.notices().rows.clone(),
            update: self.updates.view(|| self.busy()),
            version: self.environment.version.clone(),
            zone: zone.iana_name().unwrap_or("UTC").to_owned(),
        }
    }

    /// How many wrap-ups Apollo does not have yet, of all addresses, whichever is in use. Those of the
    /// sample data do not count.
    pub fn unsent(&self) -> u32 {
        let workspace = self.workspace();
        let here = if workspace.is_sandbox() {
            0
        } else {
            workspace.outbox().unsent().0
        };
        here.saturating_add(self.unsent_elsewhere.load(Ordering::SeqCst))
    }

    /// Counts the wrap-ups that wait outside of the workspace in use.
    async fn count_unsent_elsewhere(&self) {
        let workspace = self.workspace();
        let here = (!workspace.is_sandbox()).then(|| workspace.origin().to_owned());
        match self.store.unsent_outside(here).await {
            Ok(count) => self.unsent_elsewhere.store(count, Ordering::SeqCst),
            Err(error) => warn!(%error, "what waits elsewhere could not be counted"),
        }
    }

    /// A person wants to close the last window. True if it should stay open for a moment, since
    /// some calls are unsent: a call that is held back goes at once, and the window names the calls
    /// that go next time. The second time, the answer is false.
    pub fn should_wait_to_close(&self) -> bool {
        if self.unsent() == 0 || self.is_closing.swap(true, Ordering::SeqCst) {
            return false;
        }
        self.workspace().outbox().hold(false);
        self.announcer.announce(&[Tag::Status, Tag::Receipts], None);
        true
    }

    /// The person stays after all.
    pub(crate) fn stay(&self) {
        self.is_closing.store(false, Ordering::SeqCst);
        self.workspace().outbox().hold(true);
    }

    /// What an update or a restart would tear apart.
    fn busy(&self) -> Option<Busy> {
        let workspace = self.workspace();
        if let Some(session) = workspace.session() {
            let (on_call, not_saved) =
                session.view(|view| (view.tasks.on_call().is_some(), view.tasks.has_call()));
            if on_call {
                return Some(Busy::OnCall);
            }
            if not_saved {
                return Some(Busy::NotSaved);
            }
            if session.undoable().is_some() {
                return Some(Busy::Sending);
            }
        }
        (!workspace.outbox().is_idle()).then_some(Busy::Sending)
    }

    /// Checks for a newer version now.
    pub(crate) async fn check_for_updates(&self) {
        let announcer = self.announcer.clone();
        let tell = move || announcer.announce(&[Tag::Status], None);
        self.updates.check(&tell).await;
    }

    /// Installs the newer version that is ready, and restarts unless a call has begun meanwhile.
    pub(crate) async fn install_update(&self) -> Result<(), Problem> {
        let tell = || self.announcer.announce(&[Tag::Status], None);
        if let Begun::Install(installation) = self.updates.begin(|| self.busy()).await? {
            tell();
            let installed = self.updates.install(installation).await;
            tell();
            installed.map_err(|error| {
                Problem::new(ProblemCode::Unavailable, error.message()).hint(error.hint())
            })?;
        }
        let _nobody_dials = self.updates.dialing.write().await;
        if self.busy().is_some() {
            // A call has begun meanwhile: windows say that a restart is left to do.
            return Ok(());
        }
        self.host.restart().map_err(|error| {
            Problem::new(
                ProblemCode::Internal,
                message!("host-not-restarted", reason = error.reason()),
            )
        })
    }

    /// Lets `dial` go on only while no update is being installed, and none begin within it.
    pub(crate) async fn unless_updating<T>(
        &self,
        dial: impl Future<Output = Result<T, Problem>>,
    ) -> Result<T, Problem> {
        let _no_update_begins = self.updates.dialing.read().await;
        match self.updates.stops_dialing() {
            Some(problem) => Err(problem),
            None => dial.await,
        }
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
        self.announcer.announce(tags, origin);
    }

    fn notices(&self) -> MutexGuard<'_, Notices> {
        self.notices.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn background(&self) -> MutexGuard<'_, Vec<tokio::task::JoinHandle<()>>> {
        self.background
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn stop_background(&self) {
        for task in self.background().drain(..) {
            task.abort();
        }
    }

    /// Stores in the keychain, too, how far the store has sent. Nothing waits for it, and after a
    /// refusal it is not tried again in this run: each try may ask the person for a password.
    fn count_in_keychain(&self) {
        let Some(folder_id) = self.store.folder_id() else {
            return;
        };
        let mut count = self.store.witnessed();
        count.mark_changed();
        let (vault, clock) = (
            Arc::clone(&self.environment.vault),
            Arc::clone(&self.environment.clock),
        );
        let counting = tokio::spawn(async move {
            while count.changed().await.is_ok() {
                let newest = *count.borrow_and_update();
                if let Err(error) = vault.put_sent_count(&folder_id, newest).await {
                    warn!(%error, "the keychain does not store how far was sent");
                    return;
                }
                clock.sleep(Duration::from_millis(COUNTED_AFTER_MS)).await;
            }
        });
        self.background().push(counting);
    }

    /// Checks for newer versions now and then.
    fn keep_checking_for_updates(self: &Arc<Self>) {
        let core = Arc::downgrade(self);
        let announcer = self.announcer.clone();
        let clock = Arc::clone(&self.environment.clock);
        let checking = tokio::spawn(async move {
            let mut pause_ms = FIRST_CHECK_AFTER_MS;
            loop {
                clock.sleep(Duration::from_millis(pause_ms)).await;
                pause_ms = CHECK_EVERY_MS;
                let Some(core) = core.upgrade() else { return };
                let tell = || announcer.announce(&[Tag::Status], None);
                core.updates.check(&tell).await;
            }
        });
        self.background().push(checking);
    }

    /// Local times and calling windows change with the clock alone.
    fn tick(&self) {
        let announcer = self.announcer.clone();
        let clock = Arc::clone(&self.environment.clock);
        let ticking = tokio::spawn(async move {
            loop {
                clock.sleep(Duration::from_millis(TICK_MS)).await;
                announcer.announce(&Tag::BY_THE_CLOCK, None);
            }
        });
        self.background().push(ticking);
    }
}

impl Drop for Core {
    fn drop(&mut self) {
        self.stop_background();
    }
}

/// A key that cannot be read at the moment must not pass for one that was never connected.
pub(crate) async fn ensure_key_is_not_locked(
    vault: &dyn Vault,
    origin: &str,
) -> Result<(), VaultError> {
    match vault.api_key(origin).await {
        Err(VaultError::Locked) => Err(VaultError::Locked),
        // The workspace reports every other error.
        _ => Ok(()),
    }
}
