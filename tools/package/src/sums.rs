//! The list of every file of a release with its SHA-256, and its signature: what binds the files together.
//!
//! Promises: can be read by `sha256sum --check`; names every file of the folder but itself and its signature.
//! Must never: be read leniently.

use std::{
    fmt::Write as _,
    fs::{self, File},
    io,
    path::Path,
};

use anyhow::{Context as _, Result, ensure};
use sha2::{Digest as _, Sha256};
use walkdir::WalkDir;

use crate::{linux_files::put, release::Release, signing::Keys};

pub(crate) const FILE: &str = "SHA256SUMS";
pub(crate) const SIGNATURE: &str = "SHA256SUMS.minisig";

/// One line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sum {
    /// Relative to the list, with `/` between folders.
    pub(crate) name: String,
    /// 64 hexadecimal digits, in lower case.
    pub(crate) sha256: String,
}

/// The list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sums {
    pub(crate) files: Vec<Sum>,
}

/// Lists what is in a release, and signs the list.
pub(crate) fn write(release: &Release, keys: &Keys) -> Result<()> {
    let mut lines = String::new();
    for name in names(&release.out)? {
        let sha256 = sha256(&release.out.join(&name))?;
        let _ = writeln!(lines, "{sha256}  {name}");
    }
    let list = release.out.join(FILE);
    put(&list, lines.as_bytes())?;
    let about = format!(
        "timestamp:{}\tfile:{FILE}\tversion:{}\tcommit:{}",
        release.epoch(),
        release.version,
        release.commit
    );
    let signature = keys.sign(&list, &about)?;
    put(&release.out.join(SIGNATURE), signature.as_bytes())
}

/// The files of a folder that the list has to name, in their order.
pub(crate) fn names(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            continue;
        }
        let name = entry.path().strip_prefix(folder)?;
        let name = name
            .to_str()
            .context("a name that is no text")?
            .replace('\\', "/");
        if name != FILE && name != SIGNATURE {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// The list of a folder.
pub(crate) fn read(folder: &Path) -> Result<Sums> {
    let text = fs::read_to_string(folder.join(FILE))
        .with_context(|| format!("{} holds no {FILE}", folder.display()))?;
    parse(&text)
}

fn parse(text: &str) -> Result<Sums> {
    let mut files = Vec::new();
    for line in text.lines() {
        let (sha256, name) = line
            .split_once("  ")
            .with_context(|| format!("{FILE} has a line of another form"))?;
        ensure!(
            sha256.len() == 64
                && sha256
                    .bytes()
                    .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')),
            "{FILE} has a hash of another form"
        );
        ensure!(
            !name.is_empty() && !name.starts_with('/') && !name.split('/').any(|part| part == ".."),
            "{FILE} names a file outside of its folder"
        );
        files.push(Sum {
            name: name.to_owned(),
            sha256: sha256.to_owned(),
        });
    }
    ensure!(!files.is_empty(), "{FILE} names no file");
    Ok(Sums { files })
}

/// The SHA-256 of a file, in lower case.
pub(crate) fn sha256(path: &Path) -> Result<String> {
    let mut file =
        File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut hash = Sha256::new();
    io::copy(&mut file, &mut hash)?;
    Ok(format!("{:x}", hash.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_strictly() {
        let hash = "0".repeat(64);
        assert_eq!(
            parse(&format!("{hash}  a/b.deb\n")).unwrap().files[0].name,
            "a/b.deb"
        );
        for bad in [
            String::new(),
            format!("{hash} a.deb\n"),
            format!("{}  a.deb\n", "0".repeat(63)),
            format!("{}  a.deb\n", "A".repeat(64)),
            format!("{hash}  ../a.deb\n"),
            format!("{hash}  /etc/passwd\n"),
            format!("{hash}  \n"),
        ] {
            assert!(parse(&bad).is_err(), "{bad:?}");
        }
    }
}
