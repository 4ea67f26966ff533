//! Days as people count them, and moments that nobody takes for a day.

use clock::Timestamp;
use jiff::{
    SignedDuration, Span,
    civil::{Date, Time},
    tz::TimeZone,
};

/// What lies among a system's zones and names none: a zone that nobody has set, and the computer's
/// own under another name.
const NO_ZONES: [&str; 3] = ["factory", "localtime", "posixrules"];

/// A time zone by its name in tzdata. An offset, a rule or a word is no name.
pub fn zone_named(name: &str) -> Option<TimeZone> {
    let name = name.trim();
    if NO_ZONES.contains(&name.to_ascii_lowercase().as_str()) {
        return None;
    }
    TimeZone::get(name).ok()
}

/// The day of a moment.
pub fn day_of(at: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(at).date()
}

/// Midnight of the day of a moment.
pub fn start_of_day(at: Timestamp, zone: &TimeZone) -> Timestamp {
    zone.to_timestamp(day_of(at, zone).to_datetime(Time::midnight()))
        .unwrap_or(at)
}

/// Calls are logged to the second, so that start, end and duration agree.
pub fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// The day a task is due. Apollo writes whole days as midnight UTC, so such a time names a day and
/// not a moment (Apollo docs: Tasks, `due_at`).
pub fn due_day(due_at: Timestamp, zone: &TimeZone) -> Date {
    let utc = TimeZone::UTC.to_datetime(due_at);
    let is_whole_day = utc.hour() == 0 && utc.minute() == 0 && utc.second() == 0;
    if is_whole_day {
        utc.date()
    } else {
        day_of(due_at, zone)
    }
}

/// A moment that nobody takes for a whole day: one at midnight UTC is a minute later. In Los Angeles
/// that is four in the afternoon, an hour at which people are called. Not a second later, since it
/// is not known whether Apollo keeps seconds.
pub fn as_moment(at: Timestamp) -> Timestamp {
    const DAY_S: i64 = 24 * 60 * 60;
    if at.as_second().rem_euclid(DAY_S) == 0 {
        at.saturating_add(SignedDuration::from_mins(1))
            .unwrap_or(at)
    } else {
        at
    }
}

/// So many days later at the same time of day in `zone`, also where clocks are changed in between.
pub fn days_later(at: Timestamp, days: u32, zone: &TimeZone) -> Timestamp {
    let later = at
        .to_zoned_datetime(zone.clone())
        .checked_add(Span::new().days(i64::from(days)));
    later.map_or(at, |later| later.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn midnight_utc_names_a_day_wherever_the_rep_is() {
        let zone = TimeZone::get("America/Los_Angeles").unwrap();
        let now = at("2026-11-24T20:00:00Z");
        let today = due_day(at("2026-11-24T00:00:00Z"), &zone);
        assert_eq!(today, day_of(now, &zone));
        // 20:00 in Los Angeles on the 24th is the 25th in UTC: a moment, not a day.
        assert_eq!(
            due_day(at("2026-11-25T04:00:00Z"), &zone),
            due_day(now, &zone)
        );
    }

    /// Every zone of the database: a whole day is that day there, and a moment chosen there is on the
    /// day on which it was chosen.
    #[test]
    fn a_day_and_a_moment_are_told_apart_in_every_zone() {
        let day = "2026-11-25".parse::<Date>().unwrap();
        let mut zones = 0;
        for name in jiff::tz::db().available() {
            let zone = TimeZone::get(name.as_str()).unwrap();
            zones += 1;
            assert_eq!(due_day(at("2026-11-25T00:00:00Z"), &zone), day, "{name}");
            for hour in 0..24 {
                for minute in [0, 15, 30, 45] {
                    let chosen = day
                        .at(hour, minute, 0, 0)
                        .to_zoned_datetime(zone.clone())
                        .unwrap();
                    let moment = as_moment(chosen.timestamp());
                    assert_eq!(due_day(moment, &zone), day, "{name} {hour}:{minute}");
                }
            }
        }
        assert!(zones > 300, "{zones}");
    }

    #[test]
    fn days_later_is_the_same_time_of_day_although_clocks_are_changed() {
        let zone = TimeZone::get("America/New_York").unwrap();
        // Summer time ends on the 1st of November.
        let later = days_later(at("2026-10-31T14:00:00Z"), 2, &zone);
        assert_eq!(later, at("2026-11-02T15:00:00Z"));
        assert_eq!(zone.to_datetime(later).hour(), 10);
        let spring = days_later(at("2026-03-07T15:00:00Z"), 1, &zone);
        assert_eq!(spring, at("2026-03-08T14:00:00Z"));
    }
}
