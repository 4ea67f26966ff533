//! A person and the engine reach for the same wrap-up while the disk is slow: one comes first, and
//! what the other wanted is either done as well or refused. It is never both taken back and sent.

use std::time::Duration;

use apollo::{Error, ids::TaskId};
use domain::{settings::Settings, wrap_up::DiscardReason, wrap_up::StepKind};
use present::{ProblemCode, ReceiptState, RowState};
use tokio::sync::oneshot;

use crate::support::{DeskBench, Flow, Reply, english, form, no_undo, person};

const DUE: &str = "2026-11-20";
const LONG: Duration = Duration::from_mins(10);
const SECOND: Duration = Duration::from_secs(1);

fn bench(settings: Settings) -> DeskBench {
    let bench = DeskBench::with(settings);
    bench.work(vec![person("a", DUE), person("b", DUE)]);
    bench
}

/// The write after the next one waits until the sender is dropped.
fn hold_second_write(bench: &DeskBench) -> oneshot::Sender<()> {
    drop(bench.bench.store.hold_next_write());
    bench.bench.store.hold_next_write()
}

#[test]
fn an_undo_at_the_moment_of_sending_takes_nothing_back_that_has_left() {
    let bench = bench(Settings::default());
    let saved = bench.save("a", form("busy", "spoke")).expect("saved");
    let mut run = Flow::new(bench.desk.engine().run());
    bench.bench.pass(&mut run, 4 * SECOND);
    let release = bench.bench.store.hold_next_write();
    bench.bench.pass(&mut run, 2 * SECOND);
    // *In flight* is on its way to disk; nothing has left yet.
    assert!(bench.bench.apollo.posts().is_empty());
    let mut undo = Flow::new(bench.desk.take_back(saved.wrap_up_id));
    let early = undo.go();
    drop(release);
    bench.bench.pass(&mut run, SECOND);
    let undone = early.or_else(|| undo.go()).expect("an answer");
    bench.bench.pass(&mut run, LONG);
    drop(run);

    let records = bench.bench.apollo.records().len();
    match undone {
        Ok(card) => assert_eq!((card.state, records), (RowState::Open, 0)),
        Err(problem) => {
            assert!(english(&problem.message).contains("too late"), "{problem}");
            assert_eq!((bench.card("a").state, records), (RowState::Finished, 1));
        }
    }
}

#[test]
fn giving_up_at_the_moment_of_sending_does_not_say_that_it_never_left() {
    let bench = bench(no_undo());
    bench
        .bench
        .apollo
        .script(StepKind::LogCall, [Reply::Refused(Error::Busy)]);
    let saved = bench.save("a", form("busy", "spoke")).expect("saved");
    let mut run = Flow::new(bench.desk.engine().run());
    bench.bench.pass(&mut run, SECOND);
    assert_eq!(bench.receipt("a").state, ReceiptState::Waiting);
    // The wait ends: first *ready* is written, then *in flight*.
    let release = hold_second_write(&bench);
    bench.bench.pass(&mut run, 5 * SECOND);
    assert_eq!(bench.bench.apollo.posts().len(), 1, "not sent again yet");
    let reason = DiscardReason::NotNeeded;
    let mut discard = Flow::new(bench.desk.discard(saved.wrap_up_id, reason));
    let early = discard.go();
    drop(release);
    bench.bench.pass(&mut run, SECOND);
    let discarded = early.or_else(|| discard.go()).expect("an answer");
    bench.bench.pass(&mut run, LONG);
    drop(run);

    let records = bench.bench.apollo.records().len();
    let state = bench.receipt("a").state;
    match discarded {
        Ok(_) => assert_eq!((state, records), (ReceiptState::Discarded, 0)),
        Err(_) => assert_eq!((state, records), (ReceiptState::Sent, 1)),
    }
    assert_eq!(bench.bench.store.wrap_up_count(), 0);
    assert_eq!(bench.bench.store.stored_receipts().len(), 1);
}

#[test]
fn a_correction_while_the_last_step_is_written_down_reaches_apollo() {
    let bench = bench(no_undo());
    let late = Reply::LateAfterCommit(5 * SECOND);
    bench.bench.apollo.script(StepKind::CompleteTask, [late]);
    let saved = bench.save("a", form("busy", "wrong")).expect("saved");
    let mut run = Flow::new(bench.desk.engine().run());
    bench.bench.pass(&mut run, SECOND);
    // The answer to the last step is on its way to disk; the receipt would be written next.
    let release = bench.bench.store.hold_next_write();
    bench.bench.pass(&mut run, 5 * SECOND);
    let mut correction = Flow::new(bench.desk.correct(
        saved.wrap_up_id,
        "busy",
        None,
        "right".to_owned(),
    ));
    assert!(correction.go().is_none(), "it waits for its turn");
    drop(release);
    run.go();
    correction.go().expect("its turn").expect("corrected");
    bench.bench.pass(&mut run, LONG);
    drop(run);
    let records = bench.bench.apollo.records();
    assert_eq!(records[0].note.as_deref(), Some("[Busy] right"));
    assert_eq!(bench.receipt("a").state, ReceiptState::Sent);
    assert_eq!(bench.bench.store.wrap_up_count(), 0);
}

#[test]
fn a_correction_while_the_call_is_about_to_leave_is_what_apollo_ends_with() {
    let bench = bench(no_undo());
    bench
        .bench
        .apollo
        .script(StepKind::LogCall, [Reply::Refused(Error::Busy)]);
    let saved = bench.save("a", form("busy", "wrong")).expect("saved");
    let mut run = Flow::new(bench.desk.engine().run());
    bench.bench.pass(&mut run, SECOND);
    let release = hold_second_write(&bench);
    bench.bench.pass(&mut run, 5 * SECOND);
    let mut correction = Flow::new(bench.desk.correct(
        saved.wrap_up_id,
        "busy",
        None,
        "right".to_owned(),
    ));
    let early = correction.go();
    drop(release);
    bench.bench.pass(&mut run, SECOND);
    early
        .or_else(|| correction.go())
        .expect("an answer")
        .expect("corrected");
    bench.bench.pass(&mut run, LONG);
    drop(run);
    let records = bench.bench.apollo.records();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].note.as_deref(), Some("[Busy] right"));
}

#[test]
fn a_correction_while_the_first_request_is_planned_is_what_leaves() {
    let bench = bench(no_undo());
    let saved = bench.save("a", form("busy", "wrong")).expect("saved");
    let release = bench.bench.store.hold_next_write();
    let mut correction = Flow::new(bench.desk.correct(
        saved.wrap_up_id,
        "busy",
        None,
        "right".to_owned(),
    ));
    assert!(correction.go().is_none(), "it is on its way to disk");
    let mut run = Flow::new(bench.desk.engine().run());
    run.go();
    assert!(
        bench.bench.apollo.posts().is_empty(),
        "it waits for its turn"
    );
    drop(release);
    correction.go().expect("written").expect("corrected");
    bench.bench.pass(&mut run, LONG);
    drop(run);
    let records = bench.bench.apollo.records();
    assert_eq!(records[0].note.as_deref(), Some("[Busy] right"));
    assert!(bench.bench.apollo.corrections().is_empty());
}

#[test]
fn what_is_saved_while_the_key_is_changed_belongs_to_the_former_team_or_is_not_saved() {
    let bench = bench(no_undo());
    let release = bench.bench.store.hold_next_write();
    let task = TaskId::new("a");
    let mut save = Flow::new(bench.desk.save_call(&task, form("busy", "spoke")));
    assert!(save.go().is_none(), "it is on its way to disk");
    let mut closing = Flow::new(bench.desk.close());
    assert!(closing.go().is_none(), "it waits for what is being saved");
    drop(release);
    save.go().expect("an answer").expect("saved");
    closing.go().expect("closed");

    let late = bench.save("b", form("busy", "kept here")).unwrap_err();
    assert_eq!(late.code, ProblemCode::NotSaved);
    assert_eq!(bench.card("b").state, RowState::Open);
    assert_eq!(bench.bench.store.wrap_up_count(), 1);
    let draft = bench.bench.store.draft("b").expect("it is stored");
    assert_eq!(draft.form.details.note, "kept here");
}
