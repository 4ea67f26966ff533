//! *Forget key* takes the key out of the keychain, which is then read to prove it.

use anyhow::{Result, ensure};

use crate::{acts, elements::named, rig::Rig};

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    rig.start_sandbox(&[]).await?;
    let page = rig.start_app(&rig.connected_arguments()?).await?;
    let key = rig.sandbox()?.keys.master.clone();
    let rep = rig.sandbox()?.user("Sam")?.name.clone();
    acts::paste_key(&page, &key).await?;
    acts::choose_rep(&page, &rep).await?;
    let keychain = rig.desktop.keychain().await?;
    ensure!(
        keychain.count_holding(&key).await? == 1,
        "the key was not stored"
    );

    rig.step("opening the settings");
    let settings = acts::open_settings(rig, &page, "Connection").await?;
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
    rig.step("starting again");
    rig.quit_app().await?;
    let page = rig.start_app(&rig.connected_arguments()?).await?;
    page.find(&named("button", "Connect to Apollo")).await?;
    Ok(())
}
