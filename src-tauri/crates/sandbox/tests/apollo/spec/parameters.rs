//! Every documented parameter, sent with a valid value where the document puts it: it has to be
//! accepted, and to make a difference to the answer unless it is listed here with a reason.

use serde_json::{Map, Value, json};

use super::requests::{hundred, id, task};
use crate::support::{Answer, Apollo, NOBODY, apollo};

const MAIL: &str = "the data set sends no mail";
const NONE_EXCLUDED: &str = "no contact is kept out for what this lifts";
const NO_SUCH: &str = "the data set has none of these";
const SAME: &str = "both times of a note are the same in the data set";
const SAME_NOTES: &str = "the notes of the account are those of its contacts";
const BEFORE: &str = "the answer shows the task as it was before, as Apollo's example does";
const LATER: &str = "seen in the next search, not in the answer";
const MATCHING: &str = "how Apollo finds the company of a contact is not documented";
const WRITTEN: &str = "what is written into it is not documented";
const FEW: &str = "a contact of the data set has few events";
const BY_TASKS: &str = "seen in the task that is made, not in the answer";
const ADD: &str = "POST /emailer_campaigns/{sequence_id}/add_contact_ids";

/// Operation, parameter, why its answer is the same without it.
pub(super) const UNSEEN: &[(&str, &str, &str)] = &[
    ("GET /notes", "account_id", SAME_NOTES),
    ("GET /notes", "calendar_event_id", NO_SUCH),
    ("GET /notes", "conversation_id", NO_SUCH),
    ("GET /notes", "conversation_ids", NO_SUCH),
    ("GET /notes", "opportunity_id", NO_SUCH),
    ("GET /notes", "sort_by_field", SAME),
    (
        "PATCH /contacts/{contact_id}",
        "organization_name",
        MATCHING,
    ),
    ("PATCH /contacts/{contact_id}", "website_url", MATCHING),
    ("PATCH /tasks/{id}", "relevant_fields", WRITTEN),
    ("POST /emailer_campaigns/activity_feed", "per_page", FEW),
    (ADD, "add_if_in_queue", NONE_EXCLUDED),
    (ADD, "contact_verification_skipped", NONE_EXCLUDED),
    (ADD, "contacts_without_ownership_permission", NONE_EXCLUDED),
    (ADD, "send_email_from_email_address", MAIL),
    (ADD, "sequence_finished_in_other_campaigns", NO_SUCH),
    (ADD, "sequence_job_change", NONE_EXCLUDED),
    (ADD, "sequence_no_email", NO_SUCH),
    (ADD, "sequence_same_company_in_same_campaign", NONE_EXCLUDED),
    (ADD, "sequence_unverified_email", NONE_EXCLUDED),
    (ADD, "user_id", BY_TASKS),
    ("POST /tasks/{id}/complete", "note", BEFORE),
    ("POST /tasks/{id}/skip", "on_task_page", LATER),
];

/// One documented parameter.
struct Parameter {
    name: String,
    in_query: bool,
    schema: Value,
}

fn parameters(operation: &Value) -> Vec<Parameter> {
    let of_query = operation["parameters"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|it| it["in"] == "query")
        .map(|it| Parameter {
            name: it["name"].as_str().unwrap().to_owned(),
            in_query: true,
            schema: it["schema"].clone(),
        });
    let body = &operation["requestBody"]["content"]["application/json"]["schema"]["properties"];
    let of_body = body
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, schema)| Parameter {
            name: name.clone(),
            in_query: false,
            schema: schema.clone(),
        });
    of_query.chain(of_body).collect()
}

/// Records of the team that values name; every sandbox of the same seed has them.
pub(super) struct TeamRecords {
    task: Value,
    other_task: Value,
    sequence: String,
    contact_stage: Value,
    account_stage: Value,
    contact_label: Value,
    account_label: Value,
    outcome: String,
    purpose: Value,
    call: Value,
    /// Three tasks of contacts with notes.
    with_notes: Vec<Value>,
}

pub(super) async fn known(apollo: &Apollo) -> TeamRecords {
    let task = task(apollo).await;
    let queue = apollo.queue(100).await;
    let is_other = |it: &&Value| {
        it["contact_id"] != task["contact_id"]
            && it["account_id"] != task["account_id"]
            && it["account_id"].is_string()
    };
    let other_task = queue.iter().find(is_other).unwrap().clone();
    let labels = apollo.get("labels").await.json();
    let label = |modality: &str| {
        let mut all = labels.as_array().unwrap().iter();
        all.find(|it| it["modality"] == modality).unwrap().clone()
    };
    let calls = hundred(apollo, "phone_calls/search", "phone_calls").await;
    let purpose = calls
        .iter()
        .map(|call| &call["phone_call_purpose_id"])
        .find(|it| !it.is_null());
    let purpose = purpose.unwrap().clone();
    let outcome = apollo.sandbox.world().outcomes[1].0.clone();
    let is_another = |call: &&Value| {
        call["phone_call_outcome_id"] != json!(outcome)
            && call["phone_call_purpose_id"] != purpose
            && call["status"] != "no-answer"
            && call["user_id"] != json!(apollo.teammate())
    };
    let mut with_notes = Vec::new();
    for row in &queue {
        let path = format!("notes?contact_id={}", row["contact_id"].as_str().unwrap());
        let notes = apollo.get(&path).await.json();
        if !notes["notes"].as_array().unwrap().is_empty() {
            with_notes.push(row.clone());
        }
    }
    let world = apollo.sandbox.world();
    let stages = apollo.get("contact_stages").await.json();
    let account_stages = apollo.get("account_stages").await.json();
    TeamRecords {
        sequence: world.sequences[1].id.clone(),
        contact_stage: stages["contact_stages"][5]["id"].clone(),
        account_stage: account_stages["account_stages"][2]["id"].clone(),
        contact_label: label("contacts"),
        account_label: label("accounts"),
        call: calls.iter().find(is_another).unwrap().clone(),
        task,
        other_task,
        outcome,
        purpose,
        with_notes,
    }
}

/// A valid value for the parameter.
fn value(operation: &str, parameter: &Parameter, apollo: &Apollo, known: &TeamRecords) -> Value {
    let schema = &parameter.schema;
    let name = parameter.name.trim_end_matches("[]");
    let of_notes = operation == "GET /notes";
    let one = match name {
        "user_id" | "user_ids" | "owner_id" | "creator_id" => json!(apollo.teammate()),
        "contact_id" | "contact_ids" if of_notes => known.with_notes[2]["contact_id"].clone(),
        "contact_id" | "contact_ids" => known.other_task["contact_id"].clone(),
        "account_id" => known.other_task["account_id"].clone(),
        "contact_stage_id" | "contact_stage_ids" => known.contact_stage.clone(),
        "account_stage_id" | "account_stage_ids" => known.account_stage.clone(),
        "contact_label_ids" => known.contact_label["id"].clone(),
        "account_label_ids" => known.account_label["id"].clone(),
        "label_names" => known.contact_label["name"].clone(),
        "phone_call_outcome_id" | "phone_call_outcome_ids" => json!(known.outcome),
        "phone_call_purpose_id" | "phone_call_purpose_ids" => known.purpose.clone(),
        "emailer_campaign_id" | "sequence_id" => json!(known.sequence),
        "emailer_campaign_ids" => known.task["emailer_campaign_id"].clone(),
        "opportunity_id"
        | "calendar_event_id"
        | "conversation_id"
        | "conversation_ids"
        | "send_email_from_email_account_id" => json!(NOBODY),
        "mode" => json!("stop"),
        "type" => json!("action_item"),
        "priority" | "priority_cd" => json!("high"),
        "status" if operation.contains("phone_calls") => json!("no_answer"),
        "status" if operation.contains("add_contact_ids") => json!("paused"),
        "status" => json!("completed"),
        "inbound" => json!("incoming"),
        "open_factor_names" => json!("task_types"),
        "q_name" => json!("Webinar"),
        "sort_by_field" if operation.contains("/tasks") => json!("task_priority"),
        "sort_by_field" if operation.contains("/contacts") => json!("contact_created_at"),
        "logged" => json!(false),
        "page" => json!(2),
        "per_page" => json!(3),
        "duration" | "duration[min]" => json!(70),
        "duration[max]" => json!(20),
        "email" | "send_email_from_email_address" => json!("pat@freight.example"),
        "domain" => json!("freight.example"),
        "website_url" => json!("http://www.freight.example"),
        _ if name.ends_with("phone") || name.ends_with("number") => json!("+12025550177"),
        _ if schema["enum"].is_array() => schema["enum"][0].clone(),
        _ if schema["format"] == "date-time" => json!("2026-11-26T10:00:00Z"),
        _ if schema["format"] == "date" || name == "start_date" => json!("2026-11-22"),
        _ => match schema["type"].as_str() {
            Some("boolean") => json!(true),
            Some("integer") => json!(1),
            Some("object") => json!({NOBODY: "Large"}),
            Some("array") => return json!([]),
            _ => json!("Freight"),
        },
    };
    if schema["type"] == "array" && !parameter.in_query {
        json!([one])
    } else {
        one
    }
}

/// A request that is valid as it is, as parameters by name.
fn valid(operation: &str, apollo: &Apollo, known: &TeamRecords) -> (String, Map<String, Value>) {
    let (_, path) = operation.split_once(' ').unwrap();
    let task = &known.task;
    let ids = |key: &str| task[key].as_str().unwrap().to_owned();
    let of_path = match path.split('/').nth(1).unwrap() {
        "tasks" => ids("id"),
        "contacts" => ids("contact_id"),
        "accounts" => ids("account_id"),
        "phone_calls" => id(&known.call).to_owned(),
        _ if operation.ends_with("approve") => {
            let paused = |it: &&sandbox::SequenceView| it.state == sandbox::SequenceState::Paused;
            let world = apollo.sandbox.world();
            world.sequences.iter().find(paused).unwrap().id.clone()
        }
        _ => known.sequence.clone(),
    };
    let path: Vec<&str> = path
        .split('/')
        .skip(1)
        .map(|part| {
            if part.starts_with('{') {
                &of_path
            } else {
                part
            }
        })
        .collect();
    let new_task = json!({
        "user_id": apollo.me(), "contact_id": task["contact_id"],
        "contact_ids": [task["contact_id"]], "type": "call", "status": "scheduled",
        "due_at": "2026-11-25T10:00:00Z",
    });
    let body = match operation {
        "POST /emailer_campaigns/remove_or_stop_contact_ids" => json!({
            "emailer_campaign_ids[]": [task["emailer_campaign_id"]],
            "contact_ids[]": [task["contact_id"]], "mode": "mark_as_finished",
        }),
        "POST /emailer_campaigns/activity_feed" => json!({"contact_id": task["contact_id"]}),
        "POST /emailer_campaigns/{sequence_id}/add_contact_ids" => json!({
            "emailer_campaign_id": known.sequence, "contact_ids[]": [task["contact_id"]],
            "send_email_from_email_account_id": NOBODY,
            "sequence_active_in_other_campaigns": true,
        }),
        "POST /tasks" | "POST /tasks/bulk_create" => new_task,
        "POST /contacts/update_stages" => json!({
            "contact_ids[]": [task["contact_id"]], "contact_stage_id": known.contact_stage,
        }),
        "POST /contacts/search" => json!({"sort_by_field": "contact_updated_at"}),
        "POST /accounts/search" => json!({"sort_by_field": "account_updated_at"}),
        "POST /labels" => json!({"name": "Spring fair", "modality": "accounts"}),
        "GET /notes" => json!({
            "contact_ids[]": [
                known.with_notes[0]["contact_id"], known.with_notes[1]["contact_id"],
            ],
        }),
        _ => json!({}),
    };
    let Value::Object(body) = body else {
        unreachable!("a request is an object")
    };
    (path.join("/"), body)
}

fn pairs(name: &str, value: &Value) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::String(text) => format!("{name}={}", text.replace(' ', "%20").replace('+', "%2B")),
        other => format!("{name}={other}"),
    };
    match value {
        Value::Array(values) => values.iter().map(one).collect(),
        other => vec![one(other)],
    }
}

/// The answer of a fresh sandbox, so that only the parameters can make a difference.
async fn answer(
    operation: &str,
    known: &TeamRecords,
    parameters: &[Parameter],
    parameter: Option<&Parameter>,
    without: &str,
) -> Answer {
    let apollo = apollo().await;
    let (path, mut body) = valid(operation, &apollo, known);
    body.remove(without);
    let mut query = Vec::new();
    for (name, value) in body.clone() {
        if parameters.iter().any(|it| it.in_query && it.name == name)
            || operation.starts_with("GET")
        {
            body.remove(&name);
            query.extend(pairs(&name, &value));
        }
    }
    if let Some(parameter) = parameter {
        let value = value(operation, parameter, &apollo, known);
        if parameter.in_query {
            query.extend(pairs(&parameter.name, &value));
        } else {
            body.insert(parameter.name.clone(), value);
        }
    }
    let (method, _) = operation.split_once(' ').unwrap();
    let path = format!("{path}?{}", query.join("&"));
    if method == "GET" {
        apollo.get(&path).await
    } else {
        apollo.call(method, &path, &Value::Object(body)).await
    }
}

/// What was found of one parameter.
pub(super) struct ParameterFinding {
    pub(super) name: String,
    /// Status and text where it was refused.
    pub(super) refusal: Option<String>,
    /// Whether the answer is another one without it.
    pub(super) is_seen: bool,
}

/// Sends every documented parameter of an operation, one at a time.
pub(super) async fn findings(
    name: &str,
    operation: &Value,
    known: &TeamRecords,
) -> Vec<ParameterFinding> {
    let mut all = Vec::new();
    let parameters = parameters(operation);
    let (_, base) = valid(name, &apollo().await, known);
    let plain = answer(name, known, &parameters, None, "").await;
    for parameter in &parameters {
        let with = answer(name, known, &parameters, Some(parameter), &parameter.name).await;
        let without = if base.contains_key(&parameter.name) {
            &answer(name, known, &parameters, None, &parameter.name).await
        } else {
            &plain
        };
        all.push(ParameterFinding {
            refusal: (with.status != 200).then(|| format!("{} {}", with.status, with.text)),
            is_seen: with.text != without.text,
            name: parameter.name.clone(),
        });
    }
    all
}
