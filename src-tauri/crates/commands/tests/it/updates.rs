//! A newer version is installed when a person says so, and never while a call or what is saved of it is on its way.

use std::{sync::Arc, time::Duration};

use commands::{run, update_source::UpdateError};
use present::{Problem, ProblemCode, QueueScope, SkipReason, Status, UpdateState};
use tokio::task::JoinHandle;

use crate::support::{Bench, World, main, none, until, window};

async fn check(bench: &Bench) -> Status {
    run::update_check(&bench.app.core, &window("settings"), none())
        .await
        .expect("a status")
}

async fn with_an_update() -> Bench {
    let bench = Bench::ready(World::small().await).await;
    bench.sent().await;
    bench.world.releases.newest(Ok(Some("9.0.0")));
    let update = check(&bench).await.update;
    assert_eq!(update.state, UpdateState::Ready, "{update:?}");
    assert_eq!(update.version.as_deref(), Some("9.0.0"));
    assert!(update.can_install);
    bench
}

/// The installer runs until the test lets it end.
async fn begin_to_install(bench: &Bench) -> JoinHandle<Result<Status, Problem>> {
    let core = Arc::clone(&bench.app.core);
    let installing = tokio::spawn(async move { run::update_install(&core, &main(), none()).await });
    until("the installer", async || {
        let update = bench.app.status().await.update;
        (update.state == UpdateState::Installing).then_some(())
    })
    .await;
    installing
}

fn restarts(bench: &Bench) -> usize {
    let opened = bench.app.host.opened();
    opened.iter().filter(|what| *what == "restart").count()
}

/// Asks to install, which has to be refused.
async fn held_back(bench: &Bench, why: &str) {
    let status = bench.app.status().await;
    assert!(status.update.is_ready && !status.update.can_install);
    let refused = run::update_install(&bench.app.core, &main(), none())
        .await
        .expect_err("held back");
    assert_eq!(refused.code, ProblemCode::Unavailable);
    assert!(format!("{:?}", refused.hint).contains(why), "{refused:?}");
    assert_eq!(bench.world.releases.installed(), 0);
    assert_eq!(restarts(bench), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_update_is_installed_when_a_person_says_so_and_handset_restarts_once() {
    let bench = with_an_update().await;
    assert_eq!(bench.world.releases.installed(), 0, "not by itself");
    bench.world.releases.end_installer();
    let status = run::update_install(&bench.app.core, &main(), none())
        .await
        .expect("installed");
    assert_eq!(status.update.state, UpdateState::Installed);
    assert_eq!(bench.world.releases.installed(), 1);
    assert_eq!(restarts(&bench), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_waits_for_a_call_for_its_note_and_for_the_undo() {
    let bench = with_an_update().await;
    let app = &bench.app;
    app.undo_within(60).await;
    let queue = app.open_queue(QueueScope::AllCallTasks).await;
    let task = queue.selected.clone().expect("somebody").to_string();
    app.dial(&task).await.expect("dialed");
    held_back(&bench, "update-waits-for-call").await;
    app.end_call(&task).await;
    held_back(&bench, "update-waits-for-save").await;
    let outcome = app.dispositions().await.outcomes[0].key.clone();
    app.save(&task, &outcome, "kept").await.expect("saved");
    held_back(&bench, "update-waits-for-sending").await;
    bench.world.clock.advance(Duration::from_secs(61));
    bench.sent().await;
    until("nothing in the way", async || {
        app.status().await.update.can_install.then_some(())
    })
    .await;
    bench.world.releases.end_installer();
    run::update_install(&app.core, &main(), none())
        .await
        .expect("installed");
    assert_eq!(restarts(&bench), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_dialed_while_the_installer_runs_and_dialing_goes_on_when_it_fails() {
    let bench = with_an_update().await;
    let app = &bench.app;
    let queue = app.open_queue(QueueScope::AllCallTasks).await;
    let task = queue.selected.clone().expect("somebody").to_string();
    bench
        .world
        .releases
        .installer(Err(UpdateError::Refused("no space".to_owned())));
    let installing = begin_to_install(&bench).await;
    let refused = app.dial(&task).await.expect_err("not now");
    assert_eq!(refused.code, ProblemCode::DialRefused);
    assert!(format!("{refused:?}").contains("update-stops-dialing"));
    assert!(app.host.dialed().is_empty());
    bench.world.releases.end_installer();
    installing.await.expect("ends").expect_err("it failed");
    let update = app.status().await.update;
    assert_eq!(update.state, UpdateState::Failed);
    assert!(update.can_install, "it can be tried again");
    assert_eq!(restarts(&bench), 0);
    app.dial(&task).await.expect("dialing goes on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_saved_while_the_installer_runs_defers_the_restart() {
    let bench = with_an_update().await;
    let app = &bench.app;
    app.undo_within(60).await;
    let queue = app.open_queue(QueueScope::AllCallTasks).await;
    let task = queue.selected.clone().expect("somebody").to_string();
    let installing = begin_to_install(&bench).await;
    app.skip(&task, SkipReason::Other, "moved").await;
    bench.world.releases.end_installer();
    let status = installing.await.expect("ends").expect("installed");
    assert_eq!(status.update.state, UpdateState::Installed);
    assert!(status.update.is_ready && !status.update.can_install);
    assert_eq!(restarts(&bench), 0, "the skip can still be undone");
    bench.world.clock.advance(Duration::from_secs(61));
    bench.sent().await;
    until("nothing in the way", async || {
        app.status().await.update.can_install.then_some(())
    })
    .await;
    run::update_install(&app.core, &main(), none())
        .await
        .expect("restarts");
    assert_eq!((restarts(&bench), bench.world.releases.installed()), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_ready_follows_the_server_until_it_is_installed() {
    let bench = with_an_update().await;
    let releases = &bench.world.releases;
    releases.newest(Err(UpdateError::Unreachable("x".to_owned())));
    let update = check(&bench).await.update;
    assert!(update.can_install, "it is here: {update:?}");
    releases.newest(Ok(Some("9.1.0")));
    let update = check(&bench).await.update;
    assert_eq!(update.version.as_deref(), Some("9.1.0"));
    assert!(update.can_install);
    releases.newest(Ok(None));
    let update = check(&bench).await.update;
    assert_eq!(update.state, UpdateState::None, "it was withdrawn");
    run::update_install(&bench.app.core, &main(), none())
        .await
        .expect_err("there is nothing to install");
    assert_eq!(releases.installed(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_checked_or_downloaded_changes_nothing_and_is_tried_again() {
    let bench = Bench::ready(World::small().await).await;
    let releases = &bench.world.releases;
    for (newest, download, sentence) in [
        (
            Err(UpdateError::Unreachable("x".to_owned())),
            Ok(()),
            "update-unreachable",
        ),
        (
            Err(UpdateError::NotAList("x".to_owned())),
            Ok(()),
            "update-not-a-list",
        ),
        (
            Ok(Some("9.0.0")),
            Err(UpdateError::NotSigned("x".to_owned())),
            "update-not-signed",
        ),
        (
            Ok(Some("9.0.0")),
            Err(UpdateError::Interrupted("x".to_owned())),
            "update-interrupted",
        ),
        (
            Ok(Some("9.0.0")),
            Err(UpdateError::TooLarge),
            "update-too-large",
        ),
    ] {
        releases.newest(newest);
        releases.download(download);
        let update = check(&bench).await.update;
        assert_eq!(update.state, UpdateState::Failed);
        assert!(!update.is_ready && !update.can_install);
        assert!(
            format!("{:?}", update.sentence).contains(sentence),
            "{update:?}"
        );
        run::update_install(&bench.app.core, &main(), none())
            .await
            .expect_err("there is nothing to install");
    }
    assert_eq!(releases.installed(), 0);
    releases.newest(Ok(None));
    assert_eq!(check(&bench).await.update.state, UpdateState::None);
    releases.newest(Ok(Some("9.0.1")));
    releases.download(Ok(()));
    assert_eq!(check(&bench).await.update.state, UpdateState::Ready);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn updates_are_checked_for_without_being_asked_for_a_minute_after_the_start_and_each_quarter_of_a_day()
 {
    let bench = Bench::ready(World::small().await).await;
    let releases = &bench.world.releases;
    assert_eq!(releases.checks(), 0);
    for (pause, checks) in [(61, 1), (6 * 3600 - 120, 1), (240, 2)] {
        bench.world.clock.advance(Duration::from_secs(pause));
        until("the check", async || {
            (releases.checks() >= checks).then_some(())
        })
        .await;
        assert_eq!(releases.checks(), checks);
    }
}
