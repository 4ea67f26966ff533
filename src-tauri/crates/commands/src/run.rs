//! Runs a command of the table, and tells windows afterwards what it has changed.
//!
//! Promises: what a command changes is what stands beside it in the table, and it is told whether the
//! command succeeds or fails. Must never: do anything else.

use std::sync::Arc;

#[allow(
    clippy::wildcard_imports,
    reason = "the table names the arguments and answers of every command"
)]
use present::*;

#[allow(
    clippy::wildcard_imports,
    reason = "the table names the arguments and answers of every command"
)]
use crate::arguments::*;
use crate::{Core, handlers, host::Caller};

macro_rules! run {
    ($($name:ident($arguments:ty) -> $answer:ty [$($window:ident),*] changes [$($tag:ident),*];)*) => {$(
        pub async fn $name(
            core: &Arc<Core>,
            caller: &Caller,
            args: $arguments,
        ) -> Result<$answer, Problem> {
            const CHANGES: &[Tag] = &[$(Tag::$tag),*];
            let answer = handlers::$name(core, caller, args).await;
            if !CHANGES.is_empty() {
                core.changed(CHANGES, Some(&caller.window));
            }
            answer
        }
    )*};
}
crate::for_each_command!(run);
