//! What a text says in English, for tests.

use jiff::tz::TimeZone;
use text::{Catalogue, Language, Text};

/// In English with a clock of 24 hours, in UTC.
pub(crate) fn english(text: &Text) -> String {
    Catalogue::new(&Language::of_tag("en-GB"), TimeZone::UTC).word(text)
}
