//! Sequences, by Apollo's name `emailer_campaigns` (reference section 3).

use axum::routing::MethodFilter;
use serde_json::{Map, Value, json};

use super::{
    ids,
    paging::{Page, breadcrumb},
    times,
};
use crate::{
    effect::Effect,
    endpoint::endpoints,
    pipeline::Call,
    reply::Reply,
    route::{GET_OR_POST, Routes, on},
    world::{Change, Part, Pause, id::Id, model::Enrolment, render},
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
        .route(
            "/emailer_campaigns/{id}/archive",
            on(MethodFilter::POST, endpoints::SEQUENCES_ARCHIVE, archive),
        )
        .route(
            "/emailer_campaigns/{id}/add_contact_ids",
            on(
                MethodFilter::POST,
                endpoints::SEQUENCES_ADD_CONTACTS,
                add_contacts,
            ),
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

/// An archived sequence runs no more, so its open tasks go as those of a paused one do.
fn archive(call: &mut Call<'_>) -> Reply {
    let place = match place(call) {
        Ok(place) => place,
        Err(refusal) => return refusal,
    };
    if call.world.sequences[place].active {
        switched(call, place, false);
    }
    let sequence = &mut call.world.sequences[place];
    sequence.archived = true;
    let id = sequence.id;
    call.effects.push(Effect::SequenceArchived {
        request: call.number,
        at: call.now,
        emailer_campaign_id: id.to_string(),
    });
    Reply::ok(json!({
        "emailer_campaign": {"id": id, "active": false, "archived": true, "deleted": true},
    }))
}

/// The contacts that were asked for, by id or by list, and why the others were left out.
fn wanted_contacts(call: &Call<'_>, sequence: usize) -> (Vec<usize>, Map<String, Value>) {
    let params = call.params;
    let world = &call.world;
    let mut skipped = Map::new();
    let mut wanted = Vec::new();
    for id in params.list("contact_ids") {
        match world.contact_place(&id) {
            Some(place) if !world.contacts[place].deleted => wanted.push(place),
            _ => {
                skipped.insert(id, json!("contact_not_found"));
            }
        }
    }
    let names = params.list("label_names");
    let is_in_list = |place: &usize| {
        let mut labels = world.contacts[*place].labels.iter();
        !world.contacts[*place].deleted
            && labels.any(|label| names.contains(&world.labels[*label].name))
    };
    wanted.extend((0..world.contacts.len()).filter(is_in_list));
    let is_true = |key| params.boolean(key) == Some(true);
    let may_be_elsewhere = is_true("sequence_active_in_other_campaigns");
    let may_have_finished = is_true("sequence_finished_in_other_campaigns");
    wanted.retain(|place| {
        let contact = &world.contacts[*place];
        let is_here = contact.enrolments.iter().any(|it| it.sequence == sequence);
        let is_elsewhere = contact.enrolments.iter().any(|it| it.status == "active");
        let has_finished = contact.enrolments.iter().any(|it| it.status == "finished");
        let reason = if is_here {
            "contacts_already_exists_in_current_campaign"
        } else if contact.email.is_none() && !is_true("sequence_no_email") {
            "contacts_without_email"
        } else if is_elsewhere && !may_be_elsewhere {
            "contacts_active_in_other_campaigns"
        } else if has_finished && !may_have_finished {
            "contacts_finished_in_other_campaigns"
        } else {
            return true;
        };
        skipped.insert(contact.id.to_string(), json!(reason));
        false
    });
    (wanted, skipped)
}

/// Reference section 3.3. Of the reasons to leave a contact out only `contact_not_found` is
/// documented; the others are named after the parameters that lift them.
fn add_contacts(call: &mut Call<'_>) -> Reply {
    let params = call.params;
    let from = params.present("send_email_from_email_account_id");
    if params.present("emailer_campaign_id").is_none() || from.is_none() {
        return Reply::refused(
            "Please specify a emailer_campaign_id and send_email_from_email_account_id.",
        );
    }
    if params.list("contact_ids").is_empty() && params.list("label_names").is_empty() {
        return Reply::refused("Please specify either contact_ids or label_names.");
    }
    let sequence = match place(call) {
        Ok(place) => place,
        Err(refusal) => return refusal,
    };
    let user = match ids::user(call.world, params, "user_id", None) {
        Ok(user) => user.unwrap_or_else(|| call.acting_user()),
        Err(refusal) => return refusal,
    };
    let until = params
        .present("auto_unpause_at")
        .and_then(|text| times::moment(&text));
    let is_paused = until.is_some() || params.present("status").as_deref() == Some("paused");
    let pause = is_paused.then_some(Pause { until });
    let (wanted, skipped) = wanted_contacts(call, sequence);
    let change = change(call);
    for &contact in &wanted {
        let part = Part {
            user,
            contact,
            sequence,
        };
        call.world.enrol(part, pause, change, &mut call.effects);
    }
    let world = &*call.world;
    let contacts: Vec<Value> = wanted
        .iter()
        .map(|contact| render::contact(world, *contact))
        .collect();
    Reply::ok(json!({
        "contacts": contacts,
        "skipped_contact_ids": skipped,
        "emailer_campaign": render::sequence(world, &world.sequences[sequence]),
        "emailer_steps": render::steps(world, sequence),
        "emailer_touches": render::touches(world, sequence),
        "team": {"id": world.team_id, "sequences_finder_empty": false},
        "signals_hash": null,
    }))
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
