//! Lost replies, restarts, waits and keys: every call is sent exactly once.

use std::time::Duration;

use apollo::{
    Error, NetworkKind,
    ids::CallId,
    types::{CallStatus, PhoneCall},
};
use clock::Clock;
use domain::{
    wrap_up::AfterCall, wrap_up::BlockCode, wrap_up::CallResult, wrap_up::CallWork,
    wrap_up::ProofKind, wrap_up::ReceiptRecord, wrap_up::StepKind, wrap_up::StepState,
    wrap_up::WaitReason, wrap_up::Work, wrap_up::WrapUp,
};
use jiff::SignedDuration;

use crate::support::{Bench, Flow, Identifier, Reply, at, call, noted, now, rep};

const LONG: Duration = Duration::from_mins(10);

fn offline() -> Error {
    Error::Network {
        kind: NetworkKind::Dns,
    }
}

fn forbidden() -> Error {
    Error::NotAllowed {
        message: "not yours".to_owned(),
    }
}

/// The one receipt, and how its call came to be known.
fn only_receipt(bench: &Bench) -> (ReceiptRecord, ProofKind) {
    let receipts = bench.store.stored_receipts();
    assert_eq!(receipts.len(), 1);
    let how = receipts[0].steps[0].1.how;
    (receipts[0].clone(), how)
}

fn seconds_between_posts(bench: &Bench) -> Vec<i64> {
    let posts = bench.apollo.posts();
    posts
        .windows(2)
        .map(|pair| pair[1].0.duration_since(pair[0].0).as_secs())
        .collect()
}

#[test]
fn a_step_is_durable_as_in_flight_before_its_request_leaves() {
    // The fake Apollo looks into the store at every write and panics if this does not hold; here
    // the two requests and the four durable states around them are counted.
    let bench = Bench::new();
    let engine = bench.engine();
    let wrap_up = bench.save(&engine, 1);
    assert_eq!(bench.store.writes(), 1);
    bench.pass(&mut Flow::new(engine.run()), LONG);

    assert_eq!(bench.apollo.posts().len(), 1);
    assert_eq!(bench.apollo.finish_requests().len(), 1);
    // The writes: saved; in flight and done for each of two steps; acknowledged.
    assert_eq!(bench.store.writes(), 1 + 2 + 2 + 1);
    assert_eq!(bench.store.wrap_up_count(), 0, "the content is erased");
    let (receipt, how) = only_receipt(&bench);
    assert_eq!(receipt.wrap_up_id, wrap_up.id);
    assert_eq!(receipt.call_id(), Some(CallId::new("call-1")));
    assert_eq!(how, ProofKind::Replied);
    assert_eq!(engine.unsent(), (0, 0));
}

#[test]
fn what_is_sent_names_the_mapped_rep_and_carries_the_wrap_up_id() {
    let bench = Bench::new();
    let engine = bench.engine();
    let wrap_up = bench.save(&engine, 1);
    bench.pass(&mut Flow::new(engine.run()), LONG);
    let (_, sent) = bench.apollo.posts().remove(0);
    let Work::Call(work) = &wrap_up.work else {
        panic!("a call")
    };
    assert_eq!(sent.user_id, *rep().id());
    assert_eq!(sent.call_identifier, Some(wrap_up.id.to_string()));
    assert_eq!(sent.contact_id, work.contact_id);
    assert_eq!(sent.to_number.as_deref(), Some("+12025550143"));
    assert_eq!(sent.start_time, Some(work.started_at));
    assert_eq!(sent.end_time, Some(work.ended_at));
    assert_eq!(sent.duration_s, Some(120));
    assert_eq!(sent.outcome_id, Some("outcome".into()));
    assert_eq!(sent.note.as_deref(), Some("note 1"));
}

#[test]
fn nothing_is_sent_while_the_save_is_on_its_way_to_disk() {
    let bench = Bench::new();
    let engine = bench.engine();
    let release = bench.store.hold_next_write();
    let mut run = Flow::new(engine.run());
    let mut save = Flow::new(engine.save(call(1, bench.clock.now())));
    assert!(save.go().is_none());
    bench.pass(&mut run, LONG);
    assert!(bench.apollo.posts().is_empty());
    drop(release);
    assert!(save.go().expect("the write is over").is_ok());
    bench.pass(&mut run, LONG);
    assert_eq!(bench.apollo.posts().len(), 1);
}

#[test]
fn a_call_whose_reply_was_lost_is_found_by_its_identifier() {
    for reply in [Reply::LostAfterCommit, Reply::HangAfterCommit] {
        let bench = Bench::new();
        bench.apollo.script(StepKind::LogCall, [reply]);
        let engine = bench.engine();
        bench.save(&engine, 1);
        bench.pass(&mut Flow::new(engine.run()), LONG);
        assert_eq!(bench.apollo.posts().len(), 1);
        assert_eq!(bench.apollo.records().len(), 1);
        assert_eq!(bench.apollo.searches(), 1);
        let (receipt, how) = only_receipt(&bench);
        assert_eq!(how, ProofKind::Found);
        assert_eq!(receipt.call_id(), Some(CallId::new("call-1")));
    }
}

#[test]
fn without_an_identifier_it_is_found_by_user_contact_start_and_duration() {
    let bench = Bench::new();
    bench.apollo.identifier(Identifier::Dropped);
    bench
        .apollo
        .script(StepKind::LogCall, [Reply::LostAfterCommit]);
    let engine = bench.engine();
    bench.save(&engine, 1);
    bench.pass(&mut Flow::new(engine.run()), LONG);
    assert_eq!(bench.apollo.posts().len(), 1);
    assert_eq!(only_receipt(&bench).1, ProofKind::Found);
}

type Change = fn(&mut PhoneCall);

/// The record that Apollo would make of this wrap-up, had it dropped the identifier.
fn twin(wrap_up: &WrapUp) -> PhoneCall {
    let Work::Call(work) = &wrap_up.work else {
        panic!("a call")
    };
    PhoneCall {
        user_id: Some(wrap_up.rep.id().clone()),
        contact_id: work.contact_id.clone(),
        start_time: Some(work.started_at),
        duration_s: Some(work.duration_s()),
        ..PhoneCall::with_id("strange")
    }
}

#[test]
fn a_record_of_another_moment_person_or_wrap_up_is_not_ours() {
    let changes: [(&str, Change); 4] = [
        ("user", |record| record.user_id = Some("colleague".into())),
        ("start", |record| {
            record.start_time = record
                .start_time
                .map(|start| start + SignedDuration::from_secs(1));
        }),
        ("contact and duration", |record| {
            record.contact_id = Some("other".into());
            record.duration_s = Some(119);
        }),
        ("identifier", |record| {
            record.call_identifier = Some("another wrap-up".to_owned());
        }),
    ];
    for (what, change) in changes {
        let bench = Bench::new();
        bench
            .apollo
            .script(StepKind::LogCall, [Reply::LostBeforeCommit]);
        let engine = bench.engine();
        let mut record = twin(&bench.save(&engine, 1));
        change(&mut record);
        bench.apollo.add_record(record);
        bench.pass(&mut Flow::new(engine.run()), LONG);
        assert_eq!(bench.apollo.posts().len(), 2, "{what}");
        assert_eq!(only_receipt(&bench).1, ProofKind::Replied, "{what}");
    }
}

#[test]
fn a_record_that_another_wrap_up_has_claimed_is_not_taken_for_a_second_one() {
    let bench = Bench::new();
    bench.apollo.identifier(Identifier::Dropped);
    let engine = bench.engine();
    let mut run = Flow::new(engine.run());
    let first = bench.save(&engine, 1);
    bench.pass(&mut run, Duration::from_secs(1));

    // The same person, second and duration: only the claim tells the two apart.
    let mut second = WrapUp {
        task_id: "task-2".into(),
        ..call(1, bench.clock.now())
    };
    second.work = first.work.clone();
    bench
        .apollo
        .script(StepKind::LogCall, [Reply::LostBeforeCommit]);
    now(engine.save(second)).expect("the disk is sound");
    bench.pass(&mut run, LONG);

    assert_eq!(bench.apollo.posts().len(), 3);
    assert_eq!(bench.apollo.records().len(), 2);
    let mut ids: Vec<_> = bench
        .store
        .stored_receipts()
        .iter()
        .map(|receipt| receipt.call_id().expect("a call was logged"))
        .collect();
    ids.sort();
    assert_eq!(ids, [CallId::new("call-1"), CallId::new("call-2")]);
}

#[test]
fn a_call_that_never_arrived_is_sent_again_once_and_only_when_silence_counts() {
    for reply in [Reply::LostBeforeCommit, Reply::HangBeforeCommit] {
        let bench = Bench::new();
        bench.apollo.script(StepKind::LogCall, [reply]);
        let engine = bench.engine();
        bench.save(&engine, 1);
        let mut run = Flow::new(engine.run());
        bench.pass(&mut run, Duration::from_secs(299));
        assert_eq!(bench.apollo.posts().len(), 1);
        assert!(
            bench.apollo.searches() >= 1,
            "it searches early, to find the call early"
        );
        bench.pass(&mut run, LONG);
        let gaps = seconds_between_posts(&bench);
        assert_eq!(gaps.len(), 1);
        assert!(gaps[0] >= 300, "sent again after {} s", gaps[0]);
        assert_eq!(bench.apollo.records().len(), 1);
    }
}

#[test]
fn a_slow_index_delays_the_finding_and_never_leads_to_a_second_record() {
    for lag_s in [1, 5, 16, 44, 90, 120, 280] {
        let bench = Bench::new();
        bench.apollo.index_lag(Duration::from_secs(lag_s));
        bench
            .apollo
            .script(StepKind::LogCall, [Reply::LostAfterCommit]);
        let engine = bench.engine();
        bench.save(&engine, 1);
        bench.pass(&mut Flow::new(engine.run()), LONG);
        assert_eq!(bench.apollo.posts().len(), 1, "lag {lag_s} s");
        assert_eq!(only_receipt(&bench).1, ProofKind::Found);
    }
}

#[test]
fn a_search_that_fails_or_is_not_whole_proves_nothing() {
    let bench = Bench::new();
    bench
        .apollo
        .script(StepKind::LogCall, [Reply::LostBeforeCommit]);
    bench.apollo.fail_searches(20);
    let engine = bench.engine();
    bench.save(&engine, 1);
    let mut run = Flow::new(engine.run());
    bench.pass(&mut run, Duration::from_mins(4));
    assert!(bench.apollo.searches() > 10);
    assert_eq!(bench.apollo.posts().len(), 1, "no search has answered yet");
    bench.apollo.fail_searches(0);
    bench.apollo.drop_a_row(true);
    bench.pass(&mut run, Duration::from_mins(4));
    assert_eq!(
        bench.apollo.posts().len(),
        1,
        "the row that was left out may be the call"
    );
    bench.apollo.drop_a_row(false);
    bench.pass(&mut run, LONG);
    assert_eq!(bench.apollo.posts().len(), 2);
    assert_eq!(bench.apollo.records().len(), 1);
}

#[test]
fn a_call_in_flight_when_handset_died_is_looked_up_after_the_restart() {
    for (reply, posts, how) in [
        (Reply::HangAfterCommit, 1, ProofKind::Found),
        (Reply::HangBeforeCommit, 2, ProofKind::Replied),
    ] {
        let bench = Bench::new();
        bench.apollo.script(StepKind::LogCall, [reply]);
        {
            let engine = bench.engine();
            bench.save(&engine, 1);
            let mut run = Flow::new(engine.run());
            run.go();
            assert_eq!(bench.apollo.posts().len(), 1);
        }
        let engine = bench.engine();
        assert!(
            matches!(
                engine.waiting()[0].steps[0].state,
                StepState::Unknown { .. }
            ),
            "its fate is unknown"
        );
        bench.pass(&mut Flow::new(engine.run()), LONG);
        assert_eq!(bench.apollo.posts().len(), posts);
        assert_eq!(bench.apollo.records().len(), 1);
        assert_eq!(only_receipt(&bench).1, how);
        assert_eq!(bench.apollo.finished().len(), 1);
    }
}

#[test]
fn a_restart_does_not_shorten_the_time_that_apollos_index_is_given() {
    let bench = Bench::new();
    bench.apollo.index_lag(Duration::from_secs(90));
    bench
        .apollo
        .script(StepKind::LogCall, [Reply::LostAfterCommit]);
    for _ in 0..3 {
        let engine = bench.engine();
        if bench.apollo.posts().is_empty() {
            bench.save(&engine, 1);
        }
        bench.pass(&mut Flow::new(engine.run()), Duration::from_secs(20));
    }
    let engine = bench.engine();
    bench.pass(&mut Flow::new(engine.run()), LONG);
    assert_eq!(bench.apollo.posts().len(), 1);
    assert_eq!(bench.apollo.records().len(), 1);
    assert_eq!(engine.unsent(), (0, 0));
}

#[test]
fn a_completion_in_flight_when_handset_died_is_sent_again_without_logging_the_call_again() {
    let bench = Bench::new();
    bench
        .apollo
        .script(StepKind::CompleteTask, [Reply::HangAfterCommit]);
    {
        let engine = bench.engine();
        bench.save(&engine, 1);
        Flow::new(engine.run()).go();
    }
    let engine = bench.engine();
    bench.pass(&mut Flow::new(engine.run()), LONG);
    assert_eq!(bench.apollo.posts().len(), 1);
    assert_eq!(bench.apollo.searches(), 0, "completing needs no look-up");
    assert_eq!(bench.apollo.finish_requests().len(), 2);
    assert_eq!(bench.apollo.finished().values().copied().max(), Some(1));
    let receipt = only_receipt(&bench).0;
    assert_eq!(receipt.steps[1].1.how, ProofKind::AlreadyFinished);
}

#[test]
fn a_task_that_is_gone_is_success_and_shown_as_what_it_is() {
    let bench = Bench::new();
    bench.apollo.delete_task(&"task-1".into());
    let engine = bench.engine();
    bench.save(&engine, 1);
    bench.pass(&mut Flow::new(engine.run()), LONG);
    let receipt = only_receipt(&bench).0;
    assert_eq!(receipt.steps[1].1.how, ProofKind::TaskDeleted);
    assert_eq!(
        bench.apollo.records().len(),
        1,
        "the call is logged all the same"
    );
}

#[test]
fn one_blocked_wrap_up_holds_up_no_other_and_goes_when_a_person_says_so() {
    let bench = Bench::new();
    // More wrap-ups than can be sent at the same time.
    bench
        .apollo
        .script(StepKind::LogCall, vec![Reply::Refused(forbidden()); 6]);
    let engine = bench.engine();
    let mut run = Flow::new(engine.run());
    let blocked: Vec<_> = (1..=6).map(|number| bench.save(&engine, number)).collect();
    bench.pass(&mut run, LONG);
    assert_eq!(engine.unsent(), (6, 6));
    for number in 7..=12 {
        bench.save(&engine, number);
    }
    bench.pass(&mut run, Duration::from_secs(1));
    assert_eq!(engine.unsent(), (6, 6));
    assert_eq!(bench.apollo.records().len(), 6);
    bench.pass(&mut run, Duration::from_hours(48));
    assert_eq!(bench.apollo.posts().len(), 12, "a person decides, not time");

    assert_eq!(engine.waiting()[0].blocked(), Some(BlockCode::NotYours));
    now(engine.retry(blocked[2].id)).expect("the disk is sound");
    bench.pass(&mut run, Duration::from_secs(1));
    assert_eq!(engine.unsent(), (5, 5));
    assert_eq!(bench.apollo.posts().len(), 13);
    assert_eq!(bench.apollo.records().len(), 7);
}

#[test]
fn a_wait_ends_at_the_time_that_apollo_named_and_not_before() {
    let bench = Bench::new();
    let until = at("2026-11-24T15:37:00Z");
    bench.apollo.script(
        StepKind::LogCall,
        [Reply::Refused(Error::Limited {
            endpoint: "api/v1/phone_calls#create".to_owned(),
            retry_after: Duration::from_mins(37),
            until,
        })],
    );
    let engine = bench.engine();
    bench.save(&engine, 1);
    let mut run = Flow::new(engine.run());
    bench.pass(&mut run, Duration::from_secs(37 * 60 - 1));
    assert_eq!(bench.apollo.posts().len(), 1);
    assert_eq!(
        engine.waiting()[0].steps[0].state,
        StepState::Waiting {
            until,
            reason: WaitReason::Limit,
        }
    );
    bench.pass(&mut run, Duration::from_secs(2));
    assert_eq!(bench.apollo.posts().len(), 2);
    assert_eq!(bench.apollo.posts()[1].0, until);
    assert_eq!(bench.apollo.searches(), 1, "it has lain here for a while");
}

#[test]
fn a_wait_outlives_a_restart() {
    let bench = Bench::new();
    let until = at("2026-11-24T15:37:00Z");
    bench.apollo.script(
        StepKind::LogCall,
        [Reply::Refused(Error::BudgetSpent {
            endpoint: "api/v1/phone_calls#create".to_owned(),
            until,
        })],
    );
    {
        let engine = bench.engine();
        bench.save(&engine, 1);
        Flow::new(engine.run()).go();
    }
    let engine = bench.engine();
    let mut run = Flow::new(engine.run());
    bench.pass(&mut run, Duration::from_mins(36));
    assert_eq!(bench.apollo.posts().len(), 1);
    bench.pass(&mut run, Duration::from_mins(2));
    assert_eq!(bench.apollo.posts().len(), 2);
}

#[test]
fn a_refused_key_holds_the_call_and_a_new_key_lets_it_go_at_once() {
    let bench = Bench::new();
    bench
        .apollo
        .script(StepKind::LogCall, [Reply::Refused(Error::KeyRejected)]);
    let engine = bench.engine();
    bench.save(&engine, 1);
    let mut run = Flow::new(engine.run());
    bench.pass(&mut run, Duration::from_mins(10));
    assert_eq!(bench.apollo.posts().len(), 1);
    assert_eq!(engine.unsent(), (1, 0), "it waits, it is not blocked");
    now(engine.use_key(bench.port(), None)).expect("the disk is sound");
    bench.pass(&mut run, Duration::from_secs(1));
    assert_eq!(bench.apollo.posts().len(), 2);
    assert_eq!(engine.unsent(), (0, 0));
}

#[test]
fn a_new_key_does_not_hurry_what_waits_for_something_else() {
    let bench = Bench::new();
    bench
        .apollo
        .script(StepKind::LogCall, [Reply::Refused(offline())]);
    let engine = bench.engine();
    bench.save(&engine, 1);
    let mut run = Flow::new(engine.run());
    run.go();
    now(engine.use_key(bench.port(), None)).expect("the disk is sound");
    run.go();
    assert_eq!(bench.apollo.posts().len(), 1);
}

#[test]
fn a_person_and_the_clock_asking_at_the_same_moment_send_once() {
    // The write of the person's retry is slow; meanwhile the wait ends and the call is sent. The
    // late write must not undo what was written since.
    let bench = Bench::new();
    bench
        .apollo
        .script(StepKind::LogCall, [Reply::Refused(offline())]);
    bench
        .apollo
        .script(StepKind::LogCall, [Reply::HangAfterCommit]);
    let engine = bench.engine();
    let wrap_up = bench.save(&engine, 1);
    let mut run = Flow::new(engine.run());
    run.go();
    let release = bench.store.hold_next_write();
    let mut retry = Flow::new(engine.retry(wrap_up.id));
    assert!(retry.go().is_none(), "its write is held");
    bench.pass(&mut run, Duration::from_secs(4));
    drop(release);
    let _ = retry.go();
    bench.pass(&mut run, LONG);
    assert_eq!(bench.apollo.records().len(), 1);
    assert_eq!(
        bench.apollo.posts().len(),
        2,
        "one in vain, one that counts"
    );
}

#[test]
fn steps_go_in_order_and_the_task_stays_open_until_the_call_is_logged() {
    let bench = Bench::new();
    bench
        .apollo
        .script(StepKind::LogCall, vec![Reply::Refused(offline()); 3]);
    let engine = bench.engine();
    bench.save(&engine, 1);
    let mut run = Flow::new(engine.run());
    bench.pass(&mut run, Duration::from_secs(20));
    assert!(bench.apollo.finish_requests().is_empty());
    bench.pass(&mut run, LONG);
    let logged = bench.apollo.posts()[3].0;
    assert!(bench.apollo.finish_requests()[0].0 >= logged);
}

#[test]
fn a_wall_clock_that_is_set_back_holds_a_wait_up_and_loses_nothing() {
    let bench = Bench::new();
    bench
        .apollo
        .script(StepKind::LogCall, [Reply::Refused(offline())]);
    let engine = bench.engine();
    bench.save(&engine, 1);
    let mut run = Flow::new(engine.run());
    run.go();
    bench.clock.set_wall_clock(at("2026-11-24T14:59:30Z"));
    bench.pass(&mut run, Duration::from_mins(2));
    assert_eq!(bench.apollo.records().len(), 1);
}

#[test]
fn the_outcome_leads_the_note_when_apollo_has_no_id_for_it() {
    let work = |outcome_id: Option<&str>, note: &str| CallWork {
        contact_id: None,
        account_id: None,
        to_number: None,
        own_numbers: Vec::new(),
        started_at: at("2026-11-24T15:00:00Z"),
        ended_at: at("2026-11-24T15:00:00Z"),
        result: CallResult {
            opts_out: false,
            status: CallStatus::Completed,
            outcome_id: outcome_id.map(Into::into),
            outcome_name: "Left voicemail".to_owned(),
            details: noted(note),
        },
        after: AfterCall::default(),
    };
    for (id, note, sent) in [
        (None, "call back", Some("[Left voicemail] call back")),
        (None, "  ", Some("[Left voicemail]")),
        (Some("id"), " call back ", Some("call back")),
        (Some("id"), "", None),
    ] {
        assert_eq!(work(id, note).result.note_as_sent().as_deref(), sent);
    }
}
