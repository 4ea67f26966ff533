//! The rules for folders and files that are made for the core.

pub use store::{StoreError, ensure_own, ensure_private, keep_private};
