//! Without a keychain the app says so and offers to keep the key for this run; then it is gone.

use anyhow::{Result, ensure};

use crate::{actions, elements::named, leaks, rig::Rig};

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    rig.start_sandbox(&[]).await?;
    let page = rig.start_app(&rig.connected_arguments()?).await?;
    let key = rig.sandbox()?.keys.master.clone();
    let rep = rig.sandbox()?.user("Sam")?.name.clone();
    rig.step("pasting the master key");
    actions::paste_key(&page, &key).await?;
    let offer = named("button", "Use for this run only");
    page.find(&offer).await?;
    ensure!(
        page.text().await?.to_lowercase().contains("keychain"),
        "nothing on screen says that there is no keychain"
    );
    rig.step("using the key for this run");
    page.click(&offer).await?;
    actions::choose_rep(&page, &rep).await?;
    actions::wait_until_loaded(&page).await?;
    rig.step("starting again");
    rig.quit_app().await?;
    let search = leaks::search(
        &[rig.desktop.home(), rig.desktop.path().join("logs")],
        &[key],
    )?;
    ensure!(
        search.leaks.is_empty(),
        "the key is on disk: {:?}",
        search.leaks
    );
    let page = rig.start_app(&rig.connected_arguments()?).await?;
    page.find(&named("button", "Connect to Apollo")).await?;
    Ok(())
}
