//! Makes the list of commands that the ACL knows from the one table, and lets the app be compiled
//! before its UI was built.

use std::{fs, path::Path};

#[path = "crates/commands/src/table.rs"]
#[macro_use]
mod table;

macro_rules! names {
    ($($name:ident($arguments:ident) -> $answer:ty [$($window:ident),*] changes [$($tag:ident),*];)*) => {
        /// Without this list Tauri would let every window call every command of the app.
        const COMMANDS: &[&str] = &[$(stringify!($name)),*];
    };
}
for_each_command!(names);

const UI: &str = "ui/dist";
const PLACEHOLDER: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
    <title>Handset</title><h1>The screens of Handset were not built</h1>\
    <p>Build them with <code>cargo xtask run</code>.</p></html>\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let page = Path::new(UI).join("index.html");
    if !page.exists() {
        fs::create_dir_all(UI)?;
        fs::write(&page, PLACEHOLDER)?;
    }
    // The pages are embedded, so a new build of the UI is a new build of the app.
    for input in [
        UI,
        "src-tauri/build.rs",
        "src-tauri/capabilities",
        "src-tauri/crates/commands/src/table.rs",
    ] {
        println!("cargo:rerun-if-changed={input}");
    }
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    tauri_build::try_build(attributes)?;
    Ok(())
}
