//! What waits goes on when what it waits for is over, and not before.

use std::time::Duration;

use apollo::Error;
use clock::Clock;
use domain::draft::CallForm;
use domain::{draft::Callback, draft::CallbackHow, wrap_up::StepKind};
use jiff::SignedDuration;
use present::ReceiptState;

use crate::support::{DeskBench, Flow, Reply, at, english, form, now, person};

const DUE: &str = "2026-11-20";
const SECOND: Duration = Duration::from_secs(1);

fn bench(tasks: &[&str]) -> DeskBench {
    let bench = DeskBench::new();
    bench.work(tasks.iter().map(|task| person(task, DUE)).collect());
    bench
}

fn save(bench: &DeskBench, task: &str) {
    bench.save(task, form("busy", "spoke")).expect("saved");
}

fn budget_spent(bench: &DeskBench) -> Reply {
    Reply::Refused(Error::BudgetSpent {
        endpoint: "api/v1/phone_calls#create".to_owned(),
        until: bench.bench.clock.now() + SignedDuration::from_mins(30),
    })
}

#[test]
fn a_new_key_does_not_hurry_what_waits_for_a_limit() {
    let bench = bench(&["a"]);
    let spent = budget_spent(&bench);
    bench.bench.apollo.script(StepKind::LogCall, [spent]);
    save(&bench, "a");
    let engine = bench.desk.engine();
    let mut run = Flow::new(engine.run());
    bench.bench.pass(&mut run, SECOND);
    now(engine.use_key(bench.bench.port(), None)).expect("the disk is sound");
    bench.bench.pass(&mut run, Duration::from_mins(29));
    assert_eq!(bench.bench.apollo.posts().len(), 1);
    assert_eq!(bench.receipt("a").state, ReceiptState::Waiting);
    bench.bench.pass(&mut run, Duration::from_mins(2));
    assert_eq!(bench.bench.apollo.records().len(), 1);
}

#[test]
fn a_look_up_that_is_answered_tells_that_the_network_is_back() {
    let bench = bench(&["b", "a"]);
    bench.bench.apollo.decide(Box::new(|task, kind, count| {
        match (kind, task.as_str(), count) {
            (StepKind::LogCall, "a", 1) => Reply::LostAfterCommit,
            (StepKind::LogCall, "b", 1) => Reply::Refused(Error::Busy),
            _ => Reply::Good,
        }
    }));
    save(&bench, "b");
    save(&bench, "a");
    let mut run = Flow::new(bench.desk.engine().run());
    bench.bench.pass(&mut run, SECOND);
    assert_eq!(bench.receipt("a").state, ReceiptState::Checking);
    assert_eq!(bench.receipt("b").state, ReceiptState::Waiting);

    bench.bench.apollo.network(false);
    bench.bench.pass(&mut run, Duration::from_mins(20));
    // Just now `b` was tried in vain: by itself it waits for two minutes.
    let tried = |bench: &DeskBench| bench.bench.apollo.posts().len();
    let before = tried(&bench);
    let mut waited_s = 0;
    while tried(&bench) == before {
        bench.bench.pass(&mut run, SECOND);
        waited_s += 1;
        assert!(waited_s < 300, "it is tried now and then");
    }
    bench.bench.apollo.network(true);
    let found_within = Duration::from_secs(65);
    bench.bench.pass(&mut run, found_within);
    drop(run);
    assert_eq!(bench.receipt("a").state, ReceiptState::Sent);
    assert_eq!(bench.receipt("b").state, ReceiptState::Sent, "at once");
}

#[test]
fn handset_s_own_no_is_not_taken_for_a_network_that_is_back() {
    let tasks = ["a", "b", "c", "d", "e", "f"];
    let bench = bench(&tasks);
    bench.bench.apollo.network(false);
    for task in tasks {
        save(&bench, task);
    }
    let mut run = Flow::new(bench.desk.engine().run());
    // After a longer wait, Apollo would be searched for the calls before they are sent.
    bench.bench.pass(&mut run, Duration::from_mins(5));
    // The next request is not even sent, since the budget has no room for it.
    bench.bench.apollo.network(true);
    let mut replies = vec![budget_spent(&bench)];
    replies.resize(100, Reply::Refused(Error::ProxyRefused));
    bench.bench.apollo.script(StepKind::LogCall, replies);
    let before = bench.bench.apollo.posts().len();
    let mut waited_s = 0;
    while bench.bench.apollo.posts().len() == before {
        bench.bench.pass(&mut run, SECOND);
        waited_s += 1;
        assert!(waited_s < 120, "one is tried now and then");
    }
    bench.bench.pass(&mut run, 2 * SECOND);
    let tried = bench.bench.apollo.posts().len() - before;
    assert!(tried <= 2, "one asks, the others wait: {tried} were tried");
}

#[test]
fn the_time_that_an_earlier_step_was_unknown_does_not_count_for_a_later_one() {
    let bench = bench(&["a"]);
    let apollo = &bench.bench.apollo;
    // The call is looked up, and found late; the callback is lost long after.
    apollo.index_lag(Duration::from_secs(30));
    apollo.script(StepKind::LogCall, [Reply::LostAfterCommit]);
    let late = Reply::LateAfterCommit(Duration::from_secs(20));
    apollo.script(StepKind::CompleteTask, [late]);
    apollo.script(StepKind::CreateCallback, [Reply::LostBeforeCommit]);
    let form = CallForm {
        callback: Some(Callback {
            at: at("2026-11-25T15:30:00Z"),
            how: CallbackHow::NewTask,
        }),
        ..form("no_answer", "")
    };
    bench.save("a", form).expect("saved");
    let mut run = Flow::new(bench.desk.engine().run());
    let mut waited_s = 0;
    let is_lost = |bench: &DeskBench| {
        let steps = bench.receipt("a").steps;
        steps.iter().any(|step| {
            english(&step.name) == "Callback made" && step.state == ReceiptState::Checking
        })
    };
    while !is_lost(&bench) {
        bench.bench.pass(&mut run, SECOND);
        waited_s += 1;
        assert!(waited_s < 300, "the callback is sent, and lost");
    }
    assert!(waited_s > 45, "the call alone took {waited_s} s");
    bench.bench.pass(&mut run, Duration::from_secs(290));
    assert!(
        bench.bench.apollo.made_tasks().is_empty(),
        "too early to count"
    );
    bench.bench.pass(&mut run, Duration::from_mins(5));
    assert_eq!(bench.bench.apollo.made_tasks().len(), 1);
}
