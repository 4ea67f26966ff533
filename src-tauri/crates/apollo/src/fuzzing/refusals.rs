//! Refusals: any status, type, headers and body give one of the errors that fit the status.
//!
//! An input is status (two bytes), content type, `retry-after`, request, and then the body.

use std::time::Duration;

use budget::Endpoint;
use clock::Timestamp;
use reqwest::{
    Method,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use serde_json::{Value, json};

use super::check;
use crate::{
    Delivery, Error,
    client::{ErrorResponse, Request, observe, read_error},
};

/// How an answer says what it is. Append only, as are the other tables here.
const CONTENT_TYPES: [Option<&str>; 7] = [
    Some("application/json; charset=utf-8"),
    Some("text/plain"),
    Some("text/html; charset=utf-8"),
    None,
    Some(""),
    Some("APPLICATION/JSON"),
    Some("application/octet-stream"),
];
/// How long it asks to wait.
const RETRY_AFTER: [Option<&str>; 7] = [
    None,
    Some("30"),
    Some("0"),
    Some("18446744073709551615"),
    Some("Wed, 25 Nov 2026 15:00:00 GMT"),
    Some(""),
    Some("-1"),
];
/// The parameters that [`request`] sends, as an error names them.
const SENT: [&str; 6] = [
    "user_id",
    "creator_id",
    "contact_ids",
    "note",
    "user_ids",
    "id",
];
/// What an error may name besides: parameters that a known sentence is about.
const KNOWN: [&str; 5] = [
    "per_page",
    "type",
    "sort_by_field",
    "sort_direction",
    "contact_ids",
];

fn request(kind: u8) -> Request {
    let read = Request::read(Endpoint::TASKS_SEARCH, Method::POST, &["tasks", "search"]);
    match kind % 3 {
        0 => read,
        1 => read.query_each("user_ids[]", ["a1", "a2"]),
        _ => Request::write(
            Endpoint::PHONE_CALLS_UPDATE,
            Method::PUT,
            &["phone_calls", "ca1"],
        )
        .json(&json!({"user_id": "a2", "creator_id": "a2", "contact_ids": ["c1"], "note": "n"})),
    }
}

pub(super) fn check(input: &[u8]) {
    let &[high, low, content_type, retry_after, kind, ref body @ ..] = input else {
        return;
    };
    let status = u16::from_be_bytes([high, low]) % 1_000;
    if (200..300).contains(&status) {
        return;
    }
    let content_type = CONTENT_TYPES[usize::from(content_type) % CONTENT_TYPES.len()];
    let mut headers = HeaderMap::new();
    if let Some(wait) = RETRY_AFTER[usize::from(retry_after) % RETRY_AFTER.len()] {
        headers.insert(
            HeaderName::from_static("retry-after"),
            HeaderValue::from_static(wait),
        );
    }
    let request = request(kind);
    let now = Timestamp::UNIX_EPOCH;
    let read = |body: &[u8]| {
        read_error(&ErrorResponse {
            status,
            content_type,
            body,
            retry_after: observe(status, &headers).retry_after,
            request: &request,
            now,
        })
    };
    let error = read(body);
    check::is_presentable(&error);
    fits(&error, status, now);

    let value = serde_json::from_slice::<Value>(body).ok();
    if !matches!(status, 407 | 408 | 300..=399 | 500..) && !may_be_apollos(value.as_ref(), body) {
        assert_eq!(
            error,
            Error::NotFromApollo { status },
            "a stranger's status is taken for a fact"
        );
    }
    if let Some(value) = &value {
        let (forwards, backwards) = (check::written(value, false), check::written(value, true));
        assert_eq!(
            read(forwards.as_bytes()),
            read(backwards.as_bytes()),
            "the order of keys, or a key nobody knows, decides what a refusal means"
        );
        let twice = Value::String(forwards.clone()).to_string();
        if value.is_object() && serde_json::from_str::<Value>(&forwards).is_ok() {
            assert_eq!(
                read(forwards.as_bytes()),
                read(twice.as_bytes()),
                "a refusal that is encoded twice means something else"
            );
        }
    }
    if !check::holds_marker(body)
        && !value
            .as_ref()
            .is_some_and(|value| check::holds_marker(value.to_string().as_bytes()))
    {
        let marked = value.map_or_else(
            || check::marked_text(body),
            |value| check::marked(&value).to_string().into_bytes(),
        );
        check::quotes_nothing(&read(&marked));
    }
}

/// Whether a body can be Apollo's: an object, which may be encoded twice, or that a key is bad.
fn may_be_apollos(value: Option<&Value>, body: &[u8]) -> bool {
    let speaks_of_key = |text: &str| {
        let text = text.trim().to_lowercase();
        text.starts_with("invalid a") || text.starts_with("access token")
    };
    match value {
        Some(Value::Object(fields)) => !fields.is_empty(),
        Some(Value::String(inner)) => inner.trim().starts_with('{') || speaks_of_key(inner),
        Some(_) => false,
        None => speaks_of_key(&String::from_utf8_lossy(body)),
    }
}

fn fits(error: &Error, status: u16, now: Timestamp) {
    let own: &[&str] = match status {
        407 => &["proxy_refused"],
        511 | 300..=399 => &["captive_portal"],
        500.. | 408 => &["upstream_down"],
        401 => &["key_rejected"],
        403 => &["plan_gated"],
        429 => &["limited", "busy", "not_from_apollo"],
        _ => &[],
    };
    // From Apollo with any of these statuses, or of unknown origin.
    let business = [
        "key_missing",
        "scoped_out",
        "not_allowed",
        "functions_off",
        "gone",
        "already_done",
        "invalid",
        "stumbled",
        "unrecognized",
        "not_from_apollo",
    ];
    let only_own = matches!(status, 407 | 408 | 429 | 300..=399 | 500..);
    let is_expected =
        own.contains(&error.code()) || (!only_own && business.contains(&error.code()));
    assert!(is_expected, "status {status} means {}", error.code());
    match error {
        Error::UpstreamDown { status: named, .. } => {
            assert_eq!(*named, Some(status));
            assert_eq!(error.delivery(), Delivery::Unknown);
        }
        Error::NotFromApollo { status: named } | Error::Unrecognized { status: named } => {
            assert_eq!(*named, status);
            assert_eq!(error.delivery(), Delivery::Unknown);
        }
        Error::Limited {
            until, retry_after, ..
        } => {
            assert!(
                *retry_after <= Duration::from_hours(25),
                "a wait nobody believes"
            );
            assert_eq!(until.duration_since(now).unsigned_abs(), *retry_after);
        }
        Error::Invalid {
            field: Some(field), ..
        } => assert!(
            SENT.contains(&field.as_str()) || KNOWN.contains(&field.as_str()),
            "a parameter that was not sent"
        ),
        _ => {}
    }
}
