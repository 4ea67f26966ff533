//! Reading back, or a correction, changes only its own part of a receipt.

use std::time::Duration;

use apollo::Error;
use apollo::types::{OutcomeFacet, PhoneCall};
use clock::Clock;
use domain::{
    rep::MappedUser, rep::Rep, wrap_up::DiscardReason, wrap_up::StepKind, wrap_up::Verification,
    wrap_up::WrapUp,
};
use jiff::SignedDuration;
use present::{ReceiptState, VerificationState};

use crate::support::{
    Bench, DeskBench, Flow, Reply, call, english, form, now, person, with_purpose,
};

const DUE: &str = "2026-11-20";
const LONG: Duration = Duration::from_mins(15);
const SECONDS: Duration = Duration::from_secs(5);

/// A desk with one call that Apollo has had for a quarter of an hour.
fn sent() -> (DeskBench, uuid::Uuid) {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE)]);
    let saved = bench.save("a", form("busy", "wrong")).expect("saved");
    bench.run(LONG);
    (bench, saved.wrap_up_id)
}

fn correct(bench: &DeskBench, id: uuid::Uuid) {
    now(bench.desk.correct(id, "busy", None, "right".to_owned())).expect("corrected");
}

#[test]
fn what_was_read_before_a_correction_is_not_written_over_its_receipt() {
    let (bench, id) = sent();
    let release = bench.bench.apollo.hold_next_search();
    let engine = bench.desk.engine();
    let mut reading = Flow::new(engine.verify());
    assert!(reading.go().is_none(), "Apollo's answer is on its way");
    correct(&bench, id);
    bench.run(SECONDS);
    drop(release);
    reading.go().expect("read");

    let receipts = bench.bench.store.stored_receipts();
    let kinds: Vec<_> = receipts[0].steps.iter().map(|(kind, _)| *kind).collect();
    let correction = StepKind::CorrectCall;
    assert_eq!(
        kinds,
        [StepKind::LogCall, StepKind::CompleteTask, correction],
        "the correction stays on the receipt"
    );
    let receipt = bench.receipt("a");
    assert_eq!(receipt.steps.len(), 3);
    assert_eq!(receipt.verification.state, VerificationState::Pending);

    bench.bench.clock.advance(LONG);
    now(bench.desk.engine().verify());
    let state = bench.receipt("a").verification.state;
    assert_eq!(state, VerificationState::Verified, "read back anew");
}

#[test]
fn what_was_read_before_a_correction_brings_no_receipt_back_beside_it() {
    let (bench, id) = sent();
    let refused = Reply::Refused(Error::KeyRejected);
    bench.bench.apollo.script(StepKind::CorrectCall, [refused]);
    let release = bench.bench.apollo.hold_next_search();
    let engine = bench.desk.engine();
    let mut reading = Flow::new(engine.verify());
    assert!(reading.go().is_none(), "Apollo's answer is on its way");
    correct(&bench, id);
    bench.run(SECONDS);
    drop(release);
    reading.go().expect("read");
    // The correction waits for a new key: the call is in the outbox, and nowhere else.
    assert_eq!(bench.bench.store.wrap_up_count(), 1);
    assert_eq!(bench.bench.store.stored_receipts(), []);
    assert_eq!(bench.receipt("a").state, ReceiptState::Waiting);
}

#[test]
fn a_correction_does_not_make_what_was_given_up_look_done() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE)]);
    let off = Reply::Refused(Error::FunctionsOff);
    bench.bench.apollo.script(StepKind::CompleteTask, [off]);
    let saved = bench.save("a", form("busy", "wrong")).expect("saved");
    bench.run(SECONDS);
    let reason = DiscardReason::NotNeeded;
    now(bench.desk.discard(saved.wrap_up_id, reason)).expect("given up");
    let before = bench.receipt("a");
    assert_eq!(before.state, ReceiptState::Discarded);

    correct(&bench, saved.wrap_up_id);
    bench.run(SECONDS);
    assert_eq!(bench.bench.apollo.corrections().len(), 1);
    let after = bench.receipt("a");
    assert_eq!(after.state, ReceiptState::Discarded);
    assert_eq!(after.sentence, before.sentence, "the task is still open");

    let bench = bench.restart();
    let receipts = bench.bench.store.stored_receipts();
    let discarded = receipts[0].discarded.as_ref().expect("still given up");
    assert_eq!(discarded.steps, [StepKind::CompleteTask]);
    assert_eq!(discarded.reason, reason);
}

/// The call of a colleague who works on this computer too.
fn of_a_colleague(bench: &Bench, number: u32) -> WrapUp {
    WrapUp {
        rep: MappedUser::from_user_map(Rep {
            user_id: "colleague".into(),
            name: "Cleo Colleague".to_owned(),
            email: None,
        }),
        ..call(number, bench.clock.now())
    }
}

#[test]
fn the_calls_of_one_rep_say_nothing_about_the_receipts_of_another() {
    let bench = Bench::new();
    let engine = bench.engine();
    bench.save(&engine, 1);
    let theirs = of_a_colleague(&bench, 2);
    now(engine.save(theirs.clone())).expect("the disk is sound");
    bench.pass(&mut Flow::new(engine.run()), LONG);
    let verification = |id| engine.receipt(id).map(|receipt| receipt.verification);

    now(engine.verify());
    assert_eq!(bench.apollo.searches(), 2, "one for each rep");
    let gone = |verification: &Verification| matches!(verification, Verification::Missing { .. });
    let (_, receipts) = engine.wrap_ups_and_receipts();
    assert!(!receipts.iter().any(|receipt| gone(&receipt.verification)));

    now(engine.verify());
    let theirs = verification(theirs.id).expect("a receipt");
    assert!(
        matches!(theirs, Verification::Verified { .. }),
        "{theirs:?}"
    );
}

#[test]
fn a_receipt_of_last_week_costs_no_request() {
    let (bench, _) = sent();
    bench.bench.clock.advance(Duration::from_hours(73));
    let searches = bench.bench.apollo.searches();
    now(bench.desk.engine().verify());
    assert_eq!(bench.bench.apollo.searches(), searches);
}

#[test]
fn a_correction_before_the_call_has_left_is_on_disk_at_once() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE)]);
    let saved = bench.save("a", form("busy", "wrong")).expect("saved");
    correct(&bench, saved.wrap_up_id);
    // Handset dies before anything is sent.
    let bench = bench.restart();
    bench.run(LONG);
    let records = bench.bench.apollo.records();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].note.as_deref(), Some("[Busy] right"));
}

type Change = fn(&mut PhoneCall);

#[test]
fn each_part_of_a_call_that_somebody_changed_in_apollo_is_named() {
    let changes: [(&str, Change); 6] = [
        ("the person it is logged as is", |call| {
            call.user_id = Some("admin".into());
        }),
        ("the contact is", |call| {
            call.contact_id = Some("other".into());
        }),
        ("the outcome is", |call| {
            call.outcome_id = Some("other".into());
        }),
        ("the purpose is", |call| {
            call.purpose_id = Some("other".into());
        }),
        ("the start is", |call| {
            let start = call.start_time.expect("a start");
            call.start_time = Some(start + SignedDuration::from_secs(1));
        }),
        ("the duration is", |call| call.duration_s = Some(600)),
    ];
    for (what, change) in changes {
        let bench = DeskBench::new();
        bench.work(vec![person("a", DUE)]);
        let form = with_purpose(form("busy", "spoke"));
        bench.save("a", form).expect("saved");
        bench.run(LONG);
        bench.bench.apollo.ignore_users();
        let id = bench.bench.apollo.records()[0].id.clone();
        bench.bench.apollo.change_record(&id, change);
        now(bench.desk.engine().verify());
        let verification = bench.receipt("a").verification;
        assert_eq!(verification.state, VerificationState::Differs, "{what}");
        let sentence = english(&verification.sentence);
        assert!(
            sentence.contains(&format!("{what} not")),
            "{what}: {sentence}"
        );
    }
}

#[test]
fn a_note_that_is_emptied_is_emptied_in_apollo() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE)]);
    bench.bench.apollo.outcomes(vec![OutcomeFacet {
        id: "busy-in-apollo".into(),
        name: "Busy".to_owned(),
        count: 1,
    }]);
    let mut reading = Flow::new(bench.desk.keep_reference_read());
    bench.bench.pass(&mut reading, Duration::from_secs(1));
    drop(reading);
    let form = form("busy-in-apollo", "of somebody else");
    let saved = bench.save("a", form).expect("saved");
    bench.run(SECONDS);
    let id = saved.wrap_up_id;
    now(bench
        .desk
        .correct(id, "busy-in-apollo", None, String::new()))
    .expect("corrected");
    bench.run(SECONDS);
    // A change without a note would leave the old one.
    let corrections = bench.bench.apollo.corrections();
    assert_eq!(corrections[0].1.note.as_deref(), Some(""));
}
