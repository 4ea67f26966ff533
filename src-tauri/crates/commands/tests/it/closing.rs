//! A call that is held back for an undo goes at once when Handset is closed, or when the rep goes
//! over to the sample data: nobody is there to undo it, and the next start may be days away.

use std::{future::Future, time::Duration};

use clock::SystemClock;
use commands::run;
use present::{QueueScope, ReceiptState};

use crate::support::{Bench, World, main, none, until};

/// So much of a wait passes at a time.
const TICK: Duration = Duration::from_millis(5);
/// Real time that closing may take before a test fails instead of hanging.
const PATIENCE: Duration = Duration::from_mins(1);

/// A core in which a call waits for its undo to be over.
async fn with_a_held_call() -> Bench {
    let bench = Bench::ready(World::small().await).await;
    let app = &bench.app;
    app.undo_within(60).await;
    let queue = app.open_queue(QueueScope::AllCallTasks).await;
    let task = queue.selected.clone().expect("somebody").to_string();
    let outcome = app.dispositions().await.outcomes[0].key.clone();
    app.save(&task, &outcome, "kept").await.expect("saved");
    assert_eq!(app.receipts().await.rows[0].state, ReceiptState::Held);
    assert_eq!(bench.world.history().calls().len(), 0);
    bench
}

/// Lets time pass while `work` goes on. It stands still while a request is on its way, since on a
/// busy machine it would run out before the answer is here.
async fn while_time_passes<T>(bench: &Bench, work: impl Future<Output = T>) -> T {
    bench.world.let_pauses_last();
    let machine = SystemClock::shared();
    let ticking = async {
        loop {
            let receipts = run::receipts_get(&bench.app.core, &main(), none()).await;
            let is_sending = receipts.is_ok_and(|receipts| {
                let mut rows = receipts.rows.iter();
                rows.any(|row| row.state == ReceiptState::Sending)
            });
            if !is_sending {
                bench.world.clock.advance(TICK);
            }
            machine.sleep(TICK).await;
        }
    };
    let both = async {
        tokio::select! {
            done = work => done,
            () = ticking => panic!("time passes for ever"),
        }
    };
    clock::within(&*machine, PATIENCE, both)
        .await
        .expect("it ends")
}

/// The call was logged and its task completed, both once.
fn is_in_apollo(bench: &Bench) {
    let history = bench.world.history();
    assert_eq!(history.calls().len(), 1);
    assert_eq!(history.completed().len(), 1);
    assert_eq!(history.count("phone_calls#create"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_is_held_back_goes_when_handset_is_shut_down() {
    let bench = with_a_held_call().await;
    while_time_passes(&bench, bench.app.core.shut_down()).await;
    is_in_apollo(&bench);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_is_held_back_goes_when_the_rep_looks_at_the_sample_data() {
    let bench = with_a_held_call().await;
    let app = &bench.app;
    let status = while_time_passes(&bench, run::sandbox_start(&app.core, &main(), none())).await;
    assert!(status.expect("sample data").sandbox);
    is_in_apollo(&bench);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_is_held_back_goes_as_soon_as_the_person_is_asked_whether_to_quit() {
    let bench = with_a_held_call().await;
    assert!(
        bench.app.core.should_wait_to_close(),
        "one call is not sent"
    );
    let status = bench.app.status().await;
    assert!(status.is_closing);
    // No time passes that the call was held for.
    bench.sent().await;
    is_in_apollo(&bench);
    assert!(!bench.app.core.should_wait_to_close(), "nothing is unsent");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_stays_after_all_can_undo_the_next_call_again() {
    let bench = with_a_held_call().await;
    let app = &bench.app;
    assert!(app.core.should_wait_to_close());
    bench.sent().await;
    let status = run::quit_stay(&app.core, &main(), none()).await;
    assert!(!status.expect("a status").is_closing);
    let queue = app.queue().await.expect("open");
    let task = queue.selected.clone().expect("somebody").to_string();
    let outcome = app.dispositions().await.outcomes[0].key.clone();
    app.save(&task, &outcome, "kept").await.expect("saved");
    // Whatever wanted to be sent has had its chance once later requests have come and gone.
    let asked = async || bench.world.history().count("tasks#search");
    for _ in 0..3 {
        let before = asked().await;
        run::report_load(&app.core, &main(), none())
            .await
            .expect("a refresh");
        until("a sweep", async || (asked().await > before).then_some(())).await;
        app.loaded().await;
    }
    let row = app.receipts().await.rows.remove(0);
    assert_eq!(row.state, ReceiptState::Held);
    assert_eq!(bench.world.history().calls().len(), 1);
    assert!(app.core.should_wait_to_close(), "asked anew");
    until("the second call in Apollo", async || {
        (bench.world.history().calls().len() == 2).then_some(())
    })
    .await;
}
