//! The domain of Handset: what a rep works on, and what must be written when a call is over.
//!
//! Promises: no I/O of its own. Everything outside is reached through [`ports`], time through
//! [`clock::Clock`]. Must never: know HTTP, sled, the keychain or Tauri.

pub mod board;
pub mod call_time;
pub mod calling_window;
mod card;
pub mod connection;
pub mod desk;
pub mod dispositions;
pub mod engine;
mod export;
pub mod history;
pub mod intake;
pub mod links;
pub mod permission;
pub mod phone;
mod places;
pub mod ports;
mod receipts;
mod script;
mod sweep;
pub mod time_text;
pub mod view;
pub mod whereabouts;
pub mod wrap_up;
