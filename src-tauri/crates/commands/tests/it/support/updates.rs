//! A server of updates and an installer, as a test plays them.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use commands::update_source::{Installer, Update, UpdateError, UpdateSource};
use text::Text;
use tokio::sync::Semaphore;

/// What is released, and what was done with it.
pub(crate) struct Releases(Arc<Played>);

struct Played {
    newest: Mutex<Result<Option<&'static str>, UpdateError>>,
    download: Mutex<Result<(), UpdateError>>,
    installer: Mutex<Result<(), UpdateError>>,
    /// Lets an installer end.
    ends: Semaphore,
    checks: AtomicUsize,
    installed: AtomicUsize,
}

impl Default for Releases {
    fn default() -> Self {
        Self(Arc::new(Played {
            newest: Mutex::new(Ok(None)),
            download: Mutex::new(Ok(())),
            installer: Mutex::new(Ok(())),
            ends: Semaphore::new(0),
            checks: AtomicUsize::new(0),
            installed: AtomicUsize::new(0),
        }))
    }
}

impl Releases {
    /// The server has this answer from now on.
    pub(crate) fn newest(&self, newest: Result<Option<&'static str>, UpdateError>) {
        set(&self.0.newest, newest);
    }

    /// Downloads end like this from now on.
    pub(crate) fn download(&self, ends: Result<(), UpdateError>) {
        set(&self.0.download, ends);
    }

    /// Installers end like this from now on.
    pub(crate) fn installer(&self, ends: Result<(), UpdateError>) {
        set(&self.0.installer, ends);
    }

    /// One installer may end.
    pub(crate) fn end_installer(&self) {
        self.0.ends.add_permits(1);
    }

    pub(crate) fn checks(&self) -> usize {
        self.0.checks.load(Ordering::SeqCst)
    }

    /// How many installers ran.
    pub(crate) fn installed(&self) -> usize {
        self.0.installed.load(Ordering::SeqCst)
    }
}

fn set<T>(slot: &Mutex<T>, value: T) {
    *slot.lock().unwrap_or_else(PoisonError::into_inner) = value;
}

fn get<T: Clone>(slot: &Mutex<T>) -> T {
    slot.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

#[async_trait]
impl UpdateSource for Releases {
    fn off_because(&self) -> Option<Text> {
        None
    }

    async fn check(&self) -> Result<Option<Box<dyn Update>>, UpdateError> {
        self.0.checks.fetch_add(1, Ordering::SeqCst);
        let newest = get(&self.0.newest)?;
        Ok(newest.map(|version| {
            Box::new(Release {
                version,
                played: Arc::clone(&self.0),
            }) as Box<dyn Update>
        }))
    }
}

struct Release {
    version: &'static str,
    played: Arc<Played>,
}

#[async_trait]
impl Update for Release {
    fn version(&self) -> &str {
        self.version
    }

    async fn download(&self) -> Result<Installer, UpdateError> {
        get(&self.played.download).map(|()| Installer(b"installer".to_vec()))
    }

    async fn install(&self, installer: &Installer) -> Result<(), UpdateError> {
        assert_eq!(installer.0, b"installer");
        self.played.installed.fetch_add(1, Ordering::SeqCst);
        self.played
            .ends
            .acquire()
            .await
            .expect("never closed")
            .forget();
        get(&self.played.installer)
    }
}
