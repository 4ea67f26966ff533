//! What a method calls durable survives a loss of power, and an undo leaves the draft on disk.
//!
//! A test cannot cut the power. The mark outside sled is raised after all else is synced, so where
//! it was raised, the disk has the change.

use outbox::OutboxStore as _;
use session::ports::DraftStore as _;
use session::ports::FinishedStore as _;
use session::ports::PositionStore as _;
use std::{fs, path::Path};

use crate::fixtures::{call, done, draft, now, open, position, records, rep};

fn mark(folder: &Path) -> Vec<u8> {
    fs::read(folder.join("high-water")).unwrap()
}

#[tokio::test]
async fn every_change_of_an_unsent_call_and_of_who_the_rep_is_survives_a_loss_of_power() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let records = records(&store);
    let mut before = mark(folder.path());
    let mut is_durable = |what: &str| {
        let after = mark(folder.path());
        assert_ne!(after, before, "{what}");
        before = after;
    };
    let (sent, undone) = (call("task-1", 1), call("task-2", 2));
    records.put_wrap_up(&sent).await.unwrap();
    is_durable("a saved call");
    records.put_wrap_up(&undone).await.unwrap();
    is_durable("another one");
    records.take_back(&undone, &draft("task-2")).await.unwrap();
    is_durable("an undo");
    let receipt = done(sent.clone()).receipt();
    records.acknowledge(&receipt).await.unwrap();
    is_durable("an acknowledgement");
    let revived = receipt
        .revived(sent.rep.clone(), sent.result().unwrap().clone())
        .unwrap();
    records.revive(&revived).await.unwrap();
    is_durable("a correction");
    records.put_rep(Some(&rep())).await.unwrap();
    is_durable("a rep");
    records.put_rep(None).await.unwrap();
    is_durable("that nobody is the rep");
}

/// Guards the test above: it would see a change that is not made durable.
#[tokio::test]
async fn what_need_not_survive_a_loss_of_power_does_not_wait_for_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let records = records(&store);
    let before = mark(folder.path());
    records.put_draft(&draft("task-1")).await.unwrap();
    records
        .put_position(Some(&position("task-1")))
        .await
        .unwrap();
    assert_eq!(mark(folder.path()), before);
}

#[tokio::test]
async fn a_call_that_is_taken_back_leaves_its_draft_in_its_place_and_nothing_to_send() {
    let folder = tempfile::tempdir().unwrap();
    let (undone, other) = (call("task-1", 1), call("task-2", 2));
    {
        let store = open(folder.path());
        let records = records(&store);
        records.put_draft(&draft("task-1")).await.unwrap();
        records.put_wrap_up(&undone).await.unwrap();
        records.put_wrap_up(&other).await.unwrap();
        assert!(records.drafts().await.unwrap().is_empty());
        let mut as_saved = draft("task-1");
        as_saved.form.details.note = "as it was when it was saved".to_owned();
        records.take_back(&undone, &as_saved).await.unwrap();
        assert!(records.drafts().await.unwrap() == [as_saved]);
    }
    // A crash right after the undo: the note is still there in the next run.
    let store = open(folder.path());
    let records = records(&store);
    let drafts = records.drafts().await.unwrap();
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].form.details.note, "as it was when it was saved");
    assert!(
        drafts[0].call == draft("task-1").call,
        "and the call's times"
    );
    assert!(records.wrap_ups().await.unwrap() == [other]);
    assert!(records.receipts(now()).await.unwrap().is_empty());
    assert!(records.ledger().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_call_given_up_before_anything_of_it_was_done_leaves_its_task_to_be_called_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let records = records(&store);
    let wrap_up = call("task-1", 1);
    records.put_wrap_up(&wrap_up).await.unwrap();
    // No step is done, so the receipt names none.
    records.acknowledge(&wrap_up.receipt()).await.unwrap();
    assert!(records.wrap_ups().await.unwrap().is_empty());
    assert_eq!(records.receipts(now()).await.unwrap().len(), 1);
    assert!(records.ledger().await.unwrap().is_empty());
}
