//! Work that waits for a disk, done where it holds nothing else up.

use std::{path::PathBuf, sync::Arc};

use clock::SharedClock;
use store::{Damage, OpenNotice, Opening, Outside, SledStore, StoreError};
use text::{Text, message};
use tokio::runtime::Handle;
use tracing::warn;

use vault::{SealingKey, VaultError};

use crate::{host::Environment, keychain::vault_reason};

/// What the store is opened with.
pub(crate) struct Sealing {
    pub key: SealingKey,
    /// What was wrong with the keychain, if the key comes from the key file.
    pub instead_of: Option<VaultError>,
    /// Whether records that the key does not open may be set aside.
    pub may_set_aside: bool,
}

impl Sealing {
    /// The key of a vault that has never sealed anything else.
    pub(crate) fn with(key: SealingKey) -> Self {
        Self {
            key,
            instead_of: None,
            may_set_aside: true,
        }
    }

    /// What a person should know, if the keychain was not there.
    pub(crate) fn sentence(&self) -> Option<Text> {
        // Only a missing keychain leads to the key file.
        let VaultError::NoKeychain { reason } = self.instead_of.as_ref()? else {
            return None;
        };
        Some(message!(
            "keychain-file-instead",
            reason = vault_reason(reason)
        ))
    }
}

/// Opens a store without holding up the runtime. `outside` is none for a store that begins anew each
/// time.
pub(crate) async fn open_store(
    folder: PathBuf,
    sealing: &Sealing,
    outside: Option<Outside>,
    clock: SharedClock,
) -> Result<(Arc<SledStore>, Vec<OpenNotice>), StoreError> {
    let (key, may_set_aside) = (sealing.key.clone(), sealing.may_set_aside);
    let (sled, notices) = blocking(move || {
        SledStore::open(&Opening {
            folder: &folder,
            sealing_key: key.expose(),
            may_set_aside,
            outside: outside.as_ref(),
            clock: &clock,
        })
    })
    .await?;
    Ok((Arc::new(sled), notices))
}

/// The marks of the data folder outside of it: a file, and the keychain. Needs a runtime around it.
pub(crate) fn outside(environment: &Environment) -> Outside {
    let (vault, runtime) = (Arc::clone(&environment.vault), Handle::current());
    let counted = move |folder_id: &str| {
        let counted = runtime.block_on(vault.sent_count(folder_id));
        counted
            .inspect_err(|error| warn!(%error, "the keychain does not say how far was sent"))
            .ok()
            .flatten()
    };
    Outside {
        counted: Arc::new(counted),
        ..Outside::on_this_machine(environment.state_dir.clone())
    }
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

/// Exported files that may have one name; a number tells them apart.
const SAME_NAME_MAX: u32 = 999;

/// Writes a new file; one that is there already is never replaced.
pub(crate) async fn write_new(
    folder: PathBuf,
    name: String,
    text: String,
) -> std::io::Result<PathBuf> {
    let write = move || {
        std::fs::create_dir_all(&folder)?;
        for number in 1..=SAME_NAME_MAX {
            let path = match number {
                1 => folder.join(format!("{name}.csv")),
                number => folder.join(format!("{name}-{number}.csv")),
            };
            match private().open(&path) {
                Ok(mut file) => {
                    use std::io::Write as _;
                    return match file
                        .write_all(text.as_bytes())
                        .and_then(|()| file.sync_all())
                    {
                        Ok(()) => Ok(path),
                        Err(error) => {
                            // Half a list is worse than none.
                            let _ = std::fs::remove_file(&path);
                            Err(error)
                        }
                    };
                }
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(std::io::ErrorKind::AlreadyExists.into())
    };
    tokio::task::spawn_blocking(write)
        .await
        .unwrap_or_else(|error| Err(std::io::Error::other(error)))
}

/// Opens a new file that nobody else on this computer can read, where the system allows saying so.
fn private() -> std::fs::OpenOptions {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Runs work that waits for a disk where it holds nothing else up.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|stopped| {
            tracing::error!(panicked = stopped.is_panic(), "work on a disk broke off");
            Err(StoreError::Damaged {
                reason: Damage::BrokeOff,
            })
        })
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[tokio::test]
    async fn what_is_exported_is_for_its_person_alone() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["day.csv", "day-2.csv"] {
            let path = write_new(folder.path().to_owned(), "day".to_owned(), "a".to_owned());
            let path = path.await.unwrap();
            assert_eq!(path.file_name().unwrap(), name);
            let mode = std::fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
