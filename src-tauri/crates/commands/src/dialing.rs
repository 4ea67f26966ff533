//! From a number to the URI of the phone app that a person chose.
//!
//! Promises: only a checked number goes into a URI, and only schemes of phone apps are accepted.
//! Must never: build a URI from a text that Apollo sent.

use domain::phone::E164;
use present::{Problem, ProblemCode};
use text::{Text, message};

/// The longest template, in characters.
const TEMPLATE_CHARACTERS_MAX: usize = 200;
/// Schemes whose remainder is the number and nothing else.
pub const PLAIN_SCHEMES: [&str; 2] = ["tel", "callto"];
/// Schemes of phone apps that wrap the number in something of their own.
pub const APP_SCHEMES: [&str; 12] = [
    "aircall",
    "ciscotel",
    "dialpad",
    "justcall",
    "msteams",
    "rcapp",
    "rcmobile",
    "sip",
    "sips",
    "tcx+app",
    "webextel",
    "zoomphonecall",
];
/// Reserved for fiction, so that a test call reaches nobody.
const TEST_NUMBER: &str = "+12025550123";

/// Why a URI is not handed to a phone app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DialUriError {
    #[error("the address for the phone app is too long")]
    TooLong,
    #[error("the address for the phone app has no scheme that Handset hands over")]
    Scheme,
    #[error("the address for the phone app holds a character that does not belong there")]
    Character,
    #[error("the address for the phone app does not hold a phone number as it should")]
    Number,
}

/// The number written into the template.
pub(crate) fn uri(template: &str, number: &E164) -> String {
    let digits = number.as_str().trim_start_matches('+');
    template
        .replace("{e164}", number.as_str())
        .replace("{digits}", digits)
}

/// A number to try the hand-off with.
pub(crate) fn test_number() -> Option<E164> {
    E164::parse(TEST_NUMBER)
}

/// Whether a template makes sense.
pub(crate) fn check(template: &str) -> Result<(), Problem> {
    let invalid = |message: Text| {
        Problem::new(ProblemCode::Invalid, message).hint(message!("settings-errors-link-next"))
    };
    if template.len() > TEMPLATE_CHARACTERS_MAX {
        return Err(invalid(message!("settings-errors-link-too-long")));
    }
    let scheme = template.split(':').next().unwrap_or_default();
    let is_known = PLAIN_SCHEMES.contains(&scheme) || APP_SCHEMES.contains(&scheme);
    if !template.contains(':') || !is_known {
        return Err(invalid(message!("settings-errors-link-scheme")));
    }
    if !template.contains("{e164}") && !template.contains("{digits}") {
        return Err(invalid(message!("settings-errors-link-number")));
    }
    let rest = template.replace("{e164}", "").replace("{digits}", "");
    if rest
        .chars()
        .any(|character| character.is_whitespace() || "{}<>\"\\^`|".contains(character))
    {
        return Err(invalid(message!("settings-errors-link-character")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_goes_into_the_template_of_the_phone_app() {
        let number = test_number().unwrap();
        assert_eq!(uri("tel:{e164}", &number), "tel:+12025550123");
        assert_eq!(
            uri("rcmobile://call?number={digits}", &number),
            "rcmobile://call?number=12025550123"
        );
    }

    #[test]
    fn a_template_that_is_no_phone_app_is_refused() {
        for bad in [
            "",
            "tel:",
            "https://evil.example/{e164}",
            "file:{e164}",
            "tel:{e164} x",
            "{e164}",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
        for good in [
            "tel:{e164}",
            "zoomphonecall://{e164}",
            "rcmobile://call?number={digits}",
        ] {
            assert!(check(good).is_ok(), "{good}");
        }
    }
}
