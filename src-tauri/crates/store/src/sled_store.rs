//! The store as the rest of Handset sees it.

use std::{path::Path, sync::Arc};

use clock::SharedClock;
use desk::{ports::Store, view::Rep};

use crate::{
    OpenNotice, StoreError, error::off_the_async_threads, open, origin_store::OriginStore,
    record::Kind, seal::SEALING_KEY_BYTES, shelf::Shelf,
};

/// Everything that is kept on disk. Cheap to clone.
#[derive(Clone, Debug)]
pub struct SledStore {
    pub(crate) shelf: Arc<Shelf>,
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
    /// People of whom Apollo's id, name and email are kept.
    pub reps: usize,
    /// Records that were sealed with a key that is not at hand.
    pub unreadable: usize,
}

impl SledStore {
    /// Opens the store in `folder`, making it if it is not there. Blocks, and is done once.
    ///
    /// A damaged store is moved aside and rebuilt from what can be read; the notices say so. Where
    /// the folder also holds a key of [`crate::fallback_sealing_key`], what that key sealed is
    /// sealed anew with `sealing_key`.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another Handset has the folder, [`StoreError::Newer`] when a newer
    /// one wrote it (nothing is changed then), [`StoreError::NotWritable`], [`StoreError::DiskFull`];
    /// [`StoreError::Damaged`] only when not even a new store could be made.
    pub fn open(
        folder: &Path,
        sealing_key: &[u8; SEALING_KEY_BYTES],
        clock: &SharedClock,
    ) -> Result<(Self, Vec<OpenNotice>), StoreError> {
        let (shelf, notices) = open::open(folder, sealing_key, clock.now())?;
        Ok((
            Self {
                shelf: Arc::new(shelf),
            },
            notices,
        ))
    }

    /// What is kept for one Apollo origin (scheme, host, port).
    pub fn for_origin(&self, origin: &str) -> Arc<dyn Store> {
        Arc::new(OriginStore::new(Arc::clone(&self.shelf), origin.to_owned()))
    }

    /// What is on this machine, counted.
    pub async fn summary(&self) -> Result<Summary, StoreError> {
        let shelf = Arc::clone(&self.shelf);
        off_the_async_threads(move || {
            Ok(Summary {
                wrap_ups: shelf.count(Kind::WrapUp)?,
                drafts: shelf.count(Kind::Draft)?,
                receipts: shelf.count(Kind::Receipt)?,
                ledger_entries: shelf.count(Kind::Ledger)?,
                reps: shelf.count_distinct(Kind::Rep, |rep: Option<Rep>| Some(rep?.user_id))?,
                unreadable: shelf.count(Kind::Unreadable)?,
            })
        })
        .await
    }

    /// How many wrap-ups wait for Apollo, of all origins but `except`.
    pub async fn unsent_outside(&self, except: Option<String>) -> Result<u32, StoreError> {
        let shelf = Arc::clone(&self.shelf);
        off_the_async_threads(move || {
            let all = shelf.count(Kind::WrapUp)?;
            let inside = match except {
                Some(origin) => shelf.count_of(Kind::WrapUp, &origin)?,
                None => 0,
            };
            Ok(u32::try_from(all.saturating_sub(inside)).unwrap_or(u32::MAX))
        })
        .await
    }

    /// Makes everything written so far survive a loss of power. Blocks. To be called before the
    /// process ends, since Tauri drops nothing then; the store can still be used afterwards.
    pub fn close(&self) -> Result<(), StoreError> {
        self.shelf.sync_all()
    }
}
