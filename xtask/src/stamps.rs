//! Stamps: a step whose inputs are as they were last time is not done again.
//!
//! A stamp is a file with a hash of the inputs' contents. Times of files are not used, since a
//! checkout changes them without changing anything.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// A running hash (FNV-1a, 64 bits): enough to notice an edit, and the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fingerprint(u64);

impl Fingerprint {
    pub(crate) fn new() -> Self {
        Self(FNV_OFFSET)
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(FNV_PRIME);
        }
        // The length keeps `ab` + `c` apart from `a` + `bc`.
        for byte in bytes.len().to_le_bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(FNV_PRIME);
        }
    }

    /// Adds a file's contents; a file that is missing counts as such.
    pub(crate) fn file(mut self, path: &Path) -> Self {
        match fs::read(path) {
            Ok(bytes) => self.add(&bytes),
            Err(_) => self.add(b"missing"),
        }
        self
    }

    /// Adds every file below a folder, with its name, except in folders of the given names.
    pub(crate) fn folder(mut self, folder: &Path, except: &[&str]) -> Result<Self> {
        for path in files(folder, except)? {
            let name = path.strip_prefix(folder).unwrap_or(&path);
            self.add(name.to_string_lossy().as_bytes());
            self = self.file(&path);
        }
        Ok(self)
    }
}

/// Every file below a folder, sorted, except in folders (at any depth) of the given names.
pub(crate) fn files(folder: &Path, except: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder)
            .with_context(|| format!("{} could not be read", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let kind = entry.file_type()?;
            if kind.is_dir() {
                if !except.iter().any(|skipped| name == *skipped) {
                    open.push(entry.path());
                }
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

#[derive(Debug)]
pub(crate) struct Stamp(PathBuf);

impl Stamp {
    pub(crate) fn at(path: PathBuf) -> Self {
        Self(path)
    }

    pub(crate) fn is(&self, fingerprint: Fingerprint) -> bool {
        fs::read_to_string(&self.0).is_ok_and(|kept| kept == format!("{:016x}", fingerprint.0))
    }

    pub(crate) fn set(&self, fingerprint: Fingerprint) -> Result<()> {
        if let Some(parent) = self.0.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&self.0, format!("{:016x}", fingerprint.0))
            .with_context(|| format!("{} could not be written", self.0.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("src/deep")).unwrap();
        fs::create_dir_all(folder.path().join("node_modules/x")).unwrap();
        fs::write(folder.path().join("src/deep/a.ts"), "a").unwrap();
        fs::write(folder.path().join("node_modules/x/b.js"), "b").unwrap();
        folder
    }

    fn print(folder: &Path) -> Fingerprint {
        Fingerprint::new()
            .folder(folder, &["node_modules"])
            .unwrap()
    }

    #[test]
    fn an_edit_a_new_file_and_a_new_name_each_change_the_fingerprint() {
        let folder = tree();
        let before = print(folder.path());
        assert_eq!(before, print(folder.path()));
        fs::write(folder.path().join("src/deep/a.ts"), "A").unwrap();
        let edited = print(folder.path());
        assert_ne!(before, edited);
        fs::write(folder.path().join("src/b.ts"), "").unwrap();
        let added = print(folder.path());
        assert_ne!(edited, added);
        fs::rename(
            folder.path().join("src/b.ts"),
            folder.path().join("src/c.ts"),
        )
        .unwrap();
        assert_ne!(added, print(folder.path()));
    }

    #[test]
    fn a_change_in_an_excepted_folder_changes_nothing() {
        let folder = tree();
        let before = print(folder.path());
        fs::write(folder.path().join("node_modules/x/b.js"), "changed").unwrap();
        assert_eq!(before, print(folder.path()));
    }

    #[test]
    fn a_stamp_holds_only_for_the_fingerprint_it_was_set_to() {
        let folder = tree();
        let stamp = Stamp::at(folder.path().join("node_modules/stamp"));
        let one = print(folder.path());
        fs::write(folder.path().join("src/deep/a.ts"), "other").unwrap();
        let other = print(folder.path());
        assert!(!stamp.is(one), "no stamp yet");
        stamp.set(one).unwrap();
        assert!(stamp.is(one));
        assert!(!stamp.is(other));
    }
}
