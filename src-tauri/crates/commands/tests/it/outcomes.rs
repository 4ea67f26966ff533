//! The outcomes over the whole core: read until it worked, stored over starts, changed by a person.

use std::{sync::Arc, time::Duration};

use commands::{
    arguments::{OutcomesChangeArgs, SettingsPutArgs},
    run,
};
use present::{DispositionSource, OutcomeBook, OutcomeChange, Problem, ProblemCode, QueueScope};
use sandbox::{Facets, FaultKind, endpoints};
use store::{Opening, SledStore};
use text::Text;
use vault::{MemoryVault, Vault};

use crate::support::{App, Bench, World, none, rep_zone, until, window};

const MINUTE: Duration = Duration::from_mins(1);

/// Key and name, in the order of the digits.
async fn digits(app: &App) -> Vec<(String, String)> {
    let outcomes = app.dispositions().await.outcomes.into_iter();
    outcomes
        .map(|outcome| (outcome.key, outcome.name))
        .collect()
}

async fn book(app: &App) -> OutcomeBook {
    run::outcomes_get(&app.core, &window("settings"), none())
        .await
        .expect("a list")
}

async fn change(app: &App, change: OutcomeChange) -> Result<OutcomeBook, Problem> {
    let args = OutcomesChangeArgs { change };
    run::outcomes_change(&app.core, &window("settings"), args).await
}

fn add(outcome_id: &str, is_confirmed: bool) -> OutcomeChange {
    OutcomeChange::Add {
        name: "By hand".to_owned(),
        outcome_id: outcome_id.to_owned(),
        is_confirmed,
    }
}

async fn read(app: &App, source: DispositionSource) {
    until("the dispositions", async || {
        (app.dispositions().await.source == source).then_some(())
    })
    .await;
}

/// Connected, nobody chosen yet.
async fn connected(world: World) -> Bench {
    let bench = Bench::first_start(world).await;
    bench.app.connect(&bench.world.sandbox.keys().master).await;
    bench.app.undo_within(0).await;
    bench
}

async fn choose(bench: &Bench) {
    let rep = bench.world.sandbox.users()[0].id.clone();
    bench.app.choose_rep(&rep).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_start_while_the_search_is_used_up_reads_them_later_and_saved_calls_keep_their_outcomes()
{
    let bench = connected(World::small().await).await;
    let (app, world) = (&bench.app, &bench.world);
    world.sandbox.faults().next(
        endpoints::CALLS_SEARCH,
        1,
        FaultKind::TooManyRequests {
            retry_after_s: Some(1_800),
        },
    );
    choose(&bench).await;
    let hint = until("a hint at when they are read", async || {
        let shown = app.dispositions().await;
        assert_eq!(shown.source, DispositionSource::NotRead);
        shown
            .hint
            .map(|hint| hint.english_in(&rep_zone()))
            .filter(|hint| hint.contains("Next try: 10:30"))
    })
    .await;
    assert!(hint.contains("not read yet"), "{hint}");

    let queue = until("the queue", async || {
        let queue = app.open_queue(QueueScope::AllCallTasks).await;
        queue.selected.is_some().then_some(queue)
    })
    .await;
    let task = queue.selected.clone().expect("somebody").to_string();
    app.save(&task, "connected_negative", "no budget")
        .await
        .expect("a call can be saved");
    bench.sent().await;
    let call = world.history().calls()[0].clone();
    assert_eq!(
        call.note.as_deref(),
        Some("[Connected, negative] no budget")
    );

    world.clock.advance(MINUTE * 31);
    read(app, DispositionSource::Apollo).await;
    let receipts = app.receipts().await;
    let result = receipts.rows[0].result.as_ref().map(Text::english);
    assert_eq!(
        result.as_deref(),
        Some("Connected, negative"),
        "whatever the list is now"
    );
    assert_eq!(world.history().calls().len(), 1, "nothing was rewritten");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn digits_mean_the_same_after_a_restart_without_network() {
    let bench = Bench::ready(World::small().await).await;
    let first = digits(&bench.app).await;
    assert!(first.len() >= 5);
    // The person's order, and one taken off.
    let (last, _) = first.last().expect("some").clone();
    let to_top = OutcomeChange::Move {
        key: last.clone(),
        to: 0,
    };
    change(&bench.app, to_top).await.expect("saved");
    let gone = first[1].0.clone();
    change(&bench.app, OutcomeChange::Remove { key: gone.clone() })
        .await
        .expect("saved");
    let ordered = digits(&bench.app).await;
    assert_eq!(ordered[0].0, last);
    assert_eq!(ordered.len(), first.len() - 1);

    bench
        .world
        .sandbox
        .faults()
        .always(endpoints::CALLS_SEARCH, FaultKind::ResetBefore);
    let bench = bench.restart().await;
    assert_eq!(digits(&bench.app).await, ordered, "before anything is read");
    bench.world.sandbox.faults().clear();
    bench.world.clock.advance(MINUTE * 20);
    until("a reading", async || {
        let reading = book(&bench.app).await.reading;
        reading.english().contains("each day").then_some(())
    })
    .await;
    assert_eq!(digits(&bench.app).await, ordered, "and after");
    assert_eq!(book(&bench.app).await.removed[0].key, gone);
    let settings = run::settings_get(&bench.app.core, &window("settings"), none())
        .await
        .expect("settings");
    let on_disk: Vec<_> = settings.on_disk.iter().map(Text::english).collect();
    let line = format!("{} outcomes that calls can have", first.len());
    assert!(
        on_disk.iter().any(|it| it.starts_with(&line)),
        "{on_disk:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_is_asked_about_before_it_is_saved() {
    let world = World::with(|options| options.scenario.facets = Facets::Empty).await;
    let bench = connected(world).await;
    let (app, world) = (&bench.app, &bench.world);
    choose(&bench).await;
    read(app, DispositionSource::NoneInApollo).await;

    let unknown = "64c0ffee0000000000000bad";
    let before = world.request_count();
    let problem = change(app, add(unknown, false)).await.expect_err("unknown");
    assert_eq!(problem.code, ProblemCode::ConfirmOutcome);
    assert!(
        problem
            .message
            .english()
            .contains("no call with this outcome"),
        "{problem}"
    );
    assert!(
        world
            .requests_since(before)
            .contains_key("phone_calls#search")
    );
    assert!(book(app).await.rows.is_empty(), "nothing was saved");
    let problem = change(app, add("no id", false)).await.expect_err("no id");
    assert_eq!(problem.code, ProblemCode::Invalid);

    // Apollo has calls with this one, though its counts name none.
    let (used, _) = world.sandbox.world().outcomes[0].clone();
    let saved = change(app, add(&used, false)).await.expect("it is proven");
    let shown = saved.rows[0].provenance.english();
    assert!(shown.contains("Apollo had "), "{shown}");
    let saved = change(app, add(unknown, true)).await.expect("confirmed");
    let keys: Vec<_> = saved.rows.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys, [used.as_str(), unknown]);
    let left = change(app, OutcomeChange::Undo).await.expect("taken back");
    assert_eq!(left.rows.len(), 1);
    assert_eq!(app.dispositions().await.source, DispositionSource::Apollo);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_version_before_stored_in_settings_keeps_its_order_and_its_digits() {
    let world = World::small().await;
    let folder = tempfile::tempdir().expect("a folder");
    let vault: Arc<dyn Vault> = Arc::new(MemoryVault::new());
    let sealing = vault.sealing_key().await.expect("a key");
    let (used, _) = world.sandbox.world().outcomes[0].clone();
    let mapped = [("Booked", "64c0ffee0000000000000b00"), ("Mine", &*used)];
    // As it lay on disk: the text of the version before.
    let text = serde_json::json!({
        "undo_s": 0,
        "outcomes": mapped.map(|(name, id)| serde_json::json!({"name": name, "outcome_id": id})),
    });
    let settings: domain::settings::Settings = serde_json::from_value(text).expect("settings");
    assert_eq!(settings.outcomes.len(), 2);
    let (sled, _) = SledStore::open(&Opening {
        folder: &folder.path().join("data"),
        sealing_key: sealing.expose(),
        may_set_aside: false,
        outside: None,
        clock: &world.shared,
    })
    .expect("a store");
    sled.put_settings(&settings).await.expect("saved");
    sled.close().expect("closed");
    drop(sled);

    let app = App::start(world.environment(folder.path(), Arc::clone(&vault))).await;
    // A window that saves settings before anything is connected knows nothing of them.
    let seen = run::settings_get(&app.core, &window("settings"), none())
        .await
        .expect("settings")
        .settings;
    run::settings_put(
        &app.core,
        &window("settings"),
        SettingsPutArgs { settings: seen },
    )
    .await
    .expect("saved");
    app.become_ready(&world).await;
    let rows = digits(&app).await;
    let ids: Vec<_> = rows.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(ids[..2], [mapped[0].1, mapped[1].1]);
    assert_eq!(rows[0].1, "Booked");
    assert!(rows.len() > 5, "what Apollo names comes behind");
    app.core.shut_down().await;
}
