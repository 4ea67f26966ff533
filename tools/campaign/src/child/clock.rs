//! The child's clock: virtual time, whose wall clock can be set while the process runs.
//!
//! Promises: `elapsed` and `sleep` never notice; only the wall clock jumps.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use clock::{Clock, SharedClock, SignedDuration, Sleep, Timestamp};

#[derive(Debug)]
pub(crate) struct SettableClock {
    inner: SharedClock,
    moved_s: AtomicI64,
}

impl SettableClock {
    pub(crate) fn over(inner: SharedClock) -> Arc<Self> {
        Arc::new(Self {
            inner,
            moved_s: AtomicI64::new(0),
        })
    }

    /// Sets the wall clock; positive is ahead.
    pub(crate) fn set_by(&self, seconds: i64) {
        self.moved_s.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for SettableClock {
    fn now(&self) -> Timestamp {
        let now = self.inner.now();
        let moved = SignedDuration::from_secs(self.moved_s.load(Ordering::SeqCst));
        now.saturating_add(moved).unwrap_or(now)
    }

    fn elapsed(&self) -> Duration {
        self.inner.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        self.inner.sleep(duration)
    }
}
