//! Secrets for this run only: for the sandbox, and where there is no keychain.
//!
//! Promises: nothing outlives the process. Must never: be used without telling the person so.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;

use crate::{SealingKey, Secret, Vault, VaultError};

/// A vault that forgets everything when Handset quits.
#[derive(Default)]
pub struct MemoryVault {
    entries: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    api_keys: HashMap<String, Secret>,
    sealing_key: Option<SealingKey>,
    sent_counts: HashMap<String, u64>,
}

impl MemoryVault {
    /// An empty vault.
    pub fn new() -> Self {
        Self::default()
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for MemoryVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MemoryVault(…)")
    }
}

#[async_trait]
impl Vault for MemoryVault {
    async fn api_key(&self, origin: &str) -> Result<Option<Secret>, VaultError> {
        Ok(self.entries().api_keys.get(origin).cloned())
    }

    async fn put_api_key(&self, origin: &str, key: &Secret) -> Result<(), VaultError> {
        self.entries()
            .api_keys
            .insert(origin.to_owned(), key.clone());
        Ok(())
    }

    async fn forget_api_key(&self, origin: &str) -> Result<(), VaultError> {
        self.entries().api_keys.remove(origin);
        Ok(())
    }

    async fn sealing_key(&self) -> Result<SealingKey, VaultError> {
        let mut entries = self.entries();
        if let Some(key) = &entries.sealing_key {
            return Ok(key.clone());
        }
        let key = SealingKey::random()?;
        entries.sealing_key = Some(key.clone());
        Ok(key)
    }

    async fn sent_count(&self, folder_id: &str) -> Result<Option<u64>, VaultError> {
        Ok(self.entries().sent_counts.get(folder_id).copied())
    }

    async fn put_sent_count(&self, folder_id: &str, count: u64) -> Result<(), VaultError> {
        self.entries()
            .sent_counts
            .insert(folder_id.to_owned(), count);
        Ok(())
    }

    async fn is_unlocked(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_key_belongs_to_the_origin_it_was_pasted_for() {
        let vault = MemoryVault::new();
        vault
            .put_api_key("https://api.apollo.io", &Secret::new("one"))
            .await
            .unwrap();
        assert_eq!(
            vault
                .api_key("https://api.apollo.io")
                .await
                .unwrap()
                .unwrap()
                .expose(),
            "one"
        );
        assert!(
            vault
                .api_key("http://127.0.0.1:4010")
                .await
                .unwrap()
                .is_none()
        );
        vault.forget_api_key("http://127.0.0.1:4010").await.unwrap();
        assert!(
            vault
                .api_key("https://api.apollo.io")
                .await
                .unwrap()
                .is_some()
        );
        vault.forget_api_key("https://api.apollo.io").await.unwrap();
        assert!(
            vault
                .api_key("https://api.apollo.io")
                .await
                .unwrap()
                .is_none()
        );
    }

    #[tokio::test]
    async fn the_sealing_key_stays_the_same_for_the_whole_run() {
        let vault = MemoryVault::new();
        let first = vault.sealing_key().await.unwrap();
        assert!(first == vault.sealing_key().await.unwrap());
        assert!(first != MemoryVault::new().sealing_key().await.unwrap());
    }
}
