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
//! | `outcomes` | outcomes are read until it worked, stored over starts, and changed by a person |
//! | `changes` | what windows are told |
//! | `strangers` | what answers in Apollo's place is never taken for Apollo |
//! | `closing` | a call that is held back for an undo goes when Handset is closed or left |
//! | `new_key` | a new key takes the place of the old one for everything |
//! | `one_engine` | whatever is clicked twice, and whoever sits here: a call is sent once, as its rep |
//! | `one_list` | a list that a window reads is of one moment, whatever moves meanwhile |
//! | `reading_back` | what was sent is read back from Apollo by itself |
//! | `updates` | a newer version is installed when a person says so, and never while a call is on its way |
//! | `retention` | receipts are kept for as long as the person wants |
//! | `reps` | who the rep is: stored when it changes, and never somebody who left |
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod changes;
mod closing;
mod connecting;
mod day;
mod folders;
mod limits;
mod main_job;
mod new_key;
mod one_engine;
mod one_list;
mod outcomes;
mod reading_back;
mod reps;
mod restart;
mod retention;
mod strangers;
mod support;
mod updates;
