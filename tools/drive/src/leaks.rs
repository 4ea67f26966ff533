//! Looks for texts that must not be there in every byte of every file of a folder.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use aho_corasick::AhoCorasick;
use anyhow::{Context, Result};

/// A forbidden text that was found. It holds the text: for the eyes of whoever runs the test on
/// synthetic data.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Leak {
    pub(crate) text: String,
    pub(crate) file: PathBuf,
}

impl std::fmt::Display for Leak {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} in {}", self.text, self.file.display())
    }
}

/// What was searched and found.
pub(crate) struct Search {
    pub(crate) leaks: BTreeSet<Leak>,
    pub(crate) files: usize,
}

/// Reads every file under `folders`. Sockets and links are not followed.
pub(crate) fn search(folders: &[PathBuf], texts: &[String]) -> Result<Search> {
    let finder = AhoCorasick::new(texts).context("the texts cannot be searched for")?;
    let mut search = Search {
        leaks: BTreeSet::new(),
        files: 0,
    };
    for folder in folders {
        search_folder(folder, texts, &finder, &mut search)?;
    }
    Ok(search)
}

fn search_folder(
    folder: &Path,
    texts: &[String],
    finder: &AhoCorasick,
    search: &mut Search,
) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            search_folder(&entry.path(), texts, finder, search)?;
        } else if kind.is_file() {
            let bytes = fs::read(entry.path())?;
            search.files += 1;
            for found in finder.find_overlapping_iter(&bytes) {
                let text = texts[found.pattern()].clone();
                search.leaks.insert(Leak {
                    text,
                    file: entry.path(),
                });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_in_any_file_at_any_depth_between_any_bytes() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("a/b")).unwrap();
        fs::write(folder.path().join("a/b/c"), b"\0\xff+12025550143\xfe").unwrap();
        fs::write(folder.path().join("clean"), b"nothing").unwrap();
        let texts = ["+12025550143".to_owned(), "Ada Lovelace".to_owned()];
        let search = search(&[folder.path().to_owned()], &texts).unwrap();
        assert_eq!(search.files, 2);
        let leak = Leak {
            text: texts[0].clone(),
            file: folder.path().join("a/b/c"),
        };
        assert_eq!(search.leaks, BTreeSet::from([leak]));
    }

    #[test]
    fn texts_that_overlap_are_all_found() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), b"ada@example.com").unwrap();
        let texts = ["example.com".to_owned(), "ada@example.com".to_owned()];
        assert_eq!(
            search(&[folder.path().to_owned()], &texts)
                .unwrap()
                .leaks
                .len(),
            2
        );
    }
}
