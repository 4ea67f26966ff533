//! Times as people read them: local and short.

use clock::Timestamp;
use jiff::{civil::Date, tz::TimeZone};

use crate::view::{Due, DueState};

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

/// "14:05" today, "tomorrow 08:00", else "27 Nov, 08:00".
pub fn when(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (then, today) = (zone.to_datetime(at).date(), zone.to_datetime(now).date());
    if then == today {
        time_of_day(at, zone)
    } else if Some(then) == today.tomorrow().ok() {
        format!("tomorrow {}", time_of_day(at, zone))
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
        format!("{count} {many}")
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
