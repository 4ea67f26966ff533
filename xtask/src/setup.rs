//! What a machine needs before Handset can be built, run or tested, and getting it there.
//!
//! On Debian and Ubuntu missing packages are installed, after saying which and why. Elsewhere each
//! missing prerequisite is named with the command that brings it, and nothing is changed. What is needed,
//! and how each system calls it, is in `setup/packages.toml`.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use xshell::{Cmd, cmd};

use crate::npm;
use crate::shell::{self, Sink};
use crate::workspace::Workspace;

const PACKAGES: &str = include_str!("setup/packages.toml");
/// The variable by which a person chooses the browser, and by which the tests are told.
pub(crate) const CHOSEN_BROWSER: &str = "HANDSET_CHROMIUM";

/// What the machine is being prepared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Purpose {
    /// Building and opening the app.
    Build,
    /// Driving the real window on a display of its own.
    RealWindow,
    /// The windows' code in an ordinary browser.
    Browser,
    /// Ways out of a company's network.
    Proxy,
    /// Compiling for Windows.
    Windows,
    /// Checking installers as IT would.
    Verify,
    /// Making installers, for Windows too.
    Package,
    /// Installing them, in roots of their own.
    Install,
}

impl Purpose {
    pub(crate) const ALL: [Self; 8] = [
        Self::Build,
        Self::RealWindow,
        Self::Browser,
        Self::Proxy,
        Self::Windows,
        Self::Verify,
        Self::Package,
        Self::Install,
    ];
    /// What only installers need comes with the verbs that are about them.
    pub(crate) const OF_EVERY_DAY: [Self; 5] = [
        Self::Build,
        Self::RealWindow,
        Self::Browser,
        Self::Proxy,
        Self::Windows,
    ];
}

/// Whether missing packages may be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consent {
    Install,
    OnlyCheck,
}

/// How to find a prerequisite, without a package manager.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Probe {
    /// A program on the path.
    Program(String),
    /// A library known to pkg-config.
    Library(String),
    /// A folder or file.
    File(String),
    /// Any one of these commands ends well and says something.
    Command(Vec<Vec<String>>),
    /// Whether it can be found is up to [`browser`].
    Browser {},
}

/// A prerequisite.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Need {
    purpose: Purpose,
    probe: Probe,
    why: String,
    /// What it is called, or the package is on Debian.
    name: String,
    ubuntu: Option<String>,
    fedora: Option<String>,
    arch: Option<String>,
    /// The command that brings it.
    get: Option<String>,
    /// The one distribution that has it; elsewhere it is done without.
    only: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Needs {
    linux: Vec<Need>,
    macos: Vec<Need>,
    windows: Vec<Need>,
}

impl Needs {
    fn of(os: &str, purposes: &[Purpose]) -> Result<Vec<Need>> {
        let needs: Self = toml::from_str(PACKAGES)?;
        let mut needs = match os {
            "macos" => needs.macos,
            "windows" => needs.windows,
            _ => needs.linux,
        };
        needs.retain(|need| purposes.contains(&need.purpose));
        Ok(needs)
    }
}

/// Makes sure that the machine can do what is asked of it, or says what is missing.
pub(crate) fn prepare(
    workspace: &Workspace,
    purposes: &[Purpose],
    consent: Consent,
    sink: Sink<'_>,
) -> Result<()> {
    let os_release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let needs = in_distribution(Needs::of(env::consts::OS, purposes)?, &os_release);
    let missing = || {
        needs
            .iter()
            .filter(|need| !is_there(workspace, &need.probe))
    };
    let first_missing: Vec<&Need> = missing().collect();
    match family(&os_release) {
        _ if first_missing.is_empty() => {}
        "debian" => {
            install(workspace, &first_missing, consent, sink)?;
            if let Some(Need { name, .. }) = missing().next() {
                bail!("apt-get said it was done, but what {name} brings is still not there");
            }
        }
        family => {
            sink.say("This machine misses something that Handset needs:")?;
            for need in first_missing {
                let (name, get) = need.on(family);
                sink.say(&format!("  {name}: {}\n    get it: {get}", need.why))?;
            }
            bail!("nothing was changed; get the above, then run the same command again")
        }
    }
    npm::check_node(workspace)
}

impl Need {
    /// What it is called, and the command that brings it.
    fn on(&self, family: &str) -> (&str, String) {
        let fedora = self.fedora.as_deref().unwrap_or(&self.name);
        let arch = self.arch.as_deref().unwrap_or(&self.name);
        match (family, &self.get) {
            ("fedora", _) => (fedora, format!("sudo dnf install {fedora}")),
            ("arch", _) => (arch, format!("sudo pacman -S --needed {arch}")),
            (_, Some(get)) => (&self.name, get.clone()),
            (_, None) => {
                let names = format!(
                    "Debian calls it {}, Fedora {fedora}, Arch {arch}",
                    self.name
                );
                (&self.name, format!("with your package manager ({names})"))
            }
        }
    }
}

fn is_there(workspace: &Workspace, probe: &Probe) -> bool {
    let sh = &workspace.sh;
    match probe {
        Probe::Program(name) => which::which(name).is_ok(),
        Probe::Library(name) => shell::capture(cmd!(sh, "pkg-config --exists {name}")).is_ok(),
        Probe::File(path) => fs::exists(path).unwrap_or_default(),
        Probe::Command(any) => any.iter().any(|command| {
            let mut parts = command.iter().map(|part| expanded(part));
            let step = parts.next().map(|program| cmd!(sh, "{program} {parts...}"));
            step.is_some_and(|step| {
                shell::capture(step).is_ok_and(|output| !output.trim().is_empty())
            })
        }),
        Probe::Browser {} => browser().is_some(),
    }
}

/// The browser's program, Chromium or Chrome, if there is one.
pub(crate) fn browser() -> Option<PathBuf> {
    if let Some(chosen) = env::var_os(CHOSEN_BROWSER) {
        return Some(chosen.into());
    }
    let names = "chromium chromium-browser google-chrome google-chrome-stable";
    let places = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        r"{ProgramFiles}\Google\Chrome\Application\chrome.exe",
        r"{ProgramFiles(x86)}\Google\Chrome\Application\chrome.exe",
        r"{LocalAppData}\Google\Chrome\Application\chrome.exe",
    ];
    let on_path = names.split(' ').find_map(|name| which::which(name).ok());
    on_path.or_else(|| {
        places
            .map(|place| PathBuf::from(expanded(place)))
            .into_iter()
            .find(|it| it.is_file())
    })
}

/// A path in which `{NAME}` stands for the value of a variable.
fn expanded(path: &str) -> String {
    let named = path.strip_prefix('{').and_then(|rest| rest.split_once('}'));
    match named.and_then(|(name, rest)| Some((env::var(name).ok()?, rest))) {
        Some((value, rest)) => value + rest,
        None => path.to_owned(),
    }
}

/// Families of Linux, by the names of their members in `/etc/os-release`.
const FAMILIES: [(&str, &[&str]); 3] = [
    ("debian", &["debian", "ubuntu"]),
    ("fedora", &["fedora", "rhel"]),
    ("arch", &["arch"]),
];

fn family(os_release: &str) -> &'static str {
    let lines = os_release.lines().filter_map(|line| line.split_once('='));
    let ids = lines.filter(|(key, _)| matches!(*key, "ID" | "ID_LIKE"));
    let names: Vec<&str> = ids
        .flat_map(|(_, value)| value.trim_matches('"').split(' '))
        .collect();
    let mut families = FAMILIES.iter();
    let found = families.find(|(_, members)| names.iter().any(|name| members.contains(name)));
    found.map_or("other", |(family, _)| family)
}

/// Ubuntu names the browser's package differently, and has no compiler for Windows.
fn in_distribution(mut needs: Vec<Need>, os_release: &str) -> Vec<Need> {
    let is = |id: &str| os_release.lines().any(|line| line == format!("ID={id}"));
    needs.retain(|need| need.only.as_deref().is_none_or(is));
    if is("ubuntu") {
        for need in &mut needs {
            need.name = need.ubuntu.take().unwrap_or_else(|| need.name.clone());
        }
    }
    needs
}

/// Installs packages of Debian, after saying which and why.
fn install(workspace: &Workspace, needs: &[&Need], consent: Consent, sink: Sink<'_>) -> Result<()> {
    sink.say("Handset needs these packages, which this machine does not have:")?;
    for Need { name, why, .. } in needs {
        sink.say(&format!("  {name:21}  {why}"))?;
    }
    let mut install = vec!["install", "--no-install-recommends"];
    install.extend(needs.iter().map(|need| need.name.as_str()));
    let by_hand = format!("apt-get {}", install.join(" "));
    ensure!(
        consent == Consent::Install,
        "nothing was installed, as asked. To install them: {by_hand}"
    );
    let id = shell::capture(cmd!(workspace.sh, "id -u"));
    let is_root = id.is_ok_and(|id| id.trim() == "0");
    ensure!(
        is_root || which::which("sudo").is_ok(),
        "installing needs root, and there is no sudo here. As root, run: {by_hand}; then run this \
         command again"
    );
    sink.say("Installing them with apt-get.")?;
    install.push("--yes");
    for args in [vec!["update"], install] {
        // Once more if the first time failed: mirrors now and then do.
        if sink.run(apt(workspace, is_root, &args)).is_err() {
            sink.say("apt-get failed. Trying once more.")?;
            let again = sink.run(apt(workspace, is_root, &args));
            again.context("apt-get failed twice; its own words are above or in the log")?;
        }
    }
    Ok(())
}

fn apt<'a>(workspace: &'a Workspace, is_root: bool, args: &[&str]) -> Cmd<'a> {
    let program = if is_root { "env" } else { "sudo" };
    let call = cmd!(
        workspace.sh,
        "{program} DEBIAN_FRONTEND=noninteractive apt-get --quiet"
    );
    call.args(["-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=120"])
        .args(args)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(os: &str, purpose: Purpose) -> Vec<Need> {
        Needs::of(os, &[purpose]).unwrap()
    }

    #[test]
    fn distributions_are_recognised_by_their_family() {
        for (os_release, family) in [
            ("NAME=\"Debian GNU/Linux\"\nID=debian\n", "debian"),
            ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", "debian"),
            ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "fedora"),
            ("ID=manjaro\nID_LIKE=arch\n", "arch"),
            ("ID=nixos\n", "other"),
            ("", "other"),
        ] {
            assert_eq!(super::family(os_release), family, "{os_release}");
        }
    }

    #[test]
    fn ubuntu_and_debian_each_get_their_own_name_for_the_browser() {
        let name = |os_release| {
            let named = in_distribution(needs("linux", Purpose::Browser), os_release);
            named[0].name.clone()
        };
        assert_eq!(name("ID=debian\n"), "chromium");
        assert_eq!(name("ID=ubuntu\n"), "chromium-browser");
        let all = Needs::of("linux", &Purpose::OF_EVERY_DAY).unwrap();
        let names: Vec<_> = all.iter().map(|need| need.name.clone()).collect();
        let named = in_distribution(all, "ID=ubuntu\n");
        let other = named.iter().filter(|need| !names.contains(&need.name));
        assert_eq!(other.count(), 1);
    }

    #[test]
    fn only_debian_is_asked_for_its_compiler_for_windows() {
        let compiler = |os_release| {
            let named = in_distribution(needs("linux", Purpose::Windows), os_release);
            named.iter().any(|need| need.name == "rustc-web")
        };
        assert!(compiler("ID=debian\n"));
        assert!(!compiler("ID=ubuntu\n"));
        assert!(!compiler("ID=fedora\n"));
    }

    #[test]
    fn a_missing_prerequisite_is_named_with_the_command_of_the_system() {
        let get = |os, purpose, family| needs(os, purpose)[0].on(family).1;
        let web_view = |family| get("linux", Purpose::Build, family);
        assert_eq!(web_view("fedora"), "sudo dnf install webkit2gtk4.1-devel");
        assert_eq!(web_view("arch"), "sudo pacman -S --needed webkit2gtk-4.1");
        assert!(web_view("other").contains("libwebkit2gtk-4.1-dev"));
        assert_eq!(
            get("macos", Purpose::Build, "other"),
            "xcode-select --install"
        );
        assert!(get("windows", Purpose::Build, "other").contains("Microsoft.EdgeWebView2Runtime"));
        assert!(get("windows", Purpose::Browser, "other").contains("Google.Chrome"));
        assert_eq!(
            needs("windows", Purpose::Build).len(),
            2,
            "a browser is for browser tests only"
        );
    }

    #[test]
    fn a_variable_in_front_of_a_path_becomes_its_value() {
        let path = env::var("PATH").unwrap();
        assert_eq!(expanded(r"{PATH}\a.exe"), format!(r"{path}\a.exe"));
        assert_eq!(
            expanded(r"{no such variable}\a.exe"),
            r"{no such variable}\a.exe"
        );
    }

    #[test]
    fn apt_never_asks_and_uses_sudo_only_when_not_root() {
        let workspace = Workspace::in_test(".".as_ref());
        let call = "DEBIAN_FRONTEND=noninteractive apt-get";
        let as_root = apt(&workspace, true, &["update"]).to_string();
        assert!(as_root.starts_with(&format!("env {call}")), "{as_root}");
        let with_sudo = apt(&workspace, false, &["update"]).to_string();
        assert!(
            with_sudo.starts_with(&format!("sudo {call}")),
            "{with_sudo}"
        );
    }
}
