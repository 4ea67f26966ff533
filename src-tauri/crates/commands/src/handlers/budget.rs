//! What Apollo still allows.

use std::sync::Arc;

use present::BudgetView;

use super::Answer;
use crate::{Core, arguments::NoArgs, host::Caller};

pub(crate) async fn budget_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<BudgetView> {
    let workspace = core.workspace();
    let now = core.environment.clock.now();
    Ok(present::budget(workspace.budget(), now, workspace.zone()))
}
