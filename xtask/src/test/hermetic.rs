//! Tests leave nothing behind in a person's folders.
//!
//! Two guards. Test stages see a fresh stand-in home, and whatever the app would have left in a
//! person's folders is found there afterwards. The real folders are listed before and after the
//! run, so that a test that finds them in another way is caught as well. Ours, since test runners
//! isolate processes and not homes.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::time::SystemTime;

use anyhow::{Context, Result};
use walkdir::WalkDir;

use super::report::{Fault, StageResult};

/// The app's folders and files carry its name or its identifier, `app.handset…`.
const APP_NAME: &str = "handset";

/// Folders in which programs keep a user's files, from the home folder: XDG base directories, which a
/// stand-in has, and their counterparts on macOS.
const XDG_FOLDERS: [(&str, &str); 4] = [
    ("XDG_CONFIG_HOME", ".config"),
    ("XDG_DATA_HOME", ".local/share"),
    ("XDG_STATE_HOME", ".local/state"),
    ("XDG_CACHE_HOME", ".cache"),
];
const MACOS_FOLDERS: [&str; 3] = [
    "Library/Application Support",
    "Library/Caches",
    "Library/Logs",
];

/// Entries that tools on the way make in these folders: not ours, and no leak of a test.
const TOOL_ENTRIES: &str = "at-spi2-core biome cargo chromium dconf fontconfig gstreamer-1.0 gtk-3.0 \
    gvfs-metadata ibus mesa_shader_cache mesa_shader_cache_db ms-playwright ms-playwright-go node-gyp npm \
    nvidia pip pulse recently-used.xbel rustup thumbnails tracker3";

/// The tools' own folders stay where they are, or everything would be fetched again.
const TOOL_FOLDERS: [(&str, &str); 4] = [
    ("CARGO_HOME", ".cargo"),
    ("RUSTUP_HOME", ".rustup"),
    ("npm_config_cache", ".npm"),
    ("PLAYWRIGHT_BROWSERS_PATH", ".cache/ms-playwright"),
];

/// Names of entries, and for the app's own ones the size and time of every file below.
type Listing = BTreeMap<PathBuf, Option<(u64, Option<SystemTime>)>>;

#[derive(Debug)]
pub(super) struct Guard {
    home: Option<PathBuf>,
    before: Listing,
    /// Holds one stand-in home per stage.
    base: PathBuf,
    stand_ins: Vec<PathBuf>,
}

impl Guard {
    pub(super) fn start() -> Self {
        let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
        let home = env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from);
        let before = home.as_deref().map(list).unwrap_or_default();
        // A short name: sockets below it have a length limit of about a hundred bytes.
        let base = env::temp_dir().join(format!("xtask-{}", process::id()));
        Self {
            home,
            before,
            base,
            stand_ins: Vec::new(),
        }
    }

    /// The environment of a test stage: a home of its own, and the tools' folders where they are.
    pub(super) fn stand_in(&mut self, stage: &str) -> Result<Vec<(&'static str, OsString)>> {
        let stand_in = self.base.join(stage);
        for (_, folder) in XDG_FOLDERS {
            fs::create_dir_all(stand_in.join(folder))
                .with_context(|| format!("{} could not be made", stand_in.display()))?;
        }
        let vars = environment(self.home.as_deref(), &stand_in, |name| env::var_os(name));
        self.stand_ins.push(stand_in);
        Ok(vars)
    }

    /// What was left behind so far, in the real folders or in a stand-in.
    pub(super) fn judge(&self) -> StageResult {
        let mut left = Vec::new();
        let mut add = |place: &str, before: &Listing, home: &Path| {
            let leaks = leaks(before, &list(home)).into_iter();
            left.extend(leaks.map(|path| format!("{place}: {}", path.display())));
        };
        if let Some(home) = &self.home {
            add("in your home folder", &self.before, home);
        }
        for stand_in in &self.stand_ins {
            let stage = stand_in.file_name().unwrap_or_default().to_string_lossy();
            add(&format!("by stage {stage}"), &Listing::new(), stand_in);
        }
        if left.is_empty() {
            return StageResult::PASSED;
        }
        let why =
            "this run left something in a person's folders (or another program did, while it ran):";
        let why = format!("{why}\n{}", left.join("\n"));
        StageResult::Failed(vec![Fault::of(why)])
    }

    /// Removes the stand-ins.
    pub(super) fn tidy_up(&self) {
        let _ = fs::remove_dir_all(&self.base);
    }
}

fn environment(
    home: Option<&Path>,
    stand_in: &Path,
    var: impl Fn(&str) -> Option<OsString>,
) -> Vec<(&'static str, OsString)> {
    let own = XDG_FOLDERS.map(|(name, folder)| (name, stand_in.join(folder).into()));
    let of_tools = home.into_iter().flat_map(|home| {
        TOOL_FOLDERS
            .map(|(name, usual)| (name, var(name).unwrap_or_else(|| home.join(usual).into())))
    });
    [("HOME", stand_in.into())]
        .into_iter()
        .chain(own)
        .chain(of_tools)
        .collect()
}

/// The entries of a home folder that a leak would show up among.
fn list(home: &Path) -> Listing {
    let xdg = XDG_FOLDERS.iter().map(|(_, folder)| *folder);
    let folders = xdg.chain(MACOS_FOLDERS).map(|folder| home.join(folder));
    let mut entries: Vec<PathBuf> = folders.flat_map(|folder| entries(&folder)).collect();
    // Folders in plain sight are a person's own: the checkout itself may be one.
    let is_hidden = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        is_ours(Path::new(&*name)) && (name.starts_with('.') || path.is_file())
    };
    entries.extend(self::entries(home).into_iter().filter(is_hidden));
    let below = |path: PathBuf| {
        let depth = if is_ours(path.strip_prefix(home).unwrap_or(&path)) {
            usize::MAX
        } else {
            0
        };
        WalkDir::new(path).max_depth(depth).into_iter().flatten()
    };
    let found = entries.into_iter().flat_map(below).map(|entry| {
        let data = entry
            .metadata()
            .ok()
            .filter(|data| entry.depth() > 0 && data.is_file());
        let path = entry
            .path()
            .strip_prefix(home)
            .unwrap_or(entry.path())
            .to_path_buf();
        (path, data.map(|data| (data.len(), data.modified().ok())))
    });
    found.collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

/// Whether any part of a path has the app's name.
fn is_ours(path: &Path) -> bool {
    path.to_string_lossy().to_lowercase().contains(APP_NAME)
}

/// What is new or changed, without what tools keep for themselves.
fn leaks(before: &Listing, after: &Listing) -> Vec<PathBuf> {
    let is_tools = |path: &Path| {
        let name = path.file_name().unwrap_or_default();
        TOOL_ENTRIES.split_whitespace().any(|entry| name == entry) && !is_ours(path)
    };
    let changed = after
        .iter()
        .filter(|(path, known)| before.get(*path) != Some(*known));
    changed
        .map(|(path, _)| path.clone())
        .filter(|path| !is_tools(path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(home: &Path, files: &[&str], text: &str) {
        for file in files {
            let path = home.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    fn left(before: &[&str], written: &[&str]) -> Vec<String> {
        let home = tempfile::tempdir().unwrap();
        write(home.path(), before, "x");
        let listing = list(home.path());
        write(home.path(), written, "written by a test");
        let leaks = leaks(&listing, &list(home.path()));
        leaks
            .iter()
            .map(|path| path.display().to_string())
            .collect()
    }

    #[test]
    fn a_new_folder_of_the_app_is_a_leak_wherever_it_lies() {
        assert_eq!(
            left(&[], &[".local/share/app.handset/db"]),
            [".local/share/app.handset", ".local/share/app.handset/db"]
        );
        assert_eq!(left(&[], &["Handset.log"]), ["Handset.log"]);
    }

    #[test]
    fn the_checkout_may_lie_in_the_home_folder() {
        assert!(left(&[], &["handset/target/xtask/logs/unit.log"]).is_empty());
    }

    #[test]
    fn a_changed_file_in_an_existing_folder_of_the_app_is_a_leak() {
        let file = ".config/app.handset/window-state.json";
        assert_eq!(left(&[file], &[file]), [file]);
    }

    #[test]
    fn an_unknown_new_entry_is_a_leak_and_an_old_one_is_not() {
        let known = ".local/share/keyrings/login.keyring";
        assert_eq!(left(&[], &[known]), [".local/share/keyrings"]);
        assert!(left(&[known], &[known]).is_empty());
    }

    #[test]
    fn what_tools_cache_is_no_leak() {
        assert!(left(&[], &[".cache/fontconfig/a", ".config/dconf/user"]).is_empty());
        assert!(!left(&[], &[".cache/app.handset/fontconfig"]).is_empty());
    }

    #[test]
    fn a_test_stage_gets_a_home_of_its_own_and_keeps_the_tools() {
        let vars = environment(Some(Path::new("/real")), Path::new("/fresh"), |name| {
            (name == "RUSTUP_HOME").then(|| OsString::from("/opt/rustup"))
        });
        let get = |name: &str| PathBuf::from(&vars.iter().find(|(key, _)| *key == name).unwrap().1);
        assert_eq!(get("HOME"), Path::new("/fresh"));
        assert_eq!(get("XDG_DATA_HOME"), Path::new("/fresh/.local/share"));
        assert_eq!(get("CARGO_HOME"), Path::new("/real/.cargo"));
        assert_eq!(get("RUSTUP_HOME"), Path::new("/opt/rustup"));
    }
}
