//! The one reader of answers with status 2xx.
//!
//! Promises: the kind of content is checked before it is read as JSON; a failure names the path
//! and the kind of fault. Must never: quote the answer.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Map, Value};

use crate::{
    Error, lenient,
    types::{Filtering, Page, Pagination},
};

/// Whether an answer is a web page, by its content type or by its first character: JSON never
/// begins that way, and sign-in pages come with any content type.
pub(super) fn is_html(content_type: Option<&str>, body: &[u8]) -> bool {
    let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
    kind(content_type).contains("html") || body.trim_ascii_start().starts_with(b"<")
}

/// Whether an answer calls itself a problem report (RFC 9457), which gateways send and Apollo does
/// not.
pub(super) fn is_problem(content_type: Option<&str>) -> bool {
    kind(content_type).starts_with("application/problem")
}

/// Whether an answer with status 2xx is a network's own: a web page, or a plain text that is no
/// JSON.
pub(super) fn is_portal(content_type: Option<&str>, body: &[u8]) -> bool {
    if is_html(content_type, body) {
        return true;
    }
    let text = body.trim_ascii();
    // A text that begins like an answer of Apollo's is one, though it may be cut off.
    let is_apollos = text.is_empty() || text.starts_with(b"{") || text.starts_with(b"[");
    kind(content_type).starts_with("text/")
        && !is_apollos
        && serde_json::from_slice::<IgnoredAny>(text).is_err()
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

fn kind(content_type: Option<&str>) -> String {
    content_type.unwrap_or_default().to_ascii_lowercase()
}

/// Reads a whole answer.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let answer = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        undecodable(&path, fault(error.inner()))
    })?;
    // If something on the way has added to the end, the rest may not be Apollo's either.
    reader
        .end()
        .map_err(|error| undecodable("", fault(&error)))?;
    Ok(answer)
}

/// What was wrong, without any of the content: serde quotes values, so its text is not used.
fn fault(error: &serde_json::Error) -> String {
    let kind = match error.classify() {
        serde_json::error::Category::Eof => "the answer is cut off",
        serde_json::error::Category::Syntax => "not JSON",
        serde_json::error::Category::Data => "not the expected shape",
        serde_json::error::Category::Io => "unreadable",
    };
    format!("{kind} (line {}, column {})", error.line(), error.column())
}

pub(crate) fn undecodable(path: &str, reason: impl Into<String>) -> Error {
    let path = if path.is_empty() || path == "." {
        "the top".to_owned()
    } else {
        tame(path)
    };
    let reason = reason.into();
    tracing::warn!(path, reason, "Apollo's answer could not be read");
    Error::Undecodable { path, reason }
}

/// The longest path shown, in characters. Apollo's own stay far below.
const MAX_PATH_CHARS: usize = 120;

/// A path as it may be shown and logged: keys are the answer's, and an answer may be anybody's.
fn tame(path: &str) -> String {
    let known = |c: char| c.is_ascii_alphanumeric() || "._-[]#/?".contains(c);
    path.chars()
        .take(MAX_PATH_CHARS)
        .map(|c| if known(c) { c } else { '?' })
        .collect()
}

/// Reads the record an answer wraps under `key`.
pub(crate) fn wrapped<T: DeserializeOwned>(body: &[u8], key: &str) -> Result<T, Error> {
    let mut fields: Map<String, Value> = decode(body)?;
    let record = fields
        .remove(key)
        .ok_or_else(|| undecodable(key, "missing"))?;
    serde_path_to_error::deserialize(record).map_err(|error| {
        let path = format!("{key}.{}", error.path());
        undecodable(&path, fault(error.inner()))
    })
}

/// Checks that Apollo acknowledged: its answer shows what it did under one of `keys`. Anything on
/// the way can answer 200 with JSON of its own.
pub(crate) fn acknowledged(body: &[u8], keys: &[&str]) -> Result<(), Error> {
    let fields: Map<String, Value> = decode(body)?;
    if keys.iter().any(|key| fields.contains_key(*key)) {
        Ok(())
    } else {
        Err(undecodable(&keys.join("/"), "missing"))
    }
}

/// Reads a list under `key`, or a bare one where Apollo does not wrap it (Apollo docs: reference
/// section 10, quirk 16): the rows, and how many could not be read.
pub(crate) fn rows<T: DeserializeOwned>(body: &[u8], key: &str) -> Result<(Vec<T>, u32), Error> {
    match decode(body)? {
        list @ Value::Array(_) => Ok(lenient::rows(list)),
        Value::Object(mut fields) => match fields.remove(key) {
            Some(list @ Value::Array(_)) => Ok(lenient::rows(list)),
            Some(Value::Null) => Ok((Vec::new(), 0)),
            Some(_) => Err(undecodable(key, "not a list")),
            None => Err(undecodable(key, "missing")),
        },
        _ => Err(undecodable("", "not a list")),
    }
}

/// Reads one page of rows under `key`, and hands back what else the answer holds.
pub(crate) fn page<T: DeserializeOwned>(
    body: &[u8],
    key: &str,
    asked: (u32, u32),
) -> Result<(Page<T>, Map<String, Value>), Error> {
    let mut fields: Map<String, Value> = decode(body)?;
    let (rows, dropped_rows) = match fields.remove(key) {
        Some(rows @ Value::Array(_)) => lenient::rows(rows),
        Some(Value::Null) => (Vec::new(), 0),
        Some(_) => return Err(undecodable(key, "not a list")),
        None => return Err(undecodable(key, "missing")),
    };
    let pagination: Pagination = fields
        .remove("pagination")
        .and_then(|value| serde_json::from_value(value).ok())
        .unwrap_or_default();
    let breadcrumbs = fields
        .remove("breadcrumbs")
        .map(lenient::rows)
        .unwrap_or_default()
        .0;
    let total_rows = pagination
        .total_entries
        .or_else(|| fields.get("pipeline_total").and_then(lenient::as_u64));
    let page = Page {
        rows,
        left_out: Vec::new(),
        dropped_rows,
        page: pagination.page.filter(|&page| page > 0).unwrap_or(asked.0),
        per_page: pagination
            .per_page
            .filter(|&rows| rows > 0)
            .unwrap_or(asked.1),
        total_rows,
        total_pages: pagination.total_pages,
        breadcrumbs,
        filtering: Filtering::default(),
    };
    Ok((page, fields))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Task;

    #[test]
    fn html_is_told_by_its_type_or_its_first_character() {
        assert!(is_html(Some("text/html; charset=utf-8"), b"{}"));
        assert!(is_html(None, b"\n <!DOCTYPE html>"));
        assert!(is_html(Some("text/plain"), b"<html>"));
        assert!(is_html(Some("application/json"), b"<html>"));
        assert!(is_html(None, "\u{feff}<html>".as_bytes()));
        assert!(!is_html(Some("application/json"), b"{}"));
        assert!(!is_html(None, b"{}"));
    }

    #[test]
    fn a_cut_off_answer_says_so_and_quotes_nothing() {
        let error = page::<Task>(br#"{"tasks":[{"id":"secret"#, "tasks", (1, 100)).unwrap_err();
        let Error::Undecodable { reason, .. } = &error else {
            panic!("{error:?}")
        };
        assert!(reason.starts_with("the answer is cut off"), "{reason}");
        assert!(!format!("{error:?}").contains("secret"));
    }

    #[test]
    fn an_answer_with_something_behind_it_is_not_read() {
        let body = br#"{"tasks":[{"id":"t1"}]}{"tasks":"#;
        let error = page::<Task>(body, "tasks", (1, 100)).unwrap_err();
        assert!(matches!(error, Error::Undecodable { .. }), "{error:?}");
        assert!(page::<Task>(b"{\"tasks\":[]}\r\n", "tasks", (1, 100)).is_ok());
    }

    #[test]
    fn a_path_is_shown_without_what_no_key_of_apollos_has() {
        let long = "k".repeat(5_000);
        for key in ["line\nbreak\u{1b}[31m dana@northwind.example", &long] {
            let body = format!(r"{{{}: [1, }}", Value::from(key));
            let error = decode::<Map<String, Value>>(body.as_bytes()).unwrap_err();
            let Error::Undecodable { path, .. } = &error else {
                panic!("{error:?}")
            };
            assert!(path.len() <= MAX_PATH_CHARS, "{}", path.len());
            assert!(!path.contains(['\n', '\u{1b}', ' ', '@']), "{path:?}");
        }
    }

    #[test]
    fn a_wrong_shape_names_its_path_and_quotes_nothing() {
        let error = wrapped::<Task>(br#"{"task":{"id":{"secret":1}}}"#, "task").unwrap_err();
        assert!(
            matches!(&error, Error::Undecodable { path, .. } if path == "task.id"),
            "{error:?}"
        );
        assert!(!format!("{error:?}").contains("secret"));
    }

    #[test]
    fn null_rows_and_rows_without_an_id_are_left_out_and_counted() {
        let body = br#"{"tasks":[null,{"id":"t1"},{"type":"call"},7],
            "pagination":{"page":"2","per_page":"4","total_entries":"9","total_pages":3}}"#;
        let (page, _) = page::<Task>(body, "tasks", (2, 4)).unwrap();
        assert_eq!((page.rows.len(), page.dropped_rows), (1, 3));
        assert_eq!((page.page, page.per_page, page.total_rows), (2, 4, Some(9)));
        assert_eq!(
            page.next_page(),
            Some(3),
            "a page full of bad rows is still a full page"
        );
    }

    #[test]
    fn without_pagination_a_short_page_is_the_last() {
        let (page, _) = page::<Task>(br#"{"tasks":[{"id":"t1"}]}"#, "tasks", (1, 100)).unwrap();
        assert_eq!((page.page, page.per_page, page.next_page()), (1, 100, None));
    }

    #[test]
    fn an_answer_without_its_rows_is_not_an_empty_page() {
        let error = page::<Task>(b"{}", "tasks", (1, 100)).unwrap_err();
        assert!(matches!(error, Error::Undecodable { path, .. } if path == "tasks"));
    }
}
