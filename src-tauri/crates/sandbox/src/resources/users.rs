//! `users/api_profile` and `users/search` (reference sections 1.4 and 2).

use axum::routing::MethodFilter;
use serde_json::{Value, json};

use super::paging::Page;
use crate::{
    endpoint::endpoints,
    pipeline::Call,
    reply::Reply,
    route::{GET_OR_POST, Routes, on},
    world::render,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route(
            "/users/api_profile",
            on(MethodFilter::GET, endpoints::USERS_PROFILE, profile),
        )
        .route(
            "/users/search",
            on(GET_OR_POST, endpoints::USERS_SEARCH, search),
        )
}

/// A flat object: the user the key acts as, not the person at the keyboard.
fn profile(call: &mut Call<'_>) -> Reply {
    let user = &call.world.users[call.acting_user()];
    let mut profile = json!({
        "id": user.id,
        "team_id": call.world.team_id,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "title": user.title,
        "email": user.email,
    });
    if call.params.boolean("include_credit_usage") == Some(true)
        && let Value::Object(profile) = &mut profile
    {
        for (name, value) in [
            ("num_credits_remaining", 4_800),
            ("effective_num_lead_credits", 5_000),
            ("num_lead_credits_used", 200),
            ("effective_num_direct_dial_credits", 1_000),
            ("num_direct_dial_credits_used", 40),
            ("effective_num_export_credits", 2_000),
            ("num_export_credits_used", 0),
            ("effective_num_ai_credits", 500),
            ("num_ai_credits_used", 0),
            ("effective_num_power_up_credits", 100),
            ("num_power_up_credits_used", 0),
            ("total_unified_credits_used", 240),
        ] {
            profile.insert(name.to_owned(), json!(value));
        }
    }
    Reply::ok(profile)
}

fn search(call: &mut Call<'_>) -> Reply {
    let page = match Page::read(call) {
        Ok(page) => page,
        Err(refusal) => return refusal,
    };
    let keywords = call
        .params
        .present("q_keywords")
        .map(|text| text.to_lowercase());
    let world = &call.world;
    let found: Vec<_> = world
        .users
        .iter()
        .filter(|user| {
            keywords.as_deref().is_none_or(|keywords| {
                let title = user.title.unwrap_or_default();
                format!("{} {} {title}", user.name(), user.email)
                    .to_lowercase()
                    .contains(keywords)
            })
        })
        .collect();
    let users: Vec<Value> = page
        .of(&found)
        .iter()
        .map(|user| render::user(world, user))
        .collect();
    Reply::ok(json!({
        "pagination": page.object(found.len()),
        "users": users,
        "num_fetch_result": null,
    }))
}
