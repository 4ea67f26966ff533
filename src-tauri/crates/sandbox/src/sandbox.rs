//! A sandbox: the team, and answers to requests.
//!
//! Promises: one that is embedded never listens; the same options give the same team.

#[cfg(not(feature = "control"))]
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode},
};
use clock::SharedClock;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;
use tower::ServiceExt as _;

#[cfg(feature = "control")]
use crate::{faults::Faults, history::HistoryLog};
use crate::{
    keys::Keys,
    limits::Limiter,
    pipeline::Core,
    router,
    scenario::{PricingPlan, Scenario},
    world::generate,
};

/// Keeps keys and people from being drawn from the same stream.
const KEY_STREAM: u64 = 1;
/// The address that an embedded sandbox names: names that end so are reserved and resolve nowhere.
const EMBEDDED_URL: &str = "https://sample-data.invalid";
/// The longest answer to a request without a socket.
const ANSWER_BYTES_MAX: usize = 64 * 1024 * 1024;

/// How to start a sandbox.
#[derive(Debug, Clone)]
pub struct Options {
    /// Port on 127.0.0.1, for one that is served; 0 takes any free one.
    pub port: u16,
    /// Sets the rate limits.
    pub plan: PricingPlan,
    /// The same seed and clock give the same team.
    pub seed: u64,
    /// Where time comes from: due dates, windows, lags and delays.
    pub clock: SharedClock,
    /// Switches.
    pub scenario: Scenario,
}

impl Options {
    /// Any port, plan Professional, seed 1, the default scenario.
    pub fn new(clock: SharedClock) -> Self {
        Self {
            port: 0,
            plan: PricingPlan::default(),
            seed: 1,
            clock,
            scenario: Scenario::default(),
        }
    }
}

/// A user of the team.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct SandboxUser {
    /// Apollo id.
    pub id: String,
    /// First and last name; empty for one user.
    pub name: String,
    /// Email.
    pub email: String,
    /// Whether the user left.
    pub deactivated: bool,
}

impl std::fmt::Debug for SandboxUser {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SandboxUser")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A team that answers. Where it is served (feature `control`), dropping it stops the server.
#[derive(Debug)]
pub struct Sandbox {
    pub(crate) core: Arc<Core>,
    pub(crate) url: String,
    #[cfg(feature = "control")]
    pub(crate) serving: Mutex<Vec<tokio::task::JoinHandle<()>>>,
}

impl Sandbox {
    /// Makes the team for this process alone: nothing listens, and requests are answered by
    /// [`Sandbox::answer`]. Its URL is a name that no network resolves.
    pub fn embedded(options: Options) -> Self {
        Self::make(options, EMBEDDED_URL.to_owned())
    }

    pub(crate) fn make(options: Options, url: String) -> Self {
        let mut key_rng = ChaCha8Rng::seed_from_u64(options.seed);
        key_rng.set_stream(KEY_STREAM);
        let world = generate::world(options.seed, options.clock.now(), options.scenario.size);
        let limits = options.scenario.limits.unwrap_or(options.plan.limits());
        let core = Arc::new(Core {
            keys: Keys::generate(&mut key_rng),
            limiter: Limiter::new(limits, PricingPlan::Free.limits()),
            clock: options.clock,
            scenario: Mutex::new(Arc::new(options.scenario)),
            world: Mutex::new(world),
            #[cfg(not(feature = "control"))]
            requests: AtomicU64::new(0),
            #[cfg(feature = "control")]
            faults: Faults::default(),
            #[cfg(feature = "control")]
            history: HistoryLog::default(),
            #[cfg(feature = "control")]
            stopping: tokio::sync::watch::Sender::new(false),
        });
        Self {
            core,
            url,
            #[cfg(feature = "control")]
            serving: Mutex::default(),
        }
    }

    /// Answers one request without a socket.
    pub async fn answer(&self, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
        let answer = self.router().oneshot(request.map(Body::from)).await;
        // What cannot fail has no error to tell.
        let (head, body) = answer.unwrap_or_else(|never| match never {}).into_parts();
        if let Ok(body) = axum::body::to_bytes(body, ANSWER_BYTES_MAX).await {
            return Response::from_parts(head, body.to_vec());
        }
        let mut broken = Response::new(Vec::new());
        *broken.status_mut() = StatusCode::BAD_GATEWAY;
        broken
    }

    /// For example `http://127.0.0.1:41234`; the API is under `/api/v1`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The keys it knows.
    pub fn keys(&self) -> &Keys {
        &self.core.keys
    }

    /// The team; the main rep is first.
    pub fn users(&self) -> Vec<SandboxUser> {
        self.core
            .world()
            .users
            .iter()
            .map(|user| SandboxUser {
                id: user.id.to_string(),
                name: user.name(),
                email: user.email.to_owned(),
                deactivated: user.deleted,
            })
            .collect()
    }

    /// The API's router. Faults that reset or cut a connection show there as an empty 502.
    pub fn router(&self) -> Router {
        router::router(self.core.clone())
    }
}
