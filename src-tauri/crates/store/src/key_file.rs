//! The sealing key of a computer that has no keychain.
//!
//! Why it exists: a call must be saved even where nothing stores secrets. Why it is acceptable: it
//! seals unsent wrap-ups and drafts, never the Apollo key, which then stays for one run only.
//! Whoever can read the owner's files can read it, and with it the unsent wrap-ups; it still keeps
//! them out of a search index or a file that was copied alone.
//!
//! Promises: only the owner may read the file, and a file that somebody else may have put there is
//! refused; once made it is never replaced. Once there is a keychain, nothing that is left of the
//! store opens with this key (`rewrite`), and the file is destroyed.

use std::{
    fs,
    io::{self, ErrorKind, Read, Write},
    path::Path,
};

use zeroize::Zeroizing;

use crate::{
    Damage, StoreError,
    error::{damaged, of_io},
    folder::{remove_file, sync_folder},
    lock::FolderLock,
    private,
    seal::SEALING_KEY_BYTES,
};

const KEY_FILE: &str = "sealing-key";
const UNFINISHED_KEY_FILE: &str = "sealing-key.unfinished";

/// The sealing key in `folder`, made at first use. For a computer without a keychain only. Blocks.
///
/// To be called before [`crate::SledStore::open`].
pub fn fallback_sealing_key(
    folder: &Path,
) -> Result<Zeroizing<[u8; SEALING_KEY_BYTES]>, StoreError> {
    private::ensure_private(folder)?;
    if let Some(key) = read(folder)? {
        return Ok(key);
    }
    // Two first starts at once must not make two keys and lose one of them.
    let _lock = FolderLock::take(folder)?;
    if let Some(key) = read(folder)? {
        return Ok(key);
    }
    let mut key = Zeroizing::new([0; SEALING_KEY_BYTES]);
    getrandom::fill(&mut *key).map_err(|_| damaged(Damage::NoRandomSource))?;
    write(folder, &*key).map_err(|error| of_io(&error))?;
    Ok(key)
}

/// The key in `folder`, if one was made there.
pub(crate) fn read(
    folder: &Path,
) -> Result<Option<Zeroizing<[u8; SEALING_KEY_BYTES]>>, StoreError> {
    let file = match private::options().read(true).open(folder.join(KEY_FILE)) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(of_io(&error)),
    };
    private::ensure_own(&file, KEY_FILE)?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(SEALING_KEY_BYTES + 1));
    file.take(SEALING_KEY_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| of_io(&error))?;
    let key = bytes
        .as_slice()
        .try_into()
        .map_err(|_| damaged(Damage::KeyFileLength))?;
    Ok(Some(Zeroizing::new(key)))
}

fn write(folder: &Path, key: &[u8]) -> io::Result<()> {
    let unfinished = folder.join(UNFINISHED_KEY_FILE);
    remove_file(&unfinished)?;
    let mut file = private::options()
        .create_new(true)
        .write(true)
        .open(&unfinished)?;
    file.write_all(key)?;
    file.sync_all()?;
    fs::rename(&unfinished, folder.join(KEY_FILE))?;
    sync_folder(folder)
}

/// Overwrites the key, as far as the disk does such a thing in place, and removes its file.
pub(crate) fn destroy(folder: &Path) -> io::Result<()> {
    for name in [KEY_FILE, UNFINISHED_KEY_FILE] {
        let path = folder.join(name);
        match private::options().write(true).open(&path) {
            Ok(mut file) => {
                file.write_all(&[0; SEALING_KEY_BYTES])?;
                file.sync_all()?;
            }
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        }
        remove_file(&path)?;
    }
    sync_folder(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_only_the_owner_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = fallback_sealing_key(folder.path()).unwrap();
        assert_eq!(first, fallback_sealing_key(folder.path()).unwrap());
        let elsewhere = tempfile::tempdir().unwrap();
        assert_ne!(first, fallback_sealing_key(elsewhere.path()).unwrap());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join(KEY_FILE))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_key_file_is_reported_and_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(KEY_FILE), b"short").unwrap();
        let refused = fallback_sealing_key(folder.path());
        assert!(matches!(refused, Err(StoreError::Damaged { .. })));
        assert_eq!(fs::read(folder.path().join(KEY_FILE)).unwrap(), b"short");
    }
}
