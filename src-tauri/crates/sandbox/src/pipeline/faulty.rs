//! What a fault makes of a request.
//!
//! Promises: a request that no fault strikes is answered as the pipeline answers it. Must never:
//! change the world itself.

use std::{task::Poll, time::Duration};

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Extensions, HeaderValue, Response, header},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{Asked, Core, Incoming, answer, envelope, log_answered, send};
use crate::{
    auth,
    connection::Cut,
    endpoint::Endpoint,
    faults::FaultKind,
    reply::{Reply, ReplyBody},
};

/// A problem report (RFC 9457), which Apollo never sends.
const PROBLEM: &str = "application/problem+json";
const HTML: &str = "text/html; charset=UTF-8";

const GATEWAY_PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en-US\">\n<head><title>api.apollo.io | 502: Bad gateway</title></head>\n<body><h1>Bad gateway <span>Error code 502</span></h1><p>The web server reported a bad gateway error.</p></body>\n</html>\n";
const BLOCKED_PAGE: &str = "<!DOCTYPE html>\n<html>\n<head><title>Request blocked</title></head>\n<body><h1>The request was blocked by a security rule.</h1></body>\n</html>\n";
const PORTAL_PAGE: &str = "<!DOCTYPE html>\n<html>\n<head><title>Sign in to the network</title></head>\n<body><form method=\"post\"><p>Sign in to use this network.</p></form></body>\n</html>\n";

/// The fault that strikes a request, if any.
pub(super) fn strike(
    core: &Core,
    number: u64,
    endpoint: Endpoint,
    body: Option<&[u8]>,
) -> Option<FaultKind> {
    let fault = core.faults.strike(endpoint, body.unwrap_or_default());
    if let Some(fault) = fault {
        core.history.note(number, |record| {
            record.fault = Some(fault.name().to_owned());
        });
    }
    fault
}

/// Answers a request as the fault that struck it has it.
pub(super) async fn respond(
    core: &Core,
    asked: &Asked,
    incoming: &Incoming,
    fault: Option<FaultKind>,
    extensions: &Extensions,
) -> Response<Body> {
    let number = incoming.number;
    let cut = extensions.get::<ConnectInfo<Cut>>().map(|info| &info.0);
    core.history
        .note(number, |record| record.key = incoming.credential.kind());

    if let Some(FaultKind::Delay { delay_ms }) = fault {
        tokio::select! {
            () = core.clock.sleep(Duration::from_millis(delay_ms)) => {}
            // A sandbox that stops does not wait for a clock that may stand still.
            () = core.stopped() => return reset(cut),
        }
    }
    match fault {
        Some(FaultKind::ResetBefore) => return reset(cut),
        Some(FaultKind::Hang) => {
            core.stopped().await;
            return reset(cut);
        }
        _ => {}
    }
    let skew = match fault {
        Some(FaultKind::ClockSkew { skew_s }) => SignedDuration::from_secs(skew_s),
        _ => SignedDuration::ZERO,
    };
    let now = core
        .clock
        .now()
        .saturating_add(skew)
        .unwrap_or(Timestamp::MAX);
    let mut reply = fault
        .and_then(|fault| instead(fault, asked.endpoint))
        .unwrap_or_else(|| answer(core, asked, incoming, now));
    match fault {
        Some(FaultKind::ReplyLostAfterCommit) => return reset(cut),
        Some(FaultKind::HangAfterCommit) => {
            core.stopped().await;
            return reset(cut);
        }
        Some(FaultKind::NullRow) => put_null_row(&mut reply),
        Some(FaultKind::StumbledAfterCommit) => {
            reply = Reply::refused(
                "Something's wrong with your API request. undefined method `[]' for nil",
            );
        }
        _ => {}
    }
    core.history
        .note(number, |record| record.status = Some(reply.status));
    log_answered(number, asked.endpoint, &reply);
    if matches!(fault, Some(FaultKind::TruncatedBody)) {
        truncated(&reply, number, now)
    } else {
        send(&reply, number, now)
    }
}

fn html(status: u16, page: &'static str) -> Reply {
    Reply {
        content_type: HTML,
        ..Reply::text(status, page)
    }
}

/// The reply of a fault that keeps the request from the handler.
fn instead(fault: FaultKind, endpoint: Endpoint) -> Option<Reply> {
    match fault {
        FaultKind::Status(status) => {
            let error = axum::http::StatusCode::from_u16(status)
                .ok()
                .and_then(|status| status.canonical_reason())
                .unwrap_or("Error");
            Some(Reply::json(
                status,
                json!({"status": status, "error": error}),
            ))
        }
        FaultKind::Html502 => Some(html(502, GATEWAY_PAGE)),
        FaultKind::Html200 => Some(html(200, PORTAL_PAGE)),
        FaultKind::KeyRefused => Some(auth::wrong_key()),
        FaultKind::Misconfigured => Some(Reply::refused("Parameters misconfigured.")),
        FaultKind::GatewayNotFound => Some(Reply::text(404, "default backend - 404")),
        FaultKind::EdgeForbidden => Some(Reply::text(403, "error code: 1010")),
        FaultKind::EdgeProblem => Some(Reply {
            content_type: PROBLEM,
            ..Reply::json(
                403,
                json!({
                    "title": "Error 1010: Access denied",
                    "status": 403,
                    "detail": "The owner of this site has blocked access from this client.",
                    "error_code": 1010,
                }),
            )
        }),
        FaultKind::FirewallPage => Some(html(403, BLOCKED_PAGE)),
        FaultKind::GatewayTooManyRequests { retry_after_s } => {
            let mut reply = Reply::text(429, "Too many requests");
            reply.headers.extend(wait_header(retry_after_s));
            Some(reply)
        }
        FaultKind::GatewayEmptyObject => Some(Reply::ok(json!({}))),
        FaultKind::TooManyRequests { retry_after_s } => {
            let mut reply = Reply::json(
                429,
                json!({"message": format!(
                    "The maximum number of api calls allowed for {} is 400 times per hour. Please \
                     upgrade your plan from https://app.apollo.io/#/settings/plans/upgrade.",
                    endpoint.shown
                )}),
            );
            reply.headers.extend(wait_header(retry_after_s));
            Some(reply)
        }
        FaultKind::ReplyLostAfterCommit
        | FaultKind::ResetBefore
        | FaultKind::Hang
        | FaultKind::HangAfterCommit
        | FaultKind::Delay { .. }
        | FaultKind::TruncatedBody
        | FaultKind::ClockSkew { .. }
        | FaultKind::StumbledAfterCommit
        | FaultKind::NullRow => None,
    }
}

fn wait_header(retry_after_s: Option<u64>) -> Option<(&'static str, String)> {
    Some(("retry-after", retry_after_s?.to_string()))
}

fn put_null_row(reply: &mut Reply) {
    let ReplyBody::Json(Value::Object(object)) = &mut reply.body else {
        return;
    };
    let rows = object.iter_mut().find_map(|(name, value)| match value {
        Value::Array(rows) if name != "breadcrumbs" && !rows.is_empty() => Some(rows),
        _ => None,
    });
    if let Some(rows) = rows {
        rows.insert(0, Value::Null);
    }
}

/// A reply that never arrives. Without a socket (a router under test) it is an empty 502.
fn reset(cut: Option<&Cut>) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = axum::http::StatusCode::BAD_GATEWAY;
    if let Some(cut) = cut {
        cut.cut();
    }
    response
}

/// A response that promises the whole body, and breaks off in the middle.
fn truncated(reply: &Reply, number: u64, now: Timestamp) -> Response<Body> {
    let (mut response, bytes) = envelope(reply, number, now);
    let length = HeaderValue::from(bytes.len());
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, length);
    *response.body_mut() = first_half(bytes);
    response
}

/// Half of the bytes, then a broken stream; the pause between lets the half go out.
fn first_half(bytes: Vec<u8>) -> Body {
    let mut half = bytes;
    half.truncate(half.len() / 2);
    let mut half = Some(half);
    let mut paused = false;
    Body::from_stream(futures_util::stream::poll_fn(move |context| {
        if let Some(half) = half.take() {
            return Poll::Ready(Some(Ok(half)));
        }
        if !paused {
            paused = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(std::io::Error::from(
            std::io::ErrorKind::ConnectionAborted,
        ))))
    }))
}
