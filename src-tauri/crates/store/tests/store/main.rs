//! The store on a real disk: what comes back, what cannot be read, what survives.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod crash;
mod damage;
mod durable;
mod fixtures;
mod formats;
mod history;
mod keys;
mod outside;
mod plaintext;
mod refusals;
mod retention;
mod round_trips;
mod set_aside;
