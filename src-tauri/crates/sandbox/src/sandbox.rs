//! Starts and stops a sandbox.
//!
//! Promises: it listens on 127.0.0.1 only, and nothing listens any more once the handle is
//! dropped or `stop` has returned; one that is embedded never listens.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode},
};
use clock::SharedClock;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;
use tokio::{sync::watch, task::JoinHandle};
use tower::ServiceExt as _;

use crate::{
    connection::{Cut, Loopback},
    control,
    endpoint::Endpoint,
    faults::Faults,
    history::{History, HistoryLog},
    keys::Keys,
    limits::Limiter,
    pipeline::Core,
    router,
    scenario::{CallIdentifier, Plan, Scenario},
    world::{
        generate, personal,
        view::{self, TaskView, WorldView},
    },
};

/// Keeps keys and people from being drawn from the same stream.
const KEY_STREAM: u64 = 1;
/// Where an embedded sandbox is said to be: names that end so are reserved and resolve nowhere.
const EMBEDDED_URL: &str = "https://sample-data.invalid";
/// The longest answer to a request without a socket.
const ANSWER_BYTES_MAX: usize = 64 * 1024 * 1024;

/// How to start a sandbox.
#[derive(Debug, Clone)]
pub struct Options {
    /// Port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// Sets the rate limits.
    pub plan: Plan,
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
            plan: Plan::default(),
            seed: 1,
            clock,
            scenario: Scenario::default(),
        }
    }
}

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken or not allowed.
    #[error("cannot listen on 127.0.0.1 port {port}")]
    Bind {
        /// The port asked for.
        port: u16,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
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

/// A running sandbox. Dropping it stops the server.
#[derive(Debug)]
pub struct Sandbox {
    core: Arc<Core>,
    url: String,
    serving: Mutex<Vec<JoinHandle<()>>>,
}

impl Sandbox {
    /// Makes the team and serves it under `{url}/api/v1`.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let stopping = watch::Sender::new(false);
        let port = options.port;
        let listener = bind(port, &options.clock, &stopping).await?;
        let url = url_of(&listener, port)?;
        let sandbox = Self::make(options, stopping, url);
        sandbox.serve(listener, router::router(sandbox.core.clone()));
        Ok(sandbox)
    }

    /// Makes the team for this process alone: nothing listens, and requests are answered by
    /// [`Sandbox::answer`]. Its URL is a name that no network resolves.
    pub fn embedded(options: Options) -> Self {
        Self::make(options, watch::Sender::new(false), EMBEDDED_URL.to_owned())
    }

    fn make(options: Options, stopping: watch::Sender<bool>, url: String) -> Self {
        let mut key_rng = ChaCha8Rng::seed_from_u64(options.seed);
        key_rng.set_stream(KEY_STREAM);
        let world = generate::world(options.seed, options.clock.now(), options.scenario.size);
        let limits = options.scenario.limits.unwrap_or(options.plan.limits());
        let core = Arc::new(Core {
            keys: Keys::generate(&mut key_rng),
            limiter: Limiter::new(limits, Plan::Free.limits()),
            clock: options.clock,
            scenario: Mutex::new(Arc::new(options.scenario)),
            world: Mutex::new(world),
            faults: Faults::default(),
            history: HistoryLog::default(),
            stopping,
        });
        Self {
            core,
            url,
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

    /// Serves the control API on another port and returns its URL: history, faults, switches
    /// and the team's data for a test in another process.
    pub async fn serve_control(&self, port: u16) -> Result<String, StartError> {
        let listener = bind(port, &self.core.clock, &self.core.stopping).await?;
        let url = url_of(&listener, port)?;
        self.serve(listener, control::router(self.core.clone()));
        Ok(url)
    }

    fn serve(&self, listener: Loopback, router: Router) {
        let mut stopping = self.core.stopping.subscribe();
        let service = router.into_make_service_with_connect_info::<Cut>();
        let serving = tokio::spawn(async move {
            let served = axum::serve(listener, service).with_graceful_shutdown(async move {
                // An error means that the handle is gone, which is a stop too.
                let _ = stopping.wait_for(|stopping| *stopping).await;
            });
            if let Err(error) = served.await {
                tracing::warn!(kind = ?error.kind(), "sandbox: serving failed");
            }
        });
        if let Ok(mut all) = self.serving.lock() {
            all.push(serving);
        }
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

    /// What has happened since the start.
    pub fn history(&self) -> History {
        self.core.history.snapshot()
    }

    /// Faults in force; add some.
    pub fn faults(&self) -> &Faults {
        &self.core.faults
    }

    /// Every name, email, number, note and account name in the data set, and the keys. For tests
    /// that search logs and files for leaks. Values too short or too common to prove anything
    /// are left out.
    pub fn personal_data(&self) -> Vec<String> {
        personal::all(&self.core.world(), &self.core.keys)
    }

    /// The whole world at this moment, as values.
    pub fn world(&self) -> WorldView {
        WorldView::of(&self.core.world())
    }

    /// One task as it is now, whatever the search index says.
    pub fn task(&self, id: &str) -> Option<TaskView> {
        view::task_by_id(&self.core.world(), id)
    }

    /// Changes switches while it runs; `size` and `limits` count only at the start.
    pub fn change_scenario(&self, change: impl FnOnce(&mut Scenario)) {
        self.core.change_scenario(change);
    }

    /// Revokes the master key: it is answered as any bad key is.
    pub fn revoke_master_key(&self) {
        self.change_scenario(|scenario| scenario.master_key_revoked = true);
    }

    /// Makes the master key good again.
    pub fn restore_master_key(&self) {
        self.change_scenario(|scenario| scenario.master_key_revoked = false);
    }

    /// Lets the workspace fall to the free plan: 403 on almost everything.
    pub fn downgrade_plan(&self) {
        self.change_scenario(|scenario| scenario.plan_downgraded = true);
    }

    /// Brings the plan back.
    pub fn restore_plan(&self) {
        self.change_scenario(|scenario| scenario.plan_downgraded = false);
    }

    /// Switches the team's task functions on or off.
    pub fn set_task_functions(&self, on: bool) {
        self.change_scenario(|scenario| scenario.task_functions_off = !on);
    }

    /// Changes what `POST /phone_calls` does with `call_identifier` from now on.
    pub fn set_call_identifier(&self, mode: CallIdentifier) {
        self.change_scenario(|scenario| scenario.call_identifier = mode);
    }

    /// Changes how long changes made from now on stay unseen by `tasks/search` and
    /// `phone_calls/search`.
    pub fn set_index_lags(&self, tasks: Duration, calls: Duration) {
        self.change_scenario(|scenario| {
            scenario.task_index_lag = tasks;
            scenario.call_index_lag = calls;
        });
    }

    /// Deactivates a user: writes that name them are refused. False when nobody has this id.
    pub fn deactivate_user(&self, id: &str) -> bool {
        self.core.set_user_active(id, false)
    }

    /// Activates a user again. False when nobody has this id.
    pub fn reactivate_user(&self, id: &str) -> bool {
        self.core.set_user_active(id, true)
    }

    /// Deletes a contact: calls to it are refused, its tasks stay. False when there is none.
    pub fn delete_contact(&self, id: &str) -> bool {
        self.core.delete_contact(id)
    }

    /// Pauses a sequence, which deletes its open tasks. False when there is none.
    pub fn pause_sequence(&self, id: &str) -> bool {
        self.core.set_sequence_active(id, false)
    }

    /// Lets a sequence run again; its deleted tasks do not come back. False when there is none.
    pub fn resume_sequence(&self, id: &str) -> bool {
        self.core.set_sequence_active(id, true)
    }

    /// Removes a disposition: calls logged with it are refused from now on. False when there is
    /// none.
    pub fn remove_outcome(&self, id: &str) -> bool {
        self.core.remove_outcome(id)
    }

    /// Uses up part of an endpoint's limits, as teammates' other tools do.
    pub fn consume(&self, endpoint: Endpoint, requests: u32) {
        self.core
            .limiter
            .consume(endpoint, self.core.clock.elapsed(), requests);
    }

    /// The API's router, for tests that need no socket. Faults that reset or cut a connection
    /// show there as an empty 502.
    pub fn router(&self) -> Router {
        router::router(self.core.clone())
    }

    /// Stops serving and waits until nothing listens any more.
    pub async fn stop(self) {
        self.core.stopping.send_replace(true);
        let serving = self.serving.lock().map(|mut all| std::mem::take(&mut *all));
        for serving in serving.unwrap_or_default() {
            // A server that panicked has stopped too.
            let _ = serving.await;
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.core.stopping.send_replace(true);
    }
}

async fn bind(
    port: u16,
    clock: &SharedClock,
    stopping: &watch::Sender<bool>,
) -> Result<Loopback, StartError> {
    Loopback::bind(port, clock.clone(), stopping.subscribe())
        .await
        .map_err(|source| StartError::Bind { port, source })
}

fn url_of(listener: &Loopback, port: u16) -> Result<String, StartError> {
    let address = listener
        .address()
        .map_err(|source| StartError::Bind { port, source })?;
    Ok(format!("http://{address}"))
}
