//! Everything one run needs, put together: screen, desktop, sandbox, app.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use crate::{
    app::{App, MAIN_WINDOW, Programs, SETTINGS_WINDOW},
    color_scheme::ColorScheme,
    desktop::{Desktop, KeychainState},
    display::{Display, Size},
    page::Page,
    sandbox::Sandbox,
    screenshot,
};

/// How a run is set up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup {
    pub(crate) size: Size,
    pub(crate) scheme: ColorScheme,
    pub(crate) keychain: KeychainState,
    /// What the system names as the person's language (`LANG`).
    pub(crate) language: &'static str,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            size: Size::SMALL,
            scheme: ColorScheme::Light,
            keychain: KeychainState::Unlocked,
            language: "C.UTF-8",
        }
    }
}

/// One run.
pub(crate) struct Rig {
    // Fields are dropped in this order: the app before what it stands on.
    app: Option<App>,
    sandbox: Option<Sandbox>,
    pub(crate) desktop: Desktop,
    pub(crate) display: Display,
    programs: Programs,
    step: String,
}

impl Rig {
    pub(crate) async fn start(programs: &Programs, setup: Setup) -> Result<Self> {
        let log_folder = tempfile::tempdir()?;
        let display = Display::start(setup.size, &log_folder.path().join("xvfb.log")).await?;
        let desktop = Desktop::start(&display, &setup).await?;
        Ok(Self {
            app: None,
            sandbox: None,
            desktop,
            display,
            programs: programs.clone(),
            step: "setting up".to_owned(),
        })
    }

    /// Names what happens now, so that a failure can say where it happened.
    pub(crate) fn step(&mut self, name: impl Into<String>) {
        self.step = name.into();
    }

    pub(crate) fn current_step(&self) -> &str {
        &self.step
    }

    /// Starts the embedded Apollo, if it does not run yet.
    pub(crate) async fn start_sandbox(&mut self, arguments: &[&str]) -> Result<()> {
        ensure!(self.sandbox.is_none(), "the sandbox runs already");
        let log = self.desktop.log("sandbox.log");
        self.sandbox = Some(Sandbox::start(&self.programs.sandbox, arguments, &log).await?);
        Ok(())
    }

    pub(crate) fn sandbox(&self) -> Result<&Sandbox> {
        self.sandbox.as_ref().context("the sandbox was not started")
    }

    /// Where the app keeps its data in this run.
    pub(crate) fn data_folder(&self) -> PathBuf {
        self.desktop.home().join("handset-data")
    }

    /// What points the app at the sandbox's process and at this run's data folder.
    pub(crate) fn connected_arguments(&self) -> Result<Vec<String>> {
        Ok(self.arguments_for(&self.sandbox()?.url))
    }

    /// What points the app at another way to the sandbox.
    pub(crate) fn arguments_for(&self, url: &str) -> Vec<String> {
        vec![
            "--apollo-url".to_owned(),
            url.to_owned(),
            "--data-dir".to_owned(),
            self.data_folder().to_string_lossy().into_owned(),
        ]
    }

    /// Starts the app and shows its main window.
    pub(crate) async fn start_app(&mut self, arguments: &[String]) -> Result<Page> {
        self.start_app_at(arguments, MAIN_WINDOW).await
    }

    /// Starts the app, which is to show another window first.
    pub(crate) async fn start_app_at(&mut self, arguments: &[String], title: &str) -> Result<Page> {
        ensure!(self.app.is_none(), "the app runs already");
        let app = App::start(
            &self.programs.app,
            arguments,
            title,
            &self.desktop,
            &self.display,
        )
        .await?;
        let page = app.page();
        self.app = Some(app);
        Ok(page)
    }

    pub(crate) fn app(&self) -> Result<&App> {
        self.app.as_ref().context("the app was not started")
    }

    pub(crate) fn app_program(&self) -> &Path {
        &self.programs.app
    }

    /// Other runs of this rig are of this program.
    pub(crate) fn use_app(&mut self, program: &Path) {
        program.clone_into(&mut self.programs.app);
    }

    pub(crate) async fn quit_app(&mut self) -> Result<()> {
        self.app
            .take()
            .context("the app was not started")?
            .quit()
            .await
    }

    pub(crate) async fn kill_app(&mut self) -> Result<()> {
        self.app
            .take()
            .context("the app was not started")?
            .kill()
            .await
    }

    /// Turns to the main window.
    pub(crate) async fn main_window(&self) -> Result<Page> {
        self.app()?.turn_to(MAIN_WINDOW, &self.display).await
    }

    /// Turns to the settings window, which something else has opened.
    pub(crate) async fn settings_window(&self) -> Result<Page> {
        self.app()?.turn_to(SETTINGS_WINDOW, &self.display).await
    }

    /// What the app has written to its log in this run's data folder.
    pub(crate) fn app_log(&self) -> Result<String> {
        let file = self.data_folder().join("logs/handset.log");
        fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))
    }

    /// The same of a run without a folder of its own.
    pub(crate) fn app_log_at_home(&self) -> Result<String> {
        let folder = self.desktop.home().join(".local/share/app.handset.dev");
        let file = folder.join("logs/handset.log");
        fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))
    }

    /// Saves what the screen shows.
    pub(crate) fn screenshot(&self, file: &Path) -> Result<()> {
        screenshot::take(&self.display, file)
    }

    /// Saves the screen and every log into a folder, to be looked at after a failure.
    pub(crate) fn save_evidence(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder)?;
        self.screenshot(&folder.join("screen.png"))?;
        copy_logs(&self.desktop.path().join("logs"), &folder.join("programs"))?;
        copy_logs(&self.desktop.home(), &folder.join("home"))
    }
}

/// Copies files whose name says that they are logs, keeping their place.
fn copy_logs(from: &Path, to: &Path) -> Result<()> {
    let Ok(entries) = fs::read_dir(from) else {
        return Ok(());
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy_logs(&entry.path(), &to.join(&name))?;
        } else if kind.is_file() && name.to_string_lossy().contains(".log") {
            fs::create_dir_all(to)?;
            fs::copy(entry.path(), to.join(&name))?;
        }
    }
    Ok(())
}
