//! Cities that contacts and accounts live in, with the numbers that may be invented there.

use super::phones::NumberingPlan;

/// Part of the world a sequence works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Region {
    NorthAmerica,
    BritishIsles,
    Europe,
    AsiaPacific,
    Elsewhere,
}

/// Which names people have there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    English,
    Spanish,
    French,
    German,
    Nordic,
    Irish,
    Polish,
    Indian,
    Chinese,
    Japanese,
    Portuguese,
    African,
    Arabic,
    Dutch,
    Italian,
}

/// A city.
#[derive(Debug)]
pub(crate) struct City {
    pub(crate) name: &'static str,
    pub(crate) state: &'static str,
    pub(crate) country: &'static str,
    pub(crate) time_zone: &'static str,
    pub(crate) region: Region,
    pub(crate) names: Names,
    /// Numbers of people there.
    pub(crate) phones: NumberingPlan,
    /// How often it is chosen, against the others.
    pub(crate) weight: usize,
}

macro_rules! cities {
    ($($name:literal, $state:literal, $country:literal, $zone:literal, $region:ident, $names:ident, $phones:expr, $weight:literal;)*) => {
        /// All cities.
        pub(crate) const CITIES: &[City] = &[$(City {
            name: $name,
            state: $state,
            country: $country,
            time_zone: $zone,
            region: Region::$region,
            names: Names::$names,
            phones: $phones,
            weight: $weight,
        }),*];
    };
}

use NumberingPlan::{Australia, Britain, France, Germany, NorthAmerica, Sweden};

cities! {
    "New York", "New York", "United States", "America/New_York", NorthAmerica, English, NorthAmerica("212"), 6;
    "Boston", "Massachusetts", "United States", "America/New_York", NorthAmerica, English, NorthAmerica("617"), 4;
    "Philadelphia", "Pennsylvania", "United States", "America/New_York", NorthAmerica, English, NorthAmerica("215"), 3;
    "Atlanta", "Georgia", "United States", "America/New_York", NorthAmerica, English, NorthAmerica("404"), 4;
    "Miami", "Florida", "United States", "America/New_York", NorthAmerica, Spanish, NorthAmerica("305"), 3;
    "Columbus", "Ohio", "United States", "America/New_York", NorthAmerica, English, NorthAmerica("614"), 3;
    "Detroit", "Michigan", "United States", "America/Detroit", NorthAmerica, English, NorthAmerica("313"), 3;
    "Chicago", "Illinois", "United States", "America/Chicago", NorthAmerica, English, NorthAmerica("312"), 6;
    "Minneapolis", "Minnesota", "United States", "America/Chicago", NorthAmerica, Nordic, NorthAmerica("612"), 3;
    "St. Louis", "Missouri", "United States", "America/Chicago", NorthAmerica, English, NorthAmerica("314"), 2;
    "Dallas", "Texas", "United States", "America/Chicago", NorthAmerica, Spanish, NorthAmerica("214"), 5;
    "Houston", "Texas", "United States", "America/Chicago", NorthAmerica, Spanish, NorthAmerica("713"), 4;
    "Denver", "Colorado", "United States", "America/Denver", NorthAmerica, English, NorthAmerica("303"), 4;
    "Salt Lake City", "Utah", "United States", "America/Denver", NorthAmerica, English, NorthAmerica("801"), 2;
    "Phoenix", "Arizona", "United States", "America/Phoenix", NorthAmerica, Spanish, NorthAmerica("602"), 3;
    "Seattle", "Washington", "United States", "America/Los_Angeles", NorthAmerica, English, NorthAmerica("206"), 4;
    "Portland", "Oregon", "United States", "America/Los_Angeles", NorthAmerica, English, NorthAmerica("503"), 3;
    "San Francisco", "California", "United States", "America/Los_Angeles", NorthAmerica, Chinese, NorthAmerica("415"), 5;
    "Los Angeles", "California", "United States", "America/Los_Angeles", NorthAmerica, Spanish, NorthAmerica("213"), 5;
    "Honolulu", "Hawaii", "United States", "Pacific/Honolulu", NorthAmerica, Japanese, NorthAmerica("808"), 2;
    "Toronto", "Ontario", "Canada", "America/Toronto", NorthAmerica, English, NorthAmerica("416"), 4;
    "Montreal", "Quebec", "Canada", "America/Toronto", NorthAmerica, French, NorthAmerica("514"), 3;
    "Vancouver", "British Columbia", "Canada", "America/Vancouver", NorthAmerica, Chinese, NorthAmerica("604"), 3;
    "San Juan", "", "Puerto Rico", "America/Puerto_Rico", NorthAmerica, Spanish, NorthAmerica("787"), 1;
    "London", "England", "United Kingdom", "Europe/London", BritishIsles, English, Britain("20", "7946 0"), 8;
    "Manchester", "England", "United Kingdom", "Europe/London", BritishIsles, English, Britain("161", "496 0"), 5;
    "Birmingham", "England", "United Kingdom", "Europe/London", BritishIsles, Indian, Britain("121", "496 0"), 4;
    "Leeds", "England", "United Kingdom", "Europe/London", BritishIsles, English, Britain("113", "496 0"), 3;
    "Bristol", "England", "United Kingdom", "Europe/London", BritishIsles, English, Britain("117", "496 0"), 3;
    "Edinburgh", "Scotland", "United Kingdom", "Europe/London", BritishIsles, English, Britain("131", "496 0"), 3;
    "Cardiff", "Wales", "United Kingdom", "Europe/London", BritishIsles, English, Britain("29", "2018 0"), 2;
    "Dublin", "Leinster", "Ireland", "Europe/Dublin", BritishIsles, Irish, Britain("28", "9649 6"), 4;
    "Cork", "Munster", "Ireland", "Europe/Dublin", BritishIsles, Irish, Britain("28", "9649 6"), 2;
    "Paris", "Île-de-France", "France", "Europe/Paris", Europe, French, France("1 99 00"), 5;
    "Lyon", "Auvergne-Rhône-Alpes", "France", "Europe/Paris", Europe, French, France("4 65 71"), 3;
    "Berlin", "Berlin", "Germany", "Europe/Berlin", Europe, German, Germany("30", "23125"), 4;
    "Hamburg", "Hamburg", "Germany", "Europe/Berlin", Europe, German, Germany("40", "66969"), 3;
    "Frankfurt am Main", "Hesse", "Germany", "Europe/Berlin", Europe, German, Germany("69", "90009"), 3;
    "Munich", "Bavaria", "Germany", "Europe/Berlin", Europe, German, Germany("89", "99998"), 4;
    "Stockholm", "Stockholm County", "Sweden", "Europe/Stockholm", Europe, Nordic, Sweden("8", "465 004"), 3;
    "Gothenburg", "Västra Götaland", "Sweden", "Europe/Stockholm", Europe, Nordic, Sweden("31", "390 06"), 2;
    "Amsterdam", "North Holland", "Netherlands", "Europe/Amsterdam", Europe, Dutch, Britain("20", "7946 0"), 2;
    "Warsaw", "Masovia", "Poland", "Europe/Warsaw", Europe, Polish, Germany("30", "23125"), 2;
    "Milan", "Lombardy", "Italy", "Europe/Rome", Europe, Italian, France("1 99 00"), 2;
    "Madrid", "Madrid", "Spain", "Europe/Madrid", Europe, Spanish, France("1 99 00"), 2;
    "Sydney", "New South Wales", "Australia", "Australia/Sydney", AsiaPacific, English, Australia("2"), 9;
    "Melbourne", "Victoria", "Australia", "Australia/Melbourne", AsiaPacific, English, Australia("3"), 8;
    "Brisbane", "Queensland", "Australia", "Australia/Brisbane", AsiaPacific, English, Australia("7"), 6;
    "Perth", "Western Australia", "Australia", "Australia/Perth", AsiaPacific, English, Australia("8"), 7;
    "Adelaide", "South Australia", "Australia", "Australia/Adelaide", AsiaPacific, Italian, Australia("8"), 4;
    "Auckland", "Auckland", "New Zealand", "Pacific/Auckland", AsiaPacific, English, Australia("2"), 4;
    "Hagåtña", "", "Guam", "Pacific/Guam", AsiaPacific, Spanish, NorthAmerica("671"), 2;
    "Singapore", "", "Singapore", "Asia/Singapore", AsiaPacific, Chinese, Australia("8"), 4;
    "Tokyo", "", "Japan", "Asia/Tokyo", AsiaPacific, Japanese, Australia("2"), 3;
    "Mumbai", "Maharashtra", "India", "Asia/Kolkata", AsiaPacific, Indian, Britain("20", "7946 0"), 5;
    "Bengaluru", "Karnataka", "India", "Asia/Kolkata", AsiaPacific, Indian, Britain("161", "496 0"), 5;
    "Kathmandu", "Bagmati", "Nepal", "Asia/Kathmandu", AsiaPacific, Indian, Britain("20", "7946 0"), 1;
    "Dubai", "Dubai", "United Arab Emirates", "Asia/Dubai", Elsewhere, Arabic, Britain("20", "7946 0"), 4;
    "Johannesburg", "Gauteng", "South Africa", "Africa/Johannesburg", Elsewhere, African, Britain("113", "496 0"), 3;
    "Lagos", "Lagos", "Nigeria", "Africa/Lagos", Elsewhere, African, Britain("20", "7946 0"), 2;
    "Nairobi", "Nairobi County", "Kenya", "Africa/Nairobi", Elsewhere, African, Britain("20", "7946 0"), 2;
    "São Paulo", "São Paulo", "Brazil", "America/Sao_Paulo", Elsewhere, Portuguese, NorthAmerica("305"), 4;
    "Mexico City", "Mexico City", "Mexico", "America/Mexico_City", Elsewhere, Spanish, NorthAmerica("214"), 3;
}
