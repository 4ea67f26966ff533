//! The npm projects of the checkout: the windows (`ui`), the browser tests (`tests/ui`), and the
//! scripts that find elements in the real window (`tests/drive/queries`).

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::shell::{self, Step};
use crate::stamps::{Fingerprint, Stamp};
use crate::workspace::Workspace;

/// The oldest Node that the tools of the two projects support.
const NODE_MAJOR_MIN: u32 = 20;
/// Folders in `ui` that are made from it, or that no build reads.
const NOT_SOURCES: &[&str] = &[
    "node_modules",
    "dist",
    "dist-loopback",
    "coverage",
    "test-results",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Project {
    Ui,
    BrowserTests,
    Queries,
}

impl Project {
    pub(crate) const ALL: [Self; 3] = [Self::Ui, Self::BrowserTests, Self::Queries];
    /// Those with formatting, lints, types and tests of their own.
    pub(crate) const CHECKED: [Self; 2] = [Self::Ui, Self::BrowserTests];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ui => "ui",
            Self::BrowserTests => "tests/ui",
            Self::Queries => "tests/drive/queries",
        }
    }

    pub(crate) fn folder(self, workspace: &Workspace) -> PathBuf {
        workspace.root.join(self.name())
    }

    /// `npm run <script>` in this project.
    pub(crate) fn script(self, workspace: &Workspace, script: &str) -> Step {
        npm(&self.folder(workspace)).args(["run", "--silent", script])
    }

    /// The step that installs what the lock file names; none when that is done already.
    pub(crate) fn install(self, workspace: &Workspace) -> Option<Step> {
        let folder = self.folder(workspace);
        (!self.stamp(workspace).is(locked(&folder)))
            .then(|| npm(&folder).args(["ci", "--no-audit", "--no-fund"]))
    }

    pub(crate) fn installed(self, workspace: &Workspace) -> Result<()> {
        self.stamp(workspace).set(locked(&self.folder(workspace)))
    }

    /// The stamp lies in `node_modules`, so that it goes when the folder goes.
    fn stamp(self, workspace: &Workspace) -> Stamp {
        Stamp::at(
            self.folder(workspace)
                .join("node_modules")
                .join(".xtask-stamp"),
        )
    }
}

fn locked(folder: &Path) -> Fingerprint {
    Fingerprint::new()
        .file(&folder.join("package-lock.json"))
        .file(&folder.join("package.json"))
}

fn npm(folder: &Path) -> Step {
    Step::new(if cfg!(windows) { "npm.cmd" } else { "npm" }, folder)
        .env("npm_config_update_notifier", "false")
        .env("npm_config_fund", "false")
}

/// The build of the windows, done again only when something it reads has changed.
#[derive(Debug)]
pub(crate) struct UiBuild {
    stamp: Stamp,
    inputs: Fingerprint,
    dist: PathBuf,
    pub(crate) step: Step,
}

impl UiBuild {
    pub(crate) fn plan(workspace: &Workspace) -> Result<Self> {
        let folder = Project::Ui.folder(workspace);
        Ok(Self {
            stamp: Stamp::at(workspace.own().join("stamps").join("ui-build")),
            inputs: Fingerprint::new().folder(&folder, NOT_SOURCES)?,
            dist: folder.join("dist"),
            step: Project::Ui.script(workspace, "build"),
        })
    }

    pub(crate) fn is_done(&self) -> bool {
        self.dist.join("index.html").is_file() && self.stamp.is(self.inputs)
    }

    pub(crate) fn done(&self) -> Result<()> {
        if !self.dist.join("index.html").is_file() {
            bail!("`{}` left no ui/dist/index.html", self.step.shown());
        }
        self.stamp.set(self.inputs)
    }
}

/// Node, in a version that the projects support.
pub(crate) fn check_node(workspace: &Workspace) -> Result<()> {
    let step = Step::new("node", &workspace.root).arg("--version");
    let version = shell::capture(&step).context(
        "Node was not found. Handset's windows are built with it: install Node 20 or newer \
         (nodejs.org, or your package manager), then run this again",
    )?;
    match major(&version) {
        Some(major) if major >= NODE_MAJOR_MIN => Ok(()),
        _ => bail!(
            "Node {NODE_MAJOR_MIN} or newer is needed; this machine has {}. Install a newer one \
             (nodejs.org, or your package manager), then run this again",
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
    use std::fs;

    use super::*;

    fn workspace(folder: &Path) -> Workspace {
        fs::create_dir_all(folder.join("ui/src")).unwrap();
        fs::write(folder.join("ui/package.json"), "{}").unwrap();
        fs::write(folder.join("ui/package-lock.json"), "{}").unwrap();
        fs::write(folder.join("ui/src/main.ts"), "").unwrap();
        Workspace {
            root: folder.to_path_buf(),
            target: folder.join("target"),
        }
    }

    #[test]
    fn packages_are_installed_once_per_lock_file() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = workspace(folder.path());
        assert!(Project::Ui.install(&workspace).is_some());
        Project::Ui.installed(&workspace).unwrap();
        assert!(Project::Ui.install(&workspace).is_none());
        fs::write(folder.path().join("ui/package-lock.json"), "{\"a\":1}").unwrap();
        assert!(Project::Ui.install(&workspace).is_some());
    }

    #[test]
    fn the_windows_are_built_again_only_after_an_edit_or_without_a_result() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = workspace(folder.path());
        let build = UiBuild::plan(&workspace).unwrap();
        assert!(!build.is_done());
        assert!(
            build.done().is_err(),
            "a build without a result is not done"
        );
        fs::create_dir_all(folder.path().join("ui/dist")).unwrap();
        fs::write(folder.path().join("ui/dist/index.html"), "").unwrap();
        build.done().unwrap();
        assert!(UiBuild::plan(&workspace).unwrap().is_done());
        fs::write(folder.path().join("ui/src/main.ts"), "edited").unwrap();
        assert!(!UiBuild::plan(&workspace).unwrap().is_done());
    }

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("20"), None);
    }
}
