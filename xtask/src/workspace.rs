//! Where things are: the checkout, the target folder, the programs built from it.

use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::shell::{self, Step};

#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    /// Cargo's target folder, wherever the person has put it.
    pub(crate) target: PathBuf,
}

impl Workspace {
    pub(crate) fn find() -> Result<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = here
            .parent()
            .context("xtask has no parent folder")?
            .to_path_buf();
        let step = Step::cargo(&root).args(["metadata", "--no-deps", "--format-version", "1"]);
        let metadata: Value = serde_json::from_str(&shell::capture(&step)?)
            .context("the output of cargo metadata could not be read")?;
        let target = metadata["target_directory"]
            .as_str()
            .context("cargo metadata names no target folder")?;
        Ok(Self {
            root,
            target: PathBuf::from(target),
        })
    }

    /// xtask's own corner of the target folder.
    pub(crate) fn own(&self) -> PathBuf {
        self.target.join("xtask")
    }

    pub(crate) fn logs(&self) -> PathBuf {
        self.own().join("logs")
    }

    /// Programs that xtask installed because the machine had none.
    pub(crate) fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// A program built by [`crate::build`].
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.target
            .join("debug")
            .join(format!("{name}{EXE_SUFFIX}"))
    }

    pub(crate) fn example(&self, name: &str) -> PathBuf {
        self.target
            .join("debug")
            .join("examples")
            .join(format!("{name}{EXE_SUFFIX}"))
    }

    /// A path as a person types it: relative to the checkout where it lies inside.
    pub(crate) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root)
            .unwrap_or(path)
            .display()
            .to_string()
    }
}
