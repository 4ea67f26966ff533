//! The sandbox as the app has it: no socket, and no feature needed.
#![expect(clippy::unwrap_used, reason = "a test that fails should stop")]

use std::process::Command;

use axum::http::{Request, StatusCode};
use clock::ManualClock;
use sandbox::{Options, Sandbox};
use serde_json::Value;

fn embedded() -> Sandbox {
    let clock = ManualClock::at("2026-11-24T15:00:00Z".parse().unwrap());
    Sandbox::embedded(Options::new(clock))
}

fn request(method: &str, path: &str, key: &str) -> Request<Vec<u8>> {
    Request::builder()
        .method(method)
        .uri(format!("/api/v1/{path}"))
        .header("x-api-key", key)
        .body(Vec::new())
        .unwrap()
}

#[tokio::test]
async fn a_task_that_is_completed_stays_completed() {
    let sandbox = embedded();
    let key = sandbox.keys().master.clone();
    let found = sandbox.answer(request("POST", "tasks/search", &key)).await;
    assert_eq!(found.status(), StatusCode::OK);
    let found: Value = serde_json::from_slice(found.body()).unwrap();
    let path = format!(
        "tasks/{}/complete",
        found["tasks"][0]["id"].as_str().unwrap()
    );
    let first = sandbox.answer(request("POST", &path, &key)).await;
    let second = sandbox.answer(request("POST", &path, &key)).await;
    assert_eq!(first.status(), StatusCode::OK);
    assert_eq!(second.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn requests_are_numbered_from_one_and_unknown_routes_count() {
    let sandbox = embedded();
    for (number, path) in ["auth/health", "nothing/here", "auth/health"]
        .iter()
        .enumerate()
    {
        let answer = sandbox.answer(request("GET", path, "")).await;
        let expected = format!("sandbox-{:08}", number + 1);
        assert_eq!(
            answer.headers()["x-request-id"],
            expected.as_str(),
            "{path}"
        );
    }
}

/// Whether a build of `package` alone turns feature `control` on.
fn builds_with_control(package: &str) -> bool {
    let tree = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["tree", "--offline", "--locked", "--package", package])
        .args(["--edges", "no-dev,features", "--invert", "sandbox"])
        .output()
        .unwrap();
    let text = String::from_utf8(tree.stdout).unwrap();
    let is_told = tree.status.success() && text.starts_with("sandbox ");
    assert!(is_told, "{text}{}", String::from_utf8_lossy(&tree.stderr));
    text.contains(r#"sandbox feature "control""#)
}

#[test]
fn the_app_is_built_without_faults_control_api_and_history() {
    assert!(!builds_with_control("handset"));
    assert!(builds_with_control("loopback"), "what turns it on is seen");
}
