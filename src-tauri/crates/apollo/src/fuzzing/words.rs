//! The small parsers. Append only: see the parent's doc.

use std::time::Duration;

use budget::Limit;
use clock::Timestamp;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Reader, reader};
use crate::{
    ApiKey,
    client::{named_limit, observe},
    lenient, text,
};

/// One line per parser.
pub(super) const READERS: &[Reader] = &[
    reader("headers", headers),
    reader("sentence", |input| on_text(input, sentence)),
    reader("moment", |input| on_text(input, moment)),
    reader("value", value),
    reader("label", |input| on_text(input, label)),
    reader("key", |input| on_text(input, key)),
];

const HEADERS: [&str; 13] = [
    "x-rate-limit-minute",
    "x-minute-usage",
    "x-minute-requests-left",
    "x-rate-limit-hourly",
    "x-hourly-usage",
    "x-hourly-requests-left",
    "x-rate-limit-24-hour",
    "x-24-hour-usage",
    "x-24-hour-requests-left",
    "x-rate-limit-daily",
    "x-daily-usage",
    "x-daily-requests-left",
    "retry-after",
];

fn on_text(input: &[u8], check: fn(&str)) {
    if let Ok(text) = std::str::from_utf8(input) {
        check(text);
    }
}

/// One line per header, in the order above.
fn headers(input: &[u8]) {
    let mut headers = HeaderMap::new();
    for (name, line) in HEADERS.into_iter().zip(input.split(|&byte| byte == b'\n')) {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    let (calm, limited) = (observe(200, &headers), observe(429, &headers));
    assert_eq!(calm.windows, limited.windows, "the status changes a number");
    assert_eq!(calm.retry_after, None, "a wait that nobody asked for");
    assert!(limited.retry_after <= Some(Duration::from_hours(25)));
    let windows = limited.windows;
    for reading in [windows.minute, windows.hour, windows.day] {
        for number in [reading.used, reading.left].into_iter().flatten() {
            is_in(&headers, number);
        }
        if let Limit::Requests(number) = reading.limit {
            is_in(&headers, number);
        }
    }
}

/// A number that was read stands in a header.
fn is_in(headers: &HeaderMap, number: u64) {
    let stands = |value: &HeaderValue| {
        value
            .to_str()
            .is_ok_and(|text| text.trim().parse() == Ok(number))
    };
    assert!(headers.values().any(stands), "a number nobody sent");
}

fn sentence(text: &str) {
    if let Some((count, _)) = named_limit(text) {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        assert!(text.contains("times") && digits.contains(&count.to_string()));
    }
}

fn moment(text: &str) {
    if let Some(time) = lenient::as_time(text) {
        assert_eq!(
            lenient::as_time(&time.to_string()),
            Some(time),
            "a moment does not read as itself"
        );
    }
}

/// A record with a field for each lenient reader.
#[derive(Deserialize)]
#[expect(dead_code, reason = "that they can be read is what is checked")]
struct Fields {
    #[serde(deserialize_with = "lenient::text_opt")]
    text: Option<String>,
    #[serde(deserialize_with = "lenient::label_opt")]
    label: Option<String>,
    #[serde(deserialize_with = "lenient::label")]
    name: String,
    #[serde(deserialize_with = "lenient::u64_opt")]
    number: Option<u64>,
    #[serde(deserialize_with = "lenient::u32_opt")]
    small: Option<u32>,
    #[serde(deserialize_with = "lenient::flag_opt")]
    flag: Option<bool>,
    #[serde(deserialize_with = "lenient::flag")]
    yes: bool,
    #[serde(deserialize_with = "lenient::time_opt")]
    time: Option<Timestamp>,
    #[serde(deserialize_with = "lenient::map")]
    map: Map<String, Value>,
    #[serde(deserialize_with = "lenient::list")]
    list: Vec<Value>,
}

/// The lenient readers of one value.
fn value(input: &[u8]) {
    let Ok(value) = serde_json::from_slice::<Value>(input) else {
        return;
    };
    if let Some(number) = lenient::as_u64(&value) {
        assert_eq!(lenient::as_u64(&Value::from(number)), Some(number));
        assert_eq!(
            lenient::as_u64(&Value::from(number.to_string())),
            Some(number)
        );
    }
    let (rows, dropped) = lenient::rows::<Value>(value.clone());
    let sent = value.as_array().map_or(0, Vec::len);
    assert_eq!(
        rows.len() + usize::try_from(dropped).unwrap_or(usize::MAX),
        sent
    );
    let names = [
        "text", "label", "name", "number", "small", "flag", "yes", "time", "map", "list",
    ];
    let record: Map<String, Value> = names
        .into_iter()
        .map(|name| (name.to_owned(), value.clone()))
        .collect();
    let readable = serde_json::from_value::<Fields>(Value::Object(record));
    assert!(
        readable.is_ok(),
        "a field that cannot be read failed its row"
    );
}

fn label(raw: &str) {
    let shown = text::label(raw);
    if let Some(shown) = &shown {
        assert_eq!(shown.trim(), shown);
        assert!(!shown.is_empty() && shown.len() <= 2 * raw.len());
    }
    if !raw.contains('&') {
        assert_eq!(
            shown.as_deref(),
            Some(raw.trim()).filter(|text| !text.is_empty())
        );
    }
}

fn key(text: &str) {
    if let Ok(key) = ApiKey::parse(text) {
        assert!(
            HeaderValue::from_str(key.expose()).is_ok(),
            "a key that cannot be sent"
        );
        assert!(
            !format!("{key:?}").contains(key.expose()),
            "a key is printed"
        );
    }
}
