//! `drive`: starts the built app in a real window under Xvfb and uses it as a person would.
//!
//! Elements are found by role and accessible name only (`elements`, `page`); everything a run
//! needs is its own and ends with it (`rig`: `display`, `desktop`, `sandbox`, `app`). The
//! proofs are in `scenarios`; `tour` and `shots` make pictures.
//!
//! Must never: read or write the person's own folders, bus, keychain or display.

mod actions;
mod app;
mod bundles;
mod color_scheme;
mod deadline;
mod desktop;
mod display;
mod elements;
mod keychain;
mod leaks;
mod line;
mod page;
mod process;
mod release_server;
mod rig;
mod sandbox;
mod scenarios;
mod screenshot;
mod shots;
mod tour;
mod walk;
mod webdriver;

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

use app::Programs;

/// Drives the built app in a real window.
#[derive(Parser)]
#[command(name = "drive", version)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Proves in the real window what the app promises.
    E2e {
        #[command(flatten)]
        programs: ProgramArguments,
        /// Leave each run's temporary folder in place.
        #[arg(long)]
        keep: bool,
        /// Run only these.
        #[arg(long, value_name = "NAME")]
        only: Vec<scenarios::Scenario>,
        /// Where a failure leaves its screenshot and logs.
        #[arg(long, value_name = "DIR", default_value = "out/e2e")]
        out: PathBuf,
    },
    /// Does the main job on sample data and leaves numbered screenshots.
    Tour {
        #[command(flatten)]
        programs: ProgramArguments,
        /// Where the screenshots go.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Saves every screen, light and dark, in two sizes.
    Shots {
        #[command(flatten)]
        programs: ProgramArguments,
        /// Where the screenshots go.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

#[derive(clap::Args)]
struct ProgramArguments {
    /// The built app.
    #[arg(long, value_name = "PATH")]
    app: PathBuf,
    /// The built sandbox [default: beside the app]
    #[arg(long, value_name = "PATH")]
    sandbox: Option<PathBuf>,
}

impl ProgramArguments {
    fn resolve(self) -> Result<Programs> {
        let found = |path: &Path| {
            path.canonicalize()
                .with_context(|| format!("{} is not built", path.display()))
        };
        let app = found(&self.app)?;
        let sandbox = self
            .sandbox
            .unwrap_or_else(|| app.with_file_name("sandbox"));
        Ok(Programs {
            sandbox: found(&sandbox)?,
            app,
        })
    }
}

/// One thread: programs that are started ask to end with the thread that started them.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let work = run(Arguments::parse().verb);
    // On an interrupt the work is dropped, which ends every program it started.
    let result = tokio::select! {
        result = work => result,
        _ = tokio::signal::ctrl_c() => Err(anyhow::anyhow!("interrupted")),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Does what was asked; false if something was proven wrong.
async fn run(verb: Verb) -> Result<bool> {
    match verb {
        Verb::E2e {
            programs,
            keep,
            only,
            out,
        } => scenarios::run(&programs.resolve()?, &only, keep, &out).await,
        Verb::Tour { programs, out } => tour::run(&programs.resolve()?, &out).await.map(|()| true),
        Verb::Shots { programs, out } => {
            shots::run(&programs.resolve()?, &out).await.map(|()| true)
        }
    }
}

/// Says one line to whoever watches.
fn say(line: &str) {
    // Nobody may be listening any more; that is no reason to stop.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
