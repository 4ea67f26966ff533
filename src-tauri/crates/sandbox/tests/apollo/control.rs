//! The control API and the binary, over real sockets, as another process sees them.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use sandbox::SequenceState;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{Apollo, NOBODY, PATIENCE, apollo};

async fn ask(url: &str, method: &str, path: &str, body: &str) -> (u16, String) {
    let clock = clock::SystemClock::shared();
    let read = async {
        let address = url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: control\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).await.unwrap();
        text
    };
    let text = clock::within(&*clock, PATIENCE, read)
        .await
        .expect("an answer");
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    (head[9..12].parse().unwrap(), body.to_owned())
}

async fn ask_json(url: &str, path: &str) -> Value {
    let (status, body) = ask(url, "GET", path, "").await;
    assert_eq!(status, 200);
    serde_json::from_str(&body).unwrap()
}

async fn controlled() -> (Apollo, String) {
    let apollo = apollo().await;
    let control = apollo.sandbox.serve_control(0).await.unwrap();
    (apollo, control)
}

#[tokio::test]
async fn history_tells_requests_and_effects() {
    let (apollo, control) = controlled().await;
    let call = apollo
        .post("phone_calls", &json!({"note": "Heard everything"}))
        .await
        .json();
    let history = ask_json(&control, "/history").await;
    assert_eq!(history["requests"][0]["endpoint"], "phone_calls#create");
    assert_eq!(history["requests"][0]["status"], 200);
    assert_eq!(history["effects"][0]["kind"], "call_logged");
    assert_eq!(
        history["effects"][0]["call"]["id"],
        call["phone_call"]["id"]
    );
    assert_eq!(history["effects"][0]["call"]["note"], "Heard everything");
    assert_eq!(
        history["effects"][0]["request"],
        history["requests"][0]["number"]
    );
}

#[tokio::test]
async fn faults_can_be_added_and_cleared_and_a_wrong_one_is_refused() {
    let (apollo, control) = controlled().await;
    let fault = r#"{"endpoint":"auth#health","when":"always","kind":{"status":503}}"#;
    assert_eq!(ask(&control, "POST", "/faults", fault).await.0, 204);
    assert_eq!(apollo.get("auth/health").await.status, 503);
    assert_eq!(ask(&control, "DELETE", "/faults", "").await.0, 204);
    assert_eq!(apollo.get("auth/health").await.status, 200);
    let wrong = r#"{"endpoint":"auth#wealth","kind":"hang"}"#;
    assert_eq!(ask(&control, "POST", "/faults", wrong).await.0, 422);
}

#[tokio::test]
async fn a_task_can_be_looked_at_and_a_missing_one_is_404() {
    let (apollo, control) = controlled().await;
    let id = apollo.queue(1).await[0]["id"].as_str().unwrap().to_owned();
    apollo
        .post(&format!("tasks/{id}/complete"), &json!({}))
        .await;
    let task = ask_json(&control, &format!("/world/tasks/{id}")).await;
    assert_eq!(
        (&task["id"], &task["status"]),
        (&json!(id), &json!("completed"))
    );
    assert_eq!(task["completed_at"], "2026-11-24T12:00:00Z");
    let (status, _) = ask(&control, "GET", "/world/tasks/64c0ffee00000000000000ff", "").await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn index_lag_can_be_set_from_outside() {
    let (apollo, control) = controlled().await;
    let lag = r#"{"tasks_s":60}"#;
    assert_eq!(ask(&control, "POST", "/index-lag", lag).await.0, 204);
    let first = apollo.queue(1).await.remove(0);
    let path = format!("tasks/{}/complete", first["id"].as_str().unwrap());
    apollo.post(&path, &json!({})).await;
    assert_eq!(apollo.queue(1).await[0]["id"], first["id"]);
}

#[tokio::test]
async fn switches_can_be_read_and_changed_one_by_one_and_a_wrong_one_changes_nothing() {
    let (apollo, control) = controlled().await;
    let change = async |body: &str| ask(&control, "PATCH", "/scenario", body).await.0;
    assert_eq!(change(r#"{"master_key_revoked":true}"#).await, 204);
    assert_eq!(apollo.get("users/api_profile").await.status, 401);
    let changes = r#"{"master_key_revoked":false,"plan_downgraded":true}"#;
    assert_eq!(change(changes).await, 204);
    assert_eq!(apollo.post("phone_calls", &json!({})).await.status, 403);
    let changes = r#"{"plan_downgraded":false,"task_functions_off":true}"#;
    assert_eq!(change(changes).await, 204);
    let id = apollo.queue(1).await[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(apollo.get(&format!("tasks/{id}")).await.status, 403);
    assert_eq!(change(r#"{"call_identifier":"dropped"}"#).await, 204);
    let call = apollo
        .post("phone_calls", &json!({"call_identifier": "one"}))
        .await;
    assert_eq!(call.json()["phone_call"]["call_identifier"], Value::Null);
    let before = ask_json(&control, "/scenario").await;
    assert_eq!(before["task_functions_off"], true);
    for wrong in [
        r#"{"task_functions_off":false,"call_identifier":"eaten"}"#,
        r#"{"task_functions_off":false,"no_such_switch":1}"#,
    ] {
        assert_eq!(change(wrong).await, 422, "{wrong}");
    }
    assert_eq!(ask_json(&control, "/scenario").await, before);
}

#[tokio::test]
async fn people_contacts_sequences_and_dispositions_go_by_order_and_an_unknown_id_is_404() {
    let (apollo, control) = controlled().await;
    let world = apollo.sandbox.world();
    let teammate = apollo.teammate();
    let order = async |method: &str, path: String| ask(&control, method, &path, "").await.0;
    let user = |action: &str| format!("/world/users/{teammate}/{action}");
    let is_deactivated = || {
        let users = apollo.sandbox.users();
        users.iter().any(|it| it.id == teammate && it.deactivated)
    };
    assert_eq!(order("POST", user("deactivate")).await, 204);
    assert!(is_deactivated());
    assert_eq!(order("POST", user("reactivate")).await, 204);
    assert!(!is_deactivated());
    let sequence = &world.sequences[0].id;
    let state = || apollo.sandbox.world().sequence(sequence).unwrap().state;
    for (action, expected) in [
        ("pause", SequenceState::Paused),
        ("resume", SequenceState::Active),
    ] {
        let path = format!("/world/sequences/{sequence}/{action}");
        assert_eq!(order("POST", path).await, 204);
        assert_eq!(state(), expected);
    }
    let contact = &world.contacts[0].id;
    let path = format!("/world/contacts/{contact}");
    assert_eq!(order("DELETE", path).await, 204);
    let now = apollo.sandbox.world();
    assert!(now.contact(contact).unwrap().deleted);
    let path = format!("/world/outcomes/{}", world.outcomes[0].0);
    assert_eq!(order("DELETE", path).await, 204);
    assert_eq!(
        apollo.sandbox.world().outcomes.len(),
        world.outcomes.len() - 1
    );
    for (method, path) in [
        ("POST", format!("/world/users/{NOBODY}/deactivate")),
        ("POST", format!("/world/sequences/{NOBODY}/pause")),
        ("DELETE", format!("/world/contacts/{NOBODY}")),
        ("DELETE", format!("/world/outcomes/{NOBODY}")),
    ] {
        assert_eq!(order(method, path.clone()).await, 404, "{path}");
    }
}

#[tokio::test]
async fn personal_data_is_listed_keys_included() {
    let (apollo, control) = controlled().await;
    let listed = ask_json(&control, "/personal-data").await;
    let listed = listed.as_array().unwrap();
    assert!(listed.len() > 3_000);
    assert!(listed.contains(&json!(apollo.sandbox.keys().master)));
    assert!(listed.contains(&json!("sam@northwind.example")));
}

#[tokio::test]
async fn the_api_port_has_no_control_routes() {
    let (apollo, _) = controlled().await;
    for path in ["/history", "/api/v1/history", "/personal-data"] {
        assert_eq!(ask(apollo.sandbox.url(), "GET", path, "").await.0, 404);
    }
}

/// Ends the process however the test ends.
struct Process(std::process::Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn the_binary_prints_one_json_line_and_serves() {
    let mut process = Command::new(env!("CARGO_BIN_EXE_sandbox"))
        .args(["--port", "0", "--plan", "organization", "--seed", "7"])
        .stdout(Stdio::piped())
        .spawn()
        .map(Process)
        .unwrap();
    let mut lines = BufReader::new(process.0.stdout.take().unwrap());
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    let announced: Value = serde_json::from_str(&line).unwrap();
    let keys: Vec<&String> = announced["keys"].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["free", "master", "revoked", "scoped"]);
    assert_eq!(announced["users"][0]["name"], "Sam Dialer");
    let url = announced["url"].as_str().unwrap();
    let (status, _) = ask(url, "GET", "/api/v1/auth/health", "").await;
    assert_eq!(status, 200);
    let control = announced["control_url"].as_str().unwrap();
    let history = ask_json(control, "/history").await;
    assert_eq!(history["requests"].as_array().unwrap().len(), 1);
}
