//! The real core over the real sandbox and the real store, without a window.
//!
//! | file | what is proven |
//! |---|---|
//! | `main_job` | connect, choose the rep, report, queue, ten calls, a skip, receipts; requests counted |
//! | `connecting` | every way a key or a network can be wrong has an answer of its own |
//! | `day` | after a full day, nothing of Apollo's is on disk but what is promised |
//! | `restart` | a process that dies in the middle loses nothing and logs nothing twice |
//! | `limits` | Apollo's limits: waited for, remembered, and never in the way of a finished call |
//! | `outcomes` | outcomes are read until it worked, kept over starts, and changed by a person |
//! | `changes` | what windows hear |
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod changes;
mod connecting;
mod day;
mod limits;
mod main_job;
mod outcomes;
mod restart;
mod support;
