//! The rig itself: what the other scenarios stand on is there and can tell right from wrong.

use std::{path::Path, time::Duration};

use anyhow::{Result, ensure};

use crate::{
    deadline::until,
    process::{Pipes, Process},
    rig::Rig,
};

const HANDLER_LIMIT: Duration = Duration::from_secs(10);

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    rig.step("handing a tel: address to the system");
    let mut opener = Process::start(
        Path::new("xdg-open"),
        ["tel:+12025550143"],
        rig.desktop.env(),
        Pipes::Log,
        &rig.desktop.log("xdg-open.log"),
    )?;
    until(HANDLER_LIMIT, "waiting for the phone app", async || {
        Ok((rig.desktop.dialed()? == ["tel:+12025550143"]).then_some(()))
    })
    .await?;
    let code = until(HANDLER_LIMIT, "waiting for xdg-open", async || {
        opener.exit_code()
    })
    .await?;
    ensure!(code == 0, "xdg-open ended with {code}");

    rig.step("storing in the keychain and reading it back");
    let keychain = rig.desktop.keychain().await?;
    ensure!(
        keychain.secrets().await?.is_empty(),
        "a new keychain is not empty"
    );
    keychain.store("rig", b"a secret of the rig").await?;
    ensure!(
        keychain.count_holding("secret of").await? == 1,
        "the stored secret is not there"
    );
    ensure!(
        keychain.count_holding("something else").await? == 0,
        "a secret nobody stored is there"
    );

    rig.step("saving the screen");
    let file = rig.desktop.path().join("screen.png");
    rig.screenshot(&file)?;
    ensure!(std::fs::metadata(&file)?.len() > 0, "the picture is empty");
    Ok(())
}
