//! `labels`: the team's lists as a bare array, without paging, and making one (reference section
//! 9.2).

use axum::routing::MethodFilter;
use serde_json::{Value, json};

use crate::{
    effect::Effect,
    endpoint::endpoints,
    pipeline::Call,
    reply::Reply,
    route::{Routes, on},
    world::{model::Label, render::stamp},
};

pub(super) fn routes() -> Routes {
    let index = on(MethodFilter::GET, endpoints::LABELS_INDEX, index);
    let create = on(MethodFilter::POST, endpoints::LABELS_CREATE, create);
    Routes::new().route("/labels", index.merge(create))
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

/// The name has to be new among the lists of its kind.
fn create(call: &mut Call<'_>) -> Reply {
    let Some(name) = call.params.present("name") else {
        return Reply::refused("Please enter a non-empty name!");
    };
    let modality = match call.params.present("modality").as_deref() {
        None => return Reply::refused("Please enter a non-empty modality!"),
        Some("contacts") => "contacts",
        Some("accounts") => "accounts",
        Some(_) => return Reply::refused("Please enter a valid modality!"),
    };
    let is_taken = |label: &Label| label.modality == modality && label.name == name;
    if call.world.labels.iter().any(is_taken) {
        return Reply::json(
            422,
            json!({"error": format!("{name} already exists"), "skip_alert_dialog": true}),
        );
    }
    let user = call.acting_user();
    let id = call.world.new_id(call.now);
    let of_accounts = (modality == "accounts")
        .then(|| call.params.boolean("book_of_business").unwrap_or_default());
    let reply = json!({"label": {
        "id": id,
        "modality": modality,
        "cached_count": 0,
        "name": name,
        "created_at": stamp(call.now),
        "updated_at": stamp(call.now),
        "user_id": call.world.users[user].id,
        "book_of_business": of_accounts,
    }});
    call.world.labels.push(Label {
        id,
        name,
        modality,
        user,
        created_at: call.now,
    });
    call.effects.push(Effect::LabelCreated {
        request: call.number,
        at: call.now,
        label_id: id.to_string(),
    });
    Reply::ok(reply)
}
