//! The sealing key changes: nothing that it sealed is deleted.

use domain::{wrap_up::BlockCode, wrap_up::Doubt};
use outbox::OutboxStore as _;
use session::ports::DraftStore as _;
use session::ports::FinishedStore as _;
use store::{OpenNotice, StoreError, fallback_sealing_key};

use crate::fixtures::{
    KEY, call, done, draft, now, open, open_with, records, rep, try_open_unless_set_aside,
};

const ANOTHER_KEY: [u8; 32] = [8; 32];

#[tokio::test]
async fn with_another_key_the_store_opens_counts_what_it_cannot_read_and_gets_it_back_later() {
    let folder = tempfile::tempdir().unwrap();
    let (unsent, acknowledged) = (call("task-1", 1), call("task-2", 1));
    {
        let store = open(folder.path());
        let records = records(&store);
        records.put_wrap_up(&unsent).await.unwrap();
        records.put_draft(&draft("task-3")).await.unwrap();
        records.put_wrap_up(&acknowledged).await.unwrap();
        records
            .acknowledge(&done(acknowledged).receipt())
            .await
            .unwrap();
    }
    {
        let (store, notices) = open_with(folder.path(), &ANOTHER_KEY);
        // The wrap-up and the draft, and who was called in this call and in the acknowledged one.
        assert_eq!(notices, [OpenNotice::Unreadable { records: 4 }]);
        assert_eq!(store.summary().await.unwrap().unreadable, 4);
        let records = records(&store);
        assert!(records.wrap_ups().await.unwrap().is_empty());
        // And so is what it has saved, so that nobody is called again.
        assert_eq!(
            records.tasks_set_aside().await.unwrap(),
            std::slice::from_ref(&unsent.task_id)
        );
        // What Handset has logged is known without any key.
        assert_eq!(records.ledger().await.unwrap().len(), 1);
        // A new draft of the same task does not replace the one that cannot be read.
        records.put_draft(&draft("task-3")).await.unwrap();
    }
    {
        let (store, notices) = open_with(folder.path(), &ANOTHER_KEY);
        assert_eq!(notices, [], "what is known is not reported again");
        assert_eq!(store.summary().await.unwrap().unreadable, 4);
    }
    let (store, notices) = open_with(folder.path(), &KEY);
    assert_eq!(
        notices,
        [
            OpenNotice::Unreadable { records: 1 },
            OpenNotice::Revived { wrap_ups: 1 }
        ]
    );
    let records = records(&store);
    // It may have been logged by hand meanwhile, so it is not sent by itself.
    let mut revived = unsent;
    revived.doubt(Doubt::Revived, now());
    assert_eq!(revived.blocked(), Some(BlockCode::Revived));
    assert!(records.wrap_ups().await.unwrap() == [revived]);
    assert!(records.drafts().await.unwrap() == [draft("task-3")]);
    assert_eq!(records.tasks_set_aside().await.unwrap(), []);
    assert_eq!(records.history().await.unwrap().len(), 2, "who was called");
}

#[tokio::test]
async fn while_the_right_key_may_still_come_nothing_is_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let wrap_up = call("task-1", 1);
    {
        let store = open(folder.path());
        records(&store).put_wrap_up(&wrap_up).await.unwrap();
        records(&store).put_rep(Some(&rep())).await.unwrap();
    }
    for _ in 0..2 {
        let refused = try_open_unless_set_aside(folder.path(), &ANOTHER_KEY).map(|_| ());
        assert!(
            matches!(refused, Err(StoreError::KeyNotAtHand { records: 4 })),
            "{refused:?}"
        );
    }
    let store = open(folder.path());
    assert!(records(&store).wrap_ups().await.unwrap() == [wrap_up]);
    assert_eq!(store.summary().await.unwrap().unreadable, 0);
}

#[tokio::test]
async fn a_damaged_store_is_not_rebuilt_while_the_right_key_may_still_come() {
    let folder = tempfile::tempdir().unwrap();
    {
        let store = open(folder.path());
        for number in 0..9 {
            let wrap_up = call(&format!("task-{number}"), number);
            records(&store).put_wrap_up(&wrap_up).await.unwrap();
        }
    }
    // A snapshot that says nothing sensible.
    let records_folder = folder.path().join("records");
    std::fs::write(records_folder.join("conf"), b"segment_size: 524").unwrap();
    let refused = try_open_unless_set_aside(folder.path(), &ANOTHER_KEY).map(|_| ());
    assert!(
        matches!(refused, Err(StoreError::KeyNotAtHand { records: 18 })),
        "{refused:?}"
    );
    let (store, notices) = open_with(folder.path(), &KEY);
    assert!(
        matches!(&notices[..], [OpenNotice::Recovered { wrap_ups: 9, .. }]),
        "{notices:?}"
    );
    assert_eq!(records(&store).wrap_ups().await.unwrap().len(), 9);
}

#[tokio::test]
async fn a_call_that_is_taken_back_or_complete_closes_no_task_when_its_key_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    {
        let store = open(folder.path());
        let records = records(&store);
        let taken_back = call("task-1", 1);
        records.put_wrap_up(&taken_back).await.unwrap();
        records
            .take_back(&taken_back, &draft("task-1"))
            .await
            .unwrap();
        let complete = call("task-2", 2);
        records.put_wrap_up(&complete).await.unwrap();
        records
            .acknowledge(&done(complete).receipt())
            .await
            .unwrap();
    }
    let (store, _) = open_with(folder.path(), &ANOTHER_KEY);
    assert_eq!(records(&store).tasks_set_aside().await.unwrap(), []);
}

#[tokio::test]
async fn what_was_sealed_without_a_keychain_opens_once_there_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let wrap_up = call("task-1", 1);
    {
        let key = fallback_sealing_key(folder.path()).unwrap();
        let (store, _) = open_with(folder.path(), &key);
        records(&store).put_wrap_up(&wrap_up).await.unwrap();
        records(&store).put_rep(Some(&rep())).await.unwrap();
    }
    {
        let store = open(folder.path());
        assert!(records(&store).wrap_ups().await.unwrap() == [wrap_up.clone()]);
    }
    // From then on the key file is not needed any more, and gone.
    assert!(!folder.path().join("sealing-key").exists());
    let store = open(folder.path());
    assert!(records(&store).wrap_ups().await.unwrap() == [wrap_up]);
    assert!(records(&store).rep().await.unwrap().is_some());
    assert!(records(&store).receipts(now()).await.unwrap().is_empty());
}

#[tokio::test]
async fn of_a_damaged_store_only_what_is_unsent_closes_its_task() {
    let folder = tempfile::tempdir().unwrap();
    {
        let store = open(folder.path());
        let records = records(&store);
        for (number, task) in ["complete", "unsent"].into_iter().enumerate() {
            let wrap_up = call(task, i64::try_from(number).unwrap());
            records.put_wrap_up(&wrap_up).await.unwrap();
            if task == "complete" {
                records.acknowledge(&done(wrap_up).receipt()).await.unwrap();
            }
        }
    }
    std::fs::write(folder.path().join("records/conf"), b"segment_size: 524").unwrap();
    let (store, notices) = open_with(folder.path(), &ANOTHER_KEY);
    assert!(matches!(notices[..], [OpenNotice::Recovered { .. }]));
    assert_eq!(
        records(&store).tasks_set_aside().await.unwrap(),
        ["unsent".into()]
    );
}
