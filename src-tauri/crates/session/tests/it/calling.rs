//! Who may be dialed, and when the call was.

use std::time::Duration;

use apollo::types::{CustomFields, PhoneNumber, Task};
use clock::{Clock, Timestamp};
use domain::{
    calling_hours::CallingHours, calling_hours::OutsideHours, settings::Settings,
    wrap_up::SkipReason,
};
use jiff::SignedDuration;
use present::{Call, CustomFact, ProblemCode, ReachState, RowState};
use serde_json::{Map, Value, json};

use crate::support::{DeskBench, Flow, NOW, at, english, form, now, opted_out, person};

const DUE: &str = "2026-11-20";

fn ask() -> Settings {
    Settings {
        calling_hours: CallingHours {
            outside: OutsideHours::Ask,
            ..CallingHours::default()
        },
        ..Settings::default()
    }
}

/// Somebody for whom it is 02:00.
fn asleep(task: &str) -> Task {
    let mut task = person(task, DUE);
    if let Some(contact) = &mut task.contact {
        contact.time_zone = Some("Australia/Sydney".to_owned());
    }
    task
}

/// Somebody whose place is not known.
fn somewhere(task: &str) -> Task {
    let mut task = person(task, DUE);
    if let Some(contact) = &mut task.contact {
        contact.time_zone = None;
        contact.country = None;
        let toll_free = "+18005550143";
        contact.phone_numbers = vec![PhoneNumber::with_number(toll_free, Some(toll_free))];
    }
    task
}

fn with_numbers(task: &str, numbers: Vec<PhoneNumber>) -> Task {
    let mut task = person(task, DUE);
    if let Some(contact) = &mut task.contact {
        contact.phone_numbers = numbers;
    }
    task
}

fn number(e164: &str, do_not_call: bool) -> PhoneNumber {
    PhoneNumber {
        do_not_call,
        ..PhoneNumber::with_number(e164, Some(e164))
    }
}

#[test]
fn a_permitted_number_is_handed_over_in_the_international_form_and_the_timer_runs() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE)]);
    let number = now(bench.desk.dial(&"a".into(), 0, false)).expect("she can be called");
    assert_eq!(number.as_str(), "+12025550143");
    let card = bench.desk.card(&"a".into()).expect("her card");
    assert_eq!(card.state, RowState::OnCall);
    let ongoing = matches!(card.call, Call::Ongoing { started_at, .. } if started_at == at(NOW));
    assert!(ongoing);
}

#[test]
fn custom_fields_are_shown_by_name_once_the_names_are_known() {
    let bench = DeskBench::new();
    let mut task = person("a", DUE);
    if let Some(contact) = &mut task.contact {
        contact.typed_custom_fields =
            map(json!({"f1": ["o1"], "f2": "", "f9": "of no known field"}));
    }
    if let Some(account) = &mut task.account {
        account.typed_custom_fields = map(json!({"f3": 12}));
    }
    bench.work(vec![task]);
    let card = bench.desk.card(&"a".into()).expect("her card");
    assert!(card.contact.custom_fields.is_empty(), "no names, no fields");

    bench.bench.apollo.custom_fields(CustomFields {
        fields: serde_json::from_value(json!([
            {"id": "contact.f1", "label": "Segment", "modality": "contact", "type": "picklist",
             "picklist_values": [{"id": "o1", "name": "Mid market"}]},
            {"id": "contact.f2", "label": "Nickname", "modality": "contact", "type": "string"},
            {"id": "account.f3", "label": "Trucks", "modality": "account", "type": "number"},
        ]))
        .expect("fields"),
    });
    bench.read();
    let card = bench.desk.card(&"a".into()).expect("her card");
    let shown = |facts: &[CustomFact]| -> Vec<String> {
        let facts = facts.iter();
        facts
            .map(|fact| format!("{}: {}", fact.name, fact.value))
            .collect()
    };
    assert_eq!(shown(&card.contact.custom_fields), ["Segment: Mid market"]);
    let account = card.account.expect("her company");
    assert_eq!(shown(&account.custom_fields), ["Trucks: 12"]);
}

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

#[test]
fn who_opted_out_is_not_dialed_whatever_the_policy_and_the_confirmation() {
    for settings in [Settings::default(), ask()] {
        let bench = DeskBench::with(settings);
        bench.work(vec![opted_out("a", DUE)]);
        for confirmed in [false, true] {
            let problem =
                now(bench.desk.dial(&"a".into(), 0, confirmed)).expect_err("she opted out");
            assert_eq!(problem.code, ProblemCode::DialRefused);
            assert!(english(&problem.message).starts_with("Opted out of calls."));
        }
        assert_eq!(bench.card("a").state, RowState::Open);
    }
}

#[test]
fn a_do_not_call_number_is_refused_and_another_of_the_same_person_is_not() {
    let bench = DeskBench::new();
    let numbers = vec![
        number("+12025550143", true),
        PhoneNumber {
            position: 1,
            ..number("+12025550144", false)
        },
    ];
    bench.work(vec![with_numbers("a", numbers)]);
    let problem = now(bench.desk.dial(&"a".into(), 1, false)).expect_err("it is on a list");
    assert_eq!(problem.code, ProblemCode::DialRefused);
    assert_eq!(english(&problem.message), "On a do-not-call list.");
    let number = now(bench.desk.dial(&"a".into(), 0, false)).expect("the first is not");
    assert_eq!(number.as_str(), "+12025550144");
}

#[test]
fn nobody_is_dialed_without_a_number_or_only_on_a_list() {
    let bench = DeskBench::new();
    bench.work(vec![
        with_numbers(
            "broken",
            vec![PhoneNumber::with_number("call my desk", None)],
        ),
        with_numbers("listed", vec![number("+12025550143", true)]),
    ]);
    for (task, state) in [
        ("broken", ReachState::NoNumber),
        ("listed", ReachState::DoNotCall),
    ] {
        assert_eq!(bench.card(task).reach.state, state);
        for confirmed in [false, true] {
            let problem = now(bench.desk.dial(&task.into(), 0, confirmed)).expect_err("no number");
            assert_eq!(problem.code, ProblemCode::DialRefused);
        }
    }
    let problem = now(bench.desk.dial(&"listed".into(), 7, false)).expect_err("no such number");
    assert_eq!(problem.code, ProblemCode::Invalid);
}

#[test]
fn outside_calling_hours_nobody_is_dialed_where_the_policy_blocks() {
    let bench = DeskBench::new();
    bench.work(vec![asleep("a")]);
    for confirmed in [false, true] {
        let problem =
            now(bench.desk.dial(&"a".into(), 0, confirmed)).expect_err("it is night there");
        assert_eq!(problem.code, ProblemCode::DialRefused);
        // 08:00 in Sydney.
        assert_eq!(problem.retry_at, Some(at("2026-11-24T21:00:00Z")));
    }
    bench
        .bench
        .clock
        .advance(std::time::Duration::from_hours(6));
    bench.dial("a").expect("it is 08:00 there");
}

#[test]
fn outside_calling_hours_the_rep_is_asked_where_the_policy_asks() {
    let bench = DeskBench::with(ask());
    bench.work(vec![asleep("a")]);
    let problem = bench.dial("a").expect_err("it is night there");
    assert_eq!(problem.code, ProblemCode::ConfirmDial);
    assert_eq!(bench.card("a").state, RowState::Open);
    now(bench.desk.dial(&"a".into(), 0, true)).expect("the rep said yes");
}

#[test]
fn where_the_time_is_unknown_the_rep_is_asked() {
    // A toll-free number belongs to no place.
    let bench = DeskBench::new();
    bench.work(vec![somewhere("a")]);
    assert_eq!(bench.card("a").reach.state, ReachState::UnknownTime);
    assert_eq!(
        bench.dial("a").expect_err("unknown").code,
        ProblemCode::ConfirmDial
    );
    now(bench.desk.dial(&"a".into(), 0, true)).expect("the rep said yes");
}

#[test]
fn a_finished_task_is_not_dialed_again() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE), person("b", DUE)]);
    now(bench
        .desk
        .skip(&"a".into(), SkipReason::NotRelevant, String::new()))
    .expect("skipped");
    let problem = bench.dial("a").expect_err("it is finished");
    assert_eq!(problem.code, ProblemCode::DialRefused);
    assert_eq!(
        english(&problem.message),
        "This task is finished. It is not called twice."
    );
}

#[test]
fn one_call_at_a_time() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE), person("b", DUE)]);
    bench.dial("a").expect("the first");
    assert_eq!(
        english(&bench.dial("a").expect_err("twice").message),
        "This call is going on."
    );
    assert_eq!(
        english(&bench.dial("b").expect_err("two at once").message),
        "Another call is going on. End it first."
    );
    now(bench.desk.end_call(&"a".into())).expect("it ends");
    bench.dial("b").expect("now");
}

#[test]
fn the_next_number_is_not_dialed_before_the_last_call_is_on_disk() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE), person("b", DUE)]);
    let release = bench.bench.store.hold_next_write();
    let task = "a".into();
    let mut save = Flow::new(
        bench
            .desk
            .save_call(&task, form("no_answer", "kept".to_owned())),
    );
    assert!(save.go().is_none(), "the disk is slow");
    let problem = bench.dial("b").expect_err("not yet");
    assert_eq!(problem.code, ProblemCode::DialRefused);
    assert_eq!(
        english(&problem.message),
        "The last call is still being saved. Try again in a moment."
    );
    drop(release);
    assert!(save.go().expect("done").is_ok());
    bench.dial("b").expect("now");
}

#[test]
fn a_save_that_is_given_up_does_not_lock_the_desk() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE), person("b", DUE)]);
    let _held = bench.bench.store.hold_next_write();
    let task = "a".into();
    let mut save = Flow::new(
        bench
            .desk
            .save_call(&task, form("no_answer", String::new())),
    );
    assert!(save.go().is_none());
    drop(save);
    bench.dial("b").expect("the desk is free");
}

#[test]
fn a_call_that_cannot_be_stored_is_not_begun() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE)]);
    bench.bench.store.refuse(true);
    let problem = bench.dial("a").expect_err("the disk is full");
    assert_eq!(problem.code, ProblemCode::NotSaved);
    assert!(bench.card("a").call == Call::NotDialed);
    bench.bench.store.refuse(false);
    bench.dial("a").expect("now");
}

#[test]
fn a_call_that_the_phone_app_refused_is_taken_back() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE)]);
    bench.dial("a").expect("permitted");
    now(bench.desk.undo_dial(&"a".into()));
    assert_eq!(bench.card("a").state, RowState::Open);
    let draft = bench.bench.store.draft("a").expect("a draft");
    assert!(draft.call.is_none());
}

#[test]
fn end_and_corrections_are_checked_and_stored() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE)]);
    let task = "a".into();
    let none =
        now(bench.desk.correct_call(&task, at(NOW), at(NOW))).expect_err("there is no call yet");
    assert_eq!(none.code, ProblemCode::Invalid);

    bench.dial("a").expect("permitted");
    bench
        .bench
        .clock
        .advance(std::time::Duration::from_millis(65_900));
    let ended = now(bench.desk.end_call(&task)).expect("it ends");
    assert!(matches!(ended.call, Call::Ended { duration_s: 65, .. }));
    // A second press changes nothing.
    bench
        .bench
        .clock
        .advance(std::time::Duration::from_secs(30));
    let again = now(bench.desk.end_call(&task)).expect("it has ended");
    assert!(matches!(again.call, Call::Ended { duration_s: 65, .. }));

    let present = bench.bench.clock.now();
    let minutes = |back: i64| present - SignedDuration::from_mins(back);
    for (started_at, ended_at, message) in [
        (
            minutes(1),
            minutes(2),
            "The call cannot end before it starts.",
        ),
        (
            minutes(2),
            minutes(-1),
            "The call cannot end in the future.",
        ),
        (
            minutes(48 * 60),
            minutes(1),
            "The call cannot start more than two days ago.",
        ),
    ] {
        let problem = now(bench.desk.correct_call(&task, started_at, ended_at))
            .expect_err("it makes no sense");
        assert_eq!(problem.code, ProblemCode::Invalid);
        assert_eq!(english(&problem.message), message);
    }
    assert!(
        matches!(bench.card("a").call, Call::Ended { duration_s: 65, .. }),
        "a refused correction changes nothing"
    );
    let corrected = now(bench.desk.correct_call(&task, minutes(10), minutes(7))).expect("it may");
    assert!(matches!(
        corrected.call,
        Call::Ended {
            duration_s: 180,
            ..
        }
    ));
    let draft = bench.bench.store.draft("a").expect("a draft");
    let call = draft.call.expect("a call");
    assert_eq!(
        (call.started_at, call.ended_at),
        (minutes(10), Some(minutes(7)))
    );
}

#[test]
fn next_passes_over_who_cannot_be_called_now() {
    let bench = DeskBench::new();
    let queue = bench.work(vec![
        person("1", DUE),
        asleep("2"),
        opted_out("3", DUE),
        with_numbers("4", Vec::new()),
        person("5", DUE),
        person("6", DUE),
    ]);
    assert_eq!(queue.parked, 1);
    assert_eq!(bench.card("1").next, Some("5".into()));
    // After the last card comes the first one again.
    assert_eq!(bench.card("6").next, Some("1".into()));
    for task in ["1", "5", "6"] {
        now(bench
            .desk
            .save_call(&task.into(), form("no_answer", String::new())))
        .expect("saved");
    }
    // When nobody can be called now, the next open card is selected all the same.
    assert_eq!(bench.desk.queue().expect("open").selected, Some("2".into()));
}

#[test]
fn a_call_left_over_from_a_task_that_is_gone_does_not_lock_the_phone() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE), person("b", DUE)]);
    bench.dial("a").expect("permitted");
    // Handset dies during the call; meanwhile a colleague finishes the task in Apollo.
    let bench = bench.restart();
    bench.work(vec![person("b", DUE)]);
    bench
        .dial("b")
        .expect("there is no call that could be ended");
}

const FOUR_SECONDS: Duration = Duration::from_secs(4);
const NIGHT: Duration = Duration::from_hours(9);

/// On a call with the person of this task.
fn on_call() -> DeskBench {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE)]);
    bench.dial("a").expect("permitted");
    bench
}

fn set_clock(bench: &DeskBench, to: &str) {
    bench.bench.clock.set_wall_clock(at(to));
}

fn end(bench: &DeskBench) -> Call {
    now(bench.desk.end_call(&"a".into())).expect("it ends").call
}

fn question(call: &Call) -> Option<String> {
    match call {
        Call::Ended { question, .. } => question.as_ref().map(english),
        _ => None,
    }
}

/// Start, end and length of the one call in Apollo.
fn logged(bench: &DeskBench) -> (String, String, Option<u32>) {
    bench.run(Duration::from_mins(2));
    let records = bench.bench.apollo.records();
    let [record] = &records[..] else {
        panic!("one call, not {}", records.len())
    };
    let text = |at: Option<Timestamp>| at.expect("a time").to_string();
    (
        text(record.start_time),
        text(record.end_time),
        record.duration_s,
    )
}

#[test]
fn a_clock_that_is_set_back_or_ahead_during_a_call_changes_no_length() {
    for set_to in ["2026-11-24T14:00:01Z", "2026-11-24T16:00:01Z"] {
        for ends_first in [true, false] {
            let bench = on_call();
            bench.bench.clock.advance(Duration::from_secs(1));
            set_clock(&bench, set_to);
            bench.bench.clock.advance(Duration::from_secs(3));
            let ongoing = bench.card("a").call;
            assert!(
                matches!(ongoing, Call::Ongoing { ran_s: 4, .. }),
                "the timer agrees"
            );
            if ends_first {
                assert_eq!(question(&end(&bench)), None);
            }
            bench.save("a", form("no_answer", "")).expect("saved");
            assert_eq!(
                logged(&bench),
                (
                    "2026-11-24T15:00:00Z".to_owned(),
                    "2026-11-24T15:00:04Z".to_owned(),
                    Some(4)
                ),
                "set to {set_to}"
            );
        }
    }
}

#[test]
fn a_call_that_ran_over_night_is_asked_about_and_logged_as_the_rep_says() {
    for sleeps in [true, false] {
        for ends_first in [true, false] {
            let bench = on_call();
            if sleeps {
                // While the computer sleeps, its monotonic clock stands still.
                bench.bench.clock.advance(FOUR_SECONDS);
                set_clock(&bench, "2026-11-25T00:00:00Z");
            } else {
                bench.bench.clock.advance(NIGHT);
            }
            if ends_first {
                assert_eq!(
                    question(&end(&bench)),
                    Some("This call ran 9 h 0 min. When did it end?".to_owned())
                );
            }
            let problem = bench
                .save("a", form("no_answer", ""))
                .expect_err("first it is asked");
            assert_eq!(problem.code, ProblemCode::ConfirmTimes);
            assert_eq!(
                english(&problem.message),
                "This call ran 9 h 0 min. When did it end?"
            );
            assert_eq!(bench.bench.store.wrap_up_count(), 0);
            let card = bench.card("a");
            assert_eq!(
                card.state,
                RowState::Open,
                "it has ended, and can be corrected"
            );
            assert!(question(&card.call).is_some());

            let ended_at = at("2026-11-24T15:02:30Z");
            now(bench.desk.correct_call(&"a".into(), at(NOW), ended_at)).expect("it may");
            bench.save("a", form("no_answer", "")).expect("saved");
            let (_, ended, length) = logged(&bench);
            assert_eq!((&*ended, length), ("2026-11-24T15:02:30Z", Some(150)));
        }
    }
}

#[test]
fn a_long_call_that_the_rep_confirms_is_logged_as_it_was() {
    let bench = on_call();
    bench.bench.clock.advance(Duration::from_hours(5));
    let Call::Ended {
        started_at,
        ended_at,
        ..
    } = end(&bench)
    else {
        panic!("it has ended")
    };
    let card = now(bench.desk.correct_call(&"a".into(), started_at, ended_at)).expect("it may");
    assert_eq!(question(&card.call), None);
    let bench = bench.restart();
    bench.work(vec![person("a", DUE)]);
    bench.save("a", form("no_answer", "")).expect("saved");
    assert_eq!(logged(&bench).2, Some(5 * 3_600));
}

#[test]
fn after_a_restart_in_the_middle_of_a_call_the_clock_counts_and_is_asked_about() {
    let bench = on_call();
    bench.bench.clock.advance(Duration::from_secs(90));
    let bench = bench.restart();
    bench.work(vec![person("a", DUE)]);
    bench.bench.clock.advance(Duration::from_secs(30));
    let ongoing = bench.card("a").call;
    assert!(matches!(ongoing, Call::Ongoing { ran_s: 120, .. }));
    bench
        .save("a", form("no_answer", ""))
        .expect("nothing is odd about two minutes");
    assert_eq!(logged(&bench).2, Some(120));

    let bench = on_call().restart();
    bench.work(vec![person("a", DUE)]);
    set_clock(&bench, "2026-11-24T14:30:00Z");
    assert!(matches!(
        bench.card("a").call,
        Call::Ongoing { ran_s: 0, .. }
    ));
    let asked = end(&bench);
    let asked = question(&asked).expect("it ends before it starts");
    assert!(asked.starts_with("The clock was set back"), "{asked}");
    let problem = bench
        .save("a", form("no_answer", ""))
        .expect_err("first it is asked");
    assert_eq!(problem.code, ProblemCode::ConfirmTimes);

    // From Friday to Monday: the rep can still answer the question.
    let bench = on_call().restart();
    bench.work(vec![person("a", DUE)]);
    bench.bench.clock.advance(Duration::from_hours(72));
    bench
        .save("a", form("no_answer", ""))
        .expect_err("first it is asked");
    let ended_at = at("2026-11-24T15:01:00Z");
    now(bench.desk.correct_call(&"a".into(), at(NOW), ended_at)).expect("it may");
    bench.save("a", form("no_answer", "")).expect("saved");
    assert_eq!(logged(&bench).2, Some(60));
}

#[test]
fn times_can_be_corrected_after_the_clock_was_set_back() {
    let bench = on_call();
    bench.bench.clock.advance(Duration::from_mins(1));
    set_clock(&bench, "2026-11-24T14:00:00Z");
    end(&bench);
    let ended_at = at("2026-11-24T15:00:40Z");
    now(bench.desk.correct_call(&"a".into(), at(NOW), ended_at)).expect("within the call");
    let later = at("2026-11-24T15:00:41Z");
    now(bench.desk.correct_call(&"a".into(), at(NOW), later)).expect_err("after all that is known");
}

#[test]
fn a_call_that_saving_ended_is_over_when_the_save_is_taken_back() {
    let bench = DeskBench::with(Settings::default());
    bench.work(vec![person("a", DUE)]);
    bench.dial("a").expect("permitted");
    bench.bench.clock.advance(FOUR_SECONDS);
    let saved = bench.save("a", form("no_answer", "")).expect("saved");
    bench.bench.clock.advance(Duration::from_secs(2));
    let card = now(bench.desk.take_back(saved.wrap_up_id)).expect("in time");
    assert!(matches!(card.call, Call::Ended { duration_s: 4, .. }));
}
