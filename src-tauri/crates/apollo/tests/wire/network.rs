//! Networks that do not carry the request, or not the answer.

use std::net::SocketAddr;

use apollo::{Client, Delivery, Error, NetworkKind, ids::TaskId};
use budget::Priority::{Waiting, WrapUp};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::{
    secure::{Authority, NOW, Secure},
    server::{Server, client, options},
};

fn network(kind: NetworkKind) -> Error {
    Error::Network { kind }
}

#[tokio::test]
async fn a_name_that_cannot_be_found_means_that_nothing_was_sent() {
    let client = client("https://handset-test.invalid".parse().unwrap());
    let error = client
        .tasks()
        .complete(&TaskId::new("t1"), WrapUp)
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
        .complete(&TaskId::new("t1"), WrapUp)
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
            .complete(&TaskId::new("t1"), WrapUp)
            .await
            .unwrap_err();
        assert_eq!(error.delivery(), Delivery::Unknown, "{reply:?}: {error:?}");
        assert_eq!(server.requests().len(), 1, "sent once: {reply:?}");
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

/// Breaks off as a machine does that crashes: with a reset, not with a goodbye.
async fn breaking_off(after_bytes: usize, reply: &'static [u8]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; after_bytes];
            // A client that goes first breaks off as well.
            let _ = stream.read_exact(&mut request).await;
            let _ = stream.write_all(reply).await;
            stream.set_zero_linger().unwrap();
        }
    });
    port
}

#[tokio::test]
async fn a_reset_before_the_request_left_means_not_sent_and_after_it_unknown() {
    // In turn, the server reads nothing, the start of the handshake, and the request, or also sends
    // half an answer.
    const HALF: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{";
    for (scheme, after_bytes, reply, delivery) in [
        ("https", 0, &b""[..], Delivery::NotSent),
        ("https", 40, b"", Delivery::NotSent),
        ("http", 40, b"", Delivery::Unknown),
        ("http", 40, HALF, Delivery::Unknown),
    ] {
        let port = breaking_off(after_bytes, reply).await;
        let url = format!("{scheme}://127.0.0.1:{port}").parse().unwrap();
        let error = client(url)
            .tasks()
            .complete(&TaskId::new("t1"), WrapUp)
            .await
            .unwrap_err();
        assert_eq!(
            error.delivery(),
            delivery,
            "{scheme} {after_bytes}: {error:?}"
        );
    }
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "prints why there is nothing to test")]
async fn a_server_with_an_ipv6_address_is_reached() {
    if let Err(error) = TcpListener::bind("[::1]:0").await {
        eprintln!("not tested: this machine has no IPv6 ({error})");
        return;
    }
    let authority = Authority::new();
    let server = Secure::at("[::1]:0", authority.config("::1", NOW)).await;
    let mut options = options(format!("https://[::1]:{}", server.port).parse().unwrap());
    options.extra_ca_pem = Some(authority.pem());
    let health = Client::new(options).unwrap().auth().health(Waiting).await;
    assert!(health.unwrap().is_logged_in);
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "prints why there is nothing to test")]
async fn of_several_addresses_the_one_that_answers_is_used() {
    let addresses: Vec<_> = tokio::net::lookup_host("localhost:0")
        .await
        .unwrap()
        .collect();
    let mut families = addresses.iter().map(SocketAddr::is_ipv6);
    let (Some(first), Some(last)) = (families.next(), families.next_back()) else {
        eprintln!("not tested: localhost has one address here");
        return;
    };
    if first == last {
        eprintln!("not tested: localhost has addresses of one family here");
        return;
    }
    let authority = Authority::new();
    let address = if last { "[::1]:0" } else { "127.0.0.1:0" };
    let server = Secure::at(address, authority.config("localhost", NOW)).await;
    let mut options = options(server.url());
    options.extra_ca_pem = Some(authority.pem());
    let health = Client::new(options).unwrap().auth().health(Waiting).await;
    assert!(health.unwrap().is_logged_in);
}
