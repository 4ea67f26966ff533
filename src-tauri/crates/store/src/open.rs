//! Opening the store, whatever state it is in.
//!
//! Promises: nothing is opened before the lock is held; a damaged store is opened once, then moved
//! aside; a newer store is left as it is, and so is a store that the key at hand does not open while
//! the right key may still come. A crash at any point leaves either the old store or a complete new
//! one.

use std::{
    collections::HashSet,
    fs,
    io::ErrorKind,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use clock::{SharedClock, Timestamp};
use domain::wrap_up::{Doubt, WrapUp};

use crate::{
    Damage, OpenNotice, StoreError,
    error::{damaged, kind_of, of_io},
    folder::{self, BEFORE_OPENING, RECORDS, RECOVERED, RECOVERING},
    frame::{self, Frame, NoFrame},
    high_water::HighWater,
    key_file,
    lock::FolderLock,
    private,
    record::{self, Key, Kind, TaskOf},
    record_store::{Change, Parts, RecordStore, Survives},
    recover, rewrite,
    seal::{SEALING_KEY_BYTES, Sealer},
    sled_db::open_sled,
    witness::{Found, Identity, Outside},
};

/// Why a store could not be opened.
enum Fault {
    /// Nothing is wrong with the data.
    Refused(StoreError),
    Damaged(Damage),
}

/// A store that was opened and read from end to end.
struct Checked {
    db: sled::Db,
    revision: u64,
    records: Vec<(Key, Vec<u8>)>,
}

/// What a store is opened with.
#[derive(Clone, Copy, Debug)]
pub struct Opening<'a> {
    pub folder: &'a Path,
    pub sealing_key: &'a [u8; SEALING_KEY_BYTES],
    /// Whether records that the key does not open may be set aside. If not, such a store is not
    /// opened: the right key may be there at the next try.
    pub may_set_aside: bool,
    /// What remembers the folder outside of it; none for data that nobody would put back.
    pub outside: Option<&'a Outside>,
    pub clock: &'a SharedClock,
}

pub(crate) fn open(opening: &Opening<'_>) -> Result<(RecordStore, Vec<OpenNotice>), StoreError> {
    let Opening {
        folder,
        sealing_key,
        may_set_aside,
        outside,
        clock,
    } = *opening;
    let now = clock.now();
    let io = |error: std::io::Error| of_io(&error);
    private::ensure_private(folder)?;
    let lock = FolderLock::take(folder)?;
    folder::ensure_room(folder).map_err(io)?;
    rewrite::finish(folder).map_err(io)?;
    let former = key_file::read(folder)?.filter(|former| **former != *sealing_key);
    let sealer = || Sealer::new(sealing_key, former.as_deref());
    let (high_water, durable) = HighWater::open(folder).map_err(io)?;
    let records = folder.join(RECORDS);

    let mut notices = Vec::new();
    let finished = finish_a_recovery(folder, now).map_err(io)?;
    folder::remove_half_written_snapshots(&records).map_err(io)?;
    refuse_if_open_elsewhere(&records)?;
    folder::copy_before_opening(folder).map_err(io)?;
    let opened = if is_only_a_copy_left(folder) {
        Err(Fault::Damaged(Damage::OnlyCopyLeft))
    } else {
        open_checked(&records, durable.unwrap_or(0))
    };
    let checked = match opened {
        Ok(checked) => checked,
        Err(Fault::Refused(error)) => return Err(error),
        Err(Fault::Damaged(reason)) => {
            tracing::error!(%reason, "the store is damaged and is rebuilt");
            let rebuilt =
                recover::rebuild(folder, sealer(), may_set_aside, durable.unwrap_or(0), now)?;
            let aside = put_in_place(folder, now).map_err(io)?;
            if durable.is_none() && rebuilt.records == 0 && !aside.is_empty() {
                // The very first start was cut off while sled made its files: nothing was ever
                // saved, so nothing is lost and there is nothing to inspect.
                tracing::info!("the first start was cut off; the store is begun anew");
                folder::remove_folder(&folder.join(aside)).map_err(io)?;
            } else {
                notices.push(OpenNotice::Recovered {
                    stored_in: aside,
                    wrap_ups: rebuilt.wrap_ups,
                    drafts: rebuilt.drafts,
                });
            }
            match open_checked(&records, 0) {
                Ok(checked) => checked,
                Err(Fault::Refused(error)) => return Err(error),
                Err(Fault::Damaged(reason)) => return Err(StoreError::Damaged { reason }),
            }
        }
    };
    folder::open_to_sync(&records.join("db"))
        .and_then(|file| file.sync_all())
        .and_then(|()| folder::sync_folder(&records))
        .and_then(|()| folder::sync_folder(folder))
        // The copy has served its purpose: kept any longer, it would stand in for a later state.
        .and_then(|()| folder::remove_folder(&folder.join(BEFORE_OPENING)))
        .map_err(io)?;
    if let Some(stored_in) = finished {
        let count = |kind| count(&checked.records, kind);
        let (wrap_ups, drafts) = (count(Kind::WrapUp), count(Kind::Draft));
        notices.push(OpenNotice::Recovered {
            stored_in,
            wrap_ups,
            drafts,
        });
    }

    let identity = identity_in(&checked.records)?;
    let found = outside
        .map(|outside| {
            let is_used = checked.records.iter().any(|(key, _)| is_content(key));
            Found::examine(
                outside,
                folder,
                identity.as_ref(),
                checked.revision,
                is_used,
            )
        })
        .transpose()?;
    let counter = found.as_ref().map_or(0, |found| found.counter);
    let parts = Parts {
        sealer: sealer(),
        revision: checked.revision.max(durable.unwrap_or(0)).max(counter),
        folder: folder.to_owned(),
        records,
        high_water: Some(high_water),
        lock: Some(lock),
    };
    let records = RecordStore::new(checked.db, parts)?;
    let sorted = sort_by_key_at_hand(&records, &checked.records, now)?;
    if sorted.unreadable > 0 && !may_set_aside {
        return Err(StoreError::KeyNotAtHand {
            records: sorted.unreadable,
        });
    }
    notices.extend(sorted.notices());
    notices.extend(begin_life(&records, sorted, outside.zip(found), now)?);
    let was_damaged = |notice: &OpenNotice| matches!(notice, OpenNotice::Recovered { .. });
    // A damaged store stays for a person to inspect, at least for one run.
    if former.is_none() || notices.iter().any(was_damaged) {
        return Ok((records, notices));
    }
    Ok((leave_former_key(records, sealing_key)?, notices))
}

/// Leaves nothing that the key of the key file opens, and destroys that file; everything is sealed
/// with the key at hand by now. Without enough room, this is left to the next start.
fn leave_former_key(
    records: RecordStore,
    sealing_key: &[u8; SEALING_KEY_BYTES],
) -> Result<RecordStore, StoreError> {
    let folder = records.folder().to_owned();
    let io = |error: std::io::Error| of_io(&error);
    let count = match records.copy_anew() {
        Ok(count) => count,
        Err(error) => {
            tracing::warn!(%error, "the store could not be rewritten; the key file stays for now");
            return Ok(records);
        }
    };
    let (parts, witness) = records.close(Sealer::new(sealing_key, None));
    rewrite::put_in_place(&folder).map_err(io)?;
    folder::remove_moved_aside(&folder).map_err(io)?;
    let checked = match open_checked(&parts.records, 0) {
        Ok(checked) if checked.records.len() == count => checked,
        Ok(_) => return Err(damaged(Damage::CopyNotWhole)),
        Err(Fault::Refused(error)) => return Err(error),
        Err(Fault::Damaged(reason)) => return Err(StoreError::Damaged { reason }),
    };
    key_file::destroy(&folder).map_err(io)?;
    tracing::info!("the keychain seals now, and the key file is destroyed");
    let records = RecordStore::new(checked.db, parts)?;
    if let Some(witness) = witness {
        records.be_witnessed(witness);
    }
    Ok(records)
}

/// Writes down, in one step, what was found out at opening, and leaves the mark outside.
fn begin_life(
    records: &RecordStore,
    sorted: Sorted,
    witnessed: Option<(&Outside, Found)>,
    now: Timestamp,
) -> Result<Option<OpenNotice>, StoreError> {
    let Sorted {
        mut change,
        mut wrap_ups,
        ..
    } = sorted;
    let Some((outside, found)) = witnessed else {
        if !change.is_empty() {
            records.commit(&change, Survives::PowerLoss)?;
        }
        return Ok(None);
    };
    let mut notice = None;
    if let Some(doubt) = found.doubt {
        tracing::warn!(?doubt, "the data folder is not the one that was left");
        for (key, wrap_up) in &mut wrap_ups {
            wrap_up.doubt(doubt, now);
            change.put(key.clone(), wrap_up)?;
        }
        notice = Some(match doubt {
            Doubt::Copied => OpenNotice::Copied {
                wrap_ups: wrap_ups.len(),
            },
            _ => OpenNotice::Restored {
                wrap_ups: wrap_ups.len(),
            },
        });
    }
    let identity = found.new_life();
    change.put(key_of_identity(), &identity)?;
    records.commit(&change, Survives::PowerLoss)?;
    let (witness, told) = found.adopt(&outside.state_dir, &identity, records.revision())?;
    if let Some(told) = told {
        let mut change = Change::default();
        change.put(key_of_identity(), &told)?;
        records.commit(&change, Survives::PowerLoss)?;
    }
    records.be_witnessed(witness);
    Ok(notice)
}

fn key_of_identity() -> Key {
    Key::new(Kind::Identity, "", "")
}

fn identity_in(records: &[(Key, Vec<u8>)]) -> Result<Option<Identity>, StoreError> {
    let of_folder = key_of_identity();
    let Some((_, value)) = records.iter().find(|(key, _)| *key == of_folder) else {
        return Ok(None);
    };
    let frame = frame::decode(value).map_err(|_| damaged(Damage::RecordNotWhole))?;
    record::from_content(frame.body).map(Some)
}

/// Whether a record says that the folder was worked with.
fn is_content(key: &Key) -> bool {
    !matches!(key.kind(), Some(Kind::Newest | Kind::Identity))
}

/// Whether there is a copy of the records and no records: sled would begin anew, and the copy would
/// be removed as one that has served its purpose.
fn is_only_a_copy_left(folder: &Path) -> bool {
    folder.join(BEFORE_OPENING).exists() && !folder.join(RECORDS).join("db").exists()
}

fn count(records: &[(Key, Vec<u8>)], kind: Kind) -> usize {
    records
        .iter()
        .filter(|(key, _)| key.kind() == Some(kind))
        .count()
}

/// A rebuilt store is complete once it has its second name. If a crash came before it was put in its
/// place, that is done now; returns where the damaged store is then.
fn finish_a_recovery(folder: &Path, now: Timestamp) -> std::io::Result<Option<String>> {
    folder::remove_folder(&folder.join(RECOVERING))?;
    if folder.join(RECOVERED).exists() {
        put_in_place(folder, now).map(Some)
    } else {
        Ok(None)
    }
}

/// Moves the copy of the damaged store aside and the rebuilt store to its place; returns where the
/// copy is now. Can be begun again after a crash at any point.
fn put_in_place(folder: &Path, now: Timestamp) -> std::io::Result<String> {
    let aside = if folder.join(BEFORE_OPENING).exists() {
        Some(folder::move_aside(folder, now)?)
    } else {
        folder::newest_moved_aside(folder)?
    };
    // What sled has made of the damaged files is worth nothing beside the copy.
    folder::remove_folder(&folder.join(RECORDS))?;
    fs::rename(folder.join(RECOVERED), folder.join(RECORDS))?;
    folder::sync_folder(folder)?;
    let name = aside
        .as_deref()
        .and_then(Path::file_name)
        .unwrap_or_default();
    Ok(name.to_string_lossy().into_owned())
}

/// Opens sled and reads every record, so that damage shows now and not in the middle of a day.
fn open_checked(records: &Path, durable: u64) -> Result<Checked, Fault> {
    // sled may panic on what it cannot make sense of. Nothing of it is used afterwards.
    match catch_unwind(AssertUnwindSafe(|| open_and_read(records))) {
        Ok(Ok(checked)) if checked.revision < durable => {
            Err(Fault::Damaged(Damage::EndsAtRevision {
                found: checked.revision,
                written: durable,
            }))
        }
        Ok(opened) => opened,
        Err(_) => Err(Fault::Damaged(Damage::NotReadToEnd)),
    }
}

/// sled reports a file in use with the same error as some damage, so this is checked first.
fn refuse_if_open_elsewhere(records: &Path) -> Result<(), StoreError> {
    folder::wait_until_closed(&records.join("db")).map_err(|error| match error.kind() {
        ErrorKind::WouldBlock => StoreError::InUse,
        _ => of_io(&error),
    })
}

fn open_and_read(records: &Path) -> Result<Checked, Fault> {
    let db = open_sled(records).map_err(|error| fault_of(&error))?;
    let mut revision = 0;
    let mut found = Vec::new();
    for entry in db.iter() {
        let (key, value) = entry.map_err(|error| fault_of(&error))?;
        let key = Key::from_bytes(&key);
        let frame = frame::decode(&value).map_err(|fault| match fault {
            NoFrame::Newer { found } => Fault::Refused(StoreError::Newer {
                found,
                known: frame::SCHEMA,
            }),
            NoFrame::Damaged => Fault::Damaged(Damage::RecordNotWhole),
        })?;
        if !is_in_its_place(&key, &frame) {
            return Err(Fault::Damaged(Damage::RecordOutOfPlace));
        }
        revision = revision.max(frame.revision);
        found.push((key, value.to_vec()));
    }
    Ok(Checked {
        db,
        revision,
        records: found,
    })
}

fn is_in_its_place(key: &Key, frame: &Frame<'_>) -> bool {
    if key.kind() == Some(Kind::Unreadable) {
        *key == Key::of_unreadable(frame)
    } else {
        key.as_bytes() == frame.key
    }
}

fn fault_of(error: &sled::Error) -> Fault {
    use ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    match error {
        sled::Error::Io(io)
            if matches!(
                io.kind(),
                PermissionDenied | QuotaExceeded | ReadOnlyFilesystem | StorageFull
            ) =>
        {
            Fault::Refused(of_io(io))
        }
        other => Fault::Damaged(kind_of(other)),
    }
}

/// What is to be done about records so that all of them can be read.
#[derive(Default)]
struct Sorted {
    change: Change,
    /// How many are to be set aside.
    unreadable: usize,
    /// How many wrap-ups were set aside and open again.
    revived: usize,
    /// The wrap-ups that can be read, as they are after the change.
    wrap_ups: Vec<(Key, WrapUp)>,
}

impl Sorted {
    fn notices(&self) -> impl Iterator<Item = OpenNotice> + use<> {
        let unreadable = (self.unreadable > 0).then_some(OpenNotice::Unreadable {
            records: self.unreadable,
        });
        let revived = (self.revived > 0).then_some(OpenNotice::Revived {
            wrap_ups: self.revived,
        });
        unreadable.into_iter().chain(revived)
    }

    fn keep_wrap_up(&mut self, key: Key, wrap_up: WrapUp) -> Result<(), StoreError> {
        self.change
            .put(key.with_kind(Kind::TaskOf), &TaskOf::of(&wrap_up))?;
        self.wrap_ups.push((key, wrap_up));
        Ok(())
    }
}

/// Seals anew the records that a former key had sealed, sets aside those that no key opens, and takes
/// back those that were set aside and open now. A person decides about wrap-ups that come back, since
/// meanwhile they may have been told to write them into Apollo by hand.
fn sort_by_key_at_hand(
    records: &RecordStore,
    live: &[(Key, Vec<u8>)],
    now: Timestamp,
) -> Result<Sorted, StoreError> {
    let mut sorted = Sorted::default();
    let mut set_aside = Vec::new();
    // The live records that stay, and so are not replaced by one that was set aside.
    let mut staying = HashSet::new();
    let known: HashSet<&Key> = live.iter().map(|(key, _)| key).collect();
    for (key, value) in live {
        let frame = frame::decode(value).map_err(|_| damaged(Damage::RecordNotWhole))?;
        let own_key = Key::from_bytes(frame.key);
        // A kind that this Handset does not know is left as it is.
        let Some(kind) = own_key.kind() else { continue };
        let opened = record::open(records.sealer(), kind, &frame);
        if *key != own_key {
            set_aside.extend(opened.map(|opened| (key, own_key, opened.content)));
            continue;
        }
        match opened {
            None => {
                sorted.unreadable += 1;
                sorted
                    .change
                    .keep_frame(Key::of_unreadable(&frame), frame.bytes);
                sorted.change.remove(own_key);
            }
            Some(opened) => {
                staying.insert(own_key.clone());
                if kind == Kind::WrapUp {
                    let wrap_up = record::from_content(&opened.content)?;
                    let is_marked = known.contains(&own_key.with_kind(Kind::TaskOf));
                    if is_marked {
                        sorted.wrap_ups.push((own_key.clone(), wrap_up));
                    } else {
                        sorted.keep_wrap_up(own_key.clone(), wrap_up)?;
                    }
                }
                if !opened.is_current {
                    sorted.change.put_content(own_key, opened.content);
                }
            }
        }
    }
    // Their keys end in the revision: the newest version of a record comes last.
    for (stored_as, own_key, content) in set_aside.into_iter().rev() {
        let acknowledged = own_key.kind() == Some(Kind::WrapUp)
            && staying.contains(&own_key.with_kind(Kind::Receipt));
        if acknowledged || !staying.insert(own_key.clone()) {
            continue;
        }
        sorted.change.remove(stored_as.clone());
        if own_key.kind() == Some(Kind::WrapUp) {
            let mut wrap_up: WrapUp = record::from_content(&content)?;
            wrap_up.doubt(Doubt::Revived, now);
            sorted.revived += 1;
            sorted.change.put(own_key.clone(), &wrap_up)?;
            sorted.keep_wrap_up(own_key, wrap_up)?;
        } else {
            sorted.change.put_content(own_key, content);
        }
    }
    Ok(sorted)
}
