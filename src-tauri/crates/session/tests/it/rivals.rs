//! Two wrap-ups that one record of Apollo's would fit: each ends with a record of its own.
//!
//! Two tasks of one person, both saved in the same second without a dialed call, have the same rep,
//! contact, start, duration and note; Apollo keeps no identifier. Only what Handset itself knows
//! tells the two apart.

use std::time::Duration;

use apollo::{Error, ids::CallId, types::Task};
use clock::Clock;
use domain::{wrap_up::ReceiptRecord, wrap_up::StepKind};

use jiff::SignedDuration;

use crate::support::{DeskBench, Flow, Identifier, Reply, form, now, person};

const DUE: &str = "2026-11-20";
const LONG: Duration = Duration::from_mins(10);

fn of_one_person(task: &str) -> Task {
    Task {
        contact_id: Some("contact-a".into()),
        account_id: Some("account-a".into()),
        ..person(task, DUE)
    }
}

/// A desk with two tasks of one person, whose first requests to log a call get these replies.
fn bench(of_a: Reply, of_b: Reply) -> DeskBench {
    let bench = DeskBench::new();
    bench.work(["a", "b"].map(of_one_person).to_vec());
    bench.bench.apollo.identifier(Identifier::Dropped);
    bench
        .bench
        .apollo
        .decide(Box::new(move |task, kind, count| {
            match (kind, count, task.as_str()) {
                (StepKind::LogCall, 1, "a") => of_a.clone(),
                (StepKind::LogCall, 1, "b") => of_b.clone(),
                _ => Reply::Good,
            }
        }));
    bench
}

fn save_both(bench: &DeskBench) {
    for task in ["a", "b"] {
        bench.save(task, form("busy", "spoke")).expect("saved");
    }
}

/// Apollo holds two records, and each receipt names one of them.
fn each_has_its_own(bench: &DeskBench) {
    assert_eq!(bench.bench.store.wrap_up_count(), 0, "all is acknowledged");
    let receipts = bench.bench.store.stored_receipts();
    let named = receipts.iter().map(ReceiptRecord::call_id);
    let mut named: Vec<CallId> = named.map(|id| id.expect("a call was logged")).collect();
    named.sort();
    let records = bench.bench.apollo.records();
    let mut held: Vec<CallId> = records.into_iter().map(|record| record.id).collect();
    held.sort();
    assert_eq!(held.len(), 2, "two calls were made");
    assert_eq!(named, held);
}

#[test]
fn a_record_whose_answer_is_still_on_its_way_is_not_taken_for_another_wrap_up() {
    // The record of `a` is in Apollo while its answer is late; meanwhile `b`, which never arrived,
    // is looked up. Taken for `b`, the answer would give the same record to `a` as well.
    let late = Reply::LateAfterCommit(Duration::from_secs(20));
    let bench = bench(late, Reply::LostBeforeCommit);
    save_both(&bench);
    bench.run(LONG);
    each_has_its_own(&bench);
}

#[test]
fn of_two_look_ups_at_once_only_one_takes_the_record() {
    let bench = bench(Reply::LostAfterCommit, Reply::LostBeforeCommit);
    save_both(&bench);
    let mut run = Flow::new(bench.desk.engine().run());
    bench.bench.pass(&mut run, Duration::from_secs(1));
    // Both look-ups see the one record before the first of them is written down.
    let answer = bench.bench.apollo.hold_next_search();
    bench.bench.pass(&mut run, Duration::from_secs(3));
    let written = bench.bench.store.hold_next_write();
    drop(answer);
    bench.bench.pass(&mut run, Duration::from_secs(1));
    assert_eq!(bench.bench.apollo.searches(), 1, "they share it");
    drop(written);
    bench.bench.pass(&mut run, LONG);
    drop(run);
    each_has_its_own(&bench);
}

#[test]
fn a_record_of_a_wrap_up_that_still_waits_for_its_next_step_is_claimed_too() {
    let bench = bench(Reply::Good, Reply::LostBeforeCommit);
    let key_refused = Reply::Refused(Error::KeyRejected);
    bench
        .bench
        .apollo
        .script(StepKind::CompleteTask, [key_refused]);
    save_both(&bench);
    // A refused key is tried again after a quarter of an hour.
    bench.run(LONG);
    let records = bench.bench.apollo.records();
    assert_eq!(records.len(), 2, "the call of b is its own");
    bench.run(Duration::from_mins(20));
    each_has_its_own(&bench);
}

/// Dials and saves a call of this task, with a start that is corrected to `ago` before now.
fn call_of(bench: &DeskBench, task: &str, ago: SignedDuration) {
    bench.dial(task).expect("permitted");
    now(bench.desk.end_call(&task.into())).expect("it ends");
    let started_at = bench.bench.clock.now() - ago;
    let ended_at = started_at + SignedDuration::from_mins(2);
    now(bench.desk.correct_call(&task.into(), started_at, ended_at)).expect("it may");
    bench.save(task, form("busy", "spoke")).expect("saved");
}

#[test]
fn a_record_that_was_claimed_on_an_earlier_day_is_claimed_after_a_restart_too() {
    let bench = bench(Reply::Good, Reply::LostBeforeCommit);
    let hour = SignedDuration::from_hours(1);
    call_of(&bench, "a", hour);
    bench.run(LONG);
    // The next day the other call is corrected to the same time.
    let day = Duration::from_hours(24);
    let passed = SignedDuration::try_from(LONG + day).expect("a day");
    bench.bench.clock.advance(day);
    let bench = bench.restart();
    bench.work(vec![of_one_person("b")]);
    call_of(&bench, "b", hour + passed);
    bench.run(LONG);
    each_has_its_own(&bench);
}
