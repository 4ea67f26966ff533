//! Reading the call tasks without being asked: at the start, after a failure, and when they are old.
//!
//! Promises: what could not be read is tried again by itself, as soon as a limit is over or the
//! network is back; the list is read anew on another day, after the computer has slept, and after
//! [`AGE_MS_MAX`]; what a person stopped stays stopped for the day. Must never: read while another
//! reading goes on, or hold a rep's work up.

use std::{sync::Arc, time::Duration};

use clock::Timestamp;
use jiff::SignedDuration;

use domain::dates::day_of;

use crate::{
    Session,
    reading::{GAP_MS_MIN, Reading, Tried},
    sweep::SweepState,
};

/// The age at which the call tasks are read again, though nobody asked.
const AGE_MS_MAX: i64 = 90 * 60_000;
/// How far the wall clock is ahead of the elapsed time, at least, when the computer has slept.
const SLEPT_MS_MIN: i128 = 10 * 60_000;

/// The clocks at the last check: when they have moved apart, the computer has slept.
struct Clocks {
    now: Timestamp,
    elapsed: Duration,
}

impl Clocks {
    /// Whether the computer has slept since.
    fn has_slept(&self, now: Timestamp, elapsed: Duration) -> bool {
        let by_wall = now.duration_since(self.now).as_millis();
        let by_elapsed = elapsed.saturating_sub(self.elapsed).as_millis();
        let by_elapsed = i128::try_from(by_elapsed).unwrap_or(i128::MAX);
        by_wall.saturating_sub(by_elapsed) >= SLEPT_MS_MIN
    }
}

impl Session {
    /// Keeps the call tasks read, for as long as it is polled.
    pub async fn keep_tasks_read(self: &Arc<Self>) {
        let mut reading = Reading::probing();
        let mut returns = self.outbox.link().returns();
        let mut last = self.clocks();
        loop {
            let clocks = self.clocks();
            let is_stale = last.has_slept(clocks.now, clocks.elapsed);
            last = clocks;
            let wait = if self.follow_other_readings(&mut reading, is_stale) {
                Duration::from_millis(GAP_MS_MIN)
            } else {
                if reading.is_due(self.today(), self.clock.elapsed()) {
                    let tried = match self.load().await {
                        Ok(()) => Tried::Read,
                        Err(error) => Tried::Failed(error),
                    };
                    self.note(&mut reading, &tried);
                }
                reading.wait(self.today(), self.clock.elapsed())
            };
            tokio::select! {
                () = self.clock.sleep(wait) => {}
                _ = returns.changed() => reading.network_returned(),
            }
        }
    }

    /// Takes over the results of readings that others began, such as a person's *Refresh*. True while
    /// one goes on.
    fn follow_other_readings(&self, reading: &mut Reading, is_stale: bool) -> bool {
        let (state, ended_at) = self.state().sweep.standing();
        let today = self.today();
        let is_of_today = ended_at.is_some_and(|at| day_of(at, &self.zone) == today);
        let age_ms_max = SignedDuration::from_millis(AGE_MS_MAX);
        let now = self.clock.now();
        let is_old = ended_at.is_none_or(|at| now.duration_since(at) >= age_ms_max);
        let is_offline = self.outbox.link().is_offline();
        match state {
            SweepState::First | SweepState::More => return true,
            // Nothing else may be asked of Apollo meanwhile, and the banner would stand for ever.
            SweepState::Complete | SweepState::Cancelled
                if is_offline && reading.read_on == Some(today) =>
            {
                reading.read_on = None;
                reading.not_before = self.clock.elapsed() + Duration::from_millis(GAP_MS_MIN);
            }
            SweepState::Complete | SweepState::Cancelled if is_offline => {}
            SweepState::Complete if is_of_today && !is_stale && !is_old => {
                reading.read_on = Some(today);
            }
            SweepState::Cancelled if is_of_today => reading.read_on = Some(today),
            SweepState::Failed if reading.read_on == Some(today) => {
                reading.read_on = None;
                reading.not_before = self.clock.elapsed() + Duration::from_millis(GAP_MS_MIN);
            }
            SweepState::Complete | SweepState::Cancelled | SweepState::Idle => {
                reading.read_on = None;
            }
            SweepState::Failed => {}
        }
        false
    }

    fn clocks(&self) -> Clocks {
        Clocks {
            now: self.clock.now(),
            elapsed: self.clock.elapsed(),
        }
    }
}
