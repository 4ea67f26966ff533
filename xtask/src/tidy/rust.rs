//! Rust sources: every crate says what it is for, and types are named for what they are.

use super::Source;

/// Words that say nothing about what a type is.
const EMPTY_WORDS: [&str; 8] = [
    "Manager", "Managers", "Helper", "Helpers", "Util", "Utils", "Service", "Services",
];
const TYPE_KEYWORDS: [&str; 5] = ["struct", "enum", "trait", "type", "union"];

pub(super) fn check(sources: &[Source]) -> Vec<String> {
    sources
        .iter()
        .filter(|source| source.ends_in("rs"))
        .flat_map(|source| [missing_doc(source), empty_names(source)])
        .flatten()
        .collect()
}

/// Crate roots begin with a module doc.
fn missing_doc(source: &Source) -> Vec<String> {
    let is_root = ["src/lib.rs", "src/main.rs"]
        .iter()
        .any(|root| source.name == *root || source.name.ends_with(&format!("/{root}")));
    if is_root && !source.text.trim_start().starts_with("//!") {
        return vec![format!(
            "{}:1: does not begin with a `//!` that says what it is for",
            source.name
        )];
    }
    Vec::new()
}

fn empty_names(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    for (number, line) in source.text.lines().enumerate() {
        let Some(name) = type_name(line) else {
            continue;
        };
        if let Some(word) = words(name).find(|word| EMPTY_WORDS.contains(word)) {
            faults.push(format!(
                "{}:{}: type {name} is called a {word}; name what it is or does",
                source.name,
                number + 1
            ));
        }
    }
    faults
}

/// The name of the type that a line declares.
fn type_name(line: &str) -> Option<&str> {
    let line = line.trim_start();
    // `pub`, `pub(crate)` and `pub(in path)` in front.
    let line = match line.strip_prefix("pub") {
        Some(rest) if rest.starts_with('(') => rest.split_once(')')?.1,
        Some(rest) => rest,
        None => line,
    };
    let (keyword, rest) = line.trim_start().split_once(' ')?;
    if !TYPE_KEYWORDS.contains(&keyword) {
        return None;
    }
    let end = rest
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    rest.get(..end).filter(|name| !name.is_empty())
}

/// The words of a name in camel case.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = name
        .char_indices()
        .filter(|(place, c)| *place == 0 || c.is_uppercase())
        .map(|(place, _)| place)
        .chain([name.len()])
        .collect();
    let pieces: Vec<&str> = starts
        .windows(2)
        .filter_map(|pair| name.get(pair[0]..pair[1]))
        .collect();
    pieces.into_iter()
}

#[cfg(test)]
mod tests {
    use super::super::source;
    use super::*;

    #[test]
    fn a_crate_that_does_not_say_what_it_is_for_is_a_fault() {
        let bare = source("src-tauri/crates/desk/src/lib.rs", "mod a;\n");
        assert_eq!(check(&[bare]).len(), 1);
        let said = source(
            "xtask/src/main.rs",
            "//! Everything a person types.\nmod a;\n",
        );
        assert!(check(&[said]).is_empty());
        let inner = source("xtask/src/run/lib_rs.rs", "mod a;\n");
        assert!(check(&[inner]).is_empty());
    }

    #[test]
    fn a_type_with_an_empty_word_in_its_name_is_a_fault() {
        for (start, end) in [
            ("struct Key", "Manager;"),
            ("pub enum Upper", "Helper {"),
            ("pub(crate) trait Fetch", "Service: Send {"),
            ("    pub type Queue", "Utils<T> = Vec<T>;"),
        ] {
            let text = format!("{start}{end}\n");
            assert_eq!(check(&[source("a.rs", &text)]).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_word_that_only_contains_an_empty_word_is_fine() {
        let text = "struct Utilization;\nuse x::ServiceExt;\nlet manager = 1;\n";
        assert!(check(&[source("a.rs", text)]).is_empty());
    }
}
