//! The sealing key changes: nothing that it sealed is deleted.

use store::{OpenNotice, fallback_sealing_key};

use crate::fixtures::{KEY, call, done, draft, now, open, open_with, records, rep};

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
        assert_eq!(notices, [OpenNotice::Unreadable { records: 2 }]);
        assert_eq!(store.summary().await.unwrap().unreadable, 2);
        let records = records(&store);
        assert!(records.wrap_ups().await.unwrap().is_empty());
        // What Handset has logged is known without any key.
        assert_eq!(records.ledger().await.unwrap().len(), 1);
        // A new draft of the same task does not replace the one that cannot be read.
        records.put_draft(&draft("task-3")).await.unwrap();
    }
    {
        let (store, notices) = open_with(folder.path(), &ANOTHER_KEY);
        assert_eq!(notices, [], "what is known is not said again");
        assert_eq!(store.summary().await.unwrap().unreadable, 2);
    }
    let (store, notices) = open_with(folder.path(), &KEY);
    assert_eq!(notices, [OpenNotice::Unreadable { records: 1 }]);
    let records = records(&store);
    assert!(records.wrap_ups().await.unwrap() == [unsent]);
    assert!(records.drafts().await.unwrap() == [draft("task-3")]);
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
    // From then on the key file is not needed any more.
    std::fs::remove_file(folder.path().join("sealing-key")).unwrap();
    let store = open(folder.path());
    assert!(records(&store).wrap_ups().await.unwrap() == [wrap_up]);
    assert!(records(&store).rep().await.unwrap().is_some());
    assert!(records(&store).receipts(now()).await.unwrap().is_empty());
}
