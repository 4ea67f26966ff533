//! The United States and Canada: their states, provinces and area codes, with every time zone each
//! of them may be in.
//!
//! Promises: a state or an area code that a zone's border runs through names all zones on its
//! ground; an overlay has the zones of the code that it overlays, since it serves the same ground;
//! numbers without a place (toll-free, personal) have none. Must never: name the larger part's zone
//! for the whole.
//!
//! Sources: the numbering plan's area code assignments (NANPA, CNAC) and tzdata's `zone.tab`. Zones
//! whose clocks have agreed since 2007 stand under one name, so that a state and an area code can
//! be compared: all of Indiana's Eastern counties, for one, are `America/New_York` here.

const EASTERN: &str = "America/New_York";
const CENTRAL: &str = "America/Chicago";
const MOUNTAIN: &str = "America/Denver";
const ARIZONA: &str = "America/Phoenix";
const PACIFIC: &str = "America/Los_Angeles";
const ALASKA: &str = "America/Anchorage";
const ALEUTIANS: &str = "America/Adak";
const HAWAII: &str = "Pacific/Honolulu";

const ATLANTIC: &str = "America/Halifax";
const NEWFOUNDLAND: &str = "America/St_Johns";
const TORONTO: &str = "America/Toronto";
const WINNIPEG: &str = "America/Winnipeg";
const REGINA: &str = "America/Regina";
const EDMONTON: &str = "America/Edmonton";
const VANCOUVER: &str = "America/Vancouver";
const YUKON: &str = "America/Whitehorse";

/// British Columbia keeps several clocks: its coast, its east, and three places of their own.
const BRITISH_COLUMBIA: &[&str] = &[
    VANCOUVER,
    EDMONTON,
    "America/Dawson_Creek",
    "America/Fort_Nelson",
    "America/Creston",
];
/// Eastern time without summer time, in the west of Ontario and in the north of Nunavut.
const ATIKOKAN: &str = "America/Atikokan";
/// Atlantic time without summer time, in the far east of Quebec.
const BLANC_SABLON: &str = "America/Blanc-Sablon";

use super::{Zones, folded};

/// Which of the two countries a row belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Country {
    UnitedStates,
    Canada,
}

use Country::{Canada as CA, UnitedStates as US};

/// (country, postal code, names, zones)
type State = (
    Country,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const STATES: &[State] = &[
    (US, "AL", &["Alabama"], &[CENTRAL]),
    (US, "AK", &["Alaska"], &[ALASKA, ALEUTIANS]),
    (US, "AZ", &["Arizona"], &[ARIZONA, MOUNTAIN]),
    (US, "AR", &["Arkansas"], &[CENTRAL]),
    (US, "CA", &["California"], &[PACIFIC]),
    (US, "CO", &["Colorado"], &[MOUNTAIN]),
    (US, "CT", &["Connecticut"], &[EASTERN]),
    (US, "DE", &["Delaware"], &[EASTERN]),
    (
        US,
        "DC",
        &["District of Columbia", "Washington, D.C.", "Washington DC"],
        &[EASTERN],
    ),
    (US, "FL", &["Florida"], &[EASTERN, CENTRAL]),
    (US, "GA", &["Georgia"], &[EASTERN]),
    (US, "HI", &["Hawaii", "Hawaiʻi"], &[HAWAII]),
    (US, "ID", &["Idaho"], &[MOUNTAIN, PACIFIC]),
    (US, "IL", &["Illinois"], &[CENTRAL]),
    (US, "IN", &["Indiana"], &[EASTERN, CENTRAL]),
    (US, "IA", &["Iowa"], &[CENTRAL]),
    (US, "KS", &["Kansas"], &[CENTRAL, MOUNTAIN]),
    (US, "KY", &["Kentucky"], &[EASTERN, CENTRAL]),
    (US, "LA", &["Louisiana"], &[CENTRAL]),
    (US, "ME", &["Maine"], &[EASTERN]),
    (US, "MD", &["Maryland"], &[EASTERN]),
    (US, "MA", &["Massachusetts"], &[EASTERN]),
    (US, "MI", &["Michigan"], &[EASTERN, CENTRAL]),
    (US, "MN", &["Minnesota"], &[CENTRAL]),
    (US, "MS", &["Mississippi"], &[CENTRAL]),
    (US, "MO", &["Missouri"], &[CENTRAL]),
    (US, "MT", &["Montana"], &[MOUNTAIN]),
    (US, "NE", &["Nebraska"], &[CENTRAL, MOUNTAIN]),
    (US, "NV", &["Nevada"], &[PACIFIC, MOUNTAIN]),
    (US, "NH", &["New Hampshire"], &[EASTERN]),
    (US, "NJ", &["New Jersey"], &[EASTERN]),
    (US, "NM", &["New Mexico"], &[MOUNTAIN]),
    (US, "NY", &["New York", "New York State"], &[EASTERN]),
    (US, "NC", &["North Carolina"], &[EASTERN]),
    (US, "ND", &["North Dakota"], &[CENTRAL, MOUNTAIN]),
    (US, "OH", &["Ohio"], &[EASTERN]),
    (US, "OK", &["Oklahoma"], &[CENTRAL]),
    (US, "OR", &["Oregon"], &[PACIFIC, MOUNTAIN]),
    (US, "PA", &["Pennsylvania"], &[EASTERN]),
    (US, "RI", &["Rhode Island"], &[EASTERN]),
    (US, "SC", &["South Carolina"], &[EASTERN]),
    (US, "SD", &["South Dakota"], &[CENTRAL, MOUNTAIN]),
    (US, "TN", &["Tennessee"], &[CENTRAL, EASTERN]),
    (US, "TX", &["Texas"], &[CENTRAL, MOUNTAIN]),
    (US, "UT", &["Utah"], &[MOUNTAIN]),
    (US, "VT", &["Vermont"], &[EASTERN]),
    (US, "VA", &["Virginia"], &[EASTERN]),
    (US, "WA", &["Washington", "Washington State"], &[PACIFIC]),
    (US, "WV", &["West Virginia"], &[EASTERN]),
    (US, "WI", &["Wisconsin"], &[CENTRAL]),
    (US, "WY", &["Wyoming"], &[MOUNTAIN]),
    (US, "PR", &["Puerto Rico"], &["America/Puerto_Rico"]),
    (
        US,
        "VI",
        &["U.S. Virgin Islands", "Virgin Islands"],
        &["America/St_Thomas"],
    ),
    (US, "GU", &["Guam"], &["Pacific/Guam"]),
    (US, "MP", &["Northern Mariana Islands"], &["Pacific/Saipan"]),
    (US, "AS", &["American Samoa"], &["Pacific/Pago_Pago"]),
    (CA, "AB", &["Alberta"], &[EDMONTON]),
    (
        CA,
        "BC",
        &["British Columbia", "Colombie-Britannique"],
        BRITISH_COLUMBIA,
    ),
    (CA, "MB", &["Manitoba"], &[WINNIPEG]),
    (
        CA,
        "NB",
        &["New Brunswick", "Nouveau-Brunswick"],
        &[ATLANTIC],
    ),
    (
        CA,
        "NL",
        &["Newfoundland and Labrador", "Newfoundland"],
        &[NEWFOUNDLAND, ATLANTIC],
    ),
    (CA, "NS", &["Nova Scotia", "Nouvelle-Écosse"], &[ATLANTIC]),
    (CA, "NT", &["Northwest Territories"], &[EDMONTON]),
    (
        CA,
        "NU",
        &["Nunavut"],
        &[TORONTO, WINNIPEG, EDMONTON, ATIKOKAN],
    ),
    (CA, "ON", &["Ontario"], &[TORONTO, WINNIPEG, ATIKOKAN]),
    (CA, "PE", &["Prince Edward Island"], &[ATLANTIC]),
    (
        CA,
        "QC",
        &["Quebec", "Québec"],
        &[TORONTO, ATLANTIC, BLANC_SABLON],
    ),
    (CA, "SK", &["Saskatchewan"], &[REGINA, EDMONTON, WINNIPEG]),
    (CA, "YT", &["Yukon", "Yukon Territory"], &[YUKON]),
];

/// (the state, where it has several zones and these codes are all within it; area codes; zones)
type AreaCodes = (Option<&'static str>, &'static str, &'static [&'static str]);

const AREA_CODES: &[AreaCodes] = &[
    // Connecticut, Delaware, the District of Columbia, Georgia, Maine, Maryland, Massachusetts.
    (None, "203 475 860 959 302 202 771", &[EASTERN]),
    (None, "229 404 470 678 770 943 478 706 762 912", &[EASTERN]),
    (None, "207 240 301 227 410 443 667", &[EASTERN]),
    (None, "339 781 351 978 413 508 774 617 857", &[EASTERN]),
    // New Hampshire, New Jersey, New York, North Carolina, Ohio.
    (
        None,
        "603 201 551 609 640 732 848 856 862 973 908",
        &[EASTERN],
    ),
    (
        None,
        "212 332 646 917 315 680 347 718 929 363 516 518 838 585 607 631 934",
        &[EASTERN],
    ),
    (None, "716 624 845 329 914", &[EASTERN]),
    (None, "252 336 743 704 980 828 910 472 919 984", &[EASTERN]),
    (
        None,
        "216 220 740 234 330 283 513 326 937 380 614 419 567 436 440",
        &[EASTERN],
    ),
    // Pennsylvania, Rhode Island, South Carolina, Vermont, Virginia, West Virginia.
    (
        None,
        "215 267 445 223 717 272 570 412 724 878 484 610 835 582 814",
        &[EASTERN],
    ),
    (None, "401 803 839 821 864 843 854 802", &[EASTERN]),
    (
        None,
        "276 434 540 826 571 703 686 804 757 948 304 681",
        &[EASTERN],
    ),
    // Florida is Eastern but for the west of the panhandle.
    (
        Some("FL"),
        "239 305 645 786 321 407 689 324 904 352 386 561 728 656 813 727",
        &[EASTERN],
    ),
    (Some("FL"), "754 954 772 863 941", &[EASTERN]),
    (Some("FL"), "448 850", &[CENTRAL, EASTERN]),
    // The north-west and the south-west of Indiana are Central.
    (Some("IN"), "260 317 463 765", &[EASTERN]),
    (Some("IN"), "219 574 812 930", &[EASTERN, CENTRAL]),
    // Kentucky and Tennessee are split from north to south.
    (Some("KY"), "502 859", &[EASTERN]),
    (Some("KY"), "606 270 364", &[EASTERN, CENTRAL]),
    (Some("TN"), "423 729 931", &[EASTERN, CENTRAL]),
    (Some("TN"), "865", &[EASTERN]),
    (Some("TN"), "615 629 731 901", &[CENTRAL]),
    // Four counties of the Upper Peninsula of Michigan are Central.
    (
        Some("MI"),
        "231 248 947 269 313 679 517 586 616 734 810 989",
        &[EASTERN],
    ),
    (Some("MI"), "906", &[EASTERN, CENTRAL]),
    // Alabama, Arkansas, Illinois, Iowa, Louisiana, Minnesota, Mississippi, Missouri.
    (
        None,
        "205 659 251 256 938 334 483 327 870 479 501",
        &[CENTRAL],
    ),
    (
        None,
        "217 447 224 847 309 861 312 872 773 331 630 464 708 618 730 779 815",
        &[CENTRAL],
    ),
    (
        None,
        "319 515 563 641 712 225 318 457 337 504 985",
        &[CENTRAL],
    ),
    (
        None,
        "218 320 507 924 612 651 763 952 228 471 662 601 769",
        &[CENTRAL],
    ),
    (None, "235 573 314 557 417 636 660 816 975", &[CENTRAL]),
    // Oklahoma, Wisconsin.
    (
        None,
        "405 572 539 918 580 262 274 920 353 608 414 534 715",
        &[CENTRAL],
    ),
    // The far west of Texas is Mountain.
    (
        Some("TX"),
        "210 726 214 469 945 972 254 281 346 621 713 832 325 361 409 430",
        &[CENTRAL],
    ),
    (
        Some("TX"),
        "903 512 737 682 817 806 830 936 940 956 979",
        &[CENTRAL],
    ),
    (Some("TX"), "432 915", &[CENTRAL, MOUNTAIN]),
    // The Dakotas, Kansas and Nebraska are Central in the east and Mountain in the west.
    (Some("KS"), "316 913", &[CENTRAL]),
    (Some("KS"), "620 785", &[CENTRAL, MOUNTAIN]),
    (Some("NE"), "402 531", &[CENTRAL]),
    (Some("NE"), "308", &[CENTRAL, MOUNTAIN]),
    (None, "701 605", &[CENTRAL, MOUNTAIN]),
    // Colorado, Montana, New Mexico, Utah, Wyoming.
    (
        None,
        "303 720 983 719 970 748 406 505 575 385 801 435 307",
        &[MOUNTAIN],
    ),
    // Arizona keeps one time all year; the Navajo Nation in its north-east does not.
    (Some("AZ"), "480 520 602 623", &[ARIZONA]),
    (Some("AZ"), "928", &[ARIZONA, MOUNTAIN]),
    (None, "208 986", &[MOUNTAIN, PACIFIC]),
    // California, Washington.
    (
        None,
        "209 350 213 323 738 310 424 341 510 369 707 408 669 415 628 442 760",
        &[PACIFIC],
    ),
    (
        None,
        "530 837 559 357 562 619 858 626 650 657 714 661 747 818 805 820 831",
        &[PACIFIC],
    ),
    (
        None,
        "840 909 916 279 925 949 951 206 253 360 564 425 509",
        &[PACIFIC],
    ),
    (Some("NV"), "702 725", &[PACIFIC]),
    (Some("NV"), "775", &[PACIFIC, MOUNTAIN]),
    (Some("OR"), "503 971", &[PACIFIC]),
    (Some("OR"), "458 541", &[PACIFIC, MOUNTAIN]),
    (None, "907", &[ALASKA, ALEUTIANS]),
    (None, "808", &[HAWAII]),
    // Canada.
    (None, "506 428 902 782", &[ATLANTIC]),
    (None, "709 879", &[NEWFOUNDLAND, ATLANTIC]),
    (
        Some("QC"),
        "418 581 367",
        &[TORONTO, ATLANTIC, BLANC_SABLON],
    ),
    (
        Some("QC"),
        "263 438 514 354 450 579 468 819 873",
        &[TORONTO],
    ),
    (
        Some("ON"),
        "226 382 519 548 249 683 705 289 365 742 905 343 613 753",
        &[TORONTO],
    ),
    (Some("ON"), "416 437 647 942", &[TORONTO]),
    (Some("ON"), "807", &[TORONTO, WINNIPEG, ATIKOKAN]),
    (None, "204 431 584", &[WINNIPEG]),
    (None, "306 474 639", &[REGINA, EDMONTON, WINNIPEG]),
    (None, "368 403 587 780 825", &[EDMONTON]),
    (Some("BC"), "604", &[VANCOUVER]),
    (Some("BC"), "236 250 257 672 778", BRITISH_COLUMBIA),
    (None, "867", &[YUKON, EDMONTON, WINNIPEG, TORONTO, ATIKOKAN]),
];

impl Country {
    /// The country of an ISO 3166 code, if it is one of the two.
    pub(super) fn of(iso: &str) -> Option<Self> {
        match iso {
            "US" => Some(US),
            "CA" => Some(CA),
            _ => None,
        }
    }
}

/// A state or province, by its name or, where the country is known, its postal code: that code and
/// the zones.
pub(super) fn state(country: Option<Country>, text: &str) -> Option<(&'static str, Zones)> {
    let wanted = folded(text);
    let (_, code, _, zones) = STATES.iter().find(|(of, code, names, _)| {
        let is_named = names.iter().any(|name| folded(name) == wanted);
        match country {
            Some(country) => *of == country && (is_named || code.eq_ignore_ascii_case(text.trim())),
            // "CA" alone is California or Canada, "DE" Delaware or Germany.
            None => is_named,
        }
    })?;
    Some((code, zones.to_vec()))
}

/// An area code, the three digits after +1: the state, where that helps to tell one zone of several,
/// and the zones.
pub(super) fn area_code(digits: &str) -> Option<(Option<&'static str>, Zones)> {
    let (state, _, zones) = AREA_CODES
        .iter()
        .find(|(_, codes, _)| codes.split(' ').any(|code| code == digits))?;
    Some((*state, zones.to_vec()))
}

/// Every zone of a country.
pub(super) fn zones_of_country(country: Country) -> Zones {
    let mut zones = Zones::new();
    for (_, code, _, of_state) in STATES.iter().filter(|(of, ..)| *of == country) {
        // The territories are countries of their own in ISO 3166.
        if !TERRITORIES.contains(code) {
            zones.extend(of_state.iter());
        }
    }
    zones.sort_unstable();
    zones.dedup();
    zones
}

const TERRITORIES: [&str; 5] = ["PR", "VI", "GU", "MP", "AS"];

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashSet};

    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn every_zone_exists_and_every_code_stands_once() {
        let zones = STATES.iter().flat_map(|(.., zones)| zones.iter());
        for zone in zones.chain(AREA_CODES.iter().flat_map(|(.., zones)| zones.iter())) {
            assert!(TimeZone::get(zone).is_ok(), "{zone}");
        }
        let mut seen = HashSet::new();
        for code in AREA_CODES.iter().flat_map(|(_, codes, _)| codes.split(' ')) {
            assert!(code.len() == 3 && seen.insert(code), "{code}");
        }
        assert_eq!(
            STATES.iter().filter(|(of, ..)| *of == US).count(),
            50 + 1 + 5
        );
        assert_eq!(STATES.iter().filter(|(of, ..)| *of == CA).count(), 13);
    }

    /// The numbering plan as the library of phone numbers knows it, which is renewed with it.
    #[test]
    fn every_area_code_that_is_in_use_is_here() {
        let mut missing = BTreeSet::new();
        for code in (200..1000).map(|code: u32| code.to_string()) {
            let Ok(number) = phonenumber::parse(None, format!("+1{code}2345678")) else {
                continue;
            };
            let country = number.country().id();
            let is_here = area_code(&code).is_some();
            let is_ours = matches!(
                country,
                Some(phonenumber::country::Id::US | phonenumber::country::Id::CA)
            );
            let has_place = matches!(
                number.number_type(&phonenumber::metadata::DATABASE),
                phonenumber::Type::FixedLineOrMobile | phonenumber::Type::FixedLine
            );
            if number.is_valid() && is_ours && has_place && !is_here {
                missing.insert(code);
            }
        }
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn the_known_traps() {
        let of = |code: &str| area_code(code).map(|(_, zones)| zones).unwrap_or_default();
        assert_eq!(of("215"), [EASTERN]);
        assert_eq!(of("617"), [EASTERN]);
        // Split states: Indianapolis and Gary, Louisville and Bowling Green, Pensacola and Miami.
        assert_eq!(of("317"), [EASTERN]);
        assert_eq!(of("219"), [EASTERN, CENTRAL]);
        assert_eq!(of("502"), [EASTERN]);
        assert_eq!(of("305"), [EASTERN]);
        assert_eq!(of("850"), [CENTRAL, EASTERN]);
        assert_eq!(of("915"), [CENTRAL, MOUNTAIN]);
        // An overlay serves the ground of the code it overlays.
        for (overlay, code) in [
            ("930", "812"),
            ("364", "270"),
            ("448", "850"),
            ("986", "208"),
            ("458", "541"),
            ("775", "775"),
            ("729", "423"),
            ("474", "306"),
            ("672", "250"),
            ("879", "709"),
        ] {
            assert_eq!(of(overlay), of(code), "{overlay} {code}");
        }
        // Without a place: toll-free, personal, premium, the Caribbean, other countries.
        for code in [
            "800", "833", "888", "500", "700", "900", "242", "876", "809", "600",
        ] {
            assert!(of(code).is_empty(), "{code}");
        }
    }

    #[test]
    fn a_state_is_known_by_name_and_by_code_where_the_country_is_known() {
        let of = |country, text| {
            state(country, text)
                .map(|(_, zones)| zones)
                .unwrap_or_default()
        };
        assert_eq!(of(Some(US), "Pennsylvania"), [EASTERN]);
        assert_eq!(of(Some(US), "pa"), [EASTERN]);
        assert_eq!(of(None, "Pennsylvania"), [EASTERN]);
        assert_eq!(of(None, "PA"), [""; 0]);
        assert_eq!(of(Some(CA), "Québec").len(), 3);
        assert_eq!(of(Some(US), "Quebec"), [""; 0]);
        assert_eq!(of(Some(US), "Washington, D.C."), [EASTERN]);
        assert_eq!(of(Some(US), "Washington"), [PACIFIC]);
    }

    /// Compares the table with that of the makers of a phone number library, where it
    /// is at hand (`PHONE_ZONES` names its file). Theirs is years old for new codes, so this
    /// says only what it has and we have not.
    #[test]
    fn no_zone_is_missing_that_another_table_has() {
        let Some(path) = std::env::var_os("PHONE_ZONES") else {
            return;
        };
        let text = std::fs::read_to_string(path).unwrap();
        let mut missing = BTreeSet::new();
        for (prefix, zones) in text.lines().filter_map(|line| line.split_once('|')) {
            let Some(code) = prefix.strip_prefix('1').and_then(|rest| rest.get(..3)) else {
                continue;
            };
            let Some((_, ours)) = area_code(code) else {
                continue;
            };
            let now = clock::Timestamp::from_second(1_795_000_000).unwrap();
            let time = |zone: &str| TimeZone::get(zone).unwrap().to_datetime(now);
            for zone in zones.split('&') {
                if !ours.iter().any(|ours| time(ours) == time(zone)) {
                    missing.insert(format!("{code} {zone}"));
                }
            }
        }
        // Theirs has 689 in Chicago's time, which is Orlando's second code, and the Yukon in
        // Vancouver's, which it left in 2020.
        let theirs = ["689 America/Chicago", "867 America/Vancouver"];
        assert_eq!(missing, BTreeSet::from(theirs.map(str::to_owned)));
    }
}
