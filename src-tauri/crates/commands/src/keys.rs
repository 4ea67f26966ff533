//! The key that seals what is on disk.
//!
//! The keychain's, or, where there is no keychain, one in a file beside the store: a call must not
//! be lost for want of a keychain (docs/adr/0005). The store opens with either what the other
//! sealed. Must never: touch the Apollo key.

use std::path::PathBuf;

use tracing::warn;
use vault::{SealingKey, Vault};

use crate::{core::StartError, disk::blocking};

/// What the store is opened with.
pub(crate) struct Sealing {
    pub key: SealingKey,
    /// What a person should know, if the keychain was not there.
    pub sentence: Option<String>,
}

pub(crate) async fn sealing(vault: &dyn Vault, data_dir: PathBuf) -> Result<Sealing, StartError> {
    match vault.sealing_key().await {
        Ok(key) => Ok(Sealing {
            key,
            sentence: None,
        }),
        Err(error) => {
            warn!(%error, "no sealing key from the keychain; using the key file");
            let key = blocking(move || store::fallback_sealing_key(&data_dir)).await?;
            let sentence = format!(
                "Unsent calls are sealed with a key in a file of your account, because {error}."
            );
            Ok(Sealing {
                key: SealingKey::new(*key),
                sentence: Some(sentence),
            })
        }
    }
}
