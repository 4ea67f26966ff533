//! The decision core: state + event → state, and what to do next. Pure.
//!
//! Promises: a step moves only along the arrows drawn at [`StepState`]; anything else is refused
//! with [`IllegalTransition`], never ignored. A step that is not idempotent goes from *in flight*
//! back to *ready* only through *proven absent* or *surely not processed*; a step whose fate a person
//! leaves open goes to *unknown*. Must never: read a clock, a disk or a network.

use clock::Timestamp;

use super::{BlockCode, Proof, Step, StepState, UnknownBecause, WaitReason, WrapUp};

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
    ReplyLost {
        at: Timestamp,
        look_at: Timestamp,
        because: UnknownBecause,
    },
    /// It has lain here for so long that Apollo is searched before it is sent.
    LookUpFirst { at: Timestamp },
    /// A search found it.
    Found(Proof),
    /// A search that counts found only a record that is near: almost the same.
    FoundNear(Proof),
    /// A search that counts did not find it.
    ProvenAbsent,
    /// The search came back, and it was too early to count, or it was not whole. `waited_ms` is how
    /// long the fate has been unknown in all.
    StillUnclear { look_at: Timestamp, waited_ms: u64 },
    /// The search could not be made.
    NotSearched { look_at: Timestamp },
    /// What it waited for is over: the time has come, or there is a new key.
    Released,
    /// A person asked for another try. Where something may have left, Apollo is searched at `at`.
    PersonRetries { at: Timestamp },
    /// A person confirmed that the near record is this one.
    PersonConfirms,
}

/// An event that does not fit the state: a bug. It is reported and changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{event} cannot happen to a step that is {state}")]
pub struct IllegalTransition {
    state: &'static str,
    event: &'static str,
}

/// How often a step is sent again after Apollo surely did not have it, when the answers came from
/// something in between, or Handset did not recognize them.
pub const ABSENCES_MAX: u32 = 3;
/// The same when replies were merely lost: a poor network is no verdict.
pub const ABSENCES_AFTER_LOSS_MAX: u32 = 8;
/// How many searches may come back and prove nothing before a person is asked.
pub const LOOK_UPS_MAX: u32 = 60;

/// The step after the event.
pub fn apply(step: &Step, event: Event) -> Result<Step, IllegalTransition> {
    let illegal = IllegalTransition {
        state: name_of_state(&step.state),
        event: name_of(&event),
    };
    let mut absences = step.absences;
    let state = match (&step.state, event) {
        (StepState::Ready, Event::Sending { at }) => StepState::InFlight { sent_at: at },
        (StepState::Ready, Event::LookUpFirst { at }) if !step.kind.is_idempotent() => {
            unknown(at, UnknownBecause::Earlier)
        }
        (StepState::InFlight { .. }, Event::Acknowledged(proof))
        | (StepState::Unknown { .. }, Event::Found(proof)) => StepState::Done(proof),
        (StepState::InFlight { .. }, Event::RefusedForNow { until, reason }) => {
            StepState::Waiting { until, reason }
        }
        (StepState::InFlight { .. }, Event::RefusedForGood { code }) => StepState::Blocked { code },
        (
            StepState::InFlight { .. },
            Event::ReplyLost {
                at,
                look_at,
                because,
            },
        ) => StepState::Unknown {
            since: at,
            look_at,
            because,
            looks: 0,
            waited_ms: 0,
        },
        (
            StepState::Unknown {
                since,
                because,
                looks,
                ..
            },
            Event::StillUnclear { look_at, waited_ms },
        ) => {
            if *looks >= LOOK_UPS_MAX {
                StepState::Blocked {
                    code: BlockCode::CannotBeLookedUp,
                }
            } else {
                StepState::Unknown {
                    since: *since,
                    look_at,
                    because: *because,
                    looks: looks + 1,
                    waited_ms,
                }
            }
        }
        (
            StepState::Unknown {
                since,
                because,
                looks,
                waited_ms,
                ..
            },
            Event::NotSearched { look_at },
        ) => StepState::Unknown {
            since: *since,
            look_at,
            because: *because,
            looks: *looks,
            waited_ms: *waited_ms,
        },
        (StepState::Unknown { .. }, Event::FoundNear(near)) => StepState::Unclear { near },
        (StepState::Unknown { because, .. }, Event::ProvenAbsent) => {
            absences += u32::from(*because != UnknownBecause::Earlier);
            match refused_each_time(step, *because, absences) {
                Some(code) => StepState::Blocked { code },
                None => StepState::Ready,
            }
        }
        (StepState::Unclear { near }, Event::PersonConfirms) => StepState::Done(near.clone()),
        (StepState::Blocked { code }, Event::PersonRetries { at })
            if code.is_searched_first() && !step.kind.is_idempotent() =>
        {
            absences = 0;
            unknown(at, UnknownBecause::ReplyLost)
        }
        (
            StepState::Waiting { .. } | StepState::Blocked { .. } | StepState::Unclear { .. },
            Event::PersonRetries { .. },
        ) => {
            absences = 0;
            StepState::Ready
        }
        (StepState::Waiting { .. }, Event::Released) => StepState::Ready,
        _ => return Err(illegal),
    };
    // A person who retries over somebody's change wants it overwritten, as at first.
    let is_written_over = matches!(
        step.state,
        StepState::Blocked {
            code: BlockCode::ChangedInApollo
        }
    );
    let before = if is_written_over { 0 } else { step.attempts };
    let attempts = before + u32::from(matches!(state, StepState::InFlight { .. }));
    Ok(Step {
        kind: step.kind,
        state,
        attempts,
        absences,
    })
}

fn unknown(at: Timestamp, because: UnknownBecause) -> StepState {
    StepState::Unknown {
        since: at,
        look_at: at,
        because,
        looks: 0,
        waited_ms: 0,
    }
}

/// Why a step that Apollo surely does not have is not sent again by itself.
fn refused_each_time(step: &Step, because: UnknownBecause, absences: u32) -> Option<BlockCode> {
    if step.kind.is_idempotent() {
        return None;
    }
    let (most, code) = match because {
        UnknownBecause::Earlier => return None,
        UnknownBecause::ReplyLost => (ABSENCES_AFTER_LOSS_MAX, BlockCode::RepliesKeepGettingLost),
        UnknownBecause::InBetween => (ABSENCES_MAX, BlockCode::RefusedInBetween),
        UnknownBecause::Unrecognized => (ABSENCES_MAX, BlockCode::Unrecognized),
    };
    (absences >= most).then_some(code)
}

/// How long until Apollo is searched again, after `looks` searches that proved nothing.
pub fn next_look_up_ms(looks: u32) -> i64 {
    (NEXT_LOOK_UP_MS << (looks / 2).min(8)).min(NEXT_LOOK_MS_MAX)
}

/// What the outbox does with a wrap-up at `now`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Mark the step as in flight, then send it.
    Send { step: usize },
    /// Search Apollo for the step.
    LookUp { step: usize },
    /// Search Apollo for the step before it is sent: it has lain here for a while.
    LookUpFirst { step: usize },
    /// The wait of the step is over.
    Release { step: usize },
    /// Nothing until then.
    WaitUntil(Timestamp),
    /// Nothing until its reply is in.
    InFlight,
    /// Nothing until a person decides.
    AskPerson,
    /// Nothing until it is known whose key is in use.
    AwaitKey,
    /// All steps are done: erase the content, keep the receipt.
    Acknowledge,
}

/// The longest a wrap-up is held back for an undo.
pub const HOLD_MS_MAX: i64 = 60_000;
/// How soon Apollo is searched again while it is too early to count; doubled every second time.
pub const NEXT_LOOK_UP_MS: i64 = 15_000;
/// The longest wait for the next search.
pub(crate) const NEXT_LOOK_MS_MAX: i64 = 60_000;
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
        StepState::Unknown { look_at, .. } if is_over(*look_at, now, NEXT_LOOK_MS_MAX) => {
            Plan::LookUp { step: index }
        }
        StepState::Unknown { look_at, .. } => Plan::WaitUntil(*look_at),
        StepState::Waiting { until, reason } if is_over(*until, now, wait_ms_max(*reason)) => {
            Plan::Release { step: index }
        }
        StepState::Waiting { until, .. } => Plan::WaitUntil(*until),
        StepState::Blocked { .. } | StepState::Unclear { .. } => Plan::AskPerson,
        StepState::Done(_) => Plan::Acknowledge,
    }
}

fn is_over(until: Timestamp, now: Timestamp, longest_ms: i64) -> bool {
    until <= now || until.duration_since(now).as_millis() > i128::from(longest_ms)
}

fn wait_ms_max(reason: WaitReason) -> i64 {
    match reason {
        WaitReason::Limit => LIMIT_MS_MAX,
        WaitReason::Offline | WaitReason::ApolloDown | WaitReason::InBetween => BACKOFF_MS_MAX,
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
        StepState::Unclear { .. } => "unclear",
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
        Event::LookUpFirst { .. } => "a look-up before it is sent",
        Event::Found(_) => "being found",
        Event::FoundNear(_) => "a record that is almost it",
        Event::ProvenAbsent => "being proven absent",
        Event::StillUnclear { .. } => "staying unclear",
        Event::Released => "a release",
        Event::NotSearched { .. } => "a search that failed",
        Event::PersonRetries { .. } => "a person's retry",
        Event::PersonConfirms => "a person's word that it is this one",
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
            absences: 0,
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
                because: UnknownBecause::ReplyLost,
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

    /// A step that was sent and looked up `times` times, each time without a trace in Apollo.
    fn absent(times: u32, because: UnknownBecause) -> StepState {
        let mut step = Step::ready(StepKind::LogCall);
        for _ in 0..times {
            let lost = Event::ReplyLost {
                at: at(2),
                look_at: at(4),
                because,
            };
            for event in [Event::Sending { at: at(1) }, lost, Event::ProvenAbsent] {
                step = apply(&step, event).unwrap();
            }
        }
        step.state
    }

    #[test]
    fn what_is_refused_each_time_goes_to_a_person_after_a_bounded_number_of_times() {
        let blocked = |code| StepState::Blocked { code };
        let in_between = UnknownBecause::InBetween;
        assert_eq!(absent(ABSENCES_MAX - 1, in_between), StepState::Ready);
        assert_eq!(
            absent(ABSENCES_MAX, in_between),
            blocked(BlockCode::RefusedInBetween)
        );
        let lost = UnknownBecause::ReplyLost;
        assert_eq!(absent(ABSENCES_AFTER_LOSS_MAX - 1, lost), StepState::Ready);
        assert_eq!(
            absent(ABSENCES_AFTER_LOSS_MAX, lost),
            blocked(BlockCode::RepliesKeepGettingLost)
        );
        assert_eq!(
            absent(ABSENCES_MAX, UnknownBecause::Unrecognized),
            blocked(BlockCode::Unrecognized)
        );
    }

    #[test]
    fn a_person_is_asked_after_a_bounded_number_of_searches_that_proved_nothing() {
        let mut step = in_state(unknown(at(2), UnknownBecause::ReplyLost));
        for _ in 0..=LOOK_UPS_MAX {
            assert!(matches!(step.state, StepState::Unknown { .. }));
            let unclear = Event::StillUnclear {
                look_at: at(4),
                waited_ms: 0,
            };
            step = apply(&step, unclear).unwrap();
        }
        let code = BlockCode::CannotBeLookedUp;
        assert_eq!(step.state, StepState::Blocked { code });
    }

    #[test]
    fn a_retry_of_what_may_be_in_apollo_begins_with_a_search() {
        for code in [
            BlockCode::FolderRestored,
            BlockCode::FolderCopied,
            BlockCode::Revived,
        ] {
            let blocked = in_state(StepState::Blocked { code });
            let next = apply(&blocked, Event::PersonRetries { at: at(3) }).unwrap();
            assert!(matches!(next.state, StepState::Unknown { .. }), "{code:?}");
        }
        let refused = in_state(StepState::Blocked {
            code: BlockCode::KeyNotAllowed,
        });
        let next = apply(&refused, Event::PersonRetries { at: at(3) }).unwrap();
        assert_eq!(next.state, StepState::Ready);
    }

    #[test]
    fn a_near_record_waits_for_a_person() {
        let unknown = in_state(unknown(at(2), UnknownBecause::ReplyLost));
        let unclear = apply(&unknown, Event::FoundNear(proof())).unwrap();
        for event in [
            Event::Released,
            Event::Sending { at: at(3) },
            Event::ProvenAbsent,
        ] {
            assert!(apply(&unclear, event).is_err());
        }
        let confirmed = apply(&unclear, Event::PersonConfirms).unwrap();
        assert_eq!(confirmed.state, StepState::Done(proof()));
        let logged = apply(&unclear, Event::PersonRetries { at: at(3) }).unwrap();
        assert_eq!(logged.state, StepState::Ready);
    }

    #[test]
    fn what_is_done_stays_done() {
        let done = in_state(StepState::Done(proof()));
        for event in [
            Event::Sending { at: at(1) },
            Event::PersonRetries { at: at(1) },
            Event::PersonConfirms,
            Event::Released,
            Event::ProvenAbsent,
            Event::ReplyLost {
                at: at(1),
                look_at: at(2),
                because: UnknownBecause::ReplyLost,
            },
        ] {
            assert!(apply(&done, event).is_err());
        }
    }
}
