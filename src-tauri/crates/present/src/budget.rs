//! What Apollo still allows, in words.

use budget::{Budget, Endpoint, EndpointMeter, LimitWindow, WindowMeter};
use clock::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use ts_rs::TS;

use crate::time_text::{counted, when};

/// What Apollo still allows the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BudgetView {
    /// "387 call logs left this hour."
    pub sentence: String,
    pub endpoints: Vec<EndpointBudget>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct EndpointBudget {
    /// In words: "Log a call".
    pub name: String,
    /// Apollo's own name: "api/v1/phone_calls#create".
    pub endpoint: String,
    pub windows: Vec<WindowBudget>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WindowBudget {
    /// "minute", "hour" or "day".
    pub name: String,
    pub limit: Option<u32>,
    pub used: u32,
    pub left: Option<u32>,
    /// "resets 14:05" or "resets about 14:05".
    pub resets: Option<String>,
}

/// Endpoints a person knows, in the order of what matters to them.
const NAMES: [(Endpoint, &str); 7] = [
    (Endpoint::PHONE_CALLS_CREATE, "Log a call"),
    (Endpoint::TASKS_COMPLETE, "Complete a task"),
    (Endpoint::TASKS_SKIP, "Skip a task"),
    (Endpoint::TASKS_SEARCH, "Read call tasks"),
    (Endpoint::SEQUENCES_SEARCH, "Read sequences"),
    (Endpoint::PHONE_CALLS_SEARCH, "Look calls up"),
    (Endpoint::USERS_SEARCH, "Read people"),
];

/// Call logs that the team may still make this hour, once Apollo has said.
pub fn calls_left_this_hour(budget: &Budget) -> Option<u32> {
    let meters = budget.meter();
    let meter = meters
        .iter()
        .find(|meter| meter.endpoint == Endpoint::PHONE_CALLS_CREATE)?;
    let left = meter.hour.left?.min(meter.day.left.unwrap_or(u64::MAX));
    let is_known = !meter.hour.estimated || meter.hour.used > 0;
    is_known.then(|| narrow(left))
}

/// What Apollo still allows the team.
pub fn budget(budget: &Budget, now: Timestamp, zone: &TimeZone) -> BudgetView {
    let meters = budget.meter();
    let endpoints = NAMES
        .iter()
        .filter_map(|(endpoint, name)| {
            let meter = meters.iter().find(|meter| meter.endpoint == *endpoint)?;
            Some(row(meter, name, now, zone))
        })
        .collect();
    let sentence = match calls_left_this_hour(budget) {
        Some(left) => {
            format!(
                "The team has {} left this hour.",
                counted(left, "call log", "call logs")
            )
        }
        None => "Apollo says what is left with its first answers.".to_owned(),
    };
    BudgetView {
        sentence,
        endpoints,
    }
}

fn row(meter: &EndpointMeter, name: &str, now: Timestamp, zone: &TimeZone) -> EndpointBudget {
    let windows = [
        (LimitWindow::Minute, "minute"),
        (LimitWindow::Hour, "hour"),
        (LimitWindow::Day, "day"),
    ]
    .into_iter()
    .map(|(window, word)| bar(meter.of(window), word, now, zone))
    .collect();
    EndpointBudget {
        name: name.to_owned(),
        endpoint: meter.endpoint.as_str().to_owned(),
        windows,
    }
}

fn bar(meter: WindowMeter, name: &str, now: Timestamp, zone: &TimeZone) -> WindowBudget {
    let about = if meter.estimated { "about " } else { "" };
    WindowBudget {
        name: name.to_owned(),
        limit: meter.limit.map(narrow),
        used: narrow(meter.used),
        left: meter.left.map(narrow),
        resets: meter
            .resets_at
            .map(|at| format!("resets {about}{}", when(at, now, zone))),
    }
}

fn narrow(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
