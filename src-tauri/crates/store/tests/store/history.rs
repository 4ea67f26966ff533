//! Who was called: stored with its wrap-up, past its end, and no longer than its receipt.

use clock::Timestamp;
use domain::{call_history::HistoryEntry, wrap_up::Work, wrap_up::WrapUp};
use outbox::OutboxStore as _;
use session::ports::FinishedStore as _;
use store::OriginStore;

use crate::fixtures::{call, done, draft, now, open, records, rep};

async fn history(store: &OriginStore) -> Vec<HistoryEntry> {
    store.history().await.unwrap()
}

fn outcome_of(wrap_up: &WrapUp) -> Option<String> {
    wrap_up.result().map(|result| result.outcome_name.clone())
}

#[tokio::test]
async fn who_was_called_is_known_after_the_call_is_erased_and_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let wrap_up = call("task", 1);
    {
        let store = open(folder.path());
        let records = records(&store);
        records.put_wrap_up(&wrap_up).await.unwrap();
        let receipt = done(wrap_up.clone()).receipt();
        records.acknowledge(&receipt).await.unwrap();
    }
    let store = open(folder.path());
    let stored = history(&records(&store)).await;
    assert_eq!(stored.len(), 1);
    let Work::Call(work) = &wrap_up.work else {
        panic!("it is a call")
    };
    assert_eq!(stored[0].contact_id, work.contact_id);
    assert_eq!(stored[0].numbers, Vec::from_iter(work.to_number.clone()));
    assert_eq!(stored[0].outcome, outcome_of(&wrap_up));
}

#[tokio::test]
async fn a_call_taken_back_is_not_remembered_and_a_correction_is_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let records = records(&store);
    let taken_back = call("taken back", 1);
    records.put_wrap_up(&taken_back).await.unwrap();
    records
        .take_back(&taken_back, &draft("taken back"))
        .await
        .unwrap();
    assert_eq!(history(&records).await, []);

    let saved = call("logged", 2);
    records.put_wrap_up(&saved).await.unwrap();
    let logged = done(saved);
    let mut result = logged.result().unwrap().clone();
    result.outcome_name = "Do not contact".to_owned();
    result.opts_out = true;
    let receipt = logged.receipt();
    records.acknowledge(&receipt).await.unwrap();
    let mapped = domain::rep::MappedUser::from_user_map(rep());
    let revived = receipt.revived(mapped, result).unwrap();
    records.revive(&revived).await.unwrap();
    let stored = history(&records).await;
    let of_logged = stored.iter().find(|entry| entry.wrap_up_id == logged.id);
    assert!(of_logged.is_some_and(|entry| entry.opts_out), "{stored:?}");
}

#[tokio::test]
async fn it_is_forgotten_with_the_receipts() {
    const DAYS: u32 = 7;
    let folder = tempfile::tempdir().unwrap();
    let day = |number: i64| Timestamp::from_second(now().as_second() + number * 86_400).unwrap();
    for on in 0..12 {
        let store = open(folder.path());
        store.forget_old(DAYS, day(on)).await.unwrap();
        if on == 0 {
            let wrap_up = call("old", 1);
            records(&store).put_wrap_up(&wrap_up).await.unwrap();
            let receipt = done(wrap_up).receipt();
            records(&store).acknowledge(&receipt).await.unwrap();
        }
        let stored = history(&records(&store)).await.len();
        let receipts = records(&store).receipts(Timestamp::MIN).await.unwrap();
        assert_eq!(stored, receipts.len(), "day {on}");
        if on == 11 {
            assert_eq!(stored, 0);
        }
    }
}
