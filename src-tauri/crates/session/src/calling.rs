//! The call: who may be dialed, and the clock that runs while it goes on.

use std::time::Duration;

use apollo::ids::TaskId;
use clock::Timestamp;

use domain::{
    call_time::end_of,
    calling_hours::OutsideHours,
    dates::whole_second,
    draft::{CallForm, Draft, PlacedCall},
    permission::{LinePermission, LineRefused, Moment, Permission, Reach, line_permission},
    phone::E164,
};

use crate::{
    Session, State, TaskState,
    error::{Error, Invalid, Kept, NotDialed},
};

/// The longest note, in characters.
const NOTE_CHARACTERS_MAX: usize = 60_000;
/// How far in the past a corrected call may start.
const CORRECTION_HOURS_MAX: i64 = 48;

impl Session {
    /// Checks that a number may be dialed and starts the call. The caller hands the number over
    /// now, and takes the call back with [`Session::undo_dial`] if that fails.
    pub async fn dial(&self, task: &TaskId, phone: u32, confirmed: bool) -> Result<E164, Error> {
        let outside = self.policy().hours.outside;
        let elapsed = self.clock.elapsed();
        let number = self.with_moment(|state, moment| {
            let number = permitted(state, moment, task, phone, outside, confirmed)?;
            let mut draft = draft_of(state, task, moment.now);
            draft.call = Some(PlacedCall {
                number: number.as_str().to_owned(),
                started_at: whole_second(moment.now),
                ended_at: None,
                is_confirmed: false,
            });
            state.tasks.put_draft(draft);
            state.dialed_at.insert(task.clone(), elapsed);
            Ok::<_, Error>(number)
        })?;
        if let Err(error) = self.keep_draft(task, Kept::Call).await {
            self.forget_call(task);
            return Err(error);
        }
        Ok(number)
    }

    /// The phone app did not take the number: there is no call.
    pub async fn undo_dial(&self, task: &TaskId) {
        self.forget_call(task);
        if let Err(error) = self.keep_draft(task, Kept::Call).await {
            tracing::warn!(%error, "a call that did not start could not be taken back on disk");
        }
    }

    fn forget_call(&self, task: &TaskId) {
        let mut state = self.state();
        if let Some(mut draft) = state.tasks.draft(task).cloned() {
            draft.call = None;
            state.tasks.put_draft(draft);
        }
        state.dialed_at.remove(task);
    }

    /// Writes the draft of a task as it is now. An error if a wrap-up has taken its place.
    async fn keep_draft(&self, task: &TaskId, what: Kept) -> Result<(), Error> {
        let _in_order = self.keeping.lock().await;
        let draft = self.state().tasks.draft(task).cloned();
        self.store
            .put_draft(&draft.ok_or(Error::TaskGone)?)
            .await
            .map_err(Error::not_kept(what))
    }

    /// Ends the call.
    pub async fn end_call(&self, task: &TaskId) -> Result<(), Error> {
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
        Ok(())
    }

    /// How long the call of a task has gone on, if this run of Handset dialed it.
    pub(crate) fn ran(&self, task: &TaskId) -> Option<Duration> {
        let dialed_at = self.state().dialed_at.get(task).copied()?;
        Some(self.clock.elapsed().saturating_sub(dialed_at))
    }

    /// The rep corrects when the call began and ended.
    pub async fn correct_call(
        &self,
        task: &TaskId,
        started_at: Timestamp,
        ended_at: Timestamp,
    ) -> Result<(), Error> {
        let now = self.clock.now();
        if ended_at < started_at {
            return Err(Invalid::EndsBeforeStart.into());
        }
        self.change_draft(task, |draft| {
            let call = draft.call.as_mut();
            let call = call.ok_or(Invalid::NoCall)?;
            // The clock may have been set since: the call's own times are never out of bounds.
            let latest = now.max(call.ended_at.unwrap_or(call.started_at));
            if ended_at > latest {
                return Err(Invalid::EndsInFuture.into());
            }
            let hours_ago = now.duration_since(started_at).as_hours();
            if hours_ago >= CORRECTION_HOURS_MAX && started_at < call.started_at {
                return Err(Invalid::StartsTooLongAgo.into());
            }
            call.started_at = started_at;
            call.ended_at = Some(ended_at);
            call.is_confirmed = true;
            Ok(())
        })
        .await?;
        self.state().dialed_at.remove(task);
        Ok(())
    }

    /// Saves what the rep has typed so far.
    pub async fn save_draft(&self, task: &TaskId, form: CallForm) -> Result<(), Error> {
        check_note(&form.details.note)?;
        let outcome = form.outcome.as_deref();
        let name = outcome.and_then(|key| self.state().outcomes.name_of(key));
        self.change_draft(task, |draft| {
            draft.fill_in(form, name);
            Ok(())
        })
        .await
    }

    async fn change_draft(
        &self,
        task: &TaskId,
        change: impl FnOnce(&mut Draft) -> Result<(), Error>,
    ) -> Result<(), Error> {
        {
            let mut state = self.state();
            // A late draft of a card that is wrapped up must not come back to life.
            if !matches!(
                state.tasks.state_of(task),
                TaskState::Open | TaskState::OnCall
            ) || state.saving.as_ref() == Some(task)
            {
                return Err(Error::TaskGone);
            }
            let mut draft = draft_of(&state, task, self.clock.now());
            change(&mut draft)?;
            draft.changed_at = self.clock.now();
            state.tasks.put_draft(draft);
        }
        self.keep_draft(task, Kept::Draft).await
    }
}

pub(crate) fn check_note(note: &str) -> Result<(), Error> {
    if note.chars().count() > NOTE_CHARACTERS_MAX {
        return Err(Invalid::NoteTooLong.into());
    }
    Ok(())
}

/// The draft of a task, or an empty one.
pub(crate) fn draft_of(state: &State, task: &TaskId, now: Timestamp) -> Draft {
    let draft = state.tasks.draft(task).cloned();
    draft.unwrap_or_else(|| Draft::of(task.clone(), now))
}

fn permitted(
    state: &State,
    moment: &Moment<'_>,
    id: &TaskId,
    phone: u32,
    outside: OutsideHours,
    confirmed: bool,
) -> Result<E164, Error> {
    let task = state.tasks.task(id).ok_or(Error::TaskGone)?;
    if state.saving.is_some() {
        return Err(NotDialed::StillSaving.into());
    }
    match state.tasks.on_call() {
        Some(other) if other == id => return Err(NotDialed::ThisCallGoesOn.into()),
        Some(_) => return Err(NotDialed::AnotherCallGoesOn.into()),
        None => {}
    }
    if state.tasks.state_of(id) != TaskState::Open {
        return Err(NotDialed::Finished.into());
    }
    let permission = state.tasks.permission(task, moment);
    let line = task
        .lines
        .get(usize::try_from(phone).unwrap_or(usize::MAX))
        .ok_or(Invalid::NoSuchNumber)?;
    let reach = permission.reach();
    let (hours, mut questions) = match permission {
        Permission::Refused(refused) => {
            let task = id.clone();
            return Err(NotDialed::Person { refused, task }.into());
        }
        Permission::Open { hours, questions }
            if reach == Reach::Parked && outside == OutsideHours::Block =>
        {
            let task = id.clone();
            let why = NotDialed::Hours {
                hours,
                questions,
                task,
            };
            return Err(why.into());
        }
        Permission::Open { hours, questions } => (hours, questions),
    };
    match (line_permission(line, task, moment), &line.number) {
        (LinePermission::Refused(refused), _) => Err(NotDialed::Line(refused).into()),
        (LinePermission::Open(_), None) => Err(NotDialed::Line(LineRefused::NotANumber).into()),
        (LinePermission::Open(more), Some(number)) => {
            questions.extend(more);
            let asks = !hours.is_open() || !questions.is_empty();
            if asks && !confirmed {
                return Err(Error::Ask {
                    hours: (!hours.is_open()).then_some(hours),
                    questions,
                    task: id.clone(),
                });
            }
            if asks {
                tracing::info!(?reach, "dialed after asking");
            }
            Ok(number.clone())
        }
    }
}
