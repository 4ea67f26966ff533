//! Ways out of a company's network: a real proxy, and proxies that misbehave.

use apollo::{Client, Delivery, Error, NetworkKind, ProxySetting, SetupReason, ids::TaskId};
use budget::Priority::{Waiting, WrapUp};
use url::Url;

use crate::server::{KEY, Server, options};

fn through(url: Url, bypass: Option<&str>) -> ProxySetting {
    ProxySetting::Explicit {
        url,
        bypass: bypass.map(str::to_owned),
    }
}

fn client(proxy: ProxySetting) -> Client {
    let mut options = options("https://apollo.example".parse().unwrap());
    options.proxy = proxy;
    Client::new(options).unwrap()
}

async fn complete(client: &Client) -> Error {
    client
        .tasks()
        .complete(&TaskId::new("t1"), WrapUp)
        .await
        .unwrap_err()
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named_and_never_sees_the_key() {
    for reply in [
        "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nlocation: http://portal.example/\r\n\r\n",
        "HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\n\r\n<html>",
    ] {
        let proxy = Server::start(reply).await;
        let error = complete(&client(through(proxy.url(), None))).await;
        assert_eq!(error, Error::ProxyRefused, "{reply:?}");
        assert_eq!(error.delivery(), Delivery::NotSent);
        let requests = proxy.requests();
        assert!(requests[0].starts_with("CONNECT apollo.example:443 "));
        assert!(!requests.concat().contains(KEY));
    }
}

#[tokio::test]
async fn a_proxy_that_is_down_or_hangs_up_means_that_nothing_was_sent() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let down = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let silent = Server::start("").await;
    let half = Server::start("HTTP/1.1 200 Conn").await;
    for proxy in [down.parse().unwrap(), silent.url(), half.url()] {
        let error = complete(&client(through(proxy, None))).await;
        assert_eq!(
            error,
            Error::Network {
                kind: NetworkKind::ConnectionRefused
            }
        );
        assert_eq!(error.delivery(), Delivery::NotSent);
    }
}

#[tokio::test]
async fn a_proxy_that_says_yes_and_is_no_way_to_apollo_never_sees_the_key() {
    let proxy = Server::start("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}").await;
    let error = complete(&client(through(proxy.url(), None))).await;
    assert_eq!(error.delivery(), Delivery::NotSent, "{error:?}");
    assert!(!proxy.requests().concat().contains(KEY));
}

#[tokio::test]
async fn a_host_on_the_bypass_list_is_reached_without_the_proxy() {
    let proxy = Server::start("").await;
    for bypass in [
        "apollo.example",
        "other.example, apollo.example",
        ".example",
        "*",
    ] {
        let error = complete(&client(through(proxy.url(), Some(bypass)))).await;
        assert_eq!(
            error,
            Error::Network {
                kind: NetworkKind::Dns
            },
            "{bypass}"
        );
    }
    assert!(proxy.requests().is_empty());
    complete(&client(through(
        proxy.url(),
        Some("other.example, lo.example"),
    )))
    .await;
    assert_eq!(proxy.requests().len(), 1);
}

#[tokio::test]
async fn this_machine_is_reached_without_any_proxy() {
    let proxy = Server::start("").await;
    let server = Server::start(crate::server::json(r#"{"is_logged_in":true}"#)).await;
    let mut options = options(server.url());
    options.proxy = through(proxy.url(), None);
    let health = Client::new(options)
        .unwrap()
        .auth()
        .health(Waiting)
        .await
        .unwrap();
    assert!(health.is_logged_in);
    assert!(proxy.requests().is_empty());
}

#[test]
fn a_proxy_of_a_kind_that_is_not_supported_is_refused_at_once() {
    for url in [
        "socks5://127.0.0.1:1080",
        "ftp://proxy.example",
        "file:///etc/proxy.pac",
    ] {
        let mut options = options("https://apollo.example".parse().unwrap());
        options.proxy = through(url.parse().unwrap(), None);
        let error = Client::new(options).unwrap_err();
        let reason = SetupReason::ProxyScheme;
        assert_eq!(error, Error::Setup { reason }, "{url}");
    }
}

#[test]
fn a_proxys_password_is_never_printed() {
    let url: Url = "http://rita:hush-hush@proxy.example:3128".parse().unwrap();
    let mut options = options("https://apollo.example".parse().unwrap());
    options.proxy = through(url, None);
    let printed = format!("{options:?}");
    let client = Client::new(options).unwrap();
    for text in [printed, format!("{client:?}")] {
        assert!(!text.contains("hush") && !text.contains("rita"), "{text}");
    }
}

#[cfg(target_os = "linux")]
mod real {
    use std::fs;

    use super::*;
    use crate::{
        child::Child,
        secure::{Authority, NOW, Secure},
        tinyproxy::{Exit, HOST, Tinyproxy},
    };

    /// An Apollo that only a proxy can reach.
    struct Office {
        server: Secure,
        exit: Exit,
        authority: Authority,
    }

    impl Office {
        async fn open() -> Self {
            let authority = Authority::new();
            let server = Secure::start(authority.config(HOST, NOW)).await;
            let exit = Exit::to(server.port).await;
            Self {
                server,
                exit,
                authority,
            }
        }

        fn client(&self, address: &str, proxy: Url) -> Client {
            let mut options = options(address.parse().unwrap());
            options.proxy = through(proxy, None);
            options.extra_ca_pem = Some(self.authority.pem());
            Client::new(options).unwrap()
        }

        fn was_reached_in_secret(&self) {
            let requests = self.server.requests().concat();
            assert!(requests.contains(KEY), "Apollo got the key");
            let passed = self.exit.passed();
            assert!(
                passed.starts_with(&format!("CONNECT {HOST}:443 ")),
                "{passed}"
            );
            assert!(!passed.contains(KEY), "the proxy could read the key");
            assert!(
                !passed.contains("auth/health"),
                "the proxy could read the request"
            );
        }

        fn was_not_reached(&self) {
            assert!(self.server.requests().is_empty());
            assert_eq!(self.exit.passed(), "");
        }
    }

    const ADDRESS: &str = "https://apollo.example";

    #[tokio::test]
    async fn apollo_is_reached_through_a_proxy_that_asks_for_nothing() {
        let office = Office::open().await;
        let proxy = Tinyproxy::start(&office.exit, None);
        let health = office
            .client(ADDRESS, proxy.url(""))
            .auth()
            .health(Waiting)
            .await
            .unwrap();
        assert!(health.is_logged_in);
        office.was_reached_in_secret();
    }

    #[tokio::test]
    async fn apollo_is_reached_through_a_proxy_with_the_right_name_and_password() {
        for written in ["hush-hush", "hush%2Dhush"] {
            let office = Office::open().await;
            let proxy = Tinyproxy::start(&office.exit, Some(("rita", "hush-hush")));
            let url = proxy.url(&format!("rita:{written}@"));
            let health = office
                .client(ADDRESS, url)
                .auth()
                .health(Waiting)
                .await
                .unwrap();
            assert!(health.is_logged_in);
            office.was_reached_in_secret();
        }
    }

    #[tokio::test]
    async fn a_proxy_with_a_wrong_password_or_none_refuses_and_nothing_was_sent() {
        for login in ["rita:wrong@", "other:hush-hush@", ""] {
            let office = Office::open().await;
            let proxy = Tinyproxy::start(&office.exit, Some(("rita", "hush-hush")));
            let error = complete(&office.client(ADDRESS, proxy.url(login))).await;
            assert_eq!(error, Error::ProxyRefused, "{login}");
            assert_eq!(error.delivery(), Delivery::NotSent);
            office.was_not_reached();
        }
    }

    #[tokio::test]
    async fn a_proxy_that_forbids_the_port_refuses_and_nothing_was_sent() {
        let office = Office::open().await;
        let proxy = Tinyproxy::start(&office.exit, None);
        let error = complete(&office.client("https://apollo.example:8443", proxy.url(""))).await;
        assert_eq!(error, Error::ProxyRefused);
        office.was_not_reached();
    }

    #[tokio::test]
    async fn a_proxy_that_cannot_find_apollo_refuses_and_nothing_was_sent() {
        let office = Office::open().await;
        let proxy = Tinyproxy::start(&office.exit, None);
        let error = complete(&office.client("https://handset-test.invalid", proxy.url(""))).await;
        assert_eq!(error, Error::ProxyRefused);
        office.was_not_reached();
    }

    #[tokio::test]
    async fn the_systems_proxy_is_used_without_any_setting_and_its_exceptions_count() {
        let office = Office::open().await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("authority.pem");
        fs::write(&file, office.authority.pem()).unwrap();
        let proxy = Tinyproxy::start(&office.exit, Some(("rita", "hush-hush")));
        let address: Url = ADDRESS.parse().unwrap();
        let child = || Child::new(&address).trusting(&file);

        let wrong = proxy.url("rita:wrong@");
        let refused = child()
            .variable("HTTPS_PROXY", wrong.as_str())
            .run()
            .await
            .answer;
        assert_eq!(refused, "Err(ProxyRefused)");

        let right = proxy.url("rita:hush-hush@");
        let excepted = child()
            .variable("HTTPS_PROXY", right.as_str())
            .variable("NO_PROXY", "localhost,apollo.example");
        let excepted = excepted.run().await.answer;
        assert!(excepted.contains("Dns"), "{excepted}");
        office.was_not_reached();

        for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
            let reached = child().variable(name, right.as_str()).run().await.answer;
            assert!(reached.contains("is_logged_in: true"), "{name}: {reached}");
        }
        office.was_reached_in_secret();

        let without = child().run().await.answer;
        assert!(without.contains("Dns"), "{without}");
    }
}
