//! The copy of the checkout in which sabotage is done.
//!
//! Promises: only files that differ are written, so that cargo builds only what changed; once it is
//! made, what somebody does in the checkout meanwhile changes nothing here. Must never: write to the
//! checkout.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::list::Mutant;
use crate::shell::{self, Step};

#[derive(Debug)]
pub(crate) struct Copy {
    root: PathBuf,
}

/// A file as it was before it was sabotaged.
pub(crate) struct Sound {
    file: PathBuf,
    text: String,
}

impl Copy {
    /// Brings the copy up to date with what git tracks in `original`, as it is on disk now.
    pub(crate) fn make(original: &Path, root: &Path) -> Result<Self> {
        let listed = shell::capture(&Step::new("git", original).args(["ls-files", "-z"]))?;
        let names: BTreeSet<&str> = listed
            .split('\0')
            .filter(|name| original.join(name).is_file())
            .collect();
        let copy = Self {
            root: root.to_path_buf(),
        };
        for name in &names {
            copy.bring(original, name)?;
        }
        copy.remove_others(root, &names)?;
        Ok(copy)
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Whether the text to be replaced is there, once.
    pub(crate) fn check(&self, mutant: &Mutant) -> Result<()> {
        self.sabotaged(mutant).map(drop)
    }

    pub(crate) fn sabotage(&self, mutant: &Mutant) -> Result<Sound> {
        let (sound, text) = self.sabotaged(mutant)?;
        fs::write(&sound.file, text).context("the copy could not be changed")?;
        Ok(sound)
    }

    fn sabotaged(&self, mutant: &Mutant) -> Result<(Sound, String)> {
        let file = self.root.join(mutant.file);
        let text = fs::read_to_string(&file)
            .with_context(|| format!("{} could not be read", mutant.file))?
            .replace("\r\n", "\n");
        match text.matches(mutant.search).count() {
            1 => {
                let sabotaged = text.replacen(mutant.search, mutant.replace, 1);
                Ok((Sound { file, text }, sabotaged))
            }
            count => bail!(
                "the text that {:?} replaces is {count} times in {}, and must be there once",
                mutant.name,
                mutant.file
            ),
        }
    }

    fn bring(&self, original: &Path, name: &str) -> Result<()> {
        let content = fs::read(original.join(name))?;
        let target = self.root.join(name);
        if fs::read(&target).is_ok_and(|there| there == content) {
            return Ok(());
        }
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&target, content).with_context(|| format!("{name} could not be copied"))
    }

    fn remove_others(&self, folder: &Path, names: &BTreeSet<&str>) -> Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                self.remove_others(&path, names)?;
                continue;
            }
            let name = path.strip_prefix(&self.root)?;
            let name = name.to_string_lossy().replace('\\', "/");
            if !names.contains(name.as_str()) {
                fs::remove_file(&path)?;
            }
        }
        Ok(())
    }
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
    use crate::mutants::Catcher;

    fn mutant(search: &'static str) -> Mutant {
        Mutant {
            name: "one",
            why: "it is tested",
            file: "a/b.txt",
            search,
            replace: "changed",
            caught_by: Catcher::Engine,
        }
    }

    /// A checkout of one file, and where its copy is made.
    fn checkout(text: &str) -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let (original, root) = (folder.path().join("original"), folder.path().join("copy"));
        fs::create_dir_all(original.join("a")).unwrap();
        fs::write(original.join("a/b.txt"), text).unwrap();
        shell::capture(&Step::new("git", &original).args(["init", "--quiet"])).unwrap();
        shell::capture(&Step::new("git", &original).args(["add", "."])).unwrap();
        (folder, original, root)
    }

    #[test]
    fn a_sabotage_changes_the_copy_only_and_is_taken_back() {
        let (_folder, original, root) = checkout("here once");
        let copy = Copy::make(&original, &root).unwrap();
        let read = |folder: &Path| fs::read_to_string(folder.join("a/b.txt")).unwrap();
        let sound = copy.sabotage(&mutant("here")).unwrap();
        assert_eq!(read(&root), "changed once");
        assert_eq!(read(&original), "here once");
        // Somebody goes on working meanwhile.
        fs::write(original.join("a/b.txt"), "something else").unwrap();
        sound.put_back().unwrap();
        assert_eq!(read(&root), "here once");
    }

    #[test]
    fn a_text_that_is_not_there_once_is_an_error() {
        let (_folder, original, root) = checkout("twice twice");
        let copy = Copy::make(&original, &root).unwrap();
        assert!(copy.check(&mutant("twice")).is_err());
        assert!(copy.check(&mutant("never")).is_err());
    }

    #[test]
    fn a_file_that_git_does_not_track_any_more_leaves_the_copy() {
        let (_folder, original, root) = checkout("text");
        Copy::make(&original, &root).unwrap();
        fs::write(root.join("a/old.txt"), "old").unwrap();
        Copy::make(&original, &root).unwrap();
        assert!(!root.join("a/old.txt").exists());
    }
}
