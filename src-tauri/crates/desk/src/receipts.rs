//! Receipts: what became of each wrap-up, in sentences.

use clock::Timestamp;
use jiff::tz::TimeZone;

use crate::{
    time_text::{time_of_day, when},
    view::{Receipt, ReceiptKind, ReceiptState, ReceiptStep},
    wrap_up::{
        BlockCode, Proof, ProofKind, ReceiptRecord, Step, StepKind, StepState, WaitReason, Work,
        WrapUp,
    },
};

/// What the rest of the desk knows beside the wrap-up.
pub(crate) struct Around<'a> {
    pub who: Option<String>,
    pub result: Option<String>,
    pub logged_as: &'a str,
    pub now: Timestamp,
    pub zone: &'a TimeZone,
}

/// The receipt of a wrap-up that is not acknowledged.
pub(crate) fn of_wrap_up(wrap_up: &WrapUp, around: Around<'_>) -> Receipt {
    let steps: Vec<_> = wrap_up
        .steps
        .iter()
        .map(|step| of_step(step, around.now, around.zone))
        .collect();
    let current = wrap_up.current_step();
    let leading = current.and_then(|index| steps.get(index));
    let state = leading.map_or(ReceiptState::Sending, |step| step.state);
    let sentence = match (leading, current) {
        (Some(step), Some(index)) if index > 0 => {
            format!("The call is logged. {}: {}", step.name, step.sentence)
        }
        (Some(step), _) => step.sentence.clone(),
        (None, _) => "Everything is in Apollo.".to_owned(),
    };
    let waits_until = current.and_then(|index| match wrap_up.steps.get(index)?.state {
        StepState::Waiting { until, .. } => Some(until),
        StepState::Unknown { look_at, .. } => Some(look_at),
        _ => None,
    });
    let can_retry = matches!(state, ReceiptState::Blocked | ReceiptState::Waiting);
    Receipt {
        wrap_up_id: wrap_up.id.0,
        task_id: wrap_up.task_id.clone(),
        kind: match wrap_up.work {
            Work::Call(_) => ReceiptKind::Call,
            Work::Skip { .. } => ReceiptKind::Skip,
        },
        who: around.who,
        result: around.result,
        logged_as: around.logged_as.to_owned(),
        saved_at: wrap_up.saved_at,
        saved_time: time_of_day(wrap_up.saved_at, around.zone),
        state,
        sentence,
        waits_until,
        steps,
        can_retry,
    }
}

/// The receipt of an acknowledged one.
pub(crate) fn of_record(record: &ReceiptRecord, around: Around<'_>) -> Receipt {
    let steps: Vec<_> = record
        .steps
        .iter()
        .map(|(kind, proof)| ReceiptStep {
            name: name_of(*kind).to_owned(),
            state: ReceiptState::Sent,
            sentence: proof_sentence(proof, around.zone),
            apollo_id: apollo_id(*kind, proof, record),
        })
        .collect();
    let is_skip = record
        .steps
        .iter()
        .any(|(kind, _)| *kind == StepKind::SkipTask);
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
        logged_as: around.logged_as.to_owned(),
        saved_at: record.saved_at,
        saved_time: time_of_day(record.saved_at, around.zone),
        state: ReceiptState::Sent,
        sentence: if is_skip {
            "Skipped in Apollo.".to_owned()
        } else {
            "Logged and completed in Apollo.".to_owned()
        },
        waits_until: None,
        steps,
        can_retry: false,
    }
}

fn name_of(kind: StepKind) -> &'static str {
    match kind {
        StepKind::LogCall => "Call logged",
        StepKind::CompleteTask => "Task completed",
        StepKind::SkipTask => "Task skipped",
    }
}

fn apollo_id(kind: StepKind, proof: &Proof, record: &ReceiptRecord) -> Option<String> {
    match kind {
        StepKind::LogCall => proof.call_id.as_ref().map(ToString::to_string),
        StepKind::CompleteTask | StepKind::SkipTask => Some(record.task_id.to_string()),
    }
}

fn of_step(step: &Step, now: Timestamp, zone: &TimeZone) -> ReceiptStep {
    let (state, sentence) = match &step.state {
        StepState::Ready => (
            ReceiptState::Saved,
            "Saved on this computer, next to be sent.".to_owned(),
        ),
        StepState::InFlight { .. } => (ReceiptState::Sending, "On its way to Apollo.".to_owned()),
        StepState::Unknown { look_at, .. } => (
            ReceiptState::Checking,
            format!(
                "Apollo's reply was lost. Handset looks in Apollo before it sends anything again, \
                 next at {}.",
                when(*look_at, now, zone)
            ),
        ),
        StepState::Waiting { until, reason } => (
            ReceiptState::Waiting,
            wait_sentence(*reason, *until, now, zone),
        ),
        StepState::Blocked { code } => (ReceiptState::Blocked, block_sentence(*code).to_owned()),
        StepState::Done(proof) => (ReceiptState::Sent, proof_sentence(proof, zone)),
    };
    let apollo_id = match &step.state {
        StepState::Done(proof) => proof.call_id.as_ref().map(ToString::to_string),
        _ => None,
    };
    ReceiptStep {
        name: name_of(step.kind).to_owned(),
        state,
        sentence,
        apollo_id,
    }
}

fn proof_sentence(proof: &Proof, zone: &TimeZone) -> String {
    let at = time_of_day(proof.at, zone);
    match proof.how {
        ProofKind::Replied => format!("Done at {at}."),
        ProofKind::Found => format!("Found in Apollo at {at}, after its reply was lost."),
        ProofKind::AlreadyFinished => "Apollo had it finished already.".to_owned(),
        ProofKind::TaskDeleted => {
            "Apollo had removed the task, for instance because its sequence was paused.".to_owned()
        }
    }
}

fn wait_sentence(reason: WaitReason, until: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let at = when(until, now, zone);
    match reason {
        WaitReason::Limit => format!(
            "Apollo's limit is reached; it allows the next one at {at}. It is saved here and goes \
             by itself."
        ),
        WaitReason::Offline => format!(
            "Apollo cannot be reached. It is saved here and goes by itself; next try at {at}."
        ),
        WaitReason::ApolloDown => format!(
            "Apollo is not answering properly. It is saved here and goes by itself; next try at \
             {at}."
        ),
        WaitReason::Key => {
            "Apollo no longer accepts the key. It is saved here and goes once a new key is \
             connected."
                .to_owned()
        }
    }
}

fn block_sentence(code: BlockCode) -> &'static str {
    match code {
        BlockCode::KeyNotAllowed => {
            "The key may not do this. Connect a master key, then try again. The call is saved here."
        }
        BlockCode::NotYours => {
            "Apollo says that the task belongs to another user and may not be finished for them. \
             Ask an admin, then try again. The call is saved here."
        }
        BlockCode::ContactGone => {
            "The contact is gone from Apollo, so the call cannot be logged to it. The note is \
             saved here."
        }
        BlockCode::Invalid => {
            "Apollo does not accept what the call says, perhaps its outcome. The call is saved here."
        }
    }
}
