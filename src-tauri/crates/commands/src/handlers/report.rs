//! The sequence report.

use std::sync::Arc;

use present::SequenceReport;

use super::{Answer, session_of};
use crate::{Core, arguments::NoArgs, host::Caller};

pub(crate) async fn report_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<SequenceReport> {
    let session = session_of(core)?;
    let today = present::today_line(&present::receipts(&session));
    Ok(session.view(|view| present::report(view, today)))
}

pub(crate) async fn report_load(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<()> {
    session_of(core)?;
    core.workspace().load();
    Ok(())
}

pub(crate) async fn report_cancel(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<()> {
    session_of(core)?.cancel_load();
    Ok(())
}
