//! How far Apollo's searches lag behind its records, as far as this run has seen, and when the
//! silence of a search counts.
//!
//! A new record shows up in a search after a delay of unknown length (Apollo docs: reference section
//! 7.3). So silence counts only when the search already shows a record of this run that was made
//! after the one in question, or after a time that grows with the longest delay seen.
//!
//! Promises: by elapsed time alone, which nobody can set; what earlier runs have waited counts, the
//! time between runs does not. Must never: let a request that left in an earlier run be judged by a
//! newer record of this one.

use std::time::Duration;

use apollo::{
    ids::{CallId, UserId},
    types::PhoneCall,
};
use clock::Timestamp;
use jiff::{civil::Date, tz::TimeZone};

/// How long after its sender gave it up Apollo may still work on a request.
const PROCESSING: Duration = Duration::from_secs(15);
/// The least time before silence counts, once a newer record is there.
const SETTLING: Duration = Duration::from_secs(45);
/// The least time before silence counts without that.
const SETTLING_ALONE: Duration = Duration::from_mins(5);
/// The longest delay that is believed: a record that does not show for longer was removed.
const LONGEST_MAX: Duration = Duration::from_mins(10);
/// Records whose appearance is waited for; the oldest are let go.
const AWAITED_MAX: usize = 64;

/// Since when the fate of a step is unknown to this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownSince {
    /// Elapsed time of this run.
    at: Duration,
    /// How long it was unknown in earlier runs; none if its request left in this one.
    before: Option<Duration>,
}

impl UnknownSince {
    /// Its request left in this run.
    pub fn in_this_run(elapsed: Duration) -> Self {
        Self {
            at: elapsed,
            before: None,
        }
    }

    /// Its request left in an earlier run, and was unknown for `waited_ms` then.
    pub fn in_earlier_run(waited_ms: u64, elapsed: Duration) -> Self {
        Self {
            at: elapsed,
            before: Some(Duration::from_millis(waited_ms)),
        }
    }

    /// How long it has been unknown, in all runs.
    pub fn unknown_for(self, elapsed: Duration) -> Duration {
        elapsed.saturating_sub(self.at) + self.before.unwrap_or_default()
    }
}

/// What this run has seen.
#[derive(Clone, Debug, Default)]
pub struct IndexLag {
    awaited: Vec<Awaited>,
    longest: Duration,
    newest_shown: Option<Duration>,
}

#[derive(Clone, Debug)]
struct Awaited {
    id: CallId,
    user: UserId,
    started_at: Timestamp,
    acknowledged_at: Duration,
}

impl IndexLag {
    /// Apollo acknowledged a record of `user`, of a call that began at `started_at`.
    pub fn acknowledged(
        &mut self,
        id: CallId,
        user: UserId,
        started_at: Timestamp,
        elapsed: Duration,
    ) {
        if self.awaited.len() == AWAITED_MAX {
            self.awaited.remove(0);
        }
        self.awaited.push(Awaited {
            id,
            user,
            started_at,
            acknowledged_at: elapsed,
        });
    }

    /// A search of `users` between `dates` (see [`super::search_dates`]) that was read whole began at
    /// `elapsed`.
    pub fn searched(
        &mut self,
        users: &[UserId],
        dates: (Date, Date),
        found: &[PhoneCall],
        elapsed: Duration,
    ) {
        let (longest, newest) = (&mut self.longest, &mut self.newest_shown);
        self.awaited.retain(|awaited| {
            // The outermost days are asked for because it is not known whose zone they are in.
            let day = TimeZone::UTC.to_datetime(awaited.started_at).date();
            let is_asked_for = users.contains(&awaited.user) && dates.0 < day && day < dates.1;
            if !is_asked_for || awaited.acknowledged_at > elapsed {
                return true;
            }
            let is_shown = found.iter().any(|call| call.id == awaited.id);
            if is_shown {
                *newest = (*newest).max(Some(awaited.acknowledged_at));
                return false;
            }
            let delay = elapsed.saturating_sub(awaited.acknowledged_at);
            *longest = (*longest).max(delay.min(LONGEST_MAX));
            delay < LONGEST_MAX
        });
    }

    /// A record whose reply was lost showed up, and was still missing in a search `lag` after that.
    pub fn showed_after(&mut self, lag: Duration) {
        self.longest = self.longest.max(lag.min(LONGEST_MAX));
    }

    /// Whether the silence of a search that begins at `elapsed` counts.
    pub fn is_settled(&self, since: UnknownSince, elapsed: Duration) -> bool {
        let unknown_for = since.unknown_for(elapsed);
        let newer_is_shown = since.before.is_none()
            && self
                .newest_shown
                .is_some_and(|shown| shown >= since.at + PROCESSING);
        let needed = if newer_is_shown {
            SETTLING.max(self.longest.saturating_mul(2))
        } else {
            SETTLING_ALONE.max(self.longest.saturating_mul(3))
        };
        unknown_for >= needed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    fn since(at: Duration) -> UnknownSince {
        UnknownSince::in_this_run(at)
    }

    fn rep() -> UserId {
        "rep".into()
    }

    /// Noon of a day, and the dates that are asked for a call of that day.
    fn noon() -> Timestamp {
        "2026-11-24T12:00:00Z".parse().unwrap()
    }

    fn dates() -> (Date, Date) {
        super::super::search_dates(noon(), noon())
    }

    fn searched(lag: &mut IndexLag, found: &[PhoneCall], elapsed: Duration) {
        lag.searched(&[rep()], dates(), found, elapsed);
    }

    #[test]
    fn silence_alone_counts_only_after_a_long_time() {
        let lag = IndexLag::default();
        assert!(!lag.is_settled(since(second(0)), second(299)));
        assert!(lag.is_settled(since(second(0)), second(300)));
    }

    #[test]
    fn a_newer_record_that_is_shown_makes_silence_count_sooner_and_an_older_one_does_not() {
        let mut lag = IndexLag::default();
        lag.acknowledged("older".into(), rep(), noon(), second(3));
        searched(&mut lag, &[PhoneCall::with_id("older")], second(50));
        assert!(!lag.is_settled(since(second(0)), second(60)));

        lag.acknowledged("newer".into(), rep(), noon(), second(20));
        searched(&mut lag, &[PhoneCall::with_id("newer")], second(50));
        assert!(!lag.is_settled(since(second(0)), second(44)));
        assert!(lag.is_settled(since(second(0)), second(50)));
        let earlier_run = UnknownSince::in_earlier_run(0, second(0));
        assert!(!lag.is_settled(earlier_run, second(50)));
        assert!(lag.is_settled(earlier_run, second(300)));
        let waited_before = UnknownSince::in_earlier_run(200_000, second(0));
        assert!(!lag.is_settled(waited_before, second(99)));
        assert!(lag.is_settled(waited_before, second(100)));
    }

    #[test]
    fn the_wait_grows_with_the_longest_delay_that_was_seen() {
        let mut lag = IndexLag::default();
        lag.acknowledged("slow".into(), rep(), noon(), second(10));
        lag.searched(&["colleague".into()], dates(), &[], second(400));
        let week_later = noon() + jiff::SignedDuration::from_hours(7 * 24);
        let other_days = super::super::search_dates(week_later, week_later);
        lag.searched(&[rep()], other_days, &[], second(400));
        assert!(lag.is_settled(since(second(0)), second(400)), "not asked");
        searched(&mut lag, &[], second(190));
        assert!(!lag.is_settled(since(second(0)), second(400)));
        assert!(lag.is_settled(since(second(0)), second(540)));
    }

    #[test]
    fn what_is_awaited_is_bounded() {
        let mut lag = IndexLag::default();
        for number in 0..1_000_u32 {
            let id = format!("call-{number}");
            lag.acknowledged(id.as_str().into(), rep(), noon(), second(0));
        }
        assert_eq!(lag.awaited.len(), AWAITED_MAX);
    }

    #[test]
    fn a_record_that_somebody_removed_does_not_make_silence_worthless() {
        let mut lag = IndexLag::default();
        lag.acknowledged("removed".into(), rep(), noon(), second(0));
        searched(&mut lag, &[], second(90_000));
        assert!(lag.is_settled(since(second(0)), second(1_800)));
        searched(&mut lag, &[], second(90_001));
        assert!(lag.awaited.is_empty());
    }
}
