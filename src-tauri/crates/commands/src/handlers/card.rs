//! A card, its links, and the outcomes that a call can have.

use std::sync::Arc;

use present::{CallbackView, Card, Dispositions, Problem, ProblemCode, task_gone};
use text::message;

use super::{Answer, card_of, session_of, told};
use crate::{
    Core,
    arguments::{CallbackArgs, LinkArgs, NoArgs, TaskArgs},
    host::Caller,
};

pub(crate) async fn card_get(core: &Arc<Core>, _: &Caller, args: TaskArgs) -> Answer<Card> {
    card_of(&*session_of(core)?, &args.task_id)
}

pub(crate) async fn callback_get(
    core: &Arc<Core>,
    _: &Caller,
    args: CallbackArgs,
) -> Answer<CallbackView> {
    let session = session_of(core)?;
    let view = session.view(|view| present::callback(view, &args.task_id, args.at));
    view.ok_or_else(task_gone)
}

pub(crate) async fn link_open(core: &Arc<Core>, _: &Caller, args: LinkArgs) -> Answer<()> {
    let session = session_of(core)?;
    let page = told(session.page(&args.task_id, args.link.into()), &session)?;
    core.host.open_link(page.address()).map_err(|error| {
        Problem::new(
            ProblemCode::Internal,
            message!("host-page-not-opened", reason = error.reason()),
        )
    })
}

pub(crate) async fn dispositions_get(
    core: &Arc<Core>,
    _: &Caller,
    _: NoArgs,
) -> Answer<Dispositions> {
    Ok(session_of(core)?.view(present::dispositions))
}
