//! Call records: create, change, search (reference section 7). Master key only.

use std::{collections::HashMap, time::Duration};

use axum::routing::MethodFilter;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    contacts, ids,
    paging::{Page, breadcrumb},
    times,
};
use crate::{
    effect::Effect,
    endpoint::endpoints,
    params::Params,
    pipeline::Call,
    reply::Reply,
    route::{GET_OR_POST, PATCH_OR_PUT, Routes, on},
    scenario::{CallIdentifier, Facets},
    world::{
        World,
        id::Id,
        model::{Contact, PhoneCall},
        render,
    },
};

/// What the documents allow on write; reading gives `no-answer` (reference section 10, quirk 18).
const STATUSES: [&str; 8] = [
    "queued",
    "ringing",
    "in-progress",
    "completed",
    "no_answer",
    "no-answer",
    "failed",
    "busy",
];

pub(super) fn routes() -> Routes {
    Routes::new()
        .route(
            "/phone_calls",
            on(MethodFilter::POST, endpoints::CALLS_CREATE, create),
        )
        .route(
            "/phone_calls/search",
            on(GET_OR_POST, endpoints::CALLS_SEARCH, search),
        )
        .route(
            "/phone_calls/{id}",
            on(PATCH_OR_PUT, endpoints::CALLS_UPDATE, update),
        )
}

/// The fields of a record that were sent; what was not sent is none.
struct Sent {
    user: Option<usize>,
    contact: Option<usize>,
    account: Option<usize>,
    task: Option<usize>,
    outcome: Option<Id>,
    purpose: Option<Id>,
    status: Option<String>,
    start_time: Option<Timestamp>,
    end_time: Option<Timestamp>,
}

/// A malformed id is refused, and so is a disposition or purpose that the team does not have (how
/// Apollo answers these is not known). A well-formed contact, account or task that nobody has is
/// left out of the record, as a number that matches nobody is. `present` is the record to change.
fn read(call: &Call<'_>, present: Option<usize>) -> Result<Sent, Reply> {
    let params = call.params;
    let world = &*call.world;
    let present = present.map(|place| &world.calls[place]);
    let user_key = if params.get("user_id").is_some() {
        "user_id"
    } else {
        "user_ids"
    };
    let user = ids::user(world, params, user_key, present.map(|it| it.user))?;
    let contact = ids::optional(params, "contact_id")?.and_then(|id| world.contact_place(&id));
    let contact = ids::not_deleted(world, contact, present.and_then(|it| it.contact))?;
    let account = ids::optional(params, "account_id")?.and_then(|id| world.account_place(&id));
    let task =
        ids::optional(params, "outreach_task_id")?.and_then(|id| world.task_place(Id::parse(&id)?));
    let one_of = |key, present: Option<Id>, mut team: &mut dyn Iterator<Item = Id>| {
        let Some(text) = ids::optional(params, key)? else {
            return Ok(None);
        };
        Id::parse(&text)
            .filter(|id| Some(*id) == present || (&mut team).any(|it| it == *id))
            .map(Some)
            .ok_or_else(|| Reply::not_an_id(&text))
    };
    let outcome = one_of(
        "phone_call_outcome_id",
        present.and_then(|it| it.outcome),
        &mut world.outcomes.iter().map(|outcome| outcome.id),
    )?;
    let purpose = one_of(
        "phone_call_purpose_id",
        present.and_then(|it| it.purpose),
        &mut world.purposes.iter().map(|purpose| purpose.id),
    )?;
    let moment = |key: &str| match params.present(key) {
        None => Ok(None),
        Some(text) => times::moment(&text)
            .map(Some)
            .ok_or_else(|| Reply::refused(&format!("{key} is invalid"))),
    };
    let status = match params.present("status") {
        Some(status) if !STATUSES.contains(&status.as_str()) => {
            return Err(Reply::refused("status is invalid"));
        }
        status => status.map(|status| status.replace('_', "-")),
    };
    Ok(Sent {
        user,
        contact,
        account,
        task,
        outcome,
        purpose,
        status,
        start_time: moment("start_time")?,
        end_time: moment("end_time")?,
    })
}

fn identifier(call: &Call<'_>) -> Option<String> {
    match call.scenario.call_identifier {
        CallIdentifier::Dropped => None,
        CallIdentifier::Upsert | CallIdentifier::Stored => call.params.present("call_identifier"),
    }
}

fn create(call: &mut Call<'_>) -> Reply {
    let identifier = identifier(call);
    let known = match call.scenario.call_identifier {
        CallIdentifier::Upsert => identifier
            .as_deref()
            .and_then(|it| call.world.call_by_identifier(it)),
        CallIdentifier::Stored | CallIdentifier::Dropped => None,
    };
    let sent = match read(call, known) {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    if let Some(place) = known {
        apply(call, place, sent);
        return created(call, place);
    }
    let now = call.now;
    let params = call.params;
    let account = sent.account.or_else(|| {
        sent.contact
            .and_then(|contact| call.world.contacts[contact].account)
    });
    let id = call.world.new_id(now);
    let record = PhoneCall {
        id,
        user: sent.user.unwrap_or_else(|| call.acting_user()),
        contact: sent.contact,
        account,
        task: sent.task,
        outcome: sent.outcome,
        purpose: sent.purpose,
        status: sent.status,
        logged: params.boolean("logged").unwrap_or(true),
        inbound: params.boolean("inbound").unwrap_or(false),
        from_number: params.present("from_number"),
        to_number: params.present("to_number"),
        // Both default to the moment of creation.
        start_time: sent.start_time.unwrap_or(now),
        end_time: sent.end_time.unwrap_or(now),
        duration: params.integer("duration"),
        note: params.text("note"),
        call_identifier: identifier,
        created_at: now,
        updated_at: now,
        indexed_from: call.elapsed + call.scenario.call_index_lag,
    };
    let place = call.world.add_call(record);
    let effect = Effect::CallLogged {
        request: call.number,
        at: now,
        call: call.world.call_record(place),
    };
    call.effects.push(effect);
    move_stage(call, place);
    created(call, place)
}

/// A disposition may move its contact to a stage; whether that happens for calls logged through
/// the API is not known, so it is a switch.
fn move_stage(call: &mut Call<'_>, place: usize) {
    if !call.scenario.outcome_moves_stage.is_supported() {
        return;
    }
    let record = &call.world.calls[place];
    let stage = call
        .world
        .outcomes
        .iter()
        .find(|outcome| Some(outcome.id) == record.outcome)
        .and_then(|outcome| outcome.stage);
    if let (Some(contact), Some(stage)) = (record.contact, stage) {
        contacts::set_stage(call, contact, stage);
    }
}

fn created(call: &Call<'_>, place: usize) -> Reply {
    let mut reply = updated(call, place);
    reply["team"] = json!({"id": call.world.team_id, "phone_calls_finder_empty": false});
    Reply::ok(reply)
}

fn updated(call: &Call<'_>, place: usize) -> Value {
    let contact = call.world.calls[place].contact;
    json!({
        "phone_call": render::call(call.world, place),
        "contact": contact.map(|contact| render::contact(call.world, contact)),
    })
}

/// Changes only what was sent.
fn apply(call: &mut Call<'_>, place: usize, sent: Sent) {
    let params = call.params;
    let now = call.now;
    let record = &mut call.world.calls[place];
    record.user = sent.user.unwrap_or(record.user);
    record.contact = sent.contact.or(record.contact);
    record.account = sent.account.or(record.account);
    record.task = sent.task.or(record.task);
    record.outcome = sent.outcome.or(record.outcome);
    record.purpose = sent.purpose.or(record.purpose);
    record.status = sent.status.or_else(|| record.status.take());
    record.start_time = sent.start_time.unwrap_or(record.start_time);
    record.end_time = sent.end_time.unwrap_or(record.end_time);
    record.duration = params.integer("duration").or(record.duration);
    record.logged = params.boolean("logged").unwrap_or(record.logged);
    for (key, field) in [
        ("note", &mut record.note),
        ("from_number", &mut record.from_number),
        ("to_number", &mut record.to_number),
    ] {
        if let Some(text) = params.text(key) {
            *field = Some(text);
        }
    }
    record.updated_at = now;
    let effect = Effect::CallUpdated {
        request: call.number,
        at: now,
        call: call.world.call_record(place),
    };
    call.effects.push(effect);
}

/// The call record of the path.
fn place(call: &Call<'_>) -> Result<usize, Reply> {
    if Id::parse(call.id).is_none() {
        return Err(Reply::not_an_id(call.id));
    }
    // How Apollo answers an unknown call is not known; this is its usual way.
    call.world
        .call_place(call.id)
        .ok_or_else(|| Reply::refused("Oops! This phone call does not exist in Apollo."))
}

fn update(call: &mut Call<'_>) -> Reply {
    let place = match place(call) {
        Ok(place) => place,
        Err(refusal) => return refusal,
    };
    match read(call, Some(place)) {
        Ok(sent) => {
            apply(call, place, sent);
            Reply::ok(updated(call, place))
        }
        Err(refusal) => refusal,
    }
}

/// A range of `a[min]` and `a[max]`.
fn range<T>(
    params: &Params,
    key: &str,
    read: impl Fn(&str) -> Option<T>,
) -> (Option<T>, Option<T>) {
    let part = |name| params.part(key, name).as_deref().and_then(&read);
    (part("min"), part("max"))
}

fn within<T: PartialOrd>(value: &T, (min, max): &(Option<T>, Option<T>)) -> bool {
    min.as_ref().is_none_or(|min| value >= min) && max.as_ref().is_none_or(|max| value <= max)
}

fn search(call: &mut Call<'_>) -> Reply {
    let page = match Page::read(call) {
        Ok(page) => page,
        Err(refusal) => return refusal,
    };
    let found = find(call.params, call.world, call.elapsed);
    let world = &*call.world;
    let records: Vec<Value> = page
        .of(&found)
        .iter()
        .map(|place| {
            let mut record = render::call(world, *place);
            record["conversation_id"] = Value::Null;
            record
        })
        .collect();
    let facets = match call.scenario.facets {
        Facets::Named => facets(world, &found),
        Facets::Empty => Vec::new(),
    };
    let dates = [("min", "After"), ("max", "Before")];
    let breadcrumbs: Vec<Value> = dates
        .into_iter()
        .filter_map(|(part, word)| {
            let day = call.params.part("date_range", part)?;
            Some(breadcrumb(
                "Date",
                "date_range",
                &day,
                &format!("{word} {day}"),
            ))
        })
        .chain(
            [
                "user_ids",
                "phone_call_outcome_ids",
                "phone_call_purpose_ids",
            ]
            .into_iter()
            .flat_map(|key| {
                let ids = call.params.list(key);
                ids.into_iter()
                    .map(move |id| breadcrumb(key, key, &id, &id))
            }),
        )
        .collect();
    Reply::ok(json!({
        "pagination": page.object(found.len()),
        "breadcrumbs": breadcrumbs,
        "phone_calls": records,
        "faceting": {"phone_call_stats_facets": facets},
        "pipeline_total": found.len(),
        "num_fetch_result": null,
    }))
}

fn find(params: &Params, world: &World, elapsed: Duration) -> Vec<usize> {
    // Both days count whole, in UTC.
    let (first_day, last_day) = range(params, "date_range", times::date);
    let dates = (
        first_day.and_then(times::midnight),
        last_day.and_then(|day| times::midnight(day.tomorrow().ok()?)),
    );
    let in_dates = |at: Timestamp| {
        dates.0.is_none_or(|start| at >= start) && dates.1.is_none_or(|end| at < end)
    };
    let seconds = range(params, "duration", |text| text.parse::<i64>().ok());
    let inbound = params.present("inbound");
    let keywords = params.present("q_keywords").map(|text| text.to_lowercase());
    // An id that nobody has matches nothing; none at all match everything.
    let ids = |keys: &[&str]| {
        keys.iter()
            .flat_map(|key| params.list(key))
            .filter(|id| !id.trim().is_empty())
            .map(|id| Id::parse(&id))
            .collect::<Vec<Option<Id>>>()
    };
    let users = ids(&["user_ids", "user_id"]);
    let people = ids(&["contact_ids", "contact_id"]);
    let companies = ids(&["account_ids", "account_id"]);
    let outcomes = ids(&["phone_call_outcome_ids"]);
    let purposes = ids(&["phone_call_purpose_ids"]);
    let labels = ids(&["contact_label_ids"]);
    let is_in = |wanted: &[Option<Id>], id: Option<Id>| {
        wanted.is_empty() || id.is_some() && wanted.contains(&id)
    };
    let mut found: Vec<usize> = (0..world.calls.len())
        .filter(|place| {
            let record = &world.calls[*place];
            let contact = record.contact.map(|contact| &world.contacts[contact]);
            record.indexed_from <= elapsed
                && in_dates(record.start_time)
                && (seconds == (None, None)
                    || record
                        .duration
                        .is_some_and(|duration| within(&duration, &seconds)))
                && match inbound.as_deref() {
                    Some("incoming") => record.inbound,
                    Some("outgoing") => !record.inbound,
                    _ => true,
                }
                && is_in(&users, Some(world.users[record.user].id))
                && is_in(&people, contact.map(|contact| contact.id))
                && is_in(
                    &companies,
                    record.account.map(|account| world.accounts[account].id),
                )
                && is_in(&outcomes, record.outcome)
                && is_in(&purposes, record.purpose)
                && (labels.is_empty()
                    || contact.is_some_and(|contact| {
                        contact
                            .labels
                            .iter()
                            .any(|it| is_in(&labels, Some(world.labels[*it].id)))
                    }))
                && keywords.as_deref().is_none_or(|keywords| {
                    let note = record.note.as_deref().unwrap_or_default();
                    let name = contact.map(Contact::name).unwrap_or_default();
                    note.to_lowercase().contains(keywords) || name.to_lowercase().contains(keywords)
                })
        })
        .collect();
    match params.present("sort_by_field").as_deref() {
        Some("created_at") => found.sort_by_key(|place| world.calls[*place].created_at),
        Some("duration") => found.sort_by_key(|place| world.calls[*place].duration),
        _ => found.sort_by_key(|place| world.calls[*place].start_time),
    }
    if params.boolean("sort_ascending") != Some(true) {
        found.reverse();
    }
    found
}

/// Only outcomes that were used, and `other` for calls without one (reference section 7.3).
fn facets(world: &World, found: &[usize]) -> Vec<Value> {
    let mut counts: HashMap<Option<Id>, usize> = HashMap::new();
    for place in found {
        *counts.entry(world.calls[*place].outcome).or_default() += 1;
    }
    let named: usize = world
        .outcomes
        .iter()
        .filter_map(|outcome| counts.get(&Some(outcome.id)))
        .sum();
    let mut facets = vec![json!({"value": "active", "display_name": "Active Calls", "count": 0})];
    facets.extend(world.outcomes.iter().filter_map(|outcome| {
        let count = counts.get(&Some(outcome.id))?;
        Some(json!({"value": outcome.id, "display_name": outcome.name, "count": count}))
    }));
    facets.push(json!({
        "value": "other",
        "display_name": "No Disposition",
        "count": found.len() - named,
    }));
    facets
}
