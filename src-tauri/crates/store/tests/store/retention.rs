//! What is forgotten, and that a wrong clock forgets nothing.

use outbox::OutboxStore as _;
use session::ports::FinishedStore as _;
use std::{path::Path, time::Duration};

use clock::Timestamp;
use store::SledStore;

use crate::fixtures::{ORIGIN, OTHER_ORIGIN, call, done, now, open, records};

const RETENTION_DAYS: u32 = 7;

fn day(number: i64) -> Timestamp {
    let day = Duration::from_hours(24);
    Timestamp::from_second(now().as_second() + number * i64::try_from(day.as_secs()).unwrap())
        .unwrap()
}

async fn log(store: &SledStore, origin: &str, task: &str) {
    let records = store.for_origin(origin);
    let wrap_up = call(task, 1);
    records.put_wrap_up(&wrap_up).await.unwrap();
    records.acknowledge(&done(wrap_up).receipt()).await.unwrap();
}

/// Starts on a day, as the computer's clock has it.
async fn start(folder: &Path, on: i64) -> SledStore {
    let store = open(folder);
    store.forget_old(RETENTION_DAYS, day(on)).await.unwrap();
    store
}

async fn remaining(store: &SledStore, origin: &str) -> Vec<String> {
    let records = store.for_origin(origin);
    let receipts = records.receipts(Timestamp::MIN).await.unwrap();
    let ledger = records.ledger().await.unwrap();
    let mut tasks: Vec<_> = receipts
        .iter()
        .map(|receipt| receipt.task_id.to_string())
        .collect();
    let mut in_ledger: Vec<_> = ledger
        .iter()
        .map(|entry| entry.task_id.to_string())
        .collect();
    tasks.sort();
    in_ledger.sort();
    assert_eq!(tasks, in_ledger);
    tasks
}

#[tokio::test]
async fn what_was_kept_as_long_as_wanted_is_forgotten_and_unsent_wrap_ups_never_are() {
    let folder = tempfile::tempdir().unwrap();
    {
        let store = start(folder.path(), 0).await;
        log(&store, ORIGIN, "old").await;
        log(&store, OTHER_ORIGIN, "old elsewhere").await;
        records(&store)
            .put_wrap_up(&call("unsent", 1))
            .await
            .unwrap();
    }
    // The day after is when it is known that they were written.
    log(&start(folder.path(), 1).await, ORIGIN, "new").await;
    for on in 2..8 {
        let store = start(folder.path(), on).await;
        assert_eq!(remaining(&store, ORIGIN).await, ["new", "old"], "day {on}");
    }
    let store = start(folder.path(), 8).await;
    assert_eq!(remaining(&store, ORIGIN).await, ["new"]);
    assert!(remaining(&store, OTHER_ORIGIN).await.is_empty());
    assert_eq!(records(&store).wrap_ups().await.unwrap().len(), 1);
}

#[tokio::test]
async fn one_start_with_the_clock_400_days_ahead_or_back_forgets_nothing() {
    for wrong in [400, -400] {
        let folder = tempfile::tempdir().unwrap();
        for on in 0..5 {
            log(
                &start(folder.path(), on).await,
                ORIGIN,
                &format!("day {on}"),
            )
            .await;
        }
        {
            let store = start(folder.path(), wrong).await;
            assert_eq!(remaining(&store, ORIGIN).await.len(), 5, "{wrong}");
            // Not by asking again in the same start either.
            for _ in 0..5 {
                store.forget_old(RETENTION_DAYS, day(wrong)).await.unwrap();
            }
            assert_eq!(remaining(&store, ORIGIN).await.len(), 5, "{wrong}");
            log(&store, ORIGIN, "wrong day").await;
        }
        // What was logged while the clock was wrong is kept like the others, not by its own time.
        for on in 5..8 {
            let store = start(folder.path(), on).await;
            assert_eq!(
                remaining(&store, ORIGIN).await.len(),
                6,
                "{wrong}, day {on}"
            );
        }
        for on in 8..30 {
            start(folder.path(), on).await;
        }
        let store = start(folder.path(), 30).await;
        assert!(remaining(&store, ORIGIN).await.is_empty(), "{wrong}");
    }
}

#[tokio::test]
async fn the_first_start_that_counts_forgets_nothing_however_old_things_say_they_are() {
    let folder = tempfile::tempdir().unwrap();
    log(&open(folder.path()), ORIGIN, "of before").await;
    let store = start(folder.path(), 400).await;
    assert_eq!(remaining(&store, ORIGIN).await, ["of before"]);
}
