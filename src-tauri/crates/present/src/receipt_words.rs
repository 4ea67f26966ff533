//! Receipts in sentences: what became of each step, and what a person can do.

use apollo::ErrorKind;
use clock::Timestamp;
use jiff::tz::TimeZone;

use domain::wrap_up::{
    BlockCode, CallResult, Difference, DiscardReason, Discarded, Plan, Proof, ProofKind,
    ReceiptRecord, Step, StepKind, StepState, UnknownBecause, Verification, WaitReason, Work,
    WrapUp, plan,
};
use outbox::HeldBack;

use crate::{
    apollo_errors::{happened, waiting},
    receipt::{
        Receipt, ReceiptKind, ReceiptState, ReceiptStep, ReceiptVerification, VerificationState,
    },
    time_text::{time_of_day, when},
};

/// What is known beside the wrap-up.
pub(crate) struct Around<'a> {
    pub who: Option<String>,
    pub result: Option<String>,
    /// Who made the call, from its own record.
    pub logged_as: String,
    /// Why it does not go although it could.
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
    // What is in the way of every step, whatever this one waits for.
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
        (Some(until), ..) => format!(
            "Saved on this computer. It can be undone until {}, then it is sent.",
            crate::time_text::time_with_seconds(until, around.zone)
        ),
        (None, Some(step), Some(index)) if index > 0 => {
            let done = match wrap_up.work {
                Work::Skip(_) => "The task is skipped.",
                Work::Call(_) | Work::Correction(_) => "The call is logged.",
            };
            format!("{done} {}: {}", step.name, step.sentence)
        }
        (None, Some(step), _) => step.sentence.clone(),
        (None, None, _) => "Everything is in Apollo.".to_owned(),
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
        saved_time: time_of_day(wrap_up.saved_at, around.zone),
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

/// The receipt of an acknowledged one; `content` while this run remembers it.
pub(crate) fn of_record(
    record: &ReceiptRecord,
    content: Option<&CallResult>,
    around: Around<'_>,
) -> Receipt {
    let mut steps: Vec<_> = record
        .steps
        .iter()
        .map(|(kind, proof)| {
            let sentence = proof_sentence(*kind, proof, around.zone);
            step_view(
                *kind,
                ReceiptState::Sent,
                sentence,
                Some((proof, record)),
                around.zone,
            )
        })
        .collect();
    if let Some(discarded) = &record.discarded {
        steps.extend(discarded.steps.iter().map(|kind| {
            let sentence = "Given up.".to_owned();
            step_view(*kind, ReceiptState::Discarded, sentence, None, around.zone)
        }));
    }
    let has = |wanted| record.steps.iter().any(|(kind, _)| *kind == wanted);
    let is_skip = steps_are_of_skip(record);
    let sentence = match &record.discarded {
        Some(discarded) => discarded_sentence(discarded, has(StepKind::LogCall), around.zone),
        None if is_skip => "Skipped in Apollo.".to_owned(),
        None if has(StepKind::MoveTask) => "Logged in Apollo, and the task is moved.".to_owned(),
        None => "Logged and completed in Apollo.".to_owned(),
    };
    let verification = verification_view(record, around.zone);
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
        saved_time: time_of_day(record.saved_at, around.zone),
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
        sentence: String::new(),
    }
}

fn verification_view(record: &ReceiptRecord, zone: &TimeZone) -> ReceiptVerification {
    if record.call_id().is_none() {
        return not_read_back(VerificationState::None);
    }
    let at = |at: &Timestamp| time_of_day(*at, zone);
    match &record.verification {
        Verification::Pending => ReceiptVerification {
            state: VerificationState::Pending,
            sentence: "Read back from Apollo with what the budget leaves over.".to_owned(),
        },
        Verification::Verified { at: when } => ReceiptVerification {
            state: VerificationState::Verified,
            sentence: format!("Read back from Apollo at {}: as it was sent.", at(when)),
        },
        Verification::Differs { at: when, parts } => {
            let parts: Vec<_> = parts.iter().map(|part| difference_word(*part)).collect();
            ReceiptVerification {
                state: VerificationState::Differs,
                sentence: format!(
                    "Read back from Apollo at {}: {} not what was sent. Somebody may have changed \
                     it there; Handset leaves it as it is.",
                    at(when),
                    match &parts[..] {
                        [only] => format!("{only} is"),
                        _ => format!("{} are", parts.join(", ")),
                    }
                ),
            }
        }
        Verification::Doubled { at: when, calls } => ReceiptVerification {
            state: VerificationState::Doubled,
            sentence: format!(
                "Read back from Apollo at {}: this call is there more than once, as {}. Handset \
                 removes nothing in Apollo; delete the one that is too many there.",
                at(when),
                calls
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join(" and ")
            ),
        },
        Verification::Missing { at: when } => ReceiptVerification {
            state: VerificationState::Missing,
            sentence: format!(
                "At {} Apollo no longer had this call. Somebody may have removed it there; Handset \
                 does not log it again by itself.",
                at(when)
            ),
        },
    }
}

fn difference_word(part: Difference) -> &'static str {
    match part {
        Difference::Rep => "the person it is logged as",
        Difference::Contact => "the contact",
        Difference::Outcome => "the outcome",
        Difference::Purpose => "the purpose",
        Difference::Note => "the note",
        Difference::Start => "the start",
        Difference::Duration => "the duration",
    }
}

fn discarded_sentence(discarded: &Discarded, is_logged: bool, zone: &TimeZone) -> String {
    let why = match discarded.reason {
        DiscardReason::LoggedByHand => "it was written into Apollo by hand",
        DiscardReason::WrongPerson => "it was the wrong person",
        DiscardReason::Duplicate => "it was there twice",
        DiscardReason::NotNeeded => "it was not needed any more",
    };
    let at = time_of_day(discarded.at, zone);
    if discarded.is_unproven {
        format!("Given up at {at}, before it was known whether Apollo has it: {why}.")
    } else if is_logged {
        format!("The call is logged. The rest was given up at {at}: {why}.")
    } else {
        format!("Given up at {at}, not in Apollo: {why}.")
    }
}

fn name_of(kind: StepKind) -> &'static str {
    match kind {
        StepKind::LogCall => "Call logged",
        StepKind::CompleteTask => "Task completed",
        StepKind::SkipTask => "Task skipped",
        StepKind::MoveTask => "Task moved",
        StepKind::CreateCallback => "Callback made",
        StepKind::SetStage => "Stage changed",
        StepKind::FinishSequence => "Sequence finished",
        StepKind::CorrectCall => "Call corrected",
    }
}

fn step_view(
    kind: StepKind,
    state: ReceiptState,
    sentence: String,
    proven: Option<(&Proof, &ReceiptRecord)>,
    zone: &TimeZone,
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
        name: name_of(kind).to_owned(),
        state,
        sentence,
        apollo_id: proven.and_then(id_of),
        done_time: proven.map(|(proof, _)| time_of_day(proof.at, zone)),
    }
}

fn of_step(step: &Step, wrap_up: &WrapUp, now: Timestamp, zone: &TimeZone) -> ReceiptStep {
    let (state, sentence) = match &step.state {
        StepState::Ready => (
            ReceiptState::Saved,
            "Saved on this computer, next to be sent.".to_owned(),
        ),
        StepState::InFlight { .. } => (ReceiptState::Sending, "On its way to Apollo.".to_owned()),
        StepState::Unknown {
            look_at, because, ..
        } => (
            ReceiptState::Checking,
            format!(
                "{} Handset looks in Apollo before it sends anything again, next at {}.",
                match because {
                    UnknownBecause::ReplyLost => "Apollo's reply was lost.",
                    UnknownBecause::InBetween =>
                        "Something between this computer and Apollo answered in its place.",
                    UnknownBecause::Unrecognized =>
                        "Apollo answered in a way that Handset does not know.",
                    UnknownBecause::Earlier => "It has waited here for a while.",
                },
                when(*look_at, now, zone)
            ),
        ),
        StepState::Waiting { until, reason } => (
            ReceiptState::Waiting,
            wait_sentence(*reason, *until, now, zone),
        ),
        StepState::Blocked { code } => (ReceiptState::Blocked, block_sentence(*code, step.kind)),
        StepState::Unclear { near } => (ReceiptState::Blocked, unclear_sentence(near)),
        StepState::Done(proof) => {
            let receipt = wrap_up.receipt();
            let sentence = proof_sentence(step.kind, proof, zone);
            let proven = Some((proof, &receipt));
            return step_view(step.kind, ReceiptState::Sent, sentence, proven, zone);
        }
    };
    step_view(step.kind, state, sentence, None, zone)
}

fn proof_sentence(kind: StepKind, proof: &Proof, zone: &TimeZone) -> String {
    let at = time_of_day(proof.at, zone);
    match (proof.how, kind) {
        (ProofKind::Replied, _) => format!("Done at {at}."),
        (ProofKind::Found, _) => format!("Found in Apollo at {at}, after its reply was lost."),
        (ProofKind::AlreadyFinished, StepKind::MoveTask) => {
            "Apollo had the task finished already, so it was not moved.".to_owned()
        }
        (ProofKind::AlreadyFinished, _) => "Apollo had it finished already.".to_owned(),
        (ProofKind::TaskDeleted, _) => {
            "Apollo had removed the task, for instance because its sequence was paused.".to_owned()
        }
    }
}

fn wait_sentence(reason: WaitReason, until: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let why = waiting(reason);
    let at = when(until, now, zone);
    match reason {
        WaitReason::Limit => {
            format!("{why}; it allows the next one at {at}. It is saved here and goes by itself.")
        }
        WaitReason::Offline | WaitReason::ApolloDown | WaitReason::InBetween => {
            format!("{why}. It is saved here and goes by itself; next try at {at}.")
        }
        WaitReason::Key => {
            format!("{why}. It is saved here and goes once a new key is connected.")
        }
    }
}

/// What is refused, what is safe, and the way out.
fn block_sentence(code: BlockCode, kind: StepKind) -> String {
    const SAVED: &str = "The call is saved here.";
    let is_of_call = matches!(kind, StepKind::LogCall | StepKind::CorrectCall);
    // Apollo's own refusals say what happened in the words of the one table; the rest is known here.
    let (refused, rest) = match code {
        BlockCode::KeyNotAllowed => (
            Some(ErrorKind::ScopedOut),
            "Connect a master key, then try again.",
        ),
        BlockCode::PlanNotAllowed => (Some(ErrorKind::PlanGated), "Ask an admin, then try again."),
        BlockCode::NotYours if kind.is_of_task() => (
            None,
            "Apollo says that the task belongs to another user and may not be finished for them. \
             Ask an admin, then try again, or discard what is left.",
        ),
        BlockCode::NotYours => (
            Some(ErrorKind::NotAllowed),
            "Ask an admin, then try again, or discard what is left.",
        ),
        BlockCode::FunctionsOff => (
            Some(ErrorKind::FunctionsOff),
            "Ask an admin to turn them on, then try again.",
        ),
        BlockCode::ContactGone => {
            return "The contact is gone from Apollo, so this cannot be written to it. Copy the \
                    note if you need it, then discard the call."
                .to_owned();
        }
        BlockCode::CallGone => {
            return "The logged call is gone from Apollo, so it cannot be corrected. Discard the \
                    change."
                .to_owned();
        }
        BlockCode::UserInactive => (
            None,
            "Apollo no longer accepts the person whom the call is logged as. Ask an admin to make \
             the user active again, then try again.",
        ),
        BlockCode::OutcomeUnknown => (
            None,
            "Apollo does not know this outcome any more. Edit the call and pick another; it is \
             sent then.",
        ),
        BlockCode::Invalid if is_of_call => (
            None,
            "Apollo does not accept what the call says. Edit it, or try again.",
        ),
        BlockCode::Invalid => (
            Some(ErrorKind::Invalid),
            "Try again, or discard what is left.",
        ),
        BlockCode::RepliesKeepGettingLost => (
            None,
            "Each time this was sent, the answer was lost, and Apollo did not have it. Edit the \
             note, or try again on another network.",
        ),
        BlockCode::CannotBeLookedUp => {
            return "This may be in Apollo already, and its list could not be read whole. Look for \
                    it in Apollo: discard it here if it is there, or try again, which sends it."
                .to_owned();
        }
        BlockCode::ChangedInApollo => {
            return "Somebody has changed this in Apollo since the call. Try again to write over \
                    it, or discard what is left."
                .to_owned();
        }
        BlockCode::FolderRestored => {
            return "This is from an earlier state of Handset's data, so it may undo what was \
                    changed since. Look in Apollo, then try again to send what is left, or discard \
                    it. It is saved here."
                .to_owned();
        }
        BlockCode::FolderCopied => {
            return "Handset's data is a copy, and whoever has the other one may have sent this or \
                    may still send it. Make sure of that, then try again, and Handset looks in \
                    Apollo first; or discard it. It is saved here."
                .to_owned();
        }
        BlockCode::Revived => {
            return "This could not be read here for a while. If it was written into Apollo by hand \
                    meanwhile, discard it. If not, try again, and Handset looks in Apollo first. \
                    It is saved here."
                .to_owned();
        }
        BlockCode::Unrecognized => (
            Some(ErrorKind::Unrecognized),
            "Try again; if it stays, do it in Apollo, then discard what is left.",
        ),
        BlockCode::RefusedInBetween if is_of_call => (
            None,
            "Something between this computer and Apollo, such as a firewall, refuses this note. \
             Edit it, and it is sent then.",
        ),
        BlockCode::RefusedInBetween => (
            None,
            "Something between this computer and Apollo, such as a firewall, refuses this. Try \
             again on another network, or ask IT to let it through.",
        ),
    };
    match refused {
        Some(kind) => format!("{} {rest} {SAVED}", happened(kind)),
        None => format!("{rest} {SAVED}"),
    }
}

/// Why a wrap-up does not go although it could, and how that reads.
fn held_back_sentence(held_back: &HeldBack) -> (ReceiptState, String) {
    match held_back {
        HeldBack::ByDisk(error) => (
            ReceiptState::Waiting,
            format!(
                "Nothing can be sent: {error}. As soon as Handset can write to its folder again, it \
                 goes by itself."
            ),
        ),
        HeldBack::OtherTeam => (
            ReceiptState::Blocked,
            "This call was saved for another Apollo team than the key belongs to, so it is not sent. \
             Connect that team's key and it goes by itself, or discard it."
                .to_owned(),
        ),
        HeldBack::NoKey => (
            ReceiptState::Waiting,
            "There is no key. It is saved here and goes once a key is connected.".to_owned(),
        ),
        HeldBack::TeamNotKnown => (
            ReceiptState::Waiting,
            "Handset does not know yet which Apollo team the key belongs to. It is saved here and \
             goes by itself."
                .to_owned(),
        ),
    }
}

/// Apollo holds something that is almost this.
fn unclear_sentence(near: &Proof) -> String {
    let record = match (&near.call_id, &near.task_id) {
        (Some(call), _) => format!("a call that is almost this one, {call}"),
        (None, Some(task)) => format!("a task that is almost this one, {task}"),
        (None, None) => "something that is almost this".to_owned(),
    };
    format!(
        "Apollo's reply was lost, and Apollo holds {record}. Look at it in Apollo. If it is this one, \
         say so here; if it is not, try again, which sends it."
    )
}
