//! Reading what Apollo sends, whatever shape today's reply has.
//!
//! Apollo's types drift: numbers arrive as strings, counters as the word `loading`, objects are
//! absent or null, timestamps mix two forms (Apollo docs: reference section 10, quirks 11 to 17 and
//! 25). Promises: a field that cannot be read is absent, and never fails the row; only a row
//! without an id is refused. Must never: invent a value.

use clock::Timestamp;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::text;

fn value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    Value::deserialize(deserializer)
}

fn as_text(value: Value) -> Option<String> {
    match value {
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Text as sent; blank is absent.
pub(crate) fn text_opt<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    value(d).map(as_text)
}

/// A name or title: HTML escapes undone, trimmed; blank is absent.
pub(crate) fn label_opt<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    Ok(value(d).map(as_text)?.and_then(|raw| text::label(&raw)))
}

/// A name that is never absent, only empty.
pub(crate) fn label<'de, D: Deserializer<'de>>(d: D) -> Result<String, D::Error> {
    label_opt(d).map(Option::unwrap_or_default)
}

/// The id of the row itself: a row without one cannot be used and is refused.
pub(crate) fn id<'de, D: Deserializer<'de>, T: From<String>>(d: D) -> Result<T, D::Error> {
    as_text(value(d)?)
        .map(T::from)
        .ok_or_else(|| serde::de::Error::custom("the row has no id"))
}

/// A reference to another record.
pub(crate) fn id_opt<'de, D: Deserializer<'de>, T: From<String>>(
    d: D,
) -> Result<Option<T>, D::Error> {
    Ok(as_text(value(d)?).map(T::from))
}

/// A whole number, also as text or as a float; anything else (`"loading"`) is absent.
pub(crate) fn as_u64(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64().or_else(|| {
            let float = number.as_f64()?;
            // Exact below 2^53, which every counter of Apollo's is.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "range checked"
            )]
            (0.0..9e15).contains(&float).then_some(float as u64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// See [`as_u64`].
pub(crate) fn u64_opt<'de, D: Deserializer<'de>>(d: D) -> Result<Option<u64>, D::Error> {
    Ok(as_u64(&value(d)?))
}

/// See [`as_u64`]; a number too large is absent.
pub(crate) fn u32_opt<'de, D: Deserializer<'de>>(d: D) -> Result<Option<u32>, D::Error> {
    Ok(u64_opt(d)?.and_then(|number| u32::try_from(number).ok()))
}

fn as_flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => Some(number.as_f64() != Some(0.0)),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => Some(true),
            "false" | "no" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A yes or no that may be unknown.
pub(crate) fn flag_opt<'de, D: Deserializer<'de>>(d: D) -> Result<Option<bool>, D::Error> {
    Ok(as_flag(&value(d)?))
}

/// A yes or no; unknown is no.
pub(crate) fn flag<'de, D: Deserializer<'de>>(d: D) -> Result<bool, D::Error> {
    flag_opt(d).map(Option::unwrap_or_default)
}

/// A moment: RFC 3339 with `Z` or an offset, with or without fractions; a bare date is its
/// midnight in UTC, as Apollo means it.
pub(crate) fn as_time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time);
    }
    let date = text.parse::<jiff::civil::Date>().ok()?;
    format!("{date}T00:00:00Z").parse().ok()
}

/// See [`as_time`]; unreadable is absent.
pub(crate) fn time_opt<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(as_text(value(d)?).and_then(|text| as_time(&text)))
}

/// A nested record; absent, null or unreadable is absent.
pub(crate) fn object_opt<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    d: D,
) -> Result<Option<T>, D::Error> {
    Ok(match value(d)? {
        object @ Value::Object(_) => serde_json::from_value(object).ok(),
        _ => None,
    })
}

/// A nested list; null is empty, elements that cannot be read are left out.
pub(crate) fn list<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    d: D,
) -> Result<Vec<T>, D::Error> {
    Ok(rows(value(d)?).0)
}

/// Splits an array into the rows that can be read and the count of those that cannot.
pub(crate) fn rows<T: DeserializeOwned>(value: Value) -> (Vec<T>, u32) {
    let Value::Array(elements) = value else {
        return (Vec::new(), 0);
    };
    let mut dropped: u32 = 0;
    let mut rows = Vec::with_capacity(elements.len());
    for element in elements {
        match serde_json::from_value(element) {
            Ok(row) => rows.push(row),
            Err(_) => dropped = dropped.saturating_add(1),
        }
    }
    (rows, dropped)
}

/// A free-form object; anything else is empty.
pub(crate) fn map<'de, D: Deserializer<'de>>(d: D) -> Result<Map<String, Value>, D::Error> {
    Ok(match value(d)? {
        Value::Object(map) => map,
        _ => Map::new(),
    })
}
