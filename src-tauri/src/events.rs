//! The desktop as the core sees it: tells windows what changed, and uses what the computer offers.
//!
//! Promises: an event says that something changed and never what it is now. Must never: block.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use commands::{
    Core,
    host::{Host, HostError},
};
use present::{Changed, Tag};
use tauri::{AppHandle, Emitter, Manager, Runtime};

use crate::{
    dialer::{self, Clipboard},
    shutdown, windows,
};

/// The event that every window listens to.
pub(crate) const CHANGED: &str = "changed";

/// Where the installer puts the licenses, among the pages (`tools/package`).
const LICENSES: &str = "licenses.txt";

/// The desktop app as the [`Host`] of the core.
pub(crate) struct Desktop<R: Runtime> {
    app: AppHandle<R>,
    clipboard: Clipboard,
    /// As the app's icon shows it.
    unsent: AtomicU32,
}

impl<R: Runtime> Desktop<R> {
    pub(crate) fn new(app: AppHandle<R>) -> Self {
        Self {
            app,
            clipboard: Clipboard::default(),
            unsent: AtomicU32::new(0),
        }
    }
}

impl<R: Runtime> Desktop<R> {
    /// The number on the app's icon, where the platform has one.
    fn show_unsent(&self, unsent: u32) {
        if self.unsent.swap(unsent, Ordering::SeqCst) == unsent {
            return;
        }
        if let Some(window) = self.app.get_webview_window(windows::MAIN)
            && let Err(error) = window.set_badge_count((unsent > 0).then(|| i64::from(unsent)))
        {
            // Windows has no such number, and not every Linux desktop shows one.
            tracing::debug!(%error, "the icon shows no number");
        }
    }
}

impl<R: Runtime> Host for Desktop<R> {
    fn changed(&self, changed: &Changed) {
        if let Err(error) = self.app.emit(CHANGED, changed) {
            tracing::warn!(%error, "windows could not be told of a change");
        }
        if changed.tags.contains(&Tag::Receipts)
            && let Some(core) = self.app.try_state::<Arc<Core>>()
        {
            self.show_unsent(core.unsent());
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

    fn licenses(&self) -> Option<String> {
        let asset = self.app.asset_resolver().get(LICENSES.to_owned())?;
        String::from_utf8(asset.bytes).ok()
    }

    fn show_settings(&self) -> Result<(), HostError> {
        windows::show_settings(&self.app).map_err(|error| HostError::System(error.to_string()))
    }

    fn renew_window(&self) {
        if let Err(error) = windows::renew_main(&self.app) {
            tracing::warn!(%error, "the main window could not be begun anew");
        }
    }

    fn quit(&self) -> Result<(), HostError> {
        self.app.exit(0);
        Ok(())
    }

    fn restart(&self) -> Result<(), HostError> {
        shutdown::restart(&self.app);
        Ok(())
    }
}
