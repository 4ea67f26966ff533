//! Whether Apollo can be reached, as the last answers tell it.
//!
//! Promises: only an answer of Apollo's own is *online*; what anybody in between answers is named as
//! that; one request that went wrong is no outage.

use std::sync::{Mutex, MutexGuard, PoisonError};

use apollo::{Error, NetworkKind};
use clock::Timestamp;
use jiff::tz::TimeZone;
use tokio::sync::watch;

use crate::{
    ports::StoreError,
    time_text::when,
    view::{Connection, ConnectionState},
};

/// Hears every answer and says where things stand. Windows and the engine share one.
#[derive(Debug)]
pub struct Link {
    state: Mutex<State>,
    /// Counts how often Apollo could be reached again.
    back: watch::Sender<u64>,
}

#[derive(Debug, Clone)]
struct State {
    kind: ConnectionState,
    since: Option<Timestamp>,
    retry_at: Option<Timestamp>,
    /// When one request broke of which it is not known whether the network did.
    broken_at: Option<Timestamp>,
}

impl Default for Link {
    fn default() -> Self {
        let state = State {
            kind: ConnectionState::Online,
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
            Some(Error::KeyMissing | Error::KeyRejected) => (ConnectionState::KeyRefused, None),
            Some(Error::Limited { until, .. } | Error::BudgetSpent { until, .. }) => {
                (ConnectionState::Limited, Some(*until))
            }
            Some(
                Error::Network { .. }
                | Error::UpstreamDown { .. }
                | Error::CaptivePortal
                | Error::ProxyRefused
                | Error::NotSentInTime,
            ) => (ConnectionState::Offline, None),
            Some(Error::NotFromApollo { .. }) => (ConnectionState::InBetween, None),
            // It may be Apollo's or a stranger's, and says nothing that was not known.
            Some(Error::Undecodable { .. }) => return false,
            // A business refusal is an answer too: Apollo is there.
            None | Some(_) => (ConnectionState::Online, None),
        };
        let mut kept = self.state();
        let broken_at = kept.broken_at.take();
        if error.is_some_and(is_single) && kept.kind == ConnectionState::Online {
            kept.broken_at = broken_at.or(Some(now));
            if broken_at.is_none() {
                return false;
            }
        }
        let now = broken_at.unwrap_or(now);
        let changed = kept.kind != kind || kept.retry_at != retry_at;
        if kept.kind != kind {
            kept.since = (kind != ConnectionState::Online).then_some(now);
        }
        kept.kind = kind;
        kept.retry_at = retry_at;
        if changed && kind == ConnectionState::Online {
            self.back.send_modify(|times| *times += 1);
        }
        changed
    }

    /// Whether the last request found no Apollo.
    pub fn is_offline(&self) -> bool {
        self.state().kind == ConnectionState::Offline
    }

    /// Changes each time that Apollo can be reached again.
    pub fn returns(&self) -> watch::Receiver<u64> {
        self.back.subscribe()
    }

    /// As shown. `unsent` are the wrap-ups that wait, `retry_at` when the first goes again, `disk` why
    /// this computer's disk refuses to record what is sent.
    pub fn view(
        &self,
        unsent: u32,
        retry_at: Option<Timestamp>,
        disk: Option<&StoreError>,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Connection {
        let kept = self.state().clone();
        if let Some(error) = disk {
            return Connection {
                state: ConnectionState::DiskRefuses,
                sentence: format!(
                    "Calls cannot be sent: {error}. {} As soon as Handset can write to its folder \
                     again, they go by themselves.",
                    match unsent {
                        1 => "1 call is kept here.".to_owned(),
                        many => format!("{many} calls are kept here."),
                    }
                ),
                since: kept.since,
                retry_at: None,
            };
        }
        let retry_at = kept.retry_at.or(retry_at);
        let since = kept.since.map(|at| when(at, now, zone)).unwrap_or_default();
        let safe = match unsent {
            0 => "Nothing is waiting to be sent.".to_owned(),
            1 => "1 call is kept here and goes by itself.".to_owned(),
            many => format!("{many} calls are kept here and go by themselves."),
        };
        let next = retry_at.map(|at| format!(" Next try at {}.", when(at, now, zone)));
        let sentence = match kept.kind {
            // The disk is asked above, since no answer of Apollo's tells of it.
            ConnectionState::Online | ConnectionState::DiskRefuses => String::new(),
            ConnectionState::Offline => format!(
                "Apollo cannot be reached since {since}. You can go on calling. {safe}{}",
                next.unwrap_or_default()
            ),
            ConnectionState::InBetween => format!(
                "Something between this computer and Apollo refuses requests since {since}, such \
                 as a firewall or a filter. You can go on calling. {safe}{}",
                next.unwrap_or_default()
            ),
            ConnectionState::Limited => {
                let until = retry_at
                    .map(|at| format!(" It allows the next request at {}.", when(at, now, zone)))
                    .unwrap_or_default();
                format!("Apollo's limit is reached.{until} {safe}")
            }
            ConnectionState::KeyRefused => format!(
                "Apollo no longer accepts the key since {since}. Connect a new one. {}",
                if unsent == 0 {
                    "Nothing is lost."
                } else {
                    safe.as_str()
                }
            ),
        };
        Connection {
            state: kept.kind,
            sentence,
            since: kept.since,
            retry_at,
        }
    }
}
