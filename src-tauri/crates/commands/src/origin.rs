//! The address of an Apollo, as a person types it.

use domain::settings::APOLLO_ORIGIN;
use present::{Problem, ProblemCode};
use text::{Text, message};

/// The origin of an address that a person typed, if it may be talked to.
pub(crate) fn origin_of(text: &str) -> Result<String, Problem> {
    let invalid = |message: Text| {
        let hint = message!("settings-errors-address-next", origin = APOLLO_ORIGIN);
        Problem::new(ProblemCode::Invalid, message).hint(hint)
    };
    let url =
        url::Url::parse(text.trim()).map_err(|_| invalid(message!("settings-errors-address")))?;
    let is_loopback = match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => return Err(invalid(message!("settings-errors-address-host"))),
    };
    match url.scheme() {
        "https" => {}
        "http" if is_loopback => {}
        _ => return Err(invalid(message!("settings-errors-address-https"))),
    }
    if url.path() != "/" || url.query().is_some() || !url.username().is_empty() {
        return Err(invalid(message!("settings-errors-address-path")));
    }
    Ok(url.origin().ascii_serialization())
}
