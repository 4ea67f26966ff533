//! The computer under the core: a phone app that takes every number and remembers the last one.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use commands::host::{Host, HostError};
use present::Changed;

pub(crate) struct Computer {
    dialed: Mutex<Option<String>>,
    /// A file in which it writes down, in readable form, what a window was told: a sabotage.
    writes_plain_text: Option<(PathBuf, String)>,
}

impl Computer {
    /// A computer; the file and the text are for a sabotage.
    pub(crate) fn new(writes_plain_text: Option<(PathBuf, String)>) -> Self {
        Self {
            dialed: Mutex::default(),
            writes_plain_text,
        }
    }

    fn dialed(&self) -> MutexGuard<'_, Option<String>> {
        self.dialed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number that the phone app was handed last.
    pub(crate) fn last_number(&self) -> Option<String> {
        self.dialed().clone()
    }
}

impl Host for Computer {
    fn changed(&self, _: &Changed) {
        if let Some((file, text)) = &self.writes_plain_text {
            // A folder that cannot be written to would show by itself.
            let _ = std::fs::write(file, text);
        }
    }

    fn dial(&self, uri: &str) -> Result<(), HostError> {
        *self.dialed() = uri.strip_prefix("tel:").map(ToOwned::to_owned);
        Ok(())
    }

    fn copy(&self, _: &str) -> Result<(), HostError> {
        Ok(())
    }

    fn open_link(&self, _: &str) -> Result<(), HostError> {
        Ok(())
    }

    fn open_folder(&self, _: &Path) -> Result<(), HostError> {
        Ok(())
    }

    fn licenses(&self) -> Option<String> {
        None
    }

    fn show_settings(&self) -> Result<(), HostError> {
        Ok(())
    }

    fn quit(&self) -> Result<(), HostError> {
        Ok(())
    }

    fn restart(&self) -> Result<(), HostError> {
        Ok(())
    }
}
