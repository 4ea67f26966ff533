//! A new key takes the place of the old one for everything, not only for the checks; and one that
//! was put away is not used.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use commands::{arguments::UsersArgs, run};
use present::{ConnectState, KeyStorage, QueueScope, Stage};
use sandbox::{FaultKind, KeyKind, endpoints};
use vault::{MemoryVault, SealingKey, Secret, Vault, VaultError, VaultReason};

use crate::support::{Bench, World, main, none, until, window};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_new_key_is_connected_nothing_is_asked_with_the_revoked_one() {
    let world = World::small().await;
    let keys = world.sandbox.keys().clone();
    // The key was revoked while Handset was closed.
    let vault: Arc<dyn Vault> = Arc::new(MemoryVault::new());
    vault
        .put_api_key(world.sandbox.url(), &Secret::new(&keys.revoked))
        .await
        .expect("it is stored");
    let bench = Bench::with_vault(world, vault).await;
    let (app, world) = (&bench.app, &bench.world);
    assert_eq!(app.status().await.stage, Stage::ChooseRep);

    app.connect(&keys.master).await;
    let before = world.request_count();
    app.undo_within(0).await;
    app.choose_rep(&world.sandbox.users()[0].id).await;
    app.loaded().await;
    let queue = app.open_queue(QueueScope::AllCallTasks).await;
    let task = queue.selected.clone().expect("somebody").to_string();
    let outcome = app.dispositions().await.outcomes[0].key.clone();
    app.save(&task, &outcome, "kept").await.expect("saved");
    bench.drain().await;
    assert_eq!(world.history().calls().len(), 1);
    let requests = world.history().requests;
    let keys = requests[before..].iter().map(|request| request.key);
    assert!(keys.clone().count() > 3);
    assert!(keys.clone().all(|key| key == KeyKind::Master));
}

/// A keychain that takes no key.
struct TakesNone(MemoryVault);

#[async_trait]
impl Vault for TakesNone {
    async fn api_key(&self, origin: &str) -> Result<Option<Secret>, VaultError> {
        self.0.api_key(origin).await
    }

    async fn put_api_key(&self, _: &str, _: &Secret) -> Result<(), VaultError> {
        Err(VaultError::NoKeychain {
            reason: VaultReason::System("read only".to_owned()),
        })
    }

    async fn forget_api_key(&self, origin: &str) -> Result<(), VaultError> {
        self.0.forget_api_key(origin).await
    }

    async fn sealing_key(&self) -> Result<SealingKey, VaultError> {
        self.0.sealing_key().await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_was_put_away_before_it_was_stored_is_not_stored_after_all() {
    let vault = Arc::new(TakesNone(MemoryVault::new()));
    let bench = Bench::with_vault(World::small().await, vault).await;
    let app = &bench.app;
    let ask = async || {
        let progress = app.connect(&bench.world.sandbox.keys().master).await;
        assert_eq!(progress.state, ConnectState::AskThisRun);
    };
    let keep = async || {
        let progress = run::connect_keep_for_this_run(&app.core, &main(), none()).await;
        progress.expect("an answer")
    };
    ask().await;
    run::connect_reset(&app.core, &main(), none())
        .await
        .expect("an empty field");
    keep().await;
    let status = app.status().await;
    assert_eq!(status.stage, Stage::Welcome, "no key is in use");
    assert_eq!(status.key_storage, KeyStorage::None);

    ask().await;
    run::key_forget(&app.core, &window("settings"), none())
        .await
        .expect("forgotten");
    keep().await;
    assert_eq!(app.status().await.stage, Stage::Welcome, "nor now");

    ask().await;
    assert_eq!(keep().await.state, ConnectState::Connected);
    assert_eq!(app.status().await.key_storage, KeyStorage::ThisRun);
}

/// How many answers come, one after the other, after the answer that came too late.
const LATER_ANSWERS: usize = 3;
/// Later than the pauses that pass at once, sooner than a request is given up.
const LATE_MS: u64 = 10_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_who_were_asked_for_with_a_key_that_was_put_away_are_not_on_offer() {
    let bench = Bench::first_start(World::small().await).await;
    let (app, world) = (&bench.app, &bench.world);
    let asked = || world.history().count("users#search");
    let people = async || {
        let args = UsersArgs { email: None };
        run::users_get(&app.core, &main(), args)
            .await
            .expect("a list")
    };
    world.sandbox.faults().next(
        endpoints::USERS_SEARCH,
        1,
        FaultKind::Delay { delay_ms: LATE_MS },
    );
    app.connect(&world.sandbox.keys().master).await;
    until("they are asked for", async || (asked() == 1).then_some(())).await;
    run::key_forget(&app.core, &window("settings"), none())
        .await
        .expect("forgotten");
    // The next key asks for itself, whatever became of the first question.
    app.connect(&world.sandbox.keys().master).await;
    let list = until("the people", async || {
        let list = people().await;
        (!list.users.is_empty()).then_some(list)
    })
    .await;
    assert!(!list.loading);
    assert_eq!(asked(), 2);

    run::key_forget(&app.core, &window("settings"), none())
        .await
        .expect("forgotten");
    world.clock.advance(Duration::from_millis(LATE_MS));
    until("the late answer", async || {
        let requests = world.history().requests;
        let mut searches = requests
            .iter()
            .filter(|request| request.endpoint == "users#search");
        searches
            .all(|request| request.status.is_some())
            .then_some(())
    })
    .await;
    // What was sent before these answers has been read by the time that they are.
    for _ in 0..LATER_ANSWERS {
        let wrong = app.connect("0123456789abcdefghijkl").await;
        assert_eq!(wrong.state, ConnectState::Failed);
        assert!(people().await.users.is_empty(), "no key is here");
    }
}
