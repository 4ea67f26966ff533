//! The sandbox alone, so that any Apollo client can be pointed at it.
//!
//! Promises: exactly one line on standard output, as JSON; then it serves until SIGINT or SIGTERM.

use std::process::ExitCode;

use clap::Parser;
use clock::SystemClock;
use sandbox::{Options, PricingPlan, Sandbox, Scenario, StartError};
use serde_json::json;

/// Serves a synthetic Apollo on 127.0.0.1.
#[derive(Debug, Parser)]
#[command(name = "sandbox", version)]
struct Arguments {
    /// Port on 127.0.0.1; 0 takes any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Sets the rate limits.
    #[arg(long, value_enum, default_value_t = PlanArgument::Professional)]
    plan: PlanArgument,
    /// The same seed gives the same team.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum PlanArgument {
    Free,
    Basic,
    Professional,
    Organization,
}

impl From<PlanArgument> for PricingPlan {
    fn from(name: PlanArgument) -> Self {
        match name {
            PlanArgument::Free => Self::Free,
            PlanArgument::Basic => Self::Basic,
            PlanArgument::Professional => Self::Professional,
            PlanArgument::Organization => Self::Organization,
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match serve(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(&error);
            ExitCode::FAILURE
        }
    }
}

async fn serve(arguments: Arguments) -> Result<(), StartError> {
    let sandbox = Sandbox::start(Options {
        port: arguments.port,
        plan: arguments.plan.into(),
        seed: arguments.seed,
        clock: SystemClock::shared(),
        scenario: Scenario::default(),
    })
    .await?;
    let control_url = sandbox.serve_control(0).await?;
    announce(&json!({
        "url": sandbox.url(),
        "control_url": control_url,
        "keys": sandbox.keys(),
        "users": sandbox.users(),
    }));
    stop_asked().await;
    sandbox.stop().await;
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the one line that callers read")]
fn announce(line: &serde_json::Value) {
    println!("{line}");
}

#[expect(
    clippy::print_stderr,
    reason = "a person or a script started this and must be told"
)]
fn report(error: &StartError) {
    eprintln!("The sandbox did not start: {error}. Choose another --port, or 0 for any free one.");
}

/// Completes on SIGINT or SIGTERM; where signals cannot be received, never.
async fn stop_asked() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
