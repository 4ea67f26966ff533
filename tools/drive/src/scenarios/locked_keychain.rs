//! The keychain is locked at one start: the window says so and waits, an attempt changes nothing, and
//! once it is unlocked the app goes on by itself; the call that waited is in Apollo once.

use std::time::Duration;

use anyhow::{Result, ensure};

use crate::{
    actions,
    app::{MAIN_WINDOW, WAITING_WINDOW},
    deadline::until,
    elements::named,
    line::Line,
    rig::Rig,
};

const NOTE: &str = "Saved before the keychain was locked";
const GOES_ON_WITHIN: Duration = Duration::from_secs(30);

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    rig.start_sandbox(&[]).await?;
    let mut line = Line::to(&rig.sandbox()?.url).await?;
    let page = actions::start_work_at(rig, &line.url()).await?;
    rig.step("saving a call that cannot be sent");
    line.cut().await;
    actions::make_call(rig, &page, '2', NOTE).await?;
    rig.kill_app().await?;
    line.restore().await?;

    rig.step("starting with a locked keychain");
    rig.desktop.keychain().await?.lock().await?;
    let arguments = rig.arguments_for(&line.url());
    let page = rig.start_app_at(&arguments, WAITING_WINDOW).await?;
    page.find(&named("heading", WAITING_WINDOW)).await?;
    let says = page.text().await?;
    ensure!(
        says.contains("locked") && says.contains("nothing was changed"),
        "the window says: {says}"
    );

    rig.step("trying again while it is locked");
    let try_again = named("button", "Try again");
    page.click(&try_again).await?;
    page.find(&named("heading", WAITING_WINDOW)).await?;
    page.find(&try_again).await?;
    ensure!(
        !page
            .is_there(&named("button", "Start without the keychain"))
            .await?,
        "the app offers to start without a locked keychain"
    );
    ensure!(
        !rig.data_folder().join("sealing-key").exists(),
        "there is a key file"
    );
    ensure!(
        rig.sandbox()?.logged().await?.is_empty(),
        "something was sent"
    );

    rig.step("unlocking it");
    rig.desktop.unlock_keychain().await?;
    let process = rig.app()?.process_id();
    until(GOES_ON_WITHIN, "waiting for the main window", async || {
        let main = rig.display.window(process, MAIN_WINDOW)?;
        let waiting = rig.display.window(process, WAITING_WINDOW)?;
        Ok((main.is_some() && waiting.is_none()).then_some(()))
    })
    .await?;
    let logged = actions::wait_until_logged(rig, 1).await?;
    ensure!(
        logged[0].note.as_deref() == Some(NOTE),
        "the record says {:?}",
        logged[0].note
    );
    Ok(())
}
