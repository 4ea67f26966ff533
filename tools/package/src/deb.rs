//! The deb, made by Debian's own tools.
//!
//! Promises: the dependencies on libraries are those that `dpkg-shlibdeps` finds in the program; owners, times
//! and the order of files are the same in every run. Must never: have a script of a maintainer.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use walkdir::WalkDir;
use xshell::cmd;

use crate::{
    linux_files::{LinuxFiles, put, wrapped},
    release::{MAINTAINER, MAINTAINER_EMAIL, Release},
};

/// Debian's lines are shorter than 80 characters.
const DESCRIPTION_WIDTH: usize = 76;

/// Makes the deb and returns where it is.
pub(crate) fn make(release: &Release, files: &LinuxFiles<'_>) -> Result<PathBuf> {
    let folder = release.fresh("deb")?;
    let tree = folder.join("tree");
    files.stage(&tree, *b"DEB", &changelog(release))?;
    put(
        &tree.join("DEBIAN/control"),
        control(release, files, &tree, &folder)?.as_bytes(),
    )?;
    put(
        &tree.join("DEBIAN/md5sums"),
        md5sums(release, &tree)?.as_bytes(),
    )?;
    let deb = release
        .out
        .join(format!("handset_{}_amd64.deb", release.version));
    let sh = &release.sh;
    cmd!(
        sh,
        "dpkg-deb --root-owner-group -Zxz -z9 --build {tree} {deb}"
    )
    .env("SOURCE_DATE_EPOCH", release.epoch())
    .quiet()
    .ignore_stdout()
    .run()?;
    Ok(deb)
}

fn control(
    release: &Release,
    files: &LinuxFiles<'_>,
    tree: &Path,
    folder: &Path,
) -> Result<String> {
    let kilobytes: u64 = WalkDir::new(tree)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| entry.metadata().ok())
        .map(|data| data.len().div_ceil(1024))
        .sum();
    let description = wrapped(&files.description()?, DESCRIPTION_WIDTH).join("\n ");
    Ok(format!(
        "Package: handset\n\
         Version: {version}\n\
         Architecture: amd64\n\
         Maintainer: {MAINTAINER} <{MAINTAINER_EMAIL}>\n\
         Installed-Size: {kilobytes}\n\
         Depends: {libraries}, ca-certificates, xdg-utils\n\
         Recommends: gnome-keyring | org.freedesktop.secrets, pkexec\n\
         Section: comm\n\
         Priority: optional\n\
         Homepage: https://github.com/handset-app/handset\n\
         Description: works Apollo.io sequence call queues\n {description}\n",
        version = release.version,
        libraries = libraries(release, tree, folder)?,
    ))
}

/// The packages with the libraries that the program is linked to, in the versions it needs.
fn libraries(release: &Release, tree: &Path, folder: &Path) -> Result<String> {
    // Without a source package the tool looks for one.
    put(
        &folder.join("debian/control"),
        b"Source: handset\n\nPackage: handset\nArchitecture: amd64\n",
    )?;
    let sh = &release.sh;
    let program = tree.join("usr/bin/handset");
    let folder = sh.push_dir(folder);
    let found = cmd!(sh, "dpkg-shlibdeps -O -e{program}")
        .quiet()
        .ignore_stderr()
        .read()?;
    drop(folder);
    found
        .trim()
        .strip_prefix("shlibs:Depends=")
        .map(str::to_owned)
        .context("dpkg-shlibdeps has found no library")
}

fn md5sums(release: &Release, tree: &Path) -> Result<String> {
    let sh = &release.sh;
    let mut files: Vec<PathBuf> = WalkDir::new(tree.join("usr"))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| entry.path().strip_prefix(tree).map(Path::to_owned).ok())
        .collect();
    files.sort();
    let _tree = sh.push_dir(tree);
    let sums = cmd!(sh, "md5sum {files...}").quiet().read()?;
    Ok(format!("{sums}\n"))
}

/// Debian's form of it; the changes themselves are in the project's own.
fn changelog(release: &Release) -> String {
    format!(
        "handset ({version}) stable; urgency=medium\n\n  \
         * See https://github.com/handset-app/handset/blob/v{version}/CHANGELOG.md\n\n \
         -- {MAINTAINER} <{MAINTAINER_EMAIL}>  {date}\n",
        version = release.version,
        date = release.dated("%a, %d %b %Y %H:%M:%S +0000"),
    )
}
