//! No network: the queue is worked on, one request asks whether it is back, then all is sent.

use std::time::Duration;

use apollo::{Error, NetworkKind};
use clock::Clock;
use domain::wrap_up::StepKind;
use jiff::SignedDuration;
use present::{ConnectionState, ReceiptState};

use crate::support::{Bench, DeskBench, Flow, Reply, english, form, now, person};

const DUE: &str = "2026-11-20";

fn offline() -> Reply {
    Reply::Refused(Error::Network {
        kind: NetworkKind::Dns,
    })
}

#[test]
fn twenty_calls_without_a_network_make_few_requests_and_go_at_once_when_it_is_back() {
    let bench = DeskBench::new();
    let names: Vec<_> = (0..20).map(|number| format!("t{number}")).collect();
    bench.work(names.iter().map(|name| person(name, DUE)).collect());
    bench
        .bench
        .apollo
        .script(StepKind::LogCall, std::iter::repeat_n(offline(), 1_000));
    for name in &names {
        bench.save(name, form("busy", "spoke")).expect("saved");
    }
    let engine = bench.desk.engine();
    let mut run = Flow::new(engine.run());
    bench.bench.pass(&mut run, Duration::from_mins(30));
    // Up to four requests had left when the first answer came, then one left at a time, at growing
    // distances up to a minute.
    let tries = bench.bench.apollo.posts().len();
    assert!(
        (30..45).contains(&tries),
        "{tries} requests in half an hour"
    );
    let connection = bench.desk.connection();
    assert_eq!(connection.state, ConnectionState::Offline);
    let says = english(&connection.sentence);
    assert!(says.contains("20 calls are kept here"), "{says}");
    assert!(connection.retry_at.is_some());

    bench.bench.apollo.clear_script(StepKind::LogCall);
    bench.bench.pass(&mut run, Duration::from_secs(65));
    drop(run);
    assert_eq!(bench.bench.apollo.records().len(), 20);
    assert_eq!(bench.bench.store.wrap_up_count(), 0);
    assert_eq!(bench.desk.connection().state, ConnectionState::Online);
    for name in &names {
        assert_eq!(bench.receipt(name).state, ReceiptState::Sent);
    }
}

#[test]
fn a_clock_that_is_set_forward_does_not_shorten_the_time_apollos_index_is_given() {
    for minutes in [10, -10] {
        let bench = Bench::new();
        bench.apollo.index_lag(Duration::from_secs(30));
        bench
            .apollo
            .script(StepKind::LogCall, [Reply::LostAfterCommit]);
        let engine = bench.engine();
        bench.save(&engine, 1);
        let mut run = Flow::new(engine.run());
        bench.pass(&mut run, Duration::from_secs(3));
        let other = bench.clock.now() + SignedDuration::from_mins(minutes);
        bench.clock.set_wall_clock(other);
        bench.pass(&mut run, Duration::from_mins(20));
        assert_eq!(bench.apollo.posts().len(), 1, "{minutes} minutes");
        assert_eq!(bench.apollo.records().len(), 1, "{minutes} minutes");
        assert_eq!(bench.store.wrap_up_count(), 0, "{minutes} minutes");
    }
}

#[test]
fn a_wrong_clock_is_on_both_sides_of_the_comparison() {
    for minutes in [10, -10] {
        let bench = Bench::new();
        let wrong = bench.clock.now() + SignedDuration::from_mins(minutes);
        bench.clock.set_wall_clock(wrong);
        bench.apollo.identifier(crate::support::Identifier::Dropped);
        bench
            .apollo
            .script(StepKind::LogCall, [Reply::LostAfterCommit]);
        let engine = bench.engine();
        bench.save(&engine, 1);
        bench.pass(&mut Flow::new(engine.run()), Duration::from_mins(20));
        assert_eq!(bench.apollo.records().len(), 1);
        assert_eq!(bench.store.wrap_up_count(), 0);
    }
}

#[test]
fn a_rep_who_quits_without_a_network_is_not_kept_waiting() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE)]);
    bench
        .bench
        .apollo
        .script(StepKind::LogCall, std::iter::repeat_n(offline(), 10));
    bench.save("a", form("busy", "")).expect("saved");
    bench.run(Duration::from_secs(1));
    now(bench.desk.engine().finish_up(Duration::from_secs(2)));
}
