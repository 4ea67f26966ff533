//! Whether Apollo can be reached, in one sentence for the banner.

use clock::Timestamp;
use domain::wrap_up::{StepState, WaitReason, WrapUp};
use jiff::tz::TimeZone;
use outbox::Outbox;
use serde::Serialize;
use text::{Text, message};
use ts_rs::TS;

use crate::{apollo_errors::wait_choice, store_errors::store_reason, time_text::when};

/// Whether Apollo can be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Connection {
    pub state: ConnectionState,
    /// One sentence for the banner; empty when online.
    pub sentence: Text,
    #[ts(type = "string | null")]
    pub since: Option<Timestamp>,
    #[ts(type = "string | null")]
    pub retry_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    Online,
    /// No answer, or no usable one: the loaded queue can be worked, wrap-ups wait here.
    Offline,
    /// Something between this computer and Apollo answers in its place: wrap-ups wait here.
    InBetween,
    /// Apollo's limit is reached for now.
    Limited,
    /// Apollo refuses the key.
    KeyRefused,
    /// This computer's disk refuses to record what is sent, so nothing is sent.
    DiskRefuses,
}

impl Connection {
    /// No trouble is known.
    pub fn online() -> Self {
        Self {
            state: ConnectionState::Online,
            sentence: Text::empty(),
            since: None,
            retry_at: None,
        }
    }
}

/// Whether Apollo can be reached.
pub fn connection(outbox: &Outbox, now: Timestamp, zone: &TimeZone) -> Connection {
    let (unsent, _) = outbox.unsent();
    let standing = outbox.link().standing();
    let next_try = |wrap_up: &WrapUp| match wrap_up.steps.get(wrap_up.current_step()?)?.state {
        StepState::Waiting { until, .. } => Some(until),
        StepState::Unknown { look_at, .. } => Some(look_at),
        _ => None,
    };
    let retry_at = outbox.waiting().iter().filter_map(next_try).min();
    if let Some(error) = outbox.disk_trouble() {
        return Connection {
            state: ConnectionState::DiskRefuses,
            sentence: message!(
                "connection-disk-refuses",
                reason = store_reason(&error),
                unsent = unsent,
            ),
            since: standing.since,
            retry_at: None,
        };
    }
    let retry_at = standing.retry_at.or(retry_at);
    let time = |at| when(at, now, zone);
    let since = standing.since.map(time).unwrap_or_default();
    let safe = || match unsent {
        0 => message!("connection-nothing-waits"),
        unsent => message!("connection-saved-here", unsent = unsent),
    };
    let sentence = standing.trouble.map_or_else(Text::empty, |trouble| {
        let parts = match trouble {
            WaitReason::Offline | WaitReason::ApolloDown | WaitReason::InBetween => [
                message!(
                    "connection-trouble",
                    reason = wait_choice(trouble),
                    since = since,
                ),
                safe(),
                retry_at
                    .map(|at| message!("connection-next-try", when = time(at)))
                    .unwrap_or_default(),
            ],
            WaitReason::Limit => [
                message!("connection-limit"),
                retry_at
                    .map(|at| message!("connection-next-request", when = time(at)))
                    .unwrap_or_default(),
                safe(),
            ],
            WaitReason::Key => [
                message!("connection-key-refused", since = since),
                match unsent {
                    0 => message!("connection-nothing-lost"),
                    _ => safe(),
                },
                Text::empty(),
            ],
        };
        Text::sentences(parts)
    });
    Connection {
        state: standing.trouble.map_or(ConnectionState::Online, Into::into),
        sentence,
        since: standing.since,
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
