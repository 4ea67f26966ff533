//! A start of Handset, which may wait for a keychain.

use std::{sync::Arc, time::Duration};

use store::{SledStore, StoreError};
use vault::VaultError;

use crate::{
    Core,
    core::ensure_key_is_not_locked,
    disk::{open_store, outside},
    host::{Environment, Host},
    notices::Notices,
    open_notice,
    sealing_key::sealing,
    start_error::StartError,
};

/// How often Handset checks whether a locked keychain was unlocked.
const KEYCHAIN_CHECK_MS: u64 = 2_000;

/// A start that may take several attempts, since a keychain may be locked.
///
/// Promises: a store that was opened stays open from one attempt to the next, so that no notice of
/// its opening is lost.
pub struct Start {
    environment: Environment,
    starts_without_keychain: bool,
    /// Whether the keychain was unlocked when the last attempt failed: then another attempt by itself
    /// is no use.
    was_unlocked: bool,
    opened: Option<(Arc<SledStore>, Notices)>,
}

impl Start {
    /// Nothing is opened yet.
    pub fn new(environment: Environment) -> Self {
        Self {
            environment,
            starts_without_keychain: false,
            was_unlocked: false,
            opened: None,
        }
    }

    /// A person has agreed that what the keychain has sealed may stay closed.
    pub fn go_without_keychain(&mut self) {
        self.starts_without_keychain = true;
    }

    /// Waits until the keychain, locked at the last attempt or later, can be read without a question
    /// to the person. Waits for ever where the system does not tell.
    pub async fn keychain_unlocked(&self) {
        let Environment { vault, clock, .. } = &self.environment;
        let mut was_unlocked = self.was_unlocked;
        loop {
            clock.sleep(Duration::from_millis(KEYCHAIN_CHECK_MS)).await;
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
        let sealing = sealing(
            &*environment.vault,
            environment.data_dir.clone(),
            self.starts_without_keychain,
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
            let hint = open_notice::next(&notice);
            notices.add(open_notice::happened(&notice), Some(hint));
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

impl Core {
    /// A start with one attempt. Needs a tokio runtime around it.
    pub async fn start(
        environment: Environment,
        host: Arc<dyn Host>,
    ) -> Result<Arc<Self>, StartError> {
        Start::new(environment).attempt(host).await
    }
}
