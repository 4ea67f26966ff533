//! Save and next, skip, undo.

use std::sync::Arc;

use domain::wrap_up::WrapUpId;
use present::{Card, Saved};

use super::{Answer, card_of, session_of, told};
use crate::{
    Core,
    arguments::{CallFormArgs, SkipArgs, WrapUpIdArgs},
    host::Caller,
};

pub(crate) async fn wrap_up_save(
    core: &Arc<Core>,
    _: &Caller,
    args: CallFormArgs,
) -> Answer<Saved> {
    let session = session_of(core)?;
    let saved = session.save_call(&args.task_id, args.form.into()).await;
    told(saved, &session).map(Saved::from)
}

pub(crate) async fn task_skip(core: &Arc<Core>, _: &Caller, args: SkipArgs) -> Answer<Saved> {
    let session = session_of(core)?;
    let saved = session
        .skip(&args.task_id, args.reason.into(), args.note)
        .await;
    told(saved, &session).map(Saved::from)
}

pub(crate) async fn wrap_up_undo(core: &Arc<Core>, _: &Caller, args: WrapUpIdArgs) -> Answer<Card> {
    let session = session_of(core)?;
    let task = told(session.take_back(WrapUpId(args.wrap_up_id)).await, &session)?;
    card_of(&session, &task)
}
