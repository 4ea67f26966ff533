//! A call belongs to the rep who made it, from its save to its receipt, whoever works here later.

use std::time::Duration;

use apollo::ids::TeamId;
use domain::{
    rep::KeyIdentity, rep::MappedUser, rep::Rep, wrap_up::StepKind, wrap_up::Verification,
};
use jiff::tz::TimeZone;
use outbox::{ActionRefusal, HeldBack, Outbox, OutboxStore};
use present::ReceiptState;
use session::{Session, SessionParts};
use std::sync::Arc;

use crate::support::{
    Bench, Desk, DeskBench, Flow, Reply, call, english, form, no_undo, now, person,
};

const DUE: &str = "2026-11-24";
const SECONDS: Duration = Duration::from_secs(5);

fn colleague() -> Rep {
    Rep {
        user_id: "colleague".into(),
        name: "Cleo Colleague".to_owned(),
        email: None,
    }
}

/// The desk of another rep, over the same engine.
fn desk_of(bench: &DeskBench, rep: Rep) -> Desk {
    let desk = now(Session::open(SessionParts {
        rep: MappedUser::from_user_map(rep),
        outbox: Arc::clone(bench.desk.engine()),
        apollo: Arc::clone(&bench.bench.apollo) as Arc<dyn session::ports::Apollo>,
        store: Arc::clone(&bench.bench.store) as Arc<dyn session::ports::SessionStore>,
        clock: bench.bench.clock.clone(),
        zone: TimeZone::UTC,
        settings: no_undo(),
        on_change: Arc::new(|_| {}),
    }));
    Desk(Arc::new(desk.expect("the store can be read")))
}

#[test]
fn receipts_and_the_export_name_the_rep_who_made_the_call() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE), person("b", DUE)]);
    bench.save("a", form("busy", "sent")).expect("saved");
    bench.run(SECONDS);
    bench
        .bench
        .apollo
        .script(StepKind::LogCall, [Reply::HangBeforeCommit]);
    bench.save("b", form("busy", "waiting")).expect("saved");

    let theirs = desk_of(&bench, colleague());
    let receipts = theirs.receipts().rows;
    assert_eq!(receipts.len(), 2);
    for receipt in receipts {
        assert_eq!(
            english(&receipt.logged_as),
            "Robin Rep",
            "{:?}",
            receipt.state
        );
    }
    let (csv, _) = present::day_as_csv(&theirs, true).expect("a list");
    assert!(csv.contains("Robin Rep") && !csv.contains("Cleo"), "{csv}");
    assert!(csv.starts_with("\u{feff}\"saved_at\",\"kind\","), "{csv}");
}

#[test]
fn a_call_that_another_rep_corrects_stays_its_own_reps() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE), person("b", DUE)]);
    let sent = bench.save("a", form("busy", "sent")).expect("saved");
    bench.run(SECONDS);
    bench
        .bench
        .apollo
        .script(StepKind::LogCall, [Reply::LostBeforeCommit]);
    let waiting = bench.save("b", form("busy", "waiting")).expect("saved");

    let theirs = desk_of(&bench, colleague());
    for id in [sent.wrap_up_id, waiting.wrap_up_id] {
        now(theirs.correct(id, "no_answer", None, "corrected".to_owned())).expect("corrected");
    }
    let engine = bench.desk.engine();
    for wrap_up in engine.waiting() {
        assert_eq!(wrap_up.rep.id().as_str(), "rep");
    }
    bench.run(Duration::from_mins(10));
    assert_eq!(bench.bench.store.wrap_up_count(), 0);
    for receipt in bench.bench.store.stored_receipts() {
        assert_eq!(receipt.user_id.as_str(), "rep");
    }
    for record in bench.bench.apollo.records() {
        assert_eq!(record.user_id, Some("rep".into()));
    }
}

fn team(name: &str) -> KeyIdentity {
    KeyIdentity {
        user_id: "admin".into(),
        team_id: Some(TeamId::new(name)),
    }
}

#[test]
fn what_was_saved_for_one_team_is_never_sent_to_another() {
    let bench = Bench::new();
    let engine = bench.engine();
    now(engine.use_key(bench.port(), Some(team("one")))).expect("the disk is sound");
    bench
        .apollo
        .script(StepKind::LogCall, [Reply::LostAfterCommit]);
    let lost = bench.save(&engine, 1);
    let mut run = Flow::new(engine.run());
    bench.pass(&mut run, Duration::from_secs(1));
    let fresh = bench.save(&engine, 2);
    let other = bench.another_apollo();
    now(engine.use_key(Arc::clone(&other) as _, Some(team("two")))).expect("the disk is sound");

    bench.pass(&mut run, Duration::from_hours(2));
    assert_eq!(other.searches(), 0, "nothing is looked up there");
    assert!(other.posts().is_empty());
    let held = |id| matches!(engine.held_back(id), Some(HeldBack::OtherTeam));
    assert!(held(lost.id));
    assert!(engine.unsent().1 >= 1, "it waits for a person");
    let result = lost.result().expect("a call").clone();
    assert!(matches!(
        now(engine.correct(lost.id, result)),
        Err(ActionRefusal::OtherTeam)
    ));

    now(engine.use_key(bench.port(), Some(team("one")))).expect("the disk is sound");
    bench.pass(&mut run, Duration::from_mins(10));
    assert_eq!(engine.unsent(), (0, 0));
    assert_eq!(bench.apollo.records().len(), 2);
    let _ = fresh;
}

#[test]
fn what_is_saved_between_two_keys_belongs_to_the_team_that_was_worked_for() {
    let bench = Bench::new();
    let engine = bench.engine();
    now(engine.use_key(bench.port(), Some(team("one")))).expect("the disk is sound");
    engine.forget_key();
    let saved = bench.save(&engine, 1);
    let other = bench.another_apollo();
    now(engine.use_key(Arc::clone(&other) as _, Some(team("two")))).expect("the disk is sound");
    let mut run = Flow::new(engine.run());
    bench.pass(&mut run, Duration::from_mins(10));
    assert!(other.posts().is_empty());
    assert!(matches!(
        engine.held_back(saved.id),
        Some(HeldBack::OtherTeam)
    ));
}

#[test]
fn while_nobody_knows_whose_key_it_is_nothing_of_a_known_team_leaves() {
    let bench = Bench::new();
    let engine = bench.engine();
    now(engine.use_key(bench.port(), Some(team("one")))).expect("the disk is sound");
    let wrap_up = call(1, clock::Clock::now(&*bench.clock));
    now(engine.save(wrap_up.clone())).expect("the disk is sound");
    now(engine.use_key(bench.port(), None)).expect("the disk is sound");
    let mut run = Flow::new(engine.run());
    bench.pass(&mut run, Duration::from_mins(3));
    assert!(bench.apollo.posts().is_empty());
    assert!(matches!(
        engine.held_back(wrap_up.id),
        Some(HeldBack::TeamNotKnown)
    ));
    engine.forget_key();
    bench.pass(&mut run, Duration::from_mins(3));
    assert!(bench.apollo.posts().is_empty());
    now(engine.use_key(bench.port(), Some(team("one")))).expect("the disk is sound");
    bench.pass(&mut run, Duration::from_mins(3));
    assert_eq!(bench.apollo.records().len(), 1);
}

#[test]
fn a_call_saved_before_the_team_was_known_belongs_to_it_once_it_is() {
    let bench = Bench::new();
    let engine = bench.engine();
    bench.apollo.script(
        StepKind::LogCall,
        [Reply::Refused(apollo::Error::KeyRejected)],
    );
    let wrap_up = bench.save(&engine, 1);
    let mut run = Flow::new(engine.run());
    bench.pass(&mut run, Duration::from_secs(1));
    now(engine.use_key(bench.port(), Some(team("one")))).expect("the disk is sound");
    let waiting = bench
        .store
        .wrap_up(&wrap_up.id.to_string())
        .expect("it waits");
    assert_eq!(waiting.team, Some(TeamId::new("one")));
}

#[test]
fn two_engines_of_one_outbox_cannot_be() {
    let bench = Bench::new();
    let first = bench.engine();
    assert!(now(bench.store.take_outbox()).is_err());
    now(first.close());
    assert!(now(first.save(call(1, clock::Clock::now(&*bench.clock)))).is_err());
    let second = bench.engine();
    bench.save(&second, 1);
    assert_eq!(second.unsent().0, 1);
    assert_eq!(first.unsent().0, 0);
}

#[test]
fn a_desk_that_is_opened_again_has_no_engine_of_its_own() {
    let bench = DeskBench::new();
    bench.work(vec![person("a", DUE)]);
    bench.save("a", form("busy", "")).expect("saved");
    let again = desk_of(&bench, colleague());
    assert!(Arc::ptr_eq(again.engine(), bench.desk.engine()));
    assert_eq!(again.receipts().unsent, 1, "it is not out of sight");
    bench.run(SECONDS);
    assert_eq!(bench.bench.apollo.posts().len(), 1);
    assert_eq!(again.receipts().rows[0].state, ReceiptState::Sent);
}

#[test]
fn what_was_planned_with_one_key_is_done_with_it_although_another_comes_meanwhile() {
    let bench = Bench::new();
    let engine = bench.engine();
    now(engine.use_key(bench.port(), Some(team("one")))).expect("the disk is sound");
    let second = bench.another_apollo();
    bench.save(&engine, 1);
    let mut run = Flow::new(engine.run());
    let write = bench.store.hold_next_write();
    run.go();
    now(engine.use_key(Arc::clone(&second) as _, Some(team("two")))).expect("the disk is sound");
    drop(write);
    bench.pass(&mut run, Duration::from_mins(1));
    assert_eq!(bench.apollo.posts().len(), 1);
    assert!(
        second.posts().is_empty(),
        "the other team never receives it"
    );
}

#[test]
fn what_the_former_key_was_refused_goes_with_the_new_one() {
    let bench = Bench::new();
    let engine = bench.engine();
    now(engine.use_key(bench.port(), Some(team("one")))).expect("the disk is sound");
    bench.apollo.script(
        StepKind::LogCall,
        [Reply::Refused(apollo::Error::KeyRejected)],
    );
    bench.save(&engine, 1);
    let mut run = Flow::new(engine.run());
    let leaving = bench.store.hold_next_write();
    run.go();
    let answered = bench.store.hold_next_write();
    drop(leaving);
    run.go();
    // The new key is of the same team, and comes before the refusal is on disk.
    let anew = bench.another_apollo();
    now(engine.use_key(Arc::clone(&anew) as _, Some(team("one")))).expect("the disk is sound");
    drop(answered);
    bench.pass(&mut run, Duration::from_secs(1));
    assert_eq!(anew.posts().len(), 1);
}

#[test]
fn nothing_of_a_known_team_is_read_back_while_nobody_knows_whose_key_it_is() {
    let bench = Bench::new();
    let engine = bench.engine();
    now(engine.use_key(bench.port(), Some(team("one")))).expect("the disk is sound");
    let sent = bench.save(&engine, 1);
    let mut run = Flow::new(engine.run());
    bench.pass(&mut run, Duration::from_mins(1));
    assert_eq!(engine.unsent(), (0, 0));

    // The key may be another team's, which does not have the call.
    let other = bench.another_apollo();
    now(engine.use_key(Arc::clone(&other) as _, None)).expect("the disk is sound");
    bench.pass(&mut run, Duration::from_hours(2));
    now(engine.verify());
    let state = |engine: &Outbox| engine.receipt(sent.id).expect("it was sent").verification;
    assert_eq!(state(&engine), Verification::Pending);
    assert_eq!(other.searches(), 0);

    now(engine.use_key(bench.port(), Some(team("one")))).expect("the disk is sound");
    now(engine.verify());
    assert!(matches!(state(&engine), Verification::Verified { .. }));
}
