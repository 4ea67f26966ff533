//! The store cannot be opened or written: what was there before stays as it was.

use outbox::OutboxStore as _;
use std::{fs, path::Path};

use store::StoreError;

use crate::fixtures::{call, files, open, open_sled, records, try_open};

fn refused(folder: &Path) -> StoreError {
    try_open(folder).map(|_| ()).unwrap_err()
}

#[test]
fn a_second_open_is_told_that_the_folder_is_in_use_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    assert!(matches!(refused(folder.path()), StoreError::InUse));
    drop(store);
    open(folder.path());
}

#[test]
fn a_first_start_that_was_cut_off_is_begun_anew_without_alarm() {
    let folder = tempfile::tempdir().unwrap();
    let records = folder.path().join("records");
    fs::create_dir_all(records.join("blobs")).unwrap();
    // As far as sled had come: a configuration whose last bytes are missing.
    fs::write(records.join("conf"), b"segment_size: 524").unwrap();
    fs::write(records.join("db"), [0_u8; 512]).unwrap();
    let (store, notices) = try_open(folder.path()).unwrap();
    assert_eq!(notices, []);
    drop(store);
    let left: Vec<_> = files(folder.path())
        .into_iter()
        .filter(|path| path.to_string_lossy().contains("damaged-"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn a_store_of_a_newer_handset_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    {
        let store = open(folder.path());
        records(&store)
            .put_wrap_up(&call("task-1", 1))
            .await
            .unwrap();
    }
    let values = |change: bool| {
        let db = open_sled(&folder.path().join("records"));
        let mut values = Vec::new();
        for entry in db.iter() {
            let (key, value) = entry.unwrap();
            let mut value = value.to_vec();
            if change && values.is_empty() {
                value[0] += 1;
                db.insert(&key, value.as_slice()).unwrap();
            }
            values.push((key.to_vec(), value));
        }
        values
    };
    let before = values(true);
    let refusal = refused(folder.path());
    assert!(
        matches!(refusal, StoreError::Newer { found: 4, known: 3 }),
        "{refusal:?}"
    );
    assert_eq!(values(false), before);
    assert!(
        !files(folder.path())
            .iter()
            .any(|file| file.to_string_lossy().contains("damaged-"))
    );
}

#[test]
fn a_folder_that_cannot_be_made_is_not_writable() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    fs::write(&file, b"").unwrap();
    assert!(matches!(
        refused(&file.join("data")),
        StoreError::NotWritable { .. }
    ));
}

#[cfg(unix)]
mod on_unix {
    use std::{
        io::Write,
        os::unix::{
            fs::{PermissionsExt, chown},
            process::CommandExt,
        },
        process::{Command, Stdio},
    };

    use super::*;
    use crate::fixtures::start;

    const READ_ONLY_FOLDER: &str = "HANDSET_TEST_READ_ONLY_FOLDER";
    /// Nobody: a user that owns no files.
    const NOBODY: u32 = 65534;

    /// Gives a folder away, with everything in it.
    fn give(folder: &Path, owner: u32) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                give(&path, owner);
            } else {
                chown(path, Some(owner), None).unwrap();
            }
        }
        chown(folder, Some(owner), None).unwrap();
    }

    /// Not a test by itself: opens a folder as a user who may not write it.
    #[test]
    fn child_that_opens_a_read_only_folder() {
        let Some(folder) = std::env::var_os(READ_ONLY_FOLDER) else {
            return;
        };
        let refusal = refused(Path::new(&folder));
        assert!(
            matches!(refusal, StoreError::NotWritable { .. }),
            "{refusal:?}"
        );
    }

    #[test]
    fn a_folder_that_everybody_can_write_into_is_refused_and_nothing_in_it_is_touched() {
        let elsewhere = tempfile::tempdir().unwrap();
        let target = elsewhere.path().join("letter");
        fs::write(&target, b"Dear Ada").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mode = |mode| fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode));
        std::os::unix::fs::symlink(&target, folder.path().join("room")).unwrap();
        fs::write(folder.path().join("sealing-key"), [1; 32]).unwrap();
        // As it was found, and as it is once somebody has closed it without looking into it.
        for (access, why) in [(0o777, "can write into it"), (0o700, "room is a link")] {
            mode(access).unwrap();
            for refusal in [
                refused(folder.path()),
                store::fallback_sealing_key(folder.path()).unwrap_err(),
            ] {
                let reason = refusal.to_string();
                assert!(matches!(refusal, StoreError::NotTrusted { .. }), "{reason}");
                assert!(reason.contains(why), "{reason}");
            }
            assert_eq!(fs::read(&target).unwrap(), b"Dear Ada");
            assert_eq!(files(folder.path()).len(), 2, "nothing was made");
        }
    }

    #[tokio::test]
    async fn a_read_only_folder_is_not_writable_and_its_data_stays() {
        let folder = tempfile::tempdir().unwrap();
        {
            let store = open(folder.path());
            records(&store)
                .put_wrap_up(&call("task-1", 1))
                .await
                .unwrap();
        }
        let mode = |mode| fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode));
        mode(0o500).unwrap();
        // The mode of a folder does not bind root, and whom it binds may not reach a checkout in
        // root's home: the program goes where everybody can start it.
        let is_root = fs::write(folder.path().join("may-i"), b"").is_ok();
        let reachable = tempfile::tempdir().unwrap();
        let mut program = std::env::current_exe().unwrap();
        if is_root {
            fs::set_permissions(reachable.path(), fs::Permissions::from_mode(0o755)).unwrap();
            let copy = reachable.path().join("tests");
            fs::copy(&program, &copy).unwrap();
            program = copy;
        }
        let mut child = Command::new(program);
        child
            .args([
                "refusals::on_unix::child_that_opens_a_read_only_folder",
                "--exact",
            ])
            .env(READ_ONLY_FOLDER, folder.path());
        let root = 0;
        if is_root {
            // Of another user's folder nothing is opened at all.
            give(folder.path(), NOBODY);
            child.uid(NOBODY).gid(NOBODY).current_dir("/");
        }
        let output = start(child.stdout(Stdio::piped()))
            .unwrap()
            .wait_with_output()
            .unwrap();
        mode(0o700).unwrap();
        if is_root {
            give(folder.path(), root);
        }
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stdout)
        );
        let store = open(folder.path());
        assert_eq!(records(&store).wrap_ups().await.unwrap().len(), 1);
    }

    /// A tiny disk, unmounted when dropped.
    struct TinyDisk(tempfile::TempDir);

    impl TinyDisk {
        fn mount() -> Option<Self> {
            let folder = tempfile::tempdir().unwrap();
            let mut mount = Command::new("mount");
            mount
                .args(["-t", "tmpfs", "-o", "size=6m", "tmpfs"])
                .arg(folder.path())
                .stderr(Stdio::null());
            let mounted = start(&mut mount)
                .and_then(|mut mount| mount.wait())
                .is_ok_and(|status| status.success());
            mounted.then_some(Self(folder))
        }
    }

    impl Drop for TinyDisk {
        fn drop(&mut self) {
            let _ = start(Command::new("umount").arg(self.0.path()))
                .and_then(|mut umount| umount.wait());
        }
    }

    /// Fills the disk to its last byte.
    fn fill(folder: &Path) -> std::path::PathBuf {
        let path = folder.join("filling");
        let mut file = fs::File::create(&path).unwrap();
        for size in [65_536, 1024, 1] {
            while file.write_all(&vec![1; size]).is_ok() {}
        }
        path
    }

    #[tokio::test]
    async fn a_full_disk_is_reported_and_loses_nothing_and_saving_works_again_once_there_is_room() {
        let Some(disk) = TinyDisk::mount() else {
            #[expect(clippy::print_stderr, reason = "a skipped test says why")]
            {
                eprintln!("skipped: mounting a tiny disk needs root");
            }
            return;
        };
        let folder = disk.0.path().join("data");
        let saved = call("task-1", 1);
        {
            let store = open(&folder);
            let records = records(&store);
            records.put_wrap_up(&saved).await.unwrap();
            let filling = fill(disk.0.path());
            for _ in 0..3 {
                let refusal = records.put_wrap_up(&call("task-2", 2)).await;
                assert!(matches!(refusal, Err(StoreError::DiskFull)), "{refusal:?}");
            }
            assert!(records.wrap_ups().await.unwrap() == [saved.clone()]);
            fs::remove_file(filling).unwrap();
            records.put_wrap_up(&call("task-3", 3)).await.unwrap();
        }
        let filling = fill(disk.0.path());
        assert!(matches!(refused(&folder), StoreError::DiskFull));
        fs::remove_file(filling).unwrap();
        let store = open(&folder);
        let unsent = records(&store).wrap_ups().await.unwrap();
        assert_eq!(unsent.len(), 2);
        assert!(unsent[0] == saved);
    }
}
