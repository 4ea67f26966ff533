//! As much of HTTP/1.1 as it takes to read one request, hand it on, and hand the reply back byte by
//! byte: a reply that breaks off breaks off here too.
//!
//! Must never: be a client of Apollo's (`apollo` is), or hold a connection for a second request.

use std::{borrow::Cow, net::SocketAddr, pin::Pin, time::Duration};

use anyhow::{Context as _, Result, bail};
use clock::Clock;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// The largest request.
const REQUEST_BYTES_MAX: usize = 1024 * 1024;
const CHUNK_BYTES: usize = 16 * 1024;
const END_OF_HEAD: &[u8] = b"\r\n\r\n";

/// A request as it came.
pub(crate) struct Request {
    /// First line and headers, without those about the connection and the body's length.
    head: String,
    body: Vec<u8>,
    method: String,
    /// Without a query.
    path: String,
    key: Option<String>,
    machine: Option<usize>,
}

/// A reply in Apollo's name.
pub(crate) struct Reply {
    pub(crate) status: &'static str,
    pub(crate) content_type: &'static str,
    pub(crate) body: Cow<'static, str>,
}

impl Request {
    /// Whether it changes something in Apollo.
    pub(crate) fn is_write(&self) -> bool {
        self.method != "GET" && !self.path.ends_with("/search")
    }

    /// Whether it has this method and this path, below `/api/v1`.
    pub(crate) fn is(&self, method: &str, path: &str) -> bool {
        self.method == method && self.path.trim_start_matches("/api/v1") == path
    }

    /// Whether it corrects a logged call.
    pub(crate) fn is_correction(&self) -> bool {
        self.method == "PUT" && self.path.contains("/phone_calls/")
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    pub(crate) fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// Which machine sent it: the third part of the app's version.
    pub(crate) fn machine(&self) -> Option<usize> {
        self.machine
    }

    pub(crate) fn has_in_body(&self, text: &str) -> bool {
        // As JSON writes it: nothing of what is looked for is escaped.
        String::from_utf8_lossy(&self.body).contains(text)
    }

    /// Replaces the body, if it is JSON.
    pub(crate) fn change_body(&mut self, change: impl FnOnce(&mut Value)) {
        if let Ok(mut body) = serde_json::from_slice(&self.body) {
            change(&mut body);
            self.body = body.to_string().into_bytes();
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let length = self.body.len();
        let ends = format!("connection: close\r\ncontent-length: {length}\r\n\r\n");
        let mut bytes = self.head.clone().into_bytes();
        bytes.extend_from_slice(ends.as_bytes());
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

/// Reads one request.
pub(crate) async fn read(client: &mut TcpStream) -> Result<Request> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(end) = bytes
            .windows(END_OF_HEAD.len())
            .position(|window| window == END_OF_HEAD)
        {
            break end;
        }
        if bytes.len() > REQUEST_BYTES_MAX || client.read_buf(&mut bytes).await? == 0 {
            bail!("no request");
        }
    };
    let head = String::from_utf8_lossy(bytes.get(..head_end).unwrap_or_default()).into_owned();
    let mut body = bytes.split_off(head_end + END_OF_HEAD.len());
    let request = parse(&head)?;
    let length = header(&head, "content-length")
        .and_then(|length| length.parse().ok())
        .unwrap_or(0_usize);
    if length > REQUEST_BYTES_MAX {
        bail!("a request that is too long");
    }
    while body.len() < length {
        if client.read_buf(&mut body).await? == 0 {
            bail!("half a request");
        }
    }
    Ok(Request { body, ..request })
}

fn parse(head: &str) -> Result<Request> {
    let mut words = head.split_whitespace();
    let method = words.next().context("no method")?.to_owned();
    let target = words.next().context("no path")?;
    let path = target.split('?').next().unwrap_or_default().to_owned();
    let is_passed_on = |line: &&str| {
        let name = line.split(':').next().unwrap_or_default().to_lowercase();
        name != "connection" && name != "content-length"
    };
    let mut passed_on = String::new();
    for line in head.split("\r\n").filter(is_passed_on) {
        passed_on.push_str(line);
        passed_on.push_str("\r\n");
    }
    let machine = header(head, "user-agent")
        .and_then(|agent| agent.rsplit('.').next())
        .and_then(|last| last.parse().ok());
    Ok(Request {
        method,
        path,
        key: header(head, "x-api-key").map(ToOwned::to_owned),
        machine,
        head: passed_on,
        body: Vec::new(),
    })
}

fn header<'a>(head: &'a str, wanted: &str) -> Option<&'a str> {
    head.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        (name.eq_ignore_ascii_case(wanted)).then_some(value.trim())
    })
}

/// Hands a request on, whole.
pub(crate) async fn forward(request: &Request, to: SocketAddr) -> Result<TcpStream> {
    let mut upstream = TcpStream::connect(to).await?;
    let _ = upstream.set_nodelay(true);
    upstream.write_all(&request.bytes()).await?;
    Ok(upstream)
}

/// A time by which the other side must have answered.
pub(crate) type Limit = Pin<Box<dyn Future<Output = ()> + Send>>;

/// See [`Limit`].
pub(crate) fn answer_within(clock: &dyn Clock, limit: Duration) -> Limit {
    clock.sleep(limit)
}

/// The first bytes of the reply; none when it was reset, or nothing came.
pub(crate) async fn first_bytes(upstream: &mut TcpStream, limit: Limit) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(CHUNK_BYTES);
    tokio::select! {
        read = upstream.read_buf(&mut bytes) => {
            // A reset leaves no bytes, and is handed back as a reset.
            let _ = read;
        }
        () = limit => {}
    }
    bytes
}

/// Waits until the reply is there, and drops it.
pub(crate) async fn drain(mut upstream: TcpStream, limit: Limit) {
    let mut dropped = Vec::new();
    tokio::select! {
        read = upstream.read_to_end(&mut dropped) => {
            let _ = read;
        }
        () = limit => {}
    }
}

/// Hands the reply back as it comes. A reply that never began, or breaks off, is a reset.
pub(crate) async fn hand_back(
    first: Vec<u8>,
    mut upstream: TcpStream,
    mut client: TcpStream,
) -> Result<()> {
    if first.is_empty() {
        return Ok(client.set_zero_linger()?);
    }
    client.write_all(&first).await?;
    match tokio::io::copy(&mut upstream, &mut client).await {
        Ok(_) => Ok(client.shutdown().await?),
        Err(_) => Ok(client.set_zero_linger()?),
    }
}

/// Answers in Apollo's name.
pub(crate) async fn write(client: &mut TcpStream, reply: &Reply) -> Result<()> {
    let Reply {
        status,
        content_type,
        body,
    } = reply;
    let length = body.len();
    let text = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{body}"
    );
    client.write_all(text.as_bytes()).await?;
    Ok(client.shutdown().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "POST /api/v1/phone_calls?x=1 HTTP/1.1\r\nHost: a\r\nX-Api-Key: abc\r\n\
                        User-Agent: Handset/0.0.2\r\nContent-Length: 2\r\nConnection: keep-alive";

    #[test]
    fn a_request_tells_its_way_its_key_and_its_machine() {
        let request = parse(HEAD).unwrap();
        assert!(request.is("POST", "/phone_calls") && request.is_write());
        assert_eq!(request.key(), Some("abc"));
        assert_eq!(request.machine(), Some(2));
        let search = parse("GET /api/v1/phone_calls/search HTTP/1.1").unwrap();
        assert!(!search.is_write() && !search.is_correction());
    }

    #[test]
    fn what_is_handed_on_is_the_same_but_for_the_connection_and_a_changed_body() {
        let mut request = parse(HEAD).unwrap();
        request.body = b"{\"user_id\":1}".to_vec();
        request.change_body(|body| body["user_id"] = 22.into());
        let sent = String::from_utf8(request.bytes()).unwrap();
        assert!(sent.starts_with("POST /api/v1/phone_calls?x=1 HTTP/1.1\r\nHost: a\r\n"));
        assert!(sent.ends_with("connection: close\r\ncontent-length: 14\r\n\r\n{\"user_id\":22}"));
        assert!(!sent.contains("keep-alive"));
    }
}
