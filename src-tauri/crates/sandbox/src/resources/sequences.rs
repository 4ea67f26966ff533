//! Sequences, by Apollo's name `emailer_campaigns` (reference section 3).

use axum::routing::MethodFilter;
use serde_json::{Map, Value, json};

use super::paging::{Page, breadcrumb};
use crate::{
    endpoint::endpoints,
    pipeline::Call,
    reply::Reply,
    router::{GET_OR_POST, Routes, on},
    world::{Change, id::Id, model::Enrolment, render},
};

const MAX_FEED_EVENTS: i64 = 50;

pub(super) fn routes() -> Routes {
    Routes::new()
        .route(
            "/emailer_campaigns/search",
            on(GET_OR_POST, endpoints::SEQUENCES_SEARCH, search),
        )
        .route(
            "/emailer_campaigns/remove_or_stop_contact_ids",
            on(
                MethodFilter::POST,
                endpoints::SEQUENCES_STOP_CONTACTS,
                stop_contacts,
            ),
        )
        .route(
            "/emailer_campaigns/activity_feed",
            on(
                MethodFilter::POST,
                endpoints::SEQUENCES_ACTIVITY,
                activity_feed,
            ),
        )
        .route(
            "/emailer_campaigns/{id}",
            on(MethodFilter::GET, endpoints::SEQUENCES_SHOW, show),
        )
        .route(
            "/emailer_campaigns/{id}/approve",
            on(MethodFilter::POST, endpoints::SEQUENCES_APPROVE, approve),
        )
        .route(
            "/emailer_campaigns/{id}/abort",
            on(MethodFilter::POST, endpoints::SEQUENCES_ABORT, abort),
        )
}

fn search(call: &mut Call<'_>) -> Reply {
    let page = match Page::read(call) {
        Ok(page) => page,
        Err(refusal) => return refusal,
    };
    let name = call
        .params
        .present("q_name")
        .or_else(|| call.params.present("q_keywords"));
    let world = &call.world;
    let found: Vec<_> = world
        .sequences
        .iter()
        .filter(|sequence| {
            name.as_deref()
                .is_none_or(|name| sequence.name.to_lowercase().contains(&name.to_lowercase()))
        })
        .collect();
    let breadcrumbs: Vec<Value> = name
        .iter()
        .map(|name| breadcrumb("Name", "q_name", name, name))
        .collect();
    let sequences: Vec<Value> = page
        .of(&found)
        .iter()
        .map(|sequence| render::sequence(world, sequence))
        .collect();
    Reply::ok(json!({
        "pagination": page.object(found.len()),
        "breadcrumbs": breadcrumbs,
        "emailer_campaigns": sequences,
        "num_fetch_result": null,
    }))
}

/// How Apollo answers an unknown sequence is not known; this is its usual way.
fn place(call: &Call<'_>) -> Result<usize, Reply> {
    if Id::parse(call.id).is_none() {
        return Err(Reply::not_an_id(call.id));
    }
    call.world
        .sequence_place(call.id)
        .ok_or_else(|| Reply::refused("Oops! This sequence does not exist in Apollo."))
}

fn show(call: &mut Call<'_>) -> Reply {
    match place(call) {
        Ok(place) => Reply::ok(json!({
            "emailer_campaign": render::sequence(call.world, &call.world.sequences[place]),
            "emailer_steps": render::steps(call.world, place),
            "emailer_touches": [],
            "emailer_templates": [],
        })),
        Err(refusal) => refusal,
    }
}

fn switched(call: &mut Call<'_>, place: usize, active: bool) -> Reply {
    let change = change(call);
    call.world
        .switch_sequence(place, active, change, &mut call.effects);
    let id = call.world.sequences[place].id;
    Reply::ok(json!({
        "emailer_campaign": {"id": id, "unique_scheduled": 0, "active": active},
        "emailer_steps": render::steps(call.world, place),
    }))
}

fn approve(call: &mut Call<'_>) -> Reply {
    let place = match place(call) {
        Ok(place) => place,
        Err(refusal) => return refusal,
    };
    if call.world.sequences[place].active {
        return Reply::refused("The sequence is already active.");
    }
    if call.world.sequences[place].steps.is_empty() {
        return Reply::refused(
            "Please make sure you have added at least 1 step before turning on the sequence.",
        );
    }
    switched(call, place, true)
}

fn abort(call: &mut Call<'_>) -> Reply {
    let place = match place(call) {
        Ok(place) => place,
        Err(refusal) => return refusal,
    };
    if !call.world.sequences[place].active {
        return Reply::refused("The sequence is already inactive.");
    }
    switched(call, place, false)
}

fn change(call: &Call<'_>) -> Change {
    let lag = call.scenario.task_index_lag;
    Change {
        request: call.number,
        now: call.now,
        indexed_at: (!lag.is_zero()).then(|| call.elapsed + lag),
    }
}

fn stop_contacts(call: &mut Call<'_>) -> Reply {
    let params = call.params;
    let (status, reason) = match params.present("mode").as_deref() {
        Some("mark_as_finished") => ("finished", "Marked as finished"),
        Some("remove") => ("removed", "Removed"),
        Some("stop") => ("paused", "Stopped"),
        _ => return Reply::refused("Please specify a valid mode."),
    };
    let sequence_ids = params.list("emailer_campaign_ids");
    let contact_ids = params.list("contact_ids");
    if sequence_ids.is_empty() || contact_ids.is_empty() {
        return Reply::refused("Please specify emailer_campaign_ids and contact_ids.");
    }
    let sequences: Vec<usize> = sequence_ids
        .iter()
        .filter_map(|id| call.world.sequence_place(id))
        .collect();
    let contacts: Vec<usize> = contact_ids
        .iter()
        .filter_map(|id| call.world.contact_place(id))
        .collect();
    let change = change(call);
    for &contact in &contacts {
        for &sequence in &sequences {
            let open = call.world.open_tasks_of(sequence, Some(contact));
            call.world
                .delete_open_tasks(&open, change, &mut call.effects);
            let effects = &mut call.effects;
            call.world
                .set_enrolment(contact, sequence, status, reason, change, effects);
        }
    }
    if call.scenario.stop_contacts_async {
        let id = call.world.new_id(call.now);
        let user_id = call.world.users[call.acting_user()].id;
        return Reply::ok(json!({"entity_progress_job": {
            "id": id,
            "user_id": user_id,
            "job_type": "sequence_remove_stop_contacts",
            "entity_ids": contact_ids,
            "params": {"mode": params.present("mode")},
            "progress": 0,
            "batch_size": 999,
        }}));
    }
    let contacts: Vec<Value> = contacts
        .iter()
        .map(|contact| render::contact(call.world, *contact))
        .collect();
    let tally = |status: &str| {
        let of_sequences = |enrolment: &&Enrolment| {
            sequences.contains(&enrolment.sequence) && enrolment.status == status
        };
        call.world
            .contacts
            .iter()
            .flat_map(|contact| &contact.enrolments)
            .filter(of_sequences)
            .count()
    };
    let steps: Vec<Value> = sequences
        .iter()
        .flat_map(|sequence| render::steps(call.world, *sequence))
        .collect();
    Reply::ok(json!({
        "num_contacts": contacts.len(),
        "contacts": contacts,
        "emailer_campaigns": sequences.iter()
            .map(|it| json!({"id": call.world.sequences[*it].id})).collect::<Vec<_>>(),
        // Counters of mail are still being computed; this one never is (Apollo's document).
        "contact_statuses": {
            "failed": tally("failed"),
            "active": "loading", "paused": "loading", "finished": "loading",
            "bounced": "loading", "hard_bounced": "loading", "spam_blocked": "loading",
            "not_sent": "loading",
        },
        "emailer_steps": steps,
    }))
}

/// Newest first; keys that do not apply are left out (reference section 3.6).
fn activity_feed(call: &mut Call<'_>) -> Reply {
    let id = call.params.present("contact_id").unwrap_or_default();
    let Some(contact) = call.world.contact_place(&id) else {
        return Reply::json(404, json!({"error": "Contact not found"}));
    };
    let wanted = call.params.present("sequence_id");
    let limit = call.params.integer("per_page").unwrap_or(MAX_FEED_EVENTS);
    let limit = usize::try_from(limit.clamp(1, MAX_FEED_EVENTS)).unwrap_or(1);
    let world = &call.world;
    let mut events = Vec::new();
    for enrolment in &world.contacts[contact].enrolments {
        let sequence = &world.sequences[enrolment.sequence];
        if wanted
            .as_ref()
            .is_some_and(|wanted| *wanted != sequence.id.to_string())
        {
            continue;
        }
        let event = |kind: &str, at: jiff::Timestamp, extra: Map<String, Value>| {
            let mut event = extra;
            event.insert("type".to_owned(), json!(kind));
            event.insert("occurred_at".to_owned(), json!(render::stamp(at)));
            event.insert("sequence_id".to_owned(), json!(sequence.id));
            event.insert("sequence_name".to_owned(), json!(sequence.name));
            (at, Value::Object(event))
        };
        let mut extra = Map::new();
        extra.insert("step_position".to_owned(), json!(enrolment.position));
        events.push(event("enrolled", enrolment.added_at, extra));
        if let Some(at) = enrolment.paused_at {
            let mut extra = Map::new();
            extra.insert("reason".to_owned(), json!(enrolment.inactive_reason));
            events.push(event("paused", at, extra));
        }
        if let Some(at) = enrolment.finished_at {
            let mut extra = Map::new();
            extra.insert("step_position".to_owned(), json!(enrolment.position));
            extra.insert("reason".to_owned(), json!(enrolment.inactive_reason));
            events.push(event("completed", at, extra));
        }
    }
    events.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let events: Vec<Value> = events
        .into_iter()
        .take(limit)
        .map(|(_, event)| event)
        .collect();
    Reply::ok(json!({"contact_id": id, "events": events}))
}
