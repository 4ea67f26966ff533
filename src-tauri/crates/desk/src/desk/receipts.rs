//! Receipts: what became of each wrap-up, and what a person may do about it.

use apollo::ids::{PurposeId, TaskId, UserId};
use uuid::Uuid;

use super::{
    Desk, OF_A_CALL, State,
    calling::{check_note, invalid},
    not_kept, start_of_day,
    wrapping::{call_result, outcome_gone, skip_words},
};
use crate::{
    dispositions::plain_key,
    engine::Refusal,
    export,
    ports::Urgency,
    receipts::{Around, of_record, of_wrap_up},
    time_text::refusal,
    view::{
        DiscardReason, Draft, Problem, ProblemCode, Receipt, ReceiptContent, ReceiptState,
        Receipts, RowState, Tag,
    },
    wrap_up::{CallResult, ReceiptRecord, Work, WrapUpId, search_dates},
};

/// Pages that are read to find one call again.
const READ_BACK_PAGES_MAX: u32 = 10;

impl Desk {
    /// Today's receipts, and everything that is not sent.
    pub fn receipts(&self) -> Receipts {
        let now = self.clock.now();
        let midnight = start_of_day(now, &self.zone);
        let state = self.state();
        let who = |task: &TaskId| state.board.task(task).map(|task| task.name.clone());
        let waiting = self.engine.outbox();
        // Whoever made the call, whoever sits here now.
        let logged_as = |user: &UserId| match self.engine.rep(user) {
            Some(rep) if !rep.name.is_empty() => rep.name,
            _ => format!("Apollo user {user}"),
        };
        let around = |task: &TaskId, user: &UserId, result, held_back| Around {
            who: who(task),
            result,
            logged_as: logged_as(user),
            held_back,
            now,
            zone: &self.zone,
        };
        let mut rows: Vec<Receipt> = waiting
            .iter()
            .map(|wrap_up| {
                let result = match &wrap_up.work {
                    Work::Skip(skip) => skip_words(skip.reason).to_owned(),
                    _ => wrap_up
                        .result()
                        .map(|result| result.outcome_name.clone())
                        .unwrap_or_default(),
                };
                let held_back = self.engine.held_back(wrap_up.id);
                let rep = wrap_up.rep.id();
                of_wrap_up(
                    wrap_up,
                    around(&wrap_up.task_id, rep, Some(result), held_back),
                )
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
        let today: Vec<_> = today
            .map(|record| {
                let result = self.result_of(&state, record);
                let content = self.engine.result_of(record.wrap_up_id);
                of_record(
                    record,
                    content.as_ref(),
                    around(&record.task_id, &record.user_id, result, None),
                )
            })
            .collect();
        let sent = today
            .iter()
            .filter(|row| row.state == ReceiptState::Sent)
            .count();
        rows.extend(today);
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

    /// The outcome of an acknowledged wrap-up, as far as it is known.
    fn result_of(&self, state: &State, record: &ReceiptRecord) -> Option<String> {
        let remembered = || {
            let result = self.engine.result_of(record.wrap_up_id)?;
            Some(result.outcome_name)
        };
        let listed = record.outcome_key();
        let listed = listed.and_then(|key| state.dispositions.name_of(key));
        listed.or_else(remembered).or_else(|| {
            // After a restart the board knows only that it was finished here.
            let finished = state.board.finished(&record.task_id)?;
            let is_of_this_run = matches!(finished.state, RowState::Finished | RowState::Skipped);
            finished.result.clone().filter(|_| is_of_this_run)
        })
    }

    /// A person asked to try a wrap-up again now, or to read it back once more.
    pub async fn retry(&self, wrap_up: Uuid) -> Result<Receipts, Problem> {
        let id = WrapUpId(wrap_up);
        let tried = match self.engine.receipt(id) {
            Some(_) => self.engine.check_again(id).await,
            None => self.engine.retry(id).await,
        };
        tried.map_err(|error| not_kept(&error, "The new try"))?;
        self.changed(&[Tag::Receipts]);
        Ok(self.receipts())
    }

    /// A person says that what Apollo holds, and what is almost this, is this.
    pub async fn confirm(&self, wrap_up: Uuid) -> Result<Receipts, Problem> {
        let confirmed = self.engine.confirm(WrapUpId(wrap_up)).await;
        confirmed.map_err(|refusal| match refusal {
            Refusal::Disk(error) => not_kept(&error, "This"),
            Refusal::TooLate
            | Refusal::BeingLookedUp
            | Refusal::OtherTeam
            | Refusal::NothingToDo => no_such_call(),
        })?;
        self.changed(&[Tag::Receipts, Tag::Session]);
        Ok(self.receipts())
    }

    /// What a call says, to be edited: from here, or read from Apollo when it was erased here.
    pub async fn content(&self, wrap_up: Uuid) -> Result<ReceiptContent, Problem> {
        let id = WrapUpId(wrap_up);
        if let Some(result) = self.engine.result_of(id) {
            let by_id = result.outcome_id.map(|id| id.to_string());
            return Ok(ReceiptContent {
                wrap_up_id: wrap_up,
                outcome: by_id.or_else(|| plain_key(&result.outcome_name)),
                outcome_name: Some(result.outcome_name),
                purpose_id: result.purpose_id,
                note: result.note,
                from_apollo: false,
            });
        }
        let receipt = self.engine.receipt(id).ok_or_else(no_such_call)?;
        let call = self.read_again(&receipt).await?;
        let note = call.note.unwrap_or_default();
        let name_of = |key: &str| self.state().dispositions.name_of(key);
        let (outcome, note) = match (call.outcome_id, &receipt.outcome_word) {
            (Some(id), _) => (Some(id.to_string()), note),
            // Words that stand for an outcome lead the note, and would lead it twice.
            (None, Some(word)) => {
                let lead = name_of(word).map(|name| format!("[{name}]"));
                let rest = lead.and_then(|lead| note.strip_prefix(&lead).map(str::trim_start));
                match rest {
                    Some(rest) => (Some(word.clone()), rest.to_owned()),
                    None => (None, note),
                }
            }
            (None, None) => (None, note),
        };
        Ok(ReceiptContent {
            wrap_up_id: wrap_up,
            outcome_name: outcome.as_deref().and_then(name_of),
            outcome,
            purpose_id: call.purpose_id,
            note,
            from_apollo: true,
        })
    }

    async fn read_again(
        &self,
        receipt: &ReceiptRecord,
    ) -> Result<apollo::types::PhoneCall, Problem> {
        let started_at = receipt.started_at.unwrap_or(receipt.saved_at);
        let (from, to) = search_dates(started_at, self.clock.now());
        let users = std::slice::from_ref(&receipt.user_id);
        for number in 1..=READ_BACK_PAGES_MAX {
            let answer = self
                .apollo
                .calls_of(users, from, to, number, Urgency::Waiting)
                .await;
            self.hear(answer.as_ref().err());
            let page = answer.map_err(|error| {
                Problem::new(
                    ProblemCode::Unavailable,
                    format!(
                        "The call could not be read from Apollo: {}",
                        refusal(&error, self.clock.now(), &self.zone)
                    ),
                )
                .hint("Nothing was changed. Try again later.")
            })?;
            let has_more = page.next_page().is_some();
            if let Some(call) = page.rows.into_iter().find(|call| receipt.is_of(call)) {
                return Ok(call);
            }
            if !has_more {
                break;
            }
        }
        Err(Problem::new(
            ProblemCode::Unavailable,
            "Apollo’s list does not show this call (yet).",
        )
        .hint("Nothing was changed. Its index can be a minute behind; try again then."))
    }

    /// What this outcome of a wrap-up was called when it was chosen.
    fn name_then(&self, id: WrapUpId, outcome: &str) -> Option<String> {
        let result = self.engine.result_of(id)?;
        let is_same = result.outcome_id.is_some_and(|id| id.as_str() == outcome);
        is_same.then_some(result.outcome_name)
    }

    /// Puts a call right: here if it has not left, in Apollo if it has.
    pub async fn correct(
        &self,
        wrap_up: Uuid,
        outcome: &str,
        purpose_id: Option<PurposeId>,
        note: String,
    ) -> Result<Receipts, Problem> {
        check_note(&note)?;
        let name_then = self.name_then(WrapUpId(wrap_up), outcome);
        let chosen = self
            .state()
            .dispositions
            .choose(outcome, name_then.as_deref());
        let chosen = chosen.ok_or_else(outcome_gone)?;
        let words = Draft {
            purpose_id,
            note,
            ..Draft::default()
        };
        let result: CallResult = call_result(chosen, &words);
        self.engine
            .correct(WrapUpId(wrap_up), result.clone())
            .await
            .map_err(|refusal| match refusal {
                Refusal::Disk(error) => not_kept(&error, "The change"),
                Refusal::OtherTeam => invalid(
                    "This call belongs to another Apollo team than the key does, so it cannot be \
                     edited now. Connect that team's key first.",
                ),
                Refusal::TooLate | Refusal::BeingLookedUp | Refusal::NothingToDo => no_such_call(),
            })?;
        self.change_history(|history| {
            if let Some(entry) = history.entry(WrapUpId(wrap_up)).cloned() {
                history.insert(entry.corrected(&result));
            }
        });
        self.changed(&OF_A_CALL);
        Ok(self.receipts())
    }

    /// Gives up what is left of a wrap-up; the reason is kept. A task of which nothing reached
    /// Apollo is open again.
    pub async fn discard(&self, wrap_up: Uuid, reason: DiscardReason) -> Result<Receipts, Problem> {
        let receipt = self
            .engine
            .discard(WrapUpId(wrap_up), reason)
            .await
            .map_err(|refusal| match refusal {
                Refusal::Disk(error) => not_kept(&error, "This"),
                Refusal::TooLate => invalid(
                    "It is on its way to Apollo at this moment. Wait for its answer, then decide.",
                ),
                Refusal::BeingLookedUp => invalid(
                    "Apollo is being searched for it: whether it is there is not known yet. Wait for \
                     the answer, then decide.",
                ),
                Refusal::OtherTeam | Refusal::NothingToDo => no_such_call(),
            })?;
        let is_in_apollo_perhaps = receipt
            .discarded
            .as_ref()
            .is_some_and(|discarded| discarded.is_unproven);
        if reason == DiscardReason::WrongPerson {
            self.change_history(|history| history.remove(receipt.wrap_up_id));
        }
        if receipt.steps.is_empty() && !is_in_apollo_perhaps {
            self.state().board.reopen(&receipt.task_id);
        }
        self.changed(&OF_A_CALL);
        Ok(self.receipts())
    }

    /// The day's receipts as CSV, with how many rows; notes only where they are still here.
    pub fn export(&self, with_notes: bool) -> Result<(String, u32), Problem> {
        let rows = self.receipts().rows;
        let note_of = |id: Uuid| {
            let result = self.engine.result_of(WrapUpId(id))?;
            with_notes.then_some(result.note)
        };
        let text = export::csv(&rows, with_notes, &note_of).map_err(|_| {
            Problem::new(ProblemCode::Internal, "The list could not be written down.")
        })?;
        Ok((text, u32::try_from(rows.len()).unwrap_or(u32::MAX)))
    }

    /// Today in the rep's zone: names the file of an export.
    pub fn today(&self) -> String {
        self.zone.to_datetime(self.clock.now()).date().to_string()
    }
}

fn no_such_call() -> Problem {
    invalid("This call is not in the list any more.")
}
