//! Who the rep is: stored when it changes, asked again when it is not known, and never somebody who
//! has left.

use std::time::Duration;

use commands::{
    arguments::{RepChooseArgs, UsersArgs},
    run,
};
use present::{ProblemCode, QueueScope, Stage, UserRow};
use sandbox::{FaultKind, endpoints};
use vault::Secret;

use crate::support::{Bench, World, main, none, until, window};

/// The people of the workspace, once they are read.
async fn people(bench: &Bench) -> Vec<UserRow> {
    until("the people of the workspace", async || {
        let args = UsersArgs { email: None };
        let list = run::users_get(&bench.app.core, &main(), args)
            .await
            .expect("people");
        (!list.loading && !list.users.is_empty()).then_some(list.users)
    })
    .await
}

fn somebody_else(people: &[UserRow], than: &str) -> UserRow {
    let mut active = people.iter().filter(|user| !user.deactivated);
    let other = active.find(|user| user.user_id.as_str() != than);
    other.expect("a team has more than one").clone()
}

async fn change_rep(bench: &Bench) {
    let status = run::rep_change(&bench.app.core, &window("settings"), none()).await;
    let status = status.expect("asked anew");
    assert_eq!(status.stage, Stage::ChooseRep);
    assert!(status.rep.is_none());
}

fn rep_of(status: &present::Status) -> &str {
    status.rep.as_ref().expect("a rep").user_id.as_str()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_rep_is_the_rep_after_a_restart_and_gets_the_credit() {
    let bench = Bench::ready(World::small().await).await;
    let first = bench.world.sandbox.users()[0].id.clone();
    let second = somebody_else(&people(&bench).await, &first);
    change_rep(&bench).await;
    bench.app.choose_rep(second.user_id.as_str()).await;
    assert_eq!(rep_of(&bench.app.status().await), second.user_id.as_str());

    let bench = bench.restart().await;
    let app = &bench.app;
    let status = app.status().await;
    assert_eq!(status.stage, Stage::Ready, "nothing is asked again");
    assert_eq!(rep_of(&status), second.user_id.as_str());
    app.loaded().await;
    let queue = app.open_queue(QueueScope::AllCallTasks).await;
    let task = queue.selected.clone().expect("somebody").to_string();
    let outcome = app.dispositions().await.outcomes[0].key.clone();
    app.save(&task, &outcome, "kept").await.expect("saved");
    bench.drain().await;
    let history = bench.world.history();
    assert_eq!(history.calls().len(), 1);
    assert_eq!(history.calls()[0].user_id, second.user_id.as_str());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_place_in_a_queue_is_its_own_reps_and_nobody_elses() {
    let bench = Bench::ready(World::small().await).await;
    let first = bench.world.sandbox.users()[0].id.clone();
    let second = somebody_else(&people(&bench).await, &first);
    bench.app.loaded().await;
    bench.app.open_queue(QueueScope::AllCallTasks).await;
    let place = bench.app.status().await.open_queue;
    assert!(place.is_some());

    change_rep(&bench).await;
    bench.app.choose_rep(second.user_id.as_str()).await;
    assert_eq!(bench.app.status().await.open_queue, None);
    let bench = bench.restart().await;
    assert_eq!(bench.app.status().await.open_queue, None, "nor later");

    // Whoever comes back finds their own.
    people(&bench).await;
    change_rep(&bench).await;
    bench.app.choose_rep(&first).await;
    assert_eq!(bench.app.status().await.open_queue, place);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_not_answered_who_they_are_is_asked_again_after_a_restart() {
    let bench = Bench::ready(World::small().await).await;
    change_rep(&bench).await;
    let bench = bench.restart().await;
    let status = bench.app.status().await;
    assert_eq!(status.stage, Stage::ChooseRep, "not the one before");
    assert!(status.rep.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_who_is_deactivated_in_apollo_cannot_be_chosen() {
    let bench = Bench::first_start(World::small().await).await;
    let key = bench.world.sandbox.keys().master.clone();
    bench.app.connect(&key).await;
    let people = people(&bench).await;
    let mut left = people.iter().filter(|user| user.deactivated);
    let left = left.next().expect("somebody has left the team").clone();
    let args = RepChooseArgs {
        user_id: left.user_id.clone(),
    };
    let problem = run::rep_choose(&bench.app.core, &main(), args)
        .await
        .expect_err("no call can be logged as them");
    assert_eq!(problem.code, ProblemCode::Invalid);
    assert!(
        problem.message.english().contains("deactivated"),
        "{problem}"
    );
    assert_eq!(bench.app.status().await.stage, Stage::ChooseRep);

    let bench = bench.restart().await;
    let status = bench.app.status().await;
    assert_eq!(status.stage, Stage::ChooseRep, "nor is it on disk");
    assert!(status.rep.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_chosen_before_it_is_known_whose_the_key_is() {
    let bench = Bench::ready(World::small().await).await;
    let (url, keys) = {
        let sandbox = &bench.world.sandbox;
        (sandbox.url().to_owned(), sandbox.keys().clone())
    };
    let first = bench.world.sandbox.users()[0].id.clone();
    // The folder is from before another key was pasted, and Apollo does not say whose that one is.
    let other = Secret::new(&keys.scoped);
    bench.vault.put_api_key(&url, &other).await.expect("stored");
    let faults = bench.world.sandbox.faults();
    faults.always(endpoints::USERS_PROFILE, FaultKind::Status(503));
    let bench = bench.restart().await;
    let app = &bench.app;
    assert_eq!(app.status().await.stage, Stage::ChooseRep);
    people(&bench).await;
    let args = RepChooseArgs {
        user_id: first.as_str().into(),
    };
    let refused = run::rep_choose(&app.core, &main(), args).await;
    let problem = refused.expect_err("it is in doubt");
    assert_eq!(problem.code, ProblemCode::Unavailable);
    assert!(
        problem.message.english().contains("whose key this is"),
        "{problem}"
    );

    // It is the same team's: who was the rep is the rep again.
    bench.world.sandbox.faults().clear();
    until("the rep", async || {
        bench.world.clock.advance(Duration::from_secs(5));
        app.status().await.rep
    })
    .await;
    assert_eq!(rep_of(&app.status().await), first);
}
