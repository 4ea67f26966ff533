//! Accounts and their stages (reference section 6).

use axum::routing::MethodFilter;
use serde_json::{Value, json};

use super::{
    ids,
    paging::{Page, breadcrumb},
};
use crate::{
    effect::Effect,
    endpoint::endpoints,
    pipeline::Call,
    reply::Reply,
    route::{GET_OR_POST, PATCH_OR_PUT, Routes, on},
    world::{id::Id, model::Phone, places::CITIES, render},
};

const SORT_FIELDS: [&str; 3] = [
    "account_last_activity_date",
    "account_created_at",
    "account_updated_at",
];

pub(super) fn routes() -> Routes {
    let by_id = on(MethodFilter::GET, endpoints::ACCOUNTS_SHOW, show).merge(on(
        PATCH_OR_PUT,
        endpoints::ACCOUNTS_UPDATE,
        update,
    ));
    Routes::new()
        .route(
            "/accounts/search",
            on(GET_OR_POST, endpoints::ACCOUNTS_SEARCH, search),
        )
        .route("/accounts/{id}", by_id)
        .route(
            "/account_stages",
            on(MethodFilter::GET, endpoints::ACCOUNT_STAGES_INDEX, stages),
        )
}

fn show(call: &mut Call<'_>) -> Reply {
    if Id::parse(call.id).is_none() {
        return Reply::refused("Parameters misconfigured. id is not a valid ID");
    }
    match call.world.account_place(call.id) {
        Some(place) => Reply::ok(json!({
            "account": render::account(call.world, place),
            "salesforce_users": [],
            "hubspot_owners": [],
        })),
        // Apollo's own answer is not known; contacts answer in this way.
        None => Reply::refused("Oops! This account does not exist in Apollo."),
    }
}

/// Changes only what was sent; its parameters may come in the query too (reference section 6.3).
fn update(call: &mut Call<'_>) -> Reply {
    if Id::parse(call.id).is_none() {
        return Reply::not_an_id("account_id");
    }
    // As above, a guess.
    let Some(place) = call.world.account_place(call.id) else {
        return Reply::refused("Oops! This account does not exist in Apollo.");
    };
    match change(call, place) {
        Ok(()) => Reply::ok(json!({
            "account": render::account(call.world, place),
            "labels": render::labels(call.world, &call.world.accounts[place].labels),
        })),
        Err(refusal) => refusal,
    }
}

fn change(call: &mut Call<'_>, place: usize) -> Result<(), Reply> {
    let params = call.params;
    let owner = call.world.accounts[place].owner;
    let owner = ids::user(call.world, params, "owner_id", Some(owner))?;
    let stage = match ids::optional(params, "account_stage_id")? {
        None => None,
        Some(id) => {
            let stages = &call.world.account_stages;
            let stage = stages.iter().position(|it| it.id.to_string() == id);
            Some(stage.ok_or_else(|| Reply::not_an_id(&id))?)
        }
    };
    let account = &mut call.world.accounts[place];
    if let Some(name) = params.present("name") {
        account.name = name;
    }
    if let Some(domain) = params.present("domain") {
        account.domain = domain;
    }
    if let Some(raw_address) = params.text("raw_address") {
        account.raw_address = Some(raw_address);
    }
    if let Some(raw) = params.present("phone") {
        account.phone = Some(Phone::entered(raw, None, CITIES[account.city].country));
    }
    if let Some(Value::Object(fields)) = params.get("typed_custom_fields") {
        account.custom_fields.extend(fields.clone());
    }
    account.owner = owner.unwrap_or(account.owner);
    account.stage = stage.unwrap_or(account.stage);
    let effect = Effect::AccountUpdated {
        request: call.number,
        at: call.now,
        account_id: account.id.to_string(),
        fields: params
            .keys()
            .filter(|key| *key != "api_key")
            .map(str::to_owned)
            .collect(),
    };
    call.effects.push(effect);
    Ok(())
}

fn search(call: &mut Call<'_>) -> Reply {
    let page = match Page::read(call) {
        Ok(page) => page,
        Err(refusal) => return refusal,
    };
    let params = call.params;
    let sort = params.present("sort_by_field");
    if sort
        .as_deref()
        .is_some_and(|field| !SORT_FIELDS.contains(&field))
    {
        return Reply::json(
            422,
            json!({"error": "Invalid sort criteria", "skip_alert_dialog": true}),
        );
    }
    let name = params.present("q_organization_name");
    let stages = params.list("account_stage_ids");
    if stages.iter().any(|id| Id::parse(id).is_none()) {
        return Reply::refused(
            "Your search parameters are entered incorrectly. Did you try to edit the URL directly?",
        );
    }
    let labels = params.list("account_label_ids");
    let world = &call.world;
    let mut found: Vec<usize> = (0..world.accounts.len())
        .filter(|place| {
            let account = &world.accounts[*place];
            let by_name = name
                .as_deref()
                .is_none_or(|name| account.name.to_lowercase().contains(&name.to_lowercase()));
            let stage = world.account_stages[account.stage].id.to_string();
            let is_in_list = |label: &usize| labels.contains(&world.labels[*label].id.to_string());
            by_name
                && (stages.is_empty() || stages.contains(&stage))
                && (labels.is_empty() || account.labels.iter().any(is_in_list))
        })
        .collect();
    if let Some(field) = &sort {
        found.sort_by_key(|place| match field.as_str() {
            "account_last_activity_date" => world.accounts[*place].last_activity,
            _ => Some(world.accounts[*place].created_at),
        });
        if params.boolean("sort_ascending") != Some(true) {
            found.reverse();
        }
    }
    let breadcrumbs: Vec<Value> = name
        .iter()
        .map(|name| breadcrumb("Company Name", "q_organization_name", name, name))
        .chain(
            stages
                .iter()
                .map(|id| breadcrumb("Account Stage", "account_stage_ids", id, id)),
        )
        .chain(
            labels
                .iter()
                .map(|id| breadcrumb("Lists", "account_label_ids", id, id)),
        )
        .collect();
    let accounts: Vec<Value> = page
        .of(&found)
        .iter()
        .map(|place| render::account_row(world, *place))
        .collect();
    Reply::ok(json!({
        "accounts": accounts,
        "breadcrumbs": breadcrumbs,
        "partial_results_only": false,
        "has_join": false,
        "disable_eu_prospecting": false,
        "partial_results_limit": 10_000,
        "pagination": page.object(found.len()),
        "num_fetch_result": null,
    }))
}

fn stages(call: &mut Call<'_>) -> Reply {
    let team_id = call.world.team_id;
    let stages: Vec<Value> = call
        .world
        .account_stages
        .iter()
        .zip(0..)
        .map(|(stage, order)| {
            json!({
                "id": stage.id,
                "team_id": team_id,
                "name": stage.name,
                "display_name": stage.name,
                "display_order": order,
                "default_exclude_for_leadgen": null,
                "category": stage.category,
                "is_meeting_set": null,
            })
        })
        .collect();
    Reply::ok(json!({"account_stages": stages}))
}
