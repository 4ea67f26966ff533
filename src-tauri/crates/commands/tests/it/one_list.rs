//! A list that a window reads is of one moment, whatever moves meanwhile.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use commands::run;

use crate::{
    limits::save_next,
    support::{Bench, World, main, none},
};

/// Enough that some are acknowledged while the list is being read.
const CALLS: usize = 30;

/// A list with one call twice cannot be drawn: the whole screen said so.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_call_that_is_acknowledged_meanwhile_is_listed_once() {
    let bench = Bench::ready(World::small().await).await;
    let saves = Arc::new(AtomicBool::new(true));
    let (core, still_saves) = (Arc::clone(&bench.app.core), Arc::clone(&saves));
    let reader = tokio::spawn(async move {
        let (mut most, mut readings) = (0, 0_u32);
        while still_saves.load(Ordering::SeqCst) {
            let list = run::receipts_get(&core, &main(), none())
                .await
                .expect("receipts");
            let ids: BTreeSet<_> = list.rows.iter().map(|row| row.wrap_up_id).collect();
            assert_eq!(ids.len(), list.rows.len(), "a call is listed twice");
            assert!(list.rows.len() >= most, "a call was listed, and is gone");
            most = list.rows.len();
            readings += 1;
            tokio::task::yield_now().await;
        }
        (most, readings)
    });
    for _ in 0..CALLS {
        save_next(&bench).await;
    }
    bench.drain().await;
    saves.store(false, Ordering::SeqCst);
    let (most, readings) = reader.await.expect("every list was of one moment");
    assert!(
        most >= CALLS - 1 && readings > 100,
        "{most} calls in {readings} readings"
    );
}
