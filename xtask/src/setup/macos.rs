//! macOS: the web view is part of the system; the compiler comes with Apple's command line tools.

use super::{Missing, Purpose, browser};
use crate::shell::{self, Step};
use crate::workspace::Workspace;

pub(super) fn missing(workspace: &Workspace, purposes: &[Purpose]) -> Vec<Missing> {
    let has_tools = shell::succeeds(&Step::new("xcode-select", &workspace.root).arg("-p"));
    let has_browser = browser::find().is_some();
    judge(purposes, has_tools, has_browser)
}

fn judge(purposes: &[Purpose], has_tools: bool, has_browser: bool) -> Vec<Missing> {
    let mut missing = Vec::new();
    if !has_tools {
        missing.push(Missing {
            name: "Xcode command line tools".to_owned(),
            why: "the compiler, the linker and the system's headers",
            how: "xcode-select --install".to_owned(),
        });
    }
    if purposes.contains(&Purpose::Browser) && !has_browser {
        missing.push(Missing {
            name: "Chrome".to_owned(),
            why: "the browser that the browser tests run in",
            how: "brew install --cask google-chrome".to_owned(),
        });
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_mac_is_told_about_the_command_line_tools() {
        let missing = judge(&[Purpose::Build], false, false);
        assert_eq!(
            missing.len(),
            1,
            "a browser is wanted for browser tests only"
        );
        assert_eq!(missing[0].how, "xcode-select --install");
        assert!(judge(&[Purpose::Build], true, false).is_empty());
    }

    #[test]
    fn browser_tests_want_a_browser() {
        assert_eq!(judge(&[Purpose::Browser], true, false).len(), 1);
        assert!(judge(&[Purpose::Browser], true, true).is_empty());
    }
}
