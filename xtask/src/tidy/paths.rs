//! No file names a folder of the machine it was written on: neither the checkout nor the home
//! folder of whoever runs this. Made-up paths, as tests need them, are nobody's.

use super::Source;

/// Shorter folders (such as `/`) say nothing about a machine.
const FOLDER_CHARS_MIN: usize = 4;

/// `here`: folders of this machine.
pub(super) fn check(sources: &[Source], here: &[&str]) -> Vec<String> {
    let here: Vec<&str> = here
        .iter()
        .map(|folder| folder.trim_end_matches('/'))
        .filter(|folder| folder.len() >= FOLDER_CHARS_MIN)
        .collect();
    let mut faults = Vec::new();
    for source in sources {
        for (number, line) in source.text.lines().enumerate() {
            if let Some(folder) = here.iter().find(|folder| names(line, folder)) {
                faults.push(format!(
                    "{}:{}: names {folder}, a folder of this machine",
                    source.name,
                    number + 1
                ));
            }
        }
    }
    faults
}

/// Whether a line names the folder itself or what lies in it; not a folder of that name further
/// down another path, and not one whose name goes on.
fn names(line: &str, folder: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '}' | '~');
    line.match_indices(folder).any(|(place, _)| {
        let before = line.get(..place).and_then(|text| text.chars().next_back());
        let after = line
            .get(place + folder.len()..)
            .and_then(|text| text.chars().next());
        !before.is_some_and(is_part) && after.is_none_or(|c| c == '/' || !is_part(c))
    })
}

#[cfg(test)]
mod tests {
    use super::super::source;
    use super::*;

    const HERE: [&str; 2] = ["/srv/checkout", "/srv/people/ann/"];

    fn count(text: &str) -> usize {
        check(&[source("a.md", text)], &HERE).len()
    }

    #[test]
    fn a_file_that_names_the_checkout_or_the_home_folder_is_a_fault() {
        assert_eq!(count("see /srv/checkout/docs"), 1);
        assert_eq!(count("see \"/srv/checkout\""), 1);
        assert_eq!(count("x\nHOME=/srv/people/ann\n"), 1);
    }

    #[test]
    fn a_web_address_a_relative_path_and_another_folder_are_fine() {
        assert_eq!(count("https://example.com/srv/checkout"), 0);
        assert_eq!(count("../srv/checkout"), 0);
        assert_eq!(count("/srv/checkout-2 and /srv/people/anna"), 0);
    }

    #[test]
    fn the_root_of_the_disk_is_nobodys_folder() {
        assert!(check(&[source("a.md", "a / b")], &["/"]).is_empty());
    }
}
