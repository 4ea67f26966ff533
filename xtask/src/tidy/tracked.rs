//! What git tracks is what people wrote: no large file, and no binary but pictures and what the
//! fuzzer found. A wheel of 34 MB was once added by accident, and stays in the history for ever.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Whatever is longer was made or fetched by something.
const BYTES_MAX: u64 = 1024 * 1024;
/// Longer files that belong here all the same. None yet.
const LONG: [&str; 0] = [];
/// Pictures and icons.
const BINARY_KINDS: [&str; 3] = ["png", "ico", "icns"];
/// Inputs of the fuzzer are any bytes.
const CORPUS: &str = "/fuzz/corpus/";
/// So much of a file is looked at, as git does.
const HEAD_BYTES: u64 = 8_000;

/// A file that git tracks.
pub(super) struct Tracked {
    /// From the root, with `/` between the parts.
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) is_binary: bool,
}

/// The files of a list as `git ls-files -z` prints it; those that are gone from the checkout are
/// left out.
pub(super) fn read(root: &Path, list: &str) -> Vec<Tracked> {
    let names = list.split('\0').filter(|name| !name.is_empty());
    names
        .filter_map(|name| {
            let file = File::open(root.join(name)).ok()?;
            let bytes = file.metadata().ok()?.len();
            let mut head = Vec::new();
            file.take(HEAD_BYTES).read_to_end(&mut head).ok()?;
            Some(Tracked {
                name: name.to_owned(),
                bytes,
                is_binary: head.contains(&0),
            })
        })
        .collect()
}

pub(super) fn check(tracked: &[Tracked]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in tracked {
        let name = &file.name;
        if file.bytes > BYTES_MAX && !LONG.contains(&name.as_str()) {
            let kib = file.bytes / 1024;
            faults.push(format!("{name}: {kib} KiB are tracked; 1024 are allowed"));
        }
        let end = name.rsplit_once('.').map_or("", |(_, end)| end);
        if file.is_binary && !BINARY_KINDS.contains(&end) && !name.contains(CORPUS) {
            faults.push(format!(
                "{name}: a binary is tracked; only pictures and the fuzzer's inputs may be"
            ));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(name: &str, bytes: u64, is_binary: bool) -> usize {
        let name = name.to_owned();
        check(&[Tracked {
            name,
            bytes,
            is_binary,
        }])
        .len()
    }

    #[test]
    fn large_files_and_binaries_are_faults() {
        assert_eq!(count("atheris-3.0.0.whl", 34_807_808, true), 2);
        assert_eq!(count("data.json", BYTES_MAX + 1, false), 1);
        assert_eq!(count("tools/helper", 10, true), 1);
    }

    #[test]
    fn text_pictures_and_the_corpus_are_fine() {
        assert_eq!(count("Cargo.lock", BYTES_MAX, false), 0);
        assert_eq!(count("docs/screenshots/queue.png", 80_000, true), 0);
        assert_eq!(count("apollo/fuzz/corpus/words/0a1b", 300, true), 0);
    }

    #[test]
    fn a_binary_is_known_by_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a"), b"PK\x03\x04\0").unwrap();
        std::fs::write(folder.path().join("b"), "words").unwrap();
        let read = read(folder.path(), "a\0b\0gone\0");
        let binary: Vec<_> = read.iter().map(|file| file.is_binary).collect();
        assert_eq!(binary, [true, false]);
    }
}
