//! `cargo xtask campaign`: the whole core, killed again and again while people and folders do their
//! worst, in the release build.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::run;
use crate::say;
use crate::shell::{self, Step};
use crate::workspace::Workspace;

/// How long a campaign goes on: until the first of its limits.
#[derive(Debug, Default, Args)]
pub(crate) struct Extent {
    /// Stop after so many runs; 20 where no other limit is set
    #[arg(long, value_name = "N")]
    runs: Option<u64>,
    /// The seed of the first run; with `--runs 1` it repeats the plan of a run
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// Start no further run after so many minutes
    #[arg(long, value_name = "M")]
    minutes: Option<u64>,
    /// Start no further run after so many kills
    #[arg(long, value_name = "N")]
    kills: Option<u64>,
    /// Start no further run after so many events; with `--kills`, after both
    #[arg(long, value_name = "N")]
    events: Option<u64>,
}

pub(crate) fn run(workspace: &Workspace, extent: &Extent) -> Result<ExitCode> {
    say::line("Building the campaign (cargo; the first time takes minutes), then killing.");
    Ok(run::exit_code(shell::status(&step(workspace, extent))?))
}

/// Only this package, as bench: a person gets a core that was not built for other tests.
fn step(workspace: &Workspace, extent: &Extent) -> Step {
    let mut step = Step::cargo(&workspace.root).args([
        "run",
        "--quiet",
        "--release",
        "--locked",
        "--package",
        "campaign",
        "--",
    ]);
    for (option, value) in [
        ("--runs", extent.runs),
        ("--seed", extent.seed),
        ("--minutes", extent.minutes),
        ("--kills", extent.kills),
        ("--events", extent.events),
    ] {
        if let Some(value) = value {
            step = step.arg(option).arg(value.to_string());
        }
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_is_passed_on_and_nothing_else() {
        let workspace = Workspace {
            root: "/checkout".into(),
            target: "/target".into(),
        };
        let extent = Extent {
            seed: Some(7),
            kills: Some(2_000),
            events: Some(1_000),
            ..Extent::default()
        };
        let shown = step(&workspace, &extent).shown();
        assert!(shown.contains("--release"), "{shown}");
        assert!(
            shown.ends_with("--package campaign -- --seed 7 --kills 2000 --events 1000"),
            "{shown}"
        );
        let shown = step(&workspace, &Extent::default()).shown();
        assert!(shown.ends_with("--package campaign --"), "{shown}");
    }
}
