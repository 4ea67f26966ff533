//! A computer that does nothing but remember what it was asked.

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use commands::host::{Host, HostError};
use present::Changed;

#[derive(Default)]
pub(crate) struct Recorder {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    changes: Vec<Changed>,
    dialed: Vec<String>,
    copied: Vec<String>,
    opened: Vec<String>,
    refuses_to_dial: bool,
}

impl Recorder {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Every change that windows were told, in order.
    pub(crate) fn changes(&self) -> Vec<Changed> {
        self.state().changes.clone()
    }

    /// Every URI that was handed to the phone app.
    pub(crate) fn dialed(&self) -> Vec<String> {
        self.state().dialed.clone()
    }

    pub(crate) fn copied(&self) -> Vec<String> {
        self.state().copied.clone()
    }

    pub(crate) fn opened(&self) -> Vec<String> {
        self.state().opened.clone()
    }

    /// There is no phone app.
    pub(crate) fn refuse_to_dial(&self, refuses: bool) {
        self.state().refuses_to_dial = refuses;
    }
}

impl Host for Recorder {
    fn changed(&self, changed: &Changed) {
        self.state().changes.push(changed.clone());
    }

    fn dial(&self, uri: &str) -> Result<(), HostError> {
        let mut state = self.state();
        if state.refuses_to_dial {
            return Err(HostError::NoPhoneApp {
                scheme: "tel".to_owned(),
            });
        }
        state.dialed.push(uri.to_owned());
        Ok(())
    }

    fn copy(&self, text: &str) -> Result<(), HostError> {
        self.state().copied.push(text.to_owned());
        Ok(())
    }

    fn open_link(&self, url: &str) -> Result<(), HostError> {
        self.state().opened.push(url.to_owned());
        Ok(())
    }

    fn open_folder(&self, folder: &Path) -> Result<(), HostError> {
        self.state().opened.push(folder.display().to_string());
        Ok(())
    }

    fn licenses(&self) -> Option<String> {
        None
    }

    fn show_settings(&self) -> Result<(), HostError> {
        self.state().opened.push("settings".to_owned());
        Ok(())
    }

    fn quit(&self) -> Result<(), HostError> {
        self.state().opened.push("quit".to_owned());
        Ok(())
    }

    fn restart(&self) -> Result<(), HostError> {
        self.state().opened.push("restart".to_owned());
        Ok(())
    }
}
