//! Runs a command of the table, and tells windows afterwards what it has changed.
//!
//! Promises: windows are told the changes that stand beside the command in the table, whether it
//! succeeds or fails.

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
