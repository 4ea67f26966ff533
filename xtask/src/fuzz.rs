//! `cargo xtask fuzz`: crate `apollo`'s readers against a fuzzer, one target after another.
//!
//! Ours beside cargo-fuzz: what it learns stays in xtask's own corner; only a small corpus is in the
//! repository, and every `cargo xtask test` replays it without a fuzzer. It needs no nightly compiler.

use std::fs;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use xshell::{Cmd, cmd};

use crate::cargo::Tool;
use crate::say::say;
use crate::setup::Consent;
use crate::shell::{self, Log, Sink};
use crate::workspace::Workspace;

/// No step of xtask's may take longer than 45 minutes.
const MAX_SECONDS: u64 = 40 * 60;
/// A reader that takes more memory has lost count. The longest input: a page of the sandbox's with two
/// tasks is shorter.
const LIMITS: [&str; 2] = ["-rss_limit_mb=2048", "-max_len=16384"];
/// Where the fuzz targets and their corpus are.
const FOLDER: &str = "src-tauri/crates/apollo/fuzz";
const TARGETS: [&str; 4] = ["pages", "records", "refusals", "words"];

#[derive(Debug, Args)]
pub(crate) struct Extent {
    /// Only searches (`pages`), answers with one record, answers other than 2xx, or headers, sentences,
    /// moments and the like (`words`); `seed` writes the seeds again, from the sandbox's answers; all
    /// targets when none is named
    #[arg(value_name = "TARGET", value_parser = ["pages", "records", "refusals", "words", "seed"])]
    what: Option<String>,
    /// How long each target runs
    #[arg(long, value_name = "N", default_value_t = 60)]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=MAX_SECONDS))]
    seconds: u64,
}

pub(crate) fn run(workspace: &Workspace, extent: &Extent) -> Result<ExitCode> {
    let sh = &workspace.sh;
    let what = extent.what.as_deref();
    if what == Some("seed") {
        let test = "fuzzing::seeds::the_seeds_of_the_fuzzer_are_written";
        let seed = cmd!(
            sh,
            "cargo test --quiet --locked --package apollo --lib -- --ignored --exact {test}"
        );
        shell::run(seed.env(
            "APOLLO_FUZZ_SEEDS",
            workspace.root.join(FOLDER).join("corpus"),
        ))?;
        say!("The seeds are in {FOLDER}/corpus.");
        return Ok(ExitCode::SUCCESS);
    }
    let tool = Tool("cargo-fuzz@0.13.2".to_owned());
    let path = tool.prepare(workspace, Consent::Install, Sink::Terminal)?;
    say!("Building the fuzz targets (cargo; the first time takes minutes).");
    shell::run(cargo_fuzz(workspace, "build").env("PATH", &path))?;
    let mut code = ExitCode::SUCCESS;
    for name in TARGETS
        .into_iter()
        .filter(|name| what.is_none_or(|what| what == *name))
    {
        let corner = workspace.own("fuzz").join(name);
        for folder in ["corpus", "findings"] {
            fs::create_dir_all(corner.join(folder))?;
        }
        let log = Log::create(
            &workspace.own("logs").join(format!("fuzz-{name}.log")),
            None,
        )?;
        let result = log.run(fuzz(workspace, name, extent.seconds).env("PATH", &path));
        // The fuzzer's own figures: executions, edges covered, executions a second.
        let text = log.since(0);
        let figures = text.lines().rev().find(|line| line.contains(" cov: "));
        say!("{name}: {}", figures.unwrap_or("nothing was executed"));
        if result.is_err() {
            code = ExitCode::FAILURE;
            let (findings, log) = (
                workspace.shown(&corner.join("findings")),
                workspace.shown(&log.path),
            );
            say!("  it stopped with a finding: {findings}; its words: {log}");
        }
    }
    Ok(code)
}

fn cargo_fuzz<'a>(workspace: &'a Workspace, verb: &str) -> Cmd<'a> {
    let target = workspace.target.join("fuzz");
    // Sanitizers need a nightly compiler, and the code has no `unsafe` for them to watch.
    let fuzz = cmd!(
        workspace.sh,
        "cargo fuzz {verb} --sanitizer none --fuzz-dir {FOLDER}"
    );
    fuzz.arg("--target-dir").arg(target)
}

fn fuzz<'a>(workspace: &'a Workspace, name: &str, seconds: u64) -> Cmd<'a> {
    let corner = workspace.own("fuzz").join(name);
    let folder = workspace.root.join(FOLDER);
    cargo_fuzz(workspace, "run")
        .args([
            name.as_ref(),
            corner.join("corpus").as_path(),
            &folder.join("corpus").join(name),
        ])
        .arg("--")
        .args(LIMITS)
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-dict={}", folder.join("json.dict").display()))
        .arg(format!(
            "-artifact_prefix={}/",
            corner.join("findings").display()
        ))
        .arg("-print_final_stats=1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_target_learns_in_xtasks_corner_and_starts_from_the_repositorys_corpus() {
        let workspace = Workspace::in_test("/checkout".as_ref());
        let shown = fuzz(&workspace, "refusals", 900).to_string();
        let folders = "refusals /checkout/target/xtask/fuzz/refusals/corpus \
                       /checkout/src-tauri/crates/apollo/fuzz/corpus/refusals -- ";
        assert!(
            shown.contains(folders) && shown.contains("-max_total_time=900"),
            "{shown}"
        );
        assert!(shown.contains("--sanitizer none"), "{shown}");
    }

    #[test]
    fn every_target_has_a_fuzz_target_of_its_name() {
        let folder = crate::workspace::root()
            .unwrap()
            .join(FOLDER)
            .join("fuzz_targets");
        assert!(
            TARGETS
                .iter()
                .all(|name| folder.join(format!("{name}.rs")).is_file())
        );
        assert_eq!(fs::read_dir(folder).unwrap().count(), TARGETS.len());
    }
}
