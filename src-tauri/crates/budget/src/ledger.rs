//! The count of one window of one endpoint: a fixed window that opens at first use.
//!
//! Promises: what is counted is never less than what the server can have counted of our own
//! requests; the server's numbers overwrite ours as soon as they are known to be newer. Must
//! never: read a clock (the caller passes the [`Moment`]).

use std::time::Duration;

use clock::Timestamp;
use serde::{Deserialize, Serialize};

use crate::window::{Limit, Reading, Window};

/// Added to a window's length: the server opens it only when our request arrives.
pub(crate) const EDGE_MARGIN: Duration = Duration::from_secs(2);
/// One in so many permits of hour and day is kept for wrap-ups: 20 of 400, 100 of 2000.
const RESERVE_ONE_IN: u64 = 20;
/// How soon to look again when only requests still on their way fill a window.
const IN_FLIGHT_RECHECK: Duration = Duration::from_secs(1);

/// Now, by both clocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) elapsed: Duration,
    pub(crate) now: Timestamp,
}

impl Moment {
    pub(crate) fn wall_after(&self, wait: Duration) -> Timestamp {
        self.now.saturating_add(wait).unwrap_or(Timestamp::MAX)
    }
}

/// A point to come, by both clocks: whichever gets there first counts, so that neither a sleeping
/// machine (elapsed time stands still) nor a clock set back can hold a window shut.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    elapsed: Duration,
    wall: Timestamp,
}

impl Deadline {
    pub(crate) fn after(moment: &Moment, wait: Duration) -> Self {
        Self {
            elapsed: moment.elapsed.saturating_add(wait),
            wall: moment.wall_after(wait),
        }
    }

    /// How long until it has come; zero when it has.
    pub(crate) fn wait(&self, moment: &Moment) -> Duration {
        let by_wall =
            Duration::try_from(self.wall.duration_since(moment.now)).unwrap_or(Duration::ZERO);
        self.elapsed.saturating_sub(moment.elapsed).min(by_wall)
    }

    pub(crate) fn has_come(&self, moment: &Moment) -> bool {
        self.wait(moment).is_zero()
    }
}

/// One window of one endpoint.
#[derive(Debug)]
pub(crate) struct Ledger {
    window: Window,
    /// What the server said of the limit; `Unsaid` until it has.
    limit: Limit,
    /// The newest number the server gave for this window.
    observed: u64,
    /// The admission count when that number came.
    observed_at: u64,
    /// Requests that ended without a number: counted until a newer one covers them.
    uncounted: u64,
    /// The admission count when the last of them ended.
    uncounted_at: u64,
    /// Moves on when the window is closed by our own clock.
    generation: u64,
    closes: Option<Deadline>,
    /// The server has spoken since the window opened.
    confirmed: bool,
}

/// A ledger as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LedgerSnapshot {
    /// Absent: unsaid. Zero bytes are cheap, a wrong guess is not.
    limit: Option<u64>,
    unlimited: bool,
    used: u64,
    closes_at: Option<Timestamp>,
}

impl Ledger {
    pub(crate) fn new(window: Window) -> Self {
        Self {
            window,
            limit: Limit::Unsaid,
            observed: 0,
            observed_at: 0,
            uncounted: 0,
            uncounted_at: 0,
            generation: 0,
            closes: None,
            confirmed: false,
        }
    }

    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    pub(crate) fn limit(&self) -> Limit {
        self.limit
    }

    /// Closes the window if its time has come.
    pub(crate) fn roll(&mut self, moment: &Moment) {
        if self.closes.is_some_and(|closes| closes.has_come(moment)) {
            self.closes = None;
            self.observed = 0;
            self.uncounted = 0;
            self.confirmed = false;
            self.generation += 1;
        }
    }

    fn open(&mut self, moment: &Moment, edge: Duration) {
        self.closes = Some(Deadline::after(
            moment,
            self.window.length() + EDGE_MARGIN + edge,
        ));
    }

    /// A request leaves; it opens the window if it is shut.
    pub(crate) fn admit(&mut self, moment: &Moment, edge: Duration) {
        if self.closes.is_none() {
            self.open(moment, edge);
        }
    }

    /// What must be assumed to be used, with `in_flight` requests of ours under way.
    pub(crate) fn used(&self, in_flight: u64) -> u64 {
        self.observed
            .saturating_add(self.uncounted)
            .saturating_add(in_flight)
    }

    /// `None` when a request may leave now, else how long until it may.
    pub(crate) fn blocked(
        &self,
        moment: &Moment,
        in_flight: u64,
        keep_reserve: bool,
    ) -> Option<Duration> {
        let limit = match (self.limit, self.window) {
            // A guess may slow us down for a minute, never for an hour or a day.
            (Limit::Unlimited, _) | (Limit::Unsaid, Window::Hour | Window::Day) => return None,
            (Limit::Unsaid, Window::Minute) => self.window.guessed_limit(),
            (Limit::Requests(limit), _) => limit,
        };
        let reserve = if keep_reserve { self.reserve(limit) } else { 0 };
        if self.used(in_flight) < limit.saturating_sub(reserve) {
            return None;
        }
        Some(
            self.closes
                .map_or(IN_FLIGHT_RECHECK, |closes| closes.wait(moment)),
        )
    }

    fn reserve(&self, limit: u64) -> u64 {
        match self.window {
            Window::Minute => 0,
            Window::Hour | Window::Day => limit / RESERVE_ONE_IN,
        }
    }

    /// A request has ended without any number: count it until a newer number covers it.
    pub(crate) fn count_blind(&mut self, admissions: u64) {
        self.uncounted += 1;
        self.uncounted_at = admissions;
    }

    /// A request has ended with the server's numbers. `sequence` is its place among all
    /// admissions, `admissions` how many there have been by now.
    pub(crate) fn settle(
        &mut self,
        reading: &Reading,
        sequence: u64,
        generation: u64,
        admissions: u64,
        moment: &Moment,
        edge: Duration,
    ) {
        self.learn_limit(reading.limit);
        let Some(used) = reading.used() else {
            self.count_blind(admissions);
            return;
        };
        if generation != self.generation {
            // Admitted in a window that has closed since: its number belongs to that one.
            self.count_blind(admissions);
            return;
        }
        let newer = sequence > self.observed_at;
        if !newer && used < self.observed {
            // Overtaken on the way by an answer that already counts this request.
            return;
        }
        self.take(used, moment, edge);
        self.observed_at = admissions;
        if sequence > self.uncounted_at {
            self.uncounted = 0;
        }
    }

    /// Numbers that came apart from any request of this endpoint.
    pub(crate) fn learn(
        &mut self,
        reading: &Reading,
        in_flight: u64,
        admissions: u64,
        moment: &Moment,
        edge: Duration,
    ) {
        self.learn_limit(reading.limit);
        let Some(used) = reading.used() else { return };
        if in_flight == 0 || used >= self.observed {
            self.take(used, moment, edge);
            self.observed_at = admissions;
            self.uncounted = 0;
        }
    }

    fn learn_limit(&mut self, limit: Limit) {
        if limit != Limit::Unsaid {
            self.limit = limit;
        }
    }

    fn take(&mut self, used: u64, moment: &Moment, edge: Duration) {
        // A newer number that is smaller: the server's window has closed and opened again.
        if used < self.observed || (self.closes.is_none() && used > 0) {
            self.open(moment, edge);
        }
        self.observed = used;
        self.confirmed = true;
    }

    /// The server has refused because of this window, and says when it opens again.
    pub(crate) fn exhaust(&mut self, wait: Duration, moment: &Moment) {
        if let Limit::Requests(limit) = self.limit {
            self.observed = self.observed.max(limit);
        }
        self.closes = Some(Deadline::after(moment, wait));
        self.confirmed = true;
    }

    pub(crate) fn closes_at(&self, moment: &Moment) -> Option<Timestamp> {
        self.closes
            .map(|closes| moment.wall_after(closes.wait(moment)))
    }

    pub(crate) fn closes_in(&self, moment: &Moment) -> Option<Duration> {
        self.closes.map(|closes| closes.wait(moment))
    }

    pub(crate) fn is_estimate(&self) -> bool {
        !self.confirmed || self.limit == Limit::Unsaid
    }

    pub(crate) fn snapshot(&self, moment: &Moment, in_flight: u64) -> LedgerSnapshot {
        LedgerSnapshot {
            limit: match self.limit {
                Limit::Requests(limit) => Some(limit),
                Limit::Unsaid | Limit::Unlimited => None,
            },
            unlimited: self.limit == Limit::Unlimited,
            used: self.used(in_flight),
            closes_at: self.closes_at(moment),
        }
    }

    pub(crate) fn restore(window: Window, stored: &LedgerSnapshot, moment: &Moment) -> Self {
        let mut ledger = Self::new(window);
        ledger.limit = match (stored.limit, stored.unlimited) {
            (_, true) => Limit::Unlimited,
            (Some(limit), false) => Limit::Requests(limit),
            (None, false) => Limit::Unsaid,
        };
        // No longer than the window can be, should the clock have been set back meanwhile.
        let longest = window.length() + EDGE_MARGIN;
        let wait = stored
            .closes_at
            .and_then(|at| Duration::try_from(at.duration_since(moment.now)).ok())
            .map(|wait| wait.min(longest))
            .filter(|wait| !wait.is_zero());
        if let Some(wait) = wait {
            ledger.closes = Some(Deadline::after(moment, wait));
            ledger.observed = stored.used;
        }
        ledger
    }
}
