//! What a failure below HTTP means, told from the chain of its causes.
//!
//! Promises: *not sent* is reported only where no byte of the request can have reached Apollo. Must
//! never: put a text of the HTTP library's into an error.

use std::{error::Error as StdError, io};

use rustls::AlertDescription;

use crate::{Error, NetworkKind, TlsReason};

/// What a failure on the wire means, told from the chain of its causes.
pub(super) fn network_error(error: &reqwest::Error) -> Error {
    let kind = |kind| Error::Network { kind };
    if error.is_connect() {
        if let Some(reason) = tls_reason(error) {
            return kind(NetworkKind::Tls { reason });
        }
        if is_tunnel_refusal(error) {
            return Error::ProxyRefused;
        }
        let dns = error.is_dns();
        return kind(if dns {
            NetworkKind::Dns
        } else {
            NetworkKind::ConnectionRefused
        });
    }
    if error.is_timeout() {
        return kind(NetworkKind::Timeout);
    }
    // In TLS 1.3 the client is done with the handshake before the server has looked for its
    // certificate, so that the refusal comes where an answer is waited for. It takes no request.
    if let Some(reason @ TlsReason::ClientCertificateWanted) = tls_reason(error) {
        return kind(NetworkKind::Tls { reason });
    }
    // Everything else happened on an open connection: sent or not, no one can tell.
    let broken = causes(error).any(<dyn StdError>::is::<io::Error>);
    let cut_off = error.is_body() || error.is_decode() || error.is_request();
    kind(if broken || cut_off {
        NetworkKind::Reset
    } else {
        NetworkKind::Other
    })
}

fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| cause(error))
}

fn cause<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    // An io::Error hides what it wraps from `source`.
    match error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
    {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

fn tls_reason(error: &reqwest::Error) -> Option<TlsReason> {
    use rustls::{CertificateError as Fault, PeerIncompatible as Peer};
    let tls = causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>())?;
    Some(match tls {
        rustls::Error::InvalidCertificate(fault) => match fault {
            Fault::Expired
            | Fault::ExpiredContext { .. }
            | Fault::NotValidYet
            | Fault::NotValidYetContext { .. } => TlsReason::CheckClock,
            Fault::NotValidForName | Fault::NotValidForNameContext { .. } => TlsReason::WrongHost,
            Fault::UnknownIssuer => TlsReason::UnknownAuthority,
            _ => TlsReason::Other,
        },
        rustls::Error::PeerIncompatible(
            Peer::ServerDoesNotSupportTls12Or13 | Peer::ServerTlsVersionIsDisabledByOurConfig,
        )
        | rustls::Error::AlertReceived(AlertDescription::ProtocolVersion) => {
            TlsReason::NoCommonVersion
        }
        rustls::Error::AlertReceived(AlertDescription::CertificateRequired) => {
            TlsReason::ClientCertificateWanted
        }
        _ => TlsReason::Other,
    })
}

/// A proxy that would not open a tunnel. Its error type is private to the HTTP library, so that
/// only its text tells it; were that text changed, this would read as no connection.
fn is_tunnel_refusal(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| {
        matches!(
            cause.to_string().as_str(),
            "tunnel error: unsuccessful" | "tunnel error: proxy authorization required"
        )
    })
}
