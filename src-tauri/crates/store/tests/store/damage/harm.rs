//! The ways in which a store is damaged.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use super::{copy, files_of_sled, frames};
use crate::fixtures::open_sled;

/// What disks, file systems and people do to files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Harm {
    /// A file ends too early.
    Cut,
    /// Some bits are the other way round.
    FlippedBits,
    /// Pages that read as zeros, as after a loss of power.
    ZeroedPages,
    /// A stretch of a file holds something else.
    Scrambled,
    /// Several of the above.
    Several,
    /// A file or a folder is gone.
    MissingFile,
    /// Files and folders that Handset did not write.
    ExtraFile,
    /// A snapshot of sled that was not written to its end, under its own name or the name of one
    /// that is being written.
    HalfSnapshot,
    /// The mark of what is durable cannot be read.
    DurableMark,
    /// The records of an earlier time, as from a backup.
    GoneBack,
    /// The schema version of a frame, in the raw bytes of sled's file.
    SchemaByte,
    /// A record of a schema that no Handset can read any more, whole for sled.
    OlderSchema,
    /// A record of a newer schema, whole for sled: no damage, and not ours to touch.
    NewerSchema,
}

impl Harm {
    pub(super) const ALL: [Self; 13] = [
        Self::Cut,
        Self::FlippedBits,
        Self::ZeroedPages,
        Self::Scrambled,
        Self::Several,
        Self::MissingFile,
        Self::ExtraFile,
        Self::HalfSnapshot,
        Self::DurableMark,
        Self::GoneBack,
        Self::SchemaByte,
        Self::OlderSchema,
        Self::NewerSchema,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Cut => "cut short",
            Self::FlippedBits => "flipped bits",
            Self::ZeroedPages => "zeroed pages",
            Self::Scrambled => "scrambled",
            Self::Several => "several of these",
            Self::MissingFile => "missing files",
            Self::ExtraFile => "extra files",
            Self::HalfSnapshot => "half-written snapshot",
            Self::DurableMark => "damaged mark of what is durable",
            Self::GoneBack => "gone back to an earlier state",
            Self::SchemaByte => "changed schema byte",
            Self::OlderSchema => "older schema",
            Self::NewerSchema => "newer schema",
        }
    }

    /// Damages the store in `folder`; `earlier` holds its records of an earlier time. Says what was
    /// done.
    pub(super) fn apply(self, random: &mut ChaCha8Rng, folder: &Path, earlier: &Path) -> String {
        let records = folder.join("records");
        match self {
            Self::Cut | Self::FlippedBits | Self::ZeroedPages | Self::Scrambled => {
                let file = any_file(random, folder);
                let mut bytes = fs::read(&file).unwrap();
                let what = self.apply_to_bytes(random, &mut bytes);
                fs::write(&file, bytes).unwrap();
                format!("{what} of {}", name(&file))
            }
            Self::Several => {
                let parts: Vec<_> = (0..random.random_range(2..5))
                    .map(|_| {
                        let one = [
                            Self::Cut,
                            Self::FlippedBits,
                            Self::ZeroedPages,
                            Self::Scrambled,
                        ];
                        // A file that was cut to nothing is passed over.
                        one.choose(random).unwrap().apply(random, folder, earlier)
                    })
                    .collect();
                parts.join(", ")
            }
            Self::MissingFile => remove(random, folder),
            Self::ExtraFile => (0..random.random_range(1..4))
                .map(|_| add(random, folder))
                .collect::<Vec<_>>()
                .join(", "),
            Self::HalfSnapshot => half_snapshot(random, &records),
            Self::DurableMark => {
                let mark = folder.join("high-water");
                let mut bytes = fs::read(&mark).unwrap();
                let kinds = [Self::Cut, Self::FlippedBits, Self::Scrambled];
                let what = kinds
                    .choose(random)
                    .unwrap()
                    .apply_to_bytes(random, &mut bytes);
                fs::write(&mark, bytes).unwrap();
                what
            }
            Self::GoneBack => {
                fs::remove_dir_all(&records).unwrap();
                copy(earlier, &records);
                "the records of an earlier time".to_owned()
            }
            Self::SchemaByte => {
                let db = records.join("db");
                let mut bytes = fs::read(&db).unwrap();
                let starts: Vec<_> = frames::starts(&bytes).collect();
                let at = *starts.choose(random).unwrap();
                let schema = other_than(random, bytes[at]);
                bytes[at] = schema;
                fs::write(&db, bytes).unwrap();
                format!("schema {schema} at {at}")
            }
            Self::OlderSchema => rewrite(random, &records, |random, value| {
                let schema = random.random_range(0..value[0]);
                // Nobody wrote schema 0; a later one could be read, were it whole.
                if schema == 0 && random.random_bool(0.5) {
                    frames::set_schema(value, schema);
                } else {
                    value[0] = schema;
                }
                schema
            }),
            Self::NewerSchema => rewrite(random, &records, |random, value| {
                let schema = random.random_range(value[0] + 1..=u8::MAX);
                if random.random_bool(0.5) {
                    frames::set_schema(value, schema);
                } else {
                    // A newer frame may have another form from here on.
                    value[0] = schema;
                }
                schema
            }),
        }
    }

    fn apply_to_bytes(self, random: &mut ChaCha8Rng, bytes: &mut Vec<u8>) -> String {
        let length = bytes.len();
        match self {
            Self::Cut => {
                bytes.truncate(written(random, bytes));
                format!("cut from {length} to {}", bytes.len())
            }
            Self::FlippedBits => {
                let bits = random.random_range(1..9);
                for _ in 0..bits {
                    let at = written(random, bytes);
                    bytes[at] ^= 1 << random.random_range(0..8);
                }
                format!("{bits} flipped bits")
            }
            Self::ZeroedPages => {
                const PAGE_BYTES: usize = 4096;
                let first = written(random, bytes) / PAGE_BYTES * PAGE_BYTES;
                let pages = random.random_range(1..4);
                let end = (first + pages * PAGE_BYTES).min(length);
                bytes[first..end].fill(0);
                format!("{first}..{end} zeroed")
            }
            _ => {
                let first = written(random, bytes);
                let end = first + random.random_range(1..=(length - first).min(4096));
                random.fill(&mut bytes[first..end]);
                format!("{first}..{end} scrambled")
            }
        }
    }
}

/// Mostly sled's log, where the records are; never an empty file.
fn any_file(random: &mut ChaCha8Rng, folder: &Path) -> PathBuf {
    let db = folder.join("records/db");
    let files = files_of_sled(folder);
    if random.random_bool(0.8) && files.contains(&db) {
        db
    } else {
        files.choose(random).cloned().unwrap_or(db)
    }
}

/// A place in `bytes`, preferably one where something was written: most of sled's log is room.
fn written(random: &mut ChaCha8Rng, bytes: &[u8]) -> usize {
    const TRIES: usize = 50;
    let mut at = 0;
    for _ in 0..TRIES {
        at = random.random_range(0..bytes.len());
        if bytes[at] != 0 {
            break;
        }
    }
    at
}

fn remove(random: &mut ChaCha8Rng, folder: &Path) -> String {
    let records = folder.join("records");
    let mut paths: Vec<_> = fs::read_dir(&records)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.push(folder.join("high-water"));
    paths.push(records);
    paths.sort();
    let path = paths.choose(random).unwrap();
    if path.is_dir() {
        fs::remove_dir_all(path).unwrap();
    } else {
        fs::remove_file(path).unwrap();
    }
    format!("{} removed", name(path))
}

fn add(random: &mut ChaCha8Rng, folder: &Path) -> String {
    let number: u64 = random.random();
    let path = folder.join(match random.random_range(0..9) {
        0 => format!("records/{number:x}.tmp"),
        1 => format!("records/snap.{number:016X}"),
        2 => format!("records/blobs/{}", number >> 1),
        3 => "records/db.bak".to_owned(),
        4 => format!("{number:x}"),
        5 => "records.copying/db".to_owned(),
        6 => "records.recovering/db".to_owned(),
        7 => format!("damaged-2026{number:x}/db"),
        _ => "records.copying/blobs/1".to_owned(),
    });
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut bytes = vec![0; random.random_range(0..20_000)];
    random.fill(&mut bytes[..]);
    fs::write(&path, bytes).unwrap();
    format!("{} added", path.strip_prefix(folder).unwrap().display())
}

fn half_snapshot(random: &mut ChaCha8Rng, records: &Path) -> String {
    let snapshot = files_of_sled(records.parent().unwrap())
        .into_iter()
        .find(|file| name(file).starts_with("snap."))
        .unwrap();
    let mut bytes = fs::read(&snapshot).unwrap();
    bytes.truncate(random.random_range(0..bytes.len()));
    let length = bytes.len();
    let newest = u64::MAX - random.random_range(0..4096);
    let half = match random.random_range(0..3) {
        0 => records.join(format!("snap.{newest:016X}.generating")),
        1 => records.join(format!("snap.{newest:016X}")),
        _ => snapshot,
    };
    fs::write(&half, bytes).unwrap();
    format!("{length} bytes of a snapshot as {}", name(&half))
}

/// Changes the schema of one record, through sled.
fn rewrite(
    random: &mut ChaCha8Rng,
    records: &Path,
    change: impl Fn(&mut ChaCha8Rng, &mut [u8]) -> u8,
) -> String {
    let db = open_sled(records);
    let keys: Vec<_> = db.iter().keys().map(Result::unwrap).collect();
    let key = keys.choose(random).unwrap();
    let mut value = db.get(key).unwrap().unwrap().to_vec();
    let schema = change(random, &mut value);
    db.insert(key, value).unwrap();
    db.flush().unwrap();
    format!("schema {schema} in a record of kind {}", key[0])
}

fn other_than(random: &mut ChaCha8Rng, byte: u8) -> u8 {
    byte.wrapping_add(random.random_range(1..=u8::MAX))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
