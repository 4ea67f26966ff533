//! The computer's time zone, by its name in tzdata.
//!
//! Promises: the core and the windows use one zone, which the core names; a `TZ` that is no such name
//! is not used and is reported; so is a computer that does not name its zone. Must never: let the
//! core and a window differ.

use domain::dates::zone_named;
use jiff::tz::TimeZone;
use text::{Text, message};

/// The zone, and what to tell the person about it.
pub(crate) struct Chosen {
    pub zone: TimeZone,
    pub notice: Option<Text>,
}

/// The zone of this computer: `TZ` where that names one, else the system's own.
pub(crate) fn of_this_computer() -> Chosen {
    let variable = std::env::var("TZ").ok();
    let system = iana_time_zone::get_timezone().ok();
    choose(variable.as_deref(), system.as_deref())
}

fn choose(variable: Option<&str>, system: Option<&str>) -> Chosen {
    let wanted = variable.map(str::trim).filter(|text| !text.is_empty());
    if let Some(zone) = wanted.and_then(named) {
        return Chosen { zone, notice: None };
    }
    let ignored = wanted.map(|text| message!("start-zone-unknown", text = text));
    let (zone, used) = match system.and_then(named) {
        Some(zone) => {
            let name = zone.iana_name().unwrap_or_default().replace('_', " ");
            let used = message!("start-zone-of-computer", zone = name);
            (zone, ignored.is_some().then_some(used))
        }
        None => (TimeZone::UTC, Some(message!("start-zone-missing"))),
    };
    let notice = Text::sentences(ignored.into_iter().chain(used));
    Chosen {
        zone,
        notice: (!notice.is_empty()).then_some(notice),
    }
}

/// A zone by its name, which may be written as a path below a `zoneinfo` folder.
fn named(text: &str) -> Option<TimeZone> {
    let text = text.strip_prefix(':').unwrap_or(text);
    let name = text.rsplit_once("zoneinfo/").map_or(text, |(_, name)| name);
    zone_named(name)
}

#[cfg(test)]
mod tests {
    use text::{Catalogue, Language};

    use super::*;

    fn chosen(variable: Option<&str>, system: Option<&str>) -> (String, Option<String>) {
        let Chosen { zone, notice } = choose(variable, system);
        let name = zone.iana_name().map(ToOwned::to_owned);
        let english = Catalogue::new(&Language::of_tag("en-GB"), TimeZone::UTC);
        (
            name.unwrap_or_default(),
            notice.map(|notice| english.word(&notice)),
        )
    }

    #[test]
    fn a_known_name_is_used_without_a_notice() {
        for variable in [
            "Asia/Tokyo",
            ":Asia/Tokyo",
            "/usr/share/zoneinfo/Asia/Tokyo",
        ] {
            let (name, notice) = chosen(Some(variable), Some("Europe/Berlin"));
            assert_eq!((name.as_str(), notice), ("Asia/Tokyo", None), "{variable}");
        }
        for variable in [None, Some(""), Some("  ")] {
            let (name, notice) = chosen(variable, Some("Europe/Berlin"));
            assert_eq!((name.as_str(), notice), ("Europe/Berlin", None));
        }
    }

    #[test]
    fn a_name_that_a_window_could_not_follow_is_not_used_and_is_reported() {
        for variable in [
            "Mars/Olympus",
            "EST5EDT,M3.2.0,M11.1.0",
            "<+03>-3",
            "../../etc/passwd",
            "posix/America/New_York",
            "right/America/New_York",
            "Factory",
            "localtime",
            "posixrules",
        ] {
            let (name, notice) = chosen(Some(variable), Some("Europe/Berlin"));
            assert_eq!(name, "Europe/Berlin", "{variable}");
            let notice = notice.unwrap_or_default();
            assert!(
                notice.contains(variable) && notice.contains("Europe/Berlin"),
                "{notice}"
            );
        }
    }

    #[test]
    fn a_computer_without_a_zone_is_reported() {
        for (variable, system) in [(None, None), (Some("Mars/Olympus"), Some("nonsense"))] {
            let (name, notice) = chosen(variable, system);
            assert_eq!(name, "UTC");
            assert!(notice.is_some_and(|notice| notice.contains("UTC")));
        }
        // A computer that says UTC is believed.
        assert_eq!(chosen(None, Some("Etc/UTC")).1, None);
    }
}
