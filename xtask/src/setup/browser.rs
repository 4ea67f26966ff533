//! The browser that browser tests run in: Chromium, or Chrome, wherever it lies.

use std::env;
use std::path::{Path, PathBuf};

use crate::shell;

/// The variable by which a person chooses the browser, and by which the tests are told.
pub(crate) const CHOSEN: &str = "HANDSET_CHROMIUM";
/// Names on the path, the most likely first.
pub(super) const PROGRAMS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const ON_MACOS: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
const ON_WINDOWS: &str = r"Google\Chrome\Application\chrome.exe";

/// The browser's program, if there is one.
pub(crate) fn find() -> Option<PathBuf> {
    if let Some(chosen) = env::var_os(CHOSEN) {
        return Some(chosen.into());
    }
    if cfg!(windows) {
        existing(
            &program_folders()
                .map(|folder| folder.join(ON_WINDOWS))
                .collect::<Vec<_>>(),
        )
    } else {
        PROGRAMS
            .iter()
            .find_map(|name| shell::find(name))
            .or_else(|| existing(&[PathBuf::from(ON_MACOS)]))
    }
}

/// Where Windows keeps installed programs.
pub(super) fn program_folders() -> impl Iterator<Item = PathBuf> {
    ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"]
        .into_iter()
        .filter_map(env::var_os)
        .map(PathBuf::from)
}

fn existing(paths: &[PathBuf]) -> Option<PathBuf> {
    paths.iter().find(|path| Path::is_file(path)).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_places_the_first_that_exists_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let (missing, there) = (folder.path().join("a"), folder.path().join("b"));
        std::fs::write(&there, "").unwrap();
        assert_eq!(existing(&[missing.clone(), there.clone()]), Some(there));
        assert_eq!(existing(&[missing]), None);
    }
}
