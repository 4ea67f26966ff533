//! What a machine needs before Handset can be built, run or tested, and getting it there.
//!
//! On Debian and Ubuntu missing packages are installed, after saying which and why. Elsewhere each
//! missing prerequisite is named with the command that brings it, and nothing is changed.

pub(crate) mod browser;
mod linux;
mod macos;
mod windows;

use anyhow::{Result, bail};

use crate::npm::{self, Project};
use crate::shell::Sink;
use crate::workspace::Workspace;

/// What the machine is being prepared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    /// Building and opening the app.
    Build,
    /// Driving the real window on a display of its own.
    RealWindow,
    /// The windows' code in an ordinary browser.
    Browser,
    /// Ways out of a company's network.
    Proxy,
}

impl Purpose {
    pub(crate) const ALL: [Self; 4] = [Self::Build, Self::RealWindow, Self::Browser, Self::Proxy];
}

/// A prerequisite that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Missing {
    pub(crate) name: String,
    pub(crate) why: &'static str,
    /// What brings it, where nothing is installed for the person.
    pub(crate) how: String,
}

/// Whether missing packages may be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consent {
    Install,
    OnlyLook,
}

/// Makes sure that the machine can do what is asked of it, or says what is missing.
pub(crate) fn prepare(
    workspace: &Workspace,
    purposes: &[Purpose],
    consent: Consent,
    sink: &mut Sink<'_>,
) -> Result<()> {
    if cfg!(target_os = "linux") {
        linux::prepare(workspace, purposes, consent, sink)?;
    } else {
        let missing = if cfg!(target_os = "macos") {
            macos::missing(workspace, purposes)
        } else {
            windows::missing(workspace, purposes)
        };
        stop_if_any(&missing, sink)?;
    }
    npm::check_node(workspace)
}

/// Installs the packages of an npm project, unless that is done already.
pub(crate) fn prepare_npm(
    workspace: &Workspace,
    project: Project,
    consent: Consent,
    sink: &mut Sink<'_>,
) -> Result<()> {
    if let Some(step) = project.install(workspace) {
        if consent == Consent::OnlyLook {
            bail!(
                "the npm packages of {} are not installed as its lock file says, and nothing was \
                 installed, as asked",
                project.name()
            );
        }
        sink.run(&step)?;
        project.installed(workspace)?;
    }
    Ok(())
}

fn stop_if_any(missing: &[Missing], sink: &mut Sink<'_>) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    sink.say("This machine misses something that Handset needs:")?;
    for item in missing {
        sink.say(&format!("  {}: {}", item.name, item.why))?;
        sink.say(&format!("    get it: {}", item.how))?;
    }
    bail!("nothing was changed; get the above, then run the same command again")
}
