//! Reading and writing records of an open sled.
//!
//! Promises: a change is there whole or not at all, and after a failed one the records are as they
//! were; one change at a time, so revisions grow in the order of writing. Everything here blocks.
//! Must never: return from a durable change before the disk has it, or write into a folder that is
//! not there any more.

use std::{
    collections::{HashMap, HashSet},
    fs::File,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, atomic::AtomicBool},
};

use outbox::OutboxLease;
use same_file::Handle;
use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::watch;
use tracing_mutex::stdsync::{Mutex, MutexGuard};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    Damage, StoreError,
    error::{damaged, of_io, of_sled},
    folder,
    frame::{self, NoFrame},
    high_water::HighWater,
    lock::FolderLock,
    record::{self, Key, Kind},
    rewrite,
    seal::Sealer,
    witness::Witness,
};

/// What a change must survive. Each includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Survives {
    /// The death of the process.
    Death,
    /// A loss of power.
    PowerLoss,
    /// An older state of the folder put back over it: that there was this change is known outside
    /// the folder (`witness`).
    Restore,
}

/// Records to be written and removed in one step.
#[derive(Default)]
pub(crate) struct Change {
    puts: Vec<(Key, Zeroizing<Vec<u8>>)>,
    /// Frames as they are, under a key that is not their own.
    keeps: Vec<(Key, Vec<u8>)>,
    removals: Vec<Key>,
}

impl Change {
    pub(crate) fn put<T: Serialize>(&mut self, key: Key, value: &T) -> Result<(), StoreError> {
        self.puts.push((key, record::to_content(value)?));
        Ok(())
    }

    pub(crate) fn put_content(&mut self, key: Key, content: Zeroizing<Vec<u8>>) {
        self.puts.push((key, content));
    }

    pub(crate) fn keep_frame(&mut self, key: Key, frame: &[u8]) {
        self.keeps.push((key, frame.to_vec()));
    }

    pub(crate) fn remove(&mut self, key: Key) {
        self.removals.push(key);
    }

    pub(crate) fn removes(&self, key: &Key) -> bool {
        self.removals.contains(key)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.puts.is_empty() && self.keeps.is_empty() && self.removals.is_empty()
    }

    fn keys(&self) -> impl Iterator<Item = &Key> {
        let puts = self.puts.iter().map(|(key, _)| key);
        let keeps = self.keeps.iter().map(|(key, _)| key);
        puts.chain(keeps).chain(&self.removals)
    }
}

/// An open store.
pub(crate) struct RecordStore {
    // Before the lock, so that sled is closed while the folder is still ours.
    db: sled::Db,
    sealer: Sealer,
    writer: Mutex<Writer>,
    folder: PathBuf,
    records: PathBuf,
    /// By origin, whether somebody holds its outbox.
    outboxes: Mutex<HashMap<String, Arc<AtomicBool>>>,
    /// The file that was opened, to notice when it is not the one in the folder any more.
    opened: Handle,
    lock: Option<FolderLock>,
}

struct Writer {
    revision: u64,
    /// sled's file, to make it durable: its own flush does not on Linux.
    file: File,
    high_water: Option<HighWater>,
    witness: Option<Witness>,
    /// Receives the revision of each change that the witness has seen.
    witnessed: watch::Sender<u64>,
    #[cfg(test)]
    fail_to_sync: bool,
}

/// What a record store is made of, besides sled.
pub(crate) struct Parts {
    pub(crate) sealer: Sealer,
    /// The newest revision that was ever written.
    pub(crate) revision: u64,
    pub(crate) folder: PathBuf,
    pub(crate) records: PathBuf,
    pub(crate) high_water: Option<HighWater>,
    pub(crate) lock: Option<FolderLock>,
}

impl RecordStore {
    pub(crate) fn new(db: sled::Db, parts: Parts) -> Result<Self, StoreError> {
        let io = |error: io::Error| of_io(&error);
        let file = folder::open_to_sync(&db_file(&parts.records)).map_err(io)?;
        let opened = file.try_clone().and_then(Handle::from_file).map_err(io)?;
        let writer = Writer {
            revision: parts.revision,
            file,
            high_water: parts.high_water,
            witness: None,
            witnessed: watch::Sender::new(0),
            #[cfg(test)]
            fail_to_sync: false,
        };
        Ok(Self {
            db,
            sealer: parts.sealer,
            writer: Mutex::new(writer),
            folder: parts.folder,
            records: parts.records,
            outboxes: Mutex::default(),
            opened,
            lock: parts.lock,
        })
    }

    /// The one lease of an origin's outbox.
    pub(crate) fn take_outbox(&self, origin: &str) -> Result<OutboxLease, StoreError> {
        let mut outboxes = self.outboxes.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = outboxes.entry(origin.to_owned()).or_default();
        OutboxLease::take(taken).ok_or(StoreError::OutboxTaken)
    }

    /// Where the store is.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Copies the records into a store beside this one (`rewrite`).
    pub(crate) fn copy_anew(&self) -> Result<usize, StoreError> {
        rewrite::copy(&self.folder, &self.db)
    }

    /// Closes sled alone, and returns what the next record store of this folder is made of.
    pub(crate) fn close(self, sealer: Sealer) -> (Parts, Option<Witness>) {
        let writer = self
            .writer
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let parts = Parts {
            sealer,
            revision: writer.revision,
            folder: self.folder,
            records: self.records,
            high_water: writer.high_water,
            lock: self.lock,
        };
        (parts, writer.witness)
    }

    /// From here on a change can be made to survive a [`Survives::Restore`].
    pub(crate) fn be_witnessed(&self, witness: Witness) {
        let mut writer = self.writer();
        writer.witnessed.send_replace(writer.revision);
        writer.witness = Some(witness);
    }

    /// The id of the folder, if something outside knows it.
    pub(crate) fn folder_id(&self) -> Option<Uuid> {
        self.writer().witness.as_ref().map(Witness::id)
    }

    /// The newest revision that something outside knows of.
    pub(crate) fn witnessed(&self) -> watch::Receiver<u64> {
        self.writer().witnessed.subscribe()
    }

    /// The newest revision.
    pub(crate) fn revision(&self) -> u64 {
        self.writer().revision
    }

    pub(crate) fn sealer(&self) -> &Sealer {
        &self.sealer
    }

    /// Applies `change`, whole or not at all.
    pub(crate) fn commit(&self, change: &Change, survives: Survives) -> Result<(), StoreError> {
        let mut writer = self.writer();
        self.ensure_here()?;
        folder::ensure_room(&self.folder).map_err(|error| of_io(&error))?;
        writer.revision += 1;
        let revision = writer.revision;

        let mut batch = sled::Batch::default();
        let mut undo = sled::Batch::default();
        for key in change.keys() {
            match self
                .db
                .get(key.as_bytes())
                .map_err(|error| of_sled(&error))?
            {
                Some(before) => undo.insert(key.as_bytes(), before),
                None => undo.remove(key.as_bytes()),
            }
        }
        // First, so that a record which is set aside can be replaced in the same step.
        for key in &change.removals {
            batch.remove(key.as_bytes());
        }
        for (key, content) in &change.puts {
            let frame = record::encode(&self.sealer, key, revision, content)?;
            batch.insert(key.as_bytes(), frame);
        }
        for (key, frame) in &change.keeps {
            batch.insert(key.as_bytes(), frame.as_slice());
        }
        let newest = Key::new(Kind::Newest, "", "");
        batch.insert(
            newest.as_bytes(),
            record::encode(&self.sealer, &newest, revision, b"")?,
        );

        let done = self
            .db
            .apply_batch(batch)
            .map_err(|error| of_sled(&error))
            .and_then(|()| self.sync(&mut writer, survives));
        if let Err(error) = &done {
            tracing::error!(%error, "a change could not be saved");
            // What was reported as failed must not turn up later: the person may have saved it
            // again by then. If this fails too, sled is beyond writing.
            if self
                .db
                .apply_batch(undo)
                .and_then(|()| self.db.flush())
                .is_err()
            {
                tracing::error!("and could not be taken back");
            }
        }
        done
    }

    /// Makes all that was written survive a loss of power.
    pub(crate) fn sync_all(&self) -> Result<(), StoreError> {
        let mut writer = self.writer();
        self.ensure_here()?;
        self.sync(&mut writer, Survives::PowerLoss)
    }

    /// sled writes on into a file that was removed, and what it wrote is gone with the process.
    fn ensure_here(&self) -> Result<(), StoreError> {
        match Handle::from_path(db_file(&self.records)) {
            Ok(found) if found == self.opened => Ok(()),
            Ok(_) => Err(StoreError::FolderGone),
            Err(error) => match error.kind() {
                ErrorKind::NotFound | ErrorKind::NotADirectory => Err(StoreError::FolderGone),
                _ => Err(of_io(&error)),
            },
        }
    }

    fn sync(&self, writer: &mut Writer, survives: Survives) -> Result<(), StoreError> {
        self.db.flush().map_err(|error| of_sled(&error))?;
        #[cfg(test)]
        if writer.fail_to_sync {
            return Err(StoreError::DiskFull);
        }
        if survives >= Survives::PowerLoss {
            let synced = writer
                .file
                .sync_all()
                .and_then(|()| folder::sync_blobs(&self.records))
                .and_then(|()| match &mut writer.high_water {
                    Some(mark) => mark.raise(writer.revision),
                    None => Ok(()),
                });
            synced.map_err(|error| of_io(&error))?;
        }
        // Last: a folder that is ahead of what is known outside has only crashed.
        if survives >= Survives::Restore
            && let Some(witness) = &mut writer.witness
        {
            witness.raise(writer.revision)?;
            writer.witnessed.send_replace(writer.revision);
        }
        Ok(())
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn has(&self, key: &Key) -> Result<bool, StoreError> {
        self.db
            .contains_key(key.as_bytes())
            .map_err(|error| of_sled(&error))
    }

    /// The record, if there is one.
    pub(crate) fn get<T: DeserializeOwned>(&self, key: &Key) -> Result<Option<T>, StoreError> {
        match self
            .db
            .get(key.as_bytes())
            .map_err(|error| of_sled(&error))?
        {
            Some(value) => self.read(key, &value).map(Some),
            None => Ok(None),
        }
    }

    /// All records of a kind and origin, with their keys.
    pub(crate) fn all<T: DeserializeOwned>(
        &self,
        kind: Kind,
        origin: &str,
    ) -> Result<Vec<(Key, T)>, StoreError> {
        self.all_below(Key::prefix(kind, origin).as_bytes())
    }

    /// The keys of all records of a kind, of all origins, each with the revision it was written at.
    pub(crate) fn revisions(&self, kind: Kind) -> Result<Vec<(Key, u64)>, StoreError> {
        self.db
            .scan_prefix([kind as u8])
            .map(|entry| {
                let (key, value) = entry.map_err(|error| of_sled(&error))?;
                let frame = frame::decode(&value).map_err(|_| damaged(Damage::RecordNotWhole))?;
                Ok((Key::from_bytes(&key), frame.revision))
            })
            .collect()
    }

    /// All records of a kind, of all origins, with their keys.
    pub(crate) fn all_origins<T: DeserializeOwned>(
        &self,
        kind: Kind,
    ) -> Result<Vec<(Key, T)>, StoreError> {
        self.all_below(&[kind as u8])
    }

    fn all_below<T: DeserializeOwned>(&self, prefix: &[u8]) -> Result<Vec<(Key, T)>, StoreError> {
        self.db
            .scan_prefix(prefix)
            .map(|entry| {
                let (key, value) = entry.map_err(|error| of_sled(&error))?;
                let key = Key::from_bytes(&key);
                let record = self.read(&key, &value)?;
                Ok((key, record))
            })
            .collect()
    }

    /// How many records of a kind there are, of all origins.
    pub(crate) fn count(&self, kind: Kind) -> Result<usize, StoreError> {
        self.count_prefix(&[kind as u8])
    }

    /// How many records of a kind one origin has.
    pub(crate) fn count_of(&self, kind: Kind, origin: &str) -> Result<usize, StoreError> {
        self.count_prefix(Key::prefix(kind, origin).as_bytes())
    }

    fn count_prefix(&self, prefix: &[u8]) -> Result<usize, StoreError> {
        self.db
            .scan_prefix(prefix)
            .keys()
            .try_fold(0, |count, key| {
                key.map(|_| count + 1).map_err(|error| of_sled(&error))
            })
    }

    /// How many different things records of `kind` are about.
    pub(crate) fn count_distinct<T: DeserializeOwned, Id: Eq + std::hash::Hash>(
        &self,
        kind: Kind,
        id_of: impl Fn(T) -> Option<Id>,
    ) -> Result<usize, StoreError> {
        let mut ids = HashSet::new();
        for entry in self.db.scan_prefix([kind as u8]) {
            let (key, value) = entry.map_err(|error| of_sled(&error))?;
            ids.extend(id_of(self.read(&Key::from_bytes(&key), &value)?));
        }
        Ok(ids.len())
    }

    fn read<T: DeserializeOwned>(&self, key: &Key, value: &[u8]) -> Result<T, StoreError> {
        let frame = frame::decode(value).map_err(|fault| match fault {
            NoFrame::Newer { found } => StoreError::Newer {
                found,
                known: frame::SCHEMA,
            },
            NoFrame::Damaged => damaged(Damage::RecordNotWhole),
        })?;
        let opened = key
            .kind()
            .filter(|_| frame.key == key.as_bytes())
            .and_then(|kind| record::open(&self.sealer, kind, &frame))
            .ok_or_else(|| damaged(Damage::RecordUnreadable))?;
        record::from_content(&opened.content)
    }
}

/// The file in which sled keeps the records.
fn db_file(records: &Path) -> PathBuf {
    records.join("db")
}

impl std::fmt::Debug for RecordStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecordStore(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sled_db::open_sled;

    fn records(folder: &std::path::Path) -> RecordStore {
        let parts = Parts {
            sealer: Sealer::new(&[1; 32], None),
            revision: 0,
            folder: folder.to_owned(),
            records: folder.join("records"),
            high_water: Some(HighWater::open(folder).unwrap().0),
            lock: None,
        };
        RecordStore::new(open_sled(&parts.records).unwrap(), parts).unwrap()
    }

    fn budget(value: u32) -> (Key, Change) {
        let key = Key::new(Kind::Budget, "origin", "");
        let mut change = Change::default();
        change.put(key.clone(), &value).unwrap();
        (key, change)
    }

    #[test]
    fn a_change_that_could_not_be_made_durable_does_not_turn_up_later() {
        let folder = tempfile::tempdir().unwrap();
        {
            let records = records(folder.path());
            let (key, first) = budget(1);
            records.writer().fail_to_sync = true;
            assert!(records.commit(&first, Survives::PowerLoss).is_err());
            assert_eq!(records.get::<u32>(&key).unwrap(), None);

            records.writer().fail_to_sync = false;
            records.commit(&first, Survives::PowerLoss).unwrap();
            records.writer().fail_to_sync = true;
            assert!(records.commit(&budget(2).1, Survives::PowerLoss).is_err());
            assert_eq!(records.get::<u32>(&key).unwrap(), Some(1));
        }
        assert_eq!(
            records(folder.path()).get::<u32>(&budget(0).0).unwrap(),
            Some(1)
        );
    }

    /// The null device takes everything and refuses to be synced.
    #[cfg(unix)]
    #[test]
    fn what_must_survive_a_loss_of_power_is_synced_and_what_must_not_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let records = records(folder.path());
        records.writer().file = File::open("/dev/null").unwrap();
        let (key, change) = budget(1);
        records.commit(&change, Survives::Death).unwrap();
        assert!(records.commit(&budget(2).1, Survives::PowerLoss).is_err());
        assert_eq!(records.get::<u32>(&key).unwrap(), Some(1));
        assert!(records.sync_all().is_err());
    }

    #[test]
    fn the_mark_outside_sled_follows_what_is_durable_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let mark = || HighWater::open(folder.path()).unwrap().1;
        let records = records(folder.path());
        records.commit(&budget(1).1, Survives::Death).unwrap();
        assert_eq!(mark(), None);
        records.commit(&budget(2).1, Survives::PowerLoss).unwrap();
        assert_eq!(mark(), Some(2));
        records.commit(&budget(3).1, Survives::Death).unwrap();
        assert_eq!(mark(), Some(2));
        records.sync_all().unwrap();
        assert_eq!(mark(), Some(3));
    }
}
