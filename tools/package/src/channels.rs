//! The lists that the updater of an installed Handset reads: one for each channel, with the newest release.
//!
//! Promises: a release of the beta channel is never offered to the stable one. Must never: be trusted by anybody:
//! the lists are not signed, and the updater takes only an installer that is signed for the version they name.
//! Form: https://v2.tauri.app/plugin/updater/#static-json-file

use std::{collections::BTreeMap, env, fs};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::{linux_files::put, release::Release};

const STABLE: &str = "stable.json";
const BETA: &str = "beta.json";
/// Every list.
pub(crate) const FILES: [&str; 2] = [STABLE, BETA];
/// Where the installers of a release will be, if they are not with Handset's own releases.
const DOWNLOADS_VARIABLE: &str = "HANDSET_DOWNLOADS";
/// The name under which the updater looks for the installer of its kind, by how a file ends.
const TARGETS: [(&str, &str); 3] = [
    ("deb", "linux-x86_64-deb"),
    ("rpm", "linux-x86_64-rpm"),
    ("msi", "windows-x86_64-msi"),
];

/// Writes the list of each channel that this release belongs to.
pub(crate) fn write(release: &Release) -> Result<()> {
    let mut platforms = BTreeMap::new();
    for entry in fs::read_dir(&release.out)? {
        let name = entry?.file_name();
        let name = name.to_str().context("a name that is no text")?;
        let kind = name.rsplit('.').next().unwrap_or_default();
        let Some((_, target)) = TARGETS.iter().find(|(ending, _)| *ending == kind) else {
            continue;
        };
        let signature = fs::read_to_string(release.out.join(format!("{name}.sig")))?;
        let url = format!("{}/{name}", downloads(release).trim_end_matches('/'));
        platforms.insert(*target, json!({ "url": url, "signature": signature }));
    }
    let list = json!({
        "version": release.version,
        "pub_date": release.dated("%Y-%m-%dT%H:%M:%SZ"),
        "platforms": platforms,
    });
    for name in channels(&release.version) {
        put(&release.out.join(name), text(&list)?.as_bytes())?;
    }
    Ok(())
}

fn text(list: &Value) -> Result<String> {
    Ok(format!("{}\n", serde_json::to_string_pretty(list)?))
}

/// A version such as `0.2.0-beta.1` is for the beta channel alone; any other is for both.
fn channels(version: &str) -> &'static [&'static str] {
    if version.contains('-') {
        &[BETA]
    } else {
        &[STABLE, BETA]
    }
}

fn downloads(release: &Release) -> String {
    env::var(DOWNLOADS_VARIABLE).unwrap_or_else(|_| {
        format!(
            "https://github.com/handset-app/handset/releases/download/v{}",
            release.version
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beta_is_for_the_beta_channel_alone() {
        assert_eq!(channels("0.2.0-beta.1"), [BETA]);
        assert_eq!(channels("0.2.0"), [STABLE, BETA]);
    }
}
