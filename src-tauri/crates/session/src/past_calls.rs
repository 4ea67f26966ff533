//! Past calls: what a person may do about a wrap-up that is saved.

use apollo::ids::OutcomeId;
use domain::{
    dispositions::plain_key,
    draft::{CallDetails, CallForm},
    wrap_up::{DiscardReason, ReceiptRecord, WrapUpId},
};
use outbox::ActionRefusal;

use crate::{
    Session,
    calling::check_note,
    error::{Error, Invalid, Kept, Read},
    saving::call_result,
};

/// The content of a call, to be edited.
#[derive(Clone, PartialEq, Eq)]
pub struct CallContent {
    pub wrap_up_id: WrapUpId,
    /// The key of its outcome, if it has one.
    pub outcome: Option<String>,
    /// The outcome's name when it was chosen, in case the list does not have it any more.
    pub outcome_name: Option<String>,
    pub details: CallDetails,
    /// True when it was read from Apollo: the content is not stored here once it is sent.
    pub is_from_apollo: bool,
}

impl Session {
    /// The name of an acknowledged wrap-up's outcome, if the list or this run knows it.
    pub fn outcome_of(&self, record: &ReceiptRecord) -> Option<String> {
        let listed = record.outcome_key();
        let listed = listed.and_then(|key| self.state().outcomes.name_of(key));
        listed.or_else(|| Some(self.outbox.result_of(record.wrap_up_id)?.outcome_name))
    }

    /// A person asked to try a wrap-up again now, or to read it back once more.
    pub async fn retry(&self, id: WrapUpId) -> Result<(), Error> {
        let tried = match self.outbox.receipt(id) {
            Some(_) => self.outbox.check_again(id).await,
            None => self.outbox.retry(id).await,
        };
        tried.map_err(Error::not_kept(Kept::Retry))
    }

    /// A person confirms that the similar record in Apollo is this wrap-up's.
    pub async fn confirm(&self, id: WrapUpId) -> Result<(), Error> {
        let confirmed = self.outbox.confirm(id).await;
        confirmed.map_err(|refusal| match refusal {
            ActionRefusal::Disk(error) => Error::not_kept(Kept::Decision)(error),
            ActionRefusal::TooLate
            | ActionRefusal::BeingLookedUp
            | ActionRefusal::OtherTeam
            | ActionRefusal::NothingToDo => Error::NoSuchCall,
        })
    }

    /// The content of a call, to be edited: from here, or read from Apollo when it was erased here.
    pub async fn content(&self, id: WrapUpId) -> Result<CallContent, Error> {
        if let Some(result) = self.outbox.result_of(id) {
            let by_id = result.outcome_id.as_ref().map(OutcomeId::to_string);
            return Ok(CallContent {
                wrap_up_id: id,
                outcome: by_id.or_else(|| plain_key(&result.outcome_name)),
                outcome_name: Some(result.outcome_name),
                details: result.details,
                is_from_apollo: false,
            });
        }
        let receipt = self.outbox.receipt(id).ok_or(Error::NoSuchCall)?;
        let call = self.outbox.call_of(&receipt).await;
        let call = call.map_err(|error| Error::NotRead {
            what: Read::Call,
            error,
        })?;
        let call = call.ok_or(Error::CallNotShown)?;
        let details = CallDetails::of_call(&call);
        let name_of = |key: &str| self.state().outcomes.name_of(key);
        let (outcome, note) = match (call.outcome_id, &receipt.outcome_word) {
            (Some(id), _) => (Some(id.to_string()), details.note),
            // A text that stands for an outcome leads the note, and would lead it twice.
            (None, Some(word)) => {
                let lead = name_of(word).map(|name| format!("[{name}]"));
                let rest =
                    lead.and_then(|lead| details.note.strip_prefix(&lead).map(str::trim_start));
                match rest {
                    Some(rest) => (Some(word.clone()), rest.to_owned()),
                    None => (None, details.note),
                }
            }
            (None, None) => (None, details.note),
        };
        Ok(CallContent {
            wrap_up_id: id,
            outcome_name: outcome.as_deref().and_then(name_of),
            outcome,
            details: CallDetails { note, ..details },
            is_from_apollo: true,
        })
    }

    /// The name that this outcome of a wrap-up had when it was chosen.
    fn name_then(&self, id: WrapUpId, outcome: &str) -> Option<String> {
        let result = self.outbox.result_of(id)?;
        let is_same = result.outcome_id.is_some_and(|id| id.as_str() == outcome);
        is_same.then_some(result.outcome_name)
    }

    /// Corrects a call: here if it was not sent, in Apollo if it was.
    pub async fn correct(&self, id: WrapUpId, form: CallForm) -> Result<(), Error> {
        check_note(&form.details.note)?;
        let outcome = form.outcome.as_deref().ok_or(Error::OutcomeGone)?;
        let name_then = self.name_then(id, outcome);
        let chosen = self.state().outcomes.choose(outcome, name_then.as_deref());
        let chosen = chosen.ok_or(Error::OutcomeGone)?;
        let result = call_result(chosen, form.details);
        self.outbox
            .correct(id, result.clone())
            .await
            .map_err(|refusal| match refusal {
                ActionRefusal::Disk(error) => Error::not_kept(Kept::Correction)(error),
                ActionRefusal::OtherTeam => Invalid::OtherTeam.into(),
                ActionRefusal::TooLate
                | ActionRefusal::BeingLookedUp
                | ActionRefusal::NothingToDo => Error::NoSuchCall,
            })?;
        self.change_history(|history| {
            if let Some(entry) = history.entry(id).cloned() {
                history.insert(entry.corrected(&result));
            }
        });
        Ok(())
    }

    /// Gives up the steps that are left of a wrap-up; the reason is stored. A task of which nothing
    /// reached Apollo is open again.
    pub async fn discard(&self, id: WrapUpId, reason: DiscardReason) -> Result<(), Error> {
        let receipt = self
            .outbox
            .discard(id, reason)
            .await
            .map_err(|refusal| match refusal {
                ActionRefusal::Disk(error) => Error::not_kept(Kept::Decision)(error),
                ActionRefusal::TooLate => Invalid::InFlight.into(),
                ActionRefusal::BeingLookedUp => Invalid::BeingLookedUp.into(),
                ActionRefusal::OtherTeam | ActionRefusal::NothingToDo => Error::NoSuchCall,
            })?;
        let is_in_apollo_perhaps = receipt
            .discarded
            .as_ref()
            .is_some_and(|discarded| discarded.is_unproven);
        if reason == DiscardReason::WrongPerson {
            self.change_history(|history| history.remove(receipt.wrap_up_id));
        }
        if receipt.steps.is_empty() && !is_in_apollo_perhaps {
            self.state().tasks.reopen(&receipt.task_id);
        }
        Ok(())
    }
}
