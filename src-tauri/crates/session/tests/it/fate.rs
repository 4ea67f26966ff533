//! What Handset shows and does while nobody knows whether Apollo has a call, and how it finds out.

use std::time::Duration;

use apollo::{
    Error,
    types::{CallStatus, PhoneCall, SequenceEventKind},
};
use clock::Clock;
use domain::{
    rep::KeyIdentity, wrap_up::BlockCode, wrap_up::CallResult, wrap_up::DiscardReason,
    wrap_up::StepKind, wrap_up::StepState, wrap_up::Verification, wrap_up::Work, wrap_up::WrapUp,
};
use outbox::ActionRefusal;
use present::{ConnectionState, ProblemCode, ReceiptState, RowState, VerificationState};

use crate::support::{
    Bench, DeskBench, Flow, Identifier, Reply, call, english, form, noted, now, person,
};

const DUE: &str = "2026-11-24";
const LONG: Duration = Duration::from_mins(10);

/// The record that Apollo would make of a call if it kept no identifier.
fn record_of(wrap_up: &WrapUp) -> PhoneCall {
    let Work::Call(work) = &wrap_up.work else {
        panic!("a call");
    };
    PhoneCall {
        user_id: Some(wrap_up.rep.id().clone()),
        contact_id: work.contact_id.clone(),
        start_time: Some(work.started_at),
        end_time: Some(work.ended_at),
        duration_s: Some(work.duration_s()),
        to_number: work.to_number.clone(),
        status: Some(CallStatus::Completed),
        ..PhoneCall::with_id("theirs")
    }
}

fn key() -> KeyIdentity {
    KeyIdentity {
        user_id: "admin".into(),
        team_id: None,
    }
}

/// A call whose reply was lost, while Apollo holds `record` of it.
fn lost_with(change: impl Fn(&mut WrapUp, &mut PhoneCall)) -> (Bench, outbox::Outbox) {
    let bench = Bench::new();
    bench
        .apollo
        .script(StepKind::LogCall, [Reply::LostBeforeCommit]);
    let engine = bench.engine();
    now(engine.use_key(bench.port(), Some(key()))).expect("the disk is sound");
    let mut wrap_up = call(1, bench.clock.now());
    let mut record = record_of(&wrap_up);
    change(&mut wrap_up, &mut record);
    now(engine.save(wrap_up)).expect("the disk is sound");
    bench.apollo.add_record(record);
    bench.pass(&mut Flow::new(engine.run()), LONG);
    (bench, engine)
}

type Change = fn(&mut WrapUp, &mut PhoneCall);

#[test]
fn what_a_record_lacks_contradicts_nothing() {
    let changes: [(&str, Change); 4] = [
        (
            "an account task that Apollo matched to a contact",
            |wrap_up, _| {
                if let Work::Call(work) = &mut wrap_up.work {
                    work.contact_id = None;
                }
            },
        ),
        ("no length", |_, record| record.duration_s = None),
        ("no contact", |_, record| record.contact_id = None),
        ("credited to the key's admin", |_, record| {
            record.user_id = Some("admin".into());
        }),
    ];
    for (what, change) in changes {
        let (bench, engine) = lost_with(change);
        assert_eq!(bench.apollo.posts().len(), 1, "{what}: sent again");
        assert_eq!(engine.unsent(), (0, 0), "{what}");
    }
}

#[test]
fn what_is_almost_the_call_goes_to_a_person_and_is_neither_taken_nor_sent_again() {
    let changes: [(&str, Change); 3] = [
        ("a merged contact", |_, record| {
            record.contact_id = Some("merged".into());
        }),
        ("another length", |_, record| record.duration_s = Some(119)),
        ("no start", |_, record| record.start_time = None),
    ];
    for (what, change) in changes {
        let (bench, engine) = lost_with(change);
        assert_eq!(bench.apollo.posts().len(), 1, "{what}: sent again");
        assert_eq!(engine.unsent(), (1, 1), "{what}: it waits for a person");
        let wrap_up = engine.waiting().remove(0);
        assert!(matches!(wrap_up.steps[0].state, StepState::Unclear { .. }));

        // The person confirms that it is this call.
        now(engine.confirm(wrap_up.id)).expect("a person may");
        bench.pass(&mut Flow::new(engine.run()), LONG);
        assert_eq!(engine.unsent(), (0, 0), "{what}");
        let receipt = engine.receipt(wrap_up.id).expect("a receipt");
        assert_eq!(receipt.call_id(), Some("theirs".into()));

        // The person decides that it is another call.
        let (bench, engine) = lost_with(change);
        let id = engine.waiting()[0].id;
        now(engine.retry(id)).expect("a person may");
        bench.pass(&mut Flow::new(engine.run()), LONG);
        assert_eq!(bench.apollo.posts().len(), 2, "{what}");
        assert_eq!(engine.unsent(), (0, 0), "{what}");
    }
}

#[test]
fn a_call_that_is_being_looked_up_cannot_be_given_up_and_its_task_stays_closed() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE)]);
    bench.bench.apollo.identifier(Identifier::Dropped);
    bench.bench.apollo.index_lag(Duration::from_mins(1));
    bench
        .bench
        .apollo
        .script(StepKind::LogCall, [Reply::LostAfterCommit]);
    let saved = bench.save("a", form("busy", "spoke")).expect("saved");
    bench.run(Duration::from_secs(10));
    let receipt = bench.receipt("a");
    assert_eq!(receipt.state, ReceiptState::Checking);
    assert!(!receipt.can_discard, "it is not offered");
    let refused = now(bench
        .desk
        .discard(saved.wrap_up_id, DiscardReason::NotNeeded));
    assert_eq!(refused.expect_err("refused").code, ProblemCode::Invalid);
    assert_eq!(bench.card("a").state, RowState::Finished);
    bench.run(LONG);
    assert_eq!(bench.receipt("a").state, ReceiptState::Sent);
    assert_eq!(bench.bench.apollo.records().len(), 1);
}

#[test]
fn a_call_that_may_be_in_apollo_is_discarded_as_unproven() {
    let (_bench, engine) = lost_with(|_, record| record.contact_id = Some("merged".into()));
    let id = engine.waiting()[0].id;
    let receipt = now(engine.discard(id, DiscardReason::NotNeeded)).expect("a person may");
    assert!(receipt.discarded.expect("given up").is_unproven);

    let bench = Bench::new();
    let engine = bench.engine();
    bench
        .apollo
        .script(StepKind::LogCall, [Reply::Refused(Error::FunctionsOff)]);
    let wrap_up = bench.save(&engine, 1);
    bench.pass(&mut Flow::new(engine.run()), Duration::from_secs(1));
    let receipt = now(engine.discard(wrap_up.id, DiscardReason::NotNeeded)).expect("a person may");
    assert!(!receipt.discarded.expect("given up").is_unproven);
}

#[test]
fn a_note_that_is_refused_each_time_goes_to_a_person_and_the_others_go_on() {
    let bench = Bench::new();
    let engine = bench.engine();
    bench.apollo.decide(Box::new(|task, kind, _| {
        if task.as_str() == "task-1" && kind == StepKind::LogCall {
            Reply::Refused(Error::NotFromApollo { status: 403 })
        } else {
            Reply::Good
        }
    }));
    let poisoned = bench.save(&engine, 1);
    let mut run = Flow::new(engine.run());
    bench.pass(&mut run, Duration::from_mins(5));
    bench.save(&engine, 2);
    bench.pass(&mut run, Duration::from_hours(1));
    let waiting = engine.waiting();
    assert_eq!(waiting.len(), 1, "the other one went");
    assert_eq!(waiting[0].blocked(), Some(BlockCode::RefusedInBetween));
    assert_eq!(bench.apollo.posts().len(), 1 + 3);
    let searches = bench.apollo.searches();
    assert!(searches <= 3 * 12, "{searches} searches for three tries");

    // The note is edited, and goes.
    bench.apollo.decide(Box::new(|_, _, _| Reply::Good));
    let Work::Call(work) = &waiting[0].work else {
        panic!("a call");
    };
    let mut result = work.result.clone();
    result.details.note = "without what the firewall refuses".to_owned();
    now(engine.correct(poisoned.id, result)).expect("it can be edited");
    bench.pass(&mut run, LONG);
    assert_eq!(engine.unsent(), (0, 0));
    assert_eq!(bench.apollo.records().len(), 2);
}

#[test]
fn an_index_that_lags_for_minutes_leads_to_no_second_record() {
    for lag_s in [90, 120, 200] {
        let bench = Bench::new();
        bench.apollo.identifier(Identifier::Dropped);
        bench.apollo.index_lag(Duration::from_secs(lag_s));
        let engine = bench.engine();
        let mut run = Flow::new(engine.run());
        bench
            .apollo
            .script(StepKind::LogCall, [Reply::LostAfterCommit]);
        bench.save(&engine, 1);
        // Other calls are logged meanwhile, and show as late.
        for number in 2..9 {
            bench.pass(&mut run, Duration::from_secs(30));
            bench.save(&engine, number);
        }
        bench.pass(&mut run, Duration::from_mins(20));
        assert_eq!(bench.apollo.records().len(), 8, "lag {lag_s} s");
        assert_eq!(engine.unsent(), (0, 0));
    }
}

#[test]
fn a_lost_call_that_is_found_says_nothing_about_one_that_was_lost_after_it() {
    // How soon one call is found tells nothing about the next: the second one takes longer to show.
    let bench = Bench::new();
    let engine = bench.engine();
    let mut run = Flow::new(engine.run());
    let lost = [Reply::LostAfterCommit, Reply::LostAfterCommit];
    bench.apollo.script(StepKind::LogCall, lost);
    for (number, lag_s) in [(1, 60), (2, 100)] {
        bench.apollo.index_lag(Duration::from_secs(lag_s));
        bench.save(&engine, number);
        bench.pass(&mut run, Duration::from_secs(1));
    }
    bench.pass(&mut run, Duration::from_mins(20));
    assert_eq!(bench.apollo.records().len(), 2, "each is there once");
    assert_eq!(engine.unsent(), (0, 0));
}

#[test]
fn a_newer_call_that_shows_lets_an_absent_one_go_sooner() {
    let bench = Bench::new();
    let engine = bench.engine();
    let mut run = Flow::new(engine.run());
    bench
        .apollo
        .script(StepKind::LogCall, [Reply::LostBeforeCommit]);
    bench.save(&engine, 1);
    bench.pass(&mut run, Duration::from_secs(20));
    bench.save(&engine, 2);
    bench.pass(&mut run, Duration::from_secs(80));
    assert_eq!(engine.unsent(), (0, 0));
    assert_eq!(bench.apollo.records().len(), 2);
}

#[test]
fn a_record_that_is_there_twice_is_reported_with_both_ids_and_not_called_verified() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE)]);
    bench.bench.apollo.identifier(Identifier::Dropped);
    bench.save("a", form("busy", "spoke")).expect("saved");
    bench.run(Duration::from_secs(5));
    let mut twin = bench.bench.apollo.records()[0].clone();
    twin.id = "twin".into();
    bench.bench.apollo.add_record(twin);
    bench.bench.clock.advance(Duration::from_mins(6));
    now(bench.desk.engine().verify());
    let verification = bench.receipt("a").verification;
    assert_eq!(verification.state, VerificationState::Doubled);
    let sentence = english(&verification.sentence);
    assert!(
        sentence.contains("call-1") && sentence.contains("twin"),
        "{sentence}"
    );
}

#[test]
fn a_call_that_is_credited_to_somebody_else_is_not_called_removed() {
    let bench = Bench::new();
    let engine = bench.engine();
    bench.save(&engine, 1);
    let mut run = Flow::new(engine.run());
    bench.pass(&mut run, Duration::from_secs(5));
    let id = bench.apollo.records()[0].id.clone();
    bench
        .apollo
        .change_record(&id, |record| record.user_id = Some("somebody".into()));
    bench.pass(&mut run, Duration::from_mins(15));
    now(engine.verify());
    let (_, receipts) = engine.wrap_ups_and_receipts();
    let receipt = &receipts[0];
    let Verification::Differs { parts, .. } = &receipt.verification else {
        panic!("{:?}", receipt.verification);
    };
    assert_eq!(parts, &[domain::wrap_up::Difference::Rep]);
}

#[test]
fn what_has_lain_here_since_an_earlier_run_is_looked_for_before_it_is_sent() {
    // A machine that was restored to a moment before the call was sent: the call is in Apollo, and
    // everything on this computer says that it is not.
    let bench = Bench::new();
    bench.apollo.identifier(Identifier::Dropped);
    let engine = bench.engine();
    let wrap_up = bench.save(&engine, 1);
    drop(engine);
    bench.apollo.add_record(record_of(&wrap_up));
    let engine = bench.engine();
    bench.pass(&mut Flow::new(engine.run()), LONG);
    assert!(bench.apollo.posts().is_empty(), "it was there");
    assert_eq!(engine.unsent(), (0, 0));

    // A call that waited in this run for long, by either clock.
    for put_away in [true, false] {
        let bench = Bench::new();
        let engine = bench.engine();
        let wrap_up = call(1, bench.clock.now()).held_until(bench.clock.now());
        now(engine.save(wrap_up.clone())).expect("the disk is sound");
        if put_away {
            bench
                .clock
                .set_wall_clock(bench.clock.now() + jiff::SignedDuration::from_hours(3));
        } else {
            bench.clock.advance(Duration::from_hours(3));
        }
        bench.apollo.add_record(record_of(&wrap_up));
        bench.pass(&mut Flow::new(engine.run()), LONG);
        assert!(bench.apollo.posts().is_empty(), "put away: {put_away}");
    }
}

#[test]
fn a_disk_that_refuses_is_named_and_costs_no_requests() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE)]);
    bench.save("a", form("busy", "spoke")).expect("saved");
    let engine = bench.desk.engine();
    let mut run = Flow::new(engine.run());
    // The disk is full from the answer on.
    bench
        .bench
        .store
        .fail_write(3, crate::support::WriteFault::Refused);
    run.go();
    bench.bench.store.refuse(true);
    bench.bench.pass(&mut run, Duration::from_hours(1));
    assert_eq!(bench.bench.apollo.posts().len(), 1);
    assert!(
        bench.bench.apollo.searches() <= 1,
        "nothing is asked of Apollo"
    );
    let receipt = bench.receipt("a");
    let sentence = english(&receipt.sentence);
    assert!(sentence.contains("the disk is full"), "{sentence}");
    let connection = bench.desk.connection();
    assert_eq!(connection.state, ConnectionState::DiskRefuses);
    assert!(english(&connection.sentence).contains("the disk is full"));

    bench.bench.store.refuse(false);
    bench.bench.pass(&mut run, LONG);
    assert_eq!(engine.unsent(), (0, 0));
    assert_eq!(bench.bench.apollo.records().len(), 1);
    assert_eq!(bench.desk.connection().state, ConnectionState::Online);
}

#[test]
fn a_stage_that_somebody_changed_meanwhile_is_not_written_over() {
    let bench = Bench::new();
    let engine = bench.engine();
    bench
        .apollo
        .script(StepKind::SetStage, [Reply::LostAfterCommit]);
    let mut wrap_up = call(1, bench.clock.now());
    if let Work::Call(work) = &mut wrap_up.work {
        work.after.stage_id = Some("wanted".into());
        work.after.stage_before = Some("before".into());
    }
    let Work::Call(work) = wrap_up.work.clone() else {
        panic!("a call");
    };
    let wrap_up = WrapUp::call(wrap_up.task_id, wrap_up.rep, wrap_up.saved_at, work);
    now(engine.save(wrap_up.clone())).expect("the disk is sound");
    let mut run = Flow::new(engine.run());
    run.go();
    bench.apollo.change_stage("contact-1", "somebody's");
    bench.pass(&mut run, LONG);
    assert_eq!(bench.apollo.stages_set().len(), 1, "written once");
    assert_eq!(
        engine.waiting()[0].blocked(),
        Some(BlockCode::ChangedInApollo)
    );
    // Editing the note does not decide about the stage.
    let result = engine.waiting()[0].result().cloned().expect("a call");
    let details = noted("Corrected.");
    now(engine.correct(wrap_up.id, CallResult { details, ..result })).expect("the disk is sound");
    bench.pass(&mut run, LONG);
    assert_eq!(bench.apollo.stages_set().len(), 1, "still a question");
    // A person wants the stage written over.
    now(engine.retry(wrap_up.id)).expect("the disk is sound");
    bench.pass(&mut run, LONG);
    assert_eq!(bench.apollo.stages_set().len(), 2);
    assert_eq!(engine.unsent(), (0, 0));
}

/// A call that finishes a sequence; Apollo replies to that step with `reply`.
fn finishing(reply: Reply) -> (Bench, WrapUp) {
    let bench = Bench::new();
    bench.apollo.script(StepKind::FinishSequence, [reply]);
    let (sequence, contact) = ("sequence-1".into(), "contact-1".into());
    let enrolled = SequenceEventKind::Enrolled;
    bench.apollo.happen(enrolled, &sequence, &contact);
    bench.clock.advance(LONG);
    let saved = call(1, bench.clock.now());
    let Work::Call(mut work) = saved.work else {
        panic!("a call");
    };
    work.contact_id = Some(contact);
    work.after.finish_sequence = Some(sequence);
    let wrap_up = WrapUp::call(saved.task_id, saved.rep, saved.saved_at, work);
    (bench, wrap_up)
}

#[test]
fn a_finished_sequence_is_read_before_it_is_finished_again() {
    for reply in [Reply::LostAfterCommit, Reply::LostBeforeCommit] {
        let (bench, wrap_up) = finishing(reply.clone());
        let engine = bench.engine();
        now(engine.save(wrap_up)).expect("the disk is sound");
        let mut run = Flow::new(engine.run());
        run.go();
        bench.pass(&mut run, LONG);
        assert_eq!(bench.apollo.sequences_finished().len(), 1, "{reply:?}");
        assert_eq!(engine.unsent(), (0, 0), "{reply:?}");
    }
}

#[test]
fn a_contact_who_was_taken_in_again_meanwhile_is_not_taken_out_without_a_question() {
    for kind in [SequenceEventKind::Enrolled, SequenceEventKind::Resumed] {
        let (bench, wrap_up) = finishing(Reply::LostAfterCommit);
        let engine = bench.engine();
        now(engine.save(wrap_up.clone())).expect("the disk is sound");
        let mut run = Flow::new(engine.run());
        run.go();
        bench.clock.advance(Duration::from_secs(1));
        let (sequence, contact) = ("sequence-1".into(), "contact-1".into());
        bench.apollo.happen(kind.clone(), &sequence, &contact);
        bench.pass(&mut run, LONG);
        assert_eq!(bench.apollo.sequences_finished().len(), 1, "{kind:?}");
        assert_eq!(
            engine.waiting()[0].blocked(),
            Some(BlockCode::ChangedInApollo)
        );
        // A person wants the sequence finished all the same.
        now(engine.retry(wrap_up.id)).expect("the disk is sound");
        bench.pass(&mut run, LONG);
        assert_eq!(bench.apollo.sequences_finished().len(), 2);
        assert_eq!(engine.unsent(), (0, 0));
    }
}

#[test]
fn a_new_note_is_no_answer_to_whether_somebody_else_has_sent_it() {
    for code in [
        BlockCode::FolderCopied,
        BlockCode::Revived,
        BlockCode::CannotBeLookedUp,
    ] {
        let bench = Bench::new();
        let mut wrap_up = call(1, bench.clock.now());
        wrap_up.steps[0].state = StepState::Blocked { code };
        let engine = bench.engine();
        now(engine.save(wrap_up.clone())).expect("the disk is sound");
        let mut run = Flow::new(engine.run());
        let result = wrap_up.result().cloned().expect("a call");
        let details = noted("Corrected.");
        now(engine.correct(wrap_up.id, CallResult { details, ..result }))
            .expect("the disk is sound");
        bench.pass(&mut run, LONG);
        assert_eq!(engine.waiting()[0].blocked(), Some(code));
        assert!(bench.apollo.posts().is_empty());
    }
}

#[test]
fn a_refusal_is_no_reason_to_confirm() {
    let bench = Bench::new();
    let engine = bench.engine();
    let wrap_up = bench.save(&engine, 1);
    assert!(matches!(
        now(engine.confirm(wrap_up.id)),
        Err(ActionRefusal::NothingToDo)
    ));
}

#[test]
fn a_call_that_is_found_with_an_older_note_gets_the_last_one() {
    // The call was sent before it was edited, but nothing on this computer records that any more.
    let bench = Bench::new();
    bench.apollo.identifier(Identifier::Dropped);
    let engine = bench.engine();
    let wrap_up = bench.save(&engine, 1);
    drop(engine);
    let Work::Call(work) = &wrap_up.work else {
        panic!("a call");
    };
    let sent = PhoneCall {
        note: work.result.note_as_sent(),
        outcome_id: work.result.outcome_id.clone(),
        ..record_of(&wrap_up)
    };
    bench.apollo.add_record(sent);
    let engine = bench.engine();
    let mut result = work.result.clone();
    result.details.note = "the last note".to_owned();
    now(engine.correct(wrap_up.id, result)).expect("it can be edited");
    bench.pass(&mut Flow::new(engine.run()), LONG);
    assert!(bench.apollo.posts().is_empty());
    assert_eq!(engine.unsent(), (0, 0));
    let note = bench.apollo.records()[0].note.clone();
    assert_eq!(note.as_deref(), Some("the last note"));
}
