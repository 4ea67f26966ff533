//! Outcome and note of a call can be corrected, before it has left and after.

use std::time::Duration;

use apollo::Error;
use domain::{wrap_up::SkipReason, wrap_up::StepKind};
use present::ReceiptState;

use crate::support::{DeskBench, Reply, english, form, now, person};

const DUE: &str = "2026-11-20";
const LONG: Duration = Duration::from_mins(10);

fn bench() -> DeskBench {
    let bench = DeskBench::new();
    bench.work(["a", "b"].map(|task| person(task, DUE)).to_vec());
    bench
}

fn correct(bench: &DeskBench, id: uuid::Uuid, outcome: &str, note: &str) {
    now(bench.desk.correct(id, outcome, None, note.to_owned())).expect("corrected");
}

#[test]
fn what_has_not_left_is_changed_here_and_sent_once() {
    let bench = bench();
    let saved = bench.save("a", form("busy", "wrong")).expect("saved");
    correct(&bench, saved.wrap_up_id, "no_answer", "right");
    bench.run(LONG);
    let posts = bench.bench.apollo.posts();
    assert_eq!(posts.len(), 1);
    assert_eq!(posts[0].1.note.as_deref(), Some("[No answer] right"));
    assert!(bench.bench.apollo.corrections().is_empty());
}

#[test]
fn what_apollo_has_is_corrected_there_as_a_durable_step_of_the_same_receipt() {
    let bench = bench();
    let saved = bench.save("a", form("busy", "wrong")).expect("saved");
    bench.run(LONG);
    assert!(bench.receipt("a").can_edit);
    let content = now(bench.desk.content(saved.wrap_up_id)).expect("known here");
    assert_eq!(content.form.note, "wrong");
    assert_eq!(content.form.outcome.as_deref(), Some("busy"));
    assert!(!content.from_apollo);

    correct(&bench, saved.wrap_up_id, "busy", "right");
    assert_eq!(bench.bench.store.wrap_up_count(), 1, "durable");
    assert!(bench.bench.store.stored_receipts().is_empty());
    bench.run(LONG);

    assert_eq!(bench.bench.apollo.posts().len(), 1);
    let corrections = bench.bench.apollo.corrections();
    assert_eq!(corrections.len(), 1);
    assert_eq!(corrections[0].1.note.as_deref(), Some("[Busy] right"));
    let receipts = bench.bench.store.stored_receipts();
    assert_eq!(receipts.len(), 1);
    assert_eq!(receipts[0].wrap_up_id.0, saved.wrap_up_id);
    assert_eq!(receipts[0].steps.len(), 3);
    assert_eq!(english(&bench.receipt("a").steps[2].name), "Call corrected");
    assert_eq!(bench.bench.store.wrap_up_count(), 0, "erased again");
}

#[test]
fn a_note_can_be_emptied() {
    let bench = bench();
    let saved = bench.save("a", form("busy", "wrong")).expect("saved");
    bench.run(LONG);
    // Without an id of Apollo's the outcome's name stays in the note.
    correct(&bench, saved.wrap_up_id, "busy", "");
    bench.run(LONG);
    let corrections = bench.bench.apollo.corrections();
    assert_eq!(corrections[0].1.note.as_deref(), Some("[Busy]"));
}

#[test]
fn a_call_whose_reply_is_lost_ends_as_one_record_with_the_new_note() {
    for fate in [Reply::LostAfterCommit, Reply::LostBeforeCommit] {
        let bench = bench();
        bench.bench.apollo.script(StepKind::LogCall, [fate.clone()]);
        let saved = bench.save("a", form("busy", "wrong")).expect("saved");
        bench.run(Duration::from_secs(1));
        assert_eq!(bench.receipt("a").state, ReceiptState::Checking);
        correct(&bench, saved.wrap_up_id, "busy", "right");
        bench.run(LONG);
        let records = bench.bench.apollo.records();
        assert_eq!(records.len(), 1, "{fate:?}");
        assert_eq!(records[0].note.as_deref(), Some("[Busy] right"), "{fate:?}");
    }
}

#[test]
fn a_correction_whose_reply_is_lost_or_that_a_crash_cuts_short_goes_again() {
    let bench = bench();
    let saved = bench.save("a", form("busy", "wrong")).expect("saved");
    bench.run(LONG);
    bench.bench.apollo.script(
        StepKind::CorrectCall,
        [Reply::LostAfterCommit, Reply::HangBeforeCommit],
    );
    correct(&bench, saved.wrap_up_id, "busy", "right");
    bench.run(Duration::from_secs(10));
    let bench = bench.restart();
    bench.run(LONG);
    assert_eq!(
        bench.bench.apollo.records()[0].note.as_deref(),
        Some("[Busy] right")
    );
    assert_eq!(bench.bench.store.wrap_up_count(), 0);
}

#[test]
fn a_refused_outcome_is_edited_and_goes() {
    let bench = bench();
    let refused = Error::Invalid {
        field: Some("phone_call_outcome_id".to_owned()),
        message: "an id is not valid.".to_owned(),
    };
    bench
        .bench
        .apollo
        .script(StepKind::LogCall, [Reply::Refused(refused)]);
    let saved = bench.save("a", form("busy", "kept")).expect("saved");
    bench.run(LONG);
    let receipt = bench.receipt("a");
    assert_eq!(receipt.state, ReceiptState::Blocked);
    let sentence = english(&receipt.sentence);
    assert!(sentence.contains("Edit the call"), "{sentence}");

    correct(&bench, saved.wrap_up_id, "no_answer", "kept");
    bench.run(LONG);
    assert_eq!(bench.bench.apollo.records().len(), 1);
    assert_eq!(bench.receipt("a").state, ReceiptState::Sent);
}

#[test]
fn after_a_restart_outcome_and_note_are_read_from_apollo_to_be_edited() {
    let bench = bench();
    let saved = bench.save("a", form("busy", "spoke")).expect("saved");
    bench.run(LONG);
    let bench = bench.restart();
    let content = now(bench.desk.content(saved.wrap_up_id)).expect("read");
    assert!(content.from_apollo);
    // In Apollo the outcome's name leads the note; it is no part of the note that is edited here.
    assert_eq!(content.form.note, "spoke");
    assert_eq!(content.form.outcome.as_deref(), Some("busy"));

    bench
        .bench
        .apollo
        .remove_record(&bench.bench.apollo.records()[0].id.clone());
    let problem = now(bench.desk.content(saved.wrap_up_id)).expect_err("it is gone");
    assert!(
        english(&problem.message).contains("does not show"),
        "{problem}"
    );
}

#[test]
fn a_skip_has_nothing_to_correct() {
    let bench = bench();
    let task = "a".into();
    let skip = bench.desk.skip(&task, SkipReason::Other, String::new());
    let saved = now(skip).expect("skipped");
    now(bench
        .desk
        .correct(saved.wrap_up_id, "busy", None, String::new()))
    .expect_err("nothing to correct");
    assert!(!bench.receipt("a").can_edit);
}
