//! Whether Apollo can be reached, as the last answers tell it.
//!
//! Promises: only an answer of Apollo's own is *online*; what anybody in between answers is named as
//! that; one request that went wrong is no outage.

use std::sync::PoisonError;

use apollo::{Error, NetworkKind};
use clock::Timestamp;
use tokio::sync::watch;
use tracing_mutex::stdsync::{Mutex, MutexGuard};

/// Whether Apollo can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    Online,
    /// No answer.
    Offline,
    /// Something between this computer and Apollo answers in its place.
    InBetween,
    /// Apollo's limit is reached for now.
    Limited,
    /// Apollo refuses the key.
    KeyRefused,
}

/// How things stand, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkStanding {
    pub kind: LinkKind,
    /// None while it is online.
    pub since: Option<Timestamp>,
    /// When Apollo allows the next request, if it has said.
    pub retry_at: Option<Timestamp>,
}

/// Hears every answer and says where things stand. Windows and the outbox share one.
#[derive(Debug)]
pub struct Link {
    state: Mutex<State>,
    /// Counts how often Apollo could be reached again.
    back: watch::Sender<u64>,
}

#[derive(Debug, Clone)]
struct State {
    kind: LinkKind,
    since: Option<Timestamp>,
    retry_at: Option<Timestamp>,
    /// When one request broke of which it is not known whether the network did.
    broken_at: Option<Timestamp>,
}

impl Default for Link {
    fn default() -> Self {
        let state = State {
            kind: LinkKind::Online,
            since: None,
            retry_at: None,
            broken_at: None,
        };
        Self {
            state: Mutex::new(state),
            back: watch::Sender::new(0),
        }
    }
}

/// Whether an error may be that of one request alone: its reply was lost, or one machine of Apollo's
/// was down. The network is in doubt only when the next one fails, too.
fn is_single(error: &Error) -> bool {
    matches!(
        error,
        Error::Network {
            kind: NetworkKind::Reset | NetworkKind::Timeout | NetworkKind::Other,
        } | Error::UpstreamDown { .. }
    )
}

impl Link {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hears how a request went. True if what windows show has changed.
    pub fn hear(&self, error: Option<&Error>, now: Timestamp) -> bool {
        let (kind, retry_at) = match error {
            Some(Error::KeyMissing | Error::KeyRejected) => (LinkKind::KeyRefused, None),
            Some(Error::Limited { until, .. } | Error::BudgetSpent { until, .. }) => {
                (LinkKind::Limited, Some(*until))
            }
            Some(
                Error::Network { .. }
                | Error::UpstreamDown { .. }
                | Error::CaptivePortal
                | Error::ProxyRefused
                | Error::NotSentInTime,
            ) => (LinkKind::Offline, None),
            Some(Error::NotFromApollo { .. }) => (LinkKind::InBetween, None),
            // It may be Apollo's or a stranger's, and says nothing that was not known.
            Some(Error::Undecodable { .. }) => return false,
            // A business refusal is an answer too: Apollo is there.
            None | Some(_) => (LinkKind::Online, None),
        };
        let mut kept = self.state();
        let broken_at = kept.broken_at.take();
        if error.is_some_and(is_single) && kept.kind == LinkKind::Online {
            kept.broken_at = broken_at.or(Some(now));
            if broken_at.is_none() {
                return false;
            }
        }
        let now = broken_at.unwrap_or(now);
        let changed = kept.kind != kind || kept.retry_at != retry_at;
        if kept.kind != kind {
            kept.since = (kind != LinkKind::Online).then_some(now);
        }
        kept.kind = kind;
        kept.retry_at = retry_at;
        if changed && kind == LinkKind::Online {
            self.back.send_modify(|times| *times += 1);
        }
        changed
    }

    /// Whether the last request found no Apollo.
    pub fn is_offline(&self) -> bool {
        self.state().kind == LinkKind::Offline
    }

    /// Changes each time that Apollo can be reached again.
    pub fn returns(&self) -> watch::Receiver<u64> {
        self.back.subscribe()
    }

    /// How things stand.
    pub fn standing(&self) -> LinkStanding {
        let State {
            kind,
            since,
            retry_at,
            ..
        } = *self.state();
        LinkStanding {
            kind,
            since,
            retry_at,
        }
    }
}
