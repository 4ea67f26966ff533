//! A data folder that was put back or copied, and a keychain that is locked or gone at one start: each
//! call is in Apollo once, and nobody is told otherwise.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use commands::{Core, Start, StartError, arguments::WrapUpIdArgs, run};
use present::{Receipt, ReceiptState, RowState, Stage};
use sandbox::{FaultKind, endpoints};
use vault::{MemoryVault, SealingKey, Secret, Vault, VaultError, VaultReason};

use crate::support::{App, Bench, Recorder, World, main, until};

/// A keychain with a lock, and with a memory of what it was asked to count.
#[derive(Default)]
struct Lockable {
    inner: MemoryVault,
    /// What it answers instead of secrets.
    refusal: Mutex<Option<VaultError>>,
    /// What it answers instead of the key for Apollo.
    key_refusal: Mutex<Option<VaultError>>,
    counts: Mutex<BTreeMap<String, Vec<u64>>>,
    refuses_counts: bool,
}

impl Lockable {
    fn refuse(&self, refusal: Option<VaultError>) {
        *self.refusal.lock().expect("sound") = refusal;
    }

    fn refuse_key(&self, refusal: Option<VaultError>) {
        *self.key_refusal.lock().expect("sound") = refusal;
    }

    fn ask(&self) -> Result<(), VaultError> {
        self.refusal
            .lock()
            .expect("sound")
            .clone()
            .map_or(Ok(()), Err)
    }

    /// How often it was asked to count, and the last count, of the only folder.
    fn counted(&self) -> Option<(usize, u64)> {
        let counts = self.counts.lock().expect("sound");
        assert!(counts.len() <= 1, "{counts:?}");
        let of_folder = counts.values().next()?;
        Some((of_folder.len(), *of_folder.last()?))
    }
}

#[async_trait]
impl Vault for Lockable {
    async fn api_key(&self, origin: &str) -> Result<Option<Secret>, VaultError> {
        self.ask()?;
        if let Some(refusal) = self.key_refusal.lock().expect("sound").clone() {
            return Err(refusal);
        }
        self.inner.api_key(origin).await
    }

    async fn put_api_key(&self, origin: &str, key: &Secret) -> Result<(), VaultError> {
        self.ask()?;
        self.inner.put_api_key(origin, key).await
    }

    async fn forget_api_key(&self, origin: &str) -> Result<(), VaultError> {
        self.ask()?;
        self.inner.forget_api_key(origin).await
    }

    async fn sealing_key(&self) -> Result<SealingKey, VaultError> {
        self.ask()?;
        self.inner.sealing_key().await
    }

    async fn sent_count(&self, folder_id: &str) -> Result<Option<u64>, VaultError> {
        self.ask()?;
        self.inner.sent_count(folder_id).await
    }

    async fn put_sent_count(&self, folder_id: &str, count: u64) -> Result<(), VaultError> {
        self.counts
            .lock()
            .expect("sound")
            .entry(folder_id.to_owned())
            .or_default()
            .push(count);
        if self.refuses_counts {
            return Err(VaultError::Locked);
        }
        self.inner.put_sent_count(folder_id, count).await
    }

    async fn is_unlocked(&self) -> bool {
        self.ask().is_ok()
    }
}

fn no_keychain() -> VaultError {
    VaultError::NoKeychain {
        reason: VaultReason::NoProvider,
    }
}

/// A rep who has saved one call that Apollo does not have yet, and quit.
struct Quit {
    world: World,
    folder: tempfile::TempDir,
    vault: Arc<Lockable>,
    task: String,
}

impl Quit {
    async fn with_an_unsent_call() -> Self {
        let vault = Arc::new(Lockable::default());
        let bench = Bench::with_vault(World::small().await, Arc::clone(&vault) as _).await;
        let (app, world) = (&bench.app, &bench.world);
        app.become_ready(world).await;
        world.sandbox.faults().always(
            endpoints::CALLS_CREATE,
            // Apollo certainly did not process it, so Handset would send it again.
            FaultKind::TooManyRequests {
                retry_after_s: Some(30),
            },
        );
        let queue = app.open_queue(present::QueueScope::AllCallTasks).await;
        let task = queue.selected.clone().expect("somebody").to_string();
        app.dial(&task).await.expect("permitted");
        let outcome = app.dispositions().await.outcomes[0].key.clone();
        app.save(&task, &outcome, "the only words")
            .await
            .expect("saved");
        app.core.shut_down().await;
        assert_eq!(world.history().calls().len(), 0);
        world.sandbox.faults().clear();
        let Bench { world, folder, .. } = bench;
        Self {
            world,
            folder,
            vault,
            task,
        }
    }

    fn start_in(&self, folder: &Path) -> Start {
        let mut environment = self
            .world
            .environment(self.folder.path(), Arc::clone(&self.vault) as _);
        folder.clone_into(&mut environment.data_dir);
        Start::new(environment)
    }

    fn start(&self) -> Start {
        self.start_in(&self.path("data"))
    }

    async fn app(&self) -> App {
        let mut start = self.start();
        let (core, host) = attempt(&mut start).await;
        App {
            core: core.expect("it starts"),
            host,
        }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn files(&self) -> Vec<String> {
        let mut files: Vec<_> = fs::read_dir(self.path("data"))
            .expect("sound")
            .map(|entry| {
                entry
                    .expect("sound")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        files.sort();
        files
    }
}

async fn attempt(start: &mut Start) -> (Result<Arc<Core>, StartError>, Arc<Recorder>) {
    let host = Arc::new(Recorder::default());
    (start.attempt(Arc::clone(&host) as _).await, host)
}

/// Makes `to` a copy of `from`.
fn replace(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to).expect("sound");
    for entry in fs::read_dir(from).expect("sound") {
        let entry = entry.expect("sound");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            replace(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("sound");
        }
    }
}

async fn retry(app: &App, receipt: &Receipt) {
    let args = WrapUpIdArgs {
        wrap_up_id: receipt.wrap_up_id,
    };
    run::receipt_retry(&app.core, &main(), args)
        .await
        .expect("tried");
}

async fn only_receipt(app: &App) -> Receipt {
    let receipts = app.receipts().await.rows;
    assert_eq!(receipts.len(), 1);
    receipts.into_iter().next().expect("one")
}

// ---- a locked keychain

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_keychain_that_is_locked_at_one_start_is_waited_for_and_the_call_goes_once() {
    let quit = Quit::with_an_unsent_call().await;
    let before = quit.files();
    let mut start = quit.start();
    for refusal in [
        VaultError::Locked,
        VaultError::NotProven,
        VaultError::Other {
            reason: VaultReason::BrokeOff,
        },
    ] {
        quit.vault.refuse(Some(refusal));
        let (refused, _) = attempt(&mut start).await;
        let error = refused.err().expect("it waits");
        assert!(error.waits_for_keychain(), "{error}");
        assert!(!error.may_go_without_keychain(), "it is there");
        // Not even a person's choice makes it absent.
        start.go_without_keychain();
        let message = error.message().english();
        assert!(message.contains("nothing was changed"), "{message}");
        assert_eq!(quit.files(), before, "no key file, nothing set aside");
    }

    quit.vault.refuse(None);
    let (core, host) = attempt(&mut start).await;
    let app = App {
        core: core.expect("it goes on"),
        host,
    };
    let status = app.status().await;
    assert_eq!(status.stage, Stage::Ready);
    assert_eq!(status.notices, []);
    assert_eq!(status.unsent, 1);
    app.loaded().await;
    assert_eq!(app.card(&quit.task).await.state, RowState::Finished);
    app.drain(&quit.world).await;
    assert_eq!(quit.world.history().calls().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_start_goes_on_by_itself_once_the_keychain_is_unlocked() {
    let quit = Quit::with_an_unsent_call().await;
    let mut environment = quit
        .world
        .environment(quit.folder.path(), Arc::clone(&quit.vault) as _);
    environment.clock = Arc::clone(&quit.world.clock) as _;
    let mut start = Start::new(environment);
    quit.vault.refuse(Some(VaultError::Locked));
    assert!(attempt(&mut start).await.0.is_err());
    let waiting = tokio::spawn(async move { start.keychain_unlocked().await });
    let pass = async || {
        quit.world.clock.advance(std::time::Duration::from_secs(2));
        tokio::task::yield_now().await;
    };
    for _ in 0..50 {
        pass().await;
    }
    assert!(!waiting.is_finished(), "it is still locked");
    quit.vault.refuse(None);
    until("the end of the wait", async || {
        pass().await;
        waiting.is_finished().then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_for_apollo_that_is_locked_is_not_taken_for_none() {
    let quit = Quit::with_an_unsent_call().await;
    replace(&quit.path("data"), &quit.path("backup"));
    let app = quit.app().await;
    app.drain(&quit.world).await;
    app.core.shut_down().await;
    drop(app);
    replace(&quit.path("backup"), &quit.path("data"));

    quit.vault.refuse_key(Some(VaultError::Locked));
    let mut start = quit.start();
    for _ in 0..2 {
        let (refused, _) = attempt(&mut start).await;
        assert!(refused.err().expect("it waits").waits_for_keychain());
    }
    quit.vault.refuse_key(None);
    let (core, host) = attempt(&mut start).await;
    let app = App {
        core: core.expect("it goes on"),
        host,
    };
    let status = app.status().await;
    assert_eq!(status.stage, Stage::Ready);
    assert_eq!(
        status.notices.len(),
        1,
        "the notice of the first attempt is there"
    );
    assert!(
        status.notices[0]
            .message
            .english()
            .contains("an earlier state")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_keychain_that_sealed_it_a_call_stays_closed_and_comes_back_to_a_person() {
    let quit = Quit::with_an_unsent_call().await;
    quit.vault.refuse(Some(no_keychain()));
    let mut start = quit.start();
    for _ in 0..2 {
        let (refused, _) = attempt(&mut start).await;
        let error = refused.err().expect("it waits");
        assert!(error.waits_for_keychain() && error.may_go_without_keychain());
    }

    // The person goes on without it.
    start.go_without_keychain();
    let (core, host) = attempt(&mut start).await;
    let app = App {
        core: core.expect("it goes on"),
        host,
    };
    let notices = app.status().await.notices;
    assert!(
        notices[0]
            .message
            .english()
            .contains("the tasks of unsent calls stay closed")
    );
    let key = &quit.world.sandbox.keys().master;
    app.connect(key).await;
    run::connect_keep_for_this_run(&app.core, &main(), crate::support::none())
        .await
        .expect("saved");
    app.choose_rep(&quit.world.sandbox.users()[0].id).await;
    app.loaded().await;
    assert_eq!(app.card(&quit.task).await.state, RowState::Finished);
    let queue = app.open_queue(present::QueueScope::AllCallTasks).await;
    assert!(
        !queue
            .rows
            .iter()
            .any(|row| row.task_id.as_str() == quit.task && row.state == RowState::Open),
        "nobody is called again"
    );
    app.core.shut_down().await;
    drop((app, start));

    // The keychain is back.
    quit.vault.refuse(None);
    let app = quit.app().await;
    let notices = app.status().await.notices;
    assert!(
        notices
            .iter()
            .any(|notice| notice.message.english().contains("here again"))
    );
    app.loaded().await;
    let receipt = only_receipt(&app).await;
    assert_eq!(
        receipt.state,
        ReceiptState::Blocked,
        "{:?}",
        receipt.sentence
    );
    assert!(receipt.sentence.english().contains("by hand"));
    assert_eq!(quit.world.history().calls().len(), 0);
    retry(&app, &receipt).await;
    app.drain(&quit.world).await;
    let history = quit.world.history();
    assert_eq!(history.calls().len(), 1);
    assert!(
        history.count("phone_calls#search") >= 1,
        "it was looked up first"
    );
}

// ---- a folder that was put back, or copied

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_from_before_the_call_was_sent_logs_it_once_and_says_so() {
    let quit = Quit::with_an_unsent_call().await;
    replace(&quit.path("data"), &quit.path("backup"));
    let app = quit.app().await;
    app.drain(&quit.world).await;
    app.core.shut_down().await;
    drop(app);
    assert_eq!(quit.world.history().calls().len(), 1);

    for state_too in [false, true] {
        replace(&quit.path("backup"), &quit.path("data"));
        if state_too {
            // What is in the keychain is still there.
            fs::remove_dir_all(quit.path("state")).expect("sound");
        }
        let app = quit.app().await;
        let notices = app.status().await.notices;
        app.drain(&quit.world).await;
        app.core.shut_down().await;
        drop(app);
        assert_eq!(quit.world.history().calls().len(), 1, "{state_too}");
        assert_eq!(notices.len(), 1);
        assert!(
            notices[0]
                .message
                .english()
                .contains("put back to an earlier state")
        );
        assert_eq!(quit.world.history().completed().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_copies_the_second_waits_for_the_first_and_sends_nothing_by_itself() {
    let quit = Quit::with_an_unsent_call().await;
    replace(&quit.path("data"), &quit.path("copy"));
    let first = quit.app().await;
    let mut second = quit.start_in(&quit.path("copy"));
    let (refused, _) = attempt(&mut second).await;
    let error = refused.err().expect("refused");
    let message = error.message().english();
    assert!(message.contains("a copy of the data folder"), "{message}");
    assert!(
        error
            .hint()
            .is_some_and(|hint| hint.english().contains("twice"))
    );
    first.drain(&quit.world).await;
    first.core.shut_down().await;
    drop(first);

    let (core, host) = attempt(&mut second).await;
    let app = App {
        core: core.expect("the first has ended"),
        host,
    };
    assert!(
        app.status().await.notices[0]
            .message
            .english()
            .contains("copied")
    );
    app.loaded().await;
    let receipt = only_receipt(&app).await;
    assert_eq!(receipt.state, ReceiptState::Blocked);
    assert!(receipt.can_retry && receipt.can_discard);
    retry(&app, &receipt).await;
    app.drain(&quit.world).await;
    let history = quit.world.history();
    assert_eq!(history.calls().len(), 1, "it was found");
    assert_eq!(history.completed().len(), 1);
}

// ---- the keychain as a witness

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_keychain_is_told_how_far_was_sent_and_is_left_in_peace_once_it_refuses() {
    let quit = Quit::with_an_unsent_call().await;
    let app = quit.app().await;
    let (_, before) = until("a first count", async || quit.vault.counted()).await;
    app.drain(&quit.world).await;
    until("a later count", async || {
        quit.world.clock.advance(std::time::Duration::from_secs(5));
        quit.vault.counted().filter(|(_, count)| *count > before)
    })
    .await;
    app.core.shut_down().await;

    let refusing = Arc::new(Lockable {
        refuses_counts: true,
        ..Lockable::default()
    });
    let bench = Bench::with_vault(World::small().await, Arc::clone(&refusing) as _).await;
    bench.app.become_ready(&bench.world).await;
    let queue = bench
        .app
        .open_queue(present::QueueScope::AllCallTasks)
        .await;
    let task = queue.selected.clone().expect("somebody").to_string();
    bench.app.dial(&task).await.expect("permitted");
    let outcome = bench.app.dispositions().await.outcomes[0].key.clone();
    bench.app.save(&task, &outcome, "").await.expect("saved");
    bench.drain().await;
    bench.world.clock.advance(std::time::Duration::from_mins(1));
    bench.app.core.shut_down().await;
    assert_eq!(refusing.counted().map(|(times, _)| times), Some(1));
}
