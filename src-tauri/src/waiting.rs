//! A start that waits for the keychain.
//!
//! Promises: goes on when a person asks for it, or by itself once the keychain can be read without
//! asking anybody; one attempt at a time. Must never: make the keychain ask again by itself.

use std::{path::PathBuf, sync::Arc};

use commands::{Start, StartError, host::Host};
use tauri::{AppHandle, Manager, Runtime};

use crate::{
    stopped::{self, Offers, Stopped, Waiting},
    windows,
};

/// A start whose first attempt has failed for want of the keychain.
pub(crate) struct Waited {
    pub(crate) start: Start,
    pub(crate) host: Arc<dyn Host>,
    pub(crate) log_dir: Option<PathBuf>,
}

/// Tells what a failed start waits for, and offers what can be done.
fn explanation(error: &StartError) -> Stopped {
    let offers = if error.may_go_without_keychain() {
        Offers::TryAgainOrGoWithout
    } else if error.waits_for_keychain() {
        Offers::TryAgain
    } else {
        Offers::Nothing
    };
    Stopped::because(error.message(), error.hint()).offering(offers)
}

/// Shows why Handset has not started, and goes on when it can.
pub(crate) fn begin<R: Runtime>(
    app: &AppHandle<R>,
    waited: Waited,
    error: &StartError,
) -> tauri::Result<()> {
    app.manage(Waiting::default());
    stopped::show(app, explanation(error).with_logs(waited.log_dir.as_deref()))?;
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if let Err(error) = wait(&app, waited).await {
            tracing::error!(%error, "no window could be opened");
            app.exit(1);
        }
    });
    Ok(())
}

async fn wait<R: Runtime>(app: &AppHandle<R>, waited: Waited) -> tauri::Result<()> {
    let Waited {
        mut start,
        host,
        log_dir,
    } = waited;
    let waiting = app.state::<Waiting>();
    loop {
        tokio::select! {
            () = waiting.asked() => tracing::info!("asked for another attempt"),
            () = start.keychain_unlocked() => tracing::info!("the keychain was unlocked"),
        }
        if waiting.without_keychain() {
            tracing::warn!("starting without the keychain, as a person has asked");
            start.go_without_keychain();
        }
        match Box::pin(start.attempt(Arc::clone(&host))).await {
            Ok(core) => {
                app.manage(core);
                // First, so that there is no moment without a window, which would end the app.
                windows::show_main(app)?;
                stopped::hide(app);
                return Ok(());
            }
            Err(error) => {
                let goes_on = error.waits_for_keychain();
                tracing::warn!(goes_on, "the core could not start");
                stopped::show(app, explanation(&error).with_logs(log_dir.as_deref()))?;
                if !goes_on {
                    return Ok(());
                }
            }
        }
    }
}
