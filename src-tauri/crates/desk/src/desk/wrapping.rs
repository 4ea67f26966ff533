//! Save and next: from a finished call to a durable wrap-up.

use std::sync::atomic::Ordering;

use apollo::ids::{StageId, TaskId};
use clock::Timestamp;
use jiff::tz::TimeZone;

use super::{
    Desk, OF_A_CALL, State, Undoable,
    calling::{check_note, draft_of, invalid, whole_second},
    not_kept, task_gone,
};
use crate::{
    board::Finished,
    call_time::{end_of, question},
    dispositions::Chosen,
    history::HistoryEntry,
    intake::CallTask,
    phone::Owner,
    ports::{KeptCall, KeptDraft},
    time_text::{as_moment, days_later},
    view::{
        Callback, CallbackHow, Draft, OutcomeRule, Problem, ProblemCode, ReceiptKind, RowState,
        Saved, SkipReason, Tag,
    },
    wrap_up::{AfterCall, CallResult, CallWork, SkipWork, WrapUp},
};

/// How far ahead a callback may lie.
const CALLBACK_DAYS_MAX: u32 = 366;

/// A wrap-up that is about to be saved.
struct Made {
    wrap_up: WrapUp,
    row: RowState,
    /// What the finished row says.
    result: String,
    /// What the card held, should it be taken back.
    draft: KeptDraft,
}

impl Desk {
    /// Saves the wrap-up of a call and selects the next card. `Ok` means that it is durable; on an
    /// error the card and its draft are as they were.
    pub async fn save_call(&self, task: &TaskId, words: Draft) -> Result<Saved, Problem> {
        check_note(&words.note)?;
        self.ask_about_times(task).await?;
        let ran = self.ran(task);
        let made = self.begin_saving(task, |state, saved_at| {
            let draft = state.board.draft(task);
            let chosen = words
                .outcome
                .as_deref()
                .and_then(|key| {
                    let same = draft.filter(|draft| draft.outcome.as_deref() == Some(key));
                    let name_then = same.and_then(|draft| draft.outcome_name.as_deref());
                    state.dispositions.choose(key, name_then)
                })
                .ok_or_else(outcome_gone)?;
            if chosen.rule.note_required && words.note.trim().is_empty() {
                return Err(invalid(format!(
                    "{} needs a note. Write one, then save.",
                    chosen.name
                )));
            }
            let known = state.board.task(task).ok_or_else(task_gone)?;
            let now = whole_second(saved_at);
            let call = draft.and_then(|draft| draft.call.clone());
            let call = call.map(|call| KeptCall {
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
            let mut after = after_call(known, &chosen.rule, &words, now, &self.zone)?;
            after.callback_at = after
                .callback_at
                .map(|at| self.engine.own_second(at, known.contact_id.as_ref()));
            let result = match after.move_to {
                Some(at) => format!("{}, moved to {}", chosen.name, self.day_of(at)),
                None => chosen.name.clone(),
            };
            let work = CallWork {
                contact_id: known.contact_id.clone(),
                account_id: known.account_id.clone(),
                own_numbers: match to_number {
                    Some(_) => Vec::new(),
                    None => own_numbers(known),
                },
                to_number,
                started_at,
                ended_at: ended_at.max(started_at),
                result: call_result(chosen.clone(), &words),
                after,
            };
            let mut draft = draft_of(state, task, saved_at);
            draft.take_words(words, Some(chosen.name));
            // Should it be taken back, the call is over all the same.
            draft.call = call;
            Ok(Made {
                wrap_up: WrapUp::call(task.clone(), self.rep.clone(), now, work),
                row: RowState::Finished,
                result,
                draft,
            })
        })?;
        self.finish_saving(made).await
    }

    /// An error if the call's times cannot be right and the rep has not said that they are. A call
    /// that still goes on ends now, so that its times can be corrected.
    async fn ask_about_times(&self, task: &TaskId) -> Result<(), Problem> {
        let call_of = || {
            let state = self.state();
            let draft = state.board.draft(task);
            draft.and_then(|draft| draft.call.clone())
        };
        let Some(mut call) = call_of() else {
            return Ok(());
        };
        let was_going_on = call.ended_at.is_none();
        call.ended_at = call
            .ended_at
            .or_else(|| Some(end_of(call.started_at, self.clock.now(), self.ran(task))));
        let Some(question) = question(&call) else {
            return Ok(());
        };
        if was_going_on {
            self.end_call(task).await?;
        }
        Err(
            Problem::new(ProblemCode::ConfirmTimes, question.to_string()).hint(
                "Nothing is saved yet. Correct the times or keep them as they are, then save.",
            ),
        )
    }

    /// Skips a task, with a reason, and selects the next card. Durable when it returns `Ok`.
    pub async fn skip(
        &self,
        task: &TaskId,
        reason: SkipReason,
        note: String,
    ) -> Result<Saved, Problem> {
        let words = skip_words(reason);
        let zone = &self.zone;
        let made = self.begin_saving(task, |state, now| {
            if state.board.on_call() == Some(task) {
                return Err(invalid(
                    "A call is going on. End it and wrap it up instead.",
                ));
            }
            let note = match note.trim() {
                "" => words.to_owned(),
                note => format!("{words}: {note}"),
            };
            let known = state.board.task(task).ok_or_else(task_gone)?;
            let work = skip_work(state, known, reason, note, now, zone)?;
            Ok(Made {
                wrap_up: WrapUp::skip(task.clone(), self.rep.clone(), now, work),
                row: RowState::Skipped,
                result: words.to_owned(),
                draft: draft_of(state, task, now),
            })
        })?;
        self.finish_saving(made).await
    }

    fn day_of(&self, at: Timestamp) -> String {
        crate::time_text::day_and_time(at, &self.zone)
    }

    fn begin_saving(
        &self,
        task: &TaskId,
        make: impl FnOnce(&State, Timestamp) -> Result<Made, Problem>,
    ) -> Result<Made, Problem> {
        let now = self.clock.now();
        let undo_s = self.policy().undo_s;
        let mut state = self.state();
        if state.saving.is_some() {
            return Err(Problem::new(
                ProblemCode::NotSaved,
                "The last call is still being saved. Your words are kept.",
            ));
        }
        if !matches!(
            state.board.state_of(task),
            RowState::Open | RowState::OnCall
        ) {
            return Err(task_gone());
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

    async fn finish_saving(&self, made: Made) -> Result<Saved, Problem> {
        let Made {
            wrap_up,
            row,
            result,
            draft,
        } = made;
        let (id, task) = (wrap_up.id, wrap_up.task_id.clone());
        let entry = HistoryEntry::of(&wrap_up);
        let undo_until = wrap_up.held_until;
        let finished = Finished {
            state: row,
            result: Some(result),
            moved_to: wrap_up.receipt().moved_to,
        };
        // A cancelled caller must not leave the desk saying that it is saving.
        let unlock = Unlock { desk: self };
        let in_order = self.keeping.lock().await;
        if self.is_closed.load(Ordering::SeqCst) {
            self.store
                .put_draft(&draft)
                .await
                .map_err(|error| not_kept(&error, "The call"))?;
            return Err(Problem::new(
                ProblemCode::NotSaved,
                "The key, or who you are, was changed at this moment. The call was not saved.",
            )
            .hint("What you typed is kept as a draft of this task."));
        }
        let saved = self.engine.save(wrap_up).await;
        if let Err(error) = saved {
            tracing::error!(wrap_up = %id, %error, "not saved");
            drop(in_order);
            self.state().failed.insert(task, id);
            drop(unlock);
            self.changed(&[Tag::Queue, Tag::Card, Tag::Session]);
            return Err(not_kept(&error, "The call").hint(
                "Your words are still on the card. Copy them if you like, mend what is said \
                 above, and save again.",
            ));
        }
        if let Some(entry) = entry {
            self.change_history(|history| history.insert(entry));
        }
        let next = self.with_moment(|state, moment| {
            let next = state.board.next_after(&task, moment);
            if let Some(until) = undo_until {
                state.remember_undo(Undoable {
                    id,
                    until,
                    draft,
                    kind: match finished.state {
                        RowState::Skipped => ReceiptKind::Skip,
                        _ => ReceiptKind::Call,
                    },
                    who: state.board.task(&task).map(|task| task.name.clone()),
                    // A skip without a reason of its own is said by its kind.
                    result: finished
                        .result
                        .clone()
                        .filter(|result| result != skip_words(SkipReason::Other)),
                });
            }
            state.board.finish(task.clone(), finished);
            state.board.erase_draft(&task);
            state.failed.remove(&task);
            state.dialed_at.remove(&task);
            if let Some(next) = &next {
                state.board.select(next);
            }
            next
        });
        drop(in_order);
        drop(unlock);
        if let Err(problem) = self.keep_position().await {
            // The wrap-up is safe; only the place in the list is not.
            tracing::warn!(%problem, "position not kept");
        }
        self.changed(&OF_A_CALL);
        Ok(Saved {
            wrap_up_id: id.0,
            undo_until,
            next,
        })
    }
}

/// Frees the desk for the next save, also when the caller goes away.
struct Unlock<'a> {
    desk: &'a Desk,
}

impl Drop for Unlock<'_> {
    fn drop(&mut self) {
        self.desk.state().saving = None;
    }
}

pub(super) fn skip_words(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::WrongNumber => "Wrong number",
        SkipReason::NoNumber => "No number",
        SkipReason::DoNotCall => "Do not call",
        SkipReason::NotRelevant => "Not relevant",
        SkipReason::AlreadySpoke => "Already spoke",
        SkipReason::Other => "Skipped",
    }
}

pub(super) fn outcome_gone() -> Problem {
    invalid("This outcome is not in the list any more. Pick another.")
}

/// What the rep said of a call, as it is kept.
pub(super) fn call_result(chosen: Chosen, words: &Draft) -> CallResult {
    CallResult {
        status: chosen.status,
        outcome_id: chosen.id,
        outcome_name: chosen.name,
        opts_out: chosen.opts_out,
        purpose_id: words.purpose_id.clone(),
        note: words.note.clone(),
    }
}

/// The person's own numbers, not their company's.
fn own_numbers(task: &CallTask) -> Vec<String> {
    let own = task
        .lines
        .iter()
        .filter(|line| line.owner == Owner::Contact);
    own.filter_map(|line| line.number.as_ref())
        .map(|number| number.as_str().to_owned())
        .collect()
}

/// What a skip writes. *Do not call* does what the outcome that says so does: the stage, and the end
/// of the sequence.
fn skip_work(
    state: &State,
    task: &CallTask,
    reason: SkipReason,
    note: String,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<SkipWork, Problem> {
    let mut work = SkipWork {
        reason,
        note,
        contact_id: task.contact_id.clone(),
        numbers: Vec::new(),
        after: AfterCall::default(),
    };
    if reason.opts_out() {
        work.numbers = own_numbers(task);
        if let Some(rule) = state.dispositions.opt_out_rule() {
            // Whoever asked not to be called is not called again by a rule.
            let rule = OutcomeRule {
                callback_days: None,
                ..rule
            };
            work.after = after_call(task, &rule, &Draft::default(), now, zone)?;
        }
    }
    Ok(work)
}

/// What happens after the call: the rep's own word, else the outcome's rule.
fn after_call(
    task: &CallTask,
    rule: &OutcomeRule,
    words: &Draft,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<AfterCall, Problem> {
    let by_rule = rule.callback_days.map(|days| Callback {
        at: days_later(now, days, zone),
        how: rule.callback_how.unwrap_or(CallbackHow::NewTask),
    });
    let callback = words.callback.or(by_rule);
    if let Some(callback) = words.callback {
        if callback.at <= now {
            return Err(invalid(
                "The time to call again has passed. Pick a later one.",
            ));
        }
        if callback.at > days_later(now, CALLBACK_DAYS_MAX, zone) {
            return Err(invalid("The time to call again is more than a year ahead."));
        }
        if callback.how == CallbackHow::NewTask && task.contact_id.is_none() {
            return Err(invalid(
                "A new call task needs a contact, and this task has none. Move the task instead.",
            ));
        }
    }
    let at_of = |how| {
        callback
            .filter(|callback| callback.how == how)
            .map(|callback| as_moment(whole_second(callback.at)))
    };
    let finishes = words.finish_sequence.unwrap_or(rule.finish_sequence);
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
