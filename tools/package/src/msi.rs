//! The installer for Windows, made on Linux by msitools.
//!
//! Promises: installs for every user of the machine, silently where asked, over an earlier version and never over
//! a later one; the program in it is signed before it is packed. Must never: write into a user's folders.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result};
use package::installer_kind;
use xshell::cmd;

use crate::{
    build::WindowsProgram, inventory, linux_files::put, release::Release, signing::Keys, sums,
};

/// Makes the MSI, signed, and returns where it is.
pub(crate) fn make(release: &Release, program: &WindowsProgram, keys: &Keys) -> Result<PathBuf> {
    let folder = release.fresh("msi")?;
    let exe = folder.join("handset.exe");
    installer_kind::fill_in(&program.program, *b"MSI", &exe)?;
    let unsigned = sums::sha256(&exe)?;
    keys.sign_for_windows(release, &exe)?;
    fs::copy(&program.loader, folder.join("WebView2Loader.dll"))?;
    fs::copy(
        release.root.join("icons/icon.ico"),
        folder.join("handset.ico"),
    )?;
    // Windows' own editor ends lines with two characters.
    let notices = fs::read_to_string(release.out.join(inventory::NOTICES))?;
    put(
        &folder.join(inventory::NOTICES),
        notices.replace('\n', "\r\n").as_bytes(),
    )?;
    // Each build is a package of its own; each version a product of its own.
    let package = Release::id(&format!("package.{unsigned}"));
    let places = places(&release.version);
    let places: Vec<(&str, &str)> = places
        .iter()
        .map(|(name, id)| (*name, id.as_str()))
        .collect();
    put(
        &folder.join("handset.wxs"),
        release
            .filled_in("windows/handset.wxs", &places)?
            .as_bytes(),
    )?;
    let msi = release
        .out
        .join(format!("Handset-{}-x64.msi", release.version));
    let sh = &release.sh;
    let in_folder = sh.push_dir(&folder);
    // msitools dates by the clock.
    let time = release.dated("%Y-%m-%d %H:%M:%S");
    cmd!(
        sh,
        "faketime -f {time} wixl --arch x64 --output {msi} handset.wxs"
    )
    .env("TZ", "UTC")
    .quiet()
    .run()?;
    drop(in_folder);
    // wixl knows no condition of a component, no properties that a user without rights may give and no program that
    // is started in the end, and draws the package code at random.
    for change in [
        "UPDATE `Component` SET `Condition` = 'DESKTOPSHORTCUT = 1' WHERE `Component` = 'Desktop'",
        "UPDATE `Property` SET `Value` = 'WIX_DOWNGRADE_DETECTED;WIX_UPGRADE_DETECTED;DESKTOPSHORTCUT;WEBVIEW2SETUP;INSTALLFOLDER;AUTOLAUNCHAPP' WHERE `Property` = 'SecureCustomProperties'",
        // After an update from within Handset, which asks for it by this property, Handset starts again, as the user.
        "INSERT INTO `CustomAction` (`Action`, `Type`, `Source`, `Target`) VALUES ('SetProgram', 51, 'HANDSETPROGRAM', '[INSTALLFOLDER]handset.exe')",
        "INSERT INTO `CustomAction` (`Action`, `Type`, `Source`, `Target`) VALUES ('StartAgain', 242, 'HANDSETPROGRAM', '')",
        "INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`) VALUES ('SetProgram', 'AUTOLAUNCHAPP AND NOT REMOVE', 6601)",
        "INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`) VALUES ('StartAgain', 'AUTOLAUNCHAPP AND NOT REMOVE', 6602)",
    ] {
        cmd!(sh, "faketime -f {time} msibuild {msi} -q {change}")
            .env("TZ", "UTC")
            .quiet()
            .run()?;
    }
    let (subject, author, template, id) = (
        "Works the call queues of Apollo.io sequences",
        "The Handset contributors",
        "x64;1033",
        format!("{{{package}}}"),
    );
    cmd!(
        sh,
        "faketime -f {time} msibuild {msi} -s {subject} {author} {template} {id}"
    )
    .env("TZ", "UTC")
    .quiet()
    .run()?;
    keys.sign_for_windows(release, &msi)
        .context("the MSI could not be signed")?;
    Ok(msi)
}

/// What the description of the MSI has places for, besides the version.
fn places(version: &str) -> [(&'static str, String); 5] {
    [
        ("PRODUCT_CODE", Release::id(&format!("product.{version}"))),
        ("UPGRADE_CODE", Release::id("upgrade")),
        ("COMPONENT_PROGRAM", Release::id("component.program")),
        ("COMPONENT_START_MENU", Release::id("component.start-menu")),
        ("COMPONENT_DESKTOP", Release::id("component.desktop")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of `InstallInitialize` and `InstallFinalize`, between which Windows runs deferred actions.
    const DEFERRED: std::ops::Range<u32> = 1501..6600;

    /// The value of an attribute, which stands on one line with its element.
    fn value<'line>(line: &'line str, attribute: &str) -> Option<&'line str> {
        let (_, rest) = line.split_once(&format!(" {attribute}=\""))?;
        rest.split('"').next()
    }

    /// Two builds of one commit had shown it: without a number wixl puts an action anywhere.
    #[test]
    fn every_deferred_action_has_a_number_at_which_windows_runs_it() {
        let description = include_str!("../../../src-tauri/packaging/windows/handset.wxs");
        let deferred: Vec<_> = description
            .lines()
            .filter(|line| value(line, "Execute") == Some("deferred"))
            .filter_map(|line| value(line, "Id"))
            .collect();
        assert!(!deferred.is_empty());
        for action in deferred {
            let mut lines = description.lines();
            let place = lines.find(|line| value(line, "Action") == Some(action));
            let number = place.and_then(|line| value(line, "Sequence")?.parse().ok());
            assert!(
                number.is_some_and(|number| DEFERRED.contains(&number)),
                "{action} stands at {number:?}"
            );
        }
    }

    /// The build before it takes long.
    #[test]
    fn every_place_of_the_description_is_filled_in_and_no_other_is_offered() {
        let description = include_str!("../../../src-tauri/packaging/windows/handset.wxs");
        let mut named: Vec<&str> = description.split('@').skip(1).step_by(2).collect();
        named.sort_unstable();
        named.dedup();
        let places = places("0.1.0");
        let mut offered: Vec<&str> = places.iter().map(|(name, _)| *name).collect();
        offered.push("VERSION");
        offered.sort_unstable();
        assert_eq!(named, offered);
    }
}
