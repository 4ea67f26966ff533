//! Undo: for a few seconds a saved wrap-up can be taken back whole.

use apollo::ids::TaskId;
use clock::Timestamp;
use domain::{draft::Draft, wrap_up::WrapUpId};
use outbox::ActionRefusal;

use crate::{
    Finished, Session, State,
    error::{Error, Kept},
};

/// Wrap-ups that can be taken back at the same time: more than a person can save in a minute.
const UNDOABLE_MAX: usize = 32;

/// A wrap-up that is held back for a moment.
#[derive(Clone, Debug)]
pub struct Undoable {
    pub id: WrapUpId,
    pub until: Timestamp,
    /// What the card held.
    pub(crate) draft: Draft,
    /// Whom it was about.
    pub who: Option<String>,
    /// How its task ended.
    pub finished: Finished,
}

impl State {
    pub(crate) fn remember_undo(&mut self, undoable: Undoable) {
        if self.undoable.len() == UNDOABLE_MAX {
            self.undoable.remove(0);
        }
        self.undoable.push(undoable);
    }
}

impl Session {
    /// What *undo* would take back now: the last saved wrap-up of which nothing was sent.
    pub fn undoable(&self) -> Option<Undoable> {
        let now = self.clock.now();
        let untouched = self.outbox.untouched();
        let mut state = self.state();
        state
            .undoable
            .retain(|undoable| undoable.until > now && untouched.contains(&undoable.id));
        state.undoable.last().cloned()
    }

    /// Takes a wrap-up back: its card is open again, with every word that was on it. Durable when
    /// it returns `Ok`. The card is selected, unless a call is going on. Returns its task.
    pub async fn take_back(&self, id: WrapUpId) -> Result<TaskId, Error> {
        let draft = {
            let state = self.state();
            let undoable = state.undoable.iter().find(|undoable| undoable.id == id);
            undoable.map(|undoable| undoable.draft.clone())
        };
        let draft = draft.ok_or(Error::TooLateToUndo)?;
        let in_order = self.keeping.lock().await;
        let taken = self.outbox.take_back(id, &draft).await;
        let taken = match taken {
            Ok(taken) => taken,
            Err(ActionRefusal::Disk(error)) => return Err(Error::not_kept(Kept::Undo)(error)),
            Err(
                ActionRefusal::TooLate
                | ActionRefusal::BeingLookedUp
                | ActionRefusal::OtherTeam
                | ActionRefusal::NothingToDo,
            ) => return Err(Error::TooLateToUndo),
        };
        self.change_history(|history| history.remove(id));
        {
            let mut state = self.state();
            state.undoable.retain(|undoable| undoable.id != id);
            state.tasks.reopen(&taken.task_id);
            state.tasks.put_draft(draft);
            if state.tasks.on_call().is_none() {
                state.tasks.select(&taken.task_id);
            }
        }
        drop(in_order);
        if let Err(error) = self.keep_position().await {
            tracing::warn!(%error, "position not saved");
        }
        Ok(taken.task_id)
    }
}
