//! The deb in a clean Debian: installed by apt from the signed repository, started in a window, upgraded with the
//! rep's data, removed without a trace. A repository that was changed is refused.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};
use xshell::{Shell, cmd};

use super::{Proof, ensure_holds, files_below, installer};
use crate::{
    linux_files::put,
    release::IDENTIFIER,
    repository,
    signing::{OPENPGP_KEY, PUBLIC_FOLDER},
};

const SUITE: &str = "bookworm";
const REP: &str = "rep";
/// What apt and dpkg write for themselves, and what is no part of the system.
const BOOKS: &[&str] = &[
    "var/lib/dpkg",
    "var/lib/apt",
    "var/cache",
    "var/log",
    "tmp",
    "proc",
    "dev",
    "sys",
    "run",
    "home",
    "release",
];
/// A window opens within it, on a slow machine.
const WINDOW_TRIES: u32 = 120;
const WINDOW_PAUSE: Duration = Duration::from_millis(500);

pub(super) fn prove(proof: &Proof) -> Result<()> {
    let sh = &proof.release.sh;
    ensure!(
        cmd!(sh, "id -u").quiet().read()? == "0",
        "a clean Debian can be made by root only"
    );
    let debian = Debian::clean(proof)?;
    let old = debian.bring(&installer(&proof.before, "deb")?)?;
    // With everything that it depends on, once, so that only its own files are compared.
    debian.run(&format!(
        "apt-get install --yes --no-install-recommends {old} dbus"
    ))?;
    debian.run("apt-get purge --yes handset")?;
    let before = files_below(&debian.root, BOOKS)?;

    debian.run(&format!(
        "apt-get install --yes --no-install-recommends {old}"
    ))?;
    ensure_holds(&debian.run("handset --version")?, "handset 0.")?;
    ensure_holds(&debian.run("handset --help")?, "--data-dir")?;
    let refused = debian.run_as_rep("handset; echo ended with $?", None)?;
    ensure_holds(&refused, "ended with 1")?;
    ensure_holds(&refused, "display")?;
    debian.starts(&proof.folder.join("debian-first.png"))?;
    let data = debian
        .root
        .join(format!("home/{REP}/.local/share/{IDENTIFIER}"));
    let mark = data.join("a-file-of-the-rep");
    debian.run_as_rep(
        &format!("echo kept > .local/share/{IDENTIFIER}/a-file-of-the-rep && chmod 600 .local/share/{IDENTIFIER}/a-file-of-the-rep"),
        None,
    )?;
    ensure!(mark.is_file(), "the rep has no data");

    debian.add_repository(proof)?;
    debian.run("apt-get update && apt-get install --yes --no-install-recommends handset")?;
    ensure_holds(
        &debian.run("dpkg-query --show handset")?,
        &format!("handset\t{}", proof.release.version),
    )?;
    ensure!(mark.is_file(), "the upgrade has lost the rep's data");
    debian.starts(&proof.folder.join("debian-second.png"))?;
    ensure_holds(
        &debian.run("dpkg --verify handset; echo checked")?,
        "checked",
    )?;

    debian.run("apt-get purge --yes handset")?;
    let after = files_below(&debian.root, BOOKS)?;
    let left: Vec<_> = after
        .difference(&before)
        .filter(|name| !name.starts_with("etc/apt") && !name.starts_with("usr/share/keyrings"))
        .collect();
    ensure!(left.is_empty(), "removal leaves {left:?}");
    ensure!(
        mark.is_file(),
        "removal has taken the rep's data, which only the rep may"
    );

    debian.refuses_a_changed_repository()
}

/// A Debian in a folder.
struct Debian<'proof> {
    sh: &'proof Shell,
    root: PathBuf,
}

impl<'proof> Debian<'proof> {
    /// A fresh copy of one that is made once.
    fn clean(proof: &'proof Proof) -> Result<Self> {
        let sh = &proof.release.sh;
        let made = proof.release.work.join(format!("debian-{SUITE}"));
        if !made.join("complete").is_file() {
            if made.exists() {
                fs::remove_dir_all(&made)?;
            }
            let format = "$(REPO_URI) $(RELEASE)";
            let sources = cmd!(sh, "apt-get indextargets --format {format} {CREATED}")
                .quiet()
                .read()?;
            let mirror = sources
                .lines()
                .find_map(|line| line.strip_suffix(&format!(" {SUITE}")))
                .with_context(|| format!("apt knows no source of {SUITE}"))?;
            cmd!(sh, "debootstrap --variant=minbase {SUITE} {made} {mirror}")
                .quiet()
                .ignore_stdout()
                .run()?;
            fs::write(made.join("complete"), "")?;
        }
        let root = proof.folder.join("debian-root");
        if root.exists() {
            fs::remove_dir_all(&root)?;
        }
        cmd!(sh, "cp --archive {made} {root}").quiet().run()?;
        // How this machine reaches its packages.
        for name in ["etc/apt/apt.conf.d", "etc/resolv.conf", "etc/hosts"] {
            let (from, to) = (Path::new("/").join(name), root.join(name));
            if from.is_dir() {
                for entry in fs::read_dir(from)? {
                    let entry = entry?;
                    if entry.file_type()?.is_file() {
                        fs::copy(entry.path(), to.join(entry.file_name()))?;
                    }
                }
            } else if from.is_file() {
                fs::copy(from, to)?;
            }
        }
        let debian = Self { sh, root };
        debian.run(&format!("apt-get update && useradd --create-home {REP}"))?;
        Ok(debian)
    }

    /// Runs a line of shell in it, as root. Answers with what it printed.
    fn run(&self, line: &str) -> Result<String> {
        let output = self.command(line).output()?;
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        ensure!(
            output.status.success(),
            "`{line}` failed: {printed}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(printed)
    }

    /// The same as a plain user, with or without a display. Errors are among what it printed.
    fn run_as_rep(&self, line: &str, display: Option<&str>) -> Result<String> {
        let output = self.as_rep(line, display).output()?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr))
    }

    fn as_rep(&self, line: &str, display: Option<&str>) -> Command {
        let display = display
            .map(|number| format!("DISPLAY=:{number} "))
            .unwrap_or_default();
        let line = format!(
            "cd /home/{REP} && exec setpriv --reuid {REP} --regid {REP} --init-groups env --ignore-environment \
             HOME=/home/{REP} PATH=/usr/bin:/bin LANG=C.UTF-8 NO_AT_BRIDGE=1 WEBKIT_DISABLE_DMABUF_RENDERER=1 \
             {display}sh -c '{line}'"
        );
        self.command(&line)
    }

    /// In name spaces of its own, so that all it starts ends with it.
    fn command(&self, line: &str) -> Command {
        let root = self.root.display();
        let script = format!(
            "mount -t proc proc {root}/proc && mount --rbind /dev {root}/dev && mount -t tmpfs tmpfs {root}/tmp \
             && exec chroot {root} sh -c \"$1\""
        );
        let mut command = Command::new("unshare");
        command
            .args([
                "--mount",
                "--pid",
                "--ipc",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
            ])
            .arg(script)
            .args(["sh", line])
            .env("DEBIAN_FRONTEND", "noninteractive")
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null());
        command
    }

    /// Copies a file into it. Answers with where it is, seen from inside.
    fn bring(&self, file: &Path) -> Result<String> {
        let name = file
            .file_name()
            .and_then(|name| name.to_str())
            .context("a file has a name")?;
        let folder = self.root.join("release");
        fs::create_dir_all(&folder)?;
        fs::copy(file, folder.join(name))?;
        Ok(format!("/release/{name}"))
    }

    /// Adds the release's repository as the guide for IT says.
    fn add_repository(&self, proof: &Proof) -> Result<()> {
        let (sh, out) = (self.sh, &proof.release.out);
        let (from, to) = (out.join(repository::FOLDER), self.root.join("release"));
        cmd!(sh, "cp --archive {from} {to}").quiet().run()?;
        let key = fs::read(out.join(PUBLIC_FOLDER).join(OPENPGP_KEY))?;
        put(&self.root.join("usr/share/keyrings/handset.asc"), &key)?;
        put(
            &self.root.join("etc/apt/sources.list.d/handset.sources"),
            b"Types: deb\nURIs: file:/release/apt\nSuites: stable\nComponents: main\n\
              Signed-By: /usr/share/keyrings/handset.asc\n",
        )
    }

    fn refuses_a_changed_repository(&self) -> Result<()> {
        let deb = self.root.join("release/apt/pool/main/h/handset");
        let deb = fs::read_dir(deb)?
            .next()
            .context("the repository holds no deb")??
            .path();
        let mut bytes = fs::read(&deb)?;
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&deb, &bytes)?;
        let install = "apt-get install --yes --no-install-recommends handset";
        ensure!(
            self.run(install).is_err(),
            "apt installs a deb that was changed"
        );
        let index = self
            .root
            .join("release/apt")
            .join(repository::DISTRIBUTION)
            .join("InRelease");
        let text = fs::read_to_string(&index)?;
        fs::write(&index, text.replacen("Suite: stable", "Suite: stabel", 1))?;
        let detached = index.with_file_name("Release.gpg");
        fs::remove_file(detached)?;
        let updated = self.run("apt-get update 2>&1 && echo taken");
        ensure!(
            !updated.is_ok_and(|text| text.contains("taken")
                && !text.contains("W:")
                && !text.contains("E:")),
            "apt takes a list whose signature is not good"
        );
        Ok(())
    }

    /// Starts the installed program on a display, waits for its window, takes a picture, and ends it.
    fn starts(&self, picture: &Path) -> Result<()> {
        let display = Display::start()?;
        let mut program = self
            .as_rep(
                "exec dbus-run-session -- handset --sandbox",
                Some(&display.number),
            )
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let found = self.window(&display, &mut program);
        // Until the page is drawn.
        pause(WINDOW_PAUSE * 8);
        let (sh, number) = (self.sh, format!(":{}", display.number));
        let taken = cmd!(sh, "import -window root {picture}")
            .env("DISPLAY", number)
            .quiet()
            .run();
        program.kill()?;
        program.wait()?;
        found?;
        taken?;
        Ok(())
    }

    fn window(&self, display: &Display, program: &mut Child) -> Result<()> {
        let (sh, number) = (self.sh, format!(":{}", display.number));
        for _ in 0..WINDOW_TRIES {
            if let Some(status) = program.try_wait()? {
                bail!("the installed program has ended: {status}");
            }
            let found = cmd!(sh, "xdotool search --onlyvisible --name ^Handset$")
                .env("DISPLAY", &number)
                .quiet()
                .ignore_status()
                .ignore_stderr()
                .read()?;
            if !found.is_empty() {
                return Ok(());
            }
            pause(WINDOW_PAUSE);
        }
        bail!("the installed program opens no window")
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a real window lives in real time: this program has no clock to inject"
)]
fn pause(time: Duration) {
    thread::sleep(time);
}

const CREATED: &str = "Created-By: Packages";

/// A display that nobody sees.
struct Display {
    server: Child,
    number: String,
}

impl Display {
    fn start() -> Result<Self> {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1100x720x24",
                "-nolisten",
                "tcp",
                "-noreset",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb could not be started")?;
        let mut number = String::new();
        let output = server.stdout.take().context("Xvfb has no output")?;
        BufReader::new(output).read_line(&mut number)?;
        Ok(Self {
            server,
            number: number.trim().to_owned(),
        })
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
