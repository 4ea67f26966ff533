//! sled, opened as every store is. Must never: be opened anywhere else.

use std::path::Path;

use crate::folder;

/// sled's own thread makes its file durable this often. What is promised as durable does not wait
/// for it.
const FLUSH_EVERY_MS: u64 = 500;

/// sled, with the settings that all stores are made with: the segment size can never change.
#[expect(clippy::disallowed_methods, reason = "the one place that opens sled")]
pub(crate) fn open_sled(records: &Path) -> sled::Result<sled::Db> {
    folder::wait_until_closed(&records.join("db"))?;
    sled::Config::new()
        .path(records)
        .flush_every_ms(Some(FLUSH_EVERY_MS))
        .open()
}
