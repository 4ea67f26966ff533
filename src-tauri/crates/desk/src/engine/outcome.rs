//! What an answer from Apollo means for a step. One table, so that it can be read and tested.

use apollo::{Delivery, Error, ids::CallId};
use clock::Timestamp;

use super::{after, lost_at};
use crate::wrap_up::{BlockCode, Event, Proof, ProofKind, StepKind, WaitReason};

/// The first wait after Apollo could not be reached; doubled at each attempt.
const BACKOFF_MS_MIN: i64 = 3_000;
/// The longest such wait.
const BACKOFF_MS_MAX: i64 = 120_000;
/// How often a refused key is tried again by itself; a new key is tried at once.
const KEY_RETRY_MS: i64 = 15 * 60_000;

/// A good answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    Logged(CallId),
    Finished,
    AlreadyFinished,
    Deleted,
}

/// The event of an answer to the `attempt`-th request (1-based) of a step.
pub fn event_for(
    kind: StepKind,
    attempt: u32,
    answered: Result<Answered, Error>,
    now: Timestamp,
) -> Event {
    let error = match answered {
        Ok(answer) => return Event::Acknowledged(proof_of(answer, now)),
        Err(error) => error,
    };
    let retry = |reason| Event::RefusedForNow {
        until: after(now, backoff_ms(attempt)),
        reason,
    };
    let done = |how| {
        Event::Acknowledged(Proof {
            at: now,
            how,
            call_id: None,
        })
    };
    match (&error, kind) {
        (Error::AlreadyDone, StepKind::CompleteTask | StepKind::SkipTask) => {
            done(ProofKind::AlreadyFinished)
        }
        (Error::Gone, StepKind::CompleteTask | StepKind::SkipTask) => done(ProofKind::TaskDeleted),
        (Error::Gone, StepKind::LogCall) => Event::RefusedForGood {
            code: BlockCode::ContactGone,
        },
        (Error::ScopedOut { .. } | Error::PlanGated { .. }, _) => Event::RefusedForGood {
            code: BlockCode::KeyNotAllowed,
        },
        (Error::NotAllowed { .. }, _) => Event::RefusedForGood {
            code: BlockCode::NotYours,
        },
        (Error::KeyMissing | Error::KeyRejected, _) => Event::RefusedForNow {
            until: after(now, KEY_RETRY_MS),
            reason: WaitReason::Key,
        },
        (Error::Limited { until, .. } | Error::BudgetSpent { until, .. }, _) => {
            Event::RefusedForNow {
                until: *until,
                reason: WaitReason::Limit,
            }
        }
        (Error::Busy, _) => retry(WaitReason::Limit),
        _ => match error.delivery() {
            Delivery::Refused => Event::RefusedForGood {
                code: BlockCode::Invalid,
            },
            Delivery::NotSent => retry(WaitReason::Offline),
            Delivery::Unknown if kind == StepKind::LogCall => lost_at(now, kind),
            // Idempotent: it may be sent again, but not at once at a server that is down.
            Delivery::Unknown => retry(WaitReason::ApolloDown),
        },
    }
}

fn proof_of(answer: Answered, now: Timestamp) -> Proof {
    let (how, call_id) = match answer {
        Answered::Logged(call_id) => (ProofKind::Replied, Some(call_id)),
        Answered::Finished => (ProofKind::Replied, None),
        Answered::AlreadyFinished => (ProofKind::AlreadyFinished, None),
        Answered::Deleted => (ProofKind::TaskDeleted, None),
    };
    Proof {
        at: now,
        how,
        call_id,
    }
}

fn backoff_ms(attempt: u32) -> i64 {
    let doublings = attempt.saturating_sub(1).min(16);
    (BACKOFF_MS_MIN << doublings).min(BACKOFF_MS_MAX)
}
