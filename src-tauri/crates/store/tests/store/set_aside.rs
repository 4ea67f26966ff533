//! What no key at hand opens is set aside; when its key is back, it comes back only where nothing
//! newer has taken its place.

use outbox::OutboxStore as _;
use session::ports::DraftStore as _;
use std::{fs, path::Path};

use store::{SledStore, fallback_sealing_key};

use crate::fixtures::{KEY, call, done, draft, now, open_with, records};

const ANOTHER_KEY: [u8; 32] = [8; 32];
const A_THIRD_KEY: [u8; 32] = [9; 32];

fn with(folder: &Path, key: &[u8; 32]) -> SledStore {
    open_with(folder, key).0
}

#[tokio::test]
async fn a_call_that_has_its_receipt_is_not_sent_again_when_an_old_key_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let wrap_up = call("task-1", 1);
    {
        let store = with(folder.path(), &KEY);
        records(&store).put_wrap_up(&wrap_up).await.unwrap();
    }
    let receipt = done(wrap_up).receipt();
    {
        // With a key that does not open it, the call is set aside; and it is known to be done.
        let store = with(folder.path(), &ANOTHER_KEY);
        let records = records(&store);
        assert!(records.wrap_ups().await.unwrap().is_empty());
        records.acknowledge(&receipt).await.unwrap();
    }
    let store = with(folder.path(), &KEY);
    let records = records(&store);
    assert!(records.wrap_ups().await.unwrap().is_empty());
    assert_eq!(records.receipts(now()).await.unwrap(), [receipt]);
}

#[tokio::test]
async fn of_two_drafts_that_were_set_aside_the_newer_one_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let (mut older, mut newer) = (draft("task-1"), draft("task-1"));
    older.form.details.note = "older".to_owned();
    newer.form.details.note = "newer".to_owned();
    let key_file = folder.path().join("sealing-key");
    let key = fallback_sealing_key(folder.path()).unwrap();
    {
        let store = with(folder.path(), &key);
        records(&store).put_draft(&older).await.unwrap();
    }
    let key = fs::read(&key_file).unwrap();
    fs::remove_file(&key_file).unwrap();
    {
        let store = with(folder.path(), &ANOTHER_KEY);
        records(&store).put_draft(&newer).await.unwrap();
    }
    drop(with(folder.path(), &A_THIRD_KEY));
    // Now both can be opened.
    fs::write(&key_file, key).unwrap();
    let store = with(folder.path(), &ANOTHER_KEY);
    let drafts = records(&store).drafts().await.unwrap();
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].form.details.note, "newer");
}
