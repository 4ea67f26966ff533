//! Invented people: names of many languages, titles, and the oddities real lists have.

use rand::Rng;

use super::places::Names;

/// First and last names of one language.
type Pool = (&'static [&'static str], &'static [&'static str]);

const ENGLISH: Pool = (
    &[
        "Hannah", "Marcus", "Olivia", "Trevor", "Naomi", "Graham", "Jasmine", "Elliot", "Renee",
        "Dominic", "Paige", "Warren", "Bethany", "Curtis", "Leah", "Nathan", "Simone", "Gareth",
        "Tamsin", "Reggie", "Corinne", "Duncan", "Ivy", "Malcolm", "Philippa", "Desmond",
    ],
    &[
        "Ashdown",
        "Barrowclough",
        "Calloway",
        "Dunmore",
        "Eastgate",
        "Fairbourne",
        "Greenhalgh",
        "Hollins",
        "Ingleby",
        "Jessop",
        "Kirkbride",
        "Lockhart",
        "Merriweather",
        "Northcott",
        "Ormsby",
        "Pemberton",
        "Quarles",
        "Ravenhill",
        "Stannard",
        "Thornbury",
        "Underhill",
        "Vance",
        "Whitlock",
        "Yardley",
        "Brightwell",
        "Cobham",
        "Tillery",
        "Hargrove",
    ],
);
const SPANISH: Pool = (
    &[
        "Lucía",
        "Mateo",
        "Valentina",
        "Joaquín",
        "Camila",
        "Andrés",
        "Marisol",
        "Rafael",
        "Ximena",
        "Esteban",
        "Paloma",
        "Ignacio",
        "Rocío",
        "Emilio",
    ],
    &[
        "Arrieta",
        "Belmonte",
        "Cárdenas",
        "Delgadillo",
        "Echeverri",
        "Figueroa",
        "Guzmán",
        "Ibarra",
        "Luján",
        "Montalvo",
        "Núñez",
        "Olivares",
        "Quintana",
        "Rentería",
        "Saldívar",
        "Zamorano",
    ],
);
const FRENCH: Pool = (
    &[
        "Élodie", "Bastien", "Margaux", "Thibault", "Camille", "Yannick", "Océane", "Raphaël",
        "Maëlle", "Fabrice", "Solène", "Gaëtan",
    ],
    &[
        "Aubertin",
        "Beaufils",
        "Charpentier",
        "Delacourt",
        "Estrade",
        "Fontanel",
        "Guérin",
        "Lachapelle",
        "Marchetti",
        "Peltier",
        "Rousselot",
        "Vasseur",
    ],
);
const GERMAN: Pool = (
    &[
        "Anneliese",
        "Jürgen",
        "Katrin",
        "Matthias",
        "Sabine",
        "Torsten",
        "Ulrike",
        "Björn",
        "Franziska",
        "Holger",
        "Maren",
        "Dieter",
        "Silke",
        "Niklas",
    ],
    &[
        "Achenbach",
        "Brandstetter",
        "Dreyer",
        "Eichhorn",
        "Fährmann",
        "Gundlach",
        "Hölzer",
        "Kirchhoff",
        "Löwenthal",
        "Möbius",
        "Oberländer",
        "Reinholdt",
        "Schürmann",
        "Weißhaupt",
    ],
);
const NORDIC: Pool = (
    &[
        "Astrid", "Søren", "Ingrid", "Lars", "Freja", "Anders", "Linnéa", "Håkan", "Sigrid",
        "Emil", "Malin", "Jonas",
    ],
    &[
        "Ahlström",
        "Bergqvist",
        "Dahlgren",
        "Ekholm",
        "Forsberg",
        "Grønvold",
        "Hedlund",
        "Lindqvist",
        "Nyström",
        "Sandvik",
        "Thorsen",
        "Åkerlund",
    ],
);
const IRISH: Pool = (
    &[
        "Aoife", "Cormac", "Niamh", "Declan", "Sinéad", "Fergal", "Gráinne", "Oisín", "Orla",
        "Diarmuid",
    ],
    &[
        "Brosnan",
        "Cusack",
        "Devaney",
        "Fallon",
        "Geraghty",
        "Heffernan",
        "Keane",
        "Mulcahy",
        "Nolan",
        "Tierney",
    ],
);
const POLISH: Pool = (
    &[
        "Łukasz",
        "Agnieszka",
        "Wojciech",
        "Małgorzata",
        "Bartosz",
        "Kinga",
        "Zbigniew",
        "Iwona",
    ],
    &[
        "Brzozowski",
        "Dąbrowska",
        "Kowalik",
        "Lewandowicz",
        "Nowicka",
        "Sikorski",
        "Zielonka",
    ],
);
const INDIAN: Pool = (
    &[
        "Priya", "Arjun", "Kavya", "Rohan", "Ananya", "Vikram", "Meera", "Sanjay", "Ishita",
        "Nikhil", "Divya", "Harpreet", "Lakshmi", "Farhan",
    ],
    &[
        "Raghavan",
        "Deshmukh",
        "Chatterjee",
        "Iyer",
        "Bhattacharya",
        "Kulkarni",
        "Menon",
        "Nair",
        "Grewal",
        "Pillai",
        "Subramaniam",
        "Thapar",
        "Wadhwa",
        "Siddiqui",
    ],
);
const CHINESE: Pool = (
    &[
        "Wei Ling",
        "Jun Hao",
        "Xiaoyu",
        "Kai Wen",
        "Mei Fang",
        "Zhiyuan",
        "Grace",
        "Raymond",
        "Hui Min",
        "Boon Keng",
        "Yating",
        "Derek",
    ],
    &[
        "Tan", "Lim", "Ouyang", "Cheung", "Zhao", "Koh", "Liang", "Ng", "Shen", "Yeo", "Fong", "Wu",
    ],
);
const JAPANESE: Pool = (
    &[
        "Haruka", "Kenji", "Ayumi", "Daisuke", "Naoko", "Takeshi", "Mariko", "Shinya", "Yuki",
    ],
    &[
        "Ishiguro",
        "Kobayakawa",
        "Matsunaga",
        "Nakashima",
        "Okabe",
        "Shimizu",
        "Tanigawa",
        "Ueda",
    ],
);
const PORTUGUESE: Pool = (
    &[
        "Beatriz", "Thiago", "Letícia", "Gustavo", "Mariana", "Caetano", "Júlia", "Otávio",
    ],
    &[
        "Azevedo",
        "Bragança",
        "Carvalhal",
        "Figueiredo",
        "Gonçalves",
        "Magalhães",
        "Queiroz",
    ],
);
const AFRICAN: Pool = (
    &[
        "Thandiwe", "Chinedu", "Amina", "Kwame", "Zanele", "Tunde", "Wanjiru", "Sipho", "Ngozi",
        "Kamau",
    ],
    &[
        "Adeyemi", "Dlamini", "Eze", "Kariuki", "Mokoena", "Nkosi", "Okonjo", "Otieno", "Sithole",
        "Umeh",
    ],
);
const ARABIC: Pool = (
    &[
        "Layla", "Omar", "Yasmin", "Khalid", "Noura", "Tariq", "Salma", "Faisal",
    ],
    &[
        "Al-Farsi",
        "Haddad",
        "Al-Mansoori",
        "Khoury",
        "Nasser",
        "Sabbagh",
        "Al-Zaabi",
        "Darwish",
    ],
);
const DUTCH: Pool = (
    &[
        "Femke", "Joost", "Lotte", "Maarten", "Sanne", "Wouter", "Anouk", "Thijs",
    ],
    &[
        "van den Berg",
        "de Graaf",
        "Hoekstra",
        "Kuipers",
        "van Leeuwen",
        "Schouten",
        "Vermeulen",
    ],
);
const ITALIAN: Pool = (
    &[
        "Chiara", "Lorenzo", "Giulia", "Matteo", "Federica", "Davide", "Elisa", "Paolo",
    ],
    &[
        "Bellandi",
        "Caruso",
        "De Santis",
        "Ferrero",
        "Lombardi",
        "Moretti",
        "Rinaldi",
        "Vitale",
    ],
);

const fn pool(names: Names) -> Pool {
    match names {
        Names::English => ENGLISH,
        Names::Spanish => SPANISH,
        Names::French => FRENCH,
        Names::German => GERMAN,
        Names::Nordic => NORDIC,
        Names::Irish => IRISH,
        Names::Polish => POLISH,
        Names::Indian => INDIAN,
        Names::Chinese => CHINESE,
        Names::Japanese => JAPANESE,
        Names::Portuguese => PORTUGUESE,
        Names::African => AFRICAN,
        Names::Arabic => ARABIC,
        Names::Dutch => DUTCH,
        Names::Italian => ITALIAN,
    }
}

/// Cities are mixed: about one in five has a name of another language.
const ELSEWHERE: [Names; 8] = [
    Names::English,
    Names::Indian,
    Names::Spanish,
    Names::Polish,
    Names::Chinese,
    Names::African,
    Names::Irish,
    Names::Arabic,
];

/// A first and a last name.
pub(super) fn name(names: Names, rng: &mut impl Rng) -> (&'static str, &'static str) {
    let names = if rng.random_bool(0.2) {
        pick(&ELSEWHERE, rng)
    } else {
        names
    };
    let (first, last) = pool(names);
    (pick(first, rng), pick(last, rng))
}

/// Last names as Apollo stores them: HTML-escaped, some of them twice.
pub(super) const ESCAPED_LAST_NAMES: [&str; 6] = [
    "O&amp;#39;Rourke",
    "D&#39;Angelo",
    "O&#39;Shaughnessy",
    "M&amp;#39;Bala",
    "L&#39;Heureux",
    "O&amp;#39;Dowd",
];

const TITLES: [&str; 30] = [
    "Head of Operations",
    "VP Logistics",
    "Fleet Manager",
    "Director of Supply Chain",
    "Operations Manager",
    "Chief Operating Officer",
    "Transport Planner",
    "Last-Mile Delivery Lead",
    "Senior Manager, Distribution",
    "Procurement Director",
    "Warehouse Operations Lead",
    "Director of Field Services",
    "Regional Operations Manager",
    "Head of Fulfilment",
    "Logistics Coordinator",
    "Head of E-commerce Operations",
    "VP Customer Delivery",
    "Managing Director",
    "Dispatch Supervisor",
    "Service Delivery Manager",
    "Chief Financial Officer",
    "Head of Transport",
    "Continuous Improvement Manager",
    "Depot Manager",
    "Director of Operations Technology",
    "IT Manager, Logistics Systems",
    "Founder",
    "Business Operations Analyst",
    "General Manager",
    "Head of Retail Logistics",
];

pub(super) fn title(rng: &mut impl Rng) -> &'static str {
    pick(&TITLES, rng)
}

pub(super) fn pick<T: Copy>(from: &[T], rng: &mut impl Rng) -> T {
    from[rng.random_range(0..from.len())]
}

/// A name in plain small letters, for an address: `Núñez` becomes `nunez`.
pub(super) fn plain_letters(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .filter_map(|letter| match letter {
            'a'..='z' | '0'..='9' => Some(letter),
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ą' => Some('a'),
            'é' | 'è' | 'ê' | 'ë' | 'ę' => Some('e'),
            'í' | 'ì' | 'î' | 'ï' => Some('i'),
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => Some('o'),
            'ú' | 'ù' | 'û' | 'ü' => Some('u'),
            'ñ' | 'ń' => Some('n'),
            'ç' | 'ć' => Some('c'),
            'ł' => Some('l'),
            'ß' | 'ś' => Some('s'),
            'ż' | 'ź' => Some('z'),
            _ => None,
        })
        .collect()
}
