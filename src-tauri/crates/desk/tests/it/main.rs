//! The domain over ports made of memory, on a clock that a test moves.
//!
//! | file | what is proven |
//! |---|---|
//! | `arrows` | the state machine of a step: every arrow, and no other |
//! | `answers` | what each answer of Apollo's means for a step |
//! | `engine` | lost replies, restarts, waits, keys: sent exactly once |
//! | `doubtful` | a restored, copied or unreadable wrap-up: looked up, or a person decides |
//! | `disk` | a disk that fails at any write never makes a call be logged twice |
//! | `simulation` | hundreds of wrap-ups against everything at once |
//! | `loading` | the sweep, the queue and its order |
//! | `calling` | who may be dialed, and when the call was |
//! | `saving` | save and next, drafts, skips, what a restart brings back |
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod after_call;
mod answers;
mod arrows;
mod calling;
mod correcting;
mod discarding;
mod disk;
mod doubtful;
mod engine;
mod loading;
mod offline;
mod saving;
mod simulation;
mod support;
mod undoing;
mod verifying;
