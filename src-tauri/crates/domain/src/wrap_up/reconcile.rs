//! Whether something is in Apollo although its reply was lost, judged from what a search returned.
//!
//! **Three answers.** A record is *the same*, *near*, or *another*. A field that is missing on either
//! side contradicts nothing. A record is never taken for another because of what it lacks, and one
//! that is near is never taken for ours, nor for absent: a person decides.
//!
//! **The rule for a call.** A record that carries our wrap-up id as `call_identifier` is ours; one
//! with another identifier, or one that another wrap-up has claimed, never is. Otherwise (Apollo may
//! drop the field) the start decides, to the second, since one rep has one call at a time:
//! - same start, and neither the user, the contact, the number nor the length contradicts: ours. The
//!   key's own user counts as the rep here: whoever's name Apollo left out is credited to the key.
//! - same start, and one of contact, number and length contradicts: near. Contacts are merged, lengths
//!   are counted anew. (Not where it is credited to the key, as anybody's call may be.)
//! - no start, and the rest agrees: near.
//! - another start, somebody else's, or two contradictions: another.
//!
//! How it could be fooled, and how it is not:
//! - *Two real calls to one person in a minute.* They do not start in the same second.
//! - *Two calls whose times a rep corrected to the same second and length.* Both match one record;
//!   the first claims it, the second finds none, is sent, and there are two, as there should be.
//! - *The same call logged by hand in Apollo, or by another tool.* Its start differs in its seconds;
//!   should it agree, then it is this call, and a second record would be the duplicate.
//! - *A wrong clock.* The start is compared with what we sent, not with when Apollo got it, so an
//!   error of the clock is on both sides.
//! - *An index that lags*, for however long: see [`super::IndexLag`].
//! - *A search that was cut short*, or a row that could not be read: absence does not count at all.
//!
//! **The rule for a callback.** An open call task of the rep, for the contact or account, due at the
//! very second, made by the rep or by the key's user (Apollo's document knows no creator in the
//! request), and claimed by no other wrap-up, is ours; one that somebody else made is near. Handset
//! gives each callback a second of its own inside the minute that the rep chose, so that two of them
//! for one person at one time can be told apart. Whether Apollo stores seconds is not known, so the
//! minute's beginning counts as well. Where it does store them, that may be a callback made by hand
//! for the same person and minute; then one is enough.
//!
//! In both rules: while another wrap-up that would match the same record is on its way at that very
//! moment, nothing is judged; two look-ups never claim the same record.
//!
//! Must never: say *absent* on a search that was cut short.

use apollo::{
    ids::{AccountId, CallId, ContactId, TaskId, UserId},
    types::{PhoneCall, Task},
};
use clock::Timestamp;
use jiff::{civil::Date, tz::TimeZone};

use super::{CallWork, WrapUp};

const SECONDS_PER_MINUTE: i64 = 60;

/// What a search says about a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict<Id> {
    Present(Id),
    /// Only a record that is near: almost the same.
    Near(Id),
    Absent,
    /// Not there yet, and too early or too partial to count.
    Unclear,
}

/// What was read, and whether its silence counts.
#[derive(Debug)]
pub struct Search<'a, Row> {
    pub found: &'a [Row],
    /// The user whom the key acts as, if known.
    pub key_user: Option<&'a UserId>,
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
    fn verdict<Id>(&self, same: Option<Id>, near: Option<Id>) -> Verdict<Id> {
        match (same, near) {
            (Some(id), _) => Verdict::Present(id),
            (None, _) if !(self.is_whole && self.is_settled) => Verdict::Unclear,
            (None, Some(id)) => Verdict::Near(id),
            (None, None) => Verdict::Absent,
        }
    }

    /// Whether a record that names `user` may be the rep's.
    fn is_of(&self, rep: &UserId, user: Option<&UserId>) -> bool {
        user.is_none_or(|user| user == rep || Some(user) == self.key_user)
    }
}

/// How a record of Apollo's compares with what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    Same,
    Near,
    Another,
}

/// How two values compare of which either may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Equal,
    Missing,
    Contradicts,
}

fn compare<T: PartialEq>(ours: Option<&T>, theirs: Option<&T>) -> Field {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) if ours == theirs => Field::Equal,
        (Some(_), Some(_)) => Field::Contradicts,
        _ => Field::Missing,
    }
}

/// The digits of a number, since Apollo stores it as it likes.
fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// How a call record compares with the call of a wrap-up, leaving claims aside.
pub fn likeness_of_call(
    wrap_up: &WrapUp,
    call: &CallWork,
    record: &PhoneCall,
    key_user: Option<&UserId>,
) -> Likeness {
    match record.call_identifier.as_deref() {
        Some(identifier) if identifier == wrap_up.id.to_string() => return Likeness::Same,
        Some(_) => return Likeness::Another,
        None => {}
    }
    let rep = wrap_up.rep.id();
    let is_of = |user: &UserId| user == rep || Some(user) == key_user;
    if !record.user_id.as_ref().is_none_or(is_of) {
        return Likeness::Another;
    }
    let second = |at: Timestamp| at.as_second();
    let start = compare(
        Some(&second(call.started_at)),
        record.start_time.map(second).as_ref(),
    );
    let length = compare(Some(&call.duration_s()), record.duration_s.as_ref());
    let contact = compare(call.contact_id.as_ref(), record.contact_id.as_ref());
    let number = compare(
        call.to_number.as_deref().map(digits).as_ref(),
        record.to_number.as_deref().map(digits).as_ref(),
    );
    let rest = [length, contact, number];
    let count = |wanted| rest.iter().filter(|field| **field == wanted).count();
    let names_rep = record.user_id.as_ref().is_none_or(|user| user == rep);
    match (start, count(Field::Contradicts)) {
        (Field::Equal, 0) => Likeness::Same,
        (Field::Equal, 1) if names_rep => Likeness::Near,
        // Without a start, two things have to speak for it and nothing against it.
        (Field::Missing, 0) if count(Field::Equal) >= 2 => Likeness::Near,
        _ => Likeness::Another,
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
    let free = || {
        let found = search.found.iter();
        found.filter(|record| !claimed_elsewhere(&record.id))
    };
    let find = |wanted| {
        free().find(|record| likeness_of_call(wrap_up, call, record, search.key_user) == wanted)
    };
    let same = by_identifier.or_else(|| find(Likeness::Same));
    let id = |record: &PhoneCall| record.id.clone();
    search.verdict(same.map(id), find(Likeness::Near).map(id))
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
            && task.user_id.as_ref().is_none_or(|user| user == rep)
            && is_for(task, call.contact_id.as_ref(), call.account_id.as_ref())
            && !claimed_elsewhere(&task.id)
    };
    let is_ours = |task: &&Task| search.is_of(rep, task.creator_id.as_ref());
    let due_s = call.after.callback_at.map(Timestamp::as_second);
    let minute_s = due_s.map(|second| second - second.rem_euclid(SECONDS_PER_MINUTE));
    let due_at = |second: Option<i64>| {
        let alike = search.found.iter().filter(|task| is_alike(task));
        alike.filter(move |task| task.due_at.map(Timestamp::as_second) == second)
    };
    let same = due_at(due_s)
        .find(is_ours)
        .or_else(|| due_at(minute_s).find(is_ours));
    let near = due_at(due_s).next();
    let id = |task: &Task| task.id.clone();
    search.verdict(same.map(id), near.map(id))
}

/// Whether a task is for this person, or, where none is named, for this company. A task that names
/// neither contradicts neither.
fn is_for(task: &Task, contact: Option<&ContactId>, account: Option<&AccountId>) -> bool {
    match compare(contact, task.contact_id.as_ref()) {
        Field::Equal => true,
        Field::Contradicts => false,
        Field::Missing => compare(account, task.account_id.as_ref()) != Field::Contradicts,
    }
}

/// The dates to search for a call that began at `from` and was sent until `sent_until`. It is not
/// known whether Apollo's range is of a call's start or of its record's making, so both are in it.
/// It is a day wider on each side, since it is not known whose zone its dates are in (Apollo docs:
/// Search for calls, `date_range`).
pub fn search_dates(from: Timestamp, sent_until: Timestamp) -> (Date, Date) {
    let date = |at: Timestamp| TimeZone::UTC.to_datetime(at).date();
    let (first, last) = (from.min(sent_until), from.max(sent_until));
    (
        date(first).yesterday().unwrap_or(Date::MIN),
        date(last).tomorrow().unwrap_or(Date::MAX),
    )
}
