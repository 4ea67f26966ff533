//! One Apollo, real or sandbox, with everything that belongs to it: store, budget, key,
//! rep, session.
//!
//! Promises: a key is used for the origin it was pasted for and no other; a session exists only
//! once there is a key and a mapped rep; there is one outbox for as long as the workspace lives, whoever
//! the rep is and whether there is a key or not, and sessions are opened one after the other. Must never:
//! outlive its exchange for another workspace.

mod background;
mod key;
mod rep;

use std::sync::{Arc, PoisonError};

use apollo::{ApiKey, Client, types::User};
use budget::Budget;
use clock::SharedClock;
use domain::{
    rep::{KeyIdentity, MappedUser, Rep},
    settings::Settings,
};
use outbox::{Outbox, OutboxParts, OutboxStore};
use present::{ConnectProgress, KeyStorage, Problem, ProblemCode, Stage, store_problem};
use sandbox::Sandbox;
use session::{Session, SessionParts, ports};
use store::{OriginStore, SledStore, StoreError};
use text::{Text, message};
use tokio::task::JoinSet;
use tracing::{info, warn};
use tracing_mutex::stdsync::{Mutex, MutexGuard, RwLock};
use vault::{MemoryVault, Vault};

use crate::{
    apollo_port::ApolloPort,
    changes::{Announcer, WorkspaceChange},
    connecting,
    disk::{Sealing, empty, open_store},
    host::Environment,
    keychain::keychain_reason,
    old_outcomes,
    start_error::StartError,
};

/// The sandbox's seed: the same synthetic team each time.
const SANDBOX_SEED: u64 = 1;

/// One Apollo address with its key, its rep, its outbox and its session.
pub(crate) struct Workspace {
    origin: String,
    base_url: url::Url,
    sandbox: Option<Arc<Sandbox>>,
    sled: Arc<SledStore>,
    store: Arc<OriginStore>,
    vault: Arc<dyn Vault>,
    budget: Arc<Budget>,
    /// The port of the session, with whatever key is in use.
    port: Arc<ApolloPort>,
    outbox: Arc<Outbox>,
    clock: SharedClock,
    zone: jiff::tz::TimeZone,
    user_agent: String,
    account_email: Option<String>,
    announcer: Announcer,
    settings: RwLock<Settings>,
    state: Mutex<State>,
    /// Held while a key is taken into use, a rep is chosen or a session is opened: one after the other.
    opening: tokio::sync::Mutex<()>,
    /// What runs for as long as the workspace lives.
    tasks: Mutex<JoinSet<()>>,
    /// What runs for as long as its session is open.
    session_tasks: Mutex<JoinSet<()>>,
}

struct State {
    client: Option<Client>,
    /// The port of the outbox: one for each key, so that no step planned under one key is sent with
    /// another.
    port_of_key: Arc<ApolloPort>,
    key_storage: KeyStorage,
    rep: Option<Rep>,
    session: Option<Arc<Session>>,
    acting_admin: Option<String>,
    users: Vec<User>,
    users_loading: bool,
    /// How often a key was taken into use or put away: an answer to a question asked with the key
    /// before does not count any more.
    keys: u64,
    connect: ConnectProgress,
    /// It is not known whether the stored rep is of the team whose key is in use.
    is_in_doubt: bool,
    /// Tells the key that is in use from others.
    fingerprint: Option<String>,
    /// The key whose checks are going on, and their number.
    checking: Option<(u64, ApiKey)>,
    /// How often checks were begun.
    checks: u64,
    /// A key that passed all checks and waits for the person to allow it in memory.
    waiting_key: Option<(ApiKey, Option<KeyIdentity>)>,
}

impl Workspace {
    /// The workspace of a real Apollo origin, as the last run left it.
    pub(crate) async fn apollo(
        environment: &Environment,
        origin: &str,
        sled: Arc<SledStore>,
        settings: Settings,
        announcer: Announcer,
    ) -> Result<Arc<Self>, Problem> {
        let base_url = url::Url::parse(origin).map_err(|_| {
            Problem::new(
                ProblemCode::Invalid,
                message!("connecting-address-not-valid"),
            )
        })?;
        let vault = Arc::clone(&environment.vault);
        let settings = old_outcomes::take_over(&sled, origin, settings).await;
        let parts = Parts {
            origin: origin.to_owned(),
            base_url,
            sandbox: None,
            sled,
            vault,
            settings,
        };
        let workspace = Self::assemble(environment, parts, announcer)
            .await
            .map_err(|error| store_problem(&error))?;
        match workspace.vault.api_key(origin).await {
            Ok(Some(key)) => match ApiKey::parse(key.expose()) {
                Ok(key) => workspace.use_stored_key(key, KeyStorage::Keychain).await?,
                Err(error) => warn!(%error, "the stored key is not a key"),
            },
            Ok(None) => info!("no key is stored for this origin"),
            Err(error) => warn!(%error, "the keychain could not be read"),
        }
        let rep = workspace
            .store
            .rep()
            .await
            .map_err(|error| store_problem(&error))?;
        {
            let mut state = workspace.state();
            state.rep = rep.filter(|_| !state.is_in_doubt);
        }
        workspace.start().await?;
        Ok(workspace)
    }

    /// The embedded sandbox: a synthetic team, a store that begins empty, and a key in memory.
    pub(crate) async fn sandbox(
        environment: &Environment,
        announcer: Announcer,
    ) -> Result<Arc<Self>, StartError> {
        let folder = environment.data_dir.join("sandbox");
        empty(folder.clone()).await?;
        let sandbox = Arc::new(Sandbox::embedded(sandbox::Options {
            seed: SANDBOX_SEED,
            ..sandbox::Options::new(Arc::clone(&environment.clock))
        }));
        let vault: Arc<dyn Vault> = Arc::new(MemoryVault::new());
        let setup = |problem| StartError::Setup(problem);
        let failed = |reason: Text| {
            let message = message!("start-sample-data", reason = reason);
            setup(Problem::new(ProblemCode::Internal, message))
        };
        let key = vault
            .sealing_key()
            .await
            .map_err(|error| failed(keychain_reason(&error)))?;
        let sealing = Sealing::with(key);
        let (sled, _) = open_store(folder, &sealing, None, Arc::clone(&environment.clock)).await?;
        let base_url = url::Url::parse(sandbox.url())
            .map_err(|error| failed(Text::verbatim(error.to_string())))?;
        let key = ApiKey::parse(&sandbox.keys().master)
            .map_err(|error| failed(Text::verbatim(error.to_string())))?;
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
        let workspace = Self::assemble(environment, parts, announcer).await?;
        workspace
            .use_stored_key(key, KeyStorage::Sandbox)
            .await
            .map_err(setup)?;
        workspace.state().rep = rep;
        workspace.start().await.map_err(setup)?;
        Ok(workspace)
    }

    async fn assemble(
        environment: &Environment,
        parts: Parts,
        announcer: Announcer,
    ) -> Result<Arc<Self>, StoreError> {
        let clock = Arc::clone(&environment.clock);
        let store = parts.sled.for_origin(&parts.origin);
        let port = Arc::new(ApolloPort::default());
        forget_old(&parts.sled, &clock, parts.settings.retention_days).await;
        let outbox = Outbox::restore(OutboxParts {
            lease: store.take_outbox().await?,
            store: Arc::clone(&store) as Arc<dyn OutboxStore>,
            clock: Arc::clone(&clock),
            on_change: announcer.of_outbox(),
        })
        .await?;
        let stored = match parts.sled.budget(&parts.origin).await {
            Ok(stored) => stored.and_then(|value| serde_json::from_value(value).ok()),
            Err(error) => {
                warn!(%error, "the stored budget could not be read");
                None
            }
        };
        let workspace = Arc::new(Self {
            store,
            port,
            outbox: Arc::new(outbox),
            origin: parts.origin,
            base_url: parts.base_url,
            sandbox: parts.sandbox,
            sled: parts.sled,
            vault: parts.vault,
            budget: Arc::new(Budget::new(Arc::clone(&clock), stored)),
            clock,
            zone: environment.zone.clone(),
            user_agent: format!("Handset/{}", environment.version),
            account_email: environment.account_email.clone(),
            announcer,
            settings: RwLock::new(parts.settings),
            state: Mutex::new(State {
                client: None,
                port_of_key: Arc::default(),
                key_storage: KeyStorage::None,
                rep: None,
                session: None,
                acting_admin: None,
                users: Vec::new(),
                users_loading: false,
                keys: 0,
                connect: connecting::idle(),
                is_in_doubt: false,
                fingerprint: None,
                checking: None,
                checks: 0,
                waiting_key: None,
            }),
            opening: tokio::sync::Mutex::new(()),
            tasks: Mutex::new(JoinSet::new()),
            session_tasks: Mutex::new(JoinSet::new()),
        });
        workspace.spawn(Self::keep_budget);
        Ok(workspace)
    }

    /// Sends what waits, and goes to where the last run stopped.
    async fn start(self: &Arc<Self>) -> Result<(), Problem> {
        self.spawn(|workspace| async move { workspace.outbox.run().await });
        self.spawn(Self::verify);
        let opening = self.opening.lock().await;
        self.open_session(&opening).await
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

    /// What sends the wrap-ups of this Apollo.
    pub(crate) fn outbox(&self) -> &Arc<Outbox> {
        &self.outbox
    }

    pub(crate) fn session(&self) -> Option<Arc<Session>> {
        self.state().session.clone()
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

    fn changed(&self, change: WorkspaceChange) {
        self.announcer.announce(change.tags(), None);
    }

    /// Stores settings and applies them.
    pub(crate) async fn put_settings(&self, settings: Settings) -> Result<(), Problem> {
        self.sled
            .put_settings(&settings)
            .await
            .map_err(|error| store_problem(&error))?;
        *self
            .settings
            .write()
            .unwrap_or_else(PoisonError::into_inner) = settings.clone();
        if let Some(session) = self.session() {
            session.set_policy(&settings);
        }
        Ok(())
    }

    // ---- the session

    /// Opens the session of the rep, if there is a key and a rep, in the place of another rep's. Whoever
    /// calls this holds `opening`.
    async fn open_session(self: &Arc<Self>, _opening: &Opening<'_>) -> Result<(), Problem> {
        let (rep, open) = {
            let state = self.state();
            let (Some(_), Some(rep)) = (&state.client, &state.rep) else {
                return Ok(());
            };
            (rep.clone(), state.session.clone())
        };
        if open.is_some_and(|session| *session.rep().id() == rep.user_id) {
            return Ok(());
        }
        self.close_session().await;
        let parts = SessionParts {
            rep: MappedUser::from_user_map(rep),
            outbox: Arc::clone(&self.outbox),
            apollo: Arc::clone(&self.port) as Arc<dyn ports::Apollo>,
            store: Arc::clone(&self.store) as Arc<dyn ports::SessionStore>,
            clock: Arc::clone(&self.clock),
            zone: self.zone.clone(),
            settings: self.settings(),
            on_change: self.announcer.of_session(),
        };
        let session = Session::open(parts)
            .await
            .map_err(|error| store_problem(&error))?;
        let session = Arc::new(session);
        self.state().session = Some(Arc::clone(&session));
        let reading = Arc::clone(&session);
        self.spawn_for_session(async move { reading.keep_tasks_read().await });
        self.spawn_for_session(async move { session.keep_reference_read().await });
        self.load_users();
        self.name_owners();
        Ok(())
    }

    /// Closes the session, if one is open. The outbox goes on.
    async fn close_session(&self) {
        let session = self.state().session.take();
        if let Some(session) = session {
            session.close().await;
        }
        self.stop_session_tasks().await;
    }

    /// Reads the call tasks anew, in the background.
    pub(crate) fn load(self: &Arc<Self>) {
        if let Some(session) = self.session() {
            // The report shows the result.
            self.spawn_for_session(async move { drop(session.load().await) });
        }
    }
}

/// Shows that `opening` is held.
type Opening<'a> = tokio::sync::MutexGuard<'a, ()>;

/// Drops receipts and ledger entries that are older than the person wants.
async fn forget_old(sled: &SledStore, clock: &SharedClock, retention_days: u32) {
    if let Err(error) = sled.forget_old(retention_days, clock.now()).await {
        warn!(%error, "old receipts could not be dropped");
    }
}

struct Parts {
    origin: String,
    base_url: url::Url,
    sandbox: Option<Arc<Sandbox>>,
    sled: Arc<SledStore>,
    vault: Arc<dyn Vault>,
    settings: Settings,
}
