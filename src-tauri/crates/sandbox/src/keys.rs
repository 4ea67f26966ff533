//! The sandbox's keys, one per kind of answer a real key can get.
//!
//! Promises: the same seed makes the same keys; `Debug` shows none of them.

use rand::{Rng, distr::Alphanumeric};
use serde::Serialize;

/// Length of an Apollo API key, in characters.
const KEY_LENGTH_CHARS: usize = 22;

/// What kind of credential a request carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// None.
    Missing,
    /// One the sandbox does not know.
    Unknown,
    /// The master key.
    Master,
    /// The scoped key.
    Scoped,
    /// The key of a free plan.
    Free,
    /// The revoked key.
    Revoked,
    /// The OAuth access token.
    Bearer,
}

/// Keys that the sandbox accepts or refuses. They open nothing but the sandbox.
#[derive(Clone, Serialize)]
pub struct Keys {
    /// May call everything; acts as the longest-standing active admin.
    pub master: String,
    /// May call what [`crate::Scenario::scopes`] lists.
    pub scoped: String,
    /// Belongs to a workspace on the free plan.
    pub free: String,
    /// Was valid once.
    pub revoked: String,
    /// An OAuth access token; acts as the main rep, who is no admin.
    #[serde(skip)]
    pub bearer: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Keys(redacted)")
    }
}

impl Keys {
    pub(crate) fn generate(rng: &mut impl Rng) -> Self {
        let mut key = || {
            (&mut *rng)
                .sample_iter(Alphanumeric)
                .take(KEY_LENGTH_CHARS)
                .map(char::from)
                .collect::<String>()
        };
        Self {
            master: key(),
            scoped: key(),
            free: key(),
            revoked: key(),
            bearer: key(),
        }
    }

    /// What kind of API key this is.
    pub(crate) fn kind(&self, key: &str) -> KeyKind {
        match key {
            key if key == self.master => KeyKind::Master,
            key if key == self.scoped => KeyKind::Scoped,
            key if key == self.free => KeyKind::Free,
            key if key == self.revoked => KeyKind::Revoked,
            _ => KeyKind::Unknown,
        }
    }

    #[cfg(feature = "control")]
    pub(crate) fn all(&self) -> [&str; 5] {
        [
            &self.master,
            &self.scoped,
            &self.free,
            &self.revoked,
            &self.bearer,
        ]
    }
}
