//! The promises that every reader of an answer makes.

use std::fmt::Debug;

use serde::de::IgnoredAny;
use serde_json::Value;

use crate::Error;

/// Planted in every text of an input; an error that shows it has quoted the answer.
const MARKER: &str = "zq7marker";
/// The longest error, as it is shown and as it is logged.
const MAX_ERROR_BYTES: usize = 1_024;

/// Reads `body` as it is, with its keys in another order, and with a marker in its texts.
pub(super) fn answer<T: PartialEq + Debug>(
    body: &[u8],
    read: impl Fn(&[u8]) -> Result<T, Error>,
) -> Option<T> {
    let as_sent = read(body);
    if let Err(error) = &as_sent {
        is_presentable(error);
    }
    let Ok(value) = serde_json::from_slice::<Value>(body) else {
        // What a reader skips may hold texts and numbers that nobody could read.
        let is_json = serde_json::from_slice::<IgnoredAny>(body).is_ok();
        assert!(is_json || as_sent.is_err(), "what is no JSON was read");
        return None;
    };
    let forwards = written(&value, false);
    // A number at the edge of what a float holds is the one thing that is not read again.
    if serde_json::from_str::<Value>(&forwards).is_err() {
        return as_sent.ok();
    }
    let backwards = written(&value, true);
    let (first, second) = (read(forwards.as_bytes()), read(backwards.as_bytes()));
    assert!(
        first.is_ok() || as_sent.is_err(),
        "what was read is refused when it is written again"
    );
    match (&first, &second) {
        (Ok(first), Ok(second)) => assert!(
            first == second,
            "another order of keys, or a key nobody knows, reads as something else"
        ),
        (first, second) => assert!(
            first.is_err() && second.is_err(),
            "the order of keys, or a key nobody knows, decides what is read"
        ),
    }
    if !forwards.to_lowercase().contains(MARKER) {
        let marked = written(&marked(&value), false);
        let cut = marked.floor_char_boundary(marked.len() / 2);
        for text in [marked.as_str(), &marked[..cut]] {
            if let Err(error) = read(text.as_bytes()) {
                quotes_nothing(&error);
            }
        }
    }
    as_sent.ok()
}

/// That an error is short and on one line.
pub(super) fn is_presentable(error: &Error) {
    for text in shown(error) {
        assert!(text.len() <= MAX_ERROR_BYTES, "an error is very long");
        assert!(
            !text.contains(char::is_control),
            "an error has control characters"
        );
    }
}

/// That an error for a marked input is without the marker.
pub(super) fn quotes_nothing(error: &Error) {
    for text in shown(error) {
        assert!(
            !text.to_lowercase().contains(MARKER),
            "an error quotes the answer"
        );
    }
}

fn shown(error: &Error) -> [String; 2] {
    [error.to_string(), format!("{error:?}")]
}

/// The same value with the marker at the end of every text that is no key.
pub(super) fn marked(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(format!("{text}{MARKER}")),
        Value::Array(list) => list.iter().map(marked).collect(),
        Value::Object(map) => Value::Object(
            map.iter()
                .map(|(key, value)| (key.clone(), marked(value)))
                .collect(),
        ),
        other => other.clone(),
    }
}

/// Text that is no JSON, with the marker before and behind.
pub(super) fn marked_text(text: &[u8]) -> Vec<u8> {
    [MARKER.as_bytes(), text, MARKER.as_bytes()].concat()
}

/// Whether the marker is in the input already, where it proves nothing.
pub(super) fn holds_marker(input: &[u8]) -> bool {
    String::from_utf8_lossy(input)
        .to_lowercase()
        .contains(MARKER)
}

/// A value as JSON. Backwards, every object has its keys in the other order, and the top and the
/// records just below it have a key that nobody knows.
pub(super) fn written(value: &Value, backwards: bool) -> String {
    let mut out = String::new();
    write(value, backwards, 0, &mut out);
    out
}

/// How deep unknown keys are planted: in the answer, and in the records in it.
const RECORDS_DEPTH: usize = 1;

fn write(value: &Value, backwards: bool, depth: usize, out: &mut String) {
    match value {
        Value::Array(list) => {
            out.push('[');
            for (place, item) in list.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                // Rows are as deep as a record that is alone.
                write(item, backwards, depth, out);
            }
            out.push(']');
        }
        Value::Object(map) => {
            out.push('{');
            let mut entries: Vec<_> = map.iter().collect();
            let plant = backwards && depth <= RECORDS_DEPTH && !entries.is_empty();
            if plant {
                out.push_str(r#""zz_nobody_knows":[null,{"a":1}]"#);
            }
            if backwards {
                entries.reverse();
            }
            for (place, (key, item)) in entries.into_iter().enumerate() {
                if place > 0 || plant {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write(item, backwards, depth + 1, out);
            }
            out.push('}');
        }
        plain => out.push_str(&plain.to_string()),
    }
}
