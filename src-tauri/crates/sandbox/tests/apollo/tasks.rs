use sandbox::{CompletedTask, Effect, Scenario, TaskStatus};
use serde_json::{Value, json};

use crate::support::{Apollo, NOBODY, apollo, apollo_with, request};

const ALREADY: &str = "This task is already completed / skipped.";

async fn an_open_task(apollo: &Apollo) -> String {
    apollo.queue(1).await[0]["id"].as_str().unwrap().to_owned()
}

fn foreign_task(apollo: &Apollo) -> String {
    let teammate = apollo.teammate();
    let world = apollo.sandbox.world();
    let mut tasks = world.tasks.iter().map(|view| &view.task);
    tasks
        .find(|task| task.user_id == teammate && task.status == "scheduled")
        .unwrap()
        .id
        .clone()
}

async fn with_bearer(apollo: &Apollo, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let request = request(method, path)
        .header(
            "authorization",
            format!("Bearer {}", apollo.sandbox.keys().bearer),
        )
        .header("content-type", "application/json")
        .body(axum::body::Body::from(body.to_string()))
        .unwrap();
    let answer = apollo.send(request).await;
    (answer.status, answer.json())
}

fn fields(apollo: &Apollo) -> Value {
    let contact = apollo.sandbox.world().contacts[0].id.clone();
    json!({
        "user_id": apollo.me(),
        "contact_id": contact,
        "type": "call",
        "status": "scheduled",
        "due_at": "2026-12-01T09:30:00Z",
    })
}

#[tokio::test]
async fn show_has_the_fields_that_search_leaves_out() {
    let apollo = apollo().await;
    let id = an_open_task(&apollo).await;
    let task = apollo.get(&format!("tasks/{id}")).await.json()["task"].clone();
    assert_eq!(task["id"], json!(id));
    for key in [
        "note_text",
        "call_script",
        "completed_by_user_id",
        "relevant_field_values",
    ] {
        assert!(task.get(key).is_some(), "{key}");
    }
}

#[tokio::test]
async fn a_missing_task_is_422_and_a_broken_id_names_itself() {
    let apollo = apollo().await;
    assert_eq!(
        apollo.get(&format!("tasks/{NOBODY}")).await.refusal(),
        (
            422,
            "This task or emailer message has been deleted. Please refresh your page.".to_owned()
        )
    );
    assert_eq!(
        apollo.get("tasks/nonsense").await.refusal(),
        (
            422,
            "Parameters misconfigured. nonsense is not a valid ID".to_owned()
        )
    );
}

#[tokio::test]
async fn completing_answers_with_the_task_as_it_was_and_the_contact_again() {
    let apollo = apollo().await;
    let id = an_open_task(&apollo).await;
    let answer = apollo
        .post(&format!("tasks/{id}/complete"), &json!({"note": "Done"}))
        .await;
    assert_eq!(answer.status, 200);
    let answer = answer.json();
    assert_eq!(answer["task"]["status"], "scheduled");
    assert_eq!(answer["task"]["completed_at"], Value::Null);
    assert_eq!(answer["contact"]["id"], answer["task"]["contact_id"]);
    let task = apollo.sandbox.task(&id).unwrap();
    assert_eq!(task.state, TaskStatus::Completed);
    assert_eq!(task.task.note.as_deref(), Some("Done"));
    assert_eq!(apollo.sandbox.history().completed()[0].id, id);
}

#[tokio::test]
async fn completing_can_show_the_task_as_it_is() {
    let scenario = Scenario {
        completed_task: CompletedTask::AsIs,
        ..Scenario::default()
    };
    let apollo = apollo_with(scenario).await;
    let id = an_open_task(&apollo).await;
    let answer = apollo
        .post(&format!("tasks/{id}/complete"), &json!({}))
        .await
        .json();
    assert_eq!(answer["task"]["status"], "completed");
    let admin = apollo.get("users/api_profile").await.json()["id"].clone();
    assert_eq!(
        answer["task"]["completed_by_user_id"], admin,
        "a key acts as the admin"
    );
}

#[tokio::test]
async fn completing_or_skipping_twice_is_422_and_lets_the_client_move_on() {
    let apollo = apollo().await;
    let id = an_open_task(&apollo).await;
    apollo
        .post(&format!("tasks/{id}/complete"), &json!({}))
        .await;
    for verb in ["complete", "skip"] {
        let answer = apollo.post(&format!("tasks/{id}/{verb}"), &json!({})).await;
        assert_eq!(answer.status, 422);
        assert_eq!(
            answer.json(),
            json!({"error": ALREADY, "allow_moving_to_next_task": true})
        );
    }
    assert_eq!(apollo.sandbox.history().completed().len(), 1);
}

#[tokio::test]
async fn a_deleted_task_is_200_deleted_on_complete_and_skip_and_422_elsewhere() {
    let apollo = apollo().await;
    let id = apollo.sequence_task(|_, _| true);
    let sequence = apollo
        .sandbox
        .task(&id)
        .unwrap()
        .task
        .emailer_campaign_id
        .unwrap();
    apollo
        .post(&format!("emailer_campaigns/{sequence}/abort"), &json!({}))
        .await;
    for verb in ["complete", "skip"] {
        let answer = apollo.post(&format!("tasks/{id}/{verb}"), &json!({})).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.json(), json!({"task": {"id": id, "deleted": true}}));
    }
    assert_eq!(apollo.get(&format!("tasks/{id}")).await.status, 422);
    assert_eq!(
        apollo
            .call("PATCH", &format!("tasks/{id}"), &json!({}))
            .await
            .refusal(),
        (
            422,
            "This task has been deleted. Please refresh your page.".to_owned()
        )
    );
}

#[tokio::test]
async fn skipping_answers_with_a_tiny_task() {
    let apollo = apollo().await;
    let id = an_open_task(&apollo).await;
    let answer = apollo
        .post(&format!("tasks/{id}/skip"), &json!({"note": "On leave"}))
        .await;
    assert_eq!(
        answer.json(),
        json!({"task": {"id": id, "status": "skipped", "note": "On leave", "completed": false}})
    );
    assert_eq!(apollo.sandbox.history().skipped()[0].id, id);
}

#[tokio::test]
async fn completing_a_sequence_task_makes_the_next_steps_task_in_the_future() {
    let apollo = apollo().await;
    let id = apollo.sequence_task(|position, steps| (position as usize) < steps - 1);
    let before = apollo.sandbox.task(&id).unwrap().task;
    apollo
        .post(&format!("tasks/{id}/complete"), &json!({}))
        .await;
    let effects = apollo.sandbox.history().effects;
    let Effect::TaskCreated {
        task,
        by_sequence: true,
        ..
    } = &effects[1]
    else {
        panic!("{effects:?}")
    };
    assert_eq!(task.emailer_campaign_id, before.emailer_campaign_id);
    assert_eq!(task.contact_id, before.contact_id);
    assert_eq!(task.user_id, before.user_id);
    assert!(task.campaign_position > before.campaign_position);
    assert!(task.due_at > crate::support::NOW.parse().unwrap());
    let body = json!({"contact_ids": [before.contact_id], "per_page": 10});
    let found = apollo.post("tasks/search", &body).await.json();
    let ids: Vec<_> = found["tasks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["id"])
        .collect();
    assert!(ids.contains(&&json!(task.id)));
}

#[tokio::test]
async fn after_the_last_step_the_contact_has_finished_the_sequence() {
    let apollo = apollo().await;
    let id = apollo.sequence_task(|position, steps| position as usize == steps);
    let task = apollo.sandbox.task(&id).unwrap().task;
    apollo
        .post(&format!("tasks/{id}/complete"), &json!({}))
        .await;
    let contact_id = task.contact_id.unwrap();
    let contact = apollo.get(&format!("contacts/{contact_id}")).await.json()["contact"].clone();
    let statuses = contact["contact_campaign_statuses"].as_array().unwrap();
    let status = statuses
        .iter()
        .find(|it| it["emailer_campaign_id"] == json!(task.emailer_campaign_id))
        .unwrap();
    assert_eq!(status["status"], "finished");
    assert_eq!(status["inactive_reason"], "Completed last step");
    assert_eq!(
        apollo.sandbox.history().effects.len(),
        2,
        "no further task is made"
    );
}

#[tokio::test]
async fn skipping_a_sequence_task_moves_the_contact_on_too() {
    let apollo = apollo().await;
    let id = apollo.sequence_task(|position, steps| (position as usize) < steps - 1);
    apollo.post(&format!("tasks/{id}/skip"), &json!({})).await;
    let effects = apollo.sandbox.history().effects;
    assert!(matches!(
        effects[1],
        Effect::TaskCreated {
            by_sequence: true,
            ..
        }
    ));
}

#[tokio::test]
async fn creating_needs_type_and_user_and_defaults_to_medium() {
    let apollo = apollo().await;
    assert_eq!(
        apollo
            .post("tasks", &json!({"due_at": "2026-12-01T09:30:00Z"}))
            .await
            .refusal(),
        (422, "type and user can not be blank".to_owned())
    );
    let answer = apollo.post("tasks", &fields(&apollo)).await;
    assert_eq!(answer.status, 200);
    let task = answer.json()["task"].clone();
    assert_eq!(task["priority"], "medium");
    assert_eq!(task["due_at"], "2026-12-01T09:30:00.000+00:00");
    assert_eq!(task["created_from"], "api");
    assert!(task["contact"].is_object());
}

#[tokio::test]
async fn a_due_time_without_offset_is_gmt() {
    let apollo = apollo().await;
    let mut fields = fields(&apollo);
    fields["due_at"] = json!("2026-12-01T09:30:00");
    let task = apollo.post("tasks", &fields).await.json()["task"].clone();
    assert_eq!(task["due_at"], "2026-12-01T09:30:00.000+00:00");
}

#[tokio::test]
async fn a_retried_create_makes_a_second_task() {
    let apollo = apollo().await;
    let first = apollo.post("tasks", &fields(&apollo)).await.json();
    let second = apollo.post("tasks", &fields(&apollo)).await.json();
    assert_ne!(first["task"]["id"], second["task"]["id"]);
}

#[tokio::test]
async fn a_new_task_is_found_by_search() {
    let apollo = apollo().await;
    let made = apollo.post("tasks", &fields(&apollo)).await.json();
    let body = json!({"contact_ids": [made["task"]["contact_id"]], "per_page": 20});
    let found = apollo.post("tasks/search", &body).await.json();
    let rows = found["tasks"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["id"] == made["task"]["id"]));
}

#[tokio::test]
async fn bulk_create_makes_one_task_per_contact_and_takes_attributes_too() {
    let apollo = apollo().await;
    let world = apollo.sandbox.world();
    let contacts = [&world.contacts[1].id, &world.contacts[2].id];
    let mut body = fields(&apollo);
    body["contact_ids"] = json!(contacts);
    let answer = apollo.post("tasks/bulk_create", &body).await.json();
    assert_eq!(answer["success"], true);
    let made = answer["tasks"].as_array().unwrap();
    assert_eq!(
        [&made[0]["contact_id"], &made[1]["contact_id"]],
        [contacts[0], contacts[1]]
    );
    let entry = |contact| json!({"user_id": apollo.me(), "type": "call", "contact_id": contact});
    let body = json!({"tasks_attributes": [entry(contacts[0]), entry(contacts[1])]});
    let answer = apollo.post("tasks/bulk_create", &body).await.json();
    assert_eq!(answer["tasks"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn patching_an_open_task_resets_the_priority_and_creator_that_are_not_sent() {
    let apollo = apollo().await;
    let mut body = fields(&apollo);
    body["priority"] = json!("high");
    body["creator_id"] = json!(apollo.me());
    let made = apollo.post("tasks", &body).await.json()["task"].clone();
    let path = format!("tasks/{}", made["id"].as_str().unwrap());
    let admin = apollo.get("users/api_profile").await.json()["id"].clone();
    let resent =
        json!({"due_at": "2026-12-02T10:00:00Z", "priority": "high", "creator_id": apollo.me()});
    let task = apollo.call("PATCH", &path, &resent).await.json()["task"].clone();
    assert_eq!(
        (&task["priority"], &task["creator_id"]),
        (&json!("high"), &json!(apollo.me()))
    );
    let task = apollo
        .call("PUT", &path, &json!({"note": "Later"}))
        .await
        .json()["task"]
        .clone();
    assert_eq!(
        (&task["priority"], &task["creator_id"]),
        (&json!("medium"), &admin)
    );
    assert_eq!(task["due_at"], "2026-12-02T10:00:00.000+00:00");
}

#[tokio::test]
async fn a_finished_task_keeps_its_due_time_and_creator() {
    let apollo = apollo().await;
    let id = an_open_task(&apollo).await;
    let due_at = apollo.sandbox.task(&id).unwrap().task.due_at;
    apollo
        .post(&format!("tasks/{id}/complete"), &json!({}))
        .await;
    let body = json!({"due_at": "2027-01-01T00:00:00Z", "note": "After all"});
    apollo.call("PATCH", &format!("tasks/{id}"), &body).await;
    let task = apollo.sandbox.task(&id).unwrap().task;
    assert_eq!(
        (task.due_at, task.note.as_deref()),
        (due_at, Some("After all"))
    );
}

#[tokio::test]
async fn a_rep_may_not_change_a_teammates_task_and_patch_says_so_with_401_json() {
    let apollo = apollo().await;
    let id = foreign_task(&apollo);
    let (status, body) = with_bearer(
        &apollo,
        "PATCH",
        &format!("tasks/{id}"),
        &json!({"note": "x"}),
    )
    .await;
    assert_eq!(status, 401);
    assert_eq!(
        body,
        json!({"error": "This task belongs to another user. You do not have permissions to modify other people's tasks."})
    );
    for (verb, end) in [("complete", "completing"), ("skip", "skipping")] {
        let path = format!("tasks/{id}/{verb}");
        let (status, body) = with_bearer(&apollo, "POST", &path, &json!({})).await;
        assert_eq!(status, 422);
        let error = body["error"].as_str().unwrap().to_owned();
        assert!(
            error.ends_with(&format!("{end} other people's tasks.")),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_key_acts_as_admin_and_may_complete_anyones_task_unless_locked() {
    let apollo = apollo().await;
    let id = foreign_task(&apollo);
    apollo
        .sandbox
        .change_scenario(|scenario| scenario.foreign_tasks_locked = true);
    let path = format!("tasks/{id}/complete");
    assert_eq!(apollo.post(&path, &json!({})).await.status, 422);
    apollo
        .sandbox
        .change_scenario(|scenario| scenario.foreign_tasks_locked = false);
    assert_eq!(apollo.post(&path, &json!({})).await.status, 200);
}

#[tokio::test]
async fn task_functions_can_be_off_for_the_team() {
    let scenario = Scenario {
        task_functions_off: true,
        ..Scenario::default()
    };
    let apollo = apollo_with(scenario).await;
    let id = an_open_task(&apollo).await;
    let refusal = (
        403,
        "You do not have permissions to access task functions.".to_owned(),
    );
    assert_eq!(apollo.get(&format!("tasks/{id}")).await.refusal(), refusal);
    assert_eq!(
        apollo
            .post(&format!("tasks/{id}/skip"), &json!({}))
            .await
            .refusal(),
        refusal
    );
}

#[tokio::test]
async fn many_tasks_can_be_ended_at_once_and_what_cannot_be_is_left_alone() {
    for (verb, status) in [("bulk_complete", "completed"), ("bulk_skip", "skipped")] {
        let apollo = apollo().await;
        let queue = apollo.queue(3).await;
        let ids: Vec<&Value> = queue.iter().map(|task| &task["id"]).collect();
        let done = format!("tasks/{}/complete", ids[2].as_str().unwrap());
        apollo.post(&done, &json!({})).await;
        let body = json!({"ids": [ids[0], ids[1], ids[2], crate::support::NOBODY, "x"]});
        let answer = apollo.post(&format!("tasks/{verb}"), &body).await.json();
        assert_eq!(answer, json!({"tasks": [{"id": ids[0]}, {"id": ids[1]}]}));
        for id in &ids[..2] {
            let shown = apollo.get(&format!("tasks/{}", id.as_str().unwrap())).await;
            assert_eq!(shown.json()["task"]["status"], status);
        }
    }
}

#[tokio::test]
async fn ending_many_tasks_lags_in_the_search_unless_told_to_index_at_once() {
    for (verb, key) in [
        ("bulk_complete", "sync_index_tasks"),
        ("bulk_skip", "on_task_page"),
    ] {
        let apollo = apollo_with(Scenario {
            task_index_lag: std::time::Duration::from_secs(30),
            ..Scenario::default()
        })
        .await;
        let queue = apollo.queue(2).await;
        let path = format!("tasks/{verb}");
        let first = json!({"ids": [queue[0]["id"]], key: true});
        apollo.post(&path, &first).await;
        assert_eq!(apollo.queue(1).await[0]["id"], queue[1]["id"], "{verb}");
        apollo.post(&path, &json!({"ids": [queue[1]["id"]]})).await;
        assert_eq!(apollo.queue(1).await[0]["id"], queue[1]["id"], "{verb}");
    }
}
