//! A second build of the same commit, in another folder, gives the same bytes.
//!
//! Signatures hold a time and random numbers, so they are taken off before files are compared.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};
use xshell::{Shell, cmd};

use super::{Proof, files_below};
use crate::sums;

pub(super) fn prove(proof: &Proof) -> Result<()> {
    let sh = &proof.release.sh;
    let (root, commit) = (&proof.release.root, &proof.release.commit);
    let copy = proof.fresh("another-folder-with-a-longer-name")?;
    cmd!(sh, "git clone --quiet --no-hardlinks {root} {copy}")
        .quiet()
        .run()?;
    let in_copy = sh.push_dir(&copy);
    cmd!(sh, "git checkout --quiet {commit}").quiet().run()?;
    cmd!(sh, "npm --prefix ui ci --no-audit --no-fund")
        .quiet()
        .ignore_stdout()
        .run()?;
    // The key for updates is part of the program.
    let keys = Path::new("target/package/test-keys");
    if proof.keys.is_test {
        fs::create_dir_all(copy.join(keys))?;
        for entry in fs::read_dir(root.join(keys))? {
            let entry = entry?;
            fs::copy(entry.path(), copy.join(keys).join(entry.file_name()))?;
        }
    }
    let out = copy.join("target/package/out");
    cmd!(
        sh,
        "cargo run --quiet --locked --package package -- package --out {out}"
    )
    .quiet()
    .ignore_stdout()
    .run()?;
    drop(in_copy);
    let mut different = Vec::new();
    let first = unsigned(sh, &proof.release.out, &proof.fresh("first-unsigned")?)?;
    let second = unsigned(sh, &out, &proof.fresh("second-unsigned")?)?;
    for name in files_below(&first, &[])?.union(&files_below(&second, &[])?) {
        let read = |folder: &Path| fs::read(folder.join(name)).unwrap_or_default();
        if first.join(name).is_file() && read(&first) != read(&second) {
            different.push(name.clone());
        }
    }
    ensure!(
        different.is_empty(),
        "a second build differs in {different:?}"
    );
    Ok(())
}

/// The content of a release without any signature.
fn unsigned(sh: &Shell, release: &Path, to: &Path) -> Result<PathBuf> {
    for name in sums::names(release)? {
        let from = release.join(&name);
        let file_name = name.replace('/', "_");
        let target = to.join(&file_name);
        let is = |ending: &str| name.ends_with(ending);
        if is(".sig")
            || is("InRelease")
            || is("Release.gpg")
            || is(".provenance.json")
            || crate::channels::FILES.contains(&name.as_str())
            || name.starts_with("keys/")
        {
            continue;
        }
        if is(".rpm") {
            fs::copy(&from, &target)?;
            cmd!(sh, "rpmsign --delsign {target}")
                .quiet()
                .ignore_stdout()
                .run()?;
        } else if is(".msi") {
            let folder = to.join("msi");
            // It writes icons where it stands.
            let in_folder = sh.push_dir(to);
            cmd!(sh, "msiextract --directory {folder} {from}")
                .quiet()
                .ignore_stdout()
                .run()?;
            drop(in_folder);
            let found: Vec<String> = files_below(&folder, &[])?.into_iter().collect();
            for program in found.iter().filter(|name| name.ends_with("handset.exe")) {
                let (signed, bare) = (folder.join(program), to.join("handset.exe"));
                cmd!(sh, "osslsigncode remove-signature -in {signed} -out {bare}")
                    .quiet()
                    .ignore_stdout()
                    .run()?;
                fs::remove_file(signed)?;
            }
            for table in cmd!(sh, "msiinfo tables {from}").quiet().read()?.lines() {
                // The size and the hash of the signed program, and of the cabinet with it.
                if matches!(
                    table,
                    "File" | "MsiFileHash" | "_Streams" | "MsiDigitalSignature"
                ) {
                    continue;
                }
                let text = cmd!(sh, "msiinfo export {from} {table}")
                    .quiet()
                    .ignore_stderr()
                    .read()?;
                fs::write(to.join(format!("msi-{table}")), text)?;
            }
        } else {
            fs::copy(&from, &target)?;
        }
    }
    Ok(to.to_owned())
}
