//! What windows are told: growing revisions, and the tags of what to read again.

use commands::{
    arguments::{NoticeArgs, PanesArgs},
    run,
};
use present::{Panes, ProblemCode, QueueScope, SkipReason, Stage, Tag};
use vault::MemoryVault;

use crate::support::{App, Bench, World, main, none, until, window};

/// The tags that windows were told since `since` changes.
fn tags_since(app: &App, since: usize) -> Vec<Tag> {
    let changes = app.host.changes();
    changes[since..]
        .iter()
        .flat_map(|changed| changed.tags.clone())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_action_tells_windows_what_to_read_again() {
    let bench = Bench::ready(World::small().await).await;
    let app = &bench.app;
    let queue = app.open_queue(QueueScope::AllCallTasks).await;
    let task = queue.selected.clone().expect("somebody").to_string();
    let outcome = app.dispositions().await.outcomes[0].key.clone();

    let tells = |since: usize, what: &str, tags: &[Tag]| {
        let told = tags_since(app, since);
        for tag in tags {
            assert!(told.contains(tag), "{what} did not tell {tag:?}: {told:?}");
        }
    };
    let since = app.host.changes().len();
    app.select(&task).await;
    tells(since, "selecting", &[Tag::Queue]);

    let since = app.host.changes().len();
    app.dial(&task).await.expect("permitted");
    tells(since, "dialing", &[Tag::Queue, Tag::Card]);

    let since = app.host.changes().len();
    app.draft(&task, &outcome, "a note").await;
    tells(since, "a draft", &[Tag::Queue]);

    let since = app.host.changes().len();
    app.save(&task, &outcome, "a note").await.expect("saved");
    tells(
        since,
        "saving",
        &[
            Tag::Queue,
            Tag::Card,
            Tag::Report,
            Tag::Receipts,
            Tag::Status,
        ],
    );
    let since = app.host.changes().len();
    bench.drain().await;
    until("word of what is left", async || {
        tags_since(app, since.saturating_sub(8))
            .contains(&Tag::Budget)
            .then_some(())
    })
    .await;

    let next = app
        .queue()
        .await
        .and_then(|queue| queue.selected.clone())
        .expect("somebody")
        .to_string();
    let since = app.host.changes().len();
    app.skip(&next, SkipReason::NotRelevant, "").await;
    tells(since, "skipping", &[Tag::Queue, Tag::Receipts, Tag::Status]);

    let since = app.host.changes().len();
    let args = PanesArgs {
        panes: Panes {
            list_px: 320,
            wrap_up_px: 320,
        },
    };
    run::panes_put(&app.core, &main(), args)
        .await
        .expect("saved");
    tells(since, "a pane", &[Tag::Settings]);

    let since = app.host.changes().len();
    run::queue_close(&app.core, &main(), none())
        .await
        .expect("closed");
    tells(since, "closing", &[Tag::Queue, Tag::Status]);

    let since = app.host.changes().len();
    run::key_forget(&app.core, &window("settings"), none())
        .await
        .expect("forgotten");
    tells(
        since,
        "forgetting the key",
        &[Tag::Status, Tag::Connect, Tag::Report, Tag::Receipts],
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn revisions_grow_by_one_so_that_a_gap_can_be_seen() {
    let bench = Bench::ready(World::small().await).await;
    bench.app.open_queue(QueueScope::AllCallTasks).await;
    bench.app.core.shut_down().await;
    let mut revisions: Vec<_> = bench
        .app
        .host
        .changes()
        .iter()
        .map(|changed| changed.revision)
        .collect();
    assert!(revisions.len() > 10);
    assert_eq!(
        bench.app.status().await.revision,
        revisions.iter().copied().max().expect("some")
    );
    // Two threads may hand theirs over in either order; none is missing and none comes twice.
    revisions.sort_unstable();
    let expected: Vec<_> = (1..=u32::try_from(revisions.len()).expect("small")).collect();
    assert_eq!(revisions, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clock_alone_makes_windows_read_again() {
    let bench = Bench::ready(World::small().await).await;
    let since = bench.app.host.changes().len();
    until("a tick", async || {
        bench
            .world
            .clock
            .advance(std::time::Duration::from_secs(61));
        let told = tags_since(&bench.app, since);
        [Tag::Report, Tag::Queue, Tag::Card]
            .iter()
            .all(|tag| told.contains(tag))
            .then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sample_data_comes_and_goes_without_touching_apollo_or_its_key() {
    let world = World::small().await;
    let folder = tempfile::tempdir().expect("a folder");
    let vault = std::sync::Arc::new(MemoryVault::new());
    let app = App::start(world.environment(folder.path(), vault)).await;
    let since = app.host.changes().len();
    let status = run::sandbox_start(&app.core, &main(), none())
        .await
        .expect("sample data");
    assert!(status.sandbox);
    assert_eq!(status.stage, Stage::Ready, "ready at once");
    let told = tags_since(&app, since);
    for tag in [Tag::Status, Tag::Report, Tag::Queue, Tag::Receipts] {
        assert!(told.contains(&tag), "{tag:?}");
    }
    let report = app.loaded().await;
    assert!(report.all.open >= 400);
    let problem = run::key_forget(&app.core, &window("settings"), none())
        .await
        .expect_err("there is no key");
    assert_eq!(problem.code, ProblemCode::Invalid);

    let status = run::sandbox_stop(&app.core, &main(), none())
        .await
        .expect("back");
    assert!(!status.sandbox);
    assert_eq!(status.stage, Stage::Welcome);
    assert_eq!(world.request_count(), 0, "Apollo was never asked");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notice_that_was_read_is_gone_and_the_window_is_named() {
    let bench = Bench::first_start(World::small().await).await;
    let app = &bench.app;
    let since = app.host.changes().len();
    run::notice_dismiss(&app.core, &main(), NoticeArgs { id: 1 })
        .await
        .expect("an answer");
    let changes = app.host.changes();
    let own = changes[since..]
        .iter()
        .find(|changed| changed.tags == [Tag::Status])
        .expect("told");
    assert_eq!(own.origin.as_deref(), Some("main"));
}
