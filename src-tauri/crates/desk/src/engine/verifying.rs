//! Reading back with what the budget leaves over.
//!
//! Promises: one search for many receipts; nothing is read while nothing waits to be read back.
//! Must never: compete with a wrap-up or the rep.

use apollo::types::PhoneCall;
use clock::Timestamp;
use tracing::{info, warn};

use super::Engine;
use crate::{
    ports::{StoreError, Urgency},
    wrap_up::{
        ReceiptRecord, Remembered, StepKind, VERIFY_AFTER_MS, Verification, search_dates, verify,
    },
};

/// So many receipts are worth a search at once.
const VERIFY_TOGETHER: usize = 25;
/// So long a receipt waits for others to be read back with it.
const VERIFY_TOGETHER_MS: i64 = 5 * 60_000;
/// Receipts older than this are not read back any more.
const VERIFY_AGE_MS_MAX: i64 = 3 * 24 * 3_600_000;
/// Pages that are read at once: left-over budget is little.
const VERIFY_PAGES_MAX: u32 = 5;

impl Engine {
    /// Reads back what is due to be read back; does nothing when nothing is.
    pub async fn verify(&self) {
        let now = self.clock.now();
        let due = self.due_for_verification(now);
        let Some((first, last)) = span(&due) else {
            return;
        };
        let Some(user) = due.first().map(|receipt| receipt.user_id.clone()) else {
            return;
        };
        let (from, to) = search_dates(first, last);
        let mut found: Vec<PhoneCall> = Vec::new();
        let mut is_whole = true;
        for number in 1..=VERIFY_PAGES_MAX {
            let answer = self
                .apollo
                .calls_of(&user, from, to, number, Urgency::Verification)
                .await;
            let page = match answer {
                Ok(page) => page,
                Err(error) => {
                    info!(%error, "could not be read back now");
                    return;
                }
            };
            let has_more = page.next_page().is_some();
            is_whole &= page.dropped_rows == 0 && !(has_more && number == VERIFY_PAGES_MAX);
            found.extend(page.rows);
            let all_found = due
                .iter()
                .all(|receipt| found.iter().any(|call| receipt.is_of(call)));
            if !has_more || all_found {
                break;
            }
        }
        for receipt in due.into_iter().filter(|receipt| receipt.user_id == user) {
            let verification = self.judge(&receipt, &found, is_whole, now);
            if verification == receipt.verification {
                continue;
            }
            match &verification {
                Verification::Verified { .. } | Verification::Pending => {}
                other => warn!(wrap_up = %receipt.wrap_up_id, ?other, "not as it was sent"),
            }
            let receipt = ReceiptRecord {
                verification,
                ..receipt
            };
            if let Err(error) = self.keep_verification(receipt).await {
                warn!(%error, "what was read back could not be kept");
                return;
            }
        }
    }

    fn judge(
        &self,
        receipt: &ReceiptRecord,
        found: &[PhoneCall],
        is_whole: bool,
        now: Timestamp,
    ) -> Verification {
        let state = self.state();
        let content = state.remembered.get(&receipt.wrap_up_id);
        let remembered = Remembered {
            contact_id: content.and_then(|content| content.contact_id.as_ref()),
            result: content.map(|content| &content.result),
        };
        verify(receipt, remembered, found, is_whole, now)
    }

    /// The receipts of one rep that a search would be worth.
    fn due_for_verification(&self, now: Timestamp) -> Vec<ReceiptRecord> {
        let age_ms = |receipt: &ReceiptRecord| now.duration_since(receipt.done_at()).as_millis();
        let waiting: Vec<_> = self
            .state()
            .receipts
            .iter()
            .filter(|receipt| is_to_be_read_back(receipt))
            .filter(|receipt| {
                let age_ms = age_ms(receipt);
                age_ms >= i128::from(VERIFY_AFTER_MS) && age_ms <= i128::from(VERIFY_AGE_MS_MAX)
            })
            .cloned()
            .collect();
        let is_worth_it = waiting.len() >= VERIFY_TOGETHER
            || waiting
                .iter()
                .any(|receipt| age_ms(receipt) >= i128::from(VERIFY_TOGETHER_MS));
        if is_worth_it { waiting } else { Vec::new() }
    }

    /// Keeps what reading back said, unless the receipt has gone back into the outbox.
    pub(super) async fn keep_verification(&self, receipt: ReceiptRecord) -> Result<(), StoreError> {
        let _one_at_a_time = self.recording.lock().await;
        // Put right in the meantime: what was read back is of what it was before.
        let is_as_read = self
            .receipt(receipt.wrap_up_id)
            .is_some_and(|kept| kept.steps == receipt.steps && kept.discarded == receipt.discarded);
        if !is_as_read {
            return Ok(());
        }
        self.store.put_receipt(&receipt).await?;
        let mut state = self.state();
        let mut kept = state.receipts.iter_mut();
        if let Some(kept) = kept.find(|kept| kept.wrap_up_id == receipt.wrap_up_id) {
            *kept = receipt;
        }
        drop(state);
        (self.on_change)();
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

/// When the first and the last of the calls began.
fn span(receipts: &[ReceiptRecord]) -> Option<(Timestamp, Timestamp)> {
    let starts = receipts
        .iter()
        .map(|receipt| receipt.started_at.unwrap_or(receipt.saved_at));
    Some((starts.clone().min()?, starts.max()?))
}
