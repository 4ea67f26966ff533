//! The operating system's keychain: one Apollo key per origin, and the key that seals what is
//! stored on disk.
//!
//! Entry points: [`Vault`], what the app asks for; [`Keychain`] in the app, [`MemoryVault`] in the
//! sandbox and in tests; [`Secret`] and [`SealingKey`], which print nothing and are wiped. Inside,
//! `backend` is the one module that knows keyring. A value is read from the keychain once and then
//! kept in memory, since each read may ask the person for a password.
//!
//! | Invariant | Guard |
//! |---|---|
//! | A value is called saved only after it was read back | `a_key_that_cannot_be_read_back_is_not_called_saved` |
//! | It is called forgotten only after a read did not find it | `a_key_that_is_still_there_is_not_called_forgotten` |
//! | Where there is no keychain, nobody says that *no key is saved* | `without_a_collection_the_answer_is_no_keychain_and_never_no_key`, `tests/real_keyring.rs` |
//! | Every call ends within [`KEYCHAIN_LIMIT_S`] | `a_prompt_that_nobody_answers_ends_as_locked_and_works_once_it_is_answered` |
//! | The keychain is asked once for what it holds | `the_keychain_is_asked_once_for_what_it_holds` |
//! | No secret is printed, none is in an error | `a_secret_prints_nothing_of_itself`, `an_entry_that_cannot_be_read_is_described_without_what_it_holds` |
//!
//! Must never: write a secret to a file or a log.
//!
//! Built on keyring 4 with its default stores (macOS Keychain, Windows Credential Manager, the
//! Secret Service on Linux). Version 3 was not taken: with a feature forgotten it keeps secrets in
//! memory without a word, so a key would be gone at every start. Version 4 has no such mode. Its
//! price is that a missing collection reads as *no entry*, which the probe in [`Keychain`] answers.

mod backend;
mod keychain;
mod memory;
mod secret;

use async_trait::async_trait;

pub use keychain::{KEYCHAIN_LIMIT_S, Keychain};
pub use memory::MemoryVault;
pub use secret::{SEALING_KEY_BYTES, SealingKey, Secret};

/// Where secrets are stored.
#[async_trait]
pub trait Vault: Send + Sync {
    /// The key that was pasted for `origin` (scheme, host, and port where it is not the scheme's
    /// own: `https://api.apollo.io`). `None` only when the keychain works and holds none.
    async fn api_key(&self, origin: &str) -> Result<Option<Secret>, VaultError>;

    /// Stores the key for `origin`, and reads it back to prove it.
    async fn put_api_key(&self, origin: &str, key: &Secret) -> Result<(), VaultError>;

    /// Forgets the key for `origin`, and reads again to prove it gone. Forgetting what is not there
    /// is a success.
    async fn forget_api_key(&self, origin: &str) -> Result<(), VaultError>;

    /// The key that seals what is stored on disk: made from the system's random source at first use,
    /// and proven saved before it is handed out.
    async fn sealing_key(&self) -> Result<SealingKey, VaultError>;

    /// How far the data folder of this id has sent, as it was stored last. No secret, but stored where
    /// no backup of the folder reaches. None when nothing was stored, as in a vault without counts.
    async fn sent_count(&self, _folder_id: &str) -> Result<Option<u64>, VaultError> {
        Ok(None)
    }

    /// Stores how far a data folder has sent. Not read back: it is one of two witnesses.
    async fn put_sent_count(&self, _folder_id: &str, _count: u64) -> Result<(), VaultError> {
        Ok(())
    }

    /// Whether secrets can be read now without asking the person anything. False also where that
    /// cannot be told. Never asks.
    async fn is_unlocked(&self) -> bool {
        false
    }
}

/// Why a secret could not be saved, read or forgotten. Never holds one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// Nothing on this computer keeps secrets.
    #[error("this computer has no keychain that Handset can use ({reason})")]
    NoKeychain { reason: VaultReason },
    /// It is locked, the prompt was dismissed, or nobody answered it in time.
    #[error("the keychain is locked")]
    Locked,
    /// The keychain took the change, and a read afterwards did not show it.
    #[error("the keychain did not do what it said: a second look found something else")]
    NotProven,
    #[error("the keychain refused ({reason})")]
    Other { reason: VaultReason },
}

/// Why, as far as it is known. Its texts are for logs; what a person reads is chosen by crate
/// `commands`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultReason {
    /// As the system reports it.
    #[error("{0}")]
    System(String),
    #[error("it has no default collection")]
    NoDefaultCollection,
    #[error("no program on this computer provides one")]
    NoProvider,
    #[error("the call to it broke off")]
    BrokeOff,
    #[error("the entry is not in the form in which it was saved")]
    EntryForm,
    #[error("{entries} entries have the same name")]
    SameName { entries: usize },
    #[error("the saved key is not a text")]
    KeyForm,
    #[error("the saved sealing key does not have its length")]
    SealingKeyLength,
    #[error("no random source: {system}")]
    NoRandomSource { system: String },
}
