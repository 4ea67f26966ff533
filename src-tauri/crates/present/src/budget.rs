//! What Apollo still allows.

use budget::{Budget, Endpoint, EndpointMeter, LimitWindow, WindowMeter};
use clock::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use text::{Text, Value, message};
use ts_rs::TS;

use crate::time_text::when;

/// What Apollo still allows the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BudgetView {
    /// "387 call logs left this hour."
    pub sentence: Text,
    pub endpoints: Vec<EndpointBudget>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct EndpointBudget {
    /// "Log a call"
    pub name: Text,
    /// Apollo's own name: "api/v1/phone_calls#create".
    pub endpoint: String,
    pub windows: Vec<WindowBudget>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WindowBudget {
    /// "minute", "hour" or "day".
    pub name: Text,
    pub limit: Option<u32>,
    pub used: u32,
    pub left: Option<u32>,
    /// "resets 14:05" or "resets about 14:05".
    pub resets: Option<Text>,
}

/// Endpoints a person knows, in the order of what matters to them.
fn named_endpoints() -> [(Endpoint, Text); 7] {
    [
        (Endpoint::PHONE_CALLS_CREATE, message!("limits-log-call")),
        (Endpoint::TASKS_COMPLETE, message!("limits-complete-task")),
        (Endpoint::TASKS_SKIP, message!("limits-skip-task")),
        (Endpoint::TASKS_SEARCH, message!("limits-read-tasks")),
        (
            Endpoint::SEQUENCES_SEARCH,
            message!("limits-read-sequences"),
        ),
        (
            Endpoint::PHONE_CALLS_SEARCH,
            message!("limits-look-up-calls"),
        ),
        (Endpoint::USERS_SEARCH, message!("limits-read-people")),
    ]
}

/// Call logs that the team may still make this hour, once Apollo has reported it.
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
    let endpoints = named_endpoints()
        .into_iter()
        .filter_map(|(endpoint, name)| {
            let meter = meters.iter().find(|meter| meter.endpoint == endpoint)?;
            Some(row(meter, name, now, zone))
        })
        .collect();
    let sentence = match calls_left_this_hour(budget) {
        Some(left) => message!("limits-left-this-hour", left = left),
        None => message!("limits-not-known"),
    };
    BudgetView {
        sentence,
        endpoints,
    }
}

fn row(meter: &EndpointMeter, name: Text, now: Timestamp, zone: &TimeZone) -> EndpointBudget {
    let windows = [
        (LimitWindow::Minute, message!("limits-minute")),
        (LimitWindow::Hour, message!("limits-hour")),
        (LimitWindow::Day, message!("limits-day")),
    ]
    .into_iter()
    .map(|(window, name)| bar(meter.of(window), name, now, zone))
    .collect();
    EndpointBudget {
        name,
        endpoint: meter.endpoint.as_str().to_owned(),
        windows,
    }
}

fn bar(meter: WindowMeter, name: Text, now: Timestamp, zone: &TimeZone) -> WindowBudget {
    let certainty = if meter.estimated {
        "estimated"
    } else {
        "known"
    };
    WindowBudget {
        name,
        limit: meter.limit.map(narrow),
        used: narrow(meter.used),
        left: meter.left.map(narrow),
        resets: meter.resets_at.map(|at| {
            message!(
                "limits-resets",
                certainty = Value::choice(certainty),
                when = when(at, now, zone),
            )
        }),
    }
}

fn narrow(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
