//! Linux. Debian and its relatives are asked through dpkg and served through apt; others are
//! probed for the programs and libraries themselves, and told the package names.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, bail};

use super::{Consent, Missing, Purpose, browser};
use crate::shell::{self, Sink, Step};
use crate::workspace::Workspace;

/// How to find a prerequisite without a package manager.
#[derive(Debug, Clone, Copy)]
enum Probe {
    /// Any one of these programs.
    Program(&'static [&'static str]),
    /// A library known to pkg-config.
    Library(&'static str),
    /// A folder or file.
    File(&'static str),
}

#[derive(Debug, Clone, Copy)]
struct Need {
    purpose: Purpose,
    probe: Probe,
    why: &'static str,
    debian: &'static str,
    fedora: &'static str,
    arch: &'static str,
}

const NEEDS: &[Need] = &[
    Need {
        purpose: Purpose::Build,
        probe: Probe::Library("webkit2gtk-4.1"),
        why: "the web view that draws Handset's windows",
        debian: "libwebkit2gtk-4.1-dev",
        fedora: "webkit2gtk4.1-devel",
        arch: "webkit2gtk-4.1",
    },
    Need {
        purpose: Purpose::Build,
        probe: Probe::Program(&["cc"]),
        why: "the C compiler and linker that building needs",
        debian: "build-essential",
        fedora: "gcc",
        arch: "base-devel",
    },
    Need {
        purpose: Purpose::Build,
        probe: Probe::Program(&["pkg-config"]),
        why: "finds the system's libraries for the build",
        debian: "pkg-config",
        fedora: "pkgconf-pkg-config",
        arch: "pkgconf",
    },
    Need {
        purpose: Purpose::Build,
        probe: Probe::Library("dbus-1"),
        why: "how desktop programs talk to each other",
        debian: "libdbus-1-dev",
        fedora: "dbus-devel",
        arch: "dbus",
    },
    Need {
        purpose: Purpose::Build,
        probe: Probe::Program(&["xdg-open"]),
        why: "hands numbers to the dialer and links to the browser",
        debian: "xdg-utils",
        fedora: "xdg-utils",
        arch: "xdg-utils",
    },
    Need {
        purpose: Purpose::RealWindow,
        probe: Probe::Program(&["Xvfb"]),
        why: "a display where there is none",
        debian: "xvfb",
        fedora: "xorg-x11-server-Xvfb",
        arch: "xorg-server-xvfb",
    },
    Need {
        purpose: Purpose::RealWindow,
        probe: Probe::Program(&["WebKitWebDriver"]),
        why: "drives the real window",
        debian: "webkit2gtk-driver",
        fedora: "webkit2gtk-driver",
        arch: "webkit2gtk-4.1",
    },
    Need {
        purpose: Purpose::RealWindow,
        probe: Probe::Program(&["dbus-daemon"]),
        why: "a message bus of the test's own",
        debian: "dbus",
        fedora: "dbus-daemon",
        arch: "dbus",
    },
    Need {
        purpose: Purpose::RealWindow,
        probe: Probe::Program(&["gnome-keyring-daemon"]),
        why: "a real keychain for the test",
        debian: "gnome-keyring",
        fedora: "gnome-keyring",
        arch: "gnome-keyring",
    },
    Need {
        purpose: Purpose::RealWindow,
        probe: Probe::Program(&["import"]),
        why: "takes the screenshots",
        debian: "imagemagick",
        fedora: "ImageMagick",
        arch: "imagemagick",
    },
    Need {
        purpose: Purpose::RealWindow,
        probe: Probe::Program(&["xdotool"]),
        why: "places the windows where there is no window manager",
        debian: "xdotool",
        fedora: "xdotool",
        arch: "xdotool",
    },
    Need {
        purpose: Purpose::RealWindow,
        probe: Probe::File("/usr/share/fonts/truetype/dejavu"),
        why: "letters to draw",
        debian: "fonts-dejavu-core",
        fedora: "dejavu-sans-fonts",
        arch: "ttf-dejavu",
    },
    Need {
        purpose: Purpose::Browser,
        probe: Probe::Program(&browser::PROGRAMS),
        why: "the browser that the browser tests run in",
        debian: "chromium",
        fedora: "chromium",
        arch: "chromium",
    },
    Need {
        purpose: Purpose::Proxy,
        probe: Probe::Program(&["tinyproxy"]),
        why: "a real proxy for the network tests, which start and end it themselves",
        // The program alone: the package `tinyproxy` would start a service.
        debian: "tinyproxy-bin",
        fedora: "tinyproxy",
        arch: "tinyproxy",
    },
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Debian,
    Fedora,
    Arch,
    Other,
}

pub(super) fn prepare(
    workspace: &Workspace,
    purposes: &[Purpose],
    consent: Consent,
    sink: &mut Sink<'_>,
) -> Result<()> {
    let os_release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let needs: Vec<Need> = NEEDS
        .iter()
        .filter(|need| purposes.contains(&need.purpose))
        .map(|need| in_distribution(*need, &os_release))
        .collect();
    let family = family(&os_release);
    if family != Family::Debian {
        let missing: Vec<Missing> = needs
            .iter()
            .filter(|need| !is_there(workspace, need.probe))
            .map(|need| named(need, family))
            .collect();
        return super::stop_if_any(&missing, sink);
    }

    let missing = missing_packages(workspace, &needs);
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|need| need.debian).collect();
    let width = names
        .iter()
        .map(|name| name.len())
        .max()
        .unwrap_or_default();
    sink.say("Handset needs these packages, which this machine does not have:")?;
    for need in &missing {
        sink.say(&format!("  {:width$}  {}", need.debian, need.why))?;
    }
    let by_hand = format!(
        "apt-get install --no-install-recommends {}",
        names.join(" ")
    );
    if consent == Consent::OnlyLook {
        bail!("nothing was installed, as asked. To install them: {by_hand}");
    }
    let Some(rights) = rights(workspace) else {
        bail!(
            "installing needs root, and there is no sudo here. As root, run: {by_hand}; then run \
             this command again"
        );
    };
    sink.say("Installing them with apt-get.")?;
    apt(workspace, rights, &["update"], sink)?;
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(&names);
    apt(workspace, rights, &install, sink)?;

    let still = missing_packages(workspace, &needs);
    if let Some(need) = still.first() {
        bail!(
            "apt-get said it was done, but {} is still not installed",
            need.debian
        );
    }
    Ok(())
}

/// Ubuntu names the browser's package differently.
fn in_distribution(need: Need, os_release: &str) -> Need {
    let is_ubuntu = os_release.lines().any(|line| line == "ID=ubuntu");
    if is_ubuntu && need.debian == "chromium" {
        return Need {
            debian: "chromium-browser",
            ..need
        };
    }
    need
}

fn missing_packages<'a>(workspace: &Workspace, needs: &'a [Need]) -> Vec<&'a Need> {
    let query = Step::new("dpkg-query", &workspace.root)
        .args(["--show", "--showformat=${Package}\t${db:Status-Status}\n"])
        .args(needs.iter().map(|need| need.debian));
    let output = shell::peek(&query).unwrap_or_default();
    let installed = installed(&output);
    needs
        .iter()
        .filter(|need| !installed.contains(need.debian))
        // A program that somebody put there in another way serves as well.
        .filter(|need| {
            !(matches!(need.probe, Probe::Program(_)) && is_there(workspace, need.probe))
        })
        .collect()
}

/// The names of installed packages in the output of dpkg-query. Packages that dpkg has never heard
/// of are not in it; removed ones are, with another state.
fn installed(output: &str) -> BTreeSet<&str> {
    output
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(_, state)| *state == "installed")
        .map(|(name, _)| name)
        .collect()
}

fn family(os_release: &str) -> Family {
    let words: Vec<&str> = os_release
        .lines()
        .filter_map(|line| line.split_once('='))
        .filter(|(key, _)| matches!(*key, "ID" | "ID_LIKE"))
        .flat_map(|(_, value)| value.trim_matches('"').split(' '))
        .collect();
    let is = |names: &[&str]| words.iter().any(|word| names.contains(word));
    if is(&["debian", "ubuntu"]) {
        Family::Debian
    } else if is(&["fedora", "rhel"]) {
        Family::Fedora
    } else if is(&["arch"]) {
        Family::Arch
    } else {
        Family::Other
    }
}

fn is_there(workspace: &Workspace, probe: Probe) -> bool {
    match probe {
        Probe::Program(names) => names.iter().any(|name| shell::on_path(name)),
        Probe::Library(name) => {
            shell::succeeds(&Step::new("pkg-config", &workspace.root).args(["--exists", name]))
        }
        Probe::File(path) => fs::exists(path).unwrap_or_default(),
    }
}

fn named(need: &Need, family: Family) -> Missing {
    let (name, how) = match family {
        Family::Fedora => (need.fedora, format!("sudo dnf install {}", need.fedora)),
        Family::Arch => (need.arch, format!("sudo pacman -S --needed {}", need.arch)),
        Family::Debian | Family::Other => (
            need.debian,
            format!(
                "with your package manager (Debian calls it {}, Fedora {}, Arch {})",
                need.debian, need.fedora, need.arch
            ),
        ),
    };
    Missing {
        name: name.to_owned(),
        why: need.why,
        how,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rights {
    Root,
    Sudo,
}

fn rights(workspace: &Workspace) -> Option<Rights> {
    let id = shell::peek(&Step::new("id", &workspace.root).arg("-u"));
    if id.is_some_and(|id| id.trim() == "0") {
        Some(Rights::Root)
    } else {
        shell::on_path("sudo").then_some(Rights::Sudo)
    }
}

/// Calls apt-get, and once more if the first time failed: mirrors now and then do.
fn apt(workspace: &Workspace, rights: Rights, args: &[&str], sink: &mut Sink<'_>) -> Result<()> {
    let step = apt_step(workspace, rights, args);
    if sink.run(&step).is_ok() {
        return Ok(());
    }
    sink.say("apt-get failed. Trying once more.")?;
    sink.run(&step)
        .context("apt-get failed twice; its own words are above or in the log")
}

fn apt_step(workspace: &Workspace, rights: Rights, args: &[&str]) -> Step {
    let step = match rights {
        Rights::Root => Step::new("env", &workspace.root),
        Rights::Sudo => Step::new("sudo", &workspace.root).arg("env"),
    };
    step.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"])
        .args(["-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=120"])
        .args(args)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_packages_in_state_installed_count() {
        let output = "xvfb\tinstalled\nchromium\tconfig-files\ndbus\tnot-installed\n";
        assert_eq!(installed(output), BTreeSet::from(["xvfb"]));
        assert_eq!(installed(""), BTreeSet::new());
    }

    #[test]
    fn distributions_are_recognised_by_their_family() {
        assert_eq!(
            family("NAME=\"Debian GNU/Linux\"\nID=debian\n"),
            Family::Debian
        );
        assert_eq!(
            family("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"),
            Family::Debian
        );
        assert_eq!(
            family("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"),
            Family::Fedora
        );
        assert_eq!(family("ID=manjaro\nID_LIKE=arch\n"), Family::Arch);
        assert_eq!(family("ID=nixos\n"), Family::Other);
        assert_eq!(family(""), Family::Other);
    }

    #[test]
    fn ubuntu_and_debian_each_get_their_own_name_for_the_browser() {
        let browser = NEEDS
            .iter()
            .find(|need| need.purpose == Purpose::Browser)
            .unwrap();
        assert_eq!(in_distribution(*browser, "ID=debian\n").debian, "chromium");
        assert_eq!(
            in_distribution(*browser, "ID=ubuntu\n").debian,
            "chromium-browser"
        );
        assert_eq!(
            in_distribution(NEEDS[0], "ID=ubuntu\n").debian,
            NEEDS[0].debian
        );
    }

    #[test]
    fn a_missing_prerequisite_is_named_with_the_command_of_the_distribution() {
        let webview = &NEEDS[0];
        assert_eq!(
            named(webview, Family::Fedora).how,
            "sudo dnf install webkit2gtk4.1-devel"
        );
        assert_eq!(
            named(webview, Family::Arch).how,
            "sudo pacman -S --needed webkit2gtk-4.1"
        );
        assert!(
            named(webview, Family::Other)
                .how
                .contains("libwebkit2gtk-4.1-dev")
        );
    }

    #[test]
    fn apt_never_asks_and_uses_sudo_only_when_not_root() {
        let workspace = Workspace {
            root: ".".into(),
            target: "target".into(),
        };
        let root = apt_step(&workspace, Rights::Root, &["update"]).shown();
        assert!(
            root.starts_with("env DEBIAN_FRONTEND=noninteractive apt-get"),
            "{root}"
        );
        let sudo = apt_step(&workspace, Rights::Sudo, &["update"]).shown();
        assert!(
            sudo.starts_with("sudo env DEBIAN_FRONTEND=noninteractive apt-get"),
            "{sudo}"
        );
    }
}
