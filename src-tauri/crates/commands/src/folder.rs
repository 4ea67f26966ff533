//! What whoever makes a folder or a file for the core has to keep to.

pub use store::{StoreError, ensure_own, ensure_private, keep_private};
