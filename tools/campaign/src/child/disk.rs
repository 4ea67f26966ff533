//! A disk that is full for a while.
//!
//! The process may make no file longer than a limit, which is far below what the store looks for
//! before it writes: every write is refused, as on a full disk. Unlike a small file system this
//! needs no rights, so it works in every build. (The system says *file too large* and not *no space
//! left*; the text for a person is tested in the store's own tests.)
//!
//! Must never: outlast the process, or touch the machine's disk.

use std::time::Duration;

use anyhow::Result;
use clock::SharedClock;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde::{Deserialize, Serialize};
use tokio::signal::unix::{SignalKind, signal};

use crate::messages::{Happening, happened};

/// The longest file while the disk is full: long enough for the keychain's, in bytes.
const FILE_BYTES_MAX: u64 = 64 * 1024;
/// SIGXFSZ, which would end the process at such a write.
const FILE_TOO_LARGE: i32 = 25;

/// When the disk is full, in virtual time after the core's start.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct FullDisk {
    pub(crate) begins_ms: u64,
    pub(crate) lasts_ms: u64,
}

/// Fills the disk and frees it again.
pub(crate) async fn fill(full: FullDisk, clock: SharedClock) -> Result<()> {
    let _received_and_ignored = signal(SignalKind::from_raw(FILE_TOO_LARGE))?;
    let usual = getrlimit(Resource::Fsize);
    clock.sleep(Duration::from_millis(full.begins_ms)).await;
    let full_disk = Rlimit {
        current: Some(FILE_BYTES_MAX),
        maximum: usual.maximum,
    };
    happened(Happening::DiskFull);
    setrlimit(Resource::Fsize, full_disk)?;
    clock.sleep(Duration::from_millis(full.lasts_ms)).await;
    Ok(setrlimit(Resource::Fsize, usual)?)
}
