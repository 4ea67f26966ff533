//! One Handset at a time in one data folder.
//!
//! Promises: held until dropped, and gone with the process however it ends. It is taken before sled
//! is opened, because files are repaired before that (`open`), and because the single-instance
//! check of the windows is only a comfort: on Linux it depends on D-Bus.

use std::{
    fs::{File, TryLockError},
    path::Path,
};

use crate::{
    StoreError,
    error::of_io,
    folder::{HELD_TRIES_MAX, lock_within},
    private,
};

const LOCK_FILE: &str = "lock";

/// The held lock.
#[derive(Debug)]
pub(crate) struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Takes the lock, or reports that another Handset holds it. Waits a moment at most.
    pub(crate) fn take(folder: &Path) -> Result<Self, StoreError> {
        let file = private::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(folder.join(LOCK_FILE))
            .map_err(|error| of_io(&error))?;
        match lock_within(&file, HELD_TRIES_MAX) {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(error)) => Err(of_io(&error)),
        }
    }
}
