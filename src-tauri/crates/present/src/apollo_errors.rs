//! What an error of Apollo's says to a person. The one table of it.

use clock::Timestamp;
use jiff::tz::TimeZone;

use crate::time_text::when;

/// What Apollo's refusal says to a person, with the local time at which it is over.
pub fn refusal(error: &apollo::Error, now: Timestamp, zone: &TimeZone) -> String {
    match error.retry_at() {
        Some(at) => format!("{error} It is free again at {}.", when(at, now, zone)),
        None => error.to_string(),
    }
}
