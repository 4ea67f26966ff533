//! The local hours in which a person may be dialed, and what time it is where they are.
//!
//! Promises: a zone is used only if Apollo names it or the country has just one; which one was
//! used is said. An unknown zone is never read as some default. Must never: move the hours to the
//! rep's own zone.

use apollo::types::{Account, Contact};
use clock::Timestamp;
use jiff::{ToSpan, civil::Time, tz::TimeZone};

use crate::{
    phone::Line,
    places, time_text,
    view::{CallingHours, LocalTime, Reach, ReachState},
};

/// From how long before closing a person counts as *closing soon*.
const CLOSING_SOON_MINUTES: i64 = 60;

/// Where a person is in time, and how that is known.
#[derive(Clone, Debug)]
pub struct Zone {
    pub zone: TimeZone,
    pub name: String,
    pub source: ZoneSource,
}

/// In the order they are trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoneSource {
    Apollo,
    Country,
    Number,
    Account,
}

/// The zone of a contact, from the most to the least trusted source.
pub fn zone_of(
    contact: Option<&Contact>,
    account: Option<&Account>,
    lines: &[Line],
) -> Option<Zone> {
    let named = |name: &str, source| {
        let zone = TimeZone::get(name).ok()?;
        Some(Zone {
            zone,
            name: name.to_owned(),
            source,
        })
    };
    contact
        .and_then(|contact| named(contact.time_zone.as_deref()?, ZoneSource::Apollo))
        .or_else(|| {
            let country = contact?.country.as_deref()?;
            named(places::zone_of_country(country)?, ZoneSource::Country)
        })
        .or_else(|| {
            let number = lines.iter().find_map(|line| line.number.as_ref())?;
            named(places::zone_of_number(number.as_str())?, ZoneSource::Number)
        })
        .or_else(|| {
            let country = account?.country.as_deref()?;
            named(places::zone_of_country(country)?, ZoneSource::Account)
        })
}

impl Zone {
    /// What the clock says there.
    pub fn local_time(&self, now: Timestamp) -> LocalTime {
        let place = self
            .name
            .rsplit('/')
            .next()
            .unwrap_or(&self.name)
            .replace('_', " ");
        let source = match self.source {
            ZoneSource::Apollo => "from Apollo",
            ZoneSource::Country => "from the country",
            ZoneSource::Number => "from the number",
            ZoneSource::Account => "from the company's country",
        };
        LocalTime {
            text: time_text::time_of_day(now, &self.zone),
            place,
            zone: self.name.clone(),
            source: source.to_owned(),
        }
    }
}

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

/// Whether somebody may be dialed at `now`, in words, and when that changes if it is a matter of
/// hours.
pub fn reach(
    name: &str,
    opted_out: bool,
    lines: &[Line],
    zone: Option<&Zone>,
    window: &Window,
    now: Timestamp,
) -> (Reach, Option<Timestamp>) {
    let plain = |state, short: &str, sentence: String| {
        (
            Reach {
                state,
                short: short.to_owned(),
                sentence,
            },
            None,
        )
    };
    if opted_out {
        return plain(
            ReachState::DoNotCall,
            "opted out",
            format!("Opted out of calls. Apollo marks {name} as not to be called."),
        );
    }
    if !lines.iter().any(|line| line.view.can_dial) {
        return if lines.iter().any(|line| line.view.do_not_call) {
            plain(
                ReachState::DoNotCall,
                "do not call",
                "Every number is on a do-not-call list.".to_owned(),
            )
        } else {
            plain(
                ReachState::NoNumber,
                "no number",
                "Apollo has no number that can be dialed. Skip the task, or add one in Apollo."
                    .to_owned(),
            )
        };
    }
    let Some(zone) = zone else {
        return plain(
            ReachState::UnknownTime,
            "time unknown",
            "Nobody knows what time it is there. Check before you call.".to_owned(),
        );
    };
    let place = zone.local_time(now).place;
    match window.at(now, &zone.zone) {
        Opening::Closed { opens_at } => {
            let opens = opens_at.map_or_else(
                || time_text::time_of_day(now, &zone.zone),
                |at| time_text::time_of_day(at, &zone.zone),
            );
            let sentence = format!("Outside calling hours in {place}. They open at {opens} there.");
            let reach = Reach {
                state: ReachState::Parked,
                short: format!("opens {opens}"),
                sentence,
            };
            (reach, opens_at)
        }
        Opening::Open { closes_at } => {
            let soon =
                closes_at.filter(|at| at.duration_since(now).as_mins() < CLOSING_SOON_MINUTES);
            let (state, short, sentence) = if let Some(at) = soon {
                let closes = time_text::time_of_day(at, &zone.zone);
                let sentence = format!("Calling hours in {place} close at {closes} there.");
                (
                    ReachState::ClosingSoon,
                    format!("closes {closes}"),
                    sentence,
                )
            } else {
                let closes = closes_at.map_or_else(String::new, |at| {
                    format!(" until {}", time_text::time_of_day(at, &zone.zone))
                });
                let sentence = format!("Calling hours in {place} are open{closes}.");
                (ReachState::Callable, String::new(), sentence)
            };
            (
                Reach {
                    state,
                    short,
                    sentence,
                },
                closes_at,
            )
        }
    }
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
