//! The key of a workspace: checked, adopted, used for one run, forgotten.
//!
//! Promises: a key that fails a check is not stored. Must never: answer with the key.

use std::{fmt::Write as _, pin::Pin, sync::Arc, time::Duration};

use apollo::{ApiKey, Client, ClientOptions, ProxySetting, ids::TeamId};
use budget::Priority;
use domain::{rep::KeyIdentity, rep::StoredIdentity};
use present::{ConnectProgress, ConnectState, KeyStorage, Problem, ProblemCode, store_problem};
use session::ports::OutcomeStore as _;
use sha2::{Digest, Sha256};
use store::StoreError;
use tracing::{info, warn};
use vault::{Secret, VaultError};

use super::{Opening, Workspace};
use crate::{apollo_port::ApolloPort, changes::WorkspaceChange, connecting};

/// How soon Apollo is asked again whose key is in use; doubled each time.
const IDENTITY_PAUSE_MS_MIN: u64 = 5_000;
/// The longest pause.
const IDENTITY_PAUSE_MS_MAX: u64 = 300_000;
/// Enough to tell keys apart, too little to find a key by.
const FINGERPRINT_BYTES: usize = 8;

impl Workspace {
    /// A client for this origin with `key`.
    fn client(&self, key: ApiKey) -> Result<Client, apollo::Error> {
        let options = ClientOptions {
            base_url: self.base_url.clone(),
            key,
            user_agent: self.user_agent.clone(),
            budget: Arc::clone(&self.budget),
            clock: Arc::clone(&self.clock),
            proxy: ProxySetting::System,
            extra_ca_pem: None,
            https_only: true,
        };
        match &self.sandbox {
            Some(sandbox) => {
                let sandbox = Arc::clone(sandbox);
                let answer = move |request| {
                    let sandbox = Arc::clone(&sandbox);
                    Box::pin(async move { sandbox.answer(request).await }) as Pin<Box<_>>
                };
                Client::embedded(options, Arc::new(answer))
            }
            None => Client::new(options),
        }
    }

    fn use_key(&self, key: ApiKey, storage: KeyStorage) -> Result<(), Problem> {
        let client = self.client(key).map_err(|error| {
            Problem::new(
                ProblemCode::Invalid,
                present::refusal(&error, self.clock.now(), &self.zone),
            )
            .hint(present::next_step(&error))
        })?;
        self.port.set_client(Some(client.clone()));
        let mut state = self.state();
        // The port of a key that was put away sends nothing any more.
        state.port_of_key.set_client(None);
        state.port_of_key = Arc::new(ApolloPort::new(client.clone()));
        state.client = Some(client);
        state.key_storage = storage;
        state.keys += 1;
        state.users_loading = false;
        Ok(())
    }

    /// Takes the stored key into use again. Its owner is stored beside it, or Apollo is asked.
    pub(super) async fn use_stored_key(
        self: &Arc<Self>,
        key: ApiKey,
        storage: KeyStorage,
    ) -> Result<(), Problem> {
        let fingerprint = self.fingerprint(&key);
        self.use_key(key, storage)?;
        let stored = match self.store.key_identity().await {
            Ok(stored) => stored,
            Err(error) => {
                warn!(%error, "whose key it is could not be read; it is asked");
                None
            }
        };
        let is_another = stored
            .as_ref()
            .is_some_and(|stored| stored.fingerprint != fingerprint);
        let identity = stored
            .filter(|stored| stored.fingerprint == fingerprint)
            .and_then(|stored| stored.identity);
        let is_known = identity.is_some();
        // A key took the place of another one, and the run ended before its owner was known: the
        // stored rep and outcomes may be another team's.
        self.state().is_in_doubt = is_another && !is_known;
        self.let_outbox_use_key(identity).await;
        if !is_known {
            self.spawn(move |workspace| workspace.learn_identity(fingerprint));
        }
        Ok(())
    }

    /// Lets the outbox send with the key that is in use, which is `identity`'s.
    async fn let_outbox_use_key(&self, identity: Option<KeyIdentity>) {
        let port = Arc::clone(&self.state().port_of_key);
        if let Err(error) = self.outbox.use_key(port, identity).await {
            warn!(%error, "what waited for a key could not be released");
        }
    }

    /// It is known now whose key is in use, so whoever was the rep under it is the rep again.
    async fn take_rep_back(self: &Arc<Self>, opening: &Opening<'_>) -> Result<(), Problem> {
        let was_in_doubt = std::mem::take(&mut self.state().is_in_doubt);
        if was_in_doubt {
            let rep = self.store.rep().await;
            self.state().rep = rep.map_err(|error| store_problem(&error))?;
            self.open_session(opening).await?;
            self.changed(WorkspaceChange::RepBack);
        }
        Ok(())
    }

    /// Asks whose key is in use, until there is an answer or another key.
    async fn learn_identity(self: Arc<Self>, fingerprint: String) {
        let mut pause_ms = IDENTITY_PAUSE_MS_MIN;
        while !self.has_learned(&fingerprint).await {
            self.clock.sleep(Duration::from_millis(pause_ms)).await;
            pause_ms = (pause_ms * 2).min(IDENTITY_PAUSE_MS_MAX);
        }
    }

    /// Asks now whose key is in use, if that is in doubt. False if it still is.
    pub(super) async fn is_sure_of_team(self: &Arc<Self>) -> bool {
        let (is_in_doubt, fingerprint) = {
            let state = self.state();
            (state.is_in_doubt, state.fingerprint.clone())
        };
        match fingerprint {
            Some(fingerprint) if is_in_doubt => {
                self.has_learned(&fingerprint).await && !self.state().is_in_doubt
            }
            _ => true,
        }
    }

    /// Asks once whose the key of `fingerprint` is. True if nothing is left to ask.
    async fn has_learned(self: &Arc<Self>, fingerprint: &str) -> bool {
        let client = self.state().client.clone();
        let Some(client) = client else { return true };
        let profile = match client.users().profile(Priority::WrapUp).await {
            Ok(profile) => profile,
            Err(error) => {
                info!(%error, "it is not known yet whose key is in use");
                return false;
            }
        };
        let identity = KeyIdentity {
            user_id: profile.id,
            team_id: profile.team_id,
        };
        let opening = self.opening.lock().await;
        if self.state().fingerprint.as_deref() != Some(fingerprint) {
            return true;
        }
        if let Some(team) = &identity.team_id
            && let Err(error) = self.leave_other_team(team).await
        {
            warn!(%error, "what belongs to the team before is still here");
            return false;
        }
        self.keep_identity(fingerprint, Some(identity)).await;
        if let Err(problem) = self.take_rep_back(&opening).await {
            warn!(%problem, "the session could not be opened");
        }
        true
    }

    /// If the key before was another team's, its rep and its list of outcomes do not apply here.
    /// Whoever calls this holds `opening`.
    async fn leave_other_team(&self, team: &TeamId) -> Result<(), StoreError> {
        let stored = self.store.key_identity().await?;
        let before = stored.and_then(|stored| stored.identity?.team_id);
        let outcomes = self.store.outcomes().await?;
        let of_outcomes = outcomes.and_then(|outcomes| outcomes.team);
        let is_other = |of: &Option<TeamId>| of.as_ref().is_some_and(|of| of != team);
        if is_other(&before) || is_other(&of_outcomes) {
            info!("the key belongs to another team than the one before");
            self.close_session().await;
            self.store.put_rep(None).await?;
            let mut state = self.state();
            state.rep = None;
            state.users.clear();
        }
        self.store.exchange_outcomes(before.as_ref(), team).await
    }

    /// The owner of the new key is not known. If another key was here before, the rep and the list of
    /// outcomes may be another team's. Whoever calls this holds `opening`.
    async fn doubt_rep(&self, fingerprint: &str) -> Result<(), StoreError> {
        let stored = self.store.key_identity().await?;
        if stored.is_some_and(|stored| stored.fingerprint != fingerprint) {
            self.close_session().await;
            let mut state = self.state();
            state.rep = None;
            state.is_in_doubt = true;
        }
        Ok(())
    }

    /// Lets the outbox send with the key of `identity`, which is stored for the next start.
    async fn keep_identity(&self, fingerprint: &str, identity: Option<KeyIdentity>) {
        let to_store = StoredIdentity {
            fingerprint: fingerprint.to_owned(),
            identity: identity.clone(),
        };
        if let Err(error) = self.put_identity(&to_store).await {
            warn!(%error, "whose key it is could not be stored; it is asked again");
        }
        self.let_outbox_use_key(identity).await;
    }

    async fn put_identity(&self, to_store: &StoredIdentity) -> Result<(), StoreError> {
        // The identity of the key before stays until the owner of this key is known: the rep under
        // it is in doubt until then, also at the next start.
        let before = self.store.key_identity().await?;
        let is_known_before = before.is_some_and(|before| before.identity.is_some());
        if to_store.identity.is_none() && is_known_before {
            return Ok(());
        }
        self.store.put_key_identity(to_store).await
    }

    /// Tells this key from any other of this Apollo, and nothing else about it.
    fn fingerprint(&self, key: &ApiKey) -> String {
        let mut hasher = Sha256::new();
        hasher.update(b"handset key of ");
        hasher.update(self.origin.as_bytes());
        hasher.update([0]);
        hasher.update(key.expose().as_bytes());
        let hash = hasher.finalize();
        let mut fingerprint = String::new();
        for byte in hash.iter().take(FINGERPRINT_BYTES) {
            // Writing to a text cannot fail.
            let _ = write!(fingerprint, "{byte:02x}");
        }
        self.state().fingerprint = Some(fingerprint.clone());
        fingerprint
    }

    /// How far the checks of a pasted key are.
    pub(crate) fn connect_progress(&self) -> ConnectProgress {
        self.state().connect.clone()
    }

    /// Back to an empty field.
    pub(crate) fn reset_connect(&self) {
        let mut state = self.state();
        state.connect = connecting::idle();
        state.checking = None;
        state.waiting_key = None;
    }

    /// Checks a pasted key, one question after the other, and stores it if all is well.
    pub(crate) fn start_connecting(self: &Arc<Self>, pasted: &str) {
        let key = match ApiKey::parse(pasted) {
            Ok(key) => key,
            Err(error) => {
                self.state().connect = connecting::not_a_key(error);
                self.changed(WorkspaceChange::Checks);
                return;
            }
        };
        let number = {
            let mut state = self.state();
            // Pressed twice: the checks are going on.
            if state
                .checking
                .as_ref()
                .is_some_and(|(_, known)| *known == key)
            {
                return;
            }
            state.checks += 1;
            state.checking = Some((state.checks, key.clone()));
            state.connect = connecting::running();
            state.checks
        };
        self.changed(WorkspaceChange::Checks);
        self.spawn(move |workspace| async move { workspace.connect(key, number).await });
    }

    /// Whether these are still the checks of what the person pasted last.
    fn is_checking(&self, number: u64) -> bool {
        let state = self.state();
        state
            .checking
            .as_ref()
            .is_some_and(|(last, _)| *last == number)
    }

    async fn connect(self: Arc<Self>, key: ApiKey, number: u64) {
        let report = {
            let workspace = Arc::clone(&self);
            move |progress: ConnectProgress| {
                let mut state = workspace.state();
                if state
                    .checking
                    .as_ref()
                    .is_none_or(|(last, _)| *last != number)
                {
                    return;
                }
                if progress.state != ConnectState::Running {
                    state.checking = None;
                }
                state.connect = progress;
                drop(state);
                workspace.changed(WorkspaceChange::Checks);
            }
        };
        self.check_and_adopt(key, number, &report).await;
    }

    async fn check_and_adopt(
        self: &Arc<Self>,
        key: ApiKey,
        number: u64,
        report: &(dyn Fn(ConnectProgress) + Send + Sync),
    ) {
        let client = match self.client(key.clone()) {
            Ok(client) => client,
            Err(error) => {
                report(connecting::failed_at_start(
                    &error,
                    self.clock.now(),
                    &self.zone,
                ));
                return;
            }
        };
        // Apollo answers a wrong and a revoked key alike; only a key that worked before is known to
        // be revoked.
        let worked_before = match self.vault.api_key(&self.origin).await {
            Ok(Some(stored)) => stored.expose() == key.expose(),
            Ok(None) | Err(_) => false,
        };
        let Some(checked) =
            connecting::check(&client, worked_before, (&self.clock, &self.zone), report).await
        else {
            return;
        };
        let opening = self.opening.lock().await;
        // Another key was pasted meanwhile, or this one was forgotten: it is not taken into use.
        if !self.is_checking(number) {
            return;
        }
        self.state().acting_admin = checked.acting_admin;
        let stored = self
            .vault
            .put_api_key(&self.origin, &Secret::new(key.expose()))
            .await;
        match stored {
            Ok(()) => {
                let adopted = self
                    .adopt(&opening, key, checked.identity, KeyStorage::Keychain)
                    .await;
                report(connecting::connected(
                    checked.progress,
                    KeyStorage::Keychain,
                    adopted,
                ));
            }
            Err(error) => {
                warn!(%error, "the key could not be stored");
                let no_keychain = matches!(error, VaultError::NoKeychain { .. });
                self.state().waiting_key = Some((key, checked.identity));
                report(connecting::ask_this_run(
                    checked.progress,
                    &error,
                    no_keychain,
                ));
            }
        }
    }

    /// The person chose to use the key for this run only.
    pub(crate) async fn keep_for_this_run(self: &Arc<Self>) -> ConnectProgress {
        let opening = self.opening.lock().await;
        let (waiting, progress) = {
            let mut state = self.state();
            (state.waiting_key.take(), state.connect.clone())
        };
        if let Some((key, identity)) = waiting {
            let adopted = self
                .adopt(&opening, key, identity, KeyStorage::ThisRun)
                .await;
            self.state().connect = connecting::connected(progress, KeyStorage::ThisRun, adopted);
        }
        self.changed(WorkspaceChange::KeyInUse);
        self.connect_progress()
    }

    async fn adopt(
        self: &Arc<Self>,
        opening: &Opening<'_>,
        key: ApiKey,
        identity: Option<KeyIdentity>,
        storage: KeyStorage,
    ) -> Result<(), Problem> {
        let fingerprint = self.fingerprint(&key);
        let is_known = identity.is_some();
        if let Some(team) = identity
            .as_ref()
            .and_then(|identity| identity.team_id.as_ref())
        {
            self.leave_other_team(team)
                .await
                .map_err(|error| store_problem(&error))?;
        }
        if !is_known {
            self.doubt_rep(&fingerprint)
                .await
                .map_err(|error| store_problem(&error))?;
        }
        // Nothing is sent with the new key before its owner is known.
        self.outbox.forget_key();
        self.use_key(key, storage)?;
        info!(?storage, "a key is in use");
        self.keep_identity(&fingerprint, identity).await;
        if is_known {
            self.take_rep_back(opening).await?;
        }
        if !is_known {
            self.spawn(move |workspace| workspace.learn_identity(fingerprint));
        }
        match self.session() {
            Some(_) => self.load(),
            None => self.open_session(opening).await?,
        }
        self.load_users();
        self.changed(WorkspaceChange::KeyInUse);
        Ok(())
    }

    /// Removes the key from the keychain and from memory, and proves it gone.
    pub(crate) async fn forget_key(self: &Arc<Self>) -> Result<(), VaultError> {
        let _opening = self.opening.lock().await;
        self.vault.forget_api_key(&self.origin).await?;
        // A call that is being saved at this moment is this key's team's.
        self.close_session().await;
        // Wrap-ups that wait stay in the outbox and go once there is a key again.
        self.outbox.forget_key();
        self.port.set_client(None);
        {
            let mut state = self.state();
            state.port_of_key.set_client(None);
            state.client = None;
            state.is_in_doubt = false;
            state.fingerprint = None;
            state.checking = None;
            state.key_storage = KeyStorage::None;
            state.acting_admin = None;
            state.keys += 1;
            state.users.clear();
            state.users_loading = false;
            state.connect = connecting::idle();
            state.waiting_key = None;
        }
        info!("the key is forgotten");
        Ok(())
    }
}
