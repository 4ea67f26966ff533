//! Serves a sandbox on loopback, and stops again.
//!
//! Promises: it listens on 127.0.0.1 only, and nothing listens any more once the handle is
//! dropped or `stop` has returned.

use axum::Router;
use clock::SharedClock;
use tokio::sync::watch;

use crate::{
    connection::{Cut, Loopback},
    control_api, router,
    sandbox::{Options, Sandbox},
};

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken or not allowed.
    #[error("cannot listen on 127.0.0.1 port {port}")]
    Bind {
        /// The port asked for.
        port: u16,
        /// The system's error.
        #[source]
        source: std::io::Error,
    },
}

impl Sandbox {
    /// Makes the team and serves it under `{url}/api/v1`.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let port = options.port;
        let mut sandbox = Self::make(options, String::new());
        let listener = bind(port, &sandbox.core.clock, &sandbox.core.stopping).await?;
        sandbox.url = url_of(&listener, port)?;
        sandbox.serve(listener, router::router(sandbox.core.clone()));
        Ok(sandbox)
    }

    /// Serves the control API on another port and returns its URL: history, faults, switches
    /// and the team's data for a test in another process.
    pub async fn serve_control(&self, port: u16) -> Result<String, StartError> {
        let listener = bind(port, &self.core.clock, &self.core.stopping).await?;
        let url = url_of(&listener, port)?;
        self.serve(listener, control_api::router(self.core.clone()));
        Ok(url)
    }

    fn serve(&self, listener: Loopback, router: Router) {
        let mut stopping = self.core.stopping.subscribe();
        let service = router.into_make_service_with_connect_info::<Cut>();
        let serving = tokio::spawn(async move {
            let served = axum::serve(listener, service).with_graceful_shutdown(async move {
                // An error means that the handle is gone, which is a stop too.
                let _ = stopping.wait_for(|stopping| *stopping).await;
            });
            if let Err(error) = served.await {
                tracing::warn!(kind = ?error.kind(), "sandbox: serving failed");
            }
        });
        if let Ok(mut all) = self.serving.lock() {
            all.push(serving);
        }
    }

    /// Stops serving and waits until nothing listens any more.
    pub async fn stop(self) {
        self.core.stopping.send_replace(true);
        let serving = self.serving.lock().map(|mut all| std::mem::take(&mut *all));
        for serving in serving.unwrap_or_default() {
            // A server that panicked has stopped too.
            let _ = serving.await;
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.core.stopping.send_replace(true);
    }
}

async fn bind(
    port: u16,
    clock: &SharedClock,
    stopping: &watch::Sender<bool>,
) -> Result<Loopback, StartError> {
    Loopback::bind(port, clock.clone(), stopping.subscribe())
        .await
        .map_err(|source| StartError::Bind { port, source })
}

fn url_of(listener: &Loopback, port: u16) -> Result<String, StartError> {
    let address = listener
        .address()
        .map_err(|source| StartError::Bind { port, source })?;
    Ok(format!("http://{address}"))
}
