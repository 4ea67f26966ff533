//! A card, its links, and the outcomes that a call can have.

use std::sync::Arc;

use present::{Card, Dispositions, Problem, ProblemCode};
use text::message;

use super::{Answer, card_of, session_of, told};
use crate::{
    Core,
    arguments::{LinkArgs, NoArgs, TaskArgs},
    host::Caller,
};

pub(crate) async fn card_get(core: &Arc<Core>, _: &Caller, args: TaskArgs) -> Answer<Card> {
    card_of(&*session_of(core)?, &args.task_id)
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
