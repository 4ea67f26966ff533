//! The call: who may be dialed, and the clock that runs while it goes on.

use std::time::Duration;

use apollo::ids::TaskId;
use clock::Timestamp;

use super::{Desk, State, not_kept, task_gone};
use crate::{
    board::Moment,
    call_time::end_of,
    permission::{LineStanding, Standing, of_line},
    phone::E164,
    ports::{KeptCall, KeptDraft},
    view::{Card, Draft, OutsideHours, Problem, ProblemCode, ReachState, RowState, Tag},
};

/// The longest note, in characters.
const NOTE_CHARACTERS_MAX: usize = 60_000;
/// How far in the past a corrected call may start.
const CORRECTION_HOURS_MAX: i64 = 48;

impl KeptDraft {
    /// What the rep has typed by now; `name` is what the outcome is called, where that is known.
    pub(super) fn take_words(&mut self, words: Draft, name: Option<String>) {
        if name.is_some() || self.outcome != words.outcome {
            self.outcome_name = name;
        }
        self.outcome = words.outcome;
        self.purpose_id = words.purpose_id;
        self.note = words.note;
        self.callback = words.callback;
        self.finish_sequence = words.finish_sequence;
    }
}

impl Desk {
    /// Checks that a number may be dialed and starts the call. The caller hands the number over
    /// now, and takes the call back with [`Desk::undo_dial`] if that fails.
    pub async fn dial(&self, task: &TaskId, phone: u32, confirmed: bool) -> Result<E164, Problem> {
        let outside = self.policy().hours.outside;
        let elapsed = self.clock.elapsed();
        let number = self.with_moment(|state, moment| {
            let number = permitted(state, moment, task, phone, outside, confirmed)?;
            let mut draft = draft_of(state, task, moment.now);
            draft.call = Some(KeptCall {
                number: number.as_str().to_owned(),
                started_at: whole_second(moment.now),
                ended_at: None,
                is_confirmed: false,
            });
            state.board.put_draft(draft);
            state.dialed_at.insert(task.clone(), elapsed);
            Ok::<_, Problem>(number)
        })?;
        if let Err(problem) = self.keep_draft(task, "The call").await {
            self.forget_call(task);
            return Err(problem);
        }
        self.changed(&[Tag::Queue, Tag::Card]);
        Ok(number)
    }

    /// The phone app did not take the number: there is no call.
    pub async fn undo_dial(&self, task: &TaskId) {
        self.forget_call(task);
        if let Err(problem) = self.keep_draft(task, "The call").await {
            tracing::warn!(%problem, "a call that did not start could not be taken back on disk");
        }
        self.changed(&[Tag::Queue, Tag::Card]);
    }

    fn forget_call(&self, task: &TaskId) {
        let mut state = self.state();
        if let Some(mut draft) = state.board.draft(task).cloned() {
            draft.call = None;
            state.board.put_draft(draft);
        }
        state.dialed_at.remove(task);
    }

    /// Writes the draft of a task as it is now. An error if a wrap-up has taken its place.
    async fn keep_draft(&self, task: &TaskId, what: &str) -> Result<(), Problem> {
        let _in_order = self.keeping.lock().await;
        let draft = self.state().board.draft(task).cloned();
        self.store
            .put_draft(&draft.ok_or_else(task_gone)?)
            .await
            .map_err(|error| not_kept(&error, what))
    }

    /// The call is over.
    pub async fn end_call(&self, task: &TaskId) -> Result<Card, Problem> {
        let (now, ran) = (self.clock.now(), self.ran(task));
        self.change_draft(task, |draft| {
            if let Some(call) = &mut draft.call
                && call.ended_at.is_none()
            {
                call.ended_at = Some(end_of(call.started_at, now, ran));
            }
            Ok(())
        })
        .await?;
        self.state().dialed_at.remove(task);
        self.card(task)
    }

    /// How long the call of a task has gone on, if this run of Handset dialed it.
    pub(super) fn ran(&self, task: &TaskId) -> Option<Duration> {
        let dialed_at = self.state().dialed_at.get(task).copied()?;
        Some(self.clock.elapsed().saturating_sub(dialed_at))
    }

    /// The rep corrects when the call began and ended.
    pub async fn correct_call(
        &self,
        task: &TaskId,
        started_at: Timestamp,
        ended_at: Timestamp,
    ) -> Result<Card, Problem> {
        let now = self.clock.now();
        if ended_at < started_at {
            return Err(invalid("The call cannot end before it starts."));
        }
        self.change_draft(task, |draft| {
            let call = draft.call.as_mut();
            let call = call.ok_or_else(|| invalid("There is no call to correct."))?;
            // The clock may have been set since: the call's own times are never out of bounds.
            let latest = now.max(call.ended_at.unwrap_or(call.started_at));
            if ended_at > latest {
                return Err(invalid("The call cannot end in the future."));
            }
            let hours_ago = now.duration_since(started_at).as_hours();
            if hours_ago >= CORRECTION_HOURS_MAX && started_at < call.started_at {
                return Err(invalid("The call cannot start more than two days ago."));
            }
            call.started_at = started_at;
            call.ended_at = Some(ended_at);
            call.is_confirmed = true;
            Ok(())
        })
        .await?;
        self.state().dialed_at.remove(task);
        self.card(task)
    }

    /// Keeps what the rep has typed so far.
    pub async fn save_draft(&self, task: &TaskId, words: Draft) -> Result<(), Problem> {
        check_note(&words.note)?;
        let outcome = words.outcome.as_deref();
        let name = outcome.and_then(|key| self.state().dispositions.name_of(key));
        self.change_draft(task, |draft| {
            draft.take_words(words, name);
            Ok(())
        })
        .await
    }

    async fn change_draft(
        &self,
        task: &TaskId,
        change: impl FnOnce(&mut KeptDraft) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        {
            let mut state = self.state();
            // A late draft of a card that is wrapped up must not come back to life.
            if !matches!(
                state.board.state_of(task),
                RowState::Open | RowState::OnCall
            ) || state.saving.as_ref() == Some(task)
            {
                return Err(task_gone());
            }
            let mut draft = draft_of(&state, task, self.clock.now());
            change(&mut draft)?;
            draft.changed_at = self.clock.now();
            state.board.put_draft(draft);
        }
        self.keep_draft(task, "The draft").await?;
        self.changed(&[Tag::Queue]);
        Ok(())
    }
}

pub(super) fn check_note(note: &str) -> Result<(), Problem> {
    if note.chars().count() > NOTE_CHARACTERS_MAX {
        return Err(invalid("The note is too long for Apollo."));
    }
    Ok(())
}

/// Calls are logged to the second, so that start, end and duration agree.
pub(super) fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// The draft of a task, or an empty one.
pub(super) fn draft_of(state: &State, task: &TaskId, now: Timestamp) -> KeptDraft {
    state
        .board
        .draft(task)
        .cloned()
        .unwrap_or_else(|| KeptDraft {
            task_id: task.clone(),
            outcome: None,
            outcome_name: None,
            purpose_id: None,
            note: String::new(),
            callback: None,
            finish_sequence: None,
            call: None,
            changed_at: now,
        })
}

fn permitted(
    state: &State,
    moment: &Moment<'_>,
    id: &TaskId,
    phone: u32,
    outside: OutsideHours,
    confirmed: bool,
) -> Result<E164, Problem> {
    let task = state.board.task(id).ok_or_else(task_gone)?;
    if state.saving.is_some() {
        return Err(refused(
            "The last call is still being saved. Try again in a moment.",
        ));
    }
    match state.board.on_call() {
        Some(other) if other == id => return Err(refused("This call is going on.")),
        Some(_) => return Err(refused("Another call is going on. End it first.")),
        None => {}
    }
    if state.board.state_of(id) != RowState::Open {
        return Err(refused("This task is finished. It is not called twice."));
    }
    let Standing {
        reach,
        changes_at,
        mut questions,
    } = state.board.standing(task, moment);
    let line = task
        .lines
        .get(usize::try_from(phone).unwrap_or(usize::MAX))
        .ok_or_else(|| invalid("There is no such number on the card."))?;
    let is_blocked = match reach.state {
        ReachState::DoNotCall | ReachState::NoNumber => true,
        ReachState::Parked => outside == OutsideHours::Block,
        ReachState::UnknownTime
        | ReachState::AskFirst
        | ReachState::Callable
        | ReachState::ClosingSoon => false,
    };
    if is_blocked {
        let mut problem = refused(reach.sentence);
        problem.retry_at = changes_at;
        return Err(problem);
    }
    match (of_line(line, task, moment), &line.number) {
        (LineStanding::Refused { why, .. }, _) => Err(refused(why)),
        (LineStanding::Open { .. }, None) => Err(refused("This cannot be dialed.")),
        (LineStanding::Open { questions: more }, Some(number)) => {
            questions.extend(more);
            if !questions.is_empty() && !confirmed {
                let mut problem = Problem::new(ProblemCode::ConfirmDial, questions.join(" "));
                problem.retry_at = changes_at.filter(|_| reach.state == ReachState::Parked);
                return Err(problem);
            }
            if !questions.is_empty() {
                tracing::info!(state = ?reach.state, "dialed after asking");
            }
            Ok(number.clone())
        }
    }
}

fn refused(message: impl Into<String>) -> Problem {
    Problem::new(ProblemCode::DialRefused, message)
}

pub(super) fn invalid(message: impl Into<String>) -> Problem {
    Problem::new(ProblemCode::Invalid, message)
}
