//! Times and counts as people read them, local and short.

use clock::Timestamp;
use jiff::tz::TimeZone;

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
