//! What can go wrong between us and Apollo, as the app needs to tell it apart.
//!
//! [`Error`] is what happened once, with its particulars; [`ErrorKind`] is which case it was, for
//! whoever has a table with a row for each.
//!
//! Promises: an error never holds a key, number, name, email or note, so it may be logged; it
//! holds none of Apollo's sentences, only one of our own where Apollo's is known. Its text is for
//! logs: what a person reads is chosen in crate `present`, by its kind. Must never: make a caller
//! branch on a text.

use std::time::Duration;

use clock::Timestamp;
use serde::{Deserialize, Serialize};

/// How the network failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkKind {
    /// Apollo's name could not be looked up: mostly, the machine is offline.
    #[error("the host was not found")]
    Dns,
    /// Nothing answers at that address, or no connection could be made in time.
    #[error("no connection")]
    ConnectionRefused,
    /// The connection broke, possibly after the request was sent.
    #[error("the connection broke")]
    Reset,
    /// No answer in time, possibly after the request was processed.
    #[error("no answer in time")]
    Timeout,
    /// No secure connection; nothing was sent.
    #[error("no secure connection: {reason}")]
    Tls {
        /// Why there is none.
        reason: TlsReason,
    },
    /// Anything else; possibly after the request was sent.
    #[error("the network failed")]
    Other,
}

/// What is wrong with how a client is to be set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SetupReason {
    /// The address is neither http nor https.
    #[error("the address must begin with https://")]
    AddressScheme,
    /// Anybody between here and there could read the key.
    #[error("the address must begin with https://, so that nobody can read the key")]
    AddressNotSecure,
    /// The address has a path, a user name or something else besides scheme and host.
    #[error("the address must be an origin only, such as https://api.apollo.io")]
    AddressNotOrigin,
    /// The key has characters that no header may hold.
    #[error("the key has characters that cannot be sent")]
    KeyCharacters,
    /// A request could not be put together from what it was given.
    #[error("the request could not be put together")]
    Request,
    /// A kind of proxy that is not supported.
    #[error("the proxy's address must begin with http:// or https://")]
    ProxyScheme,
    /// The proxy's address cannot be read.
    #[error("the proxy's address is not valid")]
    ProxyAddress,
    /// The file is no file of certificates.
    #[error("the certificate file is too long to be one")]
    CertificateFileTooLong,
    /// The file holds no certificate in PEM form.
    #[error("the certificate file holds no certificate in PEM form")]
    CertificateFileNotPem,
    /// One of the certificates in the file is damaged.
    #[error("the certificate file holds a certificate that cannot be read")]
    CertificateUnreadable,
    /// The system has no authority that it trusts: on Linux, mostly the package `ca-certificates` is missing.
    #[error("this computer has no certificate authorities")]
    NoAuthorities,
    /// Secure connections could not be prepared for another reason.
    #[error("secure connections could not be prepared on this computer")]
    Tls,
}

/// Why a secure connection failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TlsReason {
    /// The certificate is not valid at our clock's time: mostly, our clock is wrong.
    #[error("the certificate is not valid at this clock's time")]
    CheckClock,
    /// Signed by an authority this machine does not trust: mostly, an inspecting proxy.
    #[error("the certificate's authority is not trusted")]
    UnknownAuthority,
    /// For another host.
    #[error("the certificate is for another host")]
    WrongHost,
    /// The other side speaks only versions of TLS that are no longer safe, below 1.2.
    #[error("the other side knows no TLS 1.2 or 1.3")]
    NoCommonVersion,
    /// The other side wants a certificate of ours, which Handset has none of.
    #[error("the other side wants a client certificate")]
    ClientCertificateWanted,
    /// The handshake failed otherwise.
    #[error("the handshake failed")]
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

/// Where a failure lies: at Apollo, on the way, or here.
///
/// Whoever keeps account of the way to Apollo (a banner, an outbox that probes a dead network) asks
/// for this, and not for single cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Apollo's own answer to this one request: Apollo is there.
    Request,
    /// The key: Apollo is there, and takes nothing with it.
    Key,
    /// Apollo's limit for the team.
    Limit,
    /// Our own budget: Apollo was not asked.
    Budget,
    /// Apollo as a whole.
    Apollo,
    /// Something between this computer and Apollo, which answered in its place.
    InBetween,
    /// The network: there is no way to Apollo.
    Network,
    /// The connection, which broke or stayed silent: the network's fault, or that of this request
    /// alone.
    Connection,
    /// An answer of which nobody can tell whose it is.
    Unclear,
    /// Handset: Apollo was not asked.
    Handset,
}

/// Declares [`ErrorKind`] as the table that it is: each case once, with its code, what is known of its
/// delivery, whether the same request may succeed in a moment, and where the failure lies.
macro_rules! error_kinds {
    ($($(#[$doc:meta])* $kind:ident = $code:literal, $delivery:ident, $passing:literal, $source:ident;)+) => {
        /// One case of [`Error`], without what is particular to one: what every table of errors has
        /// a row for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ErrorKind {
            $($(#[$doc])* $kind,)+
        }

        impl ErrorKind {
            /// Every case.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// A short name for logs and for the code across IPC. The ways in which the network and
            /// Apollo itself fail share one each.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$kind => $code,)+
                }
            }

            /// Whether the request may have reached Apollo.
            pub const fn delivery(self) -> Delivery {
                match self {
                    $(Self::$kind => Delivery::$delivery,)+
                }
            }

            /// Whether the same request may well succeed in a moment, with nobody doing anything. After a
            /// limit, the permit decides when.
            pub const fn is_passing(self) -> bool {
                match self {
                    $(Self::$kind => $passing,)+
                }
            }

            /// Where the failure lies.
            pub const fn source(self) -> Source {
                match self {
                    $(Self::$kind => Source::$source,)+
                }
            }
        }
    };
}

error_kinds! {
    /// [`Error::KeyMissing`]
    KeyMissing = "key_missing", NotSent, false, Key;
    /// [`Error::KeyRejected`]
    KeyRejected = "key_rejected", NotSent, false, Key;
    /// [`Error::ScopedOut`]
    ScopedOut = "scoped_out", NotSent, false, Request;
    /// [`Error::PlanGated`]
    PlanGated = "plan_gated", NotSent, false, Request;
    /// [`Error::NotAllowed`]
    NotAllowed = "not_allowed", Refused, false, Request;
    /// [`Error::FunctionsOff`]
    FunctionsOff = "functions_off", Refused, false, Request;
    /// [`Error::Gone`]
    Gone = "gone", Refused, false, Request;
    /// [`Error::AlreadyDone`]
    AlreadyDone = "already_done", Refused, false, Request;
    /// [`Error::Invalid`]
    Invalid = "invalid", Refused, false, Request;
    /// [`Error::Limited`]
    Limited = "limited", NotSent, true, Limit;
    /// [`Error::BudgetSpent`]
    BudgetSpent = "budget_spent", NotSent, false, Budget;
    /// [`Error::Busy`]
    Busy = "busy", NotSent, true, Request;
    /// [`Error::NotFromApollo`]
    NotFromApollo = "not_from_apollo", Unknown, false, InBetween;
    /// [`Error::Unrecognized`]
    Unrecognized = "unrecognized", Unknown, false, Request;
    /// [`Error::Stumbled`]
    Stumbled = "stumbled", Unknown, false, Request;
    /// [`Error::UpstreamDown`] with data, or with nothing.
    UpstreamDown = "upstream_down", Unknown, true, Apollo;
    /// [`Error::UpstreamDown`] with a web page.
    UpstreamPage = "upstream_down", Unknown, true, Apollo;
    /// [`Error::CaptivePortal`]
    CaptivePortal = "captive_portal", Unknown, false, Network;
    /// [`Error::ProxyRefused`]
    ProxyRefused = "proxy_refused", NotSent, false, Network;
    /// [`NetworkKind::Dns`]
    NameNotFound = "network", NotSent, true, Network;
    /// [`NetworkKind::ConnectionRefused`]
    ConnectionRefused = "network", NotSent, true, Network;
    /// [`NetworkKind::Reset`]
    ConnectionReset = "network", Unknown, true, Connection;
    /// [`NetworkKind::Timeout`]
    TimedOut = "network", Unknown, true, Connection;
    /// [`TlsReason::CheckClock`]
    TlsClock = "network", NotSent, false, Network;
    /// [`TlsReason::UnknownAuthority`]
    TlsUnknownAuthority = "network", NotSent, false, Network;
    /// [`TlsReason::WrongHost`]
    TlsWrongHost = "network", NotSent, false, Network;
    /// [`TlsReason::NoCommonVersion`]
    TlsNoCommonVersion = "network", NotSent, false, Network;
    /// [`TlsReason::ClientCertificateWanted`]
    TlsClientCertificateWanted = "network", NotSent, false, Network;
    /// [`TlsReason::Other`]
    TlsOther = "network", NotSent, false, Network;
    /// [`NetworkKind::Other`]
    NetworkOther = "network", Unknown, false, Connection;
    /// [`Error::Undecodable`]
    Undecodable = "undecodable", Unknown, false, Unclear;
    /// [`Error::NotSentInTime`]
    NotSentInTime = "not_sent_in_time", NotSent, false, Handset;
    /// [`Error::Setup`]
    Setup = "setup", NotSent, false, Handset;
}

/// Everything that can go wrong with a request to Apollo. See the table in the crate docs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No key was sent.
    #[error("no key was sent")]
    KeyMissing,
    /// The key is wrong or was revoked: Apollo answers the same to both.
    #[error("the key was refused")]
    KeyRejected,
    /// The key is valid, but not for this endpoint: not a master key.
    #[error("the key may not use {endpoint}")]
    ScopedOut {
        /// The endpoint that refused, such as `api/v1/phone_calls/search`.
        endpoint: String,
    },
    /// The team's Apollo plan does not include this endpoint.
    #[error("the team's plan does not include {endpoint}")]
    PlanGated {
        /// The endpoint that refused.
        endpoint: String,
    },
    /// Apollo forbids this action to the user the key acts as.
    #[error("not allowed: {message}")]
    NotAllowed {
        /// One of our own sentences for Apollo's reason.
        message: String,
    },
    /// Task functions are turned off for the user the key acts as: no task can be shown, changed,
    /// completed or skipped until an admin turns them on.
    #[error("task functions are turned off for the key's user")]
    FunctionsOff,
    /// The record is deleted or never was.
    #[error("the record is gone")]
    Gone,
    /// The task was completed or skipped before.
    #[error("the task is completed or skipped already")]
    AlreadyDone,
    /// Apollo found fault with what we sent.
    #[error("not valid: {message}")]
    Invalid {
        /// The parameter at fault, by the name under which we sent it, such as
        /// `phone_call_outcome_id` or `contact_ids`; `id` is the one in the path. Known where
        /// Apollo named a parameter, or quoted a value that we sent.
        field: Option<String>,
        /// One of our own sentences for Apollo's reason.
        message: String,
    },
    /// Apollo's limit for the team is reached.
    #[error("the limit of {endpoint} is reached until {until}")]
    Limited {
        /// The endpoint, such as `api/v1/tasks#search`.
        endpoint: String,
        /// How long to wait from when the answer came.
        retry_after: Duration,
        /// When to try again.
        until: Timestamp,
    },
    /// Our own budget refuses: the wait would be too long for who asked.
    #[error("the budget of {endpoint} is spent until {until}")]
    BudgetSpent {
        /// The endpoint, such as `api/v1/tasks#search`.
        endpoint: String,
        /// When to try again.
        until: Timestamp,
    },
    /// Apollo asks to wait a moment, mostly since it still works on an earlier request of ours (a
    /// 429 that is no limit).
    #[error("Apollo is busy")]
    Busy,
    /// Something between this computer and Apollo answered, such as a firewall, a gateway or a
    /// filter: what it says is no fact about a record, a key or a team.
    #[error("something in between answered with status {status}")]
    NotFromApollo {
        /// The status of the answer.
        status: u16,
    },
    /// A refusal of the shape that Apollo's have, for a reason that Handset does not know.
    #[error("refused for an unknown reason with status {status}")]
    Unrecognized {
        /// The status of the answer.
        status: u16,
    },
    /// Apollo's own machinery broke over the request. It may have done so after it stored what
    /// was sent.
    #[error("Apollo broke over the request")]
    Stumbled,
    /// Apollo itself fails.
    #[error("Apollo is down")]
    UpstreamDown {
        /// The status, where there was one.
        status: Option<u16>,
        /// Whether a web page came instead of data.
        html: bool,
    },
    /// A web page came with status 200: a hotel or office network wants a sign-in first.
    #[error("a web page came instead of data")]
    CaptivePortal,
    /// The proxy refused to pass the request on.
    #[error("the proxy refused the connection")]
    ProxyRefused,
    /// The network failed.
    #[error("{kind}")]
    Network {
        /// How it failed.
        kind: NetworkKind,
    },
    /// Apollo's answer could not be read. The request may have been processed.
    #[error("the answer could not be read at {path}: {reason}")]
    Undecodable {
        /// Where in the answer.
        path: String,
        /// What was wrong, without any of the answer's content.
        reason: String,
    },
    /// The request was given up before an answer, by the deadline of the whole operation, while
    /// nothing of it was on its way.
    #[error("not sent before the deadline")]
    NotSentInTime,
    /// The client could not be set up (a bad certificate file, an address that is not https).
    #[error("no client could be set up: {reason}")]
    Setup {
        /// What is wrong.
        reason: SetupReason,
    },
}

impl Error {
    /// Which case it is, without what is particular to this one.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::KeyMissing => ErrorKind::KeyMissing,
            Self::KeyRejected => ErrorKind::KeyRejected,
            Self::ScopedOut { .. } => ErrorKind::ScopedOut,
            Self::PlanGated { .. } => ErrorKind::PlanGated,
            Self::NotAllowed { .. } => ErrorKind::NotAllowed,
            Self::FunctionsOff => ErrorKind::FunctionsOff,
            Self::Gone => ErrorKind::Gone,
            Self::AlreadyDone => ErrorKind::AlreadyDone,
            Self::Invalid { .. } => ErrorKind::Invalid,
            Self::Limited { .. } => ErrorKind::Limited,
            Self::BudgetSpent { .. } => ErrorKind::BudgetSpent,
            Self::Busy => ErrorKind::Busy,
            Self::NotFromApollo { .. } => ErrorKind::NotFromApollo,
            Self::Unrecognized { .. } => ErrorKind::Unrecognized,
            Self::Stumbled => ErrorKind::Stumbled,
            Self::UpstreamDown { html: true, .. } => ErrorKind::UpstreamPage,
            Self::UpstreamDown { html: false, .. } => ErrorKind::UpstreamDown,
            Self::CaptivePortal => ErrorKind::CaptivePortal,
            Self::ProxyRefused => ErrorKind::ProxyRefused,
            Self::Network { kind } => match kind {
                NetworkKind::Dns => ErrorKind::NameNotFound,
                NetworkKind::ConnectionRefused => ErrorKind::ConnectionRefused,
                NetworkKind::Reset => ErrorKind::ConnectionReset,
                NetworkKind::Timeout => ErrorKind::TimedOut,
                NetworkKind::Tls { reason } => match reason {
                    TlsReason::CheckClock => ErrorKind::TlsClock,
                    TlsReason::UnknownAuthority => ErrorKind::TlsUnknownAuthority,
                    TlsReason::WrongHost => ErrorKind::TlsWrongHost,
                    TlsReason::NoCommonVersion => ErrorKind::TlsNoCommonVersion,
                    TlsReason::ClientCertificateWanted => ErrorKind::TlsClientCertificateWanted,
                    TlsReason::Other => ErrorKind::TlsOther,
                },
                NetworkKind::Other => ErrorKind::NetworkOther,
            },
            Self::Undecodable { .. } => ErrorKind::Undecodable,
            Self::NotSentInTime => ErrorKind::NotSentInTime,
            Self::Setup { .. } => ErrorKind::Setup,
        }
    }

    /// Whether the request may have reached Apollo. The one question the wrap-up engine asks.
    pub fn delivery(&self) -> Delivery {
        self.kind().delivery()
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
        self.kind().code()
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

    #[test]
    fn every_case_has_a_kind_of_its_own_and_a_code_that_is_a_word() {
        let all: std::collections::BTreeSet<_> = ErrorKind::ALL.iter().collect();
        assert_eq!(all.len(), ErrorKind::ALL.len());
        for kind in ErrorKind::ALL {
            let is_word = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
            assert!(kind.code().bytes().all(is_word), "{kind:?}");
            // What Apollo decided stays decided, however often it is asked.
            let is_decided = kind.delivery() == Delivery::Refused;
            assert!(!(is_decided && kind.is_passing()), "{kind:?}");
            // Apollo decided, so it was there and answered this request.
            assert!(!is_decided || kind.source() == Source::Request, "{kind:?}");
            // Without a way to Apollo nothing was processed, unless a stranger says so.
            let is_cut_off = kind.source() == Source::Network && kind != &ErrorKind::CaptivePortal;
            assert!(
                !is_cut_off || kind.delivery() == Delivery::NotSent,
                "{kind:?}"
            );
        }
    }
}
