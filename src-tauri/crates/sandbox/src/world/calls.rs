//! Past calls and notes, so that dispositions have names and cards have a history.

use std::time::Duration;

use jiff::SignedDuration;
use rand::Rng;

use super::{
    World,
    generator::Generator,
    model::{Note, PhoneCall},
    team::days_before,
};

/// Call records in the data set.
const CALLS: usize = 64;
const NOTES: usize = 40;

/// Number of the outcome, or none for a call without a disposition.
const OUTCOME_PATTERN: [Option<usize>; 16] = [
    Some(0),
    Some(0),
    Some(1),
    Some(0),
    Some(2),
    Some(0),
    Some(3),
    Some(1),
    Some(4),
    Some(0),
    Some(5),
    None,
    Some(1),
    Some(6),
    Some(3),
    Some(0),
];

/// What a rep writes, by outcome; empty for nothing.
const NOTES_BY_OUTCOME: [[&str; 3]; 7] = [
    ["", "", "Rang out, no voicemail."],
    [
        "Voicemail, mentioned the email from Tuesday.",
        "Short voicemail.",
        "Voicemail, second one.",
    ],
    [
        "Plans in spreadsheets, two people, 35 vans. Wants to see it with own data next week.",
        "Good talk. Contract with current tool ends in March. Sending two dates.",
        "Interested in live ETAs for shops. Bring an engineer to the demo.",
    ],
    [
        "In a meeting, asked to call back after the 5th.",
        "Not the decision generator, pointed to the head of transport.",
        "Asked for an email with prices.",
    ],
    [
        "Happy with current tool, do not call this year.",
        "Budget frozen until summer.",
        "Outsourced delivery last month.",
    ],
    ["Engaged twice.", "Busy.", ""],
    [
        "Number belongs to a bakery now.",
        "Left the company in spring.",
        "Wrong person.",
    ],
];

const NOTE_TEXTS: [&str; 5] = [
    "Prefers mornings. Reports to the COO.",
    "Uses two telematics providers; integration matters more than price.",
    "Asked about drivers without smartphones.",
    "Trial account was opened with the address of a colleague.",
    "Warehouse moves to the new site in the second quarter.",
];

pub(super) fn add(generator: &mut Generator, world: &mut World) {
    for number in 0..CALLS {
        add_call(generator, world, number);
    }
    for number in 0..NOTES {
        let contact = number * 13 % world.contacts.len();
        let created_at = days_before(generator.now, generator.rng.random_range(2..60));
        let note = Note {
            id: world.new_id(created_at),
            user: number % 4,
            contact: Some(contact),
            account: world.contacts[contact].account,
            content: NOTE_TEXTS[number % NOTE_TEXTS.len()].to_owned(),
            created_at,
        };
        world.notes.push(note);
    }
}

fn add_call(generator: &mut Generator, world: &mut World, number: usize) {
    let rng = &mut generator.rng;
    let outcome = OUTCOME_PATTERN[number % OUTCOME_PATTERN.len()];
    let contact = number * 11 % world.contacts.len();
    let days = 1 + i64::try_from(number / 8).unwrap_or_default();
    let start_time = days_before(generator.now, days)
        .saturating_add(SignedDuration::from_mins(rng.random_range(0..420)))
        .unwrap_or(generator.now);
    let answered = outcome.is_some_and(|outcome| world.outcomes[outcome].answered);
    let duration: i64 = if answered {
        rng.random_range(45..540)
    } else {
        rng.random_range(5..40)
    };
    let note = outcome.map_or("", |outcome| NOTES_BY_OUTCOME[outcome][number / 3 % 3]);
    let created_at = start_time
        .saturating_add(SignedDuration::from_secs(duration))
        .unwrap_or(start_time);
    let status = match outcome {
        Some(0) => "no-answer",
        Some(5) => "busy",
        _ => "completed",
    };
    let call = PhoneCall {
        id: world.new_id(created_at),
        user: if number % 4 == 3 {
            2 + number % 3
        } else {
            world.main_rep()
        },
        contact: Some(contact),
        account: world.contacts[contact].account,
        task: None,
        outcome: outcome.map(|outcome| world.outcomes[outcome].id),
        purpose: Some(world.purposes[number % 2].id),
        status: Some(status.to_owned()),
        logged: true,
        inbound: number % 21 == 20,
        from_number: Some("+12125550100".to_owned()),
        to_number: world.contacts[contact]
            .phones
            .iter()
            .find_map(|phone| phone.sanitized.clone()),
        start_time,
        end_time: created_at,
        duration: Some(duration),
        note: (!note.is_empty()).then(|| note.to_owned()),
        call_identifier: None,
        created_at,
        updated_at: created_at,
        indexed_from: Duration::ZERO,
    };
    world.add_call(call);
}
