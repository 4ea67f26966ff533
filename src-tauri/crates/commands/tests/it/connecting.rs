//! Every way a key or a network can be wrong has an answer of its own, and leaves no key behind.

use std::{collections::HashMap, sync::Arc, time::Duration};

use async_trait::async_trait;
use commands::{
    arguments::{ConnectArgs, PastedKey, SettingsPutArgs},
    run,
};
use present::{
    Check, CheckKind, CheckState, ConnectProgress, ConnectState, KeyStorage, ProblemCode, Stage,
};
use sandbox::{FaultKind, KeyKind, Target, endpoints};
use text::Text;
use vault::{MemoryVault, SealingKey, Secret, Vault, VaultError, VaultReason};

use crate::support::{App, Bench, World, leaks, main, none, until, window};

fn failed(progress: &ConnectProgress) -> &Check {
    assert_eq!(progress.state, ConnectState::Failed, "{progress:?}");
    assert_eq!(progress.sentence.english(), "The key was not kept.");
    let failed: Vec<_> = progress
        .checks
        .iter()
        .filter(|check| check.state == CheckState::Failed)
        .collect();
    assert_eq!(failed.len(), 1);
    let place = progress
        .checks
        .iter()
        .position(|check| check.state == CheckState::Failed)
        .expect("one failed");
    for (index, check) in progress.checks.iter().enumerate() {
        let expected = match index.cmp(&place) {
            std::cmp::Ordering::Less => CheckState::Passed,
            std::cmp::Ordering::Equal => CheckState::Failed,
            std::cmp::Ordering::Greater => CheckState::Skipped,
        };
        assert_eq!(check.state, expected);
    }
    assert!(
        failed[0]
            .next_step
            .as_ref()
            .is_some_and(|step| !step.is_empty())
    );
    failed[0]
}

async fn stored_key(bench: &Bench) -> Option<Secret> {
    bench
        .vault
        .api_key(bench.world.sandbox.url())
        .await
        .expect("a vault that can be read")
}

/// One way to be wrong.
struct Wrong {
    name: &'static str,
    key: String,
    fault: Option<(Target, FaultKind)>,
    check: CheckKind,
    /// What the answer must speak of.
    says: &'static str,
    /// Whether any request may leave.
    sends: bool,
}

fn wrongs(world: &World) -> Vec<Wrong> {
    let keys = world.sandbox.keys();
    let pasted = |name, key: &str, says| Wrong {
        name,
        key: key.to_owned(),
        fault: None,
        check: CheckKind::IsKey,
        says,
        sends: false,
    };
    let key = |name, key: &str, check, says| Wrong {
        check,
        sends: true,
        ..pasted(name, key, says)
    };
    let network = |name, kind, says| Wrong {
        fault: Some((Target::Any, kind)),
        sends: true,
        ..pasted(name, &keys.master, says)
    };
    vec![
        pasted("empty", "  ", "There is no key in the field"),
        pasted("two words", "abcd efgh ijkl", "no spaces or line breaks"),
        pasted("a scrap", "abc", "too short"),
        pasted("a page", &"x".repeat(300), "too long"),
        key(
            "wrong",
            "0123456789abcdefghijkl",
            CheckKind::IsKey,
            "does not know this key",
        ),
        key(
            "scoped",
            &keys.scoped,
            CheckKind::Master,
            "not a master key. Apollo refused api/v1/phone_calls#search.",
        ),
        key(
            "free plan",
            &keys.free,
            CheckKind::Master,
            "plan does not include",
        ),
        network(
            "down",
            FaultKind::Status(503),
            "Apollo is not answering properly",
        ),
        network(
            "error page",
            FaultKind::Html502,
            "an error page instead of data",
        ),
        network(
            "captive portal",
            FaultKind::Html200,
            "This network answered with a web page",
        ),
        network(
            "edge",
            FaultKind::EdgeForbidden,
            "Something between this computer and Apollo, such as a firewall, answered in its place",
        ),
        network(
            "a gateway that answers by itself",
            FaultKind::GatewayEmptyObject,
            "Something answered, but not as Apollo does",
        ),
        network(
            "route gone",
            FaultKind::Status(404),
            "for a reason that Handset does not know",
        ),
        network(
            "stumbled",
            FaultKind::StumbledAfterCommit,
            "Apollo failed to answer the request",
        ),
        network(
            "broken line",
            FaultKind::ResetBefore,
            "The connection to Apollo broke",
        ),
        network("cut off", FaultKind::TruncatedBody, "broke"),
        network(
            "limit",
            FaultKind::TooManyRequests {
                retry_after_s: Some(1_800),
            },
            "limit is reached. It is free again from",
        ),
        network(
            "slow clock",
            FaultKind::ClockSkew { skew_s: 3_630 },
            "clock is 60 minutes behind",
        ),
        network(
            "fast clock",
            FaultKind::ClockSkew { skew_s: -3_630 },
            "clock is 60 minutes ahead",
        ),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_wrong_key_and_network_has_its_own_answer_and_nothing_is_stored() {
    let bench = Bench::first_start(World::small().await).await;
    let (app, world) = (&bench.app, &bench.world);
    let mut answers: HashMap<String, &str> = HashMap::new();
    for wrong in wrongs(world) {
        let before = world.request_count();
        if let Some((target, kind)) = wrong.fault {
            world.sandbox.faults().always(target, kind);
        }
        let progress = app.connect(&wrong.key).await;
        world.sandbox.faults().clear();
        let check = failed(&progress);
        let answer = check.answer.as_ref().expect("an answer").english();
        assert_eq!(check.kind, wrong.check, "{}: {answer}", wrong.name);
        assert!(answer.contains(wrong.says), "{}: {answer}", wrong.name);
        assert_eq!(
            world.request_count() > before,
            wrong.sends,
            "{}",
            wrong.name
        );
        let twin = answers.insert(answer.clone(), wrong.name);
        let is_alike = matches!((twin, wrong.name), (Some("broken line"), "cut off"));
        assert!(
            twin.is_none() || is_alike,
            "{} = {twin:?}: {answer}",
            wrong.name
        );

        assert!(stored_key(&bench).await.is_none(), "{}", wrong.name);
        assert_eq!(app.status().await.stage, Stage::Welcome, "{}", wrong.name);
        run::connect_reset(&app.core, &main(), none())
            .await
            .expect("an empty field");
        // A limit that was hit holds for a while.
        world.clock.advance(Duration::from_hours(2));
    }
    // And after all that, the right one.
    let progress = app.connect(&world.sandbox.keys().master).await;
    assert_eq!(progress.state, ConnectState::Connected);
    assert!(stored_key(&bench).await.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_apollo_that_never_answers_is_given_up_on() {
    let bench = Bench::first_start(World::small().await).await;
    let (app, world) = (&bench.app, &bench.world);
    world.sandbox.faults().always(Target::Any, FaultKind::Hang);
    let args = ConnectArgs {
        key: PastedKey::new(world.sandbox.keys().master.clone()),
    };
    run::connect_start(&app.core, &main(), args)
        .await
        .expect("checks begin");
    let mut passed = 0;
    until("the end of the checks", async || {
        let progress = run::connect_get(&app.core, &main(), none())
            .await
            .expect("progress");
        // Each attempt is let wait its full time once it has arrived.
        if world.request_count() > passed {
            passed = world.request_count();
            world.clock.advance(Duration::from_secs(31));
        }
        (progress.state != ConnectState::Running).then_some(())
    })
    .await;
    let progress = app.checked().await;
    assert_eq!(
        failed(&progress)
            .answer
            .as_ref()
            .map(Text::english)
            .as_deref(),
        Some("Apollo did not answer in time.")
    );
    assert!(stored_key(&bench).await.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_network_nothing_answers_and_what_speaks_no_tls_is_told_apart() {
    let world = World::small().await;
    let key = world.sandbox.keys().master.clone();
    let url = world.sandbox.url().to_owned();
    let tls = url.replace("http://", "https://");
    let answer = async |address: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let mut environment = world.environment(folder.path(), Arc::new(MemoryVault::new()));
        environment.apollo_url = Some(url::Url::parse(address).expect("an address"));
        let app = App::start(environment).await;
        let progress = app.connect(&key).await;
        let answer = failed(&progress)
            .answer
            .as_ref()
            .expect("an answer")
            .english();
        app.core.shut_down().await;
        answer
    };
    assert_eq!(
        answer(&tls).await,
        "No secure connection to Apollo could be made."
    );
    // A port that was free a moment ago, and that nothing listens on.
    let closed = {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        listener.local_addr().expect("an address")
    };
    assert_eq!(
        answer(&format!("http://{closed}")).await,
        "Nothing answered at Apollo's address."
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_worked_before_and_does_no_more_is_called_revoked() {
    let bench = Bench::ready(World::small().await).await;
    let (app, world) = (&bench.app, &bench.world);
    world
        .sandbox
        .faults()
        .always(Target::Any, FaultKind::KeyRefused);
    let progress = app.connect(&world.sandbox.keys().master).await;
    let answer = failed(&progress).answer.as_ref().expect("an answer");
    assert_eq!(
        answer.english(),
        "Apollo does not know this key any more. It worked before, so it was revoked."
    );
    // A key that never worked here is not known to be revoked: Apollo answers both alike.
    let progress = app.connect(&world.sandbox.keys().revoked).await;
    assert!(
        failed(&progress)
            .answer
            .as_ref()
            .is_some_and(|answer| answer.english().contains("mistyped, or it was revoked"))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_key_does_not_push_out_the_good_one() {
    let bench = Bench::ready(World::small().await).await;
    let (app, world) = (&bench.app, &bench.world);
    let progress = app.connect(&world.sandbox.keys().scoped).await;
    failed(&progress);
    let stored = stored_key(&bench).await.expect("the good one");
    assert_eq!(stored.expose(), world.sandbox.keys().master);
    assert_eq!(app.status().await.stage, Stage::Ready);
    // And it is the good one that goes on working.
    let before = world.request_count();
    run::report_load(&app.core, &main(), none())
        .await
        .expect("a refresh");
    app.loaded().await;
    let requests = world.history().requests;
    assert!(
        requests[before..]
            .iter()
            .all(|request| request.key == KeyKind::Master)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revoked_key_holds_calls_here_and_a_new_one_lets_them_go() {
    let bench = Bench::ready(World::small().await).await;
    let (app, world) = (&bench.app, &bench.world);
    let queue = app.open_queue(present::QueueScope::AllCallTasks).await;
    let task = queue.selected.clone().expect("somebody").to_string();
    let outcome = app.dispositions().await.outcomes[0].key.clone();
    world
        .sandbox
        .faults()
        .always(Target::Any, FaultKind::KeyRefused);
    app.dial(&task).await.expect("dialing needs no Apollo");
    app.save(&task, &outcome, "kept").await.expect("saved");
    let receipts = until("a call that waits", async || {
        let receipts = app.receipts().await;
        (receipts.rows[0].state == present::ReceiptState::Waiting).then_some(receipts)
    })
    .await;
    assert_eq!(
        app.status().await.connection.state,
        present::ConnectionState::KeyRefused
    );
    assert_eq!((receipts.unsent, receipts.blocked), (1, 0));
    assert!(
        receipts.rows[0]
            .sentence
            .english()
            .starts_with("Apollo no longer accepts the key. It is saved here")
    );
    world.sandbox.faults().clear();
    let progress = app.connect(&world.sandbox.keys().master).await;
    assert_eq!(progress.state, ConnectState::Connected);
    // No time passes: the new key is what lets it go.
    until("the call in Apollo", async || {
        (app.receipts().await.unsent == 0).then_some(())
    })
    .await;
    assert_eq!(world.history().calls().len(), 1);
}

/// A computer without a keychain.
struct NoKeychain;

fn no_keychain<T>() -> Result<T, VaultError> {
    Err(VaultError::NoKeychain {
        reason: VaultReason::NoProvider,
    })
}

#[async_trait]
impl Vault for NoKeychain {
    async fn api_key(&self, _: &str) -> Result<Option<Secret>, VaultError> {
        no_keychain()
    }

    async fn put_api_key(&self, _: &str, _: &Secret) -> Result<(), VaultError> {
        no_keychain()
    }

    async fn forget_api_key(&self, _: &str) -> Result<(), VaultError> {
        no_keychain()
    }

    async fn sealing_key(&self) -> Result<SealingKey, VaultError> {
        no_keychain()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_keychain_the_key_is_used_for_this_run_only_and_only_when_told_so() {
    let bench = Bench::with_vault(World::small().await, Arc::new(NoKeychain)).await;
    let key = bench.world.sandbox.keys().master.clone();
    let notices = bench.app.status().await.notices;
    assert_eq!(notices.len(), 1, "the person is told how calls are sealed");

    let progress = bench.app.connect(&key).await;
    assert_eq!(progress.state, ConnectState::AskThisRun);
    assert!(progress.sentence.english().contains("no keychain"));
    assert_eq!(
        bench.app.status().await.stage,
        Stage::Welcome,
        "not in use before the word is given"
    );
    let progress = run::connect_keep_for_this_run(&bench.app.core, &main(), none())
        .await
        .expect("saved");
    assert_eq!(progress.state, ConnectState::Connected);
    let status = bench.app.status().await;
    assert_eq!(status.stage, Stage::ChooseRep);
    assert_eq!(status.key_storage, KeyStorage::ThisRun);
    bench
        .app
        .choose_rep(&bench.world.sandbox.users()[0].id)
        .await;
    bench.app.loaded().await;

    let bench = bench.restart().await;
    assert_eq!(bench.app.status().await.stage, Stage::Welcome);
    bench.app.core.shut_down().await;
    assert!(leaks(bench.folder.path(), &[key]).is_empty());
}

/// A keychain that does not let go.
struct Stubborn(MemoryVault);

#[async_trait]
impl Vault for Stubborn {
    async fn api_key(&self, origin: &str) -> Result<Option<Secret>, VaultError> {
        self.0.api_key(origin).await
    }

    async fn put_api_key(&self, origin: &str, key: &Secret) -> Result<(), VaultError> {
        self.0.put_api_key(origin, key).await
    }

    async fn forget_api_key(&self, _: &str) -> Result<(), VaultError> {
        Err(VaultError::NotProven)
    }

    async fn sealing_key(&self) -> Result<SealingKey, VaultError> {
        self.0.sealing_key().await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forgetting_the_key_is_called_proven_only_when_it_is() {
    let bench = Bench::ready(World::small().await).await;
    let app = &bench.app;
    let report = run::key_forget(&app.core, &window("settings"), none())
        .await
        .expect("forgotten");
    assert!(report.proven_gone);
    assert!(stored_key(&bench).await.is_none());
    let status = app.status().await;
    assert_eq!(status.stage, Stage::Welcome);
    assert_eq!(status.key_storage, KeyStorage::None);
    let problem = run::report_get(&app.core, &main(), none())
        .await
        .expect_err("no desk without a key");
    assert_eq!(problem.code, ProblemCode::NotConnected);

    let stubborn = Arc::new(Stubborn(MemoryVault::new()));
    let bench = Bench::with_vault(World::small().await, stubborn).await;
    bench.app.become_ready(&bench.world).await;
    let problem = run::key_forget(&bench.app.core, &window("settings"), none())
        .await
        .expect_err("it could not be proven");
    assert_eq!(problem.code, ProblemCode::NoKeychain);
    assert!(problem.hint.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_that_wait_outlive_forgetting_the_key() {
    let bench = Bench::ready(World::small().await).await;
    let (app, world) = (&bench.app, &bench.world);
    world
        .sandbox
        .faults()
        .always(endpoints::CALLS_CREATE, FaultKind::KeyRefused);
    let queue = app.open_queue(present::QueueScope::AllCallTasks).await;
    let task = queue.selected.clone().expect("somebody").to_string();
    let outcome = app.dispositions().await.outcomes[0].key.clone();
    app.save(&task, &outcome, "kept").await.expect("saved");
    until("a waiting call", async || {
        let receipts = app.receipts().await;
        (receipts.rows[0].state == present::ReceiptState::Waiting).then_some(())
    })
    .await;
    let report = run::key_forget(&app.core, &window("settings"), none())
        .await
        .expect("forgotten");
    let sentence = report.sentence.english();
    assert!(sentence.contains("1 unsent call"), "{sentence}");
    world.sandbox.faults().clear();
    let progress = app.connect(&world.sandbox.keys().master).await;
    assert_eq!(progress.state, ConnectState::Connected);
    until("the call in Apollo", async || {
        world.clock.advance(Duration::from_secs(10));
        (world.history().calls().len() == 1).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_origin_has_its_own_key_and_never_sees_this_ones() {
    let first = World::small().await;
    let second = World::with(|options| {
        options.seed = 2;
        options.scenario.size = sandbox::Size::Custom {
            main_rep_tasks: 20,
            other_rep_tasks: 20,
        };
    })
    .await;
    let folder = tempfile::tempdir().expect("a folder");
    let vault: Arc<dyn Vault> = Arc::new(MemoryVault::new());
    let mut environment = first.environment(folder.path(), Arc::clone(&vault));
    environment.apollo_url = None;
    let app = App::start(environment).await;
    let go_to = async |origin: &str| {
        let view = run::settings_get(&app.core, &window("settings"), none())
            .await
            .expect("settings");
        let mut settings = view.settings;
        origin.clone_into(&mut settings.apollo_origin);
        run::settings_put(&app.core, &window("settings"), SettingsPutArgs { settings })
            .await
            .expect("another origin");
    };
    go_to(first.sandbox.url()).await;
    app.become_ready(&first).await;
    assert_eq!(app.status().await.origin, first.sandbox.url());

    go_to(second.sandbox.url()).await;
    let status = app.status().await;
    assert_eq!(status.stage, Stage::Welcome, "no key was pasted for it");
    assert!(status.rep.is_none());
    app.become_ready(&second).await;
    let strange = second
        .history()
        .requests
        .iter()
        .filter(|request| request.key != KeyKind::Master)
        .count();
    assert_eq!(strange, 0, "the first one's key never came here");

    go_to(first.sandbox.url()).await;
    app.loaded().await;
    let status = app.status().await;
    assert_eq!(
        status.stage,
        Stage::Ready,
        "its key and rep are still there"
    );
    for world in [&first, &second] {
        let stored = vault.api_key(world.sandbox.url()).await.expect("readable");
        let stored = stored.expect("its own");
        assert_eq!(stored.expose(), world.sandbox.keys().master);
    }
    assert!(
        first
            .history()
            .requests
            .iter()
            .all(|request| request.key == KeyKind::Master)
    );
}
