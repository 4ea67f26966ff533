//! A desktop of its own for each run: folders, message bus, keychain and phone app, all under one
//! temporary folder.
//!
//! Promises: nothing outside that folder is read as configuration or written; the bus activates
//! nothing by itself, so there is a keychain only if it was asked for. Must never: reach the
//! person's own bus, keychain or folders.

use std::{
    fs,
    io::Write,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::{
    color_scheme::ColorScheme,
    deadline::until,
    display::Display,
    keychain::Keychain,
    process::{Environment, Pipes, Process},
    rig::Setup,
};

const START_LIMIT: Duration = Duration::from_secs(20);
const KEYRING_PASSWORD: &str = "only for this run";

/// Whether the desktop has a keychain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeychainState {
    Unlocked,
    Missing,
}

/// Everything a program sees of "the computer" but the screen.
pub(crate) struct Desktop {
    // Fields are dropped in this order: programs first, then the folder they write to.
    _keyring: Option<Process>,
    _bus: Process,
    folder: Option<TempDir>,
    path: PathBuf,
    env: Environment,
}

impl Desktop {
    /// Makes the folders, starts the bus, and unlocks a keychain if there is to be one.
    pub(crate) async fn start(display: &Display, setup: &Setup) -> Result<Self> {
        // The path is kept short: a socket's path may have 107 characters.
        let folder = tempfile::Builder::new().prefix("drive-").tempdir()?;
        let path = folder.path().to_owned();
        let bus_address = format!("unix:path={}", path.join("run/bus").display());
        let env =
            environment(&path, display, setup.scheme, &bus_address)?.with("LANG", setup.language);
        register_phone_app(&path)?;
        register_administrator(&path)?;
        let bus = start_bus(&path, &bus_address, &env).await?;
        let keyring = match setup.keychain {
            KeychainState::Unlocked => Some(start_keyring(&path, &env).await?),
            KeychainState::Missing => None,
        };
        Ok(Self {
            _keyring: keyring,
            _bus: bus,
            folder: Some(folder),
            path,
            env,
        })
    }

    /// The variables that a program of this desktop is started with.
    pub(crate) fn env(&self) -> &Environment {
        &self.env
    }

    /// The folder that holds everything.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The person's folder: all that a program of this desktop could have written.
    pub(crate) fn home(&self) -> PathBuf {
        self.path.join("home")
    }

    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.path.join("logs").join(name)
    }

    /// What is in the keychain.
    pub(crate) async fn keychain(&self) -> Result<Keychain> {
        let address = self
            .env
            .get("DBUS_SESSION_BUS_ADDRESS")
            .context("no bus address")?;
        Keychain::connect(address).await
    }

    /// Unlocks the keychain as the person's session does, without a prompt.
    pub(crate) async fn unlock_keychain(&self) -> Result<()> {
        self.keychain().await?.unlock(KEYRING_PASSWORD).await
    }

    /// The URIs that the phone app was handed so far, in order.
    pub(crate) fn dialed(&self) -> Result<Vec<String>> {
        match fs::read_to_string(dialed_file(&self.path)) {
            Ok(lines) => Ok(lines.lines().map(str::to_owned).collect()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }

    /// From here on the administrator allows what is asked: the shell does this in its place, with the package in
    /// `$package`.
    pub(crate) fn allow_administration(&self, script: &str) -> Result<()> {
        Ok(fs::write(allowed_file(&self.path), script)?)
    }

    /// What programs asked the administrator for, in order.
    pub(crate) fn asked_of_administrator(&self) -> Result<Vec<String>> {
        match fs::read_to_string(self.path.join("asked")) {
            Ok(lines) => Ok(lines.lines().map(str::to_owned).collect()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }

    /// The folders that windows about a failed start have among the temporary files.
    pub(crate) fn folders_of_stopped_windows(&self) -> Result<Vec<PathBuf>> {
        let mut folders = Vec::new();
        for entry in fs::read_dir(self.home().join("tmp"))? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with("handset-") {
                folders.push(entry.path());
            }
        }
        Ok(folders)
    }

    /// Leaves the folder in place when the desktop ends.
    pub(crate) fn keep(&mut self) {
        if let Some(folder) = self.folder.take() {
            let _ = folder.keep();
        }
    }
}

fn environment(
    path: &Path,
    display: &Display,
    scheme: ColorScheme,
    bus_address: &str,
) -> Result<Environment> {
    let home = path.join("home");
    let folders = [
        ("HOME", home.clone()),
        ("XDG_CONFIG_HOME", home.join(".config")),
        ("XDG_DATA_HOME", home.join(".local/share")),
        ("XDG_STATE_HOME", home.join(".local/state")),
        ("XDG_CACHE_HOME", home.join(".cache")),
        ("TMPDIR", home.join("tmp")),
        ("XDG_RUNTIME_DIR", path.join("run")),
    ];
    let mut env = Environment::bare();
    for (name, folder) in folders {
        fs::create_dir_all(&folder)?;
        env = env.with(name, folder.to_string_lossy());
    }
    fs::create_dir_all(path.join("logs"))?;
    fs::set_permissions(path.join("run"), fs::Permissions::from_mode(0o700))?;
    let programs = path.join("bin");
    let path = env.get("PATH").unwrap_or_default().to_owned();
    Ok(env
        .with("PATH", format!("{}:{path}", programs.display()))
        .with("DISPLAY", display.name())
        .with("DBUS_SESSION_BUS_ADDRESS", bus_address)
        .with("GDK_BACKEND", "x11")
        .with("GTK_THEME", scheme.gtk_theme())
        // No graphics card, and no accessibility bus to wait for.
        .with("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .with("LIBGL_ALWAYS_SOFTWARE", "1")
        .with("NO_AT_BRIDGE", "1"))
}

fn dialed_file(path: &Path) -> PathBuf {
    path.join("dialed")
}

/// Registers a phone app for `tel:` the way an installed one is: a desktop entry, and an
/// association in the person's configuration. It appends what it is handed to a file.
fn register_phone_app(path: &Path) -> Result<()> {
    let home = path.join("home");
    let program = path.join("phone-app");
    fs::write(
        &program,
        format!(
            "#!/bin/sh\nprintf '%s\\n' \"$1\" >> '{}'\n",
            dialed_file(path).display()
        ),
    )?;
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;
    let applications = home.join(".local/share/applications");
    fs::create_dir_all(&applications)?;
    fs::write(
        applications.join("phone-app.desktop"),
        format!(
            "[Desktop Entry]\nType=Application\nName=Phone app\nExec={} %u\nNoDisplay=true\n\
             MimeType=x-scheme-handler/tel;\n",
            program.display()
        ),
    )?;
    fs::write(
        home.join(".config/mimeapps.list"),
        "[Default Applications]\nx-scheme-handler/tel=phone-app.desktop\n",
    )?;
    Ok(())
}

fn allowed_file(path: &Path) -> PathBuf {
    path.join("allowed")
}

/// Stands in for `pkexec`, which asks for the administrator: there is none until a scenario says so.
fn register_administrator(path: &Path) -> Result<()> {
    let bin = path.join("bin");
    fs::create_dir_all(&bin)?;
    let program = bin.join("pkexec");
    let (asked, allowed) = (path.join("asked"), allowed_file(path));
    fs::write(
        &program,
        format!(
            "#!/bin/sh\nprintf '%s\\n' \"$*\" >> '{asked}'\n[ -f '{allowed}' ] || exit 126\n\
             for package in \"$@\"; do :; done\n. '{allowed}'\n",
            asked = asked.display(),
            allowed = allowed.display(),
        ),
    )?;
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;
    Ok(())
}

async fn start_bus(path: &Path, address: &str, env: &Environment) -> Result<Process> {
    let config = path.join("bus.conf");
    // No folder of services: whatever is not started here does not exist.
    fs::write(
        &config,
        format!(
            "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" \
             \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n\
             <busconfig>\n<type>session</type>\n<listen>{address}</listen>\n\
             <policy context=\"default\">\n<allow send_destination=\"*\" eavesdrop=\"true\"/>\n\
             <allow eavesdrop=\"true\"/>\n<allow own=\"*\"/>\n</policy>\n</busconfig>\n"
        ),
    )?;
    let mut bus = Process::start(
        Path::new("dbus-daemon"),
        [
            format!("--config-file={}", config.display()),
            "--nofork".to_owned(),
            "--nopidfile".to_owned(),
        ],
        env,
        Pipes::Log,
        &path.join("logs/bus.log"),
    )?;
    until(START_LIMIT, "waiting for the message bus", async || {
        bus.check_alive()?;
        Ok(path.join("run/bus").exists().then_some(()))
    })
    .await?;
    Ok(bus)
}

async fn start_keyring(path: &Path, env: &Environment) -> Result<Process> {
    let mut keyring = Process::start(
        Path::new("gnome-keyring-daemon"),
        ["--foreground", "--components=secrets", "--unlock"],
        env,
        Pipes::WriteInput,
        &path.join("logs/keyring.log"),
    )?;
    // The end of the input is the end of the password.
    keyring
        .take_input()?
        .write_all(KEYRING_PASSWORD.as_bytes())?;
    let address = env
        .get("DBUS_SESSION_BUS_ADDRESS")
        .context("no bus address")?
        .to_owned();
    until(
        START_LIMIT,
        "waiting for an unlocked keychain",
        async || {
            keyring.check_alive()?;
            Ok(Keychain::connect(&address)
                .await?
                .is_unlocked()
                .await?
                .then_some(()))
        },
    )
    .await?;
    Ok(keyring)
}
