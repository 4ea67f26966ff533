//! The commands that windows call: one wrapper each, made from the table.
//!
//! Promises: every call ends in an answer or in a `Problem`, a panic included; the ACL has already
//! refused a window that may not call. Must never: decide anything, or repeat what was sent.

use std::{future::Future, sync::Arc};

#[allow(
    clippy::wildcard_imports,
    reason = "the table names the arguments and answers of every command"
)]
use ::commands::arguments::*;
use ::commands::{Core, host::Caller, run};
#[allow(
    clippy::wildcard_imports,
    reason = "the table names the arguments and answers of every command"
)]
use present::*;
use serde::de::DeserializeOwned;
use tauri::{Manager, Runtime, WebviewWindow, ipc::Invoke};
use text::message;

macro_rules! wrap {
    ($($name:ident($arguments:ident) -> $answer:ty [$($window:ident),*] changes [$($tag:ident),*];)*) => {
        mod wrapped {
            use super::*;

            $(
                #[tauri::command]
                pub(super) async fn $name<R: Runtime>(
                    window: WebviewWindow<R>,
                    args: serde_json::Value,
                ) -> Result<$answer, Problem> {
                    let body = |core: Arc<Core>, caller: Caller, args: $arguments| async move {
                        run::$name(&core, &caller, args).await
                    };
                    answer(stringify!($name), &window, args, body).await
                }
            )*
        }

        /// Every command of the table.
        pub(crate) fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$(wrapped::$name),*]
        }
    };
}
::commands::for_each_command!(wrap);

/// Runs a command's body as a task of its own, so that a panic in it is an answer too.
async fn answer<R, Arguments, Answer, Body, Running>(
    command: &'static str,
    window: &WebviewWindow<R>,
    args: serde_json::Value,
    body: Body,
) -> Result<Answer, Problem>
where
    R: Runtime,
    Arguments: DeserializeOwned,
    Answer: Send + 'static,
    Body: FnOnce(Arc<Core>, Caller, Arguments) -> Running,
    Running: Future<Output = Result<Answer, Problem>> + Send + 'static,
{
    let Some(core) = window
        .try_state::<Arc<Core>>()
        .map(|core| Arc::clone(core.inner()))
    else {
        return Err(internal());
    };
    let args = serde_path_to_error::deserialize(args).map_err(|error| {
        // The path only: the reason may quote what was sent.
        Problem::new(
            ProblemCode::Invalid,
            message!(
                "commands-not-as-expected",
                command = command,
                path = error.path().to_string(),
            ),
        )
    })?;
    let caller = Caller {
        window: window.label().to_owned(),
    };
    tauri::async_runtime::spawn(body(core, caller, args))
        .await
        .unwrap_or_else(|_| {
            tracing::error!(command, "a command panicked");
            Err(internal())
        })
}

fn internal() -> Problem {
    Problem::new(ProblemCode::Internal, message!("commands-broken"))
        .hint(message!("commands-broken-next"))
}
