//! The sweep of call tasks, and the queue that is made of it.

use apollo::{
    Error,
    types::{Task, TaskKind, TaskStatus},
};
use domain::position::QueueScope;
use outbox::Urgency;
use present::{LoadingState, RowState, SequenceState, Tag};

use crate::support::{DeskBench, Flow, english, form, now, opted_out, person, sequence};

#[test]
fn rows_that_apollo_should_have_left_out_are_left_out_here() {
    let bench = DeskBench::new();
    let others = Task {
        user_id: Some("somebody else".into()),
        ..person("others", "2026-11-20")
    };
    let email = Task {
        kind: TaskKind::Other("outreach_manual_email".to_owned()),
        ..person("email", "2026-11-20")
    };
    let done = Task {
        status: TaskStatus::Completed,
        ..person("done", "2026-11-20")
    };
    bench.work(vec![
        person("mine", "2026-11-20"),
        others,
        email,
        done,
        person("tomorrow", "2026-11-25"),
    ]);
    assert_eq!(bench.rows(), ["mine"]);
    let report = bench.desk.report();
    assert_eq!((report.all.open, report.all.overdue), (1, 1));
    assert_eq!(
        english(&report.loading.sentence),
        "Apollo also sent other people’s tasks. Handset left them out."
    );
}

#[test]
fn the_sweep_asks_for_the_reps_calls_a_hundred_a_page_and_hurries_only_the_first() {
    let bench = DeskBench::new();
    let tasks = (0..250)
        .map(|number| person(&format!("{number:03}"), "2026-11-20"))
        .collect();
    bench.work(tasks);
    let requests = bench.bench.apollo.task_requests();
    assert_eq!(requests.len(), 3);
    for (search, _) in &requests {
        assert_eq!(search.user_ids, ["rep".into()]);
        assert_eq!(search.kinds, TaskKind::CALLS);
        assert_eq!(search.per_page, 100);
    }
    let urgencies: Vec<_> = requests.iter().map(|(_, urgency)| *urgency).collect();
    assert_eq!(
        urgencies,
        [Urgency::Waiting, Urgency::Background, Urgency::Background]
    );
    assert_eq!(bench.rows().len(), 250);
}

#[test]
fn the_queue_is_oldest_due_first_and_ties_keep_one_order() {
    let bench = DeskBench::new();
    bench.work(vec![
        person("c", "2026-11-24"),
        person("b", "2026-11-20"),
        person("a", "2026-11-24"),
        person("d", "2026-11-19"),
    ]);
    assert_eq!(bench.rows(), ["d", "b", "a", "c"]);
    assert_eq!(
        bench.desk.queue().expect("open").selected,
        Some("d".into()),
        "the first who can be called"
    );
}

#[test]
fn opening_a_queue_costs_no_request() {
    let bench = DeskBench::new();
    let mut in_sequence = person("a", "2026-11-20");
    in_sequence.sequence_id = Some("s1".into());
    bench
        .bench
        .apollo
        .sequences(vec![sequence("s1", "Q4 calls")]);
    bench.work(vec![in_sequence, person("b", "2026-11-20")]);
    let before = bench.bench.apollo.task_requests().len();
    for (scope, rows) in [
        (QueueScope::Sequence { id: "s1".into() }, vec!["a"]),
        (QueueScope::WithoutSequence, vec!["b"]),
        (QueueScope::AllCallTasks, vec!["a", "b"]),
    ] {
        let queue = now(bench.desk.open_queue(scope)).expect("a queue");
        assert_eq!(bench.rows(), rows, "{:?}", queue.scope);
    }
    assert_eq!(bench.bench.apollo.task_requests().len(), before);
}

#[test]
fn the_report_counts_what_is_due_overdue_and_callable_now() {
    let bench = DeskBench::new();
    bench.bench.apollo.sequences(vec![
        sequence("s1", "Q4 calls"),
        sequence("s2", "Nothing due"),
    ]);
    let tasks = ["2026-11-20", "2026-11-24", "2026-11-24"]
        .into_iter()
        .enumerate()
        .map(|(number, due)| {
            let mut task = match number {
                1 => opted_out("1", due),
                _ => person(&number.to_string(), due),
            };
            task.sequence_id = Some("s1".into());
            task
        })
        .collect();
    bench.work(tasks);
    let report = bench.desk.report();
    assert_eq!(report.loading.state, LoadingState::Complete);
    let row = &report.sequences[0];
    assert_eq!(english(&row.name), "Q4 calls");
    assert_eq!(row.state, SequenceState::Active);
    assert_eq!(
        (row.open, row.overdue, row.due_today, row.callable_now),
        (3, 1, 2, 2)
    );
    assert_eq!(row.step_count, Some(5));
    assert_eq!(english(&report.sequences[1].name), "Nothing due");
    assert_eq!(report.sequences[1].open, 0);
    assert_eq!(report.without_sequence.open, 0);
}

#[test]
fn rows_stay_where_they_are_when_more_pages_arrive() {
    let bench = DeskBench::new();
    bench.bench.apollo.rows_per_page(2);
    bench.bench.apollo.tasks(vec![
        person("b", "2026-11-20"),
        person("c", "2026-11-21"),
        // Apollo's order cannot be relied on: this task is older than both.
        person("a", "2026-11-01"),
    ]);
    let release = bench.bench.apollo.hold_page(2);
    let mut load = Flow::new(bench.desk.load());
    assert!(load.go().is_none(), "page 2 is held");
    let queue = now(bench.desk.open_queue(QueueScope::AllCallTasks)).expect("a queue");
    assert!(queue.loading);
    assert_eq!(bench.rows(), ["b", "c"]);
    now(bench.desk.select(&"c".into())).expect("a card");

    drop(release);
    assert!(load.go().is_some());
    assert_eq!(bench.rows(), ["b", "c", "a"], "the new one is at the end");
    let queue = bench.desk.queue().expect("open");
    assert_eq!(queue.selected, Some("c".into()));
    assert!(!queue.loading);
    // Opened anew, it is in order.
    now(bench.desk.open_queue(QueueScope::AllCallTasks)).expect("a queue");
    assert_eq!(bench.rows(), ["a", "b", "c"]);
}

#[test]
fn a_cancelled_sweep_keeps_what_was_read_and_says_so() {
    let bench = DeskBench::new();
    bench.bench.apollo.rows_per_page(2);
    let tasks = ["a", "b", "c"].map(|task| person(task, "2026-11-20"));
    bench.bench.apollo.tasks(tasks.to_vec());
    let _held = bench.bench.apollo.hold_page(2);
    let mut load = Flow::new(bench.desk.load());
    assert!(load.go().is_none());
    bench.desk.cancel_load();
    assert!(load.go().is_some());
    let report = bench.desk.report();
    assert_eq!(report.loading.state, LoadingState::Cancelled);
    assert_eq!(
        english(&report.loading.sentence),
        "Stopped after 2 of 3. Refresh reads the rest."
    );
    assert_eq!(report.all.open, 2);

    // The next sweep reads all of them.
    drop(now(bench.desk.load()));
    assert_eq!(bench.desk.report().all.open, 3);
}

#[test]
fn a_sweep_that_fails_keeps_what_was_read_and_takes_nothing_off_the_list() {
    let bench = DeskBench::new();
    bench.bench.apollo.rows_per_page(2);
    let tasks = ["a", "b", "c"].map(|task| person(task, "2026-11-20"));
    bench.work(tasks.to_vec());
    let down = Error::UpstreamDown {
        status: Some(503),
        html: false,
    };
    bench.bench.apollo.fail_page(2, down);
    drop(now(bench.desk.load()));
    let report = bench.desk.report();
    assert_eq!(report.loading.state, LoadingState::Failed);
    assert_eq!(report.all.open, 3);
    assert_eq!(bench.card("c").state, RowState::Open);
}

#[test]
fn a_second_sweep_does_not_start_while_one_goes_on() {
    let bench = DeskBench::new();
    bench.bench.apollo.tasks(vec![person("a", "2026-11-20")]);
    let release = bench.bench.apollo.hold_page(1);
    let mut load = Flow::new(bench.desk.load());
    assert!(load.go().is_none());
    drop(now(bench.desk.load()));
    assert_eq!(bench.bench.apollo.task_requests().len(), 1);
    drop(release);
    assert!(load.go().is_some());
}

#[test]
fn what_apollo_no_longer_lists_is_shown_as_gone_and_comes_back_when_it_does() {
    let bench = DeskBench::new();
    let both = || vec![person("a", "2026-11-20"), person("b", "2026-11-20")];
    bench.work(both());
    bench.bench.apollo.tasks(vec![person("b", "2026-11-20")]);
    drop(now(bench.desk.load()));
    assert_eq!(bench.rows(), ["a", "b"], "rows do not move");
    assert_eq!(bench.card("a").state, RowState::Gone);
    assert_eq!(
        english(&bench.dial("a").expect_err("it is gone").message),
        "This task is finished. It is not called twice."
    );
    // A row can slip between two pages while others are completed; it is not lost for the day.
    bench.bench.apollo.tasks(both());
    drop(now(bench.desk.load()));
    assert_eq!(bench.card("a").state, RowState::Open);
    assert_eq!(bench.desk.report().all.open, 2);
    bench.dial("a").expect("it can be called again");
}

#[test]
fn a_call_that_goes_on_is_not_taken_away_by_a_refresh() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", "2026-11-20"), person("b", "2026-11-20")]);
    bench.dial("a").expect("she can be called");
    bench.bench.apollo.tasks(vec![person("b", "2026-11-20")]);
    drop(now(bench.desk.load()));
    assert_eq!(bench.card("a").state, RowState::OnCall);
    now(bench.desk.end_call(&"a".into())).expect("the call ends");
    now(bench
        .desk
        .save_call(&"a".into(), form("no_answer", String::new())))
    .expect("it is saved");
}

#[test]
fn every_step_of_a_sweep_is_told_to_windows() {
    let bench = DeskBench::new();
    bench.changed_tags();
    bench.work(vec![person("a", "2026-11-20")]);
    let tags = bench.changed_tags();
    for tag in [Tag::Report, Tag::Queue, Tag::Card] {
        assert!(tags.contains(&tag), "{tag:?}");
    }
}
