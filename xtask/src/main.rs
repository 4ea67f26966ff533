//! `cargo xtask <verb>`: everything a person types.
//!
//! Each verb does its own set-up, says what it does, and does only what is not done yet. This
//! program builds in seconds on a machine that has nothing but Rust, and must stay so.

mod bench;
mod campaign;
mod cargo;
mod fuzz;
mod mutants;
mod npm;
mod run;
mod say;
mod setup;
mod shell;
mod simulate;
mod stamps;
mod stopwatch;
mod test;
mod tidy;
mod verbs;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::setup::Consent;
use crate::test::Stage;
use crate::workspace::Workspace;

/// Everything a person types in a checkout of Handset.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    disable_version_flag = true
)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Build Handset and open it with sample data; without a display, drive it and leave screenshots
    Run {
        /// Only say what the machine misses, and stop there; install nothing
        #[arg(long)]
        no_install: bool,
        /// Passed on to Handset, for example `-- --data-dir DIR`
        #[arg(last = true, value_name = "HANDSET ARGS")]
        handset_args: Vec<String>,
    },
    /// Run every test, or only the named stages
    Test {
        /// The stages to run, in their fixed order; all of them when none is named
        #[arg(value_name = "STAGE")]
        stages: Vec<Stage>,
        /// List the stages and stop
        #[arg(long)]
        list: bool,
        /// Only say what the machine misses, and stop there; install nothing
        #[arg(long)]
        no_install: bool,
    },
    /// Serve the sandbox: an Apollo with made-up people, for trying things out
    Sandbox {
        /// Passed on to the sandbox, for example `--port 7070`; `--help` lists them
        #[arg(
            trailing_var_arg = true,
            allow_hyphen_values = true,
            value_name = "SANDBOX ARGS"
        )]
        sandbox_args: Vec<String>,
    },
    /// Ask a real Apollo account what its documents leave open; only reads, unless told otherwise
    Probe {
        /// Passed on to the probe, for example `--out FILE`; `--help` lists them
        #[arg(
            trailing_var_arg = true,
            allow_hyphen_values = true,
            value_name = "PROBE ARGS"
        )]
        probe_args: Vec<String>,
    },
    /// Make every screenshot in the docs again, from the real window
    Shots {
        /// The folder to leave them in
        #[arg(long, value_name = "DIR", default_value = "docs/screenshots")]
        out: PathBuf,
    },
    /// Write the TypeScript types in `ui/src/generated` again, from the Rust types
    Bindings,
    /// Measure the store beside SQLite and redb: a durable save, and a start with 10,000 waiting calls
    Bench {
        /// A tenth of the work: for a look, not for the docs
        #[arg(long)]
        quick: bool,
        /// Where the stores are made, and removed at the end; its disk is what is measured
        #[arg(long, value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// Let an adversary decide everything around the wrap-up engine's decisions, a million times
    Simulate {
        /// How many wrap-ups, at least
        #[arg(long, value_name = "N", default_value_t = 1_000_000)]
        wrap_ups: u64,
        /// The same seed makes the same cases
        #[arg(long, value_name = "S", default_value_t = 1)]
        seed: u64,
    },
    /// Sabotage a copy of Handset, in one place at a time, and expect the tests to notice
    Mutants {
        #[command(flatten)]
        choice: mutants::Choice,
    },
    /// Kill the core again and again while Apollo, people and folders fail it, and judge what reached Apollo
    Campaign {
        #[command(flatten)]
        extent: campaign::Extent,
    },
    /// Feed the readers of Apollo's answers with what nobody would send, and hold them to their promises
    Fuzz {
        /// Only this target; `seed` writes the seeds again; all targets when none is named
        #[arg(value_enum, value_name = "TARGET")]
        what: Option<fuzz::What>,
        /// How long each target runs
        #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=fuzz::MAX_SECONDS))]
        seconds: u64,
    },
    /// Install what the other verbs need, and do nothing else
    Setup {
        /// Only say what the machine misses; install nothing
        #[arg(long)]
        no_install: bool,
    },
}

fn main() -> ExitCode {
    match act(Cli::parse().verb) {
        Ok(code) => code,
        Err(error) => {
            say::line(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn act(verb: Verb) -> Result<ExitCode> {
    if let Verb::Test { list: true, .. } = verb {
        test::list();
        return Ok(ExitCode::SUCCESS);
    }
    let workspace = Workspace::find()?;
    match verb {
        Verb::Run {
            no_install,
            handset_args,
        } => run::run(&workspace, consent(no_install), &handset_args),
        Verb::Test {
            stages, no_install, ..
        } => test::run(&workspace, &stages, consent(no_install)),
        Verb::Sandbox { sandbox_args } => verbs::sandbox(&workspace, &sandbox_args),
        Verb::Probe { probe_args } => verbs::probe(&workspace, &probe_args),
        Verb::Shots { out } => verbs::shots(&workspace, &out),
        Verb::Bindings => verbs::bindings(&workspace),
        Verb::Bench { quick, folder } => bench::run(&workspace, quick, folder.as_deref()),
        Verb::Simulate { wrap_ups, seed } => simulate::run(&workspace, wrap_ups, seed),
        Verb::Mutants { choice } => mutants::run(&workspace, &choice),
        Verb::Campaign { extent } => campaign::run(&workspace, &extent),
        Verb::Fuzz { what, seconds } => fuzz::run(&workspace, what, seconds),
        Verb::Setup { no_install } => verbs::setup(&workspace, consent(no_install)),
    }
}

fn consent(no_install: bool) -> Consent {
    if no_install {
        Consent::OnlyLook
    } else {
        Consent::Install
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn handset_gets_what_follows_two_dashes() {
        let cli = Cli::try_parse_from(["cargo xtask", "run", "--", "--data-dir", "x"]).unwrap();
        let Verb::Run { handset_args, .. } = cli.verb else {
            panic!("not run")
        };
        assert_eq!(handset_args, ["--data-dir", "x"]);
    }

    #[test]
    fn the_sandbox_gets_its_options_without_two_dashes() {
        let cli = Cli::try_parse_from(["cargo xtask", "sandbox", "--port", "7070"]).unwrap();
        let Verb::Sandbox { sandbox_args } = cli.verb else {
            panic!("not sandbox")
        };
        assert_eq!(sandbox_args, ["--port", "7070"]);
    }

    #[test]
    fn an_unknown_stage_is_refused_with_the_list_of_stages() {
        let error = Cli::try_parse_from(["cargo xtask", "test", "nonsense"]).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("e2e") && text.contains("nonsense"), "{text}");
    }
}
