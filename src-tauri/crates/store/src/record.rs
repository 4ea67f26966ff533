//! Which records there are, and what names them.
//!
//! Promises: a key says kind, origin and id, in this order, so that the records of one kind and
//! origin lie together and no origin can read another's. Kinds keep their number for ever.

use apollo::ids::TaskId;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use domain::{
    call_history::HistoryEntry,
    draft::Draft,
    outcomes::StoredOutcomes,
    position::Position,
    rep::{Rep, StoredIdentity},
    settings::Settings,
    wrap_up::{LedgerEntry, ReceiptRecord, WrapUp},
};

use crate::{
    Damage, StoreError,
    error::damaged,
    frame::{self, Frame},
    retention::FolderAge,
    seal::{Opened, Sealer},
    witness::Identity,
};

/// What a record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Kind {
    WrapUp = 1,
    Draft = 2,
    Receipt = 3,
    Ledger = 4,
    Position = 5,
    Rep = 6,
    Budget = 7,
    Settings = 8,
    /// The store's newest revision.
    Newest = 9,
    /// A whole frame that cannot be read with the keys at hand, stored in case that changes.
    Unreadable = 10,
    /// Whose key was in use last.
    KeyIdentity = 16,
    /// Whom a wrap-up was about, and what came of it.
    History = 17,
    /// The outcomes that a call can have: ids and names.
    Outcomes = 15,
    /// The identity of the folder (`witness`).
    Identity = 11,
    /// The task of a wrap-up that is not acknowledged: known also while the wrap-up is unreadable.
    TaskOf = 12,
    /// How long the folder has been in use.
    Age = 13,
}

impl Kind {
    fn of(byte: u8) -> Option<Self> {
        [
            Self::WrapUp,
            Self::Draft,
            Self::Receipt,
            Self::Ledger,
            Self::Position,
            Self::Rep,
            Self::Budget,
            Self::Settings,
            Self::Newest,
            Self::Unreadable,
            Self::KeyIdentity,
            Self::History,
            Self::Outcomes,
            Self::Identity,
            Self::TaskOf,
            Self::Age,
        ]
        .into_iter()
        .find(|kind| *kind as u8 == byte)
    }

    /// Whether the body is sealed: it may hold what a person said, or who somebody is.
    pub(crate) fn is_sealed(self) -> bool {
        matches!(
            self,
            Self::WrapUp
                | Self::Draft
                | Self::Position
                | Self::Rep
                | Self::KeyIdentity
                | Self::History
        )
    }

    /// Whether `content` is what a record of this kind holds.
    fn fits(self, content: &[u8]) -> bool {
        fn reads<T: DeserializeOwned>(content: &[u8]) -> bool {
            serde_json::from_slice::<T>(content).is_ok()
        }
        match self {
            Self::WrapUp => reads::<WrapUp>(content),
            Self::Draft => reads::<Draft>(content),
            Self::Receipt => reads::<ReceiptRecord>(content),
            Self::Ledger => reads::<LedgerEntry>(content),
            Self::Position => reads::<Option<Position>>(content),
            Self::Rep => reads::<Option<Rep>>(content),
            Self::Budget => reads::<serde_json::Value>(content),
            Self::Settings => reads::<Settings>(content),
            Self::History => reads::<HistoryEntry>(content),
            Self::KeyIdentity => reads::<Option<StoredIdentity>>(content),
            Self::Outcomes => reads::<StoredOutcomes>(content),
            Self::Newest | Self::Unreadable => true,
            Self::Identity => reads::<Identity>(content),
            Self::TaskOf => reads::<TaskOf>(content),
            Self::Age => reads::<FolderAge>(content),
        }
    }
}

/// See [`Kind::TaskOf`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TaskOf {
    pub(crate) task_id: TaskId,
}

impl TaskOf {
    pub(crate) fn of(wrap_up: &WrapUp) -> Self {
        Self {
            task_id: wrap_up.task_id.clone(),
        }
    }
}

/// The name of a record. Neither an origin nor an id holds a zero byte; one that does cannot be
/// taken for another record of the same origin, only for one of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Key(Vec<u8>);

impl Key {
    pub(crate) fn new(kind: Kind, origin: &str, id: &str) -> Self {
        let mut bytes = vec![kind as u8];
        bytes.extend(origin.bytes().filter(|byte| *byte != 0));
        bytes.push(0);
        bytes.extend_from_slice(id.as_bytes());
        Self(bytes)
    }

    /// What all keys of a kind and origin start with.
    pub(crate) fn prefix(kind: Kind, origin: &str) -> Self {
        Self::new(kind, origin, "")
    }

    /// Where an unreadable frame is stored: under its own key and revision, so that no later write
    /// can replace it.
    pub(crate) fn of_unreadable(frame: &Frame<'_>) -> Self {
        let mut bytes = vec![Kind::Unreadable as u8];
        bytes.extend_from_slice(frame.key);
        bytes.push(0);
        bytes.extend_from_slice(&frame.revision.to_be_bytes());
        Self(bytes)
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The same origin and id, of another kind.
    pub(crate) fn with_kind(&self, kind: Kind) -> Self {
        let mut bytes = self.0.clone();
        if let Some(first) = bytes.first_mut() {
            *first = kind as u8;
        }
        Self(bytes)
    }

    /// The same kind and origin, with another id.
    pub(crate) fn with_id(&self, id: &str) -> Self {
        let end = self
            .0
            .iter()
            .position(|byte| *byte == 0)
            .map_or(self.0.len(), |at| at + 1);
        let mut bytes = self.0.get(..end).unwrap_or_default().to_vec();
        bytes.extend_from_slice(id.as_bytes());
        Self(bytes)
    }

    pub(crate) fn kind(&self) -> Option<Kind> {
        Kind::of(*self.0.first()?)
    }
}

/// The frame of a record, sealed if its kind is.
pub(crate) fn encode(
    sealer: &Sealer,
    key: &Key,
    revision: u64,
    content: &[u8],
) -> Result<Vec<u8>, StoreError> {
    let place = frame::place(key.as_bytes(), revision)?;
    if key.kind().is_some_and(Kind::is_sealed) {
        let body = sealer.seal(&place, content)?;
        frame::encode(place, &body)
    } else {
        frame::encode(place, content)
    }
}

/// The content of a frame; `None` when no key opens it, or it is not what its kind holds.
pub(crate) fn open(sealer: &Sealer, kind: Kind, frame: &Frame<'_>) -> Option<Opened> {
    let opened = if kind.is_sealed() {
        sealer.open(frame.place, frame.body)?
    } else {
        Opened {
            content: Zeroizing::new(frame.body.to_vec()),
            is_current: true,
        }
    };
    kind.fits(&opened.content).then_some(opened)
}

/// A value as the content of a record.
pub(crate) fn to_content<T: Serialize>(value: &T) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    serde_json::to_vec(value)
        .map(Zeroizing::new)
        .map_err(|_| damaged(Damage::RecordForm))
}

/// The content of a record as a value.
pub(crate) fn from_content<T: DeserializeOwned>(content: &[u8]) -> Result<T, StoreError> {
    // The error's own text could quote the content.
    serde_json::from_slice(content).map_err(|_| damaged(Damage::RecordForm))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_origin_is_the_beginning_of_another() {
        let short = Key::prefix(Kind::WrapUp, "https://api.apollo.io");
        let long = Key::new(Kind::WrapUp, "https://api.apollo.io:8443", "id");
        assert!(!long.as_bytes().starts_with(short.as_bytes()));
    }

    #[test]
    fn a_key_leads_to_its_neighbours() {
        let key = Key::new(Kind::WrapUp, "https://api.apollo.io", "id");
        assert_eq!(key.kind(), Some(Kind::WrapUp));
        assert_eq!(
            key.with_kind(Kind::Draft).with_id("task"),
            Key::new(Kind::Draft, "https://api.apollo.io", "task")
        );
    }

    #[test]
    fn every_kind_is_known_by_its_number() {
        for number in (1..=13).chain([15, 16]) {
            assert_eq!(Kind::of(number).map(|kind| kind as u8), Some(number));
        }
        assert_eq!(Kind::of(0), None);
        assert_eq!(Kind::of(14), None);
    }
}
