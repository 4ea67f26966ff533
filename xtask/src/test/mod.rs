//! `cargo xtask test`: every check of the project, one line per stage, and a summary.
//!
//! Stages run in a fixed order and a failure does not stop the later ones, so that one run shows
//! everything that is wrong. The whole output of a stage is in its log.

mod hermetic;
mod report;
mod stages;
mod steps;

use std::process::ExitCode;

use anyhow::Result;

pub(crate) use stages::Stage;

use crate::say;
use crate::setup::Consent;
use crate::shell::Log;
use crate::stopwatch::Stopwatch;
use crate::workspace::Workspace;
use hermetic::Guard;
use report::{Fault, Outcome, Reporter};

/// Prints the stages with what each of them checks.
pub(crate) fn list() {
    for stage in Stage::ORDER {
        say::line(&format!("{:10} {}", stage.name(), stage.purpose()));
    }
}

pub(crate) fn run(workspace: &Workspace, named: &[Stage], consent: Consent) -> Result<ExitCode> {
    let plan = stages::plan(named);
    let mut guard = Guard::start();
    let mut reporter = Reporter::new();
    for &stage in &plan {
        let path = workspace.logs().join(format!("{}.log", stage.name()));
        let mut log = Log::create(&path)?;
        let watch = Stopwatch::start();
        reporter.begin(stage.name(), stage.speaks());
        let outcome = if let Some(failed) = reporter.first_not_passed(stage.needs()) {
            Outcome::Skipped {
                reason: format!("{failed} did not pass"),
            }
        } else {
            let mut beat = || reporter.beat(stage.name(), watch.elapsed(), &path);
            match steps::check(
                stage, &plan, workspace, consent, &mut guard, &mut log, &mut beat,
            ) {
                Ok(outcome) => outcome,
                // Whatever the stage ran before it gave up is in the log.
                Err(error) => Outcome::Failed(vec![Fault {
                    why: format!("{error:#}"),
                    output: log.text(),
                }]),
            }
        };
        if let Outcome::Failed(faults) = &outcome {
            for fault in faults {
                log.note(&fault.why)?;
            }
        }
        reporter.end(
            stage.name(),
            outcome,
            watch.elapsed(),
            &workspace.shown(&path),
        );
    }
    guard.tidy_up();
    Ok(reporter.summary())
}
