//! The pace inside a minute.
//!
//! governor's cell rate algorithm admits its burst on top of its rate, so both are cut to fit:
//! burst + rate × 60 s ≤ limit. A quota cannot be changed, so a new limit gets a new pacer, which
//! starts without its burst. Must never: wait by itself (the caller waits, on the injected clock).

use std::{num::NonZeroU32, time::Duration};

use clock::SharedClock;
use governor::{
    Quota, RateLimiter,
    clock::Clock as GovernorClock,
    middleware::NoOpMiddleware,
    state::{InMemoryState, NotKeyed},
};

/// The part of a minute's limit that may leave at once: one in so many.
const BURST_ONE_IN: u64 = 10;
/// The pace when the plan sets no limit for the minute, in requests a minute.
const UNLIMITED_PACE_PER_MINUTE: u64 = 600;

const NANOSECONDS_PER_MINUTE: u64 = 60_000_000_000;

/// Elapsed time as governor wants it.
#[derive(Debug, Clone)]
pub(crate) struct Elapsed(SharedClock);

impl GovernorClock for Elapsed {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Spreads the requests of one endpoint over the minute.
#[derive(Debug)]
pub(crate) struct Pacer {
    /// The limit it was made for.
    limit: Option<u64>,
    limiter: RateLimiter<NotKeyed, InMemoryState, Elapsed, NoOpMiddleware<Duration>>,
    clock: Elapsed,
}

impl Pacer {
    /// A pacer for `limit` requests a minute; `None` is unlimited. With `drained`, its burst is
    /// already spent.
    pub(crate) fn new(limit: Option<u64>, clock: SharedClock, drained: bool) -> Self {
        let clock = Elapsed(clock);
        let per_minute = limit.unwrap_or(UNLIMITED_PACE_PER_MINUTE).max(1);
        let burst = (per_minute / BURST_ONE_IN).max(1);
        // With a limit of one a minute the burst is all there is.
        let rate = (per_minute - burst).max(1);
        let interval = Duration::from_nanos(NANOSECONDS_PER_MINUTE.div_ceil(rate));
        let burst = u32::try_from(burst)
            .ok()
            .and_then(NonZeroU32::new)
            .unwrap_or(NonZeroU32::MIN);
        let quota = Quota::with_period(interval)
            .unwrap_or_else(|| Quota::per_minute(NonZeroU32::MIN))
            .allow_burst(burst);
        let limiter = RateLimiter::direct_with_clock(quota, clock.clone());
        if drained {
            // Cannot fail: exactly the burst is taken from a full limiter.
            let _ = limiter.check_n(burst);
        }
        Self {
            limit,
            limiter,
            clock,
        }
    }

    /// Whether it was made for this limit.
    pub(crate) fn fits(&self, limit: Option<u64>) -> bool {
        self.limit == limit
    }

    /// Takes one request's turn, or says how long until there is one.
    pub(crate) fn check(&self) -> Result<(), Duration> {
        self.limiter
            .check()
            .map_err(|not_until| not_until.wait_time_from(self.clock.now()))
    }
}
