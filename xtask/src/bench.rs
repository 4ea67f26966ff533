//! `cargo xtask bench`: the store beside SQLite and redb, in the release build that a person gets.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use crate::run;
use crate::say;
use crate::shell::{self, Step};
use crate::workspace::Workspace;

pub(crate) fn run(workspace: &Workspace, quick: bool, folder: Option<&Path>) -> Result<ExitCode> {
    say::line("Building the benchmark (cargo; the first time takes minutes), then measuring.");
    Ok(run::exit_code(shell::status(&step(
        workspace, quick, folder,
    ))?))
}

/// Only this package: what is measured must not be built with the features of others.
fn step(workspace: &Workspace, quick: bool, folder: Option<&Path>) -> Step {
    let mut step = Step::cargo(&workspace.root).args([
        "run",
        "--quiet",
        "--release",
        "--locked",
        "--package",
        "bench",
        "--",
    ]);
    if quick {
        step = step.arg("--quick");
    }
    if let Some(folder) = folder {
        step = step.arg("--folder").arg(workspace.root.join(folder));
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_the_one_that_was_named_and_a_quick_look_is_passed_on() {
        let workspace = Workspace {
            root: "/checkout".into(),
            target: "/target".into(),
        };
        let shown = step(&workspace, true, Some(Path::new("/disk"))).shown();
        assert!(shown.contains("--release"), "{shown}");
        assert!(shown.ends_with("-- --quick --folder /disk"), "{shown}");
        let shown = step(&workspace, false, None).shown();
        assert!(shown.ends_with("--package bench --"), "{shown}");
    }
}
