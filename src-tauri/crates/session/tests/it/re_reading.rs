//! The call tasks are read by themselves: after a failure, on another day, when they are old.

use std::time::Duration;

use apollo::{Error, NetworkKind};
use clock::Clock;
use jiff::SignedDuration;
use present::{ConnectionState, LoadingState};

use crate::support::{DeskBench, Flow, english, now, person};

const DUE: &str = "2026-11-20";
const MINUTE: Duration = Duration::from_mins(1);

fn reads(bench: &DeskBench) -> usize {
    bench.bench.apollo.task_requests().len()
}

#[test]
fn after_an_outage_the_tasks_are_read_and_the_banner_goes_without_a_press() {
    let bench = DeskBench::new();
    bench.bench.apollo.tasks(vec![person("a", DUE)]);
    bench.bench.apollo.network(false);
    let mut keep = Flow::new(bench.desk.keep_tasks_read());
    keep.go();
    let report = bench.desk.report();
    assert_eq!(report.loading.state, LoadingState::Failed);
    assert!(!report.loading.is_whole, "0 is not what Apollo has");
    assert_eq!(bench.desk.connection().state, ConnectionState::Offline);
    bench.bench.apollo.network(true);
    bench.bench.pass(&mut keep, MINUTE);
    let report = bench.desk.report();
    assert_eq!(report.loading.state, LoadingState::Complete);
    assert!(report.loading.is_whole);
    assert_eq!(report.all.open, 1);
    assert_eq!(bench.desk.connection().state, ConnectionState::Online);
}

/// When the last whole reading was.
fn as_of(bench: &DeskBench) -> Option<String> {
    bench.desk.report().loading.as_of.as_ref().map(english)
}

#[test]
fn after_a_limit_reading_goes_on_by_itself_and_the_sentence_says_when_in_local_time() {
    let bench = DeskBench::new();
    bench.bench.apollo.tasks(vec![person("a", DUE)]);
    let until = bench.bench.clock.now() + SignedDuration::from_mins(40);
    let spent = Error::BudgetSpent {
        endpoint: "api/v1/tasks#search".to_owned(),
        until,
    };
    bench.bench.apollo.fail_page(1, spent);
    let mut keep = Flow::new(bench.desk.keep_tasks_read());
    keep.go();
    let sentence = english(&bench.desk.report().loading.sentence);
    assert!(sentence.contains("free again from 10:40."), "{sentence}");
    assert!(
        !sentence.contains("api/v1") && !sentence.contains('Z'),
        "{sentence}"
    );
    let before = reads(&bench);
    bench.bench.pass(&mut keep, MINUTE * 39);
    assert_eq!(
        reads(&bench),
        before,
        "nothing is asked while the limit lasts"
    );
    bench.bench.apollo.repair_page(1);
    bench.bench.pass(&mut keep, MINUTE * 2);
    assert_eq!(bench.desk.report().all.open, 1);
}

#[test]
fn a_refresh_that_fails_is_tried_again_and_what_a_person_stopped_is_not() {
    let bench = DeskBench::new();
    bench.bench.apollo.rows_per_page(1);
    bench
        .bench
        .apollo
        .tasks(vec![person("a", DUE), person("b", DUE)]);
    let mut keep = Flow::new(bench.desk.keep_tasks_read());
    keep.go();
    let down = Error::UpstreamDown {
        status: Some(503),
        html: false,
    };
    bench.bench.apollo.fail_page(2, down);
    now(bench.desk.load()).expect_err("Apollo is down");
    bench.bench.apollo.repair_page(2);
    bench.bench.pass(&mut keep, MINUTE * 3);
    assert_eq!(bench.desk.report().loading.state, LoadingState::Complete);

    let held = bench.bench.apollo.hold_page(2);
    let mut load = Flow::new(bench.desk.load());
    load.go();
    bench.desk.cancel_load();
    load.go();
    drop(held);
    let before = reads(&bench);
    bench.bench.pass(&mut keep, MINUTE * 60);
    assert_eq!(reads(&bench), before);
    assert_eq!(bench.desk.report().loading.state, LoadingState::Cancelled);
}

#[test]
fn another_day_and_a_long_time_read_the_tasks_again_and_until_then_they_are_yesterdays() {
    let bench = DeskBench::new();
    bench.bench.apollo.tasks(vec![person("a", DUE)]);
    let mut keep = Flow::new(bench.desk.keep_tasks_read());
    keep.go();
    assert_eq!(reads(&bench), 1);
    assert_eq!(as_of(&bench).as_deref(), Some("10:00"));
    bench.bench.pass(&mut keep, MINUTE * 80);
    assert_eq!(reads(&bench), 1);
    bench.bench.pass(&mut keep, MINUTE * 20);
    assert_eq!(reads(&bench), 2, "they were old");
    // Overnight Apollo cannot be reached.
    let down = || Error::Network {
        kind: NetworkKind::Dns,
    };
    bench.bench.apollo.fail_page(1, down());
    bench.bench.pass(&mut keep, Duration::from_hours(16));
    let as_of = as_of(&bench);
    assert!(
        as_of
            .as_deref()
            .is_some_and(|at| at.starts_with("yesterday ")),
        "{as_of:?}"
    );
}

#[test]
fn after_the_computer_has_slept_the_tasks_are_read_again() {
    let bench = DeskBench::new();
    bench.bench.apollo.tasks(vec![person("a", DUE)]);
    let mut keep = Flow::new(bench.desk.keep_tasks_read());
    keep.go();
    assert_eq!(reads(&bench), 1);
    let later = bench.bench.clock.now() + SignedDuration::from_mins(20);
    bench.bench.clock.set_wall_clock(later);
    bench.bench.pass(&mut keep, MINUTE * 2);
    assert_eq!(reads(&bench), 2);
}

#[test]
fn a_list_beyond_the_cap_is_reported_on_today_and_in_the_queue() {
    let bench = DeskBench::new();
    bench.bench.apollo.rows_per_page(1);
    let tasks = (0..120)
        .map(|number| person(&format!("t{number}"), DUE))
        .collect();
    let queue = bench.work(tasks);
    let part = "Only the first 100 of 120 tasks were read";
    let missing = english(&queue.missing.clone().unwrap_or_default());
    assert!(missing.contains(part), "{missing}");
    let sentence = english(&bench.desk.report().loading.sentence);
    assert!(sentence.contains(part), "{sentence}");
    let whole = DeskBench::new();
    let queue = whole.work(vec![person("a", DUE)]);
    assert_eq!(queue.missing, None);
    assert!(whole.desk.report().loading.sentence.is_empty());
}
