//! The request of a step.
//!
//! Promises: one call of [`perform`] sends at most one write. Must never: decide what an answer
//! means for the step.

use apollo::{
    Error,
    ids::{ContactId, SequenceId},
    types::{CompletionReply, SequenceEvent, SequenceEventKind, SkipReply, TaskStatus, TaskUpdate},
};
use clock::Timestamp;

use domain::wrap_up::{AfterCall, CallWork, Step, StepKind, Work, WrapUp};

use crate::{classify_response::Answered, ports::Apollo};

/// Sends what `step` writes of `wrap_up`.
pub(crate) async fn perform(
    apollo: &dyn Apollo,
    wrap_up: &WrapUp,
    step: &Step,
) -> Result<Answered, Error> {
    match (step.kind, &wrap_up.work) {
        (StepKind::CompleteTask, _) => Ok(match apollo.complete_task(&wrap_up.task_id).await? {
            CompletionReply::Completed => Answered::Finished,
            CompletionReply::AlreadyFinished => Answered::AlreadyFinished,
            CompletionReply::Deleted => Answered::Deleted,
        }),
        (StepKind::SkipTask, work) => {
            let note = match work {
                Work::Skip(skip) if !skip.note.trim().is_empty() => Some(skip.note.trim()),
                _ => None,
            };
            Ok(match apollo.skip_task(&wrap_up.task_id, note).await? {
                SkipReply::Skipped => Answered::Finished,
                SkipReply::AlreadyFinished => Answered::AlreadyFinished,
                SkipReply::Deleted => Answered::Deleted,
            })
        }
        (StepKind::CorrectCall, _) => {
            let (Some(call), Some(result)) = (wrap_up.call_id(), wrap_up.result()) else {
                return Ok(Answered::Finished);
            };
            apollo.correct_call(call, &result.as_update()).await?;
            Ok(Answered::Logged(call.clone()))
        }
        (StepKind::SetStage | StepKind::FinishSequence, work) => match work {
            Work::Call(call) => {
                let person = call.contact_id.as_ref();
                perform_of_person(apollo, wrap_up, person, &call.after, step).await
            }
            Work::Skip(skip) => {
                let person = skip.contact_id.as_ref();
                perform_of_person(apollo, wrap_up, person, &skip.after, step).await
            }
            Work::Correction(_) => Ok(Answered::Finished),
        },
        (_, Work::Call(call)) => perform_of_call(apollo, wrap_up, call, step).await,
        // A skip and a correction have no other steps.
        (_, Work::Skip(_) | Work::Correction(_)) => Ok(Answered::Finished),
    }
}

/// Sends a step that changes the contact, after a call and after a skip alike.
async fn perform_of_person(
    apollo: &dyn Apollo,
    wrap_up: &WrapUp,
    contact: Option<&ContactId>,
    after: &AfterCall,
    step: &Step,
) -> Result<Answered, Error> {
    let Some(contact) = contact else {
        return Ok(Answered::Finished);
    };
    // Whether an earlier request for it may have been processed.
    let is_again = step.attempts > 1;
    if let (StepKind::SetStage, Some(stage)) = (step.kind, &after.stage_id) {
        if is_again {
            let now = apollo.contact(contact).await?.contact_stage_id;
            match compare(now.as_ref(), after.stage_before.as_ref(), Some(stage)) {
                Now::AsWanted => return Ok(Answered::Finished),
                Now::Otherwise => return Ok(Answered::ChangedMeanwhile),
                Now::AsBefore => {}
            }
        }
        apollo.set_stage(contact, stage).await?;
    }
    if let (StepKind::FinishSequence, Some(sequence)) = (step.kind, &after.finish_sequence) {
        if is_again {
            let events = apollo.sequence_events(sequence, contact).await?;
            match standing(&events, sequence, wrap_up.saved_at) {
                Now::AsWanted => return Ok(Answered::Finished),
                Now::Otherwise => return Ok(Answered::ChangedMeanwhile),
                Now::AsBefore => {}
            }
        }
        apollo.finish_sequence(sequence, contact).await?;
    }
    Ok(Answered::Finished)
}

async fn perform_of_call(
    apollo: &dyn Apollo,
    wrap_up: &WrapUp,
    call: &CallWork,
    step: &Step,
) -> Result<Answered, Error> {
    let after = &call.after;
    // Whether an earlier request for it may have been processed.
    let is_again = step.attempts > 1;
    match step.kind {
        StepKind::LogCall => {
            let request = call.as_new_call(wrap_up.id, &wrap_up.rep);
            let record = apollo.log_call(&request).await?;
            return Ok(Answered::Logged(record.id));
        }
        StepKind::MoveTask => {
            // The task is read first: Apollo resets a field that a change leaves out, and somebody
            // may have changed the task since the card was read.
            let task = apollo.task(&wrap_up.task_id).await?;
            if matches!(task.status, TaskStatus::Completed | TaskStatus::Skipped) {
                return Ok(Answered::AlreadyFinished);
            }
            if is_again {
                let (before, wanted) = (after.due_before.as_ref(), after.move_to.as_ref());
                match compare(task.due_at.as_ref(), before, wanted) {
                    Now::AsWanted => return Ok(Answered::Finished),
                    Now::Otherwise => return Ok(Answered::ChangedMeanwhile),
                    Now::AsBefore => {}
                }
            }
            let update = TaskUpdate {
                due_at: after.move_to,
                ..TaskUpdate::of(&task)
            };
            apollo.update_task(&wrap_up.task_id, &update).await?;
        }
        StepKind::CreateCallback => {
            if let Some(task) = call.as_new_task(&wrap_up.rep) {
                return Ok(Answered::Created(apollo.create_task(&task).await?));
            }
        }
        StepKind::CompleteTask
        | StepKind::SkipTask
        | StepKind::CorrectCall
        | StepKind::SetStage
        | StepKind::FinishSequence => {}
    }
    Ok(Answered::Finished)
}

/// How a contact stands in `sequence`, by the newest of `events`. Whoever was enrolled again after
/// the call is not removed again without a question.
fn standing(events: &[SequenceEvent], sequence: &SequenceId, saved_at: Timestamp) -> Now {
    let of_sequence = |event: &&SequenceEvent| {
        let named = event.sequence_id.as_ref();
        event.at.is_some() && named.is_none_or(|named| named == sequence)
    };
    let newest = events
        .iter()
        .filter(of_sequence)
        .max_by_key(|event| event.at);
    match newest.map(|event| (&event.kind, event.at)) {
        Some((SequenceEventKind::Completed | SequenceEventKind::Removed, _)) => Now::AsWanted,
        Some((SequenceEventKind::Enrolled | SequenceEventKind::Resumed, at))
            if at > Some(saved_at) =>
        {
            Now::Otherwise
        }
        _ => Now::AsBefore,
    }
}

/// How a value in Apollo compares with what it was and with what it is to be.
enum Now {
    AsBefore,
    AsWanted,
    Otherwise,
}

fn compare<T: PartialEq>(now: Option<&T>, before: Option<&T>, wanted: Option<&T>) -> Now {
    if now == wanted {
        Now::AsWanted
    } else if before.is_none() || now == before {
        Now::AsBefore
    } else {
        Now::Otherwise
    }
}
