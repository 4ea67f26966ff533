//! `cargo xtask mutants`: Handset is sabotaged on purpose, and the tests must notice.
//!
//! A copy of what git tracks is changed in one place at a time. What should catch the change is run
//! there and must fail; a sabotage that survives makes the program fail. The checkout itself is never
//! touched. `tests/sabotages.toml` is the list; `docs/MUTANTS.md` says why each matters.
//!
//! Ours, since each sabotage is a change that a colleague could make and a rep would pay for; cargo-mutants
//! makes the general ones (another operator, an empty body) and takes no list. `--general` runs it.

mod copy;
mod sabotages;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, fs::File};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use wait_timeout::ChildExt;
use xshell::{Shell, cmd};

use crate::copy::Copy;
use crate::sabotages::{List, Sabotage};

/// The first build of a copy, on a slow machine.
const BUILD_LIMIT: Duration = Duration::from_mins(45);
/// Tests that take longer are in an endless loop, so the sabotage counts as caught.
const TEST_LIMIT: Duration = Duration::from_mins(10);
const CARGO_MUTANTS: &str = "cargo-mutants@27.1.0";

/// Sabotages a copy of Handset, in one place at a time, and expects the tests to notice.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask mutants", disable_version_flag = true)]
struct Choice {
    /// Only the sabotages with this in their name
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Only the sabotages that these tests should catch
    #[arg(long, value_name = "TESTS", value_parser = ["simulation", "engine", "store", "core", "apollo"])]
    by: Option<String>,
    /// Only this sabotage and those after it: goes on where a run was cut off
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// Instead of these, what cargo-mutants makes, with its options: `--general -- --package budget`
    #[arg(long, conflicts_with_all = ["only", "by", "from"])]
    general: bool,
    #[arg(last = true, value_name = "OPTIONS", requires = "general")]
    options: Vec<String>,
}

fn main() -> Result<ExitCode> {
    let choice = Choice::parse();
    let sh = Shell::new()?;
    if choice.general {
        return general(&sh, &choice.options);
    }
    let list = List::read()?;
    let chosen = list.chosen(
        choice.only.as_deref(),
        choice.by.as_deref(),
        choice.from.as_deref(),
    );
    ensure!(
        !chosen.is_empty(),
        "there is no such sabotage; docs/MUTANTS.md lists them"
    );
    let watch = now();
    // In xtask's corner of the target folder, so that it stays warm and the checkout's own build stays right.
    let corner = target()?.join("xtask");
    let copy = Copy::make(&sh, &corner.join("mutants/tree"))?;
    for sabotage in &chosen {
        sabotage.read(&copy.root)?;
    }
    say("The tests as they are, which must pass (the first time takes minutes).\n")?;
    let (target, log_path) = (
        corner.join("mutants/target"),
        corner.join("logs/mutants.log"),
    );
    fs::create_dir_all(corner.join("logs"))?;
    let log = File::create(&log_path)?;
    let bench = Bench {
        copy,
        target,
        log_path,
        log,
    };
    for (key, catcher) in &list.catcher {
        if chosen.iter().any(|sabotage| sabotage.caught_by == *key) {
            let passes = bench.builds(&catcher.tests)? && bench.passes(&catcher.tests)?;
            let log = bench.log_path.display();
            ensure!(
                passes,
                "{} fail without any sabotage; see {log}",
                catcher.name
            );
        }
    }
    let mut survivors = Vec::new();
    for sabotage in &chosen {
        let Sabotage { name, why, .. } = sabotage;
        let catcher = list.catcher(sabotage)?;
        say(&format!("  {name} … "))?;
        let one = now();
        let caught = bench.catches(sabotage, &catcher.tests)?;
        let took = format!("[{} s]", one.elapsed().as_secs());
        if caught {
            say(&format!("caught by {} {took}\n", catcher.name))?;
        } else {
            say(&format!(
                "SURVIVED {} {took}\n    It matters: {why}.\n",
                catcher.name
            ))?;
            survivors.push(name.as_str());
        }
    }
    let (caught, took) = (chosen.len() - survivors.len(), watch.elapsed().as_secs());
    say(&format!(
        "{caught} of {} caught. It took {} min {:02} s.\n",
        chosen.len(),
        took / 60,
        took % 60
    ))?;
    if survivors.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    say(&format!("Survived: {}\n", survivors.join(", ")))?;
    Ok(ExitCode::FAILURE)
}

/// Installs cargo-mutants beside the build artifacts where there is none, and runs it.
fn general(sh: &Shell, options: &[String]) -> Result<ExitCode> {
    let (tools, out) = (target()?.join("tools"), target()?.join("xtask/mutants"));
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = [tools.join("bin")]
        .into_iter()
        .chain(env::split_paths(&path));
    sh.set_var("PATH", env::join_paths(folders)?);
    if cmd!(sh, "cargo mutants --version")
        .quiet()
        .ignore_stderr()
        .read()
        .is_err()
    {
        say("Compiling cargo-mutants, once, into target/tools.\n")?;
        cmd!(sh, "cargo install --locked {CARGO_MUTANTS} --root {tools}").run()?;
    }
    fs::create_dir_all(&out)?;
    let mut mutants = Command::from(cmd!(sh, "cargo mutants --output {out} {options...}"));
    Ok(if mutants.status()?.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Where the sabotages are tried out.
struct Bench {
    copy: Copy,
    target: PathBuf,
    log_path: PathBuf,
    /// The whole output of everything.
    log: File,
}

impl Bench {
    fn catches(&self, sabotage: &Sabotage, tests: &str) -> Result<bool> {
        writeln!(&self.log, "\n=== {}", sabotage.name)?;
        let sound = self.copy.sabotage(sabotage)?;
        // A sabotage that does not compile would be "caught" by any test.
        let fate = self.builds(tests).and_then(|built| {
            ensure!(
                built,
                "the sabotage {:?} does not compile; see {}",
                sabotage.name,
                self.log_path.display()
            );
            Ok(!self.passes(tests)?)
        });
        sound.put_back()?;
        fate
    }

    fn builds(&self, tests: &str) -> Result<bool> {
        self.cargo(&format!("--no-run {tests}"), BUILD_LIMIT)
    }

    fn passes(&self, tests: &str) -> Result<bool> {
        self.cargo(tests, TEST_LIMIT)
    }

    fn cargo(&self, tests: &str, limit: Duration) -> Result<bool> {
        let mut child = Command::new("cargo")
            .args(["test", "--quiet", "--locked"])
            .args(tests.split(' '))
            .current_dir(&self.copy.root)
            .env("CARGO_TARGET_DIR", &self.target)
            // A failure is enough; the smallest failing case is of no use here.
            .env("SIMULATION_SHRINKS", "0")
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::null())
            .stdout(self.log.try_clone()?)
            .stderr(self.log.try_clone()?)
            .spawn()
            .context("cargo could not be started")?;
        if let Some(status) = child.wait_timeout(limit)? {
            return Ok(status.success());
        }
        child.kill()?;
        child.wait()?;
        Ok(false)
    }
}

/// Cargo's target folder, wherever the person has put it: this program lies in one of its folders.
fn target() -> Result<PathBuf> {
    let own = env::current_exe()?;
    Ok(own
        .ancestors()
        .nth(2)
        .context("this program lies in no target folder")?
        .to_path_buf())
}

#[expect(
    clippy::disallowed_methods,
    reason = "it reports how long its own steps took; crate clock would bring tokio along"
)]
fn now() -> Instant {
    Instant::now()
}

fn say(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
