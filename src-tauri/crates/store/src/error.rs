//! What a failed read or write means.
//!
//! Promises: texts name the kind of trouble, never a path or a content.

use std::io::{self, ErrorKind};

use crate::{Damage, StoreError};

/// A failed file operation.
pub(crate) fn of_io(error: &io::Error) -> StoreError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StoreError::DiskFull,
        kind => StoreError::NotWritable {
            reason: kind.to_string(),
        },
    }
}

/// A failed operation of an open store.
pub(crate) fn of_sled(error: &sled::Error) -> StoreError {
    match error {
        sled::Error::Io(error) => of_io(error),
        other => damaged(kind_of(other)),
    }
}

/// The kind of a sled error: its own text may quote what was read.
pub(crate) fn kind_of(error: &sled::Error) -> Damage {
    match error {
        sled::Error::CollectionNotFound(_) => Damage::PartMissing,
        sled::Error::Unsupported(_) => Damage::UnknownForm,
        sled::Error::ReportableBug(_) => Damage::Contradiction,
        sled::Error::Io(_) => Damage::EndsEarly,
        sled::Error::Corruption { .. } => Damage::Checksum,
    }
}

/// A failure that belongs to no file.
pub(crate) fn damaged(reason: Damage) -> StoreError {
    StoreError::Damaged { reason }
}

/// Runs `work` on a thread that may block.
pub(crate) async fn off_the_async_threads<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(stopped) => {
            tracing::error!(
                panicked = stopped.is_panic(),
                "a call to the store broke off"
            );
            Err(damaged(Damage::BrokeOff))
        }
    }
}
