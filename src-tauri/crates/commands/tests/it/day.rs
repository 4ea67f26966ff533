//! A full day's work, and what is on disk after it and in the middle of it.

use std::time::Duration;

use commands::run;
use present::{QueueScope, SkipReason};
use sandbox::{FaultKind, endpoints};
use text::Text;

use crate::support::{Bench, World, leaks, none, window};

/// Tasks that the rep works in the day; each tenth is skipped.
const TASKS: usize = 165;

/// What the rep wrote: nobody else writes like that.
fn note_of(number: usize) -> String {
    format!("Zinfandel-{number} asked for the periwinkle price list")
}

fn all_notes() -> Vec<String> {
    (0..TASKS + 20).map(note_of).collect()
}

/// Everything of the sandbox's that is personal or secret. Even who the rep is, which is stored, is
/// sealed.
fn forbidden(world: &World) -> Vec<String> {
    let mut forbidden = world.sandbox.personal_data();
    assert!(
        forbidden.len() > 1_000,
        "a search for nothing proves nothing"
    );
    forbidden.extend(all_notes());
    forbidden
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_full_day_nothing_of_apollos_can_be_read_on_disk_and_only_receipts_are_stored() {
    let bench = Bench::ready(World::team().await).await;
    let (app, world) = (&bench.app, &bench.world);
    let forbidden = forbidden(world);
    let outcomes = app.dispositions().await.outcomes;
    let queue = app.open_queue(QueueScope::AllCallTasks).await;
    let mut selected = queue.selected.clone().expect("somebody").to_string();
    let (mut calls, mut skips) = (0, 0);
    for number in 0..TASKS {
        let task = selected.clone();
        let outcome = &outcomes[number % outcomes.len()].key;
        let saved = if number % 10 == 9 {
            skips += 1;
            app.skip(&task, SkipReason::NotRelevant, &note_of(number))
                .await
        } else {
            calls += 1;
            app.draft(&task, outcome, &note_of(number)[..20]).await;
            app.dial(&task)
                .await
                .expect("the queue offers who can be dialed");
            world.clock.advance(Duration::from_secs(40));
            app.end_call(&task).await;
            app.draft(&task, outcome, &note_of(number)).await;
            app.save(&task, outcome, &note_of(number))
                .await
                .expect("saved")
        };
        selected = saved.next.expect("there are more").to_string();
        if number == TASKS / 2 {
            the_middle_of_the_day(&bench, &forbidden).await;
            selected = app
                .queue()
                .await
                .and_then(|queue| queue.selected.clone())
                .expect("somebody")
                .to_string();
            calls += WAITING;
        }
    }
    bench.drain().await;
    assert_eq!(world.history().calls().len(), calls);
    assert_eq!(world.history().completed().len(), calls);
    assert_eq!(world.history().skipped().len(), skips);
    assert!(calls >= 150);

    // What is sealed cannot be searched, so its records are counted.
    let settings = run::settings_get(&app.core, &window("settings"), none())
        .await
        .expect("settings");
    let on_disk: Vec<_> = settings.on_disk.iter().map(Text::english).collect();
    assert_eq!(
        on_disk[..4],
        [
            "0 calls not yet in Apollo, sealed.".to_owned(),
            "0 notes begun, sealed.".to_owned(),
            format!(
                "{} receipts of finished calls: ids, times and outcomes, no content.",
                calls + skips
            ),
            "1 person to log calls as: id, name and email.".to_owned(),
        ]
    );
    app.core.shut_down().await;
    let folder = bench.folder.path();
    assert_eq!(leaks(folder, &forbidden), [].into());
    // The search can find: the ids of finished tasks are promised to be there.
    let finished = world.history().completed()[0].id.clone();
    assert!(!leaks(folder, &[finished]).is_empty());
}

/// Calls that wait while Apollo is down.
const WAITING: usize = 5;

/// Apollo is down, calls wait, a note is begun: all that is on disk, sealed.
async fn the_middle_of_the_day(bench: &Bench, forbidden: &[String]) {
    let (app, world) = (&bench.app, &bench.world);
    bench.drain().await;
    let done = world.history().calls().len();
    let outcome = app.dispositions().await.outcomes[0].key.clone();
    world
        .sandbox
        .faults()
        .always(endpoints::CALLS_CREATE, FaultKind::Status(503));
    for number in 0..WAITING {
        let queue = app.queue().await.expect("open");
        let task = queue.selected.clone().expect("somebody").to_string();
        app.dial(&task).await.expect("Apollo is not needed for it");
        world.clock.advance(Duration::from_secs(35));
        app.save(&task, &outcome, &note_of(TASKS + number))
            .await
            .expect("saved");
    }
    let queue = app.queue().await.expect("open");
    let begun = queue.selected.clone().expect("somebody").to_string();
    app.draft(&begun, &outcome, &note_of(TASKS + WAITING)).await;
    app.dial(&begun).await.expect("Apollo is not needed for it");
    assert_eq!(app.receipts().await.unsent as usize, WAITING);
    assert_eq!(leaks(bench.folder.path(), forbidden), [].into());

    world.sandbox.faults().clear();
    app.end_call(&begun).await;
    bench.drain().await;
    assert_eq!(world.history().calls().len(), done + WAITING);
}
