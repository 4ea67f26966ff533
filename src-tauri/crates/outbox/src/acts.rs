//! What a person may do with a wrap-up: take it back, try again, confirm, correct, give up.
//!
//! Promises: each is durable when it returns; none can happen between a step's being written down
//! as *in flight* and its answer, unless it does not touch that step; each leaves the call with the
//! rep who made it. Must never: forget that something may have left.

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

/// Why a person's act could not be done.
#[derive(Debug, thiserror::Error)]
pub enum ActRefusal {
    #[error(transparent)]
    Disk(#[from] StoreError),
    /// It is on its way to Apollo, or there already.
    #[error("it is already on its way to Apollo")]
    TooLate,
    /// Its fate is not known yet: Apollo is searched for it first.
    #[error("Apollo is being searched for it")]
    BeingLookedUp,
    /// It was saved for another team than the key belongs to: that team's outcomes are not these.
    #[error("it belongs to another Apollo team")]
    OtherTeam,
    /// There is no such wrap-up, or nothing in it that this could be done to.
    #[error("there is nothing that this could be done to")]
    NothingToDo,
}

impl Outbox {
    /// Takes a wrap-up back of which nothing was sent; `draft` takes its place on disk.
    pub async fn take_back(&self, id: WrapUpId, draft: &Draft) -> Result<WrapUp, ActRefusal> {
        let _one_at_a_time = self.recording.lock().await;
        self.check_lease()?;
        let wrap_up = self.state().outbox.get(&id).cloned();
        let wrap_up = wrap_up.ok_or(ActRefusal::TooLate)?;
        if !wrap_up.is_untouched() {
            return Err(ActRefusal::TooLate);
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

    /// Tries a wrap-up again now; one that is not there any more, or needs no person, is left
    /// alone.
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

    /// The record that is almost it is it: the step is done, and what follows goes on.
    pub async fn confirm(&self, id: WrapUpId) -> Result<(), ActRefusal> {
        let step = self.state().outbox.get(&id).and_then(WrapUp::current_step);
        let step = step.ok_or(ActRefusal::NothingToDo)?;
        match self.record(id, step, Event::PersonConfirms).await {
            Ok(_) => Ok(()),
            Err(Stuck::Illegal(_) | Stuck::NotThere) => Err(ActRefusal::NothingToDo),
            Err(Stuck::Disk(error)) => Err(ActRefusal::Disk(error)),
        }
    }

    /// Reads a receipt back once more.
    pub async fn check_again(&self, id: WrapUpId) -> Result<(), StoreError> {
        let receipt = self.receipt(id);
        if let Some(mut receipt) = receipt {
            receipt.verification = Verification::Pending;
            self.keep_verification(receipt).await?;
        }
        Ok(())
    }

    /// What was said of a call, while it is still known here.
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

    /// Corrects a call, in the name of the rep who made it. What was not sent yet goes as it is now;
    /// what may have been sent is corrected in Apollo by a step of its own.
    pub async fn correct(&self, id: WrapUpId, result: CallResult) -> Result<(), ActRefusal> {
        let _one_at_a_time = self.recording.lock().await;
        self.check_lease()?;
        let waiting = self.state().outbox.get(&id).cloned();
        if let Some(mut wrap_up) = waiting {
            if self.state().is_another_team(wrap_up.team.as_ref()) {
                return Err(ActRefusal::OtherTeam);
            }
            if !wrap_up.correct(result) {
                return Err(ActRefusal::NothingToDo);
            }
            let current = wrap_up.current_step();
            if let Some(step) = current.and_then(|index| wrap_up.steps.get_mut(index))
                && step.goes_again_with_new_words()
            {
                let at = self.clock.now();
                *step = domain::wrap_up::apply(step, Event::PersonRetries { at })
                    .map_err(|_| ActRefusal::NothingToDo)?;
            }
            self.store.put_wrap_up(&wrap_up).await?;
            self.state().outbox.insert(id, wrap_up);
        } else {
            let receipt = self.receipt(id).ok_or(ActRefusal::NothingToDo)?;
            if self.state().is_another_team(receipt.team.as_ref()) {
                return Err(ActRefusal::OtherTeam);
            }
            let rep = self.mapped(&receipt.user_id);
            let wrap_up = receipt
                .revived(rep, result)
                .ok_or(ActRefusal::NothingToDo)?;
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

    /// The rep of a past call. Whoever is kept here was mapped when the call was saved; of somebody
    /// whose name is not kept any more, the id alone goes on.
    fn mapped(&self, user: &UserId) -> MappedUser {
        let rep = self.rep(user).unwrap_or_else(|| Rep {
            user_id: user.clone(),
            name: String::new(),
            email: None,
        });
        MappedUser::from_user_map(rep)
    }

    /// Gives up the steps that are left. What was done stays done.
    pub async fn discard(
        &self,
        id: WrapUpId,
        reason: DiscardReason,
    ) -> Result<ReceiptRecord, ActRefusal> {
        let _one_at_a_time = self.recording.lock().await;
        self.check_lease()?;
        let wrap_up = self.state().outbox.get(&id).cloned();
        let wrap_up = wrap_up.ok_or(ActRefusal::NothingToDo)?;
        let is_in_flight = |state: &StepState| matches!(state, StepState::InFlight { .. });
        if wrap_up.steps.iter().any(|step| is_in_flight(&step.state)) {
            return Err(ActRefusal::TooLate);
        }
        // Only what is its turn is looked up; what comes behind it is not.
        let current = wrap_up
            .current_step()
            .and_then(|index| wrap_up.steps.get(index));
        if current.is_some_and(|step| {
            !step.kind.is_idempotent() && matches!(step.state, StepState::Unknown { .. })
        }) {
            return Err(ActRefusal::BeingLookedUp);
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
