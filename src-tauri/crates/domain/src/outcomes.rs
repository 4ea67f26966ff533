//! The outcomes of one Apollo origin, as they are kept on disk.
//!
//! Promises: what an earlier version kept can be read.

use apollo::ids::{OutcomeId, TeamId};
use clock::Timestamp;
use serde::{Deserialize, Serialize};

/// The outcomes of one Apollo origin, in the order that the rep's digits follow. Once an outcome
/// is here it stays, so that what was said of a call keeps its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptOutcomes {
    /// Whose they are; none until it is known whose key named them.
    #[serde(default)]
    pub team: Option<TeamId>,
    #[serde(default)]
    pub outcomes: Vec<KeptOutcome>,
    /// When Apollo last said which there are; none if it never has.
    #[serde(default)]
    pub read_at: Option<Timestamp>,
}

/// One outcome: Apollo's id and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptOutcome {
    pub id: OutcomeId,
    /// Apollo's name, or the one that was typed with the id.
    pub name: String,
    /// What it is called here instead, if a person wants that.
    #[serde(default)]
    pub own_name: Option<String>,
    /// When Apollo last named it; none if it never has.
    #[serde(default)]
    pub named_at: Option<Timestamp>,
    /// Set when a person wrote it down.
    #[serde(default)]
    pub added: Option<AddedOutcome>,
    /// A person took it off the list: it is not offered, and what was said with it keeps its name.
    #[serde(default)]
    pub is_removed: bool,
}

/// How an outcome came to be written down, and what Apollo had of it then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedOutcome {
    /// None for one of a version that did not ask Apollo.
    pub at: Option<Timestamp>,
    pub proof: OutcomeProof,
}

/// What was proven of an id that a person wrote down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OutcomeProof {
    /// Apollo had so many calls with it.
    Calls { calls: u64 },
    /// Apollo had no call with it, and a person kept it all the same.
    NoCalls,
    /// Apollo was not asked, or did not answer, and a person kept it all the same.
    NotAnswered,
}

/// An outcome as the version before kept it, in settings and for all origins alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedOutcome {
    pub name: String,
    /// Apollo's id of the disposition: 24 hexadecimal digits.
    pub outcome_id: String,
}

impl KeptOutcomes {
    /// Takes over what the version before kept in settings, in its order. What is here already
    /// stays as it is.
    pub fn take_over(&mut self, mapped: &[MappedOutcome]) {
        for outcome in mapped {
            let id = OutcomeId::new(outcome.outcome_id.as_str());
            if self.outcomes.iter().all(|kept| kept.id != id) {
                self.outcomes.push(KeptOutcome {
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

impl KeptOutcome {
    /// As the rep reads it.
    pub fn shown(&self) -> &str {
        self.own_name.as_deref().unwrap_or(&self.name)
    }

    pub(crate) fn is_named_since_added(&self) -> bool {
        let added_at = self.added.and_then(|added| added.at);
        self.named_at > added_at
    }
}
