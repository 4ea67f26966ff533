//! Nothing below the client sends a request a second time: a request that HTTP/2 itself refuses is
//! for the wrap-up engine to look up, not for a library to send again.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use apollo::{Client, Delivery, Error, ids::UserId, types::NewPhoneCall};
use budget::Priority::WrapUp;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use url::Url;

use crate::{
    secure::{Authority, NOW},
    server::options,
};

/// How a server ends a stream, or the connection, without an answer.
#[derive(Debug, Clone, Copy)]
enum Ending {
    /// *Not processed; may be sent again.*
    RefusedStream,
    /// The connection is closed in order, after the request was taken.
    GoAway,
}

/// A server of HTTP/2 that ends every request in this way, and counts them.
async fn ends_with(authority: &Authority, ending: Ending) -> (Url, Arc<AtomicU32>) {
    let mut config = authority.config("localhost", NOW);
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let taken = Arc::<AtomicU32>::default();
    let count = taken.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, count) = (acceptor.clone(), count.clone());
            tokio::spawn(async move {
                let stream = acceptor.accept(stream).await.unwrap();
                let mut connection = h2::server::handshake(stream).await.unwrap();
                while let Some(Ok((_request, mut respond))) = connection.accept().await {
                    count.fetch_add(1, Ordering::Relaxed);
                    match ending {
                        Ending::RefusedStream => respond.send_reset(h2::Reason::REFUSED_STREAM),
                        Ending::GoAway => connection.abrupt_shutdown(h2::Reason::NO_ERROR),
                    }
                }
            });
        }
    });
    (format!("https://localhost:{port}").parse().unwrap(), taken)
}

#[tokio::test]
async fn a_call_that_http_2_refuses_is_sent_once_and_its_fate_is_unknown() {
    for ending in [Ending::RefusedStream, Ending::GoAway] {
        let authority = Authority::new();
        let (url, taken) = ends_with(&authority, ending).await;
        let mut options = options(url);
        options.extra_ca_pem = Some(authority.pem());
        let client = Client::new(options).unwrap();
        let call = NewPhoneCall::by(UserId::new("u1"));
        let error = client
            .phone_calls()
            .create(&call, WrapUp)
            .await
            .unwrap_err();
        assert_eq!(taken.load(Ordering::Relaxed), 1, "{ending:?}: sent again");
        assert!(
            matches!(error, Error::Network { .. }),
            "{ending:?}: {error:?}"
        );
        assert_eq!(error.delivery(), Delivery::Unknown, "{ending:?}");
    }
}
