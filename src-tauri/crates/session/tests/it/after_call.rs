//! What a wrap-up writes beside the call: by its outcome's rule, or as the rep says.

use std::time::Duration;

use ::apollo::types::{TaskPriority, TaskStatus};
use clock::Clock;
use domain::draft::CallForm;
use domain::{
    draft::Callback, draft::CallbackHow, position::QueueScope, settings::OutcomeRule,
    settings::Settings, wrap_up::StepKind,
};
use jiff::SignedDuration;
use present::RowState;

use crate::support::{DeskBench, Identifier, Reply, at, english, form, no_undo, now, person};

const DUE: &str = "2026-11-20";
const LONG: Duration = Duration::from_mins(10);
const TOMORROW: &str = "2026-11-25T15:30:00Z";

fn in_sequence(task: &str) -> apollo::types::Task {
    apollo::types::Task {
        sequence_id: Some("sequence".into()),
        sequence_name: Some("Q4".to_owned()),
        ..person(task, DUE)
    }
}

fn bench(rules: Vec<OutcomeRule>) -> DeskBench {
    let bench = DeskBench::with(Settings { rules, ..no_undo() });
    bench.work(vec![in_sequence("a"), in_sequence("b")]);
    bench
}

fn calling_again(how: CallbackHow) -> CallForm {
    CallForm {
        callback: Some(Callback {
            at: at(TOMORROW),
            how,
        }),
        ..form("no_answer", "ask for Kim")
    }
}

#[test]
fn a_rule_decides_which_steps_a_wrap_up_has_and_they_go_in_order() {
    let bench = bench(vec![OutcomeRule {
        outcome: "connected_negative".to_owned(),
        callback_days: Some(2),
        stage_id: Some("stage".to_owned()),
        finish_sequence: true,
        ..OutcomeRule::default()
    }]);
    bench
        .save("a", form("connected_negative", "no budget"))
        .expect("saved");
    bench.run(LONG);

    let apollo = &bench.bench.apollo;
    let receipts = bench.bench.store.stored_receipts();
    let kinds: Vec<_> = receipts[0].steps.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(
        kinds,
        [
            StepKind::LogCall,
            StepKind::CompleteTask,
            StepKind::CreateCallback,
            StepKind::SetStage,
            StepKind::FinishSequence,
        ]
    );
    let made = apollo.made_tasks();
    assert_eq!(made.len(), 1);
    assert_eq!(made[0].due_at, Some(at("2026-11-26T15:00:00Z")));
    assert_eq!(made[0].user_id, Some("rep".into()));
    assert_eq!(made[0].creator_id, Some("rep".into()));
    assert_eq!(made[0].note.as_deref(), Some("no budget"));
    assert_eq!(apollo.stages_set(), [("contact-a".into(), "stage".into())]);
    assert_eq!(
        apollo.sequences_finished(),
        [("sequence".into(), "contact-a".into())]
    );

    bench.save("b", form("no_answer", "")).expect("saved");
    bench.run(LONG);
    assert_eq!(apollo.made_tasks().len(), 1, "no rule, no callback");
    assert_eq!(apollo.sequences_finished().len(), 1);
}

#[test]
fn the_reps_own_word_outranks_the_rule() {
    let bench = bench(vec![OutcomeRule {
        outcome: "no_answer".to_owned(),
        callback_days: Some(2),
        finish_sequence: true,
        ..OutcomeRule::default()
    }]);
    let mine = CallForm {
        finish_sequence: Some(false),
        ..calling_again(CallbackHow::NewTask)
    };
    bench.save("a", mine).expect("saved");
    bench.run(LONG);
    let made = bench.bench.apollo.made_tasks();
    assert_eq!(made[0].due_at, Some(at(TOMORROW)));
    assert!(bench.bench.apollo.sequences_finished().is_empty());
}

#[test]
fn a_moved_task_keeps_the_priority_and_creator_that_apollo_has_by_now() {
    let bench = bench(Vec::new());
    // Somebody changes the task after the card was read.
    let changed = apollo::types::Task {
        priority: TaskPriority::High,
        creator_id: Some("admin".into()),
        ..in_sequence("a")
    };
    bench.bench.apollo.tasks(vec![changed, in_sequence("b")]);
    bench
        .save("a", calling_again(CallbackHow::MoveTask))
        .expect("saved");
    bench.run(LONG);

    let updates = bench.bench.apollo.updates();
    assert_eq!(updates.len(), 1);
    let (task, update) = &updates[0];
    assert_eq!(task.as_str(), "a");
    assert_eq!(update.priority, TaskPriority::High);
    assert_eq!(update.creator_id, Some("admin".into()));
    assert_eq!(update.due_at, Some(at(TOMORROW)));
    assert!(bench.bench.apollo.finish_requests().is_empty());
    assert_eq!(bench.bench.apollo.posts().len(), 1);
    let row = &bench.desk.queue().expect("a queue").rows[0];
    assert_eq!(
        row.result.as_ref().map(english).as_deref(),
        Some("No answer, moved to 25 Nov, 10:30")
    );
}

#[test]
fn a_moved_task_is_open_again_once_apollo_lists_it_at_its_new_time_also_after_a_restart() {
    let bench = bench(Vec::new());
    bench
        .save("a", calling_again(CallbackHow::MoveTask))
        .expect("saved");
    bench.run(LONG);
    drop(now(bench.desk.load()));
    assert_eq!(bench.card("a").state, RowState::Finished, "its list lags");

    let bench = bench.restart();
    drop(now(bench.desk.load()));
    now(bench.desk.open_queue(QueueScope::AllCallTasks)).expect("a queue");
    assert_eq!(bench.card("a").state, RowState::CatchingUp);

    bench.bench.clock.advance(Duration::from_hours(24));
    let moved = apollo::types::Task {
        due_at: Some(at(TOMORROW)),
        ..in_sequence("a")
    };
    bench.bench.apollo.tasks(vec![in_sequence("b"), moved]);
    drop(now(bench.desk.load()));
    assert_eq!(bench.card("a").state, RowState::Open);
}

#[test]
fn a_task_that_was_finished_elsewhere_is_not_moved() {
    let bench = bench(Vec::new());
    let done = apollo::types::Task {
        status: TaskStatus::Completed,
        ..in_sequence("a")
    };
    bench.bench.apollo.tasks(vec![done, in_sequence("b")]);
    bench
        .save("a", calling_again(CallbackHow::MoveTask))
        .expect("saved");
    bench.run(LONG);
    assert!(bench.bench.apollo.updates().is_empty());
    let receipt = bench.receipt("a");
    let sentence = english(&receipt.steps[1].sentence);
    assert!(sentence.contains("was not moved"), "{sentence}");
}

#[test]
fn a_callback_whose_reply_is_lost_is_found_and_not_made_twice() {
    for (fate, searches_long) in [
        (Reply::LostAfterCommit, false),
        (Reply::HangAfterCommit, false),
        (Reply::LostBeforeCommit, true),
    ] {
        let bench = bench(Vec::new());
        bench
            .bench
            .apollo
            .script(StepKind::CreateCallback, [fate.clone()]);
        bench
            .save("a", calling_again(CallbackHow::NewTask))
            .expect("saved");
        bench.run(Duration::from_secs(299));
        let made = bench.bench.apollo.made_tasks().len();
        assert_eq!(
            made,
            usize::from(!searches_long),
            "{fate:?}: too early to count"
        );
        bench.run(LONG);
        assert_eq!(bench.bench.apollo.made_tasks().len(), 1, "{fate:?}");
        assert_eq!(bench.bench.store.wrap_up_count(), 0, "{fate:?}");
    }
}

#[test]
fn callbacks_whose_replies_are_lost_are_found_also_where_apollo_keeps_no_seconds() {
    let bench = bench(Vec::new());
    let same_person = |task: &str| apollo::types::Task {
        contact_id: Some("contact-a".into()),
        account_id: Some("account-a".into()),
        ..in_sequence(task)
    };
    bench.work(vec![same_person("a"), same_person("b")]);
    bench.bench.apollo.drop_seconds();
    bench.bench.apollo.script(
        StepKind::CreateCallback,
        [Reply::LostAfterCommit, Reply::LostAfterCommit],
    );
    // Both wait at the same time, so that the second gets a second of its own.
    for task in ["a", "b"] {
        bench
            .save(task, calling_again(CallbackHow::NewTask))
            .expect("saved");
    }
    bench.run(LONG);
    assert_eq!(bench.bench.apollo.made_tasks().len(), 2);
    assert_eq!(bench.bench.store.wrap_up_count(), 0);
}

#[test]
fn two_callbacks_for_one_person_at_one_time_by_two_wrap_ups_are_two() {
    let bench = bench(Vec::new());
    let same_person = |task: &str| apollo::types::Task {
        contact_id: Some("contact-a".into()),
        account_id: Some("account-a".into()),
        ..in_sequence(task)
    };
    bench.work(vec![same_person("a"), same_person("b")]);
    bench.bench.apollo.identifier(Identifier::Dropped);
    bench.bench.apollo.script(
        StepKind::CreateCallback,
        [Reply::LostAfterCommit, Reply::LostBeforeCommit],
    );
    bench
        .save("a", calling_again(CallbackHow::NewTask))
        .expect("saved");
    bench.run(LONG);
    bench
        .save("b", calling_again(CallbackHow::NewTask))
        .expect("saved");
    bench.run(LONG);
    assert_eq!(bench.bench.apollo.made_tasks().len(), 2);
}

#[test]
fn an_outcome_can_ask_for_a_note() {
    let bench = bench(vec![OutcomeRule {
        outcome: "connected_negative".to_owned(),
        note_required: true,
        ..OutcomeRule::default()
    }]);
    let problem = bench
        .save("a", form("connected_negative", "  "))
        .expect_err("no note");
    assert!(
        english(&problem.message).contains("needs a note"),
        "{problem}"
    );
    assert_eq!(bench.card("a").state, RowState::Open);
    bench
        .save("a", form("connected_negative", "too dear"))
        .expect("saved");
}

#[test]
fn a_time_that_has_passed_or_is_a_year_ahead_is_not_taken_for_a_callback() {
    let bench = bench(Vec::new());
    let now = bench.bench.clock.now();
    for at in [now, now + SignedDuration::from_hours(24 * 400)] {
        let form = CallForm {
            callback: Some(Callback {
                at,
                how: CallbackHow::NewTask,
            }),
            ..form("no_answer", "")
        };
        bench.save("a", form).expect_err("not a time to call again");
    }
    assert_eq!(bench.bench.store.wrap_up_count(), 0);
}
