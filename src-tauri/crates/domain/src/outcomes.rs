//! The outcomes of one Apollo origin, as they are stored on disk.
//!
//! Promises: what an earlier version stored can be read.

use apollo::ids::{OutcomeId, TeamId};
use clock::Timestamp;
use serde::{Deserialize, Serialize};

/// The outcomes of one Apollo origin, in the order that the rep's digits follow. Once an outcome
/// is here it stays, so that the outcome of a logged call keeps its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredOutcomes {
    /// The team they belong to; none until it is known whose key named them.
    #[serde(default)]
    pub team: Option<TeamId>,
    #[serde(default)]
    pub outcomes: Vec<StoredOutcome>,
    /// When Apollo last named its outcomes; none if it never has.
    #[serde(default)]
    pub read_at: Option<Timestamp>,
}

/// One outcome: Apollo's id and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredOutcome {
    pub id: OutcomeId,
    /// Apollo's name, or the one that was typed with the id.
    pub name: String,
    /// What it is called here instead, if a person wants that.
    #[serde(default)]
    pub own_name: Option<String>,
    /// When Apollo last named it; none if it never has.
    #[serde(default)]
    pub named_at: Option<Timestamp>,
    /// Set when a person added it.
    #[serde(default)]
    pub added: Option<AddedOutcome>,
    /// A person took it off the list: it is not offered, and calls that have it keep its name.
    #[serde(default)]
    pub is_removed: bool,
}

/// When a person added an outcome, and what Apollo had of it then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedOutcome {
    /// None for an outcome of a version that did not ask Apollo.
    pub at: Option<Timestamp>,
    pub proof: OutcomeProof,
}

/// What was proven of an id that a person added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OutcomeProof {
    /// Apollo had this many calls with it.
    Calls { calls: u64 },
    /// Apollo had no call with it, and a person added it all the same.
    NoCalls,
    /// Apollo was not asked, or did not answer, and a person added it all the same.
    NotAnswered,
}

/// An outcome as the version before stored it, in settings and for all origins alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedOutcome {
    pub name: String,
    /// Apollo's id of the disposition: 24 hexadecimal digits.
    pub outcome_id: String,
}

impl StoredOutcomes {
    /// Takes over what the version before stored in settings, in its order. What is here already
    /// stays as it is.
    pub fn take_over(&mut self, mapped: &[MappedOutcome]) {
        for outcome in mapped {
            let id = OutcomeId::new(outcome.outcome_id.as_str());
            if self.outcomes.iter().all(|known| known.id != id) {
                self.outcomes.push(StoredOutcome {
                    id,
                    name: outcome.name.clone(),
                    own_name: None,
                    named_at: None,
                    added: Some(AddedOutcome {
                        at: None,
                        proof: OutcomeProof::NotAnswered,
                    }),
                    is_removed: false,
                });
            }
        }
    }
}

impl StoredOutcome {
    /// As the rep reads it.
    pub fn shown(&self) -> &str {
        self.own_name.as_deref().unwrap_or(&self.name)
    }

    pub(crate) fn is_named_since_added(&self) -> bool {
        let added_at = self.added.and_then(|added| added.at);
        self.named_at > added_at
    }
}
