//! Test only: the real core and the real commands over loopback HTTP, so that an ordinary headless
//! browser can run the real UI against them. Never part of the app.
//!
//! Prints one JSON line `{"url", "apollo": {"url", "control_url", "keys", "users"}}` and serves
//! until it is killed:
//! - `POST /command/<name>` with `{window, args}`; a `Problem` is status 422
//! - `GET /events`: every change, as server-sent events
//! - `GET /host`: what the core asked of the computer (dialed, copied, opened)
//! - `POST /sleep/<seconds>`: the computer sleeps so long; negative sets its clock back
//! - anything else: the UI, built with `vite build --mode loopback`

mod host;
mod updates;

use std::{
    convert::Infallible,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, Result};
use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
    routing::{get, post},
};
use clap::Parser;
use clock::{Clock, SharedClock, SignedDuration, Sleep, SystemClock, Timestamp};
#[allow(
    clippy::wildcard_imports,
    reason = "the table names the arguments and answers of every command"
)]
use commands::arguments::*;
use commands::{
    Core,
    host::{Caller, Environment},
    run,
};
use futures_util::{Stream, StreamExt as _};
use present::{Problem, ProblemCode};
use serde_json::{Value, json};
use text::Text;
use tokio::net::TcpListener;
use tokio_stream::wrappers::BroadcastStream;
use tower_http::services::ServeDir;
use vault::{MemoryVault, Secret, Vault as _};

use crate::{host::Recorder, updates::Announced};

#[derive(Parser)]
struct Arguments {
    /// The built UI.
    #[arg(long, default_value = "ui/dist-loopback")]
    ui: PathBuf,
    /// Start with the sandbox's master key in the vault.
    #[arg(long)]
    connected: bool,
    /// The port; 0 takes any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The rep's own time zone.
    #[arg(long, default_value = "America/New_York")]
    zone: String,
    /// A newer version is announced, and its installer works.
    #[arg(long)]
    newest: Option<String>,
    /// Open call tasks of the rep in sequences, in place of the ordinary team's.
    #[arg(long)]
    main_rep_tasks: Option<u32>,
}

struct Server {
    core: Arc<Core>,
    recorder: Arc<Recorder>,
    clock: Arc<SleepyClock>,
}

/// The machine's clock, on a computer that a test sends to sleep: then the wall clock goes on, and
/// no time passes otherwise.
#[derive(Debug)]
struct SleepyClock {
    machine: SharedClock,
    slept_s: AtomicI64,
}

impl Clock for SleepyClock {
    fn now(&self) -> Timestamp {
        let slept = SignedDuration::from_secs(self.slept_s.load(Ordering::SeqCst));
        let now = self.machine.now();
        now.saturating_add(slept).unwrap_or(now)
    }

    fn elapsed(&self) -> Duration {
        self.machine.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        self.machine.sleep(duration)
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let sleepy = Arc::new(SleepyClock {
        machine: SystemClock::shared(),
        slept_s: AtomicI64::new(0),
    });
    let clock: SharedClock = Arc::clone(&sleepy) as _;
    let mut options = sandbox::Options::new(Arc::clone(&clock));
    if let Some(main_rep_tasks) = arguments.main_rep_tasks {
        options.scenario.size = sandbox::Size::Custom {
            main_rep_tasks,
            other_rep_tasks: 0,
        };
    }
    let apollo = sandbox::Sandbox::start(options).await?;
    let control_url = apollo.serve_control(0).await?;
    let folder = tempfile::tempdir()?;
    let vault = MemoryVault::new();
    if arguments.connected {
        vault
            .put_api_key(apollo.url(), &Secret::new(apollo.keys().master.clone()))
            .await?;
    }
    let recorder = Arc::new(Recorder::default());
    let environment = Environment {
        data_dir: folder.path().join("data"),
        state_dir: folder.path().join("state"),
        log_dir: folder.path().join("logs"),
        downloads_dir: folder.path().join("downloads"),
        version: "0.0.0-test".to_owned(),
        clock,
        zone: jiff::tz::TimeZone::get(&arguments.zone)?,
        zone_notice: None,
        account_email: None,
        apollo_url: Some(url::Url::parse(apollo.url())?),
        start_in_sandbox: false,
        vault: Arc::new(vault),
        updates: Arc::new(Announced(arguments.newest)),
    };
    let core = Core::start(environment, Arc::clone(&recorder) as _).await?;
    let listener = TcpListener::bind(("127.0.0.1", arguments.port)).await?;
    let line = json!({
        "url": format!("http://{}", listener.local_addr()?),
        "apollo": {
            "url": apollo.url(),
            "control_url": control_url,
            "keys": apollo.keys(),
            "users": apollo.users(),
        },
    });
    say(&line);
    let router = Router::new()
        .route("/command/{name}", post(command))
        .route("/events", get(events))
        .route("/host", get(asked_of_host))
        .route("/sleep/{seconds}", post(sleep))
        .fallback_service(ServeDir::new(&arguments.ui))
        .with_state(Arc::new(Server {
            core,
            recorder,
            clock: sleepy,
        }));
    axum::serve(listener, router).await.context("serving")
}

#[expect(clippy::print_stdout, reason = "the one line a test reads")]
fn say(line: &Value) {
    println!("{line}");
}

macro_rules! dispatch {
    ($($name:ident($arguments:ident) -> $answer:ty [$($window:ident),*] changes [$($tag:ident),*];)*) => {
        async fn run(core: &Arc<Core>, name: &str, body: Value) -> Result<Value, Problem> {
            let window = body.get("window").and_then(Value::as_str).unwrap_or_default().to_owned();
            let args = body.get("args").cloned().unwrap_or(json!({}));
            match name {
                $(stringify!($name) => {
                    if ![$(stringify!($window)),*].contains(&window.as_str()) {
                        return Err(invalid(format!("{name} is not for window {window}")));
                    }
                    let args: $arguments = serde_json::from_value(args)
                        .map_err(|error| invalid(error.to_string()))?;
                    let answer = run::$name(core, &Caller { window }, args).await?;
                    serde_json::to_value(answer).map_err(|error| invalid(error.to_string()))
                })*
                _ => Err(invalid(format!("there is no command {name}"))),
            }
        }
    };
}
commands::for_each_command!(dispatch);

fn invalid(message: String) -> Problem {
    Problem::new(ProblemCode::Invalid, Text::verbatim(message))
}

async fn command(
    State(server): State<Arc<Server>>,
    Path(name): Path<String>,
    Json(body): Json<Value>,
) -> Response {
    match run(&server.core, &name, body).await {
        Ok(answer) => Json(answer).into_response(),
        Err(problem) => (StatusCode::UNPROCESSABLE_ENTITY, Json(problem)).into_response(),
    }
}

async fn events(
    State(server): State<Arc<Server>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = BroadcastStream::new(server.recorder.subscribe());
    // A window that lags re-reads everything, because it sees a gap in the revisions.
    Sse::new(changes.filter_map(|change| async move {
        let change = change.ok()?;
        Some(Ok(Event::default().json_data(change).unwrap_or_default()))
    }))
}

async fn asked_of_host(State(server): State<Arc<Server>>) -> Json<Value> {
    Json(server.recorder.asked())
}

async fn sleep(State(server): State<Arc<Server>>, Path(seconds): Path<i64>) {
    server.clock.slept_s.fetch_add(seconds, Ordering::SeqCst);
}
