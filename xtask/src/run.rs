//! `cargo xtask run` and `shots`: from a bare checkout to a window, or to screenshots of one that is
//! driven on a display of its own.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use xshell::{Cmd, cmd};

use crate::npm::{self, Project};
use crate::say::{Stopwatch, say};
use crate::setup::{self, Consent, Purpose};
use crate::shell::{self, Sink};
use crate::workspace::Workspace;

/// Where the screenshots of a run without a display are left, from the root of the checkout.
const TOUR_FOLDER: &str = "out/tour";
/// The scripts that find elements in the real window.
const QUERIES: &str = "tools/drive/queries";

pub(crate) fn run(workspace: &Workspace, consent: Consent, given: &[String]) -> Result<ExitCode> {
    if has_display(env::consts::OS, |name| env::var_os(name)) {
        build(workspace, &[Purpose::Build], consent, "open Handset")?;
        let (handset, args) = (workspace.program("handset"), arguments(given));
        return shell::hand_over(cmd!(workspace.sh, "{handset} {args...}"));
    }
    say!(
        "There is no display here, so Handset will run on a display of its own (Xvfb), be driven \
         through a rep's main job, and leave numbered screenshots."
    );
    if !given.is_empty() {
        say!("The arguments for Handset are left aside: this run always uses sample data.");
    }
    let purposes = [Purpose::Build, Purpose::RealWindow];
    build(
        workspace,
        &purposes,
        consent,
        "drive Handset through the main job",
    )?;
    let out = workspace.root.join(TOUR_FOLDER);
    if out.exists() {
        fs::remove_dir_all(&out)
            .with_context(|| format!("the old {TOUR_FOLDER} could not be removed"))?;
    }
    fs::create_dir_all(&out)?;
    shell::run(drive(workspace, "tour", &out))?;
    let is_picture = |path: &Path| path.extension().is_some_and(|end| end == "png");
    let count = fs::read_dir(&out)?
        .flatten()
        .filter(|entry| is_picture(&entry.path()))
        .count();
    ensure!(
        count > 0,
        "the tour ended without leaving a screenshot in {TOUR_FOLDER}"
    );
    say!("Handset ran. {count} numbered screenshots are in {TOUR_FOLDER}");
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn shots(workspace: &Workspace, out: &Path) -> Result<ExitCode> {
    let out = workspace.root.join(out);
    let purposes = [Purpose::Build, Purpose::RealWindow];
    build(
        workspace,
        &purposes,
        Consent::Install,
        "take the screenshots",
    )?;
    shell::run(drive(workspace, "shots", &out))?;
    say!("The screenshots are in {}", workspace.shown(&out));
    Ok(ExitCode::SUCCESS)
}

/// Prepares the machine and builds the windows, the app and its driver, saying each step.
fn build(workspace: &Workspace, purposes: &[Purpose], consent: Consent, last: &str) -> Result<()> {
    let watch = Stopwatch::start();
    let announce = |step: u8, what: &str| say!("{step}/4 {what} [{}]", watch.shown());
    announce(1, "look what this machine has");
    setup::prepare(workspace, purposes, consent, Sink::Terminal)?;

    announce(2, "build the windows (npm)");
    Project("ui".to_owned()).prepare(workspace, consent, Sink::Terminal)?;
    if !npm::build_windows(workspace, Sink::Terminal)? {
        say!("  nothing has changed since the last build");
    }
    if purposes.contains(&Purpose::RealWindow) {
        Project(QUERIES.to_owned()).prepare(workspace, consent, Sink::Terminal)?;
        shell::run(npm::npm(workspace, QUERIES).args(["run", "--silent", "build"]))?;
    }

    announce(3, "build the app (cargo; the first time takes minutes)");
    // xtask is left out, since a running program cannot be replaced on Windows, and bench, since a window
    // needs no SQLite. The examples are built so that features of test dependencies count, as they do when
    // tests are built: stage `build` does the same, and nothing is built twice.
    let build = cmd!(
        workspace.sh,
        "cargo build --workspace --locked --exclude xtask --exclude bench"
    );
    shell::run(build.args(["--bins", "--examples"]))?;
    announce(4, last);
    Ok(())
}

/// A call of the real window's driver.
fn drive<'a>(workspace: &'a Workspace, verb: &str, out: &Path) -> Cmd<'a> {
    let (drive, handset) = (workspace.program("drive"), workspace.program("handset"));
    cmd!(workspace.sh, "{drive} {verb} --app {handset} --out {out}")
}

/// Handset opens on sample data unless it is pointed at another Apollo.
fn arguments(given: &[String]) -> Vec<&str> {
    let elsewhere = given
        .iter()
        .any(|arg| arg == "--sandbox" || arg == "--apollo-url" || arg.starts_with("--apollo-url="));
    let sandbox = if elsewhere { None } else { Some("--sandbox") };
    sandbox
        .into_iter()
        .chain(given.iter().map(String::as_str))
        .collect()
}

fn has_display(os: &str, var: impl Fn(&str) -> Option<OsString>) -> bool {
    let is_set = |name: &str| var(name).is_some_and(|value| !value.is_empty());
    os != "linux" || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linux_has_a_display_only_when_a_variable_names_one() {
        let none = |_: &str| None;
        let empty = |_: &str| Some(OsString::new());
        let wayland = |name: &str| (name == "WAYLAND_DISPLAY").then(|| OsString::from("wayland-0"));
        assert!(!has_display("linux", none));
        assert!(!has_display("linux", empty));
        assert!(has_display("linux", wayland));
        assert!(has_display("macos", none));
    }

    #[test]
    fn handset_opens_on_sample_data_unless_pointed_elsewhere() {
        for (given, expected) in [
            ("", "--sandbox"),
            ("--data-dir d", "--sandbox --data-dir d"),
            ("--apollo-url u", "--apollo-url u"),
            ("--sandbox", "--sandbox"),
        ] {
            let given: Vec<String> = given.split_whitespace().map(str::to_owned).collect();
            assert_eq!(arguments(&given).join(" "), expected);
        }
    }
}
