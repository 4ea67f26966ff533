//! The stages: what each checks, what it needs, and the program calls it is made of.

use clap::ValueEnum;

use anyhow::Result;

use super::hermetic::Guard;
use super::report::Outcome;
use crate::cargo::{self, Tool};
use crate::npm::{Project, UiBuild};
use crate::setup::{self, Consent, Purpose};
use crate::shell::{Log, Sink, Step};
use crate::tidy;
use crate::workspace::Workspace;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    Setup,
    Fmt,
    Tidy,
    Deny,
    Lint,
    Web,
    Build,
    Bindings,
    Unit,
    Contract,
    Ui,
    E2e,
    Hermetic,
}

impl Stage {
    /// Cheap checks first; what is built once serves all later stages.
    pub(crate) const ORDER: [Self; 13] = [
        Self::Setup,
        Self::Fmt,
        Self::Tidy,
        Self::Deny,
        Self::Lint,
        Self::Web,
        Self::Build,
        Self::Bindings,
        Self::Unit,
        Self::Contract,
        Self::Ui,
        Self::E2e,
        Self::Hermetic,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Fmt => "fmt",
            Self::Tidy => "tidy",
            Self::Deny => "deny",
            Self::Lint => "lint",
            Self::Web => "web",
            Self::Build => "build",
            Self::Bindings => "bindings",
            Self::Unit => "unit",
            Self::Contract => "contract",
            Self::Ui => "ui",
            Self::E2e => "e2e",
            Self::Hermetic => "hermetic",
        }
    }

    pub(crate) fn purpose(self) -> &'static str {
        match self {
            Self::Setup => "install what the other stages need (runs by itself when needed)",
            Self::Fmt => "formatting of Rust and TypeScript",
            Self::Tidy => "the project's own rules: layers, names, module docs, links, paths",
            Self::Deny => "licences, sources and bans among the dependencies",
            Self::Lint => "clippy, TypeScript lints and types, API docs without warnings",
            Self::Web => "build the windows (runs by itself when needed)",
            Self::Build => "build the app and all Rust tests (runs by itself when needed)",
            Self::Bindings => "the TypeScript types equal the Rust types",
            Self::Unit => "unit and property tests beside the code, and examples in docs",
            Self::Contract => {
                "integration tests: crates against the sandbox, windows against the ACL"
            }
            Self::Ui => "the windows' code alone, then in a browser against the real core",
            Self::E2e => "the built app in a real window with a real keychain",
            Self::Hermetic => "nothing was left in a person's folders (always runs)",
        }
    }

    /// The stages that must have passed before.
    pub(crate) fn needs(self) -> &'static [Self] {
        match self {
            Self::Setup | Self::Tidy | Self::Deny | Self::Hermetic => &[],
            Self::Fmt | Self::Lint | Self::Web | Self::Build => &[Self::Setup],
            Self::Bindings | Self::Unit | Self::Contract => &[Self::Build],
            Self::Ui | Self::E2e => &[Self::Web, Self::Build],
        }
    }

    /// What the machine must be able to do for this stage.
    fn purposes(self) -> &'static [Purpose] {
        match self {
            Self::Setup | Self::Fmt | Self::Tidy | Self::Deny | Self::Web | Self::Hermetic => &[],
            Self::Lint | Self::Build | Self::Bindings | Self::Unit | Self::Contract => {
                &[Purpose::Build]
            }
            Self::Ui => &[Purpose::Build, Purpose::Browser],
            Self::E2e => &[Purpose::Build, Purpose::RealWindow],
        }
    }

    /// The npm projects this stage works with.
    fn projects(self) -> &'static [Project] {
        match self {
            Self::Fmt | Self::Lint | Self::Ui => &Project::ALL,
            Self::Web => &[Project::Ui],
            _ => &[],
        }
    }

    /// Whether the stage says lines of its own: what it installs and why.
    pub(crate) fn speaks(self) -> bool {
        matches!(self, Self::Setup | Self::Deny | Self::Unit)
    }
}

/// The stages of a run, in order: those named, what they need, and always the hermeticity guard.
pub(super) fn plan(named: &[Stage]) -> Vec<Stage> {
    let mut wanted: Vec<Stage> = if named.is_empty() {
        Stage::ORDER.to_vec()
    } else {
        named.iter().copied().chain([Stage::Hermetic]).collect()
    };
    let mut next = 0;
    while let Some(stage) = wanted.get(next).copied() {
        wanted.extend(stage.needs());
        next += 1;
    }
    Stage::ORDER
        .into_iter()
        .filter(|stage| wanted.contains(stage))
        .collect()
}

/// Everything a stage may use.
struct Bench<'a> {
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
    let mut bench = Bench {
        workspace,
        plan,
        consent,
        guard,
        log,
        beat,
    };
    match stage {
        Stage::Setup => bench.setup(),
        Stage::Fmt => bench.fmt(),
        Stage::Tidy => bench.tidy(),
        Stage::Deny => bench.deny(),
        Stage::Lint => bench.lint(),
        Stage::Web => bench.web(),
        Stage::Build => bench.build(),
        Stage::Bindings => bench.bindings(),
        Stage::Unit => bench.unit(),
        Stage::Contract => bench.contract(),
        Stage::Ui => bench.ui(),
        Stage::E2e => bench.e2e(),
        Stage::Hermetic => Ok(bench.guard.judge()),
    }
}

const PASSED: Outcome = Outcome::Passed { detail: None };

impl Bench<'_> {
    fn sink(&mut self) -> Sink<'_> {
        Sink::Log(self.log, self.beat)
    }

    /// Runs every step, so that one run shows all that is wrong, and tells which failed.
    fn all(&mut self, steps: Vec<Step>) -> Result<Outcome> {
        let mut why = Vec::new();
        for step in steps {
            if let Err(error) = self.log.run(&step, self.beat) {
                let text = format!("{error:#}");
                self.log.note(&text)?;
                why.push(text);
            }
        }
        if why.is_empty() {
            Ok(PASSED)
        } else {
            Ok(Outcome::Failed {
                why: why.join("\n"),
            })
        }
    }

    /// Makes sure of a cargo tool; compiling one takes minutes, so it is said.
    fn tool(&mut self, tool: Tool) -> Result<()> {
        if let Some(step) = tool.install(self.workspace) {
            let text = format!("Compiling {}, once, into target/tools.", tool.package());
            self.sink().say(&text)?;
            self.sink().run(&step)?;
        }
        Ok(())
    }

    fn setup(&mut self) -> Result<Outcome> {
        let (workspace, consent) = (self.workspace, self.consent);
        let wants = |purpose| {
            self.plan
                .iter()
                .any(|stage| stage.purposes().contains(&purpose))
        };
        let purposes: Vec<Purpose> = [Purpose::Build, Purpose::RealWindow, Purpose::Browser]
            .into_iter()
            .filter(|purpose| wants(*purpose))
            .collect();
        setup::prepare(workspace, &purposes, consent, &mut self.sink())?;
        for project in Project::ALL {
            if self
                .plan
                .iter()
                .any(|stage| stage.projects().contains(&project))
            {
                setup::prepare_npm(workspace, project, &mut self.sink())?;
            }
        }
        Ok(PASSED)
    }

    fn fmt(&mut self) -> Result<Outcome> {
        let mut steps =
            vec![Step::cargo(&self.workspace.root).args(["fmt", "--all", "--", "--check"])];
        steps.extend(Project::ALL.map(|project| project.script(self.workspace, "format:check")));
        self.all(steps)
    }

    fn tidy(&mut self) -> Result<Outcome> {
        let faults = tidy::check(self.workspace)?;
        for fault in &faults {
            self.log.note(fault)?;
        }
        if faults.is_empty() {
            return Ok(PASSED);
        }
        Ok(Outcome::Failed {
            why: format!("{} of the project's rules broken", faults.len()),
        })
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
        self.all(vec![step])
    }

    fn lint(&mut self) -> Result<Outcome> {
        let workspace = self.workspace;
        let clippy =
            cargo::call(workspace, "clippy").args(["--all-targets", "--", "-D", "warnings"]);
        // `--examples` for the same features as clippy's, see module `cargo`.
        let docs = cargo::call(workspace, "doc")
            .args(["--no-deps", "--lib", "--examples"])
            .env("RUSTDOCFLAGS", "-D warnings");
        let mut steps = vec![clippy, docs];
        for project in Project::ALL {
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

    fn build(&mut self) -> Result<Outcome> {
        self.all(vec![cargo::build_with_tests(self.workspace)])
    }

    fn bindings(&mut self) -> Result<Outcome> {
        let vars = self.guard.stand_in("bindings")?;
        let step = Step::new(self.workspace.example("bindings"), &self.workspace.root)
            .arg("--check")
            .envs(&vars);
        match self.all(vec![step])? {
            Outcome::Failed { why } => Ok(Outcome::Failed {
                why: format!(
                    "{why}\nthe types in ui/src/generated are not those of the Rust code; \
                     `cargo xtask bindings` writes them again"
                ),
            }),
            outcome => Ok(outcome),
        }
    }

    fn unit(&mut self) -> Result<Outcome> {
        self.tool(Tool::Nextest)?;
        let vars = self.guard.stand_in("unit")?;
        let tests = nextest(self.workspace, "not kind(test)")?.envs(&vars);
        let examples = cargo::call(self.workspace, "test").arg("--doc").envs(&vars);
        let outcome = self.all(vec![tests, examples])?;
        Ok(self.with_count(outcome))
    }

    fn contract(&mut self) -> Result<Outcome> {
        self.tool(Tool::Nextest)?;
        let vars = self.guard.stand_in("contract")?;
        let outcome = self.all(vec![nextest(self.workspace, "kind(test)")?.envs(&vars)])?;
        Ok(self.with_count(outcome))
    }

    fn ui(&mut self) -> Result<Outcome> {
        let workspace = self.workspace;
        let vars = self.guard.stand_in("ui")?;
        let steps = Project::ALL.map(|project| {
            project
                .script(workspace, "test")
                .envs(&vars)
                .env("HANDSET_LOOPBACK", workspace.program("loopback"))
        });
        self.all(steps.into())
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
            .arg("--evidence")
            .arg(self.workspace.own().join("e2e"))
            .envs(&vars);
        self.all(vec![step])
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
    fn without_names_every_stage_runs_in_order() {
        assert_eq!(plan(&[]), Stage::ORDER);
    }

    #[test]
    fn a_named_stage_brings_what_it_needs_and_the_guard_and_nothing_else() {
        assert_eq!(plan(&[Stage::Tidy]), [Stage::Tidy, Stage::Hermetic]);
        assert_eq!(
            plan(&[Stage::Unit, Stage::Fmt]),
            [
                Stage::Setup,
                Stage::Fmt,
                Stage::Build,
                Stage::Unit,
                Stage::Hermetic
            ]
        );
        assert!(plan(&[Stage::E2e]).contains(&Stage::Web));
    }

    #[test]
    fn every_stage_is_in_the_order_once_and_after_what_it_needs() {
        for stage in Stage::value_variants() {
            let place = |wanted: &Stage| Stage::ORDER.iter().position(|other| other == wanted);
            assert!(place(stage).is_some());
            assert!(stage.needs().iter().all(|need| place(need) < place(stage)));
            assert_eq!(stage.to_possible_value().unwrap().get_name(), stage.name());
        }
    }

    #[test]
    fn setup_fetches_only_what_the_named_stages_want() {
        let wanted = |stage| {
            let stages = plan(&[stage]);
            stages
                .iter()
                .flat_map(|stage| stage.purposes())
                .copied()
                .collect::<Vec<_>>()
        };
        assert!(wanted(Stage::Fmt).is_empty());
        assert!(!wanted(Stage::Unit).contains(&Purpose::Browser));
        assert!(wanted(Stage::Ui).contains(&Purpose::Browser));
        assert!(wanted(Stage::E2e).contains(&Purpose::RealWindow));
    }

    #[test]
    fn the_number_of_tests_is_read_from_the_closing_line() {
        let log = "x\n     Summary [   0.312s] 34 tests run: 34 passed, 0 skipped\n";
        assert_eq!(count(log), Some("34 tests".to_owned()));
        assert_eq!(count("no tests"), None);
    }
}
