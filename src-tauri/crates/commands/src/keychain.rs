//! What the keychain's failures say to a person.

use text::{Text, message};
use vault::{VaultError, VaultReason};

use crate::count::count;

/// Why a secret could not be stored, read or forgotten, as a clause without a full stop: "the
/// keychain is locked".
pub(crate) fn keychain_reason(error: &VaultError) -> Text {
    match error {
        VaultError::NoKeychain { reason } => {
            message!("keychain-none", reason = vault_reason(reason))
        }
        VaultError::Locked => message!("keychain-locked"),
        VaultError::NotProven => message!("keychain-not-proven"),
        VaultError::Other { reason } => {
            message!("keychain-refused", reason = vault_reason(reason))
        }
    }
}

/// What is known of the reason, as a clause in brackets.
pub(crate) fn vault_reason(reason: &VaultReason) -> Text {
    match reason {
        VaultReason::System(system) => Text::verbatim(system),
        VaultReason::NoDefaultCollection => message!("keychain-no-default-collection"),
        VaultReason::NoProvider => message!("keychain-no-provider"),
        VaultReason::BrokeOff => message!("keychain-broke-off"),
        VaultReason::EntryForm => message!("keychain-entry-form"),
        VaultReason::SameName { entries } => {
            message!("keychain-same-name", entries = count(*entries))
        }
        VaultReason::KeyForm => message!("keychain-key-form"),
        VaultReason::SealingKeyLength => message!("keychain-sealing-key-length"),
        VaultReason::NoRandomSource { system } => {
            message!("keychain-no-random-source", system = system.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_a_failure_stands_in_its_clause() {
        let refused = |reason| keychain_reason(&VaultError::Other { reason }).english();
        assert_eq!(
            refused(VaultReason::SameName { entries: 2 }),
            "the keychain refused (2 entries have the same name)"
        );
        let system = VaultReason::System("Platform secure storage failure".to_owned());
        assert_eq!(
            refused(system),
            "the keychain refused (Platform secure storage failure)"
        );
    }
}
