//! The person whose calls these are, and whose key is in use.
//!
//! Promises: an unmapped person cannot be passed to a write. Must never: guess who the rep is.

use apollo::ids::{TeamId, UserId};
use serde::{Deserialize, Serialize};

/// One of Apollo's users who logs calls here: everything of a person that is stored on disk.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rep {
    pub user_id: UserId,
    pub name: String,
    pub email: Option<String>,
}

impl std::fmt::Debug for Rep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rep")
            .field("user_id", &self.user_id)
            .finish_non_exhaustive()
    }
}

/// The rep whom every write names. Made only from the user map, so that an unmapped person cannot
/// be passed to a write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedUser {
    rep: Rep,
}

impl MappedUser {
    /// The rep that the user map holds.
    pub fn from_user_map(rep: Rep) -> Self {
        Self { rep }
    }

    /// Whom a write names.
    pub fn id(&self) -> &UserId {
        &self.rep.user_id
    }

    /// Who that is.
    pub fn rep(&self) -> &Rep {
        &self.rep
    }
}

/// Whose key is in use, as Apollo reports it: which team it belongs to, and whom it acts as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyIdentity {
    pub user_id: UserId,
    pub team_id: Option<TeamId>,
}

/// Whose key is in use, and which key Apollo reported it for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredIdentity {
    /// Tells one key from another, and tells nothing else about it.
    pub fingerprint: String,
    /// None until Apollo has reported it.
    pub identity: Option<KeyIdentity>,
}
