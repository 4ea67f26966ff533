//! Numbers that reach nobody.
//!
//! Promises: every number that parses is from a range that its country keeps for fiction: 555-01xx
//! in North America, Ofcom's drama ranges in Britain, ARCEP's in France, BNetzA's in Germany, PTS's
//! in Sweden, ACMA's in Australia. People elsewhere are reached through an office of their company
//! in one of these. Ranges that number libraries call invalid (British and French drama mobiles)
//! are left out, so that every number here can be dialed in an app. Must never: make a number that
//! could ring at somebody's desk.

use rand::Rng;

use super::model::Phone;

/// Where numbers are invented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberingPlan {
    /// Area code; then 555-01xx.
    NorthAmerica(&'static str),
    /// Area code and the beginning of the local number; three digits follow.
    Britain(&'static str, &'static str),
    /// Beginning of the number; four digits follow.
    France(&'static str),
    /// Area code and the beginning of the local number; three digits follow.
    Germany(&'static str, &'static str),
    /// Area code and the beginning of the local number; two digits follow.
    Sweden(&'static str, &'static str),
    /// Area code; then 7010 xxxx.
    Australia(&'static str),
}

impl NumberingPlan {
    fn country(self) -> &'static str {
        match self {
            Self::NorthAmerica(_) => "United States",
            Self::Britain(..) => "United Kingdom",
            Self::France(_) => "France",
            Self::Germany(..) => "Germany",
            Self::Sweden(..) => "Sweden",
            Self::Australia(_) => "Australia",
        }
    }

    /// Dialing code and the rest, as people write it.
    fn landline(self, rng: &mut impl Rng) -> (&'static str, String) {
        match self {
            Self::NorthAmerica(area) => {
                ("1", format!("{area}-555-01{:02}", rng.random_range(0..100)))
            }
            Self::Britain(area, start) => (
                "44",
                format!("{area} {start}{:03}", rng.random_range(0..1000)),
            ),
            Self::France(start) => (
                "33",
                format!(
                    "{start} {:02} {:02}",
                    rng.random_range(0..100),
                    rng.random_range(0..100)
                ),
            ),
            Self::Germany(area, start) => (
                "49",
                format!("{area} {start}{:03}", rng.random_range(0..1000)),
            ),
            Self::Sweden(area, start) => {
                // Stockholm's range is 465 004 00 to 99, the others' end the same way.
                (
                    "46",
                    format!("{area} {start} {:02}", rng.random_range(0..100)),
                )
            }
            Self::Australia(area) => (
                "61",
                format!("{area} 7010 {:04}", rng.random_range(0..10_000)),
            ),
        }
    }

    /// A mobile number, where the country keeps some for fiction that libraries accept.
    fn mobile(self, rng: &mut impl Rng) -> Option<(&'static str, String)> {
        match self {
            // A mobile number looks like any other there.
            Self::NorthAmerica(_) => Some(self.landline(rng)),
            Self::Germany(..) => Some(("49", format!("171 39200{:02}", rng.random_range(0..100)))),
            Self::Sweden(..) => Some(("46", format!("70 174 06 {:02}", rng.random_range(5..100)))),
            Self::Australia(_) => {
                let ending = AUSTRALIAN_MOBILES[rng.random_range(0..AUSTRALIAN_MOBILES.len())];
                Some(("61", format!("491 57{ending}")))
            }
            Self::Britain(..) | Self::France(_) => None,
        }
    }
}

/// Endings of the mobile numbers that ACMA keeps for fiction.
const AUSTRALIAN_MOBILES: [&str; 30] = [
    "0 006", "0 156", "0 157", "0 158", "0 159", "0 110", "0 313", "0 737", "1 266", "1 491",
    "1 804", "2 549", "2 665", "2 983", "3 770", "3 087", "4 118", "4 632", "5 254", "5 789",
    "6 398", "6 801", "7 426", "7 644", "8 957", "8 148", "8 888", "9 212", "9 760", "9 455",
];

/// What people type that is no number.
const BROKEN: [&str; 6] = [
    "ext. 4410 via front desk",
    "555-01",
    "n/a",
    "+00 000",
    "call office first",
    "12",
];

/// A number of `kind` (`mobile`, `work_direct`, `work_hq`, `home`, `other`).
pub(crate) fn number(plan: NumberingPlan, kind: &'static str, rng: &mut impl Rng) -> Phone {
    let mobile = if kind == "mobile" {
        plan.mobile(rng)
    } else {
        None
    };
    let kind = if kind == "mobile" && mobile.is_none() {
        "work_direct"
    } else {
        kind
    };
    let (code, national) = mobile.unwrap_or_else(|| plan.landline(rng));
    let digits: String = national.chars().filter(char::is_ascii_digit).collect();
    let raw = match (code, rng.random_range(0..4)) {
        // Some are typed without a country code, as spreadsheets have them.
        ("1", 0) => format!("({}) {}", &national[..3], &national[4..]),
        ("1", 1) => national.clone(),
        ("44" | "61" | "33", 0) => format!("0{national}"),
        _ => format!("+{code} {national}"),
    };
    Phone {
        raw,
        sanitized: Some(format!("+{code}{digits}")),
        kind: Some(kind),
        status: if rng.random_bool(0.6) {
            "valid_number"
        } else {
            "no_status"
        },
        dnc_status: None,
        country: plan.country(),
    }
}

/// A number that cannot be parsed: `sanitized_number` is null.
pub(crate) fn broken(place: usize) -> Phone {
    Phone {
        raw: BROKEN[place % BROKEN.len()].to_owned(),
        sanitized: None,
        kind: None,
        status: "no_status",
        dnc_status: None,
        country: "United States",
    }
}
