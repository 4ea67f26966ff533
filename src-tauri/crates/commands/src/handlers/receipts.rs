//! Receipts, and what a person does about a call that is saved.

use std::sync::Arc;

use domain::wrap_up::WrapUpId;
use present::{Exported, Problem, ProblemCode, ReceiptContent, Receipts};
use text::message;

use super::{Answer, session_of, told};
use crate::{
    Core,
    arguments::{ExportArgs, NoArgs, ReceiptCorrectArgs, ReceiptDiscardArgs, WrapUpIdArgs},
    disk,
    host::Caller,
};

pub(crate) async fn receipts_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<Receipts> {
    Ok(present::receipts(&*session_of(core)?))
}

pub(crate) async fn receipt_retry(
    core: &Arc<Core>,
    _: &Caller,
    args: WrapUpIdArgs,
) -> Answer<Receipts> {
    let session = session_of(core)?;
    told(session.retry(WrapUpId(args.wrap_up_id)).await, &session)?;
    Ok(present::receipts(&session))
}

pub(crate) async fn receipt_confirm(
    core: &Arc<Core>,
    _: &Caller,
    args: WrapUpIdArgs,
) -> Answer<Receipts> {
    let session = session_of(core)?;
    told(session.confirm(WrapUpId(args.wrap_up_id)).await, &session)?;
    Ok(present::receipts(&session))
}

pub(crate) async fn receipt_content(
    core: &Arc<Core>,
    _: &Caller,
    args: WrapUpIdArgs,
) -> Answer<ReceiptContent> {
    let session = session_of(core)?;
    let content = session.content(WrapUpId(args.wrap_up_id)).await;
    told(content, &session).map(ReceiptContent::from)
}

pub(crate) async fn receipt_correct(
    core: &Arc<Core>,
    _: &Caller,
    args: ReceiptCorrectArgs,
) -> Answer<Receipts> {
    let session = session_of(core)?;
    let corrected = session
        .correct(WrapUpId(args.wrap_up_id), args.form.into())
        .await;
    told(corrected, &session)?;
    Ok(present::receipts(&session))
}

pub(crate) async fn receipt_discard(
    core: &Arc<Core>,
    _: &Caller,
    args: ReceiptDiscardArgs,
) -> Answer<Receipts> {
    let session = session_of(core)?;
    let discarded = session
        .discard(WrapUpId(args.wrap_up_id), args.reason.into())
        .await;
    told(discarded, &session)?;
    Ok(present::receipts(&session))
}

pub(crate) async fn receipts_export(
    core: &Arc<Core>,
    _: &Caller,
    args: ExportArgs,
) -> Answer<Exported> {
    let session = session_of(core)?;
    let (text, calls) = present::day_as_csv(&session, args.with_notes)
        .ok_or_else(|| Problem::new(ProblemCode::Internal, message!("commands-list-not-made")))?;
    let name = format!("handset-calls-{}", session.today());
    let path = disk::write_new(core.environment.downloads_dir.clone(), name, text)
        .await
        .map_err(|error| {
            Problem::new(
                ProblemCode::Internal,
                message!("commands-list-not-written", reason = error.to_string()),
            )
            .hint(message!("commands-list-not-written-next"))
        })?;
    if let Err(error) = core.host.open_folder(&core.environment.downloads_dir) {
        tracing::warn!(%error, "the folder could not be shown");
    }
    Ok(Exported {
        path: path.display().to_string(),
        calls,
    })
}
