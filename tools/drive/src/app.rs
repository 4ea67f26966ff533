//! The built app: how it is started, stopped, killed and found again.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::{
    deadline::until, desktop::Desktop, display::Display, page::Page, webdriver::WebDriver,
};

/// Title of the main window, and of its document.
pub(crate) const MAIN_WINDOW: &str = "Handset";
/// Title of the window that is there while the app waits for the keychain, and of its document.
pub(crate) const WAITING_WINDOW: &str = "Handset waits for the keychain";
/// Title of the window that is there when the app cannot start, and of its document.
pub(crate) const STOPPED_WINDOW: &str = "Handset cannot start";
/// Title of the settings window, and of its document.
pub(crate) const SETTINGS_WINDOW: &str = "Handset settings";

const WINDOW_LIMIT: std::time::Duration = std::time::Duration::from_secs(15);

/// One run of the app, under automation.
pub(crate) struct App {
    driver: WebDriver,
}

impl App {
    /// Starts the app and puts its first window, which has this title, over the whole screen.
    pub(crate) async fn start(
        program: &Path,
        arguments: &[String],
        title: &str,
        desktop: &Desktop,
        display: &Display,
    ) -> Result<Self> {
        let env = desktop.env().clone().with("HANDSET_LOG", "trace");
        let driver = WebDriver::start(program, arguments, &env, &desktop.log("app.log")).await?;
        let app = Self { driver };
        app.spread(title, display).await?;
        Ok(app)
    }

    pub(crate) fn process_id(&self) -> u32 {
        self.driver.app_process_id()
    }

    /// The window that has the driver's attention.
    pub(crate) fn page(&self) -> Page {
        Page::new(self.driver.client().clone())
    }

    /// Turns the driver to the window whose document has this title, once there is one, and puts
    /// that window in front.
    pub(crate) async fn turn_to(&self, title: &str, display: &Display) -> Result<Page> {
        let client = self.driver.client();
        until(
            WINDOW_LIMIT,
            &format!("waiting for a window whose document is {title:?}"),
            async || {
                for window in client.windows().await? {
                    client.switch_to_window(window).await?;
                    if client.title().await? == title {
                        return Ok(Some(()));
                    }
                }
                Ok(None)
            },
        )
        .await?;
        self.spread(title, display).await?;
        Ok(self.page())
    }

    /// Puts a window over the whole screen, and again until its page has that size: a window that
    /// has just opened may still take the size it was made with.
    async fn spread(&self, title: &str, display: &Display) -> Result<()> {
        let page = self.page();
        let what = format!("waiting for the window {title:?} to fill the screen");
        until(WINDOW_LIMIT, &what, async || {
            let there = display.spread(self.process_id(), title)?;
            Ok((there && page.size().await? == display.size).then_some(()))
        })
        .await
    }

    /// Quits the app the polite way.
    pub(crate) async fn quit(self) -> Result<()> {
        self.driver.close().await
    }

    /// Ends the app at once, as a power cut would.
    pub(crate) async fn kill(self) -> Result<()> {
        self.driver.kill_app().await
    }
}

/// The programs under test.
#[derive(Clone)]
pub(crate) struct Programs {
    pub(crate) app: PathBuf,
    pub(crate) sandbox: PathBuf,
}
