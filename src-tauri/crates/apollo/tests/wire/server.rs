//! A server that answers every connection with the same bytes and keeps what it was sent.

use std::sync::{Arc, Mutex};

use apollo::{ApiKey, Client, ClientOptions, ProxySetting};
use budget::Budget;
use clock::{ManualClock, SharedClock};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
};
use url::Url;

pub(crate) const KEY: &str = "wire-test-key-0123456789";

pub(crate) struct Server {
    pub(crate) port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves on this machine until the test ends.
    pub(crate) async fn start(reply: impl Into<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let (log, reply) = (requests.clone(), reply.into());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, log.clone(), reply.clone()));
            }
        });
        Self { port, requests }
    }

    pub(crate) fn url(&self) -> Url {
        format!("http://127.0.0.1:{}", self.port).parse().unwrap()
    }

    /// Every request, head and body, as it came.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// Reads one request, answers, hangs up.
pub(crate) async fn converse(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    log: Arc<Mutex<Vec<String>>>,
    reply: Vec<u8>,
) {
    let mut request = Vec::new();
    let mut part = [0; 4096];
    while !is_complete(&request) {
        match stream.read(&mut part).await {
            Ok(count) if count > 0 => request.extend_from_slice(&part[..count]),
            _ => return,
        }
    }
    log.lock()
        .unwrap()
        .push(String::from_utf8_lossy(&request).into_owned());
    // The client may have hung up: then there is no one to tell.
    let _ = stream.write_all(&reply).await;
    let _ = stream.shutdown().await;
}

fn is_complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, value)| value.trim().parse().unwrap());
    body.len() >= length
}

pub(crate) fn json(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

pub(crate) fn options(base_url: Url) -> ClientOptions {
    let clock: SharedClock = clock::SystemClock::shared();
    ClientOptions {
        base_url,
        key: ApiKey::parse(KEY).unwrap(),
        user_agent: "Handset-test/0".to_owned(),
        budget: Arc::new(Budget::new(
            ManualClock::at("2026-11-24T15:00:00Z".parse().unwrap()),
            None,
        )),
        clock,
        proxy: ProxySetting::None,
        extra_ca_pem: None,
        https_only: true,
    }
}

pub(crate) fn client(base_url: Url) -> Client {
    Client::new(options(base_url)).unwrap()
}
