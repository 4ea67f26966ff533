//! A sandbox at a fixed moment, and a client that talks to its router.

use std::{sync::Arc, time::Duration};

use axum::{
    body::Body,
    http::{HeaderMap, Request},
};
use clock::ManualClock;
use sandbox::{Options, Sandbox, Scenario, SequenceState};
use serde_json::{Value, json};
use tower::ServiceExt;

/// A Tuesday noon in November.
pub(crate) const NOW: &str = "2026-11-24T12:00:00Z";
const MAX_BODY_BYTES: usize = 16 * 1024 * 1024;
/// Real time that a socket test may take before it fails instead of hanging.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Apollo {
    pub(crate) sandbox: Sandbox,
    pub(crate) clock: Arc<ManualClock>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Status and `error` of a refusal.
    pub(crate) fn refusal(&self) -> (u16, String) {
        (
            self.status,
            self.json()["error"].as_str().unwrap_or_default().to_owned(),
        )
    }
}

pub(crate) async fn apollo() -> Apollo {
    apollo_with(Scenario::default()).await
}

pub(crate) async fn apollo_with(scenario: Scenario) -> Apollo {
    let clock = ManualClock::at(NOW.parse().unwrap());
    let options = Options {
        scenario,
        ..Options::new(clock.clone())
    };
    Apollo {
        sandbox: Sandbox::start(options).await.unwrap(),
        clock,
    }
}

/// A request to a path under `/api/v1`.
pub(crate) fn request(method: &str, path: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(format!("/api/v1/{path}"))
}

impl Apollo {
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.sandbox.router().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, MAX_BODY_BYTES).await.unwrap();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    pub(crate) async fn call(&self, method: &str, path: &str, body: &Value) -> Answer {
        let request = request(method, path)
            .header("x-api-key", &self.sandbox.keys().master)
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        self.send(request).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        let request = request("GET", path)
            .header("x-api-key", &self.sandbox.keys().master)
            .body(Body::empty())
            .unwrap();
        self.send(request).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path, body).await
    }

    /// Id of the main rep.
    pub(crate) fn me(&self) -> String {
        self.sandbox.users()[0].id.clone()
    }

    /// Id of another rep.
    pub(crate) fn teammate(&self) -> String {
        self.sandbox.users()[2].id.clone()
    }

    /// Open call tasks of the main rep, in order of due time.
    pub(crate) async fn queue(&self, per_page: usize) -> Vec<Value> {
        let body = json!({
            "user_ids": [self.me()],
            "task_type_cds": ["call"],
            "sort_by_field": "task_due_at",
            "sort_ascending": true,
            "per_page": per_page,
            "page": 1,
        });
        self.post("tasks/search", &body).await.json()["tasks"]
            .as_array()
            .unwrap()
            .clone()
    }

    /// The id of an open call task of the main rep at a step that fits, in an active sequence.
    pub(crate) fn sequence_task(&self, fits: impl Fn(u32, usize) -> bool) -> String {
        let me = self.me();
        let world = self.sandbox.world();
        let found = world.tasks.iter().find(|view| {
            let task = &view.task;
            let (Some(sequence), Some(position)) =
                (&task.emailer_campaign_id, task.campaign_position)
            else {
                return false;
            };
            let sequence = world.sequence(sequence).unwrap();
            task.status == "scheduled"
                && task.user_id == me
                && task.contact_id.is_some()
                && sequence.state == SequenceState::Active
                && fits(position, sequence.steps)
        });
        found.unwrap().task.id.clone()
    }
}

/// An id that nobody has.
pub(crate) const NOBODY: &str = "64c0ffee00000000000000ff";
