//! The count of one window of one endpoint: a fixed window that opens at first use.
//!
//! Promises: what is counted is never less than what the server can have counted of our own
//! requests; the server's numbers overwrite ours as soon as they are known to be newer. Must
//! never: read a clock (the caller passes the [`Moment`]).

use std::time::Duration;

use clock::Timestamp;
use serde::{Deserialize, Serialize};

use crate::window::{Limit, LimitWindow, Reading};

/// Added to a window's length: the server opens it only when our request arrives.
pub(crate) const EDGE_MARGIN: Duration = Duration::from_secs(2);
/// One in this many permits of hour and day is reserved for wrap-ups: 20 of 400, 100 of 2000.
const RESERVE_ONE_IN: u64 = 20;
/// How soon to check again when only requests still on their way fill a window.
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

/// A request that has ended, in the terms of one ledger.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ending {
    /// Its place among all admissions.
    pub(crate) sequence: u64,
    /// The window's generation when it left.
    pub(crate) generation: u64,
    /// How many admissions there have been by now.
    pub(crate) admissions: u64,
    /// How many others are still under way.
    pub(crate) in_flight: u64,
}

/// One window of one endpoint.
#[derive(Debug)]
pub(crate) struct Ledger {
    window: LimitWindow,
    /// Added to every wait, so that desktops do not come back together.
    edge: Duration,
    /// The limit that the server gave; `NotReported` until it has given one.
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
    /// The sequence number of the request that opened the window.
    opener: u64,
    /// The server has given numbers since the window opened.
    confirmed: bool,
}

/// A ledger as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LedgerSnapshot {
    /// Absent means [`Limit::NotReported`].
    limit: Option<u64>,
    unlimited: bool,
    used: u64,
    closes_at: Option<Timestamp>,
}

impl Ledger {
    pub(crate) fn new(window: LimitWindow, edge: Duration) -> Self {
        Self {
            window,
            edge,
            limit: Limit::NotReported,
            observed: 0,
            observed_at: 0,
            uncounted: 0,
            uncounted_at: 0,
            generation: 0,
            closes: None,
            opener: 0,
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

    fn open(&mut self, moment: &Moment) {
        self.closes = Some(Deadline::after(
            moment,
            self.window.length() + EDGE_MARGIN + self.edge,
        ));
    }

    /// A request leaves; it opens the window if it is shut.
    pub(crate) fn admit(&mut self, sequence: u64, moment: &Moment) {
        if self.closes.is_none() {
            self.open(moment);
            self.opener = sequence;
        }
    }

    fn is_opener(&self, ending: &Ending) -> bool {
        self.closes.is_some()
            && self.opener == ending.sequence
            && self.generation == ending.generation
    }

    /// A request has come back, or is lost: if it opened the window, the server opened its own by
    /// now at the latest.
    fn opened_by_now(&mut self, ending: &Ending, moment: &Moment) {
        let latest = Deadline::after(moment, self.window.length() + self.edge);
        if self.is_opener(ending)
            && self
                .closes
                .is_some_and(|closes| closes.wait(moment) < latest.wait(moment))
        {
            self.closes = Some(latest);
        }
    }

    /// A request never left: if it opened the window, nothing or a later one has.
    pub(crate) fn give_back(&mut self, ending: &Ending, moment: &Moment) {
        if !self.is_opener(ending) {
            return;
        }
        if self.used(ending.in_flight) == 0 {
            self.closes = None;
        } else {
            self.open(moment);
            self.opener = ending.admissions;
        }
    }

    /// A request was given up, and may or may not have been counted: count it.
    pub(crate) fn abandon(&mut self, ending: &Ending, moment: &Moment) {
        self.opened_by_now(ending, moment);
        self.count_blind(ending, moment);
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
            (Limit::Unlimited, _) | (Limit::NotReported, LimitWindow::Hour | LimitWindow::Day) => {
                return None;
            }
            (Limit::NotReported, LimitWindow::Minute) => self.window.guessed_limit(),
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
            LimitWindow::Minute => 0,
            LimitWindow::Hour | LimitWindow::Day => limit / RESERVE_ONE_IN,
        }
    }

    /// A request has ended without any number: count it until a newer number covers it.
    fn count_blind(&mut self, ending: &Ending, moment: &Moment) {
        // It may have reached the server as the first of a new window.
        if self.closes.is_none() {
            self.open(moment);
            self.opener = ending.admissions;
        }
        self.uncounted += 1;
        self.uncounted_at = ending.admissions;
    }

    /// A request has ended with the server's numbers.
    pub(crate) fn settle(&mut self, reading: &Reading, ending: &Ending, moment: &Moment) {
        self.learn_limit(reading.limit);
        self.opened_by_now(ending, moment);
        let used = match reading.used() {
            // A number of a window that has closed since says nothing about this one.
            Some(used) if ending.generation == self.generation => used,
            _ => return self.count_blind(ending, moment),
        };
        let newer = ending.sequence > self.observed_at;
        if !newer && used < self.observed {
            // Overtaken on the way by an answer that already counts this request.
            return;
        }
        self.take(used, moment);
        self.observed_at = ending.admissions;
        if ending.sequence > self.uncounted_at {
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
    ) {
        self.learn_limit(reading.limit);
        let Some(used) = reading.used() else { return };
        if in_flight == 0 || used >= self.observed {
            self.take(used, moment);
            self.observed_at = admissions;
            self.uncounted = 0;
        }
    }

    fn learn_limit(&mut self, limit: Limit) {
        if limit != Limit::NotReported {
            self.limit = limit;
        }
    }

    fn take(&mut self, used: u64, moment: &Moment) {
        // A newer number that is smaller: the server's window has closed and opened again.
        if used < self.observed || (self.closes.is_none() && used > 0) {
            self.open(moment);
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
        !self.confirmed || self.limit == Limit::NotReported
    }

    pub(crate) fn snapshot(&self, moment: &Moment, in_flight: u64) -> LedgerSnapshot {
        LedgerSnapshot {
            limit: match self.limit {
                Limit::Requests(limit) => Some(limit),
                Limit::NotReported | Limit::Unlimited => None,
            },
            unlimited: self.limit == Limit::Unlimited,
            used: self.used(in_flight),
            closes_at: self.closes_at(moment),
        }
    }

    pub(crate) fn restore(
        window: LimitWindow,
        edge: Duration,
        stored: &LedgerSnapshot,
        moment: &Moment,
    ) -> Self {
        let mut ledger = Self::new(window, edge);
        ledger.limit = match (stored.limit, stored.unlimited) {
            (_, true) => Limit::Unlimited,
            (Some(limit), false) => Limit::Requests(limit),
            (None, false) => Limit::NotReported,
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
