//! Newer versions of Handset, over Tauri's updater.
//!
//! Promises: an installer is used only if it is signed, with the key that this Handset was built with,
//! for the version that was announced, and if that version is newer; a download has an end; on Linux
//! the system's own package tool installs, and asks for the administrator in the system's own way.
//! Must never: ask for a password, or install without the core having said so.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use commands::update_source::{Installer, Off, Update, UpdateError, UpdateSource};
use tauri::{AppHandle, Runtime, utils::platform::bundle_type};
use tauri_plugin_updater::{Error, UpdaterExt as _};
use text::{Text, message};
use url::Url;

use crate::policy::{self, Policy, PolicyError};

/// Where the lists of the newest releases are, unless a policy says otherwise.
const SERVER: &str = "https://github.com/handset-app/handset/releases/download/updates/";
/// How long the server may take for the list.
const CHECK_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a download may take.
const DOWNLOAD_TIMEOUT: Duration = Duration::from_mins(30);
/// No installer of Handset is nearly as large.
const INSTALLER_BYTES_MAX: usize = 128 * 1024 * 1024;

/// How the policy of this computer is read.
pub(crate) type ReadPolicy = dyn Fn() -> Result<Policy, PolicyError> + Send + Sync;

/// The updates of this Handset.
pub(crate) fn source<R: Runtime>(
    app: &AppHandle<R>,
    read_policy: Box<ReadPolicy>,
    key: Option<String>,
) -> Arc<dyn UpdateSource> {
    let Some(key) = key.filter(|key| !key.is_empty()) else {
        return Arc::new(Off(message!("update-off-no-key")));
    };
    if bundle_type().is_none() {
        return Arc::new(Off(message!("update-off-not-installed")));
    }
    let list = Mutex::new(list_by(&read_policy()));
    Arc::new(Server {
        app: app.clone(),
        key,
        read_policy,
        list,
    })
}

/// The list that the policy leads to, or why there is none.
fn list_by(policy: &Result<Policy, PolicyError>) -> Result<Url, Text> {
    let bad = |reason: String| {
        tracing::error!(reason, "the policy is refused");
        message!(
            "update-off-bad-policy",
            reason = reason,
            place = policy::PLACE
        )
    };
    match policy {
        Ok(policy) if !policy.updates.enabled => Err(message!("update-off-by-policy")),
        Ok(policy) => list_of(&policy.updates).map_err(|error| bad(error.to_string())),
        Err(error) => Err(bad(error.to_string())),
    }
}

/// The address of the list of a channel's newest release.
fn list_of(policy: &policy::Updates) -> Result<Url, url::ParseError> {
    let mut server = match &policy.server {
        Some(server) => server.clone(),
        None => Url::parse(SERVER)?,
    };
    if !server.path().ends_with('/') {
        server.set_path(&format!("{}/", server.path()));
    }
    server.join(policy.channel.list())
}

/// The key that this Handset was built with.
pub(crate) fn built_in_key<R: Runtime>(app: &AppHandle<R>) -> Option<String> {
    let key = app.config().plugins.0.get("updater")?.get("pubkey")?;
    key.as_str().map(ToOwned::to_owned)
}

/// Must be called before any connection is made: the updater would make another library the one that
/// all connections use, also those to Apollo.
pub(crate) fn keep_tls_as_it_is() {
    // An error says that one was chosen already.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
}

struct Server<R: Runtime> {
    app: AppHandle<R>,
    key: String,
    read_policy: Box<ReadPolicy>,
    /// By the policy as it was last read.
    list: Mutex<Result<Url, Text>>,
}

impl<R: Runtime> Server<R> {
    fn list(&self) -> MutexGuard<'_, Result<Url, Text>> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl<R: Runtime> UpdateSource for Server<R> {
    fn off_because(&self) -> Option<Text> {
        self.list().as_ref().err().cloned()
    }

    async fn check(&self) -> Result<Option<Box<dyn Update>>, UpdateError> {
        let list = list_by(&(self.read_policy)());
        self.list().clone_from(&list);
        let Ok(list) = list else {
            return Ok(None);
        };
        let app = self.app.clone();
        let updater = self
            .app
            .updater_builder()
            .pubkey(self.key.clone())
            .endpoints(vec![list])
            .map_err(|error| UpdateError::Unreachable(error.to_string()))?
            .timeout(CHECK_TIMEOUT)
            // On Windows the installer ends this process: what is saved is on disk before that.
            .on_before_exit(move || crate::shutdown::before_the_installer(&app))
            .build()
            .map_err(|error| not_checked(&error))?;
        let found = updater.check().await.map_err(|error| not_checked(&error))?;
        Ok(found.map(|mut update| {
            update.timeout = Some(DOWNLOAD_TIMEOUT);
            Box::new(Found {
                app: self.app.clone(),
                update,
            }) as Box<dyn Update>
        }))
    }
}

/// A newer version, as the list names it.
struct Found<R: Runtime> {
    #[cfg_attr(
        target_os = "linux",
        expect(dead_code, reason = "its installer ends no process")
    )]
    app: AppHandle<R>,
    update: tauri_plugin_updater::Update,
}

#[async_trait]
impl<R: Runtime> Update for Found<R> {
    fn version(&self) -> &str {
        &self.update.version
    }

    async fn download(&self) -> Result<Installer, UpdateError> {
        let (too_large, is_too_large) = tokio::sync::oneshot::channel();
        let mut too_large = Some(too_large);
        let mut received = 0_usize;
        let download = self.update.download(
            move |bytes, announced| {
                received = received.saturating_add(bytes);
                let announced = announced.and_then(|bytes| usize::try_from(bytes).ok());
                if received.max(announced.unwrap_or_default()) > INSTALLER_BYTES_MAX
                    && let Some(too_large) = too_large.take()
                {
                    // Nobody listens once the download has ended.
                    let _ = too_large.send(());
                }
            },
            || {},
        );
        tokio::select! {
            biased;
            Ok(()) = is_too_large => Err(UpdateError::TooLarge),
            downloaded = download => downloaded.map(Installer).map_err(|error| not_downloaded(&error)),
        }
    }

    async fn install(&self, installer: &Installer) -> Result<(), UpdateError> {
        #[cfg(target_os = "linux")]
        {
            // Once more, right before it is used.
            self.update
                .verify(&installer.0)
                .map_err(|error| not_downloaded(&error))?;
            linux::install(&installer.0).await
        }
        #[cfg(not(target_os = "linux"))]
        {
            let (update, bytes) = (self.update.clone(), installer.0.clone());
            let failed = |error: String| Err(UpdateError::Refused(error));
            let installed =
                tauri::async_runtime::spawn_blocking(move || update.install(bytes)).await;
            let installed = match installed {
                Ok(Ok(())) => Ok(()),
                Ok(Err(error)) => failed(error.to_string()),
                Err(error) => failed(error.to_string()),
            };
            if installed.is_err() && crate::shutdown::is_over(&self.app) {
                // The core has stopped for an installer that did not start.
                crate::shutdown::restart(&self.app);
            }
            installed
        }
    }
}

/// Why there is no list.
fn not_checked(error: &Error) -> UpdateError {
    match error {
        Error::TargetNotFound(_) | Error::TargetsNotFound(_) => UpdateError::NotForThisComputer,
        Error::Serialization(error) => UpdateError::NotAList(error.to_string()),
        Error::Reqwest(error) if error.is_decode() => UpdateError::NotAList(error.to_string()),
        error => UpdateError::Unreachable(error.to_string()),
    }
}

/// Why there is no installer.
fn not_downloaded(error: &Error) -> UpdateError {
    match error {
        Error::Minisign(_)
        | Error::Base64(_)
        | Error::SignatureUtf8(_)
        | Error::SignedVersionMismatch { .. }
        | Error::MissingSignedVersion => UpdateError::NotSigned(error.to_string()),
        error => UpdateError::Interrupted(error.to_string()),
    }
}

/// A package of the system, installed by the system's own tools. Tauri's updater would ask for the
/// administrator's password in a window of its own where the system's way fails.
#[cfg(target_os = "linux")]
mod linux {
    use std::{fs, io};

    use commands::update_source::UpdateError;
    use tauri::utils::{config::BundleType, platform::bundle_type};
    use tokio::process::Command;

    /// What `pkexec` returns when nobody could be asked, or nobody said yes (pkexec(1)).
    const NOT_ALLOWED: [i32; 2] = [126, 127];
    /// How much of what a tool says is shown.
    const REASON_CHARACTERS_MAX: usize = 300;

    pub(super) async fn install(package: &[u8]) -> Result<(), UpdateError> {
        let failed = |error: io::Error| UpdateError::Refused(error.to_string());
        let folder = tempfile::Builder::new()
            .prefix("handset-update-")
            .tempdir()
            .map_err(failed)?;
        // By their full names: `pkexec` would look for others in the PATH of the session.
        // apt and rpm leave everything as it was where something that the package needs is missing.
        let (name, tool): (_, &[&str]) = match bundle_type() {
            Some(BundleType::Rpm) => ("handset.rpm", &["/usr/bin/rpm", "--upgrade"]),
            _ => (
                "handset.deb",
                &["/usr/bin/apt-get", "install", "--yes", "--no-remove"],
            ),
        };
        let file = folder.path().join(name);
        fs::write(&file, package).map_err(failed)?;
        let output = Command::new("pkexec")
            .args(tool)
            .arg(&file)
            .output()
            .await
            .map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => UpdateError::NotAllowed,
                _ => failed(error),
            })?;
        match output.status.code() {
            Some(0) => Ok(()),
            Some(code) if NOT_ALLOWED.contains(&code) => Err(UpdateError::NotAllowed),
            _ => Err(UpdateError::Refused(reason(&output.stderr))),
        }
    }

    /// The last line that a tool has written, or that it has written none.
    fn reason(written: &[u8]) -> String {
        let written = String::from_utf8_lossy(written);
        let line = written.lines().rev().find(|line| !line.trim().is_empty());
        let line = line.unwrap_or("it does not say why").trim();
        line.trim_end_matches('.')
            .chars()
            .take(REASON_CHARACTERS_MAX)
            .collect()
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_reason_is_the_last_line_and_never_empty() {
            assert_eq!(
                reason(b"Reading\nE: Unmet dependencies.\n\n"),
                "E: Unmet dependencies"
            );
            assert_eq!(reason(b" \n"), "it does not say why");
            assert_eq!(reason(&[b'x'; 1000]).len(), REASON_CHARACTERS_MAX);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Channel;

    #[test]
    fn the_list_is_in_the_folder_with_or_without_a_slash() {
        for server in [
            "https://updates.example.com/handset",
            "https://updates.example.com/handset/",
        ] {
            let policy = policy::Updates {
                server: Some(Url::parse(server).unwrap()),
                channel: Channel::Beta,
                ..policy::Updates::default()
            };
            assert_eq!(
                list_of(&policy).unwrap().as_str(),
                "https://updates.example.com/handset/beta.json"
            );
        }
        let usual = list_of(&policy::Updates::default()).unwrap();
        assert!(usual.as_str().ends_with("/updates/stable.json"));
    }

    #[test]
    fn a_policy_turns_updates_off_or_leads_to_a_list() {
        let off = |policy| format!("{:?}", list_by(&policy).expect_err("off"));
        let mut policy = Policy::default();
        assert!(list_by(&Ok(policy.clone())).is_ok());
        policy.updates.enabled = false;
        assert!(off(Ok(policy)).contains("update-off-by-policy"));
        let error = PolicyError::Unreadable("x".to_owned());
        assert!(off(Err(error)).contains("update-off-bad-policy"));
    }

    #[test]
    fn what_is_wrong_with_a_signature_is_told_from_what_is_wrong_with_the_way() {
        for error in [
            Error::MissingSignedVersion,
            Error::SignedVersionMismatch {
                signed: "0.1.0".to_owned(),
                announced: "9.0.0".to_owned(),
            },
        ] {
            assert!(matches!(not_downloaded(&error), UpdateError::NotSigned(_)));
        }
        let error = Error::Network("404".to_owned());
        assert!(matches!(
            not_downloaded(&error),
            UpdateError::Interrupted(_)
        ));
        let error = Error::TargetsNotFound(Vec::new());
        assert!(matches!(
            not_checked(&error),
            UpdateError::NotForThisComputer
        ));
    }
}
