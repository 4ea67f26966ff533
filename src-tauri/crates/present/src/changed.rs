//! What a change touches: which snapshots a window has to read again.
//!
//! What a command touches stands beside it in `commands/src/table.rs`; here is what changes by
//! itself.

use outbox::OutboxChange;
use serde::Serialize;
use session::SessionChange;
use ts_rs::TS;

/// Tells windows that something changed. They re-read what the tags touch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Changed {
    pub revision: u32,
    pub tags: Vec<Tag>,
    /// The label of the window that caused it, if one did.
    pub origin: Option<String>,
}

/// What can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    Status,
    Connect,
    Users,
    Report,
    Queue,
    Card,
    Dispositions,
    Receipts,
    Budget,
    Settings,
}

impl Tag {
    /// Everything there is.
    pub const ALL: [Self; 10] = [
        Self::Status,
        Self::Connect,
        Self::Users,
        Self::Report,
        Self::Queue,
        Self::Card,
        Self::Dispositions,
        Self::Receipts,
        Self::Budget,
        Self::Settings,
    ];
    /// Local times and calling hours change with the clock alone.
    pub const BY_THE_CLOCK: [Self; 3] = [Self::Report, Self::Queue, Self::Card];

    /// What a change of the outbox touches.
    pub fn of_outbox(change: OutboxChange) -> &'static [Self] {
        match change {
            OutboxChange::WrapUps => &[Self::Receipts, Self::Status, Self::Budget, Self::Report],
            OutboxChange::Link => &[Self::Status],
        }
    }

    /// What a change of the session touches.
    pub fn of_session(change: SessionChange) -> &'static [Self] {
        match change {
            SessionChange::Tasks => &[Self::Report, Self::Queue, Self::Card],
            SessionChange::Owners => &[Self::Report],
            SessionChange::Outcomes => &[Self::Dispositions],
            SessionChange::CustomFields => &[Self::Card],
        }
    }
}
