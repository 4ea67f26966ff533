//! `cargo xtask simulate`: the decision core against an adversary, as often as is wanted.

use std::process::ExitCode;

use anyhow::Result;

use crate::run;
use crate::say;
use crate::shell::{self, Step};
use crate::stopwatch::Stopwatch;
use crate::workspace::Workspace;

pub(crate) fn run(workspace: &Workspace, wrap_ups: u64, seed: u64) -> Result<ExitCode> {
    say::line("Building the simulation (cargo; the first time takes minutes), then running it.");
    shell::run(&step(workspace, &["--no-run"]))?;
    let watch = Stopwatch::start();
    let step = step(workspace, &["--", "--nocapture"])
        .env("SIMULATION_WRAP_UPS", wrap_ups.to_string())
        .env("SIMULATION_SEED", seed.to_string());
    let status = shell::status(&step)?;
    if status.success() {
        let seconds = say::duration(watch.elapsed());
        say::line(&format!("No promise was broken. It took {seconds}."));
    }
    Ok(run::exit_code(status))
}

/// Built as what a person gets is built: a million wrap-ups are many.
fn step(workspace: &Workspace, rest: &[&str]) -> Step {
    Step::cargo(&workspace.root)
        .args([
            "test",
            "--quiet",
            "--release",
            "--locked",
            "--package",
            "desk",
            "--test",
            "simulation",
        ])
        .args(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_simulation_is_run_and_its_figures_are_shown() {
        let workspace = Workspace {
            root: "/checkout".into(),
            target: "/target".into(),
        };
        let shown = step(&workspace, &["--", "--nocapture"]).shown();
        assert!(shown.contains("--release"), "{shown}");
        assert!(
            shown.ends_with("--package desk --test simulation -- --nocapture"),
            "{shown}"
        );
    }
}
