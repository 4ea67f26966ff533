//! One WebKitWebDriver with one session: it starts the app in automation mode and owns its process.
//!
//! The driver is used directly. tauri-driver would only rename a capability and set the variable
//! below. Must never: take screenshots through the driver (see `screenshot`).

use std::{
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::{
    deadline::{until, within},
    process::{self, Environment, Pipes, Process},
};

const START_LIMIT: Duration = Duration::from_secs(30);
const END_LIMIT: Duration = Duration::from_secs(10);

/// A driver, its session, and the app it started.
pub(crate) struct WebDriver {
    client: Client,
    app_process_id: u32,
    program: PathBuf,
    // Dropped last: the driver outlives what it started.
    _driver: Process,
}

impl WebDriver {
    /// Starts `program` with `arguments` under a driver of its own.
    pub(crate) async fn start(
        program: &Path,
        arguments: &[String],
        env: &Environment,
        log: &Path,
    ) -> Result<Self> {
        let port = free_port()?;
        // Tauri allows automation of its webviews only when asked.
        let env = env
            .clone()
            .with("TAURI_AUTOMATION", "true")
            .with("TAURI_WEBVIEW_AUTOMATION", "true");
        let mut driver = Process::start(
            Path::new("WebKitWebDriver"),
            [format!("--port={port}"), "--host=127.0.0.1".to_owned()],
            &env,
            Pipes::Log,
            log,
        )?;
        until(START_LIMIT, "waiting for WebKitWebDriver", async || {
            driver.check_alive()?;
            Ok(TcpStream::connect((Ipv4Addr::LOCALHOST, port))
                .is_ok()
                .then_some(()))
        })
        .await?;
        let capabilities = json!({
            "webkitgtk:browserOptions": { "binary": program, "args": arguments },
        });
        let capabilities = capabilities.as_object().cloned().context("not an object")?;
        let session = within(
            START_LIMIT,
            "starting the app under WebKitWebDriver",
            async {
                Ok(ClientBuilder::new(HttpConnector::new())
                    .capabilities(capabilities)
                    .connect(&format!("http://127.0.0.1:{port}"))
                    .await?)
            },
        );
        let client = session.await?;
        let program = program.canonicalize()?;
        let app_process_id = app_process(driver.id(), &program)?;
        Ok(Self {
            client,
            app_process_id,
            program,
            _driver: driver,
        })
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    pub(crate) fn app_process_id(&self) -> u32 {
        self.app_process_id
    }

    /// Ends the session the polite way, which closes the app.
    pub(crate) async fn close(self) -> Result<()> {
        let closing = self.client.clone().close();
        within(END_LIMIT, "closing the session", async {
            Ok(closing.await?)
        })
        .await?;
        self.wait_for_end().await
    }

    /// Ends the app at once, as a power cut would.
    pub(crate) async fn kill_app(self) -> Result<()> {
        process::kill(self.app_process_id)?;
        self.wait_for_end().await
    }

    async fn wait_for_end(&self) -> Result<()> {
        until(END_LIMIT, "waiting for the app to end", async || {
            Ok((!process::runs(self.app_process_id, &self.program)).then_some(()))
        })
        .await
    }
}

impl Drop for WebDriver {
    fn drop(&mut self) {
        if process::runs(self.app_process_id, &self.program) {
            // Fails only if the app has ended in between.
            let _ = process::kill(self.app_process_id);
        }
    }
}

fn app_process(driver: u32, program: &Path) -> Result<u32> {
    process::children(driver)?
        .into_iter()
        .find(|(_, path)| path == program)
        .map(|(id, _)| id)
        .context("the driver's session is not with the app it was asked to start")
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}
