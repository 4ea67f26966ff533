//! The queue.

use std::sync::Arc;

use present::{Card, Problem, ProblemCode, Queue, QueuePlace, QueueRows, task_gone};
use text::message;

use super::{Answer, card_of, session_of, told};
use crate::{
    Core,
    arguments::{NoArgs, QueueAnswer, QueueOpenArgs, QueuePlaceArgs, QueueRowsArgs, TaskArgs},
    host::Caller,
};

pub(crate) async fn queue_open(core: &Arc<Core>, _: &Caller, args: QueueOpenArgs) -> Answer<Queue> {
    let session = session_of(core)?;
    let opened = session.open_queue(args.scope.into()).await;
    told(opened, &session)?;
    session.view(present::queue).ok_or_else(task_gone)
}

pub(crate) async fn queue_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<QueueAnswer> {
    Ok(QueueAnswer {
        queue: session_of(core)?.view(present::queue),
    })
}

/// Rows that one command answers with at most: more than the tallest window shows.
const ROWS_MAX: u32 = 200;

pub(crate) async fn queue_rows_get(
    core: &Arc<Core>,
    _: &Caller,
    args: QueueRowsArgs,
) -> Answer<QueueRows> {
    if args.count > ROWS_MAX {
        let message = message!("commands-too-many-rows", max = ROWS_MAX);
        return Err(Problem::new(ProblemCode::Invalid, message));
    }
    session_of(core)?
        .view(|view| present::queue_rows(view, &args.search, args.from, args.count))
        .ok_or_else(no_queue)
}

pub(crate) async fn queue_place_get(
    core: &Arc<Core>,
    _: &Caller,
    args: QueuePlaceArgs,
) -> Answer<QueuePlace> {
    session_of(core)?
        .view(|view| present::queue_place(view, &args.search, &args.task_id))
        .ok_or_else(no_queue)
}

/// The window has not been told yet that the queue was closed, or that another one was opened.
fn no_queue() -> Problem {
    Problem::new(ProblemCode::TaskGone, message!("commands-queue-closed"))
        .hint(message!("commands-queue-closed-next"))
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
