//! A keychain in a file: the child is a process of its own and finds it again in its next life.
//!
//! Promises: the file is written whole or not at all; while a file of the same name with `.locked`
//! after it exists, every call answers *locked*. Must never: lie in the data folder.

use std::{
    collections::BTreeMap,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use vault::{SEALING_KEY_BYTES, SealingKey, Secret, Vault, VaultError, VaultReason};

/// The file whose presence locks a keychain.
pub(crate) fn lock_of(file: &Path) -> PathBuf {
    file.with_extension("locked")
}

/// A keychain in a file.
pub(crate) struct FileVault {
    file: PathBuf,
    /// The sealing key that is made at first use.
    first: [u8; SEALING_KEY_BYTES],
    changing: tokio::sync::Mutex<()>,
}

#[derive(Default, Serialize, Deserialize)]
struct Stored {
    sealing_key: Option<[u8; SEALING_KEY_BYTES]>,
    api_keys: BTreeMap<String, String>,
    /// How far each data folder has sent.
    #[serde(default)]
    sent_counts: BTreeMap<String, u64>,
}

impl FileVault {
    pub(crate) fn at(file: PathBuf, first: [u8; SEALING_KEY_BYTES]) -> Self {
        Self {
            file,
            first,
            changing: tokio::sync::Mutex::new(()),
        }
    }

    fn read(&self) -> Result<Stored, VaultError> {
        if lock_of(&self.file).exists() {
            return Err(VaultError::Locked);
        }
        match std::fs::read(&self.file) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| other(&error)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Stored::default()),
            Err(error) => Err(other(&error)),
        }
    }

    async fn change<T>(
        &self,
        change: impl FnOnce(&mut Stored) -> T + Send,
    ) -> Result<T, VaultError> {
        let _one_at_a_time = self.changing.lock().await;
        let mut stored = self.read()?;
        let answer = change(&mut stored);
        let bytes = serde_json::to_vec(&stored).map_err(|error| other(&error))?;
        let new = self.file.with_extension("new");
        std::fs::write(&new, bytes)
            .and_then(|()| std::fs::rename(&new, &self.file))
            .map_err(|error| other(&error))?;
        Ok(answer)
    }
}

fn other(error: &dyn std::fmt::Display) -> VaultError {
    VaultError::Other {
        reason: VaultReason::System(error.to_string()),
    }
}

#[async_trait]
impl Vault for FileVault {
    async fn api_key(&self, origin: &str) -> Result<Option<Secret>, VaultError> {
        let stored = self.read()?;
        Ok(stored.api_keys.get(origin).map(Secret::new))
    }

    async fn put_api_key(&self, origin: &str, key: &Secret) -> Result<(), VaultError> {
        self.change(|stored| {
            let (origin, key) = (origin.to_owned(), key.expose().to_owned());
            stored.api_keys.insert(origin, key);
        })
        .await
    }

    async fn forget_api_key(&self, origin: &str) -> Result<(), VaultError> {
        self.change(|stored| {
            stored.api_keys.remove(origin);
        })
        .await
    }

    async fn sealing_key(&self) -> Result<SealingKey, VaultError> {
        if let Some(key) = self.read()?.sealing_key {
            return Ok(SealingKey::new(key));
        }
        self.change(|stored| SealingKey::new(*stored.sealing_key.get_or_insert(self.first)))
            .await
    }

    async fn sent_count(&self, folder_id: &str) -> Result<Option<u64>, VaultError> {
        Ok(self.read()?.sent_counts.get(folder_id).copied())
    }

    async fn put_sent_count(&self, folder_id: &str, count: u64) -> Result<(), VaultError> {
        self.change(|stored| {
            stored.sent_counts.insert(folder_id.to_owned(), count);
        })
        .await
    }

    async fn is_unlocked(&self) -> bool {
        self.read().is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn another_process_finds_what_was_stored_unless_the_keychain_is_locked() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keychain.json");
        let first = FileVault::at(file.clone(), [7; SEALING_KEY_BYTES]);
        let sealing = first.sealing_key().await.unwrap();
        first
            .put_api_key("http://one", &Secret::new("k1"))
            .await
            .unwrap();

        let second = FileVault::at(file.clone(), [8; SEALING_KEY_BYTES]);
        assert!(second.sealing_key().await.unwrap() == sealing);
        let found = second.api_key("http://one").await.unwrap().unwrap();
        assert_eq!(found.expose(), "k1");
        assert!(second.api_key("http://two").await.unwrap().is_none());

        std::fs::write(lock_of(&file), b"").unwrap();
        assert_eq!(second.api_key("http://one").await, Err(VaultError::Locked));
        assert!(second.sealing_key().await.is_err());
        std::fs::remove_file(lock_of(&file)).unwrap();
        second.forget_api_key("http://one").await.unwrap();
        assert!(first.api_key("http://one").await.unwrap().is_none());
    }
}
