//! The list of outcomes, as settings change it.

use std::sync::Arc;

use present::{OutcomeBook, StageList};

use super::{Answer, session_of, told};
use crate::{
    Core,
    arguments::{NoArgs, OutcomesChangeArgs},
    host::Caller,
};

pub(crate) async fn outcomes_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<OutcomeBook> {
    Ok(session_of(core)?.view(present::outcome_book))
}

pub(crate) async fn outcomes_change(
    core: &Arc<Core>,
    _: &Caller,
    args: OutcomesChangeArgs,
) -> Answer<OutcomeBook> {
    let session = session_of(core)?;
    let changed = session.change_outcomes(args.change.into()).await;
    told(changed, &session)?;
    Ok(session.view(present::outcome_book))
}

pub(crate) async fn stages_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<StageList> {
    let session = session_of(core)?;
    told(session.stages().await, &session).map(StageList::from)
}
