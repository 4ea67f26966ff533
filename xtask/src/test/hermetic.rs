//! Tests leave nothing behind in a person's folders.
//!
//! Two guards. Test stages see a fresh stand-in home, and whatever the app would have left in a
//! person's folders is found there afterwards. The real folders are listed before and after the
//! run, so that a test that finds them in another way is caught as well.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use anyhow::{Context, Result};

use super::Outcome;
use crate::stamps;

/// The app's folders and files carry its name or its identifier, `app.handset…`.
const APP_NAME: &str = "handset";

/// Folders in which programs keep a user's files, from the home folder (XDG base directories and
/// their counterparts on macOS).
const USER_FOLDERS: [&str; 7] = [
    ".config",
    ".local/share",
    ".local/state",
    ".cache",
    "Library/Application Support",
    "Library/Caches",
    "Library/Logs",
];

/// What tools on the way keep in these folders: not ours, and no leak of a test.
const TOOL_ENTRIES: [&str; 23] = [
    "at-spi2-core",
    "biome",
    "cargo",
    "chromium",
    "dconf",
    "fontconfig",
    "gstreamer-1.0",
    "gtk-3.0",
    "gvfs-metadata",
    "ibus",
    "mesa_shader_cache",
    "mesa_shader_cache_db",
    "ms-playwright",
    "ms-playwright-go",
    "node-gyp",
    "npm",
    "nvidia",
    "pip",
    "pulse",
    "recently-used.xbel",
    "rustup",
    "thumbnails",
    "tracker3",
];

/// Names of entries, and for the app's own ones the size and time of every file below.
type Listing = BTreeMap<PathBuf, Option<Fingerprint>>;
type Fingerprint = (u64, Option<std::time::SystemTime>);

#[derive(Debug)]
pub(crate) struct Guard {
    home: Option<PathBuf>,
    before: Listing,
    /// Holds one stand-in home per stage.
    base: PathBuf,
    stand_ins: Vec<PathBuf>,
}

impl Guard {
    pub(crate) fn start() -> Self {
        let home = home();
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

    /// The environment of a test stage: a home of its own, with the tools kept where they are.
    pub(crate) fn stand_in(&mut self, stage: &str) -> Result<Vec<(OsString, OsString)>> {
        let stand_in = self.base.join(stage);
        for folder in [".config", ".local/share", ".local/state", ".cache"] {
            fs::create_dir_all(stand_in.join(folder))
                .with_context(|| format!("{} could not be made", stand_in.display()))?;
        }
        let vars = environment(self.home.as_deref(), &stand_in, |name| env::var_os(name));
        self.stand_ins.push(stand_in);
        Ok(vars)
    }

    /// What was left behind so far, in the real folders or in a stand-in.
    pub(crate) fn judge(&self) -> Outcome {
        let mut left = Vec::new();
        if let Some(home) = &self.home {
            let found = leaks(&self.before, &list(home));
            left.extend(
                found
                    .iter()
                    .map(|path| format!("in your home folder: {}", path.display())),
            );
        }
        for stand_in in &self.stand_ins {
            let stage = stand_in.file_name().unwrap_or_default().to_string_lossy();
            let found = leaks(&Listing::new(), &list(stand_in));
            left.extend(
                found
                    .iter()
                    .map(|path| format!("by stage {stage}: {}", path.display())),
            );
        }
        if left.is_empty() {
            return Outcome::Passed { detail: None };
        }
        Outcome::failed(format!(
            "this run left something in a person's folders (or another program did, while it \
             ran):\n{}",
            left.join("\n")
        ))
    }

    /// Removes the stand-ins.
    pub(crate) fn tidy_up(&self) {
        if self.base.exists() {
            let _ = fs::remove_dir_all(&self.base);
        }
    }
}

fn home() -> Option<PathBuf> {
    let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    env::var_os(name)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}

fn environment(
    home: Option<&Path>,
    stand_in: &Path,
    var: impl Fn(&str) -> Option<OsString>,
) -> Vec<(OsString, OsString)> {
    let mut vars: Vec<(OsString, OsString)> = vec![
        ("HOME".into(), stand_in.into()),
        ("XDG_CONFIG_HOME".into(), stand_in.join(".config").into()),
        ("XDG_DATA_HOME".into(), stand_in.join(".local/share").into()),
        (
            "XDG_STATE_HOME".into(),
            stand_in.join(".local/state").into(),
        ),
        ("XDG_CACHE_HOME".into(), stand_in.join(".cache").into()),
    ];
    // The tools' own folders stay where they are, or everything would be fetched again.
    if let Some(home) = home {
        for (name, usual) in [
            ("CARGO_HOME", ".cargo"),
            ("RUSTUP_HOME", ".rustup"),
            ("npm_config_cache", ".npm"),
            ("PLAYWRIGHT_BROWSERS_PATH", ".cache/ms-playwright"),
        ] {
            let value = var(name).unwrap_or_else(|| home.join(usual).into());
            vars.push((name.into(), value));
        }
    }
    vars
}

/// The entries of a home folder that a leak would show up among.
fn list(home: &Path) -> Listing {
    let mut listing = Listing::new();
    for folder in USER_FOLDERS {
        for name in names(&home.join(folder)) {
            add(
                home,
                &Path::new(folder).join(&name),
                is_ours(&name),
                &mut listing,
            );
        }
    }
    // Folders in plain sight are a person's own: the checkout itself may be one.
    let hidden = |name: &String| name.starts_with('.') || home.join(name).is_file();
    for name in names(home)
        .into_iter()
        .filter(|name| is_ours(name))
        .filter(hidden)
    {
        add(home, Path::new(&name), true, &mut listing);
    }
    listing
}

fn add(home: &Path, entry: &Path, ours: bool, listing: &mut Listing) {
    listing.insert(entry.to_path_buf(), None);
    let path = home.join(entry);
    if !ours || !path.is_dir() {
        return;
    }
    for file in stamps::files(&path, &[]).unwrap_or_default() {
        let known = fs::metadata(&file)
            .ok()
            .map(|data| (data.len(), data.modified().ok()));
        if let Ok(name) = file.strip_prefix(home) {
            listing.insert(name.to_path_buf(), known);
        }
    }
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

fn is_ours(name: &str) -> bool {
    name.to_lowercase().contains(APP_NAME)
}

/// What is new or changed, without what tools keep for themselves.
fn leaks(before: &Listing, after: &Listing) -> Vec<PathBuf> {
    after
        .iter()
        .filter(|(path, known)| before.get(*path) != Some(*known))
        .map(|(path, _)| path)
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            !TOOL_ENTRIES.contains(&name.as_ref())
                || path
                    .components()
                    .any(|part| is_ours(&part.as_os_str().to_string_lossy()))
        })
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home_with(files: &[&str]) -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        for file in files {
            let path = home.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        home
    }

    fn left(before: &[&str], written: &[&str]) -> Vec<String> {
        let home = home_with(before);
        let listing = list(home.path());
        for file in written {
            let path = home.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "written by a test").unwrap();
        }
        leaks(&listing, &list(home.path()))
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
        assert_eq!(
            left(&[], &[".local/share/keyrings/login.keyring"]),
            [".local/share/keyrings"]
        );
        let known = ".local/share/keyrings/login.keyring";
        assert!(left(&[known], &[known]).is_empty());
    }

    #[test]
    fn what_tools_cache_is_no_leak() {
        assert!(left(&[], &[".cache/fontconfig/a", ".config/dconf/user"]).is_empty());
    }

    #[test]
    fn a_test_stage_gets_a_home_of_its_own_and_keeps_the_tools() {
        let vars = environment(Some(Path::new("/real")), Path::new("/fresh"), |name| {
            (name == "RUSTUP_HOME").then(|| OsString::from("/opt/rustup"))
        });
        let get = |name: &str| {
            let found = vars.iter().find(|(key, _)| key == name).unwrap();
            PathBuf::from(&found.1)
        };
        assert_eq!(get("HOME"), Path::new("/fresh"));
        assert_eq!(get("XDG_DATA_HOME"), Path::new("/fresh/.local/share"));
        assert_eq!(get("CARGO_HOME"), Path::new("/real/.cargo"));
        assert_eq!(get("RUSTUP_HOME"), Path::new("/opt/rustup"));
    }
}
