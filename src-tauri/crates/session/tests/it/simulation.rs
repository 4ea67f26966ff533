//! Hundreds of wrap-ups against everything at once, under virtual time: replies lost before and
//! after the commit, hangs, limits, no network, a disk that fails, a slow index, crashes at any
//! moment. Each seed decides each fate by itself, so that a failing seed can be run again.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

use apollo::{Error, NetworkKind};
use clock::{Clock, Timestamp};
use domain::wrap_up::StepKind;

use crate::support::{Bench, Flow, Identifier, Reply, WriteFault};

const WRAP_UPS: u32 = 200;
const SEEDS: u64 = 5;
/// How many requests of one step the adversary may spoil.
const SPOILED_MAX: u32 = 6;

/// A number that depends on nothing but the seed and what it is for.
fn draw(seed: u64, what: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    (seed, what).hash(&mut hasher);
    hasher.finish()
}

fn fate(seed: u64, now: Timestamp, task: &str, kind: StepKind, count: u32) -> Reply {
    if count > SPOILED_MAX {
        return Reply::Good;
    }
    let is_log = kind == StepKind::LogCall;
    match draw(seed, (task, is_log, count)) % 100 {
        0..=9 => Reply::LostAfterCommit,
        10..=17 => Reply::LostBeforeCommit,
        18..=23 => Reply::HangAfterCommit,
        24..=28 => Reply::HangBeforeCommit,
        29..=34 => Reply::Refused(Error::Limited {
            endpoint: "api/v1/phone_calls#create".to_owned(),
            retry_after: Duration::from_secs(90),
            until: now + Duration::from_secs(90),
        }),
        35..=42 => Reply::Refused(Error::Network {
            kind: NetworkKind::Dns,
        }),
        43..=45 => Reply::Refused(Error::KeyRejected),
        46..=48 => Reply::Refused(Error::Busy),
        _ => Reply::Good,
    }
}

fn simulate(seed: u64, identifier: Identifier) {
    let bench = Bench::new();
    bench.apollo.identifier(identifier);
    bench
        .apollo
        .index_lag(Duration::from_secs(draw(seed, "lag") % 121));
    let clock = bench.clock.clone();
    bench.apollo.decide(Box::new(move |task, kind, count| {
        fate(seed, clock.now(), task.as_str(), kind, count)
    }));

    let mut saved = 0;
    let mut saves: HashMap<String, String> = HashMap::new();
    let mut life = 0_u32;
    let mut crashes = 0;
    while saved < WRAP_UPS || bench.store.wrap_up_count() > 0 {
        life += 1;
        let engine = bench.engine();
        let left = || engine.waiting().into_iter().map(|wrap_up| wrap_up.steps);
        assert!(
            life < 1_000,
            "seed {seed}: it does not come to an end: {:?}",
            left().collect::<Vec<_>>()
        );
        let mut run = Flow::new(engine.run());
        for moment in 0..=draw(seed, ("life", life)) % 12 {
            if saved < WRAP_UPS {
                saved += 1;
                let wrap_up = bench.save(&engine, saved);
                saves.insert(wrap_up.task_id.to_string(), wrap_up.id.to_string());
            }
            if draw(seed, ("disk", life, moment)).is_multiple_of(5) {
                let fault = if draw(seed, ("kept", life, moment)).is_multiple_of(2) {
                    WriteFault::Refused
                } else {
                    WriteFault::WrittenButReported
                };
                let ahead = 1 + draw(seed, ("ahead", life, moment)) % 6;
                // Never the save itself: that is another test.
                run.go();
                bench.store.fail_write(bench.store.writes() + ahead, fault);
                let spent = draw(seed, ("spent", life, moment)) % 9_000;
                bench.pass(&mut run, Duration::from_millis(spent));
                bench.store.repair();
            }
            let pause = draw(seed, ("pause", life, moment)) % 20_000;
            bench.pass(&mut run, Duration::from_millis(pause));
        }
        // The process dies here, with whatever is in flight.
        crashes += 1;
    }

    assert!(crashes > 10, "seed {seed}: only {crashes} crashes");
    let records = bench.apollo.records();
    let contacts: HashMap<_, u32> = records.iter().fold(HashMap::new(), |mut counts, record| {
        *counts
            .entry(record.contact_id.clone().expect("all have one"))
            .or_default() += 1;
        counts
    });
    for number in 1..=WRAP_UPS {
        let contact = format!("contact-{number}").as_str().into();
        assert_eq!(
            contacts.get(&contact),
            Some(&1),
            "seed {seed}, {identifier:?}: records of call {number}"
        );
        let task = format!("task-{number}").as_str().into();
        assert_eq!(
            bench.apollo.finished().get(&task),
            Some(&1),
            "seed {seed}, {identifier:?}: completions of task {number}"
        );
    }
    assert_eq!(records.len(), WRAP_UPS as usize);
    let receipts = bench.store.stored_receipts();
    assert_eq!(receipts.len(), WRAP_UPS as usize);
    for receipt in receipts {
        assert_eq!(
            saves.get(receipt.task_id.as_str()),
            Some(&receipt.wrap_up_id.to_string())
        );
        assert!(receipt.call_id().is_some());
    }
}

#[test]
fn whatever_happens_each_call_is_logged_once_and_each_task_completed_once() {
    for seed in 0..SEEDS {
        for identifier in [Identifier::Stored, Identifier::Dropped, Identifier::Upsert] {
            simulate(seed, identifier);
        }
    }
}
