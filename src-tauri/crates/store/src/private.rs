//! Whether a folder can be trusted, and files that nobody else can read or put a link in place of.
//!
//! Why: whoever can write into the data folder decides what Handset reads there (a sealing key, for
//! one), and through a link also what it overwrites elsewhere.
//!
//! Promises: a folder that is used belongs to this account and nobody else can read or write it; no
//! link is followed in it. A folder of Handset's own that others can merely read is closed to them;
//! everything else that is wrong is refused with a sentence, before anything in it is opened. Must
//! never: change the access of a folder that holds other things.
//!
//! On Windows the access of a folder is the profile's, and nothing is checked here.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind},
    path::Path,
};

#[cfg(unix)]
use crate::{Distrust, DistrustInside, PrivateFolder};
use crate::{StoreError, error::of_io};

/// Folders inside the data folder whose content is not Handset's: the web view's, and the person's.
#[cfg(unix)]
const NOT_LOOKED_INTO: [&str; 2] = ["webview", "downloads"];
/// Names by which a folder of Handset's is known.
#[cfg(unix)]
const OF_HANDSET: [&str; 5] = ["lock", "records", "high-water", "sealing-key", "logs"];
/// Folders in folders: sled has one of its own inside the records.
#[cfg(unix)]
const DEPTH_MAX: usize = 8;

/// Makes a folder, and those above it, for the owner alone; one that is there is checked, with
/// everything in it.
pub fn ensure_private(folder: &Path) -> Result<(), StoreError> {
    make(folder).map_err(|error| of_io(&error))?;
    check(folder)
}

fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        // A link that leads nowhere: the check names what it is.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

#[cfg(not(unix))]
fn check(_: &Path) -> Result<(), StoreError> {
    Ok(())
}

#[cfg(unix)]
fn check(folder: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    let metadata = fs::symlink_metadata(folder).map_err(|error| of_io(&error))?;
    if metadata.is_symlink() {
        return Err(not_trusted(Distrust::Link));
    }
    if !metadata.is_dir() {
        return Err(StoreError::NotWritable {
            reason: ErrorKind::NotADirectory.to_string(),
        });
    }
    if metadata.uid() != own_id() {
        return Err(not_trusted(Distrust::OthersOwn));
    }
    if metadata.mode() & 0o022 != 0 {
        return Err(not_trusted(Distrust::OthersWrite));
    }
    if metadata.mode() & 0o077 != 0 {
        if !is_for_handset(folder).map_err(|error| of_io(&error))? {
            return Err(not_trusted(Distrust::OthersRead));
        }
        // Through the open folder: another folder may have its name by now.
        let opened = options().read(true).open(folder);
        opened
            .and_then(|folder| folder.set_permissions(fs::Permissions::from_mode(0o700)))
            .map_err(|error| of_io(&error))?;
        tracing::warn!("other users of this computer could read a folder; they cannot any more");
    }
    check_content(folder, DEPTH_MAX)
}

/// Whether a folder is empty, or known as Handset's by what is in it.
#[cfg(unix)]
fn is_for_handset(folder: &Path) -> io::Result<bool> {
    if OF_HANDSET.iter().any(|name| folder.join(name).exists()) {
        return Ok(true);
    }
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        // The files in the folder for marks.
        let is_mark = [".sent", ".lock", ".unfinished"]
            .iter()
            .any(|end| name.ends_with(end));
        if !is_mark {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(unix)]
fn check_content(folder: &Path, depth: usize) -> Result<(), StoreError> {
    use std::os::unix::fs::MetadataExt;

    let entries = match fs::read_dir(folder) {
        // Another Handset has the folder, which is found out later, and works in it.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        read => read.map_err(|error| of_io(&error))?,
    };
    for entry in entries {
        let entry = entry.map_err(|error| of_io(&error))?;
        let name = entry.file_name();
        let metadata = match fs::symlink_metadata(entry.path()) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            read => read.map_err(|error| of_io(&error))?,
        };
        let what = if metadata.is_symlink() {
            Some(DistrustInside::Link)
        } else if metadata.uid() != own_id() {
            Some(DistrustInside::OthersOwn)
        } else if !metadata.is_dir() && !metadata.is_file() {
            Some(DistrustInside::NeitherFileNorFolder)
        } else {
            None
        };
        if let Some(what) = what {
            return Err(not_trusted(Distrust::Inside {
                name: showable(&name),
                what,
            }));
        }
        let is_looked_into = !NOT_LOOKED_INTO.iter().any(|other| name == *other);
        if metadata.is_dir() && is_looked_into && depth > 0 {
            check_content(&entry.path(), depth - 1)?;
        }
    }
    Ok(())
}

/// A name that somebody else may have chosen, if it can be shown.
#[cfg(unix)]
fn showable(name: &std::ffi::OsStr) -> Option<String> {
    let name = name.to_string_lossy();
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    (name.len() <= 60 && name.chars().all(is_plain)).then(|| name.into_owned())
}

/// For a file of the owner's alone, and never through a link.
pub(crate) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    keep_private(&mut options);
    options
}

/// Lets a file be made for the owner alone, and never be opened through a link.
pub fn keep_private(options: &mut OpenOptions) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
        if let Ok(no_follow) = i32::try_from(rustix::fs::OFlags::NOFOLLOW.bits()) {
            options.custom_flags(no_follow);
        }
    }
    #[cfg(not(unix))]
    let _ = options;
}

/// Ensures that an open file is an ordinary file of this account, under one name, and writable to
/// nobody else: for files whose content is trusted, or that are written in place.
pub fn ensure_own(file: &File, name: &str) -> Result<(), StoreError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let metadata = file.metadata().map_err(|error| of_io(&error))?;
        let is_own = metadata.is_file()
            && metadata.uid() == own_id()
            && metadata.nlink() == 1
            && metadata.mode() & 0o022 == 0;
        if !is_own {
            return Err(not_trusted(Distrust::Inside {
                name: Some(name.to_owned()),
                what: DistrustInside::NotAsMade,
            }));
        }
    }
    #[cfg(not(unix))]
    let _ = (file, name);
    Ok(())
}

#[cfg(unix)]
fn own_id() -> u32 {
    rustix::process::geteuid().as_raw()
}

#[cfg(unix)]
fn not_trusted(reason: Distrust) -> StoreError {
    StoreError::NotTrusted {
        folder: PrivateFolder::Data,
        reason,
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::{
        os::unix::fs::{PermissionsExt, symlink},
        path::PathBuf,
    };

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn with_mode(outer: &Path, name: &str, mode: u32) -> PathBuf {
        let folder = outer.join(name);
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
        folder
    }

    fn refusal(folder: &Path) -> String {
        match ensure_private(folder) {
            Err(StoreError::NotTrusted { reason, .. }) => reason.to_string(),
            other => panic!("{}: {other:?}", folder.display()),
        }
    }

    #[test]
    fn a_new_folder_and_those_above_it_are_for_the_owner_alone() {
        let outer = tempfile::tempdir().unwrap();
        let new = outer.path().join("a/b");
        ensure_private(&new).unwrap();
        assert_eq!((mode(&new), mode(&outer.path().join("a"))), (0o700, 0o700));
    }

    #[test]
    fn a_folder_that_others_can_write_into_is_refused_and_left_as_it_is() {
        let outer = tempfile::tempdir().unwrap();
        for writable in [0o777, 0o770, 0o1777, 0o720] {
            let folder = with_mode(outer.path(), &format!("of-{writable:o}"), writable);
            assert!(refusal(&folder).contains("can write into it"));
            assert_eq!(mode(&folder), writable & 0o777);
        }
    }

    #[test]
    fn a_folder_of_handsets_that_others_can_read_is_closed_and_any_other_is_refused() {
        let outer = tempfile::tempdir().unwrap();
        let empty = with_mode(outer.path(), "empty", 0o755);
        ensure_private(&empty).unwrap();
        assert_eq!(mode(&empty), 0o700);
        let used = with_mode(outer.path(), "used", 0o755);
        fs::create_dir(used.join("records")).unwrap();
        ensure_private(&used).unwrap();
        assert_eq!(mode(&used), 0o700);
        let of_others = with_mode(outer.path(), "of-others", 0o755);
        fs::write(of_others.join("letter.txt"), b"").unwrap();
        assert!(refusal(&of_others).contains("holds other things"));
        assert_eq!(mode(&of_others), 0o755, "it is not ours to change");
    }

    #[test]
    fn a_link_is_refused_wherever_it_is_and_whatever_it_leads_to() {
        let outer = tempfile::tempdir().unwrap();
        let elsewhere = with_mode(outer.path(), "elsewhere", 0o700);
        let link = outer.path().join("link");
        symlink(&elsewhere, &link).unwrap();
        assert!(refusal(&link).contains("is a link"));
        let dangling = outer.path().join("dangling");
        symlink(outer.path().join("nowhere"), &dangling).unwrap();
        assert!(refusal(&dangling).contains("is a link"));
        for name in ["room", "handset.log", "records/db", "records/blobs/7"] {
            let folder = with_mode(outer.path(), &format!("with-{}", name.len()), 0o700);
            let planted = folder.join(name);
            fs::create_dir_all(planted.parent().unwrap()).unwrap();
            symlink(&elsewhere, planted).unwrap();
            let reason = refusal(&folder);
            assert!(reason.contains("is a link"), "{name}: {reason}");
        }
        // The web view's own folders, and the person's, are not checked.
        let folder = with_mode(outer.path(), "with-others", 0o700);
        for name in NOT_LOOKED_INTO {
            fs::create_dir(folder.join(name)).unwrap();
            symlink(&elsewhere, folder.join(name).join("x")).unwrap();
        }
        ensure_private(&folder).unwrap();
    }

    #[test]
    fn what_belongs_to_another_user_is_refused() {
        let outer = tempfile::tempdir().unwrap();
        let folder = with_mode(outer.path(), "folder", 0o700);
        let planted = folder.join("sealing-key");
        fs::write(&planted, [1; 32]).unwrap();
        if std::os::unix::fs::chown(&planted, Some(65_534), None).is_err() {
            #[expect(clippy::print_stderr, reason = "a skipped test says why")]
            {
                eprintln!("skipped: only root can give a file away");
            }
            return;
        }
        assert!(refusal(&folder).contains("sealing-key belongs to another user"));
        std::os::unix::fs::chown(&planted, Some(own_id()), None).unwrap();
        ensure_private(&folder).unwrap();
        std::os::unix::fs::chown(&folder, Some(65_534), None).unwrap();
        assert!(refusal(&folder).contains("it belongs to another user"));
    }

    #[test]
    fn a_file_is_believed_only_if_it_is_this_accounts_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let open = || options().read(true).open(&path);
        drop(options().create(true).write(true).open(&path).unwrap());
        assert_eq!(mode(&path), 0o600);
        ensure_own(&open().unwrap(), "file").unwrap();
        fs::hard_link(&path, folder.path().join("other-name")).unwrap();
        assert!(ensure_own(&open().unwrap(), "file").is_err(), "two names");
        fs::remove_file(folder.path().join("other-name")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o620)).unwrap();
        assert!(
            ensure_own(&open().unwrap(), "file").is_err(),
            "others can write it"
        );
        let link = folder.path().join("link");
        symlink(&path, &link).unwrap();
        assert!(options().read(true).open(&link).is_err(), "a link");
    }

    #[test]
    fn a_name_that_somebody_else_chose_is_not_repeated_as_it_is() {
        assert_eq!(
            showable("records.before".as_ref()).as_deref(),
            Some("records.before")
        );
        for odd in ["a b", "\u{202e}gpj.exe", &"x".repeat(61)] {
            assert_eq!(showable(odd.as_ref()), None);
        }
    }
}
