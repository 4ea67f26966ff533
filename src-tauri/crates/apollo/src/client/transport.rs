//! The wire: one attempt, from a described request to status, headers and body.
//!
//! Promises: connections only to the origin given; bounded time and size; a failure says whether
//! the request can have left. Must never: follow a redirect, which would carry the key along.

use std::{
    error::Error as StdError,
    io,
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use clock::{SharedClock, Timestamp};
use jiff::SignedDuration;
use reqwest::{
    Certificate, NoProxy, Proxy,
    header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue},
    redirect::Policy,
};
use url::{Host, Url};

use super::{ClientOptions, ProxySetting, request::Request};
use crate::{Error, NetworkKind, TlsReason};

/// The longest time for a connection, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an idle connection is kept: shorter than common proxies keep theirs, so that a
/// request does not meet one that is about to close.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(50);
/// The largest answer read, unpacked: a page of 100 tasks with contact and account has some 2 MB.
const MAX_BODY_BYTES: usize = 32 * 1024 * 1024;
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

/// Connections to one origin, with one key.
#[derive(Debug)]
pub(super) struct Transport {
    http: reqwest::Client,
    base: Url,
    key: HeaderValue,
    clock: SharedClock,
    attempt_timeout: Duration,
    skew_s: AtomicI64,
}

fn setup(reason: &str) -> Error {
    Error::Setup {
        reason: reason.to_owned(),
    }
}

/// Whether the address is this machine itself.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

fn check_origin(url: &Url, https_only: bool) -> Result<(), Error> {
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(setup("the address must begin with https://."));
    }
    let has_more = !url.username().is_empty()
        || url.password().is_some()
        || !matches!(url.path(), "" | "/")
        || url.query().is_some()
        || url.fragment().is_some();
    if has_more {
        return Err(setup(
            "the address must be an origin only, such as https://api.apollo.io.",
        ));
    }
    if https_only && url.scheme() != "https" && !is_loopback(url) {
        return Err(setup(
            "the address must begin with https://, so that nobody can read the key.",
        ));
    }
    Ok(())
}

impl Transport {
    pub(super) fn new(options: ClientOptions, attempt_timeout: Duration) -> Result<Self, Error> {
        check_origin(&options.base_url, options.https_only)?;
        let mut key = HeaderValue::from_str(options.key.expose())
            .map_err(|_| setup("the key has characters that cannot be sent."))?;
        key.set_sensitive(true);
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        #[expect(
            clippy::disallowed_methods,
            reason = "this crate is the one owner of HTTP clients"
        )]
        let mut builder = reqwest::Client::builder()
            .user_agent(options.user_agent)
            .default_headers(headers)
            .redirect(Policy::none())
            .referer(false)
            .gzip(true)
            .connect_timeout(CONNECT_TIMEOUT)
            .pool_idle_timeout(POOL_IDLE_TIMEOUT)
            .https_only(options.base_url.scheme() == "https");
        builder = match options.proxy {
            _ if is_loopback(&options.base_url) => builder.no_proxy(),
            ProxySetting::System => builder,
            ProxySetting::None => builder.no_proxy(),
            ProxySetting::Explicit { url, bypass } => {
                let proxy =
                    Proxy::all(url).map_err(|_| setup("the proxy's address is not valid."))?;
                builder.proxy(proxy.no_proxy(bypass.as_deref().and_then(NoProxy::from_string)))
            }
        };
        if let Some(pem) = options.extra_ca_pem {
            let certificates = Certificate::from_pem_bundle(&pem)
                .ok()
                .filter(|certificates| !certificates.is_empty())
                .ok_or_else(|| setup("the certificate file holds no certificate in PEM form."))?;
            builder = builder.tls_certs_merge(certificates);
        }
        let http = builder
            .build()
            .map_err(|_| setup("secure connections could not be prepared on this computer."))?;
        Ok(Self {
            http,
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
        let mut response = building
            .send()
            .await
            .map_err(|error| network_error(&error))?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        self.note_skew(&headers);
        let mut body = Vec::new();
        while let Some(part) = response
            .chunk()
            .await
            .map_err(|error| network_error(&error))?
        {
            if body.len() + part.len() > MAX_BODY_BYTES {
                return Err(Error::Undecodable {
                    path: "the top".to_owned(),
                    reason: format!("longer than {MAX_BODY_BYTES} bytes"),
                });
            }
            body.extend_from_slice(&part);
        }
        Ok(Answer {
            status,
            headers,
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

/// What a failure on the wire means, told from the chain of its causes.
fn network_error(error: &reqwest::Error) -> Error {
    let kind = |kind| Error::Network { kind };
    if error.is_connect() {
        if let Some(reason) = tls_reason(error) {
            return kind(NetworkKind::Tls { reason });
        }
        if is_tunnel_refusal(error) {
            return Error::ProxyRefused;
        }
        let dns = error.is_dns();
        return kind(if dns {
            NetworkKind::Dns
        } else {
            NetworkKind::ConnectionRefused
        });
    }
    if error.is_timeout() {
        return kind(NetworkKind::Timeout);
    }
    // Everything else happened on an open connection: sent or not, no one can tell.
    let broken = causes(error).any(<dyn StdError>::is::<io::Error>);
    let cut_off = error.is_body() || error.is_decode() || error.is_request();
    kind(if broken || cut_off {
        NetworkKind::Reset
    } else {
        NetworkKind::Other
    })
}

fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| cause(error))
}

fn cause<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    // An io::Error hides what it wraps from `source`.
    match error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
    {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

fn tls_reason(error: &reqwest::Error) -> Option<TlsReason> {
    use rustls::CertificateError as Fault;
    let tls = causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>())?;
    Some(match tls {
        rustls::Error::InvalidCertificate(fault) => match fault {
            Fault::Expired
            | Fault::ExpiredContext { .. }
            | Fault::NotValidYet
            | Fault::NotValidYetContext { .. } => TlsReason::CheckClock,
            Fault::NotValidForName | Fault::NotValidForNameContext { .. } => TlsReason::WrongHost,
            Fault::UnknownIssuer => TlsReason::UnknownAuthority,
            _ => TlsReason::Other,
        },
        _ => TlsReason::Other,
    })
}

/// A proxy that would not open a tunnel. Its error type is private to the HTTP library, so that
/// its text is all there is to tell it by; were it reworded, this would read as no connection.
fn is_tunnel_refusal(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| {
        matches!(
            cause.to_string().as_str(),
            "tunnel error: unsuccessful" | "tunnel error: proxy authorization required"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_https_origin_or_this_machine_is_accepted() {
        for good in [
            "https://api.apollo.io",
            "https://apollo.example:8443/",
            "http://127.0.0.1:4010",
            "http://[::1]:4010",
            "http://localhost:4010",
        ] {
            assert_eq!(check_origin(&good.parse().unwrap(), true), Ok(()), "{good}");
        }
        for bad in [
            "http://api.apollo.io",
            "ftp://api.apollo.io",
            "https://user:pass@api.apollo.io",
            "https://api.apollo.io/api/v1",
            "https://api.apollo.io/?x=1",
            "http://localhost.apollo.example",
        ] {
            assert!(check_origin(&bad.parse().unwrap(), true).is_err(), "{bad}");
        }
    }
}
