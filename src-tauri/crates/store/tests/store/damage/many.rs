//! A thousand damaged stores.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use store::StoreError;

use super::{Before, Filled, copy, harm::Harm, judge};
use crate::fixtures::{files, open_sled, seed, try_open};

/// Of each kind of damage.
const STORES_PER_HARM: usize = 80;
const THREADS: usize = 2;

/// What became of the stores with one kind of damage.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    stores: usize,
    unharmed: usize,
    rebuilt: usize,
    refused: usize,
    /// Unsent wrap-ups of which no whole frame was left.
    beyond_reading: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.stores += other.stores;
        self.unharmed += other.unharmed;
        self.rebuilt += other.rebuilt;
        self.refused += other.refused;
        self.beyond_reading += other.beyond_reading;
    }
}

#[test]
fn a_thousand_damaged_stores_open_and_every_readable_wrap_up_is_recovered() {
    let seed = seed();
    let healthy = tempfile::tempdir().unwrap();
    let filled = run(super::fill(healthy.path()));
    let stores = STORES_PER_HARM * Harm::ALL.len();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut tallies: BTreeMap<Harm, Tally> = BTreeMap::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= stores {
                return tallies;
            }
            let harm = Harm::ALL[number % Harm::ALL.len()];
            let tally = one(seed, number, harm, healthy.path(), &filled);
            tallies.entry(harm).or_default().add(tally);
        }
    };
    let mut tallies: BTreeMap<Harm, Tally> = BTreeMap::new();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            for (harm, tally) in thread.join().unwrap() {
                tallies.entry(harm).or_default().add(tally);
            }
        }
    });
    report(&tallies);

    for harm in Harm::ALL {
        let tally = tallies[&harm];
        assert_eq!(tally.stores, STORES_PER_HARM, "{harm:?}");
        let refused = if harm == Harm::NewerSchema {
            tally.stores
        } else {
            0
        };
        assert_eq!(tally.refused, refused, "seed {seed}: {harm:?}: {tally:?}");
        // A damage that does no harm tests nothing.
        let harmful = match harm {
            Harm::ExtraFile | Harm::HalfSnapshot | Harm::DurableMark | Harm::NewerSchema => 0,
            Harm::OlderSchema | Harm::GoneBack => tally.stores,
            _ => tally.stores / 10,
        };
        assert!(
            tally.rebuilt >= harmful,
            "seed {seed}: {harm:?} did harm to few stores: {tally:?}"
        );
    }
}

fn run<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

fn one(seed: u64, number: usize, harm: Harm, healthy: &Path, filled: &Filled) -> Tally {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(number.try_into().unwrap());
    let folder = tempfile::tempdir().unwrap();
    copy(healthy, folder.path());
    let done = harm.apply(&mut random, folder.path(), filled.earlier.path());
    let what = format!("seed {seed}, damage {number}: {done}");
    let mut tally = Tally {
        stores: 1,
        ..Tally::default()
    };
    if harm == Harm::NewerSchema {
        refuses_and_changes_nothing(folder.path(), &what);
        tally.refused = 1;
        return tally;
    }
    let before: &Before = &filled.before;
    match run(judge(folder.path(), before, &what)) {
        Some(missing) => {
            tally.rebuilt = 1;
            tally.beyond_reading = missing;
        }
        None => tally.unharmed = 1,
    }
    tally
}

/// A store of a newer Handset is not ours to touch.
fn refuses_and_changes_nothing(folder: &Path, what: &str) {
    let records = folder.join("records");
    let values = || -> Vec<_> { open_sled(&records).iter().map(Result::unwrap).collect() };
    let before = values();
    let bytes = || -> Vec<_> {
        let mut all = files(&records);
        all.push(folder.join("high-water"));
        all.sort();
        all.into_iter()
            .map(|file| (fs::read(&file).unwrap(), file))
            .collect()
    };
    let bytes_before = bytes();
    let refusal = try_open(folder).map(|_| ()).unwrap_err();
    assert!(
        matches!(refusal, StoreError::Newer { found, known } if found > known),
        "{what}: {refusal:?}"
    );
    assert!(
        bytes() == bytes_before,
        "{what}: the files of a newer store were changed"
    );
    assert!(
        values() == before,
        "{what}: a newer store has other records than before"
    );
    assert!(
        !files(folder)
            .iter()
            .any(|file| file.to_string_lossy().contains("damaged-")),
        "{what}: a newer store was moved aside"
    );
}

#[expect(clippy::print_stderr, reason = "figures for the docs")]
fn report(tallies: &BTreeMap<Harm, Tally>) {
    let mut all = Tally::default();
    for tally in tallies.values() {
        all.add(*tally);
    }
    eprintln!(
        "{} damaged stores: {} rebuilt, {} not harmed, {} refused as newer; {} unsent wrap-ups were \
         beyond reading, and every other one was there",
        all.stores, all.rebuilt, all.unharmed, all.refused, all.beyond_reading
    );
    for (harm, tally) in tallies {
        eprintln!(
            "{:>5} {}: {} rebuilt, {} not harmed, {} refused; {} wrap-ups beyond reading",
            tally.stores,
            harm.name(),
            tally.rebuilt,
            tally.unharmed,
            tally.refused,
            tally.beyond_reading
        );
    }
}
