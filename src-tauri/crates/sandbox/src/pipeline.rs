//! One request from arrival to reply: fault, credential, limit, handler, reply.
//!
//! Promises: every endpoint passes the same stages in the same order; what a handler changed is
//! in the history before the reply leaves. Must never: hold the world across an await, or log
//! more than endpoint, number and status.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::Poll,
    time::Duration,
};

use axum::{
    body::Body,
    extract::{ConnectInfo, OriginalUri, Request},
    http::{HeaderMap, HeaderValue, Method, Response, header},
};
use clock::SharedClock;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::{
    auth::{self, Credential},
    connection::Cut,
    endpoint::{Access, Endpoint, endpoints},
    faults::{FaultKind, Faults},
    history::{Effect, HistoryLog, KeyKind},
    keys::Keys,
    limits::{Exhausted, Limiter, Team},
    params::Params,
    reply::{Reply, ReplyBody},
    scenario::Scenario,
    world::World,
};

/// Largest request body read, in bytes.
const MAX_BODY_BYTES: usize = 1024 * 1024;

/// The prefix that is answered only where the scenario says so.
pub(crate) const SHORT_PREFIX: &str = "/v1";

const GATEWAY_PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en-US\">\n<head><title>api.apollo.io | 502: Bad gateway</title></head>\n<body><h1>Bad gateway <span>Error code 502</span></h1><p>The web server reported a bad gateway error.</p></body>\n</html>\n";
const BLOCKED_PAGE: &str = "<!DOCTYPE html>\n<html>\n<head><title>Request blocked</title></head>\n<body><h1>The request was blocked by a security rule.</h1></body>\n</html>\n";
const PORTAL_PAGE: &str = "<!DOCTYPE html>\n<html>\n<head><title>Sign in to the network</title></head>\n<body><form method=\"post\"><p>Sign in to use this network.</p></form></body>\n</html>\n";

/// Everything a request can reach.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) clock: SharedClock,
    pub(crate) keys: Keys,
    pub(crate) scenario: Mutex<Arc<Scenario>>,
    pub(crate) world: Mutex<World>,
    pub(crate) limiter: Limiter,
    pub(crate) faults: Faults,
    pub(crate) history: HistoryLog,
    pub(crate) stopping: watch::Sender<bool>,
}

impl Core {
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn scenario(&self) -> Arc<Scenario> {
        self.scenario
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn change_scenario(&self, change: impl FnOnce(&mut Scenario)) {
        let mut scenario = self.scenario.lock().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut scenario));
    }

    /// Completes when the sandbox stops.
    async fn stopped(&self) {
        let mut stopping = self.stopping.subscribe();
        // An error means that the sender is gone, which is a stop too.
        let _ = stopping.wait_for(|stopping| *stopping).await;
    }
}

/// What a handler works with.
pub(crate) struct Call<'a> {
    pub(crate) number: u64,
    pub(crate) method: &'a Method,
    pub(crate) id: &'a str,
    pub(crate) params: &'a Params,
    pub(crate) credential: Credential,
    pub(crate) team: Team,
    pub(crate) now: Timestamp,
    pub(crate) elapsed: Duration,
    pub(crate) scenario: &'a Scenario,
    pub(crate) limiter: &'a Limiter,
    pub(crate) world: &'a mut World,
    pub(crate) effects: Vec<Effect>,
}

impl Call<'_> {
    /// The user this request acts as: the admin for keys, the main rep for a bearer token
    /// (reference section 1.5).
    pub(crate) fn acting_user(&self) -> usize {
        match self.credential {
            Credential::Bearer => self.world.main_rep(),
            _ => self.world.admin(),
        }
    }
}

/// A handler is plain code on the world: it cannot wait, so nothing can come between its changes.
pub(crate) type Handler = fn(&mut Call<'_>) -> Reply;

/// Carries one request through.
pub(crate) async fn run(
    core: Arc<Core>,
    endpoint: Endpoint,
    handler: Handler,
    id: String,
    request: Request,
) -> Response<Body> {
    if path(&request).starts_with(SHORT_PREFIX) && !core.scenario().short_paths {
        return unknown_route(&core, &request);
    }
    let number = core.history.arrived(
        core.clock.now(),
        request.method().as_str(),
        path(&request),
        endpoint.name(),
    );
    let (parts, body) = request.into_parts();
    let cut = parts
        .extensions
        .get::<ConnectInfo<Cut>>()
        .map(|info| info.0.clone());
    let body = axum::body::to_bytes(body, MAX_BODY_BYTES).await.ok();
    let fault = core
        .faults
        .strike(endpoint, body.as_deref().unwrap_or_default());
    if let Some(fault) = fault {
        core.history.note(number, |record| {
            record.fault = Some(fault.name().to_owned());
        });
    }
    let params = body.and_then(|body| {
        let content_type = content_type(&parts.headers);
        Params::merge(parts.uri.query(), content_type, &body).ok()
    });
    let credential = Credential::read(
        &parts.headers,
        params.as_ref().unwrap_or(&Params::default()),
        &core.keys,
    )
    .in_force(&core.scenario());
    core.history
        .note(number, |record| record.key = credential.kind());

    if let Some(FaultKind::Delay { delay_ms }) = fault {
        tokio::select! {
            () = core.clock.sleep(Duration::from_millis(delay_ms)) => {}
            // A sandbox that stops does not wait for a clock that may stand still.
            () = core.stopped() => return reset(cut.as_ref()),
        }
    }
    match fault {
        Some(FaultKind::ResetBefore) => return reset(cut.as_ref()),
        Some(FaultKind::Hang) => {
            core.stopped().await;
            return reset(cut.as_ref());
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
        .and_then(|fault| instead(fault, endpoint))
        .unwrap_or_else(|| {
            answer(
                &core,
                &Asked {
                    endpoint,
                    handler,
                    id,
                    number,
                    now,
                    credential,
                },
                &parts.method,
                params.as_ref(),
            )
        });
    match fault {
        Some(FaultKind::ReplyLostAfterCommit) => return reset(cut.as_ref()),
        Some(FaultKind::HangAfterCommit) => {
            core.stopped().await;
            return reset(cut.as_ref());
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
    tracing::debug!(
        number,
        endpoint = endpoint.name(),
        status = reply.status,
        "sandbox: answered"
    );
    let truncated = matches!(fault, Some(FaultKind::TruncatedBody));
    send(&reply, number, now, truncated)
}

/// The path as it was sent; the router takes the prefix off the one it hands on.
fn path(request: &Request) -> &str {
    request
        .extensions()
        .get::<OriginalUri>()
        .map_or(request.uri(), |uri| &uri.0)
        .path()
}

/// Answers a route that does not exist; Rails routes before it authenticates.
pub(crate) fn unknown_route(core: &Core, request: &Request) -> Response<Body> {
    let now = core.clock.now();
    let number = core
        .history
        .arrived(now, request.method().as_str(), path(request), "unknown");
    let reply = Reply::not_found();
    core.history
        .note(number, |record| record.status = Some(reply.status));
    send(&reply, number, now, false)
}

struct Asked {
    endpoint: Endpoint,
    handler: Handler,
    id: String,
    number: u64,
    now: Timestamp,
    credential: Credential,
}

fn answer(core: &Core, asked: &Asked, method: &Method, params: Option<&Params>) -> Reply {
    let Asked {
        endpoint,
        handler,
        id,
        number,
        now,
        credential,
    } = asked;
    let scenario = core.scenario();
    if let Some(refusal) = credential.refusal(*endpoint, &scenario) {
        return refusal;
    }
    let team = match credential {
        Credential::ApiKey(KeyKind::Free) => Team::Free,
        _ => Team::Main,
    };
    let elapsed = core.clock.elapsed();
    let usage = if endpoint.access == Access::Public {
        None
    } else {
        match core.limiter.take(team, *endpoint, elapsed) {
            Ok(usage) => Some(usage),
            Err(exhausted) => return too_many(*endpoint, exhausted),
        }
    };
    let mut reply = match params {
        None => Reply::json(400, json!({"status": 400, "error": "Bad Request"})),
        Some(params) => {
            let mut world = core.world();
            world.catch_up(elapsed);
            let mut call = Call {
                number: *number,
                method,
                id,
                params,
                credential: *credential,
                team,
                now: *now,
                elapsed,
                scenario: &scenario,
                limiter: &core.limiter,
                world: &mut world,
                effects: Vec::new(),
            };
            let reply = handler(&mut call);
            core.history.committed(call.effects);
            reply
        }
    };
    if let Some(usage) = usage {
        reply.headers.extend(usage.headers());
    }
    reply
}

/// Reference section 8.4.
fn too_many(endpoint: Endpoint, exhausted: Exhausted) -> Reply {
    let (calls, advice) = if endpoint == endpoints::FIELDS_INDEX {
        (
            "API calls",
            "To change your rate limit, upgrade your Apollo plan at",
        )
    } else {
        ("api calls", "Please upgrade your plan from")
    };
    let mut reply = Reply::json(
        429,
        json!({"message": format!(
            "The maximum number of {calls} allowed for {} is {} times per {}. {advice} \
             https://app.apollo.io/#/settings/plans/upgrade.",
            endpoint.shown, exhausted.limit, exhausted.window
        )}),
    );
    reply.headers.extend(exhausted.usage.headers());
    reply
        .headers
        .push(("retry-after", exhausted.retry_after_s.to_string()));
    reply
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
        FaultKind::Html502 => Some(Reply::html(502, GATEWAY_PAGE)),
        FaultKind::Html200 => Some(Reply::html(200, PORTAL_PAGE)),
        FaultKind::KeyRefused => Some(auth::wrong_key()),
        FaultKind::Misconfigured => Some(Reply::refused("Parameters misconfigured.")),
        FaultKind::GatewayNotFound => Some(Reply::text(404, "default backend - 404")),
        FaultKind::EdgeForbidden => Some(Reply::text(403, "error code: 1010")),
        FaultKind::EdgeProblem => Some(Reply::problem(
            403,
            json!({
                "title": "Error 1010: Access denied",
                "status": 403,
                "detail": "The owner of this site has blocked access from this client.",
                "error_code": 1010,
            }),
        )),
        FaultKind::FirewallPage => Some(Reply::html(403, BLOCKED_PAGE)),
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

fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::CONTENT_TYPE)?.to_str().ok()
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

fn send(reply: &Reply, number: u64, now: Timestamp, truncated: bool) -> Response<Body> {
    let (content_type, bytes) = reply.bytes();
    let mut response = reply.head(content_type);
    let headers = response.headers_mut();
    // Set here, from the injected clock; the server would set the machine's.
    let date = now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(date) = HeaderValue::from_str(&date) {
        headers.insert(header::DATE, date);
    }
    if let Ok(id) = HeaderValue::from_str(&format!("sandbox-{number:08}")) {
        headers.insert("x-request-id", id);
    }
    *response.body_mut() = if truncated {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        first_half(bytes)
    } else {
        Body::from(bytes)
    };
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
