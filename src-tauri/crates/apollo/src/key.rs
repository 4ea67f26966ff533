//! The key to a team's Apollo.
//!
//! Promises: it prints as `ApiKey(…)`, has no serde, and is wiped from memory when dropped. Must
//! never: appear in a log, an error or a file. [`ApiKey::expose`] is for the request header and the
//! keychain only.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Shorter than this is no key of Apollo's: they have 22 characters today, older ones more.
const MIN_KEY_BYTES: usize = 8;
/// Longer than this is a page or a file pasted by mistake.
const MAX_KEY_BYTES: usize = 256;

/// An Apollo API key.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct ApiKey(String);

/// Why a pasted text cannot be an Apollo key. The text itself is never repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ApiKeyFormat {
    /// Nothing was pasted.
    #[error("There is no key in the field. Copy the key in Apollo and paste it here.")]
    Empty,
    /// White space inside.
    #[error("A key has no spaces or line breaks inside. Copy only the key and paste it again.")]
    SpaceInside,
    /// A control character inside.
    #[error("The pasted text holds characters that cannot be seen. Copy the key again in Apollo.")]
    ControlCharacter,
    /// Not plain letters, digits and signs.
    #[error("A key has only plain letters, digits and signs. Copy the key again in Apollo.")]
    NotAscii,
    /// Shorter than any key of Apollo's.
    #[error("This is too short to be a key. Copy the whole key in Apollo.")]
    TooShort,
    /// Longer than any key of Apollo's.
    #[error("This is too long to be a key. Copy only the key and paste it again.")]
    TooLong,
}

impl ApiKey {
    /// Reads a pasted key: white space and quotes around it are dropped.
    pub fn parse(pasted: &str) -> Result<Self, ApiKeyFormat> {
        let key = pasted.trim_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '"' | '\'' | '`' | '“' | '”' | '‘' | '’' | '\u{feff}' | '\u{200b}'
                )
        });
        if key.is_empty() {
            return Err(ApiKeyFormat::Empty);
        }
        if key.len() > MAX_KEY_BYTES {
            return Err(ApiKeyFormat::TooLong);
        }
        if key.chars().any(char::is_whitespace) {
            return Err(ApiKeyFormat::SpaceInside);
        }
        if key.chars().any(char::is_control) {
            return Err(ApiKeyFormat::ControlCharacter);
        }
        if !key.is_ascii() {
            return Err(ApiKeyFormat::NotAscii);
        }
        if key.len() < MIN_KEY_BYTES {
            return Err(ApiKeyFormat::TooShort);
        }
        Ok(Self(key.to_owned()))
    }

    /// The key itself, for the request header and the keychain.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

impl fmt::Display for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(key hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::{ApiKey, ApiKeyFormat};

    #[test]
    fn white_space_and_quotes_around_a_pasted_key_are_dropped() {
        for pasted in [
            "  abcDEF123-_xyz\n",
            "\"abcDEF123-_xyz\"",
            "“abcDEF123-_xyz”\r\n",
            "\tabcDEF123-_xyz ",
        ] {
            assert_eq!(ApiKey::parse(pasted).unwrap().expose(), "abcDEF123-_xyz");
        }
    }

    #[test]
    fn text_that_cannot_be_a_key_is_refused_by_name() {
        for (pasted, why) in [
            (" \n", ApiKeyFormat::Empty),
            ("\"\"", ApiKeyFormat::Empty),
            ("abc def ghi", ApiKeyFormat::SpaceInside),
            ("abcdef\nghijkl", ApiKeyFormat::SpaceInside),
            ("abcdef\u{7}ghi", ApiKeyFormat::ControlCharacter),
            ("abcdéfghijk", ApiKeyFormat::NotAscii),
            ("abc", ApiKeyFormat::TooShort),
        ] {
            assert_eq!(ApiKey::parse(pasted), Err(why), "{pasted:?}");
        }
        assert_eq!(ApiKey::parse(&"k".repeat(257)), Err(ApiKeyFormat::TooLong));
    }

    #[test]
    fn a_key_never_prints() {
        let key = ApiKey::parse("sekret-sekret").unwrap();
        assert!(!format!("{key} {key:?} {key:#?}").contains("sekret"));
    }
}
