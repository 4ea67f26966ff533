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

use vault::{Vault, VaultError};

use crate::{
    disk::{close_store, open_store, outside},
    host::{Environment, Host},
    keys,
    workspace::Workspace,
};

/// How often windows are told that the clock has moved on.
const TICK_MS: u64 = 60_000;
/// How often it is looked whether a locked keychain was unlocked.
const KEYCHAIN_LOOK_MS: u64 = 2_000;
/// How long the count of what was sent may go on before the keychain hears of it again.
const COUNTED_AFTER_MS: u64 = 5_000;
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
    background: Mutex<Vec<tokio::task::JoinHandle<()>>>,
    /// A person wants to quit while calls are unsent.
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
    #[error("{}", .0.message)]
    Setup(Problem),
    /// What is saved here is sealed with a key in the keychain, or so is the key for Apollo, and the
    /// keychain does not give it. Worth another attempt.
    #[error("{}", waits_because(.0))]
    Keychain(VaultError),
}

fn waits_because(error: &VaultError) -> String {
    match error {
        VaultError::Locked => "The keychain of this computer is locked, and Handset cannot read \
            what is saved here without it. Nothing was opened, and nothing was changed."
            .to_owned(),
        error => format!(
            "Handset cannot read what is saved here without this computer's keychain: {error}. \
             Nothing was opened, and nothing was changed."
        ),
    }
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
            Self::Store(StoreError::CopyInUse) => {
                "Two copies of one data folder would log calls twice. Close the Handset that is \
                 open, then start again."
            }
            Self::Store(StoreError::NotWitnessed { .. }) => {
                "Handset keeps a small file outside its data folder, so that a restored backup does \
                 not log calls twice. Make the folder for the state of apps writable for your \
                 account, then start again."
            }
            Self::Keychain(VaultError::Locked) => {
                "Unlock the keychain, and Handset goes on: it asks for the password when you try \
                 again. Your system's program for passwords and keys can unlock it too."
            }
            Self::Keychain(VaultError::NotProven | VaultError::Other { .. }) => {
                "Try again in a moment. If it stays, sign out and in, and look with your system's \
                 program for passwords and keys whether the keychain is in order."
            }
            Self::Keychain(VaultError::NoKeychain { .. }) => {
                "Start the keychain's program, then try again. Or start without it: unsent calls \
                 that it has sealed are kept and their tasks stay closed until it is back."
            }
            Self::Store(StoreError::NotTrusted { .. }) => {
                "Name another folder with --data-dir, or put this one right: it has to be a folder \
                 that belongs to your account, that nobody else can write into (chmod 700), and that \
                 holds no links. If you did not do this yourself, ask whoever looks after this \
                 computer."
            }
            Self::Store(StoreError::Newer { .. }) => {
                "Install the newer Handset again. Nothing was changed."
            }
            Self::Store(StoreError::DiskFull) => "Free some space on the disk, then start again.",
            Self::Store(StoreError::NotWritable { .. }) => {
                "Make the data folder writable for your account, or name another with --data-dir."
            }
            Self::Store(
                StoreError::Damaged { .. }
                | StoreError::FolderGone
                | StoreError::KeyNotAtHand { .. },
            ) => "Start again. If it stays, send the logs to whoever looks after Handset.",
            Self::Setup(problem) => return problem.hint.clone(),
        };
        Some(hint.to_owned())
    }

    /// Whether it is the keychain that is waited for.
    pub fn waits_for_keychain(&self) -> bool {
        matches!(self, Self::Keychain(_))
    }

    /// Whether a person may choose to start without the keychain: only where there is none, and not
    /// while one is locked or refuses for another reason.
    pub fn may_go_without_keychain(&self) -> bool {
        matches!(self, Self::Keychain(VaultError::NoKeychain { .. }))
    }
}

/// A start that may take several attempts, since a keychain may be locked.
///
/// Promises: what was opened stays open from one attempt to the next, so that nothing that was found
/// out at opening is lost.
pub struct Start {
    environment: Environment,
    goes_without_keychain: bool,
    /// When the last attempt failed: then another is worth nothing by itself.
    was_unlocked: bool,
    opened: Option<(Arc<SledStore>, Notices)>,
}

impl Start {
    /// Nothing is opened yet.
    pub fn new(environment: Environment) -> Self {
        Self {
            environment,
            goes_without_keychain: false,
            was_unlocked: false,
            opened: None,
        }
    }

    /// A person's word: what the keychain has sealed may stay closed.
    pub fn go_without_keychain(&mut self) {
        self.goes_without_keychain = true;
    }

    /// Waits until the keychain can be read without asking the person for anything, which it could
    /// not be when the last attempt failed. Waits for ever where that cannot be told.
    pub async fn keychain_unlocked(&self) {
        let Environment { vault, clock, .. } = &self.environment;
        let mut was_unlocked = self.was_unlocked;
        loop {
            clock.sleep(Duration::from_millis(KEYCHAIN_LOOK_MS)).await;
            let is_unlocked = vault.is_unlocked().await;
            if is_unlocked && !was_unlocked {
                return;
            }
            was_unlocked = is_unlocked;
        }
    }

    /// Opens the store, once.
    async fn open(&mut self) -> Result<(Arc<SledStore>, Notices), StartError> {
        if let Some(opened) = self.opened.take() {
            return Ok(opened);
        }
        let environment = &self.environment;
        let sealing = keys::sealing(
            &*environment.vault,
            environment.data_dir.clone(),
            self.goes_without_keychain,
        )
        .await?;
        let opened = open_store(
            environment.data_dir.clone(),
            &sealing,
            Some(outside(environment)),
            Arc::clone(&environment.clock),
        )
        .await;
        let sentence = sealing.sentence();
        let (store, opened) = match (opened, sealing.instead_of) {
            (Err(StoreError::KeyNotAtHand { .. }), Some(error)) => {
                return Err(StartError::Keychain(error));
            }
            (opened, _) => opened?,
        };
        let mut notices = Notices::default();
        for notice in opened {
            notices.add(notice.message(), Some(notice.hint()));
        }
        if let Some(sentence) = sentence {
            notices.add(sentence, None);
        }
        if let Some(sentence) = &environment.zone_notice {
            notices.add(sentence.clone(), None);
        }
        Ok((store, notices))
    }

    /// Opens the store and goes to where the last run stopped. Needs a tokio runtime around it.
    pub async fn attempt(&mut self, host: Arc<dyn Host>) -> Result<Arc<Core>, StartError> {
        let attempted = self.go(host).await;
        if let Err(StartError::Keychain(error)) = &attempted {
            self.was_unlocked =
                *error != VaultError::Locked && self.environment.vault.is_unlocked().await;
        }
        attempted
    }

    async fn go(&mut self, host: Arc<dyn Host>) -> Result<Arc<Core>, StartError> {
        let (store, notices) = self.open().await?;
        let environment = self.environment.clone();
        let settings = store.settings().await?;
        let origin = match &environment.apollo_url {
            Some(url) => url.origin().ascii_serialization(),
            None => settings.apollo_origin.clone(),
        };
        if !environment.start_in_sandbox
            && let Err(error) = ensure_key_is_not_locked(&*environment.vault, &origin).await
        {
            self.opened = Some((store, notices));
            return Err(StartError::Keychain(error));
        }
        Core::over(environment, host, store, notices, settings, &origin).await
    }
}

/// A key that cannot be read at the moment must not pass for one that was never connected.
async fn ensure_key_is_not_locked(vault: &dyn Vault, origin: &str) -> Result<(), VaultError> {
    match vault.api_key(origin).await {
        Err(VaultError::Locked) => Err(VaultError::Locked),
        // The workspace says what else is wrong.
        _ => Ok(()),
    }
}

impl Core {
    /// A start with one attempt. Needs a tokio runtime around it.
    pub async fn start(
        environment: Environment,
        host: Arc<dyn Host>,
    ) -> Result<Arc<Self>, StartError> {
        Start::new(environment).attempt(host).await
    }

    async fn over(
        environment: Environment,
        host: Arc<dyn Host>,
        store: Arc<SledStore>,
        notices: Notices,
        settings: desk::view::Settings,
        origin: &str,
    ) -> Result<Arc<Self>, StartError> {
        let revision = Arc::new(AtomicU32::new(0));
        let on_change = notifier(&host, &revision);
        let workspace = if environment.start_in_sandbox {
            Workspace::sandbox(&environment, on_change).await?
        } else {
            Workspace::apollo(
                &environment,
                origin,
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
            background: Mutex::new(Vec::new()),
            is_closing: AtomicBool::new(false),
            unsent_elsewhere: AtomicU32::new(0),
        });
        core.count_unsent_elsewhere().await;
        core.tick();
        core.count_in_keychain();
        Ok(core)
    }

    /// Lets what is on its way finish for a moment, and closes the store. What was not sent is
    /// durable and goes next time.
    pub async fn shut_down(&self) {
        self.stop_background();
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
        ensure_key_is_not_locked(&*self.environment.vault, origin)
            .await
            .map_err(|error| {
                Problem::new(
                    ProblemCode::Unavailable,
                    format!("The key for Apollo cannot be read: {error}. Nothing was changed."),
                )
                .hint("Unlock the keychain, then try again.")
            })?;
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
            zone: self
                .environment
                .zone
                .iana_name()
                .unwrap_or("UTC")
                .to_owned(),
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
    /// some calls are unsent: what is held back goes at once, and the window says what
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

    fn background(&self) -> std::sync::MutexGuard<'_, Vec<tokio::task::JoinHandle<()>>> {
        self.background
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn stop_background(&self) {
        for task in self.background().drain(..) {
            task.abort();
        }
    }

    /// Keeps in the keychain, too, how far the store has sent. Nothing waits for it, and after a
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
                    warn!(%error, "the keychain does not keep how far was sent");
                    return;
                }
                clock.sleep(Duration::from_millis(COUNTED_AFTER_MS)).await;
            }
        });
        self.background().push(counting);
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
        self.background().push(ticking);
    }
}

impl Drop for Core {
    fn drop(&mut self) {
        self.stop_background();
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
