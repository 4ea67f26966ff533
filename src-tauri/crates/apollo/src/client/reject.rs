//! The one reader of refusals.
//!
//! Apollo has six envelopes for them (Apollo docs: reference section 10, quirk 7) and says the
//! rest in sentences. Promises: any body at all gives an [`Error`]; Apollo's own words never get
//! into one. Must never: decide by a sentence what a status and a code already decide.

use std::time::Duration;

use budget::Endpoint;
use clock::Timestamp;
use serde_json::Value;

use super::{decode::is_html, limits::named_limit, request::Request};
use crate::{Error, Window};

/// How long to wait after a 429 that does not say.
const DEFAULT_RETRY_AFTER: Duration = Duration::from_mins(1);

/// A response that is not 2xx.
pub(crate) struct Refused<'a> {
    pub(crate) status: u16,
    pub(crate) content_type: Option<&'a str>,
    pub(crate) body: &'a [u8],
    pub(crate) retry_after: Option<Duration>,
    /// What was asked: tells which parameter a refusal is about.
    pub(crate) request: &'a Request,
    pub(crate) now: Timestamp,
}

impl Refused<'_> {
    fn endpoint(&self) -> Endpoint {
        self.request.endpoint
    }
}

/// What the body says, whichever envelope it came in.
#[derive(Debug, Default, PartialEq, Eq)]
struct Envelope {
    /// JSON, as opposed to plain text.
    json: bool,
    /// Every sentence in it, in lower case.
    text: String,
    /// `error_code`, or `error_details.code`.
    code: Option<String>,
    /// `allow_moving_to_next_task`: the task is finished.
    finished: bool,
}

impl Envelope {
    fn read(body: &[u8]) -> Self {
        match serde_json::from_slice(body) {
            // Apollo has been seen to encode a message twice.
            Ok(Value::String(inner)) => match serde_json::from_str(&inner) {
                Ok(value @ Value::Object(_)) => Self::of(&value),
                _ => Self {
                    json: true,
                    text: inner.to_lowercase(),
                    ..Self::default()
                },
            },
            Ok(value) => Self::of(&value),
            Err(_) => Self {
                text: String::from_utf8_lossy(body).to_lowercase(),
                ..Self::default()
            },
        }
    }

    fn of(value: &Value) -> Self {
        let mut text = String::new();
        for key in ["error", "message", "error_message", "errors"] {
            collect(value.get(key), &mut text);
        }
        let code = value
            .get("error_code")
            .or_else(|| value.pointer("/error_details/code"))
            .and_then(Value::as_str)
            .map(str::to_owned);
        let finished = value.get("allow_moving_to_next_task") == Some(&Value::Bool(true));
        Self {
            json: true,
            text: text.to_lowercase(),
            code,
            finished,
        }
    }

    fn says(&self, needle: &str) -> bool {
        self.text.contains(needle)
    }

    /// The value of "Parameters misconfigured. … is not a valid ID", in lower case; empty where
    /// the sentence has none.
    fn invalid_id(&self) -> Option<&str> {
        let (before, _) = self.text.split_once("is not a valid id")?;
        let value = before
            .rsplit_once("misconfigured.")
            .map_or(before, |it| it.1);
        Some(value.trim())
    }
}

fn collect(value: Option<&Value>, text: &mut String) {
    match value {
        Some(Value::String(sentence)) => {
            text.push_str(sentence);
            text.push('\n');
        }
        Some(Value::Array(list)) => list.iter().for_each(|item| collect(Some(item), text)),
        Some(Value::Object(map)) => map.values().for_each(|item| collect(Some(item), text)),
        _ => {}
    }
}

/// The error a refusal means.
pub(crate) fn reject(refused: &Refused<'_>) -> Error {
    let status = refused.status;
    if status == 407 {
        return Error::ProxyRefused;
    }
    // A sign-in page answers with itself or with the way to it; Apollo's API does neither.
    if status == 511 || (300..400).contains(&status) {
        return Error::CaptivePortal;
    }
    if is_html(refused.content_type, refused.body) {
        return Error::UpstreamDown {
            status: Some(status),
            html: true,
        };
    }
    if status >= 500 || status == 408 {
        return Error::UpstreamDown {
            status: Some(status),
            html: false,
        };
    }
    let envelope = Envelope::read(refused.body);
    match status {
        401 => unauthorized(&envelope, refused.request),
        403 => forbidden(&envelope, refused.request),
        404 | 410 => Error::Gone,
        429 => too_many(&envelope, refused),
        _ => unprocessable(&envelope, refused.request),
    }
}

fn unauthorized(envelope: &Envelope, request: &Request) -> Error {
    if envelope.code.as_deref() == Some("INVALID_ACCESS_TOKEN") || !envelope.json {
        return Error::KeyRejected;
    }
    // A 401 in JSON is a matter of business (quirk 9), unless it speaks of the key.
    if envelope.says("api key") || envelope.says("access credentials") {
        return Error::KeyRejected;
    }
    business(envelope, request).unwrap_or_else(|| not_allowed("it refuses this to the key's user."))
}

fn forbidden(envelope: &Envelope, request: &Request) -> Error {
    let plan = [
        "free plan",
        "paid plans",
        "not included in your",
        "upgrade your plan",
    ];
    if plan.iter().any(|needle| envelope.says(needle)) {
        return Error::PlanGated {
            endpoint: request.endpoint.to_string(),
        };
    }
    if envelope.code.as_deref() == Some("API_INACCESSIBLE") {
        return Error::ScopedOut {
            endpoint: request.endpoint.to_string(),
        };
    }
    business(envelope, request).unwrap_or_else(|| not_allowed("it refuses this to the key's user."))
}

fn too_many(envelope: &Envelope, refused: &Refused<'_>) -> Error {
    let named = named_limit(&envelope.text);
    let is_limit = named.is_some()
        || refused.retry_after.is_some()
        || envelope.says("maximum number")
        || envelope
            .code
            .as_deref()
            .is_some_and(|code| code.contains("RATE_LIMIT"));
    if !is_limit {
        return Error::Busy;
    }
    let window = named.map(|(_, window)| match window {
        budget::Window::Minute => Window::Minute,
        budget::Window::Hour => Window::Hour,
        budget::Window::Day => Window::Day,
    });
    let retry_after = refused.retry_after.unwrap_or(DEFAULT_RETRY_AFTER);
    Error::Limited {
        endpoint: refused.endpoint().to_string(),
        window,
        retry_after,
        until: refused
            .now
            .saturating_add(retry_after)
            .unwrap_or(Timestamp::MAX),
    }
}

fn unprocessable(envelope: &Envelope, request: &Request) -> Error {
    if envelope.finished {
        return Error::AlreadyDone;
    }
    business(envelope, request)
        .unwrap_or_else(|| invalid(None, "Apollo gave a reason that Handset does not know."))
}

/// A part of a sentence, and what it means.
type Known = (&'static str, fn() -> Error);

/// The sentences of Apollo's that Handset knows (Apollo docs: reference, the errors of each
/// endpoint), in lower case, and what each means.
fn business(envelope: &Envelope, request: &Request) -> Option<Error> {
    if let Some(value) = envelope.invalid_id() {
        return Some(invalid(request.name_of(value), "an id is not valid."));
    }
    let known: [Known; 20] = [
        ("api key required", || Error::KeyMissing),
        ("already completed / skipped", || Error::AlreadyDone),
        ("belongs to another user", || {
            not_allowed("the task belongs to another user, and the team's settings forbid this.")
        }),
        ("permissions to access task functions", || {
            Error::FunctionsOff
        }),
        ("permission to access lists", || {
            not_allowed("lists are closed to the key's user.")
        }),
        ("not authorized to view this page", || {
            not_allowed("the record is closed to the key's user.")
        }),
        ("has been deleted", || Error::Gone),
        ("as it is deleted", || Error::Gone),
        ("does not exist in apollo", || Error::Gone),
        ("record not found", || Error::Gone),
        ("per page", || {
            invalid(Some("per_page"), "the page is not one that Apollo serves.")
        }),
        ("can not be blank", || {
            invalid(Some("type"), "something required is missing.")
        }),
        ("'contact_ids' missing", || {
            invalid(Some("contact_ids"), "it needs a contact.")
        }),
        ("invalid sort criteria", || {
            invalid(Some("sort_by_field"), "the order is not known.")
        }),
        ("in order to sort on", || {
            invalid(Some("sort_by_field"), "the order is not known.")
        }),
        ("search parameters are entered incorrectly", || {
            invalid(None, "the search is not one that Apollo understands.")
        }),
        ("something's wrong with your api request", || {
            invalid(None, STUMBLED)
        }),
        ("undefined method", || invalid(None, STUMBLED)),
        ("parameters misconfigured", || {
            invalid(None, "a parameter is not valid.")
        }),
        ("at least one argument is required", || {
            invalid(None, "something required is missing.")
        }),
    ];
    known
        .iter()
        .find(|(needle, _)| envelope.says(needle))
        .map(|(_, error)| error())
}

/// Apollo leaks the words of its own machinery here (quirk 6); they help no one.
const STUMBLED: &str = "Apollo stumbled over a parameter.";

fn not_allowed(message: &str) -> Error {
    Error::NotAllowed {
        message: message.to_owned(),
    }
}

fn invalid(field: Option<&str>, message: &str) -> Error {
    Error::Invalid {
        field: field.map(str::to_owned),
        message: message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use reqwest::Method;

    use super::*;
    use crate::Delivery;

    fn read(status: u16, content_type: &str, body: &str) -> Error {
        let request = Request::read(Endpoint::TASKS_SEARCH, Method::POST, &["tasks", "search"]);
        reject(&Refused {
            status,
            content_type: Some(content_type),
            body: body.as_bytes(),
            retry_after: None,
            request: &request,
            now: Timestamp::UNIX_EPOCH,
        })
    }

    fn json(status: u16, body: &str) -> Error {
        read(status, "application/json; charset=utf-8", body)
    }

    #[test]
    fn a_bad_key_and_a_business_401_are_told_apart() {
        for body in [
            "Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate.",
            "Invalid access credentials.",
            "",
        ] {
            assert_eq!(read(401, "text/plain", body), Error::KeyRejected, "{body}");
        }
        assert_eq!(
            json(
                401,
                r#"{"error":"Access token is invalid","error_code":"INVALID_ACCESS_TOKEN"}"#
            ),
            Error::KeyRejected
        );
        let foreign = json(
            401,
            r#"{"error":"This task belongs to another user. You do not have permissions to modify other people's tasks."}"#,
        );
        assert!(matches!(foreign, Error::NotAllowed { .. }), "{foreign:?}");
        assert_eq!(foreign.delivery(), Delivery::Refused);
        assert!(matches!(
            json(401, r#"{"error":"Something new"}"#),
            Error::NotAllowed { .. }
        ));
    }

    #[test]
    fn a_missing_key_is_a_422() {
        assert_eq!(
            json(422, r#"{"error":"Api key required"}"#),
            Error::KeyMissing
        );
    }

    #[test]
    fn the_kinds_of_403_are_told_apart() {
        let endpoint = || "api/v1/tasks#search".to_owned();
        for body in [
            r#"{"error":"This API key is not authorized to access api/v1/tasks/search. Request an API key from your administrator that includes this endpoint in its configured scope.","error_code":"API_INACCESSIBLE"}"#,
            r#"{"error":"api/v1/tasks/search is not accessible with this api_key","error_code":"API_INACCESSIBLE"}"#,
        ] {
            assert_eq!(
                json(403, body),
                Error::ScopedOut {
                    endpoint: endpoint()
                }
            );
        }
        for body in [
            r#"{"error":"api/v1/tasks is not accessible with this api_key on a free plan. Please upgrade your plan from https://app.apollo.io/.","error_code":"API_INACCESSIBLE"}"#,
            r#"{"message":"This endpoint is only available to Apollo users on paid plans."}"#,
            r#"{"error":"tasks is not included in your Basic plan"}"#,
        ] {
            assert_eq!(
                json(403, body),
                Error::PlanGated {
                    endpoint: endpoint()
                },
                "{body}"
            );
        }
        assert_eq!(
            json(
                403,
                r#"{"error":"You do not have permissions to access task functions."}"#
            ),
            Error::FunctionsOff
        );
        for body in [
            r#"{"error":"You do not have permission to access lists. Contact your admin to get access to Contacts & Accounts."}"#,
            "{}",
        ] {
            assert!(
                matches!(json(403, body), Error::NotAllowed { .. }),
                "{body}"
            );
        }
    }

    #[test]
    fn every_known_sentence_is_classified() {
        let cases = [
            (
                r#"{"error":"This task is already completed / skipped.","allow_moving_to_next_task":true}"#,
                "already_done",
            ),
            (
                r#"{"error":"Reworded.","allow_moving_to_next_task":true}"#,
                "already_done",
            ),
            (
                r#"{"error":"This task or emailer message has been deleted. Please refresh your page."}"#,
                "gone",
            ),
            (
                r#"{"error":"This task has been deleted. Please refresh your page."}"#,
                "gone",
            ),
            (
                r#"{"error":"Oops! This contact does not exist in Apollo."}"#,
                "gone",
            ),
            (r#"{"error":"This contact has been deleted."}"#, "gone"),
            (
                r#"{"error":"Cannot update contact as it is deleted.","deleted_contact_ids":["c1"]}"#,
                "gone",
            ),
            (
                r#"{"error":"You are not authorized to view this page."}"#,
                "not_allowed",
            ),
            (
                r#"{"error":"This task belongs to another user. Your admin has disabled non-admin users from completing other people's tasks."}"#,
                "not_allowed",
            ),
            (
                r#"{"error":"Parameters misconfigured. zzz is not a valid ID"}"#,
                "invalid",
            ),
            (
                r#"{"error":"Per page not supported","error_details":{"code":"SEARCH_VALIDATION_SEARCH_PARAMS_INVALID"}}"#,
                "invalid",
            ),
            (r#"{"error":"type and user can not be blank"}"#, "invalid"),
            (
                r#"{"error":"Something's wrong with your API request. undefined method `[]' for nil"}"#,
                "invalid",
            ),
            (
                r#"{"error":"Invalid sort criteria","skip_alert_dialog":true}"#,
                "invalid",
            ),
            (r#"{"error":"A sentence from next year"}"#, "invalid"),
            (
                r#"{"errors":[{"detail":"This contact has been deleted."}]}"#,
                "gone",
            ),
            ("[]", "invalid"),
            ("", "invalid"),
        ];
        for (body, code) in cases {
            assert_eq!(json(422, body).code(), code, "{body}");
        }
        assert_eq!(json(404, r#"{"error":"Contact not found"}"#), Error::Gone);
        assert_eq!(
            json(404, r#"{"status":404,"error":"Not Found"}"#),
            Error::Gone
        );
    }

    #[test]
    fn a_used_up_limit_and_the_concurrency_guard_are_told_apart() {
        let until = Timestamp::from_second(60).unwrap();
        let limit = r#"{"message":"The maximum number of api calls allowed for api/v1/tasks/search is 600 times per hour. Please upgrade your plan from https://app.apollo.io/#/settings/plans/upgrade."}"#;
        let limited = Error::Limited {
            endpoint: "api/v1/tasks#search".to_owned(),
            window: Some(Window::Hour),
            retry_after: Duration::from_mins(1),
            until,
        };
        assert_eq!(json(429, limit), limited);
        let twice = serde_json::to_string(limit).unwrap();
        assert_eq!(json(429, &twice), limited, "a message encoded twice");
        assert_eq!(
            json(
                429,
                r#"{"error":"We are already processing the request for your sequence"}"#
            ),
            Error::Busy
        );
    }

    #[test]
    fn pages_proxies_and_portals_are_not_taken_for_apollo() {
        let page = "<html><title>502: Bad gateway</title></html>";
        assert_eq!(
            read(502, "text/html", page),
            Error::UpstreamDown {
                status: Some(502),
                html: true
            }
        );
        assert_eq!(
            json(500, "{}"),
            Error::UpstreamDown {
                status: Some(500),
                html: false
            }
        );
        assert_eq!(read(403, "text/html", page).delivery(), Delivery::Unknown);
        assert_eq!(read(302, "text/html", ""), Error::CaptivePortal);
        assert_eq!(read(511, "text/html", page), Error::CaptivePortal);
        assert_eq!(read(407, "text/html", page), Error::ProxyRefused);
    }

    #[test]
    fn what_apollo_wrote_never_gets_into_an_error() {
        for status in [400, 401, 403, 404, 409, 422, 429, 500] {
            let error = json(
                status,
                r#"{"error":"Dana Example <dana@northwind.example> +12025550143 is not a valid ID","message":"Dana"}"#,
            );
            let printed = format!("{error} {error:?}");
            for secret in ["Dana", "northwind", "2025550143"] {
                assert!(!printed.contains(secret), "{status}: {printed}");
            }
        }
    }
}
