//! Which addresses a key may be sent to.
//!
//! Promises: a plain origin over https, or this machine itself. Must never: resolve a name.

use url::{Host, Url};

use super::setup;
use crate::{Error, SetupReason};

/// Whether the address is this machine itself.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

pub(super) fn check_origin(url: &Url, https_only: bool) -> Result<(), Error> {
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(setup(SetupReason::AddressScheme));
    }
    let has_more = !url.username().is_empty()
        || url.password().is_some()
        || !matches!(url.path(), "" | "/")
        || url.query().is_some()
        || url.fragment().is_some();
    if has_more {
        return Err(setup(SetupReason::AddressNotOrigin));
    }
    if https_only && url.scheme() != "https" && !is_loopback(url) {
        return Err(setup(SetupReason::AddressNotSecure));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_https_origin_or_this_machine_is_accepted() {
        for good in [
            "https://api.apollo.io",
            "https://apollo.example:8443/",
            "http://127.0.0.1:4010",
            "http://[::1]:4010",
            "http://localhost:4010",
        ] {
            assert_eq!(check_origin(&good.parse().unwrap(), true), Ok(()), "{good}");
        }
        for bad in [
            "http://api.apollo.io",
            "ftp://api.apollo.io",
            "https://user:pass@api.apollo.io",
            "https://api.apollo.io/api/v1",
            "https://api.apollo.io/?x=1",
            "http://localhost.apollo.example",
        ] {
            assert!(check_origin(&bad.parse().unwrap(), true).is_err(), "{bad}");
        }
    }
}
