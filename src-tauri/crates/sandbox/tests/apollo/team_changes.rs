//! What an admin does while a client works, by the sandbox's handle.

use std::time::Duration;

use sandbox::{CallIdentifier, Effect, TaskStatus};
use serde_json::{Value, json};

use crate::support::{Apollo, NOBODY, apollo};

fn not_valid(id: &str) -> (u16, String) {
    let sentence = format!("Parameters misconfigured. {id} is not a valid ID");
    (422, sentence)
}

async fn task_for(apollo: &Apollo, user: &str, contact: &str) -> crate::support::Answer {
    let body = json!({
        "user_id": user, "contact_id": contact, "type": "call", "status": "scheduled",
        "due_at": "2026-12-01T09:30:00Z",
    });
    apollo.post("tasks", &body).await
}

#[tokio::test]
async fn a_revoked_master_key_is_answered_as_a_bad_key_until_it_is_restored() {
    let apollo = apollo().await;
    apollo.sandbox.revoke_master_key();
    let answer = apollo.get("users/api_profile").await;
    assert_eq!(answer.status, 401);
    assert_eq!(
        answer.text,
        "Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate."
    );
    assert_eq!(
        answer.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(answer.header("x-minute-usage"), None);
    assert_eq!(
        apollo.get("auth/health").await.json()["is_logged_in"],
        false
    );
    apollo.sandbox.restore_master_key();
    assert_eq!(apollo.get("users/api_profile").await.status, 200);
}

#[tokio::test]
async fn a_downgraded_plan_refuses_calls_and_tasks_and_still_says_who_one_is() {
    let apollo = apollo().await;
    apollo.sandbox.downgrade_plan();
    let refused = apollo.post("phone_calls", &json!({})).await;
    assert_eq!(
        (refused.status, refused.json()),
        (
            403,
            json!({
                "error": "api/v1/phone_calls/create is not accessible with this api_key on a free \
                          plan. Please upgrade your plan from https://app.apollo.io/.",
                "error_code": "API_INACCESSIBLE",
            })
        )
    );
    let refused = apollo.post("tasks/search", &json!({})).await;
    assert_eq!(
        (refused.status, refused.json()),
        (
            403,
            json!({"message": "This endpoint is only available to Apollo users on paid plans."})
        )
    );
    assert_eq!(apollo.get("users/api_profile").await.status, 200);
    assert!(apollo.sandbox.history().effects.is_empty());
    apollo.sandbox.restore_plan();
    assert_eq!(apollo.post("phone_calls", &json!({})).await.status, 200);
}

#[tokio::test]
async fn task_functions_can_be_switched_off_and_on() {
    let apollo = apollo().await;
    let id = apollo.queue(1).await[0]["id"].as_str().unwrap().to_owned();
    apollo.sandbox.set_task_functions(false);
    assert_eq!(
        apollo
            .post(&format!("tasks/{id}/complete"), &json!({}))
            .await
            .refusal(),
        (
            403,
            "You do not have permissions to access task functions.".to_owned()
        )
    );
    apollo.sandbox.set_task_functions(true);
    assert_eq!(
        apollo
            .post(&format!("tasks/{id}/complete"), &json!({}))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn writes_that_name_a_deactivated_user_are_refused_until_they_are_back() {
    let apollo = apollo().await;
    let (me, teammate) = (apollo.me(), apollo.teammate());
    let contact = apollo.sandbox.world().contacts[0].id.clone();
    assert!(apollo.sandbox.deactivate_user(&teammate));
    assert!(!apollo.sandbox.deactivate_user(NOBODY));
    let users = apollo.sandbox.users();
    assert!(users.iter().any(|it| it.id == teammate && it.deactivated));
    let call = json!({"user_id": teammate, "note": "x"});
    assert_eq!(
        apollo.post("phone_calls", &call).await.refusal(),
        not_valid(&teammate)
    );
    assert_eq!(
        task_for(&apollo, &teammate, &contact).await.refusal(),
        not_valid(&teammate)
    );
    let made = task_for(&apollo, &me, &contact).await.json();
    let path = format!("tasks/{}", made["task"]["id"].as_str().unwrap());
    let hand_over = json!({"user_id": teammate, "creator_id": me, "priority": "high"});
    assert_eq!(
        apollo.call("PATCH", &path, &hand_over).await.refusal(),
        not_valid(&teammate)
    );
    assert!(apollo.sandbox.reactivate_user(&teammate));
    assert_eq!(task_for(&apollo, &teammate, &contact).await.status, 200);
}

#[tokio::test]
async fn a_task_keeps_a_creator_who_has_left() {
    let apollo = apollo().await;
    let (me, teammate) = (apollo.me(), apollo.teammate());
    let body = json!({
        "user_id": me, "creator_id": teammate, "type": "call", "status": "scheduled",
        "contact_id": apollo.sandbox.world().contacts[0].id, "due_at": "2026-12-01T09:30:00Z",
    });
    let made = apollo.post("tasks", &body).await.json();
    apollo.sandbox.deactivate_user(&teammate);
    let path = format!("tasks/{}", made["task"]["id"].as_str().unwrap());
    let change = json!({"creator_id": teammate, "priority": "low"});
    let changed = apollo.call("PATCH", &path, &change).await.json();
    assert_eq!(changed["task"]["creator_id"], json!(teammate));
    assert_eq!(changed["task"]["priority"], "low");
}

#[tokio::test]
async fn a_deleted_contact_takes_no_call_task_or_stage_and_its_tasks_stay() {
    let apollo = apollo().await;
    let row = apollo.queue(1).await.remove(0);
    let contact = row["contact_id"].as_str().unwrap();
    let before = apollo.sandbox.world().contact(contact).unwrap().clone();
    assert!(apollo.sandbox.delete_contact(contact));
    assert!(!apollo.sandbox.delete_contact(NOBODY));
    let deleted = (422, "This contact has been deleted.".to_owned());
    let call = json!({"contact_id": contact, "user_id": apollo.me()});
    assert_eq!(apollo.post("phone_calls", &call).await.refusal(), deleted);
    assert_eq!(
        task_for(&apollo, &apollo.me(), contact).await.refusal(),
        deleted
    );
    let path = format!("contacts/{contact}");
    assert_eq!(apollo.get(&path).await.refusal(), deleted);
    let cannot = json!({
        "error": "Cannot update contact as it is deleted.", "deleted_contact_ids": [contact],
    });
    let change = apollo.call("PATCH", &path, &json!({"title": "x"})).await;
    assert_eq!((change.status, change.json()), (422, cannot.clone()));
    let move_stage = json!({"contact_ids": [contact], "contact_stage_id": before.contact_stage_id});
    let moved = apollo.post("contacts/update_stages", &move_stage).await;
    assert_eq!((moved.status, moved.json()), (422, cannot));
    let found = apollo
        .post("contacts/search", &json!({"per_page": 100}))
        .await
        .json();
    assert!(
        found["contacts"]
            .as_array()
            .unwrap()
            .iter()
            .all(|it| it["id"] != contact)
    );
    assert_eq!(apollo.queue(1).await[0]["id"], row["id"]);
    let complete = format!("tasks/{}/complete", row["id"].as_str().unwrap());
    assert_eq!(apollo.post(&complete, &json!({})).await.status, 200);
}

#[tokio::test]
async fn a_call_that_was_logged_before_its_contact_was_deleted_can_still_be_changed() {
    let apollo = apollo().await;
    let contact = apollo.sandbox.world().contacts[0].id.clone();
    let body = json!({"contact_id": contact, "user_id": apollo.me(), "note": "x"});
    let logged = apollo.post("phone_calls", &body).await.json();
    apollo.sandbox.delete_contact(&contact);
    let path = format!(
        "phone_calls/{}",
        logged["phone_call"]["id"].as_str().unwrap()
    );
    let body = json!({"contact_id": contact, "note": "y"});
    let changed = apollo.call("PUT", &path, &body).await;
    assert_eq!(changed.status, 200);
    assert_eq!(changed.json()["phone_call"]["note"], "y");
}

#[tokio::test]
async fn pausing_a_sequence_deletes_its_open_tasks_and_is_in_the_history_as_nobodys_request() {
    let apollo = apollo().await;
    let id = apollo.sequence_task(|_, _| true);
    let task = apollo.sandbox.task(&id).unwrap();
    let sequence = task.task.emailer_campaign_id.unwrap();
    assert!(apollo.sandbox.pause_sequence(&sequence));
    assert!(!apollo.sandbox.pause_sequence(NOBODY));
    assert_eq!(apollo.sandbox.task(&id).unwrap().state, TaskStatus::Deleted);
    let answer = apollo
        .post(&format!("tasks/{id}/complete"), &json!({}))
        .await;
    assert_eq!(answer.json()["task"]["deleted"], true);
    let effects = apollo.sandbox.history().effects;
    assert!(effects.iter().any(|effect| matches!(
        effect,
        Effect::TaskDeleted { request: 0, task_id, .. } if *task_id == id
    )));
    assert!(apollo.sandbox.resume_sequence(&sequence));
    assert!(matches!(
        apollo.sandbox.history().effects.last(),
        Some(Effect::SequenceActive { active: true, .. })
    ));
    assert_eq!(
        apollo.sandbox.task(&id).unwrap().state,
        TaskStatus::Deleted,
        "what was deleted does not come back"
    );
}

#[tokio::test]
async fn a_removed_disposition_is_refused_and_calls_that_have_it_keep_it() {
    let apollo = apollo().await;
    let (outcome, _) = apollo.sandbox.world().outcomes[0].clone();
    let body = json!({"user_id": apollo.me(), "phone_call_outcome_id": outcome});
    let logged = apollo.post("phone_calls", &body).await.json();
    assert!(apollo.sandbox.remove_outcome(&outcome));
    assert!(!apollo.sandbox.remove_outcome(&outcome));
    assert_eq!(
        apollo.post("phone_calls", &body).await.refusal(),
        not_valid(&outcome)
    );
    let call = &logged["phone_call"];
    let path = format!("phone_calls/{}", call["id"].as_str().unwrap());
    let same = json!({"phone_call_outcome_id": outcome, "note": "y"});
    let changed = apollo.call("PUT", &path, &same).await.json();
    assert_eq!(
        changed["phone_call"]["phone_call_outcome_id"],
        call["phone_call_outcome_id"]
    );
}

#[tokio::test]
async fn a_disposition_or_purpose_the_team_does_not_have_is_refused() {
    let apollo = apollo().await;
    for key in ["phone_call_outcome_id", "phone_call_purpose_id"] {
        let body = json!({"user_id": apollo.me(), key: NOBODY});
        assert_eq!(
            apollo.post("phone_calls", &body).await.refusal(),
            not_valid(NOBODY),
            "{key}"
        );
    }
    assert!(apollo.sandbox.history().calls().is_empty());
}

#[tokio::test]
async fn the_identifier_starts_to_upsert_when_it_is_told_to() {
    let apollo = apollo().await;
    let body = json!({"user_id": apollo.me(), "call_identifier": "one"});
    let first = apollo.post("phone_calls", &body).await.json();
    apollo.sandbox.set_call_identifier(CallIdentifier::Upsert);
    let second = apollo.post("phone_calls", &body).await.json();
    assert_eq!(first["phone_call"]["id"], second["phone_call"]["id"]);
    assert_eq!(apollo.sandbox.history().calls().len(), 1);
}

/// Whether `tasks/search` finds the task, by its contact and without.
async fn found(apollo: &Apollo, task: &Value) -> (bool, bool) {
    let is_there = async |mut body: Value| {
        body["sort_by_field"] = json!("task_created_at");
        body["per_page"] = json!(20);
        let rows = apollo.post("tasks/search", &body).await.json();
        let rows = rows["tasks"].as_array().unwrap();
        rows.iter().any(|row| row["id"] == task["id"])
    };
    (
        is_there(json!({"contact_ids": [task["contact_id"]]})).await,
        is_there(json!({"user_ids": [task["user_id"]]})).await,
    )
}

#[tokio::test]
async fn a_new_task_is_found_by_its_contact_and_without_only_after_the_index_lag() {
    let apollo = apollo().await;
    let contact = apollo.sandbox.world().contacts[0].id.clone();
    let at_once = task_for(&apollo, &apollo.me(), &contact).await.json();
    assert_eq!(found(&apollo, &at_once["task"]).await, (true, true));
    apollo
        .sandbox
        .set_index_lags(Duration::from_secs(20), Duration::from_secs(40));
    let made = task_for(&apollo, &apollo.me(), &contact).await.json();
    assert_eq!(found(&apollo, &made["task"]).await, (false, false));
    apollo.clock.advance(Duration::from_secs(19));
    assert_eq!(found(&apollo, &made["task"]).await, (false, false));
    apollo.clock.advance(Duration::from_secs(1));
    assert_eq!(found(&apollo, &made["task"]).await, (true, true));
}

#[tokio::test]
async fn a_call_is_found_after_its_own_lag() {
    let apollo = apollo().await;
    apollo
        .sandbox
        .set_index_lags(Duration::from_secs(20), Duration::from_secs(40));
    let total = async || {
        let body = json!({"user_ids": [apollo.me()], "per_page": 1});
        apollo.post("phone_calls/search", &body).await.json()["pipeline_total"]
            .as_u64()
            .unwrap()
    };
    let before = total().await;
    apollo
        .post("phone_calls", &json!({"user_id": apollo.me()}))
        .await;
    apollo.clock.advance(Duration::from_secs(39));
    assert_eq!(total().await, before);
    apollo.clock.advance(Duration::from_secs(1));
    assert_eq!(total().await, before + 1);
}
