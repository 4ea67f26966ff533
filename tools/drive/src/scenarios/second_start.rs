//! A second start opens no second Handset: it brings the main window of the first to the front. If
//! the first does not answer, a window says so within seconds; and neither of them listens on a
//! socket.

use std::{fs, time::Duration};

use anyhow::{Context, Result, ensure};

use crate::{
    app::{MAIN_WINDOW, SETTINGS_WINDOW, STOPPED_WINDOW},
    deadline::until,
    elements::named,
    process::{self, Pipes, Process},
    rig::Rig,
};

const HANDOVER_LIMIT: Duration = Duration::from_secs(15);
const SILENCE_LIMIT: Duration = Duration::from_secs(20);

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
    from_a_silent_first(rig, app, &arguments).await
}

/// The first one is halted: the second says so, and ends when its window is closed.
async fn from_a_silent_first(rig: &mut Rig, first: u32, arguments: &[String]) -> Result<()> {
    rig.step("starting while the first one is halted");
    process::halt(first)?;
    let log = rig.desktop.log("third.log");
    let mut third = Process::start(
        rig.app_program(),
        arguments,
        rig.desktop.env(),
        Pipes::Log,
        &log,
    )?;
    let shown = until(
        SILENCE_LIMIT,
        "waiting for a window that says so",
        async || {
            third.check_alive()?;
            rig.display.window(third.id(), STOPPED_WINDOW)
        },
    )
    .await;
    // Whatever came of it: the driver waits for the first one at the end.
    process::go_on(first)?;
    shown?;
    let text = fs::read_to_string(&log)?;
    ensure!(
        text.contains("Another Handset is open and does not answer. Nothing was changed."),
        "it says: {text}"
    );
    let listening = process::listening(third.id())?;
    ensure!(listening.is_empty(), "it listens on {listening:?}");
    let core = process::core_limit(third.id())?;
    ensure!(
        core == ("0".to_owned(), "0".to_owned()),
        "core files: {core:?}"
    );
    ensure!(
        !rig.desktop.folders_of_stopped_windows()?.is_empty(),
        "its window has no folder"
    );
    drop(third);
    let left_behind = rig.desktop.folders_of_stopped_windows()?;
    ensure!(
        left_behind.is_empty(),
        "the folder of its window is left behind: {left_behind:?}"
    );

    rig.step("the first one goes on");
    rig.main_window()
        .await?
        .find(&named("button", "Settings"))
        .await?;
    rig.quit_app().await?;

    rig.step("checking whether sample data is served to anybody");
    let alone = Process::start(
        rig.app_program(),
        arguments,
        rig.desktop.env(),
        Pipes::Log,
        &rig.desktop.log("alone.log"),
    )?;
    until(HANDOVER_LIMIT, "waiting for the main window", async || {
        rig.display.window(alone.id(), MAIN_WINDOW)
    })
    .await?;
    let listening = process::listening(alone.id())?;
    ensure!(listening.is_empty(), "it listens on {listening:?}");
    Ok(())
}
