//! Leaving nothing behind that a former key opens.
//!
//! Why: sled's file is a log. A record that was sealed anew stays in it as it was before, until the
//! space is used again; whoever has a copy of the former key could still read it there, and what was
//! erased since as well.
//!
//! How: all records are copied into a new sled beside the old one, which then takes its place. Two
//! renames do that, so that a crash at any point leaves the one or the other under its name, or both
//! complete ([`finish`]).
//!
//! Promises: every record is in the new store as it was in the old one; the old one is removed only
//! once the new one is durably in its place. Must never: run before everything is sealed anew.

use std::{fs, io, path::Path};

use crate::{
    StoreError,
    error::{of_io, of_sled},
    folder::{self, FORMER, RECORDS, REWRITING, REWRITTEN},
    sled_db::open_sled,
};

/// Copies every record into a new store, complete and durable, beside the one of `db`. Returns how
/// many there are.
pub(crate) fn copy(folder: &Path, db: &sled::Db) -> Result<usize, StoreError> {
    let io = |error: io::Error| of_io(&error);
    folder::ensure_room(folder).map_err(io)?;
    let rewriting = folder.join(REWRITING);
    folder::remove_folder(&rewriting).map_err(io)?;
    let mut count = 0;
    {
        let copy = open_sled(&rewriting).map_err(|error| of_sled(&error))?;
        let mut batch = sled::Batch::default();
        for entry in db.iter() {
            let (key, value) = entry.map_err(|error| of_sled(&error))?;
            batch.insert(key, value);
            count += 1;
        }
        copy.apply_batch(batch)
            .and_then(|()| copy.flush())
            .map_err(|error| of_sled(&error))?;
    }
    folder::wait_until_closed(&rewriting.join("db"))
        .and_then(|()| folder::open_to_sync(&rewriting.join("db")))
        .and_then(|file| file.sync_all())
        .and_then(|()| folder::sync_blobs(&rewriting))
        .and_then(|()| folder::sync_folder(&rewriting))
        .and_then(|()| fs::rename(&rewriting, folder.join(REWRITTEN)))
        .and_then(|()| folder::sync_folder(folder))
        .map_err(io)?;
    Ok(count)
}

/// Puts the copy in the place of the records, which nobody has open.
pub(crate) fn put_in_place(folder: &Path) -> io::Result<()> {
    folder::wait_until_closed(&folder.join(RECORDS).join("db"))?;
    folder::remove_folder(&folder.join(FORMER))?;
    fs::rename(folder.join(RECORDS), folder.join(FORMER))?;
    fs::rename(folder.join(REWRITTEN), folder.join(RECORDS))?;
    folder::sync_folder(folder)?;
    finish(folder)
}

/// Goes on, or begins anew, where a crash has left it. To be called before anything is opened.
pub(crate) fn finish(folder: &Path) -> io::Result<()> {
    if folder.join(REWRITTEN).exists() && !folder.join(RECORDS).exists() {
        fs::rename(folder.join(REWRITTEN), folder.join(RECORDS))?;
        folder::sync_folder(folder)?;
    }
    for left in [REWRITING, REWRITTEN] {
        folder::remove_folder(&folder.join(left))?;
    }
    if folder.join(RECORDS).exists() {
        folder::remove_folder(&folder.join(FORMER))?;
    }
    folder::sync_folder(folder)
}

#[cfg(test)]
mod tests {
    use clock::{ManualClock, SharedClock};
    use domain::rep::Rep;

    use super::*;
    use crate::{
        OpenNotice, Opening, SEALING_KEY_BYTES, SledStore, fallback_sealing_key, folder::RECOVERED,
        recover::count_opened_by,
    };

    const OF_KEYCHAIN: [u8; SEALING_KEY_BYTES] = [9; SEALING_KEY_BYTES];
    const ORIGIN: &str = "https://api.apollo.io";

    fn open(folder: &Path, key: &[u8; SEALING_KEY_BYTES]) -> (SledStore, Vec<OpenNotice>) {
        let clock: SharedClock = ManualClock::at("2026-11-25T02:48:36Z".parse().unwrap());
        SledStore::open(&Opening {
            folder,
            sealing_key: key,
            may_set_aside: true,
            outside: None,
            clock: &clock,
        })
        .unwrap()
    }

    fn rep(name: &str) -> Rep {
        Rep {
            user_id: name.into(),
            name: name.to_owned(),
            email: None,
        }
    }

    /// A store that was worked with for a while on a computer without a keychain.
    async fn worked_with_key_file(folder: &Path) -> [u8; SEALING_KEY_BYTES] {
        let key = fallback_sealing_key(folder).unwrap();
        let (store, _) = open(folder, &key);
        let records = store.for_origin(ORIGIN);
        for name in ["Ada", "Grace", "Edith"] {
            records.put_rep(Some(&rep(name))).await.unwrap();
        }
        *key
    }

    #[tokio::test]
    async fn once_there_is_a_keychain_nothing_on_disk_opens_with_the_key_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let copied = worked_with_key_file(folder.path()).await;
        assert!(
            count_opened_by(folder.path(), &copied) >= 3,
            "the log keeps all three"
        );
        {
            let (store, notices) = open(folder.path(), &OF_KEYCHAIN);
            assert_eq!(notices, []);
            assert_eq!(
                count_opened_by(folder.path(), &copied),
                0,
                "while it is open"
            );
            let stored = store.for_origin(ORIGIN).rep().await.unwrap();
            assert_eq!(stored, Some(rep("Edith")));
            // It is as good a store as any.
            store
                .for_origin(ORIGIN)
                .put_rep(Some(&rep("Mary")))
                .await
                .unwrap();
        }
        assert!(!folder.path().join("sealing-key").exists());
        assert_eq!(count_opened_by(folder.path(), &copied), 0);
        let (store, notices) = open(folder.path(), &OF_KEYCHAIN);
        assert_eq!(notices, []);
        let stored = store.for_origin(ORIGIN).rep().await.unwrap();
        assert_eq!(stored, Some(rep("Mary")));
    }

    #[tokio::test]
    async fn a_damaged_store_that_was_moved_aside_goes_too_but_not_before_it_was_told_of() {
        let folder = tempfile::tempdir().unwrap();
        let copied = worked_with_key_file(folder.path()).await;
        fs::write(folder.path().join("records/conf"), b"segment_size: 524").unwrap();
        let aside = || folder::newest_moved_aside(folder.path()).unwrap();
        {
            let (_store, notices) = open(folder.path(), &OF_KEYCHAIN);
            assert!(
                matches!(notices[..], [OpenNotice::Recovered { .. }]),
                "{notices:?}"
            );
            assert!(aside().is_some() && folder.path().join("sealing-key").exists());
        }
        let (store, _) = open(folder.path(), &OF_KEYCHAIN);
        assert_eq!(aside(), None);
        assert_eq!(count_opened_by(folder.path(), &copied), 0);
        assert!(!folder.path().join("sealing-key").exists());
        let stored = store.for_origin(ORIGIN).rep().await.unwrap();
        assert_eq!(stored, Some(rep("Edith")));
    }

    #[tokio::test]
    async fn a_crash_at_any_step_leaves_a_whole_store() {
        for step in 0..4 {
            let folder = tempfile::tempdir().unwrap();
            let path = |name: &str| folder.path().join(name);
            let copied = worked_with_key_file(folder.path()).await;
            folder::wait_until_closed(&path(RECORDS).join("db")).unwrap();
            let copy_folder = |to: &str| {
                folder::copy_before_opening(folder.path()).unwrap();
                fs::rename(path(folder::BEFORE_OPENING), path(to)).unwrap();
            };
            match step {
                // While it was copied.
                0 => fs::create_dir(path(REWRITING)).unwrap(),
                // Before it was put in place: what is there counts, and is copied again.
                1 => fs::create_dir(path(REWRITTEN)).unwrap(),
                // Between the two renames.
                2 => {
                    copy_folder(FORMER);
                    fs::rename(path(RECORDS), path(REWRITTEN)).unwrap();
                }
                // Before the former one was removed.
                _ => copy_folder(FORMER),
            }
            let (store, notices) = open(folder.path(), &OF_KEYCHAIN);
            assert_eq!(notices, [], "step {step}");
            let stored = store.for_origin(ORIGIN).rep().await.unwrap();
            assert_eq!(stored, Some(rep("Edith")), "step {step}");
            assert_eq!(count_opened_by(folder.path(), &copied), 0, "step {step}");
            for left in [REWRITING, REWRITTEN, FORMER, RECOVERED, "sealing-key"] {
                assert!(!path(left).exists(), "step {step}: {left}");
            }
        }
    }

    #[tokio::test]
    async fn without_a_keychain_the_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let key = worked_with_key_file(folder.path()).await;
        let (store, _) = open(folder.path(), &key);
        assert!(folder.path().join("sealing-key").exists());
        let stored = store.for_origin(ORIGIN).rep().await.unwrap();
        assert_eq!(stored, Some(rep("Edith")));
    }
}
