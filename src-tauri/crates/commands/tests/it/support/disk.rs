//! Every byte of every file of a folder.

use std::{collections::BTreeSet, fs, path::Path};

use aho_corasick::AhoCorasick;

/// Which of `texts` stand in any file under `folder`, as *text* in *file*. Panics when there is
/// no file at all, since that would prove nothing.
pub(crate) fn leaks(folder: &Path, texts: &[String]) -> BTreeSet<String> {
    let finder = AhoCorasick::new(texts).expect("texts that can be searched for");
    let mut found = BTreeSet::new();
    let files = search(folder, texts, &finder, &mut found);
    assert!(files > 0, "there is nothing in {}", folder.display());
    found
}

fn search(
    folder: &Path,
    texts: &[String],
    finder: &AhoCorasick,
    found: &mut BTreeSet<String>,
) -> usize {
    let mut files = 0;
    for entry in fs::read_dir(folder).expect("a folder that can be read") {
        let entry = entry.expect("an entry");
        let path = entry.path();
        if path.is_dir() {
            files += search(&path, texts, finder, found);
            continue;
        }
        files += 1;
        // A file that went away meanwhile holds nothing.
        let bytes = fs::read(&path).unwrap_or_default();
        for hit in finder.find_overlapping_iter(&bytes) {
            let text = &texts[hit.pattern().as_usize()];
            found.insert(format!("{text:?} in {}", path.display()));
        }
    }
    files
}
