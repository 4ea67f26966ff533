//! `fields` and the older `typed_custom_fields` (reference section 9.3).

use axum::routing::MethodFilter;
use serde_json::{Value, json};

use crate::{
    endpoint::endpoints,
    pipeline::Call,
    reply::Reply,
    route::{Routes, on},
    world::render,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route(
            "/fields",
            on(MethodFilter::GET, endpoints::FIELDS_INDEX, fields),
        )
        .route(
            "/typed_custom_fields",
            on(
                MethodFilter::GET,
                endpoints::CUSTOM_FIELDS_INDEX,
                typed_custom_fields,
            ),
        )
}

fn fields(call: &mut Call<'_>) -> Reply {
    let team_made_at = call.world.users[call.world.admin()].created_at;
    let wants_custom = call
        .params
        .present("source")
        .is_none_or(|source| source == "custom");
    let fields: Vec<Value> = call
        .world
        .custom_fields
        .iter()
        .filter(|_| wants_custom)
        .map(|field| {
            json!({
                "id": format!("{}.{}", field.modality, field.id),
                "field_name": field.name.to_lowercase().replace(' ', "_"),
                "label": field.name,
                "modality": field.modality,
                "type": field.kind,
                "source": "custom",
                "category": "custom",
                "group": "custom",
                "editable": true,
                "parent": null,
                "example": "",
                "description": null,
                "context": ["enrichment"],
                "icon_class": null,
                "finder_view_ids": [],
                "finder_views": [],
                "project_workspace_id": null,
                "is_local": false,
                "meta": {},
                "created_at": render::stamp(team_made_at),
                "updated_at": render::stamp(team_made_at),
            })
        })
        .collect();
    Reply::ok(json!({"fields": fields}))
}

fn typed_custom_fields(call: &mut Call<'_>) -> Reply {
    let fields: Vec<Value> = call
        .world
        .custom_fields
        .iter()
        .map(|field| {
            json!({
                "id": field.id,
                "modality": field.modality,
                "name": field.name,
                "type": field.kind,
                "picklist_options": [],
                "picklist_values": field.options.iter().map(|(id, name)| json!({
                    "_id": id, "id": id, "key": id, "name": name, "mapped_crm_values": {},
                })).collect::<Vec<_>>(),
                "mapped_crm_field": null,
                "mirrored": false,
                "system_name": null,
                "additional_mapped_crm_field": null,
                "is_readonly_mapped_crm_field": null,
                "picklist_options_last_synced_at": null,
                "picklist_value_set_id": null,
                "text_field_max_length": null,
                "finder_view_ids": [],
                "is_local": false,
            })
        })
        .collect();
    Reply::ok(json!({"typed_custom_fields": fields}))
}
