//! The revision that is surely on disk, stored outside sled.
//!
//! Why: with a damaged file sled may open without a word at an older state. A wrap-up would be gone,
//! or stand at *ready* although its request has left. If sled's newest revision is below this one,
//! that has happened.
//!
//! Promises: never ahead of what is durable. An unreadable file means only that nothing is known.

use std::{
    fs::File,
    io::{self, Read, Seek, Write},
    path::Path,
};

use crate::private;

const HIGH_WATER_FILE: &str = "high-water";
const REVISION_BYTES: usize = 8;
const CHECKSUM_BYTES: usize = 4;

/// The open file.
#[derive(Debug)]
pub(crate) struct HighWater {
    file: File,
}

impl HighWater {
    /// Opens or makes the file, and reads its revision.
    pub(crate) fn open(folder: &Path) -> io::Result<(Self, Option<u64>)> {
        let mut file = private::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(folder.join(HIGH_WATER_FILE))?;
        let mut bytes = Vec::new();
        Read::by_ref(&mut file)
            .take((REVISION_BYTES + CHECKSUM_BYTES) as u64)
            .read_to_end(&mut bytes)?;
        Ok((Self { file }, decode(&bytes)))
    }

    /// Records, durably, that everything up to `revision` is durable.
    pub(crate) fn raise(&mut self, revision: u64) -> io::Result<()> {
        let revision = revision.to_le_bytes();
        let mut bytes = Vec::with_capacity(REVISION_BYTES + CHECKSUM_BYTES);
        bytes.extend_from_slice(&revision);
        bytes.extend_from_slice(&crc32fast::hash(&revision).to_le_bytes());
        self.file.rewind()?;
        self.file.write_all(&bytes)?;
        self.file.sync_data()
    }
}

fn decode(bytes: &[u8]) -> Option<u64> {
    let (revision, checksum) = bytes.split_first_chunk::<REVISION_BYTES>()?;
    let checksum: [u8; CHECKSUM_BYTES] = checksum.try_into().ok()?;
    (u32::from_le_bytes(checksum) == crc32fast::hash(revision))
        .then(|| u64::from_le_bytes(*revision))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_raised_is_read_and_a_damaged_file_says_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (mut mark, before) = HighWater::open(folder.path()).unwrap();
        assert_eq!(before, None);
        mark.raise(7).unwrap();
        mark.raise(8).unwrap();
        assert_eq!(HighWater::open(folder.path()).unwrap().1, Some(8));

        let path = folder.path().join(HIGH_WATER_FILE);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[0] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(HighWater::open(folder.path()).unwrap().1, None);
    }
}
