//! What a failure of the store says to a person.

use outbox::StoreError;
use text::{Text, message};

use crate::{Problem, ProblemCode};

/// A failure of the store, across IPC.
pub fn store_problem(error: &StoreError) -> Problem {
    let message = message!("store-not-saved", reason = store_reason(error));
    Problem::new(ProblemCode::NotSaved, message)
}

/// Why the store failed, as a clause without a full stop: "the disk is full".
pub fn store_reason(error: &StoreError) -> Text {
    match error {
        StoreError::DiskFull => message!("store-disk-full"),
        StoreError::NotWritable { reason } => {
            message!("store-not-writable", reason = reason.as_str())
        }
        StoreError::NotTrusted { folder, reason } => {
            message!("store-not-trusted", folder = *folder, reason = reason.as_str())
        }
        StoreError::InUse => message!("store-in-use"),
        StoreError::OutboxTaken => message!("store-outbox-taken"),
        StoreError::CopyInUse => message!("store-copy-in-use"),
        StoreError::FolderGone => message!("store-folder-gone"),
        StoreError::NotWitnessed { reason } => {
            message!("store-not-witnessed", reason = reason.as_str())
        }
        StoreError::KeyNotAtHand { records } => {
            let records = u32::try_from(*records).unwrap_or(u32::MAX);
            message!("store-key-not-at-hand", records = records)
        }
        StoreError::Newer { found, known } => message!(
            "store-newer",
            found = found.to_string(),
            known = known.to_string(),
        ),
        StoreError::Damaged { reason } => message!("store-damaged", reason = reason.as_str()),
    }
}
