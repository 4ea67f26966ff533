//! What leaves this machine.

use apollo::{Error, ids::TaskId};
use budget::Priority::{Waiting, WrapUp};

use crate::server::{KEY, Server, client, json};

#[tokio::test]
async fn a_request_carries_the_key_once_in_its_header_and_nowhere_else() {
    let server = Server::start(json(r#"{"task":{"id":"t1"}}"#)).await;
    let client = client(server.url());
    client
        .tasks()
        .skip(&TaskId::new("t1"), Some("note"), WrapUp)
        .await
        .unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    let request = requests[0].to_lowercase();
    assert!(
        request.starts_with("post /api/v1/tasks/t1/skip http/1.1\r\n"),
        "{request}"
    );
    assert!(request.contains(&format!("x-api-key: {KEY}\r\n")));
    assert_eq!(request.matches(KEY).count(), 1);
    assert!(request.contains("user-agent: handset-test/0\r\n"));
    assert!(request.contains("accept: application/json\r\n"));
    assert!(
        !request.contains("authorization:"),
        "two credentials are refused by Apollo"
    );
    assert!(request.ends_with(r#"{"note":"note","on_task_page":true}"#));
}

#[tokio::test]
async fn an_id_cannot_lead_a_request_astray() {
    let server = Server::start(json(r#"{"task":{"id":"t1"}}"#)).await;
    let client = client(server.url());
    let id = TaskId::new("../../users/api_profile?x=1#y");
    client.tasks().show(&id, Waiting).await.unwrap();
    let line = server.requests()[0].lines().next().unwrap().to_owned();
    assert_eq!(
        line,
        "GET /api/v1/tasks/..%2F..%2Fusers%2Fapi_profile%3Fx=1%23y HTTP/1.1"
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed_so_the_key_stays_with_its_origin() {
    let elsewhere = Server::start(json(r#"{"healthy":true,"is_logged_in":true}"#)).await;
    let redirect = format!(
        "HTTP/1.1 302 Found\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n",
        elsewhere.url()
    );
    let server = Server::start(redirect).await;
    let error = client(server.url())
        .auth()
        .health(Waiting)
        .await
        .unwrap_err();
    assert_eq!(error, Error::CaptivePortal);
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn the_key_is_in_no_debug_output() {
    let server = Server::start(json(r#"{"is_logged_in":true}"#)).await;
    let client = client(server.url());
    client.auth().health(Waiting).await.unwrap();
    assert!(!format!("{client:?} {client:#?}").contains(KEY));
}
