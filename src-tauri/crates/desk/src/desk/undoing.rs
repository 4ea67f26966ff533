//! Undo: for a few seconds a saved wrap-up can be taken back whole.

use uuid::Uuid;

use super::{Desk, OF_A_CALL, State, Undoable, not_kept};
use crate::{
    engine::Refusal,
    view::{Card, Problem, ProblemCode, Undo},
    wrap_up::WrapUpId,
};

/// Wrap-ups that can be taken back at the same time: more than a person can save in a minute.
const UNDOABLE_MAX: usize = 32;

impl State {
    pub(super) fn remember_undo(&mut self, undoable: Undoable) {
        if self.undoable.len() == UNDOABLE_MAX {
            self.undoable.remove(0);
        }
        self.undoable.push(undoable);
    }
}

impl Desk {
    /// What *undo* would take back now: the last one saved that nothing was sent of.
    pub fn undo(&self) -> Option<Undo> {
        let now = self.clock.now();
        let untouched = self.engine.untouched();
        let mut state = self.state();
        state
            .undoable
            .retain(|undoable| undoable.until > now && untouched.contains(&undoable.id));
        state.undoable.last().map(|undoable| Undo {
            wrap_up_id: undoable.id.0,
            kind: undoable.kind,
            who: undoable.who.clone(),
            result: undoable.result.clone(),
            until: undoable.until,
        })
    }

    /// Takes a wrap-up back: its card is open again, with every word that was on it. Durable when
    /// it returns `Ok`. The card is selected, unless a call is going on.
    pub async fn take_back(&self, wrap_up: Uuid) -> Result<Card, Problem> {
        let id = WrapUpId(wrap_up);
        let too_late = || {
            Problem::new(
                ProblemCode::Invalid,
                "Too late to undo: it is on its way to Apollo.",
            )
            .hint("It can still be put right: open Calls, then Edit.")
        };
        let draft = {
            let state = self.state();
            let undoable = state.undoable.iter().find(|undoable| undoable.id == id);
            undoable.map(|undoable| undoable.draft.clone())
        };
        let draft = draft.ok_or_else(too_late)?;
        let in_order = self.keeping.lock().await;
        let taken = self.engine.take_back(id, &draft).await;
        let taken = match taken {
            Ok(taken) => taken,
            Err(Refusal::Disk(error)) => return Err(not_kept(&error, "The undo")),
            Err(
                Refusal::TooLate
                | Refusal::BeingLookedUp
                | Refusal::OtherTeam
                | Refusal::NothingToDo,
            ) => {
                return Err(too_late());
            }
        };
        self.change_history(|history| history.remove(id));
        {
            let mut state = self.state();
            state.undoable.retain(|undoable| undoable.id != id);
            state.board.reopen(&taken.task_id);
            state.board.put_draft(draft);
            if state.board.on_call().is_none() {
                state.board.select(&taken.task_id);
            }
        }
        drop(in_order);
        if let Err(problem) = self.keep_position().await {
            tracing::warn!(%problem, "position not kept");
        }
        self.changed(&OF_A_CALL);
        self.card(&taken.task_id)
    }
}
