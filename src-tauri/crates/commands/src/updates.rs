//! Newer versions of Handset: found, downloaded and checked in the background, installed when a
//! person says so.
//!
//! Promises: nothing is installed while a call goes on, while a call that ended is not saved, or
//! while something is being sent or can be undone; nobody can be dialed while the installer runs; a
//! failed update changes nothing. Must never: install or restart without having been asked.
//!
//! Locks: its own first, then those of the session and of the outbox, which say what is in the way.

use std::sync::{Arc, PoisonError};

use present::{Problem, ProblemCode, UpdateState, UpdateView};
use text::{Text, message};
use tokio::sync::RwLock;
use tracing::{info, warn};
use tracing_mutex::stdsync::{Mutex, MutexGuard};

use crate::update_source::{Installer, Update, UpdateError, UpdateSource};

/// Why an update waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Busy {
    /// A call is going on.
    OnCall,
    /// A call ended and is not saved.
    NotSaved,
    /// Something is being sent, or can still be undone.
    Sending,
}

impl Busy {
    fn hint(self) -> Text {
        match self {
            Self::OnCall => message!("update-waits-for-call"),
            Self::NotSaved => message!("update-waits-for-save"),
            Self::Sending => message!("update-waits-for-sending"),
        }
    }
}

/// How far it is.
enum State {
    /// Not checked yet.
    Idle,
    Checking,
    /// Nothing newer is there.
    Current,
    Downloading {
        version: String,
    },
    Ready(Arc<Ready>),
    Installing(Arc<Ready>),
    Installed {
        version: String,
    },
    Failed {
        error: UpdateError,
        /// What can be tried again without another download.
        ready: Option<Arc<Ready>>,
    },
}

/// What the server has, beside what is ready already.
enum Found {
    Nothing,
    Same,
    Newer(Ready),
}

/// An update whose installer is here and checked.
struct Ready {
    update: Box<dyn Update>,
    installer: Installer,
}

/// The updates of one process.
pub(crate) struct Updates {
    source: Arc<dyn UpdateSource>,
    state: Mutex<State>,
    /// Held during a check, so that there is one at a time.
    checking: tokio::sync::Mutex<()>,
    /// A dial holds it to read, and the beginning of an installation to write: so that neither begins
    /// within the other.
    pub(crate) dialing: RwLock<()>,
}

impl Updates {
    pub(crate) fn new(source: Arc<dyn UpdateSource>) -> Self {
        Self {
            source,
            state: Mutex::new(State::Idle),
            checking: tokio::sync::Mutex::new(()),
            dialing: RwLock::new(()),
        }
    }

    /// Checks for an update, and downloads it if there is one. An update that is ready already stays so while
    /// the server names the same version; one that the server has withdrawn is dropped.
    pub(crate) async fn check(&self, tell: &impl Fn()) {
        let _one_at_a_time = self.checking.lock().await;
        let known = {
            let mut state = self.state();
            match &*state {
                State::Ready(ready)
                | State::Failed {
                    ready: Some(ready), ..
                } => Some(ready.update.version().to_owned()),
                State::Installing(_) | State::Installed { .. } => return,
                _ => {
                    *state = State::Checking;
                    None
                }
            }
        };
        tell();
        let found = self.find(known.as_deref(), tell).await;
        let found = match found {
            Ok(Found::Newer(ready)) => {
                info!(version = ready.update.version(), "an update is ready");
                Some(State::Ready(Arc::new(ready)))
            }
            Ok(Found::Same) => None,
            Ok(Found::Nothing) => Some(State::Current),
            Err(error) => {
                warn!(%error, "no update");
                known
                    .is_none()
                    .then_some(State::Failed { error, ready: None })
            }
        };
        if let Some(found) = found {
            let mut state = self.state();
            // A person may have begun to install meanwhile.
            if !matches!(*state, State::Installing(_) | State::Installed { .. }) {
                *state = found;
            }
        }
        tell();
    }

    async fn find(&self, known: Option<&str>, tell: &impl Fn()) -> Result<Found, UpdateError> {
        let Some(update) = self.source.check().await? else {
            return Ok(Found::Nothing);
        };
        match known {
            Some(known) if known == update.version() => return Ok(Found::Same),
            Some(_) => {}
            None => {
                let version = update.version().to_owned();
                *self.state() = State::Downloading { version };
                tell();
            }
        }
        let installer = update.download().await?;
        Ok(Found::Newer(Ready { update, installer }))
    }

    /// Begins the installation, unless something is in the way. `busy` is asked while nobody can
    /// begin to dial.
    pub(crate) async fn begin(
        &self,
        busy: impl FnOnce() -> Option<Busy>,
    ) -> Result<Begun, Problem> {
        let _nobody_dials = self.dialing.write().await;
        let mut state = self.state();
        let begun = match &*state {
            State::Ready(ready)
            | State::Failed {
                ready: Some(ready), ..
            } => Begun::Install(Installation(Arc::clone(ready))),
            State::Installed { .. } => Begun::Restart,
            _ => {
                return Err(Problem::new(
                    ProblemCode::Invalid,
                    message!("update-none-ready"),
                ));
            }
        };
        if let Some(busy) = busy() {
            return Err(
                Problem::new(ProblemCode::Unavailable, message!("update-not-now"))
                    .hint(busy.hint()),
            );
        }
        if let Begun::Install(installation) = &begun {
            *state = State::Installing(Arc::clone(&installation.0));
        }
        Ok(begun)
    }

    /// Runs the installer that [`Self::begin`] allowed.
    pub(crate) async fn install(&self, installation: Installation) -> Result<(), UpdateError> {
        let Installation(ready) = installation;
        let version = ready.update.version().to_owned();
        info!(version, "an update is being installed");
        let installed = ready.update.install(&ready.installer).await;
        *self.state() = match &installed {
            Ok(()) => State::Installed { version },
            Err(error) => {
                warn!(%error, "the update was not installed");
                State::Failed {
                    error: error.clone(),
                    ready: Some(ready),
                }
            }
        };
        installed
    }

    /// Why nobody can be dialed, if that is because of an update.
    pub(crate) fn stops_dialing(&self) -> Option<Problem> {
        matches!(*self.state(), State::Installing(_)).then(|| {
            Problem::new(ProblemCode::DialRefused, message!("update-stops-dialing"))
                .hint(message!("update-stops-dialing-next"))
        })
    }

    /// As windows show it.
    pub(crate) fn view(&self, busy: impl FnOnce() -> Option<Busy>) -> UpdateView {
        if let Some(because) = self.source.off_because() {
            return View::of(UpdateState::Off, because).done();
        }
        match &*self.state() {
            State::Idle => View::of(UpdateState::None, message!("update-idle")).done(),
            State::Current => View::of(UpdateState::None, message!("update-current")).done(),
            State::Checking => View::of(UpdateState::Checking, message!("update-checking")).done(),
            State::Downloading { version } => {
                let sentence = message!("update-downloading", version = version.as_str());
                View::of(UpdateState::Checking, sentence)
                    .version(version)
                    .done()
            }
            State::Ready(ready) => {
                let version = ready.update.version();
                let sentence = message!("update-ready", version = version);
                View::of(UpdateState::Ready, sentence)
                    .version(version)
                    .hint(message!("update-ready-next"))
                    .asks(busy())
            }
            State::Installing(ready) => {
                let version = ready.update.version();
                let sentence = message!("update-installing", version = version);
                View::of(UpdateState::Installing, sentence)
                    .version(version)
                    .hint(message!("update-stops-dialing-next"))
                    .done()
            }
            State::Installed { version } => {
                let sentence = message!("update-installed", version = version.as_str());
                View::of(UpdateState::Installed, sentence)
                    .version(version)
                    .hint(message!("update-installed-next"))
                    .asks(busy())
            }
            State::Failed { error, ready } => {
                let view = View::of(UpdateState::Failed, error.message()).hint(error.hint());
                match ready {
                    Some(ready) => view.version(ready.update.version()).asks(busy()),
                    None => view.done(),
                }
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An [`UpdateView`] in the making.
struct View(UpdateView);

impl View {
    fn of(state: UpdateState, sentence: Text) -> Self {
        Self(UpdateView {
            state,
            version: None,
            is_ready: false,
            can_install: false,
            sentence,
            hint: None,
        })
    }

    fn version(mut self, version: &str) -> Self {
        self.0.version = Some(version.to_owned());
        self
    }

    fn hint(mut self, hint: Text) -> Self {
        self.0.hint = Some(hint);
        self
    }

    /// A person has to allow it, and may unless something is in the way.
    fn asks(mut self, busy: Option<Busy>) -> UpdateView {
        self.0.is_ready = true;
        self.0.can_install = busy.is_none();
        if let Some(busy) = busy {
            self.0.hint = Some(busy.hint());
        }
        self.0
    }

    fn done(self) -> UpdateView {
        self.0
    }
}

/// What a person's permission begins.
pub(crate) enum Begun {
    Install(Installation),
    /// It is installed already.
    Restart,
}

/// Shows that nothing was in the way when the installation began.
pub(crate) struct Installation(Arc<Ready>);
