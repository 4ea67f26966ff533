//! The real core over the real sandbox and the real store, without a window.
//!
//! | file | what is proven |
//! |---|---|
//! | `main_job` | connect, choose the rep, report, queue, ten calls, a skip, receipts; requests counted |
//! | `connecting` | every way a key or a network can be wrong has an answer of its own |
//! | `day` | after a full day, nothing of Apollo's is on disk but what is promised |
//! | `folders` | a data folder that was put back or copied, a keychain that is locked or gone |
//! | `restart` | a process that dies in the middle loses nothing and logs nothing twice |
//! | `limits` | Apollo's limits: waited for, remembered, and never in the way of a finished call |
//! | `changes` | what windows hear |
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod changes;
mod connecting;
mod day;
mod folders;
mod limits;
mod main_job;
mod restart;
mod support;
