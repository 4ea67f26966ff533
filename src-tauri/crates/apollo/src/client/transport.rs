//! The wire: one attempt, from a described request to status, headers and body.
//!
//! Promises: connections only to the origin given; bounded time and size; a failure says whether
//! the request can have left. Must never: follow a redirect, which would carry the key along.

mod failure;
mod http;
mod origin;

use std::{
    fmt,
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use clock::{SharedClock, Timestamp};
use jiff::SignedDuration;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue};
use url::Url;

use self::{failure::network_error, origin::check_origin};
use super::{ClientOptions, Embedded, request::Request};
use crate::{Error, NetworkKind, SetupReason};

/// The largest answer read, unpacked: a page of 100 tasks with contact and account has some 2 MB.
const MAX_BODY_BYTES: usize = 32 * 1024 * 1024;
/// The longest an answer's headers may be, names and values together.
const MAX_HEADER_BYTES: u32 = 64 * 1024;
/// Where Apollo's API begins below its origin (Apollo docs: reference section 1.1).
const API_PATH: [&str; 2] = ["api", "v1"];
const API_KEY: HeaderName = HeaderName::from_static("x-api-key");
/// "No skew known": no clock is wrong by 292 billion years.
const NO_SKEW: i64 = i64::MIN;

/// A complete answer.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn content_type(&self) -> Option<&str> {
        self.headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
    }
}

/// Connections to one origin, with one key; or none at all, to an Apollo in this process.
pub(super) struct Transport {
    http: reqwest::Client,
    embedded: Option<Embedded>,
    base: Url,
    key: HeaderValue,
    clock: SharedClock,
    attempt_timeout: Duration,
    skew_s: AtomicI64,
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("base", &self.base)
            .field("is_embedded", &self.embedded.is_some())
            .finish_non_exhaustive()
    }
}

fn setup(reason: SetupReason) -> Error {
    Error::Setup { reason }
}

fn unreadable(reason: String) -> Error {
    Error::Undecodable {
        path: "the top".to_owned(),
        reason,
    }
}

/// That the headers are of a sane length, and that the body is one that was unpacked: the HTTP
/// library drops the header of a packing that it has undone.
fn check_headers(headers: &HeaderMap) -> Result<(), Error> {
    let length: usize = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    if u32::try_from(length).is_ok_and(|length| length <= MAX_HEADER_BYTES) {
        match headers.get(CONTENT_ENCODING).map(HeaderValue::as_bytes) {
            None | Some(b"identity" | b"") => Ok(()),
            Some(_) => Err(unreadable(
                "packed in a way that was not asked for".to_owned(),
            )),
        }
    } else {
        let reason = format!("headers longer than {MAX_HEADER_BYTES} bytes");
        Err(unreadable(reason))
    }
}

impl Transport {
    pub(super) fn new(
        options: ClientOptions,
        attempt_timeout: Duration,
        embedded: Option<Embedded>,
    ) -> Result<Self, Error> {
        check_origin(&options.base_url, options.https_only)?;
        let mut key = HeaderValue::from_str(options.key.expose())
            .map_err(|_| setup(SetupReason::KeyCharacters))?;
        key.set_sensitive(true);
        let http = http::client(
            &options.base_url,
            options.user_agent,
            options.proxy,
            options.extra_ca_pem.as_deref(),
            embedded.is_some(),
        )?;
        Ok(Self {
            http,
            embedded,
            base: options.base_url,
            key,
            clock: options.clock,
            attempt_timeout,
            skew_s: AtomicI64::new(NO_SKEW),
        })
    }

    /// One attempt.
    pub(super) async fn attempt(&self, request: &Request) -> Result<Answer, Error> {
        let exchange = self.exchange(request);
        clock::within(&*self.clock, self.attempt_timeout, exchange)
            .await
            .unwrap_or(Err(Error::Network {
                kind: NetworkKind::Timeout,
            }))
    }

    fn url(&self, request: &Request) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.clear().extend(API_PATH).extend(&request.path);
        }
        if !request.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&request.query);
        }
        url
    }

    async fn exchange(&self, request: &Request) -> Result<Answer, Error> {
        let mut building = self
            .http
            .request(request.method.clone(), self.url(request))
            .header(API_KEY, self.key.clone());
        if let Some(body) = &request.body {
            building = building.json(body);
        }
        if let Some(embedded) = &self.embedded {
            return self.exchange_within(embedded, building).await;
        }
        let mut response = building
            .send()
            .await
            .map_err(|error| network_error(&error))?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        check_headers(&headers)?;
        self.note_skew(&headers);
        let mut body = Vec::new();
        while let Some(part) = response
            .chunk()
            .await
            .map_err(|error| network_error(&error))?
        {
            if body.len() + part.len() > MAX_BODY_BYTES {
                return Err(unreadable(format!("longer than {MAX_BODY_BYTES} bytes")));
            }
            body.extend_from_slice(&part);
        }
        Ok(Answer {
            status,
            headers,
            body,
        })
    }

    async fn exchange_within(
        &self,
        embedded: &Embedded,
        building: reqwest::RequestBuilder,
    ) -> Result<Answer, Error> {
        let unbuilt = |_| setup(SetupReason::Request);
        let request = building.build().map_err(unbuilt)?;
        let body = request.body().and_then(reqwest::Body::as_bytes);
        let mut plain = ::http::Request::new(body.unwrap_or_default().to_vec());
        *plain.method_mut() = request.method().clone();
        *plain.uri_mut() = request
            .url()
            .as_str()
            .parse()
            .map_err(|_| setup(SetupReason::Request))?;
        *plain.headers_mut() = request.headers().clone();
        let (head, body) = embedded(plain).await.into_parts();
        check_headers(&head.headers)?;
        self.note_skew(&head.headers);
        if body.len() > MAX_BODY_BYTES {
            return Err(unreadable(format!("longer than {MAX_BODY_BYTES} bytes")));
        }
        Ok(Answer {
            status: head.status.as_u16(),
            headers: head.headers,
            body,
        })
    }

    fn note_skew(&self, headers: &HeaderMap) {
        let server = headers
            .get(DATE)
            .and_then(|value| value.to_str().ok())
            .and_then(|text| {
                jiff::fmt::rfc2822::DateTimeParser::new()
                    .parse_timestamp(text)
                    .ok()
            });
        if let Some(server) = server {
            let skew: Timestamp = server;
            self.skew_s.store(
                skew.duration_since(self.clock.now()).as_secs(),
                Ordering::Relaxed,
            );
        }
    }

    pub(super) fn last_server_time_skew(&self) -> Option<SignedDuration> {
        match self.skew_s.load(Ordering::Relaxed) {
            NO_SKEW => None,
            seconds => Some(SignedDuration::from_secs(seconds)),
        }
    }
}
