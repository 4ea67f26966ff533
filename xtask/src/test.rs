//! `cargo xtask test`: every check of the project, one line per stage, and a summary.
//!
//! Stages run in a fixed order and a failure does not stop the later ones, so that one run shows
//! everything that is wrong. The whole output of a stage is in its log. Ours, since no runner knows
//! cargo, npm, a browser and a real window; the tests themselves are run by cargo-nextest, vitest and
//! Playwright, and their own output is what is shown.

mod hermetic;
mod report;
mod stages;

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::builder::PossibleValuesParser;

use crate::say::{Stopwatch, say};
use crate::setup::Consent;
use crate::shell::Log;
use crate::workspace::Workspace;
use hermetic::Guard;
use report::{Fault, Reporter, StageResult};
use stages::{Run, Stage};

pub(crate) use stages::{STAGES, prepare};

/// What a stage may be called on the command line.
pub(crate) fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(STAGES.iter().map(|stage| stage.name.as_str()))
}

/// Prints the stages with what each of them checks.
pub(crate) fn list() {
    STAGES
        .iter()
        .for_each(|stage| say!("{:10} {}", stage.name, stage.purpose));
}

pub(crate) fn run(workspace: &Workspace, named: &[String], consent: Consent) -> Result<ExitCode> {
    stages::read().context("xtask/src/test/stages.toml cannot be read")?;
    let plan = plan(named);
    let mut guard = Guard::start();
    let mut reporter = Reporter::new();
    for stage in &plan {
        let watch = Stopwatch::start();
        let path = workspace.own("logs").join(format!("{}.log", stage.name));
        let beats = reporter.beats.then_some((stage.name.as_str(), watch));
        let log = Log::create(&path, beats)?;
        reporter.begin(stage);
        let result = if let Some(failed) = reporter.first_not_passed(&stage.needs) {
            StageResult::Skipped(format!("{failed} did not pass"))
        } else {
            let (plan, guard, log) = (plan.as_slice(), &mut guard, &log);
            let mut run = Run {
                workspace,
                plan,
                consent,
                guard,
                log,
            };
            // Whatever the stage ran before it gave up is in the log.
            run.stage(stage).unwrap_or_else(|error| {
                StageResult::Failed(vec![Fault {
                    why: format!("{error:#}"),
                    output: log.since(0),
                }])
            })
        };
        if let StageResult::Failed(faults) = &result {
            faults.iter().try_for_each(|fault| log.note(&fault.why))?;
        }
        reporter.end(stage, result, watch.elapsed(), &workspace.shown(&path));
    }
    guard.tidy_up();
    Ok(reporter.summary())
}

/// The stages of a run, in order: those named, what they need, and always the hermeticity guard.
fn plan(named: &[String]) -> Vec<&'static Stage> {
    let mut wanted: Vec<&str> = named
        .iter()
        .map(String::as_str)
        .chain(["hermetic"])
        .collect();
    // From the last to the first, since each comes after what it needs.
    for stage in STAGES.iter().rev().filter(|_| !named.is_empty()) {
        if wanted.contains(&&*stage.name) {
            wanted.extend(stage.needs.iter().map(String::as_str));
        }
    }
    STAGES
        .iter()
        .filter(|stage| {
            let everything = named.is_empty() && !stage.named_only;
            everything || wanted.contains(&&*stage.name)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setup::Purpose;

    fn planned(named: &str) -> Vec<&'static Stage> {
        plan(
            &named
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>(),
        )
    }

    fn names(stages: &[&Stage]) -> String {
        stages
            .iter()
            .map(|stage| stage.name.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn without_names_every_stage_runs_in_order() {
        assert_eq!(
            names(&planned("")),
            "setup fmt tidy deny lint web build bindings unit contract ui e2e hermetic"
        );
    }

    #[test]
    fn what_is_only_named_runs_when_it_is_named() {
        assert!(names(&planned("package")).contains("package"));
        assert!(!names(&planned("")).contains("package"));
    }

    #[test]
    fn a_named_stage_brings_what_it_needs_and_the_guard_and_nothing_else() {
        assert_eq!(names(&planned("deny")), "deny hermetic");
        assert_eq!(names(&planned("unit fmt")), "setup fmt build unit hermetic");
        assert!(names(&planned("e2e")).contains("web"));
    }

    #[test]
    fn every_stage_comes_after_what_it_needs() {
        let all = planned("");
        for (place, stage) in all.iter().enumerate() {
            let before = names(&all[..place]);
            assert!(
                stage.needs.iter().all(|need| before.contains(need)),
                "{}",
                stage.name
            );
        }
    }

    #[test]
    fn setup_fetches_only_what_the_named_stages_want() {
        let wants = |named: &str, purpose| {
            let stages = stages::prepared_for(&planned(named));
            stages.iter().any(|stage| stage.machine.contains(&purpose))
        };
        assert!(Purpose::ALL.iter().all(|purpose| !wants("fmt", *purpose)));
        assert!(!wants("unit", Purpose::Browser));
        assert!(wants("ui", Purpose::Browser));
        assert!(wants("setup", Purpose::Browser));
        assert!(wants("contract", Purpose::Proxy));
        assert!(wants("e2e", Purpose::RealWindow));
    }
}
