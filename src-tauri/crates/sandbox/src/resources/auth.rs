//! `auth/health` and the undocumented bootstrap data (reference sections 1.4 and 9.7).

use axum::routing::MethodFilter;
use serde_json::json;

use crate::{
    auth::not_granted,
    endpoint::endpoints,
    pipeline::Call,
    reply::Reply,
    route::{Routes, on},
    scenario::BootstrappedData,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route(
            "/auth/health",
            on(MethodFilter::GET, endpoints::AUTH_HEALTH, health),
        )
        .route(
            "/auth/additional_bootstrapped_data",
            on(
                MethodFilter::GET,
                endpoints::AUTH_BOOTSTRAPPED,
                bootstrapped_data,
            ),
        )
}

/// Always 200; `is_logged_in` is the verdict.
fn health(call: &mut Call<'_>) -> Reply {
    Reply::ok(json!({"healthy": true, "is_logged_in": call.credential.is_logged_in()}))
}

fn bootstrapped_data(call: &mut Call<'_>) -> Reply {
    let world = &call.world;
    let mut data = json!({
        "current_team_id": world.team_id,
        "current_user_id": world.users[call.acting_user()].id,
    });
    match call.scenario.bootstrapped_data {
        BootstrappedData::NotFound => return Reply::not_found(),
        BootstrappedData::Forbidden => return not_granted(endpoints::AUTH_BOOTSTRAPPED),
        BootstrappedData::WithoutOutcomes => {}
        BootstrappedData::Full => {
            data["phone_call_outcomes"] = world
                .outcomes
                .iter()
                .zip(0..)
                .map(|(outcome, order)| {
                    json!({
                        "id": outcome.id,
                        "team_id": world.team_id,
                        "name": outcome.name,
                        "answered": outcome.answered,
                        "order": order,
                        "sentiment": outcome.sentiment,
                        "trigger_contact_stage_id":
                            outcome.stage.map(|stage| world.contact_stages[stage].id),
                    })
                })
                .collect();
            data["phone_call_purposes"] = world
                .purposes
                .iter()
                .zip(0..)
                .map(|(purpose, place)| {
                    json!({
                        "id": purpose.id,
                        "team_id": world.team_id,
                        "name": purpose.name,
                        "settings_list_position": place,
                    })
                })
                .collect();
        }
    }
    Reply::ok(json!({"bootstrapped_data": data}))
}
