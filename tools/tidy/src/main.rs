//! `cargo xtask test tidy`: the project's own rules, checked from the sources: what no compiler, linter or
//! test says. A fault is one line: where, and what is wrong.
//!
//! Only the rules are ours; git finds the places. Which crate may depend on which stands in `deny.toml`;
//! links are followed by markdownlint (`docs/.markdownlint-cli2.jsonc`).

mod circles;
mod texts;

use std::env;
use std::fs;
use std::io::{self, Write};

use anyhow::{Result, ensure};
use xshell::{Shell, cmd};

/// A longer file was made or fetched by a program. A wheel of 34 MB was once added by accident, and
/// stays in the history for ever.
const BYTES_MAX: u64 = 1024 * 1024;
/// Pictures and icons.
const BINARY_KINDS: [&str; 3] = [".png", ".ico", ".icns"];
/// Data folders as earlier versions wrote them.
const FORMATS: &str = "/store/tests/formats/";
/// Inputs of the fuzzer are any bytes.
const CORPUS: &str = "/fuzz/corpus/";
/// Shorter folders (such as `/`) say nothing about a machine.
const FOLDER_CHARS_MIN: usize = 4;
/// The name of a type with a word in it that says nothing about what the type is.
const EMPTY_NAME: &str = "^ *(pub(\\([^)]*\\))? +)?(struct|enum|trait|type|union) \
                          +[[:alnum:]_]*(Manager|Helper|Util|Service)s?([^a-z]|$)";
/// Links with more steps up than there are folders.
const WAYS_OUT: [(&str, &str); 3] = [
    (r"\]\(\.\./", ":(glob)*.md"),
    (r"\]\((\.\./){2}", ":(glob)*/*.md"),
    (r"\]\((\.\./){3}", ":(glob)*/*/*.md"),
];
const DECISIONS: &str = "docs/adr/";

fn main() -> Result<()> {
    let sh = Shell::new()?;
    let mut faults = check(&sh)?;
    faults.extend(circles::check(&sh.current_dir())?);
    faults.extend(texts::check(&sh)?);
    for fault in &faults {
        writeln!(io::stdout(), "{fault}")?;
    }
    ensure!(faults.is_empty(), "the tree is not tidy");
    Ok(())
}

/// Every fault found, but circles and those of texts.
fn check(sh: &Shell) -> Result<Vec<String>> {
    let mut faults = unwanted(sh)?;
    let mut find = |why: &str, option: &str, pattern: &str, files: &[&str]| {
        let grep = cmd!(
            sh,
            "git grep --untracked -I -E {option} -e {pattern} -- {files...}"
        );
        // It fails where nothing is found.
        let found = grep.quiet().ignore_status().read()?;
        faults.extend(found.lines().map(|place| format!("{place}: {why}")));
        anyhow::Ok(())
    };
    let of_types = "a type is named for what it is or does";
    find(of_types, "-n", EMPTY_NAME, &["*.rs"])?;
    let of_crates = "does not begin with a `//!` that says what it is for";
    find(of_crates, "-L", "^//!", &["*src/lib.rs", "*src/main.rs"])?;
    for (pattern, files) in WAYS_OUT {
        find(
            "this link leads out of the project",
            "-n",
            pattern,
            &[files],
        )?;
    }
    // Made-up paths, as tests need them, are no faults.
    let root = sh.current_dir().display().to_string();
    for folder in [root, env::var("HOME").unwrap_or_default()] {
        if folder.len() >= FOLDER_CHARS_MIN {
            find(
                "names a folder of this machine",
                "-n",
                &whole(&folder),
                &["."],
            )?;
        }
    }
    faults.extend(unlisted_decisions(sh)?);
    Ok(faults)
}

/// Files that git tracks, or would, are written by people: no large file, and no binary but pictures and
/// the fuzzer's inputs.
fn unwanted(sh: &Shell) -> Result<Vec<String>> {
    let list = cmd!(
        sh,
        "git ls-files -z --eol --cached --others --exclude-standard"
    );
    let mut faults = Vec::new();
    for (kind, name) in list
        .quiet()
        .read()?
        .split('\0')
        .filter_map(|line| line.split_once('\t'))
    {
        // A file that is gone from the checkout is listed until that is committed.
        let Ok(data) = fs::metadata(sh.current_dir().join(name)) else {
            continue;
        };
        if data.len() > BYTES_MAX {
            let kib = data.len() / 1024;
            faults.push(format!(
                "{name}: it has {kib} KiB; the repository takes files of 1024"
            ));
        }
        let may_be_binary = |end: &&str| name.ends_with(*end);
        let may_be = name.contains(CORPUS)
            || name.contains(FORMATS)
            || BINARY_KINDS.iter().any(may_be_binary);
        if kind.contains("w/-text") && !may_be {
            faults.push(format!(
                "{name}: a binary; only pictures, old data folders and the fuzzer's inputs may be"
            ));
        }
    }
    Ok(faults)
}

/// Finds a folder and what lies in it; not a folder of that name further down another path, and not one
/// whose name goes on.
fn whole(folder: &str) -> String {
    let folder = folder.trim_end_matches('/');
    let literal = folder.chars().fold(String::new(), |literal, c| {
        literal + "[" + &c.to_string() + "]"
    });
    format!("(^|[^[:alnum:]._}}~-]){literal}([^[:alnum:]._}}~-]|$)")
}

/// Every decision is in the index of decisions.
fn unlisted_decisions(sh: &Shell) -> Result<Vec<String>> {
    let folder = sh.current_dir().join(DECISIONS);
    let index = fs::read_to_string(folder.join("README.md"))?;
    let names = fs::read_dir(folder)?
        .flatten()
        .map(|entry| entry.file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    let unlisted =
        names.filter(|name| name != "README.md" && !index.contains(&format!("({name})")));
    Ok(unlisted
        .map(|name| format!("{DECISIONS}{name}: is not linked from {DECISIONS}README.md"))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with a checkout of these files.
    fn faults(files: &[(&str, &[u8])]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let sh = Shell::new().unwrap();
        sh.change_dir(folder.path());
        cmd!(sh, "git init --quiet").quiet().run().unwrap();
        for (name, bytes) in [("docs/adr/README.md", b"[a](0001-a.md)".as_slice())]
            .iter()
            .chain(files)
        {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            // Tests, too, name no folder of this machine.
            let root = folder.path().display().to_string();
            let text = std::str::from_utf8(bytes).map(|text| text.replace("CHECKOUT", &root));
            fs::write(path, text.as_ref().map_or(*bytes, |text| text.as_bytes())).unwrap();
        }
        check(&sh).unwrap()
    }

    #[test]
    fn large_files_and_binaries_are_faults_but_text_pictures_and_the_corpus() {
        let long = vec![b' '; 1024 * 1024 + 1];
        let zip = b"PK\x03\x04\0".as_slice();
        let found = faults(&[
            ("data.json", &long),
            ("Cargo.lock", &long[1..]),
            ("tools/helper", zip),
        ]);
        assert!(
            found[0].starts_with("data.json: ") && found[1].starts_with("tools/helper: a binary")
        );
        assert_eq!(found.len(), 2);
        let fine = [
            "docs/screenshots/queue.png",
            "apollo/fuzz/corpus/words/0a1b",
        ];
        assert!(faults(&fine.map(|name| (name, zip))).is_empty());
    }

    #[test]
    fn a_file_that_names_the_checkout_is_a_fault_and_one_of_another_folder_is_not() {
        for text in [
            "see CHECKOUT/docs",
            "see \"CHECKOUT\"",
            "x\nHOME=CHECKOUT\n",
        ] {
            assert_eq!(faults(&[("a.md", text.as_bytes())]).len(), 1, "{text}");
        }
        for text in [
            "https://example.comCHECKOUT",
            "..CHECKOUT",
            "CHECKOUT-2",
            "CHECKOUTs",
        ] {
            assert!(faults(&[("a.md", text.as_bytes())]).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_crate_that_does_not_say_what_it_is_for_is_a_fault() {
        assert_eq!(
            faults(&[
                ("crates/domain/src/lib.rs", b"mod a;\n"),
                ("src/lib_rs.rs", b"mod a;")
            ])
            .len(),
            1
        );
        assert!(faults(&[("xtask/src/main.rs", b"//! Everything.\nmod a;\n")]).is_empty());
    }

    #[test]
    fn a_type_with_an_empty_word_in_its_name_is_a_fault() {
        for (start, end) in [
            ("struct Key", "Manager;"),
            ("pub enum Upper", "Helper {"),
            ("pub(crate) trait Fetch", "Service: Send {"),
            ("    pub type Queue", "Utils<T> = Vec<T>;"),
        ] {
            assert_eq!(
                faults(&[("a.rs", format!("{start}{end}\n").as_bytes())]).len(),
                1,
                "{start}"
            );
        }
        let fine = b"struct Utilization;\nuse x::ServiceExt;\nlet manager = 1;\n";
        assert!(faults(&[("a.rs", fine)]).is_empty());
    }

    #[test]
    fn a_link_out_of_the_project_is_a_fault() {
        let [one, two, three] =
            ["[x](../x.md)", "[x](../../x.md)", "[x](../../../x.md)"].map(str::as_bytes);
        assert_eq!(
            faults(&[("a.md", one), ("docs/a.md", two), ("docs/b/a.md", three)]).len(),
            3
        );
        assert!(faults(&[("docs/a.md", one), ("docs/b/a.md", two)]).is_empty());
    }

    #[test]
    fn a_decision_that_the_index_does_not_link_is_a_fault() {
        let found = faults(&[("docs/adr/0001-a.md", b""), ("docs/adr/0002-b.md", b"")]);
        assert_eq!(
            found,
            ["docs/adr/0002-b.md: is not linked from docs/adr/README.md"]
        );
    }
}
