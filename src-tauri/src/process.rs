//! What the system is told about this process before it holds a secret.
//!
//! Promises: no file that it makes is for anybody else, no core file is written, and in a release
//! build no variable of the session opens a door into the web view. Must never: need unsafe code.
//!
//! On Windows and macOS only the variables are dropped: a core file is there the administrator's to
//! forbid, and whether a debugger may attach is a matter of how the app is signed.

use std::{
    env,
    ffi::{OsStr, OsString},
    io,
    process::{Command, ExitCode},
};

/// Variables by which the session could inspect the web view, drive it, or have another one loaded.
const DOORS: [&str; 6] = [
    "GTK_DEBUG",
    "TAURI_AUTOMATION",
    "TAURI_WEBVIEW_AUTOMATION",
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS",
    "WEBKIT_EXEC_PATH",
    "WEBKIT_INJECTED_BUNDLE_PATH",
];
/// Families of such variables, by how their names begin.
const FAMILIES_OF_DOORS: [&str; 3] = ["WEBKIT_INSPECTOR_", "WEBVIEW2_", "JSC_"];

/// Keeps what this process makes, and what it holds, to itself. Errors where the system refuses to
/// forbid core files, which is no reason not to start.
#[cfg(unix)]
pub(crate) fn keep_to_itself() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit, umask};
    umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    setrlimit(Resource::Core, none).map_err(io::Error::from)
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(crate) fn keep_to_itself() -> io::Result<()> {
    Ok(())
}

/// From here on no other program of this account can read the memory of this process, where the
/// system allows saying so. To be called once the first window is open: the desktop's portal, which
/// says whether it is dark, answers nobody whose process it cannot inspect.
pub(crate) fn close_memory() {
    // A test reads the memory of a build that is not released, and a debugger attaches to it.
    if !cfg!(debug_assertions) {
        forbid_attaching();
    }
}

fn forbid_attaching() {
    #[cfg(target_os = "linux")]
    if let Err(error) =
        rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)
    {
        tracing::warn!(%error, "other programs of this account can read this one's memory");
    }
}

/// Starts over without the variables that open a door, if there are any: a process cannot drop its
/// own once it has threads, and libraries read them at any time. Returns only if there are none, or
/// if the other process has ended.
pub(crate) fn leave_doors_behind() -> io::Result<Option<ExitCode>> {
    // Tests drive a build that is not released.
    if cfg!(debug_assertions) {
        return Ok(None);
    }
    let open = doors(env::vars_os().map(|(name, _)| name));
    if open.is_empty() {
        return Ok(None);
    }
    start_over_without(&open).map(Some)
}

fn doors(names: impl Iterator<Item = OsString>) -> Vec<OsString> {
    names.filter(|name| is_door(name)).collect()
}

fn is_door(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_ascii_uppercase();
    let is_of_family = FAMILIES_OF_DOORS
        .iter()
        .any(|start| name.starts_with(start));
    is_of_family || DOORS.contains(&name.as_str())
}

fn start_over_without(names: &[OsString]) -> io::Result<ExitCode> {
    let mut again = Command::new(env::current_exe()?);
    again.args(env::args_os().skip(1));
    for name in names {
        again.env_remove(name);
    }
    // On success it does not return: this process is the other one then.
    #[cfg(unix)]
    return Err(std::os::unix::process::CommandExt::exec(&mut again));
    #[cfg(not(unix))]
    {
        let status = again.status()?;
        let code = status.code().and_then(|code| u8::try_from(code).ok());
        Ok(ExitCode::from(code.unwrap_or(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_a_door_is_known_and_what_makes_a_screen_work_stays() {
        for name in [
            "WEBKIT_INSPECTOR_SERVER",
            "WEBKIT_INSPECTOR_HTTP_SERVER",
            "TAURI_WEBVIEW_AUTOMATION",
            "TAURI_AUTOMATION",
            "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
            "WebView2_Browser_Executable_Folder",
            "JSC_useDollarVM",
            "GTK_DEBUG",
        ] {
            assert!(is_door(name.as_ref()), "{name}");
        }
        for name in [
            "WEBKIT_DISABLE_DMABUF_RENDERER",
            "WEBKIT_DISABLE_COMPOSITING_MODE",
            "GTK_THEME",
            "GTK_IM_MODULE",
            "HTTPS_PROXY",
            "HANDSET_LOG",
        ] {
            assert!(!is_door(name.as_ref()), "{name}");
        }
    }

    #[cfg(unix)]
    mod on_unix {
        use super::*;

        const IS_CHILD: &str = "HANDSET_TEST_STARTS_OVER";

        /// Not a test by itself: starts over, and checks what is left.
        #[test]
        fn child_that_starts_over() {
            if env::var_os(IS_CHILD).is_none() {
                return;
            }
            let open = doors(env::vars_os().map(|(name, _)| name));
            let failed = (!open.is_empty()).then(|| start_over_without(&open));
            assert!(failed.is_none(), "did not start over: {failed:?}");
            keep_to_itself().unwrap();
            forbid_attaching();
            assert_eq!(
                rustix::process::getrlimit(rustix::process::Resource::Core).current,
                Some(0)
            );
            let folder = tempfile::tempdir().unwrap();
            let made = folder.path().join("made");
            std::fs::write(&made, b"").unwrap();
            let mode = std::os::unix::fs::MetadataExt::mode(&made.metadata().unwrap());
            assert_eq!(mode & 0o777, 0o600);
            #[cfg(target_os = "linux")]
            assert_eq!(
                rustix::process::dumpable_behavior().unwrap(),
                rustix::process::DumpableBehavior::NotDumpable
            );
            std::fs::write(env::var_os(IS_CHILD).unwrap(), b"began anew").unwrap();
        }

        #[test]
        fn a_start_with_a_door_open_begins_anew_without_it_and_keeps_to_itself() {
            let folder = tempfile::tempdir().unwrap();
            let report = folder.path().join("report");
            let output = Command::new(env::current_exe().unwrap())
                .args(["process::tests::on_unix::child_that_starts_over", "--exact"])
                .env(IS_CHILD, &report)
                .env("WEBKIT_INSPECTOR_SERVER", "127.0.0.1:9222")
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .output()
                .unwrap();
            assert!(
                output.status.success() && report.exists(),
                "{}",
                String::from_utf8_lossy(&output.stdout)
            );
        }
    }
}
