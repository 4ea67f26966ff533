//! What survives a restart.

use std::collections::BTreeMap;

use clock::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ledger::LedgerSnapshot;

/// The counts of all windows, for the store. Holds names of endpoints and numbers only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub(crate) endpoints: BTreeMap<String, EndpointSnapshot>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EndpointSnapshot {
    pub(crate) minute: LedgerSnapshot,
    pub(crate) hour: LedgerSnapshot,
    pub(crate) day: LedgerSnapshot,
    pub(crate) cool_down_until: Option<Timestamp>,
}
