//! Networks that want a sign-in first, and answer in Apollo's place.

use apollo::{Client, Delivery, Error, NetworkKind, ids::TaskId};
use budget::Priority::{Waiting, WrapUp};

use crate::server::{Server, client};

const PAGE: &str = "<!DOCTYPE html><html><title>Guest network</title>Sign in</html>";

fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n{body}")
}

async fn read(client: &Client) -> Error {
    client.auth().health(Waiting).await.unwrap_err()
}

async fn write(client: &Client) -> Error {
    client
        .tasks()
        .complete(&TaskId::new("t1"), WrapUp)
        .await
        .unwrap_err()
}

#[tokio::test]
async fn a_sign_in_page_is_recognised_however_it_comes() {
    let marked = format!("\u{feff}\r\n{PAGE}");
    for reply in [
        answer("200 OK", "content-type: text/html; charset=utf-8\r\n", PAGE),
        answer("200 OK", "content-type: application/json\r\n", PAGE),
        answer("200 OK", "", PAGE),
        answer("200 OK", "", &marked),
        answer(
            "200 OK",
            "content-type: text/plain\r\n",
            "Please log in to use this network.",
        ),
        answer("200 OK", "content-type: text/plain\r\n", "not logged in"),
        answer("302 Found", "location: http://portal.example/login\r\n", ""),
        answer(
            "303 See Other",
            "location: http://portal.example/login\r\n",
            PAGE,
        ),
        answer(
            "307 Temporary Redirect",
            "location: https://portal.example/\r\n",
            "",
        ),
        answer(
            "511 Network Authentication Required",
            "content-type: text/html\r\n",
            PAGE,
        ),
    ] {
        let server = Server::start(reply.clone()).await;
        let client = client(server.url());
        let (read, write) = (read(&client).await, write(&client).await);
        assert_eq!(read, Error::CaptivePortal, "{reply}");
        assert_eq!(write, Error::CaptivePortal, "{reply}");
        assert_eq!(write.delivery(), Delivery::Unknown);
        assert_eq!(
            server.requests().len(),
            2,
            "each once, and no redirect followed: {reply}"
        );
    }
}

#[tokio::test]
async fn an_answer_of_apollos_that_is_cut_off_or_odd_is_not_taken_for_a_portal() {
    for reply in [
        answer(
            "200 OK",
            "content-type: application/json\r\n",
            r#"{"is_logged_in":"#,
        ),
        answer(
            "200 OK",
            "content-type: text/plain\r\n",
            r#"{"is_logged_in":"#,
        ),
        answer("200 OK", "content-type: application/json\r\n", "garbage"),
        answer("200 OK", "content-type: application/json\r\n", ""),
        answer("204 No Content", "", ""),
    ] {
        let server = Server::start(reply.clone()).await;
        let error = read(&client(server.url())).await;
        assert!(
            matches!(error, Error::Undecodable { .. }),
            "{reply}: {error:?}"
        );
    }
    let text = answer(
        "200 OK",
        "content-type: text/plain\r\n",
        r#"{"is_logged_in":true}"#,
    );
    let server = Server::start(text).await;
    assert!(
        client(server.url())
            .auth()
            .health(Waiting)
            .await
            .unwrap()
            .is_logged_in
    );
}

#[tokio::test]
async fn a_stranger_that_is_down_for_an_hour_stops_the_endpoint_for_a_minute_at_most() {
    let page = answer(
        "503 Service Unavailable",
        "content-type: text/html\r\nretry-after: 3600\r\n",
        "<html>Back in an hour</html>",
    );
    let server = Server::start(page).await;
    let client = client(server.url());
    let complete = async || {
        let task = TaskId::new("t1");
        client.tasks().complete(&task, Waiting).await
    };
    let down = complete().await.unwrap_err();
    assert!(matches!(down, Error::UpstreamDown { .. }), "{down:?}");
    let rests = complete().await.unwrap_err();
    let Error::BudgetSpent { until, .. } = rests else {
        panic!("{rests:?}")
    };
    let begun = "2026-11-24T15:00:00Z".parse::<apollo::Timestamp>().unwrap();
    let rest_s = until.duration_since(begun).as_secs();
    assert!((1..=65).contains(&rest_s), "{rest_s} s");
}

#[tokio::test]
async fn a_portal_that_answers_in_tls_s_place_sends_nothing_on() {
    let server = Server::start(answer(
        "302 Found",
        "location: http://portal.example/\r\n",
        "",
    ))
    .await;
    let error = write(&client(
        format!("https://127.0.0.1:{}", server.port)
            .parse()
            .unwrap(),
    ))
    .await;
    assert!(
        matches!(
            error,
            Error::Network {
                kind: NetworkKind::Tls { .. } | NetworkKind::ConnectionRefused
            }
        ),
        "{error:?}"
    );
    assert_eq!(error.delivery(), Delivery::NotSent);
}
