//! Countries: their names and codes as people and Apollo write them.
//!
//! Promises: every country of ISO 3166 is known by its English, official and local names that the
//! library lists, by its two and three letters, and by what people call it beside that. Must never:
//! take a name of one country for another's.

use std::{collections::HashMap, sync::LazyLock};

use keshvar::CountryIterator;

use super::folded;

/// What people write that the library does not list.
const ALIASES: &[(&str, &[&str])] = &[
    ("AE", &["UAE", "Emirates", "الإمارات"]),
    ("AL", &["Shqipëria"]),
    ("AM", &["Hayastan"]),
    ("BA", &["Bosnia", "Bosna i Hercegovina"]),
    ("BG", &["Bulgariya", "България"]),
    ("BO", &["Bolivia"]),
    ("BN", &["Brunei"]),
    ("BQ", &["Caribbean Netherlands", "Caribbean NL"]),
    ("BY", &["Беларусь"]),
    (
        "CD",
        &[
            "DR Congo",
            "DRC",
            "Congo Kinshasa",
            "Democratic Republic of the Congo",
            "Congo, the Democratic Republic of the",
        ],
    ),
    ("CG", &["Congo Brazzaville", "Republic of the Congo"]),
    ("CH", &["Svizzera", "Svizra", "Suisse", "Schweiz"]),
    ("CI", &["Ivory Coast"]),
    ("CN", &["Mainland China", "PRC", "中国"]),
    ("CV", &["Cape Verde"]),
    ("CZ", &["Czech Republic", "Česko"]),
    ("DK", &["Danmark"]),
    ("DZ", &["Algérie"]),
    ("EE", &["Eesti"]),
    ("EG", &["مصر"]),
    ("FI", &["Suomi"]),
    ("FM", &["Micronesia"]),
    (
        "GB",
        &[
            "Britain",
            "Great Britain",
            "Scotland",
            "Wales",
            "Northern Ireland",
        ],
    ),
    ("GR", &["Hellas", "Ελλάδα"]),
    (
        "HK",
        &["Hong Kong SAR", "Hong Kong SAR China", "Hong Kong, China"],
    ),
    ("HR", &["Hrvatska"]),
    ("HU", &["Magyarország"]),
    ("IE", &["Republic of Ireland", "Éire"]),
    ("IL", &["ישראל"]),
    ("IN", &["Bharat", "भारत"]),
    ("IR", &["Iran"]),
    ("IS", &["Ísland"]),
    ("JP", &["日本", "Nippon"]),
    ("KP", &["North Korea"]),
    ("KR", &["Korea", "Republic of Korea", "대한민국", "한국"]),
    ("KZ", &["Қазақстан"]),
    ("LA", &["Laos"]),
    ("LT", &["Lietuva"]),
    ("LU", &["Lëtzebuerg"]),
    ("LV", &["Latvija"]),
    ("MA", &["Maroc"]),
    ("MD", &["Moldova"]),
    ("MK", &["Macedonia", "North Macedonia"]),
    ("MM", &["Burma"]),
    ("MO", &["Macau", "Macao", "Macao SAR"]),
    ("MX", &["México"]),
    ("NL", &["Holland"]),
    ("NO", &["Norge", "Noreg"]),
    ("PL", &["Polska"]),
    ("PS", &["Palestine", "Palestinian Territories"]),
    ("RO", &["România"]),
    ("RS", &["Srbija", "Србија"]),
    ("RU", &["Russia"]),
    ("SA", &["KSA", "السعودية"]),
    ("SE", &["Sverige"]),
    ("SH", &["Saint Helena"]),
    ("SI", &["Slovenija"]),
    ("SK", &["Slovensko"]),
    ("SY", &["Syria"]),
    ("SZ", &["Swaziland"]),
    ("TC", &["Turks & Caicos"]),
    ("TH", &["ประเทศไทย"]),
    ("TL", &["East Timor"]),
    ("TN", &["Tunisie"]),
    (
        "TW",
        &["Taiwan", "Taiwan ROC", "Chinese Taipei", "台灣", "台湾"],
    ),
    ("TZ", &["Tanzania"]),
    ("UA", &["Україна"]),
    ("US", &["America", "U.S. of A.", "The States"]),
    ("VA", &["Vatican", "Vatican City"]),
    ("VC", &["Saint Vincent"]),
    ("VE", &["Venezuela"]),
    ("VG", &["British Virgin Islands"]),
    ("VI", &["US Virgin Islands"]),
    ("VN", &["Vietnam"]),
    ("ZA", &["RSA"]),
    // Not in ISO 3166, but with a code that everybody uses and a calling code of its own.
    ("XK", &["Kosovo", "Kosova"]),
];

/// Folded names and codes, and the ISO 3166-1 alpha-2 code of each.
static CODES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut codes = HashMap::new();
    for (iso, aliases) in ALIASES {
        codes.insert(folded(iso), (*iso).to_owned());
        for alias in *aliases {
            codes.insert(folded(alias), (*iso).to_owned());
        }
    }
    // What stands above has been chosen by hand; after it the official names, so that a nickname of
    // one country never hides another.
    for (name, iso) in official_names().chain(other_names()) {
        codes.entry(folded(&name)).or_insert(iso);
    }
    codes
});

fn official_names() -> impl Iterator<Item = (String, String)> {
    CountryIterator::new().flat_map(|country| {
        let iso = country.alpha2().to_string();
        let names = [
            iso.clone(),
            country.alpha3().to_string(),
            country.iso_short_name().to_owned(),
            country.iso_long_name().to_owned(),
        ];
        names.into_iter().map(move |name| (name, iso.clone()))
    })
}

fn other_names() -> impl Iterator<Item = (String, String)> {
    CountryIterator::new().flat_map(|country| {
        let iso = country.alpha2().to_string();
        let names: Vec<_> = country.unofficial_name_list().to_vec();
        names
            .into_iter()
            .map(move |name| (name.to_owned(), iso.clone()))
    })
}

/// Codes that people write with stops. Others are not read so: "N/A" and "n.a." are not Namibia.
const WITH_STOPS: [&str; 5] = ["us", "usa", "uk", "uae", "drc"];
/// Letters of the longest code.
const CODE_LETTERS_MAX: usize = 3;

/// The ISO 3166-1 alpha-2 code of a country: `GB` of "United Kingdom", "UK", "gbr" or "England".
pub(crate) fn iso_code(country: &str) -> Option<&'static str> {
    let wanted = folded(country);
    let is_plain = country.trim().chars().all(char::is_alphanumeric);
    if wanted.len() <= CODE_LETTERS_MAX && !is_plain && !WITH_STOPS.contains(&wanted.as_str()) {
        return None;
    }
    CODES.get(&wanted).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_is_known_by_all_its_names_and_codes() {
        let mut countries = 0;
        for country in CountryIterator::new() {
            countries += 1;
            let iso = country.alpha2().to_string();
            for name in [
                iso.clone(),
                country.alpha3().to_string(),
                country.iso_short_name().to_owned(),
                country.iso_long_name().to_owned(),
                country.iso_long_name().to_uppercase(),
            ] {
                assert_eq!(iso_code(&name), Some(iso.as_str()), "{name}");
            }
            for name in country.unofficial_name_list() {
                assert!(iso_code(name).is_some(), "{name}");
            }
        }
        assert_eq!(countries, 249, "ISO 3166-1 has 249 countries");
    }

    /// The table of the system, where there is one: the same codes, by their common English names.
    #[test]
    fn the_systems_list_of_countries_is_known_too() {
        let Ok(list) = std::fs::read_to_string("/usr/share/zoneinfo/iso3166.tab") else {
            return;
        };
        // Its names have remarks in brackets or are cut short: those say nothing of ours.
        let rows = list.lines().filter_map(|line| line.split_once('\t'));
        let rows = rows.filter(|(iso, name)| iso.len() == 2 && !name.contains(['(', '.']));
        let unknown: Vec<_> = rows
            .filter(|(iso, name)| iso_code(name) != Some(iso))
            .collect();
        // The system's own abbreviations.
        assert_eq!(
            unknown,
            [
                ("TC", "Turks & Caicos Is"),
                ("UM", "US minor outlying islands")
            ]
        );
    }

    #[test]
    fn people_write_countries_in_many_ways() {
        for (iso, names) in [
            (
                "US",
                &[
                    "USA",
                    "U.S.",
                    "U.S.A.",
                    "us",
                    " United  States ",
                    "United States of America",
                ][..],
            ),
            (
                "GB",
                &[
                    "UK",
                    "U.K.",
                    "England",
                    "Great Britain",
                    "the United Kingdom",
                ],
            ),
            ("TR", &["Türkiye", "Turkiye", "TÜRKİYE", "Turkey"]),
            ("RU", &["Russia", "Россия", "Russian Federation"]),
            ("DE", &["Deutschland", "Germany", "DEU"]),
            ("CI", &["Côte d'Ivoire", "Cote d’Ivoire", "Ivory Coast"]),
            ("KR", &["South Korea", "Korea, Republic of", "Korea"]),
            ("KP", &["North Korea"]),
            (
                "CD",
                &["Congo (the Democratic Republic of the)", "DR Congo"],
            ),
            ("CG", &["Congo", "Republic of the Congo"]),
            ("NE", &["Niger"]),
            ("NG", &["Nigeria"]),
            ("GE", &["Georgia"]),
            ("XK", &["Kosovo"]),
            ("BA", &["Bosnia & Herzegovina", "Bosnia and Herzegovina"]),
            ("JP", &["日本", "Japan"]),
            ("ES", &["España", "Spain"]),
            ("BR", &["Brasil"]),
            ("IT", &["Italia"]),
            ("CH", &["Schweiz", "Suisse", "Svizzera"]),
            ("AT", &["Österreich"]),
            ("BE", &["België", "Belgique"]),
            ("SE", &["Sverige"]),
            ("NL", &["Nederland", "Holland", "The Netherlands"]),
            ("AE", &["UAE", "U.A.E.", "United Arab Emirates"]),
        ] {
            for name in names {
                assert_eq!(iso_code(name), Some(iso), "{name}");
            }
        }
        for nowhere in [
            "", "  ", "Atlantis", "N/A", "n.a.", "unknown", "Europe", "-", "United",
        ] {
            assert_eq!(iso_code(nowhere), None, "{nowhere}");
        }
    }
}
