//! Reading back: does Apollo hold what the receipt says?
//!
//! Promises: what is gone or different is reported and never overwritten; the absence of a record
//! counts only in a search that was read whole, a while after it was acknowledged. Must never:
//! send anything.

use apollo::{
    ids::{CallId, ContactId},
    types::PhoneCall,
};
use clock::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CallResult, ReceiptRecord, StepKind};

/// How long after its acknowledgement a call is read back: the index needs a while.
pub const VERIFY_AFTER_MS: i64 = 60_000;
/// How long after its acknowledgement a call that is not found counts as gone.
pub const MISSING_AFTER_MS: i64 = 10 * 60_000;

/// What reading back found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Verification {
    /// Not read back yet.
    #[default]
    Pending,
    /// Apollo holds it as it was sent.
    Verified { at: Timestamp },
    /// Apollo holds it, and these parts are not what was sent: somebody changed them there.
    Differs {
        at: Timestamp,
        parts: Vec<Difference>,
    },
    /// Apollo holds it more than once: these are the records.
    Doubled { at: Timestamp, calls: Vec<CallId> },
    /// Apollo no longer holds it.
    Missing { at: Timestamp },
}

/// A part of a logged call that is not as it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    Rep,
    Contact,
    Outcome,
    Purpose,
    Note,
    Start,
    Duration,
}

/// What this run still remembers of the content, which is not on disk any more.
#[derive(Clone, Copy, Default)]
pub struct Remembered<'a> {
    pub contact_id: Option<&'a ContactId>,
    pub result: Option<&'a CallResult>,
}

/// Judges one receipt by the calls that a search returned.
pub fn verify(
    receipt: &ReceiptRecord,
    remembered: Remembered<'_>,
    found: &[PhoneCall],
    is_whole: bool,
    claimed_elsewhere: &dyn Fn(&CallId) -> bool,
    now: Timestamp,
) -> Verification {
    let Some(record) = found.iter().find(|call| receipt.is_of(call)) else {
        let age_ms = now.duration_since(receipt.done_at()).as_millis();
        return if is_whole && age_ms >= i128::from(MISSING_AFTER_MS) {
            Verification::Missing { at: now }
        } else {
            Verification::Pending
        };
    };
    let twins = found.iter().filter(|other| {
        other.id != record.id && is_twin(receipt, record, other) && !claimed_elsewhere(&other.id)
    });
    let twins: Vec<CallId> = twins.map(|twin| twin.id.clone()).collect();
    if !twins.is_empty() {
        let mut calls = vec![record.id.clone()];
        calls.extend(twins);
        return Verification::Doubled { at: now, calls };
    }
    let mut parts = Vec::new();
    let mut compare = |part, is_same: bool| {
        if !is_same {
            parts.push(part);
        }
    };
    compare(
        Difference::Rep,
        record.user_id.as_ref() == Some(&receipt.user_id),
    );
    // The receipt names the corrected result, even where the correction was given up.
    let was_sent = !receipt
        .discarded
        .as_ref()
        .is_some_and(|discarded| discarded.steps.contains(&StepKind::CorrectCall));
    compare(
        Difference::Outcome,
        !was_sent || record.outcome_id == receipt.outcome_id,
    );
    // Apollo may fill in a purpose of its own.
    compare(
        Difference::Purpose,
        !was_sent || receipt.purpose_id.is_none() || record.purpose_id == receipt.purpose_id,
    );
    if let Some(started_at) = receipt.started_at {
        let same = |start: Timestamp| start.as_second() == started_at.as_second();
        compare(Difference::Start, record.start_time.is_none_or(same));
    }
    if let Some(duration_s) = receipt.duration_s {
        let same = |theirs: u32| theirs == duration_s;
        compare(Difference::Duration, record.duration_s.is_none_or(same));
    }
    if let Some(contact_id) = remembered.contact_id {
        compare(
            Difference::Contact,
            record.contact_id.as_ref() == Some(contact_id),
        );
    }
    if let Some(result) = remembered.result.filter(|_| was_sent) {
        let ours = result.note_as_sent().unwrap_or_default();
        let theirs = record.note.as_deref().unwrap_or_default();
        compare(Difference::Note, ours.trim() == theirs.trim());
    }
    if parts.is_empty() {
        Verification::Verified { at: now }
    } else {
        Verification::Differs { at: now, parts }
    }
}

/// Whether `other` is the same call as `record` once more: it carries our identifier, or it carries
/// none and tells of the same call in everything that cannot be the same by chance.
fn is_twin(receipt: &ReceiptRecord, record: &PhoneCall, other: &PhoneCall) -> bool {
    let identifier = receipt.wrap_up_id.to_string();
    if let Some(theirs) = other.call_identifier.as_deref() {
        return theirs == identifier;
    }
    let second = |call: &PhoneCall| call.start_time.map(Timestamp::as_second);
    second(other).is_some()
        && second(other) == second(record)
        && other.user_id == record.user_id
        && other.contact_id == record.contact_id
        && other.duration_s == record.duration_s
}
