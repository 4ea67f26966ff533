//! Save and next: from a finished call to a durable wrap-up.

use std::sync::atomic::Ordering;

use apollo::ids::{StageId, TaskId};
use clock::Timestamp;
use domain::{
    call_history::HistoryEntry,
    call_task::CallTask,
    call_time::{doubt, end_of},
    dates::{as_moment, days_later, whole_second},
    dispositions::Chosen,
    draft::{CallDetails, CallForm, Callback, CallbackHow, Draft, PlacedCall},
    settings::OutcomeRule,
    wrap_up::{AfterCall, CallResult, CallWork, SkipReason, SkipWork, WrapUp, WrapUpId},
};
use jiff::tz::TimeZone;

use crate::{
    Ending, Finished, Session, State, TaskState, Undoable,
    calling::{check_note, draft_of},
    error::{Error, Invalid, Kept},
};

/// How far ahead a callback may lie.
const CALLBACK_DAYS_MAX: u32 = 366;

/// What *save and next* leads to, once the wrap-up is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    pub wrap_up_id: WrapUpId,
    /// Until when it can be taken back; none if it is sent at once.
    pub undo_until: Option<Timestamp>,
    /// The task that is now selected.
    pub next: Option<TaskId>,
}

/// A wrap-up that is about to be saved.
struct Made {
    wrap_up: WrapUp,
    ending: Ending,
    /// What the card held, in case the wrap-up is taken back.
    draft: Draft,
}

impl Session {
    /// Saves the wrap-up of a call and selects the next card. `Ok` means that it is durable; on an
    /// error the card and its draft are as they were.
    ///
    /// A call that still goes on ends now. The form of a refused call is saved as its draft, if
    /// that is possible.
    pub async fn save_call(&self, task: &TaskId, form: CallForm) -> Result<Saved, Error> {
        check_note(&form.details.note)?;
        let saved = self.save_form(task, form.clone()).await;
        if saved.is_err()
            && let Err(error) = self.save_draft(task, form).await
        {
            tracing::warn!(%error, "the form of a refused call is not saved as its draft");
        }
        saved
    }

    async fn save_form(&self, task: &TaskId, form: CallForm) -> Result<Saved, Error> {
        self.ask_about_times(task).await?;
        let ran = self.ran(task);
        let made = self.begin_saving(task, |state, saved_at| {
            let draft = state.tasks.draft(task);
            let chosen = form
                .outcome
                .as_deref()
                .and_then(|key| {
                    let same = draft.filter(|draft| draft.form.outcome.as_deref() == Some(key));
                    let name_then = same.and_then(|draft| draft.outcome_name.as_deref());
                    state.outcomes.choose(key, name_then)
                })
                .ok_or(Error::OutcomeGone)?;
            if chosen.rule.note_required && form.details.note.trim().is_empty() {
                let outcome = chosen.name;
                return Err(Invalid::NoteNeeded { outcome }.into());
            }
            let known = state.tasks.task(task).ok_or(Error::TaskGone)?;
            let now = whole_second(saved_at);
            let call = draft.and_then(|draft| draft.call.clone());
            let call = call.map(|call| PlacedCall {
                ended_at: call
                    .ended_at
                    .or_else(|| Some(end_of(call.started_at, saved_at, ran))),
                ..call
            });
            let (to_number, started_at, ended_at) = match &call {
                Some(call) => (
                    Some(call.number.clone()),
                    call.started_at,
                    call.ended_at.unwrap_or(call.started_at),
                ),
                // Dialed on another phone: the moment of saving is the best there is.
                None => (None, now, now),
            };
            let mut after = after_call(known, &chosen.rule, &form, now, &self.zone)?;
            after.callback_at = after
                .callback_at
                .map(|at| self.outbox.own_second(at, known.contact_id.as_ref()));
            let work = CallWork {
                contact_id: known.contact_id.clone(),
                account_id: known.account_id.clone(),
                own_numbers: match to_number {
                    Some(_) => Vec::new(),
                    None => known.own_numbers(),
                },
                to_number,
                started_at,
                ended_at: ended_at.max(started_at),
                result: call_result(chosen.clone(), form.details.clone()),
                after,
            };
            let mut draft = draft_of(state, task, saved_at);
            draft.fill_in(form, Some(chosen.name.clone()));
            // If the wrap-up is taken back, the call is over all the same.
            draft.call = call;
            Ok(Made {
                wrap_up: WrapUp::call(task.clone(), self.rep.clone(), now, work),
                ending: Ending::Logged {
                    outcome: chosen.name,
                },
                draft,
            })
        })?;
        self.finish_saving(made).await
    }

    /// An error if the call's times cannot be right and the rep has not confirmed them. A call
    /// that still goes on ends now, so that its times can be corrected.
    async fn ask_about_times(&self, task: &TaskId) -> Result<(), Error> {
        let call_of = || {
            let state = self.state();
            let draft = state.tasks.draft(task);
            draft.and_then(|draft| draft.call.clone())
        };
        let Some(mut call) = call_of() else {
            return Ok(());
        };
        let was_going_on = call.ended_at.is_none();
        call.ended_at = call
            .ended_at
            .or_else(|| Some(end_of(call.started_at, self.clock.now(), self.ran(task))));
        let Some(doubt) = doubt(&call) else {
            return Ok(());
        };
        if was_going_on {
            self.end_call(task).await?;
        }
        Err(Error::ConfirmTimes(doubt))
    }

    /// Skips a task, with a reason, and selects the next card. Durable when it returns `Ok`.
    pub async fn skip(
        &self,
        task: &TaskId,
        reason: SkipReason,
        note: String,
    ) -> Result<Saved, Error> {
        let zone = &self.zone;
        let made = self.begin_saving(task, |state, now| {
            if state.tasks.on_call() == Some(task) {
                return Err(Invalid::CallGoesOn.into());
            }
            let note = note_of_skip(reason, &note);
            let known = state.tasks.task(task).ok_or(Error::TaskGone)?;
            let work = skip_work(state, known, reason, note, now, zone)?;
            Ok(Made {
                wrap_up: WrapUp::skip(task.clone(), self.rep.clone(), now, work),
                ending: Ending::Skipped(reason),
                draft: draft_of(state, task, now),
            })
        })?;
        self.finish_saving(made).await
    }

    fn begin_saving(
        &self,
        task: &TaskId,
        make: impl FnOnce(&State, Timestamp) -> Result<Made, Error>,
    ) -> Result<Made, Error> {
        let now = self.clock.now();
        let undo_s = self.policy().undo_s;
        let mut state = self.state();
        if state.saving.is_some() {
            return Err(Error::StillSaving);
        }
        if !matches!(
            state.tasks.state_of(task),
            TaskState::Open | TaskState::OnCall
        ) {
            return Err(Error::TaskGone);
        }
        let mut made = make(&state, now)?;
        if let Some(id) = state.failed.get(task) {
            made.wrap_up.id = *id;
        }
        if undo_s > 0 {
            let hold = jiff::SignedDuration::from_secs(i64::from(undo_s));
            let until = now.saturating_add(hold).unwrap_or(now);
            made.wrap_up = made.wrap_up.held_until(until);
        }
        state.saving = Some(task.clone());
        Ok(made)
    }

    async fn finish_saving(&self, made: Made) -> Result<Saved, Error> {
        let Made {
            wrap_up,
            ending,
            draft,
        } = made;
        let (id, task) = (wrap_up.id, wrap_up.task_id.clone());
        let entry = HistoryEntry::of(&wrap_up);
        let undo_until = wrap_up.held_until;
        let finished = Finished {
            ending,
            moved_to: wrap_up.receipt().moved_to,
        };
        // A canceled caller must not leave the session in the state of saving.
        let unlock = Unlock { session: self };
        let in_order = self.keeping.lock().await;
        if self.is_closed.load(Ordering::SeqCst) {
            self.store
                .put_draft(&draft)
                .await
                .map_err(Error::not_kept(Kept::Call))?;
            return Err(Error::Closed);
        }
        let saved = self.outbox.save(wrap_up).await;
        if let Err(error) = saved {
            tracing::error!(wrap_up = %id, %error, "not saved");
            drop(in_order);
            self.state().failed.insert(task, id);
            drop(unlock);
            return Err(Error::not_kept(Kept::WrapUp)(error));
        }
        if let Some(entry) = entry {
            self.change_history(|history| history.insert(entry));
        }
        let next = self.with_moment(|state, moment| {
            let next = state.tasks.next_after(&task, moment);
            if let Some(until) = undo_until {
                state.remember_undo(Undoable {
                    id,
                    until,
                    draft,
                    who: state.tasks.task(&task).and_then(|task| task.name.clone()),
                    finished: finished.clone(),
                });
            }
            state.tasks.finish(task.clone(), finished);
            state.tasks.erase_draft(&task);
            state.failed.remove(&task);
            state.dialed_at.remove(&task);
            if let Some(next) = &next {
                state.tasks.select(next);
            }
            next
        });
        drop(in_order);
        drop(unlock);
        if let Err(error) = self.keep_position().await {
            // The wrap-up is safe; only the place in the list is not.
            tracing::warn!(%error, "position not saved");
        }
        Ok(Saved {
            wrap_up_id: id,
            undo_until,
            next,
        })
    }
}

/// Frees the session for the next save, also when the caller goes away.
struct Unlock<'a> {
    session: &'a Session,
}

impl Drop for Unlock<'_> {
    fn drop(&mut self) {
        self.session.state().saving = None;
    }
}

/// The note that a skip leaves on the task: its reason, and what the rep wrote.
fn note_of_skip(reason: SkipReason, note: &str) -> String {
    let reason = reason.as_note();
    match note.trim() {
        "" => reason.to_owned(),
        note => format!("{reason}: {note}"),
    }
}

/// The result of a call, as it is stored.
pub(crate) fn call_result(chosen: Chosen, details: CallDetails) -> CallResult {
    CallResult {
        status: chosen.status,
        outcome_id: chosen.id,
        outcome_name: chosen.name,
        opts_out: chosen.opts_out,
        details,
    }
}

/// What a skip writes. *Do not call* follows the rule of the outcome of that meaning: the stage, and
/// the end of the sequence.
fn skip_work(
    state: &State,
    task: &CallTask,
    reason: SkipReason,
    note: String,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<SkipWork, Error> {
    let mut work = SkipWork {
        reason,
        note,
        contact_id: task.contact_id.clone(),
        numbers: Vec::new(),
        after: AfterCall::default(),
    };
    if reason.opts_out() {
        work.numbers = task.own_numbers();
        if let Some(rule) = state.outcomes.opt_out_rule() {
            // Whoever asked not to be called is not called again by a rule.
            let rule = OutcomeRule {
                callback_days: None,
                ..rule
            };
            work.after = after_call(task, &rule, &CallForm::default(), now, zone)?;
        }
    }
    Ok(work)
}

/// What happens after the call: the rep's own choice, else the outcome's rule.
fn after_call(
    task: &CallTask,
    rule: &OutcomeRule,
    form: &CallForm,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<AfterCall, Error> {
    let by_rule = rule.callback_days.map(|days| Callback {
        at: days_later(now, days, zone),
        how: rule.callback_how.unwrap_or(CallbackHow::NewTask),
    });
    let callback = form.callback.or(by_rule);
    if let Some(callback) = form.callback {
        if callback.at <= now {
            return Err(Invalid::CallbackPassed.into());
        }
        if callback.at > days_later(now, CALLBACK_DAYS_MAX, zone) {
            return Err(Invalid::CallbackTooFar.into());
        }
        if callback.how == CallbackHow::NewTask && task.contact_id.is_none() {
            return Err(Invalid::CallbackNeedsContact.into());
        }
    }
    let at_of = |how| {
        callback
            .filter(|callback| callback.how == how)
            .map(|callback| as_moment(whole_second(callback.at)))
    };
    let finishes = form.finish_sequence.unwrap_or(rule.finish_sequence);
    let sequence = task.sequence.as_ref().map(|(sequence, _)| sequence.clone());
    let has_contact = task.contact_id.is_some();
    Ok(AfterCall {
        move_to: at_of(CallbackHow::MoveTask),
        due_before: task.due_at,
        callback_at: at_of(CallbackHow::NewTask).filter(|_| has_contact),
        stage_id: rule
            .stage_id
            .clone()
            .map(StageId::new)
            .filter(|_| has_contact),
        stage_before: task
            .contact
            .as_ref()
            .and_then(|contact| contact.contact_stage_id.clone()),
        finish_sequence: sequence.filter(|_| finishes && has_contact),
    })
}
