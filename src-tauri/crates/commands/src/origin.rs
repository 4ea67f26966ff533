//! The address of an Apollo, as a person types it.

use domain::settings::APOLLO_ORIGIN;
use present::{Problem, ProblemCode};

/// The origin of an address that a person typed, if it may be talked to.
pub(crate) fn origin_of(text: &str) -> Result<String, Problem> {
    let invalid = |message: &str| {
        Problem::new(ProblemCode::Invalid, message.to_owned())
            .hint(format!("Apollo's own is {APOLLO_ORIGIN}."))
    };
    let url = url::Url::parse(text.trim())
        .map_err(|_| invalid("This is not an address such as https://api.apollo.io."))?;
    let is_loopback = match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => return Err(invalid("The address has no host.")),
    };
    match url.scheme() {
        "https" => {}
        "http" if is_loopback => {}
        _ => {
            return Err(invalid(
                "Only https addresses are allowed, so that the key stays safe.",
            ));
        }
    }
    if url.path() != "/" || url.query().is_some() || !url.username().is_empty() {
        return Err(invalid("Only scheme and host, please, without a path."));
    }
    Ok(url.origin().ascii_serialization())
}
