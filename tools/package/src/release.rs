//! What a release is: its version, its commit, the time of that commit, and the names of its files.
//!
//! Promises: everything with a date in it is dated by the commit. Must never: read the clock.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use clap::ValueEnum;
use jiff::Timestamp;
use uuid::Uuid;
use xshell::{Shell, cmd};

/// What identifies Handset to the systems: the same in every release (`src-tauri/conf/release.json`).
pub(crate) const IDENTIFIER: &str = "app.handset";
/// Who stands behind a package. Package formats ask for an address.
pub(crate) const MAINTAINER: &str = "The Handset contributors";
pub(crate) const MAINTAINER_EMAIL: &str = "handset-app@users.noreply.github.com";

/// A kind of installer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Deb,
    Rpm,
    Msi,
}

/// One release, in the making.
pub(crate) struct Release {
    pub(crate) sh: Shell,
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Where installers go.
    pub(crate) out: PathBuf,
    /// Where everything goes that is not kept.
    pub(crate) work: PathBuf,
    pub(crate) version: String,
    pub(crate) commit: String,
    pub(crate) committed_at: Timestamp,
    /// Whether the checkout has changes that are in no commit.
    pub(crate) is_dirty: bool,
}

impl Release {
    pub(crate) fn of_this_checkout(out: &Path) -> Result<Self> {
        let sh = Shell::new()?;
        let root = PathBuf::from(cmd!(sh, "git rev-parse --show-toplevel").quiet().read()?);
        sh.change_dir(&root);
        let seconds = cmd!(sh, "git log -1 --format=%ct").quiet().read()?;
        let committed_at = Timestamp::from_second(seconds.trim().parse()?)?;
        let changes = cmd!(sh, "git status --porcelain --untracked-files=no")
            .quiet()
            .read()?;
        let work = root.join("target/package");
        fs::create_dir_all(&work)?;
        fs::create_dir_all(out).with_context(|| format!("{} cannot be made", out.display()))?;
        Ok(Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            commit: cmd!(sh, "git rev-parse HEAD").quiet().read()?,
            committed_at,
            is_dirty: !changes.is_empty(),
            out: out.canonicalize()?,
            work,
            root,
            sh,
        })
    }

    /// The same commit under another version, for upgrades.
    pub(crate) fn as_version(&self, version: &str, out: &Path) -> Result<Self> {
        fs::create_dir_all(out)?;
        let work = self.work.join(version);
        fs::create_dir_all(&work)?;
        Ok(Self {
            sh: self.sh.clone(),
            root: self.root.clone(),
            out: out.canonicalize()?,
            work,
            version: version.to_owned(),
            commit: self.commit.clone(),
            committed_at: self.committed_at,
            is_dirty: self.is_dirty,
        })
    }

    /// Removes what an earlier run has left in the folder, and refuses a folder with anything else in it.
    pub(crate) fn empty_out(&self) -> Result<()> {
        let is_empty = fs::read_dir(&self.out)?.next().is_none();
        // The first file and the last one that a run writes: one that failed leaves only the first.
        let was_ours = [crate::inventory::NOTICES, crate::sums::FILE]
            .iter()
            .any(|name| self.out.join(name).exists());
        ensure!(
            is_empty || was_ours,
            "{} holds other files; name an empty folder",
            self.out.display()
        );
        fs::remove_dir_all(&self.out)?;
        fs::create_dir_all(&self.out)?;
        Ok(())
    }

    /// `SOURCE_DATE_EPOCH`, by which tools date what they write (reproducible-builds.org).
    pub(crate) fn epoch(&self) -> String {
        self.committed_at.as_second().to_string()
    }

    /// The commit's time in a form of `strftime`, in UTC.
    pub(crate) fn dated(&self, format: &str) -> String {
        self.committed_at.strftime(format).to_string()
    }

    /// A template of `src-tauri/packaging` with its places filled in.
    pub(crate) fn filled_in(&self, template: &str, places: &[(&str, &str)]) -> Result<String> {
        let path = self.root.join("src-tauri/packaging").join(template);
        let mut text = fs::read_to_string(&path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        let date = self.dated("%Y-%m-%d");
        let own = [
            ("VERSION", self.version.as_str()),
            ("DATE", &date),
            ("EMAIL", MAINTAINER_EMAIL),
        ];
        for (name, value) in own.iter().chain(places) {
            text = text.replace(&format!("@{name}@"), value);
        }
        ensure!(
            !has_place(&text),
            "{template} has a place that nothing fills in"
        );
        Ok(text)
    }

    /// An id that is the same whenever it is made of the same: for what Windows knows by ids.
    pub(crate) fn id(what: &str) -> String {
        let name = format!("{what}.{IDENTIFIER}");
        let id = Uuid::new_v5(&Uuid::NAMESPACE_DNS, name.as_bytes());
        id.hyphenated().to_string().to_uppercase()
    }

    /// A folder for one purpose, empty.
    pub(crate) fn fresh(&self, name: &str) -> Result<PathBuf> {
        let folder = self.work.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }
}

/// Whether `@NAME@` stands somewhere in the text.
fn has_place(text: &str) -> bool {
    text.split('@').skip(1).any(|part| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte == b'_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_nothing_fills_in_is_noticed_and_an_address_is_none() {
        assert!(has_place("Version: @VERSION@\n"));
        assert!(has_place("a@b.example and @TREE@/."));
        assert!(!has_place("The contributors <handset@example.org>"));
        assert!(!has_place("nothing"));
    }

    #[test]
    fn windows_ids_never_change() {
        // Another upgrade code would install a second Handset beside the first.
        assert_eq!(
            Release::id("upgrade"),
            "A6042E9F-B57E-5797-A91C-6D8C7AD4895A"
        );
    }
}
