//! More than one try for a task: each is a call of its own, the task ends once, and bad numbers are known.

use std::time::Duration;

use apollo::types::{PhoneNumber, Task};
use domain::{
    draft::CallForm,
    settings::{OutcomeRule, Settings},
    wrap_up::{DiscardReason, SkipReason, StepKind},
};
use present::{Call, Card, NumberWas, Problem, ProblemCode, ReceiptKind, RowState};

use crate::support::{DeskBench, Reply, WriteFault, english, form, no_undo, now, person};

const DUE: &str = "2026-11-20";
const LONG: Duration = Duration::from_mins(15);
const DAY: Duration = Duration::from_hours(24);
const OFFICE: &str = "+12025550143";
const MOBILE: &str = "+12025550177";
const HOME: &str = "+12025550199";

/// Somebody with these numbers.
fn reachable(task: &str, numbers: &[&str]) -> Task {
    let mut task = person(task, DUE);
    if let Some(contact) = &mut task.contact {
        let number = |number: &&str| PhoneNumber::with_number(*number, Some(number));
        contact.phone_numbers = numbers.iter().map(number).collect();
    }
    task
}

fn bench_of(numbers: &[&str]) -> DeskBench {
    let bench = DeskBench::new();
    bench.work(vec![reachable("a", numbers), person("b", DUE)]);
    bench
}

fn dial(bench: &DeskBench, phone: u32) -> Result<(), Problem> {
    now(bench.desk.dial(&"a".into(), phone, false)).map(drop)
}

/// A call on one number, logged as a try with this outcome.
fn try_number(bench: &DeskBench, phone: u32, outcome: &str) {
    dial(bench, phone).expect("permitted");
    bench.bench.clock.advance(Duration::from_secs(20));
    save_try(bench, form(outcome, "")).expect("logged");
}

fn save_try(bench: &DeskBench, form: CallForm) -> Result<Card, Problem> {
    now(bench.desk.save_try(&"a".into(), form))
}

/// The numbers and notes of the calls in Apollo, in the order in which they began.
fn in_apollo(bench: &DeskBench) -> Vec<(Option<String>, Option<String>)> {
    bench.run(LONG);
    let mut records = bench.bench.apollo.records();
    records.sort_by_key(|call| call.start_time);
    records
        .into_iter()
        .map(|call| (call.to_number, call.note))
        .collect()
}

fn logged(number: &str, note: &str) -> (Option<String>, Option<String>) {
    (Some(number.to_owned()), Some(note.to_owned()))
}

/// The requests that ended a task, with their kind.
fn endings(bench: &DeskBench) -> Vec<(StepKind, String)> {
    let requests = bench.bench.apollo.finish_requests().into_iter();
    requests
        .map(|(_, kind, task, _)| (kind, task.to_string()))
        .collect()
}

#[test]
fn each_try_is_a_call_of_its_own_and_the_task_is_completed_once() {
    for lost in [false, true] {
        let bench = bench_of(&[OFFICE, MOBILE]);
        if lost {
            let replies = [Reply::LostAfterCommit, Reply::LostAfterCommit];
            bench.bench.apollo.script(StepKind::LogCall, replies);
        }
        dial(&bench, 0).expect("permitted");
        bench.bench.clock.advance(Duration::from_secs(20));
        let card = save_try(&bench, form("no_answer", "rang out")).expect("logged");
        assert_eq!(card.state, RowState::Open);
        assert!(matches!(card.call, Call::NotDialed));
        assert_eq!(card.draft.form.outcome, None);
        assert_eq!(card.draft.form.note, "");
        // While the first goes on its way, the second number is dialed.
        dial(&bench, 1).expect("the other number");
        bench.bench.clock.advance(Duration::from_secs(90));
        bench.save("a", form("busy", "call later")).expect("saved");
        let calls = in_apollo(&bench);
        let both = [
            logged(OFFICE, "[No answer] rang out"),
            logged(MOBILE, "[Busy] call later"),
        ];
        assert_eq!(calls, both, "lost: {lost}");
        assert_eq!(endings(&bench), [(StepKind::CompleteTask, "a".to_owned())]);
        assert_eq!(bench.bench.store.wrap_up_count(), 0);
    }
}

#[test]
fn a_try_leaves_its_task_open_over_a_restart_whether_or_not_apollo_has_it() {
    for is_sent in [true, false] {
        let bench = bench_of(&[OFFICE, MOBILE]);
        try_number(&bench, 0, "no_answer");
        if is_sent {
            bench.run(LONG);
        }
        let bench = bench.restart();
        bench.work(vec![reachable("a", &[OFFICE, MOBILE]), person("b", DUE)]);
        let card = bench.card("a");
        assert_eq!(card.state, RowState::Open, "{is_sent}");
        assert!(card.was_tried);
        let tried = card.phones[0].history.as_ref().map(english);
        assert_eq!(tried.as_deref(), Some("Tried at 10:00: No answer"));
        dial(&bench, 1).expect("nothing is asked about the other number");
        bench.save("a", form("busy", "")).expect("saved");
        assert_eq!(in_apollo(&bench).len(), 2, "{is_sent}");
        assert_eq!(endings(&bench).len(), 1, "{is_sent}");
    }
}

#[test]
fn the_same_number_is_not_dialed_twice_without_a_question() {
    let bench = bench_of(&[OFFICE, MOBILE]);
    try_number(&bench, 0, "no_answer");
    let question = dial(&bench, 0).expect_err("it was called a moment ago");
    assert_eq!(question.code, ProblemCode::ConfirmDial);
    assert_eq!(
        english(&question.message),
        "This number was called at 10:00: No answer."
    );
}

#[test]
fn the_next_number_is_another_one_that_was_not_tried_and_may_be_called() {
    let bench = bench_of(&[OFFICE, MOBILE, HOME]);
    let next = || bench.card("a").next_number;
    assert_eq!(next(), None, "nobody was called yet");
    dial(&bench, 1).expect("permitted");
    assert_eq!(next(), Some(0));
    save_try(&bench, form("no_answer", "")).expect("logged");
    dial(&bench, 0).expect("permitted");
    assert_eq!(next(), Some(2));
    save_try(&bench, form("no_answer", "")).expect("logged");
    dial(&bench, 2).expect("permitted");
    assert_eq!(next(), None, "each was tried");
}

#[test]
fn what_an_outcome_does_besides_is_left_to_the_call_that_ends_the_task() {
    let rule = OutcomeRule {
        outcome: "no_answer".to_owned(),
        callback_days: Some(2),
        stage_id: Some("64c0ffee0000000000000001".to_owned()),
        finish_sequence: true,
        ..OutcomeRule::default()
    };
    let settings = Settings {
        rules: vec![rule],
        ..no_undo()
    };
    let bench = DeskBench::with(settings);
    bench.work(vec![reachable("a", &[OFFICE, MOBILE])]);
    try_number(&bench, 0, "no_answer");
    assert_eq!(in_apollo(&bench).len(), 1);
    assert!(bench.bench.apollo.made_tasks().is_empty());
    assert!(bench.bench.apollo.stages_set().is_empty());
    assert_eq!(endings(&bench), []);
}

#[test]
fn a_try_needs_a_call_and_an_outcome_and_is_kept_on_its_card_if_it_cannot_be_stored() {
    let bench = bench_of(&[OFFICE, MOBILE]);
    let refused = save_try(&bench, form("no_answer", "")).expect_err("nobody was called");
    assert_eq!(refused.code, ProblemCode::Invalid);
    dial(&bench, 0).expect("permitted");
    bench.bench.store.fail_write(1, WriteFault::Refused);
    let refused = save_try(&bench, form("no_answer", "rang out")).expect_err("the disk is full");
    assert_eq!(refused.code, ProblemCode::NotSaved);
    let card = bench.card("a");
    assert!(!matches!(card.call, Call::NotDialed), "the call is there");
    assert_eq!(card.draft.form.note, "rang out");
    save_try(&bench, form("no_answer", "rang out")).expect("the disk has room again");
    assert_eq!(in_apollo(&bench), [logged(OFFICE, "[No answer] rang out")]);
}

#[test]
fn a_tried_task_is_completed_without_a_further_call_and_no_other_is() {
    let bench = bench_of(&[OFFICE, MOBILE]);
    let complete = |bench: &DeskBench| {
        now(bench
            .desk
            .skip(&"a".into(), SkipReason::Tried, String::new()))
    };
    let refused = complete(&bench).expect_err("no call is logged");
    assert_eq!(refused.code, ProblemCode::Invalid);
    try_number(&bench, 0, "no_answer");
    bench.bench.clock.advance(Duration::from_secs(1));
    complete(&bench).expect("completed");
    assert_eq!(bench.card("a").state, RowState::Skipped);
    assert_eq!(in_apollo(&bench), [logged(OFFICE, "[No answer]")]);
    assert_eq!(endings(&bench), [(StepKind::CompleteTask, "a".to_owned())]);
    let kinds: Vec<_> = bench
        .desk
        .receipts()
        .rows
        .iter()
        .map(|row| row.kind)
        .collect();
    assert_eq!(kinds, [ReceiptKind::Completion, ReceiptKind::Call]);
}

#[test]
fn a_try_that_is_given_up_does_not_open_a_finished_task_again() {
    let bench = bench_of(&[OFFICE, MOBILE]);
    bench.bench.apollo.network(false);
    try_number(&bench, 0, "no_answer");
    let first = bench.receipt("a").wrap_up_id;
    dial(&bench, 1).expect("permitted");
    bench.save("a", form("busy", "")).expect("saved");
    bench.run(Duration::from_mins(1));
    now(bench.desk.discard(first, DiscardReason::NotNeeded)).expect("given up");
    assert_eq!(bench.card("a").state, RowState::Finished);
}

/// The numbers of `a` as they are offered.
fn offered(bench: &DeskBench) -> Vec<u32> {
    let phones = bench.card("a").phones;
    phones.iter().map(|phone| phone.index).collect()
}

#[test]
fn a_bad_number_is_offered_last_until_its_days_are_over() {
    let bench = bench_of(&[OFFICE, MOBILE]);
    try_number(&bench, 0, "wrong_number");
    assert_eq!(offered(&bench), [1, 0]);
    let bad = |bench: &DeskBench| bench.card("a").phones[1].is_bad;
    assert!(bad(&bench));
    bench.bench.clock.advance(29 * DAY);
    assert_eq!(offered(&bench), [1, 0]);
    bench.bench.clock.advance(2 * DAY);
    assert_eq!(offered(&bench), [0, 1]);
    assert!(!bad(&bench));
}

#[test]
fn for_whom_a_bad_number_is_the_only_other_it_is_the_next_after_all() {
    let bench = bench_of(&[OFFICE, MOBILE, HOME]);
    try_number(&bench, 0, "wrong_number");
    bench.bench.clock.advance(2 * DAY);
    // Another task of the same person, with the same numbers.
    bench.work(vec![Task {
        id: "c".into(),
        ..reachable("a", &[OFFICE, MOBILE, HOME])
    }]);
    let next = |phone| {
        now(bench.desk.dial(&"c".into(), phone, false)).expect("permitted");
        let next = bench.card("c").next_number;
        now(bench.desk.save_try(&"c".into(), form("no_answer", ""))).expect("logged");
        next
    };
    assert_eq!(next(1), Some(2), "a good one comes before the bad one");
    assert_eq!(next(2), Some(0));
}

#[test]
fn a_number_that_was_bad_on_three_days_asks_and_one_good_call_makes_it_good() {
    let bench = bench_of(&[OFFICE, MOBILE]);
    for day in 1..=3 {
        now(bench.desk.dial(&"a".into(), 0, true)).expect("confirmed");
        save_try(&bench, form("wrong_number", "")).expect("logged");
        bench.bench.clock.advance(DAY);
        let asks = bench.card("a").phones[1].asks.as_ref().map(english);
        if day < 3 {
            assert_eq!(asks, None, "day {day}");
        } else {
            assert_eq!(
                asks.as_deref(),
                Some("This number was bad on 3 days, lately yesterday at 10:00.")
            );
        }
    }
    assert_eq!(
        dial(&bench, 0).expect_err("it asks").code,
        ProblemCode::ConfirmDial
    );
    now(bench.desk.dial(&"a".into(), 0, true)).expect("confirmed");
    save_try(&bench, form("connected_neutral", "")).expect("logged");
    bench.bench.clock.advance(DAY);
    assert_eq!(offered(&bench), [0, 1]);
    dial(&bench, 0).expect("it is good again");
}

#[test]
fn a_corrected_outcome_changes_what_is_known_of_the_number() {
    let bench = bench_of(&[OFFICE, MOBILE]);
    try_number(&bench, 0, "wrong_number");
    let id = bench.receipt("a").wrap_up_id;
    bench.run(LONG);
    now(bench.desk.correct(id, "no_answer", None, String::new())).expect("corrected");
    assert_eq!(offered(&bench), [0, 1]);
}

#[test]
fn a_rule_says_which_outcome_means_a_bad_number_before_its_name_does() {
    let rule = |outcome: &str, bad_number| OutcomeRule {
        outcome: outcome.to_owned(),
        bad_number: Some(bad_number),
        ..OutcomeRule::default()
    };
    let settings = Settings {
        rules: vec![rule("busy", true), rule("wrong_number", false)],
        ..no_undo()
    };
    let bench = DeskBench::with(settings);
    bench.work(vec![reachable("a", &[OFFICE, MOBILE])]);
    let number_was = |key: &str| {
        let outcomes = bench.desk.dispositions().outcomes;
        let outcome = outcomes.into_iter().find(|outcome| outcome.key == key);
        outcome.expect("it is offered").number_was
    };
    assert_eq!(number_was("busy"), NumberWas::Bad);
    assert_eq!(number_was("wrong_number"), NumberWas::Other);
    assert_eq!(number_was("no_answer"), NumberWas::NotAnswered);
    try_number(&bench, 0, "wrong_number");
    assert_eq!(offered(&bench), [0, 1]);
    try_number(&bench, 1, "busy");
    assert!(
        bench
            .card("a")
            .phones
            .iter()
            .any(|phone| phone.is_bad && phone.index == 1)
    );
}
