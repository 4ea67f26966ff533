//! The vault on top of the operating system's keychain.
//!
//! Promises: one call at a time, off the async threads; each value is read once and then kept in
//! memory. Must never: answer *no key is saved* before a harmless write has proven that the
//! keychain keeps things at all.

use std::{collections::HashMap, sync::Arc, time::Duration};

use async_trait::async_trait;
use clock::SharedClock;
use tokio::sync::Mutex;

use crate::{
    SEALING_KEY_BYTES, SealingKey, Secret, Vault, VaultError, VaultReason,
    backend::{Backend, SystemKeychain},
};

/// The longest that one call waits for the keychain, whose prompt may stay open for ever.
pub const KEYCHAIN_LIMIT_S: u64 = 60;

const SEALING_KEY_NAME: &str = "sealing key";
const PROBE_NAME: &str = "probe";

/// Secrets in the operating system's keychain, under the application's identifier.
pub struct Keychain {
    clock: SharedClock,
    shared: Arc<Mutex<Shared>>,
}

/// Held by the one call that is talking to the keychain: also by a call whose caller has given up,
/// until its prompt is answered.
struct Shared {
    backend: Box<dyn Backend>,
    api_keys: HashMap<String, Secret>,
    sealing_key: Option<SealingKey>,
    /// A write has succeeded in this run, so that an absent entry is truly absent.
    proven_to_keep: bool,
}

impl Keychain {
    /// The keychain's entries of `service`, the application's identifier: development builds have
    /// another one, so that they never see the key of the installed Handset.
    pub fn new(service: &str, clock: SharedClock) -> Self {
        Self::on(
            Box::new(SystemKeychain {
                service: service.to_owned(),
            }),
            clock,
        )
    }

    fn on(backend: Box<dyn Backend>, clock: SharedClock) -> Self {
        let shared = Shared {
            backend,
            api_keys: HashMap::new(),
            sealing_key: None,
            proven_to_keep: false,
        };
        Self {
            clock,
            shared: Arc::new(Mutex::new(shared)),
        }
    }

    /// Runs `work` on a thread that may block, one at a time, within the limit.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Shared) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let shared = Arc::clone(&self.shared);
        let call = async move {
            let mut shared = shared.lock_owned().await;
            tokio::task::spawn_blocking(move || work(&mut shared)).await
        };
        match clock::within(&*self.clock, Duration::from_secs(KEYCHAIN_LIMIT_S), call).await {
            Some(Ok(result)) => result,
            Some(Err(stopped)) => {
                // Its text could quote what the call was given.
                tracing::error!(panicked = stopped.is_panic(), "a keychain call did not end");
                Err(VaultError::Other {
                    reason: VaultReason::BrokeOff,
                })
            }
            None => {
                tracing::warn!(
                    limit_s = KEYCHAIN_LIMIT_S,
                    "the keychain did not answer in time"
                );
                Err(VaultError::Locked)
            }
        }
    }
}

impl std::fmt::Debug for Keychain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keychain(…)")
    }
}

fn name_of(origin: &str) -> String {
    format!("api key of {origin}")
}

fn name_of_count(folder_id: &str) -> String {
    format!("sent count of {folder_id}")
}

impl Shared {
    fn api_key(&mut self, origin: &str) -> Result<Option<Secret>, VaultError> {
        if let Some(key) = self.api_keys.get(origin) {
            return Ok(Some(key.clone()));
        }
        let Some(bytes) = self.backend.read(&name_of(origin))? else {
            self.prove_to_keep()?;
            return Ok(None);
        };
        let text = std::str::from_utf8(&bytes).map_err(|_| VaultError::Other {
            reason: VaultReason::KeyForm,
        })?;
        let key = Secret::new(text);
        self.api_keys.insert(origin.to_owned(), key.clone());
        Ok(Some(key))
    }

    fn put_api_key(&mut self, origin: &str, key: &Secret) -> Result<(), VaultError> {
        let name = name_of(origin);
        self.api_keys.remove(origin);
        self.write_proven(&name, key.expose().as_bytes())?;
        self.api_keys.insert(origin.to_owned(), key.clone());
        Ok(())
    }

    fn forget_api_key(&mut self, origin: &str) -> Result<(), VaultError> {
        let name = name_of(origin);
        self.api_keys.remove(origin);
        self.backend.remove(&name)?;
        match self.backend.read(&name)? {
            None => Ok(()),
            Some(_) => Err(VaultError::NotProven),
        }
    }

    fn sealing_key(&mut self) -> Result<SealingKey, VaultError> {
        if let Some(key) = &self.sealing_key {
            return Ok(key.clone());
        }
        let key = if let Some(bytes) = self.backend.read(SEALING_KEY_NAME)? {
            // Never replaced: it may be the only way to what is on disk.
            let bytes: [u8; SEALING_KEY_BYTES] =
                bytes.as_slice().try_into().map_err(|_| VaultError::Other {
                    reason: VaultReason::SealingKeyLength,
                })?;
            SealingKey::new(bytes)
        } else {
            let key = SealingKey::random()?;
            self.write_proven(SEALING_KEY_NAME, key.expose())?;
            key
        };
        self.sealing_key = Some(key.clone());
        Ok(key)
    }

    fn sent_count(&self, folder_id: &str) -> Result<Option<u64>, VaultError> {
        let stored = self.backend.read(&name_of_count(folder_id))?;
        let count = stored.and_then(|bytes| std::str::from_utf8(&bytes).ok()?.parse().ok());
        Ok(count)
    }

    fn write_proven(&mut self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        self.backend.write(name, secret)?;
        match self.backend.read(name)? {
            Some(found) if found.as_slice() == secret => {
                self.proven_to_keep = true;
                Ok(())
            }
            _ => Err(VaultError::NotProven),
        }
    }

    fn prove_to_keep(&mut self) -> Result<(), VaultError> {
        if self.proven_to_keep || !self.backend.absence_is_ambiguous() {
            return Ok(());
        }
        self.write_proven(
            PROBE_NAME,
            b"Handset checks whether the keychain keeps things.",
        )?;
        self.backend.remove(PROBE_NAME)
    }
}

#[async_trait]
impl Vault for Keychain {
    async fn api_key(&self, origin: &str) -> Result<Option<Secret>, VaultError> {
        let origin = origin.to_owned();
        self.run(move |shared| shared.api_key(&origin)).await
    }

    async fn put_api_key(&self, origin: &str, key: &Secret) -> Result<(), VaultError> {
        let (origin, key) = (origin.to_owned(), key.clone());
        self.run(move |shared| shared.put_api_key(&origin, &key))
            .await
    }

    async fn forget_api_key(&self, origin: &str) -> Result<(), VaultError> {
        let origin = origin.to_owned();
        self.run(move |shared| shared.forget_api_key(&origin)).await
    }

    async fn sealing_key(&self) -> Result<SealingKey, VaultError> {
        self.run(Shared::sealing_key).await
    }

    async fn sent_count(&self, folder_id: &str) -> Result<Option<u64>, VaultError> {
        let folder_id = folder_id.to_owned();
        self.run(move |shared| shared.sent_count(&folder_id)).await
    }

    async fn put_sent_count(&self, folder_id: &str, count: u64) -> Result<(), VaultError> {
        let name = name_of_count(folder_id);
        self.run(move |shared| shared.backend.write(&name, count.to_string().as_bytes()))
            .await
    }

    async fn is_unlocked(&self) -> bool {
        // Somebody is asking: a prompt may be open.
        if self.shared.try_lock().is_err() {
            return false;
        }
        self.run(|shared| Ok(shared.backend.is_unlocked()))
            .await
            .unwrap_or(false)
    }
}

#[cfg(test)]
#[path = "keychain_tests.rs"]
mod tests;
