//! Why Handset could not start, and what to do next. Nothing is changed on disk then.

use present::{Problem, damage_reason, distrust_reason};
use store::{PrivateFolder, StoreError};
use text::{Text, message};
use vault::VaultError;

use crate::{count::count, keychain::keychain_reason};

/// Why the core could not start. Nothing is changed on disk then.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("{0}")]
    Setup(Problem),
    /// The keychain does not give the key that seals the store, or the key for Apollo. Worth another
    /// attempt.
    #[error("waiting for the keychain: {0}")]
    Keychain(VaultError),
}

impl StartError {
    /// What happened, and what is safe.
    pub fn message(&self) -> Text {
        match self {
            Self::Store(error) => store_sentence(error),
            Self::Setup(problem) => problem.message.clone(),
            Self::Keychain(VaultError::Locked) => message!("start-keychain-locked"),
            Self::Keychain(error) => {
                message!("start-keychain-fails", reason = keychain_reason(error))
            }
        }
    }

    /// What to do next.
    pub fn hint(&self) -> Option<Text> {
        let hint = match self {
            Self::Store(StoreError::InUse) => message!("start-in-use-next"),
            Self::Store(StoreError::OutboxTaken) => message!("start-outbox-taken-next"),
            Self::Store(StoreError::CopyInUse) => message!("start-copy-in-use-next"),
            Self::Store(StoreError::NotWitnessed { .. }) => message!("start-no-mark-next"),
            Self::Keychain(VaultError::Locked) => message!("start-keychain-locked-next"),
            Self::Keychain(VaultError::NotProven | VaultError::Other { .. }) => {
                message!("start-keychain-refused-next")
            }
            Self::Keychain(VaultError::NoKeychain { .. }) => message!("start-keychain-none-next"),
            Self::Store(StoreError::NotTrusted { .. }) => message!("start-folder-not-trusted-next"),
            Self::Store(StoreError::Newer { .. }) => message!("start-newer-next"),
            Self::Store(StoreError::DiskFull) => message!("start-disk-full-next"),
            Self::Store(StoreError::NotWritable { .. }) => message!("start-not-writable-next"),
            Self::Store(
                StoreError::Damaged { .. }
                | StoreError::FolderGone
                | StoreError::KeyNotAtHand { .. },
            ) => message!("start-again-next"),
            Self::Setup(problem) => return problem.hint.clone(),
        };
        Some(hint)
    }

    /// Whether Handset waits for the keychain.
    pub fn waits_for_keychain(&self) -> bool {
        matches!(self, Self::Keychain(_))
    }

    /// Whether a person may choose to start without the keychain: only where there is none, and not
    /// while one is locked or refuses for another reason.
    pub fn may_go_without_keychain(&self) -> bool {
        matches!(self, Self::Keychain(VaultError::NoKeychain { .. }))
    }
}

/// What crate `present` says in a clause, as a sentence of its own.
fn store_sentence(error: &StoreError) -> Text {
    match error {
        StoreError::DiskFull => message!("start-disk-full"),
        StoreError::NotWritable { reason } => {
            message!("start-not-writable", reason = reason.as_str())
        }
        // The sentence begins with the folder, so each folder has its own.
        StoreError::NotTrusted {
            folder: PrivateFolder::Data,
            reason,
        } => message!(
            "start-data-folder-not-trusted",
            reason = distrust_reason(reason)
        ),
        StoreError::NotTrusted {
            folder: PrivateFolder::Marks,
            reason,
        } => message!(
            "start-marks-folder-not-trusted",
            reason = distrust_reason(reason)
        ),
        StoreError::InUse => message!("start-in-use"),
        StoreError::OutboxTaken => message!("start-outbox-taken"),
        StoreError::CopyInUse => message!("start-copy-in-use"),
        StoreError::FolderGone => message!("start-folder-gone"),
        StoreError::NotWitnessed { reason } => message!("start-no-mark", reason = reason.as_str()),
        StoreError::KeyNotAtHand { records } => {
            message!("start-key-not-at-hand", records = count(*records))
        }
        // A version is a name, and is not grouped.
        StoreError::Newer { found, known } => message!(
            "start-newer",
            found = found.to_string(),
            known = known.to_string(),
        ),
        StoreError::Damaged { reason } => {
            message!("start-damaged", reason = damage_reason(*reason))
        }
    }
}

#[cfg(test)]
mod tests {
    use store::Distrust;
    use vault::VaultReason;

    use super::*;

    #[test]
    fn what_happened_is_a_sentence_that_says_which_folder_it_was() {
        let not_trusted = |folder| {
            let reason = Distrust::Link;
            StartError::Store(StoreError::NotTrusted { folder, reason })
                .message()
                .english()
        };
        assert_eq!(
            not_trusted(PrivateFolder::Data),
            "The data folder cannot be trusted: it is a link to another place. Nothing in it was \
             opened."
        );
        assert!(
            not_trusted(PrivateFolder::Marks)
                .starts_with("The folder that remembers what was sent cannot be trusted: it is a")
        );
    }

    #[test]
    fn a_keychain_that_fails_is_named_with_what_is_safe() {
        let locked = StartError::Keychain(VaultError::Locked);
        assert!(
            locked
                .message()
                .english()
                .ends_with("and nothing was changed.")
        );
        let missing = StartError::Keychain(VaultError::NoKeychain {
            reason: VaultReason::NoProvider,
        });
        assert_eq!(
            missing.message().english(),
            "Handset cannot read what is saved here without this computer's keychain: this computer \
             has no keychain that Handset can use (no program on this computer provides one). \
             Nothing was opened, and nothing was changed."
        );
    }
}
