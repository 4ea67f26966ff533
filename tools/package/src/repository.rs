//! What apt reads: the index of the deb, and the signed file that vouches for the index.
//!
//! Promises: whoever trusts the key gets the deb that was signed, or none. Must never: date anything by the
//! clock, but for the signature.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};
use xshell::cmd;

use crate::{
    linux_files::{gzip, put},
    release::Release,
    signing::Keys,
};

/// The folder that is served as an apt repository.
pub(crate) const FOLDER: &str = "apt";
pub(crate) const DISTRIBUTION: &str = "dists/stable";

/// Makes a repository with one deb.
pub(crate) fn make(release: &Release, deb: &Path, keys: &Keys) -> Result<()> {
    let root = release.out.join(FOLDER);
    let name = deb.file_name().context("a deb has a name")?;
    let pool = root.join("pool/main/h/handset");
    fs::create_dir_all(&pool)?;
    fs::copy(deb, pool.join(name))?;
    let sh = &release.sh;
    let in_root = sh.push_dir(&root);
    let index = cmd!(sh, "apt-ftparchive packages pool").quiet().read()? + "\n";
    let binary = root.join(DISTRIBUTION).join("main/binary-amd64");
    put(&binary.join("Packages"), index.as_bytes())?;
    put(&binary.join("Packages.gz"), &gzip(index.as_bytes())?)?;
    let options = [
        "Origin=Handset",
        "Label=Handset",
        "Suite=stable",
        "Codename=stable",
        "Architectures=amd64",
        "Components=main",
        "Description=Handset for Debian and Ubuntu",
    ]
    .into_iter()
    .flat_map(|option| {
        [
            "-o".to_owned(),
            format!("APT::FTPArchive::Release::{option}"),
        ]
    });
    let listed = cmd!(sh, "apt-ftparchive {options...} release {DISTRIBUTION}")
        .quiet()
        .read()?;
    drop(in_root);
    let dated: Vec<String> = listed
        .lines()
        .map(|line| {
            if line.starts_with("Date: ") {
                format!("Date: {}", release.dated("%a, %d %b %Y %H:%M:%S +0000"))
            } else {
                line.to_owned()
            }
        })
        .collect();
    let text = dated.join("\n") + "\n";
    let listed = root.join(DISTRIBUTION).join("Release");
    put(&listed, text.as_bytes())?;
    keys.sign_list(release, &listed)
}
