//! A data folder into which others can write, and in which a link lies, is refused with a sentence:
//! nothing in it is believed, and nothing elsewhere is overwritten. The window that says so keeps what
//! it needs in a folder that nobody else can enter.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
};

use anyhow::{Result, ensure};

use crate::{app::STOPPED_WINDOW, elements::named, rig::Rig};

const ELSEWHERE: &[u8] = b"Dear Ada";

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    let folder = rig.data_folder();
    let elsewhere = rig.desktop.home().join("letter");
    fs::write(&elsewhere, ELSEWHERE)?;
    fs::create_dir(&folder)?;
    fs::write(folder.join("sealing-key"), [1; 32])?;
    for link in ["room", "windows.json"] {
        symlink(&elsewhere, folder.join(link))?;
    }
    let arguments = [
        "--sandbox".to_owned(),
        "--data-dir".to_owned(),
        folder.to_string_lossy().into_owned(),
    ];
    for (mode, why) in [(0o777, "can write into it"), (0o700, "is a link")] {
        rig.step(format!("starting with a folder of mode {mode:o}"));
        fs::set_permissions(&folder, fs::Permissions::from_mode(mode))?;
        let page = rig.start_app_at(&arguments, STOPPED_WINDOW).await?;
        page.find(&named("heading", STOPPED_WINDOW)).await?;
        let says = page.text().await?;
        ensure!(
            says.contains("cannot be trusted") && says.contains(why),
            "the window says: {says}"
        );
        rig.step("looking at the folder of the window");
        let id = rig.app()?.process_id().to_string();
        let folders = rig.desktop.folders_of_stopped_windows()?;
        ensure!(!folders.is_empty(), "the window has no folder");
        for folder in folders {
            let mode = folder.metadata()?.permissions().mode() & 0o777;
            ensure!(
                mode == 0o700 && !folder.to_string_lossy().contains(&id),
                "{} has mode {mode:o}",
                folder.display()
            );
        }
        rig.quit_app().await?;
        ensure!(
            fs::read(&elsewhere)? == ELSEWHERE,
            "the file elsewhere was written"
        );
        ensure!(
            fs::read_dir(&folder)?.count() == 3,
            "something was made in the folder"
        );
    }
    Ok(())
}
