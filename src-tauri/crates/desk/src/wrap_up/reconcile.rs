//! Whether something is in Apollo although its reply was lost, judged from what a search returned.
//!
//! **The rule for a call.** A record that carries our wrap-up id as `call_identifier` is ours. A
//! record with another identifier never is. A record without any (Apollo may drop the field) is
//! ours if user, contact, start time to the second and duration all agree, and no other wrap-up has
//! claimed it.
//!
//! How it could be fooled, and how it is not:
//! - *Two real calls to one person in a minute.* One rep has one call at a time, so two calls never
//!   start in the same second, and the start decides.
//! - *Two calls whose times a rep corrected to the same second and length.* Both match one record;
//!   the first claims it, the second finds none, is sent, and there are two, as there should be.
//! - *The same call logged by hand in Apollo, or by another tool.* Its start differs in its seconds
//!   or its length; should both agree, user and contact too, then it is this call, and a second
//!   record would be the duplicate.
//! - *A wrong clock.* The start is compared with what we sent, not with when Apollo got it, so an
//!   error of the clock is on both sides.
//! - *An index that lags.* Absence counts only after [`SETTLING_TIME_MS`] by a clock that cannot be
//!   set, counted anew after a restart.
//! - *A search that was cut short*, or a row that could not be read: absence does not count at all.
//!
//! **The rule for a callback.** An open call task of the rep, for the contact or account, due at the
//! very second, made by the rep, and claimed by no other wrap-up, is ours. Handset gives each callback
//! a second of its own inside the minute that the rep chose, so that two of them for one person at one
//! time can be told apart. Should Apollo keep no seconds (nobody has said), the minute's beginning
//! counts as well. Where it does keep them, that may be a callback made by hand for the same person
//! and minute; then one is enough.
//!
//! In both rules: while another wrap-up that would match the same record is on its way at that very
//! moment, nothing is judged; two look-ups never claim the same record.
//!
//! Must never: say *absent* on a search that was cut short.

use apollo::{
    ids::{CallId, TaskId},
    types::{PhoneCall, Task},
};
use clock::Timestamp;
use jiff::{civil::Date, tz::TimeZone};

use super::{CallWork, WrapUp};

/// How long Apollo's index is given to show a record before its absence counts.
pub const SETTLING_TIME_MS: i64 = 45_000;

const SECONDS_PER_MINUTE: i64 = 60;

/// What a search says about a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict<Id> {
    Present(Id),
    Absent,
    /// Not there yet, and too early or too partial to count.
    Unclear,
}

/// What was read, and whether its silence counts.
#[derive(Debug)]
pub struct Search<'a, Row> {
    pub found: &'a [Row],
    /// Every row that could match was read.
    pub is_whole: bool,
    /// The index has had its time.
    pub is_settled: bool,
}

// Derived, it would ask the rows to be copied.
impl<Row> Clone for Search<'_, Row> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Row> Copy for Search<'_, Row> {}

impl<Row> Search<'_, Row> {
    fn verdict<Id>(&self, ours: Option<Id>) -> Verdict<Id> {
        match ours {
            Some(id) => Verdict::Present(id),
            None if self.is_whole && self.is_settled => Verdict::Absent,
            None => Verdict::Unclear,
        }
    }
}

/// Judges the call records found for the rep and dates of `call`.
pub fn judge_call(
    wrap_up: &WrapUp,
    call: &CallWork,
    search: Search<'_, PhoneCall>,
    claimed_elsewhere: &dyn Fn(&CallId) -> bool,
) -> Verdict<CallId> {
    let identifier = wrap_up.id.to_string();
    let by_identifier = search
        .found
        .iter()
        .find(|record| record.call_identifier.as_deref() == Some(identifier.as_str()));
    let ours = by_identifier.or_else(|| {
        search.found.iter().find(|record| {
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
    search.verdict(ours.map(|record| record.id.clone()))
}

/// Judges the open tasks found for the contact of `call`.
pub fn judge_callback(
    wrap_up: &WrapUp,
    call: &CallWork,
    search: Search<'_, Task>,
    claimed_elsewhere: &dyn Fn(&TaskId) -> bool,
) -> Verdict<TaskId> {
    let rep = wrap_up.rep.id();
    let is_alike = |task: &Task| {
        task.kind.is_call()
            && task.id != wrap_up.task_id
            && task.user_id.as_ref() == Some(rep)
            && task
                .creator_id
                .as_ref()
                .is_none_or(|creator| creator == rep)
            && task.contact_id == call.contact_id
            && (call.contact_id.is_some() || task.account_id == call.account_id)
            && !claimed_elsewhere(&task.id)
    };
    let due_s = call.after.callback_at.map(Timestamp::as_second);
    let minute_s = due_s.map(|second| second - second.rem_euclid(SECONDS_PER_MINUTE));
    let due_at = |second: Option<i64>| {
        let mut alike = search.found.iter().filter(|task| is_alike(task));
        alike.find(|task| task.due_at.map(Timestamp::as_second) == second)
    };
    let ours = due_at(due_s).or_else(|| due_at(minute_s));
    search.verdict(ours.map(|task| task.id.clone()))
}

/// The dates to search: a day wider on each side, since Apollo does not say whose zone its dates
/// are in (Apollo docs: Search for calls, `date_range`).
pub fn search_dates(from: Timestamp, to: Timestamp) -> (Date, Date) {
    let date = |at: Timestamp| TimeZone::UTC.to_datetime(at).date();
    (
        date(from).yesterday().unwrap_or(Date::MIN),
        date(to).tomorrow().unwrap_or(Date::MAX),
    )
}
