//! The language of the system is that of every window: of the windows that write their
//! texts themselves, and of the window about a failed start, whose texts come from Rust.

use std::{fs, os::unix::fs::PermissionsExt};

use anyhow::{Result, ensure};

use crate::{elements::named, rig::Rig};

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    rig.start_sandbox(&[]).await?;
    let page = rig.start_app(&rig.connected_arguments()?).await?;
    page.find(&named("button", "Mit Apollo verbinden")).await?;
    rig.quit_app().await?;

    rig.step("starting with a folder that cannot be trusted");
    let folder = rig.desktop.home().join("open-to-all");
    fs::create_dir(&folder)?;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777))?;
    let arguments = [
        "--data-dir".to_owned(),
        folder.to_string_lossy().into_owned(),
    ];
    let stopped = "Handset kann nicht starten";
    let page = rig.start_app_at(&arguments, stopped).await?;
    page.find(&named("heading", stopped)).await?;
    let says = page.text().await?;
    ensure!(says.contains("Datenordner"), "the window says: {says}");
    Ok(())
}
