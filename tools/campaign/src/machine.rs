//! The simulated machines: each has its data folder, its own state outside it, and its keychain.
//!
//! Promises: a restore changes the data folder alone, as a backup does; a copy takes folder and
//! keychain along, and begins without the state of the machine it came from. Must never: touch a
//! folder while its process runs, unless that process is stopped.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::Result;

use crate::child::Places;

/// An earlier copy of a data folder.
#[derive(Clone, Debug)]
pub(crate) struct Backup {
    folder: PathBuf,
    /// How many entries the record had when it was taken.
    pub(crate) entry_count: usize,
}

/// One computer of a run: its data folder, its keychain and its clock.
#[derive(Debug)]
pub(crate) struct Machine {
    pub(crate) number: usize,
    root: PathBuf,
    pub(crate) places: Places,
    pub(crate) backups: Vec<Backup>,
    /// Its folder is a copy, and the machine that it came from works on.
    pub(crate) is_copy: bool,
    /// For how many of its lives the app may speak of what happened to folder, keychain, disk or
    /// clock; lives that end before they could speak do not count.
    pub(crate) spoken_of: u32,
}

impl Machine {
    pub(crate) fn new(root: &Path, number: usize) -> Result<Self> {
        let root = root.join(format!("machine{number}"));
        let places = Places {
            data: root.join("data"),
            state: root.join("state"),
            vault: root.join("keychain/keychain.json"),
            other: root.join("other"),
        };
        for folder in [&places.state, &places.other, &root.join("keychain")] {
            fs::create_dir_all(folder)?;
        }
        Ok(Self {
            number,
            root,
            places,
            backups: Vec::new(),
            is_copy: false,
            spoken_of: 0,
        })
    }

    /// Another machine with a copy of this one's folder and keychain.
    pub(crate) fn copied(&self, root: &Path, number: usize) -> Result<Self> {
        let copy = Self::new(root, number)?;
        copy_folder(&self.places.data, &copy.places.data)?;
        if self.places.vault.exists() {
            fs::copy(&self.places.vault, &copy.places.vault)?;
        }
        Ok(copy)
    }

    /// Where the next backup goes.
    pub(crate) fn next_backup(&self) -> PathBuf {
        self.root.join(format!("backup{}", self.backups.len()))
    }

    /// Copies the data folder as it is.
    pub(crate) fn back_up(&mut self, entry_count: usize) -> Result<()> {
        let folder = self.next_backup();
        copy_folder(&self.places.data, &folder)?;
        self.add_backup(folder, entry_count);
        Ok(())
    }

    /// Adds a copy that was made while the process stood still.
    pub(crate) fn add_backup(&mut self, folder: PathBuf, entry_count: usize) {
        self.backups.push(Backup {
            folder,
            entry_count,
        });
    }

    /// Puts an earlier copy of the data folder in its place. Younger backups are dropped: they are
    /// of a time that never was.
    pub(crate) fn restore(&mut self, backup: &Backup) -> Result<()> {
        if self.places.data.exists() {
            fs::remove_dir_all(&self.places.data)?;
        }
        copy_folder(&backup.folder, &self.places.data)?;
        self.backups
            .retain(|other| other.entry_count <= backup.entry_count);
        Ok(())
    }
}

/// Removes a lock, if it is there.
pub(crate) fn unlock(lock: &Path) -> Result<()> {
    match fs::remove_file(lock) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Copies a folder with everything in it; where there is none, the copy is empty.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    let entries = match fs::read_dir(from) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restore_brings_the_folder_back_and_leaves_state_and_keychain() {
        let root = tempfile::tempdir().unwrap();
        let mut machine = Machine::new(root.path(), 0).unwrap();
        let data = machine.places.data.join("records/db");
        fs::create_dir_all(data.parent().unwrap()).unwrap();
        fs::write(&data, b"early").unwrap();
        fs::write(machine.places.state.join("witness"), b"1").unwrap();
        machine.back_up(7).unwrap();
        fs::write(&data, b"late").unwrap();
        fs::write(machine.places.state.join("witness"), b"2").unwrap();
        machine.back_up(9).unwrap();

        let early = machine.backups[0].clone();
        machine.restore(&early).unwrap();
        assert_eq!(fs::read(&data).unwrap(), b"early");
        let witness = fs::read(machine.places.state.join("witness")).unwrap();
        assert_eq!(witness, b"2");
        assert_eq!(machine.backups.len(), 1);
    }

    #[test]
    fn a_copy_has_folder_and_keychain_and_a_state_of_its_own() {
        let root = tempfile::tempdir().unwrap();
        let first = Machine::new(root.path(), 0).unwrap();
        fs::create_dir_all(&first.places.data).unwrap();
        fs::write(first.places.data.join("lock"), b"x").unwrap();
        fs::write(first.places.state.join("witness"), b"1").unwrap();
        fs::write(&first.places.vault, b"{}").unwrap();
        let copy = first.copied(root.path(), 1).unwrap();
        assert!(copy.places.data.join("lock").exists());
        assert!(copy.places.vault.exists());
        assert!(!copy.places.state.join("witness").exists());
    }
}
