//! The list of outcomes is read until that has worked, is stored, and keeps its order. A call never
//! loses the outcome that it was saved with.

use std::time::Duration;

use apollo::{Error, NetworkKind, types::OutcomeFacet};
use domain::draft::CallForm;
use outbox::Urgency;
use present::{DispositionSource, OutcomeBook, OutcomeChange, Problem, ProblemCode};
use session::ports::OutcomeCalls;
use session::ports::OutcomeStore as _;

use crate::support::{Bench, DeskBench, Flow, NOW, at, english, form, no_undo, noted, now, person};

const DUE: &str = "2026-11-20";
const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);

/// An id that ends in `last`.
fn id(last: u8) -> String {
    format!("64c0ffee00000000000000{last:02x}")
}

fn facet(last: u8, name: &str, count: u64) -> OutcomeFacet {
    OutcomeFacet {
        id: id(last).as_str().into(),
        name: name.to_owned(),
        count,
    }
}

fn three() -> Vec<OutcomeFacet> {
    vec![
        facet(1, "Connected - Positive", 12),
        facet(2, "No Answer", 80),
        facet(3, "Connected - Negative", 30),
    ]
}

fn offline() -> Error {
    Error::Network {
        kind: NetworkKind::Dns,
    }
}

/// Digit and name, as on the card.
fn digits(bench: &DeskBench) -> Vec<(u8, String)> {
    let outcomes = bench.desk.dispositions().outcomes.into_iter();
    outcomes
        .filter_map(|outcome| Some((outcome.shortcut?, outcome.name)))
        .collect()
}

fn numbered(names: &[&str]) -> Vec<(u8, String)> {
    let names = names.iter().map(|name| (*name).to_owned());
    (1..).zip(names).collect()
}

fn change(bench: &DeskBench, change: OutcomeChange) -> Result<OutcomeBook, Problem> {
    now(bench.desk.change_outcomes(change.into()))
}

fn add(bench: &DeskBench, last: u8, is_confirmed: bool) -> Result<OutcomeBook, Problem> {
    change(
        bench,
        OutcomeChange::Add {
            name: format!("By hand {last}"),
            outcome_id: id(last),
            is_confirmed,
        },
    )
}

/// When the outcomes were read, in seconds since the start.
fn reads(bench: &DeskBench) -> Vec<u64> {
    let reads = bench.bench.apollo.outcome_reads().into_iter();
    reads.map(|(at, _)| at.as_secs()).collect()
}

#[test]
fn a_start_without_network_is_no_answer_and_is_tried_until_one_comes() {
    let bench = DeskBench::new();
    let apollo = &bench.bench.apollo;
    apollo.outcomes(three());
    for _ in 0..3 {
        apollo.next_outcomes(Err(offline()));
    }
    let mut reading = Flow::new(bench.desk.keep_reference_read());
    reading.go();
    let shown = bench.desk.dispositions();
    assert_eq!(shown.source, DispositionSource::NotRead);
    let hint = english(&shown.hint.expect("it says so"));
    assert!(hint.contains("not read yet"), "{hint}");
    assert!(hint.ends_with("Next try: 10:00."), "{hint}");

    bench.bench.pass(&mut reading, MINUTE * 10);
    assert_eq!(reads(&bench), [0, 30, 90, 210], "and not once more");
    assert_eq!(bench.desk.dispositions().source, DispositionSource::Apollo);
    assert_eq!(bench.desk.dispositions().hint, None);
    let urgent = apollo
        .outcome_reads()
        .iter()
        .all(|it| it.1 == Urgency::Waiting);
    assert!(
        urgent,
        "as long as nothing is known, outcomes go out as text"
    );
}

#[test]
fn a_network_that_is_back_is_noticed_but_never_answered_with_a_storm() {
    let bench = DeskBench::new();
    let apollo = &bench.bench.apollo;
    apollo.outcomes(three());
    for _ in 0..5 {
        apollo.next_outcomes(Err(offline()));
    }
    let mut reading = Flow::new(bench.desk.keep_reference_read());
    // The fifth failure is at 450 s; the next try by itself would be at 930 s.
    bench.bench.pass(&mut reading, SECOND * 455);
    assert_eq!(reads(&bench), [0, 30, 90, 210, 450]);
    drop(now(bench.desk.load()));
    reading.go();
    assert_eq!(reads(&bench).len(), 5, "not within half a minute");
    bench.bench.pass(&mut reading, SECOND * 30);
    assert_eq!(reads(&bench).last(), Some(&480));
    assert_eq!(bench.desk.dispositions().source, DispositionSource::Apollo);
}

#[test]
fn a_window_of_apollos_that_is_used_up_is_waited_for() {
    let bench = DeskBench::new();
    let apollo = &bench.bench.apollo;
    apollo.outcomes(three());
    apollo.next_outcomes(Err(Error::BudgetSpent {
        endpoint: "api/v1/phone_calls#search".to_owned(),
        until: at("2026-11-24T15:40:00Z"),
    }));
    let mut reading = Flow::new(bench.desk.keep_reference_read());
    reading.go();
    drop(now(bench.desk.load()));
    bench.bench.pass(&mut reading, MINUTE * 39);
    assert_eq!(reads(&bench), [0], "whatever else is answered");
    bench.bench.pass(&mut reading, MINUTE * 2);
    assert_eq!(reads(&bench).len(), 2);
    assert_eq!(bench.desk.dispositions().source, DispositionSource::Apollo);
}

#[test]
fn an_answer_that_does_not_tell_is_not_taken_for_none() {
    let bench = DeskBench::new();
    bench.bench.apollo.next_outcomes(Ok(None));
    let mut reading = Flow::new(bench.desk.keep_reference_read());
    bench.bench.pass(&mut reading, MINUTE * 59);
    assert_eq!(bench.desk.dispositions().source, DispositionSource::NotRead);
    assert_eq!(reads(&bench), [0]);
    bench.bench.pass(&mut reading, MINUTE * 2);
    let shown = bench.desk.dispositions();
    assert_eq!(shown.source, DispositionSource::NoneInApollo);
    assert!(english(&shown.hint.expect("it says so")).starts_with("Apollo named no dispositions."));
}

#[test]
fn digits_keep_their_meaning_over_restarts_other_counts_and_new_outcomes() {
    let bench = DeskBench::new();
    bench.bench.apollo.outcomes(three());
    bench.read();
    let first = ["No Answer", "Connected - Negative", "Connected - Positive"];
    assert_eq!(digits(&bench), numbered(&first));

    bench.bench.apollo.outcomes(vec![
        facet(4, "Gatekeeper", 700),
        facet(3, "Connected - Negative", 9_000),
        facet(1, "Connected - Positive", 12),
    ]);
    let bench = bench.restart();
    assert_eq!(
        digits(&bench),
        numbered(&first),
        "before anything is read, since it is stored"
    );
    bench.read();
    let later = [first[0], first[1], first[2], "Gatekeeper"];
    assert_eq!(digits(&bench), numbered(&later));
}

#[test]
fn a_start_without_network_offers_what_was_stored_with_its_ids() {
    let bench = DeskBench::new();
    bench.bench.apollo.outcomes(three());
    bench.read();
    let bench = bench.restart();
    bench.bench.apollo.next_outcomes(Err(offline()));
    bench.read();
    assert_eq!(bench.desk.dispositions().source, DispositionSource::Apollo);
    bench.work(vec![person("a", DUE)]);
    bench.save("a", form(&id(3), "no thanks")).expect("saved");
    bench.run(MINUTE);
    let record = &bench.bench.apollo.records()[0];
    assert_eq!(record.outcome_id, Some(id(3).as_str().into()));
    assert_eq!(record.note.as_deref(), Some("no thanks"));
    let urgency = bench.bench.apollo.outcome_reads().last().map(|it| it.1);
    assert_eq!(urgency, Some(Urgency::Background));
    let book = english(&bench.desk.outcome_book().reading);
    assert!(book.contains("could not be read since"), "{book}");
}

#[test]
fn the_list_is_read_anew_on_another_day() {
    let bench = DeskBench::new();
    bench.bench.apollo.outcomes(three());
    let mut reading = Flow::new(bench.desk.keep_reference_read());
    // Until the evening, New York time.
    bench.bench.pass(&mut reading, MINUTE * 60 * 13);
    assert_eq!(reads(&bench), [0]);
    bench
        .bench
        .apollo
        .outcomes(vec![facet(4, "Gatekeeper", 700)]);
    bench.bench.pass(&mut reading, DAY);
    assert_eq!(reads(&bench).len(), 2);
    assert_eq!(digits(&bench).last(), Some(&(4, "Gatekeeper".to_owned())));
}

#[test]
fn custom_fields_are_read_until_it_has_worked_too() {
    let bench = DeskBench::new();
    bench.bench.apollo.next_custom_fields(offline());
    let mut reading = Flow::new(bench.desk.keep_reference_read());
    bench.bench.pass(&mut reading, MINUTE);
    assert_eq!(bench.bench.apollo.custom_field_reads(), 2);
}

#[test]
fn an_outcome_that_was_chosen_before_the_list_came_stays_that_outcome() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE), person("b", DUE)]);
    bench
        .save("a", form("connected_negative", "first"))
        .expect("saved");
    now(bench
        .desk
        .save_draft(&"b".into(), form("connected_negative", "second")))
    .expect("saved");

    bench.bench.apollo.outcomes(three());
    bench.read();
    let draft = bench.card("b").draft;
    assert_eq!(draft.form.outcome.as_deref(), Some("connected_negative"));
    assert_eq!(draft.outcome_name.as_deref(), Some("Connected, negative"));
    let earlier = bench.desk.dispositions().earlier;
    assert!(
        earlier
            .iter()
            .any(|outcome| outcome.key == "connected_negative")
    );
    bench
        .save("b", form("connected_negative", "second"))
        .expect("it may still be chosen");
    bench.run(MINUTE);

    for record in bench.bench.apollo.records() {
        assert_eq!(record.outcome_id, None);
        let note = record.note.expect("a note");
        assert!(note.starts_with("[Connected, negative] "), "{note}");
    }
    let results = |bench: &DeskBench| {
        ["a", "b"].map(|task| english(&bench.receipt(task).result.unwrap_or_default()))
    };
    assert_eq!(results(&bench), ["Connected, negative"; 2]);
    // After a restart only the receipt has the outcome.
    let bench = bench.restart();
    assert_eq!(results(&bench), ["Connected, negative"; 2]);
    // The outcome is also unchanged where the call is edited.
    let receipt = bench.receipt("a").wrap_up_id;
    let content = now(bench.desk.content(receipt)).expect("Apollo has it");
    assert_eq!(content.form.outcome.as_deref(), Some("connected_negative"));
    assert_eq!(content.form.note, "first");
}

#[test]
fn an_outcome_that_was_taken_off_keeps_its_name_where_it_was_used() {
    let bench = DeskBench::new();
    bench.bench.apollo.outcomes(three());
    bench.read();
    bench.work(vec![person("a", DUE), person("b", DUE)]);
    bench.save("a", form(&id(3), "no")).expect("saved");
    now(bench.desk.save_draft(&"b".into(), form(&id(3), "half a"))).expect("saved");
    bench.run(MINUTE);
    change(
        &bench,
        OutcomeChange::Rename {
            key: id(3),
            name: "Nope".to_owned(),
        },
    )
    .expect("saved");
    change(&bench, OutcomeChange::Remove { key: id(3) }).expect("saved");

    let bench = bench.restart();
    assert_eq!(
        digits(&bench),
        numbered(&["No Answer", "Connected - Positive"])
    );
    let receipt = bench.receipt("a");
    assert_eq!(
        receipt.result.as_ref().map(english).as_deref(),
        Some("Nope")
    );
    let content = now(bench.desk.content(receipt.wrap_up_id)).expect("Apollo has it");
    assert_eq!(content.form.outcome, Some(id(3)));
    assert_eq!(content.outcome_name.as_deref(), Some("Nope"));

    bench.work(vec![person("b", DUE)]);
    assert_eq!(bench.card("b").draft.form.outcome, Some(id(3)));
    bench
        .save("b", form(&id(3), "half a"))
        .expect("what was begun can be ended");
    bench.run(MINUTE);
    let all = bench.bench.apollo.records().into_iter();
    assert!(
        all.into_iter()
            .all(|it| it.outcome_id == Some(id(3).as_str().into()))
    );
}

#[test]
fn a_draft_outlives_the_loss_of_the_list() {
    let bench = DeskBench::new();
    bench.bench.apollo.outcomes(three());
    bench.read();
    bench.work(vec![person("a", DUE)]);
    now(bench.desk.save_draft(&"a".into(), form(&id(3), "half a"))).expect("saved");
    bench.bench.store.forget_outcomes();
    let bench = bench.restart();
    bench.work(vec![person("a", DUE)]);
    assert_eq!(bench.desk.dispositions().source, DispositionSource::NotRead);
    let draft = bench.card("a").draft;
    assert_eq!(draft.outcome_name.as_deref(), Some("Connected - Negative"));
    // The window sends the draft again as it was.
    now(bench.desk.save_draft(
        &"a".into(),
        CallForm {
            details: noted("whole"),
            ..draft.form.into()
        },
    ))
    .expect("saved");
    bench.save("a", form(&id(3), "whole")).expect("saved");
    bench.run(MINUTE);
    let record = &bench.bench.apollo.records()[0];
    assert_eq!(record.outcome_id, Some(id(3).as_str().into()));
}

#[test]
fn adding_adds_only_what_apollo_proves_or_a_person_confirms() {
    let bench = DeskBench::new();
    bench.bench.apollo.outcomes(three());
    bench.read();
    let found = digits(&bench);

    let problem = add(&bench, 7, false).expect_err("Apollo knows no call with it");
    assert_eq!(problem.code, ProblemCode::ConfirmOutcome);
    assert!(english(&problem.message).starts_with("Apollo knows no call with this outcome yet"));
    assert_eq!(digits(&bench), found);
    let book = add(&bench, 7, true).expect("a person keeps it");
    assert_eq!(book.rows.len(), 4);
    assert_eq!(book.rows[3].shortcut, Some(4));
    assert!(english(&book.rows[3].provenance).contains("Apollo knew no call with it"));
    assert_eq!(
        book.undo.as_ref().map(english).as_deref(),
        Some("Added By hand 7.")
    );

    bench.bench.apollo.calls_with(&id(8), Err(offline()));
    let problem = add(&bench, 8, false).expect_err("Apollo could not be asked");
    assert_eq!(problem.code, ProblemCode::ConfirmOutcome);
    assert!(
        english(&problem.message).starts_with("Apollo could not be asked"),
        "{problem}"
    );
    bench
        .bench
        .apollo
        .calls_with(&id(8), Ok(OutcomeCalls::NotAnswered));
    let problem = add(&bench, 8, false).expect_err("Apollo did not say");
    assert_eq!(problem.code, ProblemCode::ConfirmOutcome);

    let known = OutcomeCalls::Some {
        calls: 12,
        name: Some("Gatekeeper".to_owned()),
    };
    bench.bench.apollo.calls_with(&id(9), Ok(known));
    let book = add(&bench, 9, false).expect("Apollo proves it");
    let row = book.rows.last().expect("it");
    assert_eq!(
        (&*row.name, row.apollo_name.as_deref()),
        ("By hand 9", Some("Gatekeeper"))
    );
    let book = change(&bench, OutcomeChange::Undo).expect("taken back");
    assert_eq!(book.rows.len(), 4);
    assert_eq!(book.undo, None);

    let bench = bench.restart();
    assert_eq!(digits(&bench).len(), 4, "it is stored");
}

#[test]
fn a_change_that_cannot_be_stored_is_not_made() {
    let bench = DeskBench::new();
    bench.bench.apollo.outcomes(three());
    bench.read();
    let before = digits(&bench);
    bench.bench.store.refuse(true);
    let to_top = OutcomeChange::Move { key: id(1), to: 0 };
    let problem = change(&bench, to_top.clone()).expect_err("the disk is full");
    assert_eq!(problem.code, ProblemCode::NotSaved);
    assert_eq!(digits(&bench), before);
    bench.bench.store.refuse(false);
    change(&bench, to_top).expect("saved");
    let moved = ["Connected - Positive", "No Answer", "Connected - Negative"];
    assert_eq!(digits(&bench), numbered(&moved));
    assert_eq!(digits(&bench.restart()), numbered(&moved));
}

#[test]
fn what_was_read_while_the_disk_was_full_is_in_use_and_stored_later() {
    let bench = DeskBench::over(Bench::new(), no_undo());
    bench.bench.apollo.outcomes(three());
    bench.bench.store.refuse(true);
    bench.read();
    assert_eq!(digits(&bench).len(), 3);
    assert_eq!(now(bench.bench.store.outcomes()).expect("readable"), None);
    bench.bench.store.refuse(false);
    change(&bench, OutcomeChange::Move { key: id(1), to: 0 }).expect("saved");
    let stored = now(bench.bench.store.outcomes())
        .expect("readable")
        .expect("stored");
    assert_eq!(stored.outcomes.len(), 3);
    assert_eq!(stored.read_at, Some(at(NOW)));
}
