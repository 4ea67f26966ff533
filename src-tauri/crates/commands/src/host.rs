//! What a command needs from whatever runs it: the desktop shell, or the loopback test server.
//!
//! Promises: the surface is that handful and nothing more; it grows only when a command needs
//! something new. Must never: hand the webview a capability of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clock::SharedClock;
use present::Changed;

/// Acts on the computer on behalf of a command. All of it returns at once.
pub trait Host: Send + Sync + 'static {
    /// Tells every window that something changed.
    fn changed(&self, changed: &Changed);
    /// Hands a URI such as `tel:+12025550143` to the system's handler.
    fn dial(&self, uri: &str) -> Result<(), HostError>;
    /// Puts a text on the clipboard.
    fn copy(&self, text: &str) -> Result<(), HostError>;
    /// Opens an `https` page in the browser.
    fn open_link(&self, url: &str) -> Result<(), HostError>;
    /// Shows a folder in the file browser.
    fn open_folder(&self, folder: &Path) -> Result<(), HostError>;
    /// Brings up the settings window.
    fn show_settings(&self) -> Result<(), HostError>;
    /// Begins the window anew into which a key was pasted, so that nothing of it stays in its memory.
    /// A host without memory of its own for a window has nothing to do.
    fn renew_window(&self) {}
    /// Ends Handset in order.
    fn quit(&self) -> Result<(), HostError>;
}

/// The system did not do what was asked.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{reason}")]
pub struct HostError {
    /// What the system said. Holds no personal data.
    pub reason: String,
}

/// Where the core runs, fixed for the life of the process.
#[derive(Clone)]
pub struct Environment {
    /// Where the store is kept.
    pub data_dir: PathBuf,
    /// A folder outside of it that stays with this computer, in which it is witnessed how far the
    /// store has sent. The sandbox has no need of one.
    pub state_dir: PathBuf,
    /// Where the log files are.
    pub log_dir: PathBuf,
    /// Where a list that the rep asks for is written.
    pub downloads_dir: PathBuf,
    /// As shown in *About*.
    pub version: String,
    pub clock: SharedClock,
    /// The rep's own time zone, with a name of tzdata's.
    pub zone: jiff::tz::TimeZone,
    /// What to tell the person about it, if anything.
    pub zone_notice: Option<String>,
    /// The email of the computer's account, if the system says one.
    pub account_email: Option<String>,
    /// `--apollo-url`: overrides the setting for this run.
    pub apollo_url: Option<url::Url>,
    /// `--sandbox`: start with the synthetic team.
    pub start_in_sandbox: bool,
    pub vault: Arc<dyn vault::Vault>,
}

/// Who called a command.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The window's label: `main` or `settings`.
    pub window: String,
}
