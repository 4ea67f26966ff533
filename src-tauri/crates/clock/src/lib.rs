//! Time and sleep, injected.
//!
//! Entry points: [`Clock`], held as [`SharedClock`]; [`SystemClock`] in the app, [`ManualClock`] in
//! tests that hold time still and move it, [`ScaledClock`] where hours pass in minutes; [`within`] for
//! a deadline. A clock tells two times: the wall clock ([`Clock::now`]), which may jump, for what is
//! shown, stored or sent; and time since a start ([`Clock::elapsed`]), which never goes backwards, for
//! waits, deadlines and ages.
//!
//! | Invariant | Guard |
//! |---|---|
//! | Nobody reads time or waits but through a clock | `clippy.toml` bans the direct calls everywhere but here |
//! | A sleeper wakes when it is due, and no other | `manual_clock_wakes_only_the_sleepers_that_are_due` |
//! | Setting the wall clock moves no wait | `setting_the_wall_clock_does_not_move_elapsed_time` |
//! | A deadline ends what never ends | `a_deadline_cuts_a_future_that_never_ends` |
//!
//! Must never: be bypassed, or know what time is for.

mod scaled;

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

pub use jiff::{SignedDuration, Timestamp};

pub use scaled::ScaledClock;

/// A boxed future, the form in which [`Clock::sleep`] can be called through `dyn Clock`.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Where time comes from. Cheap to clone behind [`SharedClock`].
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The wall clock: may jump when the machine's clock is set. For what is shown, stored or sent.
    fn now(&self) -> Timestamp;
    /// Time since an arbitrary start that never goes backwards. For waits, deadlines and ages.
    fn elapsed(&self) -> Duration;
    /// Completes once [`Clock::elapsed`] has advanced by `duration`.
    fn sleep(&self, duration: Duration) -> Sleep;
}

/// The form in which crates hold a clock.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's own clock.
#[derive(Debug)]
pub struct SystemClock {
    started: tokio::time::Instant,
}

impl SystemClock {
    /// A shared system clock; `elapsed` counts from this call.
    pub fn shared() -> SharedClock {
        Arc::new(Self {
            started: tokio::time::Instant::now(),
        })
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that may")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that may")]
    fn sleep(&self, duration: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// A clock that stands still until told to move. For tests.
#[derive(Debug)]
pub struct ManualClock {
    state: Mutex<ManualState>,
}

#[derive(Debug)]
struct ManualState {
    now: Timestamp,
    elapsed: Duration,
    sleepers: Vec<(Duration, tokio::sync::oneshot::Sender<()>)>,
}

impl ManualClock {
    /// A clock that reads `now` until [`ManualClock::advance`] is called.
    pub fn at(now: Timestamp) -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(ManualState {
                now,
                elapsed: Duration::ZERO,
                sleepers: Vec::new(),
            }),
        })
    }

    fn state(&self) -> MutexGuard<'_, ManualState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves both the wall clock and the elapsed time, and wakes the sleepers that are due.
    pub fn advance(&self, by: Duration) {
        let due: Vec<_> = {
            let mut state = self.state();
            state.elapsed += by;
            state.now = state.now.saturating_add(by).unwrap_or(Timestamp::MAX);
            let elapsed = state.elapsed;
            let (due, later) = std::mem::take(&mut state.sleepers)
                .into_iter()
                .partition(|(at, _)| *at <= elapsed);
            state.sleepers = later;
            due
        };
        for (_, wake) in due {
            // A sleeper that was dropped has no one to wake.
            let _ = wake.send(());
        }
    }

    /// Sets the wall clock alone, as a person or a time server does: elapsed time does not move.
    pub fn set_wall_clock(&self, now: Timestamp) {
        self.state().now = now;
    }

    /// How many sleeps are waiting: lets a test wait until code has gone to sleep.
    pub fn sleepers(&self) -> usize {
        self.state()
            .sleepers
            .iter()
            .filter(|(_, wake)| !wake.is_closed())
            .count()
    }

    /// How long until the next sleeper is due, if any waits.
    pub fn next_wake_in(&self) -> Option<Duration> {
        let state = self.state();
        state
            .sleepers
            .iter()
            .filter(|(_, wake)| !wake.is_closed())
            .map(|(at, _)| at.saturating_sub(state.elapsed))
            .min()
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        self.state().now
    }

    fn elapsed(&self) -> Duration {
        self.state().elapsed
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        let (wake, woken) = tokio::sync::oneshot::channel();
        if duration.is_zero() {
            return Box::pin(std::future::ready(()));
        }
        let mut state = self.state();
        let at = state.elapsed + duration;
        state.sleepers.push((at, wake));
        Box::pin(async move {
            // An error means that the clock is gone, and with it the wait.
            let _ = woken.await;
        })
    }
}

/// Runs `future` for at most `limit`; `None` when the time is up first.
pub async fn within<F: Future>(clock: &dyn Clock, limit: Duration, future: F) -> Option<F::Output> {
    let future = std::pin::pin!(future);
    match futures_util::future::select(future, clock.sleep(limit)).await {
        futures_util::future::Either::Left((output, _)) => Some(output),
        futures_util::future::Either::Right(((), _)) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn manual_clock_wakes_only_the_sleepers_that_are_due() {
        let clock = ManualClock::at(Timestamp::UNIX_EPOCH);
        let short = clock.sleep(Duration::from_secs(1));
        let mut long = clock.sleep(Duration::from_secs(5));
        clock.advance(Duration::from_secs(2));
        short.await;
        assert!(futures_util::poll!(&mut long).is_pending());
        assert_eq!(clock.next_wake_in(), Some(Duration::from_secs(3)));
        clock.advance(Duration::from_secs(3));
        long.await;
        assert_eq!(clock.now(), Timestamp::from_second(5).unwrap());
    }

    #[tokio::test]
    async fn setting_the_wall_clock_does_not_move_elapsed_time() {
        let clock = ManualClock::at(Timestamp::UNIX_EPOCH);
        clock.set_wall_clock(Timestamp::from_second(600).unwrap());
        assert_eq!(clock.elapsed(), Duration::ZERO);
    }

    #[tokio::test]
    async fn a_deadline_cuts_a_future_that_never_ends() {
        let clock = ManualClock::at(Timestamp::UNIX_EPOCH);
        let waiting = within(
            &*clock,
            Duration::from_secs(1),
            std::future::pending::<()>(),
        );
        let mut waiting = std::pin::pin!(waiting);
        assert!(futures_util::poll!(&mut waiting).is_pending());
        clock.advance(Duration::from_secs(1));
        assert!(waiting.await.is_none());
    }
}
