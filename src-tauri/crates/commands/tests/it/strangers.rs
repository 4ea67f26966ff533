//! What something between this computer and Apollo answers, in the whole core: no task is finished by
//! it, no call given up, no key refused, and everything goes by itself once it is out of the way.

use std::time::Duration;

use clock::Clock;
use present::{
    CheckKind, CheckState, ConnectState, ConnectionState, QueueScope, Receipt, ReceiptState,
};
use sandbox::{Endpoint, FaultKind, TaskStatus, endpoints};

use crate::support::{Bench, World, until};

const HOUR: FaultKind = FaultKind::GatewayTooManyRequests {
    retry_after_s: Some(3_600),
};

async fn save(bench: &Bench, note: &str) -> String {
    let app = &bench.app;
    let queue = app.open_queue(QueueScope::AllCallTasks).await;
    let task = queue.selected.clone().expect("somebody").to_string();
    let outcome = app.dispositions().await.outcomes[0].key.clone();
    app.save(&task, &outcome, note).await.expect("saved");
    task
}

async fn receipt_in(bench: &Bench, task: &str, states: &[ReceiptState]) -> Receipt {
    until("a receipt in this state", async || {
        let receipts = bench.app.receipts().await;
        let mut rows = receipts.rows.into_iter();
        rows.find(|row| row.task_id.as_str() == task && states.contains(&row.state))
    })
    .await
}

/// Lets time pass until the endpoint was asked so often in all. It stands still while a step is on
/// its way.
async fn asked(bench: &Bench, endpoint: Endpoint, times: usize) {
    let (app, world) = (&bench.app, &bench.world);
    until("as many requests", async || {
        let receipts = app.receipts().await;
        let is_sending = |row: &Receipt| row.state == ReceiptState::Sending;
        if !receipts.rows.iter().any(is_sending) {
            world.clock.advance(Duration::from_secs(1));
        }
        (count_of(bench, endpoint) >= times).then_some(())
    })
    .await;
}

fn is_open(bench: &Bench, task: &str) -> bool {
    let world = bench.world.sandbox.world();
    let task = world.tasks.iter().find(|it| it.task.id.as_str() == task);
    task.expect("a task of the sandbox's").state == TaskStatus::Scheduled
}

fn count_of(bench: &Bench, endpoint: Endpoint) -> usize {
    bench.world.history().count(endpoint.name())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateways_404_completes_no_task_and_the_task_is_completed_once_it_is_gone() {
    for kind in [
        FaultKind::GatewayNotFound,
        FaultKind::GatewayEmptyObject,
        FaultKind::EdgeForbidden,
        FaultKind::EdgeProblem,
        HOUR,
    ] {
        let bench = Bench::ready(World::small().await).await;
        let faults = bench.world.sandbox.faults();
        faults.always(endpoints::TASKS_COMPLETE, kind);
        let task = save(&bench, "spoke").await;
        let waiting = receipt_in(&bench, &task, &[ReceiptState::Waiting]).await;
        let sentence = waiting.sentence.english();
        assert!(
            sentence.starts_with("The call is logged. Task completed: ")
                && sentence.contains("goes by itself"),
            "{kind:?}: {sentence}"
        );
        let begun = bench.world.clock.elapsed();
        asked(&bench, endpoints::TASKS_COMPLETE, 4).await;
        // 3, 6 and 12 s.
        let took = bench.world.clock.elapsed().saturating_sub(begun);
        assert!(took >= Duration::from_secs(20), "{kind:?}: {took:?}");
        let receipt = receipt_in(&bench, &task, &[ReceiptState::Waiting]).await;
        let sentence = receipt.sentence.english();
        assert!(sentence.contains("goes by itself"), "{kind:?}: {sentence}");
        assert!(is_open(&bench, &task), "{kind:?}");

        faults.clear();
        bench.drain().await;
        receipt_in(&bench, &task, &[ReceiptState::Sent]).await;
        assert!(!is_open(&bench, &task), "{kind:?}");
        assert_eq!(bench.world.history().calls().len(), 1, "{kind:?}");
        assert_eq!(bench.world.history().completed().len(), 1, "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edges_refusal_of_a_call_is_no_business_refusal_and_the_call_goes_by_itself() {
    for kind in FaultKind::OF_STRANGERS {
        let bench = Bench::ready(World::small().await).await;
        let faults = bench.world.sandbox.faults();
        faults.always(endpoints::CALLS_CREATE, kind);
        let task = save(&bench, "spoke").await;
        let undecided = [ReceiptState::Checking, ReceiptState::Waiting];
        receipt_in(&bench, &task, &undecided).await;
        let searches = count_of(&bench, endpoints::CALLS_SEARCH);
        asked(&bench, endpoints::CALLS_SEARCH, searches + 2).await;
        let sentence = receipt_in(&bench, &task, &undecided)
            .await
            .sentence
            .english();
        for untrue in [
            "gone from Apollo",
            "another user",
            "limit is reached",
            "key",
        ] {
            assert!(!sentence.contains(untrue), "{kind:?}: {sentence}");
        }
        assert_eq!(bench.app.receipts().await.unsent, 1, "{kind:?}");

        faults.clear();
        bench.drain().await;
        receipt_in(&bench, &task, &[ReceiptState::Sent]).await;
        assert_eq!(bench.world.history().calls().len(), 1, "{kind:?}");
        assert_eq!(bench.world.history().completed().len(), 1, "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_network_that_refuses_everything_is_named_in_the_banner_until_apollo_answers() {
    for kind in [FaultKind::EdgeForbidden, FaultKind::GatewayNotFound] {
        let bench = Bench::ready(World::small().await).await;
        let faults = bench.world.sandbox.faults();
        faults.always(sandbox::Target::Any, kind);
        save(&bench, "spoke").await;
        let connection = until("the banner", async || {
            let connection = bench.app.status().await.connection;
            (connection.state == ConnectionState::InBetween).then_some(connection)
        })
        .await;
        let says = connection.sentence.english();
        assert!(
            says.starts_with(
                "Something between this computer and Apollo, such as a firewall, refuses"
            ) && says.contains("1 call is kept here and goes by itself"),
            "{says}"
        );
        let searches = count_of(&bench, endpoints::CALLS_SEARCH);
        asked(&bench, endpoints::CALLS_SEARCH, searches + 2).await;
        let state = bench.app.status().await.connection.state;
        assert_eq!(
            state,
            ConnectionState::InBetween,
            "a stranger is not Apollo"
        );

        faults.clear();
        bench.drain().await;
        let state = bench.app.status().await.connection.state;
        assert_eq!(state, ConnectionState::Online);
        assert_eq!(bench.world.history().calls().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connect_names_a_networks_refusal_and_does_not_send_to_the_apollo_admin() {
    let bench = Bench::first_start(World::small().await).await;
    let (app, world) = (&bench.app, &bench.world);
    for kind in FaultKind::OF_STRANGERS {
        for endpoint in [
            endpoints::AUTH_HEALTH,
            endpoints::USERS_PROFILE,
            endpoints::CALLS_SEARCH,
        ] {
            world.sandbox.faults().always(endpoint, kind);
            let progress = app.connect(&world.sandbox.keys().master).await;
            world.sandbox.faults().clear();
            assert_eq!(progress.state, ConnectState::Failed, "{kind:?}");
            let is_failed = |check: &&present::Check| check.state == CheckState::Failed;
            let check = progress
                .checks
                .iter()
                .find(is_failed)
                .expect("a failed one");
            let expected = match endpoint.name() {
                "auth#health" => CheckKind::IsKey,
                "users#api_profile" => CheckKind::Workspace,
                _ => CheckKind::Master,
            };
            assert_eq!(check.kind, expected, "{kind:?} {}", endpoint.name());
            let shown = format!(
                "{} {}",
                check.answer.clone().unwrap_or_default().english(),
                check.next_step.clone().unwrap_or_default().english()
            );
            let is_named = match kind {
                FaultKind::GatewayEmptyObject => shown.contains("not as Apollo does"),
                _ => shown.contains("Something between this computer and Apollo"),
            };
            assert!(is_named, "{kind:?}: {shown}");
            assert!(!shown.contains("admin"), "{kind:?}: {shown}");
            assert!(!shown.contains("mistyped"), "{kind:?}: {shown}");
        }
    }
    let progress = app.connect(&world.sandbox.keys().master).await;
    assert_eq!(progress.state, ConnectState::Connected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_apollo_stumbled_over_after_the_commit_is_found_and_not_sent_again() {
    let bench = Bench::ready(World::small().await).await;
    let faults = bench.world.sandbox.faults();
    faults.next(endpoints::CALLS_CREATE, 1, FaultKind::StumbledAfterCommit);
    let task = save(&bench, "spoke").await;
    receipt_in(&bench, &task, &[ReceiptState::Checking]).await;
    bench.drain().await;
    assert_eq!(bench.world.history().calls().len(), 1);
    assert_eq!(
        count_of(&bench, endpoints::CALLS_CREATE),
        1,
        "found, not sent again"
    );
}
