//! The state machine of a step: every arrow, and no other.

use apollo::ids::CallId;
use clock::Timestamp;
use domain::{
    wrap_up::BlockCode, wrap_up::Event, wrap_up::Plan, wrap_up::Proof, wrap_up::ProofKind,
    wrap_up::Step, wrap_up::StepKind, wrap_up::StepState, wrap_up::UnknownBecause,
    wrap_up::WaitReason, wrap_up::WrapUp, wrap_up::apply, wrap_up::plan,
};
use proptest::prelude::*;

use crate::support::{at, call};

fn second(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("in range")
}

fn proof(call: &str) -> Proof {
    Proof {
        at: second(7),
        how: ProofKind::Replied,
        call_id: Some(CallId::new(call)),
        task_id: None,
    }
}

/// Every state, by the name in the drawing.
fn states() -> Vec<(&'static str, StepState)> {
    vec![
        ("Ready", StepState::Ready),
        ("InFlight", StepState::InFlight { sent_at: second(1) }),
        (
            "Unknown",
            StepState::Unknown {
                since: second(1),
                look_at: second(3),
                because: UnknownBecause::ReplyLost,
                looks: 0,
                waited_ms: 0,
            },
        ),
        (
            "Waiting",
            StepState::Waiting {
                until: second(9),
                reason: WaitReason::Limit,
            },
        ),
        (
            "Blocked",
            StepState::Blocked {
                code: BlockCode::Invalid,
            },
        ),
        (
            "Unclear",
            StepState::Unclear {
                near: proof("near"),
            },
        ),
        ("Done", StepState::Done(proof("kept"))),
    ]
}

fn name(state: &StepState) -> &'static str {
    match state {
        StepState::Ready => "Ready",
        StepState::InFlight { .. } => "InFlight",
        StepState::Unknown { .. } => "Unknown",
        StepState::Waiting { .. } => "Waiting",
        StepState::Blocked { .. } => "Blocked",
        StepState::Unclear { .. } => "Unclear",
        StepState::Done(_) => "Done",
    }
}

/// Every event, by name.
fn events() -> Vec<(&'static str, Event)> {
    vec![
        ("Sending", Event::Sending { at: second(2) }),
        ("Acknowledged", Event::Acknowledged(proof("new"))),
        (
            "RefusedForNow",
            Event::RefusedForNow {
                until: second(9),
                reason: WaitReason::Limit,
            },
        ),
        (
            "RefusedForGood",
            Event::RefusedForGood {
                code: BlockCode::NotYours,
            },
        ),
        (
            "ReplyLost",
            Event::ReplyLost {
                at: second(5),
                look_at: second(7),
                because: UnknownBecause::ReplyLost,
            },
        ),
        ("LookUpFirst", Event::LookUpFirst { at: second(2) }),
        ("Found", Event::Found(proof("found"))),
        ("FoundNear", Event::FoundNear(proof("near"))),
        ("ProvenAbsent", Event::ProvenAbsent),
        (
            "StillUnclear",
            Event::StillUnclear {
                look_at: second(20),
                waited_ms: 17,
            },
        ),
        ("Released", Event::Released),
        (
            "NotSearched",
            Event::NotSearched {
                look_at: second(20),
            },
        ),
        ("PersonRetries", Event::PersonRetries { at: second(8) }),
        ("PersonConfirms", Event::PersonConfirms),
    ]
}

/// The drawing in the design, as a table. Every arrow that is not in it must be refused.
const ARROWS: [(&str, &str, &str); 16] = [
    ("Ready", "Sending", "InFlight"),
    ("Ready", "LookUpFirst", "Unknown"),
    ("InFlight", "Acknowledged", "Done"),
    ("InFlight", "RefusedForNow", "Waiting"),
    ("InFlight", "RefusedForGood", "Blocked"),
    ("InFlight", "ReplyLost", "Unknown"),
    ("Unknown", "Found", "Done"),
    ("Unknown", "ProvenAbsent", "Ready"),
    ("Unknown", "StillUnclear", "Unknown"),
    ("Unknown", "NotSearched", "Unknown"),
    ("Unknown", "FoundNear", "Unclear"),
    ("Unclear", "PersonConfirms", "Done"),
    ("Unclear", "PersonRetries", "Ready"),
    ("Waiting", "Released", "Ready"),
    ("Waiting", "PersonRetries", "Ready"),
    ("Blocked", "PersonRetries", "Ready"),
];

#[test]
fn a_step_moves_along_the_arrows_of_the_drawing_and_no_others() {
    let mut taken = 0;
    for (from, state) in states() {
        for (what, event) in events() {
            let step = Step {
                kind: StepKind::LogCall,
                state: state.clone(),
                attempts: 3,
                absences: 0,
            };
            let arrow = ARROWS
                .iter()
                .find(|(source, event, _)| *source == from && *event == what);
            match (arrow, apply(&step, event)) {
                (Some((.., to)), Ok(next)) => {
                    assert_eq!(name(&next.state), *to, "{from} on {what}");
                    taken += 1;
                }
                (None, Err(_)) => {}
                (expected, got) => panic!("{from} on {what}: {got:?}, expected {expected:?}"),
            }
        }
    }
    assert_eq!(taken, ARROWS.len());
}

#[test]
fn being_unclear_again_does_not_put_the_settling_time_off() {
    let lost = Step {
        kind: StepKind::LogCall,
        state: states().remove(2).1,
        attempts: 1,
        absences: 0,
    };
    let next = apply(
        &lost,
        Event::StillUnclear {
            look_at: second(20),
            waited_ms: 17,
        },
    )
    .expect("an arrow");
    assert_eq!(
        next.state,
        StepState::Unknown {
            since: second(1),
            look_at: second(20),
            because: UnknownBecause::ReplyLost,
            looks: 1,
            waited_ms: 17,
        }
    );
}

#[test]
fn an_impossible_event_names_state_and_event_and_nothing_else() {
    let done = Step {
        kind: StepKind::LogCall,
        state: StepState::Done(proof("secret-id")),
        attempts: 1,
        absences: 0,
    };
    let error = apply(&done, Event::Sending { at: second(1) }).expect_err("no arrow");
    assert_eq!(
        error.to_string(),
        "sending cannot happen to a step that is done"
    );
}

fn any_event() -> impl Strategy<Value = (&'static str, Event)> {
    prop::sample::select(events())
}

fn any_state() -> impl Strategy<Value = StepState> {
    prop::sample::select(states()).prop_map(|(_, state)| state)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn no_run_of_events_sends_twice_without_proof_or_leaves_done(
        run in prop::collection::vec(any_event(), 0..60)
    ) {
        let mut step = Step::ready(StepKind::LogCall);
        let mut sent = 0;
        // Whether the fate of a request is still open.
        let mut unsettled = false;
        for (what, event) in run {
            let before = step.clone();
            let Ok(next) = apply(&step, event) else {
                prop_assert_eq!(&step, &before);
                continue;
            };
            match (name(&before.state), name(&next.state)) {
                ("Done", _) => prop_assert!(false, "left Done on {}", what),
                ("Unknown", "Ready") => prop_assert_eq!(what, "ProvenAbsent"),
                // A person has checked that the call is not in Apollo.
                ("Unclear", "Ready") => {
                    prop_assert_eq!(what, "PersonRetries");
                    unsettled = false;
                }
                ("InFlight", "Ready") => prop_assert!(false, "ready again on {}", what),
                (_, "InFlight") => {
                    prop_assert!(!unsettled, "a second request while the first is unsettled");
                    sent += 1;
                    unsettled = true;
                }
                ("InFlight", "Waiting" | "Blocked" | "Done")
                | ("Unknown" | "Unclear", "Done") => unsettled = false,
                _ => {}
            }
            if what == "ProvenAbsent" {
                unsettled = false;
            }
            prop_assert_eq!(next.attempts, sent);
            step = next;
        }
    }

    #[test]
    fn a_step_reads_back_from_disk_as_it_was_written(state in any_state(), attempts in any::<u32>()) {
        let step = Step { kind: StepKind::LogCall, state, attempts, absences: 0 };
        let written = serde_json::to_string(&step).expect("it can be written");
        let read: Step = serde_json::from_str(&written).expect("it can be read");
        prop_assert_eq!(read, step);
    }

    #[test]
    fn the_plan_sends_only_what_is_ready_in_order_and_never_early(
        log in any_state(), complete in any_state(), now_s in 0_i64..60
    ) {
        let mut wrap_up: WrapUp = call(1, at("2026-11-24T15:00:00Z"));
        wrap_up.steps[0].state = log;
        wrap_up.steps[1].state = complete;
        let now = second(now_s);
        let current = wrap_up
            .steps
            .iter()
            .position(|step| !matches!(step.state, StepState::Done(_)));
        let state = |step: usize| wrap_up.steps[step].state.clone();
        match plan(&wrap_up, now) {
            Plan::Send { step } => {
                prop_assert_eq!(Some(step), current);
                prop_assert_eq!(state(step), StepState::Ready);
            }
            Plan::LookUp { step } => {
                prop_assert_eq!(Some(step), current);
                let is_due = matches!(state(step), StepState::Unknown { look_at, .. } if look_at <= now);
                prop_assert!(is_due);
            }
            Plan::LookUpFirst { .. } | Plan::AwaitKey => {
                prop_assert!(false, "the state of one wrap-up does not say so");
            }
            Plan::Release { step } => {
                prop_assert_eq!(Some(step), current);
                let is_over = matches!(state(step), StepState::Waiting { until, .. } if until <= now);
                prop_assert!(is_over);
            }
            Plan::WaitUntil(until) => prop_assert!(until > now),
            Plan::Acknowledge => prop_assert!(wrap_up.is_done()),
            Plan::InFlight | Plan::AskPerson => prop_assert!(current.is_some()),
        }
    }
}
