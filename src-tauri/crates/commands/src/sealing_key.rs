//! The key that seals what is on disk.
//!
//! The keychain's, or, where there is no keychain, one in a file beside the store: a call must not
//! be lost for want of a keychain (docs/adr/0005). Once there is one, the store is sealed anew and the
//! file is destroyed. Locked is not absent, and neither is any other error: a keychain that is there
//! and does not give the key is waited for, whatever a person says, and so is one that is missing
//! while the store holds what it sealed, until a person says otherwise. Must never: touch the Apollo
//! key.

use std::path::PathBuf;

use tracing::warn;
use vault::{SealingKey, Vault, VaultError};

use crate::{
    disk::{Sealing, blocking},
    start_error::StartError,
};

/// `goes_without` is a person's word that what a missing keychain has sealed may stay closed.
pub(crate) async fn sealing(
    vault: &dyn Vault,
    data_dir: PathBuf,
    goes_without: bool,
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
        may_set_aside: goes_without,
    })
}
