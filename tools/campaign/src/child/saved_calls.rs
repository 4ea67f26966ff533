//! What a person does with a call that was saved: undo, edit, try again, discard.

use commands::arguments::ReceiptCorrectArgs;
use present::{CallForm, ProblemCode, Receipt, ReceiptState};
use rand::seq::IndexedRandom as _;

use super::Life;
use crate::{
    messages::{CallContent, CallNumber, Happening, Message, Phase, happened, phase, say},
    run_setup::CORRECTIONS_MAX,
};

impl Life {
    /// The rows of the list of calls.
    pub(super) async fn rows(&self) -> Vec<Receipt> {
        let receipts = self.windows.receipts().await;
        receipts.map(|receipts| receipts.rows).unwrap_or_default()
    }

    /// Which wrap-up a row is about.
    pub(super) fn call_of(&self, row: &Receipt) -> Option<CallNumber> {
        let by_id = self.ids.get(&row.wrap_up_id);
        by_id.or_else(|| self.unsure.get(&row.task_id)).copied()
    }

    /// Any row that is wanted; where the folder is a copy whose original is at work, only of a call
    /// that was saved here.
    async fn any(&mut self, wanted: impl Fn(&Receipt) -> bool) -> Option<(Receipt, CallNumber)> {
        let rows = self.rows().await;
        let (own, is_copy) = (self.own_calls(), self.told.mood.discards_copies);
        let wanted: Vec<_> = rows
            .into_iter()
            .filter(|row| wanted(row))
            .filter_map(|row| Some((self.call_of(&row)?, row)))
            .filter(|(call, _)| !is_copy || own.contains(call))
            .collect();
        let (call, row) = wanted.choose(&mut self.random)?.clone();
        Some((row, call))
    }

    pub(super) async fn take_back(&mut self) {
        let Some((row, call)) = self.any(|row| row.can_undo).await else {
            return;
        };
        let id = row.wrap_up_id;
        phase(Phase::TakingBack);
        say(&Message::TakingBack { call });
        let taken = if self.chance(self.told.mood.twice) {
            happened(Happening::TwoClicksOnUndo);
            let (one, two) = tokio::join!(self.windows.undo(id), self.windows.undo(id));
            one.or(two)
        } else {
            self.windows.undo(id).await
        };
        match taken {
            Ok(_) => say(&Message::TakenBack { call }),
            Err(problem) if problem.code == ProblemCode::NotSaved => {}
            Err(_) => say(&Message::NotTakenBack { call }),
        }
    }

    /// Corrects a call; not a call of another team, whose outcomes are not offered now.
    pub(super) async fn correct(&mut self) {
        let (plan, team) = (self.told.clone(), self.team);
        let is_of_team = |row: &Receipt| {
            let team = plan.plan.teams.get(team);
            team.is_some_and(|team| team.tasks.iter().any(|task| task.id == row.task_id))
        };
        let Some((row, call)) = self.any(|row| row.can_edit && is_of_team(row)).await else {
            return;
        };
        let version = self.versions.get(&call).copied().unwrap_or(0) + 1;
        if version > CORRECTIONS_MAX {
            return;
        }
        let Some(outcome) = self.outcome().await else {
            return;
        };
        self.versions.insert(call, version);
        let content = CallContent {
            outcome,
            note: self.note_of(call, version, false),
        };
        let args = || ReceiptCorrectArgs {
            wrap_up_id: row.wrap_up_id,
            form: CallForm {
                outcome: Some(content.outcome.to_string()),
                note: content.note.clone(),
                ..CallForm::default()
            },
        };
        phase(Phase::Correcting);
        say(&Message::Correcting {
            call,
            version,
            content: content.clone(),
        });
        let edited = if self.chance(self.told.mood.twice) {
            happened(Happening::TwoClicksOnEdit);
            let (one, two) = tokio::join!(self.windows.edit(args()), self.windows.edit(args()));
            one.or(two)
        } else {
            self.windows.edit(args()).await
        };
        match edited {
            Ok(_) => say(&Message::Corrected { call, version }),
            Err(problem) if problem.code == ProblemCode::NotSaved => {}
            Err(_) => say(&Message::NotCorrected { call, version }),
        }
    }

    pub(super) async fn retry(&mut self) {
        if let Some((row, call)) = self.any(|row| row.can_retry).await {
            self.retry_one(&row, Some(call)).await;
        }
    }

    pub(super) async fn retry_one(&mut self, row: &Receipt, call: Option<CallNumber>) {
        let id = row.wrap_up_id;
        phase(Phase::Retrying);
        let retried = if self.chance(self.told.mood.twice) {
            happened(Happening::TwoClicksOnRetry);
            let (one, two) = tokio::join!(self.windows.retry(id), self.windows.retry(id));
            one.or(two)
        } else {
            self.windows.retry(id).await
        };
        if let (Ok(_), Some(call)) = (retried, call) {
            say(&Message::Retried { call });
        }
    }

    pub(super) async fn discard(&mut self) {
        let Some((row, call)) = self.any(|row| row.can_discard).await else {
            return;
        };
        let id = row.wrap_up_id;
        phase(Phase::Discarding);
        say(&Message::Discarding { call });
        let discarded = if self.chance(self.told.mood.twice) {
            happened(Happening::TwoClicksOnDiscard);
            let (one, two) = tokio::join!(self.windows.discard(id), self.windows.discard(id));
            one.or(two)
        } else {
            self.windows.discard(id).await
        };
        match discarded {
            Ok(_) => say(&Message::Discarded { call }),
            Err(problem) if problem.code == ProblemCode::NotSaved => {}
            Err(_) => say(&Message::NotDiscarded { call }),
        }
    }

    /// On a machine that has a copy of a folder whose owner works on: what came with the copy and
    /// waits for a person is given up here, since it is sent from there.
    pub(super) async fn discard_copies(&mut self) {
        let own = self.own_calls();
        for row in self.rows().await {
            let is_copy = self.call_of(&row).is_none_or(|call| !own.contains(&call));
            if is_copy && row.state == ReceiptState::Blocked && row.can_discard {
                phase(Phase::Discarding);
                let _ = self.windows.discard(row.wrap_up_id).await;
            }
        }
    }

    /// The numbers of the wrap-ups that are made on this machine.
    pub(super) fn own_calls(&self) -> std::ops::Range<CallNumber> {
        use crate::run_setup::CALLS_PER_MACHINE;
        let first = self.told.machine * CALLS_PER_MACHINE;
        first..first + CALLS_PER_MACHINE
    }
}
