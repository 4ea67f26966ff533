//! Handset is closed: a wrap-up that was held back goes at once, a request on its way is waited
//! for, and nothing else is hurried.

use std::time::Duration;

use apollo::Error;
use clock::Clock;
use domain::{settings::Settings, wrap_up::StepKind};
use jiff::SignedDuration;
use present::ReceiptState;

use crate::support::{DeskBench, Flow, Reply, form, no_undo, person};

const DUE: &str = "2026-11-20";
const SECOND: Duration = Duration::from_secs(1);
const GRACE: Duration = Duration::from_secs(2);

fn bench(settings: Settings) -> DeskBench {
    let bench = DeskBench::with(settings);
    bench.work(vec![person("a", DUE), person("b", DUE)]);
    bench
}

#[test]
fn what_is_held_back_is_sent_whole_before_closing_ends() {
    let bench = bench(Settings::default());
    let saved = bench.save("a", form("busy", "spoke")).expect("saved");
    assert!(saved.undo_until.is_some(), "it is held back");
    let engine = bench.desk.engine();
    let mut run = Flow::new(engine.run());
    bench.bench.pass(&mut run, SECOND);
    assert!(bench.bench.apollo.posts().is_empty());

    engine.hold(false);
    let mut closing = Flow::new(engine.finish_up(GRACE));
    assert!(closing.go().is_none(), "there is something to send");
    bench.bench.pass(&mut run, SECOND);
    closing.go().expect("nothing is left to be waited for");
    drop(run);
    assert_eq!(bench.bench.apollo.records().len(), 1);
    assert_eq!(bench.bench.apollo.finished().len(), 1);
    assert_eq!(bench.bench.store.wrap_up_count(), 0);
}

#[test]
fn a_request_that_is_on_its_way_is_waited_for() {
    let bench = bench(no_undo());
    let late = Reply::LateAfterCommit(SECOND);
    bench.bench.apollo.script(StepKind::LogCall, [late]);
    bench.save("a", form("busy", "spoke")).expect("saved");
    let engine = bench.desk.engine();
    let mut run = Flow::new(engine.run());
    run.go();
    engine.hold(false);
    let mut closing = Flow::new(engine.finish_up(GRACE));
    assert!(closing.go().is_none(), "the answer is not here yet");
    bench.bench.pass(&mut run, SECOND / 2);
    assert!(closing.go().is_none(), "nor now");
    bench.bench.pass(&mut run, SECOND);
    closing.go().expect("all is acknowledged");
    drop(run);
    assert_eq!(bench.bench.store.wrap_up_count(), 0);
    assert_eq!(bench.receipt("a").state, ReceiptState::Sent);
}

#[test]
fn an_answer_that_does_not_come_is_not_waited_for_longer_than_the_grace() {
    let bench = bench(no_undo());
    let hangs = [Reply::HangAfterCommit];
    bench.bench.apollo.script(StepKind::LogCall, hangs);
    bench.save("a", form("busy", "spoke")).expect("saved");
    let engine = bench.desk.engine();
    let mut run = Flow::new(engine.run());
    run.go();
    engine.hold(false);
    let mut closing = Flow::new(engine.finish_up(GRACE));
    assert!(closing.go().is_none());
    bench.bench.pass(&mut run, Duration::from_millis(1_900));
    assert!(closing.go().is_none());
    bench.bench.pass(&mut run, SECOND / 5);
    closing.go().expect("it is given up for now");
    drop(closing);
    drop(run);
    // The next start looks the call up.
    let bench = bench.restart();
    bench.run(Duration::from_mins(10));
    assert_eq!(bench.bench.apollo.posts().len(), 1);
    assert_eq!(bench.bench.store.wrap_up_count(), 0);
}

#[test]
fn what_waits_for_apollo_s_limit_is_neither_hurried_nor_waited_for() {
    let bench = bench(no_undo());
    let until = bench.bench.clock.now() + SignedDuration::from_mins(30);
    bench.bench.apollo.script(
        StepKind::LogCall,
        [Reply::Refused(Error::Limited {
            endpoint: "api/v1/phone_calls#create".to_owned(),
            retry_after: Duration::from_mins(30),
            until,
        })],
    );
    bench.save("a", form("busy", "spoke")).expect("saved");
    let engine = bench.desk.engine();
    let mut run = Flow::new(engine.run());
    bench.bench.pass(&mut run, SECOND);
    engine.hold(false);
    let mut closing = Flow::new(engine.finish_up(GRACE));
    closing.go().expect("there is nothing to wait for");
    bench.bench.pass(&mut run, GRACE);
    assert_eq!(bench.bench.apollo.posts().len(), 1);
}

#[test]
fn who_stays_after_all_can_undo_again() {
    let bench = bench(Settings::default());
    let engine = bench.desk.engine();
    let mut run = Flow::new(engine.run());
    run.go();
    engine.hold(false);
    run.go();
    engine.hold(true);
    let saved = bench.save("a", form("busy", "spoke")).expect("saved");
    bench.bench.pass(&mut run, SECOND);
    assert!(bench.bench.apollo.posts().is_empty(), "held back again");
    let undo = bench.desk.undo().expect("an undo");
    assert_eq!(undo.wrap_up_id, saved.wrap_up_id);
}
