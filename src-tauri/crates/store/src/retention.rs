//! How long something has been stored, by a clock that a wrong wall clock cannot hurry.
//!
//! Why: the computer's clock may be wrong for one start, by years. If receipts were judged by it,
//! that one start would erase them all.
//!
//! How: an age of the folder is counted, which grows by what the wall clock says to have passed
//! between starts. A pause longer than [`PAUSE_S_MAX`], or a step back, cannot be told from a clock
//! that jumped: it counts for nothing, unless the next start agrees with it. When a record was
//! written is told by its revision, so its own times, which may be wrong too, are not used.
//!
//! Promises: one start with a clock that jumped, in either direction, erases nothing and hurries
//! nothing; several in a row hurry what is erased later by at most [`PAUSE_S_MAX`] a start. A long
//! holiday only keeps things longer.

use clock::Timestamp;
use serde::{Deserialize, Serialize};

/// The longest pause between two starts that is counted: a long weekend.
const PAUSE_S_MAX: i64 = 4 * DAY_S;
const DAY_S: i64 = 24 * 3_600;
/// How far apart two marks of the same folder are at least.
const MARKS_APART_S: i64 = DAY_S / 2;
/// More than twice the longest retention in days: beyond it the oldest go.
const MARKS_MAX: usize = 800;

/// The folder's age, and what had been written at which age.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FolderAge {
    age_s: i64,
    /// The last reading of the wall clock that was in line with the readings before it.
    trusted_at: Timestamp,
    /// A later reading that was not.
    #[serde(default)]
    suspect_at: Option<Timestamp>,
    /// In the order in which they were made.
    marks: Vec<AgeMark>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct AgeMark {
    age_s: i64,
    revision: u64,
}

impl FolderAge {
    /// The age of a folder in which nothing was ever counted.
    pub(crate) fn new(now: Timestamp) -> Self {
        Self {
            age_s: 0,
            trusted_at: now,
            suspect_at: None,
            marks: Vec::new(),
        }
    }

    /// Counts the time since the last start. `revision` is the folder's newest.
    pub(crate) fn count(&mut self, now: Timestamp, revision: u64) {
        if !self.is_in_line(now)
            && let Some(suspect_at) = self.suspect_at.filter(|suspect_at| *suspect_at <= now)
        {
            // Two starts agree, so it was a long pause, or the clock was corrected.
            let pause_s = seconds_between(self.trusted_at, suspect_at);
            self.age_s += pause_s.clamp(0, PAUSE_S_MAX);
            self.trusted_at = suspect_at;
        }
        if self.is_in_line(now) {
            self.age_s += seconds_between(self.trusted_at, now);
            self.trusted_at = now;
            self.suspect_at = None;
        } else {
            self.suspect_at = Some(now);
        }
        let last = self.marks.last();
        if last.is_none_or(|last| self.age_s - last.age_s >= MARKS_APART_S) {
            self.marks.push(AgeMark {
                age_s: self.age_s,
                revision,
            });
        }
        let surplus = self.marks.len().saturating_sub(MARKS_MAX);
        self.marks.drain(..surplus);
    }

    fn is_in_line(&self, now: Timestamp) -> bool {
        (0..=PAUSE_S_MAX).contains(&seconds_between(self.trusted_at, now))
    }

    /// The newest revision that has been stored for at least `days`. Marks before it are not needed
    /// any more and are dropped.
    pub(crate) fn kept_for(&mut self, days: u32) -> Option<u64> {
        let before_s = self.age_s - i64::from(days) * DAY_S;
        let is_old = |mark: &AgeMark| mark.age_s <= before_s;
        let newest = self.marks.iter().rposition(is_old)?;
        self.marks.drain(..newest);
        self.marks.first().map(|mark| mark.revision)
    }
}

fn seconds_between(from: Timestamp, to: Timestamp) -> i64 {
    to.duration_since(from).as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + number * DAY_S).unwrap()
    }

    /// Started on each of these days; revision 1 is written before the first start's count.
    fn started(days: &[i64]) -> FolderAge {
        let mut age = FolderAge::new(day(days[0]));
        for (revision, number) in (1..).zip(days) {
            age.count(day(*number), revision);
        }
        age
    }

    #[test]
    fn what_is_as_old_as_the_retention_goes_and_nothing_younger() {
        let mut daily = started(&[0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(daily.kept_for(8), None);
        assert_eq!(daily.clone().kept_for(7), Some(1));
        assert_eq!(daily.kept_for(3), Some(5));
        assert_eq!(daily.marks.len(), 4, "what is over is not remembered");
    }

    #[test]
    fn a_clock_that_jumps_ahead_and_back_counts_for_nothing() {
        let mut ahead = started(&[0, 1, 401]);
        assert_eq!(ahead.age_s, DAY_S);
        assert_eq!(ahead.kept_for(2), None);
        let back = started(&[0, 1, 401, 2, 3]);
        assert_eq!(back.age_s, 3 * DAY_S);
        let before = started(&[0, 1, -9_000, 2]);
        assert_eq!(before.age_s, 2 * DAY_S);
        let for_days = started(&[0, 1, 401, 402, 403, 2, 3]);
        assert_eq!(for_days.age_s, PAUSE_S_MAX + 4 * DAY_S);
    }

    #[test]
    fn a_holiday_keeps_things_longer_and_not_for_ever() {
        assert_eq!(started(&[0, 30]).age_s, 0);
        assert_eq!(started(&[0, 30, 31]).age_s, PAUSE_S_MAX + DAY_S);
        // Started once a week.
        let weekly: Vec<i64> = (0..20).map(|week| week * 7).collect();
        assert_eq!(started(&weekly).age_s, 18 * PAUSE_S_MAX);
        assert_eq!(started(&weekly).kept_for(30), Some(12));
    }

    #[test]
    fn marks_do_not_grow_for_ever() {
        let days: Vec<i64> = (0..2_000).collect();
        assert_eq!(started(&days).marks.len(), MARKS_MAX);
        let mut often = FolderAge::new(day(0));
        for revision in 0..100 {
            often.count(day(0), revision);
        }
        assert_eq!(often.marks.len(), 1);
    }
}
