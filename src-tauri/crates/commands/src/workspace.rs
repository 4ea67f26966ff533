//! One Apollo, real or sandbox, with everything that belongs to it: store, budget, key, rep, desk.
//!
//! Promises: a key is used for the origin it was pasted for and no other; a desk exists only once
//! there is a key and a mapped rep. Must never: outlive its exchange for another workspace.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
    time::Duration,
};

use apollo::{ApiKey, Client, ClientOptions, ProxySetting, types::User};
use budget::{Budget, Priority};
use clock::SharedClock;
use desk::{
    desk::{Desk, DeskParts, OnChange},
    ports,
    view::{
        ConnectProgress, KeyStorage, Problem, ProblemCode, Rep, Settings, Stage, Tag, UserList,
    },
    wrap_up::{MappedUser, StepState},
};
use sandbox::Sandbox;
use store::{OpenNotice, SledStore, StoreError};
use tokio::task::JoinSet;
use tracing::{info, warn};
use vault::{MemoryVault, SealingKey, Secret, Vault, VaultError};

use crate::{
    apollo_port::ApolloPort,
    connecting,
    core::{StartError, store_problem},
    host::Environment,
    people,
};

/// How long the numbers of the budget may change before they are kept.
const BUDGET_KEPT_AFTER_MS: u64 = 5_000;
/// How long what is in flight may take when a workspace closes.
const CLOSING_GRACE_MS: u64 = 3_000;
/// How often closing looks whether that is over.
const CLOSING_LOOK_MS: u64 = 50;
/// The sandbox's seed: the same synthetic team each time.
const SANDBOX_SEED: u64 = 1;

/// See the module.
pub(crate) struct Workspace {
    origin: String,
    base_url: url::Url,
    sandbox: Option<Sandbox>,
    sled: Arc<SledStore>,
    store: Arc<dyn ports::Store>,
    vault: Arc<dyn Vault>,
    budget: Arc<Budget>,
    clock: SharedClock,
    zone: jiff::tz::TimeZone,
    user_agent: String,
    account_email: Option<String>,
    on_change: OnChange,
    settings: RwLock<Settings>,
    state: Mutex<State>,
    tasks: Mutex<JoinSet<()>>,
}

struct State {
    port: Option<Arc<ApolloPort>>,
    client: Option<Client>,
    key_storage: KeyStorage,
    rep: Option<Rep>,
    desk: Option<Arc<Desk>>,
    acting_admin: Option<String>,
    users: Vec<User>,
    users_loading: bool,
    connect: ConnectProgress,
    /// Passed all checks, waits for the person's word to be kept in memory.
    waiting_key: Option<ApiKey>,
}

impl Workspace {
    /// The workspace of a real Apollo origin, as the last run left it.
    pub(crate) async fn apollo(
        environment: &Environment,
        origin: &str,
        sled: Arc<SledStore>,
        settings: Settings,
        on_change: OnChange,
    ) -> Result<Arc<Self>, Problem> {
        let base_url = url::Url::parse(origin).map_err(|_| {
            Problem::new(ProblemCode::Invalid, "The address of Apollo is not valid.")
        })?;
        let vault = Arc::clone(&environment.vault);
        let parts = Parts {
            origin: origin.to_owned(),
            base_url,
            sandbox: None,
            sled,
            vault,
            settings,
        };
        let workspace = Self::assemble(environment, parts, on_change).await;
        match workspace.vault.api_key(origin).await {
            Ok(Some(key)) => match ApiKey::parse(key.expose()) {
                Ok(key) => workspace.use_key(key, KeyStorage::Keychain)?,
                Err(error) => warn!(%error, "the kept key is not a key"),
            },
            Ok(None) => info!("no key is kept for this origin"),
            Err(error) => warn!(%error, "the keychain could not be read"),
        }
        let rep = workspace
            .store
            .rep()
            .await
            .map_err(|error| store_problem(&error))?;
        workspace.state().rep = rep;
        workspace.open_desk().await?;
        Ok(workspace)
    }

    /// The embedded sandbox: a synthetic team, a store that begins empty, and a key in memory.
    pub(crate) async fn sandbox(
        environment: &Environment,
        on_change: OnChange,
    ) -> Result<Arc<Self>, StartError> {
        let folder = environment.data_dir.join("sandbox");
        empty(folder.clone()).await?;
        let sandbox = Sandbox::start(sandbox::Options {
            seed: SANDBOX_SEED,
            ..sandbox::Options::new(Arc::clone(&environment.clock))
        })
        .await?;
        let vault: Arc<dyn Vault> = Arc::new(MemoryVault::new());
        let sealing: SealingKey = vault.sealing_key().await.map_err(|error| {
            StartError::Setup(Problem::new(ProblemCode::Internal, error.to_string()))
        })?;
        let (sled, _) = open_store(folder, sealing, Arc::clone(&environment.clock)).await?;
        let setup = |problem| StartError::Setup(problem);
        let base_url = url::Url::parse(sandbox.url()).map_err(|error| {
            setup(Problem::new(
                ProblemCode::Internal,
                format!("sample data: {error}"),
            ))
        })?;
        let key = ApiKey::parse(&sandbox.keys().master).map_err(|error| {
            setup(Problem::new(
                ProblemCode::Internal,
                format!("sample data: {error}"),
            ))
        })?;
        let rep = sandbox
            .users()
            .into_iter()
            .find(|user| !user.deactivated)
            .map(|user| Rep {
                user_id: user.id.as_str().into(),
                name: user.name,
                email: Some(user.email),
            });
        let parts = Parts {
            origin: sandbox.url().to_owned(),
            base_url,
            sandbox: Some(sandbox),
            sled,
            vault,
            settings: Settings::default(),
        };
        let workspace = Self::assemble(environment, parts, on_change).await;
        workspace.use_key(key, KeyStorage::Sandbox).map_err(setup)?;
        workspace.state().rep = rep;
        workspace.open_desk().await.map_err(setup)?;
        Ok(workspace)
    }

    async fn assemble(environment: &Environment, parts: Parts, on_change: OnChange) -> Arc<Self> {
        let clock = Arc::clone(&environment.clock);
        let kept = match parts.sled.budget(&parts.origin).await {
            Ok(kept) => kept.and_then(|value| serde_json::from_value(value).ok()),
            Err(error) => {
                warn!(%error, "the kept budget could not be read");
                None
            }
        };
        let workspace = Arc::new(Self {
            store: parts.sled.for_origin(&parts.origin),
            origin: parts.origin,
            base_url: parts.base_url,
            sandbox: parts.sandbox,
            sled: parts.sled,
            vault: parts.vault,
            budget: Arc::new(Budget::new(Arc::clone(&clock), kept)),
            clock,
            zone: environment.zone.clone(),
            user_agent: format!("Handset/{}", environment.version),
            account_email: environment.account_email.clone(),
            on_change,
            settings: RwLock::new(parts.settings),
            state: Mutex::new(State {
                port: None,
                client: None,
                key_storage: KeyStorage::None,
                rep: None,
                desk: None,
                acting_admin: None,
                users: Vec::new(),
                users_loading: false,
                connect: connecting::idle(),
                waiting_key: None,
            }),
            tasks: Mutex::new(JoinSet::new()),
        });
        workspace.spawn(Self::keep_budget);
        workspace
    }

    // ---- what it is

    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    pub(crate) fn is_sandbox(&self) -> bool {
        self.sandbox.is_some()
    }

    pub(crate) fn budget(&self) -> &Budget {
        &self.budget
    }

    pub(crate) fn zone(&self) -> &jiff::tz::TimeZone {
        &self.zone
    }

    pub(crate) fn sled(&self) -> &SledStore {
        &self.sled
    }

    pub(crate) fn desk(&self) -> Option<Arc<Desk>> {
        self.state().desk.clone()
    }

    pub(crate) fn acting_admin(&self) -> Option<String> {
        self.state().acting_admin.clone()
    }

    pub(crate) fn rep(&self) -> Option<Rep> {
        self.state().rep.clone()
    }

    pub(crate) fn key_storage(&self) -> KeyStorage {
        self.state().key_storage
    }

    pub(crate) fn stage(&self) -> Stage {
        let state = self.state();
        match (&state.client, &state.rep) {
            (None, _) => Stage::Welcome,
            (Some(_), None) => Stage::ChooseRep,
            (Some(_), Some(_)) => Stage::Ready,
        }
    }

    pub(crate) fn settings(&self) -> Settings {
        self.settings
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn changed(&self, tags: &[Tag]) {
        (self.on_change)(tags);
    }

    /// Keeps settings and acts on them.
    pub(crate) async fn put_settings(&self, settings: Settings) -> Result<(), Problem> {
        self.sled
            .put_settings(&settings)
            .await
            .map_err(|error| store_problem(&error))?;
        *self
            .settings
            .write()
            .unwrap_or_else(PoisonError::into_inner) = settings.clone();
        if let Some(desk) = self.desk() {
            desk.set_policy(&settings);
        }
        self.changed(&[Tag::Settings]);
        Ok(())
    }

    // ---- the key

    /// A client for this origin with `key`.
    fn client(&self, key: ApiKey) -> Result<Client, apollo::Error> {
        Client::new(ClientOptions {
            base_url: self.base_url.clone(),
            key,
            user_agent: self.user_agent.clone(),
            budget: Arc::clone(&self.budget),
            clock: Arc::clone(&self.clock),
            proxy: ProxySetting::System,
            extra_ca_pem: None,
            https_only: true,
        })
    }

    fn use_key(&self, key: ApiKey, storage: KeyStorage) -> Result<(), Problem> {
        let client = self
            .client(key)
            .map_err(|error| Problem::new(ProblemCode::Invalid, error.to_string()))?;
        let mut state = self.state();
        match &state.port {
            Some(port) => port.set_client(client.clone()),
            None => state.port = Some(Arc::new(ApolloPort::new(client.clone()))),
        }
        state.client = Some(client);
        state.key_storage = storage;
        Ok(())
    }

    /// How far the checks of a pasted key are.
    pub(crate) fn connect_progress(&self) -> ConnectProgress {
        self.state().connect.clone()
    }

    /// Back to an empty field.
    pub(crate) fn reset_connect(&self) {
        let mut state = self.state();
        state.connect = connecting::idle();
        state.waiting_key = None;
    }

    /// Checks a pasted key, one question after the other, and keeps it if all is well.
    pub(crate) fn start_connecting(self: &Arc<Self>, pasted: &str) {
        let key = match ApiKey::parse(pasted) {
            Ok(key) => key,
            Err(error) => {
                self.state().connect = connecting::not_a_key(error);
                self.changed(&[Tag::Connect]);
                return;
            }
        };
        self.state().connect = connecting::running();
        self.changed(&[Tag::Connect]);
        self.spawn(move |workspace| async move { workspace.connect(key).await });
    }

    async fn connect(self: Arc<Self>, key: ApiKey) {
        let report = {
            let workspace = Arc::clone(&self);
            move |progress: ConnectProgress| {
                workspace.state().connect = progress;
                workspace.changed(&[Tag::Connect]);
            }
        };
        let client = match self.client(key.clone()) {
            Ok(client) => client,
            Err(error) => {
                report(connecting::failed_at_start(&error));
                return;
            }
        };
        // Apollo says the same of a wrong and of a revoked key; only a key that worked before can
        // be told to be revoked.
        let worked_before = match self.vault.api_key(&self.origin).await {
            Ok(Some(kept)) => kept.expose() == key.expose(),
            Ok(None) | Err(_) => false,
        };
        let Some(checked) = connecting::check(&client, worked_before, &report).await else {
            return;
        };
        self.state().acting_admin = checked.acting_admin;
        let kept = self
            .vault
            .put_api_key(&self.origin, &Secret::new(key.expose()))
            .await;
        match kept {
            Ok(()) => {
                let said = self.adopt(key, KeyStorage::Keychain).await;
                report(connecting::connected(
                    checked.progress,
                    KeyStorage::Keychain,
                    said,
                ));
            }
            Err(error) => {
                warn!(%error, "the key could not be kept");
                let no_keychain = matches!(error, VaultError::NoKeychain { .. });
                self.state().waiting_key = Some(key);
                report(connecting::ask_this_run(
                    checked.progress,
                    &error,
                    no_keychain,
                ));
            }
        }
    }

    /// The person said to use the key for this run only.
    pub(crate) async fn keep_for_this_run(self: &Arc<Self>) -> ConnectProgress {
        let (key, progress) = {
            let mut state = self.state();
            (state.waiting_key.take(), state.connect.clone())
        };
        if let Some(key) = key {
            let said = self.adopt(key, KeyStorage::ThisRun).await;
            self.state().connect = connecting::connected(progress, KeyStorage::ThisRun, said);
        }
        self.changed(&[Tag::Connect, Tag::Session]);
        self.connect_progress()
    }

    async fn adopt(self: &Arc<Self>, key: ApiKey, storage: KeyStorage) -> Result<(), Problem> {
        self.use_key(key, storage)?;
        info!(?storage, "a key is in use");
        match self.desk() {
            Some(desk) => {
                if let Err(error) = desk.engine().key_changed().await {
                    warn!(%error, "what waited for a key could not be released");
                }
                self.load();
            }
            None => self.open_desk().await?,
        }
        self.load_users();
        self.changed(&[Tag::Session, Tag::Users]);
        Ok(())
    }

    /// Removes the key from the keychain and from memory, and proves it gone.
    pub(crate) async fn forget_key(self: &Arc<Self>) -> Result<(), VaultError> {
        self.vault.forget_api_key(&self.origin).await?;
        {
            // Wrap-ups that wait stay on disk and go once there is a key again.
            let mut state = self.state();
            state.client = None;
            state.port = None;
            state.desk = None;
            state.key_storage = KeyStorage::None;
            state.acting_admin = None;
            state.users.clear();
            state.connect = connecting::idle();
            state.waiting_key = None;
        }
        self.restart_tasks().await;
        info!("the key is forgotten");
        self.changed(&[
            Tag::Session,
            Tag::Connect,
            Tag::Report,
            Tag::Queue,
            Tag::Receipts,
        ]);
        Ok(())
    }

    // ---- the rep

    /// The people of the workspace, read at first use.
    pub(crate) fn users(self: &Arc<Self>, typed: Option<&str>) -> UserList {
        let (users, loading, has_client) = {
            let state = self.state();
            (
                state.users.clone(),
                state.users_loading,
                state.client.is_some(),
            )
        };
        if users.is_empty() && !loading && has_client {
            self.load_users();
        }
        UserList {
            users: people::rows(&users, self.account_email.as_deref(), typed),
            loading: self.state().users_loading,
        }
    }

    fn load_users(self: &Arc<Self>) {
        let client = {
            let mut state = self.state();
            let Some(client) = state.client.clone() else {
                return;
            };
            if state.users_loading || !state.users.is_empty() {
                return;
            }
            state.users_loading = true;
            client
        };
        self.spawn(move |workspace| async move {
            let read = people::read(&client, Priority::OnDeck).await;
            {
                let mut state = workspace.state();
                state.users_loading = false;
                match read {
                    Ok(users) => state.users = users,
                    Err(error) => warn!(%error, "the people could not be read"),
                }
            }
            workspace.name_owners();
            workspace.changed(&[Tag::Users]);
        });
    }

    fn name_owners(&self) {
        let (desk, names) = {
            let state = self.state();
            (state.desk.clone(), people::names(&state.users))
        };
        if let Some(desk) = desk {
            desk.set_owners(names);
        }
    }

    /// Whose calls these are.
    pub(crate) async fn choose_rep(
        self: &Arc<Self>,
        user_id: &apollo::ids::UserId,
    ) -> Result<(), Problem> {
        let user = self
            .state()
            .users
            .iter()
            .find(|user| user.id == *user_id)
            .cloned();
        let user = user.ok_or_else(|| {
            Problem::new(
                ProblemCode::Invalid,
                "This person is not in the list any more.",
            )
        })?;
        if user.deactivated {
            return Err(Problem::new(
                ProblemCode::Invalid,
                "This person is deactivated in Apollo. Calls cannot be logged as them.",
            ));
        }
        let rep = Rep {
            user_id: user.id.clone(),
            name: user.display_name(),
            email: user.email.clone(),
        };
        self.store
            .put_rep(Some(&rep))
            .await
            .map_err(|error| store_problem(&error))?;
        self.state().rep = Some(rep);
        self.open_desk().await?;
        self.changed(&[Tag::Session, Tag::Report]);
        Ok(())
    }

    /// Asks anew who the rep is. What the old one saved goes out in their name first: the outbox
    /// stays, and every wrap-up names its own rep.
    pub(crate) async fn change_rep(self: &Arc<Self>) -> Result<(), Problem> {
        self.store
            .put_rep(None)
            .await
            .map_err(|error| store_problem(&error))?;
        {
            let mut state = self.state();
            state.rep = None;
            state.desk = None;
        }
        self.restart_tasks().await;
        self.load_users();
        self.changed(&[Tag::Session, Tag::Report, Tag::Queue, Tag::Receipts]);
        Ok(())
    }

    // ---- the desk

    async fn open_desk(self: &Arc<Self>) -> Result<(), Problem> {
        let (port, rep) = {
            let state = self.state();
            let (Some(port), Some(rep)) = (&state.port, &state.rep) else {
                return Ok(());
            };
            (Arc::clone(port), rep.clone())
        };
        let parts = DeskParts {
            rep: MappedUser::from_user_map(rep),
            apollo: port,
            store: Arc::clone(&self.store),
            clock: Arc::clone(&self.clock),
            zone: self.zone.clone(),
            settings: self.settings(),
            on_change: Arc::clone(&self.on_change),
        };
        let desk = Desk::open(parts)
            .await
            .map_err(|error| store_problem(&error))?;
        let desk = Arc::new(desk);
        self.state().desk = Some(Arc::clone(&desk));
        self.forget_old().await;
        let engine = Arc::clone(desk.engine());
        self.spawn(move |_| async move { engine.run().await });
        self.load();
        self.spawn(move |_| async move { desk.load_dispositions().await });
        self.load_users();
        self.name_owners();
        Ok(())
    }

    /// Reads the call tasks anew, in the background.
    pub(crate) fn load(self: &Arc<Self>) {
        if let Some(desk) = self.desk() {
            self.spawn(move |_| async move { desk.load().await });
        }
    }

    /// Drops receipts and ledger entries that are older than the person wants.
    async fn forget_old(&self) {
        let days = i64::from(self.settings().retention_days);
        let age = jiff::SignedDuration::from_hours(days * 24);
        let before = self
            .clock
            .now()
            .saturating_sub(age)
            .unwrap_or(clock::Timestamp::MIN);
        if let Err(error) = self.store.forget_before(before).await {
            warn!(%error, "old receipts could not be dropped");
        }
    }

    // ---- tasks in the background

    /// Runs something for as long as the workspace lives.
    fn spawn<F>(self: &Arc<Self>, work: impl FnOnce(Arc<Self>) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let work = work(Arc::clone(self));
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(work);
    }

    async fn restart_tasks(self: &Arc<Self>) {
        self.stop_tasks().await;
        self.spawn(Self::keep_budget);
    }

    async fn stop_tasks(&self) {
        let mut tasks = {
            let mut kept = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *kept)
        };
        tasks.shutdown().await;
    }

    async fn keep_budget(self: Arc<Self>) {
        let mut changes = self.budget.subscribe();
        loop {
            if changes.changed().await.is_err() {
                return;
            }
            self.changed(&[Tag::Budget]);
            self.clock
                .sleep(Duration::from_millis(BUDGET_KEPT_AFTER_MS))
                .await;
            changes.mark_unchanged();
            self.put_budget().await;
        }
    }

    async fn put_budget(&self) {
        let kept = match serde_json::to_value(self.budget.snapshot()) {
            Ok(value) => self.sled.put_budget(&self.origin, &value).await,
            Err(error) => {
                warn!(%error, "the budget cannot be written down");
                return;
            }
        };
        if let Err(error) = kept {
            warn!(%error, "the budget could not be kept");
        }
    }

    /// Lets what is in flight finish for a moment, then stops everything. What was not sent is
    /// durable.
    pub(crate) async fn close(&self) {
        let until = self.clock.elapsed() + Duration::from_millis(CLOSING_GRACE_MS);
        while self.is_sending() && self.clock.elapsed() < until {
            self.clock
                .sleep(Duration::from_millis(CLOSING_LOOK_MS))
                .await;
        }
        self.stop_tasks().await;
        self.put_budget().await;
        self.state().desk = None;
        if self.is_sandbox()
            && let Err(error) = close_store(Arc::clone(&self.sled)).await
        {
            warn!(%error, "the sample data did not close cleanly");
        }
    }

    fn is_sending(&self) -> bool {
        self.desk().is_some_and(|desk| {
            desk.engine()
                .outbox()
                .iter()
                .flat_map(|wrap_up| &wrap_up.steps)
                .any(|step| matches!(step.state, StepState::InFlight { .. }))
        })
    }
}

struct Parts {
    origin: String,
    base_url: url::Url,
    sandbox: Option<Sandbox>,
    sled: Arc<SledStore>,
    vault: Arc<dyn Vault>,
    settings: Settings,
}

/// Opens a store without holding up the runtime.
pub(crate) async fn open_store(
    folder: PathBuf,
    key: SealingKey,
    clock: SharedClock,
) -> Result<(Arc<SledStore>, Vec<OpenNotice>), StoreError> {
    let (sled, notices) = blocking(move || SledStore::open(&folder, key.expose(), &clock)).await?;
    Ok((Arc::new(sled), notices))
}

/// Closes a store without holding up the runtime.
pub(crate) async fn close_store(sled: Arc<SledStore>) -> Result<(), StoreError> {
    blocking(move || sled.close()).await
}

/// Removes a folder of the sandbox's, which begins anew each time.
async fn empty(folder: PathBuf) -> Result<(), StoreError> {
    blocking(move || match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::NotWritable {
                reason: error.to_string(),
            })
        }
        _ => Ok(()),
    })
    .await
}

/// Runs what waits for a disk where it holds nothing else up.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| {
            Err(StoreError::Damaged {
                reason: error.to_string(),
            })
        })
}
