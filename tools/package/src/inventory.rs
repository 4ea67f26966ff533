//! What a release is made of: a bill of materials for the Rust and for the pages of the windows (CycloneDX), the
//! notices of every library that is linked in, and where the release comes from (SLSA provenance).
//!
//! Promises: a library without a license text is named with its license. Must never: list what no installer holds.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use xshell::cmd;

use crate::{linux_files::put, release::Release, sums};

pub(crate) const NOTICES: &str = "THIRD-PARTY-NOTICES.txt";
const PROVENANCE: &str = "handset.provenance.json";
const LINE: &str =
    "--------------------------------------------------------------------------------";

/// The libraries of a release.
pub(crate) struct Inventory {
    /// Sorted by name and version.
    libraries: Vec<Library>,
}

struct Library {
    name: String,
    version: String,
    /// As SPDX writes it.
    license: String,
    home: Option<String>,
    /// The texts of the license and of the notices, as its authors ship them.
    texts: Vec<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    license_file: Option<PathBuf>,
    repository: Option<String>,
    manifest_path: PathBuf,
    source: Option<String>,
}

#[derive(Deserialize)]
struct Resolve {
    root: String,
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Deserialize)]
struct DependencyKind {
    kind: Option<String>,
}

impl Inventory {
    pub(crate) fn of(release: &Release) -> Result<Self> {
        let mut libraries = rust_libraries(release)?;
        libraries.extend(page_libraries(release)?);
        libraries.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
        libraries.dedup_by(|a, b| a.name == b.name && a.version == b.version);
        Ok(Self { libraries })
    }

    /// Writes the notices and the bills of materials.
    pub(crate) fn write(&self, release: &Release) -> Result<()> {
        put(&release.out.join(NOTICES), self.notices().as_bytes())?;
        put(
            &release.out.join("handset.rust.cdx.json"),
            rust_bill(release)?.as_bytes(),
        )?;
        put(
            &release.out.join("handset.pages.cdx.json"),
            page_bill(release)?.as_bytes(),
        )
    }

    /// Each text once, with the libraries it is of.
    fn notices(&self) -> String {
        let mut text = String::from(
            "Handset is linked with the libraries below. Their licenses and notices follow; a text that several\n\
             libraries share stands once.\n\n",
        );
        let mut by_text: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for library in &self.libraries {
            let name = format!("{} {}", library.name, library.version);
            let _ = write!(text, "{name} ({})", library.license);
            if let Some(home) = &library.home {
                let _ = write!(text, "  {home}");
            }
            text.push('\n');
            for found in &library.texts {
                by_text.entry(found).or_default().insert(name.clone());
            }
        }
        for (license, names) in by_text {
            let names: Vec<String> = names.into_iter().collect();
            let _ = write!(
                text,
                "\n{LINE}\n{}\n{LINE}\n\n{license}\n",
                names.join("\n")
            );
        }
        text
    }
}

/// Where the installers come from, in the form of SLSA (slsa.dev/provenance/v1).
pub(crate) fn write_provenance(release: &Release) -> Result<()> {
    let mut subjects = Vec::new();
    for name in sums::names(&release.out)? {
        let sha256 = sums::sha256(&release.out.join(&name))?;
        subjects.push(json!({ "name": name, "digest": { "sha256": sha256 } }));
    }
    let lock = |path: &str| -> Result<Value> {
        let sha256 = sums::sha256(&release.root.join(path))?;
        Ok(json!({ "uri": path, "digest": { "sha256": sha256 } }))
    };
    let statement = json!({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": subjects,
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": "https://github.com/handset-app/handset/blob/main/docs/guide-it.md#provenance",
                "externalParameters": {
                    "command": "cargo xtask package",
                    "version": release.version,
                    "has_uncommitted_changes": release.is_dirty,
                },
                "internalParameters": {
                    "rustc": cmd!(release.sh, "rustc --version").quiet().read()?,
                    "node": cmd!(release.sh, "node --version").quiet().read()?,
                },
                "resolvedDependencies": [
                    {
                        "uri": "git+https://github.com/handset-app/handset",
                        "digest": { "gitCommit": release.commit },
                    },
                    lock("Cargo.lock")?,
                    lock("ui/package-lock.json")?,
                ],
            },
            "runDetails": {
                "builder": { "id": "https://github.com/handset-app/handset/blob/main/tools/package" },
                "metadata": { "invocationId": release.commit },
            },
        },
    });
    let text = serde_json::to_string_pretty(&statement)? + "\n";
    put(&release.out.join(PROVENANCE), text.as_bytes())
}

/// The crates that are linked into the program on any of its systems: no tests, no build scripts.
fn rust_libraries(release: &Release) -> Result<Vec<Library>> {
    let text = cmd!(
        release.sh,
        "cargo metadata --locked --format-version 1 --filter-platform x86_64-unknown-linux-gnu --filter-platform x86_64-pc-windows-gnu"
    )
    .quiet()
    .read()?;
    let metadata: Metadata = serde_json::from_str(&text).context("cargo's metadata has changed")?;
    let nodes: BTreeMap<&str, &Node> = metadata
        .resolve
        .nodes
        .iter()
        .map(|node| (node.id.as_str(), node))
        .collect();
    let mut found = BTreeSet::new();
    let mut open = vec![metadata.resolve.root.as_str()];
    while let Some(id) = open.pop() {
        if !found.insert(id) {
            continue;
        }
        let node = nodes
            .get(id)
            .context("cargo's metadata names a package without a node")?;
        open.extend(
            node.deps
                .iter()
                .filter(|dependency| dependency.dep_kinds.iter().any(|kind| kind.kind.is_none()))
                .map(|dependency| dependency.pkg.as_str()),
        );
    }
    metadata
        .packages
        .iter()
        .filter(|package| found.contains(package.id.as_str()) && package.source.is_some())
        .map(|package| {
            let folder = package
                .manifest_path
                .parent()
                .context("a manifest has a folder")?;
            let mut texts = license_texts(folder)?;
            if let Some(named) = &package.license_file
                && texts.is_empty()
            {
                texts.push(fs::read_to_string(folder.join(named))?);
            }
            Ok(Library {
                name: package.name.clone(),
                version: package.version.clone(),
                license: package
                    .license
                    .clone()
                    .unwrap_or_else(|| "see its text".to_owned()),
                home: package.repository.clone(),
                texts,
            })
        })
        .collect()
}

/// The packages that the pages of the windows are bundled from.
fn page_libraries(release: &Release) -> Result<Vec<Library>> {
    let ui = release.root.join("ui");
    let text = fs::read_to_string(ui.join("package-lock.json"))?;
    let lock: Value = serde_json::from_str(&text)?;
    let packages = lock["packages"]
        .as_object()
        .context("package-lock.json lists no packages")?;
    let mut libraries = Vec::new();
    for (place, package) in packages {
        if place.is_empty() || package["dev"] == true || package["optional"] == true {
            continue;
        }
        let folder = ui.join(place);
        ensure!(folder.is_dir(), "{place} is not installed in ui");
        let manifest: Value =
            serde_json::from_str(&fs::read_to_string(folder.join("package.json"))?)?;
        let field = |name: &str| manifest[name].as_str().map(str::to_owned);
        libraries.push(Library {
            name: field("name").context("a package without a name")?,
            version: field("version").context("a package without a version")?,
            license: field("license").unwrap_or_else(|| "see its text".to_owned()),
            home: field("homepage"),
            texts: license_texts(&folder)?,
        });
    }
    Ok(libraries)
}

/// The license and notice files of a library, in the order of their names.
fn license_texts(folder: &Path) -> Result<Vec<String>> {
    let mut names: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            let name = name.to_ascii_uppercase();
            let starts = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"];
            path.is_file() && starts.iter().any(|start| name.starts_with(start))
        })
        .collect();
    names.sort();
    let texts = names.iter().map(|path| {
        let bytes = fs::read(path)?;
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        Ok(text.trim().to_owned())
    });
    texts.collect()
}

/// Made by cargo-cyclonedx in a copy, since it writes beside each manifest.
fn rust_bill(release: &Release) -> Result<String> {
    let copy = release.fresh("sources")?;
    let sh = &release.sh;
    let archive = release.work.join("sources.tar");
    cmd!(sh, "git archive --format tar --output {archive} HEAD")
        .quiet()
        .run()?;
    cmd!(sh, "tar --extract --file {archive} --directory {copy}")
        .quiet()
        .run()?;
    fs::remove_file(archive)?;
    let in_copy = sh.push_dir(&copy);
    cmd!(sh, "cargo cyclonedx --quiet --format json --spec-version 1.5 --all-features --target x86_64-unknown-linux-gnu --override-filename handset")
        .env("SOURCE_DATE_EPOCH", release.epoch())
        .quiet()
        .run()?;
    drop(in_copy);
    let text = fs::read_to_string(copy.join("handset.json"))?;
    let mut bill: Value = serde_json::from_str(&text)?;
    without_chance(&mut bill, release)?;
    let text =
        serde_json::to_string_pretty(&bill)?.replace(&copy.display().to_string(), "/handset");
    Ok(text + "\n")
}

/// Made by npm itself.
fn page_bill(release: &Release) -> Result<String> {
    let ui = release.root.join("ui");
    let text = cmd!(
        release.sh,
        "npm --prefix {ui} sbom --sbom-format cyclonedx --sbom-type application --omit dev --package-lock-only"
    )
    .quiet()
    .read()?;
    let mut bill: Value = serde_json::from_str(&text)?;
    without_chance(&mut bill, release)?;
    Ok(serde_json::to_string_pretty(&bill)? + "\n")
}

/// A serial number is drawn and a time is read where a bill is made; both come from the commit instead.
fn without_chance(bill: &mut Value, release: &Release) -> Result<()> {
    let fields = bill
        .as_object_mut()
        .context("a bill of materials is an object")?;
    let serial = Release::id(&format!("bill.{}.{}", release.commit, fields.len())).to_lowercase();
    fields.insert(
        "serialNumber".to_owned(),
        json!(format!("urn:uuid:{serial}")),
    );
    if let Some(metadata) = fields.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.insert(
            "timestamp".to_owned(),
            json!(release.dated("%Y-%m-%dT%H:%M:%SZ")),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library(name: &str, text: &str) -> Library {
        Library {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            license: "MIT".to_owned(),
            home: None,
            texts: vec![text.to_owned()],
        }
    }

    #[test]
    fn a_text_that_two_libraries_share_stands_once_with_both_names() {
        let inventory = Inventory {
            libraries: vec![library("one", "Shared text"), library("two", "Shared text")],
        };
        let notices = inventory.notices();
        assert_eq!(notices.matches("Shared text").count(), 1);
        assert!(notices.contains("one 1.0.0\ntwo 1.0.0\n"));
    }
}
