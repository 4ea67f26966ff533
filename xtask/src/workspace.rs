//! Where things are: the checkout, the target folder, the programs built from it.

use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;
use xshell::{Shell, cmd};

use crate::shell;

pub(crate) struct Workspace {
    /// Runs everything in the root of the checkout.
    pub(crate) sh: Shell,
    pub(crate) root: PathBuf,
    /// Cargo's target folder, wherever the person has put it.
    pub(crate) target: PathBuf,
}

impl Workspace {
    pub(crate) fn find() -> Result<Self> {
        let root = root()?;
        let sh = Shell::new()?;
        sh.change_dir(&root);
        let metadata = shell::capture(cmd!(sh, "cargo metadata --no-deps --format-version 1"))?;
        let metadata: Value = serde_json::from_str(&metadata)
            .context("the output of cargo metadata could not be read")?;
        let target = metadata["target_directory"].as_str();
        let target = target
            .context("cargo metadata names no target folder")?
            .into();
        Ok(Self { sh, root, target })
    }

    /// xtask's own corner of the target folder.
    pub(crate) fn own(&self, name: &str) -> PathBuf {
        self.target.join("xtask").join(name)
    }

    /// A program that was built, or one of its `examples/`.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.target
            .join("debug")
            .join(format!("{name}{EXE_SUFFIX}"))
    }

    /// A path as a person types it: relative to the checkout where it lies inside.
    pub(crate) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root)
            .unwrap_or(path)
            .display()
            .to_string()
    }

    /// A workspace in a folder of a test's.
    #[cfg(test)]
    pub(crate) fn in_test(root: &Path) -> Self {
        let sh = Shell::new().unwrap();
        sh.change_dir(root);
        Self {
            sh,
            root: root.to_path_buf(),
            target: root.join("target"),
        }
    }
}

/// The root of the checkout.
pub(crate) fn root() -> Result<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    Ok(root.context("xtask has no parent folder")?.to_path_buf())
}
