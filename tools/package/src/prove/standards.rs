//! What the systems' own checkers say of the installers.

use std::fs;

use anyhow::{Context as _, Result};
use xshell::cmd;

use super::{Proof, ensure_holds, installer};

pub(super) fn prove(proof: &Proof) -> Result<()> {
    let sh = &proof.release.sh;
    let deb = installer(&proof.release, "deb")?;
    cmd!(
        sh,
        "lintian --fail-on error,warning --info --pedantic --allow-root {deb}"
    )
    .quiet()
    .run()
    .context("lintian")?;
    let tree = proof.release.work.join("deb/tree/usr/share");
    let (menu, description) = (
        tree.join("applications/handset.desktop"),
        tree.join("metainfo/app.handset.handset.metainfo.xml"),
    );
    cmd!(sh, "desktop-file-validate {menu}").quiet().run()?;
    cmd!(
        sh,
        "appstreamcli validate --no-net --pedantic {description}"
    )
    .quiet()
    .ignore_stdout()
    .run()?;
    ensure_holds(
        &fs::read_to_string(menu)?,
        "MimeType=x-scheme-handler/handset;",
    )?;

    let rpm = installer(&proof.release, "rpm")?;
    let needs = cmd!(sh, "rpm --query --package --requires {rpm}")
        .quiet()
        .read()?;
    for library in [
        "libwebkit2gtk-4.1.so.0",
        "libgtk-3.so.0",
        "libc.so.6",
        "xdg-utils",
        "ca-certificates",
    ] {
        ensure_holds(&needs, library)?;
    }
    Ok(())
}
