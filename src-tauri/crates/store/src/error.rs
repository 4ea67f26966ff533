//! What a failed read or write means.
//!
//! Promises: texts name the kind of trouble, never a path or a content.

use std::io::{self, ErrorKind};

use crate::StoreError;

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
        other => StoreError::Damaged {
            reason: kind_of(other).to_owned(),
        },
    }
}

/// The kind of a sled error: its own text may quote what was read.
pub(crate) fn kind_of(error: &sled::Error) -> &'static str {
    match error {
        sled::Error::CollectionNotFound(_) => "a part of it is missing",
        sled::Error::Unsupported(_) => "it is in a form that cannot be read",
        sled::Error::ReportableBug(_) => "it contradicts itself",
        sled::Error::Io(_) => "it ends too early",
        sled::Error::Corruption { .. } => "a checksum does not match",
    }
}

/// A failure that belongs to no file.
pub(crate) fn damaged(reason: &str) -> StoreError {
    StoreError::Damaged {
        reason: reason.to_owned(),
    }
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
            Err(damaged("a call to it broke off"))
        }
    }
}
