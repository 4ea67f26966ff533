//! Places: which country a name is, and which time zones a place or a number may be in.
//!
//! Promises: all zones that a place may be in are named, never just the likely one; what is not
//! known gives nothing. Must never: fall back to a default zone.

mod countries;
mod north_america;

use std::{collections::HashMap, sync::LazyLock};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

pub(crate) use self::countries::iso_code;

/// Names of time zones in tzdata's form: "Europe/London".
pub(crate) type Zones = Vec<&'static str>;

/// tzdata's `zone.tab` (in the public domain) without the United States and Canada: code, zone, and
/// which part of the country that is.
const ZONES_OF_COUNTRIES: &str = include_str!("zones.tab");

struct PartOfCountry {
    zone: &'static str,
    /// "Western Australia (most areas)"; empty for a country with one zone.
    remark: &'static str,
}

static PARTS: LazyLock<HashMap<&'static str, Vec<PartOfCountry>>> = LazyLock::new(|| {
    let mut parts: HashMap<_, Vec<_>> = HashMap::new();
    for line in ZONES_OF_COUNTRIES.lines() {
        let mut columns = line.split('\t');
        if let (Some(iso), Some(zone)) = (columns.next(), columns.next()) {
            let remark = columns.next().unwrap_or_default();
            parts
                .entry(iso)
                .or_default()
                .push(PartOfCountry { zone, remark });
        }
    }
    parts
});

/// The zones that a place or a number may be in, and how far that place extends.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub zones: Zones,
    pub extent: Extent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    City,
    /// A state or province; its postal code, where it has several zones.
    State(Option<&'static str>),
    Country,
}

/// Where a place may be, by as much of its address as is known.
pub(crate) fn place(
    city: Option<&str>,
    state: Option<&str>,
    country: Option<&str>,
) -> Option<Place> {
    let [city, state, country] =
        [city, state, country].map(|part| part.map(str::trim).filter(|part| !part.is_empty()));
    let iso = country.and_then(iso_code);
    let american = iso.and_then(north_america::Country::of);
    // Without a country a state still tells; with a foreign or an unknown one it is not looked up.
    let of_state = state
        .filter(|_| american.is_some() || country.is_none())
        .and_then(|state| north_america::state(american, state));
    if let Some((code, zones)) = of_state {
        let extent = Extent::State(Some(code));
        return Some(Place { zones, extent });
    }
    if let Some(country) = american {
        return Some(Place {
            zones: north_america::zones_of_country(country),
            extent: Extent::Country,
        });
    }
    let parts = PARTS.get(iso?)?;
    let narrowed = |extent, is_it: &dyn Fn(&PartOfCountry) -> bool| {
        let zones = parts.iter().filter(|part| is_it(part));
        let zones: Zones = zones.map(|part| part.zone).collect();
        (!zones.is_empty() && parts.len() > 1).then_some(Place { zones, extent })
    };
    let by_city = city.and_then(|city| {
        let city = folded(city);
        narrowed(Extent::City, &|part| folded(city_of(part.zone)) == city)
    });
    let by_state = || {
        let state = folded(state?);
        let names = |remark: &str| folded(remark.split('(').next().unwrap_or_default()) == state;
        narrowed(Extent::State(None), &|part| names(part.remark))
    };
    by_city.or_else(by_state).or_else(|| {
        Some(Place {
            zones: parts.iter().map(|part| part.zone).collect(),
            extent: Extent::Country,
        })
    })
}

/// Where a number may be: by its area code in North America, by its country elsewhere. Nothing for
/// numbers without a place: toll-free, personal, satellite.
pub(crate) fn place_of_number(e164: &str) -> Option<Place> {
    let number = phonenumber::parse(None, e164).ok()?;
    let iso = number.country().id().map(|id| format!("{id:?}"));
    if let Some(national) = e164.strip_prefix("+1") {
        let area_code = national.get(..3).and_then(north_america::area_code);
        if let Some((state, zones)) = area_code {
            let extent = Extent::State(state);
            return Some(Place { zones, extent });
        }
        // The Caribbean and the islands of the Pacific: each code is a country.
        if matches!(iso.as_deref(), None | Some("US" | "CA")) {
            return None;
        }
    }
    let parts = PARTS.get(iso?.as_str())?;
    Some(Place {
        zones: parts.iter().map(|part| part.zone).collect(),
        extent: Extent::Country,
    })
}

/// "Los Angeles" of "`America/Los_Angeles`".
pub(crate) fn city_of(zone: &str) -> &str {
    zone.rsplit('/').next().unwrap_or(zone)
}

/// A name without case, accents, blanks and punctuation, so that spellings of it are one.
fn folded(name: &str) -> String {
    let name = name.replace('&', " and ").to_lowercase();
    let letters = name.nfkd().filter(|letter| !is_combining_mark(*letter));
    let spaced = letters.map(|letter| {
        if letter.is_alphanumeric() {
            letter
        } else {
            ' '
        }
    });
    let spaced: String = spaced.collect();
    let words: Vec<&str> = spaced
        .split_whitespace()
        .map(|word| if word == "st" { "saint" } else { word })
        .collect();
    // "The Netherlands", but not "the".
    let from = usize::from(words.len() > 1 && words.first() == Some(&"the"));
    words.get(from..).unwrap_or_default().concat()
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn every_zone_of_the_table_exists() {
        for part in PARTS.values().flatten() {
            assert!(TimeZone::get(part.zone).is_ok(), "{}", part.zone);
        }
    }

    /// tzdata of the system, where there is one, may be newer.
    #[test]
    fn the_table_agrees_with_the_systems() {
        let Ok(system) = std::fs::read_to_string("/usr/share/zoneinfo/zone.tab") else {
            return;
        };
        let rows = system.lines().filter(|line| !line.starts_with('#'));
        for line in rows {
            let columns: Vec<&str> = line.split('\t').collect();
            let (iso, zone) = (columns[0], columns[2]);
            if iso == "US" || iso == "CA" {
                continue;
            }
            let known = PARTS.get(iso).map_or(&[][..], Vec::as_slice);
            assert!(known.iter().any(|part| part.zone == zone), "{iso} {zone}");
        }
    }

    fn zones(city: &str, state: &str, country: &str) -> Zones {
        place(Some(city), Some(state), Some(country)).map_or_else(Zones::new, |place| place.zones)
    }

    #[test]
    fn a_place_gives_every_zone_it_may_be_in() {
        assert_eq!(
            zones("", "", "Germany"),
            ["Europe/Berlin", "Europe/Busingen"]
        );
        assert_eq!(zones("", "", "UK"), ["Europe/London"]);
        assert!(zones("", "", "Australia").len() > 8);
        assert_eq!(zones("Perth", "", "Australia"), ["Australia/Perth"]);
        assert_eq!(zones("", "Queensland", "Australia").len(), 2);
        assert_eq!(zones("São Paulo", "", "Brasil"), ["America/Sao_Paulo"]);
        assert_eq!(
            zones("Philadelphia", "Pennsylvania", "United States"),
            ["America/New_York"]
        );
        assert_eq!(zones("Philadelphia", "PA", "USA"), ["America/New_York"]);
        assert_eq!(
            zones("Philadelphia", "Pennsylvania", ""),
            ["America/New_York"]
        );
        // London in Ontario is not in England, Paris in Texas not in France.
        assert_eq!(zones("London", "ON", "Canada").len(), 3);
        assert!(zones("Paris", "", "US").len() > 5);
        // Georgia is a country and a state.
        assert_eq!(zones("", "Georgia", "US"), ["America/New_York"]);
        assert_eq!(zones("", "", "Georgia"), ["Asia/Tbilisi"]);
        // A country that nobody knows: its state is not looked up elsewhere.
        assert_eq!(zones("", "Pennsylvania", "Atlantis"), [""; 0]);
        assert_eq!(zones("", "", ""), [""; 0]);
    }

    #[test]
    fn a_number_gives_every_zone_it_may_be_in() {
        let of = |number| place_of_number(number).map_or_else(Zones::new, |place| place.zones);
        assert_eq!(of("+12155550143"), ["America/New_York"]);
        assert_eq!(of("+442079460123"), ["Europe/London"]);
        assert!(of("+61255501234").contains(&"Australia/Sydney"));
        assert!(of("+61255501234").contains(&"Australia/Perth"));
        // +1 of the Caribbean and the Pacific.
        assert_eq!(of("+12423221234"), ["America/Nassau"]);
        assert_eq!(of("+18763221234"), ["America/Jamaica"]);
        assert_eq!(of("+17872221234"), ["America/Puerto_Rico"]);
        assert_eq!(of("+16713221234"), ["Pacific/Guam"]);
        // Without a place.
        for number in [
            "+18005550143",
            "+18335550143",
            "+80012345678",
            "+881612345678",
        ] {
            assert_eq!(of(number), [""; 0], "{number}");
        }
    }
}
