//! What can go wrong between us and Apollo, as the app needs to tell it apart.
//!
//! Promises: an error never holds a key, number, name, email or note, so it may be logged and
//! shown; what Apollo wrote is kept only where it is a sentence we know. Must never: make a caller
//! branch on a text.

use std::time::Duration;

use clock::Timestamp;
use serde::{Deserialize, Serialize};

/// One of the three spans in which Apollo counts requests (Apollo docs: reference section 8.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// 60 seconds.
    Minute,
    /// 60 minutes.
    Hour,
    /// 24 hours.
    Day,
}

impl std::fmt::Display for Window {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        })
    }
}

/// How the network failed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NetworkKind {
    /// Apollo's name could not be looked up: mostly, the machine is offline.
    Dns,
    /// Nothing answers at that address, or no connection could be made in time.
    ConnectionRefused,
    /// The connection broke, possibly after the request was sent.
    Reset,
    /// No answer in time, possibly after the request was processed.
    Timeout,
    /// No secure connection; nothing was sent.
    Tls {
        /// What to look at, in words for a person.
        reason: TlsReason,
    },
    /// Anything else; possibly after the request was sent.
    Other,
}

/// Why a secure connection failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsReason {
    /// The certificate is not valid at our clock's time: mostly, our clock is wrong.
    CheckClock,
    /// Signed by an authority this machine does not trust: mostly, an inspecting proxy.
    UnknownAuthority,
    /// For another host.
    WrongHost,
    /// The other side speaks only versions of TLS that are no longer safe, below 1.2.
    NoCommonVersion,
    /// The other side wants a certificate of ours, which Handset has none of.
    ClientCertificateWanted,
    /// The handshake failed otherwise.
    Other,
}

/// What is known about a request that failed: may it have reached Apollo?
///
/// The wrap-up engine resends only what was [`Delivery::NotSent`], and reads back first what is
/// [`Delivery::Unknown`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Surely not processed: no connection, no permit, or turned away at the door.
    NotSent,
    /// Processed, and refused for a reason of business.
    Refused,
    /// Processed or not: only reading back tells.
    Unknown,
}

/// Everything that can go wrong with a request to Apollo. See the table in the crate docs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No key was sent.
    #[error("No key was sent to Apollo.")]
    KeyMissing,
    /// The key is wrong or was revoked: Apollo answers the same to both.
    #[error("Apollo does not accept this key. It may be mistyped or revoked.")]
    KeyRejected,
    /// The key is valid, but not for this endpoint: not a master key.
    #[error("The key may not do all that Handset needs of Apollo. Handset needs a master key.")]
    ScopedOut {
        /// The endpoint that refused, such as `api/v1/phone_calls/search`.
        endpoint: String,
    },
    /// The team's Apollo plan does not include this endpoint.
    #[error("The team's Apollo plan does not include what Handset asked for.")]
    PlanGated {
        /// The endpoint that refused.
        endpoint: String,
    },
    /// Apollo forbids this action to the user the key acts as.
    #[error("Apollo does not allow this: {message}")]
    NotAllowed {
        /// One of our own sentences for what Apollo said.
        message: String,
    },
    /// Task functions are turned off for the user the key acts as: no task can be shown, changed,
    /// completed or skipped until an admin turns them on.
    #[error("Apollo's task functions are turned off for the key's user.")]
    FunctionsOff,
    /// The record is deleted or never was.
    #[error("Apollo no longer has this record.")]
    Gone,
    /// The task was completed or skipped before.
    #[error("This task is already completed or skipped in Apollo.")]
    AlreadyDone,
    /// Apollo found fault with what we sent.
    #[error("Apollo did not accept the request: {message}")]
    Invalid {
        /// The parameter at fault, by the name under which we sent it, such as
        /// `phone_call_outcome_id` or `contact_ids`; `id` is the one in the path. Known where
        /// Apollo named a parameter, or quoted a value that we sent.
        field: Option<String>,
        /// One of our own sentences for what Apollo said.
        message: String,
    },
    /// Apollo's limit for the team is reached.
    #[error("Apollo's limit for the team is reached.")]
    Limited {
        /// The endpoint, such as `api/v1/tasks#search`.
        endpoint: String,
        /// The window that is used up, where Apollo said so.
        window: Option<Window>,
        /// How long to wait from when the answer came.
        retry_after: Duration,
        /// When to try again.
        until: Timestamp,
    },
    /// Our own budget refuses: the wait would be too long for who asked.
    #[error("What Apollo allows the team is used up for now.")]
    BudgetSpent {
        /// The endpoint, such as `api/v1/tasks#search`.
        endpoint: String,
        /// The window that is used up, where one is.
        window: Option<Window>,
        /// When to try again.
        until: Timestamp,
    },
    /// Apollo asks to wait a moment, mostly since it still works on an earlier request of ours (a
    /// 429 that is no limit).
    #[error("Apollo is busy and asks to wait a moment.")]
    Busy,
    /// Something between this computer and Apollo answered, such as a firewall, a gateway or a
    /// filter: what it says is no fact about a record, a key or a team.
    #[error("Something between this computer and Apollo answered in its place (status {status}).")]
    NotFromApollo {
        /// The status of the answer.
        status: u16,
    },
    /// A refusal of the shape that Apollo's have, for a reason that Handset does not know.
    #[error("Apollo refused this for a reason that Handset does not know (status {status}).")]
    Unrecognized {
        /// The status of the answer.
        status: u16,
    },
    /// Apollo's own machinery broke over the request. It may have done so after it kept what was
    /// sent.
    #[error("Apollo stumbled over the request.")]
    Stumbled,
    /// Apollo itself fails.
    #[error("Apollo is not answering properly right now.")]
    UpstreamDown {
        /// The status, where there was one.
        status: Option<u16>,
        /// Whether a web page came instead of data.
        html: bool,
    },
    /// A web page came with status 200: a hotel or office network wants a sign-in first.
    #[error("This network answered with a web page instead of Apollo. It may want you to sign in.")]
    CaptivePortal,
    /// The proxy refused to pass the request on.
    #[error("The network's proxy refused the connection to Apollo.")]
    ProxyRefused,
    /// The network failed.
    #[error("{}", network_message(kind))]
    Network {
        /// How.
        kind: NetworkKind,
    },
    /// Apollo's answer could not be read. The request may have been processed.
    #[error("Apollo's answer could not be understood.")]
    Undecodable {
        /// Where in the answer.
        path: String,
        /// What was wrong, without any of the answer's content.
        reason: String,
    },
    /// The request was given up before an answer, by the deadline of the whole operation, while
    /// nothing of it was on its way.
    #[error("The request to Apollo waited too long and was not sent.")]
    NotSentInTime,
    /// The client could not be set up (a bad certificate file, an address that is not https).
    #[error("The connection to Apollo could not be set up: {reason}")]
    Setup {
        /// What is wrong, in words for a person.
        reason: String,
    },
}

fn network_message(kind: &NetworkKind) -> &'static str {
    match kind {
        NetworkKind::Dns => "Apollo could not be found. This computer may be offline.",
        NetworkKind::ConnectionRefused => "No connection to Apollo could be made.",
        NetworkKind::Reset => "The connection to Apollo broke.",
        NetworkKind::Timeout => "Apollo did not answer in time.",
        NetworkKind::Tls {
            reason: TlsReason::CheckClock,
        } => {
            "No secure connection: the certificate is not valid at this time. Check this computer's clock."
        }
        NetworkKind::Tls {
            reason: TlsReason::UnknownAuthority,
        } => {
            "No secure connection: this computer does not trust the certificate. An inspecting proxy may need its certificate installed."
        }
        NetworkKind::Tls {
            reason: TlsReason::WrongHost,
        } => "No secure connection: the certificate is for another host.",
        NetworkKind::Tls {
            reason: TlsReason::NoCommonVersion,
        } => "No secure connection: the other side knows no TLS 1.2 or 1.3.",
        NetworkKind::Tls {
            reason: TlsReason::ClientCertificateWanted,
        } => "No secure connection: the other side wants a certificate of this computer's.",
        NetworkKind::Tls {
            reason: TlsReason::Other,
        } => "No secure connection to Apollo could be made.",
        NetworkKind::Other => "The network failed.",
    }
}

impl Error {
    /// Whether the request may have reached Apollo. The one question the wrap-up engine asks.
    pub fn delivery(&self) -> Delivery {
        match self {
            // Turned away before any work: by us, by the network, or at Apollo's door.
            Self::KeyMissing
            | Self::KeyRejected
            | Self::ScopedOut { .. }
            | Self::PlanGated { .. }
            | Self::Limited { .. }
            | Self::BudgetSpent { .. }
            | Self::Busy
            | Self::ProxyRefused
            | Self::NotSentInTime
            | Self::Setup { .. }
            | Self::Network {
                kind: NetworkKind::Dns | NetworkKind::ConnectionRefused | NetworkKind::Tls { .. },
            } => Delivery::NotSent,
            Self::NotAllowed { .. }
            | Self::FunctionsOff
            | Self::Gone
            | Self::AlreadyDone
            | Self::Invalid { .. } => Delivery::Refused,
            Self::UpstreamDown { .. }
            | Self::NotFromApollo { .. }
            | Self::Unrecognized { .. }
            | Self::Stumbled
            | Self::CaptivePortal
            | Self::Undecodable { .. }
            | Self::Network {
                kind: NetworkKind::Reset | NetworkKind::Timeout | NetworkKind::Other,
            } => Delivery::Unknown,
        }
    }

    /// When to try again, where that is known.
    pub fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::Limited { until, .. } | Self::BudgetSpent { until, .. } => Some(*until),
            _ => None,
        }
    }

    /// A short name for logs and for the code across IPC.
    pub fn code(&self) -> &'static str {
        match self {
            Self::KeyMissing => "key_missing",
            Self::KeyRejected => "key_rejected",
            Self::ScopedOut { .. } => "scoped_out",
            Self::PlanGated { .. } => "plan_gated",
            Self::NotAllowed { .. } => "not_allowed",
            Self::FunctionsOff => "functions_off",
            Self::Gone => "gone",
            Self::AlreadyDone => "already_done",
            Self::Invalid { .. } => "invalid",
            Self::Limited { .. } => "limited",
            Self::BudgetSpent { .. } => "budget_spent",
            Self::Busy => "busy",
            Self::NotFromApollo { .. } => "not_from_apollo",
            Self::Unrecognized { .. } => "unrecognized",
            Self::Stumbled => "stumbled",
            Self::UpstreamDown { .. } => "upstream_down",
            Self::CaptivePortal => "captive_portal",
            Self::ProxyRefused => "proxy_refused",
            Self::Network { .. } => "network",
            Self::Undecodable { .. } => "undecodable",
            Self::NotSentInTime => "not_sent_in_time",
            Self::Setup { .. } => "setup",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_surely_never_arrived_may_be_sent_again_unread() {
        let network = |kind| Error::Network { kind }.delivery();
        let tls = NetworkKind::Tls {
            reason: TlsReason::CheckClock,
        };
        for kind in [NetworkKind::Dns, NetworkKind::ConnectionRefused, tls] {
            assert_eq!(network(kind), Delivery::NotSent);
        }
        for kind in [NetworkKind::Reset, NetworkKind::Timeout, NetworkKind::Other] {
            assert_eq!(network(kind), Delivery::Unknown);
        }
        let down = Error::UpstreamDown {
            status: Some(503),
            html: false,
        };
        for error in [
            down,
            Error::CaptivePortal,
            Error::NotFromApollo { status: 404 },
            Error::Unrecognized { status: 422 },
            Error::Stumbled,
        ] {
            assert_eq!(error.delivery(), Delivery::Unknown);
        }
        for error in [
            Error::KeyRejected,
            Error::Busy,
            Error::ProxyRefused,
            Error::NotSentInTime,
        ] {
            assert_eq!(error.delivery(), Delivery::NotSent);
        }
        for error in [Error::Gone, Error::AlreadyDone, Error::FunctionsOff] {
            assert_eq!(error.delivery(), Delivery::Refused);
        }
    }

    /// What a person reads holds no endpoint, no field of an answer and no instant in UTC: whoever
    /// knows the person's zone says when, from [`Error::retry_at`].
    #[test]
    fn no_message_holds_what_only_machines_read() {
        let endpoint = || "api/v1/tasks#search".to_owned();
        let until: Timestamp = "2026-11-28T02:45:04.130661373Z".parse().unwrap();
        for error in [
            Error::ScopedOut {
                endpoint: endpoint(),
            },
            Error::PlanGated {
                endpoint: endpoint(),
            },
            Error::Limited {
                endpoint: endpoint(),
                window: None,
                retry_after: Duration::from_secs(9),
                until,
            },
            Error::BudgetSpent {
                endpoint: endpoint(),
                window: None,
                until,
            },
            Error::Undecodable {
                path: "tasks[3].due_at".to_owned(),
                reason: "expected a string".to_owned(),
            },
        ] {
            let message = error.to_string();
            for raw in ["api/", "#", "2026", "Z", "[", "_", "expected"] {
                assert!(!message.contains(raw), "{raw}: {message}");
            }
        }
    }
}
