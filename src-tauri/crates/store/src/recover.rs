//! Rebuilding a damaged store from its raw bytes.
//!
//! How: every record is a frame that says what it is and carries its own checksum (`frame`), so
//! frames are searched for in all files, without sled. sled's file is a log, so many older versions of
//! a record are found too; the newest counts.
//!
//! Promises: an acknowledged wrap-up is not revived while a newer receipt of it can be read. A revived
//! one may be an older version, from before a request left; so what is not idempotent in it is taken as
//! *unknown*, and Apollo is searched before anything is sent (the wrap-up engine's rule). Must never:
//! change the damaged store.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, ErrorKind, Read},
    path::Path,
};

use clock::Timestamp;
use domain::wrap_up::{Doubt, LedgerEntry, WrapUp};
use zeroize::Zeroizing;

use crate::{
    StoreError,
    error::{of_io, of_sled},
    folder::{self, BEFORE_OPENING, RECORDS, RECOVERED, RECOVERING},
    frame,
    record::{self, Key, Kind},
    record_store::{Change, Parts, RecordStore, Survives},
    seal::Sealer,
    sled_db::open_sled,
};

/// A file is searched up to here. A store of this kind stays below a hundredth of it.
const SEARCHED_BYTES: u64 = 1 << 30;

/// What was found.
pub(crate) struct Rebuilt {
    /// Of every kind, readable or not.
    pub(crate) records: usize,
    pub(crate) wrap_ups: usize,
    pub(crate) drafts: usize,
}

/// Makes a complete new store beside the damaged one.
pub(crate) fn rebuild(
    folder: &Path,
    sealer: Sealer,
    may_set_aside: bool,
    durable: u64,
    now: Timestamp,
) -> Result<Rebuilt, StoreError> {
    let io = |error: io::Error| of_io(&error);
    let mut found = Found::default();
    // Both: the copy is whole unless power was lost while it was made.
    for damaged in [BEFORE_OPENING, RECORDS] {
        search(&folder.join(damaged), &sealer, &mut found).map_err(io)?;
    }
    found.drop_what_is_over();
    if !may_set_aside && !found.unreadable.is_empty() {
        return Err(StoreError::KeyNotAtHand {
            records: found.unreadable.len(),
        });
    }

    let mut change = Change::default();
    let rebuilt = Rebuilt {
        records: found.readable.len() + found.unreadable.len(),
        wrap_ups: found.count(Kind::WrapUp),
        drafts: found.count(Kind::Draft),
    };
    for (key, version) in found.readable {
        if key.kind() == Some(Kind::WrapUp) {
            let mut wrap_up: WrapUp = record::from_content(&version.content)?;
            wrap_up.doubt(Doubt::Recovered, now);
            change.put(key, &wrap_up)?;
        } else {
            change.put_content(key, version.content);
        }
    }
    for sealed in found.unreadable.into_values() {
        change.keep_frame(sealed.stored_as, &sealed.frame);
    }

    let recovering = folder.join(RECOVERING);
    {
        let db = open_sled(&recovering).map_err(|error| of_sled(&error))?;
        let parts = Parts {
            sealer,
            revision: found.newest.max(durable),
            folder: folder.to_owned(),
            records: recovering.clone(),
            high_water: None,
            lock: None,
        };
        RecordStore::new(db, parts)?.commit(&change, Survives::PowerLoss)?;
    }
    folder::sync_folder(&recovering).map_err(io)?;
    fs::rename(&recovering, folder.join(RECOVERED)).map_err(io)?;
    folder::sync_folder(folder).map_err(io)?;
    Ok(rebuilt)
}

#[derive(Default)]
struct Found {
    readable: BTreeMap<Key, Version>,
    /// Of each record that no key opens.
    unreadable: BTreeMap<Key, Sealed>,
    newest: u64,
}

struct Version {
    revision: u64,
    content: Zeroizing<Vec<u8>>,
}

struct Sealed {
    revision: u64,
    /// The key under which it is to be stored.
    stored_as: Key,
    frame: Vec<u8>,
}

fn search(folder: &Path, sealer: &Sealer, found: &mut Found) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            search(&entry.path(), sealer, found)?;
            continue;
        }
        let mut bytes = Vec::new();
        File::open(entry.path())?
            .take(SEARCHED_BYTES)
            .read_to_end(&mut bytes)?;
        found.add_all(&bytes, sealer);
    }
    Ok(())
}

impl Found {
    fn add_all(&mut self, bytes: &[u8], sealer: &Sealer) {
        for frame in frame::find_all(bytes) {
            self.newest = self.newest.max(frame.revision);
            let key = Key::from_bytes(frame.key);
            let Some(kind) = key.kind() else { continue };
            if kind == Kind::Newest {
                continue;
            }
            if let Some(opened) = record::open(sealer, kind, &frame) {
                let known = self.readable.get(&key).map(|known| known.revision);
                if known.is_none_or(|known| known < frame.revision) {
                    let content = opened.content;
                    self.readable.insert(
                        key,
                        Version {
                            revision: frame.revision,
                            content,
                        },
                    );
                }
            } else {
                let known = self.unreadable.get(&key).map(|known| known.revision);
                if known.is_none_or(|known| known < frame.revision) {
                    let stored_as = Key::of_unreadable(&frame);
                    let sealed = Sealed {
                        revision: frame.revision,
                        stored_as,
                        frame: frame.bytes.to_vec(),
                    };
                    self.unreadable.insert(key, sealed);
                }
            }
        }
    }

    fn count(&self, kind: Kind) -> usize {
        self.readable
            .keys()
            .filter(|key| key.kind() == Some(kind))
            .count()
    }

    /// Drops wrap-ups that were acknowledged, and drafts that have become a wrap-up.
    fn drop_what_is_over(&mut self) {
        let mut over: Vec<Key> = Vec::new();
        for (key, version) in &self.readable {
            match key.kind() {
                Some(Kind::WrapUp) => {
                    // The newer of the two counts: a wrap-up goes back into the outbox when what
                    // was logged is corrected.
                    let receipt = key.with_kind(Kind::Receipt);
                    match self.readable.get(&receipt) {
                        Some(found) if found.revision > version.revision => over.push(key.clone()),
                        Some(_) => over.push(receipt),
                        None => {}
                    }
                    if let Ok(wrap_up) = record::from_content::<WrapUp>(&version.content) {
                        let task_id = wrap_up.task_id.as_str();
                        match self.draft_beside(key, task_id) {
                            // A draft that is newer than a wrap-up of which nothing was sent has
                            // taken its place: it was taken back.
                            Some((_, draft)) if draft.revision > version.revision => {
                                over.extend(wrap_up.is_untouched().then(|| key.clone()));
                            }
                            Some((draft, _)) => over.push(draft),
                            None => {}
                        }
                    }
                }
                Some(Kind::Ledger) => {
                    if let Ok(entry) = record::from_content::<LedgerEntry>(&version.content) {
                        let draft = self.draft_beside(key, entry.task_id.as_str());
                        let is_older = |draft: &Version| draft.revision < version.revision;
                        over.extend(
                            draft
                                .filter(|(_, draft)| is_older(draft))
                                .map(|(key, _)| key),
                        );
                    }
                }
                _ => {}
            }
        }
        for key in over {
            self.readable.remove(&key);
        }
        let readable = &self.readable;
        self.unreadable.retain(|key, sealed| {
            let replaced = readable
                .get(key)
                .is_some_and(|version| version.revision > sealed.revision);
            let acknowledged = key.kind() == Some(Kind::WrapUp)
                && readable
                    .get(&key.with_kind(Kind::Receipt))
                    .is_some_and(|receipt| receipt.revision > sealed.revision);
            !replaced && !acknowledged
        });
        // A task is closed only by a wrap-up that is still stored. For wrap-ups that can be read, this
        // record is written anew when the store is opened.
        let unreadable = &self.unreadable;
        self.readable.retain(|key, _| {
            key.kind() != Some(Kind::TaskOf)
                || unreadable.contains_key(&key.with_kind(Kind::WrapUp))
        });
    }

    /// The draft of a task, of the same origin as the record that `beside` names.
    fn draft_beside(&self, beside: &Key, task_id: &str) -> Option<(Key, &Version)> {
        let key = beside.with_kind(Kind::Draft).with_id(task_id);
        let draft = self.readable.get(&key)?;
        Some((key, draft))
    }
}

/// How many records that are sealed, in whatever file below a folder, this key opens.
#[cfg(test)]
pub(crate) fn count_opened_by(folder: &Path, key: &[u8; crate::SEALING_KEY_BYTES]) -> usize {
    let sealer = Sealer::new(key, None);
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            count += count_opened_by(&path, key);
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        count += frame::find_all(&bytes)
            .filter(|frame| {
                let kind = Key::from_bytes(frame.key)
                    .kind()
                    .filter(|kind| kind.is_sealed());
                kind.is_some_and(|kind| record::open(&sealer, kind, frame).is_some())
            })
            .count();
    }
    count
}
