//! Undo: for a few seconds a saved wrap-up can be taken back whole.

use std::time::Duration;

use clock::Clock;
use domain::draft::CallForm;
use domain::{settings::Settings, wrap_up::SkipReason, wrap_up::StepKind};
use jiff::SignedDuration;
use present::{Call, ReceiptState, RowState};

use crate::support::{DeskBench, Flow, Reply, english, form, noted, now, person};

const DUE: &str = "2026-11-20";
const UNDO: Duration = Duration::from_secs(5);
const SECOND: Duration = Duration::from_secs(1);

/// A desk with three tasks and the usual five seconds.
fn bench() -> DeskBench {
    let bench = DeskBench::with(Settings::default());
    bench.work(["a", "b", "c"].map(|task| person(task, DUE)).to_vec());
    bench
}

#[test]
fn nothing_is_sent_until_the_time_for_an_undo_is_over() {
    let bench = bench();
    let saved = bench.save("a", form("no_answer", "")).expect("saved");
    assert_eq!(saved.undo_until, Some(bench.bench.clock.now() + UNDO));
    bench.run(Duration::from_secs(4));
    assert_eq!(bench.bench.apollo.posts().len(), 0);
    let receipt = bench.receipt("a");
    assert_eq!(receipt.state, ReceiptState::Held);
    assert!(receipt.can_undo);

    bench.run(2 * SECOND);
    assert_eq!(bench.bench.apollo.posts().len(), 1);
    assert_eq!(bench.desk.undo(), None);
    assert_eq!(bench.receipt("a").state, ReceiptState::Sent);
}

#[test]
fn an_undo_brings_the_card_back_with_every_word_and_nothing_was_sent() {
    let bench = bench();
    bench.dial("a").expect("permitted");
    bench.bench.clock.advance(Duration::from_mins(1));
    now(bench.desk.end_call(&"a".into())).expect("it ends");
    now(bench.desk.save_draft(&"a".into(), form("busy", "half a"))).expect("saved");
    let saved = bench
        .save("a", form("no_answer", "half a sentence"))
        .expect("saved");
    bench.run(2 * SECOND);

    let offered = bench.desk.undo().expect("an undo");
    assert_eq!(offered.wrap_up_id, saved.wrap_up_id);
    assert_eq!(
        offered.who.as_ref().map(english).as_deref(),
        Some("Person a")
    );
    let card = now(bench.desk.take_back(saved.wrap_up_id)).expect("taken back");
    assert_eq!(card.draft.form.outcome.as_deref(), Some("no_answer"));
    assert_eq!(card.draft.form.note, "half a sentence");
    assert!(matches!(card.call, Call::Ended { duration_s: 60, .. }));
    assert_eq!(card.state, RowState::Open);
    let queue = bench.desk.queue().expect("an open queue");
    assert_eq!(queue.selected, Some("a".into()));
    assert_eq!(bench.bench.store.wrap_up_count(), 0);
    let draft = bench.bench.store.draft("a").expect("a draft on disk");
    assert_eq!(draft.form.details.note, "half a sentence");

    bench.run(Duration::from_mins(2));
    assert_eq!(bench.bench.apollo.posts().len(), 0);
    assert!(bench.bench.apollo.finish_requests().is_empty());

    bench
        .save("a", form("busy", "a whole sentence"))
        .expect("saved again");
    bench.run(Duration::from_mins(2));
    let posts = bench.bench.apollo.posts();
    assert_eq!(posts.len(), 1);
    assert_eq!(posts[0].1.duration_s, Some(60));
}

#[test]
fn what_is_on_its_way_cannot_be_taken_back_and_the_way_out_is_named() {
    let bench = bench();
    let stays_away = [Reply::HangAfterCommit];
    bench.bench.apollo.script(StepKind::LogCall, stays_away);
    let saved = bench.save("a", form("no_answer", "")).expect("saved");
    bench.run(UNDO + SECOND);
    let problem = now(bench.desk.take_back(saved.wrap_up_id)).expect_err("too late");
    assert!(english(&problem.message).contains("too late"), "{problem}");
    assert!(
        problem
            .hint
            .is_some_and(|hint| english(&hint).contains("Edit"))
    );
    assert_eq!(bench.bench.apollo.posts().len(), 1);
    assert_eq!(bench.card("a").state, RowState::Finished);
}

#[test]
fn a_skip_can_be_taken_back_too_with_what_was_begun() {
    let bench = bench();
    now(bench.desk.save_draft(
        &"a".into(),
        CallForm {
            details: noted("begun"),
            ..CallForm::default()
        },
    ))
    .expect("saved");
    let task = "a".into();
    let skip = bench
        .desk
        .skip(&task, SkipReason::NotRelevant, String::new());
    let saved = now(skip).expect("skipped");
    let card = now(bench.desk.take_back(saved.wrap_up_id)).expect("taken back");
    assert_eq!(card.draft.form.note, "begun");
    bench.run(Duration::from_mins(1));
    assert!(bench.bench.apollo.finish_requests().is_empty());
}

#[test]
fn the_last_one_saved_is_the_first_to_be_undone() {
    let bench = bench();
    let first = bench.save("a", form("no_answer", "")).expect("saved");
    let second = bench.save("b", form("busy", "")).expect("saved");
    let offered = || bench.desk.undo().map(|undo| undo.wrap_up_id);
    assert_eq!(offered(), Some(second.wrap_up_id));
    now(bench.desk.take_back(second.wrap_up_id)).expect("taken back");
    assert_eq!(offered(), Some(first.wrap_up_id));
}

#[test]
fn during_a_call_an_undo_opens_the_task_again_and_leaves_the_call_in_view() {
    let bench = bench();
    let saved = bench.save("a", form("no_answer", "")).expect("saved");
    bench.dial("b").expect("permitted");
    now(bench.desk.take_back(saved.wrap_up_id)).expect("taken back");
    let queue = bench.desk.queue().expect("an open queue");
    assert_eq!(queue.selected, Some("b".into()));
    assert_eq!(bench.card("a").state, RowState::Open);
}

#[test]
fn a_crash_before_the_time_is_over_sends_it_once() {
    let bench = bench();
    bench.save("a", form("no_answer", "")).expect("saved");
    let bench = bench.restart();
    bench.run(Duration::from_mins(2));
    assert_eq!(bench.bench.apollo.posts().len(), 1);
    assert_eq!(bench.bench.store.wrap_up_count(), 0);
}

#[test]
fn whoever_quits_does_not_wait_for_the_undo() {
    let bench = bench();
    bench.save("a", form("no_answer", "")).expect("saved");
    let engine = bench.desk.engine();
    let mut run = Flow::new(engine.run());
    run.go();
    engine.hold(false);
    bench.bench.pass(&mut run, SECOND);
    assert_eq!(bench.bench.apollo.posts().len(), 1);
    now(engine.finish_up(SECOND));
}

#[test]
fn a_clock_that_is_set_back_holds_nothing_back_for_long() {
    let bench = bench();
    bench.save("a", form("no_answer", "")).expect("saved");
    let earlier = bench.bench.clock.now() - SignedDuration::from_hours(1);
    bench.bench.clock.set_wall_clock(earlier);
    bench.run(Duration::from_mins(2));
    assert_eq!(bench.bench.apollo.posts().len(), 1);
}

#[test]
fn an_undo_that_the_disk_refuses_changes_nothing() {
    let bench = bench();
    let saved = bench.save("a", form("no_answer", "n")).expect("saved");
    bench.bench.store.refuse(true);
    now(bench.desk.take_back(saved.wrap_up_id)).expect_err("the disk is full");
    bench.bench.store.refuse(false);
    assert_eq!(bench.card("a").state, RowState::Finished);
    bench.run(Duration::from_mins(1));
    assert_eq!(bench.bench.apollo.posts().len(), 1);
}
