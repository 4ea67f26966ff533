//! The HTTP client as it is set up once: proxies, certificates, and what it must never do.
//!
//! Promises: no redirect is followed, nothing is sent a second time, no proxy stands between this
//! machine and itself, certificates given are trusted beside the system's. Must never: be used for
//! anything but the one origin.

use std::{error::Error as _, time::Duration};

use reqwest::{
    Certificate, NoProxy, Proxy,
    header::{ACCEPT, CACHE_CONTROL, HeaderMap, HeaderValue},
    redirect::Policy,
    retry,
};
use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use url::Url;

use super::{MAX_HEADER_BYTES, origin::is_loopback, setup};
use crate::{Error, ProxySetting, SetupReason};

/// The longest time for a connection, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The most headers an answer may have.
const MAX_HEADERS: usize = 100;
/// The longest certificate file read: a whole system's store has a quarter of it.
const MAX_CA_FILE_BYTES: usize = 1024 * 1024;
/// How long an idle connection stays open: shorter than common proxies keep theirs, so that a
/// request does not meet one that is about to close.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(50);

pub(super) fn client(
    origin: &Url,
    user_agent: String,
    proxy: ProxySetting,
    extra_ca_pem: Option<&[u8]>,
    is_embedded: bool,
) -> Result<reqwest::Client, Error> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    #[expect(
        clippy::disallowed_methods,
        reason = "this crate is the one owner of HTTP clients"
    )]
    let mut builder = reqwest::Client::builder()
        .user_agent(user_agent)
        .default_headers(headers)
        .redirect(Policy::none())
        // By default a stream that HTTP/2 refuses, or a connection that is closed in order, makes
        // the library send again. Whether that is right, the wrap-up engine decides.
        .retry(retry::never())
        .referer(false)
        .gzip(true)
        .http1_max_headers(MAX_HEADERS)
        .http2_max_header_list_size(MAX_HEADER_BYTES)
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_idle_timeout(POOL_IDLE_TIMEOUT)
        .https_only(origin.scheme() == "https");
    builder = match proxy {
        _ if is_loopback(origin) => builder.no_proxy(),
        ProxySetting::System => builder,
        ProxySetting::None => builder.no_proxy(),
        ProxySetting::Explicit { url, bypass } => {
            // A kind of proxy that the library does not know would fail with the first request.
            if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
                return Err(setup(SetupReason::ProxyScheme));
            }
            let proxy = Proxy::all(url).map_err(|_| setup(SetupReason::ProxyAddress))?;
            builder.proxy(proxy.no_proxy(bypass.as_deref().and_then(NoProxy::from_string)))
        }
    };
    if let Some(pem) = extra_ca_pem {
        builder = builder.tls_certs_merge(certificates(pem)?);
    }
    if is_embedded {
        // It only puts requests together, and reaches nobody: it has no need for authorities.
        builder = builder.tls_certs_only([]);
    }
    builder.build().map_err(|error| {
        setup(if has_no_authorities(&error) {
            SetupReason::NoAuthorities
        } else {
            SetupReason::Tls
        })
    })
}

/// Whether a client could not be built since the system trusts nobody. The library says it in words only
/// (`rustls-platform-verifier`).
fn has_no_authorities(error: &reqwest::Error) -> bool {
    let mut source = error.source();
    while let Some(error) = source {
        if error.to_string().contains("No CA certificates") {
            return true;
        }
        source = error.source();
    }
    false
}

/// The certificates in a file, of which every one must be readable: a person who gives a file
/// should not find out later that half of it was left out.
fn certificates(pem: &[u8]) -> Result<Vec<Certificate>, Error> {
    if pem.len() > MAX_CA_FILE_BYTES {
        return Err(setup(SetupReason::CertificateFileTooLong));
    }
    let unreadable = || setup(SetupReason::CertificateUnreadable);
    let mut certificates = Vec::new();
    for der in CertificateDer::pem_slice_iter(pem) {
        let der = der.map_err(|_| no_pem())?;
        RootCertStore::empty()
            .add(der.clone())
            .map_err(|_| unreadable())?;
        certificates.push(Certificate::from_der(&der).map_err(|_| unreadable())?);
    }
    if certificates.is_empty() {
        return Err(no_pem());
    }
    Ok(certificates)
}

fn no_pem() -> Error {
    setup(SetupReason::CertificateFileNotPem)
}
