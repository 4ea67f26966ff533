//! Wrap-ups of which nobody knows how far they got: nothing goes before Apollo was searched or,
//! where a person is asked, before the person has decided.

use std::time::Duration;

use domain::{
    wrap_up::BlockCode, wrap_up::DiscardReason, wrap_up::Doubt, wrap_up::Step, wrap_up::StepKind,
    wrap_up::StepState, wrap_up::Work, wrap_up::WrapUp,
};
use outbox::OutboxStore;
use present::{ReceiptState, RowState};

use crate::support::{Bench, DeskBench, NOW, at, call, english, form, no_undo, now, person};

const DUE: &str = "2026-11-20";

/// A desk whose store holds a call with a callback, in this doubt since Handset started.
fn in_doubt(doubt: Doubt) -> (DeskBench, WrapUp) {
    let bench = Bench::new();
    let mut wrap_up = call(1, at(NOW));
    if let Work::Call(call) = &mut wrap_up.work {
        call.after.callback_at = Some(at("2026-11-27T15:00:00Z"));
    }
    wrap_up.steps.push(Step::ready(StepKind::CreateCallback));
    wrap_up.doubt(doubt, at(NOW));
    now(bench.store.put_wrap_up(&wrap_up)).expect("the disk is sound");
    (DeskBench::over(bench, no_undo()), wrap_up)
}

#[test]
fn a_copied_call_waits_for_a_person_and_is_then_looked_up_for_as_long_as_any_other() {
    let (bench, wrap_up) = in_doubt(Doubt::Copied);
    bench.run(Duration::from_mins(30));
    assert_eq!(bench.bench.apollo.posts().len(), 0, "a person decides");
    let receipt = bench.receipt("task-1");
    assert_eq!(receipt.state, ReceiptState::Blocked);
    assert!(receipt.can_retry && receipt.can_discard && !receipt.can_undo);
    let sentence = english(&receipt.sentence);
    assert!(sentence.contains("is a copy"), "{sentence}");

    now(bench.desk.retry(wrap_up.id.0)).expect("tried");
    // However long it has waited, the other Handset may have sent it just now.
    bench.run(Duration::from_secs(40));
    assert_eq!(bench.bench.apollo.posts().len(), 0);
    assert_eq!(bench.receipt("task-1").state, ReceiptState::Checking);
    // The callback behind it waits as long again.
    bench.run(Duration::from_mins(12));
    assert_eq!(bench.desk.engine().unsent(), (0, 0));
    assert_eq!(bench.bench.apollo.posts().len(), 1);
}

#[test]
fn a_copied_call_can_be_given_up_although_its_callback_is_in_doubt_too() {
    let (bench, wrap_up) = in_doubt(Doubt::Copied);
    let discarded = bench.desk.discard(wrap_up.id.0, DiscardReason::NotNeeded);
    now(discarded).expect("the other one sends it");
    assert_eq!(bench.desk.engine().unsent(), (0, 0));
    let receipts = bench.bench.store.stored_receipts();
    assert!(
        receipts[0]
            .discarded
            .as_ref()
            .expect("given up")
            .is_unproven
    );
}

#[test]
fn a_restored_move_is_asked_about_only_once_the_call_before_it_is_done() {
    let bench = Bench::new();
    let mut wrap_up = call(1, at(NOW));
    wrap_up.steps[1].kind = StepKind::MoveTask;
    if let Work::Call(call) = &mut wrap_up.work {
        call.after.move_to = Some(at("2026-11-27T15:00:00Z"));
    }
    wrap_up.doubt(Doubt::Restored, at(NOW));
    now(bench.store.put_wrap_up(&wrap_up)).expect("the disk is sound");
    let bench = DeskBench::over(bench, no_undo());
    assert_eq!(bench.receipt("task-1").state, ReceiptState::Checking);
    assert_eq!(bench.desk.engine().unsent(), (1, 0));
    bench.run(Duration::from_mins(6));
    assert_eq!(bench.desk.engine().unsent(), (1, 1));
    assert_eq!(
        bench.desk.engine().waiting()[0].blocked(),
        Some(BlockCode::FolderRestored)
    );
    assert!(matches!(
        bench.desk.engine().waiting()[0].steps[0].state,
        StepState::Done(_)
    ));
}

#[test]
fn a_task_whose_wrap_up_cannot_be_read_stays_closed_and_a_draft_of_it_stays() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE), person("b", DUE)]);
    let draft = form("no_answer", "not to be lost");
    now(bench.desk.save_draft(&"a".into(), draft)).expect("saved");
    bench.bench.store.set_aside(&"a".into());

    let bench = bench.restart();
    bench.work(vec![person("a", DUE), person("b", DUE)]);
    let card = bench.card("a");
    assert_eq!(card.state, RowState::Finished);
    assert!(bench.bench.store.draft("a").is_some());
    let queue = bench.desk.queue().expect("open");
    assert_eq!(bench.rows(), ["b"], "nobody is called again");
    assert_eq!(queue.selected, Some("b".into()));
}
