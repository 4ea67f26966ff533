//! `cargo xtask fuzz`: crate `apollo`'s readers against a fuzzer, one target after another.
//!
//! What it learns stays in xtask's own corner; only a small corpus is in the repository, and every
//! `cargo xtask test` replays it without a fuzzer. It needs no nightly compiler.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;

use crate::cargo::{self, Tool};
use crate::say;
use crate::shell::{self, Log, Step};
use crate::workspace::Workspace;

/// No step of xtask's may take longer than 45 minutes.
pub(crate) const MAX_SECONDS: u64 = 40 * 60;
/// A reader that takes more has lost count.
const MAX_MEMORY_MIB: u32 = 2_048;
/// The longest input: a page of the sandbox's with two tasks is shorter.
const MAX_INPUT_BYTES: u32 = 16 * 1_024;
/// Where the fuzz targets and their corpus are.
const FOLDER: &str = "src-tauri/crates/apollo/fuzz";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    /// Searches: pages of rows
    Pages,
    /// Answers that hold one record
    Records,
    /// Refusals: everything that is not 2xx
    Refusals,
    /// Headers, sentences, moments, numbers, names, keys
    Words,
    /// Write the seeds again, from the sandbox's answers
    Seed,
}

impl What {
    const TARGETS: [Self; 4] = [Self::Pages, Self::Records, Self::Refusals, Self::Words];

    fn name(self) -> &'static str {
        match self {
            Self::Pages => "pages",
            Self::Records => "records",
            Self::Refusals => "refusals",
            Self::Words => "words",
            Self::Seed => "seed",
        }
    }
}

pub(crate) fn run(workspace: &Workspace, what: Option<What>, seconds: u64) -> Result<ExitCode> {
    if what == Some(What::Seed) {
        shell::run(&seed(workspace))?;
        say::line(&format!("The seeds are in {FOLDER}/corpus."));
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(step) = Tool::Fuzz.install(workspace) {
        say::line("Compiling cargo-fuzz, once, into target/tools.");
        shell::run(&step)?;
    }
    say::line("Building the fuzz targets (cargo; the first time takes minutes).");
    let path = cargo::path_with_tools(workspace)?;
    let build = cargo_fuzz(workspace, "build").envs(std::slice::from_ref(&path));
    shell::run(&build)?;
    let targets = what.map_or_else(|| What::TARGETS.to_vec(), |target| vec![target]);
    let mut has_findings = false;
    for target in targets {
        let corner = corner(workspace, target);
        for folder in ["corpus", "findings"] {
            fs::create_dir_all(corner.join(folder))?;
        }
        let mut log = Log::create(&workspace.logs().join(format!("fuzz-{}.log", target.name())))?;
        let step = fuzz(workspace, target, seconds).envs(std::slice::from_ref(&path));
        let outcome = log.run(&step, &mut || {});
        say::line(&figures(target, &log.text()));
        if outcome.is_err() {
            has_findings = true;
            let (findings, log) = (corner.join("findings"), &log.path);
            say::line(&format!(
                "  it stopped with a finding: {}; its words: {}",
                workspace.shown(&findings),
                workspace.shown(log)
            ));
        }
    }
    Ok(if has_findings {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// What a target has learnt so far, and what it stumbled over.
fn corner(workspace: &Workspace, target: What) -> PathBuf {
    workspace.own().join("fuzz").join(target.name())
}

fn cargo_fuzz(workspace: &Workspace, verb: &str) -> Step {
    Step::cargo(&workspace.root)
        // Sanitizers need a nightly compiler, and the code has no `unsafe` for them to watch.
        .args(["fuzz", verb, "--sanitizer", "none", "--fuzz-dir", FOLDER])
        .arg("--target-dir")
        .arg(workspace.target.join("fuzz"))
}

fn fuzz(workspace: &Workspace, target: What, seconds: u64) -> Step {
    let corner = corner(workspace, target);
    let folder = workspace.root.join(FOLDER);
    let mut findings = corner.join("findings").into_os_string();
    findings.push("/");
    let mut artifacts = std::ffi::OsString::from("-artifact_prefix=");
    artifacts.push(findings);
    cargo_fuzz(workspace, "run")
        .arg(target.name())
        .arg(corner.join("corpus"))
        .arg(folder.join("corpus").join(target.name()))
        .arg("--")
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-rss_limit_mb={MAX_MEMORY_MIB}"))
        .arg(format!("-max_len={MAX_INPUT_BYTES}"))
        .arg(format!("-dict={}", folder.join("json.dict").display()))
        .arg(artifacts)
        .arg("-print_final_stats=1")
}

fn seed(workspace: &Workspace) -> Step {
    Step::cargo(&workspace.root)
        .args([
            "test",
            "--quiet",
            "--locked",
            "--package",
            "apollo",
            "--lib",
            "--",
            "--ignored",
            "--exact",
            "fuzzing::seeds::the_seeds_of_the_fuzzer_are_written",
        ])
        .env(
            "APOLLO_FUZZ_SEEDS",
            workspace.root.join(FOLDER).join("corpus"),
        )
}

/// One line from a fuzzer's log: `words: 2195020 executions, 168847 a second, cov 1204`.
fn figures(target: What, log: &str) -> String {
    let stat = |name: &str| {
        log.lines()
            .rev()
            .find_map(|line| line.strip_prefix(name))
            .map_or("?", |rest| rest.trim_start_matches(':').trim())
            .to_owned()
    };
    let coverage = log
        .lines()
        .rev()
        .find_map(|line| {
            let (_, rest) = line.split_once(" cov: ")?;
            rest.split_ascii_whitespace().next()
        })
        .unwrap_or("?");
    format!(
        "{}: {} executions, {} a second, {coverage} edges covered",
        target.name(),
        stat("stat::number_of_executed_units"),
        stat("stat::average_exec_per_sec"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fuzzers_log_becomes_one_line() {
        let log = "#512\tNEW    cov: 88 ft: 90 corp: 3/9b\n#1024\tREDUCE cov: 91 ft: 99\n\
                   stat::number_of_executed_units: 1024\nstat::average_exec_per_sec:     512\n";
        assert_eq!(
            figures(What::Words, log),
            "words: 1024 executions, 512 a second, 91 edges covered"
        );
        assert_eq!(
            figures(What::Pages, ""),
            "pages: ? executions, ? a second, ? edges covered"
        );
    }

    #[test]
    fn a_target_learns_in_xtasks_corner_and_starts_from_the_repositorys_corpus() {
        let workspace = Workspace {
            root: "/checkout".into(),
            target: "/target".into(),
        };
        let shown = fuzz(&workspace, What::Refusals, 900).shown();
        assert!(
            shown.contains(
                "refusals /target/xtask/fuzz/refusals/corpus \
                 /checkout/src-tauri/crates/apollo/fuzz/corpus/refusals -- -max_total_time=900"
            ),
            "{shown}"
        );
        assert!(shown.contains("--sanitizer none"), "{shown}");
    }

    #[test]
    fn every_target_has_a_fuzz_target_of_its_name() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(FOLDER)
            .join("fuzz_targets");
        for target in What::TARGETS {
            assert!(folder.join(format!("{}.rs", target.name())).is_file());
        }
        assert_eq!(fs::read_dir(folder).unwrap().count(), What::TARGETS.len());
    }
}
