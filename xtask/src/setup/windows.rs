//! Windows: WebView2 (part of Windows 11) and the Visual C++ build tools.

use super::browser::{self, program_folders};
use super::{Missing, Purpose};
use crate::shell::{self, Step};
use crate::workspace::Workspace;

/// Where the WebView2 runtime leaves its version, for the machine and for the user
/// (Microsoft: "Distribute your app and the WebView2 Runtime").
const WEBVIEW2_KEYS: [&str; 2] = [
    r"HKLM\SOFTWARE\WOW6432Node\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}",
    r"HKCU\Software\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}",
];
const BUILD_TOOLS: &str = "Microsoft.VisualStudio.Component.VC.Tools.x86.x64";

#[derive(Debug, Clone, Copy)]
struct Found {
    web_view: bool,
    build_tools: bool,
    browser: bool,
}

pub(super) fn missing(workspace: &Workspace, purposes: &[Purpose]) -> Vec<Missing> {
    let web_view = WEBVIEW2_KEYS.iter().any(|key| {
        shell::succeeds(&Step::new("reg", &workspace.root).args(["query", key, "/v", "pv"]))
    });
    judge(
        purposes,
        Found {
            web_view,
            build_tools: has_build_tools(workspace),
            browser: browser::find().is_some(),
        },
    )
}

fn has_build_tools(workspace: &Workspace) -> bool {
    let vswhere = program_folders()
        .map(|folder| folder.join(r"Microsoft Visual Studio\Installer\vswhere.exe"))
        .find(|path| path.is_file());
    let Some(vswhere) = vswhere else { return false };
    let query = Step::new(vswhere, &workspace.root).args([
        "-products",
        "*",
        "-requires",
        BUILD_TOOLS,
        "-property",
        "installationPath",
    ]);
    shell::peek(&query).is_some_and(|path| !path.trim().is_empty())
}

fn judge(purposes: &[Purpose], found: Found) -> Vec<Missing> {
    let mut missing = Vec::new();
    if !found.web_view {
        missing.push(Missing {
            name: "WebView2 runtime".to_owned(),
            why: "the web view that draws Handset's windows",
            how: "winget install --id Microsoft.EdgeWebView2Runtime".to_owned(),
        });
    }
    if !found.build_tools {
        missing.push(Missing {
            name: "Visual C++ build tools".to_owned(),
            why: "the linker and the system's headers",
            how: "winget install --id Microsoft.VisualStudio.2022.BuildTools --override \
                  \"--wait --passive --add Microsoft.VisualStudio.Workload.VCTools \
                  --includeRecommended\""
                .to_owned(),
        });
    }
    if purposes.contains(&Purpose::Browser) && !found.browser {
        missing.push(Missing {
            name: "Chrome".to_owned(),
            why: "the browser that the browser tests run in",
            how: "winget install --id Google.Chrome".to_owned(),
        });
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_windows_is_told_what_to_get_with_winget() {
        let nothing = Found {
            web_view: false,
            build_tools: false,
            browser: false,
        };
        let missing = judge(&[Purpose::Build], nothing);
        let ways: Vec<&str> = missing.iter().map(|item| item.how.as_str()).collect();
        assert_eq!(ways.len(), 2);
        assert!(ways[0].contains("Microsoft.EdgeWebView2Runtime"));
        assert!(ways[1].contains("Microsoft.VisualStudio.2022.BuildTools"));
    }

    #[test]
    fn a_prepared_windows_is_told_nothing() {
        let found = Found {
            web_view: true,
            build_tools: true,
            browser: true,
        };
        assert!(judge(&[Purpose::Build, Purpose::Browser], found).is_empty());
    }
}
