//! The end of a run.
//!
//! Promises: whichever way the run ends short of a kill, the core has stopped and flushed before
//! the process goes; it never takes longer than [`GRACE`] twice. Must never: lose an exit code.
//!
//! Tauri drops no managed state, so nothing here may be left to `Drop`.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU8, Ordering},
    },
    time::Duration,
};

use clock::SharedClock;
use commands::Core;
use tauri::{AppHandle, Manager, RunEvent, Runtime};
use tracing_appender::non_blocking::WorkerGuard;

use crate::{paths::StoppedFolder, stopped::Shown};

/// How long the core may take to stop. What is durable stays so if it takes longer.
pub(crate) const GRACE: Duration = Duration::from_secs(3);

const RUNNING: u8 = 0;
const STOPPING: u8 = 1;
const STOPPED: u8 = 2;

/// How far the end has come, and the guard of the log, which is dropped last.
pub(crate) struct Ending {
    clock: SharedClock,
    phase: AtomicU8,
    /// Whether the program starts anew afterwards. Outlives the app.
    restarts: Arc<AtomicBool>,
    logging: Mutex<Option<WorkerGuard>>,
}

impl Ending {
    pub(crate) fn new(clock: SharedClock, restarts: Arc<AtomicBool>) -> Self {
        Self {
            clock,
            phase: AtomicU8::new(RUNNING),
            restarts,
            logging: Mutex::new(None),
        }
    }

    /// The log is written until everything else has ended.
    pub(crate) fn keep_until_the_end(&self, logging: Option<WorkerGuard>) {
        *self.logging.lock().unwrap_or_else(PoisonError::into_inner) = logging;
    }
}

/// Ends the app in order, and starts the program anew.
pub(crate) fn restart<R: Runtime>(app: &AppHandle<R>) {
    app.state::<Ending>().restarts.store(true, Ordering::SeqCst);
    app.exit(0);
}

/// The last moment before an installer ends this process, as the one for Windows does. Must not be
/// called from within an async task.
pub(crate) fn before_the_installer<R: Runtime>(app: &AppHandle<R>) {
    finish(app);
}

/// Whether the core has stopped.
#[cfg(not(target_os = "linux"))]
pub(crate) fn is_over<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.state::<Ending>().phase.load(Ordering::SeqCst) == STOPPED
}

/// What the event loop reports.
pub(crate) fn on_event<R: Runtime>(app: &AppHandle<R>, event: &RunEvent) {
    match event {
        RunEvent::ExitRequested { code, api, .. } => {
            // On a Mac an app lives on without windows, and the Dock opens one again.
            if cfg!(target_os = "macos") && code.is_none() {
                api.prevent_exit();
                return;
            }
            // Whoever closes the window about a failed start ends a run that failed.
            let failed = i32::from(app.state::<Shown>().is_any());
            if stop(app, code.unwrap_or_default().max(failed)) {
                api.prevent_exit();
            }
        }
        #[cfg(target_os = "macos")]
        RunEvent::Reopen {
            has_visible_windows: false,
            ..
        } => {
            if let Err(error) = crate::windows::bring_to_front(app) {
                tracing::error!(%error, "the window could not be opened again");
            }
        }
        RunEvent::Exit => finish(app),
        _ => {}
    }
}

/// Begins the end, once. True while the exit has to wait for it.
fn stop<R: Runtime>(app: &AppHandle<R>, code: i32) -> bool {
    let ending = app.state::<Ending>();
    match ending
        .phase
        .compare_exchange(RUNNING, STOPPING, Ordering::SeqCst, Ordering::SeqCst)
    {
        Ok(_) => {
            let app = app.clone();
            tauri::async_runtime::spawn(async move {
                stop_core(&app).await;
                app.state::<Ending>().phase.store(STOPPED, Ordering::SeqCst);
                app.exit(code);
            });
            true
        }
        Err(phase) => phase == STOPPING,
    }
}

/// The last moment: also reached where the system ends an app without asking.
fn finish<R: Runtime>(app: &AppHandle<R>) {
    let ending = app.state::<Ending>();
    if ending.phase.swap(STOPPED, Ordering::SeqCst) != STOPPED {
        tauri::async_runtime::block_on(stop_core(app));
    }
    tauri::async_runtime::block_on(app.state::<StoppedFolder>().remove(&*ending.clock));
    tracing::info!("ended");
    ending
        .logging
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
}

async fn stop_core<R: Runtime>(app: &AppHandle<R>) {
    let Some(core) = app
        .try_state::<Arc<Core>>()
        .map(|core| Arc::clone(core.inner()))
    else {
        return;
    };
    let clock = Arc::clone(&app.state::<Ending>().clock);
    if clock::within(&*clock, GRACE, core.shut_down())
        .await
        .is_none()
    {
        tracing::warn!(
            grace_ms = GRACE.as_millis(),
            "the core took too long to stop"
        );
    }
}

/// Ends the app in order when the system or a terminal asks it to.
pub(crate) fn exit_on_signals<R: Runtime>(app: &AppHandle<R>) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        match asked_to_end().await {
            Ok(()) => {
                tracing::info!("asked to end by a signal");
                app.exit(0);
            }
            Err(error) => tracing::warn!(%error, "signals are not received"),
        }
    });
}

#[cfg(unix)]
async fn asked_to_end() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        _ = hang_up.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn asked_to_end() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
