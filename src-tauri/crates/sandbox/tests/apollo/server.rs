use clock::{ManualClock, SystemClock};
use sandbox::{FaultKind, Options, Sandbox, StartError, endpoints};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::support::{NOW, PATIENCE, apollo};

#[tokio::test]
async fn it_listens_on_loopback_only() {
    let apollo = apollo().await;
    assert!(apollo.sandbox.url().starts_with("http://127.0.0.1:"));
}

#[tokio::test]
async fn a_taken_port_is_reported_plainly() {
    let apollo = apollo().await;
    let port = apollo
        .sandbox
        .url()
        .rsplit(':')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let options = Options {
        port,
        ..Options::new(SystemClock::shared())
    };
    let Err(StartError::Bind { port: refused, .. }) = Sandbox::start(options).await else {
        panic!("two sandboxes on one port")
    };
    assert_eq!(refused, port);
}

#[tokio::test]
async fn after_stop_nothing_listens() {
    let apollo = apollo().await;
    let address = apollo
        .sandbox
        .url()
        .strip_prefix("http://")
        .unwrap()
        .to_owned();
    // An idle connection must not keep it from stopping.
    let idle = TcpStream::connect(&address).await.unwrap();
    apollo.sandbox.stop().await;
    assert!(TcpStream::connect(&address).await.is_err());
    drop(idle);
}

#[tokio::test]
async fn half_a_request_and_a_delayed_one_do_not_keep_it_from_stopping() {
    let apollo = apollo().await;
    let address = apollo
        .sandbox
        .url()
        .strip_prefix("http://")
        .unwrap()
        .to_owned();
    let mut half = TcpStream::connect(&address).await.unwrap();
    half.write_all(b"GET /api/v1/auth/health HT").await.unwrap();
    let delay = FaultKind::Delay { delay_ms: 60_000 };
    apollo
        .sandbox
        .faults()
        .next(endpoints::AUTH_HEALTH, 1, delay);
    let mut delayed = TcpStream::connect(&address).await.unwrap();
    delayed
        .write_all(b"GET /api/v1/auth/health HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    while apollo.clock.sleepers() == 0 {
        tokio::task::yield_now().await;
    }
    let clock = SystemClock::shared();
    let stopped = clock::within(&*clock, PATIENCE, apollo.sandbox.stop()).await;
    assert!(stopped.is_some(), "it still waits for a client");
    drop((half, delayed));
}

#[tokio::test]
async fn dropping_the_handle_stops_the_server() {
    let apollo = apollo().await;
    let address = apollo
        .sandbox
        .url()
        .strip_prefix("http://")
        .unwrap()
        .to_owned();
    drop(apollo);
    while TcpStream::connect(&address).await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn debug_shows_no_key_and_no_person() {
    let apollo = apollo().await;
    let shown = format!(
        "{:?} {:?} {:?} {:?}",
        apollo.sandbox,
        apollo.sandbox.users(),
        apollo.sandbox.keys(),
        apollo.sandbox.world().contacts[0]
    );
    for datum in apollo.sandbox.personal_data() {
        assert!(!shown.contains(&datum), "leaked: {datum}");
    }
}

#[tokio::test]
async fn options_start_with_any_port_and_the_first_seed() {
    let options = Options::new(ManualClock::at(NOW.parse().unwrap()));
    assert_eq!((options.port, options.seed), (0, 1));
}
