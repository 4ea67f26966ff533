//! The state of Handset as a whole, and commands about the app itself.

use std::sync::Arc;

use present::{Licenses, Problem, ProblemCode, Status};
use text::message;

use super::Answer;
use crate::{
    Core,
    arguments::{NoArgs, NoticeArgs},
    host::Caller,
};

pub(crate) async fn status_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<Status> {
    Ok(core.status())
}

pub(crate) async fn sandbox_start(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<Status> {
    core.enter_sandbox().await?;
    Ok(core.status())
}

pub(crate) async fn sandbox_stop(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<Status> {
    core.leave_sandbox().await?;
    Ok(core.status())
}

pub(crate) async fn notice_dismiss(core: &Arc<Core>, _: &Caller, args: NoticeArgs) -> Answer<()> {
    core.dismiss(args.id);
    Ok(())
}

pub(crate) async fn window_settings(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<()> {
    core.host.show_settings().map_err(|error| {
        Problem::new(
            ProblemCode::Internal,
            message!("host-settings-not-opened", reason = error.reason()),
        )
    })
}

pub(crate) async fn licenses_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<Licenses> {
    Ok(Licenses {
        text: core.host.licenses(),
    })
}

pub(crate) async fn logs_open(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<()> {
    core.host
        .open_folder(&core.environment.log_dir)
        .map_err(|error| {
            Problem::new(
                ProblemCode::Internal,
                message!("host-folder-not-opened", reason = error.reason()),
            )
        })
}

pub(crate) async fn quit_now(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<()> {
    core.host.quit().map_err(|error| {
        Problem::new(
            ProblemCode::Internal,
            message!("host-not-quit", reason = error.reason()),
        )
    })
}

pub(crate) async fn quit_stay(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<Status> {
    core.stay();
    Ok(core.status())
}
