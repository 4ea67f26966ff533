//! The client against the embedded Apollo: one file per resource, and one each for keys, faults
//! and limits.
#![expect(clippy::unwrap_used, reason = "a test that fails should stop")]

mod accounts;
mod auth;
mod bench;
mod contacts;
mod faults;
mod keys;
mod limits;
mod phone_calls;
mod sequences;
mod tasks;
mod usage_stats;
mod users;
