//! A disk that fails at any write never leads to a call that is logged twice, or not at all.

use std::time::Duration;

use apollo::{Error, NetworkKind};
use clock::Clock;
use domain::wrap_up::StepKind;
use outbox::StoreError;

use crate::support::{Bench, Flow, Identifier, Reply, WriteFault, call, now};

/// More writes than any run below needs.
const WRITES: u64 = 12;
const LONG: Duration = Duration::from_mins(30);

/// Every kind of answer, for the first request of the log and of the completion.
fn replies() -> Vec<Reply> {
    vec![
        Reply::Good,
        Reply::LostAfterCommit,
        Reply::LostBeforeCommit,
        Reply::HangAfterCommit,
        Reply::HangBeforeCommit,
        Reply::Refused(Error::Network {
            kind: NetworkKind::ConnectionRefused,
        }),
        Reply::Refused(Error::KeyRejected),
        Reply::Refused(Error::Busy),
    ]
}

#[test]
fn a_call_that_could_not_be_saved_is_never_sent() {
    let bench = Bench::new();
    bench.store.refuse(true);
    let engine = bench.engine();
    let error = now(engine.save(call(1, bench.clock.now()))).expect_err("the disk is full");
    assert!(matches!(error, StoreError::DiskFull));
    bench.store.refuse(false);
    bench.pass(&mut Flow::new(engine.run()), LONG);
    assert!(bench.apollo.posts().is_empty());
    assert!(engine.waiting().is_empty());
}

/// Runs one wrap-up, with a restart of Handset after `crash_after`.
fn run(bench: &Bench, crash_after: Option<Duration>) {
    let engine = bench.engine();
    bench.save(&engine, 1);
    let mut running = Flow::new(engine.run());
    if let Some(span) = crash_after {
        bench.pass(&mut running, span);
        drop(running);
        drop(engine);
        let engine = bench.engine();
        bench.pass(&mut Flow::new(engine.run()), LONG);
    } else {
        bench.pass(&mut running, LONG);
    }
}

#[test]
fn whichever_write_fails_and_whatever_apollo_answers_there_is_one_record_and_one_completion() {
    let mut cases = 0;
    for (number, reply) in replies().into_iter().enumerate() {
        for kind in [StepKind::LogCall, StepKind::CompleteTask] {
            for identifier in [Identifier::Stored, Identifier::Dropped] {
                for fault in [WriteFault::Refused, WriteFault::WrittenButReported] {
                    // The first write is the save itself, which must hold.
                    for nth in 2..=WRITES {
                        for crash_after in [None, Some(0), Some(3), Some(31)] {
                            let case = format!(
                                "reply {number} to {kind:?}, {identifier:?}, write {nth} \
                                 {fault:?}, crash after {crash_after:?} s"
                            );
                            let bench = Bench::new();
                            bench.apollo.identifier(identifier);
                            bench.apollo.script(kind, [reply.clone()]);
                            bench.store.fail_write(nth, fault);
                            run(&bench, crash_after.map(Duration::from_secs));
                            assert_eq!(bench.apollo.records().len(), 1, "{case}");
                            assert_eq!(
                                bench.apollo.finished().into_values().collect::<Vec<_>>(),
                                [1],
                                "{case}"
                            );
                            assert_eq!(bench.store.wrap_up_count(), 0, "{case}");
                            assert_eq!(bench.store.stored_receipts().len(), 1, "{case}");
                            assert!(
                                bench.apollo.posts().len() <= 2,
                                "{case}: {} requests",
                                bench.apollo.posts().len()
                            );
                            cases += 1;
                        }
                    }
                }
            }
        }
    }
    assert_eq!(cases, 8 * 2 * 2 * 2 * 11 * 4);
}

#[test]
fn a_second_request_comes_only_after_a_search() {
    // The answer arrived and could not be written down: for all the disk knows, the call may be
    // in Apollo or not.
    let bench = Bench::new();
    // Saved, in flight, and then the answer.
    bench.store.fail_write(3, WriteFault::Refused);
    run(&bench, None);
    assert_eq!(bench.apollo.posts().len(), 1);
    assert_eq!(bench.apollo.searches(), 1);
    assert_eq!(bench.apollo.records().len(), 1);
}

#[test]
fn a_disk_that_is_full_for_an_hour_stops_the_sending_and_loses_nothing() {
    let bench = Bench::new();
    let engine = bench.engine();
    for number in 1..=10 {
        bench.save(&engine, number);
    }
    bench.store.refuse(true);
    let mut running = Flow::new(engine.run());
    bench.pass(&mut running, Duration::from_hours(1));
    assert!(
        bench.apollo.posts().is_empty(),
        "what cannot be written down as in flight does not leave"
    );
    bench.store.refuse(false);
    bench.pass(&mut running, LONG);
    assert_eq!(bench.apollo.records().len(), 10);
    assert_eq!(bench.store.stored_receipts().len(), 10);
}
