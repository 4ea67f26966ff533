//! The whole job of a rep, and what it costs in requests.

use std::{collections::HashSet, time::Duration};

use clock::Clock;
use commands::{
    arguments::{CorrectArgs, LinkArgs},
    run,
};
use present::{
    Call, CardLink, ConnectState, KeyStorage, ReceiptKind, ReceiptState, RowState, SkipReason,
    Stage,
};

use crate::support::{Bench, World, main, until};

const CALLS: usize = 10;

/// What the rep did in one call, to be compared with what Apollo holds.
struct Done {
    task: String,
    wrap_up: String,
    uri: String,
    started_at: jiff::Timestamp,
    ended_at: jiff::Timestamp,
    outcome: String,
    note: String,
}

#[expect(clippy::print_stdout, reason = "figures that the docs quote")]
fn say(what: &str, figures: impl std::fmt::Debug) {
    println!("requests, {what}: {figures:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rep_connects_works_ten_calls_and_skips_one_for_two_requests_a_call() {
    let bench = Bench::first_start(World::team().await).await;
    let (app, world) = (&bench.app, &bench.world);
    let users = world.sandbox.users();
    let rep = &users[0];

    // ---- connect
    assert_eq!(app.status().await.stage, Stage::Welcome);
    let progress = app.connect(&world.sandbox.keys().master).await;
    assert_eq!(progress.state, ConnectState::Connected);
    assert_eq!(
        progress.sentence.english(),
        "The key is in this computer's keychain."
    );
    let status = app.status().await;
    assert_eq!(status.stage, Stage::ChooseRep);
    assert_eq!(status.key_storage, KeyStorage::Keychain);
    assert_ne!(
        status.acting_admin.as_ref(),
        Some(&rep.name),
        "the key is an admin's, not the rep's"
    );
    say("to connect", world.requests_since(0));

    // ---- who are you
    let before = world.request_count();
    app.undo_within(0).await;
    app.choose_rep(&rep.id).await;
    let report = app.loaded().await;
    assert_eq!(app.status().await.stage, Stage::Ready);

    // Handset reads this last, behind everything that the rep waits for.
    let options = "typed_custom_fields#index";
    until("the names of the custom fields", async || {
        world.requests_since(before).get(options).copied()
    })
    .await;

    // ---- what loading cost
    let loading = world.requests_since(before);
    say("to load the report", &loading);
    let rows = usize::try_from(report.loading.received).expect("small");
    assert!(report.all.open >= 600, "only {} tasks", report.all.open);
    assert!(
        report.sequences.len() >= 12,
        "only {} sequences",
        report.sequences.len()
    );
    assert!(
        loading["tasks#search"] <= rows.div_ceil(100),
        "{} requests for {rows} rows",
        loading["tasks#search"]
    );
    assert!(loading["emailer_campaigns#search"] <= 2);
    // The people are read for *Who are you*, before or after the work begins.
    let known = ["tasks#search", "emailer_campaigns#search", "users#search"];
    assert!(loading.get("users#search").copied().unwrap_or(0) <= 1);
    let rest: usize = loading
        .iter()
        .filter(|(name, _)| !known.contains(&name.as_str()))
        .map(|(_, count)| count)
        .sum();
    // Dispositions; custom fields, and the names of their options.
    assert_eq!(rest, 3, "{loading:?}");

    // ---- pick a sequence
    let before = world.request_count();
    let queue = app.open_queue(report.sequences[0].scope.clone()).await;
    assert_eq!(queue.rows.len(), report.sequences[0].open as usize);
    assert!(queue.rows.len() > CALLS);
    assert_eq!(
        world.request_count(),
        before,
        "picking a sequence costs no request"
    );

    // ---- ten calls
    let outcomes = app.dispositions().await.outcomes;
    assert!(outcomes.len() >= 5);
    let mut selected = queue
        .selected
        .clone()
        .expect("somebody can be called")
        .to_string();
    let mut calls: Vec<Done> = Vec::new();
    for number in 0..CALLS {
        let task = selected.clone();
        let outcome = outcomes[number % outcomes.len()].key.clone();
        let note = format!("Call {number}: spoke of the <b>offer</b> & \"terms\", naïvely ✓");
        app.draft(&task, &outcome, &note).await;
        app.dial(&task)
            .await
            .expect("the queue offers who can be dialed");
        world.clock.advance(Duration::from_secs(31 + number as u64));
        let mut card = app.end_call(&task).await;
        if number == 3 {
            // The phone rang for a while, so the rep corrects the times.
            let now = world.clock.now();
            let args = CorrectArgs {
                task_id: task.as_str().into(),
                started_at: now - jiff::SignedDuration::from_secs(20),
                ended_at: now - jiff::SignedDuration::from_secs(5),
            };
            card = run::call_correct(&app.core, &main(), args)
                .await
                .expect("it may be corrected");
        }
        let Call::Ended {
            started_at,
            ended_at,
            ..
        } = card.call
        else {
            panic!("the call has ended");
        };
        let saved = app.save(&task, &outcome, &note).await.expect("saved");
        calls.push(Done {
            task,
            wrap_up: saved.wrap_up_id.to_string(),
            uri: app.host.dialed().pop().expect("dialed"),
            started_at,
            ended_at,
            outcome,
            note,
        });
        selected = saved.next.expect("there are more").to_string();
        bench.sent().await;
    }
    // ---- and one is skipped
    let skipped = selected;
    app.skip(&skipped, SkipReason::WrongNumber, "a fax machine")
        .await;
    bench.sent().await;

    // ---- what the calls cost
    let mut working = world.requests_since(before);
    say("for ten calls and a skip", &working);
    // Some minutes have passed: what was sent first may have been read back, all of it at once.
    let read_back = working.remove("phone_calls#search").unwrap_or(0);
    assert!(
        read_back <= 2,
        "{read_back} searches to read back ten calls"
    );
    assert_eq!(
        working,
        [
            ("phone_calls#create".to_owned(), CALLS),
            ("tasks#complete".to_owned(), CALLS),
            ("tasks#skip".to_owned(), 1),
        ]
        .into(),
        "two requests a call, one a skip, and nothing else"
    );

    // ---- what Apollo holds
    let history = world.history();
    let view = world.sandbox.world();
    assert_eq!(history.calls().len(), CALLS);
    let mut people = 0;
    for done in &calls {
        let records: Vec<_> = history
            .calls()
            .into_iter()
            .filter(|record| record.call_identifier.as_deref() == Some(&done.wrap_up))
            .collect();
        assert_eq!(records.len(), 1);
        let record = records[0];
        let contact = view
            .task(&done.task)
            .and_then(|task| task.task.contact_id.clone());
        assert_eq!(record.user_id, rep.id);
        assert_eq!(record.contact_id, contact);
        match contact.and_then(|contact| view.contact(&contact)) {
            Some(contact) => {
                people += 1;
                assert_eq!(record.account_id, contact.account_id);
            }
            // A task can be about a company only.
            None => assert!(record.account_id.is_some()),
        }
        let number = done.uri.strip_prefix("tel:");
        assert_eq!(record.to_number.as_deref(), number);
        assert_eq!(record.start_time, done.started_at);
        assert_eq!(record.end_time, done.ended_at);
        assert_eq!(
            record.duration,
            Some(done.ended_at.duration_since(done.started_at).as_secs())
        );
        assert_eq!(record.phone_call_outcome_id.as_ref(), Some(&done.outcome));
        assert_eq!(record.note.as_ref(), Some(&done.note));
        assert!(record.logged && !record.inbound);
    }
    assert!(people > CALLS / 2, "only {people} calls to people");
    let completed: Vec<_> = history
        .completed()
        .iter()
        .map(|task| task.id.clone())
        .collect();
    assert_eq!(completed.len(), CALLS);
    assert_eq!(
        completed.into_iter().collect::<HashSet<_>>(),
        calls.iter().map(|done| done.task.clone()).collect()
    );
    let skips: Vec<_> = history.skipped().iter().map(|task| &task.id).collect();
    assert_eq!(skips, [&skipped]);

    // ---- what the rep sees
    let receipts = app.receipts().await;
    assert_eq!(
        (receipts.sent, receipts.unsent, receipts.blocked),
        (11, 0, 0)
    );
    for receipt in &receipts.rows {
        assert_eq!(receipt.state, ReceiptState::Sent);
        assert_eq!(receipt.logged_as.english(), rep.name);
        assert!(receipt.who.is_some() && receipt.result.is_some());
        assert!(receipt.steps.iter().all(|step| step.apollo_id.is_some()));
    }
    let skips = receipts
        .rows
        .iter()
        .filter(|receipt| receipt.kind == ReceiptKind::Skip);
    assert_eq!(skips.count(), 1);
    let queue = app.queue().await.expect("open");
    assert_eq!(queue.finished, 11);
    assert_eq!(app.card(&calls[0].task).await.state, RowState::Finished);
    assert_eq!(app.report().await.today.english(), "10 calls logged today");
    let copied: Vec<_> = app.host.copied();
    let dialed: Vec<_> = app.host.dialed();
    assert_eq!(
        copied
            .iter()
            .map(|number| format!("tel:{number}"))
            .collect::<Vec<_>>(),
        dialed,
        "the number is on the clipboard too"
    );
    assert_eq!(app.status().await.unsent, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_app_that_does_not_take_the_number_leaves_no_call_and_the_number_on_the_clipboard()
{
    let bench = Bench::ready(World::small().await).await;
    let app = &bench.app;
    let queue = app.open_queue(present::QueueScope::AllCallTasks).await;
    let task = queue
        .selected
        .clone()
        .expect("somebody can be called")
        .to_string();
    app.host.refuse_to_dial(true);
    let problem = app.dial(&task).await.expect_err("there is no phone app");
    assert_eq!(problem.code, present::ProblemCode::DialRefused);
    assert!(
        problem
            .hint
            .is_some_and(|hint| hint.english().contains("clipboard"))
    );
    assert_eq!(app.host.copied().len(), 1);
    let card = app.card(&task).await;
    assert!(card.call == Call::NotDialed);
    app.host.refuse_to_dial(false);
    app.dial(&task).await.expect("now there is one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_page_can_be_worked_while_the_rest_is_on_its_way() {
    let world = World::team().await;
    // Page 2 hangs.
    world.sandbox.faults().nth(
        sandbox::endpoints::TASKS_SEARCH,
        2,
        sandbox::FaultKind::Hang,
    );
    let bench = Bench::first_start(world).await;
    let app = &bench.app;
    app.connect(&bench.world.sandbox.keys().master).await;
    app.undo_within(0).await;
    app.choose_rep(&bench.world.sandbox.users()[0].id).await;
    let report = until("the first page", async || {
        let report = app.report().await;
        (report.loading.received > 0).then_some(report)
    })
    .await;
    assert_eq!(report.loading.state, present::LoadingState::More);
    assert_eq!(report.loading.received, 100);
    assert!(report.loading.total.is_some_and(|total| total >= 600));
    let queue = app.open_queue(present::QueueScope::AllCallTasks).await;
    assert!(queue.loading);
    let task = queue
        .selected
        .clone()
        .expect("somebody can be called")
        .to_string();
    app.dial(&task).await.expect("she can be called");
    let outcome = app.dispositions().await.outcomes[0].key.clone();
    app.save(&task, &outcome, "").await.expect("saved");
    until("the call in Apollo", async || {
        (bench.world.history().calls().len() == 1).then_some(())
    })
    .await;

    // The rep has had enough of waiting.
    run::report_cancel(&app.core, &main(), crate::support::none())
        .await
        .expect("cancelled");
    until("the end of the sweep", async || {
        let report = app.report().await;
        (report.loading.state == present::LoadingState::Cancelled).then_some(())
    })
    .await;
    assert_eq!(app.queue().await.expect("open").rows.len(), 100);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_https_pages_of_the_card_are_opened() {
    let bench = Bench::ready(World::small().await).await;
    let app = &bench.app;
    let queue = app.open_queue(present::QueueScope::AllCallTasks).await;
    for row in &queue.rows {
        let card = app.card(row.task_id.as_str()).await;
        let args = LinkArgs {
            task_id: row.task_id.clone(),
            link: CardLink::Linkedin,
        };
        let opened = run::link_open(&app.core, &main(), args).await;
        assert_eq!(opened.is_ok(), card.contact.has_linkedin);
    }
    let opened = app.host.opened();
    assert!(opened.len() > 10);
    assert!(opened.iter().all(|url| url.starts_with("https://")));
}
