//! Every documented refusal, provoked for real.

use axum::body::Body;
use sandbox::{Scenario, WindowLimits};
use serde_json::{Value, json};

use super::requests::{id, task};
use crate::support::{Answer, Apollo, NOBODY, apollo, apollo_with, request};

/// A path with every id filled in by one that nobody has.
fn path(operation: &str) -> (String, String) {
    let (method, path) = operation.split_once(' ').unwrap();
    let path: Vec<&str> = path
        .split('/')
        .skip(1)
        .map(|part| if part.starts_with('{') { NOBODY } else { part })
        .collect();
    (method.to_owned(), path.join("/"))
}

async fn with_key(apollo: &Apollo, operation: &str, key: &str) -> Answer {
    let (method, path) = path(operation);
    let request = request(&method, &path).header("x-api-key", key);
    apollo.send(request.body(Body::empty()).unwrap()).await
}

async fn of_scenario(operation: &str, scenario: Scenario) -> Answer {
    let apollo = apollo_with(scenario).await;
    let (method, path) = path(operation);
    apollo.call(&method, &path, &json!({})).await
}

/// The answer that comes nearest to `body`, documented under the name `example`; none where
/// nothing here can cause it.
pub(super) async fn answer(operation: &str, example: &str, body: &Value) -> Option<Answer> {
    let text = body.as_str().unwrap_or_default();
    let message = body["message"].as_str().unwrap_or_default();
    let error = body["error"].as_str().unwrap_or_default();
    if text.starts_with("Invalid API key") {
        return Some(with_key(&apollo().await, operation, "wrong").await);
    }
    if body["error_code"] == "API_INACCESSIBLE" {
        let apollo = apollo_with(Scenario {
            scopes: Vec::new(),
            ..Scenario::default()
        })
        .await;
        let key = apollo.sandbox.keys().scoped.clone();
        return Some(with_key(&apollo, operation, &key).await);
    }
    if message.starts_with("This endpoint is only available") {
        let apollo = apollo().await;
        let key = apollo.sandbox.keys().free.clone();
        return Some(with_key(&apollo, operation, &key).await);
    }
    if message.starts_with("The maximum number") {
        let of = |window: &str| if message.contains(window) { 0 } else { 100 };
        let limits = WindowLimits {
            minute: of("per minute"),
            hour: of("per hour"),
            day: of("per day"),
        };
        return Some(
            of_scenario(
                operation,
                Scenario {
                    limits: Some(limits),
                    ..Scenario::default()
                },
            )
            .await,
        );
    }
    if error.contains("access task functions") {
        return Some(
            of_scenario(
                operation,
                Scenario {
                    task_functions_off: true,
                    ..Scenario::default()
                },
            )
            .await,
        );
    }
    let apollo = apollo().await;
    let task = task(&apollo).await;
    let sequence = task["emailer_campaign_id"].as_str().unwrap().to_owned();
    let contact = task["contact_id"].as_str().unwrap().to_owned();
    let (method, nobody) = path(operation);
    let own = nobody.replace(NOBODY, id(&task));
    if error.contains("belongs to another user") {
        apollo
            .sandbox
            .change_scenario(|scenario| scenario.foreign_tasks_locked = true);
        return Some(apollo.call(&method, &own, &json!({})).await);
    }
    if error.contains("already completed") {
        apollo.call(&method, &own, &json!({})).await;
        return Some(apollo.call(&method, &own, &json!({})).await);
    }
    let of_sequence = nobody.replace(NOBODY, &sequence);
    let of_contact = nobody.replace(NOBODY, &contact);
    Some(match error {
        "The sequence is already active." => apollo.call(&method, &of_sequence, &json!({})).await,
        "The sequence is already inactive." => {
            apollo.sandbox.pause_sequence(&sequence);
            apollo.call(&method, &of_sequence, &json!({})).await
        }
        "Per page not supported" => {
            apollo
                .call(&method, &nobody, &json!({"per_page": 101}))
                .await
        }
        "This contact has been deleted." | "Cannot update contact as it is deleted." => {
            apollo.sandbox.delete_contact(&contact);
            apollo
                .call(&method, &of_contact, &json!({"title": "x"}))
                .await
        }
        "Invalid sort criteria" => {
            apollo
                .call(&method, &nobody, &json!({"sort_by_field": "x"}))
                .await
        }
        "Your search parameters are entered incorrectly. Did you try to edit the URL directly?" => {
            apollo
                .call(&method, &nobody, &json!({"account_stage_ids": ["x"]}))
                .await
        }
        "Parameters misconfigured. id is not a valid ID"
        | "Parameters misconfigured. account_id is not a valid ID" => {
            apollo
                .call(&method, &nobody.replace(NOBODY, "x"), &json!({}))
                .await
        }
        _ if error.ends_with("is not a valid ID") && operation.starts_with("PATCH /accounts") => {
            let account = task["account_id"].as_str().unwrap();
            let key = if example.contains("owner") {
                "owner_id"
            } else {
                "account_stage_id"
            };
            apollo
                .call(
                    &method,
                    &nobody.replace(NOBODY, account),
                    &json!({key: "5234234"}),
                )
                .await
        }
        "Please enter a non-empty modality!" => {
            apollo.call(&method, &nobody, &json!({"name": "x"})).await
        }
        "Please enter a valid modality!" => {
            let list = json!({"name": "x", "modality": "x"});
            apollo.call(&method, &nobody, &list).await
        }
        "Please specify either contact_ids or label_names." => {
            let body = json!({
                "emailer_campaign_id": sequence, "send_email_from_email_account_id": NOBODY,
            });
            apollo.call(&method, &of_sequence, &body).await
        }
        _ if error.ends_with(" already exists") => {
            let name = error.trim_end_matches(" already exists");
            let list = json!({"name": name, "modality": "contacts"});
            apollo.call(&method, &nobody, &list).await;
            apollo.call(&method, &nobody, &list).await
        }
        _ if error.ends_with("is not a valid ID") => {
            apollo
                .call(
                    &method,
                    &of_contact,
                    &json!({"contact_stage_id": "5234234"}),
                )
                .await
        }
        _ if error.starts_with("sort_direction") => {
            apollo
                .get(&format!("{nobody}?contact_id={NOBODY}&sort_direction=x"))
                .await
        }
        _ if error.starts_with("sort_by_field") => {
            apollo
                .get(&format!("{nobody}?contact_id={NOBODY}&sort_by_field=x"))
                .await
        }
        _ => apollo.call(&method, &nobody, &json!({})).await,
    })
}

/// Numbers and ids as `#`.
fn sentence(text: &str) -> String {
    text.split(' ')
        .map(|word| {
            let bare = word.trim_end_matches('.');
            let is_data = !bare.is_empty()
                && bare.chars().all(|it| it.is_ascii_hexdigit())
                && bare.contains(|it: char| it.is_ascii_digit());
            if is_data { "#" } else { word }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn plain(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(sentence(text)),
        Value::Array(rows) => rows.iter().map(plain).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, it)| (key.clone(), plain(it)))
            .collect(),
        other => other.clone(),
    }
}

/// In what an answer differs from the documented one.
pub(super) fn difference(status: u16, body: &Value, answer: Option<&Answer>) -> Option<String> {
    let Some(answer) = answer else {
        return Some("cannot be caused".to_owned());
    };
    let has = serde_json::from_str(&answer.text).unwrap_or_else(|_| json!(answer.text));
    (answer.status != status || plain(&has) != plain(body)).then(|| {
        format!(
            "{} {}",
            answer.status,
            answer.text.chars().take(160).collect::<String>()
        )
    })
}
