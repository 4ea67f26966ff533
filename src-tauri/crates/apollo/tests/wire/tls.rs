//! Connections that cannot be made secure.

use std::sync::Arc;

use apollo::{Client, Delivery, Error, NetworkKind, TlsReason};
use budget::Priority::Waiting;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use tokio::{io::AsyncWriteExt, net::TcpListener};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};
use url::Url;

use crate::server::{client, converse, json, options};

/// The years in which a certificate is valid.
type Years = (i32, i32);
const NOW: Years = (2020, 2090);
const PAST: Years = (2001, 2002);
const FUTURE: Years = (2089, 2090);

/// A server with a certificate for `host` by an authority of its own, which is handed back.
async fn serve(host: &str, years: Years) -> (Url, Vec<u8>) {
    let mut authority = CertificateParams::new([]).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let mut leaf = CertificateParams::new([host.to_owned()]).unwrap();
    leaf.not_before = date_time_ymd(years.0, 1, 1);
    leaf.not_after = date_time_ymd(years.1, 1, 1);
    let leaf = leaf.signed_by(&key, &authority).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let reply = json(r#"{"healthy":true,"is_logged_in":true}"#).into_bytes();
        while let Ok((stream, _)) = listener.accept().await {
            // A client that hangs up in the handshake is what these tests are about.
            if let Ok(stream) = acceptor.accept(stream).await {
                tokio::spawn(converse(stream, Arc::default(), reply.clone()));
            }
        }
    });
    let url = format!("https://localhost:{port}").parse().unwrap();
    (url, authority.pem().into_bytes())
}

fn trusting(url: Url, authority: Vec<u8>) -> Client {
    let mut options = options(url);
    options.extra_ca_pem = Some(authority);
    Client::new(options).unwrap()
}

fn tls(reason: TlsReason) -> Error {
    Error::Network {
        kind: NetworkKind::Tls { reason },
    }
}

#[tokio::test]
async fn an_authority_given_in_the_settings_is_trusted() {
    let (url, authority) = serve("localhost", NOW).await;
    let health = trusting(url, authority)
        .auth()
        .health(Waiting)
        .await
        .unwrap();
    assert!(health.is_logged_in);
}

#[tokio::test]
async fn an_unknown_authority_is_named_and_nothing_was_sent() {
    let (url, _) = serve("localhost", NOW).await;
    let error = client(url).auth().health(Waiting).await.unwrap_err();
    assert_eq!(error, tls(TlsReason::UnknownAuthority));
    assert_eq!(error.delivery(), Delivery::NotSent);
}

#[tokio::test]
async fn a_certificate_out_of_its_time_points_at_the_clock() {
    for years in [PAST, FUTURE] {
        let (url, authority) = serve("localhost", years).await;
        let error = trusting(url, authority)
            .auth()
            .health(Waiting)
            .await
            .unwrap_err();
        assert_eq!(error, tls(TlsReason::CheckClock), "{years:?}");
        assert!(error.to_string().contains("clock"));
    }
}

#[tokio::test]
async fn a_certificate_for_another_host_is_named() {
    let (url, authority) = serve("elsewhere.example", NOW).await;
    let error = trusting(url, authority)
        .auth()
        .health(Waiting)
        .await
        .unwrap_err();
    assert_eq!(error, tls(TlsReason::WrongHost));
}

#[tokio::test]
async fn a_server_without_tls_is_no_secure_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let greeting = b"HTTP/1.1 400 Bad Request\r\n\r\n";
            // The client hangs up on it: then there is no one to tell.
            let _ = stream.write_all(greeting).await;
        }
    });
    let error = client(url).auth().health(Waiting).await.unwrap_err();
    assert_eq!(error, tls(TlsReason::Other));
    assert_eq!(error.delivery(), Delivery::NotSent);
}

#[tokio::test]
async fn a_file_that_is_no_certificate_is_refused_at_once() {
    let mut options = options("https://apollo.example".parse().unwrap());
    options.extra_ca_pem = Some(b"not a certificate".to_vec());
    assert!(matches!(Client::new(options), Err(Error::Setup { .. })));
}
