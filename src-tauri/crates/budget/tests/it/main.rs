//! The budget as its callers see it, on a clock that stands still, against a model of Apollo's
//! three fixed windows.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails should stop"
)]

mod any_order;
mod limits;
mod line;
mod restart;
mod truth;
mod world;
