//! A callback is made once, and nothing else is taken for it.

use std::{collections::BTreeSet, time::Duration};

use apollo::{
    Error,
    types::{Task, TaskKind},
};
use domain::draft::CallForm;
use domain::{
    draft::Callback, draft::CallbackHow, settings::OutcomeRule, settings::Settings,
    wrap_up::StepKind,
};
use present::ProblemCode;

use crate::support::{DeskBench, Reply, at, form, no_undo, person};

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
fn calling_again(when: &str) -> CallForm {
    CallForm {
        callback: Some(Callback {
            at: at(when),
            how: CallbackHow::NewTask,
        }),
        ..form("no_answer", "ask for Kim")
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
        bench.save("b", form("busy", "")).expect("saved");
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

type Change = fn(&mut Task);

#[test]
fn a_task_that_differs_in_what_a_callback_is_is_not_taken_for_it() {
    let changes: [(&str, Change); 4] = [
        ("a colleague's", |task| {
            task.user_id = Some("colleague".into());
        }),
        ("an email", |task| {
            task.kind = TaskKind::Other("outreach_manual_email".to_owned());
        }),
        ("another person's", |task| {
            task.contact_id = Some("contact-b".into());
        }),
        ("the day after", |task| {
            task.due_at = Some(at("2026-11-26T15:30:00Z"));
        }),
    ];
    for (what, change) in changes {
        let bench = bench(vec![of_one_person("a")]);
        let mut other = Task {
            due_at: Some(at(TOMORROW)),
            creator_id: Some("rep".into()),
            ..of_one_person("other")
        };
        change(&mut other);
        bench.bench.apollo.tasks(vec![of_one_person("a"), other]);
        lose(&bench, Reply::LostBeforeCommit);
        bench.save("a", calling_again(TOMORROW)).expect("saved");
        bench.run(LONG);
        assert_eq!(bench.bench.apollo.made_tasks().len(), 1, "{what}");
    }
}

/// A task of a company, without a person.
fn of_a_company(task: &str) -> Task {
    Task {
        contact: None,
        contact_id: None,
        ..person(task, DUE)
    }
}

#[test]
fn nobody_is_to_be_called_again_by_a_task_without_a_contact() {
    let rule = OutcomeRule {
        outcome: "busy".to_owned(),
        callback_days: Some(2),
        ..OutcomeRule::default()
    };
    let bench = DeskBench::with(Settings {
        rules: vec![rule],
        ..no_undo()
    });
    bench.work(vec![of_a_company("a")]);
    // A callback that the rep asks for is refused; a callback by a rule is left out.
    let problem = bench.save("a", calling_again(TOMORROW)).expect_err("whom?");
    assert_eq!(problem.code, ProblemCode::Invalid);
    assert_eq!(bench.bench.store.wrap_up_count(), 0);
    bench.save("a", form("busy", "")).expect("saved");
    bench.run(LONG);
    assert_eq!(bench.bench.apollo.records().len(), 1);
    assert!(bench.bench.apollo.made_tasks().is_empty());
    assert_eq!(bench.bench.store.wrap_up_count(), 0);
}

#[test]
fn a_callback_at_midnight_of_utc_is_not_taken_for_a_whole_day() {
    let bench = bench(vec![of_one_person("a")]);
    bench
        .save("a", calling_again("2026-11-26T00:00:00Z"))
        .expect("saved");
    bench.run(LONG);
    let made = bench.bench.apollo.made_tasks();
    assert_eq!(made[0].due_at, Some(at("2026-11-26T00:01:00Z")));
}
