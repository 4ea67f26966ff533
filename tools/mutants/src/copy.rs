//! The copy of the checkout in which sabotage is done.
//!
//! Ours, and neither cargo-mutants' copy nor a git worktree, since it stays between runs: only files that
//! differ are written, so that cargo builds only what changed. Promises: once it is made, what somebody
//! does in the checkout meanwhile changes nothing here. Must never: write to the checkout.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use crate::sabotages::Sabotage;

#[derive(Debug)]
pub(crate) struct Copy {
    pub(crate) root: PathBuf,
}

/// A file as it was before it was sabotaged.
pub(crate) struct Sound {
    file: PathBuf,
    text: String,
}

impl Copy {
    /// Brings the copy up to date with what git tracks in the checkout, as it is on disk now.
    pub(crate) fn make(sh: &Shell, root: &Path) -> Result<Self> {
        let listed = cmd!(sh, "git ls-files -z").quiet().read()?;
        let original = sh.current_dir();
        let tracked = listed
            .split('\0')
            .filter(|name| original.join(name).is_file());
        let tracked: BTreeSet<PathBuf> = tracked.map(|name| root.join(name)).collect();
        fs::create_dir_all(root)?;
        remove_others(root, &tracked)?;
        for path in &tracked {
            let content = fs::read(original.join(path.strip_prefix(root)?))?;
            if fs::read(path).is_ok_and(|there| there == content) {
                continue;
            }
            fs::create_dir_all(path.parent().unwrap_or(root))?;
            fs::write(path, content)
                .with_context(|| format!("{} could not be written", path.display()))?;
        }
        Ok(Self {
            root: root.to_path_buf(),
        })
    }

    pub(crate) fn sabotage(&self, sabotage: &Sabotage) -> Result<Sound> {
        let file = self.root.join(&sabotage.file);
        let text = sabotage.read(&self.root)?;
        fs::write(&file, text.replacen(&sabotage.find, &sabotage.put, 1))
            .context("the copy could not be changed")?;
        Ok(Sound { file, text })
    }
}

fn remove_others(folder: &Path, tracked: &BTreeSet<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(&path, tracked)?;
        } else if !tracked.contains(&path) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

impl Sound {
    /// Takes the sabotage back.
    pub(crate) fn put_back(&self) -> Result<()> {
        fs::write(&self.file, &self.text).context("a sabotage could not be taken back")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sabotage(find: &str) -> Sabotage {
        let [name, why, file, put, caught_by] =
            ["one", "it is tested", "a/b.txt", "changed", "engine"].map(str::to_owned);
        Sabotage {
            name,
            why,
            file,
            find: find.to_owned(),
            put,
            caught_by,
        }
    }

    /// A checkout of one file, and where its copy is made.
    fn checkout(text: &str) -> (tempfile::TempDir, Shell, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let (original, root) = (folder.path().join("original"), folder.path().join("copy"));
        fs::create_dir_all(original.join("a")).unwrap();
        fs::write(original.join("a/b.txt"), text).unwrap();
        let sh = Shell::new().unwrap();
        sh.change_dir(&original);
        cmd!(sh, "git init --quiet").quiet().run().unwrap();
        cmd!(sh, "git add .").quiet().run().unwrap();
        (folder, sh, root)
    }

    #[test]
    fn a_sabotage_changes_the_copy_only_and_is_taken_back() {
        let (_folder, sh, root) = checkout("here once");
        let copy = Copy::make(&sh, &root).unwrap();
        let read = |folder: &Path| fs::read_to_string(folder.join("a/b.txt")).unwrap();
        let sound = copy.sabotage(&sabotage("here")).unwrap();
        assert_eq!(read(&root), "changed once");
        assert_eq!(read(&sh.current_dir()), "here once");
        // Somebody goes on working meanwhile.
        fs::write(sh.current_dir().join("a/b.txt"), "something else").unwrap();
        sound.put_back().unwrap();
        assert_eq!(read(&root), "here once");
    }

    #[test]
    fn a_text_that_is_not_there_once_is_an_error() {
        let (_folder, sh, _) = checkout("twice twice");
        assert!(sabotage("twice").read(&sh.current_dir()).is_err());
        assert!(sabotage("never").read(&sh.current_dir()).is_err());
    }

    #[test]
    fn a_file_that_git_does_not_track_any_more_leaves_the_copy() {
        let (_folder, sh, root) = checkout("text");
        Copy::make(&sh, &root).unwrap();
        fs::write(root.join("a/old.txt"), "old").unwrap();
        Copy::make(&sh, &root).unwrap();
        assert!(!root.join("a/old.txt").exists());
    }
}
