//! `notes`: offset paging, and 400 where the others say 422 (reference section 9.1).

use axum::routing::MethodFilter;
use serde_json::{Value, json};

use super::times;
use crate::{
    endpoint::endpoints,
    pipeline::Call,
    reply::Reply,
    route::{Routes, on},
    world::render,
};

const DEFAULT_LIMIT: i64 = 25;
const MAX_LIMIT: i64 = 100;
/// At least one of these must be sent.
const SUBJECTS: [&str; 7] = [
    "contact_id",
    "account_id",
    "opportunity_id",
    "calendar_event_id",
    "conversation_id",
    "contact_ids",
    "conversation_ids",
];

pub(super) fn routes() -> Routes {
    Routes::new().route(
        "/notes",
        on(MethodFilter::GET, endpoints::NOTES_INDEX, index),
    )
}

fn bad(error: &str) -> Reply {
    Reply::json(400, json!({"error": error}))
}

fn index(call: &mut Call<'_>) -> Reply {
    let params = call.params;
    if !SUBJECTS.iter().any(|subject| params.get(subject).is_some()) {
        return bad("At least one argument is required");
    }
    let direction = params
        .present("sort_direction")
        .unwrap_or_else(|| "desc".to_owned());
    if !["asc", "desc"].contains(&direction.as_str()) {
        return bad("sort_direction must be \"asc\" or \"desc\"");
    }
    let field = params
        .present("sort_by_field")
        .unwrap_or_else(|| "created_at".to_owned());
    if !["created_at", "updated_at"].contains(&field.as_str()) {
        return bad("sort_by_field must be one of: created_at, updated_at");
    }
    let world = &call.world;
    let mut contacts = params.list("contact_ids");
    contacts.extend(params.present("contact_id"));
    let account = params.present("account_id");
    let since = params
        .present("start_date")
        .and_then(|text| times::midnight(times::date(&text)?));
    let id_of_contact = |place: usize| world.contacts[place].id.to_string();
    let id_of_account = |place: usize| world.accounts[place].id.to_string();
    let mut found: Vec<_> = world
        .notes
        .iter()
        .filter(|note| {
            let by_contact = note
                .contact
                .is_some_and(|contact| contacts.contains(&id_of_contact(contact)));
            let by_account = note
                .account
                .is_some_and(|place| account.as_deref() == Some(id_of_account(place).as_str()));
            (by_contact || by_account) && since.is_none_or(|since| note.created_at >= since)
        })
        .collect();
    found.sort_by_key(|note| note.created_at);
    if direction == "desc" {
        found.reverse();
    }
    let amount = |number: i64| usize::try_from(number).unwrap_or_default();
    let skip = amount(params.integer("skip").unwrap_or(0));
    let limit = amount(
        params
            .integer("limit")
            .unwrap_or(DEFAULT_LIMIT)
            .clamp(0, MAX_LIMIT),
    );
    let notes: Vec<Value> = found
        .into_iter()
        .skip(skip)
        .take(limit)
        .map(|note| render::note(world, note))
        .collect();
    Reply::ok(json!({"notes": notes}))
}
