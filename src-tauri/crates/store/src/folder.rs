//! Names inside the data folder, and how its changes are made durable.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use clock::Timestamp;

use crate::private;

/// Where sled keeps the records.
pub(crate) const RECORDS: &str = "records";
/// A copy of the records while sled opens them: with damaged files, sled overwrites what it cannot
/// make sense of.
pub(crate) const BEFORE_OPENING: &str = "records.before";
/// A copy being made.
const COPYING: &str = "records.copying";
/// A store being rebuilt.
pub(crate) const RECOVERING: &str = "records.recovering";
/// A rebuilt store, complete.
pub(crate) const RECOVERED: &str = "records.recovered";

/// A copy being made of the records without anything that a former key has sealed.
pub(crate) const REWRITING: &str = "records.rewriting";
/// Such a copy, complete.
pub(crate) const REWRITTEN: &str = "records.rewritten";
/// The records that the copy has replaced.
pub(crate) const FORMER: &str = "records.former";

/// The time follows this prefix.
const MOVED_ASIDE_PREFIX: &str = "damaged-";

/// Bytes that must be free before sled is asked to write. sled cannot be used any more after a write
/// of its own has failed, so a full disk must be noticed before. It writes a batch of records and
/// at most a copy of the page they are in.
const ROOM_BYTES: usize = 512 * 1024;
const ROOM_FILE: &str = "room";

/// Fails with [`ErrorKind::StorageFull`] when there is no room for another write.
pub(crate) fn ensure_room(folder: &Path) -> io::Result<()> {
    let path = folder.join(ROOM_FILE);
    // A file that was left behind, or something else under this name, is never written into.
    remove_file(&path)?;
    let written = private::options()
        .create_new(true)
        .write(true)
        .open(&path)
        .and_then(|mut file| file.write_all(&vec![0; ROOM_BYTES]));
    // Also after a failed write: the part that was written takes the room that is missing.
    let removed = remove_file(&path);
    written.and(removed)
}

/// Removes a file; a missing file is a success.
pub(crate) fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Makes names that were made, renamed or removed in `folder` survive a loss of power.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Elsewhere a folder cannot be opened like a file, and the file system orders such changes.
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

/// Opens a file for [`File::sync_all`], which Windows allows only to writers.
pub(crate) fn open_to_sync(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).open(path)
}

/// Makes the large values that sled keeps in files of their own survive a loss of power: sled itself
/// never does.
pub(crate) fn sync_blobs(records: &Path) -> io::Result<()> {
    let blobs = records.join("blobs");
    let mut any = false;
    for entry in fs::read_dir(&blobs)? {
        match open_to_sync(&entry?.path()) {
            Ok(file) => file.sync_all()?,
            // sled has removed it meanwhile: no longer needed.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        any = true;
    }
    if any { sync_folder(&blobs) } else { Ok(()) }
}

/// A killed start of sled can leave half a snapshot, which the next start takes for the newest. A
/// finished snapshot has been renamed, so nothing is lost with these.
pub(crate) fn remove_half_written_snapshots(records: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(records) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("snap.") && name.ends_with(".generating") {
            fs::remove_file(entry.path())?;
            tracing::info!("removed a half-written snapshot");
        }
    }
    Ok(())
}

/// Copies the records for the time of opening. A copy that is there already is from a start that did
/// not get to its end, and is the better one.
pub(crate) fn copy_before_opening(folder: &Path) -> io::Result<()> {
    let (records, copy) = (folder.join(RECORDS), folder.join(BEFORE_OPENING));
    remove_folder(&folder.join(COPYING))?;
    if records.exists() && !copy.exists() {
        copy_folder(&records, &folder.join(COPYING))?;
        fs::rename(folder.join(COPYING), copy)?;
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Removes a folder with everything in it; a missing folder is a success.
pub(crate) fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Gives the copy of a damaged store a name that no folder has yet, and returns its new place.
pub(crate) fn move_aside(folder: &Path, now: Timestamp) -> io::Result<PathBuf> {
    // A time without characters that a file system refuses.
    let stamp: String = now
        .to_string()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let aside = folder.join(format!("{MOVED_ASIDE_PREFIX}{stamp}"));
    if aside.exists() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    fs::rename(folder.join(BEFORE_OPENING), &aside)?;
    Ok(aside)
}

/// The damaged store that was moved aside last.
pub(crate) fn newest_moved_aside(folder: &Path) -> io::Result<Option<PathBuf>> {
    let mut newest = None;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_aside = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with(MOVED_ASIDE_PREFIX));
        if is_aside && newest.as_ref().is_none_or(|newest| *newest < path) {
            newest = Some(path);
        }
    }
    Ok(newest)
}

/// Removes the damaged stores that were moved aside. What could be read of them was taken over.
pub(crate) fn remove_moved_aside(folder: &Path) -> io::Result<()> {
    while let Some(aside) = newest_moved_aside(folder)? {
        tracing::warn!("removed a damaged store that a former key had sealed");
        remove_folder(&aside)?;
    }
    Ok(())
}

/// The pause between two tries to lock a file.
const LOCK_PAUSE_MS: u64 = 10;
/// How many tries where another Handset has the file: a program that Handset is just starting holds
/// copies of its open files, locks and all, until it has begun.
pub(crate) const HELD_TRIES_MAX: u32 = 10;
/// How many tries where sled has the file.
const CLOSED_TRIES_MAX: u32 = 500;

/// Waits until sled's file is free: its threads hold it for a moment after a store was dropped. Fails
/// if it is not free in the end; a missing file is free.
pub(crate) fn wait_until_closed(db: &Path) -> io::Result<()> {
    let file = match open_to_sync(db) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        opened => opened?,
    };
    match lock_within(&file, CLOSED_TRIES_MAX) {
        Ok(()) => Ok(()),
        Err(fs::TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
        Err(fs::TryLockError::Error(error)) => Err(error),
    }
}

/// Takes a file's lock, in at most so many tries.
#[expect(
    clippy::disallowed_methods,
    reason = "the file system gives no notice, and no clock is at hand where a store is opened"
)]
pub(crate) fn lock_within(file: &fs::File, tries: u32) -> Result<(), fs::TryLockError> {
    for _ in 1..tries {
        match file.try_lock() {
            Err(fs::TryLockError::WouldBlock) => {
                std::thread::sleep(Duration::from_millis(LOCK_PAUSE_MS));
            }
            decided => return decided,
        }
    }
    file.try_lock()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_half_written_snapshots_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "db",
            "conf",
            "snap.0000000000000001",
            "snap.00000000000000FF.generating",
        ] {
            fs::write(folder.path().join(name), b"x").unwrap();
        }
        remove_half_written_snapshots(folder.path()).unwrap();
        let mut left: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["conf", "db", "snap.0000000000000001"]);
    }

    #[test]
    fn looking_for_room_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        ensure_room(folder.path()).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_damaged_store_gets_a_name_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(BEFORE_OPENING)).unwrap();
        assert_eq!(newest_moved_aside(folder.path()).unwrap(), None);
        let aside = move_aside(folder.path(), "2026-11-25T02:48:36.5Z".parse().unwrap()).unwrap();
        assert_eq!(aside.file_name().unwrap(), "damaged-20261125T0248365Z");
        assert!(!folder.path().join(BEFORE_OPENING).exists());
        assert_eq!(newest_moved_aside(folder.path()).unwrap(), Some(aside));
    }

    #[test]
    fn the_copy_of_a_start_that_did_not_end_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let records = folder.path().join(RECORDS);
        fs::create_dir_all(records.join("blobs")).unwrap();
        fs::write(records.join("db"), b"first").unwrap();
        fs::write(records.join("blobs/1"), b"blob").unwrap();
        copy_before_opening(folder.path()).unwrap();
        fs::write(records.join("db"), b"second").unwrap();
        copy_before_opening(folder.path()).unwrap();
        let copy = folder.path().join(BEFORE_OPENING);
        assert_eq!(fs::read(copy.join("db")).unwrap(), b"first");
        assert_eq!(fs::read(copy.join("blobs/1")).unwrap(), b"blob");
    }
}
