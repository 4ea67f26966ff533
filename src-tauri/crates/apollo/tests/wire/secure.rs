//! Servers with TLS, and authorities that sign for them.

use std::sync::{Arc, Mutex};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    date_time_ymd,
};
use tokio::net::TcpListener;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ALL_VERSIONS, ConfigBuilder, ServerConfig, SupportedProtocolVersion, WantsVerifier,
        crypto::{CryptoProvider, aws_lc_rs},
        pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};
use url::Url;

use crate::server::{converse, json};

/// The years in which a certificate is valid.
pub(crate) type Years = (i32, i32);
pub(crate) const NOW: Years = (2020, 2090);
pub(crate) const PAST: Years = (2001, 2002);
pub(crate) const FUTURE: Years = (2089, 2090);

/// Signs certificates. Nothing trusts it by itself.
pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new([]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub(crate) fn pem(&self) -> Vec<u8> {
        self.0.pem().into_bytes()
    }

    pub(crate) fn der(&self) -> CertificateDer<'static> {
        self.0.der().clone()
    }

    fn sign(&self, host: &str, years: Years) -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
        let key = KeyPair::generate().unwrap();
        let mut leaf = CertificateParams::new([host.to_owned()]).unwrap();
        leaf.not_before = date_time_ymd(years.0, 1, 1);
        leaf.not_after = date_time_ymd(years.1, 1, 1);
        leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let leaf = leaf.signed_by(&key, &self.0).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        (leaf.der().clone(), key)
    }

    /// What an ordinary server for `host` is set up with.
    pub(crate) fn config(&self, host: &str, years: Years) -> ServerConfig {
        let (leaf, key) = self.sign(host, years);
        server_of(ALL_VERSIONS)
            .with_no_client_auth()
            .with_single_cert(vec![leaf], key)
            .unwrap()
    }

    /// The same, with what `begin` makes of versions and client certificates.
    pub(crate) fn config_with(
        &self,
        begin: tokio_rustls::rustls::ConfigBuilder<
            ServerConfig,
            tokio_rustls::rustls::server::WantsServerCert,
        >,
    ) -> ServerConfig {
        let (leaf, key) = self.sign("localhost", NOW);
        begin.with_single_cert(vec![leaf], key).unwrap()
    }
}

/// A server that says *logged in* to everyone who gets through the handshake.
pub(crate) struct Secure {
    pub(crate) port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Secure {
    pub(crate) async fn start(config: ServerConfig) -> Self {
        Self::at("127.0.0.1:0", config).await
    }

    pub(crate) async fn at(address: &str, config: ServerConfig) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let log = requests.clone();
        tokio::spawn(async move {
            let reply = json(r#"{"healthy":true,"is_logged_in":true}"#).into_bytes();
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, log, reply) = (acceptor.clone(), log.clone(), reply.clone());
                tokio::spawn(async move {
                    // A client that hangs up in the handshake is what these tests are about.
                    if let Ok(stream) = acceptor.accept(stream).await {
                        converse(stream, log, reply).await;
                    }
                });
            }
        });
        Self { port, requests }
    }

    pub(crate) fn url(&self) -> Url {
        format!("https://localhost:{}", self.port).parse().unwrap()
    }

    /// Every request that was deciphered.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// A server's configuration is begun with the library that Apollo's client uses: another part of the workspace
/// brings a second one, so that none is the obvious one.
pub(crate) fn server_of(
    versions: &[&'static SupportedProtocolVersion],
) -> ConfigBuilder<ServerConfig, WantsVerifier> {
    ServerConfig::builder_with_provider(library())
        .with_protocol_versions(versions)
        .unwrap()
}

pub(crate) fn library() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}
