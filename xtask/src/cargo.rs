//! The one way xtask calls cargo, and the cargo tools it installs when the machine has none.
//!
//! Every call selects the same packages. Cargo unites features over what is selected,
//! so another selection would build the web view's whole tree a second time.

use std::env;
use std::ffi::OsString;

use anyhow::{Context, Result};

use crate::shell::{self, Step};
use crate::workspace::Workspace;

const SELECTION: [&str; 2] = ["--workspace", "--locked"];

/// What the app, the driver of the real window and the loopback server are built with.
///
/// xtask is left out, since a running program cannot be replaced on Windows, and bench, since a
/// window needs no SQLite. The examples are built so that features of test dependencies count, as
/// they do when tests are built.
pub(crate) fn build(workspace: &Workspace) -> Step {
    call(workspace, "build").args([
        "--exclude",
        "xtask",
        "--exclude",
        "bench",
        "--bins",
        "--examples",
    ])
}

/// The same, and every test.
pub(crate) fn build_with_tests(workspace: &Workspace) -> Step {
    build(workspace).args(["--lib", "--tests"])
}

/// `cargo <verb>` for the whole workspace.
pub(crate) fn call(workspace: &Workspace, verb: &str) -> Step {
    Step::cargo(&workspace.root)
        .args(verb.split(' '))
        .args(SELECTION)
}

/// A cargo subcommand that a bare machine does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tool {
    Nextest,
    Deny,
    Fuzz,
}

impl Tool {
    pub(crate) fn package(self) -> &'static str {
        match self {
            Self::Nextest => "cargo-nextest",
            Self::Deny => "cargo-deny",
            Self::Fuzz => "cargo-fuzz",
        }
    }

    /// The version that is installed when there is none.
    fn version(self) -> &'static str {
        match self {
            Self::Nextest => NEXTEST_VERSION,
            Self::Deny => DENY_VERSION,
            Self::Fuzz => FUZZ_VERSION,
        }
    }

    /// The step that installs it beside the build artifacts; none when it is there already.
    pub(crate) fn install(self, workspace: &Workspace) -> Option<Step> {
        let own = workspace.tools().join("bin");
        if shell::on_path(self.package()) || shell::in_folder(&own, self.package()).is_some() {
            return None;
        }
        let step = Step::cargo(&workspace.root)
            .args([
                "install",
                "--locked",
                self.package(),
                "--version",
                self.version(),
                "--root",
            ])
            .arg(workspace.tools())
            // It runs for seconds, so compile it fast rather than make it fast.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
        Some(step)
    }
}

const NEXTEST_VERSION: &str = "0.9.143";
const DENY_VERSION: &str = "0.20.2";
const FUZZ_VERSION: &str = "0.13.2";

/// The path with xtask's own tools in front, so that cargo finds its subcommands there.
pub(crate) fn path_with_tools(workspace: &Workspace) -> Result<(OsString, OsString)> {
    let mut folders = vec![workspace.tools().join("bin")];
    if let Some(path) = env::var_os("PATH") {
        folders.extend(env::split_paths(&path));
    }
    let path = env::join_paths(folders).context("PATH holds a name that cannot be joined")?;
    Ok(("PATH".into(), path))
}
