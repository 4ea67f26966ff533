//! A process that dies in the middle loses nothing and logs nothing twice.
//!
//! A core runs in a runtime of its own, and dying is that runtime's end: whatever was in flight is
//! cut off, nothing is shut down. (That the store itself survives a kill is proven in its crate.)

use std::{sync::Arc, time::Duration};

use present::{QueueScope, ReceiptState, RowState, Stage};
use sandbox::{CallIdentifier, FaultKind, endpoints};
use tokio::runtime::Runtime;
use vault::{MemoryVault, Vault};

use crate::support::{App, World, until};

/// Real time that a dying runtime may take for what it cannot cut off: writes that have begun.
const DYING: Duration = Duration::from_secs(20);

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
}

struct Left {
    scope: QueueScope,
    saved: String,
    selected: String,
    note: String,
}

/// Works until a call hangs on its way to Apollo and the next card has a note, then dies.
fn work_and_die(world: &World, folder: &std::path::Path, vault: &Arc<dyn Vault>) -> Left {
    let life = runtime();
    let left = life.block_on(async {
        let app = App::start(world.environment(folder, Arc::clone(vault))).await;
        app.become_ready(world).await;
        let scope = app.report().await.sequences[0].scope.clone();
        let queue = app.open_queue(scope.clone()).await;
        let saved = queue.selected.clone().expect("somebody").to_string();
        let outcome = app.dispositions().await.outcomes[0].key.clone();
        app.dial(&saved).await.expect("permitted");
        world.clock.advance(Duration::from_secs(50));
        app.end_call(&saved).await;
        app.save(&saved, &outcome, "the last words")
            .await
            .expect("saved");
        until("the request at Apollo", async || {
            (world.history().count("phone_calls#create") == 1).then_some(())
        })
        .await;
        let receipts = app.receipts().await;
        assert_eq!(receipts.rows[0].state, ReceiptState::Sending);

        let rows = app.queue().await.expect("open").rows;
        let selected = rows
            .iter()
            .rfind(|row| row.state == RowState::Open)
            .expect("an open one")
            .task_id
            .to_string();
        app.select(&selected).await;
        let note = "half a sentence, and th".to_owned();
        app.draft(&selected, &outcome, &note).await;
        // The core is gone without a shutdown.
        Left {
            scope,
            saved,
            selected,
            note,
        }
    });
    life.shutdown_timeout(DYING);
    left
}

fn dies_with_a_call_in_flight(fault: FaultKind, identifier: CallIdentifier) {
    let outside = runtime();
    let world = outside.block_on(World::small());
    world
        .sandbox
        .change_scenario(|scenario| scenario.call_identifier = identifier);
    world
        .sandbox
        .faults()
        .next(endpoints::CALLS_CREATE, 1, fault);
    let folder = tempfile::tempdir().expect("a folder");
    let vault: Arc<dyn Vault> = Arc::new(MemoryVault::new());
    let left = work_and_die(&world, folder.path(), &vault);
    let committed = world.history().calls().len();

    let life = runtime();
    life.block_on(async {
        let app = App::start(world.environment(folder.path(), Arc::clone(&vault))).await;
        let status = app.status().await;
        assert_eq!(status.stage, Stage::Ready, "nothing is asked again");
        assert_eq!(status.open_queue, Some(left.scope.clone()));
        assert_eq!(status.unsent, 1);
        app.loaded().await;

        // The rep is where they were, with the note to the letter.
        let queue = app.queue().await.expect("it opened by itself");
        assert_eq!(queue.scope, left.scope);
        assert_eq!(queue.selected, Some(left.selected.as_str().into()));
        let card = app.card(&left.selected).await;
        assert_eq!(card.draft.form.note, left.note);
        assert!(card.draft.form.outcome.is_some());
        assert_eq!(app.card(&left.saved).await.state, RowState::Finished);
        let offered = queue
            .rows
            .iter()
            .any(|row| row.task_id.as_str() == left.saved);
        assert!(!offered, "what was saved is not offered again");

        // And the call is sent once.
        app.drain(&world).await;
        app.core.shut_down().await;
    });
    life.shutdown_timeout(DYING);

    let history = world.history();
    assert_eq!(history.calls().len(), 1);
    assert_eq!(history.calls()[0].note.as_deref(), Some("the last words"));
    assert_eq!(
        history.count("phone_calls#create"),
        2 - committed,
        "sent again only if Apollo had not got it"
    );
    assert!(history.count("phone_calls#search") >= 1, "it was looked up");
    let completed: Vec<_> = history.completed().iter().map(|task| &task.id).collect();
    assert_eq!(completed, [&left.saved]);
    outside.shutdown_timeout(DYING);
}

#[test]
fn a_call_that_apollo_got_before_the_death_is_found_and_not_sent_again() {
    dies_with_a_call_in_flight(FaultKind::HangAfterCommit, CallIdentifier::Stored);
}

#[test]
fn it_is_found_without_its_identifier_too() {
    dies_with_a_call_in_flight(FaultKind::HangAfterCommit, CallIdentifier::Dropped);
}

#[test]
fn a_call_that_apollo_never_got_is_sent_after_the_restart() {
    dies_with_a_call_in_flight(FaultKind::Hang, CallIdentifier::Stored);
}
