//! Networks that do not carry the request, or not the answer.

use apollo::{Client, Delivery, Error, NetworkKind, ProxySetting, ids::TaskId};
use budget::Priority::{Waiting, WrapUp};
use tokio::net::TcpListener;

use crate::server::{KEY, Server, client, options};

fn network(kind: NetworkKind) -> Error {
    Error::Network { kind }
}

#[tokio::test]
async fn a_name_that_cannot_be_found_means_that_nothing_was_sent() {
    let client = client("https://handset-test.invalid".parse().unwrap());
    let error = client
        .tasks()
        .complete(&TaskId::new("t1"), None, WrapUp)
        .await
        .unwrap_err();
    assert_eq!(error, network(NetworkKind::Dns));
    assert_eq!(error.delivery(), Delivery::NotSent);
    let meter = client.budget().meter();
    assert_eq!(meter[0].hour.used, 0, "what never left is not counted");
}

#[tokio::test]
async fn a_port_where_nobody_listens_means_that_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = client(url.parse().unwrap());
    let error = client
        .tasks()
        .complete(&TaskId::new("t1"), None, WrapUp)
        .await
        .unwrap_err();
    assert_eq!(error, network(NetworkKind::ConnectionRefused));
    assert_eq!(error.delivery(), Delivery::NotSent);
}

#[tokio::test]
async fn a_connection_that_breaks_before_or_within_the_answer_leaves_delivery_unknown() {
    for reply in [
        "",
        "HTTP/1.1 200 OK\r\ncontent-ty",
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{\"task\":{",
        "SSH-2.0-not-even-http\r\n",
    ] {
        let server = Server::start(reply).await;
        let client = client(server.url());
        let error = client
            .tasks()
            .complete(&TaskId::new("t1"), None, WrapUp)
            .await
            .unwrap_err();
        assert_eq!(error.delivery(), Delivery::Unknown, "{reply:?}: {error:?}");
        assert_eq!(server.heard().len(), 1, "sent once: {reply:?}");
        assert_eq!(
            client.budget().meter()[0].hour.used,
            1,
            "and counted: {reply:?}"
        );
    }
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let length = 40 * 1024 * 1024;
    let mut reply = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    )
    .into_bytes();
    reply.resize(reply.len() + length, b' ');
    let server = Server::start(reply).await;
    let error = client(server.url())
        .auth()
        .health(Waiting)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Undecodable { .. }), "{error:?}");
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named_and_never_sees_the_key() {
    for reply in [
        "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n",
    ] {
        let proxy = Server::start(reply).await;
        let mut options = options("https://apollo.example".parse().unwrap());
        options.proxy = ProxySetting::Explicit {
            url: proxy.url(),
            bypass: None,
        };
        let client = Client::new(options).unwrap();
        let error = client
            .tasks()
            .complete(&TaskId::new("t1"), None, WrapUp)
            .await
            .unwrap_err();
        assert_eq!(error, Error::ProxyRefused, "{reply:?}");
        assert_eq!(error.delivery(), Delivery::NotSent);
        let heard = proxy.heard();
        assert!(heard[0].starts_with("CONNECT apollo.example:443 "));
        assert!(!heard.concat().contains(KEY));
    }
}

#[tokio::test]
async fn this_machine_is_reached_without_any_proxy() {
    let proxy = Server::start("").await;
    let server = Server::start(crate::server::json(r#"{"is_logged_in":true}"#)).await;
    let mut options = options(server.url());
    options.proxy = ProxySetting::Explicit {
        url: proxy.url(),
        bypass: None,
    };
    let health = Client::new(options)
        .unwrap()
        .auth()
        .health(Waiting)
        .await
        .unwrap();
    assert!(health.is_logged_in);
    assert!(proxy.heard().is_empty());
}
