//! The scripts that are put into a driven window, as `npm run build` in `queries/` leaves them.

use std::path::Path;

use anyhow::{Context, Result};

/// Reads one bundle.
pub(crate) fn read(name: &str) -> Result<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("queries/dist")
        .join(name);
    std::fs::read_to_string(&file).with_context(|| {
        format!(
            "{} is not built: run `npm ci && npm run build` in tools/drive/queries",
            file.display()
        )
    })
}
