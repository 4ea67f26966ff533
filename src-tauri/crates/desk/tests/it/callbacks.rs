//! A callback is made once, and nothing else is taken for it.

use std::{collections::BTreeSet, time::Duration};

use apollo::{Error, types::Task};
use desk::{
    view::{Callback, CallbackHow, Draft},
    wrap_up::StepKind,
};

use crate::support::{DeskBench, Reply, at, person, words};

const DUE: &str = "2026-11-20";
const LONG: Duration = Duration::from_mins(10);
const TOMORROW: &str = "2026-11-25T15:30:00Z";
/// Later on the rep's own day, so that a task due then is in the list already.
const TONIGHT: &str = "2026-11-24T21:00:00Z";

fn of_one_person(task: &str) -> Task {
    Task {
        contact_id: Some("contact-a".into()),
        account_id: Some("account-a".into()),
        ..person(task, DUE)
    }
}

fn due_tonight(task: &str) -> Task {
    Task {
        due_at: Some(at(TONIGHT)),
        ..of_one_person(task)
    }
}

fn bench(tasks: Vec<Task>) -> DeskBench {
    let bench = DeskBench::new();
    bench.work(tasks);
    bench
}

/// The person is called again by a task of its own.
fn calling_again(when: &str) -> Draft {
    Draft {
        callback: Some(Callback {
            at: at(when),
            how: CallbackHow::NewTask,
        }),
        ..words("no_answer", "ask for Kim")
    }
}

fn lose(bench: &DeskBench, reply: Reply) {
    bench.bench.apollo.script(StepKind::CreateCallback, [reply]);
}

#[test]
fn callbacks_for_one_person_at_one_time_have_a_second_each() {
    let tasks = ["a", "b", "c"];
    let bench = bench(tasks.map(of_one_person).to_vec());
    for task in tasks {
        bench.save(task, calling_again(TOMORROW)).expect("saved");
    }
    bench.run(LONG);
    let made = bench.bench.apollo.made_tasks();
    let seconds: BTreeSet<_> = made
        .iter()
        .map(|task| task.due_at.expect("a due time").as_second())
        .collect();
    assert_eq!(seconds.len(), 3, "each can be told from the others");
    let first = at(TOMORROW).as_second();
    assert!(
        seconds
            .iter()
            .all(|second| (first..first + 60).contains(second)),
        "inside the minute that the rep chose: {seconds:?}"
    );
}

#[test]
fn callbacks_for_two_people_need_no_second_of_their_own() {
    let bench = bench(vec![person("a", DUE), person("b", DUE)]);
    for task in ["a", "b"] {
        bench.save(task, calling_again(TOMORROW)).expect("saved");
    }
    bench.run(LONG);
    for task in bench.bench.apollo.made_tasks() {
        assert_eq!(task.due_at, Some(at(TOMORROW)), "as the rep chose");
    }
}

#[test]
fn the_task_that_was_called_is_not_taken_for_its_callback() {
    // Apollo's list still shows the task that was just completed, due when the callback is.
    let bench = bench(vec![due_tonight("a")]);
    lose(&bench, Reply::LostBeforeCommit);
    bench.save("a", calling_again(TONIGHT)).expect("saved");
    bench.run(LONG);
    assert_eq!(bench.bench.apollo.made_tasks().len(), 1);
    assert_eq!(bench.bench.store.wrap_up_count(), 0);
}

#[test]
fn a_task_that_another_wrap_up_finishes_is_not_taken_for_a_callback() {
    // `b` is finished by a wrap-up that is acknowledged, or that still waits for a new key.
    for of_b in [Reply::Good, Reply::Refused(Error::KeyRejected)] {
        let bench = bench(vec![of_one_person("a"), due_tonight("b")]);
        let fate = of_b.clone();
        bench.bench.apollo.decide(Box::new(move |task, kind, _| {
            let is_log_of_b = kind == StepKind::LogCall && task.as_str() == "b";
            if is_log_of_b {
                fate.clone()
            } else {
                Reply::Good
            }
        }));
        bench.save("b", words("busy", "")).expect("saved");
        bench.run(Duration::from_secs(1));
        lose(&bench, Reply::LostBeforeCommit);
        bench.save("a", calling_again(TONIGHT)).expect("saved");
        bench.run(LONG);
        assert_eq!(bench.bench.apollo.made_tasks().len(), 1, "{of_b:?}");
    }
}

#[test]
fn a_callback_whose_row_cannot_be_read_is_not_made_again() {
    let bench = bench(vec![of_one_person("a")]);
    lose(&bench, Reply::LostAfterCommit);
    bench.bench.apollo.hide_made_tasks(true);
    bench.save("a", calling_again(TOMORROW)).expect("saved");
    bench.run(LONG);
    assert_eq!(
        bench.bench.apollo.made_tasks().len(),
        1,
        "the row that was left out may be the callback"
    );
    bench.bench.apollo.hide_made_tasks(false);
    bench.run(LONG);
    assert_eq!(bench.bench.apollo.made_tasks().len(), 1);
    assert_eq!(bench.bench.store.wrap_up_count(), 0, "it was found");
}
