//! The workspace: users, stages, dispositions, lists and custom fields.

use jiff::{SignedDuration, Timestamp};

use super::{
    Place, World,
    model::{CustomField, Label, Outcome, Purpose, Stage, User},
};

struct UserSeed {
    first_name: Option<&'static str>,
    last_name: Option<&'static str>,
    title: Option<&'static str>,
    email: &'static str,
    is_admin: bool,
    deleted: bool,
    joined_days_ago: i64,
}

const fn user(
    first_name: &'static str,
    last_name: &'static str,
    title: &'static str,
    email: &'static str,
    joined_days_ago: i64,
) -> UserSeed {
    UserSeed {
        first_name: Some(first_name),
        last_name: Some(last_name),
        title: Some(title),
        email,
        is_admin: false,
        deleted: false,
        joined_days_ago,
    }
}

/// Northwind sells delivery planning software. The main rep is first.
const USERS: [UserSeed; 8] = [
    user(
        "Sam",
        "Dialer",
        "Sales Development Representative",
        "sam@northwind.example",
        460,
    ),
    UserSeed {
        is_admin: true,
        ..user(
            "Robin",
            "Achterberg",
            "Revenue Operations Lead",
            "robin@northwind.example",
            1_390,
        )
    },
    user(
        "Mei-Lin",
        "Zhou",
        "Account Executive",
        "meilin@northwind.example",
        810,
    ),
    user(
        "Tomasz",
        "Wieczorek",
        "Sales Development Representative",
        "tomasz@northwind.example",
        300,
    ),
    user(
        "Aisha",
        "Bello",
        "Senior SDR, EMEA",
        "aisha@northwind.example",
        620,
    ),
    user(
        "Callum",
        "Fairweather",
        "Account Executive, ANZ",
        "callum@northwind.example",
        240,
    ),
    UserSeed {
        first_name: None,
        last_name: None,
        title: None,
        ..user("", "", "", "contractor7@northwind.example", 12)
    },
    UserSeed {
        deleted: true,
        ..user(
            "Patrick",
            "Halloran",
            "Sales Development Representative",
            "patrick@northwind.example",
            1_050,
        )
    },
];

/// Users who work call queues, by their place: the main rep is none of them.
pub(crate) const OTHER_REPS: [usize; 5] = [2, 3, 4, 5, 7];

const CONTACT_STAGES: [(&str, Option<&str>); 9] = [
    ("New", Some("in_progress")),
    ("Approaching", Some("in_progress")),
    ("Replied", Some("in_progress")),
    ("Interested", Some("succeeded")),
    ("Not Interested", Some("failed")),
    ("Unresponsive", Some("failed")),
    ("Do Not Contact", Some("failed")),
    ("Bad Data", None),
    ("Changed Job", None),
];
const INTERESTED: usize = 3;
const NOT_INTERESTED: usize = 4;
const BAD_DATA: usize = 7;

const ACCOUNT_STAGES: [(&str, Option<&str>); 5] = [
    ("Review", Some("in_progress")),
    ("Current Client", Some("succeeded")),
    ("Active Opportunity", Some("in_progress")),
    ("Dead Opportunity", Some("failed")),
    ("Do Not Prospect", Some("failed")),
];

/// Name, answered, sentiment, stage of the contact it may lead to.
const OUTCOMES: [(&str, bool, Option<&str>, Option<usize>); 7] = [
    ("No Answer", false, None, None),
    ("Left Voicemail", false, None, None),
    (
        "Connected - Positive",
        true,
        Some("positive"),
        Some(INTERESTED),
    ),
    ("Connected - Neutral", true, Some("neutral"), None),
    (
        "Connected - Negative",
        true,
        Some("negative"),
        Some(NOT_INTERESTED),
    ),
    ("Busy", false, None, None),
    ("Wrong Number", false, None, Some(BAD_DATA)),
];

const PURPOSES: [&str; 4] = [
    "Prospecting call",
    "Opportunity call",
    "Support call",
    "Other call",
];

const LABELS: [(&str, &str); 6] = [
    ("Route Planning Webinar - attended", "contacts"),
    ("Harbor Summit booth scans", "contacts"),
    ("Fleet managers 50+ vehicles", "contacts"),
    ("Referred by customer", "contacts"),
    ("Target accounts FY27", "accounts"),
    ("Cold outbound", "emailer_campaigns"),
];

/// Fills in everything that does not depend on chance.
pub(super) fn add(world: &mut World, now: Timestamp) {
    let founded = days_before(now, 1_400);
    for seed in USERS {
        let created_at = days_before(now, seed.joined_days_ago);
        let id = world.new_id(created_at);
        world.register(id, Place::User(world.users.len()));
        world.users.push(User {
            id,
            first_name: seed.first_name,
            last_name: seed.last_name,
            title: seed.title,
            email: seed.email,
            is_admin: seed.is_admin,
            deleted: seed.deleted,
            created_at,
        });
    }
    let stage = |world: &mut World, (name, category): (&'static str, Option<&'static str>)| Stage {
        id: world.new_id(founded),
        name,
        category,
    };
    world.contact_stages = CONTACT_STAGES.map(|seed| stage(world, seed)).into();
    world.account_stages = ACCOUNT_STAGES.map(|seed| stage(world, seed)).into();
    world.outcomes = OUTCOMES
        .map(|(name, answered, sentiment, stage)| Outcome {
            id: world.new_id(founded),
            name,
            answered,
            sentiment,
            stage,
        })
        .into();
    world.purposes = PURPOSES
        .map(|name| Purpose {
            id: world.new_id(founded),
            name,
        })
        .into();
    let admin = world.admin();
    world.labels = LABELS
        .map(|(name, modality)| {
            let created_at = days_before(now, 90);
            Label {
                id: world.new_id(created_at),
                name: name.to_owned(),
                modality,
                user: admin,
                created_at,
            }
        })
        .into();
    let option = |world: &mut World, name| (world.new_id(founded), name);
    let segments = ["Enterprise", "Mid-market", "Small business"];
    let segments = segments.map(|name| option(world, name)).into();
    world.custom_fields = vec![
        CustomField {
            id: world.new_id(founded),
            name: "Segment",
            modality: "contact",
            kind: "picklist",
            options: segments,
        },
        CustomField {
            id: world.new_id(founded),
            name: "Vehicles in fleet",
            modality: "contact",
            kind: "number",
            options: Vec::new(),
        },
        CustomField {
            id: world.new_id(founded),
            name: "Current tool",
            modality: "account",
            kind: "picklist",
            options: ["Spreadsheets", "Whiteboard"]
                .map(|name| option(world, name))
                .into(),
        },
    ];
}

pub(super) fn days_before(now: Timestamp, days: i64) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(days * 24))
        .unwrap_or(Timestamp::UNIX_EPOCH)
}
