//! *Forget key* takes the key out of the keychain, and out of the memory of the app and of its web
//! views: both are read to prove it.

use std::time::Duration;

use anyhow::{Result, ensure};

use crate::{actions, deadline::until, elements::named, process, rig::Rig};

/// Until connections that were open with the key are closed.
const GONE_LIMIT: Duration = Duration::from_secs(20);

/// How often the key is in memory.
#[derive(Debug)]
struct Copies {
    app: usize,
    web_views: usize,
}

fn found(app: u32, key: &str) -> Result<Copies> {
    let mut copies = Copies {
        app: process::count_in_memory(app, key)?,
        web_views: 0,
    };
    for (id, program) in process::children(app)? {
        if program.to_string_lossy().contains("WebKitWebProcess") {
            copies.web_views += process::count_in_memory(id, key)?;
        }
    }
    Ok(copies)
}

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    rig.start_sandbox(&[]).await?;
    let page = rig.start_app(&rig.connected_arguments()?).await?;
    let key = rig.sandbox()?.keys.master.clone();
    let rep = rig.sandbox()?.user("Sam")?.name.clone();
    rig.step("typing the key");
    page.click(&named("button", "Connect to Apollo")).await?;
    page.find(&named("textbox", "Master key")).await?;
    // Through the driver the key would pass the app's memory on ways of the driver's own, and the
    // field must not be read through it either.
    rig.display.type_with_enter(&key)?;
    actions::choose_rep(&page, &rep).await?;
    let keychain = rig.desktop.keychain().await?;
    ensure!(
        keychain.count_holding(&key).await? == 1,
        "the key was not stored"
    );
    let app = rig.app()?.process_id();
    rig.step("reading the memory of the app while the key is in use");
    let in_use = found(app, &key)?;
    ensure!(
        in_use.app > 0,
        "the search finds nothing where there is something"
    );

    rig.step("opening the settings");
    let settings = actions::open_settings(rig, &page, "Connection").await?;
    rig.step("forgetting the key");
    settings.click(&named("button", "Forget key…")).await?;
    let question = named("alertdialog", "Forget the key?");
    settings
        .click(&named("button", "Forget key").inside(question.clone()))
        .await?;
    settings
        .click(&named("button", "Close").inside(question.clone()))
        .await?;
    settings.find_gone(&question).await?;

    rig.step("reading the keychain");
    ensure!(
        keychain.count_holding(&key).await? == 0,
        "the key is still in the keychain"
    );
    rig.step("looking at the main window");
    let page = rig.main_window().await?;
    page.find(&named("button", "Connect to Apollo")).await?;
    rig.step("reading the memory of the app and of its web views");
    let mut left = found(app, &key)?;
    let gone = until(GONE_LIMIT, "waiting for the key to be gone", async || {
        left = found(app, &key)?;
        Ok((left.app + left.web_views == 0).then_some(()))
    });
    if gone.await.is_err() {
        anyhow::bail!("of the key are left: {left:?}; in use there were {in_use:?}");
    }
    rig.step("starting again");
    rig.quit_app().await?;
    let page = rig.start_app(&rig.connected_arguments()?).await?;
    page.find(&named("button", "Connect to Apollo")).await?;
    Ok(())
}
