//! Tells windows what has changed.
//!
//! Promises: each change has a number, so that a window notices when it missed one. Must never: send
//! the new state.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use outbox::OnOutboxChange;
use present::{Changed, Tag};
use session::OnSessionChange;

use crate::host::Host;

/// What changes in a workspace beside its outbox and its session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WorkspaceChange {
    /// The checks of a pasted key.
    Checks,
    /// Another key is in use.
    KeyInUse,
    /// It is known whose key it is, and so who the rep is.
    RepBack,
    /// The people of the workspace.
    Users,
    Budget,
}

impl WorkspaceChange {
    /// The snapshots that the change touches.
    pub(crate) fn tags(self) -> &'static [Tag] {
        match self {
            Self::Checks => &[Tag::Connect],
            Self::KeyInUse => &[Tag::Connect, Tag::Status, Tag::Users],
            Self::RepBack => &[Tag::Status, Tag::Report, Tag::Queue],
            Self::Users => &[Tag::Users],
            Self::Budget => &[Tag::Budget],
        }
    }
}

/// Tells every window which snapshots have changed, with a revision that grows by one.
#[derive(Clone)]
pub(crate) struct Announcer {
    host: Arc<dyn Host>,
    revision: Arc<AtomicU32>,
}

impl Announcer {
    pub(crate) fn new(host: Arc<dyn Host>) -> Self {
        Self {
            host,
            revision: Arc::default(),
        }
    }

    /// How many changes there were.
    pub(crate) fn revision(&self) -> u32 {
        self.revision.load(Ordering::SeqCst)
    }

    /// Tells every window; `origin` is the window that caused it.
    pub(crate) fn announce(&self, tags: &[Tag], origin: Option<&str>) {
        let revision = self.revision.fetch_add(1, Ordering::SeqCst) + 1;
        self.host.changed(&Changed {
            revision,
            tags: tags.to_vec(),
            origin: origin.map(ToOwned::to_owned),
        });
    }

    pub(crate) fn of_outbox(&self) -> OnOutboxChange {
        let announcer = self.clone();
        Arc::new(move |change| announcer.announce(Tag::of_outbox(change), None))
    }

    pub(crate) fn of_session(&self) -> OnSessionChange {
        let announcer = self.clone();
        Arc::new(move |change| announcer.announce(Tag::of_session(change), None))
    }
}
