//! The client against the embedded Apollo: one file per resource, and one each for keys, faults,
//! filters and limits. What the embedded Apollo does not show comes from prepared answers.
#![expect(clippy::unwrap_used, reason = "a test that fails should stop")]

mod accounts;
mod auth;
mod bench;
mod canned;
mod contacts;
mod errors;
mod faults;
mod filters;
mod keys;
mod limits;
mod lists;
mod phone_calls;
mod quirks;
mod sequences;
mod strangers;
mod tasks;
mod usage_stats;
mod users;
