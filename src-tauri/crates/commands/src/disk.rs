//! What waits for a disk, done where it holds nothing else up.

use std::{path::PathBuf, sync::Arc};

use clock::SharedClock;
use store::{OpenNotice, SledStore, StoreError};
use vault::SealingKey;

/// Opens a store without holding up the runtime.
pub(crate) async fn open_store(
    folder: PathBuf,
    key: SealingKey,
    clock: SharedClock,
) -> Result<(Arc<SledStore>, Vec<OpenNotice>), StoreError> {
    let (sled, notices) = blocking(move || SledStore::open(&folder, key.expose(), &clock)).await?;
    Ok((Arc::new(sled), notices))
}

/// Closes a store without holding up the runtime.
pub(crate) async fn close_store(sled: Arc<SledStore>) -> Result<(), StoreError> {
    blocking(move || sled.close()).await
}

/// Removes a folder of the sandbox's, which begins anew each time.
pub(crate) async fn empty(folder: PathBuf) -> Result<(), StoreError> {
    blocking(move || match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::NotWritable {
                reason: error.to_string(),
            })
        }
        _ => Ok(()),
    })
    .await
}

/// Runs what waits for a disk where it holds nothing else up.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| {
            Err(StoreError::Damaged {
                reason: error.to_string(),
            })
        })
}
