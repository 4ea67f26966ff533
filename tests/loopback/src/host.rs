//! A computer that does nothing but remember what it was asked.

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
};

use commands::host::{Host, HostError};
use present::Changed;
use serde_json::{Value, json};
use tokio::sync::broadcast;

/// How many changes a slow browser may lag behind.
const CHANGES_MAX: usize = 1_000;

pub(crate) struct Recorder {
    changes: broadcast::Sender<Changed>,
    asked: Mutex<Vec<Value>>,
}

impl Default for Recorder {
    fn default() -> Self {
        Self {
            changes: broadcast::channel(CHANGES_MAX).0,
            asked: Mutex::default(),
        }
    }
}

impl Recorder {
    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Changed> {
        self.changes.subscribe()
    }

    /// Everything asked so far: `[{"what": "dial", "with": "tel:…"}, …]`.
    pub(crate) fn asked(&self) -> Value {
        Value::Array(
            self.asked
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
        )
    }

    fn note(&self, what: &str, with: &str) {
        let entry = json!({ "what": what, "with": with });
        self.asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(entry);
    }
}

impl Host for Recorder {
    fn changed(&self, changed: &Changed) {
        // Nobody listening is fine.
        let _ = self.changes.send(changed.clone());
    }

    fn dial(&self, uri: &str) -> Result<(), HostError> {
        self.note("dial", uri);
        Ok(())
    }

    fn copy(&self, text: &str) -> Result<(), HostError> {
        self.note("copy", text);
        Ok(())
    }

    fn open_link(&self, url: &str) -> Result<(), HostError> {
        self.note("open_link", url);
        Ok(())
    }

    fn open_folder(&self, folder: &Path) -> Result<(), HostError> {
        self.note("open_folder", &folder.display().to_string());
        Ok(())
    }

    fn licenses(&self) -> Option<String> {
        Some("A library\nIts license.\n".to_owned())
    }

    fn show_settings(&self) -> Result<(), HostError> {
        self.note("show_settings", "");
        Ok(())
    }

    fn quit(&self) -> Result<(), HostError> {
        self.note("quit", "");
        Ok(())
    }

    fn restart(&self) -> Result<(), HostError> {
        self.note("restart", "");
        Ok(())
    }
}
