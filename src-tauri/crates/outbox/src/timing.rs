//! When the outbox tries again, and when it first searches.

use clock::Timestamp;
use domain::wrap_up::{Event, StepKind, UnknownBecause};

/// How soon Apollo is first searched for what may have been sent.
const FIRST_LOOK_UP_MS: i64 = 2_000;

/// The event of a reply that will not come any more.
pub(crate) fn lost_at(now: Timestamp, kind: StepKind, because: UnknownBecause) -> Event {
    let look_at = if kind.is_idempotent() {
        now
    } else {
        after(now, FIRST_LOOK_UP_MS)
    };
    Event::ReplyLost {
        at: now,
        look_at,
        because,
    }
}

pub(crate) fn after(now: Timestamp, wait_ms: i64) -> Timestamp {
    now.saturating_add(jiff::SignedDuration::from_millis(wait_ms))
        .unwrap_or(Timestamp::MAX)
}
