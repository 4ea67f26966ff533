//! Documents: links lead somewhere, and every decision is in the index of decisions.

use super::Source;

const DECISIONS: &str = "docs/adr/";
const INDEX: &str = "docs/adr/README.md";

pub(super) fn check(sources: &[Source], exists: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut faults = unlisted_decisions(sources);
    for source in sources.iter().filter(|source| source.ends_in("md")) {
        faults.extend(dead_links(source, exists));
    }
    faults
}

fn unlisted_decisions(sources: &[Source]) -> Vec<String> {
    let index = sources.iter().find(|source| source.name == INDEX);
    let index = index.map(|source| source.text.as_str()).unwrap_or_default();
    sources
        .iter()
        .filter(|source| source.ends_in("md") && source.name != INDEX)
        .filter_map(|source| source.name.strip_prefix(DECISIONS))
        .filter(|file| !index.contains(&format!("({file})")))
        .map(|file| format!("{DECISIONS}{file}: is not linked from {INDEX}"))
        .collect()
}

fn dead_links(source: &Source, exists: &dyn Fn(&str) -> bool) -> Vec<String> {
    let folder = source
        .name
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    let mut faults = Vec::new();
    let mut in_code = false;
    for (number, line) in source.text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        for link in links(line) {
            let target = link.split(['#', '?']).next().unwrap_or_default();
            let outside = link.contains("://") || link.starts_with("mailto:");
            if outside || target.is_empty() {
                continue;
            }
            match resolved(folder, target) {
                Some(path) if exists(&path) => {}
                _ => faults.push(format!(
                    "{}:{}: the link to {link} leads nowhere",
                    source.name,
                    number + 1
                )),
            }
        }
    }
    faults
}

/// The targets of `[text](target)` and `![text](target "title")`, outside of code spans.
fn links(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    // Every second piece between back-quotes is code.
    for piece in line.split('`').step_by(2) {
        let mut rest = piece;
        while let Some((_, after)) = rest.split_once("](") {
            let Some((target, after)) = after.split_once(')') else {
                break;
            };
            found.extend(target.split_whitespace().next());
            rest = after;
        }
    }
    found
}

/// A link's path from the root; none when it leaves the project.
fn resolved(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if target.starts_with('/') {
        parts.clear();
    }
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::super::source;
    use super::*;

    fn faults(text: &str, existing: &'static [&'static str]) -> Vec<String> {
        dead_links(&source("docs/guide.md", text), &|name| {
            existing.contains(&name)
        })
    }

    #[test]
    fn a_link_to_a_file_that_is_not_there_is_a_fault() {
        let text = "See [a](a.md#part), [up](../README.md) and ![shot](img/x.png \"title\").";
        assert!(faults(text, &["docs/a.md", "README.md", "docs/img/x.png"]).is_empty());
        assert_eq!(faults(text, &["docs/a.md"]).len(), 2);
    }

    #[test]
    fn a_link_out_of_the_project_is_a_fault() {
        assert_eq!(faults("[x](../../other/x.md)", &["other/x.md"]).len(), 1);
    }

    #[test]
    fn web_addresses_anchors_and_code_are_not_followed() {
        let text = "[a](https://example.com) [b](#here) `[c](d)` [e](mailto:x@example.com)\n\
                    ```\n[f](g.md)\n```\n";
        assert!(faults(text, &[]).is_empty());
    }

    #[test]
    fn a_decision_that_the_index_does_not_link_is_a_fault() {
        let index = source(INDEX, "- [Layout](0001-layout.md)\n");
        let first = source("docs/adr/0001-layout.md", "");
        let second = source("docs/adr/0002-sled.md", "");
        assert_eq!(
            unlisted_decisions(&[index, first, second]),
            ["docs/adr/0002-sled.md: is not linked from docs/adr/README.md"]
        );
    }
}
