//! What a person may do with a wrap-up: take it back, try again, confirm, correct, give up.
//!
//! Promises: each action is durable when it returns; none touches a step between the record that it
//! is *in flight* and its answer; each leaves the call with the rep who made it. Must never: forget
//! that a step may have been sent.

use std::collections::HashSet;

use tracing::info;

use apollo::ids::{ContactId, UserId};
use clock::Timestamp;

use domain::{
    draft::Draft,
    rep::{MappedUser, Rep},
    wrap_up::{
        CallResult, DiscardReason, Discarded, Event, ReceiptRecord, StepState, Verification, Work,
        WrapUp, WrapUpId,
    },
};

use crate::{Outbox, StoreError, dispatcher::Stuck};

const SECONDS_OF_MINUTE: i64 = 60;

/// Why a person's action could not be done.
#[derive(Debug, thiserror::Error)]
pub enum ActionRefusal {
    #[error(transparent)]
    Disk(#[from] StoreError),
    /// The wrap-up is on its way to Apollo, or there already.
    #[error("it is already on its way to Apollo")]
    TooLate,
    /// The fate of the step is not known yet: Apollo is searched for it first.
    #[error("Apollo is being searched for it")]
    BeingLookedUp,
    /// The wrap-up was saved for another team than the key's, and each team has its own outcomes.
    #[error("it belongs to another Apollo team")]
    OtherTeam,
    /// There is no such wrap-up, or it has no step that the action applies to.
    #[error("there is nothing that this could be done to")]
    NothingToDo,
}

impl Outbox {
    /// Takes back a wrap-up of which nothing was sent; `draft` takes its place on disk.
    pub async fn take_back(&self, id: WrapUpId, draft: &Draft) -> Result<WrapUp, ActionRefusal> {
        let _one_at_a_time = self.recording.lock().await;
        self.check_lease()?;
        let wrap_up = self.state().outbox.get(&id).cloned();
        let wrap_up = wrap_up.ok_or(ActionRefusal::TooLate)?;
        if !wrap_up.is_untouched() {
            return Err(ActionRefusal::TooLate);
        }
        self.store.take_back(&wrap_up, draft).await?;
        info!(wrap_up = %id, "taken back");
        {
            let mut state = self.state();
            state.outbox.shift_remove(&id);
            state.absent_at.remove(&id);
            state.resting.remove(&id);
        }
        self.changed();
        Ok(wrap_up)
    }

    /// The wrap-ups of which nothing was sent.
    pub fn untouched(&self) -> HashSet<WrapUpId> {
        let state = self.state();
        let untouched = state
            .outbox
            .values()
            .filter(|wrap_up| wrap_up.is_untouched());
        untouched.map(|wrap_up| wrap_up.id).collect()
    }

    /// A second in the minute of `at` that no waiting callback for the contact has: two callbacks at
    /// one time could not be told apart in Apollo.
    pub fn own_second(&self, at: Timestamp, contact: Option<&ContactId>) -> Timestamp {
        let state = self.state();
        let calls = state
            .outbox
            .values()
            .filter_map(|wrap_up| match &wrap_up.work {
                Work::Call(call) if call.contact_id.as_ref() == contact => call.after.callback_at,
                _ => None,
            });
        let taken: HashSet<i64> = calls.map(Timestamp::as_second).collect();
        let first = at.as_second();
        let free = (first..first + SECONDS_OF_MINUTE).find(|second| !taken.contains(second));
        free.and_then(|second| Timestamp::from_second(second).ok())
            .unwrap_or(at)
    }

    /// Tries a wrap-up again now. Does nothing if the wrap-up is gone or needs no person.
    pub async fn retry(&self, id: WrapUpId) -> Result<(), StoreError> {
        let step = self.state().outbox.get(&id).and_then(WrapUp::current_step);
        if let Some(step) = step {
            let at = self.clock.now();
            match self.record(id, step, Event::PersonRetries { at }).await {
                Ok(_) | Err(Stuck::Illegal(_) | Stuck::NotThere) => {}
                Err(Stuck::Disk(error)) => return Err(error),
            }
        }
        Ok(())
    }

    /// A person confirms that the similar record in Apollo is the one of the current step: the step
    /// is done, and the next one goes on.
    pub async fn confirm(&self, id: WrapUpId) -> Result<(), ActionRefusal> {
        let step = self.state().outbox.get(&id).and_then(WrapUp::current_step);
        let step = step.ok_or(ActionRefusal::NothingToDo)?;
        match self.record(id, step, Event::PersonConfirms).await {
            Ok(_) => Ok(()),
            Err(Stuck::Illegal(_) | Stuck::NotThere) => Err(ActionRefusal::NothingToDo),
            Err(Stuck::Disk(error)) => Err(ActionRefusal::Disk(error)),
        }
    }

    /// Has the call of a receipt read back once more.
    pub async fn check_again(&self, id: WrapUpId) -> Result<(), StoreError> {
        let receipt = self.receipt(id);
        if let Some(mut receipt) = receipt {
            receipt.verification = Verification::Pending;
            self.keep_verification(receipt).await?;
        }
        Ok(())
    }

    /// The result of a call, while it is still known here.
    pub fn result_of(&self, id: WrapUpId) -> Option<CallResult> {
        let state = self.state();
        let waiting = state.outbox.get(&id).and_then(WrapUp::result);
        let remembered = || state.remembered.get(&id).map(|content| &content.result);
        waiting.or_else(remembered).cloned()
    }

    /// The receipt of an acknowledged wrap-up.
    pub fn receipt(&self, id: WrapUpId) -> Option<ReceiptRecord> {
        let state = self.state();
        let is_it = |receipt: &&ReceiptRecord| receipt.wrap_up_id == id;
        state.receipts.iter().find(is_it).cloned()
    }

    /// Corrects a call, in the name of the rep who made it. A step that was not sent yet is sent with
    /// the new result; a call that may have been sent is corrected in Apollo by a step of its own.
    pub async fn correct(&self, id: WrapUpId, result: CallResult) -> Result<(), ActionRefusal> {
        let _one_at_a_time = self.recording.lock().await;
        self.check_lease()?;
        let waiting = self.state().outbox.get(&id).cloned();
        if let Some(mut wrap_up) = waiting {
            if self.state().is_another_team(wrap_up.team.as_ref()) {
                return Err(ActionRefusal::OtherTeam);
            }
            if !wrap_up.correct(result) {
                return Err(ActionRefusal::NothingToDo);
            }
            let current = wrap_up.current_step();
            if let Some(step) = current.and_then(|index| wrap_up.steps.get_mut(index))
                && step.goes_again_once_corrected()
            {
                let at = self.clock.now();
                *step = domain::wrap_up::apply(step, Event::PersonRetries { at })
                    .map_err(|_| ActionRefusal::NothingToDo)?;
            }
            self.store.put_wrap_up(&wrap_up).await?;
            self.state().outbox.insert(id, wrap_up);
        } else {
            let receipt = self.receipt(id).ok_or(ActionRefusal::NothingToDo)?;
            if self.state().is_another_team(receipt.team.as_ref()) {
                return Err(ActionRefusal::OtherTeam);
            }
            let rep = self.mapped(&receipt.user_id);
            let wrap_up = receipt
                .revived(rep, result)
                .ok_or(ActionRefusal::NothingToDo)?;
            self.store.revive(&wrap_up).await?;
            let mut state = self.state();
            state.receipts.retain(|receipt| receipt.wrap_up_id != id);
            state.outbox.insert(id, wrap_up);
        }
        info!(wrap_up = %id, "corrected");
        self.changed();
        self.wake.notify_one();
        Ok(())
    }

    /// The rep of a past call. A rep who is stored here was mapped when the call was saved; where the
    /// name is not stored any more, the id alone is used.
    fn mapped(&self, user: &UserId) -> MappedUser {
        let rep = self.rep(user).unwrap_or_else(|| Rep {
            user_id: user.clone(),
            name: String::new(),
            email: None,
        });
        MappedUser::from_user_map(rep)
    }

    /// Gives up the steps that are left. A step that was done stays done.
    pub async fn discard(
        &self,
        id: WrapUpId,
        reason: DiscardReason,
    ) -> Result<ReceiptRecord, ActionRefusal> {
        let _one_at_a_time = self.recording.lock().await;
        self.check_lease()?;
        let wrap_up = self.state().outbox.get(&id).cloned();
        let wrap_up = wrap_up.ok_or(ActionRefusal::NothingToDo)?;
        let is_in_flight = |state: &StepState| matches!(state, StepState::InFlight { .. });
        if wrap_up.steps.iter().any(|step| is_in_flight(&step.state)) {
            return Err(ActionRefusal::TooLate);
        }
        // Only the current step is looked up; the steps behind it are not.
        let current = wrap_up
            .current_step()
            .and_then(|index| wrap_up.steps.get(index));
        if current.is_some_and(|step| {
            !step.kind.is_idempotent() && matches!(step.state, StepState::Unknown { .. })
        }) {
            return Err(ActionRefusal::BeingLookedUp);
        }
        let mut receipt = wrap_up.receipt();
        let open = wrap_up
            .steps
            .iter()
            .filter(|step| !matches!(step.state, StepState::Done(_)));
        receipt.discarded = Some(Discarded {
            at: self.clock.now(),
            reason,
            steps: open.map(|step| step.kind).collect(),
            is_unproven: wrap_up.may_have_left(),
        });
        self.store.acknowledge(&receipt).await?;
        info!(wrap_up = %id, ?reason, "discarded; its content is erased here");
        let elapsed = self.clock.elapsed();
        self.state().close(&wrap_up, receipt.clone(), elapsed);
        self.changed();
        Ok(receipt)
    }
}
