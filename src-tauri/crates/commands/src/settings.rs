//! Settings: what a person may set, checked strictly, and what is shown beside it.

use domain::{
    calling_hours::{HoursFault, OpenHours},
    destinations::{DESTINATIONS_MAX, Destinations},
    dispositions::is_apollo_id,
    settings::{OutcomeRule, Panes, Settings, UNDO_S_MAX},
};
use present::{Problem, ProblemCode, SettingsView, store_problem, time_text::counted};
use session::ports::OutcomeStore as _;

use crate::{Core, dialing, origin::origin_of};

/// Days that the ids of logged calls may be kept.
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
        .map_or(0, |kept| kept.outcomes.len());
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(SettingsView {
        settings: workspace.settings().into(),
        on_disk: vec![
            format!(
                "{} not yet in Apollo, sealed.",
                counted(count(summary.wrap_ups), "call", "calls")
            ),
            format!(
                "{} begun, sealed.",
                counted(count(summary.drafts), "note", "notes")
            ),
            format!(
                "{} of finished calls: ids, times and outcomes, no content.",
                counted(count(summary.receipts), "receipt", "receipts")
            ),
            format!(
                "{} to log calls as: id, name and email.",
                counted(count(summary.reps), "person", "people")
            ),
            format!(
                "{} that calls can have, as Apollo or you named them: ids and names.",
                counted(count(outcomes), "outcome", "outcomes")
            ),
            "Contacts, accounts, tasks and sequences are in memory only.".to_owned(),
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
    // No window knows of these.
    settings.outcomes.clone_from(&before.outcomes);
    let origin_changes = before.apollo_origin != settings.apollo_origin;
    if let Some(because) = origin_fixed_because(core).filter(|_| origin_changes) {
        return Err(invalid(&because));
    }
    let origin = settings.apollo_origin.clone();
    workspace.put_settings(settings).await?;
    if origin_changes {
        core.change_origin(&origin).await?;
    }
    view(core).await
}

fn origin_fixed_because(core: &Core) -> Option<String> {
    let because = if core.workspace().is_sandbox() {
        "The sample data is served by this computer. Leave it to set Apollo's address."
    } else if core.origin_is_fixed() {
        "Set when Handset was started (--apollo-url), so it cannot be changed here."
    } else {
        return None;
    };
    Some(because.to_owned())
}

fn check(settings: &mut Settings) -> Result<(), Problem> {
    settings.apollo_origin = origin_of(&settings.apollo_origin)?;
    settings.dial_template = settings.dial_template.trim().to_owned();
    dialing::check(&settings.dial_template)?;
    OpenHours::parse(&settings.calling_hours).map_err(|fault| invalid(hours_fault(fault)))?;
    settings.destinations = settings.destinations.tidied().map_err(|not| {
        invalid(&format!(
            "“{}” is not how a number begins. Write a plus sign and digits, such as +1900.",
            not.0
        ))
    })?;
    let Destinations { allowed, forbidden } = &settings.destinations;
    if allowed.len().max(forbidden.len()) > DESTINATIONS_MAX {
        return Err(invalid(
            "At most 100 beginnings of numbers of each kind, please.",
        ));
    }
    if !RETENTION_DAYS.contains(&settings.retention_days) {
        return Err(invalid("Receipts can be kept for 1 to 365 days."));
    }
    check_rules(&mut settings.rules)?;
    if settings.undo_s > UNDO_S_MAX {
        return Err(invalid(
            "A call can be held back for an undo for at most 60 seconds.",
        ));
    }
    check_panes(settings.panes)
}

fn check_rules(rules: &mut [OutcomeRule]) -> Result<(), Problem> {
    if rules.len() > RULES_MAX {
        return Err(invalid("At most 50 rules, please."));
    }
    let mut outcomes = std::collections::HashSet::new();
    for rule in rules {
        if !outcomes.insert(rule.outcome.clone()) {
            return Err(invalid(
                "Two rules are for the same outcome. Keep one of them.",
            ));
        }
        if rule
            .callback_days
            .is_some_and(|days| days > CALLBACK_DAYS_MAX)
        {
            return Err(invalid(
                "A rule can call again within a year: 0 to 365 days.",
            ));
        }
        if let Some(stage_id) = &mut rule.stage_id {
            *stage_id = stage_id.trim().to_lowercase();
            if !is_apollo_id(stage_id) {
                return Err(invalid(
                    "The stage of a rule is not an Apollo id: 24 digits and letters a to f.",
                ));
            }
        }
    }
    Ok(())
}

pub(crate) fn check_panes(panes: Panes) -> Result<(), Problem> {
    if PANE_PX.contains(&panes.list_px) && PANE_PX.contains(&panes.wrap_up_px) {
        Ok(())
    } else {
        Err(invalid("A pane cannot be that wide."))
    }
}

fn invalid(message: &str) -> Problem {
    Problem::new(ProblemCode::Invalid, message)
}

fn hours_fault(fault: HoursFault) -> &'static str {
    match fault {
        HoursFault::Opening => "The opening time is not a time such as 08:00.",
        HoursFault::Closing => "The closing time is not a time such as 08:00.",
        HoursFault::Order => "Calling hours must open before they close.",
    }
}
