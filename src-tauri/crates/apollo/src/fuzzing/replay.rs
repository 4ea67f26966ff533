//! Replays the stored corpus, without a fuzzer.

use std::{fs, path::Path};

use super::TARGETS;

/// The most that the repository holds of it.
const MAX_CORPUS_BYTES: u64 = 300 * 1024;

#[test]
fn every_input_of_the_corpus_still_holds_its_promises() {
    let mut bytes = 0;
    for (target, check) in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fuzz/corpus")
            .join(target);
        let mut inputs = 0;
        for entry in fs::read_dir(&folder).unwrap() {
            let input = fs::read(entry.unwrap().path()).unwrap();
            bytes += u64::try_from(input.len()).unwrap();
            check(&input);
            inputs += 1;
        }
        assert!(
            inputs > 0,
            "the corpus of {target} is in {}",
            folder.display()
        );
    }
    assert!(
        bytes < MAX_CORPUS_BYTES,
        "{bytes} bytes: `cargo xtask fuzz` can shrink it"
    );
}
