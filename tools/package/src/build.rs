//! Compiling the program, so that the same commit gives the same bytes on any machine.
//!
//! Promises: no path of this machine is in a program. Must never: build from another lock file.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use walkdir::WalkDir;
use xshell::{Cmd, Shell, cmd};

use crate::{inventory, release::Release, signing::Keys};

const WINDOWS_TARGET: &str = "x86_64-pc-windows-gnu";
/// Debian's own compiler, which brings the sources of the standard library (packages rustc-web, cargo-web and
/// rust-web-src).
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_LIBRARY: &str = "/usr/lib/rustlib/src/rust";

/// The program for Windows, and what has to lie beside it.
pub(crate) struct WindowsProgram {
    pub(crate) program: PathBuf,
    /// What finds the WebView2 runtime.
    pub(crate) loader: PathBuf,
}

/// Builds the windows' pages and the program for Linux.
pub(crate) fn linux(release: &Release, keys: &Keys) -> Result<PathBuf> {
    pages(release)?;
    let sh = &release.sh;
    let target = release.work.join("linux");
    cmd!(
        sh,
        "cargo build --release --locked --package handset --target-dir {target}"
    )
    .env("SOURCE_DATE_EPOCH", release.epoch())
    .env("TAURI_CONFIG", release_config(release, keys)?)
    .env("RUSTFLAGS", remapped(release, &[])?)
    .run()?;
    Ok(target.join("release/handset"))
}

/// Builds the windows' pages and the program for Windows, on Linux.
pub(crate) fn windows(release: &Release, keys: &Keys) -> Result<WindowsProgram> {
    pages(release)?;
    let target = release.work.join("windows");
    for_windows(&release.sh, "build")?
        .args(["--release", "--target-dir"])
        .arg(&target)
        .env("SOURCE_DATE_EPOCH", release.epoch())
        .env("TAURI_CONFIG", release_config(release, keys)?)
        // The time of linking is not written into the header.
        .env(
            "RUSTFLAGS",
            remapped(release, &["-Clink-arg=-Wl,--no-insert-timestamp"])?,
        )
        .run()?;
    let folder = target.join(WINDOWS_TARGET).join("release");
    Ok(WindowsProgram {
        program: folder.join("handset.exe"),
        loader: loader(&folder)?,
    })
}

/// The programs of a build that was made already.
pub(crate) struct Built;

impl Built {
    pub(crate) fn linux(release: &Release) -> PathBuf {
        release.root.join("target/package/linux/release/handset")
    }

    pub(crate) fn windows(release: &Release) -> Result<WindowsProgram> {
        let work = release.root.join("target/package/windows");
        let folder = work.join(WINDOWS_TARGET).join("release");
        Ok(WindowsProgram {
            program: folder.join("handset.exe"),
            loader: loader(&folder)?,
        })
    }
}

/// Whether the program compiles for Windows: no linking, and nothing is optimized.
pub(crate) fn check_windows(sh: &Shell, root: &Path) -> Result<()> {
    if !cfg!(target_os = "linux") {
        // On Windows every build is one; elsewhere nobody has tried.
        return Ok(());
    }
    let target = root.join("target/windows");
    // The pages are compiled in; whatever they are, they are the same everywhere.
    fs::create_dir_all(root.join("ui/dist"))?;
    for_windows(sh, "check")?
        .arg("--target-dir")
        .arg(target)
        .run()
        .context("Handset does not compile for Windows")
}

/// A call of the cargo that can compile for Windows here.
fn for_windows<'sh>(sh: &'sh Shell, verb: &str) -> Result<Cmd<'sh>> {
    let sysroot = PathBuf::from(cmd!(sh, "rustc --print sysroot").quiet().read()?);
    let what = [
        "--quiet",
        "--locked",
        "--package",
        "handset",
        "--target",
        WINDOWS_TARGET,
    ];
    let linker = (
        "CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER",
        "x86_64-w64-mingw32-gcc",
    );
    if sysroot.join("lib/rustlib").join(WINDOWS_TARGET).is_dir() {
        return Ok(cmd!(sh, "cargo {verb} {what...}").env(linker.0, linker.1));
    }
    ensure!(
        Path::new(DEBIAN_LIBRARY).is_dir() && Path::new(DEBIAN_RUSTC).is_file(),
        "nothing here compiles for Windows: `rustup target add {WINDOWS_TARGET}`, or on Debian the packages \
         rustc-web, cargo-web and rust-web-src"
    );
    Ok(cmd!(
        sh,
        "{DEBIAN_CARGO} {verb} {what...} -Zbuild-std=std,panic_unwind"
    )
    .env("RUSTC", DEBIAN_RUSTC)
    .env("RUSTC_BOOTSTRAP", "1")
    .env(linker.0, linker.1)
    .env_remove("RUSTUP_TOOLCHAIN"))
}

fn pages(release: &Release) -> Result<()> {
    let sh = &release.sh;
    let ui = release.root.join("ui");
    cmd!(sh, "npm --prefix {ui} run --silent build").run()?;
    // Settings, About shows them.
    fs::copy(
        release.out.join(inventory::NOTICES),
        ui.join("dist/licenses.txt"),
    )?;
    Ok(())
}

/// What a release changes in `tauri.conf.json`, with the key that its updates are checked with.
fn release_config(release: &Release, keys: &Keys) -> Result<String> {
    let path = release.root.join("src-tauri/conf/release.json");
    let text =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut config: Value = serde_json::from_str(&text)?;
    config["plugins"]["updater"]["pubkey"] = keys.built_in()?.into();
    Ok(config.to_string())
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
