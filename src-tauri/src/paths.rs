//! Where Handset keeps what it keeps.
//!
//! Promises: everything of a run is in the data folder and the log folder, but for a small mark of how
//! far the data folder has sent, which is to stay behind when the folder is copied or put back; a
//! folder that Handset makes can be entered by its owner only. Must never: change the access of a
//! folder that was there before.

use std::{
    io,
    path::{Path, PathBuf},
};

/// The folders and files of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Places {
    /// The store, and where windows were.
    pub(crate) data_dir: PathBuf,
    /// For the marks of data folders: stays with this computer, and roams nowhere.
    pub(crate) state_dir: PathBuf,
    pub(crate) log_dir: PathBuf,
    /// Where a list that the rep asks for is written.
    pub(crate) downloads: PathBuf,
}

impl Places {
    /// The platform's own folders for an app of this `identifier`; `None` if it has no home.
    pub(crate) fn of_user(identifier: &str) -> Option<Self> {
        let data_dir = dirs::data_dir()?.join(identifier);
        #[cfg(target_os = "macos")]
        let log_dir = dirs::home_dir()?.join("Library/Logs").join(identifier);
        #[cfg(not(target_os = "macos"))]
        let log_dir = dirs::data_local_dir()?.join(identifier).join("logs");
        let downloads = dirs::download_dir().or_else(dirs::home_dir)?;
        Some(Self {
            data_dir,
            state_dir: state_dir(identifier)?,
            log_dir,
            downloads,
        })
    }

    /// `--data-dir`: everything inside one folder, except for the mark of it.
    pub(crate) fn inside(data_dir: PathBuf, identifier: &str) -> Self {
        Self {
            // An account without a folder for it has the mark beside the data folder.
            state_dir: state_dir(identifier)
                .unwrap_or_else(|| data_dir.with_extension("handset-state")),
            log_dir: data_dir.join("logs"),
            downloads: data_dir.join("downloads"),
            data_dir,
        }
    }

    /// Where the windows were when they were last closed.
    pub(crate) fn window_state_file(&self) -> PathBuf {
        self.data_dir.join("windows.json")
    }

    /// What the webview itself cannot run without: on Linux, salts and empty databases. Pages use
    /// no storage, and only network pages are cached, of which there are none.
    pub(crate) fn webview_dir(&self) -> PathBuf {
        self.data_dir.join("webview")
    }
}

/// Outside of every data folder. On a Mac both kinds of folder have the same parent.
fn state_dir(identifier: &str) -> Option<PathBuf> {
    match dirs::state_dir() {
        Some(folder) => Some(folder.join(identifier)),
        None => Some(dirs::data_local_dir()?.join(format!("{identifier}.state"))),
    }
}

/// The same for the window about a failed start, which has to open even when the data folder is
/// what failed. Removed at the end of the run.
pub(crate) fn stopped_webview_dir() -> PathBuf {
    std::env::temp_dir().join(format!("handset-stopped-{}", std::process::id()))
}

/// Makes a folder, and those above it, for the owner alone. One that is there stays as it is.
pub(crate) fn make_private(dir: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_a_data_folder_nothing_is_kept_outside_it_but_its_mark() {
        let places = Places::inside(PathBuf::from("/elsewhere"), "app.handset.test");
        assert!(!places.state_dir.starts_with("/elsewhere"));
        for path in [
            &places.data_dir,
            &places.log_dir,
            &places.downloads,
            &places.window_state_file(),
        ] {
            assert!(path.starts_with("/elsewhere"), "{}", path.display());
        }
    }

    #[test]
    fn the_mark_is_in_no_folder_that_is_copied_with_the_data() {
        if let Some(places) = Places::of_user("app.handset.test") {
            assert!(!places.state_dir.starts_with(&places.data_dir));
            assert!(!places.data_dir.starts_with(&places.state_dir));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_new_folder_is_for_its_owner_alone_and_an_old_one_keeps_its_access() {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let outer = tempfile::tempdir().unwrap();
        let new = outer.path().join("a/b");
        make_private(&new).unwrap();
        assert_eq!(mode(&new), 0o700);
        assert_eq!(mode(&outer.path().join("a")), 0o700);
        let old = outer.path().join("old");
        std::fs::create_dir(&old).unwrap();
        std::fs::set_permissions(&old, std::fs::Permissions::from_mode(0o755)).unwrap();
        make_private(&old).unwrap();
        assert_eq!(mode(&old), 0o755);
    }
}
