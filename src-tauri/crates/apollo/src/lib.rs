//! Apollo.io's REST API: types and error taxonomy; with feature `client` the HTTP client.
#![deny(missing_docs)]

pub mod error;
pub mod ids;
mod key;
mod lenient;
mod text;
pub mod types;

pub use clock::Timestamp;
pub use error::{Delivery, Error, NetworkKind, TlsReason, Window};
pub use key::{ApiKey, ApiKeyFormat, MAX_KEY_BYTES, MIN_KEY_BYTES};
