//! What may stand in a report.
//!
//! Promises: of all that Apollo sends, only words of its own machinery pass: field names, state
//! words, and sentences whose every word is one of a short list. Must never: pass on a value that
//! a person could have typed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// The longest field name or state word.
const WORD_BYTES_MAX: usize = 48;

/// The words of Apollo's own sentences that a report may quote. A sentence with any other word, a
/// number beside a limit's included, is left out whole.
const SENTENCE_WORDS: [&str; 60] = [
    "a",
    "access",
    "all",
    "allowed",
    "already",
    "an",
    "and",
    "api",
    "are",
    "argument",
    "at",
    "be",
    "been",
    "blank",
    "call",
    "calls",
    "can",
    "cannot",
    "completed",
    "contact",
    "deleted",
    "does",
    "error",
    "exist",
    "find",
    "for",
    "found",
    "has",
    "id",
    "in",
    "invalid",
    "is",
    "it",
    "key",
    "least",
    "limit",
    "misconfigured",
    "missing",
    "not",
    "number",
    "of",
    "one",
    "or",
    "over",
    "page",
    "parameter",
    "parameters",
    "per",
    "please",
    "refresh",
    "required",
    "skipped",
    "supported",
    "task",
    "this",
    "threshold",
    "to",
    "type",
    "user",
    "your",
];

/// A word of Apollo's machinery: lower-case letters, digits and joiners, as in `no_status`. Never
/// an id: ids are long, and all hexadecimal.
pub(crate) fn word(text: &str) -> Option<&str> {
    let is_word = !text.is_empty()
        && text.len() <= WORD_BYTES_MAX
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte)
        });
    let is_id = text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_word && !is_id).then_some(text)
}

/// A sentence, if every word of it is harmless.
pub(crate) fn sentence(text: &str) -> Option<&str> {
    let harmless = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| SENTENCE_WORDS.contains(&word.to_ascii_lowercase().as_str()));
    (harmless && text.is_ascii()).then_some(text)
}

/// How often each state word stands at `pointer` in the rows: `scheduled 97, completed 3`. Null
/// and absent are counted as such, and a value that is no plain word as *another*.
pub(crate) fn tally<'a>(values: impl IntoIterator<Item = Option<&'a Value>>) -> String {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for value in values {
        let name = match value {
            None => "absent".to_owned(),
            Some(Value::Null) => "null".to_owned(),
            Some(Value::Bool(flag)) => flag.to_string(),
            Some(Value::String(text)) => word(text).unwrap_or("another").to_owned(),
            Some(Value::Number(_)) => "a number".to_owned(),
            Some(Value::Array(_)) => "a list".to_owned(),
            Some(Value::Object(_)) => "an object".to_owned(),
        };
        *counts.entry(name).or_default() += 1;
    }
    if counts.is_empty() {
        return "none seen".to_owned();
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let parts: Vec<_> = counts
        .iter()
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    parts.join(", ")
}

/// The names of the rows' fields, of which none may be somebody's own.
pub(crate) fn field_names(rows: &[Value]) -> BTreeSet<&str> {
    rows.iter()
        .filter_map(Value::as_object)
        .flat_map(|row| row.keys())
        .filter_map(|name| word(name))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn state_words_pass_and_what_people_write_does_not() {
        for good in [
            "scheduled",
            "no-answer",
            "no_status",
            "work_hq",
            "in_progress2",
        ] {
            assert_eq!(word(good), Some(good));
        }
        for bad in [
            "",
            "Dana",
            "dana@northwind.example",
            "+12025550143",
            "ask about the renewal",
            "deadbeef64c0ffee00000000",
            "a-word-of-more-than-forty-eight-letters-is-not-a-state",
            "größe",
        ] {
            assert_eq!(word(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_sentence_passes_only_if_all_its_words_are_known() {
        assert!(sentence("Per page not supported").is_some());
        assert!(sentence("Api key required").is_some());
        assert!(sentence("This task belongs to Dana").is_none());
        assert!(sentence("Parameters misconfigured. deadbeef is not a valid ID").is_none());
    }

    #[test]
    fn a_tally_counts_words_and_hides_the_rest() {
        let rows = [
            json!("open"),
            json!("open"),
            json!("Dana Example"),
            json!(null),
        ];
        let shown = tally(rows.iter().map(Some).chain([None]));
        assert_eq!(shown, "open 2, absent 1, another 1, null 1");
    }
}
