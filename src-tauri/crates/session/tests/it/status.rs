//! What is shown around the work is true: how many calls are done and unsent, what can be undone,
//! and whether Apollo can be reached.

use std::time::Duration;

use apollo::{Error, NetworkKind, types::TaskPriority};
use domain::{settings::Settings, wrap_up::SkipReason, wrap_up::StepKind};
use present::{ConnectionState, ReceiptKind, RowPriority, Tag};

use crate::support::{DeskBench, Reply, english, form, now, person};

const DUE: &str = "2026-11-20";

fn bench() -> DeskBench {
    let bench = DeskBench::new();
    bench.work(["a", "b", "c", "d"].map(|task| person(task, DUE)).to_vec());
    bench
}

fn broken() -> Reply {
    Reply::Refused(Error::Network {
        kind: NetworkKind::Reset,
    })
}

#[test]
fn one_dropped_reply_is_no_outage_and_a_second_one_is() {
    let bench = bench();
    bench
        .bench
        .apollo
        .script(StepKind::CompleteTask, [broken(), broken()]);
    bench.save("a", form("busy", "spoke")).expect("saved");
    bench.run(Duration::from_secs(1));
    assert_eq!(bench.desk.connection().state, ConnectionState::Online);
    bench.run(Duration::from_mins(10));
    assert_eq!(bench.desk.connection().state, ConnectionState::Online);

    bench
        .bench
        .apollo
        .script(StepKind::LogCall, std::iter::repeat_n(broken(), 100));
    bench.bench.apollo.fail_searches(100);
    bench.save("b", form("busy", "spoke")).expect("saved");
    bench.run(Duration::from_mins(5));
    assert_eq!(bench.desk.connection().state, ConnectionState::Offline);
}

#[test]
fn no_name_that_can_be_looked_up_is_an_outage_at_once() {
    let bench = bench();
    let kind = NetworkKind::Dns;
    bench
        .bench
        .apollo
        .script(StepKind::LogCall, [Reply::Refused(Error::Network { kind })]);
    bench.save("a", form("busy", "spoke")).expect("saved");
    bench.run(Duration::from_secs(1));
    assert_eq!(bench.desk.connection().state, ConnectionState::Offline);
}

#[test]
fn the_line_of_today_is_read_again_once_apollo_has_the_calls() {
    let bench = bench();
    for task in ["a", "b"] {
        bench.save(task, form("busy", "spoke")).expect("saved");
    }
    assert!(english(&bench.desk.report().today).contains("2 not sent yet"));
    bench.changed_tags();
    bench.run(Duration::from_mins(1));
    assert!(bench.changed_tags().contains(&Tag::Report));
    assert_eq!(english(&bench.desk.report().today), "2 calls logged today");
}

#[test]
fn what_can_be_undone_is_a_call_or_a_skip() {
    let bench = DeskBench::with(Settings::default());
    bench.work(["a", "b", "c"].map(|task| person(task, DUE)).to_vec());
    let undo = || bench.desk.undo().expect("something to undo");
    bench.save("a", form("busy", "spoke")).expect("saved");
    assert_eq!(undo().kind, ReceiptKind::Call);
    now(bench
        .desk
        .skip(&"b".into(), SkipReason::NotRelevant, String::new()))
    .expect("skipped");
    assert_eq!(undo().kind, ReceiptKind::Skip);
    assert_eq!(
        undo().result.as_ref().map(english).as_deref(),
        Some("Not relevant")
    );
    now(bench
        .desk
        .skip(&"c".into(), SkipReason::Other, String::new()))
    .expect("skipped");
    assert_eq!(undo().result, None);
}

#[test]
fn the_count_of_what_is_done_goes_on_after_a_restart_and_after_another_look_at_today() {
    let bench = bench();
    bench.save("a", form("busy", "spoke")).expect("saved");
    now(bench
        .desk
        .skip(&"b".into(), SkipReason::Other, String::new()))
    .expect("skipped");
    let counts = |bench: &DeskBench| {
        let queue = bench.desk.queue().expect("an open queue");
        (queue.finished, queue.total)
    };
    assert_eq!(counts(&bench), (2, 4));
    bench.run(Duration::from_mins(1));

    now(bench
        .desk
        .open_queue(domain::position::QueueScope::AllCallTasks))
    .expect("a queue");
    assert_eq!(counts(&bench), (2, 4), "opened anew");

    // Apollo no longer lists what is done.
    let bench = bench.restart();
    let left = ["c", "d"].map(|task| person(task, DUE)).to_vec();
    bench.bench.apollo.tasks(left);
    drop(now(bench.desk.load()));
    assert_eq!(counts(&bench), (2, 4), "after a restart");
    bench.save("c", form("busy", "spoke")).expect("saved");
    assert_eq!(counts(&bench), (3, 4));

    // The next day begins with nothing done.
    bench.run(Duration::from_mins(1));
    bench.bench.clock.advance(Duration::from_hours(24));
    let bench = bench.restart();
    bench.bench.apollo.tasks(vec![person("d", DUE)]);
    drop(now(bench.desk.load()));
    assert_eq!(counts(&bench), (0, 1));
}

#[test]
fn an_urgent_task_is_shown_as_urgent() {
    let bench = DeskBench::new();
    let mut task = person("a", DUE);
    task.priority = TaskPriority::Other("urgent".to_owned());
    bench.work(vec![task]);
    assert_eq!(bench.card("a").priority, RowPriority::Urgent);
}

#[test]
fn a_card_says_that_its_task_has_no_contact_to_call_back_anew() {
    let bench = DeskBench::new();
    let mut without = person("b", DUE);
    without.contact_id = None;
    without.contact = None;
    bench.work(vec![person("a", DUE), without]);
    assert!(bench.card("a").has_contact);
    assert!(!bench.card("b").has_contact);
}
