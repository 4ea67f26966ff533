//! Countries: their names as Apollo writes them, their ISO code, and their time zone where the
//! whole country has one.
//!
//! Promises: a country with several zones has none here, so that nobody is called at a guess.
//! Must never: fall back to a default zone.

/// (English name, ISO 3166-1 alpha-2, calling code, the one IANA zone if there is one)
type Row = (&'static str, &'static str, u16, Option<&'static str>);

const COUNTRIES: &[Row] = &[
    (
        "Argentina",
        "AR",
        54,
        Some("America/Argentina/Buenos_Aires"),
    ),
    ("Australia", "AU", 61, None),
    ("Austria", "AT", 43, Some("Europe/Vienna")),
    ("Bangladesh", "BD", 880, Some("Asia/Dhaka")),
    ("Belgium", "BE", 32, Some("Europe/Brussels")),
    ("Brazil", "BR", 55, None),
    ("Bulgaria", "BG", 359, Some("Europe/Sofia")),
    ("Canada", "CA", 1, None),
    ("Chile", "CL", 56, None),
    ("China", "CN", 86, Some("Asia/Shanghai")),
    ("Colombia", "CO", 57, Some("America/Bogota")),
    ("Costa Rica", "CR", 506, Some("America/Costa_Rica")),
    ("Croatia", "HR", 385, Some("Europe/Zagreb")),
    ("Cyprus", "CY", 357, Some("Asia/Nicosia")),
    ("Czech Republic", "CZ", 420, Some("Europe/Prague")),
    ("Czechia", "CZ", 420, Some("Europe/Prague")),
    ("Denmark", "DK", 45, Some("Europe/Copenhagen")),
    ("Egypt", "EG", 20, Some("Africa/Cairo")),
    ("Estonia", "EE", 372, Some("Europe/Tallinn")),
    ("Finland", "FI", 358, Some("Europe/Helsinki")),
    ("France", "FR", 33, Some("Europe/Paris")),
    ("Germany", "DE", 49, Some("Europe/Berlin")),
    ("Ghana", "GH", 233, Some("Africa/Accra")),
    ("Greece", "GR", 30, Some("Europe/Athens")),
    ("Hong Kong", "HK", 852, Some("Asia/Hong_Kong")),
    ("Hungary", "HU", 36, Some("Europe/Budapest")),
    ("Iceland", "IS", 354, Some("Atlantic/Reykjavik")),
    ("India", "IN", 91, Some("Asia/Kolkata")),
    ("Indonesia", "ID", 62, None),
    ("Ireland", "IE", 353, Some("Europe/Dublin")),
    ("Israel", "IL", 972, Some("Asia/Jerusalem")),
    ("Italy", "IT", 39, Some("Europe/Rome")),
    ("Japan", "JP", 81, Some("Asia/Tokyo")),
    ("Kenya", "KE", 254, Some("Africa/Nairobi")),
    ("Latvia", "LV", 371, Some("Europe/Riga")),
    ("Lithuania", "LT", 370, Some("Europe/Vilnius")),
    ("Luxembourg", "LU", 352, Some("Europe/Luxembourg")),
    ("Malaysia", "MY", 60, Some("Asia/Kuala_Lumpur")),
    ("Malta", "MT", 356, Some("Europe/Malta")),
    ("Mexico", "MX", 52, None),
    ("Morocco", "MA", 212, Some("Africa/Casablanca")),
    ("Netherlands", "NL", 31, Some("Europe/Amsterdam")),
    ("New Zealand", "NZ", 64, None),
    ("Nigeria", "NG", 234, Some("Africa/Lagos")),
    ("Norway", "NO", 47, Some("Europe/Oslo")),
    ("Pakistan", "PK", 92, Some("Asia/Karachi")),
    ("Peru", "PE", 51, Some("America/Lima")),
    ("Philippines", "PH", 63, Some("Asia/Manila")),
    ("Poland", "PL", 48, Some("Europe/Warsaw")),
    ("Portugal", "PT", 351, None),
    ("Romania", "RO", 40, Some("Europe/Bucharest")),
    ("Saudi Arabia", "SA", 966, Some("Asia/Riyadh")),
    ("Serbia", "RS", 381, Some("Europe/Belgrade")),
    ("Singapore", "SG", 65, Some("Asia/Singapore")),
    ("Slovakia", "SK", 421, Some("Europe/Bratislava")),
    ("Slovenia", "SI", 386, Some("Europe/Ljubljana")),
    ("South Africa", "ZA", 27, Some("Africa/Johannesburg")),
    ("South Korea", "KR", 82, Some("Asia/Seoul")),
    ("Spain", "ES", 34, None),
    ("Sweden", "SE", 46, Some("Europe/Stockholm")),
    ("Switzerland", "CH", 41, Some("Europe/Zurich")),
    ("Taiwan", "TW", 886, Some("Asia/Taipei")),
    ("Thailand", "TH", 66, Some("Asia/Bangkok")),
    ("Turkey", "TR", 90, Some("Europe/Istanbul")),
    ("Ukraine", "UA", 380, Some("Europe/Kyiv")),
    ("United Arab Emirates", "AE", 971, Some("Asia/Dubai")),
    ("United Kingdom", "GB", 44, Some("Europe/London")),
    ("United States", "US", 1, None),
    ("Vietnam", "VN", 84, Some("Asia/Ho_Chi_Minh")),
];

/// The ISO code of a country named as Apollo names it.
pub(crate) fn iso_code(country: &str) -> Option<&'static str> {
    row(country).map(|(_, iso, _, _)| *iso)
}

/// The zone of a country that has just one.
pub(crate) fn zone_of_country(country: &str) -> Option<&'static str> {
    row(country).and_then(|(_, _, _, zone)| *zone)
}

/// The zone of an E.164 number whose calling code belongs to a country with just one zone.
pub(crate) fn zone_of_number(e164: &str) -> Option<&'static str> {
    let digits = e164.strip_prefix('+')?;
    // Calling codes are prefix-free, so at most one can match.
    let (_, _, _, zone) = COUNTRIES
        .iter()
        .find(|(_, _, code, _)| digits.starts_with(&code.to_string()))?;
    *zone
}

fn row(country: &str) -> Option<&'static Row> {
    let country = country.trim();
    COUNTRIES
        .iter()
        .find(|(name, ..)| name.eq_ignore_ascii_case(country))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_of_the_table_exists() {
        for (country, _, _, zone) in COUNTRIES {
            if let Some(zone) = zone {
                assert!(jiff::tz::TimeZone::get(zone).is_ok(), "{country}: {zone}");
            }
        }
    }

    #[test]
    fn a_country_with_several_zones_gives_none() {
        for number in [
            "+12025550143",
            "+61255501234",
            "+5511955501234",
            "+34910000000",
        ] {
            assert_eq!(zone_of_number(number), None, "{number}");
        }
        assert_eq!(zone_of_number("+442079460123"), Some("Europe/London"));
        assert_eq!(zone_of_country("united states"), None);
    }
}
