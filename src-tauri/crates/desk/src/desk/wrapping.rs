//! Save and next: from a finished call to a durable wrap-up, and what became of it.

use apollo::ids::{PurposeId, TaskId};
use uuid::Uuid;

use super::{
    Desk,
    calling::{invalid, whole_second},
    not_kept, start_of_day, task_gone,
};
use crate::{
    receipts::{Around, of_record, of_wrap_up},
    view::{
        Problem, ProblemCode, Receipt, ReceiptState, Receipts, RowState, Saved, SkipReason, Tag,
    },
    wrap_up::{CallWork, Work, WrapUp, WrapUpId},
};

impl Desk {
    /// Saves the wrap-up of a call and selects the next card. `Ok` means that it is durable; on an
    /// error the card and its draft are as they were.
    pub async fn save_call(
        &self,
        task: &TaskId,
        outcome: &str,
        purpose_id: Option<PurposeId>,
        note: String,
    ) -> Result<Saved, Problem> {
        let (wrap_up, result) = self.begin_saving(task, |state, saved_at| {
            let chosen = state.dispositions.choose(outcome).ok_or_else(|| {
                invalid("This outcome is not in the list any more. Pick another.")
            })?;
            let known = state.board.task(task).ok_or_else(task_gone)?;
            let now = whole_second(saved_at);
            let call = state.board.draft(task).and_then(|draft| draft.call.clone());
            let (to_number, started_at, ended_at) = match call {
                Some(call) => (
                    Some(call.number),
                    call.started_at,
                    call.ended_at.unwrap_or(now),
                ),
                // Dialed on another phone: the moment of saving is the best there is.
                None => (None, now, now),
            };
            let work = CallWork {
                contact_id: known.contact_id.clone(),
                account_id: known.account_id.clone(),
                to_number,
                status: chosen.status,
                started_at,
                ended_at: ended_at.max(started_at),
                outcome_id: chosen.id,
                outcome_name: chosen.name.clone(),
                purpose_id,
                note,
            };
            Ok((
                WrapUp::call(task.clone(), self.rep.clone(), now, work),
                chosen.name,
            ))
        })?;
        self.finish_saving(wrap_up, RowState::Finished, result)
            .await
    }

    /// Skips a task, with a reason, and selects the next card. Durable when it returns `Ok`.
    pub async fn skip(
        &self,
        task: &TaskId,
        reason: SkipReason,
        note: String,
    ) -> Result<Saved, Problem> {
        let words = skip_words(reason);
        let (wrap_up, result) = self.begin_saving(task, |state, now| {
            if state.board.on_call() == Some(task) {
                return Err(invalid(
                    "A call is going on. End it and wrap it up instead.",
                ));
            }
            let note = match note.trim() {
                "" => words.to_owned(),
                note => format!("{words}: {note}"),
            };
            Ok((
                WrapUp::skip(task.clone(), self.rep.clone(), now, reason, note),
                words.to_owned(),
            ))
        })?;
        self.finish_saving(wrap_up, RowState::Skipped, result).await
    }

    fn begin_saving(
        &self,
        task: &TaskId,
        make: impl FnOnce(&super::State, clock::Timestamp) -> Result<(WrapUp, String), Problem>,
    ) -> Result<(WrapUp, String), Problem> {
        let now = self.clock.now();
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
            made.0.id = *id;
        }
        state.saving = Some(task.clone());
        Ok(made)
    }

    async fn finish_saving(
        &self,
        wrap_up: WrapUp,
        row: RowState,
        result: String,
    ) -> Result<Saved, Problem> {
        let (id, task) = (wrap_up.id, wrap_up.task_id.clone());
        // A cancelled caller must not leave the desk saying that it is saving.
        let unlock = Unlock { desk: self };
        let in_order = self.keeping.lock().await;
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
        let next = self.with_moment(|state, moment| {
            let next = state.board.next_after(&task, moment);
            state.board.finish(task.clone(), row, Some(result));
            state.board.erase_draft(&task);
            state.failed.remove(&task);
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
        self.changed(&[
            Tag::Queue,
            Tag::Card,
            Tag::Report,
            Tag::Receipts,
            Tag::Session,
        ]);
        Ok(Saved {
            wrap_up_id: id.0,
            next,
        })
    }

    /// Today's receipts, and everything that is not sent.
    pub fn receipts(&self) -> Receipts {
        let now = self.clock.now();
        let midnight = start_of_day(now, &self.zone);
        let logged_as = self.rep.rep().name.clone();
        let state = self.state();
        let who = |task: &TaskId| state.board.task(task).map(|task| task.name.clone());
        let waiting = self.engine.outbox();
        let mut rows: Vec<Receipt> = waiting
            .iter()
            .map(|wrap_up| {
                let result = match &wrap_up.work {
                    Work::Call(call) => call.outcome_name.clone(),
                    Work::Skip { reason, .. } => skip_words(*reason).to_owned(),
                };
                let around = Around {
                    who: who(&wrap_up.task_id),
                    result: Some(result),
                    logged_as: &logged_as,
                    now,
                    zone: &self.zone,
                };
                of_wrap_up(wrap_up, around)
            })
            .collect();
        let blocked = rows
            .iter()
            .filter(|row| row.state == ReceiptState::Blocked)
            .count();
        let unsent = rows.len();
        let acknowledged = self.engine.receipts();
        let today = acknowledged
            .iter()
            .filter(|record| record.saved_at >= midnight);
        rows.extend(today.map(|record| {
            let result = record
                .outcome_id
                .as_ref()
                .and_then(|id| state.dispositions.name_of(id).map(ToOwned::to_owned))
                .or_else(|| {
                    // After a restart the board knows only that it was finished here.
                    let finished = state.board.finished(&record.task_id)?;
                    let is_of_this_run =
                        matches!(finished.state, RowState::Finished | RowState::Skipped);
                    finished.result.clone().filter(|_| is_of_this_run)
                });
            let around = Around {
                who: who(&record.task_id),
                result,
                logged_as: &logged_as,
                now,
                zone: &self.zone,
            };
            of_record(record, around)
        }));
        let sent = rows.len() - unsent;
        rows.sort_by(|a, b| {
            let waits = |row: &Receipt| row.state != ReceiptState::Blocked;
            waits(a)
                .cmp(&waits(b))
                .then_with(|| b.saved_at.cmp(&a.saved_at))
        });
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        Receipts {
            rows,
            sent: count(sent),
            unsent: count(unsent),
            blocked: count(blocked),
        }
    }

    /// A person asked to try a wrap-up again now.
    pub async fn retry(&self, wrap_up: Uuid) -> Result<Receipts, Problem> {
        self.engine
            .retry(WrapUpId(wrap_up))
            .await
            .map_err(|error| not_kept(&error, "The new try"))?;
        self.changed(&[Tag::Receipts]);
        Ok(self.receipts())
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

fn skip_words(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::WrongNumber => "Wrong number",
        SkipReason::NoNumber => "No number",
        SkipReason::DoNotCall => "Do not call",
        SkipReason::NotRelevant => "Not relevant",
        SkipReason::AlreadySpoke => "Already spoke",
        SkipReason::Other => "Skipped",
    }
}
