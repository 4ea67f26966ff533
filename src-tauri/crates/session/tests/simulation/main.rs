//! The decision core under virtual time, with an adversary that decides everything else.
//!
//! The core ([`domain::wrap_up`], [`outbox::event_for`]) is the real one. Around it is a small
//! world in which nothing waits: a disk that refuses writes, an Apollo that loses replies and lags,
//! a wall clock that jumps, a process that dies, a person who changes their mind. A case is a list
//! of such choices, made and shrunk by proptest.
//!
//! | file | what it is |
//! |---|---|
//! | `adversary` | what can be chosen, and how often |
//! | `apollo` | the model of Apollo: what it holds, and when its searches show it |
//! | `disk` | what survives a crash |
//! | `driver` | the engine's loop, as small as it can be: every decision is the core's |
//! | `requests` | one request: its fate, and what must be true when it leaves |
//! | `person_actions` | undo, retry, edit, discard |
//! | `world` | time, the run of a case, and what must be true at its end |
//!
//! `SIMULATION_WRAP_UPS` says how many wrap-ups are simulated and `SIMULATION_SEED` from which
//! seed; `cargo xtask simulate` sets both. `SIMULATION_SHRINKS` says how many tries
//! there are to make a counter-example smaller.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod adversary;
mod apollo;
mod disk;
mod driver;
mod person_actions;
mod requests;
mod tally;
mod world;

use std::{
    cell::RefCell,
    io::Write,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
};

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use self::{tally::Tally, world::World};

/// The default: as many as a debug build does in some seconds.
const WRAP_UPS: u64 = 20_000;
const SEED: u64 = 1;
/// Cases that one seed makes; a batch is repeated by itself.
const BATCH_CASES: u32 = 250;
/// How far a counter-example is made smaller.
const SHRINKS_MAX: u64 = 20_000;

fn from_outside(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |value| {
        value
            .parse()
            .unwrap_or_else(|_| panic!("{name} must be a number, and is {value:?}"))
    })
}

/// One batch; what it did, or its smallest counter-example.
fn batch(seed: u64, number: u64, shrinks_max: u32) -> Result<Tally, String> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..16].copy_from_slice(&number.to_le_bytes());
    let config = Config {
        cases: BATCH_CASES,
        max_shrink_iters: shrinks_max,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let tally = RefCell::new(Tally::default());
    TestRunner::new_with_rng(config, rng)
        .run(&adversary::cases(), |case| {
            let done = World::run(&case).map_err(TestCaseError::fail)?;
            tally.borrow_mut().add(&done);
            Ok(())
        })
        .map_err(|error| match error {
            TestError::Fail(why, case) => {
                format!("seed {seed}, batch {number}: {why}\n{case:#?}")
            }
            TestError::Abort(why) => format!("seed {seed}, batch {number}: given up: {why}"),
        })?;
    Ok(tally.into_inner())
}

#[test]
fn whatever_the_adversary_does_each_wrap_up_is_in_apollo_exactly_once() {
    let seed = from_outside("SIMULATION_SEED", SEED);
    let wanted = from_outside("SIMULATION_WRAP_UPS", WRAP_UPS);
    let shrinks_max = from_outside("SIMULATION_SHRINKS", SHRINKS_MAX);
    let shrinks_max = u32::try_from(shrinks_max).expect("SIMULATION_SHRINKS is too large");
    let next_batch = AtomicU64::new(0);
    let has_failed = AtomicBool::new(false);
    let total = Mutex::new((Tally::default(), None::<String>));
    let work = || {
        while !has_failed.load(Ordering::Relaxed) {
            if total.lock().expect("no panic").0.wrap_ups >= wanted {
                return;
            }
            let number = next_batch.fetch_add(1, Ordering::Relaxed);
            let done = batch(seed, number, shrinks_max);
            let mut total = total.lock().expect("no panic");
            match done {
                Ok(tally) => total.0.add(&tally),
                Err(why) => {
                    has_failed.store(true, Ordering::Relaxed);
                    total.1.get_or_insert(why);
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let (tally, failure) = total.into_inner().expect("no panic");
    // Not `println!`: the figures are wanted of a test that succeeds, too.
    writeln!(std::io::stdout(), "simulation: seed {seed}\n{tally}").expect("stdout");
    if let Some(why) = failure {
        panic!("{why}");
    }
    tally.assert_that_it_was_worth_it();
}
