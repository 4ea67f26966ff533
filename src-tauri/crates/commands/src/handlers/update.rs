//! Newer versions of Handset.

use std::sync::Arc;

use present::Status;

use super::Answer;
use crate::{Core, arguments::NoArgs, host::Caller};

pub(crate) async fn update_check(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<Status> {
    core.check_for_updates().await;
    Ok(core.status())
}

pub(crate) async fn update_install(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<Status> {
    core.install_update().await?;
    Ok(core.status())
}
