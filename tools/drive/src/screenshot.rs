//! Pictures of the whole screen, small enough to be kept with the docs.
//!
//! They are taken from the X server: WebKitWebDriver's own screenshot command does not return under
//! Xvfb.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::display::Display;

/// Colors of a saved picture. The screens are flat, so more only costs bytes.
const COLORS: &str = "256";

/// Saves what the screen shows now as a PNG file.
pub(crate) fn take(display: &Display, file: &Path) -> Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let output = display
        .command("import")
        .args(["-window", "root", "-strip", "+dither", "-colors", COLORS])
        .args([
            "-define",
            "png:compression-level=9",
            "-define",
            "png:exclude-chunks=date,time",
        ])
        .arg(format!("PNG8:{}", file.display()))
        .output()
        .context("could not run import (ImageMagick)")?;
    ensure!(
        output.status.success(),
        "the screen could not be saved: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(())
}
