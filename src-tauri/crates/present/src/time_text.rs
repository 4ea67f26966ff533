//! Points in time within sentences, by the rep's calendar.

use clock::Timestamp;
use jiff::tz::TimeZone;
use text::{Text, TimeStyle, Value, message};

/// 14:05
pub(crate) fn time_of_day(at: Timestamp) -> Value {
    Value::time(at, TimeStyle::Minutes)
}

/// 19 Nov, 16:51
pub(crate) fn day_and_time(at: Timestamp) -> Value {
    Value::time(at, TimeStyle::DayAndMinutes)
}

/// How far a day is from today.
enum Day {
    Yesterday,
    Today,
    Tomorrow,
    Other,
}

fn day(at: Timestamp, now: Timestamp, zone: &TimeZone) -> Day {
    let (then, today) = (zone.to_datetime(at).date(), zone.to_datetime(now).date());
    if then == today {
        Day::Today
    } else if Some(then) == today.tomorrow().ok() {
        Day::Tomorrow
    } else if Some(then) == today.yesterday().ok() {
        Day::Yesterday
    } else {
        Day::Other
    }
}

/// When something was, inside a sentence: "at 10:42", "yesterday at 17:30", "on 24 Nov at 10:00".
pub(crate) fn past_time(at: Timestamp, now: Timestamp, zone: &TimeZone) -> Text {
    let time = time_of_day(at);
    match day(at, now, zone) {
        Day::Today => message!("time-said-today", time = time),
        Day::Yesterday => message!("time-said-yesterday", time = time),
        Day::Tomorrow | Day::Other => {
            let day = Value::time(at, TimeStyle::Day);
            message!("time-said-earlier", day = day, time = time)
        }
    }
}

/// "14:05" today, "yesterday 17:30", "tomorrow 08:00", else "27 Nov, 08:00".
pub(crate) fn when(at: Timestamp, now: Timestamp, zone: &TimeZone) -> Text {
    match day(at, now, zone) {
        Day::Today => message!("time-today", time = time_of_day(at)),
        Day::Tomorrow => message!("time-tomorrow", time = time_of_day(at)),
        Day::Yesterday => message!("time-yesterday", time = time_of_day(at)),
        Day::Other => message!("time-today", time = day_and_time(at)),
    }
}
