//! What the keychain's failures say to a person.

use text::{Text, message};
use vault::VaultError;

/// Why a secret could not be kept, read or forgotten, as a clause without a full stop: "the keychain
/// is locked".
pub(crate) fn keychain_reason(error: &VaultError) -> Text {
    match error {
        VaultError::NoKeychain { reason } => message!("keychain-none", reason = reason.as_str()),
        VaultError::Locked => message!("keychain-locked"),
        VaultError::NotProven => message!("keychain-not-proven"),
        VaultError::Other { reason } => message!("keychain-refused", reason = reason.as_str()),
    }
}
