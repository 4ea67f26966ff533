//! What a command needs from whatever runs it: the desktop shell, or the loopback test server.
//!
//! Promises: the trait holds what commands need and nothing more; it grows only when a command needs
//! something new. Must never: hand the webview a capability of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clock::SharedClock;
use present::Changed;
use text::{Text, message};

use crate::{dialing::DialUriError, update_source::UpdateSource};

/// Acts on the computer on behalf of a command. Every method returns at once.
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
    /// The licenses of all that Handset is made of, if this build has them: an installer puts them in.
    fn licenses(&self) -> Option<String>;
    /// Brings up the settings window.
    fn show_settings(&self) -> Result<(), HostError>;
    /// Begins the window anew into which a key was pasted, so that no copy of the key stays in its
    /// memory. A host whose windows have no memory of their own has nothing to do.
    fn renew_window(&self) {}
    /// Ends Handset in order.
    fn quit(&self) -> Result<(), HostError>;
    /// Ends Handset in order, and starts the program anew that is installed then.
    fn restart(&self) -> Result<(), HostError>;
}

/// The system did not do what was asked. Holds no personal data.
#[derive(Clone, Debug, thiserror::Error)]
pub enum HostError {
    /// In the system's own words.
    #[error("{0}")]
    System(String),
    /// Nothing is set up for links that begin like this.
    #[error("no phone app of this computer takes {scheme}: links")]
    NoPhoneApp { scheme: String },
    #[error("{0}")]
    DialUri(#[from] DialUriError),
    #[error("only a plain https page with a public name can be opened")]
    NotAPage,
    #[error("the folder is not there")]
    NoFolder,
}

impl HostError {
    /// Why, as a clause without a full stop.
    pub(crate) fn reason(&self) -> Text {
        match self {
            Self::System(reason) => Text::verbatim(reason),
            Self::NoPhoneApp { scheme } => message!("host-no-phone-app", scheme = scheme.as_str()),
            Self::DialUri(DialUriError::TooLong) => message!("host-link-too-long"),
            Self::DialUri(DialUriError::Scheme) => message!("host-link-scheme"),
            Self::DialUri(DialUriError::Character) => message!("host-link-character"),
            Self::DialUri(DialUriError::Number) => message!("host-link-number"),
            Self::NotAPage => message!("host-not-a-page"),
            Self::NoFolder => message!("host-no-folder"),
        }
    }
}

/// Where the core runs, fixed for the life of the process.
#[derive(Clone)]
pub struct Environment {
    /// Where the store is.
    pub data_dir: PathBuf,
    /// A folder outside of the data folder that stays with this computer: a mark in it says how far
    /// the store has sent. The sandbox needs no such folder.
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
    /// What to tell the person about the zone, if anything.
    pub zone_notice: Option<Text>,
    /// The email of the computer's account, if the system names one.
    pub account_email: Option<String>,
    /// `--apollo-url`: overrides the setting for this run.
    pub apollo_url: Option<url::Url>,
    /// `--sandbox`: start with the synthetic team.
    pub start_in_sandbox: bool,
    pub vault: Arc<dyn vault::Vault>,
    /// Where newer versions come from.
    pub updates: Arc<dyn UpdateSource>,
}

/// Who called a command.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The window's label: `main` or `settings`.
    pub window: String,
}
