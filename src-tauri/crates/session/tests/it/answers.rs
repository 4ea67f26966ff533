//! What each answer of Apollo's means for a step.

use std::time::Duration;

use apollo::{Error, NetworkKind, TlsReason};
use clock::Timestamp;
use domain::{
    wrap_up::BlockCode, wrap_up::Event, wrap_up::Proof, wrap_up::ProofKind, wrap_up::StepKind,
    wrap_up::UnknownBecause, wrap_up::WaitReason,
};
use jiff::SignedDuration;
use outbox::{Answered, event_for};
use present::{ConnectionState, ReceiptState};

use crate::support::{DeskBench, NOW, Reply, at, english, form, person};

fn now() -> Timestamp {
    at(NOW)
}

fn later(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

fn event(kind: StepKind, error: Error) -> Event {
    event_for(kind, 1, Err(error), now())
}

fn network(kind: NetworkKind) -> Error {
    Error::Network { kind }
}

fn down() -> Error {
    Error::UpstreamDown {
        status: Some(503),
        html: false,
    }
}

fn unreadable() -> Error {
    Error::Undecodable {
        path: "phone_call".to_owned(),
        reason: "cut off".to_owned(),
    }
}

const TASK_STEPS: [StepKind; 2] = [StepKind::CompleteTask, StepKind::SkipTask];
const ALL_STEPS: [StepKind; 3] = [
    StepKind::LogCall,
    StepKind::CompleteTask,
    StepKind::SkipTask,
];

#[test]
fn a_call_log_of_unknown_fate_is_looked_up_and_never_simply_sent_again() {
    let tls = NetworkKind::Tls {
        reason: TlsReason::CheckClock,
    };
    for error in [
        network(NetworkKind::Reset),
        network(NetworkKind::Timeout),
        network(NetworkKind::Other),
        down(),
        Error::CaptivePortal,
        unreadable(),
        Error::NotFromApollo { status: 404 },
        Error::Unrecognized { status: 422 },
        Error::Stumbled,
    ] {
        let because = match &error {
            Error::NotFromApollo { .. } | Error::CaptivePortal => UnknownBecause::InBetween,
            Error::Unrecognized { .. } | Error::Stumbled => UnknownBecause::Unrecognized,
            _ => UnknownBecause::ReplyLost,
        };
        for kind in [StepKind::LogCall, StepKind::CreateCallback] {
            assert_eq!(
                event(kind, error.clone()),
                Event::ReplyLost {
                    at: now(),
                    look_at: later(2),
                    because,
                }
            );
        }
    }
    // These requests surely never arrived.
    for error in [
        network(NetworkKind::Dns),
        network(NetworkKind::ConnectionRefused),
        network(tls),
        Error::ProxyRefused,
        Error::NotSentInTime,
    ] {
        for kind in ALL_STEPS {
            assert_eq!(
                event(kind, error.clone()),
                Event::RefusedForNow {
                    until: later(3),
                    reason: WaitReason::Offline,
                }
            );
        }
    }
}

#[test]
fn completing_and_skipping_may_be_sent_again_after_a_rest() {
    for kind in TASK_STEPS {
        for error in [down(), network(NetworkKind::Timeout), unreadable()] {
            assert_eq!(
                event(kind, error),
                Event::RefusedForNow {
                    until: later(3),
                    reason: WaitReason::ApolloDown,
                }
            );
        }
    }
}

const IDEMPOTENT_STEPS: [StepKind; 6] = [
    StepKind::CompleteTask,
    StepKind::SkipTask,
    StepKind::MoveTask,
    StepKind::SetStage,
    StepKind::FinishSequence,
    StepKind::CorrectCall,
];

#[test]
fn a_strangers_status_is_waited_out_and_never_a_fact_about_the_step() {
    for kind in IDEMPOTENT_STEPS {
        for status in [400, 401, 403, 404, 410, 413, 422, 429] {
            assert_eq!(
                event(kind, Error::NotFromApollo { status }),
                Event::RefusedForNow {
                    until: later(3),
                    reason: WaitReason::InBetween,
                },
                "{kind:?} {status}"
            );
        }
    }
}

#[test]
fn a_reason_that_nobody_knows_is_for_a_person_and_named_as_that() {
    for kind in IDEMPOTENT_STEPS {
        for error in [Error::Unrecognized { status: 404 }, Error::Stumbled] {
            assert_eq!(
                event(kind, error),
                Event::RefusedForGood {
                    code: BlockCode::Unrecognized,
                }
            );
        }
    }
}

const DUE: &str = "2026-11-20";

fn bench() -> DeskBench {
    let bench = DeskBench::new();
    bench.work([person("a", DUE)].to_vec());
    bench
}

#[test]
fn a_task_is_not_completed_by_a_gateways_404_and_is_completed_once_the_gateway_is_gone() {
    let bench = bench();
    let strangers = std::iter::repeat_n(Reply::Refused(Error::NotFromApollo { status: 404 }), 3);
    bench.bench.apollo.script(StepKind::CompleteTask, strangers);
    bench.save("a", form("busy", "spoke")).expect("saved");
    bench.run(Duration::from_secs(2));
    let receipt = bench.receipt("a");
    assert_eq!(receipt.state, ReceiptState::Waiting);
    let sentence = english(&receipt.sentence);
    assert!(
        sentence.contains("Task completed: Something between this computer and Apollo"),
        "{sentence}"
    );
    assert!(sentence.contains("goes by itself"), "{sentence}");
    assert!(bench.bench.apollo.finished().is_empty());
    let connection = bench.desk.connection();
    assert_eq!(connection.state, ConnectionState::InBetween);
    let says = english(&connection.sentence);
    assert!(
        says.starts_with("Something between this computer and Apollo")
            && says.contains("1 call is kept here"),
        "{says}"
    );

    bench.run(Duration::from_mins(5));
    assert_eq!(bench.receipt("a").state, ReceiptState::Sent);
    assert_eq!(bench.bench.apollo.finished().len(), 1);
    assert_eq!(bench.bench.apollo.records().len(), 1);
    assert_eq!(bench.desk.connection().state, ConnectionState::Online);
}

#[test]
fn a_call_is_not_refused_by_a_stranger_and_is_looked_up_before_it_is_sent_again() {
    for error in [
        Error::NotFromApollo { status: 404 },
        Error::NotFromApollo { status: 403 },
        Error::Unrecognized { status: 422 },
        Error::Stumbled,
    ] {
        let bench = bench();
        bench
            .bench
            .apollo
            .script(StepKind::LogCall, [Reply::Refused(error.clone())]);
        bench.save("a", form("busy", "spoke")).expect("saved");
        bench.run(Duration::from_secs(1));
        assert_eq!(
            bench.receipt("a").state,
            ReceiptState::Checking,
            "{error:?}"
        );
        bench.run(Duration::from_mins(6));
        assert_eq!(bench.receipt("a").state, ReceiptState::Sent, "{error:?}");
        assert_eq!(bench.bench.apollo.posts().len(), 2, "{error:?}");
        assert_eq!(bench.bench.apollo.records().len(), 1, "{error:?}");
        assert!(bench.bench.apollo.searches() > 0, "{error:?}");
    }
}

#[test]
fn an_answer_that_nobody_can_read_says_neither_online_nor_offline() {
    let bench = bench();
    let down = Reply::Refused(down());
    let unreadable = Reply::Refused(unreadable());
    bench.bench.apollo.script(
        StepKind::CompleteTask,
        [down.clone(), down, unreadable.clone(), unreadable],
    );
    bench.save("a", form("busy", "spoke")).expect("saved");
    bench.run(Duration::from_secs(10));
    let connection = bench.desk.connection();
    assert_eq!(connection.state, ConnectionState::Offline);
    // The banner says the same as the receipt: Apollo is there, and does not answer as it should.
    let says = english(&connection.sentence);
    assert!(
        says.starts_with("Apollo is not answering properly since"),
        "{says}"
    );
    bench.run(Duration::from_mins(5));
    assert_eq!(bench.desk.connection().state, ConnectionState::Online);
}

#[test]
fn a_right_that_is_missing_for_no_task_is_not_reported_as_one_for_a_task() {
    let bench = bench();
    let message = "the record is closed to the key's user.".to_owned();
    bench.bench.apollo.script(
        StepKind::LogCall,
        [Reply::Refused(Error::NotAllowed { message })],
    );
    bench.save("a", form("busy", "spoke")).expect("saved");
    bench.run(Duration::from_secs(1));
    let sentence = english(&bench.receipt("a").sentence);
    assert!(
        sentence.starts_with("Apollo does not allow this"),
        "{sentence}"
    );
}

#[test]
fn a_task_that_is_finished_or_gone_already_is_success_and_says_so() {
    for kind in TASK_STEPS {
        for (error, how) in [
            (Error::AlreadyDone, ProofKind::AlreadyFinished),
            (Error::Gone, ProofKind::TaskDeleted),
        ] {
            let proof = Proof {
                at: now(),
                how,
                call_id: None,
                task_id: None,
            };
            assert_eq!(event(kind, error), Event::Acknowledged(proof));
        }
        for (answer, how) in [
            (Answered::Finished, ProofKind::Replied),
            (Answered::AlreadyFinished, ProofKind::AlreadyFinished),
            (Answered::Deleted, ProofKind::TaskDeleted),
        ] {
            let proof = Proof {
                at: now(),
                how,
                call_id: None,
                task_id: None,
            };
            assert_eq!(
                event_for(kind, 1, Ok(answer), now()),
                Event::Acknowledged(proof)
            );
        }
    }
}

#[test]
fn what_apollo_refuses_for_good_waits_for_a_person_with_its_reason() {
    let endpoint = || "api/v1/phone_calls".to_owned();
    let message = || "not yours".to_owned();
    let invalid = |field: &str| Error::Invalid {
        field: Some(field.to_owned()),
        message: message(),
    };
    for (error, code) in [
        (
            Error::ScopedOut {
                endpoint: endpoint(),
            },
            BlockCode::KeyNotAllowed,
        ),
        (
            Error::PlanGated {
                endpoint: endpoint(),
            },
            BlockCode::PlanNotAllowed,
        ),
        (Error::FunctionsOff, BlockCode::FunctionsOff),
        (invalid("phone_call_outcome_id"), BlockCode::OutcomeUnknown),
        (invalid("user_id"), BlockCode::UserInactive),
        (invalid("contact_id"), BlockCode::ContactGone),
        (
            Error::NotAllowed { message: message() },
            BlockCode::NotYours,
        ),
        (Error::Gone, BlockCode::ContactGone),
        (
            Error::Invalid {
                field: None,
                message: message(),
            },
            BlockCode::Invalid,
        ),
    ] {
        assert_eq!(
            event(StepKind::LogCall, error),
            Event::RefusedForGood { code }
        );
    }
}

#[test]
fn a_limit_is_waited_for_to_the_second_apollo_named() {
    let until = later(1_800);
    for error in [
        Error::Limited {
            endpoint: "api/v1/phone_calls#create".to_owned(),
            retry_after: std::time::Duration::from_mins(30),
            until,
        },
        Error::BudgetSpent {
            endpoint: "api/v1/phone_calls#create".to_owned(),
            until,
        },
    ] {
        for kind in ALL_STEPS {
            assert_eq!(
                event(kind, error.clone()),
                Event::RefusedForNow {
                    until,
                    reason: WaitReason::Limit,
                }
            );
        }
    }
}

#[test]
fn each_try_in_vain_doubles_the_rest_up_to_two_minutes() {
    let rests: Vec<_> = [1, 2, 3, 4, 5, 6, 7, 40, u32::MAX]
        .into_iter()
        .map(|attempt| {
            let offline = Err(network(NetworkKind::Dns));
            match event_for(StepKind::LogCall, attempt, offline, now()) {
                Event::RefusedForNow { until, .. } => until.duration_since(now()).as_secs(),
                other => panic!("{other:?}"),
            }
        })
        .collect();
    assert_eq!(rests, [3, 6, 12, 24, 48, 96, 120, 120, 120]);
}

#[test]
fn a_refused_key_is_tried_again_by_itself_only_after_a_quarter_of_an_hour() {
    for error in [Error::KeyRejected, Error::KeyMissing] {
        assert_eq!(
            event(StepKind::LogCall, error),
            Event::RefusedForNow {
                until: later(900),
                reason: WaitReason::Key,
            }
        );
    }
}

#[test]
fn a_note_that_something_in_between_refuses_each_time_goes_to_a_person() {
    let refused = |kind, attempt| {
        let stranger = Err(Error::NotFromApollo { status: 403 });
        event_for(kind, attempt, stranger, now())
    };
    let blocked = Event::RefusedForGood {
        code: BlockCode::RefusedInBetween,
    };
    for kind in [StepKind::CorrectCall, StepKind::SkipTask] {
        assert!(matches!(refused(kind, 7), Event::RefusedForNow { .. }));
        assert_eq!(refused(kind, 8), blocked);
    }
    // A completion carries no text that a person could edit, so it waits until the gateway is gone.
    assert!(matches!(
        refused(StepKind::CompleteTask, 1_000),
        Event::RefusedForNow { .. }
    ));
}
