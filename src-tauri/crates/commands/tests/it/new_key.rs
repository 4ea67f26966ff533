//! A new key takes the place of the old one for everything, not only for the checks; and one that
//! was put away is not used.

use std::sync::Arc;

use async_trait::async_trait;
use commands::bodies;
use desk::view::{ConnectState, KeyStorage, QueueScope, Stage};
use sandbox::KeyKind;
use vault::{MemoryVault, SealingKey, Secret, Vault, VaultError};

use crate::support::{Bench, World, main, none, window};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_new_key_is_connected_nothing_is_asked_with_the_revoked_one() {
    let world = World::small().await;
    let keys = world.sandbox.keys().clone();
    // The key was revoked while Handset was closed.
    let vault: Arc<dyn Vault> = Arc::new(MemoryVault::new());
    vault
        .put_api_key(world.sandbox.url(), &Secret::new(&keys.revoked))
        .await
        .expect("it is kept");
    let bench = Bench::with_vault(world, vault).await;
    let (app, world) = (&bench.app, &bench.world);
    assert_eq!(app.session().await.stage, Stage::ChooseRep);

    app.connect(&keys.master).await;
    let before = world.request_count();
    app.undo_within(0).await;
    app.choose_rep(&world.sandbox.users()[0].id).await;
    app.loaded().await;
    let queue = app.open_queue(QueueScope::AllCallTasks).await;
    let task = queue.selected.expect("somebody").to_string();
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
            reason: "read only".to_owned(),
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
async fn a_key_that_was_put_away_before_it_was_kept_is_not_kept_after_all() {
    let vault = Arc::new(TakesNone(MemoryVault::new()));
    let bench = Bench::with_vault(World::small().await, vault).await;
    let app = &bench.app;
    let ask = async || {
        let progress = app.connect(&bench.world.sandbox.keys().master).await;
        assert_eq!(progress.state, ConnectState::AskThisRun);
    };
    let keep = async || {
        let progress = bodies::connect_keep_for_this_run(&app.core, &main(), none()).await;
        progress.expect("an answer")
    };
    ask().await;
    bodies::connect_reset(&app.core, &main(), none())
        .await
        .expect("an empty field");
    keep().await;
    let session = app.session().await;
    assert_eq!(session.stage, Stage::Welcome, "no key is in use");
    assert_eq!(session.key_storage, KeyStorage::None);

    ask().await;
    bodies::key_forget(&app.core, &window("settings"), none())
        .await
        .expect("forgotten");
    keep().await;
    assert_eq!(app.session().await.stage, Stage::Welcome, "nor now");

    ask().await;
    assert_eq!(keep().await.state, ConnectState::Connected);
    assert_eq!(app.session().await.key_storage, KeyStorage::ThisRun);
}
