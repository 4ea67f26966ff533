//! Reading back with what the budget leaves over.
//!
//! Promises: one search for many receipts; nothing is read while nothing waits to be read back.
//! Must never: compete with a wrap-up or the rep.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use apollo::{
    Error,
    ids::{CallId, UserId},
    types::PhoneCall,
};
use clock::Timestamp;
use tracing::{info, warn};

use domain::wrap_up::{
    MISSING_AFTER_MS, Proof, ProofKind, ReceiptRecord, Remembered, StepKind, VERIFY_AFTER_MS,
    Verification, search_dates, verify,
};

use crate::{
    KeyInUse, Outbox, StoreError,
    look_up::{Searched, with_key_user},
    ports::Urgency,
};

/// How many receipts are worth a search at once.
const VERIFY_TOGETHER: usize = 25;
/// How long a receipt waits for others to be read back with it.
const VERIFY_TOGETHER_MS: i64 = 5 * 60_000;
/// Pages that are read to find one call again.
const FIND_PAGES_MAX: u32 = 10;
/// Receipts older than this are not read back any more.
const VERIFY_AGE_MS_MAX: i64 = 3 * 24 * 3_600_000;

impl Outbox {
    /// Reads back what is due to be read back; does nothing when nothing is.
    pub async fn verify(&self) {
        let Some(key) = self.key() else { return };
        let now = self.clock.now();
        let due = self.due_for_verification(now, &key);
        let users: BTreeSet<UserId> = due.iter().map(|receipt| receipt.user_id.clone()).collect();
        for user in users {
            let of_user = due.iter().filter(|receipt| receipt.user_id == user);
            let of_user: Vec<_> = of_user.cloned().collect();
            if let Err(error) = self.verify_of(&user, &of_user, now, &key).await {
                info!(%error, "could not be read back now");
                return;
            }
        }
    }

    async fn verify_of(
        &self,
        user: &UserId,
        due: &[ReceiptRecord],
        now: Timestamp,
        key: &Arc<KeyInUse>,
    ) -> Result<(), Error> {
        let Some(first) = due.iter().map(began_at).min() else {
            return Ok(());
        };
        let dates = search_dates(first, now);
        let users = with_key_user(user, key.user());
        let urgency = Urgency::Verification;
        let found = self.calls_of(&users, dates, urgency, key).await?;
        let mut missing = Vec::new();
        for receipt in due {
            let verification = self.judge(receipt, &found, now);
            if matches!(verification, Verification::Missing { .. }) {
                missing.push(receipt);
            } else if !self.keep_judgement(receipt, verification).await {
                return Ok(());
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        // A call that is credited to somebody else is not gone: it is looked for among everybody's.
        let all = self.calls_of(&[], dates, urgency, key).await?;
        for receipt in missing {
            let verification = self.judge(receipt, &all, now);
            if !self.keep_judgement(receipt, verification).await {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Stores a judgement that is new. False if the disk refuses.
    async fn keep_judgement(&self, receipt: &ReceiptRecord, verification: Verification) -> bool {
        if verification == receipt.verification {
            return true;
        }
        match &verification {
            Verification::Verified { .. } | Verification::Pending => {}
            other => warn!(wrap_up = %receipt.wrap_up_id, ?other, "not as it was sent"),
        }
        let receipt = ReceiptRecord {
            verification,
            ..receipt.clone()
        };
        let stored = self.keep_verification(receipt).await;
        if let Err(error) = &stored {
            warn!(%error, "what was read back could not be saved");
        }
        stored.is_ok()
    }

    fn judge(&self, receipt: &ReceiptRecord, found: &Searched, now: Timestamp) -> Verification {
        let content = self.state().remembered.get(&receipt.wrap_up_id).cloned();
        let remembered = Remembered {
            contact_id: content
                .as_ref()
                .and_then(|content| content.contact_id.as_ref()),
            result: content.as_ref().map(|content| &content.result),
        };
        let claimed = |call: &CallId| {
            let proof = Proof {
                at: now,
                how: ProofKind::Found,
                call_id: Some(call.clone()),
                task_id: None,
            };
            self.is_claimed(receipt.wrap_up_id, &proof)
        };
        // By a clock that nobody can set: one that was set ahead must not make a call look gone.
        let acknowledged_at = self
            .state()
            .acknowledged_at
            .get(&receipt.wrap_up_id)
            .copied();
        let known_for = self
            .clock
            .elapsed()
            .saturating_sub(acknowledged_at.unwrap_or(self.began_at));
        let may_be_gone = known_for >= Duration::from_millis(MISSING_AFTER_MS.unsigned_abs());
        let (calls, is_whole) = (&found.calls, found.is_whole && may_be_gone);
        verify(receipt, remembered, calls, is_whole, &claimed, now)
    }

    /// The receipts of the team of `key` that are to be read back, if they are worth a search now.
    fn due_for_verification(&self, now: Timestamp, key: &KeyInUse) -> Vec<ReceiptRecord> {
        let age_ms = |receipt: &ReceiptRecord| now.duration_since(receipt.done_at()).as_millis();
        let waiting: Vec<_> = {
            let state = self.state();
            state
                .receipts
                .iter()
                .filter(|receipt| is_to_be_read_back(receipt))
                .filter(|receipt| key.held_back(receipt.team.as_ref()).is_none())
                .filter(|receipt| {
                    let age_ms = age_ms(receipt);
                    age_ms >= i128::from(VERIFY_AFTER_MS) && age_ms <= i128::from(VERIFY_AGE_MS_MAX)
                })
                .cloned()
                .collect()
        };
        let is_worth_it = waiting.len() >= VERIFY_TOGETHER
            || waiting
                .iter()
                .any(|receipt| age_ms(receipt) >= i128::from(VERIFY_TOGETHER_MS));
        if is_worth_it { waiting } else { Vec::new() }
    }

    /// The call of a receipt as Apollo has it now; none if its list does not show it.
    pub async fn call_of(&self, receipt: &ReceiptRecord) -> Result<Option<PhoneCall>, Error> {
        let key = self.key().ok_or(Error::KeyMissing)?;
        let (from, to) = search_dates(began_at(receipt), self.clock.now());
        let users = std::slice::from_ref(&receipt.user_id);
        for number in 1..=FIND_PAGES_MAX {
            let answer = key
                .apollo
                .calls_of(users, from, to, number, Urgency::Waiting)
                .await;
            self.handle_answer(answer.as_ref().err());
            let page = answer?;
            let has_more = page.next_page().is_some();
            let found = page.rows.into_iter().find(|call| receipt.is_of(call));
            if found.is_some() || !has_more {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Stores what reading back has shown, unless the receipt has gone back into the outbox.
    pub(crate) async fn keep_verification(&self, receipt: ReceiptRecord) -> Result<(), StoreError> {
        let _one_at_a_time = self.recording.lock().await;
        self.check_lease()?;
        // After a correction in the meantime, what was read back tells of the call before it.
        let is_as_read = self
            .receipt(receipt.wrap_up_id)
            .is_some_and(|now| now.steps == receipt.steps && now.discarded == receipt.discarded);
        if !is_as_read {
            return Ok(());
        }
        self.store.put_receipt(&receipt).await?;
        let mut state = self.state();
        let mut receipts = state.receipts.iter_mut();
        if let Some(stored) = receipts.find(|stored| stored.wrap_up_id == receipt.wrap_up_id) {
            *stored = receipt;
        }
        drop(state);
        self.changed();
        Ok(())
    }
}

/// Whether there is a call to read back.
pub(crate) fn is_to_be_read_back(receipt: &ReceiptRecord) -> bool {
    receipt.verification == Verification::Pending
        && receipt.call_id().is_some()
        && receipt
            .steps
            .iter()
            .any(|(kind, _)| *kind == StepKind::LogCall)
}

/// When the call began, as far as it is known.
fn began_at(receipt: &ReceiptRecord) -> Timestamp {
    receipt.started_at.unwrap_or(receipt.saved_at)
}
