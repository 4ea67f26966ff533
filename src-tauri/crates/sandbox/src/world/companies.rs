//! Invented companies with `.example` domains.

use rand::Rng;

use super::{people::pick, people::plain_letters};

const BEGINNINGS: [&str; 48] = [
    "Larkfield",
    "Harrow",
    "Brightwater",
    "Copperline",
    "Fernhill",
    "Galewood",
    "Ironbridge",
    "Juniper",
    "Kestrel",
    "Lanternfish",
    "Millrace",
    "Northgate",
    "Oakhaven",
    "Pinecrest",
    "Quayside",
    "Redstone",
    "Saltmarsh",
    "Tidewater",
    "Umber",
    "Valebrook",
    "Westerly",
    "Yarrow",
    "Alderway",
    "Blackthorn",
    "Cinderford",
    "Driftwood",
    "Elmstead",
    "Foxglove",
    "Granite Peak",
    "Hollybank",
    "Inverleith",
    "Jackdaw",
    "Kingfisher",
    "Longacre",
    "Moorland",
    "Nettlecombe",
    "Overstone",
    "Palisade",
    "Quillon",
    "Rowanberry",
    "Silverbirch",
    "Thistledown",
    "Upland",
    "Vireo",
    "Windlass",
    "Zephyr",
    "Ambergate",
    "Bluestem",
];

/// Ending of the name, industry, what they do.
const LINES: [(&str, &str, &str); 18] = [
    (
        "Logistics",
        "logistics & supply chain",
        "Regional freight and next-day distribution.",
    ),
    (
        "Foods",
        "food & beverages",
        "Chilled food for shops and restaurants.",
    ),
    (
        "Medical Supply",
        "medical devices",
        "Devices and consumables for clinics, delivered daily.",
    ),
    (
        "Home",
        "furniture",
        "Furniture with two-person delivery and assembly.",
    ),
    (
        "Building Materials",
        "building materials",
        "Timber, bricks and tools for the trade.",
    ),
    (
        "Parcel",
        "package/freight delivery",
        "Same-day parcels in city centres.",
    ),
    (
        "Pharma",
        "pharmaceuticals",
        "Wholesale of medicines to independent pharmacies.",
    ),
    (
        "Energy Services",
        "utilities",
        "Meter and heat pump installation by own field crews.",
    ),
    (
        "Beverage Co",
        "wine and spirits",
        "Drinks wholesale for bars and venues.",
    ),
    (
        "Automotive Parts",
        "automotive",
        "Spare parts to garages within two hours.",
    ),
    (
        "Retail Group",
        "retail",
        "Shops and click-and-collect in three countries.",
    ),
    (
        "Facilities",
        "facilities services",
        "Cleaning and maintenance at client sites.",
    ),
    (
        "Floral",
        "consumer goods",
        "Flowers and plants, delivered by the hour.",
    ),
    (
        "Waste & Recycling",
        "environmental services",
        "Commercial waste collection and recycling.",
    ),
    ("Grocers", "supermarkets", "Online groceries with own vans."),
    (
        "Equipment Hire",
        "machinery",
        "Hire and delivery of plant and tools.",
    ),
    (
        "Telecom",
        "telecommunications",
        "Fibre roll-out and field engineering.",
    ),
    (
        "Labs",
        "hospital & health care",
        "Sample collection and laboratory services.",
    ),
];

pub(super) struct Company {
    /// As Apollo stores it, `&` escaped.
    pub(super) name: String,
    pub(super) domain: String,
    pub(super) industry: &'static str,
    pub(super) description: String,
    pub(super) employees: u32,
    pub(super) founded_year: u16,
}

/// The company with this number; the first 864 have different names.
pub(super) fn company(number: usize, rng: &mut impl Rng) -> Company {
    let beginning = BEGINNINGS[number % BEGINNINGS.len()];
    // Steps through all endings for each beginning before a pair repeats.
    let round = number / BEGINNINGS.len();
    let (ending, industry, what) = LINES[(number * 5 + round) % LINES.len()];
    let name = match number % 23 {
        7 => format!("{beginning} & Sons"),
        15 => format!(
            "{beginning}, {} & Partners",
            pick(&["Hale", "Finch", "Moss", "Crane"], rng)
        ),
        _ => format!("{beginning} {ending}"),
    };
    let mut domain = plain_letters(&name);
    if number >= BEGINNINGS.len() * LINES.len() {
        domain.push_str(&number.to_string());
    }
    Company {
        name: name.replace('&', "&amp;"),
        domain: format!("{domain}.example"),
        industry,
        description: what.to_owned(),
        employees: *[18, 45, 85, 140, 220, 420, 760, 1_200, 2_600, 5_400, 11_000]
            .get(rng.random_range(0..11))
            .unwrap_or(&85),
        founded_year: rng.random_range(1948..2021),
    }
}
