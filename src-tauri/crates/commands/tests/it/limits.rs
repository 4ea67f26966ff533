//! Apollo's limits: waited for, remembered, and never in the way of a finished call.

use std::time::Duration;

use clock::Clock;
use commands::run;
use present::{ConnectionState, LoadingState, QueueScope, ReceiptState};
use sandbox::{FaultKind, endpoints};

use crate::support::{Bench, World, main, none, until};

/// Saves a call with whoever is selected. Answers with the task.
pub(crate) async fn save_next(bench: &Bench) -> String {
    let app = &bench.app;
    let queue = match app.queue().await {
        Some(queue) => queue,
        None => app.open_queue(QueueScope::AllCallTasks).await,
    };
    let task = queue.selected.clone().expect("somebody").to_string();
    let outcome = app.dispositions().await.outcomes[0].key.clone();
    app.save(&task, &outcome, "kept").await.expect("saved");
    task
}

async fn waits(bench: &Bench) -> present::Receipt {
    until("a call that waits for the limit", async || {
        let receipts = bench.app.receipts().await;
        receipts
            .rows
            .into_iter()
            .find(|row| row.state == ReceiptState::Waiting)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_met_a_limit_goes_when_apollo_allows_it_and_not_before() {
    let bench = Bench::ready(World::small().await).await;
    let (app, world) = (&bench.app, &bench.world);
    world.sandbox.faults().next(
        endpoints::CALLS_CREATE,
        1,
        FaultKind::TooManyRequests {
            retry_after_s: Some(1_800),
        },
    );
    let limited_at = world.clock.now();
    save_next(&bench).await;
    let receipt = waits(&bench).await;
    let until_at = receipt.waits_until.expect("it says until when");
    let wait_s = until_at.duration_since(limited_at).as_secs();
    assert!((1_800..1_830).contains(&wait_s), "waits {wait_s} s");
    assert!(
        receipt
            .sentence
            .english()
            .starts_with("Apollo's limit is reached; it allows the next one from")
    );
    let status = app.status().await;
    assert_eq!(status.connection.state, ConnectionState::Limited);

    world.clock.advance(Duration::from_secs(1_700));
    // Whatever wanted to happen has had its chance once a later request has come and gone.
    run::report_load(&app.core, &main(), none())
        .await
        .expect("reads are not limited");
    app.loaded().await;
    assert_eq!(world.history().count("phone_calls#create"), 1);
    assert_eq!(app.receipts().await.unsent, 1);

    world.clock.advance(Duration::from_secs(140));
    bench.drain().await;
    assert_eq!(world.history().count("phone_calls#create"), 2);
    assert_eq!(world.history().calls().len(), 1);
    assert_eq!(world.history().completed().len(), 1);
    let searches = world.requests_since(0)["phone_calls#search"];
    // Connecting, the outcomes, and one look-up since the call has waited here for half an hour.
    assert!(searches <= 3, "a limit is no reason to look the call up");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reads_that_used_up_their_limit_do_not_hold_a_finished_call() {
    let bench = Bench::ready(World::small().await).await;
    let (app, world) = (&bench.app, &bench.world);
    // The team's other tools have read all they may this hour.
    world.sandbox.consume(endpoints::TASKS_SEARCH, 400);
    run::report_load(&app.core, &main(), none())
        .await
        .expect("a try");
    let report = until("a sweep that gives up", async || {
        let report = app.report().await;
        if report.loading.state == LoadingState::Failed {
            return Some(report);
        }
        world.clock.advance(Duration::from_secs(1));
        None
    })
    .await;
    assert!(
        report
            .loading
            .sentence
            .english()
            .contains("can still be worked.")
    );
    assert!(report.all.open > 0);
    save_next(&bench).await;
    until("the call in Apollo", async || {
        (app.receipts().await.unsent == 0).then_some(())
    })
    .await;
    assert_eq!(world.history().calls().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_left_of_the_limit_is_known_after_a_restart() {
    let bench = Bench::ready(World::small().await).await;
    // One call is left this hour, and the answer to it says so.
    bench.world.sandbox.consume(endpoints::CALLS_CREATE, 399);
    save_next(&bench).await;
    bench.drain().await;
    assert_eq!(bench.app.status().await.calls_left_this_hour, Some(0));

    let bench = bench.restart().await;
    let (app, world) = (&bench.app, &bench.world);
    assert_eq!(app.status().await.calls_left_this_hour, Some(0));
    app.loaded().await;
    let before = world.history().count("phone_calls#create");
    save_next(&bench).await;
    let receipt = waits(&bench).await;
    assert!(receipt.waits_until.is_some_and(|at| at > world.clock.now()));
    assert_eq!(
        world.history().count("phone_calls#create"),
        before,
        "nothing is sent for a refusal that is known"
    );
    world.clock.advance(Duration::from_mins(61));
    bench.drain().await;
    assert_eq!(world.history().calls().len(), 2);
}
