//! Parameters as Rails sees them: query and body merged into one tree.
//!
//! Promises: `name[]=v`, `a[min]=v` and JSON bodies give the same tree; the body wins over the
//! query; unknown keys do no harm. Must never: refuse a key it does not know.

use serde_json::{Map, Value};

/// Deepest nesting followed in a key such as `a[b][c]`; deeper keys are dropped, as Rails does.
const MAX_DEPTH: usize = 16;

/// The merged parameters of one request.
#[derive(Clone, Default)]
pub(crate) struct Params {
    values: Map<String, Value>,
}

/// The body was not the JSON it claims to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MalformedBody;

impl Params {
    /// Merges a query string and a body.
    pub(crate) fn merge(
        query: Option<&str>,
        content_type: Option<&str>,
        body: &[u8],
    ) -> Result<Self, MalformedBody> {
        let mut values = Map::new();
        if let Some(query) = query {
            insert_pairs(&mut values, query);
        }
        let content_type = content_type.unwrap_or_default().to_ascii_lowercase();
        if content_type.starts_with("application/x-www-form-urlencoded") {
            let mut form = Map::new();
            insert_pairs(
                &mut form,
                std::str::from_utf8(body).map_err(|_| MalformedBody)?,
            );
            values.extend(form);
        } else if content_type.starts_with("application/json") && !body.trim_ascii().is_empty() {
            match serde_json::from_slice(body) {
                Ok(Value::Object(object)) => values.extend(object),
                // Rails keeps a body that is no object under `_json`.
                Ok(other) => {
                    values.insert("_json".to_owned(), other);
                }
                Err(_) => return Err(MalformedBody),
            }
        }
        Ok(Self { values })
    }

    /// The parameters inside a nested object; none for anything else.
    pub(crate) fn from_value(value: Value) -> Self {
        match value {
            Value::Object(values) => Self { values },
            _ => Self::default(),
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key).filter(|value| !value.is_null())
    }

    pub(crate) fn contains(&self, key: &str) -> bool {
        self.values.contains_key(key)
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// A scalar as text; an array gives its first entry, as `user_id[]` needs.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        self.get(key).and_then(scalar)
    }

    /// As [`Params::text`], with blank treated as absent, as Rails' `blank?` does.
    pub(crate) fn present(&self, key: &str) -> Option<String> {
        self.text(key).filter(|text| !text.trim().is_empty())
    }

    /// A number, or text that starts with one.
    pub(crate) fn integer(&self, key: &str) -> Option<i64> {
        match self.get(key)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => Some(to_i(text)),
            _ => None,
        }
    }

    pub(crate) fn boolean(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            Value::Bool(value) => Some(*value),
            Value::String(text) => Some(matches!(text.as_str(), "true" | "1" | "t" | "on")),
            Value::Number(number) => Some(number.as_i64() == Some(1)),
            _ => None,
        }
    }

    /// A list of texts; a lone scalar counts as a list of one. Empty when absent.
    pub(crate) fn list(&self, key: &str) -> Vec<String> {
        match self.get(key) {
            Some(Value::Array(values)) => values.iter().filter_map(scalar).collect(),
            Some(value) => scalar(value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// A part of a nested object: `part("date_range", "min")`.
    pub(crate) fn part(&self, key: &str, part: &str) -> Option<String> {
        self.get(key)?.as_object()?.get(part).and_then(scalar)
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Array(values) => values.first().and_then(scalar),
        Value::Null | Value::Object(_) => None,
    }
}

/// Ruby's `String#to_i`: the leading digits, or 0.
fn to_i(text: &str) -> i64 {
    let text = text.trim();
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let end = digits
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(digits.len());
    digits[..end]
        .parse::<i64>()
        .map_or(0, |number| sign * number)
}

fn insert_pairs(values: &mut Map<String, Value>, pairs: &str) {
    for pair in pairs.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (key, value) = (decode(key), decode(value));
        let (name, path) = split_key(&key);
        if path.len() > MAX_DEPTH || name.is_empty() {
            continue;
        }
        let slot = values.entry(name.to_owned()).or_insert(Value::Null);
        insert_at(slot, &path, value);
    }
}

/// `a[b][]` becomes `a` and `["b", ""]`.
fn split_key(key: &str) -> (&str, Vec<&str>) {
    let Some(open) = key.find('[').filter(|open| *open > 0) else {
        return (key, Vec::new());
    };
    let path = key[open..]
        .split('[')
        .skip(1)
        .map(|segment| segment.strip_suffix(']').unwrap_or(segment))
        .collect();
    (&key[..open], path)
}

fn insert_at(slot: &mut Value, path: &[&str], value: String) {
    match path {
        [] => *slot = Value::String(value),
        ["", rest @ ..] => {
            if !slot.is_array() {
                *slot = Value::Array(Vec::new());
            }
            let Value::Array(list) = slot else { return };
            // `a[][x]=1&a[][y]=2` fills one object until a key repeats.
            let joins_last = match (rest, list.last()) {
                ([first, ..], Some(Value::Object(last))) => !last.contains_key(*first),
                _ => false,
            };
            if joins_last && let Some(last) = list.last_mut() {
                insert_at(last, rest, value);
            } else {
                let mut entry = Value::Null;
                insert_at(&mut entry, rest, value);
                list.push(entry);
            }
        }
        [name, rest @ ..] => {
            if !slot.is_object() {
                *slot = Value::Object(Map::new());
            }
            if let Value::Object(object) = slot {
                insert_at(
                    object.entry((*name).to_owned()).or_insert(Value::Null),
                    rest,
                    value,
                );
            }
        }
    }
}

/// Decodes `%41` and `+`; broken escapes stay as they are.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut place = 0;
    while let Some(&byte) = bytes.get(place) {
        place += 1;
        match byte {
            b'+' => decoded.push(b' '),
            b'%' => {
                let escape = text
                    .get(place..place + 2)
                    .and_then(|hex| u8::from_str_radix(hex, 16).ok());
                decoded.push(escape.unwrap_or(b'%'));
                place += if escape.is_some() { 2 } else { 0 };
            }
            _ => decoded.push(byte),
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn merged(query: &str, body: &str) -> Value {
        Value::Object(
            Params::merge(Some(query), Some("application/json"), body.as_bytes())
                .unwrap()
                .values,
        )
    }

    #[test]
    fn brackets_make_lists_and_objects() {
        assert_eq!(
            merged("ids[]=a&ids%5B%5D=b&date_range[min]=2026-11-01&q=x+y", ""),
            json!({"ids": ["a", "b"], "date_range": {"min": "2026-11-01"}, "q": "x y"})
        );
    }

    #[test]
    fn bracketed_objects_in_a_list_are_split_where_a_key_repeats() {
        assert_eq!(
            merged("t[][a]=1&t[][b]=2&t[][a]=3", ""),
            json!({"t": [{"a": "1", "b": "2"}, {"a": "3"}]})
        );
    }

    #[test]
    fn the_body_wins_over_the_query() {
        assert_eq!(
            merged("page=1&per_page=5", r#"{"page":2}"#),
            json!({"page": 2, "per_page": "5"})
        );
    }

    #[test]
    fn broken_json_is_told_from_no_body() {
        assert!(Params::merge(None, Some("application/json"), b"{").is_err());
        assert!(Params::merge(None, Some("application/json"), b" ").is_ok());
        assert!(Params::merge(None, None, b"{").is_ok());
    }

    #[test]
    fn numbers_are_read_as_ruby_reads_them() {
        assert_eq!(
            (to_i("12"), to_i("12x"), to_i("x"), to_i("-3")),
            (12, 12, 0, -3)
        );
    }

    #[test]
    fn hostile_keys_do_not_break_the_parser() {
        for query in [
            "[",
            "[]=1",
            "a[",
            "a[=1",
            "a]=1",
            "%",
            "%zz=%",
            "=&&=",
            "a[b]=1&a[]=2&a=3",
        ] {
            let _ = merged(query, "");
        }
    }
}
