//! The local hours in which a person may be dialed.
//!
//! Promises: where somebody may be in several zones, all of them must be open, and where only some
//! are, the rep is asked. Must never: move the hours to the rep's own zone, or read an unknown zone
//! as some default.

use clock::Timestamp;
use jiff::{ToSpan, civil::Time, tz::TimeZone};

use crate::{
    permission::Standing,
    time_text,
    view::{CallingHours, Reach, ReachState},
    whereabouts::Whereabouts,
};

/// From how long before closing a person counts as *closing soon*.
const CLOSING_SOON_MINUTES: i64 = 60;

/// Calling hours that make sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    opens: Time,
    closes: Time,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            opens: jiff::civil::time(8, 0, 0, 0),
            closes: jiff::civil::time(20, 0, 0, 0),
        }
    }
}

impl Window {
    /// Reads "08:00" and "20:00". Errors say which of the two is wrong.
    pub fn parse(hours: &CallingHours) -> Result<Self, String> {
        let time = |text: &str, which: &str| {
            Time::strptime("%H:%M", text.trim())
                .map_err(|_| format!("{which} is not a time such as 08:00."))
        };
        let opens = time(&hours.opens, "The opening time")?;
        let closes = time(&hours.closes, "The closing time")?;
        if opens >= closes {
            return Err("Calling hours must open before they close.".to_owned());
        }
        Ok(Self { opens, closes })
    }

    /// Whether the window is open at `now` in `zone`, and when that changes.
    pub fn at(&self, now: Timestamp, zone: &TimeZone) -> Opening {
        let local = zone.to_datetime(now);
        let moment =
            |date: jiff::civil::Date, time: Time| zone.to_timestamp(date.to_datetime(time)).ok();
        if local.time() < self.opens {
            Opening::Closed {
                opens_at: moment(local.date(), self.opens),
            }
        } else if local.time() < self.closes {
            Opening::Open {
                closes_at: moment(local.date(), self.closes),
            }
        } else {
            let tomorrow = local.date().saturating_add(1.day());
            Opening::Closed {
                opens_at: moment(tomorrow, self.opens),
            }
        }
    }
}

/// A window at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    Open { closes_at: Option<Timestamp> },
    Closed { opens_at: Option<Timestamp> },
}

/// Whether calling hours are open at `now` in all zones that are possible.
pub(crate) fn in_hours(
    whereabouts: Option<&Whereabouts>,
    window: &Window,
    now: Timestamp,
) -> Standing {
    let reach = |state, short: String, sentence: String, at: Option<(Timestamp, &TimeZone)>| {
        let reach = Reach {
            state,
            short,
            sentence,
        };
        Standing {
            reach,
            changes_at: at.map(|(at, _)| at),
            questions: Vec::new(),
        }
    };
    let Some(whereabouts) = whereabouts else {
        let sentence = "Nobody knows what time it is there. Check before you call.".to_owned();
        return reach(
            ReachState::UnknownTime,
            "time unknown".to_owned(),
            sentence,
            None,
        );
    };
    let place = whereabouts.place_at(now);
    let mut opens: Vec<(Timestamp, &TimeZone)> = Vec::new();
    let mut closes: Vec<(Timestamp, &TimeZone)> = Vec::new();
    let (mut open, mut closed) = (0_usize, 0_usize);
    for zone in whereabouts.zones() {
        match window.at(now, zone) {
            Opening::Open { closes_at } => {
                open += 1;
                closes.extend(closes_at.map(|at| (at, zone)));
            }
            Opening::Closed { opens_at } => {
                closed += 1;
                opens.extend(opens_at.map(|at| (at, zone)));
            }
        }
    }
    let first_opening = opens.into_iter().min_by_key(|(at, _)| *at);
    let first_closing = closes.into_iter().min_by_key(|(at, _)| *at);
    let time = |moment: Option<(Timestamp, &TimeZone)>| {
        moment.map(|(at, zone)| time_text::time_of_day(at, zone))
    };
    if open == 0 {
        let opens = time(first_opening).unwrap_or_default();
        let sentence = format!("Outside calling hours in {place}. They open at {opens} there.");
        return reach(
            ReachState::Parked,
            format!("opens {opens}"),
            sentence,
            first_opening,
        );
    }
    if closed > 0 {
        let times = whereabouts.local_time(now).text;
        let sentence = format!(
            "It may be {times} in {place}: nobody knows where exactly, and calling hours are not \
             open everywhere. Check before you call."
        );
        let changes = [first_opening, first_closing].into_iter().flatten();
        let changes = changes.min_by_key(|(at, _)| *at);
        let short = "time unknown".to_owned();
        return reach(ReachState::UnknownTime, short, sentence, changes);
    }
    let is_soon = first_closing
        .is_some_and(|(at, _)| at.duration_since(now).as_mins() < CLOSING_SOON_MINUTES);
    if is_soon {
        let closes = time(first_closing).unwrap_or_default();
        let sentence = format!("Calling hours in {place} close at {closes} there.");
        return reach(
            ReachState::ClosingSoon,
            format!("closes {closes}"),
            sentence,
            first_closing,
        );
    }
    let until = time(first_closing).map_or_else(String::new, |closes| format!(" until {closes}"));
    let sentence = format!("Calling hours in {place} are open{until}.");
    reach(ReachState::Callable, String::new(), sentence, first_closing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window() -> Window {
        Window::parse(&CallingHours::default()).unwrap()
    }

    fn open_at(zone: &str, now: &str) -> Opening {
        window().at(now.parse().unwrap(), &TimeZone::get(zone).unwrap())
    }

    #[test]
    fn the_hours_are_the_prospects() {
        let now = "2026-11-24T13:30:00Z";
        assert!(matches!(
            open_at("America/New_York", now),
            Opening::Open { .. }
        )); // 08:30
        assert!(matches!(
            open_at("America/Los_Angeles", now),
            Opening::Closed { .. }
        )); // 05:30
        assert!(matches!(open_at("Asia/Tokyo", now), Opening::Closed { .. })); // 22:30
    }

    #[test]
    fn after_closing_it_opens_the_next_morning() {
        let Opening::Closed { opens_at } = open_at("Asia/Tokyo", "2026-11-24T13:30:00Z") else {
            panic!("open at night")
        };
        assert_eq!(opens_at, Some("2026-11-24T23:00:00Z".parse().unwrap()));
    }

    #[test]
    fn the_edges_are_opening_included_and_closing_excluded() {
        assert!(matches!(
            open_at("UTC", "2026-11-24T08:00:00Z"),
            Opening::Open { .. }
        ));
        assert!(matches!(
            open_at("UTC", "2026-11-24T19:59:59Z"),
            Opening::Open { .. }
        ));
        assert!(matches!(
            open_at("UTC", "2026-11-24T20:00:00Z"),
            Opening::Closed { .. }
        ));
    }

    #[test]
    fn hours_that_make_no_sense_are_refused_with_a_reason() {
        let hours = |opens: &str, closes: &str| CallingHours {
            opens: opens.to_owned(),
            closes: closes.to_owned(),
            ..CallingHours::default()
        };
        assert!(
            Window::parse(&hours("8 am", "20:00"))
                .unwrap_err()
                .contains("opening")
        );
        assert!(
            Window::parse(&hours("08:00", "25:00"))
                .unwrap_err()
                .contains("closing")
        );
        assert!(Window::parse(&hours("20:00", "08:00")).is_err());
    }
}
