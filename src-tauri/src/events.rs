//! The desktop as the core sees it: tells windows what changed, and acts on the computer.
//!
//! Promises: an event says that something changed and never what it is now. Must never: block.

use std::path::Path;

use commands::host::{Host, HostError};
use desk::view::Changed;
use tauri::{AppHandle, Emitter, Runtime};

use crate::{
    dialer::{self, Clipboard},
    windows,
};

/// The event that every window listens to.
pub(crate) const CHANGED: &str = "changed";

/// The desktop app as the [`Host`] of the core.
pub(crate) struct Desktop<R: Runtime> {
    app: AppHandle<R>,
    clipboard: Clipboard,
}

impl<R: Runtime> Desktop<R> {
    pub(crate) fn new(app: AppHandle<R>) -> Self {
        Self {
            app,
            clipboard: Clipboard::default(),
        }
    }
}

impl<R: Runtime> Host for Desktop<R> {
    fn changed(&self, changed: &Changed) {
        if let Err(error) = self.app.emit(CHANGED, changed) {
            tracing::warn!(%error, "windows could not be told of a change");
        }
    }

    fn dial(&self, uri: &str) -> Result<(), HostError> {
        dialer::dial(uri)
    }

    fn copy(&self, text: &str) -> Result<(), HostError> {
        self.clipboard.copy(text)
    }

    fn open_link(&self, url: &str) -> Result<(), HostError> {
        dialer::open_link(url)
    }

    fn open_folder(&self, folder: &Path) -> Result<(), HostError> {
        dialer::open_folder(folder)
    }

    fn show_settings(&self) -> Result<(), HostError> {
        windows::show_settings(&self.app).map_err(|error| HostError {
            reason: error.to_string(),
        })
    }
}
