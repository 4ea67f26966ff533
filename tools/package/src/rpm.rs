//! The rpm, made by rpm's own tools.
//!
//! Promises: the dependencies on libraries are those that rpm finds in the program; the time and the host of the
//! build are none of this machine. Must never: have a script.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result};
use xshell::cmd;

use crate::{
    linux_files::{LinuxFiles, put, wrapped},
    release::Release,
    signing::Keys,
};

const DESCRIPTION_WIDTH: usize = 76;

/// Makes the rpm, signed, and returns where it is.
pub(crate) fn make(release: &Release, files: &LinuxFiles<'_>, keys: &Keys) -> Result<PathBuf> {
    let folder = release.fresh("rpm")?;
    let tree = folder.join("tree");
    files.stage(
        &tree,
        *b"RPM",
        &fs::read_to_string(release.root.join("CHANGELOG.md"))?,
    )?;
    let spec = folder.join("handset.spec");
    let places = [
        ("TREE", tree.to_str().context("a path that is no text")?),
        (
            "DESCRIPTION",
            &wrapped(&files.description()?, DESCRIPTION_WIDTH).join("\n"),
        ),
        ("CHANGELOG_DATE", &release.dated("%a %b %d %Y")),
    ];
    put(
        &spec,
        release.filled_in("linux/handset.spec", &places)?.as_bytes(),
    )?;
    let name = format!("handset-{}-1.x86_64.rpm", release.version);
    let (sh, top, out) = (&release.sh, &folder, &release.out);
    let defines = [
        format!("_topdir {}", top.display()),
        format!("_rpmdir {}", out.display()),
        format!("_build_name_fmt {name}"),
        "use_source_date_epoch_as_buildtime 1".to_owned(),
        "clamp_mtime_to_source_date_epoch 1".to_owned(),
        "_buildhost reproducible".to_owned(),
        "_binary_payload w9.xzdio".to_owned(),
        // Debian's rpm has other places for these than every distribution that installs an rpm.
        "_bindir /usr/bin".to_owned(),
        "_datadir /usr/share".to_owned(),
        "_mandir /usr/share/man".to_owned(),
        "_docdir /usr/share/doc".to_owned(),
        "_dbpath /nonexistent".to_owned(),
    ]
    .into_iter()
    .flat_map(|define| ["--define".to_owned(), define]);
    cmd!(
        sh,
        "rpmbuild -bb --quiet --target x86_64-linux {defines...} {spec}"
    )
    .env("SOURCE_DATE_EPOCH", release.epoch())
    .quiet()
    .run()?;
    let rpm = out.join(name);
    keys.sign_rpm(release, &rpm)?;
    Ok(rpm)
}
