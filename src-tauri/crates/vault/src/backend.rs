//! The keychain as a few blocking calls, and what its errors mean.
//!
//! Promises: no error that leaves here holds a secret. Must never: wait for anything but the
//! keychain itself.

use keyring::{Entry, Error};
use zeroize::Zeroizing;

use crate::{VaultError, VaultReason};

/// Bytes as read from the keychain.
pub(crate) type SecretBytes = Zeroizing<Vec<u8>>;

/// What [`crate::Keychain`] needs of a keychain. Each call may block for as long as a prompt is open.
pub(crate) trait Backend: Send + Sync + 'static {
    /// `None` when there is no such entry; on some systems also when there is no keychain.
    fn read(&self, name: &str) -> Result<Option<SecretBytes>, VaultError>;
    fn write(&self, name: &str, secret: &[u8]) -> Result<(), VaultError>;
    /// Removing what is not there is a success.
    fn remove(&self, name: &str) -> Result<(), VaultError>;
    /// Whether a read would be answered now without a prompt. False also where that cannot be told.
    fn is_unlocked(&self) -> bool;
    /// Whether `None` of a read may also mean that there is no keychain.
    fn absence_is_ambiguous(&self) -> bool;
}

/// The keychain of the operating system.
pub(crate) struct SystemKeychain {
    /// The application's identifier, under which all entries are stored.
    pub(crate) service: String,
}

impl SystemKeychain {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the keychain"
    )]
    fn entry(&self, name: &str) -> Result<Entry, VaultError> {
        Entry::new(&self.service, name).map_err(|error| match error {
            // Says only that its own start failed; the reason is stored apart.
            Error::NoDefaultStore => match Entry::store_status() {
                Err(why) => VaultError::NoKeychain {
                    reason: describe(why),
                },
                Ok(()) => VaultError::NoKeychain {
                    reason: describe(&error),
                },
            },
            other => meaning_of(other),
        })
    }
}

impl Backend for SystemKeychain {
    fn read(&self, name: &str) -> Result<Option<SecretBytes>, VaultError> {
        match self.entry(name)?.get_secret() {
            Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(meaning_of(error)),
        }
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        match self.entry(name)?.set_secret(secret) {
            Ok(()) => Ok(()),
            // Two entries under one name: a restored backup can leave them. Which is right cannot
            // be known, and the one being written is.
            Err(Error::Ambiguous(_)) => {
                self.remove(name)?;
                self.entry(name)?.set_secret(secret).map_err(meaning_of)
            }
            Err(error) => Err(meaning_of(error)),
        }
    }

    fn remove(&self, name: &str) -> Result<(), VaultError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(Error::Ambiguous(entries)) => {
                for entry in entries {
                    entry.delete_credential().map_err(meaning_of)?;
                }
                Ok(())
            }
            Err(error) => Err(meaning_of(error)),
        }
    }

    fn is_unlocked(&self) -> bool {
        cause::is_unlocked()
    }

    fn absence_is_ambiguous(&self) -> bool {
        // The Secret Service searches all collections, and finds nothing in none.
        cfg!(all(unix, not(target_os = "macos")))
    }
}

/// What a failed call means to the person.
pub(crate) fn meaning_of(error: Error) -> VaultError {
    match error {
        Error::NoDefaultStore => VaultError::NoKeychain {
            reason: describe(&error),
        },
        Error::NoStorageAccess(cause) if lacks_collection(cause.as_ref()) => {
            VaultError::NoKeychain {
                reason: VaultReason::NoDefaultCollection,
            }
        }
        Error::NoStorageAccess(_) => VaultError::Locked,
        Error::PlatformFailure(cause) if is_unavailable(cause.as_ref()) => VaultError::NoKeychain {
            reason: VaultReason::NoProvider,
        },
        // A dismissed prompt reaches some calls under this name.
        Error::PlatformFailure(cause) if is_locked(cause.as_ref()) => VaultError::Locked,
        other => VaultError::Other {
            reason: describe(&other),
        },
    }
}

/// The error's text, without the variants that carry what was read.
fn describe(error: &Error) -> VaultReason {
    match error {
        Error::BadEncoding(_) | Error::BadDataFormat(..) => VaultReason::EntryForm,
        Error::Ambiguous(entries) => VaultReason::SameName {
            entries: entries.len(),
        },
        other => VaultReason::System(other.to_string()),
    }
}

type Cause = dyn std::error::Error + Send + Sync + 'static;

#[cfg(all(unix, not(target_os = "macos")))]
mod cause {
    use secret_service::{EncryptionType, Error, blocking::SecretService};

    use super::Cause;

    pub(super) fn lacks_collection(cause: &Cause) -> bool {
        matches!(cause.downcast_ref(), Some(Error::NoResult))
    }

    pub(super) fn is_unavailable(cause: &Cause) -> bool {
        matches!(cause.downcast_ref(), Some(Error::Unavailable))
    }

    pub(super) fn is_locked(cause: &Cause) -> bool {
        matches!(
            cause.downcast_ref(),
            Some(Error::Locked | Error::Prompt | Error::PromptDisconnected)
        )
    }

    /// Reads the collection's state and no entry. No secret passes, so nothing is encrypted.
    pub(super) fn is_unlocked() -> bool {
        SecretService::connect(EncryptionType::Plain)
            .and_then(|service| service.get_default_collection()?.is_locked())
            .is_ok_and(|is_locked| !is_locked)
    }
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
mod cause {
    use super::Cause;

    pub(super) fn lacks_collection(_: &Cause) -> bool {
        false
    }

    pub(super) fn is_unavailable(_: &Cause) -> bool {
        false
    }

    pub(super) fn is_locked(_: &Cause) -> bool {
        false
    }

    /// The system does not say.
    pub(super) fn is_unlocked() -> bool {
        false
    }
}

use cause::{is_locked, is_unavailable, lacks_collection};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_that_cannot_be_read_is_described_without_what_it_holds() {
        let held = b"k3y-of-the-team".to_vec();
        for error in [
            Error::BadEncoding(held.clone()),
            Error::BadDataFormat(held, "k3y-of-the-team is odd".into()),
        ] {
            let meaning = meaning_of(error);
            assert!(matches!(meaning, VaultError::Other { .. }));
            assert!(!format!("{meaning:?} {meaning}").contains("k3y"));
        }
    }

    #[test]
    fn refused_access_is_a_locked_keychain() {
        assert_eq!(
            meaning_of(Error::NoStorageAccess(
                "user interaction is not allowed".into()
            )),
            VaultError::Locked
        );
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    #[test]
    fn a_missing_collection_and_a_missing_service_are_no_keychain_and_a_dismissed_prompt_is_locked()
    {
        use secret_service::Error as Service;
        let no_collection = meaning_of(Error::NoStorageAccess(Box::new(Service::NoResult)));
        assert!(matches!(no_collection, VaultError::NoKeychain { .. }));
        let no_service = meaning_of(Error::PlatformFailure(Box::new(Service::Unavailable)));
        assert!(matches!(no_service, VaultError::NoKeychain { .. }));
        for refused in [Service::Locked, Service::Prompt] {
            assert_eq!(
                meaning_of(Error::NoStorageAccess(Box::new(refused))),
                VaultError::Locked
            );
        }
        assert_eq!(
            meaning_of(Error::PlatformFailure(Box::new(
                Service::PromptDisconnected
            ))),
            VaultError::Locked
        );
    }
}
