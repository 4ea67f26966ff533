//! Whether Apollo can be reached, in one sentence for the banner.

use clock::Timestamp;
use domain::wrap_up::{StepState, WaitReason, WrapUp};
use jiff::tz::TimeZone;
use outbox::Outbox;
use serde::Serialize;
use ts_rs::TS;

use crate::{apollo_errors::waiting, time_text::when};

/// Whether Apollo can be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Connection {
    pub state: ConnectionState,
    /// One sentence for the banner; empty when online.
    pub sentence: String,
    #[ts(type = "string | null")]
    pub since: Option<Timestamp>,
    #[ts(type = "string | null")]
    pub retry_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    Online,
    /// No answer, or none that is any good: the loaded queue can be worked, wrap-ups are kept.
    Offline,
    /// Something between this computer and Apollo answers in its place: wrap-ups are kept.
    InBetween,
    /// Apollo's limit is reached for now.
    Limited,
    /// Apollo refuses the key.
    KeyRefused,
    /// This computer's disk refuses to record what is sent, so nothing is sent.
    DiskRefuses,
}

impl Connection {
    /// Nothing is known against it.
    pub fn online() -> Self {
        Self {
            state: ConnectionState::Online,
            sentence: String::new(),
            since: None,
            retry_at: None,
        }
    }
}

/// Whether Apollo can be reached.
pub fn connection(outbox: &Outbox, now: Timestamp, zone: &TimeZone) -> Connection {
    let (unsent, _) = outbox.unsent();
    let kept = outbox.link().standing();
    let next_try = |wrap_up: &WrapUp| match wrap_up.steps.get(wrap_up.current_step()?)?.state {
        StepState::Waiting { until, .. } => Some(until),
        StepState::Unknown { look_at, .. } => Some(look_at),
        _ => None,
    };
    let retry_at = outbox.waiting().iter().filter_map(next_try).min();
    let disk = outbox.disk_trouble();
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
    let sentence = kept.trouble.map_or_else(String::new, |trouble| {
        let why = waiting(trouble);
        match trouble {
            WaitReason::Offline | WaitReason::ApolloDown | WaitReason::InBetween => format!(
                "{why} since {since}. You can go on calling. {safe}{}",
                next.unwrap_or_default()
            ),
            WaitReason::Limit => {
                let until = retry_at
                    .map(|at| format!(" It allows the next request at {}.", when(at, now, zone)))
                    .unwrap_or_default();
                format!("{why}.{until} {safe}")
            }
            WaitReason::Key => format!(
                "{why} since {since}. Connect a new one. {}",
                if unsent == 0 {
                    "Nothing is lost."
                } else {
                    safe.as_str()
                }
            ),
        }
    });
    Connection {
        state: kept.trouble.map_or(ConnectionState::Online, Into::into),
        sentence,
        since: kept.since,
        retry_at,
    }
}

impl From<WaitReason> for ConnectionState {
    fn from(reason: WaitReason) -> Self {
        match reason {
            WaitReason::Offline | WaitReason::ApolloDown => Self::Offline,
            WaitReason::InBetween => Self::InBetween,
            WaitReason::Limit => Self::Limited,
            WaitReason::Key => Self::KeyRefused,
        }
    }
}
