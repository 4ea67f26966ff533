//! The operations compared, and requests whose answers together show every field.

use sandbox::Scenario;
use serde_json::{Value, json};

use crate::support::{Answer, Apollo, apollo, apollo_with};

pub(super) const OPERATIONS: &[&str] = &[
    "GET /users/search",
    "GET /users/api_profile",
    "POST /emailer_campaigns/search",
    "POST /emailer_campaigns/remove_or_stop_contact_ids",
    "POST /emailer_campaigns/activity_feed",
    "POST /emailer_campaigns/{sequence_id}/approve",
    "POST /emailer_campaigns/{sequence_id}/abort",
    "POST /emailer_campaigns/{sequence_id}/archive",
    "POST /emailer_campaigns/{sequence_id}/add_contact_ids",
    "POST /tasks",
    "POST /tasks/bulk_create",
    "GET /tasks/{id}",
    "PATCH /tasks/{id}",
    "POST /tasks/{id}/complete",
    "POST /tasks/{id}/skip",
    "POST /tasks/search",
    "GET /contacts/{contact_id}",
    "PATCH /contacts/{contact_id}",
    "POST /contacts/search",
    "POST /contacts/update_stages",
    "GET /contact_stages",
    "GET /accounts/{id}",
    "PATCH /accounts/{account_id}",
    "POST /accounts/search",
    "GET /account_stages",
    "POST /phone_calls",
    "PUT /phone_calls/{id}",
    "GET /phone_calls/search",
    "POST /usage_stats/api_usage_stats",
    "POST /usage_stats/credit_usage_stats",
    "GET /labels",
    "POST /labels",
    "GET /notes",
    "GET /fields",
    "GET /typed_custom_fields",
];

/// The rows of the first hundred under `key`.
pub(super) async fn hundred(apollo: &Apollo, path: &str, key: &str) -> Vec<Value> {
    let answer = apollo.post(path, &json!({"per_page": 100})).await;
    answer.json()[key].as_array().unwrap().clone()
}

pub(super) fn id(row: &Value) -> &str {
    row["id"].as_str().unwrap()
}

/// A call task with a contact and an account, as the search shows it.
pub(super) async fn task(apollo: &Apollo) -> Value {
    let queue = apollo.queue(100).await;
    let full = |task: &&Value| {
        task["account"].is_object()
            && task["contact"]["phone_numbers"][0].is_object()
            && !task["contact"]["email"].is_null()
    };
    queue.iter().find(full).unwrap().clone()
}

pub(super) async fn log(apollo: &Apollo, task: &Value) -> Answer {
    let body = json!({
        "logged": true, "user_id": apollo.me(), "contact_id": task["contact_id"],
        "account_id": task["account_id"], "outreach_task_id": task["id"],
        "to_number": "+12025550143", "from_number": "+12025550199", "duration": 45,
        "status": "completed", "note": "Spoke briefly",
    });
    apollo.post("phone_calls", &body).await
}

pub(super) async fn answers(operation: &str) -> Vec<Answer> {
    let apollo = apollo().await;
    let task = task(&apollo).await;
    let task_path = format!("tasks/{}", id(&task));
    let contact = task["contact_id"].as_str().unwrap().to_owned();
    let account = task["account_id"].as_str().unwrap().to_owned();
    let due = json!({
        "user_id": apollo.me(), "contact_id": contact, "contact_ids": [contact], "type": "call",
        "status": "scheduled", "due_at": "2026-11-25T10:00:00Z", "title": "Ring", "note": "Ask",
    });
    let none = Value::Null;
    match operation {
        "GET /users/search" => vec![apollo.get("users/search?page=1&per_page=100").await],
        "GET /users/api_profile" => vec![
            apollo
                .get("users/api_profile?include_credit_usage=true")
                .await,
        ],
        "POST /emailer_campaigns/search" => {
            vec![
                apollo
                    .post(
                        "emailer_campaigns/search",
                        &json!({"q_name": "a", "per_page": 100}),
                    )
                    .await,
            ]
        }
        "POST /emailer_campaigns/remove_or_stop_contact_ids" => {
            let body = json!({
                "emailer_campaign_ids": [task["emailer_campaign_id"]], "contact_ids": [contact],
                "mode": "mark_as_finished",
            });
            let path = "emailer_campaigns/remove_or_stop_contact_ids";
            let scenario = Scenario {
                stop_contacts_async: true,
                ..Scenario::default()
            };
            let later = apollo_with(scenario).await;
            vec![
                apollo.post(path, &body).await,
                later.post(path, &body).await,
            ]
        }
        "POST /emailer_campaigns/activity_feed" => {
            let mut all = Vec::new();
            let stop = json!({
                "emailer_campaign_ids": [task["emailer_campaign_id"]], "contact_ids": [contact],
                "mode": "mark_as_finished",
            });
            let path = "emailer_campaigns/remove_or_stop_contact_ids";
            apollo.post(path, &stop).await;
            for row in apollo.queue(20).await.iter().chain([&task]) {
                let body = json!({"contact_id": row["contact_id"]});
                all.push(apollo.post("emailer_campaigns/activity_feed", &body).await);
            }
            all
        }
        "POST /emailer_campaigns/{sequence_id}/approve"
        | "POST /emailer_campaigns/{sequence_id}/abort" => {
            let path = format!(
                "emailer_campaigns/{}",
                task["emailer_campaign_id"].as_str().unwrap()
            );
            let abort = apollo.post(&format!("{path}/abort"), &none).await;
            if operation.ends_with("abort") {
                return vec![abort];
            }
            vec![apollo.post(&format!("{path}/approve"), &none).await]
        }
        "POST /emailer_campaigns/{sequence_id}/archive" => {
            let path = format!(
                "emailer_campaigns/{}/archive",
                task["emailer_campaign_id"].as_str().unwrap()
            );
            vec![apollo.post(&path, &none).await]
        }
        "POST /emailer_campaigns/{sequence_id}/add_contact_ids" => {
            let rows = hundred(&apollo, "contacts/search", "contacts").await;
            let mut ids: Vec<&str> = rows.iter().map(id).collect();
            ids.push(crate::support::NOBODY);
            let sequence = apollo.sandbox.world().sequences[2].id.clone();
            let body = json!({
                "emailer_campaign_id": sequence, "contact_ids": ids,
                "send_email_from_email_account_id": crate::support::NOBODY,
                "sequence_active_in_other_campaigns": true,
                "sequence_finished_in_other_campaigns": true, "sequence_no_email": true,
            });
            let path = format!("emailer_campaigns/{sequence}/add_contact_ids");
            vec![apollo.post(&path, &body).await]
        }
        "POST /tasks" => vec![apollo.post("tasks", &due).await],
        "POST /tasks/bulk_create" => vec![apollo.post("tasks/bulk_create", &due).await],
        "GET /tasks/{id}" => {
            log(&apollo, &task).await;
            vec![apollo.get(&task_path).await]
        }
        "PATCH /tasks/{id}" => {
            log(&apollo, &task).await;
            vec![
                apollo
                    .call("PATCH", &task_path, &json!({"title": "Ring again"}))
                    .await,
            ]
        }
        "POST /tasks/{id}/complete" | "POST /tasks/{id}/skip" => {
            log(&apollo, &task).await;
            let verb = operation.rsplit('/').next().unwrap();
            let done = apollo
                .post(&format!("{task_path}/{verb}"), &json!({"note": "Done"}))
                .await;
            let gone = format!("tasks/{}/{verb}", crate::support::NOBODY);
            vec![done, apollo.post(&gone, &none).await]
        }
        "POST /tasks/search" => {
            let mut all = Vec::new();
            for page in 1..=12 {
                let body =
                    json!({"page": page, "per_page": 100, "open_factor_names": ["task_types"]});
                all.push(apollo.post("tasks/search", &body).await);
            }
            all
        }
        "GET /contacts/{contact_id}" | "PATCH /contacts/{contact_id}" => {
            let mut all = Vec::new();
            for row in hundred(&apollo, "contacts/search", "contacts").await {
                let path = format!("contacts/{}", id(&row));
                all.push(if operation.starts_with("GET") {
                    apollo.get(&path).await
                } else {
                    apollo
                        .call("PATCH", &path, &json!({"title": "Head of Fleet"}))
                        .await
                });
            }
            all
        }
        "POST /contacts/search" => {
            vec![
                apollo
                    .post(
                        "contacts/search",
                        &json!({"q_keywords": "a", "per_page": 100}),
                    )
                    .await,
            ]
        }
        "POST /contacts/update_stages" => {
            let rows = hundred(&apollo, "contacts/search", "contacts").await;
            let ids: Vec<&str> = rows.iter().map(id).collect();
            let body = json!({"contact_ids": ids, "contact_stage_id": rows[0]["contact_stage_id"]});
            vec![apollo.post("contacts/update_stages", &body).await]
        }
        "GET /contact_stages" => vec![apollo.get("contact_stages").await],
        "GET /accounts/{id}" => {
            let mut all = vec![apollo.get(&format!("accounts/{account}")).await];
            for row in hundred(&apollo, "accounts/search", "accounts").await {
                all.push(apollo.get(&format!("accounts/{}", id(&row))).await);
            }
            all
        }
        "PATCH /accounts/{account_id}" => {
            let mut all = Vec::new();
            for row in hundred(&apollo, "accounts/search", "accounts").await {
                let path = format!("accounts/{}", id(&row));
                let body = json!({"raw_address": "1 Sample Street"});
                all.push(apollo.call("PATCH", &path, &body).await);
            }
            all
        }
        "POST /accounts/search" => {
            let body = json!({"q_organization_name": "a", "per_page": 100});
            vec![apollo.post("accounts/search", &body).await]
        }
        "GET /account_stages" => vec![apollo.get("account_stages").await],
        "POST /phone_calls" => {
            let mut all = Vec::new();
            for task in apollo.queue(100).await {
                all.push(log(&apollo, &task).await);
            }
            all
        }
        "PUT /phone_calls/{id}" => {
            let mut all = Vec::new();
            for task in apollo.queue(100).await {
                let made = log(&apollo, &task).await.json();
                let path = format!("phone_calls/{}", id(&made["phone_call"]));
                all.push(apollo.call("PUT", &path, &json!({"note": "Later"})).await);
            }
            all
        }
        "GET /phone_calls/search" => {
            let query = "date_range[min]=2026-01-01&date_range[max]=2026-12-31&per_page=100";
            vec![apollo.get(&format!("phone_calls/search?{query}")).await]
        }
        "POST /usage_stats/api_usage_stats" => {
            vec![apollo.post("usage_stats/api_usage_stats", &none).await]
        }
        "POST /usage_stats/credit_usage_stats" => {
            vec![apollo.post("usage_stats/credit_usage_stats", &none).await]
        }
        "GET /labels" => vec![apollo.get("labels").await],
        "POST /labels" => {
            let body = json!({"name": "Spring fair", "modality": "contacts"});
            vec![apollo.post("labels", &body).await]
        }
        "GET /notes" => {
            let mut all = Vec::new();
            for task in apollo.queue(100).await {
                let path = format!("notes?contact_id={}", task["contact_id"].as_str().unwrap());
                all.push(apollo.get(&path).await);
            }
            all
        }
        "GET /fields" => vec![apollo.get("fields").await],
        "GET /typed_custom_fields" => vec![apollo.get("typed_custom_fields").await],
        other => panic!("no request for {other}"),
    }
}
