//! The cargo tools that are compiled, once, when the machine has none. What is ours is that they lie in the
//! target folder, so that nothing of a person's is changed.

use std::ffi::OsString;
use std::{env, iter};

use anyhow::{Result, ensure};
use serde::Deserialize;
use xshell::cmd;

use crate::setup::Consent;
use crate::shell::Sink;
use crate::workspace::Workspace;

/// A cargo subcommand, with the version that is installed: `cargo-deny@0.20.2`.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub(crate) struct Tool(pub(crate) String);

impl Tool {
    /// Makes sure that it is there, beside the build artifacts if nowhere else, and gives the path on
    /// which cargo finds it. Compiling one takes minutes, so it is announced.
    pub(crate) fn prepare(
        &self,
        workspace: &Workspace,
        consent: Consent,
        sink: Sink<'_>,
    ) -> Result<OsString> {
        let Self(tool) = self;
        let package = tool.split('@').next().unwrap_or(tool);
        let folder = workspace.target.join("tools");
        let path = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(iter::once(folder.join("bin")).chain(env::split_paths(&path)))?;
        if which::which_in(package, Some(&path), &workspace.root).is_ok() {
            return Ok(path);
        }
        ensure!(
            consent == Consent::Install,
            "{package} is not here, and nothing was installed, as asked"
        );
        sink.say(&format!("Compiling {package}, once, into target/tools."))?;
        let install = cmd!(
            workspace.sh,
            "cargo install --locked {tool} --root {folder}"
        );
        // It runs for seconds, so compile it fast rather than make it fast.
        sink.run(install.envs([
            ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
            ("CARGO_PROFILE_RELEASE_LTO", "off"),
            ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
            ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
        ]))?;
        Ok(path)
    }
}
