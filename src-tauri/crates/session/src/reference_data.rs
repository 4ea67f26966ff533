//! What seldom changes and is read behind the work: the outcomes and the team's own fields.
//!
//! Promises: reading is tried until it has worked, and anew each day; never more often than
//! [`crate::reading`] allows; a list that could not be read leaves the stored one as it is.
//! Must never: let a failure stand for an answer.

use std::hash::{DefaultHasher, Hash, Hasher};

use apollo::ids::OutcomeId;
use domain::{
    dispositions::{ListChange, ListRefusal, Proven, is_apollo_id},
    outcomes::{OutcomeProof, StoredOutcome},
};
use outbox::Urgency;
use tracing::{info, warn};

use crate::{
    Session, SessionChange,
    error::{Error, Kept, NotProven},
    ports::OutcomeCalls,
    reading::{Reading, SPREAD_MS, Tried},
};

impl Session {
    /// Keeps the outcomes and the team's own fields read, for as long as it is polled.
    pub async fn keep_reference_read(&self) {
        let mut outcomes = Reading::default();
        let mut fields = Reading::default();
        let mut returns = self.outbox.link().returns();
        loop {
            if outcomes.is_due(self.today(), self.clock.elapsed()) {
                let tried = self.read_outcomes().await;
                self.note(&mut outcomes, &tried);
                self.state().outcomes_next_at = outcomes.next_at;
                self.changed(SessionChange::Outcomes);
            }
            if fields.is_due(self.today(), self.clock.elapsed()) {
                let tried = self.read_custom_fields().await;
                self.note(&mut fields, &tried);
                self.changed(SessionChange::CustomFields);
            }
            let (today, elapsed) = (self.today(), self.clock.elapsed());
            let wait = outcomes
                .wait(today, elapsed)
                .min(fields.wait(today, elapsed));
            tokio::select! {
                () = self.clock.sleep(wait) => {}
                _ = returns.changed() => {
                    outcomes.network_returned();
                    fields.network_returned();
                }
            }
        }
    }

    pub(crate) fn note(&self, reading: &mut Reading, tried: &Tried) {
        let mut hasher = DefaultHasher::new();
        self.rep.id().hash(&mut hasher);
        let spread_ms = hasher.finish() % SPREAD_MS;
        let (now, elapsed) = (self.clock.now(), self.clock.elapsed());
        reading.note(tried, self.today(), now, elapsed, spread_ms);
    }

    async fn read_outcomes(&self) -> Tried {
        let is_known = self.state().outcomes.stored().read_at.is_some();
        let urgency = if is_known {
            Urgency::Background
        } else {
            // Until they are here, outcomes are sent as text.
            Urgency::Waiting
        };
        let answer = self.apollo.outcomes(urgency).await;
        self.handle_answer(answer.as_ref().err());
        let named = match answer {
            Ok(Some(named)) => named,
            Ok(None) => {
                warn!("Apollo’s answer does not tell of dispositions; the list stays as it is");
                return Tried::NotInAnswer;
            }
            Err(error) => {
                warn!(%error, "dispositions could not be read; the list stays as it is");
                return Tried::Failed(error);
            }
        };
        info!(named = named.len(), "dispositions read");
        let _in_order = self.keeping_outcomes.lock().await;
        let outcomes = {
            let mut state = self.state();
            state.outcomes.receive(&named, self.clock.now());
            state.outcomes.stored().clone()
        };
        if let Err(error) = self.store.put_outcomes(&outcomes).await {
            // They are in use all the same, and are saved at the next reading.
            warn!(%error, "the dispositions could not be saved");
        }
        Tried::Read
    }

    /// Cards do without the names of the team's own fields until they are here.
    async fn read_custom_fields(&self) -> Tried {
        let answer = self.apollo.custom_fields().await;
        self.handle_answer(answer.as_ref().err());
        match answer {
            Ok(fields) => {
                self.state().custom_fields = fields;
                Tried::Read
            }
            Err(error) => {
                warn!(%error, "custom fields could not be read; cards do without");
                Tried::Failed(error)
            }
        }
    }

    /// A person changes the list of outcomes. Durable when it returns `Ok`; on an error the list
    /// is as it was.
    pub async fn change_outcomes(&self, change: ListChange) -> Result<(), Error> {
        let proof = match &change {
            ListChange::Add {
                outcome_id,
                is_confirmed,
                ..
            } => self.prove(outcome_id, *is_confirmed).await?,
            _ => Proven::nothing(),
        };
        let _in_order = self.keeping_outcomes.lock().await;
        let mut changed = self.state().outcomes.clone();
        changed
            .change(&change, &proof, self.clock.now())
            .map_err(Error::Outcomes)?;
        self.store
            .put_outcomes(changed.stored())
            .await
            .map_err(Error::not_kept(Kept::Outcomes))?;
        self.state().outcomes.adopt(changed);
        Ok(())
    }

    /// Asks Apollo about an id. Where Apollo cannot prove it, the person is asked to confirm it.
    async fn prove(&self, id: &str, is_confirmed: bool) -> Result<Proven, Error> {
        let id = id.trim().to_lowercase();
        if !is_apollo_id(&id) {
            return Err(Error::Outcomes(ListRefusal::NotAnId));
        }
        let id = OutcomeId::new(id);
        let is_known = |known: &StoredOutcome| known.id == id;
        if self.state().outcomes.stored().outcomes.iter().any(is_known) {
            // Nothing to prove: the list refuses a known id, or offers it again.
            return Ok(Proven::nothing());
        }
        let answer = self.apollo.calls_with(&id).await;
        self.handle_answer(answer.as_ref().err());
        match answer {
            Ok(OutcomeCalls::Some { calls, name }) => Ok(Proven {
                proof: OutcomeProof::Calls { calls },
                name,
            }),
            Ok(OutcomeCalls::None) if is_confirmed => Ok(Proven {
                proof: OutcomeProof::NoCalls,
                name: None,
            }),
            Ok(OutcomeCalls::None) => Err(Error::ConfirmOutcome(NotProven::NoCalls)),
            Ok(OutcomeCalls::NotAnswered) | Err(_) if is_confirmed => Ok(Proven::nothing()),
            Ok(OutcomeCalls::NotAnswered) => Err(Error::ConfirmOutcome(NotProven::NotAnswered)),
            Err(error) => Err(Error::ConfirmOutcome(NotProven::NotAsked(error))),
        }
    }
}
