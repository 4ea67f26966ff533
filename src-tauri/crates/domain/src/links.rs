//! Which pages a card leads to.
//!
//! Why: an address comes from a CRM, where anybody may have written it, and opens in the rep's own
//! browser, which is signed in to much and stands inside the company's network.
//!
//! Promises: a page is on a public name, over https, with nothing in its address that hides where it
//! goes; its host is shown as it is asked for, so that letters of another alphabet show as what they
//! are (`xn--…`); *LinkedIn* leads to LinkedIn. Must never: open what cannot be shown. What a public
//! name resolves to is not known here: that is the browser's and the network's to guard.

use url::{Host, Url};

/// The longest address, in bytes.
const ADDRESS_BYTES_MAX: usize = 2_000;
/// The longest host that fits on a card whole: what is cut is not shown. Longer ones are tricks.
const HOST_BYTES_MAX: usize = 100;
/// Ends of names that only this computer or this network knows.
const PRIVATE_ENDS: [&str; 13] = [
    "alt",
    "arpa",
    "corp",
    "home",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "onion",
    "private",
];
const LINKEDIN: &str = "linkedin.com";

/// An address that may be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page(Url);

impl Page {
    /// Reads an address as a CRM has it: without a scheme, or with http, it is taken for https.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_plain = |character: char| !character.is_control() && !character.is_whitespace();
        if text.len() > ADDRESS_BYTES_MAX || text.contains('\\') || !text.chars().all(is_plain) {
            return None;
        }
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) if is_web(scheme) => (scheme, rest),
            Some(_) => return None,
            None => ("https", text.trim_start_matches("//")),
        };
        let mut url = Url::parse(&format!("{scheme}://{rest}")).ok()?;
        // Whatever stands before an `@` is not where it goes, even if it is empty.
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') || url.port().is_some() {
            return None;
        }
        url.set_scheme("https").ok()?;
        let Some(Host::Domain(host)) = url.host() else {
            return None;
        };
        is_public(host).then_some(Self(url))
    }

    /// As a browser is given it.
    pub fn address(&self) -> &str {
        self.0.as_str()
    }

    /// As it is shown beforehand: the whole host.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    fn is_of(&self, domain: &str) -> bool {
        let before = self.host().strip_suffix(domain);
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    }
}

/// The page of a company: the address that Apollo has, or else its domain.
pub fn website(address: Option<&str>, domain: Option<&str>) -> Option<Page> {
    address
        .and_then(Page::parse)
        .or_else(|| domain.and_then(Page::parse))
}

/// The profile of a person, if it is on LinkedIn.
pub fn linkedin(address: Option<&str>) -> Option<Page> {
    address
        .and_then(Page::parse)
        .filter(|page| page.is_of(LINKEDIN))
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

/// A name of at least two parts, of which the last is no private one.
fn is_public(host: &str) -> bool {
    let Some((before, end)) = host.rsplit_once('.') else {
        return false;
    };
    let is_name = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    host.len() <= HOST_BYTES_MAX
        && before.split('.').all(is_name)
        && is_name(end)
        && !end.bytes().all(|byte| byte.is_ascii_digit())
        && !PRIVATE_ENDS.contains(&end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(text: &str) -> Option<String> {
        Page::parse(text).map(|page| page.host().to_owned())
    }

    #[test]
    fn an_address_of_a_crm_becomes_a_page_over_https() {
        for (text, address) in [
            (
                "https://northwind.example/about?x=1",
                "https://northwind.example/about?x=1",
            ),
            ("http://northwind.example", "https://northwind.example/"),
            ("HTTP://Northwind.Example:80/", "https://northwind.example/"),
            (
                " www.northwind.example/team ",
                "https://www.northwind.example/team",
            ),
            ("//northwind.example", "https://northwind.example/"),
            (
                "https://northwind.example:443/",
                "https://northwind.example/",
            ),
            (
                "https://northwind.example/@team",
                "https://northwind.example/@team",
            ),
        ] {
            let page = Page::parse(text);
            assert_eq!(page.as_ref().map(Page::address), Some(address), "{text}");
        }
    }

    #[test]
    fn what_hides_where_it_goes_or_goes_inside_is_no_page() {
        for text in [
            "",
            "northwind",
            "https://localhost/",
            "https://wiki/",
            "https://printer.local/",
            "https://router.lan/",
            "https://crm.internal/",
            "https://db.corp",
            "https://127.0.0.1/",
            "https://10.0.0.1/",
            "https://192.168.1.1",
            "https://169.254.169.254/latest/meta-data",
            "https://0x7f.1/",
            "https://2130706433/",
            "https://0177.0.0.1/",
            "https://１２７.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://8.8.8.8/",
            "https://northwind.example./",
            "https://northwind.example:8443/",
            "https://me@northwind.example/",
            "https://northwind.example:x@evil.example/",
            "https://@evil.example/",
            "https://northwind.example\\@evil.example/",
            "https://northwind.example\t.evil.example/",
            "https://northwind .example/",
            "ftp://northwind.example/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,x",
            "javascript://northwind.example/%0aalert(1)",
        ] {
            assert_eq!(host(text), None, "{text}");
        }
        assert_eq!(host(&format!("https://{}.example/", "a.".repeat(60))), None);
        assert_eq!(
            host(&format!("https://a.example/{}", "a".repeat(2_000))),
            None
        );
    }

    #[test]
    fn a_host_of_other_letters_shows_as_what_it_is() {
        // The first letter is Cyrillic.
        assert_eq!(
            host("https://аpple.example").as_deref(),
            Some("xn--pple-43d.example")
        );
        assert_eq!(
            host("https://bücher.example").as_deref(),
            Some("xn--bcher-kva.example")
        );
        assert_eq!(
            host("https://ｅｘａｍｐｌｅ.com").as_deref(),
            Some("example.com")
        );
    }

    #[test]
    fn linkedin_leads_to_linkedin_and_nowhere_else() {
        for text in [
            "http://www.linkedin.com/in/ada",
            "linkedin.com/in/ada",
            "https://uk.linkedin.com/in/ada",
        ] {
            assert!(linkedin(Some(text)).is_some(), "{text}");
        }
        for text in [
            "https://evil.example/linkedin.com",
            "https://linkedin.com.evil.example/in/ada",
            "https://notlinkedin.com/in/ada",
            "https://xn--lnkedin-n2a.com/in/ada",
            "https://linkedin.com@evil.example/in/ada",
            "https://lnkd.in/ada",
        ] {
            assert_eq!(linkedin(Some(text)), None, "{text}");
        }
        assert_eq!(linkedin(None), None);
    }

    #[test]
    fn the_page_of_a_company_is_the_one_that_is_shown() {
        let shown = |address, domain| website(address, domain).map(|page| page.host().to_owned());
        let other = Some("https://other.example/acme");
        assert_eq!(
            shown(other, Some("acme.example")).as_deref(),
            Some("other.example")
        );
        let inside = Some("https://10.0.0.1/");
        assert_eq!(
            shown(inside, Some("acme.example")).as_deref(),
            Some("acme.example")
        );
        assert_eq!(shown(inside, Some("acme.local")), None);
        assert_eq!(shown(None, None), None);
    }
}
