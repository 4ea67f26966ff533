//! `cargo xtask <verb>`: everything a person types.
//!
//! Each verb does its own set-up, says what it does, and does only what is not done yet. This
//! program builds in seconds on a machine that has nothing but Rust, and must stay so. What a tool from
//! the registry does as well is left to it; what is ours has its reason at the head of its file.

mod cargo;
mod fuzz;
mod npm;
mod run;
mod say;
mod setup;
mod shell;
mod test;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use xshell::cmd;

use crate::cargo::Tool;
use crate::say::{Stopwatch, say};
use crate::setup::{Consent, Purpose};
use crate::shell::Sink;
use crate::test::STAGES;
use crate::workspace::Workspace;

/// What lists the crates that a release is made of.
const BILL_OF_MATERIALS: &str = "cargo-cyclonedx@0.5.9";

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
        #[command(flatten)]
        machine: Machine,
        /// Passed on to Handset, for example `-- --data-dir DIR`
        #[arg(last = true, value_name = "HANDSET ARGS")]
        handset_args: Vec<String>,
    },
    /// Run every test, or only the named stages
    Test {
        /// The stages to run, in their fixed order; all of them when none is named
        #[arg(value_name = "STAGE", value_parser = test::names())]
        stages: Vec<String>,
        /// List the stages and stop
        #[arg(long)]
        list: bool,
        #[command(flatten)]
        machine: Machine,
    },
    /// Serve the sandbox: an Apollo with made-up people, for trying things out
    #[command(disable_help_flag = true)]
    Sandbox(Options),
    /// Ask a real Apollo account what its documents leave open; only reads, unless told otherwise
    #[command(disable_help_flag = true)]
    Probe(Options),
    /// Make every screenshot in the docs again, from the real window
    Shots {
        /// The folder to leave them in
        #[arg(long, value_name = "DIR", default_value = "docs/screenshots")]
        out: PathBuf,
    },
    /// Write the TypeScript types in `ui/src/generated` again, from the Rust types
    Bindings,
    /// Measure the store beside SQLite and redb: a durable save, and a start with 10,000 waiting calls
    #[command(disable_help_flag = true)]
    Bench(Options),
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
    #[command(disable_help_flag = true)]
    Mutants(Options),
    /// Kill the core again and again while Apollo, people and folders fail it, and judge what reached Apollo
    #[command(disable_help_flag = true)]
    Campaign(Options),
    /// Feed the readers of Apollo's answers with what nobody would send, and hold them to their promises
    Fuzz(fuzz::Extent),
    /// Build and sign the installers of this commit: deb, rpm and MSI
    #[command(disable_help_flag = true)]
    Package(Options),
    /// Check every signature and hash of installers, as IT would before it installs one
    #[command(disable_help_flag = true)]
    Verify(Options),
    /// Install what the other verbs need, and do nothing else
    Setup(Machine),
}

/// What may be done to the machine.
#[derive(Debug, Args)]
struct Machine {
    /// Only say what the machine misses, and stop there; install nothing
    #[arg(long)]
    no_install: bool,
}

impl Machine {
    fn consent(&self) -> Consent {
        if self.no_install {
            Consent::OnlyCheck
        } else {
            Consent::Install
        }
    }
}

/// The options of a program of its own, which has them in one place; `--help` lists them.
#[derive(Debug, Args)]
struct Options {
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "OPTIONS"
    )]
    options: Vec<String>,
}

fn main() -> ExitCode {
    perform(Cli::parse().verb).unwrap_or_else(|error| {
        say!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn perform(verb: Verb) -> Result<ExitCode> {
    if let Verb::Test { list: true, .. } = verb {
        test::list();
        return Ok(ExitCode::SUCCESS);
    }
    let workspace = Workspace::find()?;
    match verb {
        Verb::Run {
            machine,
            handset_args,
        } => run::run(&workspace, machine.consent(), &handset_args),
        Verb::Test {
            stages, machine, ..
        } => test::run(&workspace, &stages, machine.consent()),
        Verb::Sandbox(given) => program(&workspace, &["--features", "control"], "sandbox", &given),
        Verb::Probe(given) => program(&workspace, &[], "probe", &given),
        Verb::Shots { out } => run::shots(&workspace, &out),
        Verb::Bindings => bindings(&workspace),
        Verb::Bench(given) => {
            say!("Building the benchmark (cargo; the first time takes minutes), then measuring.");
            program(&workspace, &["--release"], "bench", &given)
        }
        Verb::Simulate { wrap_ups, seed } => simulate(&workspace, wrap_ups, seed),
        Verb::Mutants(choice) => program(&workspace, &[], "mutants", &choice),
        Verb::Campaign(given) => {
            say!("Building the campaign (cargo; the first time takes minutes), then killing.");
            program(&workspace, &["--release"], "campaign", &given)
        }
        Verb::Fuzz(extent) => fuzz::run(&workspace, &extent),
        Verb::Package(given) => {
            let purposes = [
                Purpose::Build,
                Purpose::Windows,
                Purpose::Verify,
                Purpose::Package,
            ];
            installers(&workspace, "package", &purposes, &given)
        }
        Verb::Verify(given) => installers(&workspace, "verify", &[Purpose::Verify], &given),
        Verb::Setup(machine) => setup(&workspace, machine.consent()),
    }
}

/// Builds a program and runs it. Only its package: what a person measures or serves must not be built
/// with the features of others.
fn program(
    workspace: &Workspace,
    profile: &[&str],
    package: &str,
    given: &Options,
) -> Result<ExitCode> {
    let (sh, options) = (&workspace.sh, &given.options);
    let run = cmd!(
        sh,
        "cargo run --quiet --locked {profile...} --package {package}"
    );
    shell::hand_over(run.arg("--").args(options))
}

/// Makes or checks installers, once the machine can.
fn installers(
    workspace: &Workspace,
    verb: &str,
    purposes: &[Purpose],
    given: &Options,
) -> Result<ExitCode> {
    let (sh, options) = (&workspace.sh, &given.options);
    let mut run = cmd!(sh, "cargo run --quiet --locked --package package -- {verb}");
    if !options.iter().any(|option| option == "--help") {
        setup::prepare(workspace, purposes, Consent::Install, Sink::Terminal)?;
        if purposes.contains(&Purpose::Package) {
            npm::Project(npm::UI.to_owned()).prepare(
                workspace,
                Consent::Install,
                Sink::Terminal,
            )?;
            let tool = Tool(BILL_OF_MATERIALS.to_owned());
            run = run.env(
                "PATH",
                tool.prepare(workspace, Consent::Install, Sink::Terminal)?,
            );
        }
    }
    shell::hand_over(run.args(options))
}

fn bindings(workspace: &Workspace) -> Result<ExitCode> {
    // Not the shared selection: types should be writable on a machine without a web view.
    let run = cmd!(
        workspace.sh,
        "cargo run --quiet --locked --package commands --example bindings"
    );
    shell::run(run)?;
    Ok(ExitCode::SUCCESS)
}

fn simulate(workspace: &Workspace, wrap_ups: u64, seed: u64) -> Result<ExitCode> {
    say!("Building the simulation (cargo; the first time takes minutes), then running it.");
    // Built as what a person gets is built: a million wrap-ups are many.
    let step = || {
        cmd!(
            workspace.sh,
            "cargo test --quiet --release --locked --package session --test simulation"
        )
    };
    shell::run(step().arg("--no-run"))?;
    let watch = Stopwatch::start();
    let step = step().args(["--", "--nocapture"]);
    let step = step.env("SIMULATION_WRAP_UPS", wrap_ups.to_string());
    let code = shell::hand_over(step.env("SIMULATION_SEED", seed.to_string()))?;
    if code == ExitCode::SUCCESS {
        say!("No promise was broken. It took {}.", watch.shown());
    }
    Ok(code)
}

fn setup(workspace: &Workspace, consent: Consent) -> Result<ExitCode> {
    if consent == Consent::OnlyCheck {
        setup::prepare(workspace, &Purpose::OF_EVERY_DAY, consent, Sink::Terminal)?;
        say!("This machine has every package that Handset needs.");
        return Ok(ExitCode::SUCCESS);
    }
    let stages = || STAGES.iter().filter(|stage| !stage.named_only);
    test::prepare(workspace, stages(), consent, Sink::Terminal)?;
    for tool in stages().filter_map(|stage| stage.tool.as_ref()) {
        tool.prepare(workspace, consent, Sink::Terminal)?;
    }
    say!("Everything is there. `cargo xtask run` opens Handset, `cargo xtask test` tests it.");
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parsed(arguments: &str) -> Verb {
        Cli::try_parse_from(format!("xtask {arguments}").split(' '))
            .unwrap()
            .verb
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn handset_gets_what_follows_two_dashes() {
        let Verb::Run { handset_args, .. } = parsed("run -- --data-dir x") else {
            panic!("not run")
        };
        assert_eq!(handset_args, ["--data-dir", "x"]);
    }

    #[test]
    fn a_program_of_its_own_gets_its_options_without_two_dashes_and_answers_for_its_help() {
        let Verb::Sandbox(given) = parsed("sandbox --port 7070") else {
            panic!("not sandbox")
        };
        assert_eq!(given.options, ["--port", "7070"]);
        let Verb::Campaign(given) = parsed("campaign --help") else {
            panic!("not campaign")
        };
        assert_eq!(given.options, ["--help"]);
    }

    #[test]
    fn an_unknown_stage_is_refused_with_the_list_of_stages() {
        let error = Cli::try_parse_from(["xtask", "test", "nonsense"])
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("e2e") && error.contains("nonsense"),
            "{error}"
        );
    }
}
