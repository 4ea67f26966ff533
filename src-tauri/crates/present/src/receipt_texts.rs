//! What receipts say: what became of each step, and what a person can do.

use apollo::ErrorKind;
use clock::Timestamp;
use jiff::tz::TimeZone;

use domain::wrap_up::{
    BlockCode, CallResult, Difference, DiscardReason, Discarded, Plan, Proof, ProofKind,
    ReceiptRecord, Step, StepKind, StepState, UnknownBecause, Verification, Work, WrapUp, plan,
};
use outbox::HeldBack;
use text::{Text, TimeStyle, Value, message};

use crate::{
    apollo_errors::{happened, wait_choice},
    queue::size,
    receipt::{
        Receipt, ReceiptKind, ReceiptState, ReceiptStep, ReceiptVerification, VerificationState,
    },
    store_errors::store_reason,
    time_text::{time_of_day, when},
};

/// What is known beside the wrap-up.
pub(crate) struct Around<'a> {
    pub who: Option<Text>,
    pub result: Option<Text>,
    /// Who made the call, from its own record.
    pub logged_as: Text,
    /// Why the wrap-up is not sent although it could be.
    pub held_back: Option<HeldBack>,
    pub now: Timestamp,
    pub zone: &'a TimeZone,
}

/// The receipt of a wrap-up that is not acknowledged.
pub(crate) fn of_wrap_up(wrap_up: &WrapUp, around: Around<'_>) -> Receipt {
    let steps: Vec<_> = wrap_up
        .steps
        .iter()
        .map(|step| of_step(step, wrap_up, around.now, around.zone))
        .collect();
    let held_until = wrap_up.held_until.filter(|_| {
        wrap_up.is_untouched() && matches!(plan(wrap_up, around.now), Plan::WaitUntil(_))
    });
    let current = wrap_up.current_step();
    let leading = current.and_then(|index| steps.get(index));
    let step_state = leading.map_or(ReceiptState::Sending, |step| step.state);
    // A trouble that stops every step, whatever this one waits for.
    let in_the_way = around
        .held_back
        .filter(|_| held_until.is_none())
        .map(|held_back| held_back_sentence(&held_back));
    let state = match (&in_the_way, held_until) {
        (Some((state, _)), _) => *state,
        (None, Some(_)) => ReceiptState::Held,
        (None, None) => step_state,
    };
    let sentence = match (held_until, leading, current) {
        _ if in_the_way.is_some() => in_the_way.map(|(_, sentence)| sentence).unwrap_or_default(),
        (Some(until), ..) => {
            message!(
                "receipt-held",
                until = Value::time(until, TimeStyle::Seconds)
            )
        }
        (None, Some(step), Some(index)) if index > 0 => {
            let done = match wrap_up.work {
                Work::Skip(_) => message!("receipt-task-is-skipped"),
                Work::Call(_) | Work::Correction(_) => message!("receipt-call-is-logged"),
            };
            let next = message!(
                "receipt-step-says",
                step = step.name.clone(),
                sentence = step.sentence.clone(),
            );
            Text::sentences([done, next])
        }
        (None, Some(step), _) => step.sentence.clone(),
        (None, None, _) => message!("receipt-all-in-apollo"),
    };
    let waits_until = held_until.or_else(|| match wrap_up.steps.get(current?)?.state {
        StepState::Waiting { until, .. } => Some(until),
        StepState::Unknown { look_at, .. } => Some(look_at),
        _ => None,
    });
    let is_call = !matches!(wrap_up.work, Work::Skip(_));
    let is_unclear = current
        .and_then(|index| wrap_up.steps.get(index))
        .is_some_and(|step| matches!(step.state, StepState::Unclear { .. }));
    Receipt {
        wrap_up_id: wrap_up.id.0,
        task_id: wrap_up.task_id.clone(),
        kind: if is_call {
            ReceiptKind::Call
        } else {
            ReceiptKind::Skip
        },
        who: around.who,
        result: around.result,
        logged_as: around.logged_as,
        saved_at: wrap_up.saved_at,
        state,
        sentence,
        waits_until,
        steps,
        verification: not_read_back(VerificationState::None),
        can_undo: state == ReceiptState::Held,
        can_retry: matches!(step_state, ReceiptState::Blocked | ReceiptState::Waiting),
        can_confirm: is_unclear,
        can_edit: is_call,
        can_copy_note: wrap_up.result().is_some_and(has_note),
        // Not while Apollo is searched for it: nobody could say then whether it is there.
        can_discard: matches!(state, ReceiptState::Blocked | ReceiptState::Waiting)
            && !matches!(step_state, ReceiptState::Checking | ReceiptState::Sending),
    }
}

fn has_note(result: &CallResult) -> bool {
    !result.details.note.trim().is_empty()
}

/// The receipt of an acknowledged wrap-up; `content` while this run remembers it.
pub(crate) fn of_record(
    record: &ReceiptRecord,
    content: Option<&CallResult>,
    around: Around<'_>,
) -> Receipt {
    let mut steps: Vec<_> = record
        .steps
        .iter()
        .map(|(kind, proof)| {
            let sentence = proof_sentence(*kind, proof);
            step_view(*kind, ReceiptState::Sent, sentence, Some((proof, record)))
        })
        .collect();
    if let Some(discarded) = &record.discarded {
        steps.extend(discarded.steps.iter().map(|kind| {
            let sentence = message!("receipt-given-up");
            step_view(*kind, ReceiptState::Discarded, sentence, None)
        }));
    }
    let has = |wanted| record.steps.iter().any(|(kind, _)| *kind == wanted);
    let is_skip = steps_are_of_skip(record);
    let sentence = match &record.discarded {
        Some(discarded) => discarded_sentence(discarded, has(StepKind::LogCall)),
        None if is_skip => message!("receipt-skipped"),
        None if has(StepKind::MoveTask) => message!("receipt-logged-and-moved"),
        None => message!("receipt-logged-and-completed"),
    };
    let verification = verification_view(record);
    Receipt {
        wrap_up_id: record.wrap_up_id.0,
        task_id: record.task_id.clone(),
        kind: if is_skip {
            ReceiptKind::Skip
        } else {
            ReceiptKind::Call
        },
        who: around.who,
        result: around.result,
        logged_as: around.logged_as,
        saved_at: record.saved_at,
        state: match record.discarded {
            Some(_) => ReceiptState::Discarded,
            None => ReceiptState::Sent,
        },
        sentence,
        waits_until: None,
        steps,
        can_undo: false,
        can_retry: matches!(
            verification.state,
            VerificationState::Differs | VerificationState::Missing | VerificationState::Doubled
        ),
        can_confirm: false,
        can_edit: has(StepKind::LogCall) && verification.state != VerificationState::Missing,
        can_copy_note: content.is_some_and(has_note),
        can_discard: false,
        verification,
    }
}

fn steps_are_of_skip(record: &ReceiptRecord) -> bool {
    let done = record.steps.iter().map(|(kind, _)| *kind);
    let given_up = record
        .discarded
        .iter()
        .flat_map(|discarded| discarded.steps.iter().copied());
    done.chain(given_up).any(|kind| kind == StepKind::SkipTask)
}

fn not_read_back(state: VerificationState) -> ReceiptVerification {
    ReceiptVerification {
        state,
        sentence: Text::empty(),
    }
}

fn verification_view(record: &ReceiptRecord) -> ReceiptVerification {
    if record.call_id().is_none() {
        return not_read_back(VerificationState::None);
    }
    let (state, sentence) = match &record.verification {
        Verification::Pending => (
            VerificationState::Pending,
            message!("receipt-read-back-pending"),
        ),
        Verification::Verified { at } => (
            VerificationState::Verified,
            message!("receipt-read-back-verified", time = time_of_day(*at)),
        ),
        Verification::Differs { at, parts } => (
            VerificationState::Differs,
            message!(
                "receipt-read-back-differs",
                time = time_of_day(*at),
                count = size(parts.len()),
                parts = Value::list(parts.iter().map(|part| difference(*part))),
            ),
        ),
        Verification::Doubled { at, calls } => (
            VerificationState::Doubled,
            message!(
                "receipt-read-back-doubled",
                time = time_of_day(*at),
                calls = Value::list(calls.iter().map(|id| Text::verbatim(id.to_string()))),
            ),
        ),
        Verification::Missing { at } => (
            VerificationState::Missing,
            message!("receipt-read-back-missing", time = time_of_day(*at)),
        ),
    };
    ReceiptVerification { state, sentence }
}

fn difference(part: Difference) -> Text {
    match part {
        Difference::Rep => message!("receipt-part-rep"),
        Difference::Contact => message!("receipt-part-contact"),
        Difference::Outcome => message!("receipt-part-outcome"),
        Difference::Purpose => message!("receipt-part-purpose"),
        Difference::Note => message!("receipt-part-note"),
        Difference::Start => message!("receipt-part-start"),
        Difference::Duration => message!("receipt-part-duration"),
    }
}

fn discarded_sentence(discarded: &Discarded, is_logged: bool) -> Text {
    let why = match discarded.reason {
        DiscardReason::LoggedByHand => message!("receipt-because-logged-by-hand"),
        DiscardReason::WrongPerson => message!("receipt-because-wrong-person"),
        DiscardReason::Duplicate => message!("receipt-because-duplicate"),
        DiscardReason::NotNeeded => message!("receipt-because-not-needed"),
    };
    let time = time_of_day(discarded.at);
    if discarded.is_unproven {
        message!("receipt-discarded-unproven", time = time, why = why)
    } else if is_logged {
        message!("receipt-discarded-rest", time = time, why = why)
    } else {
        message!("receipt-discarded-all", time = time, why = why)
    }
}

fn name_of(kind: StepKind) -> Text {
    match kind {
        StepKind::LogCall => message!("receipt-step-log-call"),
        StepKind::CompleteTask => message!("receipt-step-complete-task"),
        StepKind::SkipTask => message!("receipt-step-skip-task"),
        StepKind::MoveTask => message!("receipt-step-move-task"),
        StepKind::CreateCallback => message!("receipt-step-create-callback"),
        StepKind::SetStage => message!("receipt-step-set-stage"),
        StepKind::FinishSequence => message!("receipt-step-finish-sequence"),
        StepKind::CorrectCall => message!("receipt-step-correct-call"),
    }
}

fn step_view(
    kind: StepKind,
    state: ReceiptState,
    sentence: Text,
    proven: Option<(&Proof, &ReceiptRecord)>,
) -> ReceiptStep {
    let id_of = |(proof, record): (&Proof, &ReceiptRecord)| match kind {
        StepKind::LogCall | StepKind::CorrectCall => {
            proof.call_id.as_ref().map(ToString::to_string)
        }
        StepKind::CompleteTask | StepKind::SkipTask | StepKind::MoveTask => {
            Some(record.task_id.to_string())
        }
        StepKind::CreateCallback => proof.task_id.as_ref().map(ToString::to_string),
        StepKind::SetStage | StepKind::FinishSequence => None,
    };
    ReceiptStep {
        kind: kind.into(),
        name: name_of(kind),
        state,
        sentence,
        apollo_id: proven.and_then(id_of),
        done_at: proven.map(|(proof, _)| proof.at),
    }
}

fn of_step(step: &Step, wrap_up: &WrapUp, now: Timestamp, zone: &TimeZone) -> ReceiptStep {
    let (state, sentence) = match &step.state {
        StepState::Ready => (ReceiptState::Saved, message!("receipt-ready")),
        StepState::InFlight { .. } => (ReceiptState::Sending, message!("receipt-in-flight")),
        StepState::Unknown {
            look_at, because, ..
        } => {
            let checks_first = message!("receipt-looks-first", when = when(*look_at, now, zone));
            (
                ReceiptState::Checking,
                Text::sentences([unknown_because(*because), checks_first]),
            )
        }
        StepState::Waiting { until, reason } => (
            ReceiptState::Waiting,
            message!(
                "receipt-waits",
                reason = wait_choice(*reason),
                when = when(*until, now, zone),
            ),
        ),
        StepState::Blocked { code } => (ReceiptState::Blocked, block_sentence(*code, step.kind)),
        StepState::Unclear { near } => (ReceiptState::Blocked, unclear_sentence(near)),
        StepState::Done(proof) => {
            let receipt = wrap_up.receipt();
            let sentence = proof_sentence(step.kind, proof);
            let proven = Some((proof, &receipt));
            return step_view(step.kind, ReceiptState::Sent, sentence, proven);
        }
    };
    step_view(step.kind, state, sentence, None)
}

fn unknown_because(because: UnknownBecause) -> Text {
    match because {
        UnknownBecause::ReplyLost => message!("receipt-reply-lost"),
        UnknownBecause::InBetween => message!("receipt-reply-in-between"),
        UnknownBecause::Unrecognized => message!("receipt-reply-unrecognized"),
        UnknownBecause::Earlier => message!("receipt-waited-a-while"),
    }
}

fn proof_sentence(kind: StepKind, proof: &Proof) -> Text {
    let time = time_of_day(proof.at);
    match (proof.how, kind) {
        (ProofKind::Replied, _) => message!("receipt-done", time = time),
        (ProofKind::Found, _) => message!("receipt-found", time = time),
        (ProofKind::AlreadyFinished, StepKind::MoveTask) => {
            message!("receipt-finished-not-moved")
        }
        (ProofKind::AlreadyFinished, _) => message!("receipt-finished-already"),
        (ProofKind::TaskDeleted, _) => message!("receipt-task-removed"),
    }
}

/// What is refused, what is safe, and the way out.
fn block_sentence(code: BlockCode, kind: StepKind) -> Text {
    let is_of_call = matches!(kind, StepKind::LogCall | StepKind::CorrectCall);
    // Apollo's own refusals say what happened by the one table of errors; the rest is known here.
    let (refused, rest) = match code {
        BlockCode::KeyNotAllowed => (
            Some(ErrorKind::ScopedOut),
            message!("receipt-blocked-key-not-allowed"),
        ),
        BlockCode::PlanNotAllowed => (
            Some(ErrorKind::PlanGated),
            message!("receipt-blocked-plan-not-allowed"),
        ),
        BlockCode::NotYours if kind.is_of_task() => {
            (None, message!("receipt-blocked-task-not-yours"))
        }
        BlockCode::NotYours => (
            Some(ErrorKind::NotAllowed),
            message!("receipt-blocked-not-yours"),
        ),
        BlockCode::FunctionsOff => (
            Some(ErrorKind::FunctionsOff),
            message!("receipt-blocked-functions-off"),
        ),
        BlockCode::ContactGone => return message!("receipt-blocked-contact-gone"),
        BlockCode::CallGone => return message!("receipt-blocked-call-gone"),
        BlockCode::UserInactive => (None, message!("receipt-blocked-user-inactive")),
        BlockCode::OutcomeUnknown => (None, message!("receipt-blocked-outcome-unknown")),
        BlockCode::Invalid if is_of_call => (None, message!("receipt-blocked-invalid-call")),
        BlockCode::Invalid => (
            Some(ErrorKind::Invalid),
            message!("receipt-blocked-invalid"),
        ),
        BlockCode::RepliesKeepGettingLost => (None, message!("receipt-blocked-replies-lost")),
        BlockCode::CannotBeLookedUp => return message!("receipt-blocked-not-looked-up"),
        BlockCode::ChangedInApollo => return message!("receipt-blocked-changed-in-apollo"),
        BlockCode::FolderRestored => return message!("receipt-blocked-folder-restored"),
        BlockCode::FolderCopied => return message!("receipt-blocked-folder-copied"),
        BlockCode::Revived => return message!("receipt-blocked-revived"),
        BlockCode::Unrecognized => (
            Some(ErrorKind::Unrecognized),
            message!("receipt-blocked-unrecognized"),
        ),
        BlockCode::RefusedInBetween if is_of_call => {
            (None, message!("receipt-blocked-note-in-between"))
        }
        BlockCode::RefusedInBetween => (None, message!("receipt-blocked-in-between")),
    };
    let refused = refused.map(happened);
    let safe = message!("receipt-call-is-saved");
    Text::sentences(refused.into_iter().chain([rest, safe]))
}

/// Why a wrap-up is not sent although it could be, and how that reads.
fn held_back_sentence(held_back: &HeldBack) -> (ReceiptState, Text) {
    match held_back {
        HeldBack::ByDisk(error) => (
            ReceiptState::Waiting,
            message!("receipt-held-by-disk", reason = store_reason(error)),
        ),
        HeldBack::OtherTeam => (ReceiptState::Blocked, message!("receipt-held-other-team")),
        HeldBack::NoKey => (ReceiptState::Waiting, message!("receipt-held-no-key")),
        HeldBack::TeamNotKnown => (
            ReceiptState::Waiting,
            message!("receipt-held-team-not-known"),
        ),
    }
}

/// Apollo holds a record that is almost this one.
fn unclear_sentence(near: &Proof) -> Text {
    match (&near.call_id, &near.task_id) {
        (Some(call), _) => message!("receipt-unclear-call", id = call.to_string()),
        (None, Some(task)) => message!("receipt-unclear-task", id = task.to_string()),
        (None, None) => message!("receipt-unclear"),
    }
}
