//! A newer version of Handset, as windows show it.

use serde::Serialize;
use text::Text;
use ts_rs::TS;

/// How far Handset is with a newer version of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct UpdateView {
    pub state: UpdateState,
    /// The newer version, if one was found: "0.2.0".
    pub version: Option<String>,
    /// Something is left to do that a person has to allow: to install, or to restart.
    pub is_ready: bool,
    /// It may be allowed now: nothing is in the way.
    pub can_install: bool,
    /// How it stands.
    pub sentence: Text,
    /// What a person can do about it, or why it waits.
    pub hint: Option<Text>,
}

/// What a window may branch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UpdateState {
    /// This Handset does not check for updates.
    Off,
    /// Not checked yet, or there is none.
    None,
    /// Asking the server, or downloading.
    Checking,
    /// Downloaded and checked: it can be installed.
    Ready,
    /// The installer is running. Nobody can be dialed.
    Installing,
    /// Installed: a restart of Handset uses it.
    Installed,
    /// It could not be found, downloaded, checked or installed.
    Failed,
}
