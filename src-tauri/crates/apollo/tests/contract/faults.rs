//! Everything that can go wrong on the way, and what the client makes of it.

use std::{future::Future, time::Duration};

use apollo::{
    Client, Delivery, Error, NetworkKind, Timeouts, Timestamp,
    types::{NewPhoneCall, PhoneCallSearch, SequenceSearch, TaskSearch},
};
use budget::Priority::{Waiting, WrapUp};
use clock::{Clock as _, ScaledClock, SharedClock, SignedDuration, SystemClock};
use sandbox::{FaultKind, endpoints};

use crate::bench::Bench;

async fn read(bench: &Bench) -> Result<usize, Error> {
    let found = bench
        .client
        .tasks()
        .search(&TaskSearch::default(), Waiting)
        .await?;
    Ok(found.rows.len())
}

async fn log(bench: &Bench) -> Result<(), Error> {
    let call = NewPhoneCall::by(bench.rep());
    bench
        .client
        .phone_calls()
        .create(&call, WrapUp)
        .await
        .map(drop)
}

/// A client with the master key on the bench's standing clock.
fn client_with_timeouts(bench: &Bench, timeouts: Timeouts) -> Client {
    let key = &bench.sandbox.keys().master;
    let clock: SharedClock = bench.clock.clone();
    bench.client_of(key, timeouts, &clock)
}

/// Lets the deadline of one attempt pass for each of the first `hangs` requests, once it has
/// arrived.
async fn through_hangs<T>(bench: &Bench, hangs: usize, work: impl Future<Output = T>) -> T {
    through_hangs_of(bench, hangs, Duration::from_secs(31), work).await
}

async fn through_hangs_of<T>(
    bench: &Bench,
    hangs: usize,
    limit: Duration,
    work: impl Future<Output = T>,
) -> T {
    let mut work = std::pin::pin!(work);
    let mut passed = 0;
    loop {
        tokio::select! {
            biased;
            output = &mut work => return output,
            () = tokio::task::yield_now() => {
                let seen = bench.sandbox.history().requests.len();
                if seen > passed && passed < hangs {
                    passed = seen;
                    bench.clock.advance(limit);
                }
            }
        }
    }
}

#[tokio::test]
async fn a_read_survives_two_passing_faults_of_any_kind() {
    for kind in [
        FaultKind::Html502,
        FaultKind::Status(500),
        FaultKind::Status(503),
        FaultKind::ResetBefore,
        FaultKind::ReplyLostAfterCommit,
    ] {
        let bench = Bench::start().await;
        bench
            .sandbox
            .faults()
            .next(endpoints::TASKS_SEARCH, 2, kind);
        assert_eq!(read(&bench).await, Ok(100), "{kind:?}");
        assert_eq!(bench.seen("tasks#search"), 3, "{kind:?}");
    }
}

#[tokio::test]
async fn a_read_gives_up_after_three_attempts() {
    let bench = Bench::start().await;
    bench
        .sandbox
        .faults()
        .always(endpoints::TASKS_SEARCH, FaultKind::Html502);
    assert_eq!(
        read(&bench).await,
        Err(Error::UpstreamDown {
            status: Some(502),
            html: true
        })
    );
    assert_eq!(bench.seen("tasks#search"), 3);
    let meter = bench.client.budget().meter();
    assert_eq!(meter[0].minute.used, 3, "every attempt counts");
}

#[tokio::test]
async fn a_log_whose_reply_is_lost_was_made_once_and_is_of_unknown_delivery() {
    for kind in [FaultKind::ReplyLostAfterCommit, FaultKind::TruncatedBody] {
        let bench = Bench::start().await;
        bench.sandbox.faults().always(endpoints::CALLS_CREATE, kind);
        let error = log(&bench).await.unwrap_err();
        assert_eq!(error.delivery(), Delivery::Unknown, "{kind:?}: {error:?}");
        assert_eq!(bench.seen("phone_calls#create"), 1, "{kind:?}");
        assert_eq!(bench.sandbox.history().calls().len(), 1, "{kind:?}");
    }
}

#[tokio::test]
async fn a_log_is_never_sent_twice_by_the_client_whatever_happens() {
    for kind in [
        FaultKind::ResetBefore,
        FaultKind::Status(500),
        FaultKind::Html502,
        FaultKind::Html200,
        FaultKind::TooManyRequests {
            retry_after_s: Some(1),
        },
        FaultKind::TooManyRequests {
            retry_after_s: None,
        },
        FaultKind::KeyRefused,
    ] {
        let bench = Bench::start().await;
        bench
            .sandbox
            .faults()
            .next(endpoints::CALLS_CREATE, 1, kind);
        let error = log(&bench).await.unwrap_err();
        assert_eq!(bench.seen("phone_calls#create"), 1, "{kind:?}");
        let not_sent = matches!(
            kind,
            FaultKind::TooManyRequests { .. } | FaultKind::KeyRefused
        );
        let expected = if not_sent {
            Delivery::NotSent
        } else {
            Delivery::Unknown
        };
        assert_eq!(error.delivery(), expected, "{kind:?}: {error:?}");
    }
}

#[tokio::test]
async fn an_answer_that_never_comes_is_a_timeout_of_unknown_delivery() {
    let bench = Bench::start().await;
    bench
        .sandbox
        .faults()
        .always(endpoints::CALLS_CREATE, FaultKind::HangAfterCommit);
    let error = through_hangs(&bench, 1, log(&bench)).await.unwrap_err();
    assert_eq!(
        error,
        Error::Network {
            kind: NetworkKind::Timeout
        }
    );
    assert_eq!(error.delivery(), Delivery::Unknown);
    assert_eq!(bench.sandbox.history().calls().len(), 1);
}

#[tokio::test]
async fn the_deadline_of_an_attempt_is_an_option_and_passes_by_the_clock() {
    let bench = Bench::start().await;
    bench
        .sandbox
        .faults()
        .always(endpoints::CALLS_CREATE, FaultKind::Hang);
    let timeouts = Timeouts {
        attempt: Duration::from_secs(5),
        ..Timeouts::default()
    };
    let client = client_with_timeouts(&bench, timeouts);
    let call = NewPhoneCall::by(bench.rep());
    let calls = client.phone_calls();
    let mut logging = std::pin::pin!(calls.create(&call, WrapUp));
    while bench.seen("phone_calls#create") == 0 {
        assert!(futures_util::poll!(&mut logging).is_pending());
        tokio::task::yield_now().await;
    }
    bench.clock.advance(Duration::from_millis(4_900));
    assert!(futures_util::poll!(&mut logging).is_pending(), "too early");
    bench.clock.advance(Duration::from_millis(200));
    let timeout = Error::Network {
        kind: NetworkKind::Timeout,
    };
    assert_eq!(logging.await, Err(timeout));
}

#[tokio::test]
async fn the_deadline_of_an_operation_ends_a_read_that_hangs_at_every_attempt() {
    let bench = Bench::start().await;
    bench
        .sandbox
        .faults()
        .always(endpoints::TASKS_SEARCH, FaultKind::Hang);
    let timeouts = Timeouts {
        attempt: Duration::from_hours(1),
        operation: Duration::from_secs(10),
    };
    let client = client_with_timeouts(&bench, timeouts);
    let search = TaskSearch::default();
    let reading = async { client.tasks().search(&search, Waiting).await.map(drop) };
    let limit = timeouts.operation + Waiting.max_wait() + Duration::from_secs(1);
    let timeout = Error::Network {
        kind: NetworkKind::Timeout,
    };
    let read = through_hangs_of(&bench, 1, limit, reading).await;
    assert_eq!(read, Err(timeout));
    assert_eq!(bench.seen("tasks#search"), 1);
}

#[tokio::test]
async fn on_a_clock_that_runs_faster_a_hang_ends_sooner() {
    let bench = Bench::start().await;
    bench
        .sandbox
        .faults()
        .always(endpoints::CALLS_CREATE, FaultKind::Hang);
    let start: Timestamp = "2026-11-24T15:00:00Z".parse().unwrap();
    let system = SystemClock::shared();
    // 30 virtual seconds are 30 ms of the machine's.
    let clock = ScaledClock::shared(system.now(), start, 1_000, SignedDuration::ZERO);
    let client = bench.client_of(&bench.sandbox.keys().master, Timeouts::default(), &clock);
    let call = NewPhoneCall::by(bench.rep());
    let calls = client.phone_calls();
    let logging = calls.create(&call, WrapUp);
    let logged = clock::within(&*system, Duration::from_secs(20), logging).await;
    let timeout = Error::Network {
        kind: NetworkKind::Timeout,
    };
    assert_eq!(logged, Some(Err(timeout)));
}

#[tokio::test]
async fn a_read_that_hangs_once_is_read_again() {
    let bench = Bench::start().await;
    bench
        .sandbox
        .faults()
        .next(endpoints::TASKS_SEARCH, 1, FaultKind::Hang);
    assert_eq!(through_hangs(&bench, 1, read(&bench)).await, Ok(100));
    assert_eq!(bench.seen("tasks#search"), 2);
}

#[tokio::test]
async fn a_page_with_status_200_is_a_portal_and_not_an_empty_answer() {
    let bench = Bench::start().await;
    bench
        .sandbox
        .faults()
        .always(endpoints::TASKS_SEARCH, FaultKind::Html200);
    assert_eq!(read(&bench).await, Err(Error::CaptivePortal));
    assert_eq!(
        bench.seen("tasks#search"),
        1,
        "asking again does not sign anyone in"
    );
}

#[tokio::test]
async fn a_429_tells_until_when_and_cools_down_its_endpoint_only() {
    let bench = Bench::start().await;
    let limited = FaultKind::TooManyRequests {
        retry_after_s: Some(600),
    };
    bench
        .sandbox
        .faults()
        .next(endpoints::TASKS_SEARCH, 1, limited);
    let error = read(&bench).await.unwrap_err();
    let Error::Limited { retry_after, .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(*retry_after, Duration::from_mins(10));
    assert!(
        matches!(read(&bench).await, Err(Error::BudgetSpent { .. })),
        "not even asked"
    );
    assert_eq!(bench.seen("tasks#search"), 1);
    let other = bench
        .client
        .sequences()
        .search(&SequenceSearch::default(), Waiting)
        .await;
    assert!(other.is_ok());
    bench.clock.advance(Duration::from_secs(602));
    assert_eq!(read(&bench).await, Ok(100));
}

#[tokio::test]
async fn a_limit_used_up_by_others_is_named_with_when_it_is_free_again() {
    let bench = Bench::start().await;
    bench.sandbox.consume(endpoints::CALLS_SEARCH, 400);
    let error = bench
        .client
        .phone_calls()
        .search(&PhoneCallSearch::default(), Waiting)
        .await
        .unwrap_err();
    let Error::Limited {
        endpoint, until, ..
    } = &error
    else {
        panic!("{error:?}")
    };
    assert_eq!(endpoint, "api/v1/phone_calls#search");
    // 400 at once is over the minute's limit and the hour's: Apollo names one of them.
    assert!(*until > bench.clock.now(), "{until}");
    let meters = bench.client.budget().meter();
    let meter = meters
        .iter()
        .find(|meter| meter.endpoint.as_str() == endpoint);
    assert_eq!(meter.unwrap().minute.limit, Some(200));
}

#[tokio::test]
async fn a_key_revoked_in_the_middle_is_rejected() {
    let bench = Bench::start().await;
    assert!(read(&bench).await.is_ok());
    bench
        .sandbox
        .faults()
        .always(endpoints::TASKS_SEARCH, FaultKind::KeyRefused);
    assert_eq!(read(&bench).await, Err(Error::KeyRejected));
}

#[tokio::test]
async fn a_clock_that_is_off_shows() {
    let bench = Bench::start().await;
    bench.sandbox.faults().always(
        endpoints::TASKS_SEARCH,
        FaultKind::ClockSkew { skew_s: 7_200 },
    );
    assert!(read(&bench).await.is_ok());
    let skew = bench.client.last_server_time_skew().unwrap().as_secs();
    assert!((7_190..=7_210).contains(&skew), "{skew}");
}
