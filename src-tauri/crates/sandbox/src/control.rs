//! The control API, on a port of its own: what a test in another process may ask and order.
//!
//! Promises: it answers on loopback only and never through the Apollo port. Routes:
//! `GET /history`, `POST /faults` (one [`Fault`] as JSON), `DELETE /faults`,
//! `GET /world/tasks/{id}`, `GET /personal-data`, `POST /index-lag`
//! (`{"tasks_s": 5, "calls_s": 5}`, either may be missing).

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use serde::Deserialize;

use crate::{
    faults::Fault,
    history::History,
    pipeline::Core,
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
