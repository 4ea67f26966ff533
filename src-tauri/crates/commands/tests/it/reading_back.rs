//! What was sent is read back from Apollo by itself, without anybody asking.

use std::time::Duration;

use present::{QueueScope, VerificationState};

use crate::support::{Bench, World, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_was_sent_becomes_verified_after_some_minutes() {
    let bench = Bench::ready(World::small().await).await;
    let (app, world) = (&bench.app, &bench.world);
    let queue = app.open_queue(QueueScope::AllCallTasks).await;
    let task = queue.selected.clone().expect("somebody").to_string();
    let outcome = app.dispositions().await.outcomes[0].key.clone();
    app.save(&task, &outcome, "kept").await.expect("saved");
    bench.drain().await;
    let state = async || {
        let receipts = app.receipts().await;
        receipts.rows[0].verification.state
    };
    assert_eq!(state().await, VerificationState::Pending);
    until("word that Apollo holds the call", async || {
        world.clock.advance(Duration::from_secs(10));
        (state().await == VerificationState::Verified).then_some(())
    })
    .await;
    assert_eq!(world.history().calls().len(), 1);
}
