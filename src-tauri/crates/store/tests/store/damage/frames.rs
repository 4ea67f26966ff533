//! What can still be read in the files of a damaged store, found out without the store: the frames
//! of the healthy store are known, and those that are still there byte for byte are readable.

use std::{
    collections::{BTreeSet, HashMap},
    fs,
    path::Path,
};

use crate::fixtures::files;

/// In front of every frame, after its schema version (`frame` in the store).
const MARK: [u8; 4] = [0x9e, b'H', b'd', 0xb3];
const SCHEMA_BYTES: usize = 1;
const REVISION_BYTES: usize = 8;
const LENGTH_BYTES: usize = 4;
const CHECKSUM_BYTES: usize = 4;

const KIND_WRAP_UP: u8 = 1;
const KIND_RECEIPT: u8 = 3;

/// Every whole frame of a healthy store, and the key of its record.
pub(super) struct KnownFrames(HashMap<Vec<u8>, Vec<u8>>);

/// The ids of the records of which at least one version is whole.
#[derive(Debug, Default)]
pub(super) struct Readable {
    pub(super) wrap_ups: BTreeSet<String>,
    pub(super) receipts: BTreeSet<String>,
}

impl KnownFrames {
    pub(super) fn of(folder: &Path) -> Self {
        let mut frames = HashMap::new();
        for file in files(folder) {
            let bytes = fs::read(file).unwrap();
            for start in starts(&bytes) {
                if let Some((frame, key)) = frame_at(&bytes, start) {
                    let (body, checksum) = frame.split_last_chunk::<CHECKSUM_BYTES>().unwrap();
                    if crc32fast::hash(body).to_le_bytes() == *checksum {
                        frames.insert(frame.to_vec(), key.to_vec());
                    }
                }
            }
        }
        Self(frames)
    }

    /// Which of them are still in the files below `folder`.
    pub(super) fn still_in(&self, folder: &Path) -> Readable {
        let mut readable = Readable::default();
        if !folder.exists() {
            return readable;
        }
        for file in files(folder) {
            let bytes = fs::read(file).unwrap();
            for start in starts(&bytes) {
                let key = frame_at(&bytes, start).and_then(|(frame, _)| self.0.get(frame));
                let Some((kind, key)) = key.and_then(|key| key.split_first()) else {
                    continue;
                };
                let id = key.rsplit(|byte| *byte == 0).next().unwrap();
                let id = String::from_utf8(id.to_vec()).unwrap();
                match *kind {
                    KIND_WRAP_UP => readable.wrap_ups.insert(id),
                    KIND_RECEIPT => readable.receipts.insert(id),
                    _ => false,
                };
            }
        }
        readable
    }
}

/// Where frames begin, if they are frames: at their schema version.
pub(super) fn starts(bytes: &[u8]) -> impl Iterator<Item = usize> {
    bytes
        .iter()
        .enumerate()
        .filter(|(at, byte)| **byte == MARK[0] && bytes[*at..].starts_with(&MARK))
        .filter_map(|(at, _)| at.checked_sub(SCHEMA_BYTES))
}

/// The bytes that the lengths in a frame say it has, and its key.
fn frame_at(bytes: &[u8], start: usize) -> Option<(&[u8], &[u8])> {
    let key_length = start + SCHEMA_BYTES + MARK.len() + REVISION_BYTES;
    let (key, end_of_key) = part(bytes, key_length)?;
    let (_, end_of_body) = part(bytes, end_of_key)?;
    Some((bytes.get(start..end_of_body + CHECKSUM_BYTES)?, key))
}

fn part(bytes: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let length = bytes.get(at..)?.first_chunk::<LENGTH_BYTES>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let from = at + LENGTH_BYTES;
    let end = from.checked_add(length)?;
    Some((bytes.get(from..end)?, end))
}

/// Sets the schema version of a frame, and its checksum so that the frame is whole again.
pub(super) fn set_schema(frame: &mut [u8], schema: u8) {
    frame[0] = schema;
    let (body, checksum) = frame.split_last_chunk_mut::<CHECKSUM_BYTES>().unwrap();
    *checksum = crc32fast::hash(body).to_le_bytes();
}
