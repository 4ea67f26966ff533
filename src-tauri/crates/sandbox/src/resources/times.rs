//! Moments and days in parameters.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// ISO 8601; without an offset it is GMT (reference section 4.4).
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse::<Timestamp>().ok().or_else(|| {
        let civil: DateTime = text.parse().ok()?;
        TimeZone::UTC.to_timestamp(civil).ok()
    })
}

/// The day of a moment, in UTC, as `YYYY-MM-DD`, which sorts as the days do.
pub(super) fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}
