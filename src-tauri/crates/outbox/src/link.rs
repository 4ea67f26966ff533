//! Whether Apollo can be reached, as the last answers tell it.
//!
//! Promises: only an answer of Apollo's own means *online*; an answer from something in between is
//! named as such; a single request that failed is no outage.

use std::sync::PoisonError;

use apollo::{Error, Source};
use clock::Timestamp;
use domain::wrap_up::WaitReason;
use tokio::sync::watch;
use tracing_mutex::stdsync::{Mutex, MutexGuard};

/// How things stand, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkStanding {
    /// Why everything waits; none while Apollo can be reached.
    pub trouble: Option<WaitReason>,
    /// None while Apollo can be reached.
    pub since: Option<Timestamp>,
    /// When Apollo allows the next request, if it has named a time.
    pub retry_at: Option<Timestamp>,
}

/// Follows every answer, and tells how things stand. Windows and the outbox share one.
#[derive(Debug)]
pub struct Link {
    state: Mutex<State>,
    /// Counts how often Apollo could be reached again.
    back: watch::Sender<u64>,
}

#[derive(Debug, Clone, Default)]
struct State {
    trouble: Option<WaitReason>,
    since: Option<Timestamp>,
    retry_at: Option<Timestamp>,
    /// When a single request failed, while nobody knows whether the network did.
    broken_at: Option<Timestamp>,
}

impl Default for Link {
    fn default() -> Self {
        Self {
            state: Mutex::new(State::default()),
            back: watch::Sender::new(0),
        }
    }
}

/// Whether an error may be that of one request alone: its reply was lost, or one machine of Apollo's
/// was down. The network is in doubt only when the next one fails, too.
fn is_single(error: &Error) -> bool {
    matches!(error.kind().source(), Source::Connection | Source::Apollo)
}

impl Link {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Handles the result of a request. True if what windows show has changed.
    pub fn handle(&self, error: Option<&Error>, now: Timestamp) -> bool {
        let trouble = match error.map(|error| error.kind().source()) {
            // A business refusal is an answer too: Apollo is there.
            None | Some(Source::Request) => None,
            Some(Source::Key) => Some(WaitReason::Key),
            Some(Source::Limit | Source::Budget) => Some(WaitReason::Limit),
            Some(Source::Apollo) => Some(WaitReason::ApolloDown),
            Some(Source::InBetween) => Some(WaitReason::InBetween),
            Some(Source::Network | Source::Connection | Source::Handset) => {
                Some(WaitReason::Offline)
            }
            // The answer may be Apollo's or a stranger's, and tells nothing new.
            Some(Source::Unclear) => return false,
        };
        let retry_at = error.and_then(Error::retry_at);
        let mut state = self.state();
        let broken_at = state.broken_at.take();
        if error.is_some_and(is_single) && state.trouble.is_none() {
            state.broken_at = broken_at.or(Some(now));
            if broken_at.is_none() {
                return false;
            }
        }
        let now = broken_at.unwrap_or(now);
        let changed = state.trouble != trouble || state.retry_at != retry_at;
        if state.trouble != trouble {
            state.since = trouble.is_some().then_some(now);
        }
        state.trouble = trouble;
        state.retry_at = retry_at;
        if changed && trouble.is_none() {
            self.back.send_modify(|times| *times += 1);
        }
        changed
    }

    /// Whether the last request found no Apollo.
    pub fn is_offline(&self) -> bool {
        matches!(
            self.state().trouble,
            Some(WaitReason::Offline | WaitReason::ApolloDown)
        )
    }

    /// Changes each time that Apollo can be reached again.
    pub fn returns(&self) -> watch::Receiver<u64> {
        self.back.subscribe()
    }

    /// How things stand.
    pub fn standing(&self) -> LinkStanding {
        let State {
            trouble,
            since,
            retry_at,
            ..
        } = *self.state();
        LinkStanding {
            trouble,
            since,
            retry_at,
        }
    }
}
