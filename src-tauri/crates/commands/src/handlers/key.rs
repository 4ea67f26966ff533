//! The key: checked, kept, forgotten.

use std::sync::Arc;

use present::{ConnectProgress, ForgetReport, Problem, ProblemCode};

use super::Answer;
use crate::{
    Core,
    arguments::{ConnectArgs, NoArgs},
    host::Caller,
};

pub(crate) async fn connect_start(
    core: &Arc<Core>,
    _: &Caller,
    args: ConnectArgs,
) -> Answer<ConnectProgress> {
    let workspace = core.workspace();
    workspace.start_connecting(args.key.expose());
    Ok(workspace.connect_progress())
}

pub(crate) async fn connect_get(
    core: &Arc<Core>,
    _: &Caller,
    _: NoArgs,
) -> Answer<ConnectProgress> {
    Ok(core.workspace().connect_progress())
}

pub(crate) async fn connect_keep_for_this_run(
    core: &Arc<Core>,
    _: &Caller,
    _: NoArgs,
) -> Answer<ConnectProgress> {
    Ok(core.workspace().keep_for_this_run().await)
}

pub(crate) async fn connect_reset(
    core: &Arc<Core>,
    _: &Caller,
    _: NoArgs,
) -> Answer<ConnectProgress> {
    let workspace = core.workspace();
    workspace.reset_connect();
    Ok(workspace.connect_progress())
}

pub(crate) async fn key_forget(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<ForgetReport> {
    let workspace = core.workspace();
    if workspace.is_sandbox() {
        return Err(Problem::new(
            ProblemCode::Invalid,
            "The sample data has no key to forget. Leave the sample data first.",
        ));
    }
    let (unsent, _) = workspace.outbox().unsent();
    workspace.forget_key().await.map_err(|error| {
        Problem::new(
            ProblemCode::NoKeychain,
            format!("The key could not be removed: {error}."),
        )
        .hint("Unlock the keychain and try again, or remove the entry there by hand.")
    })?;
    core.host.renew_window();
    let waiting = match unsent {
        0 => String::new(),
        _ => format!(
            " {} wait here and go once a key is connected again.",
            present::time_text::counted(unsent, "unsent call", "unsent calls")
        ),
    };
    Ok(ForgetReport {
        proven_gone: true,
        sentence: format!(
            "The key is gone. The keychain was read again and holds no key for {}.{waiting}",
            workspace.origin()
        ),
    })
}
