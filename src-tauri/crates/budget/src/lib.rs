//! Apollo's rate limits as budgets: windows, priorities, pacing. No HTTP, no Tauri.
//!
//! Apollo counts requests per team and endpoint in three fixed windows (minute, hour, day) that
//! open at first use, and every desktop with the same key draws on them (Apollo docs: reference
//! section 8). One [`Budget`] owns all of it for this desktop.
//!
//! Entry points: [`Budget::acquire`] gives a [`Permit`] for one attempt, to be settled with what the
//! response says; [`Budget::learn`] takes in `usage_stats`; [`Budget::meter`] is what windows show;
//! [`Budget::snapshot`] outlives a restart. Inside, `endpoint_budget` is one endpoint's line, `ledger`
//! one window's count, `pacer` the pace inside a minute. The truth, in order: a 429's `retry-after`,
//! response headers, `usage_stats`, what we sent.
//!
//! | Invariant | Guard |
//! |---|---|
//! | No more permits than the known limits allow, in whatever order | `tests/it/any_order.rs`, `tests/it/limits.rs` |
//! | A limit that is only guessed refuses no hour and no day | `a_guessed_hour_or_day_refuses_nothing` |
//! | A [`Priority`] goes before a lower one, first in, first out, and none starves | `tests/it/line.rs` |
//! | The last permits of hour and day are kept for wrap-ups | `the_last_permits_of_the_hour_are_kept_for_wrap_ups` |
//! | Whoever waits too long is refused, with the time to come back | `whoever_waits_too_long_is_told_when_to_come_back` |
//! | The server's numbers count as soon as they are newer, and never take back what is not | `tests/it/truth.rs` |
//!
//! Must never: sleep or read time except through the clock it was given (`clippy.toml`); know HTTP
//! (`cargo xtask test tidy`).
#![deny(missing_docs)]

mod endpoint;
mod endpoint_budget;
mod ledger;
mod meter;
mod pacer;
mod snapshot;
mod window;

use std::{
    collections::BTreeMap,
    hash::{BuildHasher, RandomState},
    sync::{Arc, PoisonError},
    time::Duration,
};

use clock::{SharedClock, Timestamp};
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, watch};
use tracing_mutex::stdsync::{Mutex, MutexGuard};

pub use endpoint::Endpoint;
use endpoint_budget::{Admission, EndpointBudget, Turn};
use ledger::Moment;
pub use meter::{EndpointMeter, WindowMeter};
pub use snapshot::Snapshot;
pub use window::{Limit, LimitWindow, Observation, Reading, Readings};

/// How many requests may wait for one endpoint; more are refused at once.
pub const MAX_WAITERS_PER_ENDPOINT: usize = 256;
/// The longest a waiter sleeps before it checks again: elapsed time stands still while the machine
/// sleeps, the wall clock does not.
const MAX_NAP: Duration = Duration::from_secs(5);
/// The shortest, so that a wait of nothing cannot spin.
const MIN_NAP: Duration = Duration::from_millis(1);
/// The most by which this desktop comes back later than told, so that desktops do not come
/// together at a window's edge.
const MAX_EDGE_JITTER_MS: u64 = 1_500;

/// Who asks for a permit. Declared first to last: the smaller goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// A finished call is being logged, or read back.
    WrapUp = 0,
    /// The rep looks at a screen that waits for this.
    Waiting = 1,
    /// The next few cards.
    OnDeck = 2,
    /// Verification, further pages, the meter.
    Background = 3,
}

impl Priority {
    /// The longest a request of this priority waits for its permit before it is refused.
    pub const fn max_wait(self) -> Duration {
        Duration::from_secs(match self {
            // The minute's window and its margin.
            Self::WrapUp | Self::Background => 65,
            Self::Waiting => 10,
            Self::OnDeck => 20,
        })
    }
}

/// The budget cannot give a permit in the time this priority may wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no permit for {endpoint} before {until}")]
pub struct AcquireError {
    /// Which endpoint.
    pub endpoint: Endpoint,
    /// The window that is used up, where one is.
    pub window: Option<LimitWindow>,
    /// When to ask again.
    pub until: Timestamp,
}

/// All limits of one team's Apollo, for this desktop. Cheap to clone; clones share everything.
#[derive(Debug, Clone)]
pub struct Budget {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    clock: SharedClock,
    edge: Duration,
    state: Mutex<State>,
    /// Wakes the waiters after a change.
    changed: Notify,
    revision: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct State {
    endpoints: BTreeMap<Endpoint, EndpointBudget>,
    tickets: u64,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves counts that are at worst too high.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn moment(&self) -> Moment {
        Moment {
            elapsed: self.clock.elapsed(),
            now: self.clock.now(),
        }
    }

    fn with<R>(
        &self,
        endpoint: Endpoint,
        work: impl FnOnce(&mut EndpointBudget, &Moment) -> R,
    ) -> R {
        let moment = self.moment();
        let mut state = self.state();
        let budget = state
            .endpoints
            .entry(endpoint)
            .or_insert_with(|| EndpointBudget::new(endpoint, self.clock.clone(), self.edge));
        work(budget, &moment)
    }

    fn announce(&self) {
        self.changed.notify_waiters();
        self.revision
            .send_modify(|revision| *revision = revision.wrapping_add(1));
    }
}

impl Budget {
    /// A budget that knows what `stored` knew, as far as it still holds.
    pub fn new(clock: SharedClock, stored: Option<Snapshot>) -> Self {
        let jitter_ms = RandomState::new().hash_one(0_u8) % MAX_EDGE_JITTER_MS;
        let budget = Self {
            shared: Arc::new(Shared {
                clock,
                edge: Duration::from_millis(jitter_ms),
                state: Mutex::default(),
                changed: Notify::new(),
                revision: watch::Sender::new(0),
            }),
        };
        for (name, stored) in stored.unwrap_or_default().endpoints {
            if let Some(endpoint) = Endpoint::named(&name) {
                budget
                    .shared
                    .with(endpoint, |budget, moment| budget.restore(&stored, moment));
            }
        }
        budget
    }

    /// Waits for a permit to send one request: in order of priority, then of arrival, and at most
    /// [`Priority::max_wait`]. Dropping the future leaves the line.
    pub async fn acquire(
        &self,
        endpoint: Endpoint,
        priority: Priority,
    ) -> Result<Permit, AcquireError> {
        let place = self.enter(endpoint, priority)?;
        loop {
            let changed = self.shared.changed.notified();
            let mut changed = std::pin::pin!(changed);
            // Listens from here on, so that a change between the check and the sleep is not missed.
            changed.as_mut().enable();
            let turn = self
                .shared
                .with(endpoint, |budget, moment| budget.turn(place.ticket, moment));
            match turn {
                Turn::Go(admission) => {
                    let permit = Permit {
                        shared: self.shared.clone(),
                        endpoint,
                        admission: Some(admission),
                    };
                    drop(place);
                    return Ok(permit);
                }
                Turn::Refused { window, until } => {
                    tracing::debug!(%endpoint, ?priority, ?window, %until, "budget refuses");
                    return Err(AcquireError {
                        endpoint,
                        window,
                        until,
                    });
                }
                Turn::Wait(wait) => {
                    let nap = self.shared.clock.sleep(wait.clamp(MIN_NAP, MAX_NAP));
                    tokio::select! {
                        () = changed => {}
                        () = nap => {}
                    }
                }
            }
        }
    }

    fn enter(&self, endpoint: Endpoint, priority: Priority) -> Result<Place, AcquireError> {
        let ticket = {
            let mut state = self.shared.state();
            state.tickets += 1;
            state.tickets
        };
        self.shared.with(endpoint, |budget, moment| {
            if budget.waiting() >= MAX_WAITERS_PER_ENDPOINT {
                return Err(AcquireError {
                    endpoint,
                    window: Some(LimitWindow::Minute),
                    until: moment.wall_after(priority.max_wait()),
                });
            }
            budget.enter(ticket, priority, moment);
            Ok(())
        })?;
        Ok(Place {
            shared: self.shared.clone(),
            endpoint,
            ticket,
        })
    }

    /// Takes in the numbers of `usage_stats`. Endpoints Handset does not use are left out.
    pub fn learn<'a>(&self, usage: impl IntoIterator<Item = (&'a str, Readings)>) {
        for (name, readings) in usage {
            if let Some(endpoint) = Endpoint::named(name) {
                self.shared
                    .with(endpoint, |budget, moment| budget.learn(&readings, moment));
            }
        }
        self.shared.announce();
    }

    /// What is left of every endpoint used or learned about so far, by name.
    pub fn meter(&self) -> Vec<EndpointMeter> {
        let moment = self.shared.moment();
        self.shared
            .state()
            .endpoints
            .values_mut()
            .map(|budget| budget.meter(&moment))
            .collect()
    }

    /// Everything worth keeping over a restart.
    pub fn snapshot(&self) -> Snapshot {
        let moment = self.shared.moment();
        let state = self.shared.state();
        Snapshot {
            endpoints: state
                .endpoints
                .iter()
                .map(|(endpoint, budget)| (endpoint.as_str().to_owned(), budget.snapshot(&moment)))
                .collect(),
        }
    }

    /// A number that moves whenever the meter may have changed.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.shared.revision.subscribe()
    }
}

/// A place in the line, left when dropped.
struct Place {
    shared: Arc<Shared>,
    endpoint: Endpoint,
    ticket: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.shared
            .with(self.endpoint, |budget, _| budget.leave(self.ticket));
        self.shared.announce();
    }
}

/// Leave to send one request. Settle it with what the response says; dropping it unsettled still
/// counts the request.
#[derive(Debug)]
#[must_use = "dropping a permit counts a request"]
pub struct Permit {
    shared: Arc<Shared>,
    endpoint: Endpoint,
    admission: Option<Admission>,
}

impl Permit {
    /// Which endpoint it is for.
    pub fn endpoint(&self) -> Endpoint {
        self.endpoint
    }

    /// Ends the request with what its response tells.
    pub fn settle(mut self, observation: Observation) {
        self.end(|budget, admission, moment| budget.settle(admission, &observation, moment));
    }

    /// Gives the permit back: the request surely never reached Apollo (no connection was made).
    pub fn give_back(mut self) {
        self.end(EndpointBudget::give_back);
    }

    fn end(&mut self, how: impl FnOnce(&mut EndpointBudget, &Admission, &Moment)) {
        if let Some(admission) = self.admission.take() {
            self.shared.with(self.endpoint, |budget, moment| {
                how(budget, &admission, moment);
            });
            self.shared.announce();
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.end(EndpointBudget::abandon);
    }
}
