//! Connections that can, or cannot, be made secure.

use std::sync::Arc;

use apollo::{Client, Delivery, Error, NetworkKind, SetupReason, TlsReason};
use budget::Priority::Waiting;
use tokio::{io::AsyncWriteExt, net::TcpListener};
use tokio_rustls::rustls::{
    RootCertStore, ServerConfig, SupportedProtocolVersion,
    server::WebPkiClientVerifier,
    version::{TLS12, TLS13},
};
use url::Url;

use crate::{
    secure::{Authority, FUTURE, NOW, PAST, Secure, library, server_of},
    server::{client, options},
};

fn trusting(url: Url, pem: Vec<u8>) -> Client {
    let mut options = options(url);
    options.extra_ca_pem = Some(pem);
    Client::new(options).unwrap()
}

fn tls(reason: TlsReason) -> Error {
    Error::Network {
        kind: NetworkKind::Tls { reason },
    }
}

async fn health(client: &Client) -> Result<bool, Error> {
    let health = client.auth().health(Waiting).await?;
    Ok(health.is_logged_in)
}

#[tokio::test]
async fn an_authority_given_in_the_settings_is_trusted() {
    let authority = Authority::new();
    let server = Secure::start(authority.config("localhost", NOW)).await;
    assert_eq!(
        health(&trusting(server.url(), authority.pem())).await,
        Ok(true)
    );
}

#[tokio::test]
async fn every_authority_of_a_file_with_several_is_trusted() {
    let authorities = [Authority::new(), Authority::new(), Authority::new()];
    let mut file = b"# Certificates of Northwind IT\r\n".to_vec();
    for authority in &authorities {
        file.extend(authority.pem());
        file.extend(b"\n\n");
    }
    for authority in &authorities {
        let server = Secure::start(authority.config("localhost", NOW)).await;
        assert_eq!(
            health(&trusting(server.url(), file.clone())).await,
            Ok(true)
        );
    }
}

#[tokio::test]
async fn an_unknown_authority_is_named_and_nothing_was_sent() {
    let server = Secure::start(Authority::new().config("localhost", NOW)).await;
    let error = health(&client(server.url())).await.unwrap_err();
    assert_eq!(error, tls(TlsReason::UnknownAuthority));
    assert_eq!(error.delivery(), Delivery::NotSent);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_certificate_out_of_its_time_points_at_the_clock() {
    for years in [PAST, FUTURE] {
        let authority = Authority::new();
        let server = Secure::start(authority.config("localhost", years)).await;
        let error = health(&trusting(server.url(), authority.pem()))
            .await
            .unwrap_err();
        assert_eq!(error, tls(TlsReason::CheckClock), "{years:?}");
        assert!(error.to_string().contains("clock"));
    }
}

#[tokio::test]
async fn a_certificate_for_another_host_is_named() {
    let authority = Authority::new();
    let server = Secure::start(authority.config("elsewhere.example", NOW)).await;
    let error = health(&trusting(server.url(), authority.pem()))
        .await
        .unwrap_err();
    assert_eq!(error, tls(TlsReason::WrongHost));
}

fn only(authority: &Authority, version: &'static SupportedProtocolVersion) -> ServerConfig {
    authority.config_with(server_of(&[version]).with_no_client_auth())
}

#[tokio::test]
async fn tls_1_2_alone_and_tls_1_3_alone_both_work() {
    for version in [&TLS12, &TLS13] {
        let authority = Authority::new();
        let server = Secure::start(only(&authority, version)).await;
        let client = trusting(server.url(), authority.pem());
        assert_eq!(health(&client).await, Ok(true), "{version:?}");
    }
}

/// Answers every connection with these bytes, whatever came.
async fn raw(reply: &'static [u8]) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // The client hangs up on it: then there is no one to tell.
            let _ = stream.write_all(reply).await;
        }
    });
    url.parse().unwrap()
}

#[tokio::test]
async fn a_server_too_old_for_tls_1_2_is_named_and_nothing_was_sent() {
    // The alert `protocol_version`, fatal, as TLS 1.0 and 1.1 servers answer a newer client; and a
    // server that goes on in TLS 1.1 as if it had not been told.
    const ALERT: &[u8] = &[0x15, 3, 1, 0, 2, 2, 70];
    const HELLO: &[u8] = &[
        0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 0, 0xc0, 0x13, 0,
    ];
    for reply in [ALERT, HELLO] {
        let error = health(&client(raw(reply).await)).await.unwrap_err();
        assert_eq!(error, tls(TlsReason::NoCommonVersion));
        assert_eq!(error.delivery(), Delivery::NotSent);
    }
}

#[tokio::test]
async fn a_server_that_wants_a_certificate_of_ours_is_named_and_nothing_was_taken() {
    for version in [&TLS12, &TLS13] {
        let authority = Authority::new();
        let mut roots = RootCertStore::empty();
        roots.add(authority.der()).unwrap();
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), library())
            .build()
            .unwrap();
        let config =
            authority.config_with(server_of(&[version]).with_client_cert_verifier(verifier));
        let server = Secure::start(config).await;
        let error = health(&trusting(server.url(), authority.pem()))
            .await
            .unwrap_err();
        assert_eq!(
            error,
            tls(TlsReason::ClientCertificateWanted),
            "{version:?}"
        );
        assert_eq!(error.delivery(), Delivery::NotSent);
        assert!(server.requests().is_empty());
    }
}

#[tokio::test]
async fn a_server_without_tls_is_no_secure_connection() {
    let url = raw(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    let error = health(&client(url)).await.unwrap_err();
    assert_eq!(error, tls(TlsReason::Other));
    assert_eq!(error.delivery(), Delivery::NotSent);
}

fn refusal_of(file: Vec<u8>) -> SetupReason {
    let mut options = options("https://apollo.example".parse().unwrap());
    options.extra_ca_pem = Some(file);
    match Client::new(options) {
        Err(Error::Setup { reason }) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_that_is_no_certificate_is_refused_at_once_with_the_form_it_should_have() {
    let der = Authority::new().der().to_vec();
    let key = rcgen::KeyPair::generate()
        .unwrap()
        .serialize_pem()
        .into_bytes();
    let unfinished = b"-----BEGIN CERTIFICATE-----\nMIIB".to_vec();
    for file in [
        b"not a certificate".to_vec(),
        Vec::new(),
        der,
        key,
        unfinished,
    ] {
        assert_eq!(refusal_of(file), SetupReason::CertificateFileNotPem);
    }
}

#[test]
fn a_certificate_that_is_damaged_is_refused_at_once_even_beside_a_good_one() {
    let damaged = "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";
    let mut file = Authority::new().pem();
    file.extend(damaged.as_bytes());
    for file in [damaged.as_bytes().to_vec(), file] {
        assert_eq!(refusal_of(file), SetupReason::CertificateUnreadable);
    }
}

#[test]
fn a_file_far_too_long_for_certificates_is_refused_at_once() {
    let mut file = Authority::new().pem();
    file.resize(1024 * 1024 + 1, b'\n');
    assert_eq!(refusal_of(file), SetupReason::CertificateFileTooLong);
}
