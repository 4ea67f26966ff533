//! The rpm in a root of its own: installed, upgraded, checked by rpm, removed without a trace. What it depends on
//! comes from a distribution with rpm, which this is not: so dependencies are looked at (`standards`) and not
//! resolved.

use anyhow::{Result, ensure};
use xshell::cmd;

use super::{Proof, ensure_holds, files_below, installer};
use crate::signing::{OPENPGP_KEY, PUBLIC_FOLDER};

/// Where rpm keeps its own books.
const BOOKS: &[&str] = &["var/lib/rpm"];

pub(super) fn prove(proof: &Proof) -> Result<()> {
    let sh = &proof.release.sh;
    let root = proof.fresh("rpm-root")?;
    let (old, new) = (
        installer(&proof.before, "rpm")?,
        installer(&proof.release, "rpm")?,
    );
    let place = [
        "--root".to_owned(),
        root.display().to_string(),
        "--dbpath".to_owned(),
        "/var/lib/rpm".to_owned(),
    ];
    let place = &place;
    let rpm = |arguments: &[&str]| {
        cmd!(sh, "rpm {place...} {arguments...}")
            .quiet()
            .ignore_stderr()
            .read()
    };
    rpm(&["--initdb"])?;
    let key = proof.release.out.join(PUBLIC_FOLDER).join(OPENPGP_KEY);
    cmd!(sh, "rpmkeys {place...} --import {key}")
        .quiet()
        .run()?;
    let before = files_below(&root, BOOKS)?;

    let (old, new) = (old.display().to_string(), new.display().to_string());
    rpm(&["--install", "--nodeps", &old])?;
    ensure_holds(&rpm(&["--query", "handset"])?, "handset-0.0.9-1")?;
    rpm(&["--upgrade", "--nodeps", &new])?;
    let installed = rpm(&["--query", "handset"])?;
    ensure_holds(&installed, &format!("handset-{}-1", proof.release.version))?;
    ensure!(
        installed.lines().count() == 1,
        "two versions are installed: {installed}"
    );
    ensure!(
        rpm(&["--verify", "--nodeps", "handset"])?.is_empty(),
        "rpm finds what it installed changed"
    );
    ensure!(
        root.join("usr/bin/handset").is_file(),
        "there is no program"
    );
    ensure!(
        rpm(&["--upgrade", "--nodeps", &old]).is_err(),
        "an older version was installed over a newer one"
    );
    rpm(&["--erase", "handset"])?;
    let after = files_below(&root, BOOKS)?;
    let left: Vec<_> = after
        .difference(&before)
        .filter(|name| name.contains("handset"))
        .collect();
    ensure!(left.is_empty(), "removal leaves {left:?}");
    Ok(())
}
