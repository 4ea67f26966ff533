//! The decision core: state + event → state, and what to do next. Pure.
//!
//! Promises: a step moves only along the arrows drawn at [`StepState`]; anything else is refused
//! with [`IllegalTransition`], never ignored. A step that is not idempotent goes from *in flight*
//! back to *ready* only through *proven absent* or *surely not processed*; one whose fate a person
//! leaves open goes to *unknown*. Must never: read a
//! clock, a disk or a network.

use clock::Timestamp;

use super::{BlockCode, Proof, Step, StepState, WaitReason, WrapUp};

/// What happened to a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Its request is about to leave.
    Sending { at: Timestamp },
    /// Apollo acknowledged it.
    Acknowledged(Proof),
    /// Apollo surely did not process it, and may later.
    RefusedForNow {
        until: Timestamp,
        reason: WaitReason,
    },
    /// Apollo refused it for good.
    RefusedForGood { code: BlockCode },
    /// Nobody knows whether Apollo processed it: the reply was lost, or the process died.
    ReplyLost { at: Timestamp, look_at: Timestamp },
    /// A search found it.
    Found(Proof),
    /// A search that counts did not find it.
    ProvenAbsent,
    /// The search could not be made, or it was too early to count.
    StillUnclear { look_at: Timestamp },
    /// What it waited for is over: the time has come, or there is a new key.
    Released,
    /// A person asked for another try.
    PersonRetries { at: Timestamp },
}

/// An event that does not fit the state: a bug, reported and never acted on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{event} cannot happen to a step that is {state}")]
pub struct IllegalTransition {
    state: &'static str,
    event: &'static str,
}

/// The step after the event.
pub fn apply(step: &Step, event: Event) -> Result<Step, IllegalTransition> {
    let illegal = IllegalTransition {
        state: name_of_state(&step.state),
        event: name_of(&event),
    };
    let state = match (&step.state, event) {
        (StepState::Ready, Event::Sending { at }) => StepState::InFlight { sent_at: at },
        (StepState::InFlight { .. }, Event::Acknowledged(proof))
        | (StepState::Unknown { .. }, Event::Found(proof)) => StepState::Done(proof),
        (StepState::InFlight { .. }, Event::RefusedForNow { until, reason }) => {
            StepState::Waiting { until, reason }
        }
        (StepState::InFlight { .. }, Event::RefusedForGood { code }) => StepState::Blocked { code },
        (StepState::InFlight { .. }, Event::ReplyLost { at, look_at }) => {
            StepState::Unknown { since: at, look_at }
        }
        (StepState::Unknown { since, .. }, Event::StillUnclear { look_at }) => StepState::Unknown {
            since: *since,
            look_at,
        },
        (StepState::Blocked { code }, Event::PersonRetries { at })
            if code.leaves_fate_open() && !step.kind.is_idempotent() =>
        {
            StepState::Unknown {
                since: at,
                look_at: at,
            }
        }
        (StepState::Unknown { .. }, Event::ProvenAbsent)
        | (StepState::Waiting { .. }, Event::Released | Event::PersonRetries { .. })
        | (StepState::Blocked { .. }, Event::PersonRetries { .. }) => StepState::Ready,
        _ => return Err(illegal),
    };
    let attempts = step.attempts + u32::from(matches!(state, StepState::InFlight { .. }));
    Ok(Step {
        kind: step.kind,
        state,
        attempts,
    })
}

/// What the engine does with a wrap-up at `now`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Mark the step as in flight, then send it.
    Send { step: usize },
    /// Search Apollo for the step.
    LookUp { step: usize },
    /// The wait of the step is over.
    Release { step: usize },
    /// Nothing until then.
    WaitUntil(Timestamp),
    /// Nothing until its reply is in.
    InFlight,
    /// Nothing until a person decides.
    AskPerson,
    /// All steps are done: erase the content, keep the receipt.
    Acknowledge,
}

/// The longest a wrap-up is held back for an undo.
pub const HOLD_MS_MAX: i64 = 60_000;
/// How often Apollo is searched again while it is too early to count.
pub const NEXT_LOOK_MS: i64 = 15_000;
/// The longest wait after Apollo could not be reached.
pub const BACKOFF_MS_MAX: i64 = 120_000;
/// How often a refused key is tried again by itself; a new key is tried at once.
pub const KEY_RETRY_MS: i64 = 15 * 60_000;
/// The longest of Apollo's windows.
const LIMIT_MS_MAX: i64 = 24 * 3_600_000;

/// Steps go in order: the first that is not done decides. A wait that lies further ahead than it
/// can have been set is over: the wall clock was set back.
pub fn plan(wrap_up: &WrapUp, now: Timestamp) -> Plan {
    if let Some(until) = wrap_up.held_until
        && wrap_up.is_untouched()
        && !is_over(until, now, HOLD_MS_MAX)
    {
        return Plan::WaitUntil(until);
    }
    let Some(index) = wrap_up.current_step() else {
        return Plan::Acknowledge;
    };
    let Some(step) = wrap_up.steps.get(index) else {
        return Plan::Acknowledge;
    };
    match &step.state {
        StepState::Ready => Plan::Send { step: index },
        StepState::InFlight { .. } => Plan::InFlight,
        StepState::Unknown { look_at, .. } if is_over(*look_at, now, NEXT_LOOK_MS) => {
            Plan::LookUp { step: index }
        }
        StepState::Unknown { look_at, .. } => Plan::WaitUntil(*look_at),
        StepState::Waiting { until, reason } if is_over(*until, now, wait_ms_max(*reason)) => {
            Plan::Release { step: index }
        }
        StepState::Waiting { until, .. } => Plan::WaitUntil(*until),
        StepState::Blocked { .. } => Plan::AskPerson,
        StepState::Done(_) => Plan::Acknowledge,
    }
}

fn is_over(until: Timestamp, now: Timestamp, longest_ms: i64) -> bool {
    until <= now || until.duration_since(now).as_millis() > i128::from(longest_ms)
}

fn wait_ms_max(reason: WaitReason) -> i64 {
    match reason {
        WaitReason::Limit => LIMIT_MS_MAX,
        WaitReason::Offline | WaitReason::ApolloDown => BACKOFF_MS_MAX,
        WaitReason::Key => KEY_RETRY_MS,
    }
}

fn name_of_state(state: &StepState) -> &'static str {
    match state {
        StepState::Ready => "ready",
        StepState::InFlight { .. } => "in flight",
        StepState::Unknown { .. } => "unknown",
        StepState::Waiting { .. } => "waiting",
        StepState::Blocked { .. } => "blocked",
        StepState::Done(_) => "done",
    }
}

fn name_of(event: &Event) -> &'static str {
    match event {
        Event::Sending { .. } => "sending",
        Event::Acknowledged(_) => "an acknowledgement",
        Event::RefusedForNow { .. } => "a refusal for now",
        Event::RefusedForGood { .. } => "a refusal for good",
        Event::ReplyLost { .. } => "a lost reply",
        Event::Found(_) => "being found",
        Event::ProvenAbsent => "being proven absent",
        Event::StillUnclear { .. } => "staying unclear",
        Event::Released => "a release",
        Event::PersonRetries { .. } => "a person's retry",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wrap_up::{ProofKind, StepKind};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn proof() -> Proof {
        Proof {
            at: at(5),
            how: ProofKind::Replied,
            call_id: None,
            task_id: None,
        }
    }

    fn in_state(state: StepState) -> Step {
        Step {
            kind: StepKind::LogCall,
            state,
            attempts: 1,
        }
    }

    #[test]
    fn an_attempt_is_counted_when_its_request_leaves() {
        let step = apply(
            &Step::ready(StepKind::LogCall),
            Event::Sending { at: at(1) },
        )
        .unwrap();
        assert_eq!(step.attempts, 1);
        assert_eq!(step.state, StepState::InFlight { sent_at: at(1) });
    }

    #[test]
    fn a_lost_reply_is_never_simply_ready_again() {
        let unknown = apply(
            &in_state(StepState::InFlight { sent_at: at(1) }),
            Event::ReplyLost {
                at: at(2),
                look_at: at(4),
            },
        )
        .unwrap();
        for event in [
            Event::Released,
            Event::PersonRetries { at: at(3) },
            Event::Sending { at: at(3) },
            Event::RefusedForNow {
                until: at(9),
                reason: WaitReason::Offline,
            },
        ] {
            assert!(apply(&unknown, event).is_err());
        }
        assert_eq!(
            apply(&unknown, Event::ProvenAbsent).unwrap().state,
            StepState::Ready
        );
        assert_eq!(
            apply(&unknown, Event::Found(proof())).unwrap().state,
            StepState::Done(proof())
        );
    }

    #[test]
    fn what_is_done_stays_done() {
        let done = in_state(StepState::Done(proof()));
        for event in [
            Event::Sending { at: at(1) },
            Event::PersonRetries { at: at(1) },
            Event::Released,
            Event::ProvenAbsent,
            Event::ReplyLost {
                at: at(1),
                look_at: at(2),
            },
        ] {
            assert!(apply(&done, event).is_err());
        }
    }
}
