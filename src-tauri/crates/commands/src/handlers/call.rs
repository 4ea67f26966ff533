//! The call: its draft, dialing, its times.

use std::sync::Arc;

use present::{Card, Problem, ProblemCode};
use text::message;

use super::{Answer, card_of, session_of, told};
use crate::{
    Core,
    arguments::{CallFormArgs, CorrectArgs, DialArgs, NoArgs, TaskArgs},
    dialing,
    host::Caller,
};

pub(crate) async fn draft_save(core: &Arc<Core>, _: &Caller, args: CallFormArgs) -> Answer<()> {
    let session = session_of(core)?;
    let saved = session.save_draft(&args.task_id, args.form.into()).await;
    told(saved, &session)
}

pub(crate) async fn call_dial(core: &Arc<Core>, _: &Caller, args: DialArgs) -> Answer<Card> {
    core.unless_updating(dial(core, args)).await
}

async fn dial(core: &Core, args: DialArgs) -> Answer<Card> {
    let session = session_of(core)?;
    let dialed = session
        .dial(&args.task_id, args.phone, args.confirmed)
        .await;
    let number = told(dialed, &session)?;
    // The clipboard is a net for phone apps that open without dialing; without one, go on.
    if let Err(error) = core.host.copy(number.as_str()) {
        tracing::warn!(%error, "the number is not on the clipboard");
    }
    let template = core.workspace().settings().dial_template;
    if let Err(error) = core.host.dial(&dialing::uri(&template, &number)) {
        session.undo_dial(&args.task_id).await;
        return Err(Problem::new(
            ProblemCode::DialRefused,
            message!("host-dial-refused", reason = error.reason()),
        )
        .hint(message!("host-dial-refused-next")));
    }
    // Read last: while the phone app opened, the rep may have ended the call already.
    card_of(&session, &args.task_id)
}

pub(crate) async fn call_end(core: &Arc<Core>, _: &Caller, args: TaskArgs) -> Answer<Card> {
    let session = session_of(core)?;
    told(session.end_call(&args.task_id).await, &session)?;
    card_of(&session, &args.task_id)
}

pub(crate) async fn call_correct(core: &Arc<Core>, _: &Caller, args: CorrectArgs) -> Answer<Card> {
    let session = session_of(core)?;
    let corrected = session
        .correct_call(&args.task_id, args.started_at, args.ended_at)
        .await;
    told(corrected, &session)?;
    card_of(&session, &args.task_id)
}

pub(crate) async fn dial_test(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<()> {
    let template = core.workspace().settings().dial_template;
    let number = dialing::test_number()
        .ok_or_else(|| Problem::new(ProblemCode::Internal, message!("commands-no-test-number")))?;
    core.host
        .dial(&dialing::uri(&template, &number))
        .map_err(|error| {
            Problem::new(
                ProblemCode::Internal,
                message!("host-dial-refused", reason = error.reason()),
            )
            .hint(message!("host-dial-test-refused-next"))
        })
}
