//! One request from arrival to reply: credential, limit, handler, reply. With feature `control`, a
//! fault may strike it on the way (module `faulty`), and the history has it.
//!
//! Promises: every endpoint passes the same stages in the same order; what a handler changed is
//! in the history, where there is one, before the reply leaves. Must never: hold the world across an
//! await, or log more than endpoint, number and status.

#[cfg(feature = "control")]
mod faulty;

#[cfg(not(feature = "control"))]
use std::sync::atomic::{AtomicU64, Ordering};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    body::Body,
    extract::{OriginalUri, Request},
    http::{HeaderMap, HeaderValue, Method, Response, header},
};
use clock::SharedClock;
use jiff::Timestamp;
use serde_json::json;

use crate::{
    auth::Credential,
    effect::Effect,
    endpoint::{Access, Endpoint, endpoints},
    keys::{KeyKind, Keys},
    limits::{Exhausted, Limiter, Team},
    params::Params,
    reply::Reply,
    scenario::Scenario,
    world::World,
};
#[cfg(feature = "control")]
use crate::{faults::Faults, history::HistoryLog};

/// Largest request body read, in bytes.
const MAX_BODY_BYTES: usize = 1024 * 1024;

/// The prefix that is answered only where the scenario says so.
pub(crate) const SHORT_PREFIX: &str = "/v1";

/// Everything a request can reach.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) clock: SharedClock,
    pub(crate) keys: Keys,
    pub(crate) scenario: Mutex<Arc<Scenario>>,
    pub(crate) world: Mutex<World>,
    pub(crate) limiter: Limiter,
    /// Requests so far.
    #[cfg(not(feature = "control"))]
    pub(crate) requests: AtomicU64,
    #[cfg(feature = "control")]
    pub(crate) faults: Faults,
    #[cfg(feature = "control")]
    pub(crate) history: HistoryLog,
    #[cfg(feature = "control")]
    pub(crate) stopping: tokio::sync::watch::Sender<bool>,
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

    #[cfg(feature = "control")]
    pub(crate) fn change_scenario(&self, change: impl FnOnce(&mut Scenario)) {
        let mut scenario = self.scenario.lock().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut scenario));
    }

    /// Completes when the sandbox stops.
    #[cfg(feature = "control")]
    async fn stopped(&self) {
        let mut stopping = self.stopping.subscribe();
        // An error means that the sender is gone, which is a stop too.
        let _ = stopping.wait_for(|stopping| *stopping).await;
    }

    /// Takes a request in; its number counts up from 1.
    #[cfg(feature = "control")]
    fn arrived(&self, request: &Request, endpoint: &str) -> u64 {
        let (now, method) = (self.clock.now(), request.method().as_str());
        self.history.arrived(now, method, path(request), endpoint)
    }

    /// Takes a request in; its number counts up from 1.
    #[cfg(not(feature = "control"))]
    fn arrived(&self, _: &Request, _: &str) -> u64 {
        self.requests.fetch_add(1, Ordering::Relaxed) + 1
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

/// What a route knows of a request.
pub(crate) struct Asked {
    pub(crate) endpoint: Endpoint,
    pub(crate) handler: Handler,
    /// The id in the path; empty where there is none.
    pub(crate) id: String,
}

/// A request that was read.
struct Incoming {
    number: u64,
    method: Method,
    /// None where it could not be read.
    params: Option<Params>,
    credential: Credential,
}

/// Carries one request through.
pub(crate) async fn run(core: Arc<Core>, asked: Asked, request: Request) -> Response<Body> {
    if path(&request).starts_with(SHORT_PREFIX) && !core.scenario().short_paths {
        return unknown_route(&core, &request);
    }
    let number = core.arrived(&request, asked.endpoint.name());
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, MAX_BODY_BYTES).await.ok();
    #[cfg(feature = "control")]
    let fault = faulty::strike(&core, number, asked.endpoint, body.as_deref());
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
    let incoming = Incoming {
        number,
        method: parts.method,
        params,
        credential,
    };
    #[cfg(feature = "control")]
    return faulty::respond(&core, &asked, &incoming, fault, &parts.extensions).await;
    #[cfg(not(feature = "control"))]
    {
        let now = core.clock.now();
        let reply = answer(&core, &asked, &incoming, now);
        log_answered(number, asked.endpoint, &reply);
        send(&reply, number, now)
    }
}

fn log_answered(number: u64, endpoint: Endpoint, reply: &Reply) {
    tracing::debug!(
        number,
        endpoint = endpoint.name(),
        status = reply.status,
        "sandbox: answered"
    );
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
    let number = core.arrived(request, "unknown");
    let reply = Reply::not_found();
    #[cfg(feature = "control")]
    core.history
        .note(number, |record| record.status = Some(reply.status));
    send(&reply, number, core.clock.now())
}

/// What Apollo answers at `now`.
fn answer(core: &Core, asked: &Asked, incoming: &Incoming, now: Timestamp) -> Reply {
    let endpoint = asked.endpoint;
    let credential = incoming.credential;
    let scenario = core.scenario();
    if let Some(refusal) = credential.refusal(endpoint, &scenario) {
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
        match core.limiter.take(team, endpoint, elapsed) {
            Ok(usage) => Some(usage),
            Err(exhausted) => return too_many(endpoint, exhausted),
        }
    };
    let mut reply = match &incoming.params {
        None => Reply::json(400, json!({"status": 400, "error": "Bad Request"})),
        Some(params) => {
            let mut world = core.world();
            world.catch_up(elapsed);
            let mut call = Call {
                number: incoming.number,
                method: &incoming.method,
                id: &asked.id,
                params,
                credential,
                team,
                now,
                elapsed,
                scenario: &scenario,
                limiter: &core.limiter,
                world: &mut world,
                effects: Vec::new(),
            };
            let reply = (asked.handler)(&mut call);
            #[cfg(feature = "control")]
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

fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::CONTENT_TYPE)?.to_str().ok()
}

/// The response with everything but its body, and the body's bytes.
fn envelope(reply: &Reply, number: u64, now: Timestamp) -> (Response<Body>, Vec<u8>) {
    let mut response = reply.head();
    let headers = response.headers_mut();
    // Set here, from the injected clock; a server would set the machine's.
    let date = now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(date) = HeaderValue::from_str(&date) {
        headers.insert(header::DATE, date);
    }
    if let Ok(id) = HeaderValue::from_str(&format!("sandbox-{number:08}")) {
        headers.insert("x-request-id", id);
    }
    (response, reply.bytes())
}

fn send(reply: &Reply, number: u64, now: Timestamp) -> Response<Body> {
    let (mut response, bytes) = envelope(reply, number, now);
    *response.body_mut() = Body::from(bytes);
    response
}
