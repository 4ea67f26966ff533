//! What an answer from Apollo means for a step. One table, so that it can be read and tested.

use apollo::{
    Delivery, Error,
    ids::{CallId, TaskId},
};
use clock::Timestamp;

use domain::wrap_up::{
    BACKOFF_MS_MAX, BlockCode, Event, KEY_RETRY_MS, Proof, ProofKind, StepKind, UnknownBecause,
    WaitReason,
};

use crate::timing::{after, lost_at};

/// The first wait after Apollo could not be reached; doubled at each attempt.
const BACKOFF_MS_MIN: i64 = 3_000;

/// How often something in between may refuse a note before a person is asked.
const REFUSALS_OF_NOTE_MAX: u32 = 8;

/// A good answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    Logged(CallId),
    /// A task was made; Apollo may not say which.
    Created(Option<TaskId>),
    Finished,
    AlreadyFinished,
    Deleted,
    /// Somebody has meanwhile changed what the step was to change; the step was not sent again.
    ChangedMeanwhile,
}

/// The event of an answer to the `attempt`-th request (1-based) of a step.
pub fn event_for(
    kind: StepKind,
    attempt: u32,
    answered: Result<Answered, Error>,
    now: Timestamp,
) -> Event {
    let error = match answered {
        Ok(Answered::ChangedMeanwhile) => {
            return Event::RefusedForGood {
                code: BlockCode::ChangedInApollo,
            };
        }
        Ok(answer) => return Event::Acknowledged(proof_of(answer, now)),
        Err(error) => error,
    };
    let retry = |reason| Event::RefusedForNow {
        until: after(now, backoff_ms(attempt)),
        reason,
    };
    let done = |how| Event::Acknowledged(plain_proof(how, now));
    let blocked = |code| Event::RefusedForGood { code };
    match &error {
        Error::AlreadyDone if kind.is_of_task() => done(ProofKind::AlreadyFinished),
        Error::Gone if kind.is_of_task() => done(ProofKind::TaskDeleted),
        Error::Gone if kind == StepKind::CorrectCall => blocked(BlockCode::CallGone),
        Error::Gone => blocked(BlockCode::ContactGone),
        Error::ScopedOut { .. } => blocked(BlockCode::KeyNotAllowed),
        Error::PlanGated { .. } => blocked(BlockCode::PlanNotAllowed),
        Error::NotAllowed { .. } => blocked(BlockCode::NotYours),
        Error::FunctionsOff => blocked(BlockCode::FunctionsOff),
        Error::Invalid { field, .. } => blocked(match field.as_deref() {
            Some("phone_call_outcome_id") => BlockCode::OutcomeUnknown,
            Some("user_id" | "user_ids" | "creator_id") => BlockCode::UserInactive,
            Some("contact_id" | "contact_ids") => BlockCode::ContactGone,
            _ => BlockCode::Invalid,
        }),
        Error::KeyMissing | Error::KeyRejected => Event::RefusedForNow {
            until: after(now, KEY_RETRY_MS),
            reason: WaitReason::Key,
        },
        Error::Limited { until, .. } | Error::BudgetSpent { until, .. } => Event::RefusedForNow {
            until: *until,
            reason: WaitReason::Limit,
        },
        Error::Busy => retry(WaitReason::Limit),
        // It tells nothing of the step: a step that could be there twice is looked up first.
        Error::NotFromApollo { .. } if carries_note(kind) && attempt >= REFUSALS_OF_NOTE_MAX => {
            blocked(BlockCode::RefusedInBetween)
        }
        Error::NotFromApollo { .. } if kind.is_idempotent() => retry(WaitReason::InBetween),
        Error::Unrecognized { .. } | Error::Stumbled if kind.is_idempotent() => {
            blocked(BlockCode::Unrecognized)
        }
        _ => match error.delivery() {
            Delivery::Refused => blocked(BlockCode::Invalid),
            Delivery::NotSent => retry(WaitReason::Offline),
            // It may be sent again, but not at once to a server that is down.
            Delivery::Unknown if kind.is_idempotent() => retry(WaitReason::ApolloDown),
            Delivery::Unknown => lost_at(now, kind, because(&error)),
        },
    }
}

/// Whether the request holds the rep's note, which may be what is refused. A call log and a
/// callback are looked up each time, and their searches are counted instead.
fn carries_note(kind: StepKind) -> bool {
    matches!(kind, StepKind::CorrectCall | StepKind::SkipTask)
}

/// Why nobody knows what became of the request.
fn because(error: &Error) -> UnknownBecause {
    match error {
        Error::NotFromApollo { .. } | Error::CaptivePortal => UnknownBecause::InBetween,
        Error::Unrecognized { .. } | Error::Stumbled => UnknownBecause::Unrecognized,
        _ => UnknownBecause::ReplyLost,
    }
}

fn plain_proof(how: ProofKind, now: Timestamp) -> Proof {
    Proof {
        at: now,
        how,
        call_id: None,
        task_id: None,
    }
}

fn proof_of(answer: Answered, now: Timestamp) -> Proof {
    match answer {
        Answered::Logged(call_id) => Proof {
            call_id: Some(call_id),
            ..plain_proof(ProofKind::Replied, now)
        },
        Answered::Created(task_id) => Proof {
            task_id,
            ..plain_proof(ProofKind::Replied, now)
        },
        Answered::Finished | Answered::ChangedMeanwhile => plain_proof(ProofKind::Replied, now),
        Answered::AlreadyFinished => plain_proof(ProofKind::AlreadyFinished, now),
        Answered::Deleted => plain_proof(ProofKind::TaskDeleted, now),
    }
}

fn backoff_ms(attempt: u32) -> i64 {
    let doublings = attempt.saturating_sub(1).min(16);
    (BACKOFF_MS_MIN << doublings).min(BACKOFF_MS_MAX)
}
