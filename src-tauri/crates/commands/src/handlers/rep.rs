//! Who the rep is.

use std::sync::Arc;

use present::{Status, UserList};

use super::Answer;
use crate::{
    Core,
    arguments::{NoArgs, RepChooseArgs, UsersArgs},
    host::Caller,
};

pub(crate) async fn users_get(core: &Arc<Core>, _: &Caller, args: UsersArgs) -> Answer<UserList> {
    Ok(core.workspace().users(args.email.as_deref()))
}

pub(crate) async fn rep_choose(
    core: &Arc<Core>,
    _: &Caller,
    args: RepChooseArgs,
) -> Answer<Status> {
    core.workspace().choose_rep(&args.user_id).await?;
    Ok(core.status())
}

pub(crate) async fn rep_change(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<Status> {
    core.workspace().change_rep().await?;
    Ok(core.status())
}
