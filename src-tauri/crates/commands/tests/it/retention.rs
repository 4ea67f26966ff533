//! Receipts and the ids of finished tasks are kept for as long as the person wants.

use commands::run;
use present::{QueueScope, ReceiptState};
use text::Text;

use crate::support::{Bench, World, none, window};

/// What the settings say is on disk.
async fn on_disk(bench: &Bench) -> Vec<String> {
    let view = run::settings_get(&bench.app.core, &window("settings"), none()).await;
    let on_disk = view.expect("settings").on_disk;
    on_disk.iter().map(Text::english).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_start_drops_no_receipt_of_the_last_days() {
    let bench = Bench::ready(World::small().await).await;
    let app = &bench.app;
    let queue = app.open_queue(QueueScope::AllCallTasks).await;
    let task = queue.selected.clone().expect("somebody").to_string();
    let outcome = app.dispositions().await.outcomes[0].key.clone();
    app.save(&task, &outcome, "kept").await.expect("saved");
    bench.drain().await;
    let before = on_disk(&bench).await;
    assert!(before[2].starts_with("1 receipt"), "{before:?}");

    // What a start drops shows at the next one.
    let bench = bench.restart().await;
    assert_eq!(on_disk(&bench).await[2], before[2]);
    bench.world.clock.advance(std::time::Duration::from_mins(5));
    let bench = bench.restart().await;
    assert_eq!(on_disk(&bench).await[2], before[2]);
    let receipts = bench.app.receipts().await;
    assert_eq!(receipts.rows.len(), 1);
    assert_eq!(receipts.rows[0].state, ReceiptState::Sent);
}
