//! Texts: every language in `locales` has the messages of the base language with their values, every
//! text that Rust makes is one of them, and none is left that nobody shows.
//!
//! What TypeScript shows is checked by its compiler (`ui/src/generated/messages.ts`). As for circles, test
//! code does not count, and only the tokens of the sources are read: an id that is put together from parts
//! is not seen.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Result;
use proc_macro2::{TokenStream, TokenTree as Tree};
use text::Messages;
use xshell::{Shell, cmd};

use crate::circles::after_item;

const LOCALES: &str = "locales/";
/// The language that has every message.
const BASE: &str = "en-US";
/// Names every message, whoever shows it.
const GENERATED: &str = "ui/src/generated/";
/// Parts of the names of files whose code is for tests.
const OF_TESTS: [&str; 3] = ["tests/", "ui/src/testing/", ".test."];
const QUOTES: [char; 3] = ['"', '\'', '`'];

/// Files by their names.
type Files = BTreeMap<String, String>;
/// The messages of one language, by the names of its files.
type Language = BTreeMap<String, Messages>;

/// The messages that a source mentions.
#[derive(Debug, Default)]
struct Mentions {
    /// Each `message!`: its id and the names of its values.
    made: Vec<(String, BTreeSet<String>)>,
    /// Every text in quotes.
    quoted: BTreeSet<String>,
}

/// Every fault of the texts of a checkout.
pub(crate) fn check(sh: &Shell) -> Result<Vec<String>> {
    let kinds = ["locales/*.ftl", "*.rs", "ui/src/*.ts", "ui/src/*.tsx"];
    let list = cmd!(
        sh,
        "git ls-files -z --cached --others --exclude-standard -- {kinds...}"
    );
    let mut files = Files::new();
    for name in list.quiet().read()?.split('\0') {
        // A file that is gone from the checkout is listed until that is committed.
        if let Ok(text) = fs::read_to_string(sh.current_dir().join(name)) {
            files.insert(name.to_owned(), text);
        }
    }
    Ok(faults(&files))
}

fn faults(files: &Files) -> Vec<String> {
    let (mut languages, mut faults) = languages(files);
    let base = languages.remove(BASE).unwrap_or_default();
    for (tag, language) in &languages {
        faults.extend(differences(tag, language, &base));
    }
    // Where each message is, and the names of its values.
    let mut known = BTreeMap::new();
    for (name, messages) in &base {
        for (id, values) in messages {
            if let Some((first, _)) = known.insert(id, (name, values)) {
                faults.push(format!(
                    "{LOCALES}{BASE}/{name}: {id} stands in {first} as well"
                ));
            }
        }
    }
    let mut quoted = BTreeSet::new();
    for (name, text) in sources(files) {
        if Path::new(name).extension().is_none_or(|kind| kind != "rs") {
            quoted.extend(text.split(QUOTES).map(ToOwned::to_owned));
            continue;
        }
        let mut mentions = Mentions::default();
        mentions.scan(text.parse().unwrap_or_default());
        for (id, values) in &mentions.made {
            match known.get(id) {
                None => faults.push(format!("{name}: {BASE} has no message {id}")),
                Some((_, wanted)) if *wanted != values => faults.push(format!(
                    "{name}: {id} has {}, and in {BASE} {}",
                    listed(values),
                    listed(wanted)
                )),
                Some(_) => {}
            }
        }
        quoted.extend(mentions.quoted);
    }
    let unused = known.iter().filter(|(id, _)| !quoted.contains(id.as_str()));
    faults
        .extend(unused.map(|(id, (name, _))| format!("{LOCALES}{BASE}/{name}: nobody shows {id}")));
    faults
}

/// What is read of each language, and what cannot be.
fn languages(files: &Files) -> (BTreeMap<String, Language>, Vec<String>) {
    let (mut languages, mut faults) = (BTreeMap::<String, Language>::new(), Vec::new());
    for (path, source) in files {
        let Some((tag, name)) = path
            .strip_prefix(LOCALES)
            .and_then(|rest| rest.split_once('/'))
        else {
            continue;
        };
        let messages = text::messages([source.as_str()]).unwrap_or_else(|why| {
            faults.push(format!("{path}: {why}"));
            Messages::new()
        });
        let language = languages.entry(tag.to_owned()).or_default();
        language.insert(name.to_owned(), messages);
    }
    (languages, faults)
}

/// Where a language is not as the base language.
fn differences(tag: &str, language: &Language, base: &Language) -> Vec<String> {
    let mut faults = Vec::new();
    let names: BTreeSet<_> = language.keys().chain(base.keys()).collect();
    for name in names {
        let path = format!("{LOCALES}{tag}/{name}");
        let (messages, wanted) = match (language.get(name), base.get(name)) {
            (Some(messages), Some(wanted)) => (messages, wanted),
            (None, _) => {
                faults.push(format!("{path}: is not there, and {BASE} has it"));
                continue;
            }
            (_, None) => {
                faults.push(format!("{path}: {BASE} has no such file"));
                continue;
            }
        };
        let ids: BTreeSet<_> = messages.keys().chain(wanted.keys()).collect();
        for id in ids {
            match (messages.get(id), wanted.get(id)) {
                (None, _) => faults.push(format!("{path}: {id} is not there, and {BASE} has it")),
                (_, None) => faults.push(format!("{path}: {BASE} has no {id} in its file")),
                (Some(values), Some(wanted)) if values != wanted => faults.push(format!(
                    "{path}: {id} has {}, and in {BASE} {}",
                    listed(values),
                    listed(wanted)
                )),
                _ => {}
            }
        }
    }
    faults
}

/// What may show a message.
fn sources(files: &Files) -> impl Iterator<Item = (&String, &String)> {
    files.iter().filter(|(name, _)| {
        !name.starts_with(LOCALES)
            && !name.starts_with(GENERATED)
            && !OF_TESTS.iter().any(|part| name.contains(part))
    })
}

fn listed(values: &BTreeSet<String>) -> String {
    if values.is_empty() {
        return "no value".to_owned();
    }
    let values: Vec<_> = values.iter().map(String::as_str).collect();
    format!("({})", values.join(", "))
}

impl Mentions {
    fn scan(&mut self, tokens: TokenStream) {
        let tokens: Vec<Tree> = tokens.into_iter().collect();
        let mut rest = tokens.as_slice();
        while let Some((first, after)) = rest.split_first() {
            rest = match (first, after) {
                (Tree::Punct(_), [Tree::Group(attribute), after @ ..])
                    if is_for_tests(&attribute.to_string()) =>
                {
                    after_item(after)
                }
                (Tree::Ident(name), [Tree::Punct(mark), Tree::Group(made), after @ ..])
                    if name == "message" && mark.as_char() == '!' =>
                {
                    self.made.extend(message(made.stream()));
                    self.scan(made.stream());
                    after
                }
                (Tree::Group(group), after) => {
                    self.scan(group.stream());
                    after
                }
                (Tree::Literal(literal), after) => {
                    self.quoted.extend(unquoted(&literal.to_string()));
                    after
                }
                (_, after) => after,
            };
        }
    }
}

/// Whether an attribute, with its brackets, marks test code.
fn is_for_tests(attribute: &str) -> bool {
    let attribute = attribute.replace(' ', "");
    attribute == "[cfg(test)]" || attribute.starts_with("[cfg(all(test,")
}

/// The id of a `message!(…)` and the names of its values.
fn message(tokens: TokenStream) -> Option<(String, BTreeSet<String>)> {
    let tokens: Vec<Tree> = tokens.into_iter().collect();
    let is_comma = |tree: &Tree| matches!(tree, Tree::Punct(mark) if mark.as_char() == ',');
    let mut parts = tokens.split(is_comma);
    let [Tree::Literal(id)] = parts.next()? else {
        return None;
    };
    let names = parts.filter_map(|part| match part {
        [Tree::Ident(name), Tree::Punct(mark), ..] if mark.as_char() == '=' => {
            Some(name.to_string())
        }
        _ => None,
    });
    Some((unquoted(&id.to_string())?, names.collect()))
}

fn unquoted(literal: &str) -> Option<String> {
    let text = literal.strip_prefix('"')?.strip_suffix('"')?;
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "a-one = { $count } of { $total }\n";
    const SHOWN: (&str, &str) = ("a/src/lib.rs", "fn f() { g(\"a-one\") }");

    fn faults_of(files: &[(&str, &str)]) -> Vec<String> {
        let files = files.iter();
        faults(
            &files
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect(),
        )
    }

    /// What is wrong with one source of Rust where `a-one` is the only message.
    fn faults_in(source: &str) -> Vec<String> {
        faults_of(&[("locales/en-US/a.ftl", ONE), ("a/src/lib.rs", source)])
    }

    #[test]
    fn a_language_that_is_not_as_the_base_is_a_fault_for_each_difference() {
        let base = ("locales/en-US/a.ftl", ONE);
        let german = |text| faults_of(&[base, SHOWN, ("locales/de/a.ftl", text)]);
        assert!(german("a-one = { $count } von { $total }\n").is_empty());
        assert_eq!(
            german("a-one = { $count } von allen\na-two = zwei\n"),
            [
                "locales/de/a.ftl: a-one has (count), and in en-US (count, total)",
                "locales/de/a.ftl: en-US has no a-two in its file",
            ]
        );
        assert_eq!(
            german(""),
            ["locales/de/a.ftl: a-one is not there, and en-US has it"]
        );
        assert_eq!(
            faults_of(&[base, SHOWN, ("locales/de/b.ftl", "")]),
            [
                "locales/de/a.ftl: is not there, and en-US has it",
                "locales/de/b.ftl: en-US has no such file",
            ]
        );
    }

    #[test]
    fn what_cannot_be_read_and_what_stands_twice_are_faults() {
        let found = faults_of(&[
            ("locales/en-US/a.ftl", ONE),
            ("locales/de/a.ftl", "a-one = {"),
        ]);
        assert!(
            found[0].starts_with("locales/de/a.ftl: line 1: "),
            "{found:?}"
        );
        assert_eq!(
            faults_of(&[
                ("locales/en-US/a.ftl", ONE),
                ("locales/en-US/b.ftl", ONE),
                SHOWN
            ]),
            ["locales/en-US/b.ftl: a-one stands in a.ftl as well"]
        );
    }

    #[test]
    fn a_text_that_no_message_is_or_that_has_other_values_is_a_fault() {
        let fine = "fn f() { message!(\"a-one\", count = g(1, 2), total = message!(\"a-one\", \
                    count = 1, total = 2),) }";
        assert!(faults_in(fine).is_empty());
        assert_eq!(
            faults_in("fn f() { message!(\"a-one\", count = 1) }"),
            ["a/src/lib.rs: a-one has (count), and in en-US (count, total)"]
        );
        assert_eq!(
            faults_in("fn f() { (message!(\"a-one\"), text::message!(\"a-two\")) }"),
            [
                "a/src/lib.rs: a-one has no value, and in en-US (count, total)",
                "a/src/lib.rs: en-US has no message a-two",
            ]
        );
    }

    #[test]
    fn a_message_that_only_tests_or_nobody_shows_is_a_fault() {
        let nobody = ["locales/en-US/a.ftl: nobody shows a-one"];
        let base = ("locales/en-US/a.ftl", ONE);
        assert_eq!(faults_of(&[base]), nobody);
        for source in [
            "#[cfg(test)]\nmod tests { fn f() { message!(\"a-two\"); g(\"a-one\") } }",
            "#[cfg(all(test, unix))]\nmod tests { fn f() { g(\"a-one\") } }",
            "/// See `a-one`, and \"a-one\".\nfn f() {}",
        ] {
            assert_eq!(faults_in(source), nobody, "{source}");
        }
        for (name, shows) in [
            ("a/tests/it/main.rs", false),
            ("ui/src/generated/messages.ts", false),
            ("ui/src/testing/texts.ts", false),
            ("ui/src/card.test.tsx", false),
            ("ui/src/card.tsx", true),
        ] {
            let found = faults_of(&[base, (name, "f(\"a-one\")")]);
            assert_eq!(found.is_empty(), shows, "{name}: {found:?}");
        }
    }
}
