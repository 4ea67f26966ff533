//! Draws the team's companies and people, and holds what all of the team is drawn from.
//!
//! Promises: the same seed and moment give the same draws; nothing drawn belongs to a real person or
//! rings a real phone.

use jiff::{SignedDuration, Timestamp};
use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::json;

use super::{
    Place, World, companies,
    model::{Account, Contact},
    people, phones,
    places::{CITIES, Region},
    team::days_before,
};

/// Companies in the data set.
const ACCOUNTS: usize = 320;
/// The list of accounts among the labels.
const TARGET_ACCOUNTS: usize = 4;
/// A stream of its own, so that ids made later do not depend on how much was drawn here.
const GENERATION_STREAM: u64 = 2;

/// Cities in the order in which contacts are spread over them.
pub(super) struct Spread {
    everywhere: Vec<usize>,
    next: [usize; 6],
}

impl Spread {
    fn new(rng: &mut impl Rng) -> Self {
        let mut everywhere: Vec<usize> = CITIES
            .iter()
            .enumerate()
            .flat_map(|(place, city)| std::iter::repeat_n(place, city.weight))
            .collect();
        everywhere.shuffle(rng);
        Self {
            everywhere,
            next: [0; 6],
        }
    }

    /// The next city, of a region or of any: taken in turn, so that no region starves by chance.
    pub(super) fn next(&mut self, region: Option<Region>) -> usize {
        let turn = match region {
            None => 0,
            Some(Region::NorthAmerica) => 1,
            Some(Region::BritishIsles) => 2,
            Some(Region::Europe) => 3,
            Some(Region::AsiaPacific) => 4,
            Some(Region::Elsewhere) => 5,
        };
        loop {
            let place = self.everywhere[self.next[turn] % self.everywhere.len()];
            self.next[turn] += 1;
            if region.is_none_or(|region| CITIES[place].region == region) {
                return place;
            }
        }
    }
}

/// What is needed while the team is being drawn.
pub(super) struct Generator {
    pub(super) rng: ChaCha8Rng,
    pub(super) now: Timestamp,
    pub(super) spread: Spread,
    accounts_of_city: Vec<Vec<usize>>,
    made: usize,
}

impl Generator {
    pub(super) fn new(seed: u64, now: Timestamp) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(GENERATION_STREAM);
        let spread = Spread::new(&mut rng);
        Self {
            rng,
            now,
            spread,
            accounts_of_city: vec![Vec::new(); CITIES.len()],
            made: 0,
        }
    }

    pub(super) fn add_accounts(&mut self, world: &mut World) {
        for number in 0..ACCOUNTS {
            // The first ones make sure that every city has a company.
            let city = if number < CITIES.len() {
                number
            } else {
                self.spread.next(None)
            };
            let company = companies::company(number, &mut self.rng);
            let created_at = days_before(self.now, self.rng.random_range(60..700));
            let has_phone = self.rng.random_bool(0.85);
            let phone =
                has_phone.then(|| phones::number(CITIES[city].phones, "work_hq", &mut self.rng));
            let id = world.new_id(created_at);
            let organization_id = world.new_id(created_at);
            let place = world.accounts.len();
            world.register(id, Place::Account(place));
            let tool = &world.custom_fields[2];
            let custom_fields = tool
                .options
                .get(number % 3)
                .map(|(option, _)| (tool.id.to_string(), json!([option])))
                .into_iter()
                .collect();
            self.accounts_of_city[city].push(place);
            world.accounts.push(Account {
                id,
                organization_id,
                name: company.name,
                domain: company.domain,
                industry: company.industry,
                employees: company.employees,
                founded_year: company.founded_year,
                description: company.description,
                phone,
                city,
                owner: number % 5,
                stage: [0, 0, 0, 2, 1][number % 5],
                created_at,
                last_activity: None,
                labels: if number % 8 == 3 {
                    vec![TARGET_ACCOUNTS]
                } else {
                    Vec::new()
                },
                custom_fields,
                raw_address: None,
            });
        }
    }

    /// Makes a contact in `city` and returns its place.
    pub(super) fn add_contact(&mut self, world: &mut World, city: usize, owner: usize) -> usize {
        let number = self.made;
        self.made += 1;
        let rng = &mut self.rng;
        let home = &CITIES[city];
        let (first_name, last_name) = people::name(home.names, rng);
        let accounts = &self.accounts_of_city[city];
        let account = accounts[rng.random_range(0..accounts.len())];
        let domain = world.accounts[account].domain.clone();
        let plain_first = people::plain_letters(first_name);
        let plain_last = people::plain_letters(last_name);
        let created_at = days_before(self.now, rng.random_range(15..240));
        let title = people::title(rng);
        // Australia keeps few mobile numbers for fiction: there they only come second.
        let has_many_mobiles = !matches!(home.phones, phones::NumberingPlan::Australia(_));
        let first = if has_many_mobiles && rng.random_bool(0.45) {
            "mobile"
        } else {
            "work_direct"
        };
        let mut numbers = vec![phones::number(home.phones, first, rng)];
        if number.is_multiple_of(4) {
            numbers.push(phones::number(home.phones, "mobile", rng));
        }
        if number % 3 == 1 {
            numbers.extend(world.accounts[account].phone.clone());
        }
        if number % 17 == 5 {
            numbers.push(phones::number(home.phones, "other", rng));
        }
        let mut contact = Contact {
            id: world.new_id(created_at),
            person_id: world.new_id(created_at),
            first_name: first_name.to_owned(),
            last_name: Some(last_name.to_owned()),
            title: Some(title.to_owned()),
            headline: Some(format!("{title} at {}", world.accounts[account].name)),
            email: Some(format!("{plain_first}.{plain_last}@{domain}")),
            linkedin_slug: (number % 9 != 4).then(|| {
                format!(
                    "{plain_first}-{plain_last}-{:05x}",
                    rng.random_range(0..0xf_ffff)
                )
            }),
            phones: numbers,
            account: Some(account),
            city,
            has_time_zone: true,
            call_opted_out: None,
            owner,
            stage: [0, 1, 1, 1, 2, 3][number % 6],
            labels: if number % 5 == 2 {
                vec![number % 4]
            } else {
                Vec::new()
            },
            enrolments: Vec::new(),
            custom_fields: serde_json::Map::new(),
            address: None,
            deleted: false,
            created_at,
            updated_at: days_before(self.now, 3),
            last_activity: (!number.is_multiple_of(3)).then(|| minutes_before(self.now, rng)),
        };
        let segment = &world.custom_fields[0];
        let option = segment.options[number % segment.options.len()].0;
        contact
            .custom_fields
            .insert(segment.id.to_string(), json!([option]));
        let vehicles: u32 = rng.random_range(5..400);
        contact
            .custom_fields
            .insert(world.custom_fields[1].id.to_string(), json!(vehicles));
        make_odd(&mut contact, number);
        world.add_contact(contact)
    }
}

/// Between one day and a month ago, at any minute.
fn minutes_before(now: Timestamp, rng: &mut impl Rng) -> Timestamp {
    let minutes = rng.random_range(24 * 60..30 * 24 * 60);
    now.saturating_sub(SignedDuration::from_mins(minutes))
        .unwrap_or(now)
}

/// One contact in seven or so has one of the oddities that real lists have.
fn make_odd(contact: &mut Contact, number: usize) {
    match number % 128 {
        3 | 67 => contact.phones.clear(),
        11 | 75 => {
            contact.phones.truncate(1);
            contact
                .phones
                .iter_mut()
                .for_each(|phone| *phone = phones::broken(number));
        }
        19 => contact.phones.insert(0, phones::broken(number / 128)),
        27 | 91 => contact.call_opted_out = Some(true),
        35 | 99 => {
            for phone in &mut contact.phones {
                phone.dnc_status = Some("on_dnc");
            }
        }
        // Only the first of several numbers must not be called.
        44 => contact
            .phones
            .iter_mut()
            .take(1)
            .for_each(|it| it.dnc_status = Some("on_dnc")),
        51 | 115 => contact.account = None,
        59 | 123 => {
            let escaped = people::ESCAPED_LAST_NAMES;
            contact.last_name = Some(escaped[number / 64 % escaped.len()].to_owned());
        }
        7 | 71 => contact.last_name = None,
        15 | 79 => contact.has_time_zone = false,
        23 => {
            contact.title = None;
            contact.headline = None;
            contact.linkedin_slug = None;
        }
        87 => contact.email = None,
        103 => contact.call_opted_out = Some(false),
        _ => {}
    }
    if number % 128 == 87 {
        contact.last_activity = None;
    }
}
