//! A server with prepared answers, for what the embedded Apollo does not show.

use std::sync::{Arc, Mutex};

use apollo::{ApiKey, Client, ClientOptions, ProxySetting, Timeouts};
use budget::Budget;
use clock::{ManualClock, SharedClock};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::bench::BriskClock;

/// Status, content type, body.
pub(crate) type Answer = (u16, &'static str, &'static str);

pub(crate) const JSON: &str = "application/json; charset=utf-8";
pub(crate) const TEXT: &str = "text/plain; charset=utf-8";
pub(crate) const HTML: &str = "text/html; charset=utf-8";

pub(crate) struct Canned {
    pub(crate) client: Client,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Canned {
    /// Gives the answers in turn; the last one again and again.
    pub(crate) async fn start(answers: &[Answer]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let (log, answers) = (requests.clone(), answers.to_vec());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let request = request(&mut stream).await;
                let answer = {
                    let mut log = log.lock().unwrap();
                    log.push(request);
                    answers[(log.len() - 1).min(answers.len() - 1)]
                };
                // The client may have hung up: then there is no one to tell.
                let _ = stream.write_all(reply(answer).as_bytes()).await;
                let _ = stream.shutdown().await;
            }
        });
        let manual = ManualClock::at("2026-11-24T15:00:00Z".parse().unwrap());
        let clock: SharedClock = Arc::new(BriskClock(manual));
        let options = ClientOptions {
            base_url: format!("http://127.0.0.1:{port}").parse().unwrap(),
            key: ApiKey::parse("canned-test-key-0123456789").unwrap(),
            user_agent: "Handset-test/0".to_owned(),
            budget: Arc::new(Budget::new(clock.clone(), None)),
            clock,
            proxy: ProxySetting::None,
            extra_ca_pem: None,
            https_only: true,
        };
        let client = Client::with_timeouts(options, Timeouts::default()).unwrap();
        Self { client, requests }
    }

    pub(crate) async fn json(body: &'static str) -> Self {
        Self::start(&[(200, JSON, body)]).await
    }

    /// Every request, head and body, as it came.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    let mut part = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .map_or(0, |(_, value)| value.trim().parse().unwrap());
            if body.len() >= length {
                return text;
            }
        }
        match stream.read(&mut part).await {
            Ok(count) if count > 0 => request.extend_from_slice(&part[..count]),
            _ => return text,
        }
    }
}

fn reply((status, kind, body): Answer) -> String {
    format!(
        "HTTP/1.1 {status} Canned\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    )
}
