//! The control API, on a port of its own: what a test in another process may ask and order.
//!
//! Promises: it answers on loopback only and never through the Apollo port. Routes:
//! `GET /history`, `POST /faults` (one [`Fault`] as JSON), `DELETE /faults`,
//! `GET /world/tasks/{id}`, `GET /personal-data`, `POST /index-lag`
//! (`{"tasks_s": 5, "calls_s": 5}`, either may be missing), `GET /scenario`, `PATCH /scenario`
//! (fields of [`Scenario`] to change, such as `{"master_key_revoked": true}`,
//! `{"plan_downgraded": true}`, `{"task_functions_off": true}`, `{"call_identifier": "upsert"}`),
//! `POST /world/users/{id}/deactivate` and `/reactivate`, `POST /world/sequences/{id}/pause` and
//! `/resume`, `DELETE /world/contacts/{id}`, `DELETE /world/outcomes/{id}`. An id that nobody has
//! is 404; what cannot be read is 422.

use std::{
    future::{Ready, ready},
    sync::Arc,
    time::Duration,
};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{delete, get, post},
};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    faults::Fault,
    history::History,
    pipeline::Core,
    scenario::Scenario,
    world::{
        personal,
        view::{self, TaskView},
    },
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IndexLag {
    tasks_s: Option<u64>,
    calls_s: Option<u64>,
}

pub(crate) fn router(core: Arc<Core>) -> Router {
    Router::new()
        .route("/history", get(history))
        .route("/faults", post(add_fault).delete(clear_faults))
        .route("/world/tasks/{id}", get(task))
        .route("/personal-data", get(personal_data))
        .route("/index-lag", post(index_lag))
        .route("/scenario", get(scenario).patch(change_scenario))
        .route(
            "/world/users/{id}/deactivate",
            post(order(|core, id| core.set_user_active(id, false))),
        )
        .route(
            "/world/users/{id}/reactivate",
            post(order(|core, id| core.set_user_active(id, true))),
        )
        .route(
            "/world/sequences/{id}/pause",
            post(order(|core, id| core.set_sequence_active(id, false))),
        )
        .route(
            "/world/sequences/{id}/resume",
            post(order(|core, id| core.set_sequence_active(id, true))),
        )
        .route("/world/contacts/{id}", delete(order(Core::delete_contact)))
        .route("/world/outcomes/{id}", delete(order(Core::remove_outcome)))
        .with_state(core)
}

async fn history(State(core): State<Arc<Core>>) -> Json<History> {
    Json(core.history.snapshot())
}

async fn add_fault(State(core): State<Arc<Core>>, Json(fault): Json<Fault>) -> StatusCode {
    core.faults.add(fault);
    StatusCode::NO_CONTENT
}

async fn clear_faults(State(core): State<Arc<Core>>) -> StatusCode {
    core.faults.clear();
    StatusCode::NO_CONTENT
}

async fn task(
    State(core): State<Arc<Core>>,
    Path(id): Path<String>,
) -> Result<Json<TaskView>, StatusCode> {
    view::task_by_id(&core.world(), &id)
        .map(Json)
        .ok_or(StatusCode::NOT_FOUND)
}

async fn personal_data(State(core): State<Arc<Core>>) -> Json<Vec<String>> {
    Json(personal::all(&core.world(), &core.keys))
}

async fn index_lag(State(core): State<Arc<Core>>, Json(lag): Json<IndexLag>) -> StatusCode {
    core.change_scenario(|scenario| {
        if let Some(tasks_s) = lag.tasks_s {
            scenario.task_index_lag = Duration::from_secs(tasks_s);
        }
        if let Some(calls_s) = lag.calls_s {
            scenario.call_index_lag = Duration::from_secs(calls_s);
        }
    });
    StatusCode::NO_CONTENT
}

/// A handler for a change that returns whether it found what the id names.
fn order(
    change: fn(&Core, &str) -> bool,
) -> impl Fn(State<Arc<Core>>, Path<String>) -> Ready<StatusCode> + Clone {
    move |State(core), Path(id)| {
        ready(if change(&core, &id) {
            StatusCode::NO_CONTENT
        } else {
            StatusCode::NOT_FOUND
        })
    }
}

async fn scenario(State(core): State<Arc<Core>>) -> Json<Scenario> {
    Json(Scenario::clone(&core.scenario()))
}

async fn change_scenario(
    State(core): State<Arc<Core>>,
    Json(changes): Json<Map<String, Value>>,
) -> StatusCode {
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    core.change_scenario(|scenario| {
        if let Some(changed) = merged(scenario, changes) {
            *scenario = changed;
            status = StatusCode::NO_CONTENT;
        }
    });
    status
}

/// The scenario with some of its fields replaced; none where a field is not one of its own or
/// holds what it cannot.
fn merged(scenario: &Scenario, changes: Map<String, Value>) -> Option<Scenario> {
    let mut fields = serde_json::to_value(scenario).ok()?;
    for (name, value) in changes {
        *fields.get_mut(&name)? = value;
    }
    serde_json::from_value(fields).ok()
}
