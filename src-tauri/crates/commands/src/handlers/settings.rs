//! Settings.

use std::sync::Arc;

use present::SettingsView;

use super::Answer;
use crate::{
    Core,
    arguments::{NoArgs, PanesArgs, SettingsPutArgs},
    host::Caller,
    settings,
};

pub(crate) async fn settings_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<SettingsView> {
    settings::view(core).await
}

pub(crate) async fn settings_put(
    core: &Arc<Core>,
    _: &Caller,
    args: SettingsPutArgs,
) -> Answer<SettingsView> {
    settings::put(core, args.settings.into()).await
}

pub(crate) async fn panes_put(core: &Arc<Core>, _: &Caller, args: PanesArgs) -> Answer<()> {
    let panes = args.panes.into();
    settings::check_panes(panes)?;
    let workspace = core.workspace();
    let mut changed = workspace.settings();
    changed.panes = panes;
    workspace.put_settings(changed).await
}
