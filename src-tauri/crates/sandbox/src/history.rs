//! What really happened: every request seen and every effect committed.
//!
//! Promises: an effect is listed exactly when it was committed, whether or not its reply arrived.
//! Must never: hold a key, or a query string (an old client may send its key there).

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    effect::{CallRecord, Effect, TaskRecord},
    keys::KeyKind,
};

/// How many requests are kept; the oldest go first.
const MAX_REQUESTS_KEPT: usize = 200_000;
/// How many effects are kept; the oldest go first.
const MAX_EFFECTS_KEPT: usize = 200_000;

/// One request, in the order of arrival.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RequestRecord {
    /// Counts up from 1; effects name it.
    pub number: u64,
    /// When it arrived, by the injected clock.
    pub at: Timestamp,
    /// `GET`, `POST`, …
    pub method: String,
    /// The path, without a query.
    pub path: String,
    /// `controller#action`, or `unknown` for a route that does not exist.
    pub endpoint: String,
    /// Status sent; none while the request hangs and when the reply was lost.
    pub status: Option<u16>,
    /// What credential it carried.
    pub key: KeyKind,
    /// The fault that struck it, if any.
    pub fault: Option<String>,
}

/// Everything seen and done since the start.
#[derive(Debug, Clone, Default, Serialize)]
pub struct History {
    /// Requests in order of arrival.
    pub requests: Vec<RequestRecord>,
    /// Effects in order of commitment.
    pub effects: Vec<Effect>,
}

impl History {
    /// The call records made, in order.
    pub fn calls(&self) -> Vec<&CallRecord> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::CallLogged { call, .. } => Some(call),
                _ => None,
            })
            .collect()
    }

    /// The tasks completed, in order.
    pub fn completed(&self) -> Vec<&TaskRecord> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::TaskCompleted { task, .. } => Some(task),
                _ => None,
            })
            .collect()
    }

    /// The tasks skipped, in order.
    pub fn skipped(&self) -> Vec<&TaskRecord> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::TaskSkipped { task, .. } => Some(task),
                _ => None,
            })
            .collect()
    }

    /// How many requests an endpoint saw, for example `tasks#search`.
    pub fn count(&self, endpoint: &str) -> usize {
        self.requests
            .iter()
            .filter(|request| request.endpoint == endpoint)
            .count()
    }
}

#[derive(Debug, Default)]
pub(crate) struct HistoryLog {
    state: Mutex<Log>,
}

#[derive(Debug, Default)]
struct Log {
    next: u64,
    requests: VecDeque<RequestRecord>,
    effects: VecDeque<Effect>,
}

impl HistoryLog {
    fn state(&self) -> MutexGuard<'_, Log> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes down an arrival and returns its number.
    pub(crate) fn arrived(&self, at: Timestamp, method: &str, path: &str, endpoint: &str) -> u64 {
        let mut log = self.state();
        log.next += 1;
        let number = log.next;
        if log.requests.len() == MAX_REQUESTS_KEPT {
            log.requests.pop_front();
        }
        log.requests.push_back(RequestRecord {
            number,
            at,
            method: method.to_owned(),
            path: path.to_owned(),
            endpoint: endpoint.to_owned(),
            status: None,
            key: KeyKind::Missing,
            fault: None,
        });
        number
    }

    pub(crate) fn note(&self, number: u64, change: impl FnOnce(&mut RequestRecord)) {
        let mut log = self.state();
        let Some(first) = log.requests.front().map(|request| request.number) else {
            return;
        };
        let Some(place) = number
            .checked_sub(first)
            .and_then(|place| usize::try_from(place).ok())
        else {
            return;
        };
        if let Some(request) = log.requests.get_mut(place) {
            change(request);
        }
    }

    pub(crate) fn committed(&self, effects: Vec<Effect>) {
        let mut log = self.state();
        for effect in effects {
            if log.effects.len() == MAX_EFFECTS_KEPT {
                log.effects.pop_front();
            }
            log.effects.push_back(effect);
        }
    }

    pub(crate) fn snapshot(&self) -> History {
        let log = self.state();
        History {
            requests: log.requests.iter().cloned().collect(),
            effects: log.effects.iter().cloned().collect(),
        }
    }
}
