//! A release with one byte changed, anywhere, is not good; nor is one with a file too many or too few.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};

use super::{Proof, is_good};
use crate::{sums, verify};

/// Places in each file, from its start to its end.
const PLACES: u64 = 12;

pub(super) fn prove(proof: &Proof) -> Result<()> {
    let release = &proof.release;
    ensure!(
        is_good(&release.out)?,
        "the release as it was made is not good"
    );
    let copy = proof.fresh("tampered")?;
    copy_all(&release.out, &copy)?;
    ensure!(is_good(&copy)?, "a copy of the release is not good");
    let mut names = sums::names(&copy)?;
    names.extend([sums::FILE.to_owned(), sums::SIGNATURE.to_owned()]);
    for name in &names {
        let path = copy.join(name);
        let whole = fs::read(&path)?;
        let length = whole.len() as u64;
        let ends_of_formats = ["deb", "rpm", "msi"];
        let is_installer = ends_of_formats
            .iter()
            .any(|end| name.ends_with(&format!(".{end}")));
        // Hashing an installer twelve times takes its time; a small file is cheap.
        for place in 0..PLACES.min(length) {
            let place = if PLACES >= length {
                place
            } else {
                place * (length - 1) / (PLACES - 1)
            };
            let mut changed = whole.clone();
            changed[usize::try_from(place)?] ^= 1;
            fs::write(&path, &changed)?;
            ensure!(
                !verify::verify(std::slice::from_ref(&path), None)?.is_good(),
                "{name}: a change of byte {place} was not noticed"
            );
            // Without the list of hashes, too: who has one file only.
            if is_installer && place > 0 && place < length - 1 {
                own_signature_notices(&copy, name, &path, place)?;
            }
        }
        fs::write(&path, &whole)?;
    }
    ensure!(is_good(&copy)?, "the copy as it was is not good");

    fs::write(copy.join("extra.deb"), "one more")?;
    ensure!(!is_good(&copy)?, "a file too many was not noticed");
    fs::remove_file(copy.join("extra.deb"))?;
    let first = copy.join(&names[0]);
    fs::rename(&first, first.with_extension("away"))?;
    ensure!(!is_good(&copy)?, "a file too few was not noticed");
    fs::remove_dir_all(copy)?;
    Ok(())
}

/// Each format by its own signature, as its system checks it.
fn own_signature_notices(folder: &Path, name: &str, path: &Path, place: u64) -> Result<()> {
    let signed = verify::trusted(folder)?;
    let checks = verify::own_signatures(&signed, path)?;
    for (what, result) in checks {
        ensure!(
            result.is_err(),
            "{name}: a change of byte {place} was not noticed by {what}"
        );
    }
    Ok(())
}

fn copy_all(from: &Path, to: &Path) -> Result<()> {
    for name in sums::names(from)?
        .into_iter()
        .chain([sums::FILE.to_owned(), sums::SIGNATURE.to_owned()])
    {
        let target: PathBuf = to.join(&name);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(from.join(&name), target)?;
    }
    Ok(())
}
