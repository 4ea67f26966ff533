//! What is installed on Linux: the same files by deb and by rpm.
//!
//! Promises: files belong into the places of the Filesystem Hierarchy Standard; a package writes nothing outside
//! `/usr`. Must never: run anything at installation or removal.

use std::{
    fs,
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use flate2::{Compression, GzBuilder};

use crate::release::Release;
use package::installer_kind;

/// Pixels, and the file of `icons` that has so many.
const ICONS: [(u32, &str); 4] = [
    (32, "32x32.png"),
    (128, "128x128.png"),
    (256, "128x128@2x.png"),
    (512, "icon.png"),
];

/// Everything but the program itself, which differs by the kind of installer.
pub(crate) struct LinuxFiles<'release> {
    release: &'release Release,
    program: PathBuf,
}

impl<'release> LinuxFiles<'release> {
    pub(crate) fn of(release: &'release Release, program: &Path) -> Self {
        Self {
            release,
            program: program.to_owned(),
        }
    }

    /// Lays everything out below a folder, for one kind of installer.
    pub(crate) fn stage(&self, tree: &Path, kind: [u8; 3], changelog: &str) -> Result<()> {
        let release = self.release;
        let program = tree.join("usr/bin/handset");
        make_parent(&program)?;
        installer_kind::fill_in(&self.program, kind, &program)?;
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;

        let share = tree.join("usr/share");
        let text = |to: &str, text: &str| put(&share.join(to), text.as_bytes());
        text(
            "applications/handset.desktop",
            &release.filled_in("linux/handset.desktop", &[])?,
        )?;
        text(
            "metainfo/app.handset.handset.metainfo.xml",
            &release.filled_in("linux/app.handset.handset.metainfo.xml", &[])?,
        )?;
        for (pixels, file) in ICONS {
            let bytes = fs::read(release.root.join("icons").join(file))?;
            let to = format!("icons/hicolor/{pixels}x{pixels}/apps/handset.png");
            put(&share.join(to), &bytes)?;
        }
        put(
            &share.join("icons/hicolor/scalable/apps/handset.svg"),
            &fs::read(release.root.join("icons/icon.svg"))?,
        )?;
        let packed = |to: &str, text: &str| put(&share.join(to), &gzip(text.as_bytes())?);
        packed(
            "man/man1/handset.1.gz",
            &release.filled_in("linux/handset.1", &[])?,
        )?;
        packed("doc/handset/changelog.gz", changelog)?;
        packed(
            "doc/handset/THIRD-PARTY-NOTICES.gz",
            &fs::read_to_string(release.out.join(crate::inventory::NOTICES))?,
        )?;
        text("doc/handset/copyright", &self.copyright()?)
    }

    /// In Debian's machine-readable form, with the text of the license in it.
    fn copyright(&self) -> Result<String> {
        let license = fs::read_to_string(self.release.root.join("LICENSE-MIT"))?;
        let indented: Vec<String> = license
            .trim()
            .lines()
            .map(|line| match line.trim_end() {
                "" => " .".to_owned(),
                line => format!(" {line}"),
            })
            .collect();
        self.release
            .filled_in("linux/copyright", &[("MIT", &indented.join("\n"))])
    }

    /// What a person reads about Handset before installing it: one paragraph.
    pub(crate) fn description(&self) -> Result<String> {
        let path = self.release.root.join("tauri.conf.json");
        let config: serde_json::Value = serde_json::from_str(&fs::read_to_string(path)?)?;
        let text = config.pointer("/bundle/longDescription");
        let text = text.and_then(serde_json::Value::as_str);
        Ok(text
            .context("tauri.conf.json describes nothing")?
            .to_owned())
    }
}

/// Lines of at most so many characters.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn make_parent(path: &Path) -> Result<()> {
    fs::create_dir_all(path.parent().context("a file has a folder")?)?;
    Ok(())
}

/// A file that everybody may read.
pub(crate) fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    make_parent(path)?;
    fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))?;
    Ok(())
}

/// Packed as tightly as it goes, without a name or a time.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = GzBuilder::new()
        .mtime(0)
        .write(Vec::new(), Compression::best());
    packed.write_all(bytes)?;
    Ok(packed.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_wrapped_between_words_and_loses_none() {
        let text = "one two three fourteen five";
        let lines = wrapped(text, 9);
        assert_eq!(lines, ["one two", "three", "fourteen", "five"]);
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn what_is_packed_twice_is_the_same() {
        assert_eq!(gzip(b"text").unwrap(), gzip(b"text").unwrap());
    }
}
