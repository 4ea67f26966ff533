//! The stages: what each needs, and running the programs it is made of. `stages.toml` lists them.

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use anyhow::Result;
use serde::Deserialize;
use xshell::Cmd;

use super::hermetic::Guard;
use super::report::{Fault, StageResult};
use crate::cargo::Tool;
use crate::npm::{self, Project};
use crate::setup::{self, Consent, Purpose};
use crate::shell::{Log, Sink};
use crate::workspace::Workspace;

/// Where nextest leaves its report, wherever cargo's target folder is.
const JUNIT: &str = "target/nextest/default/junit.xml";

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Stage {
    pub(super) name: String,
    pub(super) purpose: String,
    pub(super) needs: Vec<String>,
    pub(super) machine: Vec<Purpose>,
    pub(super) npm: Vec<Project>,
    pub(crate) tool: Option<Tool>,
    home: bool,
    env: BTreeMap<String, String>,
    run: Vec<String>,
    hint: Option<String>,
    linux_only: Option<String>,
    /// Takes long, so it runs only where it is named.
    pub(crate) named_only: bool,
}

/// All of them, in their order; none where [`read`] fails.
pub(crate) static STAGES: LazyLock<Vec<Stage>> = LazyLock::new(|| read().unwrap_or_default());

/// Reads the list. A run begins with it, so that a list that cannot be read does not pass as an empty one.
pub(super) fn read() -> Result<Vec<Stage>> {
    #[derive(Deserialize)]
    struct List {
        stage: Vec<Stage>,
    }
    let list: List = toml::from_str(include_str!("stages.toml"))?;
    Ok(list.stage)
}

/// Everything a stage may use.
pub(super) struct Run<'a> {
    pub(super) workspace: &'a Workspace,
    /// Those of this run.
    pub(super) plan: &'a [&'static Stage],
    pub(super) consent: Consent,
    pub(super) guard: &'a mut Guard,
    pub(super) log: &'a Log,
}

impl Run<'_> {
    pub(super) fn stage(&mut self, stage: &Stage) -> Result<StageResult> {
        let (workspace, sink) = (self.workspace, Sink::Log(self.log));
        match stage.name.as_str() {
            "setup" => prepare(workspace, prepared_for(self.plan), self.consent, sink),
            "web" => {
                let built = npm::build_windows(workspace, sink)?;
                let same = "nothing has changed since the last build";
                Ok(StageResult::Passed((!built).then(|| same.to_owned())))
            }
            "hermetic" => Ok(self.guard.judge()),
            _ => self.programs(stage),
        }
    }

    /// Runs every program of a stage, so that one run shows all that is wrong, and tells which failed.
    fn programs(&mut self, stage: &Stage) -> Result<StageResult> {
        if let (Some(reason), false) = (&stage.linux_only, cfg!(target_os = "linux")) {
            return Ok(StageResult::NotHere(reason.clone()));
        }
        let workspace = self.workspace;
        let home = if stage.home {
            self.guard.stand_in(&stage.name)?
        } else {
            Vec::new()
        };
        let tool = stage.tool.as_ref();
        let path = tool.map(|tool| tool.prepare(workspace, self.consent, Sink::Log(self.log)));
        let path = path.transpose()?.map(|path| ("PATH", path));
        // The report of another stage says nothing about this one.
        let is_nextest = |call: &String| call.starts_with("cargo nextest");
        let report = workspace.root.join(JUNIT);
        let report = stage.run.iter().any(is_nextest).then_some(report);
        if let Some(report) = report.as_ref().filter(|report| report.exists()) {
            fs::remove_file(report)?;
        }
        let mut faults = Vec::new();
        for call in &stage.run {
            let start = self.log.length();
            let step = program(workspace, call)
                .envs(home.clone())
                .envs(path.clone());
            let values = stage
                .env
                .iter()
                .map(|(name, value)| (name, filled(workspace, value)));
            if let Err(error) = self
                .log
                .run(step.envs(values.filter(|(_, value)| !value.is_empty())))
            {
                faults.push(Fault {
                    why: format!("{error:#}"),
                    output: self.log.since(start),
                });
            }
        }
        if let (Some(hint), false) = (&stage.hint, faults.is_empty()) {
            faults.push(Fault::of(hint.clone()));
        }
        if !faults.is_empty() {
            return Ok(StageResult::Failed(faults));
        }
        let report = report.map(fs::read_to_string).transpose()?;
        let count = report.as_deref().and_then(tests_of);
        Ok(StageResult::Passed(
            count.map(|count| format!("{count} tests")),
        ))
    }
}

/// Prepares the machine for some stages.
pub(crate) fn prepare<'s>(
    workspace: &Workspace,
    stages: impl IntoIterator<Item = &'s Stage> + Clone,
    consent: Consent,
    sink: Sink<'_>,
) -> Result<StageResult> {
    let mut purposes = Purpose::ALL.to_vec();
    purposes.retain(|purpose| {
        stages
            .clone()
            .into_iter()
            .any(|stage| stage.machine.contains(purpose))
    });
    setup::prepare(workspace, &purposes, consent, sink)?;
    for project in stages.into_iter().flat_map(|stage| &stage.npm) {
        project.prepare(workspace, consent, sink)?;
    }
    Ok(StageResult::PASSED)
}

/// The stages that setup prepares for: those of the run, or all when setup alone was asked for.
pub(super) fn prepared_for(plan: &[&'static Stage]) -> Vec<&'static Stage> {
    let alone = plan
        .iter()
        .all(|stage| matches!(stage.name.as_str(), "setup" | "hermetic"));
    if alone {
        STAGES.iter().filter(|stage| !stage.named_only).collect()
    } else {
        plan.to_vec()
    }
}

fn program<'a>(workspace: &'a Workspace, call: &str) -> Cmd<'a> {
    let mut parts = call.split(' ').map(|part| match part {
        "npm" => npm::PROGRAM.to_owned(),
        part => filled(workspace, part),
    });
    workspace
        .sh
        .cmd(parts.next().unwrap_or_default())
        .args(parts)
}

fn filled(workspace: &Workspace, text: &str) -> String {
    if text == "{browser}" {
        return setup::browser().unwrap_or_default().display().to_string();
    }
    text.replace(
        "{debug}",
        &workspace.target.join("debug").display().to_string(),
    )
    .replace(
        "{out}",
        &workspace.target.join("xtask").display().to_string(),
    )
    .replace("{exe}", std::env::consts::EXE_SUFFIX)
}

/// The number of tests in a JUnit report: `<testsuites name="…" tests="34" …`.
fn tests_of(report: &str) -> Option<&str> {
    let (_, rest) = report
        .split_once("<testsuites ")?
        .1
        .split_once("tests=\"")?;
    Some(rest.split_once('"')?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_tests_is_read_from_nextests_report() {
        let report = "<?xml version=\"1.0\"?>\n<testsuites name=\"nextest-run\" tests=\"34\" \
                      failures=\"0\">\n<testsuite name=\"a\" tests=\"3\">";
        assert_eq!(tests_of(report), Some("34"));
        assert_eq!(tests_of("no report"), None);
    }

    #[test]
    fn every_stage_is_done_by_its_programs_or_by_xtask() {
        let own = |stage: &&Stage| stage.run.is_empty();
        let own: Vec<&str> = STAGES
            .iter()
            .filter(own)
            .map(|stage| &*stage.name)
            .collect();
        assert_eq!(own, ["setup", "web", "hermetic"]);
    }

    #[cfg(unix)]
    #[test]
    fn names_in_a_call_are_filled_in() {
        let workspace = Workspace::in_test("/checkout".as_ref());
        let shown = program(&workspace, "{debug}/drive e2e --out {out}/e2e").to_string();
        assert_eq!(
            shown,
            "/checkout/target/debug/drive e2e --out /checkout/target/xtask/e2e"
        );
    }
}
