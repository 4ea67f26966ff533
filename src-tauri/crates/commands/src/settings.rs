//! Settings: what a person may set, checked strictly, and what is shown beside them.

use domain::{
    calling_hours::{HoursFault, OpenHours},
    destinations::{DESTINATIONS_MAX, Destinations},
    dispositions::is_apollo_id,
    settings::{OutcomeRule, Panes, Settings, UNDO_S_MAX},
};
use present::{Problem, ProblemCode, SettingsView, store_problem};
use session::ports::OutcomeStore as _;
use text::{Text, message};

use crate::{Core, count::count, dialing, origin::origin_of};

/// Days that the ids of logged calls may be stored.
const RETENTION_DAYS: std::ops::RangeInclusive<u32> = 1..=365;
/// Rules for outcomes.
const RULES_MAX: usize = 50;
/// How far ahead a rule may call again, in days.
const CALLBACK_DAYS_MAX: u32 = 365;
/// Widths that leave every pane usable, in CSS pixels.
const PANE_PX: std::ops::RangeInclusive<u32> = 200..=900;

pub(crate) async fn view(core: &Core) -> Result<SettingsView, Problem> {
    let workspace = core.workspace();
    let summary = workspace
        .sled()
        .summary()
        .await
        .map_err(|error| store_problem(&error))?;
    let outcomes = workspace
        .sled()
        .for_origin(workspace.origin())
        .outcomes()
        .await
        .map_err(|error| store_problem(&error))?
        .map_or(0, |stored| stored.outcomes.len());
    Ok(SettingsView {
        settings: workspace.settings().into(),
        on_disk: vec![
            message!("commands-stored-calls", count = count(summary.wrap_ups)),
            message!("commands-stored-notes", count = count(summary.drafts)),
            message!("commands-stored-receipts", count = count(summary.receipts)),
            message!("commands-stored-people", count = count(summary.reps)),
            message!("commands-stored-outcomes", count = count(outcomes)),
            message!("commands-stored-nothing-else"),
        ],
        data_folder: core.environment.data_dir.display().to_string(),
        log_folder: core.environment.log_dir.display().to_string(),
        version: core.environment.version.clone(),
        origin_fixed_because: origin_fixed_because(core),
    })
}

pub(crate) async fn put(core: &Core, mut settings: Settings) -> Result<SettingsView, Problem> {
    check(&mut settings)?;
    let workspace = core.workspace();
    let before = workspace.settings();
    // No window knows of these old outcomes.
    settings.outcomes.clone_from(&before.outcomes);
    let origin_changes = before.apollo_origin != settings.apollo_origin;
    if let Some(because) = origin_fixed_because(core).filter(|_| origin_changes) {
        return Err(invalid(because));
    }
    let origin = settings.apollo_origin.clone();
    workspace.put_settings(settings).await?;
    if origin_changes {
        core.change_origin(&origin).await?;
    }
    view(core).await
}

fn origin_fixed_because(core: &Core) -> Option<Text> {
    if core.workspace().is_sandbox() {
        Some(message!("settings-errors-address-of-sandbox"))
    } else if core.origin_is_fixed() {
        Some(message!("settings-errors-address-fixed"))
    } else {
        None
    }
}

fn check(settings: &mut Settings) -> Result<(), Problem> {
    settings.apollo_origin = origin_of(&settings.apollo_origin)?;
    settings.dial_template = settings.dial_template.trim().to_owned();
    dialing::check(&settings.dial_template)?;
    OpenHours::parse(&settings.calling_hours).map_err(|fault| invalid(hours_fault(fault)))?;
    settings.destinations = settings
        .destinations
        .tidied()
        .map_err(|not| invalid(message!("settings-errors-start", start = not.0)))?;
    let Destinations { allowed, forbidden } = &settings.destinations;
    if allowed.len().max(forbidden.len()) > DESTINATIONS_MAX {
        return Err(invalid(message!("settings-errors-starts")));
    }
    if !RETENTION_DAYS.contains(&settings.retention_days) {
        return Err(invalid(message!("settings-errors-retention")));
    }
    check_rules(&mut settings.rules)?;
    if settings.undo_s > UNDO_S_MAX {
        return Err(invalid(message!("settings-errors-undo")));
    }
    check_panes(settings.panes)
}

fn check_rules(rules: &mut [OutcomeRule]) -> Result<(), Problem> {
    if rules.len() > RULES_MAX {
        return Err(invalid(message!("settings-errors-rules")));
    }
    let mut outcomes = std::collections::HashSet::new();
    for rule in rules {
        if !outcomes.insert(rule.outcome.clone()) {
            return Err(invalid(message!("settings-errors-rule-twice")));
        }
        if rule
            .callback_days
            .is_some_and(|days| days > CALLBACK_DAYS_MAX)
        {
            return Err(invalid(message!("settings-errors-rule-days")));
        }
        if let Some(stage_id) = &mut rule.stage_id {
            *stage_id = stage_id.trim().to_lowercase();
            if !is_apollo_id(stage_id) {
                return Err(invalid(message!("settings-errors-rule-stage")));
            }
        }
    }
    Ok(())
}

pub(crate) fn check_panes(panes: Panes) -> Result<(), Problem> {
    if PANE_PX.contains(&panes.list_px) && PANE_PX.contains(&panes.wrap_up_px) {
        Ok(())
    } else {
        Err(invalid(message!("settings-errors-pane")))
    }
}

fn invalid(message: Text) -> Problem {
    Problem::new(ProblemCode::Invalid, message)
}

fn hours_fault(fault: HoursFault) -> Text {
    match fault {
        HoursFault::Opening => message!("settings-errors-hours-opening"),
        HoursFault::Closing => message!("settings-errors-hours-closing"),
        HoursFault::Order => message!("settings-errors-hours-order"),
    }
}
