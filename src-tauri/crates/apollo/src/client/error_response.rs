//! The one reader of responses that are not 2xx.
//!
//! Apollo has six envelopes for them (Apollo docs: reference section 10, quirk 7) and says the
//! rest in sentences. Anything between this computer and Apollo answers with the same statuses, so a
//! status alone is a fact about the way there, and never about a record, a key or a team: those are
//! believed only in Apollo's own body.
//!
//! Promises: any body at all gives an [`Error`]; Apollo's own text never gets into one; an answer
//! that Handset does not know is [`Error::NotFromApollo`] or [`Error::Unrecognized`], and never a
//! reason of business.
//! Must never: decide by a sentence what a status and a code already decide.

use std::time::Duration;

use budget::{Endpoint, LimitWindow};
use clock::Timestamp;
use reqwest::StatusCode;
use serde_json::{Map, Value};

use super::{
    decode::{is_html, is_problem},
    limits::named_limit,
    request::Request,
};
use crate::Error;

/// How long to wait after a 429 that does not say.
const DEFAULT_RETRY_AFTER: Duration = Duration::from_mins(1);

/// A response that is not 2xx.
pub(crate) struct ErrorResponse<'a> {
    pub(crate) status: u16,
    pub(crate) content_type: Option<&'a str>,
    pub(crate) body: &'a [u8],
    pub(crate) retry_after: Option<Duration>,
    /// What was asked: tells which parameter a refusal is about.
    pub(crate) request: &'a Request,
    pub(crate) now: Timestamp,
}

impl ErrorResponse<'_> {
    fn endpoint(&self) -> Endpoint {
        self.request.endpoint
    }
}

/// The body of a refusal of Apollo's, whichever envelope it came in.
#[derive(Debug, Default, PartialEq, Eq)]
struct ErrorBody {
    /// Every sentence in it, in lower case.
    text: String,
    /// `error_code`, or `error_details.code`.
    code: Option<String>,
    /// `allow_moving_to_next_task`: the task is finished.
    finished: bool,
}

/// The keys under which Apollo puts its sentences.
const SENTENCES: [&str; 4] = ["error", "message", "error_message", "errors"];

impl ErrorBody {
    /// Reads a body; `None` where it is not of the shape that Apollo's refusals have.
    fn read(status: u16, body: &[u8]) -> Option<Self> {
        match serde_json::from_slice(body) {
            // Apollo has been seen to encode a message twice.
            Ok(Value::String(inner)) => match serde_json::from_str(&inner) {
                Ok(Value::Object(fields)) => Self::of(status, &fields),
                _ => Self::plain(&inner),
            },
            Ok(Value::Object(fields)) => Self::of(status, &fields),
            Ok(_) => None,
            Err(_) => Self::plain(&String::from_utf8_lossy(body)),
        }
    }

    /// What Apollo says without JSON: that it does not know the key, and nothing else (Apollo docs:
    /// reference section 1.3).
    fn plain(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let is_known = BAD_KEY.iter().any(|sentence| text.starts_with(sentence));
        is_known.then(|| Self {
            text,
            ..Self::default()
        })
    }

    fn of(status: u16, fields: &Map<String, Value>) -> Option<Self> {
        let mut text = String::new();
        for key in SENTENCES {
            collect(fields.get(key), &mut text);
        }
        let code = fields
            .get("error_code")
            .or_else(|| fields.get("error_details")?.get("code"))
            .and_then(Value::as_str)
            .map(str::to_owned);
        let body = Self {
            text: text.to_lowercase(),
            code,
            finished: fields.get("allow_moving_to_next_task") == Some(&Value::Bool(true)),
        };
        let says_something = !body.text.is_empty() || body.code.is_some() || body.finished;
        let is_anybodys = body.echoes(status) && !is_of_rails(status, fields);
        (says_something && !is_anybodys).then_some(body)
    }

    /// Whether it says no more than the name that its status has anyway, as gateways do.
    fn echoes(&self, status: u16) -> bool {
        let name = StatusCode::from_u16(status)
            .ok()
            .and_then(|status| status.canonical_reason())
            .unwrap_or_default();
        self.code.is_none() && !self.finished && self.text.trim().eq_ignore_ascii_case(name)
    }

    fn says(&self, needle: &str) -> bool {
        self.text.contains(needle)
    }

    fn says_any(&self, needles: &[&str]) -> bool {
        needles.iter().any(|needle| self.says(needle))
    }

    /// The value of "Parameters misconfigured. … is not a valid ID", in lower case; empty where
    /// the sentence has none.
    fn invalid_id(&self) -> Option<&str> {
        let (before, rest) = self.text.split_once("is not a valid id")?;
        if rest.starts_with(char::is_alphanumeric) {
            return None;
        }
        let value = before
            .rsplit_once("misconfigured.")
            .map_or(before, |it| it.1);
        Some(value.trim())
    }
}

/// Rails' own body for a status, which Apollo sends for a route, rarely for a record, that is not
/// there (Apollo docs: reference section 9.4). Similar bodies of others add when and where.
fn is_of_rails(status: u16, fields: &Map<String, Value>) -> bool {
    fields.get("status") == Some(&Value::from(status)) && !fields.contains_key("timestamp")
}

fn collect(value: Option<&Value>, text: &mut String) {
    match value {
        Some(Value::String(sentence)) => {
            text.push_str(sentence);
            text.push('\n');
        }
        Some(Value::Array(list)) => {
            for sentence in list.iter().filter_map(Value::as_str) {
                text.push_str(sentence);
                text.push('\n');
            }
        }
        _ => {}
    }
}

/// The error that a response means.
pub(crate) fn read_error(response: &ErrorResponse<'_>) -> Error {
    let status = response.status;
    if status == 407 {
        return Error::ProxyRefused;
    }
    // A sign-in page answers with itself or with the way to it; Apollo's API does neither.
    if status == 511 || (300..400).contains(&status) {
        return Error::CaptivePortal;
    }
    let html = is_html(response.content_type, response.body);
    if status >= 500 || status == 408 {
        return Error::UpstreamDown {
            status: Some(status),
            html,
        };
    }
    let not_apollos = Error::NotFromApollo { status };
    if html || is_problem(response.content_type) {
        return not_apollos;
    }
    let Some(body) = ErrorBody::read(status, response.body) else {
        return not_apollos;
    };
    let known = match status {
        429 => Some(too_many(&body, response)),
        401 if body.says_any(&BAD_KEY) || body.code.as_deref() == Some(BAD_TOKEN) => {
            Some(Error::KeyRejected)
        }
        403 if is_plan(&body) => Some(Error::PlanGated {
            endpoint: response.endpoint().to_string(),
        }),
        _ if body.code.as_deref() == Some(SCOPED_OUT) => Some(Error::ScopedOut {
            endpoint: response.endpoint().to_string(),
        }),
        _ if body.finished => Some(Error::AlreadyDone),
        _ => business(&body, response.request),
    };
    known.unwrap_or(Error::Unrecognized { status })
}

/// How Apollo says that it does not know the key, in plain text or in JSON (Apollo docs: reference
/// section 1.3), in lower case. Any other 401 in JSON is a matter of business (quirk 9).
const BAD_KEY: [&str; 3] = [
    "invalid api key",
    "invalid access credentials",
    "access token is invalid",
];
/// The code with which Apollo says the same of a token.
const BAD_TOKEN: &str = "INVALID_ACCESS_TOKEN";
/// The code of an endpoint that is not for this key.
const SCOPED_OUT: &str = "API_INACCESSIBLE";

fn is_plan(body: &ErrorBody) -> bool {
    let sentences = [
        "on a free plan",
        "apollo users on paid plans",
        "upgrade your plan from https://app.apollo.io",
    ];
    body.says_any(&sentences) || (body.says("not included in your") && body.says("plan"))
}

fn too_many(body: &ErrorBody, response: &ErrorResponse<'_>) -> Error {
    let is_limit = named_limit(&body.text).is_some()
        || body.says("maximum number of api calls")
        || body
            .code
            .as_deref()
            .is_some_and(|code| code.contains("RATE_LIMIT"));
    if !is_limit {
        return Error::Busy;
    }
    let retry_after = response.retry_after.unwrap_or(DEFAULT_RETRY_AFTER);
    Error::Limited {
        endpoint: response.endpoint().to_string(),
        retry_after,
        until: response
            .now
            .saturating_add(retry_after)
            .unwrap_or(Timestamp::MAX),
    }
}

/// The limit, and the window that is used up, in a 429 of Apollo's that names them.
pub(crate) fn limit_named_in(body: &[u8]) -> Option<(u64, LimitWindow)> {
    named_limit(&ErrorBody::read(429, body)?.text)
}

/// A part of a sentence, and what it means.
type KnownSentence = (&'static str, fn() -> Error);

/// The sentences of Apollo's that Handset knows (Apollo docs: reference, the errors of each
/// endpoint), in lower case, and what each means.
fn business(body: &ErrorBody, request: &Request) -> Option<Error> {
    if let Some(value) = body.invalid_id() {
        return Some(invalid(request.name_of(value), "an id is not valid."));
    }
    let known: [KnownSentence; 25] = [
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
        ("contact not found", || Error::Gone),
        ("contact does not exist", || Error::Gone),
        ("could not find label", || Error::Gone),
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
        // Apollo leaks texts of its own machinery here (quirk 6); they help no one.
        ("something's wrong with your api request", || {
            Error::Stumbled
        }),
        ("undefined method", || Error::Stumbled),
        ("parameters misconfigured", || {
            invalid(None, "a parameter is not valid.")
        }),
        ("at least one argument is required", || {
            invalid(None, "something required is missing.")
        }),
        ("sort_by_field must be", || {
            invalid(Some("sort_by_field"), "the order is not known.")
        }),
        ("sort_direction must be", || {
            invalid(Some("sort_direction"), "the order is not known.")
        }),
    ];
    known
        .iter()
        .find(|(needle, _)| body.says(needle))
        .map(|(_, error)| error())
}

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
        read_error(&ErrorResponse {
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
        ] {
            let in_json = serde_json::to_string(body).unwrap();
            assert_eq!(read(401, "text/plain", body), Error::KeyRejected, "{body}");
            assert_eq!(json(401, &in_json), Error::KeyRejected, "{body}");
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
    }

    /// What gateways, firewalls and filters are known to answer, and what any could.
    const STRANGERS: [(&str, &str); 22] = [
        ("text/plain", "default backend - 404"),
        ("text/plain", "404 page not found"),
        ("text/plain", "error code: 1010"),
        ("text/plain", "Unauthorized"),
        ("text/plain", "Too many requests"),
        ("text/plain", "This task has been deleted."),
        ("text/plain", "RBAC: access denied"),
        ("text/plain", ""),
        ("application/json", ""),
        ("application/json", "null"),
        ("application/json", "true"),
        ("application/json", "{}"),
        ("application/json", "[]"),
        ("application/json", r#""Forbidden""#),
        ("application/json", r#"{"status":"ok"}"#),
        (
            "application/json",
            r#"{"fault":{"faultstring":"Invalid ApiKey"}}"#,
        ),
        (
            "application/json",
            r#"{"error":{"code":404,"message":"Record not found."}}"#,
        ),
        (
            "application/json",
            r#"{"success":false,"errors":[{"code":10000,"message":"Record not found."}]}"#,
        ),
        (
            "application/problem+json",
            r#"{"title":"Error 1010: Access denied","status":403,"detail":"The site owner has blocked access.","error_code":1010}"#,
        ),
        (
            "application/problem+json; charset=utf-8",
            r#"{"error":"This task has been deleted.","title":"Gone"}"#,
        ),
        ("text/html", "<html><h1>Request blocked</h1></html>"),
        ("application/json", "<html>Request blocked"),
    ];

    #[test]
    fn no_status_of_a_stranger_is_a_fact_about_a_record_a_key_or_a_team() {
        for status in (400..500).filter(|status| !matches!(status, 407 | 408)) {
            for (content_type, body) in STRANGERS {
                let error = read(status, content_type, body);
                let expected = Error::NotFromApollo { status };
                assert_eq!(error, expected, "{status} {content_type} {body}");
                assert_eq!(error.delivery(), Delivery::Unknown);
            }
        }
    }

    #[test]
    fn a_status_that_only_says_its_own_name_is_no_answer_of_apollos() {
        for (status, name) in [
            (400, "Bad Request"),
            (401, "Unauthorized"),
            (403, "Forbidden"),
            (404, "Not Found"),
            (410, "Gone"),
            (413, "Payload Too Large"),
            (429, "Too Many Requests"),
        ] {
            let with = |more: &str| {
                json(
                    status,
                    &format!(r#"{{"status":{status},"error":"{name}"{more}}}"#),
                )
            };
            let anybodys = json(status, &format!(r#"{{"message":"{name}"}}"#));
            assert_eq!(anybodys, Error::NotFromApollo { status });
            let others = with(r#","timestamp":"2026-11-24T15:00:00Z","path":"/api/v1/tasks""#);
            assert_eq!(others, Error::NotFromApollo { status });
            let of_rails = match status {
                429 => Error::Busy,
                _ => Error::Unrecognized { status },
            };
            assert_eq!(with(""), of_rails, "Rails' own, which Apollo sends");
        }
    }

    #[test]
    fn a_reason_that_nobody_knows_is_no_reason_of_business() {
        for status in (400..500).filter(|status| !matches!(status, 407 | 408 | 429)) {
            for body in [
                r#"{"error":"A sentence from next year"}"#,
                r#"{"message":"No API key found in request"}"#,
                r#"{"error":"tenant is not a valid identifier"}"#,
                r#"{"status":"failed","error_code":"NEW_CODE"}"#,
            ] {
                let error = json(status, body);
                assert_eq!(error, Error::Unrecognized { status }, "{status} {body}");
                assert_eq!(error.delivery(), Delivery::Unknown);
            }
        }
    }

    #[test]
    fn a_leak_of_apollos_machinery_may_have_come_after_the_commit() {
        for body in [
            r#"{"error":"Something's wrong with your API request. undefined method `[]' for nil"}"#,
            r#"{"error":"undefined method 'map' for nil"}"#,
            r#"{"error":"Something's wrong with your API request."}"#,
        ] {
            for status in [400, 422] {
                assert_eq!(json(status, body), Error::Stumbled, "{status} {body}");
            }
        }
        assert_eq!(Error::Stumbled.delivery(), Delivery::Unknown);
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
        let lists = json(
            403,
            r#"{"error":"You do not have permission to access lists. Contact your admin to get access to Contacts & Accounts."}"#,
        );
        assert!(matches!(lists, Error::NotAllowed { .. }), "{lists:?}");
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
                "stumbled",
            ),
            (
                r#"{"error":"Invalid sort criteria","skip_alert_dialog":true}"#,
                "invalid",
            ),
            (
                r#"{"error":"sort_direction must be \"asc\" or \"desc\""}"#,
                "invalid",
            ),
            (r#"{"errors":["This contact has been deleted."]}"#, "gone"),
            (
                r#"{"message":"Could not find label with id 1","error":"Record not found."}"#,
                "gone",
            ),
        ];
        for (body, code) in cases {
            assert_eq!(json(422, body).code(), code, "{body}");
        }
        assert_eq!(json(404, r#"{"error":"Contact not found"}"#), Error::Gone);
        assert_eq!(json(404, r#"{"error":"Record not found."}"#), Error::Gone);
    }

    #[test]
    fn a_used_up_limit_and_the_concurrency_guard_are_told_apart() {
        let until = Timestamp::from_second(60).unwrap();
        let limit = r#"{"message":"The maximum number of api calls allowed for api/v1/tasks/search is 600 times per hour. Please upgrade your plan from https://app.apollo.io/#/settings/plans/upgrade."}"#;
        let limited = Error::Limited {
            endpoint: "api/v1/tasks#search".to_owned(),
            retry_after: Duration::from_mins(1),
            until,
        };
        assert_eq!(json(429, limit), limited);
        let twice = serde_json::to_string(limit).unwrap();
        assert_eq!(json(429, &twice), limited, "a message encoded twice");
        for body in [
            r#"{"error":"We are already processing the request for your sequence"}"#,
            r#"{"message":"API rate limit exceeded"}"#,
        ] {
            assert_eq!(json(429, body), Error::Busy, "{body}");
        }
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
        assert_eq!(
            read(408, "text/html", page),
            Error::UpstreamDown {
                status: Some(408),
                html: true
            }
        );
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
