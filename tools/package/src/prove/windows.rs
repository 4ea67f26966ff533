//! The MSI under Wine: installed for everybody, upgraded, not downgraded, removed without a trace; and what the
//! program can answer without a window.
//!
//! Wine is not Windows: that a window opens there is not proved.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use xshell::{Shell, cmd};

use super::{Proof, ensure_holds, files_below, installer};
use crate::{release::Release, sums};

const WINE: &str = "/usr/lib/wine/wine64";
const PROGRAM_FILES: &str = "drive_c/Program Files/Handset";
/// Where Windows lists what can be removed.
const UNINSTALL: &str = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall";
/// A function of Windows 10 that Wine 8 does not have and the standard library calls: for the test alone.
const SHIM: &str = "#include <windows.h>\n\
    BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);\n\
    __declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) { return SystemFunction036(data, size); }\n";

/// The stand-in for Microsoft's installer of the WebView2 runtime, and where it leaves its mark.
const WEBVIEW2_SETUP: &str = "#include <stdio.h>\n\
    int main(int count, char **arguments) {\n\
        FILE *mark = fopen(\"C:\\\\webview2-mark.txt\", \"w\");\n\
        for (int index = 1; index < count; index++) fprintf(mark, \"%s \", arguments[index]);\n\
        return fclose(mark);\n\
    }\n";
const WEBVIEW2_MARK: &str = "drive_c/webview2-mark.txt";

pub(super) fn prove(proof: &Proof) -> Result<()> {
    let prefix = proof.fresh("wine")?;
    let wine = Wine {
        sh: &proof.release.sh,
        prefix,
    };
    wine.run(&["wineboot", "--init"])?;
    wine.wait()?;
    let before = wine.files()?;

    let (old, new) = (
        installer(&proof.before, "msi")?,
        installer(&proof.release, "msi")?,
    );
    wine.install(&old, &[])?;
    ensure_holds(&wine.registry(r"HKLM\Software\Handset")?, "0.0.9")?;
    // What IT may hand over to be run: a stand-in, which leaves a mark.
    let setup = wine.stand_in_for_webview2()?;
    wine.install(&new, &[&format!("WEBVIEW2SETUP={setup}")])?;
    ensure!(
        fs::read_to_string(wine.prefix.join(WEBVIEW2_MARK))
            .is_ok_and(|mark| mark.contains("/silent /install")),
        "the installer of the WebView2 runtime was not run"
    );
    let registry = wine.registry(r"HKLM\Software\Handset")?;
    ensure_holds(&registry, &proof.release.version)?;
    ensure_holds(&registry, r"C:\Program Files\Handset\")?;
    ensure_holds(
        &wine.registry(r"HKLM\Software\Classes\handset\shell\open\command")?,
        r#""C:\Program Files\Handset\handset.exe" -- "%1""#,
    )?;
    let listed = wine.registry(UNINSTALL)?;
    ensure_holds(
        &listed,
        &Release::id(&format!("product.{}", proof.release.version)),
    )?;
    ensure!(
        !listed.contains(&Release::id("product.0.0.9")),
        "the version before is still listed"
    );
    let installed = wine.prefix.join(PROGRAM_FILES);
    let staged = proof.release.work.join("msi");
    for name in [
        "handset.exe",
        "WebView2Loader.dll",
        "THIRD-PARTY-NOTICES.txt",
    ] {
        ensure!(
            sums::sha256(&installed.join(name))? == sums::sha256(&staged.join(name))?,
            "{name} is not the file that was packed"
        );
    }
    ensure!(
        wine.install(&old, &[]).is_err(),
        "an older version was installed over a newer one"
    );
    ensure_holds(
        &wine.registry(r"HKLM\Software\Handset")?,
        &proof.release.version,
    )?;

    wine.answers(&installed, &proof.release.version)?;

    let product = format!(
        "{{{}}}",
        Release::id(&format!("product.{}", proof.release.version))
    );
    wine.run(&["msiexec", "/x", &product, "/qn"])?;
    wine.wait()?;
    let after = wine.files()?;
    let left: Vec<_> = after
        .difference(&before)
        .filter(|name| name.to_lowercase().contains("handset"))
        .collect();
    ensure!(left.is_empty(), "removal leaves {left:?}");
    ensure!(
        wine.registry(r"HKLM\Software\Handset").is_err(),
        "removal leaves its key"
    );
    ensure!(
        wine.registry(r"HKLM\Software\Classes\handset").is_err(),
        "removal leaves its scheme"
    );
    Ok(())
}

/// A Windows in a folder.
struct Wine<'proof> {
    sh: &'proof Shell,
    prefix: PathBuf,
}

impl Wine<'_> {
    fn run(&self, arguments: &[&str]) -> Result<String> {
        let sh = self.sh;
        let printed = cmd!(sh, "{WINE} {arguments...}")
            .env("WINEPREFIX", &self.prefix)
            .env("WINEDEBUG", "-all")
            .env("WINEDLLOVERRIDES", "mscoree,mshtml=")
            .env_remove("DISPLAY")
            .quiet()
            .ignore_stderr()
            .read()?;
        Ok(printed.replace('\r', ""))
    }

    /// Until what was started in the background has ended.
    fn wait(&self) -> Result<()> {
        let sh = self.sh;
        cmd!(sh, "/usr/lib/wine/wineserver64 --wait")
            .env("WINEPREFIX", &self.prefix)
            .quiet()
            .run()?;
        Ok(())
    }

    fn install(&self, msi: &Path, properties: &[&str]) -> Result<()> {
        let path = format!("Z:{}", msi.display().to_string().replace('/', "\\"));
        let arguments = [&["msiexec", "/i", &path, "/qn"], properties].concat();
        let installed = self.run(&arguments);
        self.wait()?;
        installed.context("msiexec").map(drop)
    }

    /// A program that writes what it was given into a file.
    fn stand_in_for_webview2(&self) -> Result<String> {
        let sh = self.sh;
        let source = self.prefix.join("setup.c");
        fs::write(&source, WEBVIEW2_SETUP)?;
        let program = self.prefix.join("drive_c/setup.exe");
        cmd!(sh, "x86_64-w64-mingw32-gcc -o {program} {source}")
            .quiet()
            .run()?;
        Ok(r"C:\setup.exe".to_owned())
    }

    fn registry(&self, key: &str) -> Result<String> {
        self.run(&["reg", "query", key, "/s"])
    }

    fn files(&self) -> Result<std::collections::BTreeSet<String>> {
        files_below(&self.prefix.join("drive_c"), &["windows/Temp"])
    }

    /// What the program says without a window.
    fn answers(&self, folder: &Path, version: &str) -> Result<()> {
        let sh = self.sh;
        let source = self.prefix.join("shim.c");
        fs::write(&source, SHIM)?;
        let shim = folder.join("bcryptprimitives.dll");
        cmd!(
            sh,
            "x86_64-w64-mingw32-gcc -shared -o {shim} {source} -ladvapi32"
        )
        .quiet()
        .run()?;
        let program = folder.join("handset.exe").display().to_string();
        let answers = (
            self.run(&[&program, "--version"]),
            self.run(&[&program, "--help"]),
        );
        fs::remove_file(shim)?;
        ensure_holds(&answers.0?, &format!("handset {version}"))?;
        ensure_holds(&answers.1?, "--data-dir")
    }
}
