//! The npm projects of the checkout: the windows (`ui`), the browser tests (`tests/ui`), and the
//! scripts that find elements in the real window (`tools/drive/queries`).
//!
//! Ours are two stamps, since `npm ci` deletes and fetches everything each time it is called, and a build
//! of the windows that changes nothing would make cargo link the app again. A stamp is what the inputs
//! held; their times are not used, since a checkout changes them without changing anything.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use walkdir::WalkDir;
use xshell::{Cmd, cmd};

use crate::setup::Consent;
use crate::shell::{self, Sink};
use crate::workspace::Workspace;

/// The oldest Node that the tools of the projects support.
const NODE_MAJOR_MIN: u32 = 20;
/// Folders in `ui` that are made from it, or that no build reads.
const NOT_SOURCES: &[&str] = &[
    "node_modules",
    "dist",
    "dist-loopback",
    "coverage",
    "test-results",
];

/// On Windows a program's name is searched with its ending.
pub(crate) const PROGRAM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };
/// The project of the windows.
pub(crate) const UI: &str = "ui";
/// What the windows say, in each language.
const TEXTS: &str = "locales";

/// A project, by its folder.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub(crate) struct Project(pub(crate) String);

/// npm in a project.
pub(crate) fn npm<'a>(workspace: &'a Workspace, folder: &str) -> Cmd<'a> {
    cmd!(workspace.sh, "{PROGRAM} --prefix {folder}").env("npm_config_update_notifier", "false")
}

impl Project {
    /// Installs what the lock file names, unless that is done already.
    pub(crate) fn prepare(
        &self,
        workspace: &Workspace,
        consent: Consent,
        sink: Sink<'_>,
    ) -> Result<()> {
        let folder = workspace.root.join(&self.0);
        // It lies in `node_modules`, so that it goes when the folder goes.
        let stamp = folder.join("node_modules").join(".xtask-stamp");
        let locked = fingerprint(
            &folder,
            &[
                folder.join("package-lock.json"),
                folder.join("package.json"),
            ],
        );
        if is_stamped(&stamp, &locked) {
            return Ok(());
        }
        ensure!(
            consent == Consent::Install,
            "the npm packages of {} are not installed as its lock file says, and nothing was \
             installed, as asked",
            self.0
        );
        sink.run(npm(workspace, &self.0).args(["ci", "--no-audit", "--no-fund"]))?;
        set(&stamp, &locked)
    }
}

/// Builds the windows if something that the build reads has changed since; tells whether it had.
pub(crate) fn build_windows(workspace: &Workspace, sink: Sink<'_>) -> Result<bool> {
    let (folder, stamp) = (
        workspace.root.join(UI),
        workspace.own("stamps").join("ui-build"),
    );
    let (page, inputs) = (
        folder.join("dist/index.html"),
        windows_fingerprint(&workspace.root)?,
    );
    if page.is_file() && is_stamped(&stamp, &inputs) {
        return Ok(false);
    }
    sink.run(npm(workspace, UI).args(["run", "--silent", "build"]))?;
    ensure!(page.is_file(), "`npm run build` left no ui/dist/index.html");
    set(&stamp, &inputs)?;
    Ok(true)
}

/// The fingerprint of everything that the build of the windows reads.
fn windows_fingerprint(root: &Path) -> Result<String> {
    let mut inputs = files(&root.join(UI), NOT_SOURCES)?;
    inputs.extend(files(&root.join(TEXTS), &[])?);
    Ok(fingerprint(root, &inputs))
}

/// Tells one state of some files below a folder from another: by their names and what they hold,
/// wherever the folder lies.
fn fingerprint(folder: &Path, files: &[PathBuf]) -> String {
    let mut hasher = DefaultHasher::new();
    for path in files {
        let name = path.strip_prefix(folder).unwrap_or(path);
        (name, fs::read(path).ok()).hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

fn is_stamped(stamp: &Path, fingerprint: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|stored| stored == fingerprint)
}

fn set(stamp: &Path, fingerprint: &str) -> Result<()> {
    fs::create_dir_all(stamp.parent().context("a stamp needs a folder")?)?;
    fs::write(stamp, fingerprint)
        .with_context(|| format!("{} could not be written", stamp.display()))
}

/// Every file below a folder, sorted, except in folders (at any depth) of the given names.
fn files(folder: &Path, except: &[&str]) -> Result<Vec<PathBuf>> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    let entries =
        entries.filter_entry(|entry| !except.iter().any(|name| entry.file_name() == *name));
    let paths = entries.map(|entry| Ok(entry?.into_path()));
    let mut paths = paths.collect::<Result<Vec<_>>>()?;
    paths.retain(|path| path.is_file());
    Ok(paths)
}

/// Node, in a version that the projects support.
pub(crate) fn check_node(workspace: &Workspace) -> Result<()> {
    let get = "install Node 20 or newer (nodejs.org, or your package manager), then run this again";
    let version = shell::capture(cmd!(workspace.sh, "node --version")).with_context(|| {
        format!("Node was not found. Handset's windows are built with it: {get}")
    })?;
    match major(&version) {
        Some(major) if major >= NODE_MAJOR_MIN => Ok(()),
        _ => bail!(
            "Node {NODE_MAJOR_MIN} or newer is needed; this machine has {}: {get}",
            version.trim()
        ),
    }
}

fn major(version: &str) -> Option<u32> {
    version
        .trim()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A project whose npm cannot do anything, with its packages installed and its windows built.
    fn built(root: &Path) -> Workspace {
        for (name, text) in [
            ("ui/package.json", "{}"),
            ("ui/package-lock.json", "{}"),
            ("ui/src/deep/main.ts", ""),
            ("ui/node_modules/x/b.js", "b"),
            ("ui/dist/index.html", ""),
            ("locales/en-US/card.ftl", ""),
        ] {
            fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
            fs::write(root.join(name), text).unwrap();
        }
        let workspace = Workspace::in_test(root);
        let ui = root.join("ui");
        let locked = fingerprint(
            &ui,
            &[ui.join("package-lock.json"), ui.join("package.json")],
        );
        set(&ui.join("node_modules/.xtask-stamp"), &locked).unwrap();
        let inputs = windows_fingerprint(root).unwrap();
        set(&workspace.own("stamps").join("ui-build"), &inputs).unwrap();
        workspace
    }

    #[test]
    fn packages_are_installed_once_per_lock_file() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = built(folder.path());
        let prepare =
            || Project(UI.to_owned()).prepare(&workspace, Consent::OnlyCheck, Sink::Terminal);
        prepare().unwrap();
        fs::write(folder.path().join("ui/package-lock.json"), "{\"a\":1}").unwrap();
        let error = prepare().unwrap_err().to_string();
        assert!(
            error.contains("npm packages of ui are not installed"),
            "{error}"
        );
    }

    #[test]
    fn the_windows_are_built_again_after_an_edit_a_new_file_a_new_name_or_without_a_result() {
        let is_done = |change: &dyn Fn(&Path)| {
            let folder = tempfile::tempdir().unwrap();
            let workspace = built(folder.path());
            change(&folder.path().join("ui"));
            // Without a script of that name, `npm run build` fails.
            build_windows(&workspace, Sink::Terminal).is_ok_and(|built| !built)
        };
        let write = |ui: &Path, name: &str| fs::write(ui.join(name), "changed").unwrap();
        assert!(is_done(&|_| ()));
        assert!(is_done(&|ui| write(ui, "node_modules/x/b.js")));
        assert!(!is_done(&|ui| write(ui, "src/deep/main.ts")));
        assert!(!is_done(&|ui| write(ui, "src/new.ts")));
        assert!(!is_done(&|ui| write(ui, "../locales/en-US/card.ftl")));
        let rename = |ui: &Path| fs::rename(ui.join("src/deep"), ui.join("src/other"));
        assert!(!is_done(&|ui| rename(ui).unwrap()));
        assert!(!is_done(&|ui| fs::remove_dir_all(ui.join("dist")).unwrap()));
    }

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("20"), None);
    }
}
