//! The check of installers that IT makes before it installs one: every hash and every signature, each by the
//! program that the target system trusts with it.
//!
//! Promises: a file that cannot be checked is bad, never passed over; a byte that was changed anywhere in a
//! release is found. Must never: take a key from the network, or from the files where another was given.

use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use minisign::{PublicKey, PublicKeyBox};
use xshell::{Shell, cmd};

use crate::{
    repository,
    signing::{
        self, AUTHENTICODE_ROOT, OPENPGP_KEY, PUBLIC_FOLDER, TEST_MARK, TIMESTAMP_ROOT, UPDATE_KEY,
    },
    sums::{self, Sums},
};

/// What was found.
#[derive(Debug)]
pub(crate) struct Report {
    lines: Vec<Line>,
    notes: Vec<String>,
}

#[derive(Debug)]
struct Line {
    file: String,
    /// What was checked, or why the file is bad.
    result: Result<Vec<&'static str>, String>,
}

impl Report {
    pub(crate) fn is_good(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|line| line.result.is_ok())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Line { file, result } in &self.lines {
            match result {
                Ok(checked) => writeln!(out, "good  {file}: {}", checked.join(", "))?,
                Err(reason) => writeln!(out, "BAD   {file}: {reason}")?,
            }
        }
        for note in &self.notes {
            writeln!(out, "{note}")?;
        }
        let bad = self
            .lines
            .iter()
            .filter(|line| line.result.is_err())
            .count();
        if self.is_good() {
            write!(
                out,
                "All {} files are as they were signed.",
                self.lines.len()
            )
        } else {
            write!(
                out,
                "{bad} of {} files are BAD. Install none of them.",
                self.lines.len()
            )
        }
    }
}

/// A folder with a list of hashes, whose signature was good.
pub(crate) struct Signed {
    folder: PathBuf,
    sums: Sums,
    keys: PathBuf,
    update: PublicKey,
}

/// Checks files, and folders with all that is in them.
pub(crate) fn verify(paths: &[PathBuf], keys: Option<&Path>) -> Result<Report> {
    let sh = Shell::new()?;
    let mut files: BTreeMap<PathBuf, Vec<String>> = BTreeMap::new();
    for path in paths {
        let path = path
            .canonicalize()
            .with_context(|| format!("{} is not there", path.display()))?;
        let folder = release_folder(&path)?;
        let names = files.entry(folder.clone()).or_default();
        if path.is_dir() {
            let within = path.strip_prefix(&folder)?;
            names.extend(
                all_files(&folder)?
                    .into_iter()
                    .filter(|name| Path::new(name).starts_with(within)),
            );
        } else {
            let name = path
                .strip_prefix(&folder)?
                .to_str()
                .context("a name that is no text")?;
            names.push(name.to_owned());
        }
    }
    let mut report = Report {
        lines: Vec::new(),
        notes: Vec::new(),
    };
    for (folder, mut names) in files {
        names.sort();
        names.dedup();
        let trusted = keys.map_or_else(|| folder.join(PUBLIC_FOLDER), Path::to_owned);
        match signed(&folder, &trusted) {
            Ok(signed) => {
                let checked = names.into_iter().map(|file| Line {
                    result: check(&sh, &signed, &file).map_err(|error| format!("{error:#}")),
                    file,
                });
                report.lines.extend(checked);
                // Whoever asks about everything should learn of what is missing, too.
                let whole = paths
                    .iter()
                    .any(|path| path.canonicalize().is_ok_and(|path| path == folder));
                if whole {
                    report.lines.extend(missing(&signed));
                }
            }
            Err(error) => report.lines.extend(names.into_iter().map(|file| Line {
                file,
                result: Err(format!("{error:#}")),
            })),
        }
        if trusted.join(TEST_MARK).exists() {
            report.notes.push(
                "The keys were made for a test: this proves that nothing was changed since, and nothing about who \
                 made it."
                    .to_owned(),
            );
        } else if keys.is_none() {
            report.notes.push(
                "The keys are those that lie beside the files. Whoever changes a file can change them too: give the \
                 keys that you trust by --keys."
                    .to_owned(),
            );
        }
    }
    Ok(report)
}

/// The nearest folder above with a list of hashes.
fn release_folder(path: &Path) -> Result<PathBuf> {
    path.ancestors()
        .find(|folder| folder.join(sums::FILE).is_file())
        .map(Path::to_owned)
        .with_context(|| {
            format!(
                "{} is not part of a release, since no {} is there: download the whole release",
                path.display(),
                sums::FILE
            )
        })
}

fn all_files(folder: &Path) -> Result<Vec<String>> {
    let mut names = sums::names(folder)?;
    for own in [sums::FILE, sums::SIGNATURE] {
        if folder.join(own).exists() {
            names.push(own.to_owned());
        }
    }
    Ok(names)
}

fn missing(signed: &Signed) -> Vec<Line> {
    let absent = |name: &&sums::Sum| !signed.folder.join(&name.name).exists();
    let files = signed.sums.files.iter().filter(absent);
    files
        .map(|sum| Line {
            file: sum.name.clone(),
            result: Err("it is listed and not there".to_owned()),
        })
        .collect()
}

/// Checks the list of hashes itself.
fn signed(folder: &Path, keys: &Path) -> Result<Signed> {
    let key = fs::read_to_string(keys.join(UPDATE_KEY))
        .with_context(|| format!("{} holds no {UPDATE_KEY}", keys.display()))?;
    let update = PublicKeyBox::from_string(&key)
        .and_then(PublicKeyBox::into_public_key)
        .map_err(|error| anyhow!("{UPDATE_KEY} is no key: {error}"))?;
    let signature = fs::read_to_string(folder.join(sums::SIGNATURE))
        .with_context(|| format!("{} is not there", sums::SIGNATURE))?;
    signing::check(&update, &signature, &folder.join(sums::FILE))
        .with_context(|| format!("the signature of {} is not good", sums::FILE))?;
    Ok(Signed {
        folder: folder.to_owned(),
        sums: sums::read(folder)?,
        keys: keys.to_owned(),
        update,
    })
}

/// The keys of a release and its list, whether or not its files are as listed.
pub(crate) fn trusted(folder: &Path) -> Result<Signed> {
    signed(folder, &folder.join(PUBLIC_FOLDER))
}

/// The signatures that an installer has by itself, each with what its check says.
pub(crate) fn own_signatures(
    signed: &Signed,
    path: &Path,
) -> Result<Vec<(&'static str, Result<()>)>> {
    let sh = Shell::new()?;
    let mut checks = Vec::new();
    let kind = path.extension().and_then(|extension| extension.to_str());
    if path.parent() == Some(&signed.folder) {
        checks.push(("the update signature", check_update(signed, path)));
    }
    match kind {
        Some("deb") => checks.push((
            "the apt repository",
            check_repository(&sh, signed, &sums::sha256(path)?),
        )),
        Some("rpm") => checks.push(("the OpenPGP signature", check_rpm(&sh, signed, path))),
        Some("msi") => checks.push((
            "the Authenticode signature",
            check_authenticode(&sh, signed, path),
        )),
        _ => {}
    }
    Ok(checks)
}

fn check(sh: &Shell, signed: &Signed, name: &str) -> Result<Vec<&'static str>> {
    if name == sums::FILE || name == sums::SIGNATURE {
        return Ok(vec!["signature"]);
    }
    let path = signed.folder.join(name);
    let listed = signed
        .sums
        .files
        .iter()
        .find(|sum| sum.name == name)
        .with_context(|| format!("it is not listed in {}", sums::FILE))?;
    ensure!(
        sums::sha256(&path)? == listed.sha256,
        "its hash is not the one that was signed"
    );
    let mut checked = vec!["hash"];
    let folder = path.parent().context("a file has a folder")?;
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("deb") => {
            if folder == signed.folder {
                check_update(signed, &path)?;
                checked.push("update signature");
            }
            check_repository(sh, signed, &listed.sha256)?;
            checked.push("apt repository's signature");
        }
        Some("rpm") => {
            check_update(signed, &path)?;
            check_rpm(sh, signed, &path)?;
            checked.extend(["update signature", "OpenPGP signature"]);
        }
        Some("msi" | "exe") => {
            check_update(signed, &path)?;
            check_authenticode(sh, signed, &path)?;
            checked.extend(["update signature", "Authenticode with time stamp"]);
        }
        _ if folder.ends_with(repository::DISTRIBUTION) => {
            check_list(sh, signed)?;
            checked.push("OpenPGP signature");
        }
        _ => {}
    }
    Ok(checked)
}

fn check_update(signed: &Signed, path: &Path) -> Result<()> {
    let mut signature = path.as_os_str().to_owned();
    signature.push(".sig");
    let text = fs::read_to_string(&signature).context("it has no signature for updates")?;
    let text = BASE64_STANDARD
        .decode(text)
        .context("its signature for updates is of another form")?;
    signing::check(&signed.update, &String::from_utf8(text)?, path)
        .context("its signature for updates is not good")
}

/// The deb by the index, the index by the list, the list by its signature: as apt does.
fn check_repository(sh: &Shell, signed: &Signed, sha256: &str) -> Result<()> {
    let release = check_list(sh, signed)?;
    let index = "main/binary-amd64/Packages";
    let path = signed
        .folder
        .join(repository::FOLDER)
        .join(repository::DISTRIBUTION)
        .join(index);
    let hash = sums::sha256(&path)?;
    ensure!(
        release.lines().any(|line| {
            let mut parts = line.split_whitespace();
            parts.next() == Some(hash.as_str()) && parts.nth(1) == Some(index)
        }),
        "the apt repository's index is not the one that was signed"
    );
    let listed = format!("SHA256: {sha256}");
    ensure!(
        fs::read_to_string(&path)?
            .lines()
            .any(|line| line == listed),
        "the apt repository lists another deb"
    );
    Ok(())
}

/// Checks the list of the apt repository in both of its forms, and answers with what was signed.
fn check_list(sh: &Shell, signed: &Signed) -> Result<String> {
    let home = signing::private_folder()?;
    let (keyring, key) = (
        home.path().join("keyring.gpg"),
        signed.keys.join(OPENPGP_KEY),
    );
    let path = home.path();
    cmd!(
        sh,
        "gpg --homedir {path} --batch --yes --output {keyring} --dearmor {key}"
    )
    .quiet()
    .ignore_stderr()
    .run()
    .context("openpgp.asc is no key")?;
    let folder = signed
        .folder
        .join(repository::FOLDER)
        .join(repository::DISTRIBUTION);
    let (inline, detached, list) = (
        folder.join("InRelease"),
        folder.join("Release.gpg"),
        folder.join("Release"),
    );
    cmd!(sh, "gpgv --keyring {keyring} {detached} {list}")
        .quiet()
        .ignore_stderr()
        .run()
        .context("the signature of the apt repository's list is not good")?;
    let text = cmd!(sh, "gpgv --keyring {keyring} --output - {inline}")
        .quiet()
        .ignore_stderr()
        .read()
        .context("the signature in the apt repository's InRelease is not good")?;
    ensure!(
        text.trim_end() == fs::read_to_string(&list)?.trim_end(),
        "Release and InRelease of the apt repository differ"
    );
    Ok(text)
}

fn check_rpm(sh: &Shell, signed: &Signed, path: &Path) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let database = format!("_dbpath {}", folder.path().display());
    let key = signed.keys.join(OPENPGP_KEY);
    cmd!(sh, "rpmkeys --define {database} --import {key}")
        .quiet()
        .run()?;
    let report = cmd!(sh, "rpmkeys --define {database} --checksig {path}")
        .quiet()
        .ignore_status()
        .read()?;
    // Without a signature it says "digests OK" and ends well.
    if report.trim_end().ends_with(": digests signatures OK") {
        return Ok(());
    }
    bail!(
        "its OpenPGP signature is not good: {}",
        report.rsplit(": ").next().unwrap_or_default()
    )
}

fn check_authenticode(sh: &Shell, signed: &Signed, path: &Path) -> Result<()> {
    let (root, stamp) = (
        signed.keys.join(AUTHENTICODE_ROOT),
        signed.keys.join(TIMESTAMP_ROOT),
    );
    let found = cmd!(
        sh,
        "osslsigncode verify -CAfile {root} -TSA-CAfile {stamp} -in {path}"
    )
    .quiet()
    .ignore_status()
    .ignore_stderr()
    .read()?;
    ensure!(
        found.lines().any(|line| line.trim() == "Succeeded")
            || found
                .lines()
                .any(|line| line.contains("Signature verification: ok")),
        "its Authenticode signature is not good"
    );
    ensure!(
        found.contains("Timestamp Server Signature verification: ok"),
        "its Authenticode signature has no good time stamp"
    );
    Ok(())
}
