//! Hands numbers, links and folders to the programs of the computer.
//!
//! Promises: nothing leaves that is not a phone app's URI with a number in it, an `https` page,
//! or a folder; what was refused is named by its kind, not by its content. Must never: build a
//! URI, start a shell, or be called by the webview itself.

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
};

use commands::{
    dialing::{APP_SCHEMES, DialUriError, PLAIN_SCHEMES},
    host::HostError,
};
use domain::links::Page;

/// Longest URI that a phone app is given, in bytes.
pub(crate) const URI_LENGTH_LIMIT_BYTES: usize = 300;
/// E.164: at most 15 digits. Shorter than three is no number anywhere.
const NUMBER_DIGITS: std::ops::RangeInclusive<usize> = 3..=15;

/// A URI that may be handed to a phone app.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct DialUri<'a>(&'a str);

impl<'a> DialUri<'a> {
    /// Reads a URI strictly: a known scheme, harmless characters, a number of 3 to 15 digits.
    pub(crate) fn parse(uri: &'a str) -> Result<Self, DialUriError> {
        if uri.len() > URI_LENGTH_LIMIT_BYTES {
            return Err(DialUriError::TooLong);
        }
        let (scheme, rest) = uri.split_once(':').ok_or(DialUriError::Scheme)?;
        if PLAIN_SCHEMES.contains(&scheme) {
            return if is_number(rest) {
                Ok(Self(uri))
            } else {
                Err(DialUriError::Number)
            };
        }
        if !APP_SCHEMES.contains(&scheme) {
            return Err(DialUriError::Scheme);
        }
        // `%2B` is how a query spells the plus of a number; nothing else needs an escape.
        let plain = rest.replace("%2B", "+");
        if !plain.bytes().all(is_harmless) {
            return Err(DialUriError::Character);
        }
        // An app may take a second number beside it, such as the caller id to show.
        let longest_run = plain
            .split(|character: char| !character.is_ascii_digit())
            .map(str::len)
            .max()
            .unwrap_or_default();
        if NUMBER_DIGITS.contains(&longest_run) {
            Ok(Self(uri))
        } else {
            Err(DialUriError::Number)
        }
    }

    #[cfg(target_os = "linux")]
    fn scheme(&self) -> &str {
        self.0.split_once(':').map_or("", |(scheme, _)| scheme)
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    NUMBER_DIGITS.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_harmless(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+-._~/?=&:@".contains(&byte)
}

/// Hands a URI to the program that the system has for its scheme.
pub(crate) fn dial(uri: &str) -> Result<(), HostError> {
    let uri = DialUri::parse(uri)?;
    // The opener cannot tell on Linux whether anybody answered, so ask first.
    #[cfg(target_os = "linux")]
    if gio::AppInfo::default_for_uri_scheme(uri.scheme()).is_none() {
        return Err(HostError::NoPhoneApp {
            scheme: uri.scheme().to_owned(),
        });
    }
    tauri_plugin_opener::open_url(uri.0, None::<&str>).map_err(host_error)
}

/// Opens an `https` page in the browser.
pub(crate) fn open_link(link: &str) -> Result<(), HostError> {
    let page = check_link(link)?;
    tauri_plugin_opener::open_url(page.address(), None::<&str>).map_err(host_error)
}

/// Checked once more by the rules of the card: nothing else is opened.
fn check_link(link: &str) -> Result<Page, HostError> {
    let page = Page::parse(link).filter(|page| page.address() == link);
    page.ok_or(HostError::NotAPage)
}

/// Shows a folder in the file browser.
pub(crate) fn open_folder(folder: &Path) -> Result<(), HostError> {
    if !folder.is_dir() {
        return Err(HostError::NoFolder);
    }
    tauri_plugin_opener::open_path(folder, None::<&str>).map_err(host_error)
}

/// The clipboard. On Linux a copied text lives as long as this value.
#[derive(Default)]
pub(crate) struct Clipboard(Mutex<Option<arboard::Clipboard>>);

impl Clipboard {
    /// Puts a text on the clipboard.
    pub(crate) fn copy(&self, text: &str) -> Result<(), HostError> {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let clipboard = match slot.take() {
            Some(clipboard) => slot.insert(clipboard),
            None => slot.insert(arboard::Clipboard::new().map_err(host_error)?),
        };
        clipboard.set_text(text).map_err(host_error)
    }
}

fn host_error(error: impl std::fmt::Display) -> HostError {
    HostError::System(error.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_pass_under_the_plain_schemes() {
        for uri in ["tel:+12025550143", "tel:911", "callto:+4930901820"] {
            assert!(DialUri::parse(uri).is_ok(), "{uri}");
        }
    }

    #[test]
    fn phone_apps_get_their_own_form() {
        for uri in [
            "zoomphonecall://+12025550143",
            "rcmobile://call?number=%2B12025550143",
            "msteams:/l/call/0/0?users=4:+12025550143",
            "zoomphonecall://+12025550143?callerid=+12025550100",
            "sip:+12025550143@pbx.example.com",
        ] {
            assert!(DialUri::parse(uri).is_ok(), "{uri}");
        }
    }

    #[test]
    fn what_is_not_a_call_is_refused() {
        for (uri, refusal) in [
            ("", DialUriError::Scheme),
            ("+12025550143", DialUriError::Scheme),
            ("file:///etc/passwd", DialUriError::Scheme),
            ("javascript:12025550143", DialUriError::Scheme),
            ("https://example.com/12025550143", DialUriError::Scheme),
            ("TEL:+12025550143", DialUriError::Scheme),
            ("tel:", DialUriError::Number),
            ("tel:++12025550143", DialUriError::Number),
            ("tel:+1 202 555 0143", DialUriError::Number),
            ("tel:+12025550143;ext=5", DialUriError::Number),
            ("tel:*21*12025550143#", DialUriError::Number),
            ("tel:+1234567890123456", DialUriError::Number),
            ("zoomphonecall://", DialUriError::Number),
            ("zoomphonecall://+1234567890123456", DialUriError::Number),
            (
                "sip:+12025550143@pbx.example.com;x=$(id)",
                DialUriError::Character,
            ),
            ("sip:%0a12025550143", DialUriError::Character),
            (
                "sip:+12025550143@pbx.example.com --help",
                DialUriError::Character,
            ),
        ] {
            assert_eq!(DialUri::parse(uri).err(), Some(refusal), "{uri}");
        }
        let long = format!("sip:12025550143@{}", "a".repeat(URI_LENGTH_LIMIT_BYTES));
        assert_eq!(DialUri::parse(&long).err(), Some(DialUriError::TooLong));
    }

    #[test]
    fn only_plain_https_pages_are_opened() {
        assert!(check_link("https://www.linkedin.com/in/someone").is_ok());
        for link in [
            "http://example.com",
            "file:///etc/passwd",
            "https://user:word@example.com",
            "https://127.0.0.1/",
            "https://localhost/",
            "https://example.com:8443/",
            "example.com/",
            "javascript:alert(1)",
            "example.com",
        ] {
            assert!(check_link(link).is_err(), "{link}");
        }
    }

    proptest! {
        #[test]
        fn every_e164_number_can_be_dialed(digits in "[1-9][0-9]{2,14}") {
            let (plain, app) = (format!("tel:+{digits}"), format!("rcmobile://call?number=%2B{digits}"));
            prop_assert!(DialUri::parse(&plain).is_ok());
            prop_assert!(DialUri::parse(&app).is_ok());
        }

        #[test]
        fn whatever_passes_is_harmless_ascii_with_a_number(uri in "(tel|sip|file|zoomphonecall)?:?\\PC{0,40}") {
            if let Ok(DialUri(passed)) = DialUri::parse(&uri) {
                prop_assert!(passed.bytes().all(|byte| byte.is_ascii_graphic()));
                prop_assert!(!passed.contains(['"', '\'', '`', '$', ';', '<', '>', '|', '\\']));
                prop_assert!(passed.bytes().filter(u8::is_ascii_digit).count() >= 3);
            }
        }

        #[test]
        fn a_number_with_anything_else_in_it_is_not_dialed(
            before in "[0-9]{0,7}", wrong in "[^0-9+]", after in "[0-9]{0,7}",
        ) {
            let uri = format!("tel:+{before}{wrong}{after}");
            prop_assert_eq!(DialUri::parse(&uri).err(), Some(DialUriError::Number));
        }
    }
}
