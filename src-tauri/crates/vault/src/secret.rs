//! Types that hold a secret.
//!
//! Promises: wiped from memory when dropped; no serde, no `Display`, a redacted `Debug`. Must never:
//! grow a way to print what they hold.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{VaultError, VaultReason};

/// Bytes of the key that seals what is on disk.
pub const SEALING_KEY_BYTES: usize = 32;

/// A secret text, such as an Apollo key.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Secret(String);

impl Secret {
    /// Takes the text over.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself: for a request header, or the keychain.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The key that seals what is on disk.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct SealingKey([u8; SEALING_KEY_BYTES]);

impl SealingKey {
    /// A key of these bytes.
    pub fn new(bytes: [u8; SEALING_KEY_BYTES]) -> Self {
        Self(bytes)
    }

    /// A new key from the system's random source.
    pub(crate) fn random() -> Result<Self, VaultError> {
        let mut key = Self([0; SEALING_KEY_BYTES]);
        getrandom::fill(&mut key.0).map_err(|error| VaultError::Other {
            reason: VaultReason::NoRandomSource {
                system: error.to_string(),
            },
        })?;
        Ok(key)
    }

    /// The bytes themselves: for the cipher, or the keychain.
    pub fn expose(&self) -> &[u8; SEALING_KEY_BYTES] {
        &self.0
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_prints_nothing_of_itself() {
        let printed = format!(
            "{:?} {:#?} {:?}",
            Secret::new("k3y-of-the-team"),
            Some(Secret::new("k3y-of-the-team")),
            SealingKey::new([65; SEALING_KEY_BYTES])
        );
        assert!(!printed.contains("k3y") && !printed.contains("65") && !printed.contains("AA"));
    }

    #[test]
    fn two_random_keys_differ() {
        assert!(SealingKey::random().unwrap() != SealingKey::random().unwrap());
    }
}
