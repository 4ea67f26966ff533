//! Accounts and their stages (reference section 6).

use axum::routing::MethodFilter;
use serde_json::{Value, json};

use super::paging::{Page, breadcrumb};
use crate::{
    endpoint::endpoints,
    pipeline::Call,
    reply::Reply,
    router::{GET_OR_POST, Routes, on},
    world::{id::Id, render},
};

const SORT_FIELDS: [&str; 3] = [
    "account_last_activity_date",
    "account_created_at",
    "account_updated_at",
];

pub(super) fn routes() -> Routes {
    Routes::new()
        .route(
            "/accounts/search",
            on(GET_OR_POST, endpoints::ACCOUNTS_SEARCH, search),
        )
        .route(
            "/accounts/{id}",
            on(MethodFilter::GET, endpoints::ACCOUNTS_SHOW, show),
        )
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
    let world = &call.world;
    let mut found: Vec<usize> = (0..world.accounts.len())
        .filter(|place| {
            let account = &world.accounts[*place];
            let by_name = name
                .as_deref()
                .is_none_or(|name| account.name.to_lowercase().contains(&name.to_lowercase()));
            let stage = world.account_stages[account.stage].id.to_string();
            by_name && (stages.is_empty() || stages.contains(&stage))
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
