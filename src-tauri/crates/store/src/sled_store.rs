//! The store as the rest of Handset sees it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use clock::Timestamp;
use domain::rep::Rep;
use tokio::sync::watch;

use crate::{
    OpenNotice, Opening, StoreError,
    error::off_the_async_threads,
    open,
    origin_store::{OriginStore, forget_names},
    record::{Key, Kind},
    record_store::{Change, RecordStore, Survives},
    retention::FolderAge,
};

/// Everything that is stored on disk. Cheap to clone.
#[derive(Clone, Debug)]
pub struct SledStore {
    pub(crate) records: Arc<RecordStore>,
    /// Whether this start has been counted into the folder's age.
    is_age_counted: Arc<AtomicBool>,
}

/// How many records of each kind are on this machine, of all origins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Wrap-ups that Apollo has not acknowledged.
    pub wrap_ups: usize,
    /// Cards that were begun and not saved.
    pub drafts: usize,
    /// Receipts of acknowledged wrap-ups.
    pub receipts: usize,
    /// Tasks that this Handset has finished.
    pub ledger_entries: usize,
    /// People of whom Apollo's id, name and email are stored.
    pub reps: usize,
    /// Records that were sealed with a key that is not at hand.
    pub unreadable: usize,
}

impl SledStore {
    /// Opens the store, making it if it is not there. Blocks, and is done once.
    ///
    /// A damaged store is moved aside and rebuilt from what can be read; one that was put back to an
    /// earlier state, or copied, is marked so that nothing of it is sent twice; the notices say so.
    /// Where the folder also holds a key of [`crate::fallback_sealing_key`], what that key sealed is
    /// sealed anew with the one at hand.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another Handset has the folder and [`StoreError::CopyInUse`] when
    /// one of this machine has a copy of it; [`StoreError::Newer`] when a newer one wrote it and
    /// [`StoreError::KeyNotAtHand`] when the key is not the right one (no record is changed then);
    /// [`StoreError::NotWritable`], [`StoreError::NotWitnessed`], [`StoreError::DiskFull`];
    /// [`StoreError::Damaged`] only when not even a new store could be made.
    pub fn open(opening: &Opening<'_>) -> Result<(Self, Vec<OpenNotice>), StoreError> {
        let (records, notices) = open::open(opening)?;
        Ok((
            Self {
                records: Arc::new(records),
                is_age_counted: Arc::default(),
            },
            notices,
        ))
    }

    /// Names the folder for whatever keeps its count besides the file of [`crate::Outside`]. None
    /// where nothing outside remembers it.
    pub fn folder_id(&self) -> Option<String> {
        self.records.folder_id().map(|id| id.to_string())
    }

    /// The folder's count of what was sent, as it grows.
    pub fn witnessed(&self) -> watch::Receiver<u64> {
        self.records.witnessed()
    }

    /// Drops receipts, ledger entries and the history, of all origins, that were stored for `days`, and
    /// the names of former reps of whom nothing is stored any more. A wrong clock is told by how it
    /// moves between starts (`retention`), so only the first call counts the time.
    pub async fn forget_old(&self, days: u32, now: Timestamp) -> Result<(), StoreError> {
        let records = Arc::clone(&self.records);
        let is_counted = self.is_age_counted.swap(true, Ordering::SeqCst);
        off_the_async_threads(move || {
            let key = Key::new(Kind::Age, "", "");
            let stored: Option<FolderAge> = records.get(&key)?;
            let mut age = stored.unwrap_or_else(|| FolderAge::new(now));
            if !is_counted {
                age.count(now, records.revision());
            }
            let mut change = Change::default();
            if let Some(over) = age.kept_for(days) {
                for kind in [Kind::Receipt, Kind::Ledger, Kind::History] {
                    for (key, revision) in records.revisions(kind)? {
                        if revision <= over {
                            change.remove(key);
                        }
                    }
                }
            }
            forget_names(&records, &mut change)?;
            change.put(key, &age)?;
            records.commit(&change, Survives::Death)
        })
        .await
    }

    /// What is stored for one Apollo origin (scheme, host, port).
    pub fn for_origin(&self, origin: &str) -> Arc<OriginStore> {
        Arc::new(OriginStore::new(
            Arc::clone(&self.records),
            origin.to_owned(),
        ))
    }

    /// Counts what is on this machine.
    pub async fn summary(&self) -> Result<Summary, StoreError> {
        let records = Arc::clone(&self.records);
        off_the_async_threads(move || {
            Ok(Summary {
                wrap_ups: records.count(Kind::WrapUp)?,
                drafts: records.count(Kind::Draft)?,
                receipts: records.count(Kind::Receipt)?,
                ledger_entries: records.count(Kind::Ledger)?,
                reps: records.count_distinct(Kind::Rep, |rep: Option<Rep>| Some(rep?.user_id))?,
                unreadable: records.count(Kind::Unreadable)?,
            })
        })
        .await
    }

    /// How many wrap-ups wait for Apollo, of all origins but `except`.
    pub async fn unsent_outside(&self, except: Option<String>) -> Result<u32, StoreError> {
        let records = Arc::clone(&self.records);
        off_the_async_threads(move || {
            let all = records.count(Kind::WrapUp)?;
            let inside = match except {
                Some(origin) => records.count_of(Kind::WrapUp, &origin)?,
                None => 0,
            };
            Ok(u32::try_from(all.saturating_sub(inside)).unwrap_or(u32::MAX))
        })
        .await
    }

    /// Makes everything written so far survive a loss of power. Blocks. To be called before the
    /// process ends, since Tauri drops nothing then; the store can still be used afterwards.
    pub fn close(&self) -> Result<(), StoreError> {
        self.records.sync_all()
    }
}
