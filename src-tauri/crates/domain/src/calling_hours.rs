//! The local hours in which a person may be dialed.
//!
//! Promises: where somebody may be in several zones, all of them must be open, and where only some
//! are, the rep is asked. Must never: move the hours to the rep's own zone, or read an unknown zone
//! as some default.

use clock::Timestamp;
use jiff::{
    ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use crate::whereabouts::Whereabouts;

/// From how long before closing a person counts as *closing soon*.
const CLOSING_SOON_MINUTES: i64 = 60;

/// How a day that ends at midnight is written.
const MIDNIGHT: &str = "24:00";

/// The local hours in which a number may be dialed, as a person has set them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallingHours {
    /// "08:00", in the prospect's time.
    pub opens: String,
    /// "20:00"; "24:00" is the midnight at the end of the day.
    pub closes: String,
    pub outside: OutsideHours,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutsideHours {
    /// Nobody is dialed outside the hours.
    Block,
    /// The rep is asked each time.
    Ask,
}

impl Default for CallingHours {
    fn default() -> Self {
        Self {
            opens: "08:00".to_owned(),
            closes: "20:00".to_owned(),
            outside: OutsideHours::Block,
        }
    }
}

/// Calling hours that make sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenHours {
    opens: Time,
    /// None is the midnight at the end of the day.
    closes: Option<Time>,
}

/// Why calling hours make no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursFault {
    /// The opening time is not a time.
    Opening,
    /// The closing time is not a time.
    Closing,
    /// They do not open before they close.
    Order,
}

impl Default for OpenHours {
    fn default() -> Self {
        Self {
            opens: jiff::civil::time(8, 0, 0, 0),
            closes: Some(jiff::civil::time(20, 0, 0, 0)),
        }
    }
}

impl OpenHours {
    /// Reads "08:00" and "20:00".
    pub fn parse(hours: &CallingHours) -> Result<Self, HoursFault> {
        let time = |text: &str| Time::strptime("%H:%M", text.trim());
        let opens = time(&hours.opens).map_err(|_| HoursFault::Opening)?;
        let closes = match hours.closes.trim() {
            MIDNIGHT => None,
            closes => Some(time(closes).map_err(|_| HoursFault::Closing)?),
        };
        if closes.is_some_and(|closes| opens >= closes) {
            return Err(HoursFault::Order);
        }
        Ok(Self { opens, closes })
    }

    /// Whether they are open at `now` in `zone`, and when that changes.
    pub fn at(&self, now: Timestamp, zone: &TimeZone) -> Opening {
        let local = zone.to_datetime(now);
        let moment = |date: Date, time: Time| zone.to_timestamp(date.to_datetime(time)).ok();
        let tomorrow = local.date().saturating_add(1.day());
        if local.time() < self.opens {
            return Opening::Closed {
                opens_at: moment(local.date(), self.opens),
            };
        }
        match self.closes {
            Some(closes) if local.time() < closes => Opening::Open {
                closes_at: moment(local.date(), closes),
            },
            Some(_) => Opening::Closed {
                opens_at: moment(tomorrow, self.opens),
            },
            // Day and night: they never close.
            None if self.opens == Time::MIN => Opening::Open { closes_at: None },
            None => Opening::Open {
                closes_at: moment(tomorrow, Time::MIN),
            },
        }
    }
}

/// Calling hours in one zone at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    Open { closes_at: Option<Timestamp> },
    Closed { opens_at: Option<Timestamp> },
}

/// When hours open or close, and the zone whose clocks say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursChange {
    pub at: Timestamp,
    pub zone: TimeZone,
}

/// Whether calling hours are open for a person, in all zones that are possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hours {
    Open {
        closes: Option<HoursChange>,
    },
    /// Open, and they close within the hour.
    ClosingSoon {
        closes: HoursChange,
    },
    /// Open in some zones that are possible, and closed in others.
    Partly {
        changes_at: Option<Timestamp>,
    },
    Closed {
        opens: Option<HoursChange>,
    },
    /// Nobody knows where the person is.
    Unknown,
}

impl Hours {
    /// When it is worth checking again.
    pub fn changes_at(&self) -> Option<Timestamp> {
        match self {
            Self::Open { closes } => closes.as_ref().map(|change| change.at),
            Self::ClosingSoon { closes } => Some(closes.at),
            Self::Partly { changes_at } => *changes_at,
            Self::Closed { opens } => opens.as_ref().map(|change| change.at),
            Self::Unknown => None,
        }
    }

    /// Whether the rep may dial without being asked about the hour.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open { .. } | Self::ClosingSoon { .. })
    }
}

/// Whether calling hours are open at `now` in all zones that are possible.
pub fn hours(whereabouts: Option<&Whereabouts>, open: &OpenHours, now: Timestamp) -> Hours {
    let Some(whereabouts) = whereabouts else {
        return Hours::Unknown;
    };
    let (mut opens, mut closes) = (None, None);
    let (mut is_some_open, mut is_some_closed) = (false, false);
    for zone in whereabouts.zones() {
        match open.at(now, zone) {
            Opening::Open { closes_at } => {
                is_some_open = true;
                closes = earlier(closes, closes_at, zone);
            }
            Opening::Closed { opens_at } => {
                is_some_closed = true;
                opens = earlier(opens, opens_at, zone);
            }
        }
    }
    match (is_some_open, is_some_closed, closes) {
        (false, _, _) => Hours::Closed { opens },
        (true, true, closes) => {
            let changes = [opens, closes].into_iter().flatten();
            Hours::Partly {
                changes_at: changes.map(|change| change.at).min(),
            }
        }
        (true, false, Some(closes))
            if closes.at.duration_since(now).as_mins() < CLOSING_SOON_MINUTES =>
        {
            Hours::ClosingSoon { closes }
        }
        (true, false, closes) => Hours::Open { closes },
    }
}

fn earlier(
    known: Option<HoursChange>,
    at: Option<Timestamp>,
    zone: &TimeZone,
) -> Option<HoursChange> {
    let other = at.map(|at| HoursChange {
        at,
        zone: zone.clone(),
    });
    match (known, other) {
        (Some(known), Some(other)) if other.at < known.at => Some(other),
        (Some(known), _) => Some(known),
        (None, other) => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open_hours() -> OpenHours {
        OpenHours::parse(&CallingHours::default()).unwrap()
    }

    fn open_at(zone: &str, now: &str) -> Opening {
        open_hours().at(now.parse().unwrap(), &TimeZone::get(zone).unwrap())
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
    fn hours_may_last_until_midnight_and_all_day() {
        let until_midnight = |opens: &str| {
            let hours = CallingHours {
                opens: opens.to_owned(),
                closes: "24:00".to_owned(),
                ..CallingHours::default()
            };
            let last_minute = "2026-11-24T23:59:30Z".parse().unwrap();
            OpenHours::parse(&hours)
                .unwrap()
                .at(last_minute, &TimeZone::UTC)
        };
        let midnight = Some("2026-11-25T00:00:00Z".parse().unwrap());
        let closes_at = midnight;
        assert_eq!(until_midnight("08:00"), Opening::Open { closes_at });
        assert_eq!(until_midnight("00:00"), Opening::Open { closes_at: None });
    }

    #[test]
    fn hours_that_make_no_sense_are_refused_with_a_reason() {
        let hours = |opens: &str, closes: &str| CallingHours {
            opens: opens.to_owned(),
            closes: closes.to_owned(),
            ..CallingHours::default()
        };
        let fault = |opens, closes| OpenHours::parse(&hours(opens, closes)).unwrap_err();
        assert_eq!(fault("8 am", "20:00"), HoursFault::Opening);
        assert_eq!(fault("08:00", "25:00"), HoursFault::Closing);
        assert_eq!(fault("20:00", "08:00"), HoursFault::Order);
    }
}
