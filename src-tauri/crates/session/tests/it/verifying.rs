//! Reading back: *sent* becomes *verified*, and what differs is reported and left alone.

use std::time::Duration;

use apollo::Error;
use clock::Clock;
use domain::{wrap_up::DiscardReason, wrap_up::StepKind};
use present::{ReceiptState, VerificationState};

use crate::support::{DeskBench, Flow, Reply, english, form, now, person};

const DUE: &str = "2026-11-20";
const LONG: Duration = Duration::from_mins(10);

/// A desk that has sent `count` calls.
fn sent(count: usize) -> DeskBench {
    let bench = DeskBench::new();
    let names: Vec<_> = (0..count).map(|number| format!("t{number}")).collect();
    bench.work(names.iter().map(|name| person(name, DUE)).collect());
    for name in &names {
        bench.save(name, form("busy", "spoke")).expect("saved");
        bench.run(Duration::from_secs(1));
    }
    bench
}

fn verify(bench: &DeskBench) {
    let engine = bench.desk.engine();
    now(engine.verify());
}

fn state(bench: &DeskBench, task: &str) -> VerificationState {
    bench.receipt(task).verification.state
}

#[test]
fn one_search_reads_back_many_and_none_is_made_when_there_is_nothing_to_read_back() {
    let bench = sent(30);
    verify(&bench);
    assert_eq!(bench.bench.apollo.searches(), 0, "the index has its minute");
    assert_eq!(state(&bench, "t0"), VerificationState::Pending);

    bench.bench.clock.advance(Duration::from_mins(2));
    verify(&bench);
    assert_eq!(bench.bench.apollo.searches(), 1);
    for number in 0..30 {
        let receipt = bench.receipt(&format!("t{number}"));
        assert_eq!(receipt.verification.state, VerificationState::Verified);
    }
    bench.bench.clock.advance(LONG);
    verify(&bench);
    assert_eq!(bench.bench.apollo.searches(), 1);
}

#[test]
fn a_few_wait_for_others_but_not_for_long() {
    let bench = sent(2);
    bench.bench.clock.advance(Duration::from_mins(2));
    verify(&bench);
    assert_eq!(bench.bench.apollo.searches(), 0);
    bench.bench.clock.advance(Duration::from_mins(4));
    verify(&bench);
    assert_eq!(bench.bench.apollo.searches(), 1);
    assert_eq!(state(&bench, "t1"), VerificationState::Verified);
}

#[test]
fn what_somebody_changed_in_apollo_is_named_and_left_as_it_is() {
    let bench = sent(1);
    let id = bench.bench.apollo.records()[0].id.clone();
    bench.bench.apollo.change_record(&id, |call| {
        call.note = Some("rewritten".to_owned());
        call.user_id = Some("rep".into());
        call.duration_s = Some(600);
    });
    bench.bench.clock.advance(LONG);
    verify(&bench);
    let verification = bench.receipt("t0").verification;
    assert_eq!(verification.state, VerificationState::Differs);
    let sentence = english(&verification.sentence);
    assert!(
        sentence.contains("the duration and the note are not"),
        "{sentence}"
    );
    bench.run(LONG);
    assert!(bench.bench.apollo.corrections().is_empty());
    assert_eq!(bench.bench.apollo.posts().len(), 1);

    // Somebody corrects the record in Apollo, and a person asks for another reading back.
    bench.bench.apollo.change_record(&id, |call| {
        call.note = Some("[Busy] spoke".to_owned());
        call.duration_s = Some(0);
    });
    let receipt = bench.receipt("t0");
    assert!(receipt.can_retry);
    now(bench.desk.retry(receipt.wrap_up_id)).expect("asked");
    verify(&bench);
    assert_eq!(state(&bench, "t0"), VerificationState::Verified);
}

#[test]
fn what_somebody_removed_from_apollo_is_reported_after_a_while_and_not_logged_again() {
    let bench = sent(1);
    let id = bench.bench.apollo.records()[0].id.clone();
    bench.bench.apollo.remove_record(&id);
    bench.bench.clock.advance(Duration::from_mins(6));
    verify(&bench);
    assert_eq!(state(&bench, "t0"), VerificationState::Pending, "too early");
    bench.bench.clock.advance(LONG);
    bench.bench.apollo.drop_a_row(true);
    verify(&bench);
    assert_eq!(
        state(&bench, "t0"),
        VerificationState::Pending,
        "not read whole"
    );
    bench.bench.apollo.drop_a_row(false);
    verify(&bench);
    assert_eq!(state(&bench, "t0"), VerificationState::Missing);
    bench.run(LONG);
    assert_eq!(bench.bench.apollo.posts().len(), 1);
    assert_eq!(bench.receipt("t0").state, ReceiptState::Sent);
}

#[test]
fn what_was_read_back_is_known_after_a_restart() {
    let bench = sent(1);
    bench.bench.clock.advance(LONG);
    verify(&bench);
    let bench = bench.restart();
    assert_eq!(state(&bench, "t0"), VerificationState::Verified);
}

#[test]
fn a_correction_is_read_back_anew() {
    let bench = sent(1);
    bench.bench.clock.advance(LONG);
    verify(&bench);
    let id = bench.receipt("t0").wrap_up_id;
    now(bench.desk.correct(id, "busy", None, "new".to_owned())).expect("corrected");
    let engine = bench.desk.engine();
    bench
        .bench
        .pass(&mut Flow::new(engine.run()), Duration::from_secs(5));
    assert_eq!(state(&bench, "t0"), VerificationState::Pending);
    bench.bench.clock.advance(LONG);
    verify(&bench);
    assert_eq!(state(&bench, "t0"), VerificationState::Verified);
}

#[test]
fn a_correction_that_was_given_up_is_not_read_back_as_somebody_elses_change() {
    let bench = sent(1);
    let refused = Reply::Refused(Error::FunctionsOff);
    bench.bench.apollo.script(StepKind::CorrectCall, [refused]);
    let id = bench.receipt("t0").wrap_up_id;
    now(bench.desk.correct(id, "no_answer", None, "new".to_owned())).expect("corrected");
    bench.run(Duration::from_secs(5));
    now(bench.desk.discard(id, DiscardReason::NotNeeded)).expect("given up");
    bench.bench.clock.advance(LONG);
    verify(&bench);
    assert_eq!(state(&bench, "t0"), VerificationState::Verified);
}

#[test]
fn a_clock_that_is_set_ahead_does_not_make_a_call_look_gone() {
    let bench = sent(1);
    let id = bench.bench.apollo.records()[0].id.clone();
    bench.bench.apollo.remove_record(&id);
    let ahead = bench.bench.clock.now() + jiff::SignedDuration::from_mins(20);
    bench.bench.clock.set_wall_clock(ahead);
    verify(&bench);
    assert_eq!(state(&bench, "t0"), VerificationState::Pending, "too early");
    bench.bench.clock.advance(LONG);
    verify(&bench);
    assert_eq!(state(&bench, "t0"), VerificationState::Missing);
}
