//! Contacts and their stages (reference section 5).

use axum::routing::MethodFilter;
use serde_json::{Value, json};

use super::paging::{Page, breadcrumb};
use crate::{
    effect::Effect,
    endpoint::endpoints,
    pipeline::Call,
    reply::Reply,
    route::{GET_OR_POST, PATCH_OR_PUT, Routes, on},
    world::{
        World,
        id::Id,
        model::{Contact, Phone},
        places::CITIES,
        render,
    },
};

const SORT_FIELDS: [&str; 5] = [
    "contact_last_activity_date",
    "contact_email_last_opened_at",
    "contact_email_last_clicked_at",
    "contact_created_at",
    "contact_updated_at",
];

/// Flat parameters that set a number, and the type it gets (reference section 5.2).
const PHONE_FIELDS: [(&str, &str); 5] = [
    ("direct_phone", "work_direct"),
    ("corporate_phone", "work_hq"),
    ("mobile_phone", "mobile"),
    ("home_phone", "home"),
    ("other_phone", "other"),
];

pub(super) fn routes() -> Routes {
    let by_id = on(MethodFilter::GET, endpoints::CONTACTS_SHOW, show).merge(on(
        PATCH_OR_PUT,
        endpoints::CONTACTS_UPDATE,
        update,
    ));
    Routes::new()
        .route(
            "/contacts/search",
            on(GET_OR_POST, endpoints::CONTACTS_SEARCH, search),
        )
        .route(
            "/contacts/update_stages",
            on(
                MethodFilter::POST,
                endpoints::CONTACTS_UPDATE_STAGES,
                update_stages,
            ),
        )
        .route("/contacts/{id}", by_id)
        .route(
            "/contact_stages",
            on(MethodFilter::GET, endpoints::CONTACT_STAGES_INDEX, stages),
        )
}

fn place(call: &Call<'_>, gone: impl FnOnce() -> Reply) -> Result<usize, Reply> {
    if Id::parse(call.id).is_none() {
        return Err(Reply::not_an_id(call.id));
    }
    match call.world.contact_place(call.id) {
        None => Err(Reply::refused(
            "Oops! This contact does not exist in Apollo.",
        )),
        Some(place) if call.world.contacts[place].deleted => Err(gone()),
        Some(place) => Ok(place),
    }
}

/// The refusal of a change to contacts of which some are deleted.
fn cannot_update(deleted: &[String]) -> Reply {
    Reply::json(
        422,
        json!({
            "error": "Cannot update contact as it is deleted.",
            "deleted_contact_ids": deleted,
        }),
    )
}

fn shown(world: &World, place: usize) -> Reply {
    Reply::ok(json!({
        "contact": render::contact(world, place),
        "labels": render::labels(world, &world.contacts[place].labels),
    }))
}

fn show(call: &mut Call<'_>) -> Reply {
    match place(call, || Reply::refused("This contact has been deleted.")) {
        Ok(place) => shown(call.world, place),
        Err(refusal) => refusal,
    }
}

fn update(call: &mut Call<'_>) -> Reply {
    let place = match place(call, || cannot_update(&[call.id.to_owned()])) {
        Ok(place) => place,
        Err(refusal) => return refusal,
    };
    let params = call.params;
    let account = match params.present("account_id") {
        None => None,
        Some(id) => match call.world.account_place(&id) {
            Some(account) => Some(account),
            None => return Reply::not_an_id(&id),
        },
    };
    let stage = match params.present("contact_stage_id") {
        None => None,
        Some(id) => match stage_place(call.world, &id) {
            Some(stage) => Some(stage),
            None => return Reply::not_an_id(&id),
        },
    };
    // `label_names` replaces all lists; names the team does not have are left out here.
    let labels = params.contains("label_names").then(|| {
        let names = params.list("label_names");
        (0..call.world.labels.len())
            .filter(|label| {
                names
                    .iter()
                    .any(|name| *name == call.world.labels[*label].name)
            })
            .collect()
    });
    let contact = &mut call.world.contacts[place];
    if let Some(first_name) = params.text("first_name") {
        contact.first_name = first_name;
    }
    for (key, field) in [
        ("last_name", &mut contact.last_name),
        ("title", &mut contact.title),
        ("email", &mut contact.email),
        ("present_raw_address", &mut contact.address),
    ] {
        if let Some(text) = params.text(key) {
            *field = Some(text);
        }
    }
    for (key, kind) in PHONE_FIELDS {
        if let Some(raw) = params.present(key) {
            set_phone(contact, raw, kind);
        }
    }
    if let Some(Value::Object(fields)) = params.get("typed_custom_fields") {
        contact.custom_fields.extend(fields.clone());
    }
    if let Some(labels) = labels {
        contact.labels = labels;
    }
    contact.updated_at = call.now;
    let contact_id = contact.id.to_string();
    if let Some(account) = account {
        call.world.move_contact(place, account);
    }
    if let Some(stage) = stage {
        set_stage(call, place, stage);
    }
    let fields = call
        .params
        .keys()
        .filter(|key| *key != "api_key")
        .map(str::to_owned)
        .collect();
    let (request, at) = (call.number, call.now);
    call.effects.push(Effect::ContactUpdated {
        request,
        at,
        contact_id,
        fields,
    });
    shown(call.world, place)
}

fn set_phone(contact: &mut Contact, raw: String, kind: &'static str) {
    let number = Phone::entered(raw, Some(kind), CITIES[contact.city].country);
    match contact
        .phones
        .iter_mut()
        .find(|phone| phone.kind == Some(kind))
    {
        Some(phone) => *phone = number,
        None => contact.phones.push(number),
    }
}

fn stage_place(world: &World, id: &str) -> Option<usize> {
    let id = Id::parse(id)?;
    world.contact_stages.iter().position(|stage| stage.id == id)
}

/// Moves a contact to a stage; also used where a disposition moves one.
pub(super) fn set_stage(call: &mut Call<'_>, contact: usize, stage: usize) {
    call.world.contacts[contact].stage = stage;
    let effect = Effect::ContactStage {
        request: call.number,
        at: call.now,
        contact_id: call.world.contacts[contact].id.to_string(),
        contact_stage_id: call.world.contact_stages[stage].id.to_string(),
    };
    call.effects.push(effect);
}

fn update_stages(call: &mut Call<'_>) -> Reply {
    let ids = call.params.list("contact_ids");
    if ids.is_empty() {
        return Reply::refused("Required parameter 'contact_ids' missing");
    }
    let stage = call.params.present("contact_stage_id");
    let Some(stage) = stage.as_deref().and_then(|id| stage_place(call.world, id)) else {
        return Reply::not_an_id(stage.as_deref().unwrap_or("contact_stage_id"));
    };
    let places: Vec<usize> = ids
        .iter()
        .filter_map(|id| call.world.contact_place(id))
        .collect();
    // A guess: only the answer to changing one contact is known.
    let deleted: Vec<String> = places
        .iter()
        .map(|place| &call.world.contacts[*place])
        .filter(|contact| contact.deleted)
        .map(|contact| contact.id.to_string())
        .collect();
    if !deleted.is_empty() {
        return cannot_update(&deleted);
    }
    for place in &places {
        set_stage(call, *place, stage);
    }
    let contacts: Vec<Value> = places
        .iter()
        .map(|place| render::contact(call.world, *place))
        .collect();
    Reply::ok(json!({"contacts": contacts}))
}

fn search(call: &mut Call<'_>) -> Reply {
    let page = match Page::read(call) {
        Ok(page) => page,
        Err(refusal) => return refusal,
    };
    let params = call.params;
    let keywords = params.present("q_keywords");
    let needle = keywords.as_ref().map(|text| text.to_lowercase());
    let stages = params.list("contact_stage_ids");
    let labels = params.list("contact_label_ids");
    let sequences = params.list("emailer_campaign_ids");
    let linkedin_url = params.present("linkedin_url");
    let world = &call.world;
    let any = |wanted: &[String], mut ids: &mut dyn Iterator<Item = Id>| {
        wanted.is_empty() || (&mut ids).any(|id| wanted.contains(&id.to_string()))
    };
    let mut found: Vec<usize> = (0..world.contacts.len())
        .filter(|place| {
            let contact = &world.contacts[*place];
            let account = contact
                .account
                .map(|account| world.accounts[account].name.as_str());
            let url = contact
                .linkedin_slug
                .as_ref()
                .map(|slug| format!("http://www.linkedin.com/in/{slug}"));
            !contact.deleted
                && needle.as_deref().is_none_or(|needle| {
                let texts = [contact.title.as_deref(), account, contact.email.as_deref()];
                let mut texts = texts.into_iter().flatten();
                contact.name().to_lowercase().contains(needle)
                    || texts.any(|text| text.to_lowercase().contains(needle))
            }) && any(&stages, &mut std::iter::once(world.contact_stages[contact.stage].id))
                && any(&labels, &mut contact.labels.iter().map(|it| world.labels[*it].id))
                && any(
                    &sequences,
                    &mut contact.enrolments.iter().map(|it| world.sequences[it.sequence].id),
                )
                // Matched exactly, scheme and all (reference section 10, quirk 26).
                && (linkedin_url.is_none() || linkedin_url == url)
        })
        .collect();
    if let Some(field) = params
        .present("sort_by_field")
        .filter(|it| SORT_FIELDS.contains(&it.as_str()))
    {
        found.sort_by_key(|place| {
            let contact = &world.contacts[*place];
            match field.as_str() {
                "contact_created_at" => Some(contact.created_at),
                "contact_updated_at" => Some(contact.updated_at),
                _ => contact.last_activity,
            }
        });
        if params.boolean("sort_ascending") != Some(true) {
            found.reverse();
        }
    }
    let crumbs = |label: &'static str, field: &'static str, ids: &[String]| {
        ids.iter()
            .map(|id| breadcrumb(label, field, id, id))
            .collect::<Vec<_>>()
    };
    let breadcrumbs: Vec<Value> = keywords
        .iter()
        .map(|text| breadcrumb("Keywords", "q_keywords", text, text))
        .chain(crumbs("Contact Stage", "contact_stage_ids", &stages))
        .chain(crumbs("Lists", "contact_label_ids", &labels))
        .chain(crumbs("Sequence", "emailer_campaign_ids", &sequences))
        .collect();
    let contacts: Vec<Value> = page
        .of(&found)
        .iter()
        .map(|place| row(world, *place))
        .collect();
    Reply::ok(json!({
        "contacts": contacts,
        "breadcrumbs": breadcrumbs,
        "partial_results_only": false,
        "has_join": false,
        "disable_eu_prospecting": false,
        "partial_results_limit": 10_000,
        "pagination": page.object(found.len()),
        "num_fetch_result": null,
    }))
}

/// A contact of a search has its account inside.
fn row(world: &World, place: usize) -> Value {
    let mut contact = render::contact(world, place);
    if let (Some(account), Value::Object(object)) = (world.contacts[place].account, &mut contact) {
        object.insert(
            "account".to_owned(),
            render::account_in_short(world, account),
        );
        object.insert(
            "organization".to_owned(),
            render::organization(world, account),
        );
        object.insert("contact_job_change_event".to_owned(), Value::Null);
    }
    contact
}

fn stages(call: &mut Call<'_>) -> Reply {
    let team_id = call.world.team_id;
    let stages: Vec<Value> = call
        .world
        .contact_stages
        .iter()
        .zip(0..)
        .map(|(stage, order)| {
            json!({
                "id": stage.id,
                "team_id": team_id,
                "name": stage.name,
                "display_name": stage.name,
                "display_order": order,
                "category": stage.category,
                "ignore_trigger_override": null,
                "is_meeting_set": null,
            })
        })
        .collect();
    Reply::ok(json!({"contact_stages": stages}))
}
