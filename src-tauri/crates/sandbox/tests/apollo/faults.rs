//! Faults on real sockets: what a client sees, and what really happened.

use std::time::Duration;

use sandbox::{Fault, FaultKind, When, endpoints};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{Apollo, PATIENCE, apollo};

/// What came back on one connection until it ended.
#[derive(Debug)]
struct Exchange {
    bytes: Vec<u8>,
    error: Option<std::io::ErrorKind>,
}

impl Exchange {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// One HTTP/1.1 exchange, read until the server closes.
async fn exchange(apollo: &Apollo, request: &str) -> Exchange {
    let clock = clock::SystemClock::shared();
    let address = apollo.sandbox.url().strip_prefix("http://").unwrap();
    let read = async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        let error = stream
            .read_to_end(&mut bytes)
            .await
            .err()
            .map(|error| error.kind());
        Exchange { bytes, error }
    };
    clock::within(&*clock, PATIENCE, read)
        .await
        .expect("the connection should have ended")
}

fn request(apollo: &Apollo, method: &str, path: &str, body: &str) -> String {
    format!(
        "{method} /api/v1/{path} HTTP/1.1\r\nhost: sandbox\r\nconnection: close\r\nx-api-key: {}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        apollo.sandbox.keys().master,
        body.len()
    )
}

fn log_a_call(apollo: &Apollo) -> String {
    let body = json!({"logged": true, "user_id": apollo.me(), "duration": 30}).to_string();
    request(apollo, "POST", "phone_calls", &body)
}

#[tokio::test]
async fn without_a_fault_a_socket_gets_a_whole_reply() {
    let apollo = apollo().await;
    let reply = exchange(&apollo, &log_a_call(&apollo)).await;
    assert!(
        reply.text().starts_with("HTTP/1.1 200 OK\r\n"),
        "{}",
        reply.text()
    );
    assert_eq!(reply.error, None);
    assert_eq!(apollo.sandbox.history().calls().len(), 1);
}

#[tokio::test]
async fn a_reply_lost_after_commit_resets_the_connection_and_keeps_the_call() {
    let apollo = apollo().await;
    apollo
        .sandbox
        .faults()
        .next(endpoints::CALLS_CREATE, 1, FaultKind::ReplyLostAfterCommit);
    let reply = exchange(&apollo, &log_a_call(&apollo)).await;
    assert_eq!(
        (reply.bytes.len(), reply.error),
        (0, Some(std::io::ErrorKind::ConnectionReset))
    );
    let history = apollo.sandbox.history();
    assert_eq!(history.calls().len(), 1);
    assert_eq!(history.requests[0].status, None);
    assert_eq!(
        history.requests[0].fault.as_deref(),
        Some("reply_lost_after_commit")
    );
    let reply = exchange(&apollo, &log_a_call(&apollo)).await;
    assert!(
        reply.text().starts_with("HTTP/1.1 200"),
        "the fault struck once"
    );
}

#[tokio::test]
async fn a_reset_before_does_nothing_and_costs_nothing() {
    let apollo = apollo().await;
    apollo
        .sandbox
        .faults()
        .next(endpoints::CALLS_CREATE, 1, FaultKind::ResetBefore);
    let reply = exchange(&apollo, &log_a_call(&apollo)).await;
    assert_eq!(
        (reply.bytes.len(), reply.error),
        (0, Some(std::io::ErrorKind::ConnectionReset))
    );
    assert_eq!(apollo.sandbox.history().calls().len(), 0);
    let reply = exchange(&apollo, &log_a_call(&apollo)).await;
    assert!(reply.text().contains("x-minute-usage: 1\r\n"));
}

#[tokio::test]
async fn a_truncated_body_commits_and_stops_in_the_middle() {
    let apollo = apollo().await;
    apollo
        .sandbox
        .faults()
        .next(endpoints::CALLS_CREATE, 1, FaultKind::TruncatedBody);
    let reply = exchange(&apollo, &log_a_call(&apollo)).await;
    let text = reply.text();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"));
    let length: usize = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .unwrap()
        .parse()
        .unwrap();
    assert!(
        !body.is_empty() && body.len() < length,
        "{} of {length}",
        body.len()
    );
    assert_eq!(apollo.sandbox.history().calls().len(), 1);
}

#[tokio::test]
async fn a_hanging_request_gets_nothing_until_the_sandbox_stops() {
    let apollo = apollo().await;
    apollo
        .sandbox
        .faults()
        .next(endpoints::CALLS_CREATE, 1, FaultKind::Hang);
    let address = apollo
        .sandbox
        .url()
        .strip_prefix("http://")
        .unwrap()
        .to_owned();
    let mut stream = TcpStream::connect(&address).await.unwrap();
    stream
        .write_all(log_a_call(&apollo).as_bytes())
        .await
        .unwrap();
    // A later request is answered, so the first one has had its chance.
    let later = exchange(&apollo, &log_a_call(&apollo)).await;
    assert!(later.text().starts_with("HTTP/1.1 200"));
    let mut byte = [0];
    let nothing = std::io::ErrorKind::WouldBlock;
    assert_eq!(stream.try_read(&mut byte).unwrap_err().kind(), nothing);
    assert_eq!(
        apollo.sandbox.history().calls().len(),
        1,
        "only the later one"
    );
    apollo.sandbox.stop().await;
    assert!(matches!(stream.read(&mut byte).await, Ok(0) | Err(_)));
}

#[tokio::test]
async fn a_hang_after_commit_keeps_the_call() {
    let apollo = apollo().await;
    apollo
        .sandbox
        .faults()
        .next(endpoints::CALLS_CREATE, 1, FaultKind::HangAfterCommit);
    let address = apollo
        .sandbox
        .url()
        .strip_prefix("http://")
        .unwrap()
        .to_owned();
    let mut stream = TcpStream::connect(&address).await.unwrap();
    stream
        .write_all(log_a_call(&apollo).as_bytes())
        .await
        .unwrap();
    exchange(&apollo, &request(&apollo, "GET", "users/api_profile", "")).await;
    while apollo.sandbox.history().calls().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(apollo.sandbox.history().requests[0].status, None);
}

#[tokio::test]
async fn a_delay_lasts_as_long_as_the_clock_says() {
    let apollo = apollo().await;
    apollo.sandbox.faults().next(
        endpoints::USERS_PROFILE,
        1,
        FaultKind::Delay { delay_ms: 5_000 },
    );
    let mut answer = std::pin::pin!(apollo.get("users/api_profile"));
    while apollo.clock.sleepers() == 0 {
        assert!(futures_util::poll!(&mut answer).is_pending());
    }
    apollo.clock.advance(Duration::from_secs(5));
    assert_eq!(answer.await.status, 200);
}

#[tokio::test]
async fn server_errors_pages_and_refusals_do_nothing() {
    let apollo = apollo().await;
    for (kind, status, content_type) in [
        (FaultKind::Status(500), 500, "application/json"),
        (FaultKind::Status(503), 503, "application/json"),
        (FaultKind::Status(504), 504, "application/json"),
        (FaultKind::Html502, 502, "text/html"),
        (FaultKind::Html200, 200, "text/html"),
        (FaultKind::KeyRefused, 401, "text/plain"),
        (FaultKind::Misconfigured, 422, "application/json"),
        (FaultKind::GatewayNotFound, 404, "text/plain"),
        (FaultKind::EdgeForbidden, 403, "text/plain"),
        (FaultKind::EdgeProblem, 403, "application/problem+json"),
        (FaultKind::FirewallPage, 403, "text/html"),
        (FaultKind::GatewayEmptyObject, 200, "application/json"),
        (
            FaultKind::GatewayTooManyRequests {
                retry_after_s: Some(7),
            },
            429,
            "text/plain",
        ),
        (
            FaultKind::TooManyRequests {
                retry_after_s: Some(7),
            },
            429,
            "application/json",
        ),
        (
            FaultKind::TooManyRequests {
                retry_after_s: None,
            },
            429,
            "application/json",
        ),
    ] {
        apollo
            .sandbox
            .faults()
            .next(endpoints::CALLS_CREATE, 1, kind);
        let answer = apollo.post("phone_calls", &json!({})).await;
        assert_eq!(answer.status, status);
        assert!(
            answer
                .header("content-type")
                .unwrap()
                .starts_with(content_type),
            "{kind:?}"
        );
        if let FaultKind::TooManyRequests { retry_after_s }
        | FaultKind::GatewayTooManyRequests { retry_after_s } = kind
        {
            let seconds = retry_after_s.map(|seconds| seconds.to_string());
            assert_eq!(answer.header("retry-after"), seconds.as_deref());
        }
    }
    assert_eq!(apollo.sandbox.history().calls().len(), 0);
    assert_eq!(apollo.sandbox.faults().struck(), 15);
}

#[tokio::test]
async fn a_reply_that_leaks_apollos_machinery_comes_after_the_commit() {
    let apollo = apollo().await;
    apollo
        .sandbox
        .faults()
        .next(endpoints::CALLS_CREATE, 1, FaultKind::StumbledAfterCommit);
    let answer = apollo.post("phone_calls", &json!({})).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("undefined method"));
    assert_eq!(apollo.sandbox.history().calls().len(), 1);
}

#[tokio::test]
async fn a_firewall_can_refuse_one_note_and_let_all_others_pass() {
    let apollo = apollo().await;
    let faults = apollo.sandbox.faults();
    faults.on_body(endpoints::CALLS_CREATE, "<script", FaultKind::FirewallPage);
    for (note, status) in [
        ("They use a <script> tag", 403),
        ("They use a script", 200),
        ("<script again", 403),
    ] {
        let answer = apollo.post("phone_calls", &json!({ "note": note })).await;
        assert_eq!(answer.status, status, "{note}");
    }
    let elsewhere = json!({ "note": "<script" });
    let contacts = apollo.post("contacts/search", &elsewhere).await;
    assert_eq!(contacts.status, 200, "another endpoint");
    assert_eq!(apollo.sandbox.history().calls().len(), 1);
    assert_eq!(faults.struck(), 2);
}

#[tokio::test]
async fn a_skewed_clock_shows_in_the_date_header_and_in_what_is_written() {
    let apollo = apollo().await;
    let straight = apollo.get("auth/health").await;
    assert_eq!(
        straight.header("date"),
        Some("Tue, 24 Nov 2026 12:00:00 GMT")
    );
    apollo.sandbox.faults().always(
        sandbox::Target::Any,
        FaultKind::ClockSkew { skew_s: -3_600 },
    );
    let answer = apollo.post("phone_calls", &json!({})).await;
    assert_eq!(answer.header("date"), Some("Tue, 24 Nov 2026 11:00:00 GMT"));
    assert_eq!(
        answer.json()["phone_call"]["start_time"],
        "2026-11-24T11:00:00.000+00:00"
    );
}

#[tokio::test]
async fn a_null_row_can_lead_a_list() {
    let apollo = apollo().await;
    apollo
        .sandbox
        .faults()
        .next(endpoints::TASKS_SEARCH, 1, FaultKind::NullRow);
    let found = apollo
        .post("tasks/search", &json!({"per_page": 2}))
        .await
        .json();
    let rows = found["tasks"].as_array().unwrap();
    assert!(rows[0].is_null() && rows[1].is_object());
}

#[tokio::test]
async fn nth_next_and_rate_strike_exactly_what_they_name() {
    let apollo = apollo().await;
    let statuses = async |count: usize| {
        let mut statuses = Vec::new();
        for _ in 0..count {
            statuses.push(apollo.get("auth/health").await.status);
        }
        statuses
    };
    let faults = apollo.sandbox.faults();
    faults.nth(endpoints::AUTH_HEALTH, 3, FaultKind::Status(500));
    faults.next(endpoints::USERS_SEARCH, 9, FaultKind::Status(503));
    assert_eq!(statuses(4).await, [200, 200, 500, 200]);
    faults.clear();
    faults.next(endpoints::AUTH_HEALTH, 2, FaultKind::Status(500));
    assert_eq!(statuses(3).await, [500, 500, 200]);
    faults.clear();
    faults.rate(endpoints::AUTH_HEALTH, 0.5, 42, FaultKind::Status(500));
    let first = statuses(40).await;
    faults.clear();
    faults.rate(endpoints::AUTH_HEALTH, 0.5, 42, FaultKind::Status(500));
    assert_eq!(
        statuses(40).await,
        first,
        "the same seed strikes the same requests"
    );
    assert!(first.contains(&200) && first.contains(&500));
}

#[test]
fn a_fault_reads_from_json_and_refuses_an_endpoint_that_does_not_exist() {
    let fault: Fault = serde_json::from_value(json!({
        "endpoint": "phone_calls#create", "when": {"nth": 2}, "kind": "reply_lost_after_commit",
    }))
    .unwrap();
    assert_eq!(fault.target, endpoints::CALLS_CREATE.into());
    assert_eq!(
        (fault.when, fault.kind),
        (When::Nth(2), FaultKind::ReplyLostAfterCommit)
    );
    let fault: Fault =
        serde_json::from_value(json!({"kind": {"too_many_requests": {"retry_after_s": 3}}}))
            .unwrap();
    assert_eq!(
        (fault.target, fault.when),
        (sandbox::Target::Any, When::Next(1))
    );
    let fault: Fault = serde_json::from_value(json!({
        "when": "always", "body_contains": "<script", "kind": "firewall_page",
    }))
    .unwrap();
    assert_eq!(fault.body_contains.as_deref(), Some("<script"));
    let unknown = json!({"endpoint": "phone_calls#dial", "kind": "hang"});
    assert!(serde_json::from_value::<Fault>(unknown).is_err());
}
