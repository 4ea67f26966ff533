//! The program calls that each stage is made of.

use anyhow::{Result, bail};

use super::hermetic::Guard;
use super::report::{Fault, Outcome};
use super::stages::{self, Stage};
use crate::cargo::{self, Tool};
use crate::npm::{Project, UiBuild};
use crate::setup::{self, Consent, Purpose};
use crate::shell::{Log, Sink, Step};
use crate::tidy;
use crate::workspace::Workspace;

/// Everything a stage may use.
struct Run<'a> {
    workspace: &'a Workspace,
    plan: &'a [Stage],
    consent: Consent,
    guard: &'a mut Guard,
    log: &'a mut Log,
    beat: &'a mut dyn FnMut(),
}

pub(super) fn check(
    stage: Stage,
    plan: &[Stage],
    workspace: &Workspace,
    consent: Consent,
    guard: &mut Guard,
    log: &mut Log,
    beat: &mut dyn FnMut(),
) -> Result<Outcome> {
    let mut run = Run {
        workspace,
        plan,
        consent,
        guard,
        log,
        beat,
    };
    match stage {
        Stage::Setup => run.setup(),
        Stage::Fmt => Ok(run.fmt()),
        Stage::Tidy => run.tidy(),
        Stage::Deny => run.deny(),
        Stage::Lint => Ok(run.lint()),
        Stage::Web => run.web(),
        Stage::Build => Ok(run.build()),
        Stage::Bindings => run.bindings(),
        Stage::Unit => run.unit(),
        Stage::Contract => run.contract(),
        Stage::Ui => run.ui(),
        Stage::E2e => run.e2e(),
        Stage::Hermetic => Ok(run.guard.judge()),
    }
}

const PASSED: Outcome = Outcome::Passed { detail: None };

impl Run<'_> {
    fn sink(&mut self) -> Sink<'_> {
        Sink::Log(self.log, self.beat)
    }

    /// Runs every step, so that one run shows all that is wrong, and tells which failed.
    fn all(&mut self, steps: Vec<Step>) -> Outcome {
        let mut faults = Vec::new();
        for step in steps {
            let start = self.log.text().len();
            if let Err(error) = self.log.run(&step, self.beat) {
                let text = self.log.text();
                let output = text.get(start..).unwrap_or(&text).to_owned();
                faults.push(Fault {
                    why: format!("{error:#}"),
                    output,
                });
            }
        }
        if faults.is_empty() {
            PASSED
        } else {
            Outcome::Failed(faults)
        }
    }

    /// Makes sure of a cargo tool; compiling one takes minutes, so it is said.
    fn tool(&mut self, tool: Tool) -> Result<()> {
        if let Some(step) = tool.install(self.workspace) {
            if self.consent == Consent::OnlyLook {
                bail!(
                    "{} is not here, and nothing was installed, as asked",
                    tool.package()
                );
            }
            let text = format!("Compiling {}, once, into target/tools.", tool.package());
            self.sink().say(&text)?;
            self.sink().run(&step)?;
        }
        Ok(())
    }

    fn setup(&mut self) -> Result<Outcome> {
        let (workspace, consent) = (self.workspace, self.consent);
        let stages = stages::prepared_for(self.plan);
        let purposes: Vec<Purpose> = Purpose::ALL
            .into_iter()
            .filter(|purpose| {
                stages
                    .iter()
                    .any(|stage| stage.purposes().contains(purpose))
            })
            .collect();
        setup::prepare(workspace, &purposes, consent, &mut self.sink())?;
        for project in Project::ALL {
            if stages
                .iter()
                .any(|stage| stage.projects().contains(&project))
            {
                setup::prepare_npm(workspace, project, consent, &mut self.sink())?;
            }
        }
        Ok(PASSED)
    }

    fn fmt(&mut self) -> Outcome {
        let mut steps =
            vec![Step::cargo(&self.workspace.root).args(["fmt", "--all", "--", "--check"])];
        steps
            .extend(Project::CHECKED.map(|project| project.script(self.workspace, "format:check")));
        self.all(steps)
    }

    fn tidy(&mut self) -> Result<Outcome> {
        let faults: Vec<Fault> = tidy::check(self.workspace)?
            .into_iter()
            .map(|why| Fault {
                why,
                output: String::new(),
            })
            .collect();
        if faults.is_empty() {
            Ok(PASSED)
        } else {
            Ok(Outcome::Failed(faults))
        }
    }

    fn deny(&mut self) -> Result<Outcome> {
        self.tool(Tool::Deny)?;
        let step = Step::cargo(&self.workspace.root)
            .args([
                "deny",
                "--workspace",
                "--locked",
                "check",
                "bans",
                "licenses",
                "sources",
            ])
            .envs(&[cargo::path_with_tools(self.workspace)?]);
        Ok(self.all(vec![step]))
    }

    fn lint(&mut self) -> Outcome {
        let workspace = self.workspace;
        let clippy =
            cargo::call(workspace, "clippy").args(["--all-targets", "--", "-D", "warnings"]);
        // `--examples` for the same features as clippy's, see module `cargo`.
        let docs = cargo::call(workspace, "doc")
            .args(["--no-deps", "--lib", "--examples"])
            .env("RUSTDOCFLAGS", "-D warnings");
        let mut steps = vec![clippy, docs];
        for project in Project::CHECKED {
            steps.extend(["lint", "typecheck"].map(|script| project.script(workspace, script)));
        }
        self.all(steps)
    }

    fn web(&mut self) -> Result<Outcome> {
        let build = UiBuild::plan(self.workspace)?;
        if build.is_done() {
            let detail = Some("nothing has changed since the last build".to_owned());
            return Ok(Outcome::Passed { detail });
        }
        self.log.run(&build.step, self.beat)?;
        build.done()?;
        Ok(PASSED)
    }

    fn build(&mut self) -> Outcome {
        self.all(vec![cargo::build_with_tests(self.workspace)])
    }

    fn bindings(&mut self) -> Result<Outcome> {
        let vars = self.guard.stand_in("bindings")?;
        let step = Step::new(self.workspace.example("bindings"), &self.workspace.root)
            .arg("--check")
            .envs(&vars);
        match self.all(vec![step]) {
            Outcome::Failed(mut faults) => {
                faults.push(Fault {
                    why: "ui/src/generated does not hold the types of the Rust code; `cargo xtask \
                          bindings` writes them again"
                        .to_owned(),
                    output: String::new(),
                });
                Ok(Outcome::Failed(faults))
            }
            outcome => Ok(outcome),
        }
    }

    fn unit(&mut self) -> Result<Outcome> {
        self.tool(Tool::Nextest)?;
        let vars = self.guard.stand_in("unit")?;
        let tests = nextest(self.workspace, "not kind(test)")?.envs(&vars);
        let examples = cargo::call(self.workspace, "test").arg("--doc").envs(&vars);
        let outcome = self.all(vec![tests, examples]);
        Ok(self.with_count(outcome))
    }

    fn contract(&mut self) -> Result<Outcome> {
        self.tool(Tool::Nextest)?;
        let vars = self.guard.stand_in("contract")?;
        let outcome = self.all(vec![nextest(self.workspace, "kind(test)")?.envs(&vars)]);
        Ok(self.with_count(outcome))
    }

    fn ui(&mut self) -> Result<Outcome> {
        let workspace = self.workspace;
        let vars = self.guard.stand_in("ui")?;
        let alone = Project::Ui.script(workspace, "test").envs(&vars);
        let build = Project::Ui.script(workspace, "build:loopback");
        let mut in_browser = Project::BrowserTests
            .script(workspace, "test")
            .envs(&vars)
            .env("HANDSET_LOOPBACK_PROGRAM", workspace.program("loopback"));
        if let Some(program) = setup::browser::find() {
            in_browser = in_browser.env(setup::browser::CHOSEN, program);
        }
        Ok(self.all(vec![alone, build, in_browser]))
    }

    fn e2e(&mut self) -> Result<Outcome> {
        if !cfg!(target_os = "linux") {
            let reason = "the real window is driven on Linux only".to_owned();
            return Ok(Outcome::NotHere { reason });
        }
        let vars = self.guard.stand_in("e2e")?;
        let step = Step::new(self.workspace.program("drive"), &self.workspace.root)
            .args(["e2e", "--app"])
            .arg(self.workspace.program("handset"))
            .arg("--out")
            .arg(self.workspace.own().join("e2e"))
            .envs(&vars);
        // Bundling takes a blink; driving with old scripts would cost an hour.
        let bundle = Project::Queries.script(self.workspace, "build");
        Ok(self.all(vec![bundle, step]))
    }

    fn with_count(&self, outcome: Outcome) -> Outcome {
        match outcome {
            Outcome::Passed { .. } => Outcome::Passed {
                detail: count(&self.log.text()),
            },
            other => other,
        }
    }
}

fn nextest(workspace: &Workspace, filter: &str) -> Result<Step> {
    let step = cargo::call(workspace, "nextest run")
        .args(["-E", filter])
        .envs(&[cargo::path_with_tools(workspace)?]);
    Ok(step)
}

/// The number of tests in the closing line of nextest: `Summary [ 1.2s] 34 tests run: …`.
fn count(log: &str) -> Option<String> {
    let line = log
        .lines()
        .rev()
        .find(|line| line.contains(" tests run:"))?;
    let number = line
        .split(" tests run:")
        .next()?
        .split_whitespace()
        .last()?;
    number
        .parse::<u32>()
        .ok()
        .map(|count| format!("{count} tests"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_tests_is_read_from_the_closing_line() {
        let log = "x\n     Summary [   0.312s] 34 tests run: 34 passed, 0 skipped\n";
        assert_eq!(count(log), Some("34 tests".to_owned()));
        assert_eq!(count("no tests"), None);
    }
}
