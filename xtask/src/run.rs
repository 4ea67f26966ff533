//! `cargo xtask run`: from a bare checkout to a window, or to screenshots where there is no display.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{ExitCode, ExitStatus};

use anyhow::{Context, Result, bail};

use crate::cargo;
use crate::npm::{Project, UiBuild};
use crate::say;
use crate::setup::{self, Consent, Purpose};
use crate::shell::{self, Sink, Step};
use crate::stopwatch::Stopwatch;
use crate::workspace::Workspace;

/// Where the screenshots of a run without a display are left, from the root of the checkout.
const TOUR_FOLDER: &str = "out/tour";
const STEPS: usize = 4;

pub(crate) fn run(
    workspace: &Workspace,
    consent: Consent,
    handset_args: &[String],
) -> Result<ExitCode> {
    let display = has_display(env::consts::OS, |name| env::var_os(name));
    if display {
        build(workspace, &[Purpose::Build], consent, "open Handset")?;
        let step =
            Step::new(workspace.program("handset"), &workspace.root).args(arguments(handset_args));
        return Ok(exit_code(shell::status(&step)?));
    }

    say::line(
        "There is no display here, so Handset will run on a display of its own (Xvfb), be driven \
         through a rep's main job, and leave numbered screenshots.",
    );
    if !handset_args.is_empty() {
        say::line("The arguments for Handset are left aside: this run always uses sample data.");
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
    shell::run(&drive(workspace, "tour", &out))?;
    let count = screenshots(&out)?;
    if count == 0 {
        bail!("the tour ended without leaving a screenshot in {TOUR_FOLDER}");
    }
    say::line(&format!(
        "Handset ran. {count} numbered screenshots are in {TOUR_FOLDER}"
    ));
    Ok(ExitCode::SUCCESS)
}

/// Prepares the machine and builds the windows, the app and its driver, saying each step.
pub(crate) fn build(
    workspace: &Workspace,
    purposes: &[Purpose],
    consent: Consent,
    last_step: &str,
) -> Result<()> {
    let watch = Stopwatch::start();
    announce(1, "look what this machine has", watch);
    setup::prepare(workspace, purposes, consent, &mut Sink::Terminal)?;

    announce(2, "build the windows (npm)", watch);
    setup::prepare_npm(workspace, Project::Ui, consent, &mut Sink::Terminal)?;
    let ui = UiBuild::plan(workspace)?;
    if ui.is_done() {
        say::line("  nothing has changed since the last build");
    } else {
        shell::run(&ui.step)?;
        ui.done()?;
    }

    if purposes.contains(&Purpose::RealWindow) {
        setup::prepare_npm(workspace, Project::Queries, consent, &mut Sink::Terminal)?;
        shell::run(&Project::Queries.script(workspace, "build"))?;
    }

    announce(
        3,
        "build the app (cargo; the first time takes minutes)",
        watch,
    );
    shell::run(&cargo::build(workspace))?;

    announce(4, last_step, watch);
    Ok(())
}

fn announce(step: usize, what: &str, watch: Stopwatch) {
    say::line(&format!(
        "{step}/{STEPS} {what} [{}]",
        say::duration(watch.elapsed())
    ));
}

/// A call of the real window's driver.
pub(crate) fn drive(workspace: &Workspace, verb: &str, out: &Path) -> Step {
    Step::new(workspace.program("drive"), &workspace.root)
        .arg(verb)
        .arg("--app")
        .arg(workspace.program("handset"))
        .arg("--out")
        .arg(out)
}

/// Handset opens on sample data unless it is pointed at another Apollo.
fn arguments(given: &[String]) -> Vec<&str> {
    let elsewhere = given
        .iter()
        .any(|arg| arg == "--sandbox" || arg == "--apollo-url" || arg.starts_with("--apollo-url="));
    let first = if elsewhere { None } else { Some("--sandbox") };
    first
        .into_iter()
        .chain(given.iter().map(String::as_str))
        .collect()
}

fn has_display(os: &str, var: impl Fn(&str) -> Option<OsString>) -> bool {
    os != "linux"
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| var(name).is_some_and(|value| !value.is_empty()))
}

fn screenshots(folder: &Path) -> Result<usize> {
    let names = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    Ok(names
        .iter()
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "png"))
        .count())
}

/// Hands on how a program ended.
pub(crate) fn exit_code(status: ExitStatus) -> ExitCode {
    status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from)
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
        let args = |given: &[&str]| {
            let given: Vec<String> = given.iter().map(ToString::to_string).collect();
            arguments(&given)
                .into_iter()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(args(&[]), ["--sandbox"]);
        assert_eq!(args(&["--data-dir", "d"]), ["--sandbox", "--data-dir", "d"]);
        assert_eq!(args(&["--apollo-url", "u"]), ["--apollo-url", "u"]);
        assert_eq!(args(&["--sandbox"]), ["--sandbox"]);
    }
}
