//! `labels`: a bare array, without paging (reference section 9.2).

use axum::routing::MethodFilter;
use serde_json::{Value, json};

use crate::{
    endpoint::endpoints,
    pipeline::Call,
    reply::Reply,
    router::{Routes, on},
    world::render::stamp,
};

pub(super) fn routes() -> Routes {
    Routes::new().route(
        "/labels",
        on(MethodFilter::GET, endpoints::LABELS_INDEX, index),
    )
}

fn index(call: &mut Call<'_>) -> Reply {
    let world = &call.world;
    let labels: Vec<Value> = world
        .labels
        .iter()
        .enumerate()
        .map(|(place, label)| {
            let count = world
                .contacts
                .iter()
                .filter(|it| it.labels.contains(&place))
                .count();
            json!({
                "_id": label.id,
                "id": label.id,
                "key": label.id,
                "name": label.name,
                "modality": label.modality,
                "cached_count": count,
                "team_id": world.team_id,
                "user_id": world.users[label.user].id,
                "created_at": stamp(label.created_at),
                "updated_at": stamp(label.created_at),
                "concurrency_locks": {},
                "need_cached_count_update": false,
                "needs_count_update_at": null,
                "rule_config_template_id": null,
            })
        })
        .collect();
    Reply::ok(Value::Array(labels))
}
