//! The process is killed at any moment: what was called durable is there in the next run.

use outbox::OutboxStore as _;
use session::ports::DraftStore as _;
use session::ports::FinishedStore as _;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use domain::wrap_up::StepState;
use store::SledStore;

use crate::fixtures::{KEY, call, done, draft, machine, now, records, seed, start, try_open_on};

const FOLDER_OF_CHILD: &str = "HANDSET_TEST_CRASH_FOLDER";
const SEED_OF_CHILD: &str = "HANDSET_TEST_CRASH_SEED";
const KILLS: usize = 30;

/// What the child reported of a wrap-up, after it was durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reported {
    Saved,
    Acknowledged,
}

/// Not a test by itself: the process that is killed.
#[tokio::test]
async fn child_that_writes_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER_OF_CHILD) else {
        return;
    };
    let seed = std::env::var(SEED_OF_CHILD).unwrap().parse().unwrap();
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let store = open_on(Path::new(&folder));
    let records = records(&store);
    let mut stdout = std::io::stdout();
    loop {
        let wrap_up = call(
            &format!("task-{}", random.random::<u64>()),
            random.random_range(0..99),
        );
        if random.random_bool(0.3) {
            records
                .put_draft(&draft(wrap_up.task_id.as_str()))
                .await
                .unwrap();
        }
        records.put_wrap_up(&wrap_up).await.unwrap();
        writeln!(stdout, "\nsaved {}", wrap_up.id).unwrap();
        if random.random_bool(0.5) {
            let mut leaving = wrap_up.clone();
            leaving.steps[0].state = StepState::InFlight { sent_at: now() };
            records.put_wrap_up(&leaving).await.unwrap();
            let receipt = done(wrap_up).receipt();
            records.acknowledge(&receipt).await.unwrap();
            writeln!(stdout, "\nacknowledged {}", receipt.wrap_up_id).unwrap();
        }
        stdout.flush().unwrap();
    }
}

/// Opens a store in which nothing is wrong, its mark included: no kill makes a folder look as if it
/// had been put back or copied.
fn open_on(folder: &Path) -> SledStore {
    let outside = machine("one", &folder.join("state"));
    let (store, notices) = try_open_on(&folder.join("data"), &outside, &KEY).unwrap();
    assert_eq!(notices, []);
    store
}

/// Runs the child until it has reported `lines` things, kills it, and returns all its reports.
fn run_and_kill(folder: &Path, seed: u64, lines: usize) -> BTreeMap<String, Reported> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([
            "crash::child_that_writes_until_it_is_killed",
            "--exact",
            "--nocapture",
        ])
        .env(FOLDER_OF_CHILD, folder)
        .env(SEED_OF_CHILD, seed.to_string())
        .stdout(Stdio::piped());
    let mut child = start(&mut command).unwrap();
    let mut reported = BTreeMap::new();
    let mut seen = 0;
    let mut killed = false;
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    loop {
        if seen >= lines && !killed {
            child.kill().unwrap();
            killed = true;
        }
        line.clear();
        if output.read_line(&mut line).unwrap() == 0 {
            break;
        }
        let meaning = match line.split_once(' ') {
            // Cut short by the kill: it may never have been meant.
            _ if !line.ends_with('\n') => continue,
            Some(("saved", id)) => (id, Reported::Saved),
            Some(("acknowledged", id)) => (id, Reported::Acknowledged),
            _ => {
                // The test harness itself has printed this line.
                continue;
            }
        };
        reported.insert(meaning.0.trim().to_owned(), meaning.1);
        seen += 1;
    }
    child.wait().unwrap();
    assert!(killed, "the child ended by itself");
    reported
}

#[tokio::test]
async fn nothing_durable_is_lost_when_the_process_is_killed_at_any_moment() {
    let seed = seed();
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let folder = tempfile::tempdir().unwrap();
    let mut reported: BTreeMap<String, Reported> = BTreeMap::new();
    for kill in 0..KILLS {
        let lines = if kill % 6 == 5 {
            0
        } else {
            random.random_range(1..30)
        };
        reported.extend(run_and_kill(folder.path(), random.random(), lines));

        let store = open_on(folder.path());
        let records = records(&store);
        let unsent: BTreeSet<String> = records
            .wrap_ups()
            .await
            .unwrap()
            .iter()
            .map(|wrap_up| wrap_up.id.to_string())
            .collect();
        let receipts: BTreeSet<String> = records
            .receipts(now())
            .await
            .unwrap()
            .iter()
            .map(|receipt| receipt.wrap_up_id.to_string())
            .collect();
        let ledger: BTreeSet<String> = records
            .ledger()
            .await
            .unwrap()
            .iter()
            .map(|entry| entry.wrap_up_id.to_string())
            .collect();
        for (id, reported) in &reported {
            let (is_unsent, is_receipt) = (unsent.contains(id), receipts.contains(id));
            assert!(
                is_unsent != is_receipt,
                "seed {seed}, kill {kill}: {id} is {reported:?}"
            );
            assert!(
                *reported == Reported::Saved || is_receipt,
                "seed {seed}, kill {kill}: {id}"
            );
        }
        assert_eq!(receipts, ledger, "seed {seed}, kill {kill}");
    }
    assert!(reported.len() > KILLS, "the children did not get to write");
}
