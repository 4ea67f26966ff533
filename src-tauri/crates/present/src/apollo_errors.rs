//! What a person reads about an error of Apollo's: the one table of it.
//!
//! Whoever tells a person that something did not work with Apollo takes the sentence from here: the
//! checks of a key, the list that could not be loaded, the banner, receipts.
//!
//! Promises: each case has a sentence of its own, and what to do about it. Must never: show a name
//! that only machines read, or an instant in UTC.

use apollo::{Error, ErrorKind, SetupReason};
use clock::Timestamp;
use domain::wrap_up::WaitReason;
use jiff::tz::TimeZone;
use text::{Text, Value, message};

use crate::time_text::when;

/// One case, for a person.
struct Row {
    /// What happened, in whole sentences.
    happened: Text,
    /// What to do about it while a key is checked. What waits in the outbox goes by itself, or its
    /// receipt says what to do.
    next: Text,
}

fn row(kind: ErrorKind) -> Row {
    let (happened, next) = match kind {
        ErrorKind::KeyMissing => (
            message!("apollo-key-missing"),
            message!("apollo-key-missing-next"),
        ),
        ErrorKind::KeyRejected => (
            message!("apollo-key-rejected"),
            message!("apollo-key-rejected-next"),
        ),
        ErrorKind::ScopedOut => (
            message!("apollo-scoped-out"),
            message!("apollo-scoped-out-next"),
        ),
        ErrorKind::PlanGated => (
            message!("apollo-plan-gated"),
            message!("apollo-plan-gated-next"),
        ),
        ErrorKind::NotAllowed => (
            message!("apollo-not-allowed"),
            message!("apollo-next-check-again"),
        ),
        ErrorKind::FunctionsOff => (
            message!("apollo-functions-off"),
            message!("apollo-functions-off-next"),
        ),
        ErrorKind::Gone => (message!("apollo-gone"), message!("apollo-next-check-again")),
        ErrorKind::AlreadyDone => (
            message!("apollo-already-done"),
            message!("apollo-next-check-again"),
        ),
        ErrorKind::Invalid => (
            message!("apollo-invalid"),
            message!("apollo-next-check-again"),
        ),
        ErrorKind::Limited => (message!("apollo-limited"), message!("apollo-limited-next")),
        ErrorKind::BudgetSpent => (
            message!("apollo-budget-spent"),
            message!("apollo-budget-spent-next"),
        ),
        ErrorKind::Busy => (message!("apollo-busy"), message!("apollo-busy-next")),
        ErrorKind::NotFromApollo => (
            message!("apollo-not-from-apollo"),
            message!("apollo-not-from-apollo-next"),
        ),
        ErrorKind::Unrecognized => (
            message!("apollo-unrecognized"),
            message!("apollo-next-wait"),
        ),
        ErrorKind::Stumbled => (message!("apollo-stumbled"), message!("apollo-next-wait")),
        ErrorKind::UpstreamDown => (
            message!("apollo-upstream-down"),
            message!("apollo-next-wait"),
        ),
        ErrorKind::UpstreamPage => (
            message!("apollo-upstream-page"),
            message!("apollo-next-wait"),
        ),
        ErrorKind::CaptivePortal => (
            message!("apollo-captive-portal"),
            message!("apollo-captive-portal-next"),
        ),
        ErrorKind::ProxyRefused => (
            message!("apollo-proxy-refused"),
            message!("apollo-proxy-refused-next"),
        ),
        ErrorKind::NameNotFound => (
            message!("apollo-name-not-found"),
            message!("apollo-next-check-network"),
        ),
        ErrorKind::ConnectionRefused => (
            message!("apollo-connection-refused"),
            message!("apollo-connection-refused-next"),
        ),
        ErrorKind::ConnectionReset => (
            message!("apollo-connection-reset"),
            message!("apollo-next-check-network"),
        ),
        ErrorKind::TimedOut => (
            message!("apollo-timed-out"),
            message!("apollo-next-check-network"),
        ),
        ErrorKind::TlsClock => (
            message!("apollo-tls-clock"),
            message!("apollo-tls-clock-next"),
        ),
        ErrorKind::TlsUnknownAuthority => (
            message!("apollo-tls-unknown-authority"),
            message!("apollo-tls-unknown-authority-next"),
        ),
        ErrorKind::TlsWrongHost => (
            message!("apollo-tls-wrong-host"),
            message!("apollo-tls-wrong-host-next"),
        ),
        ErrorKind::TlsNoCommonVersion => (
            message!("apollo-tls-no-common-version"),
            message!("apollo-tls-no-common-version-next"),
        ),
        ErrorKind::TlsClientCertificateWanted => (
            message!("apollo-tls-client-certificate-wanted"),
            message!("apollo-tls-client-certificate-wanted-next"),
        ),
        ErrorKind::TlsOther => (
            message!("apollo-tls-other"),
            message!("apollo-tls-other-next"),
        ),
        ErrorKind::NetworkOther => (
            message!("apollo-network-other"),
            message!("apollo-next-check-network"),
        ),
        ErrorKind::Undecodable => (
            message!("apollo-undecodable"),
            message!("apollo-undecodable-next"),
        ),
        ErrorKind::NotSentInTime => (
            message!("apollo-not-sent-in-time"),
            message!("apollo-next-check-network"),
        ),
        ErrorKind::Setup => (message!("apollo-setup"), message!("apollo-setup-next")),
    };
    Row { happened, next }
}

/// What happened, in a case.
pub(crate) fn happened(kind: ErrorKind) -> Text {
    row(kind).happened
}

/// What to do about an error while a key is checked.
pub fn next_step(error: &Error) -> Text {
    match error {
        Error::Setup {
            reason: SetupReason::NoAuthorities,
        } => message!("apollo-setup-no-authorities-next"),
        _ => row(error.kind()).next,
    }
}

fn setup_sentence(reason: SetupReason) -> Text {
    match reason {
        SetupReason::AddressScheme => message!("apollo-setup-address-scheme"),
        SetupReason::AddressNotSecure => message!("apollo-setup-address-not-secure"),
        SetupReason::AddressNotOrigin => message!("apollo-setup-address-not-origin"),
        SetupReason::KeyCharacters => message!("apollo-setup-key"),
        SetupReason::Request => message!("apollo-setup-request"),
        SetupReason::ProxyScheme => message!("apollo-setup-proxy-scheme"),
        SetupReason::ProxyAddress => message!("apollo-setup-proxy-address"),
        SetupReason::CertificateFileTooLong => message!("apollo-setup-certificate-file-too-long"),
        SetupReason::CertificateFileNotPem => message!("apollo-setup-certificate-file-not-pem"),
        SetupReason::CertificateUnreadable => message!("apollo-setup-certificate-unreadable"),
        SetupReason::NoAuthorities => message!("apollo-setup-no-authorities"),
        SetupReason::Tls => message!("apollo-setup-tls"),
    }
}

/// What an error says to a person, with its particulars and the local time at which it is over.
pub fn refusal(error: &Error, now: Timestamp, zone: &TimeZone) -> Text {
    let text = match error {
        Error::NotAllowed { message } => {
            message!("apollo-not-allowed-detail", detail = message.as_str())
        }
        Error::Invalid { message, .. } => {
            message!("apollo-invalid-detail", detail = message.as_str())
        }
        Error::Setup { reason } => setup_sentence(*reason),
        Error::NotFromApollo { status } => {
            message!("apollo-not-from-apollo-status", status = status.to_string())
        }
        Error::Unrecognized { status } => {
            message!("apollo-unrecognized-status", status = status.to_string())
        }
        _ => happened(error.kind()),
    };
    let free_again = error
        .retry_at()
        .map(|at| message!("apollo-free-again", when = when(at, now, zone)));
    Text::sentences([text].into_iter().chain(free_again))
}

/// A reason to wait, as messages select by it.
pub(crate) fn wait_choice(reason: WaitReason) -> Value {
    Value::choice(match reason {
        WaitReason::Limit => "limit",
        WaitReason::Offline => "offline",
        WaitReason::ApolloDown => "apollo_down",
        WaitReason::InBetween => "in_between",
        WaitReason::Key => "key",
    })
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, time::Duration};

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn every_case_has_a_sentence_of_its_own_and_what_to_do_about_it() {
        let mut told = BTreeSet::new();
        for kind in ErrorKind::ALL {
            let Row { happened, next } = row(*kind);
            let happened = happened.english();
            for sentence in [&happened, &next.english()] {
                let begins = sentence.starts_with(|first: char| first.is_uppercase());
                assert!(begins && sentence.ends_with('.'), "{kind:?}: {sentence}");
            }
            assert!(told.insert(happened.clone()), "{kind:?}: {happened}");
        }
    }

    /// Whoever knows the person's zone says when; endpoints, fields and paths are for logs.
    #[test]
    fn no_sentence_holds_what_only_machines_read() {
        let endpoint = || "api/v1/tasks#search".to_owned();
        let until: Timestamp = "2026-11-28T02:45:04.130661373Z".parse().unwrap();
        let now = until - Duration::from_mins(5);
        for error in [
            Error::ScopedOut {
                endpoint: endpoint(),
            },
            Error::PlanGated {
                endpoint: endpoint(),
            },
            Error::Limited {
                endpoint: endpoint(),
                retry_after: Duration::from_secs(9),
                until,
            },
            Error::BudgetSpent {
                endpoint: endpoint(),
                until,
            },
            Error::Undecodable {
                path: "tasks[3].due_at".to_owned(),
                reason: "expected a string".to_owned(),
            },
        ] {
            let message = refusal(&error, now, &TimeZone::UTC).english();
            for raw in ["api/", "#", "2026", "Z", "[", "_", "expected"] {
                assert!(!message.contains(raw), "{raw}: {message}");
            }
            if error.retry_at().is_some() {
                assert!(message.contains("02:45"), "{message}");
            }
        }
    }

    #[test]
    fn what_is_particular_to_one_error_is_said_in_its_sentence() {
        let says = |error| refusal(&error, NOW, &TimeZone::UTC).english();
        assert_eq!(
            says(Error::NotFromApollo { status: 404 }),
            "Something between this computer and Apollo, such as a firewall, answered in its place \
             (status 404)."
        );
        assert_eq!(
            says(Error::Setup {
                reason: SetupReason::NoAuthorities
            }),
            "Handset cannot connect to Apollo safely: this computer has no list of certificate \
             authorities. Nothing was sent."
        );
    }

    /// The page for IT repeats the table.
    #[test]
    fn the_page_about_networks_says_what_the_app_says() {
        let page = include_str!("../../../../docs/NETWORKS.md");
        let of_the_network = ErrorKind::ALL.iter().filter(|kind| {
            use apollo::Source::{Apollo, Connection, InBetween, Network, Unclear};
            matches!(
                kind.source(),
                Apollo | Connection | InBetween | Network | Unclear
            ) && **kind != ErrorKind::NetworkOther
        });
        for kind in of_the_network {
            let sentence = happened(*kind).english();
            assert!(
                page.contains(&format!("| {sentence} |")),
                "{kind:?}: {sentence}"
            );
        }
    }
}
