//! A second start opens no second Handset: it brings the main window of the first to the front.

use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::{
    app::{MAIN_WINDOW, SETTINGS_WINDOW},
    deadline::until,
    elements::named,
    process::{Pipes, Process},
    rig::Rig,
};

const HANDOVER_LIMIT: Duration = Duration::from_secs(15);

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    // A run with its own data folder stands beside others, so this one uses the home's.
    let arguments = ["--sandbox".to_owned()];
    let page = rig.start_app(&arguments).await?;
    let app = rig.app()?.process_id();
    let main = rig
        .display
        .window(app, MAIN_WINDOW)?
        .context("the main window is not there")?;

    rig.step("putting the settings in front of the main window");
    page.click(&named("button", "Settings")).await?;
    rig.settings_window().await?;
    let settings = rig
        .display
        .window(app, SETTINGS_WINDOW)?
        .context("the settings window is not there")?;
    let front = rig.display.front_window()?;
    ensure!(
        front == settings,
        "the window {front} is in front, not the settings, {settings}"
    );

    rig.step("starting a second time");
    let mut second = Process::start(
        rig.app_program(),
        &arguments,
        rig.desktop.env(),
        Pipes::Log,
        &rig.desktop.log("second.log"),
    )?;
    let code = until(
        HANDOVER_LIMIT,
        "waiting for the second start to end",
        async || second.exit_code(),
    )
    .await?;
    ensure!(code == 0, "the second start ended with {code}");
    until(
        HANDOVER_LIMIT,
        "waiting for the main window to come to the front",
        async || Ok((rig.display.front_window()? == main).then_some(())),
    )
    .await?;
    Ok(())
}
