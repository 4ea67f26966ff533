//! The domain of Handset: what a rep works on, and what must be written when a call is over.
//!
//! Promises: no I/O of its own. Everything outside is reached through [`ports`], time through
//! [`clock::Clock`]. Must never: know HTTP, sled, the keychain or Tauri.

pub mod ports;
pub mod view;
pub mod wrap_up;
pub mod engine;
pub mod calling_window;
pub mod connection;
pub mod desk;
mod sweep;
pub mod phone;
mod places;
pub mod time_text;
pub mod board;
mod card;
pub mod dispositions;
pub mod intake;
mod receipts;
