//! Whether a call is in Apollo, judged from what its call search returned.
//!
//! The rule. A record is ours if it carries our wrap-up id as `call_identifier`. A record with
//! another identifier is never ours. A record without any (Apollo may drop the field) is ours if
//! user, contact, start time to the second and duration all agree and no other wrap-up has claimed
//! it. Two real calls to one person in a minute cannot be confused: one rep has one call at a
//! time, so they do not start in the same second.
//!
//! Absence counts only when the whole search was read and Apollo's index has had time to settle.
//! Must never: say *absent* on a search that was cut short.

use apollo::{ids::CallId, types::PhoneCall};
use clock::Timestamp;
use jiff::{civil::Date, tz::TimeZone};

use super::{CallWork, WrapUp};

/// How long Apollo's index is given to show a call before its absence counts.
pub const SETTLING_TIME_MS: i64 = 45_000;

/// What a search says about a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Present(CallId),
    Absent,
    /// Not there yet, and too early or too partial to count.
    Unclear,
}

/// Judges the records found for the rep and dates of `call`.
pub fn judge(
    wrap_up: &WrapUp,
    call: &CallWork,
    found: &[PhoneCall],
    whole_search_read: bool,
    settled: bool,
    claimed_elsewhere: &dyn Fn(&CallId) -> bool,
) -> Verdict {
    let identifier = wrap_up.id.to_string();
    let by_identifier = found
        .iter()
        .find(|record| record.call_identifier.as_deref() == Some(identifier.as_str()));
    let ours = by_identifier.or_else(|| {
        found.iter().find(|record| {
            record.call_identifier.is_none()
                && record.user_id.as_ref() == Some(wrap_up.rep.id())
                && record.contact_id == call.contact_id
                && record
                    .start_time
                    .is_some_and(|start| start.as_second() == call.started_at.as_second())
                && record.duration_s == Some(call.duration_s())
                && !claimed_elsewhere(&record.id)
        })
    });
    match ours {
        Some(record) => Verdict::Present(record.id.clone()),
        None if whole_search_read && settled => Verdict::Absent,
        None => Verdict::Unclear,
    }
}

/// The dates to search: a day wider on each side, since Apollo does not say whose zone its dates
/// are in (Apollo docs: Search for calls, `date_range`).
pub fn search_dates(call: &CallWork) -> (Date, Date) {
    let date = |at: Timestamp| TimeZone::UTC.to_datetime(at).date();
    (
        date(call.started_at).yesterday().unwrap_or(Date::MIN),
        date(call.ended_at).tomorrow().unwrap_or(Date::MAX),
    )
}
