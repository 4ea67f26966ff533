//! Slow links and peers that hang, by a clock that the test moves.

use std::{sync::Arc, time::Duration};

use apollo::{Client, Delivery, Error, NetworkKind, ProxySetting, ids::TaskId};
use budget::Priority::WrapUp;
use clock::ManualClock;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::mpsc,
    task::JoinHandle,
};

use crate::server::options;

const BODY: &[u8] = br#"{"task":{"id":"t1"}}"#;
/// As in the client: the longest time for one attempt.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);

/// A server that writes a part of an answer whenever the test tells it to.
struct Dribble {
    url: url::Url,
    parts: mpsc::Sender<Vec<u8>>,
    written: mpsc::Receiver<()>,
    requested: mpsc::Receiver<()>,
}

impl Dribble {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap())
            .parse()
            .unwrap();
        let (parts, mut to_write) = mpsc::channel::<Vec<u8>>(1);
        let (wrote, written) = mpsc::channel(1);
        let (arrived, requested) = mpsc::channel(1);
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            assert!(stream.read(&mut request).await.unwrap() > 0);
            arrived.send(()).await.unwrap();
            while let Some(part) = to_write.recv().await {
                if stream.write_all(&part).await.is_err() || wrote.send(()).await.is_err() {
                    return;
                }
            }
        });
        Self {
            url,
            parts,
            written,
            requested,
        }
    }

    async fn write(&mut self, part: impl Into<Vec<u8>>) {
        self.parts.send(part.into()).await.unwrap();
        self.written.recv().await.unwrap();
    }
}

fn client(url: url::Url, clock: &Arc<ManualClock>, proxy: ProxySetting) -> Client {
    let mut options = options(url);
    options.clock = clock.clone();
    options.proxy = proxy;
    Client::new(options).unwrap()
}

/// A write: it is sent once, so that one attempt is all there is.
fn complete(client: Client) -> JoinHandle<Result<(), Error>> {
    tokio::spawn(async move {
        client
            .tasks()
            .complete(&TaskId::new("t1"), WrapUp)
            .await
            .map(drop)
    })
}

fn head() -> Vec<u8> {
    let length = BODY.len();
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n")
        .into_bytes()
}

fn clock() -> Arc<ManualClock> {
    ManualClock::at("2026-11-24T15:00:00Z".parse().unwrap())
}

#[tokio::test]
async fn an_answer_that_trickles_in_is_read_as_long_as_it_ends_in_time() {
    let (mut server, clock) = (Dribble::start().await, clock());
    let request = complete(client(server.url.clone(), &clock, ProxySetting::None));
    server.requested.recv().await.unwrap();
    server.write(head()).await;
    let step = (ATTEMPT_TIMEOUT * 29 / 30) / u32::try_from(BODY.len()).unwrap();
    for byte in BODY {
        clock.advance(step);
        server.write([*byte]).await;
    }
    assert_eq!(request.await.unwrap(), Ok(()));
}

#[tokio::test]
async fn an_answer_that_trickles_in_for_too_long_is_given_up_and_its_delivery_is_unknown() {
    for until in ["request", "head", "body"] {
        let (mut server, clock) = (Dribble::start().await, clock());
        let request = complete(client(server.url.clone(), &clock, ProxySetting::None));
        server.requested.recv().await.unwrap();
        if until != "request" {
            server.write(head()).await;
        }
        if until == "body" {
            clock.advance(ATTEMPT_TIMEOUT / 2);
            server.write(BODY[..5].to_vec()).await;
            clock.advance(ATTEMPT_TIMEOUT / 2);
        } else {
            clock.advance(ATTEMPT_TIMEOUT);
        }
        let error = request.await.unwrap().unwrap_err();
        assert_eq!(
            error,
            Error::Network {
                kind: NetworkKind::Timeout
            },
            "after the {until}"
        );
        assert_eq!(error.delivery(), Delivery::Unknown);
    }
}

#[tokio::test]
async fn a_proxy_that_takes_a_call_and_says_nothing_is_given_up() {
    let (mut proxy, clock) = (Dribble::start().await, clock());
    let through = ProxySetting::Explicit {
        url: proxy.url.clone(),
        bypass: None,
    };
    let request = complete(client(
        "https://apollo.example".parse().unwrap(),
        &clock,
        through,
    ));
    proxy.requested.recv().await.unwrap();
    clock.advance(ATTEMPT_TIMEOUT);
    let error = request.await.unwrap().unwrap_err();
    assert_eq!(
        error,
        Error::Network {
            kind: NetworkKind::Timeout
        }
    );
}
