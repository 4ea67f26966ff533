//! The proof that the installers do what IT counts on: they hold the standards of their systems, install, start,
//! upgrade and go away without a trace; a changed byte is found; a second build gives the same.
//!
//! Runs as root, in roots of its own, on Debian. Promises: nothing of the machine's own is installed or changed.
//! Must never: pass over a part because the machine lacks a program.

mod again;
mod debian;
mod rpm_root;
mod standards;
mod tampering;
mod windows;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use clap::ValueEnum;
use walkdir::WalkDir;

use crate::{
    build::Built,
    make,
    release::{Kind, Release},
    say,
    signing::Keys,
    verify,
};

/// One part of the proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// lintian, AppStream, the menu's entry
    Standards,
    /// Every signature is good, and a changed byte is found
    Tampering,
    /// The deb in a clean Debian
    Debian,
    /// The rpm in a root of its own
    Rpm,
    /// The MSI under Wine
    Windows,
    /// A second build, from another folder
    Again,
}

/// What the parts have at hand.
pub(crate) struct Proof {
    /// The release that is proved.
    pub(crate) release: Release,
    /// The version before it, for upgrades: the same files with a lower version.
    pub(crate) before: Release,
    pub(crate) keys: Keys,
    /// A folder for roots, copies and logs.
    pub(crate) folder: PathBuf,
}

pub(crate) fn prove(out: &Path, parts: &[Part], reuse: bool) -> Result<()> {
    let release = Release::of_this_checkout(&out.join("release"))?;
    let kinds = [Kind::Deb, Kind::Rpm, Kind::Msi];
    if !(reuse && release.out.join(crate::sums::FILE).exists()) {
        make(&release, &kinds, false)?;
    }
    let before = release.as_version("0.0.9", &out.join("before"))?;
    let proof = Proof {
        keys: Keys::from_environment(&release)?,
        folder: out.canonicalize()?,
        release,
        before,
    };
    proof.make_before()?;
    for part in Part::value_variants() {
        if !parts.is_empty() && !parts.contains(part) {
            continue;
        }
        match part {
            Part::Standards => standards::prove(&proof),
            Part::Tampering => tampering::prove(&proof),
            Part::Debian => debian::prove(&proof),
            Part::Rpm => rpm_root::prove(&proof),
            Part::Windows => windows::prove(&proof),
            Part::Again => again::prove(&proof),
        }
        .with_context(|| format!("{part:?}"))?;
        say(&format!("{part:?}: proved"))?;
    }
    Ok(())
}

impl Proof {
    /// The three installers with a lower version, of the programs that are built already.
    fn make_before(&self) -> Result<()> {
        let before = &self.before;
        before.empty_out()?;
        fs::copy(
            self.release.out.join(crate::inventory::NOTICES),
            before.out.join(crate::inventory::NOTICES),
        )?;
        let (linux, windows) = (Built::linux(before), Built::windows(before)?);
        let files = crate::linux_files::LinuxFiles::of(before, &linux);
        crate::deb::make(before, &files)?;
        crate::rpm::make(before, &files, &self.keys)?;
        crate::msi::make(before, &windows, &self.keys)?;
        crate::sums::write(before, &self.keys)
    }

    /// A folder of this name, empty.
    pub(crate) fn fresh(&self, name: &str) -> Result<PathBuf> {
        let folder = self.folder.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }
}

/// The only file of a release that ends so.
pub(crate) fn installer(release: &Release, ending: &str) -> Result<PathBuf> {
    fs::read_dir(&release.out)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|found| found == ending))
        .with_context(|| format!("there is no {ending}"))
}

/// The files below a folder, relative to it, without those below these.
pub(crate) fn files_below(folder: &Path, without: &[&str]) -> Result<BTreeSet<String>> {
    let mut files = BTreeSet::new();
    let mut walk = WalkDir::new(folder).into_iter();
    while let Some(entry) = walk.next() {
        let entry = entry?;
        let name = entry
            .path()
            .strip_prefix(folder)?
            .to_string_lossy()
            .into_owned();
        if without.contains(&name.as_str()) {
            walk.skip_current_dir();
            continue;
        }
        files.insert(name);
    }
    Ok(files)
}

/// Checks a whole release as IT would.
pub(crate) fn is_good(folder: &Path) -> Result<bool> {
    Ok(verify::verify(&[folder.to_owned()], None)?.is_good())
}

/// Fails unless the text holds this.
pub(crate) fn ensure_holds(text: &str, wanted: &str) -> Result<()> {
    ensure!(text.contains(wanted), "{wanted:?} is not in {text:?}");
    Ok(())
}
