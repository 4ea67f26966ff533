//! A model of Apollo's limiter, and a way to run many waiters on a clock that stands still.

use std::{future::Future, sync::Arc, time::Duration};

use budget::{
    AcquireError, Budget, Endpoint, Limit, LimitWindow, Observation, Permit, Priority, Reading,
};
use clock::{Clock, ManualClock, Timestamp};

pub(crate) const ENDPOINT: Endpoint = Endpoint::PHONE_CALLS_CREATE;

pub(crate) fn manual_clock() -> Arc<ManualClock> {
    ManualClock::at(Timestamp::from_second(1_795_000_000).unwrap())
}

/// Runs a future on one thread.
pub(crate) fn run<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

/// Lets every task that can move do so, without moving the clock.
pub(crate) async fn settle_down() {
    for _ in 0..64 {
        tokio::task::yield_now().await;
    }
}

/// Waits for a task by moving the clock from one wake-up to the next.
pub(crate) async fn finish<T>(clock: &ManualClock, task: tokio::task::JoinHandle<T>) -> T {
    for _ in 0..100_000 {
        settle_down().await;
        if task.is_finished() {
            return task.await.unwrap();
        }
        let wait = clock.next_wake_in().expect("a waiter that sleeps");
        clock.advance(wait.max(Duration::from_millis(1)));
    }
    panic!("the task never ends");
}

/// A permit, however far the clock has to move for it.
pub(crate) async fn acquire(
    clock: &ManualClock,
    budget: &Budget,
    priority: Priority,
) -> Result<Permit, AcquireError> {
    let budget = budget.clone();
    let task = tokio::spawn(async move { budget.acquire(ENDPOINT, priority).await });
    finish(clock, task).await
}

/// A permit, or the answer that it takes waiting or is refused.
pub(crate) async fn acquire_now(budget: &Budget, priority: Priority) -> Option<Permit> {
    let budget = budget.clone();
    let task = tokio::spawn(async move { budget.acquire(ENDPOINT, priority).await });
    settle_down().await;
    if task.is_finished() {
        return task.await.unwrap().ok();
    }
    task.abort();
    // Lets the abort reach the line.
    let _ = task.await;
    None
}

/// Apollo's limiter for one endpoint (Apollo docs: reference section 8.1).
#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) limits: [u64; 3],
    windows: [Option<(Duration, u64)>; 3],
    pub(crate) refused: u64,
}

impl Server {
    pub(crate) fn new(limits: [u64; 3]) -> Self {
        Self {
            limits,
            windows: [None; 3],
            refused: 0,
        }
    }

    /// A request arrives: what the answer says of the limits.
    pub(crate) fn hit(&mut self, clock: &ManualClock) -> Observation {
        let now = clock.elapsed();
        for (slot, window) in self.windows.iter_mut().zip(LimitWindow::ALL) {
            if slot.is_some_and(|(opened, _)| now >= opened + window.length()) {
                *slot = None;
            }
        }
        let full = (0..3)
            .find(|&index| self.windows[index].is_some_and(|(_, used)| used >= self.limits[index]));
        if full.is_some() {
            self.refused += 1;
        } else {
            for slot in &mut self.windows {
                slot.get_or_insert((now, 0)).1 += 1;
            }
        }
        let mut observation = Observation::default();
        for (index, window) in LimitWindow::ALL.into_iter().enumerate() {
            let used = self.windows[index].map_or(0, |(_, used)| used);
            *observation.windows.of_mut(window) = Reading {
                limit: Limit::Requests(self.limits[index]),
                used: Some(used),
                left: Some(self.limits[index].saturating_sub(used)),
            };
        }
        if let Some(index) = full
            && let Some((opened, _)) = self.windows[index]
        {
            let window = LimitWindow::ALL[index];
            observation.retry_after = Some((opened + window.length()).saturating_sub(now));
            observation.limited_window = Some(window);
        }
        observation
    }

    /// What `usage_stats` says.
    pub(crate) fn usage(&self) -> budget::Readings {
        let mut readings = budget::Readings::default();
        for (index, window) in LimitWindow::ALL.into_iter().enumerate() {
            *readings.of_mut(window) = Reading {
                limit: Limit::Requests(self.limits[index]),
                used: Some(self.windows[index].map_or(0, |(_, used)| used)),
                left: None,
            };
        }
        readings
    }
}
