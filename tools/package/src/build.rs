//! Compiling the program, so that the same commit gives the same bytes on any machine.
//!
//! Promises: no path of this machine is in a program. Must never: build from another lock file.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use walkdir::WalkDir;
use xshell::cmd;

use crate::release::Release;

const WINDOWS_TARGET: &str = "x86_64-pc-windows-gnu";
/// Debian's own compiler, which brings the sources of the standard library: rustup has nothing for Windows on
/// a machine that cannot reach it.
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_CARGO_PACKAGE: &str = "/usr/lib/cargo-web/bin/cargo";
/// In place of the unknown kind of installer that Tauri compiles into a program (`tauri-utils`,
/// `platform::bundle_type`).
const UNKNOWN_KIND: &[u8] = b"__TAURI_BUNDLE_TYPE_VAR_UNK";

/// The program for Windows, and what has to lie beside it.
pub(crate) struct WindowsProgram {
    pub(crate) program: PathBuf,
    /// What finds the WebView2 runtime.
    pub(crate) loader: PathBuf,
}

/// Builds the windows' pages and the program for Linux.
pub(crate) fn linux(release: &Release) -> Result<PathBuf> {
    pages(release)?;
    let sh = &release.sh;
    let target = release.work.join("linux");
    cmd!(
        sh,
        "cargo build --release --locked --package handset --target-dir {target}"
    )
    .env("SOURCE_DATE_EPOCH", release.epoch())
    .env("TAURI_CONFIG", release_config(release)?)
    .env("RUSTFLAGS", remapped(release, &[])?)
    .run()?;
    Ok(target.join("release/handset"))
}

/// Builds the windows' pages and the program for Windows, on Linux.
pub(crate) fn windows(release: &Release) -> Result<WindowsProgram> {
    pages(release)?;
    ensure!(
        Path::new(DEBIAN_RUSTC).exists(),
        "Debian's compiler is not there (packages rustc-web, cargo-web, rust-web-src)"
    );
    let cargo = [DEBIAN_CARGO_PACKAGE, DEBIAN_CARGO]
        .into_iter()
        .find(|path| Path::new(path).exists())
        .context("Debian's cargo is not there (package cargo-web)")?;
    let sh = &release.sh;
    let target = release.work.join("windows");
    cmd!(
        sh,
        "{cargo} build --release --locked --package handset --target {WINDOWS_TARGET} --target-dir {target} -Zbuild-std=std,panic_unwind"
    )
    .env("RUSTC", DEBIAN_RUSTC)
    .env("RUSTC_BOOTSTRAP", "1")
    .env("SOURCE_DATE_EPOCH", release.epoch())
    .env("TAURI_CONFIG", release_config(release)?)
    .env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER", "x86_64-w64-mingw32-gcc")
    // The time of linking is not written into the header.
    .env("RUSTFLAGS", remapped(release, &["-Clink-arg=-Wl,--no-insert-timestamp"])?)
    .env_remove("RUSTUP_TOOLCHAIN")
    .run()?;
    let folder = target.join(WINDOWS_TARGET).join("release");
    Ok(WindowsProgram {
        program: folder.join("handset.exe"),
        loader: loader(&folder)?,
    })
}

/// The same program, told which kind of installer brings it: by that, an update is of the same kind.
pub(crate) fn of_kind(program: &Path, kind: &[u8; 3], to: &Path) -> Result<()> {
    let mut bytes =
        fs::read(program).with_context(|| format!("{} cannot be read", program.display()))?;
    let places: Vec<usize> = bytes
        .windows(UNKNOWN_KIND.len())
        .enumerate()
        .filter(|(_, window)| *window == UNKNOWN_KIND)
        .map(|(place, _)| place)
        .collect();
    ensure!(
        !places.is_empty(),
        "the program does not hold the kind of its installer"
    );
    for place in places {
        let end = place + UNKNOWN_KIND.len();
        bytes[end - kind.len()..end].copy_from_slice(kind);
    }
    fs::write(to, bytes)?;
    Ok(())
}

fn pages(release: &Release) -> Result<()> {
    let sh = &release.sh;
    let ui = release.root.join("ui");
    cmd!(sh, "npm --prefix {ui} run --silent build").run()?;
    Ok(())
}

/// What a release changes in `tauri.conf.json`.
fn release_config(release: &Release) -> Result<String> {
    let path = release.root.join("src-tauri/conf/release.json");
    fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Paths of this machine are replaced in what the compiler writes into programs: places of panics.
fn remapped(release: &Release, more: &[&str]) -> Result<String> {
    let cargo_home = env::var_os("CARGO_HOME").map_or_else(
        || {
            Ok::<_, anyhow::Error>(
                PathBuf::from(env::var("HOME").context("HOME is not set")?).join(".cargo"),
            )
        },
        |home| Ok(PathBuf::from(home)),
    )?;
    let mut flags = vec![
        format!("--remap-path-prefix={}=/handset", release.root.display()),
        format!("--remap-path-prefix={}=/cargo", cargo_home.display()),
    ];
    flags.extend(more.iter().map(|flag| (*flag).to_owned()));
    Ok(flags.join(" "))
}

/// `WebView2Loader.dll`, as the crate that needs it has brought it.
fn loader(folder: &Path) -> Result<PathBuf> {
    WalkDir::new(folder.join("build"))
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .find(|path| path.ends_with("x64/WebView2Loader.dll"))
        .context("no WebView2Loader.dll was brought by the build")
}
