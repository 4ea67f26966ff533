//! The domain over ports made of memory, on a clock that a test moves.
//!
//! | file | what is proven |
//! |---|---|
//! | `arrows` | the state machine of a step: every arrow, and no other |
//! | `answers` | what each answer of Apollo's means for a step |
//! | `engine` | lost replies, restarts, waits, keys: sent exactly once |
//! | `doubtful` | a restored, copied or unreadable wrap-up: looked up, or a person decides |
//! | `disk` | a disk that fails at any write never leads to a call that is logged twice |
//! | `simulation` | hundreds of wrap-ups against everything at once |
//! | `loading` | the sweep, the queue and its order |
//! | `calling` | who may be dialed, and when the call was |
//! | `outcomes` | the list of outcomes: read until it worked, stored, in the person's order |
//! | `saving` | save and next, drafts, skips, what a restart brings back |
//! | `saving_again` | a save that was reported as failed and is done again is one call |
//! | `rivals` | two wrap-ups that one record of Apollo's would fit end with one each |
//! | `callbacks` | a callback is made once, and nothing else is taken for it |
//! | `read_back` | reading back changes only its own part of a receipt |
//! | `races` | a person and the engine at the same wrap-up while the disk is slow |
//! | `waiting` | what waits goes on when what it waits for is over, and not before |
//! | `paging` | a record on a later page is found there, and a search that was cut short proves nothing |
//! | `credit` | a call is its rep's and its team's from birth to receipt; one engine for each outbox |
//! | `fate` | what Handset shows and does while nobody knows whether Apollo has a call |
//! | `closing` | what still goes when Handset is closed, and what does not |
//! | `status` | what is shown around the work is true: counts, undo, the connection |
//! | `permission` | a confirmation confirms the hour, and nothing else |
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod after_call;
mod again;
mod answers;
mod arrows;
mod callbacks;
mod calling;
mod closing;
mod correcting;
mod credit;
mod discarding;
mod disk;
mod doubtful;
mod engine;
mod fate;
mod loading;
mod offline;
mod outcomes;
mod paging;
mod permission;
mod queue_rows;
mod races;
mod re_reading;
mod read_back;
mod rivals;
mod saving;
mod saving_again;
mod simulation;
mod status;
mod support;
mod undoing;
mod verifying;
mod waiting;
