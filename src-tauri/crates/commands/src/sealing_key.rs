//! The key that seals what is on disk.
//!
//! It is in the keychain or, where there is no keychain, in a file beside the store: a call must not
//! be lost because a keychain is missing (docs/adr/0005). Once there is a keychain, the store is
//! sealed anew and the file is destroyed. A keychain that is locked or fails is not a missing one:
//! Handset waits for it, whatever a person chooses. Handset also waits for a missing keychain that
//! has sealed the store, until a person chooses to go without it. Must never: touch the Apollo key.

use std::path::PathBuf;

use tracing::warn;
use vault::{SealingKey, Vault, VaultError};

use crate::{
    disk::{Sealing, blocking},
    start_error::StartError,
};

/// With `without_keychain`, a person has agreed that records of a missing keychain may stay closed.
pub(crate) async fn sealing(
    vault: &dyn Vault,
    data_dir: PathBuf,
    without_keychain: bool,
) -> Result<Sealing, StartError> {
    let error = match vault.sealing_key().await {
        Ok(key) => return Ok(Sealing::with(key)),
        Err(error) => error,
    };
    if !matches!(error, VaultError::NoKeychain { .. }) {
        warn!(%error, "the keychain does not give the sealing key; waiting for it");
        return Err(StartError::Keychain(error));
    }
    warn!(%error, "no sealing key from the keychain; using the key file");
    let key = blocking(move || store::fallback_sealing_key(&data_dir)).await?;
    Ok(Sealing {
        key: SealingKey::new(*key),
        instead_of: Some(error),
        may_set_aside: without_keychain,
    })
}
