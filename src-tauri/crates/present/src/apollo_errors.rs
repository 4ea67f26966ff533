//! What an error of Apollo's says to a person: the one table of it.
//!
//! Whoever tells a person that something did not work with Apollo takes the sentence from here: the
//! checks of a key, the list that could not be loaded, the banner, receipts.
//!
//! Promises: each case has a sentence of its own, and what to do about it. Must never: show a name
//! that only machines read, or an instant in UTC.

use apollo::{Error, ErrorKind};
use clock::Timestamp;
use domain::wrap_up::WaitReason;
use jiff::tz::TimeZone;

use crate::time_text::when;

/// One case, for a person.
struct Row {
    /// What happened, in whole sentences.
    happened: &'static str,
    /// What to do about it while a key is checked. What waits in the outbox goes by itself, or its
    /// receipt says what to do.
    next: &'static str,
}

const fn row(kind: ErrorKind) -> Row {
    const CHECK_AGAIN: &str = "Check again; if it stays, ask your Apollo admin.";
    const NETWORK: &str = "Check the network, then check again.";
    const WAIT: &str = "Wait a few minutes and check again. Apollo's state is on status.apollo.io.";
    let (happened, next) = match kind {
        ErrorKind::KeyMissing => ("No key arrived at Apollo.", "Paste the key again."),
        ErrorKind::KeyRejected => (
            "Apollo does not know this key. It is mistyped, or it was revoked.",
            "Copy the key again in Apollo, or make a new one.",
        ),
        ErrorKind::ScopedOut => (
            "The key may not do this: it is not a master key.",
            "In Apollo, make a new key with *Set as master key* on and no single APIs selected.",
        ),
        ErrorKind::PlanGated => (
            "The team's Apollo plan does not include this, or no longer does.",
            "Ask your Apollo admin about a paid plan with API access.",
        ),
        ErrorKind::NotAllowed => (
            "Apollo does not allow this to the user of the key.",
            CHECK_AGAIN,
        ),
        ErrorKind::FunctionsOff => (
            "Task functions are turned off in Apollo for the user of the key.",
            "Ask your Apollo admin to turn them on, then check again.",
        ),
        ErrorKind::Gone => ("Apollo no longer has this record.", CHECK_AGAIN),
        ErrorKind::AlreadyDone => (
            "This task is already completed or skipped in Apollo.",
            CHECK_AGAIN,
        ),
        ErrorKind::Invalid => ("Apollo does not accept this.", CHECK_AGAIN),
        ErrorKind::Limited => ("Apollo's limit is reached.", "Check again then."),
        ErrorKind::BudgetSpent => (
            "The team has used up what Apollo allows for now.",
            "Check again then.",
        ),
        ErrorKind::Busy => (
            "Apollo is busy and asks to wait a moment.",
            "Wait a moment, then check again.",
        ),
        ErrorKind::NotFromApollo => (
            "Something between this computer and Apollo, such as a firewall, answered in its \
             place.",
            "This says nothing about the key. Try another network, or ask IT to let this computer \
             reach Apollo's host, then check again.",
        ),
        ErrorKind::Unrecognized => (
            "Apollo refused this for a reason that Handset does not know.",
            WAIT,
        ),
        ErrorKind::Stumbled => ("Apollo stumbled over the request.", WAIT),
        ErrorKind::UpstreamDown => ("Apollo is not answering properly.", WAIT),
        ErrorKind::UpstreamPage => ("Apollo answered with an error page instead of data.", WAIT),
        ErrorKind::CaptivePortal => (
            "This network answered with a web page instead of Apollo. It may want you to sign in.",
            "Open a browser, sign in to the network, then check again.",
        ),
        ErrorKind::ProxyRefused => (
            "The network's proxy refused the connection to Apollo.",
            "Ask IT to let this computer reach Apollo's host through the proxy.",
        ),
        ErrorKind::NameNotFound => (
            "Apollo's host could not be found. This computer may be offline.",
            NETWORK,
        ),
        ErrorKind::ConnectionRefused => (
            "Nothing answered at Apollo's address.",
            "Check the network and the address in Settings, Connection.",
        ),
        ErrorKind::ConnectionReset => ("The connection to Apollo broke.", NETWORK),
        ErrorKind::TimedOut => ("Apollo did not answer in time.", NETWORK),
        ErrorKind::TlsClock => (
            "The secure connection failed: by this computer's clock, the certificate is not valid.",
            "Check the computer's date and time first, then check again.",
        ),
        ErrorKind::TlsUnknownAuthority => (
            "The secure connection failed: this computer does not trust who signed the \
             certificate.",
            "If your company inspects traffic, ask IT to install its certificate on this computer.",
        ),
        ErrorKind::TlsWrongHost => (
            "The secure connection failed: the certificate is for another host.",
            "Check the address in Settings, Connection, or ask IT whether traffic is redirected.",
        ),
        ErrorKind::TlsNoCommonVersion => (
            "The secure connection failed: the other side knows no TLS 1.2 or 1.3.",
            "Ask IT about the proxy or firewall on the way: Apollo itself knows both.",
        ),
        ErrorKind::TlsClientCertificateWanted => (
            "The secure connection failed: the other side wants a certificate of this computer's.",
            "Handset cannot send one. Ask IT to let this computer reach Apollo without it.",
        ),
        ErrorKind::TlsOther => (
            "No secure connection to Apollo could be made.",
            "Check the network, or ask IT whether traffic is inspected.",
        ),
        ErrorKind::NetworkOther => ("The network failed.", NETWORK),
        ErrorKind::Undecodable => (
            "Something answered, but not as Apollo does.",
            "Check the address in Settings, Connection, then check again.",
        ),
        ErrorKind::NotSentInTime => ("The request waited too long and was not sent.", NETWORK),
        ErrorKind::Setup => (
            "The connection to Apollo could not be set up.",
            "Check the address in Settings, Connection, then check again.",
        ),
    };
    Row { happened, next }
}

/// What happened, in a case.
pub(crate) const fn happened(kind: ErrorKind) -> &'static str {
    row(kind).happened
}

/// What to do about an error while a key is checked.
pub fn next_step(error: &Error) -> &'static str {
    row(error.kind()).next
}

/// What an error says to a person, with its particulars and the local time at which it is over.
pub fn refusal(error: &Error, now: Timestamp, zone: &TimeZone) -> String {
    let happened = happened(error.kind());
    let plain = || happened.trim_end_matches('.');
    let text = match error {
        Error::NotAllowed { message } | Error::Invalid { message, .. } => {
            format!("{}: {message}", plain())
        }
        Error::Setup { reason } => format!("{}: {reason}", plain()),
        Error::NotFromApollo { status } | Error::Unrecognized { status } => {
            format!("{} (status {status}).", plain())
        }
        _ => happened.to_owned(),
    };
    match error.retry_at() {
        Some(at) => format!("{text} It is free again at {}.", when(at, now, zone)),
        None => text,
    }
}

/// Why what is saved here does not go, as the beginning of a sentence.
pub(crate) const fn waiting(reason: WaitReason) -> &'static str {
    match reason {
        WaitReason::Limit => "Apollo's limit is reached",
        WaitReason::Offline => "Apollo cannot be reached",
        WaitReason::ApolloDown => "Apollo is not answering properly",
        WaitReason::InBetween => {
            "Something between this computer and Apollo, such as a firewall, refuses what Handset \
             sends"
        }
        WaitReason::Key => "Apollo no longer accepts the key",
    }
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
            for sentence in [happened, next] {
                let begins = sentence.starts_with(|first: char| first.is_uppercase());
                assert!(begins && sentence.ends_with('.'), "{kind:?}: {sentence}");
            }
            assert!(told.insert(happened), "{kind:?}: {happened}");
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
            let message = refusal(&error, now, &TimeZone::UTC);
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
        let says = |error| refusal(&error, NOW, &TimeZone::UTC);
        assert_eq!(
            says(Error::NotFromApollo { status: 404 }),
            "Something between this computer and Apollo, such as a firewall, answered in its place \
             (status 404)."
        );
        assert_eq!(
            says(Error::Setup {
                reason: "the address is not https.".to_owned()
            }),
            "The connection to Apollo could not be set up: the address is not https."
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
            let sentence = happened(*kind);
            assert!(
                page.contains(&format!("| {sentence} |")),
                "{kind:?}: {sentence}"
            );
        }
    }
}
