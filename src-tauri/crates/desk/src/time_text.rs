//! Times as people read them, local and short, and days as people count them.

use clock::Timestamp;
use jiff::{SignedDuration, Span, civil::Date, tz::TimeZone};

use crate::view::{Due, DueState};

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

/// "14:05"
pub fn time_of_day(at: Timestamp, zone: &TimeZone) -> String {
    zone.to_datetime(at).strftime("%H:%M").to_string()
}

/// "14:05:09"
pub fn time_with_seconds(at: Timestamp, zone: &TimeZone) -> String {
    zone.to_datetime(at).strftime("%H:%M:%S").to_string()
}

/// "19 Nov, 16:51"
pub fn day_and_time(at: Timestamp, zone: &TimeZone) -> String {
    zone.to_datetime(at).strftime("%-d %b, %H:%M").to_string()
}

/// "10,450"
pub fn thousands(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What Apollo's refusal says to a person, with the local time at which it is over.
pub fn refusal(error: &apollo::Error, now: Timestamp, zone: &TimeZone) -> String {
    match error.retry_at() {
        Some(at) => format!("{error} It is free again at {}.", when(at, now, zone)),
        None => error.to_string(),
    }
}

/// When something was, inside a sentence: "at 10:42", "yesterday at 17:30", "on 24 Nov at 10:00".
pub fn said_at(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (then, today) = (zone.to_datetime(at).date(), zone.to_datetime(now).date());
    let time = time_of_day(at, zone);
    if then == today {
        format!("at {time}")
    } else if Some(then) == today.yesterday().ok() {
        format!("yesterday at {time}")
    } else {
        format!("on {} at {time}", then.strftime("%-d %b"))
    }
}

/// "14:05" today, "yesterday 17:30", "tomorrow 08:00", else "27 Nov, 08:00".
pub fn when(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (then, today) = (zone.to_datetime(at).date(), zone.to_datetime(now).date());
    if then == today {
        time_of_day(at, zone)
    } else if Some(then) == today.tomorrow().ok() {
        format!("tomorrow {}", time_of_day(at, zone))
    } else if Some(then) == today.yesterday().ok() {
        format!("yesterday {}", time_of_day(at, zone))
    } else {
        day_and_time(at, zone)
    }
}

/// The day a task is due. Apollo writes whole days as midnight UTC, so such a time names a day and
/// not a moment (Apollo docs: Tasks, `due_at`).
pub fn due_day(due_at: Timestamp, zone: &TimeZone) -> Date {
    let utc = TimeZone::UTC.to_datetime(due_at);
    let is_whole_day = utc.hour() == 0 && utc.minute() == 0 && utc.second() == 0;
    if is_whole_day {
        utc.date()
    } else {
        zone.to_datetime(due_at).date()
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

/// When a task is due, in words.
pub fn due(due_at: Option<Timestamp>, now: Timestamp, zone: &TimeZone) -> Due {
    let Some(due_at) = due_at else {
        return Due {
            state: DueState::Unknown,
            text: "no due date".to_owned(),
        };
    };
    let (day, today) = (due_day(due_at, zone), zone.to_datetime(now).date());
    let late_days = (today - day).get_days();
    match late_days {
        0 => Due {
            state: DueState::Today,
            text: "due today".to_owned(),
        },
        1.. => Due {
            state: DueState::Overdue,
            text: format!("{late_days} d overdue"),
        },
        _ => Due {
            state: DueState::Later,
            text: format!("due {}", day.strftime("%-d %b")),
        },
    }
}

/// "3:05" or "1:02:03"
pub fn duration(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// "1 call", "2 calls"
pub fn counted(count: u32, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{} {many}", thousands(count))
    }
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
        let due_today = due(Some(at("2026-11-24T00:00:00Z")), now, &zone);
        assert_eq!(due_today.text, "due today");
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
        assert_eq!(time_of_day(later, &zone), "10:00");
        let spring = days_later(at("2026-03-07T15:00:00Z"), 1, &zone);
        assert_eq!(spring, at("2026-03-08T14:00:00Z"));
    }

    #[test]
    fn overdue_counts_calendar_days() {
        let now = at("2026-11-24T23:59:00Z");
        let zone = TimeZone::UTC;
        assert_eq!(
            due(Some(at("2026-11-22T00:00:00Z")), now, &zone).text,
            "2 d overdue"
        );
        assert_eq!(
            due(Some(at("2026-10-24T00:00:00Z")), now, &zone).text,
            "31 d overdue"
        );
        assert_eq!(
            due(Some(at("2026-11-26T00:00:00Z")), now, &zone).text,
            "due 26 Nov"
        );
    }
}
