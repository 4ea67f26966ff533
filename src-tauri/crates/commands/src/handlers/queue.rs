//! The queue.

use std::sync::Arc;

use present::{Card, Queue, task_gone};

use super::{Answer, card_of, session_of, told};
use crate::{
    Core,
    arguments::{NoArgs, QueueAnswer, QueueOpenArgs, TaskArgs},
    host::Caller,
};

pub(crate) async fn queue_open(core: &Arc<Core>, _: &Caller, args: QueueOpenArgs) -> Answer<Queue> {
    let session = session_of(core)?;
    let opened = session.open_queue(args.scope.into()).await;
    told(opened, &session)?;
    session.look(present::queue).ok_or_else(task_gone)
}

pub(crate) async fn queue_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<QueueAnswer> {
    Ok(QueueAnswer {
        queue: session_of(core)?.look(present::queue),
    })
}

pub(crate) async fn queue_select(core: &Arc<Core>, _: &Caller, args: TaskArgs) -> Answer<Card> {
    let session = session_of(core)?;
    told(session.select(&args.task_id).await, &session)?;
    card_of(&session, &args.task_id)
}

pub(crate) async fn queue_close(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<()> {
    let session = session_of(core)?;
    told(session.close_queue().await, &session)
}
