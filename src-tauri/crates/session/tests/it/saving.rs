//! Save and next, drafts, skips, and what a restart brings back.

use std::time::Duration;

use crate::support::{DeskBench, Flow, NOW, at, english, form, noted, now, person, with_purpose};
use apollo::types::OutcomeFacet;
use clock::Clock;
use domain::draft::CallForm;
use domain::{position::QueueScope, wrap_up::SkipReason, wrap_up::Work};
use present::{Call, DispositionSource, ProblemCode, ReceiptKind, ReceiptState, RowState};
use session::ports::DraftStore as _;

const DUE: &str = "2026-11-20";
const MINUTE: Duration = Duration::from_mins(1);

fn three() -> Vec<apollo::types::Task> {
    ["a", "b", "c"].map(|task| person(task, DUE)).to_vec()
}

fn save(bench: &DeskBench, task: &str, note: &str) -> Result<Option<String>, present::Problem> {
    now(bench
        .desk
        .save_call(&task.into(), form("no_answer", note.to_owned())))
    .map(|saved| saved.next.map(|next| next.to_string()))
}

#[test]
fn a_saved_call_is_durable_in_the_reps_name_and_the_next_card_is_selected() {
    let bench = DeskBench::new();
    bench.work(three());
    bench.dial("a").expect("permitted");
    bench.bench.clock.advance(MINUTE);
    now(bench.desk.end_call(&"a".into())).expect("it ends");
    bench.bench.clock.advance(MINUTE);
    assert_eq!(
        save(&bench, "a", "asked for a quote"),
        Ok(Some("b".to_owned()))
    );

    let wrap_up = bench
        .bench
        .store
        .wrap_up_of_task(&"a".into())
        .expect("saved");
    let Work::Call(call) = &wrap_up.work else {
        panic!("a call")
    };
    assert_eq!(wrap_up.rep.id().as_str(), "rep");
    assert_eq!(call.contact_id, Some("contact-a".into()));
    assert_eq!(call.account_id, Some("account-a".into()));
    assert_eq!(call.to_number.as_deref(), Some("+12025550143"));
    assert_eq!(
        (call.started_at, call.ended_at),
        (at(NOW), at("2026-11-24T15:01:00Z"))
    );
    assert_eq!(call.result.details.note, "asked for a quote");
    assert_eq!(bench.desk.queue().expect("open").selected, Some("b".into()));
    assert_eq!(
        bench
            .bench
            .store
            .stored_position()
            .and_then(|place| place.task_id),
        Some("b".into())
    );
}

#[test]
fn saving_during_the_call_ends_it_now() {
    let bench = DeskBench::new();
    bench.work(three());
    bench.dial("a").expect("permitted");
    bench.bench.clock.advance(MINUTE);
    save(&bench, "a", "").expect("saved");
    let wrap_up = bench
        .bench
        .store
        .wrap_up_of_task(&"a".into())
        .expect("saved");
    let Work::Call(call) = &wrap_up.work else {
        panic!("a call")
    };
    assert_eq!(call.duration_s(), 60);
    bench.dial("b").expect("no call goes on");
}

#[test]
fn finished_rows_stay_in_view_and_are_counted() {
    let bench = DeskBench::new();
    bench.work(three());
    save(&bench, "a", "").expect("saved");
    now(bench
        .desk
        .skip(&"b".into(), SkipReason::WrongNumber, String::new()))
    .expect("skipped");
    let queue = bench.desk.queue().expect("open");
    let rows: Vec<_> = queue
        .rows
        .iter()
        .map(|row| {
            let result = row.result.as_ref().map(english);
            (row.task_id.as_str(), row.state, result)
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("a", RowState::Finished, Some("No answer".to_owned())),
            ("b", RowState::Skipped, Some("Wrong number".to_owned())),
            ("c", RowState::Open, None),
        ]
    );
    assert_eq!(queue.finished, 2);
    assert_eq!(bench.desk.report().all.open, 1);
    // A refresh that still lists them does not open them again.
    drop(now(bench.desk.load()));
    assert_eq!(bench.card("a").state, RowState::Finished);
    assert_eq!(
        save(&bench, "a", "").expect_err("done").code,
        ProblemCode::TaskGone
    );
}

#[test]
fn a_save_that_fails_leaves_card_and_note_as_they_were_and_can_be_done_again() {
    let bench = DeskBench::new();
    bench.work(three());
    bench.dial("a").expect("permitted");
    bench.bench.clock.advance(MINUTE);
    now(bench.desk.end_call(&"a".into())).expect("it ends");
    now(bench
        .desk
        .save_draft(&"a".into(), form("no_answer", "every word")))
    .expect("saved");
    let before = bench.card("a");

    bench.bench.store.refuse(true);
    let problem = save(&bench, "a", "every word").expect_err("the disk is full");
    assert_eq!(problem.code, ProblemCode::NotSaved);
    assert!(
        english(&problem.message).contains("the disk is full"),
        "{problem}"
    );
    assert!(problem.hint.is_some());
    assert!(bench.card("a") == before, "card, call and draft");
    assert_eq!(bench.card("a").draft.form.note, "every word");
    assert_eq!(bench.desk.queue().expect("open").selected, Some("a".into()));
    assert_eq!(bench.desk.receipts().rows.len(), 0);

    bench.bench.store.refuse(false);
    save(&bench, "a", "every word").expect("now it fits");
    assert_eq!(bench.bench.store.wrap_up_count(), 1);
    bench
        .bench
        .pass(&mut Flow::new(bench.desk.engine().run()), MINUTE);
    assert_eq!(bench.bench.apollo.records().len(), 1);
}

#[test]
fn saving_twice_at_once_saves_once() {
    let bench = DeskBench::new();
    bench.work(three());
    let release = bench.bench.store.hold_next_write();
    let task = "a".into();
    let mut first = Flow::new(
        bench
            .desk
            .save_call(&task, form("no_answer", String::new())),
    );
    assert!(first.go().is_none());
    assert_eq!(
        save(&bench, "a", "").expect_err("it is being saved").code,
        ProblemCode::NotSaved
    );
    drop(release);
    assert!(first.go().expect("done").is_ok());
    assert_eq!(bench.bench.store.wrap_up_count(), 1);
}

#[test]
fn an_outcome_that_is_not_in_the_list_saves_nothing() {
    let bench = DeskBench::new();
    bench.work(three());
    let problem = now(bench
        .desk
        .save_call(&"a".into(), form("made up", String::new())))
    .expect_err("no such outcome");
    assert_eq!(problem.code, ProblemCode::Invalid);
    assert_eq!(bench.bench.store.wrap_up_count(), 0);
    assert_eq!(bench.card("a").state, RowState::Open);
}

#[test]
fn a_draft_and_the_place_in_the_list_outlive_a_restart() {
    let bench = DeskBench::new();
    bench.work(three());
    now(bench.desk.select(&"b".into())).expect("a card");
    bench.dial("b").expect("permitted");
    bench.bench.clock.advance(MINUTE);
    now(bench.desk.end_call(&"b".into())).expect("it ends");
    let long = "word ".repeat(2_000);
    now(bench
        .desk
        .save_draft(&"b".into(), with_purpose(form("busy", long.clone()))))
    .expect("saved");
    let before = bench.card("b");

    let bench = bench.restart();
    assert_eq!(bench.desk.queue_scope(), Some(QueueScope::AllCallTasks));
    bench.bench.apollo.tasks(three());
    drop(now(bench.desk.load()));
    let queue = bench.desk.queue().expect("it opened by itself");
    assert_eq!(queue.selected, Some("b".into()));
    assert!(queue.rows[1].has_draft);
    let card = bench.card("b");
    assert_eq!(card.draft.form.note, long);
    assert_eq!(card.draft.form.outcome.as_deref(), Some("busy"));
    assert!(card == before);
}

#[test]
fn a_call_goes_on_over_a_restart() {
    let bench = DeskBench::new();
    bench.work(three());
    bench.dial("a").expect("permitted");
    let bench = bench.restart();
    bench.work(three());
    assert_eq!(bench.card("a").state, RowState::OnCall);
    bench.bench.clock.advance(MINUTE);
    let card = now(bench.desk.end_call(&"a".into())).expect("it ends");
    assert!(matches!(card.call, Call::Ended { duration_s: 60, .. }));
}

#[test]
fn saving_erases_the_draft_here_and_on_disk() {
    let bench = DeskBench::new();
    bench.work(three());
    now(bench.desk.save_draft(
        &"a".into(),
        CallForm {
            details: noted("secret"),
            ..CallForm::default()
        },
    ))
    .expect("saved");
    assert!(bench.bench.store.draft("a").is_some());
    save(&bench, "a", "secret").expect("saved");
    assert!(bench.bench.store.draft("a").is_none());
    assert_eq!(bench.card("a").draft.form.note, "");
    assert_eq!(
        now(bench.desk.save_draft(
            &"a".into(),
            CallForm {
                details: noted("late"),
                ..CallForm::default()
            }
        ))
        .expect_err("it is wrapped up")
        .code,
        ProblemCode::TaskGone
    );
}

#[test]
fn a_draft_still_on_its_way_to_disk_does_not_outlive_the_save() {
    let bench = DeskBench::new();
    bench.work(three());
    let release = bench.bench.store.hold_next_write();
    let task = "a".into();
    let note = || "secret".to_owned();
    let mut early = Flow::new(bench.desk.save_draft(
        &task,
        CallForm {
            details: noted(note()),
            ..CallForm::default()
        },
    ));
    assert!(early.go().is_none(), "its write is held");
    let mut late = Flow::new(bench.desk.save_draft(
        &task,
        CallForm {
            details: noted(note()),
            ..CallForm::default()
        },
    ));
    let _ = late.go();
    let mut save = Flow::new(bench.desk.save_call(&task, form("no_answer", note())));
    let saved = save.go();
    drop(release);
    // What the drafts answer does not matter: their card is out of view.
    let _ = early.go().expect("the write is over");
    let saved = saved.or_else(|| {
        let _ = late.go();
        save.go()
    });
    let saved = saved.expect("the write is over");
    assert!(saved.is_ok());
    let _ = late.go();
    assert!(
        bench.bench.store.draft("a").is_none(),
        "the note is in the wrap-up, and nowhere else"
    );
    assert_eq!(bench.card("a").draft.form.note, "");
}

#[test]
fn of_two_drafts_the_later_one_is_stored_however_slow_the_first_was() {
    let bench = DeskBench::new();
    bench.work(three());
    let release = bench.bench.store.hold_next_write();
    let task = "a".into();
    let draft = |note: &str| {
        bench.desk.save_draft(
            &task,
            CallForm {
                details: noted(note),
                ..CallForm::default()
            },
        )
    };
    let mut first = Flow::new(draft("wor"));
    assert!(first.go().is_none());
    let mut second = Flow::new(draft("words"));
    let _ = second.go();
    drop(release);
    first.go().expect("written").expect("saved");
    let _ = second.go();
    assert_eq!(
        bench
            .bench
            .store
            .draft("a")
            .expect("stored")
            .form
            .details
            .note,
        "words"
    );
}

#[test]
fn a_draft_that_a_crash_left_behind_its_wrap_up_is_dropped_at_the_start() {
    let bench = DeskBench::new();
    bench.work(three());
    bench.dial("a").expect("permitted");
    let draft = bench.bench.store.draft("a").expect("stored");
    save(&bench, "a", "secret").expect("saved");
    now(bench.bench.store.put_draft(&draft)).expect("the disk is sound");
    let bench = bench.restart();
    bench.work(three());
    assert!(bench.bench.store.draft("a").is_none());
    bench.dial("b").expect("no call goes on");
}

#[test]
fn what_this_computer_logged_and_apollo_still_lists_is_catching_up_and_not_offered() {
    let bench = DeskBench::new();
    bench.work(three());
    save(&bench, "a", "").expect("saved");
    bench
        .bench
        .pass(&mut Flow::new(bench.desk.engine().run()), MINUTE);
    let bench = bench.restart();
    bench.work(three());
    let card = bench.card("a");
    assert_eq!(card.state, RowState::CatchingUp);
    assert_eq!(bench.desk.report().all.open, 2);
    let queue = bench.desk.queue().expect("open");
    assert_eq!(queue.selected, Some("b".into()));
    assert_eq!(bench.card("c").next, Some("b".into()));
    assert_eq!(
        bench.dial("a").expect_err("it is logged").code,
        ProblemCode::DialRefused
    );
    assert_eq!(
        save(&bench, "a", "").expect_err("it is logged").code,
        ProblemCode::TaskGone
    );
}

#[test]
fn what_is_saved_and_not_sent_is_not_offered_after_a_restart() {
    let bench = DeskBench::new();
    bench.work(three());
    save(&bench, "a", "").expect("saved");
    let bench = bench.restart();
    bench.work(three());
    assert_eq!(bench.rows(), ["b", "c"]);
    assert_eq!(bench.card("a").state, RowState::Finished);
    assert_eq!(bench.desk.receipts().unsent, 1);
}

#[test]
fn a_skip_is_sent_with_its_reason_and_the_reps_note() {
    let bench = DeskBench::new();
    bench.work(three());
    now(bench.desk.skip(
        &"a".into(),
        SkipReason::WrongNumber,
        " fax machine ".to_owned(),
    ))
    .expect("skipped");
    now(bench
        .desk
        .skip(&"b".into(), SkipReason::DoNotCall, String::new()))
    .expect("skipped");
    bench
        .bench
        .pass(&mut Flow::new(bench.desk.engine().run()), MINUTE);
    let notes: Vec<_> = bench
        .bench
        .apollo
        .finish_requests()
        .into_iter()
        .map(|(_, _, task, note)| (task.to_string(), note.unwrap_or_default()))
        .collect();
    assert_eq!(
        notes,
        [
            ("a".to_owned(), "Wrong number: fax machine".to_owned()),
            ("b".to_owned(), "Do not call".to_owned()),
        ]
    );
    assert!(bench.bench.apollo.posts().is_empty(), "a skip logs no call");
    let receipts = bench.desk.receipts();
    assert_eq!(receipts.sent, 2);
    assert!(
        receipts
            .rows
            .iter()
            .all(|row| row.kind == ReceiptKind::Skip)
    );
}

#[test]
fn a_task_is_not_skipped_during_its_call() {
    let bench = DeskBench::new();
    bench.work(three());
    bench.dial("a").expect("permitted");
    let problem = now(bench
        .desk
        .skip(&"a".into(), SkipReason::Other, String::new()))
    .expect_err("a call goes on");
    assert_eq!(problem.code, ProblemCode::Invalid);
}

#[test]
fn dispositions_are_apollos_where_it_names_any_and_lead_the_note_where_not() {
    let bench = DeskBench::new();
    bench.work(three());
    assert_eq!(bench.desk.dispositions().source, DispositionSource::NotRead);
    assert!(bench.desk.dispositions().hint.is_some());
    save(&bench, "a", "machine").expect("saved");

    bench.bench.apollo.outcomes(vec![OutcomeFacet {
        id: "64a1f0c2".into(),
        name: "Left voicemail".to_owned(),
        count: 3,
    }]);
    bench.read();
    assert_eq!(bench.desk.dispositions().source, DispositionSource::Apollo);
    now(bench
        .desk
        .save_call(&"b".into(), form("64a1f0c2", "machine".to_owned())))
    .expect("saved");
    bench
        .bench
        .pass(&mut Flow::new(bench.desk.engine().run()), MINUTE);

    let mut sent: Vec<_> = bench
        .bench
        .apollo
        .records()
        .into_iter()
        .map(|record| (record.outcome_id.map(|id| id.to_string()), record.note))
        .collect();
    sent.sort();
    assert_eq!(
        sent,
        [
            (None, Some("[No answer] machine".to_owned())),
            (Some("64a1f0c2".to_owned()), Some("machine".to_owned())),
        ]
    );
}

#[test]
fn receipts_tell_what_was_done_and_as_whom() {
    let bench = DeskBench::new();
    bench.work(three());
    save(&bench, "a", "").expect("saved");
    let receipts = bench.desk.receipts();
    assert_eq!((receipts.sent, receipts.unsent), (0, 1));
    assert_eq!(receipts.rows[0].state, ReceiptState::Saved);
    bench
        .bench
        .pass(&mut Flow::new(bench.desk.engine().run()), MINUTE);

    let receipts = bench.desk.receipts();
    assert_eq!((receipts.sent, receipts.unsent), (1, 0));
    let row = &receipts.rows[0];
    assert_eq!(row.state, ReceiptState::Sent);
    assert_eq!(row.who.as_ref().map(english).as_deref(), Some("Person a"));
    assert_eq!(english(&row.logged_as), "Robin Rep");
    assert_eq!(english(&row.sentence), "Logged and completed in Apollo.");
    let ids: Vec<_> = row
        .steps
        .iter()
        .map(|step| step.apollo_id.as_deref())
        .collect();
    assert_eq!(ids, [Some("call-1"), Some("a")]);
    assert_eq!(english(&bench.desk.report().today), "1 call logged today");
    // Yesterday's receipts are not in today's list.
    bench.bench.clock.advance(Duration::from_hours(24));
    assert_eq!(bench.desk.receipts().rows.len(), 0);
    assert_eq!(bench.bench.clock.now(), at("2026-11-25T15:01:00Z"));
}

#[test]
fn a_form_that_is_refused_stays_as_the_draft() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE)]);
    let refused = bench.save("a", form("made_up", "the last note"));
    assert!(refused.is_err(), "there is no such outcome");
    let draft = bench.bench.store.draft("a").expect("stored");
    assert_eq!(draft.form.details.note, "the last note");
    let bench = bench.restart();
    bench.work(vec![person("a", DUE)]);
    assert_eq!(bench.card("a").draft.form.note, "the last note");
}
