//! Where Handset stores its files.
//!
//! Promises: everything of a run is in the data folder and the log folder, but for a small mark of how
//! far the data folder has sent, which is to stay behind when the folder is copied or restored; a
//! folder that Handset makes can be entered by its owner only. Must never: make a folder whose name
//! somebody else could have known before.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use clock::Clock;
use tempfile::TempDir;

/// The folders and files of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Places {
    /// The store, and where windows were.
    pub(crate) data_dir: PathBuf,
    /// For the marks of data folders: this folder stays with the computer, and does not roam.
    pub(crate) state_dir: PathBuf,
    pub(crate) log_dir: PathBuf,
    /// Where a list that the rep asks for is written.
    pub(crate) downloads: PathBuf,
}

impl Places {
    /// The platform's own folders for an app of this `identifier`; `None` if it has no home.
    pub(crate) fn of_user(identifier: &str) -> Option<Self> {
        // What roams between the computers of a Windows domain would arrive as a copy: never that folder.
        let data_dir = dirs::data_local_dir()?.join(identifier);
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

/// The webview's folder for the window about a failed start, which has to open even when the data
/// folder is what failed: for the owner alone, with a name that nobody can guess.
#[derive(Default)]
pub(crate) struct StoppedFolder(Mutex<Option<TempDir>>);

impl StoppedFolder {
    /// Where it is; made at first use.
    pub(crate) fn path(&self) -> io::Result<PathBuf> {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = match slot.take() {
            Some(folder) => folder,
            None => private_temporary_folder()?,
        };
        Ok(slot.insert(folder).path().to_owned())
    }

    /// Removes it, at the end of the run. Mostly it was never made.
    pub(crate) async fn remove(&self, clock: &dyn Clock) {
        let folder = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(folder) = folder else {
            return;
        };
        if let Err(error) = remove_for_good(&folder.keep(), clock).await {
            tracing::warn!(%error, "the folder of the window about the start is left behind");
        }
    }
}

/// Removes a folder into which the webview's own processes may still write: a process that has just
/// started makes its files while they are removed, and again afterwards. So the folder has to stay
/// away for a while. What it holds is salts and empty caches.
async fn remove_for_good(folder: &Path, clock: &dyn Clock) -> io::Result<()> {
    const PAUSE: Duration = Duration::from_millis(25);
    const PAUSES_MAX: u32 = 60;
    const PAUSES_AWAY: u32 = 10;
    let mut away = 0;
    let mut result = Ok(());
    for _ in 0..PAUSES_MAX {
        result = fs::remove_dir_all(folder);
        match &result {
            Err(error) if error.kind() == io::ErrorKind::NotFound => away += 1,
            _ => away = 0,
        }
        if away == PAUSES_AWAY {
            return Ok(());
        }
        clock.sleep(PAUSE).await;
    }
    match result {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn private_temporary_folder() -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("handset-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir()
}

#[cfg(test)]
mod tests {
    use clock::{ManualClock, Timestamp};

    use super::*;

    #[test]
    fn with_a_data_folder_nothing_is_stored_outside_it_but_its_mark() {
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

    #[tokio::test]
    async fn the_folder_of_the_stopped_window_is_private_not_to_be_guessed_and_goes() {
        let folders = [StoppedFolder::default(), StoppedFolder::default()];
        let paths = folders.each_ref().map(|folder| folder.path().unwrap());
        assert_ne!(paths[0], paths[1]);
        assert_eq!(folders[0].path().unwrap(), paths[0], "made once");
        let id = std::process::id().to_string();
        for (folder, path) in folders.iter().zip(&paths) {
            assert!(!path.to_string_lossy().ends_with(&format!("-{id}")));
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o700);
            }
            remove(folder, || ()).await;
            assert!(!path.exists());
        }
    }

    #[tokio::test]
    async fn the_folder_goes_although_another_process_still_writes_into_it() {
        let stopped = StoppedFolder::default();
        let folder = stopped.path().unwrap();
        let mut writes = 0..5;
        let write = || {
            if writes.next().is_some() {
                fs::create_dir_all(folder.join("cache")).unwrap();
            }
        };
        remove(&stopped, write).await;
        assert!(!folder.exists());
    }

    /// Removes it, while something else is done at each pause.
    async fn remove(folder: &StoppedFolder, mut meanwhile: impl FnMut()) {
        let clock = ManualClock::at(Timestamp::UNIX_EPOCH);
        let pauses = async {
            loop {
                if let Some(pause) = clock.next_wake_in() {
                    meanwhile();
                    clock.advance(pause);
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            () = folder.remove(&*clock) => {}
            () = pauses => {}
        }
    }
}
