use sandbox::{Effect, Scenario, SequenceState};
use serde_json::{Value, json};

use crate::support::{apollo, apollo_with};

#[tokio::test]
async fn search_lists_all_states_with_step_counts_but_no_steps() {
    let apollo = apollo().await;
    let found = apollo
        .post("emailer_campaigns/search", &json!({"per_page": 100}))
        .await
        .json();
    let rows = found["emailer_campaigns"].as_array().unwrap();
    assert_eq!(rows.len(), apollo.sandbox.world().sequences.len());
    assert!(rows.iter().any(|row| row["active"] == true));
    assert!(
        rows.iter()
            .any(|row| row["active"] == false && row["archived"] == false)
    );
    assert!(rows.iter().any(|row| row["archived"] == true));
    assert!(
        rows.iter()
            .all(|row| row["num_steps"].as_u64().unwrap() > 0)
    );
    assert!(rows.iter().all(|row| row.get("emailer_steps").is_none()));
}

#[tokio::test]
async fn counters_are_numbers_or_the_word_loading() {
    let apollo = apollo().await;
    let found = apollo
        .post("emailer_campaigns/search", &json!({"per_page": 100}))
        .await
        .json();
    let rows = found["emailer_campaigns"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["unique_delivered"] == "loading"));
    assert!(rows.iter().any(|row| row["unique_delivered"].is_u64()));
}

#[tokio::test]
async fn q_name_finds_a_part_of_the_name_and_is_echoed() {
    let apollo = apollo().await;
    let found = apollo
        .post("emailer_campaigns/search?q_name=webinar", &json!({}))
        .await
        .json();
    let rows = found["emailer_campaigns"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert!(
        rows.iter()
            .all(|row| row["name"].as_str().unwrap().starts_with("Webinar"))
    );
    assert_eq!(found["breadcrumbs"][0]["signal_field_name"], "q_name");
    assert_eq!(found["breadcrumbs"][0]["value"], "webinar");
}

#[tokio::test]
async fn show_has_the_steps_with_their_call_scripts() {
    let apollo = apollo().await;
    let id = apollo.sandbox.world().sequences[0].id.clone();
    let shown = apollo.get(&format!("emailer_campaigns/{id}")).await.json();
    assert_eq!(shown["emailer_campaign"]["id"], json!(id));
    let steps = shown["emailer_steps"].as_array().unwrap();
    let positions: Vec<u64> = steps
        .iter()
        .map(|it| it["position"].as_u64().unwrap())
        .collect();
    assert_eq!(positions, [1, 2, 3, 4, 5, 6]);
    let call = steps.iter().find(|step| step["type"] == "call").unwrap();
    assert!(call["note"].as_str().unwrap().len() > 80);
    assert_eq!(steps[0]["type"], "auto_email");
    assert_eq!(steps[0]["note"], Value::Null);
}

#[tokio::test]
async fn pausing_deletes_the_open_tasks_and_pausing_twice_is_422() {
    let apollo = apollo().await;
    let world = apollo.sandbox.world();
    let sequence = &world.sequences[0];
    assert_eq!(sequence.state, SequenceState::Active);
    let path = format!("emailer_campaigns/{}/abort", sequence.id);
    let answer = apollo.post(&path, &json!({})).await;
    assert_eq!(answer.json()["emailer_campaign"]["active"], false);
    let body = json!({"emailer_campaign_ids": [sequence.id], "per_page": 1});
    let left = apollo.post("tasks/search", &body).await.json();
    assert_eq!(left["pipeline_total"], 0);
    let effects = apollo.sandbox.history().effects;
    assert!(
        effects
            .iter()
            .filter(|it| matches!(it, Effect::TaskDeleted { .. }))
            .count()
            >= 100
    );
    assert_eq!(
        apollo.post(&path, &json!({})).await.refusal(),
        (422, "The sequence is already inactive.".to_owned())
    );
}

#[tokio::test]
async fn approving_switches_on_and_approving_twice_is_422() {
    let apollo = apollo().await;
    let world = apollo.sandbox.world();
    let paused = world
        .sequences
        .iter()
        .find(|it| it.state == SequenceState::Paused)
        .unwrap();
    let path = format!("emailer_campaigns/{}/approve", paused.id);
    assert_eq!(
        apollo.post(&path, &json!({})).await.json()["emailer_campaign"]["active"],
        true
    );
    assert_eq!(
        apollo.post(&path, &json!({})).await.refusal(),
        (422, "The sequence is already active.".to_owned())
    );
}

#[tokio::test]
async fn marking_a_contact_finished_deletes_its_open_tasks_of_that_sequence() {
    let apollo = apollo().await;
    let id = apollo.sequence_task(|_, _| true);
    let task = apollo.sandbox.task(&id).unwrap().task;
    let body = json!({
        "emailer_campaign_ids": [task.emailer_campaign_id],
        "contact_ids": [task.contact_id],
        "mode": "mark_as_finished",
    });
    let answer = apollo
        .post("emailer_campaigns/remove_or_stop_contact_ids", &body)
        .await;
    assert_eq!(answer.status, 200);
    let contact = &answer.json()["contacts"][0];
    assert_eq!(
        contact["contact_campaign_statuses"][0]["status"],
        "finished"
    );
    assert_eq!(apollo.sandbox.task(&id).unwrap().task.status, "deleted");
    assert!(
        apollo
            .sandbox
            .history()
            .effects
            .iter()
            .any(|effect| matches!(
                effect,
                Effect::ContactSequenceStatus { status, .. } if status == "finished"
            ))
    );
}

#[tokio::test]
async fn removing_takes_the_contact_out_of_the_sequence() {
    let apollo = apollo().await;
    let id = apollo.sequence_task(|_, _| true);
    let task = apollo.sandbox.task(&id).unwrap().task;
    let path = format!(
        "emailer_campaigns/remove_or_stop_contact_ids?emailer_campaign_ids[]={}&contact_ids[]={}&mode=remove",
        task.emailer_campaign_id.as_ref().unwrap(),
        task.contact_id.as_ref().unwrap()
    );
    let answer = apollo.post(&path, &json!({})).await.json();
    let ids = answer["contacts"][0]["emailer_campaign_ids"]
        .as_array()
        .unwrap();
    assert!(!ids.contains(&json!(task.emailer_campaign_id)));
}

#[tokio::test]
async fn stopping_contacts_can_be_a_background_job() {
    let scenario = Scenario {
        stop_contacts_async: true,
        ..Scenario::default()
    };
    let apollo = apollo_with(scenario).await;
    let id = apollo.sequence_task(|_, _| true);
    let task = apollo.sandbox.task(&id).unwrap().task;
    let body = json!({
        "emailer_campaign_ids": [task.emailer_campaign_id],
        "contact_ids": [task.contact_id],
        "mode": "stop",
    });
    let answer = apollo
        .post("emailer_campaigns/remove_or_stop_contact_ids", &body)
        .await
        .json();
    assert_eq!(
        answer["entity_progress_job"]["job_type"],
        "sequence_remove_stop_contacts"
    );
}

#[tokio::test]
async fn the_activity_feed_is_newest_first_and_a_true_404_for_nobody() {
    let apollo = apollo().await;
    let id = apollo.sequence_task(|position, steps| position as usize == steps);
    let contact = apollo.sandbox.task(&id).unwrap().task.contact_id;
    apollo
        .post(&format!("tasks/{id}/complete"), &json!({}))
        .await;
    let body = json!({"contact_id": contact});
    let feed = apollo
        .post("emailer_campaigns/activity_feed", &body)
        .await
        .json();
    assert_eq!(feed["events"][0]["type"], "completed");
    assert_eq!(feed["events"][1]["type"], "enrolled");
    assert_eq!(feed["events"][1].get("reason"), None);
    let body = json!({"contact_id": crate::support::NOBODY});
    let answer = apollo.post("emailer_campaigns/activity_feed", &body).await;
    assert_eq!(answer.refusal(), (404, "Contact not found".to_owned()));
}

#[tokio::test]
async fn archiving_stops_the_sequence_for_good_and_deletes_its_open_tasks() {
    let apollo = apollo().await;
    let sequence = apollo.sandbox.world().sequences[0].id.clone();
    let path = format!("emailer_campaigns/{sequence}");
    let archived = apollo.post(&format!("{path}/archive"), &json!({})).await;
    assert_eq!(
        archived.json(),
        json!({"emailer_campaign": {
            "id": sequence, "active": false, "archived": true, "deleted": true,
        }})
    );
    let shown = apollo.get(&path).await.json();
    assert_eq!(shown["emailer_campaign"]["archived"], true);
    let open = apollo
        .post(
            "tasks/search",
            &json!({"emailer_campaign_ids": [sequence], "per_page": 1}),
        )
        .await
        .json();
    assert_eq!(open["pagination"]["total_entries"], 0);
}

#[tokio::test]
async fn adding_contacts_enrols_those_that_may_be_and_says_why_the_others_are_not() {
    let apollo = apollo().await;
    let sequence = apollo.sandbox.world().sequences[1].id.clone();
    let path = format!("emailer_campaigns/{sequence}/add_contact_ids");
    let of_other = apollo
        .queue(100)
        .await
        .into_iter()
        .find(|task| task["emailer_campaign_id"] != json!(sequence))
        .unwrap();
    let contact = of_other["contact_id"].as_str().unwrap();
    let body = |may: bool| {
        json!({
            "emailer_campaign_id": sequence, "contact_ids": [contact, crate::support::NOBODY],
            "send_email_from_email_account_id": [crate::support::NOBODY],
            "sequence_active_in_other_campaigns": may,
            "sequence_finished_in_other_campaigns": may, "sequence_no_email": may,
            "user_id": apollo.me(),
        })
    };
    let refused = apollo.post(&path, &body(false)).await.json();
    assert_eq!(refused["contacts"], json!([]));
    assert_eq!(
        refused["skipped_contact_ids"][crate::support::NOBODY],
        "contact_not_found"
    );
    assert!(refused["skipped_contact_ids"][contact].is_string());
    let before = apollo.sandbox.history().effects.len();
    let added = apollo.post(&path, &body(true)).await.json();
    assert_eq!(added["contacts"][0]["id"], json!(contact));
    let effects = apollo.sandbox.history().effects;
    let task = effects[before..].iter().find_map(|effect| match effect {
        Effect::TaskCreated {
            task,
            by_sequence: true,
            ..
        } => Some(task),
        _ => None,
    });
    let task = task.unwrap();
    assert_eq!(task.user_id, apollo.me());
    assert_eq!(task.emailer_campaign_id.as_ref(), Some(&sequence));
    let again = apollo.post(&path, &body(true)).await.json();
    assert_eq!(
        again["skipped_contact_ids"][contact],
        "contacts_already_exists_in_current_campaign"
    );
}

#[tokio::test]
async fn a_contact_that_is_added_paused_or_to_a_paused_sequence_gets_no_task() {
    let apollo = apollo().await;
    let sequences = apollo.sandbox.world().sequences;
    let paused = sequences
        .iter()
        .find(|it| it.state == SequenceState::Paused)
        .unwrap();
    let task = apollo.queue(1).await.remove(0);
    for (sequence, status) in [(&paused.id, "active"), (&sequences[1].id, "paused")] {
        let body = json!({
            "emailer_campaign_id": sequence, "contact_ids": [task["contact_id"]],
            "send_email_from_email_account_id": crate::support::NOBODY, "status": status,
            "sequence_active_in_other_campaigns": true, "sequence_no_email": true,
        });
        let before = apollo.sandbox.history().effects.len();
        let path = format!("emailer_campaigns/{sequence}/add_contact_ids");
        let added = apollo.post(&path, &body).await.json();
        assert_eq!(added["skipped_contact_ids"], json!({}), "{sequence}");
        let effects = apollo.sandbox.history().effects;
        assert!(matches!(
            &effects[before..],
            [Effect::ContactSequenceStatus { status, .. }] if status == "paused"
        ));
    }
}
