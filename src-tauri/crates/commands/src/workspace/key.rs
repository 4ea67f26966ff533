//! The key of a workspace: checked, adopted, kept for a run, forgotten.
//!
//! Promises: a key that fails a check is not kept. Must never: answer with the key.

use std::sync::Arc;

use apollo::{ApiKey, Client, ClientOptions, ProxySetting};
use desk::view::{ConnectProgress, KeyStorage, Problem, ProblemCode, Tag};
use tracing::{info, warn};
use vault::{Secret, VaultError};

use super::Workspace;
use crate::{apollo_port::ApolloPort, connecting};

impl Workspace {
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

    pub(super) fn use_key(&self, key: ApiKey, storage: KeyStorage) -> Result<(), Problem> {
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
}
