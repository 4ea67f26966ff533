use std::time::Duration;

use sandbox::{CallIdentifier, Effect, Facets, Scenario, Support};
use serde_json::{Value, json};

use crate::support::{Answer, Apollo, NOBODY, apollo, apollo_with};

async fn log(apollo: &Apollo, more: Value) -> Answer {
    let world = apollo.sandbox.world();
    let contact = world
        .contacts
        .iter()
        .find(|it| it.account_id.is_some())
        .unwrap();
    let mut body = json!({
        "logged": true,
        "user_id": apollo.me(),
        "contact_id": contact.id,
        "account_id": contact.account_id,
        "to_number": "+12125550143",
        "from_number": "+12125550100",
        "status": "completed",
        "start_time": "2026-11-24T11:50:00Z",
        "end_time": "2026-11-24T11:52:30Z",
        "duration": 150,
        "phone_call_outcome_id": world.outcomes[0].0,
        "note": "Call back after the 5th",
    });
    body.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    apollo.post("phone_calls", &body).await
}

async fn search(apollo: &Apollo, body: Value) -> Value {
    let answer = apollo.post("phone_calls/search", &body).await;
    assert_eq!(answer.status, 200);
    answer.json()
}

#[tokio::test]
async fn a_call_is_created_with_every_field_and_status_200() {
    let apollo = apollo().await;
    let answer = log(&apollo, json!({})).await;
    assert_eq!(answer.status, 200);
    let answer = answer.json();
    let call = &answer["phone_call"];
    assert_eq!(call["user_id"], json!(apollo.me()));
    assert_eq!(call["start_time"], "2026-11-24T11:50:00.000+00:00");
    assert_eq!(call["end_time"], "2026-11-24T11:52:30.000+00:00");
    assert_eq!(
        (&call["duration"], &call["status"]),
        (&json!(150), &json!("completed"))
    );
    assert_eq!(call["note_text"], call["note"]);
    assert_eq!(answer["contact"]["id"], call["contact_id"]);
    assert!(answer["team"]["id"].is_string());
    let history = apollo.sandbox.history();
    let record = history.calls()[0];
    assert_eq!(json!(record.id), call["id"]);
    assert_eq!(record.note.as_deref(), Some("Call back after the 5th"));
    assert_eq!(record.duration, Some(150));
}

#[tokio::test]
async fn the_query_form_with_user_id_brackets_makes_the_same_record() {
    let apollo = apollo().await;
    let path = format!(
        "phone_calls?logged=true&user_id[]={}&duration=45&status=busy",
        apollo.me()
    );
    let call = apollo.post(&path, &json!({})).await.json()["phone_call"].clone();
    assert_eq!(call["user_id"], json!(apollo.me()));
    assert_eq!(
        (&call["duration"], &call["logged"]),
        (&json!(45), &json!(true))
    );
}

#[tokio::test]
async fn start_and_end_default_to_the_moment_of_creation_and_the_user_to_the_acting_one() {
    let apollo = apollo().await;
    let call = apollo.post("phone_calls", &json!({})).await.json()["phone_call"].clone();
    assert_eq!(call["start_time"], "2026-11-24T12:00:00.000+00:00");
    assert_eq!(call["end_time"], "2026-11-24T12:00:00.000+00:00");
    assert_eq!(
        call["user_id"],
        apollo.get("users/api_profile").await.json()["id"]
    );
    assert_eq!(
        (&call["note"], &call["note_text"]),
        (&Value::Null, &json!(""))
    );
    assert_eq!(call.get("contact"), None);
}

#[tokio::test]
async fn no_answer_is_written_with_an_underscore_and_read_with_a_hyphen() {
    let apollo = apollo().await;
    let call = log(&apollo, json!({"status": "no_answer"})).await.json();
    assert_eq!(call["phone_call"]["status"], "no-answer");
}

#[tokio::test]
async fn a_call_moves_the_last_activity_of_its_contact_and_not_backwards() {
    let apollo = apollo().await;
    let call = log(&apollo, json!({})).await.json();
    assert_eq!(
        call["contact"]["last_activity_date"],
        "2026-11-24T11:50:00.000+00:00"
    );
    let older = json!({"start_time": "2026-01-01T00:00:00Z"});
    let call = log(&apollo, older).await.json();
    assert_eq!(
        call["contact"]["last_activity_date"],
        "2026-11-24T11:50:00.000+00:00"
    );
}

#[tokio::test]
async fn logging_does_not_complete_the_task_but_links_to_it() {
    let apollo = apollo().await;
    let task = apollo.queue(1).await.remove(0);
    let call = log(&apollo, json!({"outreach_task_id": task["id"]}))
        .await
        .json();
    assert_eq!(call["phone_call"]["outreach_task_id"], task["id"]);
    let shown = apollo
        .get(&format!("tasks/{}", task["id"].as_str().unwrap()))
        .await
        .json();
    assert_eq!(shown["task"]["status"], "scheduled");
    assert_eq!(shown["task"]["phone_call"]["id"], call["phone_call"]["id"]);
    assert_eq!(shown["task"]["phone_call"]["to_number"], "+1212555****");
}

#[tokio::test]
async fn the_identifier_is_stored_upserted_or_dropped() {
    for (mode, records, stored) in [
        (CallIdentifier::Stored, 2, json!("c-1")),
        (CallIdentifier::Upsert, 1, json!("c-1")),
        (CallIdentifier::Dropped, 2, Value::Null),
    ] {
        let apollo = apollo_with(Scenario {
            call_identifier: mode,
            ..Scenario::default()
        })
        .await;
        log(&apollo, json!({"call_identifier": "c-1"})).await;
        let second = log(&apollo, json!({"call_identifier": "c-1", "note": "Again"}))
            .await
            .json();
        assert_eq!(second["phone_call"]["call_identifier"], stored);
        assert_eq!(second["phone_call"]["note"], "Again");
        let history = apollo.sandbox.history();
        assert_eq!(history.calls().len(), records, "{mode:?}");
        let updates = history
            .effects
            .iter()
            .filter(|it| matches!(it, Effect::CallUpdated { .. }));
        assert_eq!(updates.count(), 2 - records);
    }
}

#[tokio::test]
async fn a_broken_id_is_422_and_an_unknown_contact_leaves_no_contact() {
    let apollo = apollo().await;
    assert_eq!(
        log(&apollo, json!({"contact_id": "x1"})).await.refusal(),
        (
            422,
            "Parameters misconfigured. x1 is not a valid ID".to_owned()
        )
    );
    let call = log(&apollo, json!({"contact_id": NOBODY, "account_id": null}))
        .await
        .json();
    assert_eq!(call["phone_call"]["contact_id"], Value::Null);
    assert_eq!(call["phone_call"].get("contact"), None);
    assert_eq!(apollo.sandbox.history().calls().len(), 1);
}

#[tokio::test]
async fn update_changes_only_what_is_sent_and_answers_without_team() {
    let apollo = apollo().await;
    let made = log(&apollo, json!({})).await.json()["phone_call"].clone();
    let outcome = apollo.sandbox.world().outcomes[2].0.clone();
    let path = format!("phone_calls/{}", made["id"].as_str().unwrap());
    for method in ["PUT", "PATCH"] {
        let body = json!({"phone_call_outcome_id": outcome});
        let answer = apollo.call(method, &path, &body).await.json();
        assert_eq!(answer.get("team"), None);
        assert_eq!(
            answer["phone_call"]["phone_call_outcome_id"],
            json!(outcome)
        );
        assert_eq!(answer["phone_call"]["note"], made["note"]);
        assert_eq!(answer["phone_call"]["start_time"], made["start_time"]);
    }
}

#[tokio::test]
async fn facets_give_the_id_and_name_of_every_outcome_that_was_used() {
    let apollo = apollo().await;
    let found = search(&apollo, json!({"per_page": 1})).await;
    let facets = found["faceting"]["phone_call_stats_facets"]
        .as_array()
        .unwrap();
    let names: Vec<_> = facets
        .iter()
        .map(|it| it["display_name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "Active Calls",
            "No Answer",
            "Left Voicemail",
            "Connected - Positive",
            "Connected - Neutral",
            "Connected - Negative",
            "Busy",
            "Wrong Number",
            "No Disposition",
        ]
    );
    assert_eq!(facets[0]["value"], "active");
    assert_eq!(facets[8]["value"], "other");
    let known = apollo.sandbox.world().outcomes;
    for (facet, (id, name)) in facets[1..8].iter().zip(known) {
        assert_eq!(
            (&facet["value"], &facet["display_name"]),
            (&json!(id), &json!(name))
        );
        assert!(facet["count"].as_u64().unwrap() > 0);
    }
    let total: u64 = facets
        .iter()
        .map(|facet| facet["count"].as_u64().unwrap())
        .sum();
    assert_eq!(Some(total), found["pagination"]["total_entries"].as_u64());
}

#[tokio::test]
async fn facets_can_be_empty() {
    let apollo = apollo_with(Scenario {
        facets: Facets::Empty,
        ..Scenario::default()
    })
    .await;
    let found = search(&apollo, json!({"per_page": 1})).await;
    assert_eq!(found["faceting"]["phone_call_stats_facets"], json!([]));
}

#[tokio::test]
async fn search_filters_by_user_date_outcome_and_contact() {
    let apollo = apollo().await;
    let made = log(&apollo, json!({})).await.json()["phone_call"].clone();
    let body = json!({
        "user_ids": [apollo.me()],
        "contact_ids": [made["contact_id"]],
        "phone_call_outcome_ids": [made["phone_call_outcome_id"]],
        "date_range": {"min": "2026-11-24", "max": "2026-11-24"},
        "duration": {"min": 100, "max": 200},
        "inbound": "outgoing",
    });
    let found = search(&apollo, body.clone()).await;
    assert_eq!(found["phone_calls"].as_array().unwrap().len(), 1);
    assert_eq!(found["phone_calls"][0]["id"], made["id"]);
    assert_eq!(found["breadcrumbs"][0]["signal_field_name"], "date_range");
    for (key, value) in [
        ("user_ids", json!([apollo.teammate()])),
        ("date_range", json!({"min": "2026-11-25"})),
        ("duration", json!({"max": 100})),
        ("inbound", json!("incoming")),
        ("contact_ids", json!([NOBODY])),
    ] {
        let mut body = body.clone();
        body[key] = value;
        assert_eq!(
            search(&apollo, body).await["phone_calls"],
            json!([]),
            "{key}"
        );
    }
}

#[tokio::test]
async fn the_newest_call_comes_first_unless_ascending() {
    let apollo = apollo().await;
    let made = log(&apollo, json!({})).await.json()["phone_call"]["id"].clone();
    let first = search(
        &apollo,
        json!({"per_page": 1, "sort_by_field": "start_time"}),
    )
    .await;
    assert_eq!(first["phone_calls"][0]["id"], made);
    let body = json!({"per_page": 1, "sort_by_field": "start_time", "sort_ascending": true});
    assert_ne!(search(&apollo, body).await["phone_calls"][0]["id"], made);
}

#[tokio::test]
async fn a_new_call_is_found_only_after_the_index_lag() {
    let scenario = Scenario {
        call_index_lag: Duration::from_secs(20),
        ..Scenario::default()
    };
    let apollo = apollo_with(scenario).await;
    let before = search(&apollo, json!({})).await["pipeline_total"]
        .as_u64()
        .unwrap();
    log(&apollo, json!({})).await;
    assert_eq!(search(&apollo, json!({})).await["pipeline_total"], before);
    apollo.clock.advance(Duration::from_secs(20));
    assert_eq!(
        search(&apollo, json!({})).await["pipeline_total"],
        before + 1
    );
}

#[tokio::test]
async fn an_outcome_moves_the_stage_only_where_the_scenario_says_so() {
    for (support, moves) in [(Support::Ignored, false), (Support::Supported, true)] {
        let scenario = Scenario {
            outcome_moves_stage: support,
            ..Scenario::default()
        };
        let apollo = apollo_with(scenario).await;
        let positive = apollo.sandbox.world().outcomes[2].0.clone();
        log(&apollo, json!({"phone_call_outcome_id": positive})).await;
        let effects = apollo.sandbox.history().effects;
        let moved = effects
            .iter()
            .any(|effect| matches!(effect, Effect::ContactStage { .. }));
        assert_eq!(moved, moves);
    }
}
