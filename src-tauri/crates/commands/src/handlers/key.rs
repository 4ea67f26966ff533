//! The key: checked, stored, forgotten.

use std::sync::Arc;

use present::{ConnectProgress, ForgetReport, Problem, ProblemCode};
use text::{Text, message};

use super::Answer;
use crate::{
    Core,
    arguments::{ConnectArgs, NoArgs},
    host::Caller,
    keychain::keychain_reason,
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
            message!("connecting-sandbox-key"),
        ));
    }
    let (unsent, _) = workspace.outbox().unsent();
    workspace.forget_key().await.map_err(|error| {
        Problem::new(
            ProblemCode::NoKeychain,
            message!("connecting-not-removed", reason = keychain_reason(&error)),
        )
        .hint(message!("connecting-not-removed-next"))
    })?;
    core.host.renew_window();
    let waiting = match unsent {
        0 => Text::empty(),
        unsent => message!("connecting-forgotten-unsent", count = unsent),
    };
    Ok(ForgetReport {
        proven_gone: true,
        sentence: Text::sentences([
            message!("connecting-forgotten", origin = workspace.origin()),
            waiting,
        ]),
    })
}
