//! `cargo xtask mutants`: Handset is sabotaged on purpose, and the tests must notice.
//!
//! A copy of what git tracks is changed in one place at a time. What should catch the change is run
//! there and must fail; a sabotage that survives makes the verb fail. The checkout itself is never
//! touched. `docs/MUTANTS.md` says why each matters.

mod copy;
mod list;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use self::copy::Copy;
use self::list::{MUTANTS, Mutant};
use crate::say;
use crate::shell::{Log, Step};
use crate::stopwatch::Stopwatch;
use crate::workspace::Workspace;

/// What catches a sabotage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Catcher {
    /// The decision core against an adversary.
    Simulation,
    /// The engine over ports made of memory.
    Engine,
    /// The store's own tests, a process that is killed among them.
    Store,
    /// The whole core over the sandbox, as far as a window sees it.
    Core,
    /// The Apollo client's own tests, over a server that says anything.
    Apollo,
}

impl Catcher {
    const ALL: [Self; 5] = [
        Self::Simulation,
        Self::Engine,
        Self::Store,
        Self::Core,
        Self::Apollo,
    ];

    pub(crate) fn shown(self) -> &'static str {
        match self {
            Self::Simulation => "the simulation",
            Self::Engine => "the engine's tests",
            Self::Store => "the store's tests",
            Self::Core => "the core's tests",
            Self::Apollo => "the Apollo client's tests",
        }
    }

    fn args(self) -> &'static [&'static str] {
        match self {
            Self::Simulation => &["--package", "desk", "--test", "simulation"],
            Self::Engine => &["--package", "desk", "--lib", "--test", "it"],
            // Damaged stores take minutes, and are not what a sabotage is about.
            Self::Store => &["--package", "store", "--", "--skip", "damage"],
            // The others work through whole days.
            Self::Core => &[
                "--package",
                "commands",
                "--test",
                "it",
                "--",
                "closing::",
                "reps::",
                "new_key::",
                "reading_back::",
                "retention::",
                "folders::",
            ],
            // The others wait out limits and slow networks.
            Self::Apollo => &[
                "--package",
                "apollo",
                "--lib",
                "--test",
                "contract",
                "--test",
                "wire",
                "--",
                "reject::",
                "strangers::",
                "retries::",
            ],
        }
    }
}

/// What became of a sabotage.
enum Fate {
    Caught,
    Survived,
}

/// Which sabotages are tried; all of them without.
#[derive(Debug, Default, Args)]
pub(crate) struct Choice {
    /// Only the sabotages with this in their name
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Only the sabotages that these tests should catch
    #[arg(long, value_enum, value_name = "TESTS")]
    by: Option<Catcher>,
    /// Only this sabotage and those after it: goes on where a run was cut off
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
}

pub(crate) fn run(workspace: &Workspace, choice: &Choice) -> Result<ExitCode> {
    let Choice { only, by, from } = choice;
    let (only, by) = (only.as_deref(), *by);
    let chosen: Vec<_> = MUTANTS
        .iter()
        .skip_while(|mutant| from.as_ref().is_some_and(|from| mutant.name != from))
        .filter(|mutant| only.is_none_or(|part| mutant.name.contains(part)))
        .filter(|mutant| by.is_none_or(|catcher| mutant.caught_by == catcher))
        .collect();
    if chosen.is_empty() {
        bail!("there is no such sabotage; docs/MUTANTS.md lists them");
    }
    let watch = Stopwatch::start();
    let folder = workspace.own().join("mutants");
    let copy = Copy::make(&workspace.root, &folder.join("tree"))?;
    let mut bench = Bench {
        copy,
        target: folder.join("target"),
        log: Log::create(&workspace.logs().join("mutants.log"))?,
    };
    for mutant in &chosen {
        bench.copy.check(mutant)?;
    }

    say::line("The tests as they are, which must pass (the first time takes minutes).");
    for catcher in Catcher::ALL {
        if chosen.iter().any(|mutant| mutant.caught_by == catcher) {
            bench.builds(catcher)?;
            if !bench.passes(catcher) {
                bail!(
                    "{} fail without any sabotage; see {}",
                    catcher.shown(),
                    workspace.shown(&bench.log.path)
                );
            }
        }
    }
    let mut survivors = Vec::new();
    for mutant in &chosen {
        say::part(&format!("  {} … ", mutant.name));
        let one = Stopwatch::start();
        let fate = bench.try_out(mutant)?;
        let took = say::duration(one.elapsed());
        match fate {
            Fate::Caught => say::line(&format!("caught by {} [{took}]", mutant.caught_by.shown())),
            Fate::Survived => {
                say::line(&format!("SURVIVED {} [{took}]", mutant.caught_by.shown()));
                say::line(&format!("    It matters: {}.", mutant.why));
                survivors.push(mutant.name);
            }
        }
    }
    let caught = chosen.len() - survivors.len();
    let took = say::duration(watch.elapsed());
    say::line(&format!(
        "{caught} of {} caught. It took {took}.",
        chosen.len()
    ));
    if survivors.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    say::line(&format!("Survived: {}", survivors.join(", ")));
    Ok(ExitCode::FAILURE)
}

/// Where the sabotages are tried out.
struct Bench {
    copy: Copy,
    /// Of its own, so that it stays warm and the checkout's own stays right.
    target: std::path::PathBuf,
    log: Log,
}

impl Bench {
    fn try_out(&mut self, mutant: &Mutant) -> Result<Fate> {
        self.log.note(&format!("\n=== {}", mutant.name))?;
        let sound = self.copy.sabotage(mutant)?;
        // One that does not compile would be "caught" by any test.
        let built = self
            .builds(mutant.caught_by)
            .with_context(|| format!("the sabotage {:?} does not compile", mutant.name));
        let fate = built.map(|()| {
            if self.passes(mutant.caught_by) {
                Fate::Survived
            } else {
                Fate::Caught
            }
        });
        sound.put_back()?;
        fate
    }

    fn builds(&mut self, catcher: Catcher) -> Result<()> {
        let step = self.step(&["--no-run"], catcher);
        self.log.run(&step, &mut || ())
    }

    fn passes(&mut self, catcher: Catcher) -> bool {
        let step = self.step(&[], catcher);
        self.log.run(&step, &mut || ()).is_ok()
    }

    fn step(&self, options: &[&str], catcher: Catcher) -> Step {
        Step::cargo(self.copy.root())
            .args(["test", "--quiet", "--locked"])
            .args(options)
            .args(catcher.args())
            .env("CARGO_TARGET_DIR", &self.target)
            // That it fails is enough.
            .env("SIMULATION_SHRINKS", "0")
            .env("RUST_BACKTRACE", "0")
    }
}
