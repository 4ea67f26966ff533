//! Writes or checks the TypeScript bindings: `cargo run -p commands --example bindings -- [--check] FOLDER`.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

fn main() -> io::Result<ExitCode> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = arguments
        .first()
        .is_some_and(|argument| argument == "--check");
    if check {
        arguments.remove(0);
    }
    let folder = PathBuf::from(arguments.first().map_or("ui/src/generated", String::as_str));
    if !check {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        commands::bindings::write(&folder)?;
        return Ok(ExitCode::SUCCESS);
    }
    let fresh = std::env::temp_dir().join(format!("handset-bindings-{}", std::process::id()));
    commands::bindings::write(&fresh)?;
    let (made, existing) = (read(&fresh)?, read(&folder)?);
    fs::remove_dir_all(&fresh)?;
    let mut names: Vec<_> = made.keys().chain(existing.keys()).collect();
    names.sort();
    names.dedup();
    let drifted: Vec<_> = names
        .into_iter()
        .filter(|name| made.get(*name) != existing.get(*name))
        .collect();
    if drifted.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    #[expect(clippy::print_stderr, reason = "a tool that speaks to a person")]
    for name in drifted {
        eprintln!("{name} differs from the Rust types; run `cargo xtask bindings`");
    }
    Ok(ExitCode::FAILURE)
}

fn read(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    if !folder.exists() {
        return Ok(files);
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            let name = entry.file_name().to_string_lossy().into_owned();
            files.insert(name, fs::read_to_string(entry.path())?);
        } else {
            for (name, text) in read(&entry.path())? {
                files.insert(
                    format!("{}/{name}", entry.file_name().to_string_lossy()),
                    text,
                );
            }
        }
    }
    Ok(files)
}
