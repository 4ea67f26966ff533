//! No file names a folder of the machine it was written on.

use super::Source;

/// Where operating systems keep people's folders. Written in two parts, or this file would be the
/// first fault.
const HOMES: [[&str; 2]; 4] = [
    ["/ho", "me/"],
    ["/Us", "ers/"],
    ["/ro", "ot/"],
    [r"C:\Us", r"ers\"],
];
/// Shorter folders (such as `/`) say nothing about a machine.
const FOLDER_CHARS_MIN: usize = 4;

/// `here`: folders of this machine, such as the checkout.
pub(super) fn check(sources: &[Source], here: &[&str]) -> Vec<String> {
    let homes = HOMES.iter().map(|parts| parts.concat());
    let here = here
        .iter()
        .filter(|folder| folder.len() >= FOLDER_CHARS_MIN);
    let folders: Vec<String> = homes.chain(here.map(ToString::to_string)).collect();
    let mut faults = Vec::new();
    for source in sources {
        for (number, line) in source.text.lines().enumerate() {
            let found = folders.iter().find(|folder| names(line, folder));
            if let Some(folder) = found {
                faults.push(format!(
                    "{}:{}: names {folder}, a folder of one machine",
                    source.name,
                    number + 1
                ));
            }
        }
    }
    faults
}

/// Whether a line names the folder itself, not a folder of that name further down a path.
fn names(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(place, _)| {
        let before = line.get(..place).and_then(|text| text.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_' | '}' | '~'))
    })
}

#[cfg(test)]
mod tests {
    use super::super::source;
    use super::*;

    #[test]
    fn a_file_that_names_a_home_folder_or_the_checkout_is_a_fault() {
        let home = format!("let x = \"{}rep/x\";\n", HOMES[0].concat());
        assert_eq!(check(&[source("a.rs", &home)], &[]).len(), 1);
        let checkout = "see /srv/checkout/docs";
        assert_eq!(
            check(&[source("a.md", checkout)], &["/srv/checkout"]).len(),
            1
        );
    }

    #[test]
    fn a_web_path_and_a_relative_path_are_fine() {
        let api = format!(
            "https://example.com{}search and src{}x",
            HOMES[1].concat(),
            HOMES[0].concat()
        );
        assert!(check(&[source("a.md", &api)], &["/"]).is_empty());
    }
}
