//! What a text says, for tests: English with a clock of 24 hours.

use jiff::tz::TimeZone;

use crate::{Catalogue, Language, Text};

impl Text {
    /// In English; times that name no zone are in UTC.
    pub fn english(&self) -> String {
        self.english_in(&TimeZone::UTC)
    }

    /// In English, for a rep in `zone`.
    pub fn english_in(&self, zone: &TimeZone) -> String {
        Catalogue::new(&Language::of_tag("en-GB"), zone.clone()).word(self)
    }
}
