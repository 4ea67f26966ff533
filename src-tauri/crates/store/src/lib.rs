//! What Handset stores on disk.
//!
//! Promises: what is called durable survives a loss of power; what is written by one call is there
//! whole or not at all; a damaged store is moved aside, never emptied and never opened in a loop,
//! and what can still be read of it is recovered and reported; records of one Apollo origin are never
//! seen by another. Must never: let a type of sled escape, keep the Apollo key, or hold a note, a
//! number or a name in readable form.
//!
//! # The folder
//!
//! ```text
//! lock                 our own lock: one Handset at a time
//! records/             sled: db, conf, snap.*, blobs/
//! records.before/      a copy, while sled opens records/: it overwrites what is damaged
//! records.recovering/  while a damaged store is being rebuilt; meaningless after a crash
//! records.recovered/   rebuilt and complete, about to become records/
//! damaged-<time>/      such a copy that turned out damaged, kept for a person to inspect
//! high-water           the revision that is surely on disk: shows when sled silently went back
//! records.rewriting/   while nothing is to be left of what a former key sealed
//! records.rewritten/   such a copy, complete, about to become records/
//! records.former/      what it has replaced, about to be removed
//! sealing-key          only for as long as the computer has no keychain
//! ```
//!
//! # Outside the folder
//!
//! In a folder that stays with the machine lies, for each data folder, a mark of how far it has sent,
//! and a lock against copies of it (`witness`). So a data folder that was put back to an earlier
//! state, or copied from elsewhere, is noticed when it is opened.
//!
//! # Sealing, and why there is no key per record
//!
//! Wrap-ups, drafts, the position and the rep are sealed with XChaCha20-Poly1305 under the one key
//! that the keychain holds, each under a fresh random nonce, with kind, origin, id, revision and
//! schema version as associated data, so that a record cannot pass for another. sled is
//! log-structured: an erased record stays in its file until the space is used again, as sealed bytes.
//! A key per record, wrapped by the sealing key, would not change that, since the wrapped key would
//! lie in the same log for just as long. So erasing means: no longer reachable, and unreadable
//! without the keychain.
//!
//! Receipts, ledger, budget and settings hold ids, times and the person's own choices. They are not
//! sealed, so that a reset keychain does not make Handset forget which calls it has logged. Nor is the
//! id of each unsent call's task: while the call cannot be read, its task stays closed.

mod error;
mod folder;
mod frame;
mod high_water;
mod key_file;
mod lock;
mod notice;
mod open;
mod origin_store;
mod private;
mod record;
mod record_store;
mod recover;
mod retention;
mod rewrite;
mod seal;
mod settings;
mod sled_db;
mod sled_store;
mod witness;

pub use key_file::fallback_sealing_key;
pub use notice::OpenNotice;
pub use open::Opening;
pub use origin_store::OriginStore;
pub use outbox::{Damage, Distrust, DistrustInside, PrivateFolder, StoreError};
pub use private::{ensure_own, ensure_private, keep_private};
pub use seal::SEALING_KEY_BYTES;
pub use sled_store::{SledStore, Summary};
pub use witness::{Counted, Outside};
