//! Which kind of installer has brought a program: compiled into it by Tauri as unknown, and filled in when it is
//! packed. By that, an update is of the same kind.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, ensure};

/// In place of the kind (`tauri-utils`, `platform::bundle_type`).
const UNKNOWN: &[u8] = b"__TAURI_BUNDLE_TYPE_VAR_UNK";

/// Copies a program and fills in its kind, as Tauri abbreviates it: `DEB`, `RPM`, `MSI`.
pub fn fill_in(program: &Path, kind: [u8; 3], to: &Path) -> Result<()> {
    let mut bytes =
        fs::read(program).with_context(|| format!("{} cannot be read", program.display()))?;
    let places: Vec<usize> = bytes
        .windows(UNKNOWN.len())
        .enumerate()
        .filter(|(_, window)| *window == UNKNOWN)
        .map(|(place, _)| place)
        .collect();
    ensure!(
        !places.is_empty(),
        "the program does not hold the kind of its installer"
    );
    for place in places {
        let end = place + UNKNOWN.len();
        bytes[end - kind.len()..end].copy_from_slice(&kind);
    }
    fs::write(to, bytes)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_filled_in_and_a_program_without_one_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        fs::write(&from, [b"a", UNKNOWN, b"b", UNKNOWN].concat()).unwrap();
        fill_in(&from, *b"DEB", &to).unwrap();
        let filled_in = String::from_utf8(fs::read(&to).unwrap()).unwrap();
        assert_eq!(filled_in.matches("_VAR_DEB").count(), 2);
        assert!(!filled_in.contains("UNK"));
        fs::write(&from, b"nothing").unwrap();
        assert!(fill_in(&from, *b"DEB", &to).is_err());
    }
}
