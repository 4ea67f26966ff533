//! The notes of a run: each names its run, its wrap-up and its version.
//!
//! Promises: whatever reaches Apollo with a note tells whose it is. Must never: be guessed by
//! anything else.

use crate::messages::CallNumber;

/// What the sample data's calls say; must be in no Apollo.
pub(crate) const SAMPLE: &str = "sample";
/// What a web application firewall takes for an attack.
pub(crate) const POISON: &str = "<script>alert(1)</script>";

/// A note.
pub(crate) fn note(marker: &str, call: CallNumber, version: usize, is_poisoned: bool) -> String {
    let poison = if is_poisoned { POISON } else { "" };
    format!("{marker} call {call} version {version} {poison}")
        .trim_end()
        .to_owned()
}

/// Which wrap-up and version a note is of.
pub(crate) fn named(marker: &str, note: &str) -> Option<(CallNumber, usize)> {
    let (_, rest) = note.split_once(marker)?;
    let mut words = rest.split_whitespace();
    let mut number = |word: &str| -> Option<usize> {
        (words.next()? == word).then(|| words.next()?.parse().ok())?
    };
    Some((number("call")?, number("version")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_names_its_call_and_version_whatever_stands_around_it() {
        let written = note("marker1", 1_017, 2, true);
        let sent = format!("[No answer] {written}");
        assert_eq!(named("marker1", &sent), Some((1_017, 2)));
        assert_eq!(named("marker2", &sent), None);
        assert_eq!(named("marker1", "marker1 sample"), None);
        assert_eq!(named("marker1", ""), None);
    }
}
