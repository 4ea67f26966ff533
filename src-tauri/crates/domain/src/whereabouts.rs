//! Where a person may be in time, and how that is known.
//!
//! Promises: sources count in a fixed order, Apollo's zone first, then the contact's place, then its
//! number, then the account; a weaker source only narrows what a stronger one left open, and is not
//! used where it contradicts it; every possible zone stays, with the source that names it.
//! Must never: take a likely zone for the only one, or fall back to a default.

use apollo::types::{Account, Contact};
use clock::Timestamp;
use jiff::tz::TimeZone;

use crate::{
    dates::zone_named,
    phone::{Line, Owner},
    places::{Extent, Place, city_of, place, place_of_number},
};

/// The zones that a person may be in: at least one.
#[derive(Clone, Debug)]
pub struct Whereabouts {
    zones: Vec<Zone>,
    source: ZoneSource,
    /// What to call it where there are several zones: "Indiana", "United States".
    name: Option<String>,
}

/// One zone with its name in tzdata.
#[derive(Clone, Debug)]
pub struct Zone {
    pub zone: TimeZone,
    pub name: String,
}

/// How the zones are known, in the order the sources are trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoneSource {
    Apollo,
    City,
    State,
    Country,
    Number,
    AccountPlace,
    AccountNumber,
}

/// What one source says.
struct Clue {
    place: Place,
    source: ZoneSource,
    name: Option<String>,
}

/// Where a contact may be, by all that is known.
pub fn whereabouts(
    contact: Option<&Contact>,
    account: Option<&Account>,
    lines: &[Line],
) -> Option<Whereabouts> {
    if let Some(zone) = contact.and_then(|contact| named(contact.time_zone.as_deref()?)) {
        return Some(Whereabouts {
            zones: vec![zone],
            source: ZoneSource::Apollo,
            name: None,
        });
    }
    let by_number = |owner: Owner, source| {
        let mut of_owner = lines.iter().filter(|line| line.owner == owner);
        let number = of_owner.find_map(|line| line.number.as_ref())?;
        Some(Clue {
            place: place_of_number(number.as_str())?,
            source,
            name: None,
        })
    };
    let by_place = |address: [&Option<String>; 3], source: Option<ZoneSource>| {
        let [city, state, country] = address.map(|part| part.as_deref());
        let place = place(city, state, country)?;
        let (part, name) = match place.extent {
            Extent::City => (ZoneSource::City, city),
            Extent::State(_) => (ZoneSource::State, state),
            Extent::Country => (ZoneSource::Country, country),
        };
        Some(Clue {
            place,
            source: source.unwrap_or(part),
            name: name.map(|name| name.trim().to_owned()),
        })
    };
    let clues = [
        contact.and_then(|it| by_place([&it.city, &it.state, &it.country], None)),
        by_number(Owner::Contact, ZoneSource::Number),
        account.and_then(|it| {
            let source = Some(ZoneSource::AccountPlace);
            by_place([&it.city, &it.state, &it.country], source)
        }),
        by_number(Owner::Account, ZoneSource::AccountNumber),
    ];
    let clue = clues.into_iter().flatten().reduce(Clue::narrowed_by)?;
    let zones = clue.place.zones.iter().filter_map(|name| named(name));
    let zones: Vec<Zone> = zones.collect();
    (!zones.is_empty()).then_some(Whereabouts {
        zones,
        source: clue.source,
        name: clue.name,
    })
}

fn named(name: &str) -> Option<Zone> {
    Some(Zone {
        // Apollo's may be an offset or a word.
        zone: zone_named(name)?,
        name: name.trim().to_owned(),
    })
}

impl Clue {
    /// What is left of these zones once a weaker source is counted. It can tell a part of a whole
    /// country, and the contact's number a part of a state that it belongs to; beside anything more
    /// exact it is not used, nor where it shares no zone: then it contradicts.
    fn narrowed_by(self, weaker: Self) -> Self {
        let tells_a_part = match (self.place.extent, weaker.place.extent) {
            (Extent::Country, _) => true,
            (Extent::State(Some(state)), Extent::State(Some(of_number))) => {
                self.source == ZoneSource::State
                    && weaker.source == ZoneSource::Number
                    && state == of_number
            }
            _ => false,
        };
        let mut shared = self.place.zones.clone();
        shared.retain(|zone| weaker.place.zones.contains(zone));
        if !tells_a_part || shared.is_empty() || shared.len() == self.place.zones.len() {
            return self;
        }
        Self {
            place: Place {
                zones: shared,
                extent: weaker.place.extent,
            },
            source: weaker.source,
            name: weaker.name.or(self.name),
        }
    }
}

impl Whereabouts {
    /// Every zone that is possible.
    pub fn zones(&self) -> impl Iterator<Item = &TimeZone> {
        self.zones.iter().map(|zone| &zone.zone)
    }

    /// What the clocks say there.
    pub fn local_time(&self, now: Timestamp) -> Option<LocalTime<'_>> {
        let time = |zone: &&Zone| zone.zone.to_datetime(now);
        let earliest = self.zones.iter().min_by_key(time)?;
        let latest = self.zones.iter().max_by_key(time)?;
        let is_range = time(&earliest) != time(&latest);
        Some(LocalTime {
            earliest,
            latest: is_range.then_some(latest),
            place: self.place(is_range),
            source: self.source,
        })
    }

    /// What the place is called.
    pub fn place_at(&self, now: Timestamp) -> String {
        self.local_time(now)
            .map_or_else(String::new, |local| local.place)
    }

    fn place(&self, is_range: bool) -> String {
        let of_zone = || {
            let first = self.zones.first().map_or("", |zone| zone.name.as_str());
            city_of(first).replace('_', " ")
        };
        match &self.name {
            Some(name) if is_range => name.clone(),
            _ => of_zone(),
        }
    }
}

/// The time of day where somebody is, as far as it is known.
#[derive(Clone, Debug)]
pub struct LocalTime<'a> {
    /// Where the clocks say least.
    pub earliest: &'a Zone,
    /// Where they say most, if that is another time.
    pub latest: Option<&'a Zone>,
    /// "New York", or "Indiana" where there are several times.
    pub place: String,
    pub source: ZoneSource,
}

#[cfg(test)]
mod tests {
    use apollo::types::PhoneNumber;

    use super::*;
    use crate::{
        calling_hours::{CallingHours, Hours, OpenHours, hours},
        phone::lines,
    };

    #[derive(Default)]
    struct Person {
        zone: &'static str,
        city: &'static str,
        state: &'static str,
        country: &'static str,
        number: &'static str,
        account_state: &'static str,
        account_country: &'static str,
        account_number: &'static str,
    }

    impl Person {
        fn people(&self) -> (Contact, Account) {
            let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let mut contact = Contact::with_id("c");
            contact.time_zone = text(self.zone);
            contact.city = text(self.city);
            contact.state = text(self.state);
            contact.country = text(self.country);
            if !self.number.is_empty() {
                let number = PhoneNumber::with_number(self.number, Some(self.number));
                contact.phone_numbers.push(number);
            }
            let mut account = Account::with_id("a");
            account.state = text(self.account_state);
            account.country = text(self.account_country);
            account.sanitized_phone = text(self.account_number);
            (contact, account)
        }

        fn at(&self, now: &str) -> (Option<(String, String)>, Hours) {
            let (contact, account) = self.people();
            let lines = lines(Some(&contact), Some(&account));
            let whereabouts = whereabouts(Some(&contact), Some(&account), &lines);
            let open = OpenHours::parse(&CallingHours::default()).unwrap();
            let now = now.parse().unwrap();
            let hours = hours(whereabouts.as_ref(), &open, now);
            let local = whereabouts.as_ref().and_then(|it| it.local_time(now));
            let text = |zone: &Zone| zone.zone.to_datetime(now).strftime("%H:%M").to_string();
            let local = local.map(|local| {
                let times = std::iter::once(local.earliest).chain(local.latest);
                let times: Vec<_> = times.map(text).collect();
                (times.join("–"), local.place)
            });
            (local, hours)
        }

        fn is(&self) -> (String, Option<ZoneSource>) {
            let (contact, account) = self.people();
            let lines = lines(Some(&contact), Some(&account));
            whereabouts(Some(&contact), Some(&account), &lines).map_or_else(
                || (String::new(), None),
                |it| {
                    let names: Vec<_> = it.zones.iter().map(|zone| zone.name.clone()).collect();
                    (names.join(" "), Some(it.source))
                },
            )
        }
    }

    #[test]
    fn a_weaker_source_never_overrules_a_stronger_one() {
        // 10:00Z is 21:00 in Sydney, 18:00 in Perth and 10:00 in London.
        let sydney = Person {
            country: "Australia",
            number: "+61255501234",
            account_country: "United Kingdom",
            ..Person::default()
        };
        let (time, hours) = sydney.at("2026-11-24T10:00:00Z");
        assert_ne!(time.unwrap().1, "London");
        assert!(matches!(hours, Hours::Partly { .. }), "{hours:?}");
        // 10:00Z is 02:00 in Oregon and 11:00 in Berlin.
        let oregon = Person {
            country: "United States",
            number: "+15035550143",
            account_country: "Germany",
            ..Person::default()
        };
        let (time, hours) = oregon.at("2026-11-24T10:00:00Z");
        assert_eq!(time.unwrap().0, "02:00");
        assert!(matches!(hours, Hours::Closed { .. }), "{hours:?}");
        // Without a number the whole of the country counts.
        let somewhere = Person {
            number: "",
            account_number: "+493012345678",
            ..oregon
        };
        let (time, hours) = somewhere.at("2026-11-24T10:00:00Z");
        assert_eq!(time.unwrap().1, "United States");
        assert!(matches!(hours, Hours::Closed { .. }), "night everywhere");
        let (_, hours) = somewhere.at("2026-11-24T15:00:00Z");
        assert!(
            matches!(hours, Hours::Partly { .. }),
            "open in the east only"
        );
        let (_, hours) = somewhere.at("2026-11-24T19:00:00Z");
        assert!(matches!(hours, Hours::Open { .. }), "09:00 to 14:00");
    }

    #[test]
    fn philadelphia_is_eastern_by_its_state_and_by_its_area_code() {
        let by_state = Person {
            city: "Philadelphia",
            state: "Pennsylvania",
            country: "United States",
            // A mobile that was taken along says nothing against it.
            number: "+14155550143",
            ..Person::default()
        };
        assert_eq!(
            by_state.is(),
            ("America/New_York".to_owned(), Some(ZoneSource::State))
        );
        for number in ["+12155550143", "+16175550143"] {
            let by_number = Person {
                number,
                ..Person::default()
            };
            assert_eq!(
                by_number.is(),
                ("America/New_York".to_owned(), Some(ZoneSource::Number))
            );
        }
    }

    #[test]
    fn a_split_state_is_told_by_its_own_area_codes_only() {
        let florida = |number| Person {
            state: "Florida",
            country: "United States",
            number,
            ..Person::default()
        };
        assert_eq!(florida("+13055550143").is().0, "America/New_York");
        assert_eq!(
            florida("+18505550143").is().0,
            "America/New_York America/Chicago"
        );
        // New York's number tells nothing about where in Florida somebody is.
        assert_eq!(
            florida("+12125550143").is().0,
            "America/New_York America/Chicago"
        );
        assert_eq!(florida("").is().1, Some(ZoneSource::State));
    }

    #[test]
    fn what_nobody_knows_is_unknown() {
        for number in ["+18005550143", ""] {
            let nobody = Person {
                number,
                ..Person::default()
            };
            assert_eq!(nobody.is(), (String::new(), None), "{number}");
        }
        let toll_free = Person {
            number: "+18005550143",
            ..Person::default()
        };
        let (time, hours) = toll_free.at("2026-11-24T15:00:00Z");
        assert_eq!(time, None);
        assert_eq!(hours, Hours::Unknown);
        // Half of Indiana is open.
        let indiana = Person {
            state: "IN",
            country: "US",
            number: "+18005550143",
            ..Person::default()
        };
        let (time, hours) = indiana.at("2026-11-24T13:30:00Z");
        assert_eq!(time.unwrap().0, "07:30–08:30");
        assert!(matches!(hours, Hours::Partly { .. }), "{hours:?}");
    }

    #[test]
    fn the_order_of_the_sources() {
        let all = Person {
            zone: "Europe/Paris",
            state: "Ohio",
            country: "US",
            number: "+12135550143",
            account_country: "Japan",
            account_number: "+442079460123",
            ..Person::default()
        };
        assert_eq!(
            all.is(),
            ("Europe/Paris".to_owned(), Some(ZoneSource::Apollo))
        );
        for unset in ["Factory", "factory ", "localtime", "UTC+1 or so"] {
            let known = Person { zone: unset, ..all };
            assert_eq!(known.is().1, Some(ZoneSource::State), "{unset}");
        }
        let without_zone = Person {
            zone: "UTC+1 or so",
            ..all
        };
        assert_eq!(
            without_zone.is(),
            ("America/New_York".to_owned(), Some(ZoneSource::State))
        );
        let without_place = Person {
            state: "",
            country: "",
            ..without_zone
        };
        assert_eq!(
            without_place.is(),
            ("America/Los_Angeles".to_owned(), Some(ZoneSource::Number))
        );
        let company = Person {
            number: "",
            ..without_place
        };
        assert_eq!(
            company.is(),
            ("Asia/Tokyo".to_owned(), Some(ZoneSource::AccountPlace))
        );
        let line = Person {
            account_country: "",
            ..company
        };
        assert_eq!(
            line.is(),
            ("Europe/London".to_owned(), Some(ZoneSource::AccountNumber))
        );
    }
}
