//! The list of sabotages, as `tests/sabotages.toml` has it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

const LIST: &str = include_str!("../../../tests/sabotages.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {
    pub(crate) catcher: BTreeMap<String, Catcher>,
    sabotage: Vec<Sabotage>,
}

/// What catches a sabotage.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Catcher {
    pub(crate) name: String,
    /// What of `cargo test` it is.
    pub(crate) tests: String,
}

/// In `file`, the only `find` becomes `put`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sabotage {
    pub(crate) name: String,
    /// What would happen to a rep.
    pub(crate) why: String,
    pub(crate) file: String,
    pub(crate) find: String,
    pub(crate) put: String,
    pub(crate) caught_by: String,
}

impl List {
    pub(crate) fn read() -> Result<Self> {
        Ok(toml::from_str(&LIST.replace("\r\n", "\n"))?)
    }

    /// The sabotages from a given name on, with a text in their name, for some tests to catch.
    pub(crate) fn chosen(
        &self,
        only: Option<&str>,
        by: Option<&str>,
        from: Option<&str>,
    ) -> Vec<&Sabotage> {
        let all = self.sabotage.iter();
        all.skip_while(|one| from.is_some_and(|from| one.name != from))
            .filter(|one| only.is_none_or(|part| one.name.contains(part)))
            .filter(|one| by.is_none_or(|catcher| one.caught_by == catcher))
            .collect()
    }

    pub(crate) fn catcher(&self, sabotage: &Sabotage) -> Result<&Catcher> {
        let catcher = self.catcher.get(&sabotage.caught_by);
        catcher.with_context(|| format!("{:?} is caught by no tests", sabotage.name))
    }
}

impl Sabotage {
    /// The text of its file, which holds the text to be replaced once.
    pub(crate) fn read(&self, root: &Path) -> Result<String> {
        let Self {
            name, file, find, ..
        } = self;
        let text = fs::read_to_string(root.join(file))
            .with_context(|| format!("{file} could not be read"))?
            .replace("\r\n", "\n");
        let count = text.matches(find).count();
        ensure!(
            count == 1,
            "the text that {name:?} replaces is {count} times in {file}, and must be there once"
        );
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_doc_lists_every_sabotage_with_why_it_matters_and_what_catches_it() {
        let doc = include_str!("../../../docs/MUTANTS.md").replace("\r\n", "\n");
        let list = List::read().unwrap();
        for sabotage in &list.sabotage {
            let Sabotage { name, why, .. } = sabotage;
            let row = format!(
                "| {name} | {why} | {} |\n",
                list.catcher(sabotage).unwrap().name
            );
            assert!(doc.contains(&row), "docs/MUTANTS.md has no row:\n{row}");
        }
        let rows = doc.lines().filter(|line| line.starts_with("| ")).count();
        assert_eq!(rows, list.sabotage.len() + 1, "a row for each, and a head");
    }

    #[test]
    fn every_sabotage_has_its_one_place() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for sabotage in List::read().unwrap().sabotage {
            sabotage.read(&root).unwrap();
        }
    }

    #[test]
    fn no_two_sabotages_have_the_same_name() {
        let list = List::read().unwrap();
        let names: std::collections::BTreeSet<_> =
            list.sabotage.iter().map(|one| &one.name).collect();
        assert_eq!(names.len(), list.sabotage.len());
    }

    #[test]
    fn a_choice_narrows_the_list_and_keeps_its_order() {
        let list = List::read().unwrap();
        let all = list.chosen(None, None, None);
        let from = list.chosen(None, Some("store"), Some(&all[2].name));
        assert!(from.iter().all(|one| one.caught_by == "store") && !from.is_empty());
        assert!(
            list.chosen(Some(&all[0].name), None, Some(&all[1].name))
                .is_empty()
        );
    }
}
