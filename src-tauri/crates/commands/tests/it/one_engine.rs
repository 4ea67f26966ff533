//! Whatever is clicked twice, and whoever sits here: a saved call is sent once, in the name of the rep
//! who made it, and never out of sight while it waits.

use std::time::Duration;

use commands::{
    arguments::{ConnectArgs, PastedKey, RepChooseArgs},
    run,
};
use present::{CallForm, ConnectState, QueueScope, ReceiptState, Stage};
use sandbox::{FaultKind, endpoints};

use crate::support::{App, Bench, World, main, none, until, window};

/// Saves a call of the first person in the queue; the id of its task.
async fn save_one(app: &App) -> String {
    let queue = app.open_queue(QueueScope::AllCallTasks).await;
    let task = queue.selected.clone().expect("somebody").to_string();
    let outcome = app.dispositions().await.outcomes[0].key.clone();
    app.save(&task, &outcome, "spoke").await.expect("saved");
    task
}

/// Lets no call through.
fn hold_back(world: &World, is_held: bool) {
    let faults = world.sandbox.faults();
    if is_held {
        faults.next(endpoints::CALLS_CREATE, 1_000, FaultKind::ResetBefore);
    } else {
        faults.clear();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_waits_is_sent_once_however_often_a_rep_is_chosen() {
    let bench = Bench::ready(World::small().await).await;
    let (app, world) = (&bench.app, &bench.world);
    hold_back(world, true);
    save_one(app).await;
    run::rep_change(&app.core, &main(), none())
        .await
        .expect("it is asked anew");
    let status = app.status().await;
    assert_eq!(status.stage, Stage::ChooseRep);
    assert_eq!(status.unsent, 1, "it is not out of sight");
    assert_eq!(app.core.unsent(), 1, "and quitting asks");

    let caller = main();
    let args = || RepChooseArgs {
        user_id: world.sandbox.users()[0].id.as_str().into(),
    };
    until("the people", async || {
        let args = commands::arguments::UsersArgs { email: None };
        let users = run::users_get(&app.core, &caller, args).await.ok()?;
        (!users.users.is_empty()).then_some(())
    })
    .await;
    let (first, second, third) = tokio::join!(
        run::rep_choose(&app.core, &caller, args()),
        run::rep_choose(&app.core, &caller, args()),
        run::rep_choose(&app.core, &caller, args()),
    );
    for chosen in [first, second, third] {
        chosen.expect("chosen");
    }
    hold_back(world, false);
    bench.drain().await;
    assert_eq!(world.history().calls().len(), 1);
    assert_eq!(world.history().completed().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_waits_is_sent_once_however_often_a_key_is_pasted() {
    let bench = Bench::ready(World::small().await).await;
    let (app, world) = (&bench.app, &bench.world);
    hold_back(world, true);
    save_one(app).await;
    run::key_forget(&app.core, &window("settings"), none())
        .await
        .expect("it is forgotten");
    assert_eq!(app.status().await.unsent, 1, "it is not out of sight");
    hold_back(world, false);

    let caller = main();
    let paste = || {
        let key = PastedKey::new(world.sandbox.keys().master.clone());
        run::connect_start(&app.core, &caller, ConnectArgs { key })
    };
    let since = world.request_count();
    let all = tokio::join!(
        paste(),
        paste(),
        paste(),
        paste(),
        paste(),
        paste(),
        paste(),
        paste()
    );
    all.0.expect("checks begin");
    assert_eq!(app.checked().await.state, ConnectState::Connected);
    bench.drain().await;
    assert_eq!(world.history().calls().len(), 1);
    let health = world.requests_since(since)["auth#health"];
    assert_eq!(health, 1, "the checks are made once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_calls_of_a_rep_stay_theirs_when_another_takes_over() {
    let bench = Bench::ready(World::small().await).await;
    let (app, world) = (&bench.app, &bench.world);
    let (first, second) = {
        let users = world.sandbox.users();
        let mut active = users.into_iter().filter(|user| !user.deactivated);
        (active.next().expect("one"), active.next().expect("another"))
    };
    save_one(app).await;
    bench.drain().await;
    hold_back(world, true);
    let queue = app.queue().await.expect("open");
    let task = queue.selected.clone().expect("the next").to_string();
    let outcome = app.dispositions().await.outcomes[0].key.clone();
    app.save(&task, &outcome, "waits").await.expect("saved");

    run::rep_change(&app.core, &main(), none())
        .await
        .expect("it is asked anew");
    app.choose_rep(&second.id).await;
    let receipts = app.receipts().await;
    assert_eq!(receipts.rows.len(), 2);
    for row in &receipts.rows {
        assert_eq!(row.logged_as.english(), first.name, "{:?}", row.state);
    }
    // The new rep corrects both.
    app.loaded().await;
    let outcome = app.dispositions().await.outcomes[1].key.clone();
    for row in receipts.rows {
        let args = commands::arguments::ReceiptCorrectArgs {
            wrap_up_id: row.wrap_up_id,
            form: CallForm {
                outcome: Some(outcome.clone()),
                note: "corrected".to_owned(),
                ..CallForm::default()
            },
        };
        run::receipt_correct(&app.core, &main(), args)
            .await
            .expect("saved");
    }
    hold_back(world, false);
    bench.drain().await;
    let history = world.history();
    assert_eq!(history.calls().len(), 2);
    for call in history.calls() {
        assert_eq!(call.user_id, first.id);
    }

    // And after a restart, from disk.
    let bench = bench.restart().await;
    let rows = bench.app.receipts().await.rows;
    assert_eq!(rows.len(), 2);
    for row in rows {
        assert_eq!(row.state, ReceiptState::Sent);
        assert_eq!(row.logged_as.english(), first.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_that_wait_are_counted_while_sample_data_is_shown() {
    let bench = Bench::ready(World::small().await).await;
    let (app, world) = (&bench.app, &bench.world);
    hold_back(world, true);
    save_one(app).await;
    // Until it is known that it does not go, closing waits for it.
    world.clock.advance(Duration::from_secs(1));
    run::sandbox_start(&app.core, &main(), none())
        .await
        .expect("sample data");
    let status = app.status().await;
    assert!(status.sandbox);
    assert_eq!(status.unsent, 0, "none of the sample data's");
    assert_eq!(status.unsent_elsewhere, 1);
    assert_eq!(app.core.unsent(), 1, "quitting asks");
    hold_back(world, false);
    run::sandbox_stop(&app.core, &main(), none())
        .await
        .expect("back");
    assert_eq!(app.status().await.unsent_elsewhere, 0);
    bench.drain().await;
    assert_eq!(world.history().calls().len(), 1);
}
