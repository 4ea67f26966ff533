//! Giving up what Apollo refuses: with a reason, which is stored.

use std::time::Duration;

use apollo::Error;
use domain::{wrap_up::DiscardReason, wrap_up::StepKind};
use present::{ReceiptState, RowState};

use crate::support::{DeskBench, Flow, Reply, english, form, now, person};

const DUE: &str = "2026-11-20";
const LONG: Duration = Duration::from_mins(10);

fn bench() -> DeskBench {
    let bench = DeskBench::new();
    bench.work(["a", "b"].map(|task| person(task, DUE)).to_vec());
    bench
}

fn refuse(bench: &DeskBench, kind: StepKind, error: Error) {
    bench.bench.apollo.script(kind, [Reply::Refused(error)]);
}

#[test]
fn a_call_that_never_reached_apollo_is_given_up_and_its_task_is_open_again() {
    let bench = bench();
    refuse(&bench, StepKind::LogCall, Error::Gone);
    let saved = bench.save("a", form("busy", "spoke")).expect("saved");
    bench.run(LONG);
    let receipt = bench.receipt("a");
    assert_eq!(receipt.state, ReceiptState::Blocked);
    assert!(receipt.can_discard && receipt.can_copy_note);

    now(bench
        .desk
        .discard(saved.wrap_up_id, DiscardReason::LoggedByHand))
    .expect("given up");
    let receipt = bench.receipt("a");
    assert_eq!(receipt.state, ReceiptState::Discarded);
    let sentence = english(&receipt.sentence);
    assert!(sentence.contains("by hand"), "{sentence}");
    assert_eq!(bench.card("a").state, RowState::Open);

    bench.run(LONG);
    assert_eq!(bench.bench.apollo.records().len(), 0);
    let bench = bench.restart();
    let receipts = bench.bench.store.stored_receipts();
    let discarded = receipts[0]
        .discarded
        .as_ref()
        .expect("the reason is stored");
    assert_eq!(discarded.reason, DiscardReason::LoggedByHand);
    assert_eq!(discarded.steps, [StepKind::LogCall, StepKind::CompleteTask]);
    assert_eq!(bench.bench.store.wrap_up_count(), 0, "its content is gone");
    drop(now(bench.desk.load()));
    assert_eq!(
        bench.card("a").state,
        RowState::Open,
        "also after a restart"
    );
}

#[test]
fn what_was_done_stays_done_and_the_task_is_not_called_twice() {
    let bench = bench();
    refuse(&bench, StepKind::CompleteTask, Error::FunctionsOff);
    let saved = bench.save("a", form("busy", "spoke")).expect("saved");
    bench.run(LONG);
    let sentence = english(&bench.receipt("a").sentence);
    assert!(sentence.contains("turned off"), "{sentence}");
    now(bench
        .desk
        .discard(saved.wrap_up_id, DiscardReason::NotNeeded))
    .expect("given up");
    assert_eq!(bench.bench.apollo.records().len(), 1);
    assert_eq!(bench.card("a").state, RowState::Finished);
    let bench = bench.restart();
    drop(now(bench.desk.load()));
    assert_eq!(bench.card("a").state, RowState::CatchingUp);
}

#[test]
fn what_is_on_its_way_at_this_moment_cannot_be_given_up() {
    let bench = bench();
    bench
        .bench
        .apollo
        .script(StepKind::LogCall, [Reply::HangAfterCommit]);
    let saved = bench.save("a", form("busy", "spoke")).expect("saved");
    let engine = bench.desk.engine();
    let mut run = Flow::new(engine.run());
    bench.bench.pass(&mut run, Duration::from_secs(5));
    let problem = now(bench
        .desk
        .discard(saved.wrap_up_id, DiscardReason::NotNeeded))
    .expect_err("in flight");
    assert!(
        english(&problem.message).contains("at this moment"),
        "{problem}"
    );
    bench.bench.pass(&mut run, LONG);
    assert_eq!(bench.bench.apollo.records().len(), 1);
    assert_eq!(bench.receipt("a").state, ReceiptState::Sent);
}
