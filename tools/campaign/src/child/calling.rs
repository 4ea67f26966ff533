//! Working the queue: dialing, ending, drafting, saving, skipping.

use std::time::Duration;

use ::clock::{Clock as _, SignedDuration, Timestamp};
use apollo::ids::{OutcomeId, TaskId, UserId};
use commands::arguments::{CallFormArgs, CorrectArgs, DialArgs, SkipArgs};
use present::{
    Call, CallForm, Callback, CallbackHow, Card, DispositionSource, LoadingState, Problem,
    ProblemCode, RowState, Saved, SkipReason,
};
use rand::{Rng, seq::IndexedRandom as _};

use super::Life;
use crate::{
    messages::{
        Begun, CallContent, CallMessage, CallNumber, Happening, Kind, Message, Phase, happened,
        phase, say, wrong,
    },
    notes::note,
    run_setup::Task,
};

/// The longest talk, in virtual milliseconds.
const TALK_MS_MAX: u64 = 6_000;
/// Days ahead at which a task is moved to, and at which somebody is called back.
const MOVED_DAYS: i64 = 5;
const CALLBACK_DAYS: i64 = 12;
const HOUR_S: i64 = 3_600;

/// A call that was dialed in this life, by a clock that nobody sets.
#[derive(Clone, Copy)]
struct Dialed {
    /// The call began between these two.
    from: Duration,
    to: Duration,
}

impl Life {
    /// One call from the queue, or the one that was going on when the last life ended.
    pub(super) async fn call(&mut self) {
        let Some((task, is_on_call)) = self.pick().await else {
            return;
        };
        let Some(outcome) = self.outcome().await else {
            return;
        };
        phase(Phase::Dialing);
        if self.windows.select(&task.id).await.is_err() {
            return;
        }
        let dialed = if is_on_call {
            None
        } else {
            self.dial(&task.id).await
        };
        if self.chance(0.3) {
            self.draft(&task, &outcome).await;
        }
        if (dialed.is_some() || is_on_call) && self.chance(self.clock_chance()) {
            self.clock.set_by(-HOUR_S);
            happened(Happening::ClockSetInCall);
        }
        let talk_ms = self.random.random_range(0..=TALK_MS_MAX);
        self.pause(Duration::from_millis(talk_ms)).await;
        self.finish(&task, outcome, dialed, is_on_call).await;
    }

    /// How likely the clock is set at a given moment.
    fn clock_chance(&self) -> f64 {
        f64::from(self.told.mood.unrest) / 400.0
    }

    /// A task to call: any open one of the queue that this run knows, or the one that is on call.
    async fn pick(&mut self) -> Option<(Task, bool)> {
        let queue = match self.windows.queue().await {
            Some(queue) => queue,
            None => self.windows.open_queue().await.ok()?,
        };
        let known = |id: &TaskId| self.told.plan.task(id).cloned();
        let on_call = queue.rows.iter().find(|row| row.state == RowState::OnCall);
        if let Some(row) = on_call {
            return Some((known(&row.task_id)?, true));
        }
        let half = self.told.mood.half;
        let open: Vec<Task> = queue
            .rows
            .iter()
            .filter(|row| row.state == RowState::Open)
            .filter(|row| half.is_none_or(|half| is_of_half(&row.task_id, half)))
            .filter_map(|row| known(&row.task_id))
            .collect();
        let chosen = open.choose(&mut self.random).cloned();
        if chosen.is_none() && self.has_not_loaded().await {
            let _ = self.windows.load_report().await;
        }
        Some((chosen?, false))
    }

    async fn has_not_loaded(&self) -> bool {
        let report = self.windows.report().await;
        report.is_ok_and(|report| {
            let ended = [LoadingState::Failed, LoadingState::Cancelled];
            ended.contains(&report.loading.state)
        })
    }

    /// One of the team's own outcomes. The team has some, so a rep waits while they are not read
    /// yet, and complains when plain outcomes are offered in their place.
    pub(super) async fn outcome(&mut self) -> Option<OutcomeId> {
        let list = self.windows.dispositions().await.ok()?;
        match list.source {
            DispositionSource::Apollo => {}
            DispositionSource::NotRead => return None,
            DispositionSource::NoneInApollo => {
                wrong("plain outcomes are offered, although Apollo has the team's own");
                return None;
            }
        }
        let chosen = list.outcomes.choose(&mut self.random)?;
        Some(OutcomeId::new(chosen.key.clone()))
    }

    async fn dial(&mut self, task: &TaskId) -> Option<Dialed> {
        let card = self.windows.card(task).await.ok()?;
        let phone = card.phones.iter().find(|phone| phone.can_dial)?.index;
        let args = |confirmed| DialArgs {
            task_id: task.clone(),
            phone,
            confirmed,
        };
        let from = self.clock.elapsed();
        let mut answer = self.windows.dial(args(false)).await;
        if let Err(problem) = &answer
            && problem.code == ProblemCode::ConfirmDial
        {
            answer = self.windows.dial(args(true)).await;
        }
        let to = self.clock.elapsed();
        answer.is_ok().then_some(Dialed { from, to })
    }

    async fn draft(&mut self, task: &Task, outcome: &OutcomeId) {
        phase(Phase::Drafting);
        let marker = &self.told.plan.marker;
        let args = CallFormArgs {
            task_id: task.id.clone(),
            form: CallForm {
                outcome: Some(outcome.to_string()),
                note: format!("{marker} half a sen"),
                ..CallForm::default()
            },
        };
        // A draft that was not saved is shown; the note is typed again below.
        let _ = self.windows.save_draft(args).await;
    }

    async fn finish(
        &mut self,
        task: &Task,
        outcome: OutcomeId,
        dialed: Option<Dialed>,
        is_on_call: bool,
    ) {
        let mut card = self.windows.card(&task.id).await.ok();
        let mut length_s = None;
        let ends = self.chance(0.7);
        if is_on_call || (dialed.is_some() && ends) {
            phase(Phase::Dialing);
            let before = self.clock.elapsed();
            if let Ok(ended) = self.windows.end_call(&task.id).await {
                length_s = dialed.map(|dialed| between(dialed, before, self.clock.elapsed()));
                card = Some(ended);
            }
            if is_on_call || self.chance(0.2) {
                length_s = None;
                card = self.correct_times(&task.id).await.or(card);
            }
        }
        let Some(rep) = self.rep().await else { return };
        let number = card
            .as_ref()
            .filter(|card| card.call != Call::NotDialed)
            .and_then(|_| self.computer.last_number())
            // Of a call of the life before, only the card knows the number, and not in full.
            .filter(|_| !is_on_call);
        let call = self.new_call();
        let content = CallContent {
            outcome,
            note: self.note_of(call, 0, true),
        };
        let mut message = CallMessage {
            number,
            times: card.as_ref().and_then(times),
            length_s,
            ..CallMessage::default()
        };
        let args = self.wrap_up(call, task, card.as_ref(), &content, &mut message);
        let begun = Begun {
            task: task.id.clone(),
            rep,
            content,
            kind: Kind::Call(Box::new(message)),
        };
        self.save_call(call, begun, args, dialed).await;
    }

    /// The wrap-up as it is sent to the core, and what follows from it for Apollo.
    fn wrap_up(
        &mut self,
        call: CallNumber,
        task: &Task,
        card: Option<&Card>,
        content: &CallContent,
        message: &mut CallMessage,
    ) -> CallFormArgs {
        let has_contact = task.contact.is_some();
        let callback = match self.random.random_range(0..100) {
            0..22 => Some(Callback {
                at: self.told.plan.own_minute(call, MOVED_DAYS),
                how: CallbackHow::MoveTask,
            }),
            22..55 if has_contact => Some(Callback {
                at: self.told.plan.own_minute(call, CALLBACK_DAYS),
                how: CallbackHow::NewTask,
            }),
            _ => None,
        };
        let at = |how| callback.filter(|callback| callback.how == how);
        message.move_to = at(CallbackHow::MoveTask).map(|callback| callback.at);
        message.callback_at = at(CallbackHow::NewTask).map(|callback| callback.at);
        message.stage = self
            .told
            .plan
            .stage_of(&content.outcome)
            .filter(|_| has_contact);
        let sequence = card.and_then(|card| card.sequence.as_ref());
        let finishes = message.move_to.is_none() && self.random.random_bool(0.2);
        message.finish_sequence = sequence
            .filter(|_| finishes && has_contact)
            .map(|sequence| sequence.id.clone());
        CallFormArgs {
            task_id: task.id.clone(),
            form: CallForm {
                outcome: Some(content.outcome.to_string()),
                note: content.note.clone(),
                callback,
                finish_sequence: Some(finishes),
                ..CallForm::default()
            },
        }
    }

    async fn save_call(
        &mut self,
        call: CallNumber,
        begun: Begun,
        args: CallFormArgs,
        dialed: Option<Dialed>,
    ) {
        let task = args.task_id.clone();
        phase(Phase::Saving);
        say(&Message::Saving {
            call,
            begun: begun.clone(),
        });
        let is_twice = self.chance(self.told.mood.twice);
        let saved = if is_twice {
            happened(Happening::TwoClicksOnSave);
            let (one, two) = tokio::join!(
                self.windows.save(again(&args)),
                self.windows.save(again(&args))
            );
            either(one, two)
        } else {
            self.windows.save(again(&args)).await
        };
        let Err(problem) = saved else {
            return self.handle_saved(call, saved);
        };
        if !matches!(
            problem.code,
            ProblemCode::Invalid | ProblemCode::ConfirmTimes
        ) {
            return self.handle_saved(call, Err(problem));
        }
        // Perhaps the length of the call is in question: it is corrected, and saved again.
        say(&Message::NotSaved {
            call,
            is_sure: true,
        });
        let Some(card) = self.correct_times(&task).await.filter(|_| dialed.is_some()) else {
            return;
        };
        let mut begun = begun;
        if let Kind::Call(message) = &mut begun.kind {
            message.times = times(&card);
            message.length_s = None;
        }
        say(&Message::Saving { call, begun });
        let saved = self.windows.save(args).await;
        self.handle_saved(call, saved);
    }

    fn handle_saved(&mut self, call: CallNumber, saved: Result<Saved, Problem>) {
        match saved {
            Ok(saved) => {
                self.ids.insert(saved.wrap_up_id, call);
                say(&Message::Saved {
                    call,
                    id: saved.wrap_up_id,
                });
            }
            Err(problem) => say(&Message::NotSaved {
                call,
                is_sure: problem.code != ProblemCode::NotSaved,
            }),
        }
    }

    /// The rep says when the call was: it ended just now and took so long.
    async fn correct_times(&mut self, task: &TaskId) -> Option<Card> {
        let now = Timestamp::from_second(self.clock.now().as_second()).ok()?;
        let ended_at = now.saturating_sub(SignedDuration::from_secs(2)).ok()?;
        let length = SignedDuration::from_secs(self.random.random_range(5..55));
        let args = CorrectArgs {
            task_id: task.clone(),
            started_at: ended_at.saturating_sub(length).ok()?,
            ended_at,
        };
        self.windows.correct_times(args).await.ok()
    }

    /// Skips a task.
    pub(super) async fn skip(&mut self) {
        let Some((task, false)) = self.pick().await else {
            return;
        };
        // An outcome of the team's own.
        let Some(outcome) = self.outcome().await else {
            return;
        };
        let Some(rep) = self.rep().await else { return };
        let call = self.new_call();
        let content = CallContent {
            outcome,
            note: self.note_of(call, 0, false),
        };
        let args = || SkipArgs {
            task_id: task.id.clone(),
            reason: SkipReason::NotRelevant,
            note: content.note.clone(),
        };
        phase(Phase::Saving);
        let begun = Begun {
            task: task.id.clone(),
            rep,
            content: content.clone(),
            kind: Kind::Skip,
        };
        say(&Message::Saving { call, begun });
        let saved = if self.chance(self.told.mood.twice) {
            happened(Happening::TwoClicksOnSave);
            let (one, two) = tokio::join!(self.windows.skip(args()), self.windows.skip(args()));
            either(one, two)
        } else {
            self.windows.skip(args()).await
        };
        self.handle_saved(call, saved);
    }

    /// Goes back to the report and into the queue again.
    pub(super) async fn reopen_queue(&mut self) {
        if self.windows.close_queue().await.is_ok() {
            happened(Happening::QueueReopened);
        }
        let _ = self.windows.open_queue().await;
    }

    /// A note of a call; perhaps one that a firewall does not like.
    pub(super) fn note_of(&mut self, call: CallNumber, version: usize, may_harm: bool) -> String {
        let is_poisoned = may_harm && self.chance(self.told.mood.poison);
        note(&self.told.plan.marker, call, version, is_poisoned)
    }

    /// The rep as whom calls are logged, according to the window.
    async fn rep(&self) -> Option<UserId> {
        let status = self.windows.status().await?;
        status.rep.map(|rep| rep.user_id)
    }
}

/// Whether a task is in this half of the tasks.
fn is_of_half(task: &TaskId, half: bool) -> bool {
    let last = task.as_str().bytes().last().unwrap_or_default();
    last.is_multiple_of(2) == half
}

/// How long a call took that was ended between `before` and `after`: at least, at most.
fn between(dialed: Dialed, before: Duration, after: Duration) -> (u64, u64) {
    let least = before.saturating_sub(dialed.to).as_secs();
    // Start and end are each cut to the second.
    let most = after.saturating_sub(dialed.from).as_secs() + 1;
    (least.saturating_sub(1), most)
}

fn times(card: &Card) -> Option<(Timestamp, Timestamp)> {
    match &card.call {
        Call::Ended {
            started_at,
            ended_at,
            ..
        } => Some((*started_at, *ended_at)),
        Call::NotDialed | Call::Ongoing { .. } => None,
    }
}

fn again(args: &CallFormArgs) -> CallFormArgs {
    CallFormArgs {
        task_id: args.task_id.clone(),
        form: args.form.clone(),
    }
}

/// What came of two clicks: one of them may be turned away.
fn either(one: Result<Saved, Problem>, two: Result<Saved, Problem>) -> Result<Saved, Problem> {
    match (one, two) {
        (Ok(one), Ok(two)) if one.wrap_up_id != two.wrap_up_id => {
            wrong("two clicks saved two wrap-ups");
            Ok(one)
        }
        (Ok(saved), _) | (_, Ok(saved)) => Ok(saved),
        // The click that got as far as the disk tells more.
        (Err(one), Err(two)) if two.code == ProblemCode::NotSaved => {
            drop(one);
            Err(two)
        }
        (Err(one), Err(_)) => Err(one),
    }
}
