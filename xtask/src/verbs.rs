//! The short verbs: each prepares the machine and calls one program.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use crate::npm::Project;
use crate::run;
use crate::say;
use crate::setup::{self, Consent, Purpose};
use crate::shell::{self, Sink, Step};
use crate::workspace::Workspace;

/// `cargo xtask sandbox`
pub(crate) fn sandbox(workspace: &Workspace, args: &[String]) -> Result<ExitCode> {
    let step = Step::cargo(&workspace.root)
        .args(["run", "--quiet", "--locked", "--package", "sandbox"])
        .args(["--features", "control", "--"])
        .args(args);
    Ok(run::exit_code(shell::status(&step)?))
}

/// `cargo xtask probe`
pub(crate) fn probe(workspace: &Workspace, args: &[String]) -> Result<ExitCode> {
    let step = Step::cargo(&workspace.root)
        .args(["run", "--quiet", "--locked", "--package", "probe", "--"])
        .args(args)
        .reading_input();
    Ok(run::exit_code(shell::status(&step)?))
}

/// `cargo xtask shots`
pub(crate) fn shots(workspace: &Workspace, out: &Path) -> Result<ExitCode> {
    let purposes = [Purpose::Build, Purpose::RealWindow];
    let out = workspace.root.join(out);
    run::build(
        workspace,
        &purposes,
        Consent::Install,
        "take the screenshots",
    )?;
    shell::run(&run::drive(workspace, "shots", &out))?;
    say::line(&format!("The screenshots are in {}", workspace.shown(&out)));
    Ok(ExitCode::SUCCESS)
}

/// `cargo xtask bindings`
pub(crate) fn bindings(workspace: &Workspace) -> Result<ExitCode> {
    // Not the shared selection: types should be writable on a machine without a web view.
    let step = Step::cargo(&workspace.root).args([
        "run",
        "--quiet",
        "--locked",
        "--package",
        "commands",
        "--example",
        "bindings",
    ]);
    shell::run(&step)?;
    Ok(ExitCode::SUCCESS)
}

/// `cargo xtask setup`
pub(crate) fn setup(workspace: &Workspace, consent: Consent) -> Result<ExitCode> {
    setup::prepare(workspace, &Purpose::ALL, consent, &mut Sink::Terminal)?;
    if consent == Consent::OnlyLook {
        say::line("This machine has every package that Handset needs.");
    } else {
        for project in Project::ALL {
            setup::prepare_npm(workspace, project, consent, &mut Sink::Terminal)?;
        }
        for tool in [crate::cargo::Tool::Nextest, crate::cargo::Tool::Deny] {
            if let Some(step) = tool.install(workspace) {
                say::line(&format!(
                    "Compiling {}, once, into target/tools.",
                    tool.package()
                ));
                shell::run(&step)?;
            }
        }
        say::line(
            "Everything is there. `cargo xtask run` opens Handset, `cargo xtask test` tests it.",
        );
    }
    Ok(ExitCode::SUCCESS)
}
