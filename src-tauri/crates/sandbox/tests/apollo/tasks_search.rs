use std::time::Duration;

use sandbox::{Scenario, Support, TaskFilters, TaskStatuses};
use serde_json::{Value, json};

use crate::support::{Apollo, apollo, apollo_with};

async fn rows(apollo: &Apollo, body: Value) -> (Vec<Value>, u64) {
    let answer = apollo.post("tasks/search", &body).await;
    assert_eq!(answer.status, 200);
    let answer = answer.json();
    let total = answer["pagination"]["total_entries"].as_u64().unwrap();
    assert_eq!(answer["pipeline_total"].as_u64(), Some(total));
    (answer["tasks"].as_array().unwrap().clone(), total)
}

fn ignoring(change: impl FnOnce(&mut TaskFilters)) -> Scenario {
    let mut scenario = Scenario::default();
    change(&mut scenario.task_filters);
    scenario
}

#[tokio::test]
async fn without_a_user_filter_the_whole_team_is_searched() {
    let apollo = apollo().await;
    let (_, mine) = rows(&apollo, json!({"user_ids": [apollo.me()], "per_page": 1})).await;
    let (_, all) = rows(&apollo, json!({"per_page": 1})).await;
    assert!(all > mine + 300, "{all} against {mine}");
}

#[tokio::test]
async fn each_filter_narrows() {
    let apollo = apollo().await;
    let first = apollo.queue(1).await.remove(0);
    for key in ["emailer_campaign_id", "contact_id"] {
        let body = json!({format!("{key}s"): [first[key]], "per_page": 100});
        let (rows, total) = rows(&apollo, body).await;
        assert!(total >= 1);
        assert!(rows.iter().all(|row| row[key] == first[key]), "{key}");
    }
    let (emails, _) = rows(
        &apollo,
        json!({"task_type_cds": ["outreach_manual_email"], "per_page": 50}),
    )
    .await;
    assert!(!emails.is_empty());
    assert!(
        emails
            .iter()
            .all(|row| row["type"] == "outreach_manual_email")
    );
}

#[tokio::test]
async fn an_unknown_user_gives_an_empty_list() {
    let apollo = apollo().await;
    let (rows, total) = rows(
        &apollo,
        json!({"user_ids": ["64c0ffee00000000000000ff"], "per_page": 5}),
    )
    .await;
    assert_eq!((rows.len(), total), (0, 0));
}

#[tokio::test]
async fn each_filter_can_be_ignored_on_its_own_with_status_200() {
    let body = |apollo: &Apollo| {
        json!({
            "user_ids": [apollo.me()],
            "task_type_cds": ["call"],
            "per_page": 1,
        })
    };
    let all_on = apollo().await;
    let (_, narrow) = rows(&all_on, body(&all_on)).await;
    let no_users = apollo_with(ignoring(|it| it.user_ids = Support::Ignored)).await;
    let (_, wider) = rows(&no_users, body(&no_users)).await;
    assert!(wider > narrow);
    let no_types = apollo_with(ignoring(|it| it.task_type_cds = Support::Ignored)).await;
    let (_, other) = rows(&no_types, body(&no_types)).await;
    assert!(other > narrow);
    assert_ne!(other, wider);
    let nothing = apollo_with(ignoring(|it| *it = TaskFilters::all_ignored())).await;
    let (_, everything) = rows(&nothing, body(&nothing)).await;
    assert!(everything > wider && everything > other);
}

#[tokio::test]
async fn due_time_sorts_most_future_first_unless_ascending() {
    let apollo = apollo().await;
    let due = |rows: &[Value]| {
        rows.iter()
            .map(|row| row["due_at"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let (down, _) = rows(
        &apollo,
        json!({"sort_by_field": "task_due_at", "per_page": 100}),
    )
    .await;
    assert!(due(&down).is_sorted_by(|left, right| left >= right));
    let body = json!({"sort_by_field": "task_due_at", "sort_ascending": true, "per_page": 100});
    let (up, _) = rows(&apollo, body.clone()).await;
    assert!(due(&up).is_sorted());
    assert!(due(&up)[0] < due(&down)[0]);
    let ignoring = apollo_with(ignoring(|it| it.sort_ascending = Support::Ignored)).await;
    let (ignored, _) = rows(&ignoring, body).await;
    assert!(due(&ignored).is_sorted_by(|left, right| left >= right));
}

#[tokio::test]
async fn priority_sorts_highest_first() {
    let apollo = apollo().await;
    let (rows, _) = rows(
        &apollo,
        json!({"sort_by_field": "task_priority", "per_page": 5}),
    )
    .await;
    assert!(rows.iter().all(|row| row["priority"] == "high"));
}

#[tokio::test]
async fn pages_join_to_the_whole_queue_without_gap_or_repeat() {
    let apollo = apollo().await;
    let mut ids = std::collections::BTreeSet::new();
    let mut total = 0;
    for page in 1..=10 {
        let body = json!({
            "user_ids": [apollo.me()], "per_page": 100, "page": page,
            "sort_by_field": "task_due_at", "sort_ascending": true,
        });
        let (rows, all) = rows(&apollo, body).await;
        total = all;
        ids.extend(
            rows.iter()
                .map(|row| row["id"].as_str().unwrap().to_owned()),
        );
    }
    assert_eq!(ids.len() as u64, total);
}

#[tokio::test]
async fn only_open_tasks_are_found_unless_the_scenario_says_all() {
    let open = apollo().await;
    let (tasks, _) = rows(
        &open,
        json!({"per_page": 100, "sort_by_field": "task_due_at", "sort_ascending": true}),
    )
    .await;
    assert!(tasks.iter().all(|row| row["status"] == "scheduled"));
    let scenario = Scenario {
        task_statuses: TaskStatuses::All,
        ..Scenario::default()
    };
    let all = apollo_with(scenario).await;
    let (tasks, _) = rows(
        &all,
        json!({"per_page": 100, "sort_by_field": "task_due_at", "sort_ascending": true}),
    )
    .await;
    assert!(tasks.iter().any(|row| row["status"] == "completed"));
    assert!(tasks.iter().any(|row| row["status"] == "skipped"));
}

#[tokio::test]
async fn rows_hold_the_whole_contact_and_a_slim_account() {
    let apollo = apollo().await;
    let row = apollo
        .queue(100)
        .await
        .into_iter()
        .find(|row| row["account_id"].is_string() && row["contact"]["phone_numbers"][0].is_object())
        .unwrap();
    assert_eq!(row["contact"]["id"], row["contact_id"]);
    assert!(row["contact"]["phone_numbers"][0]["raw_number"].is_string());
    assert!(row["contact"]["time_zone"].is_string());
    assert_eq!(row["account"]["id"], row["account_id"]);
    assert!(row["campaign_name"].is_string() && row["campaign_position"].is_u64());
    assert!(row["due_at"].as_str().unwrap().ends_with("+00:00"));
    assert!(row["created_at"].as_str().unwrap().ends_with('Z'));
    assert_eq!(
        row.get("completed_by_user_id"),
        None,
        "only the full task tells"
    );
}

#[tokio::test]
async fn optional_objects_are_absent_not_null() {
    let apollo = apollo().await;
    let of_accounts =
        json!({"user_ids": [apollo.me()], "task_type_cds": ["account_call"], "per_page": 5});
    let (accounts, _) = rows(&apollo, of_accounts).await;
    assert!(!accounts.is_empty());
    for row in accounts {
        assert_eq!(row["contact_id"], Value::Null);
        assert_eq!(row.get("contact"), None);
        assert!(row["account"].is_object());
    }
    let world = apollo.sandbox.world();
    let contact = world
        .contacts
        .iter()
        .find(|contact| contact.account_id.is_none())
        .unwrap();
    let (found, _) = rows(&apollo, json!({"contact_ids": [contact.id], "per_page": 1})).await;
    assert_eq!(found[0]["account_id"], Value::Null);
    assert_eq!(found[0].get("account"), None);
}

#[tokio::test]
async fn a_call_is_counted_as_contact_call_and_only_when_asked() {
    let apollo = apollo().await;
    let body = json!({"user_ids": [apollo.me()], "task_type_cds": ["call"], "per_page": 1});
    let answer = apollo.post("tasks/search", &body).await.json();
    assert_eq!(answer["faceting"]["task_types"], json!([]));
    let mut body = body;
    body["open_factor_names"] = json!(["task_types"]);
    let answer = apollo.post("tasks/search", &body).await.json();
    let facet = &answer["faceting"]["task_types"][0];
    assert_eq!(facet["value"], "contact_call");
    assert_eq!(facet["display_name"], "Call Contact");
    assert_eq!(facet["count"], answer["pagination"]["total_entries"]);
    assert_eq!(answer["faceting"].as_object().unwrap().len(), 31);
}

#[tokio::test]
async fn a_completed_task_stays_in_the_search_for_the_index_lag() {
    let scenario = Scenario {
        task_index_lag: Duration::from_secs(30),
        ..Scenario::default()
    };
    let apollo = apollo_with(scenario).await;
    let first = apollo.queue(1).await.remove(0);
    let id = first["id"].as_str().unwrap().to_owned();
    assert_eq!(
        apollo
            .post(&format!("tasks/{id}/complete"), &json!({}))
            .await
            .status,
        200
    );
    let stale = apollo.queue(1).await.remove(0);
    assert_eq!(stale["id"], first["id"]);
    assert_eq!(stale["status"], "scheduled");
    let shown = apollo.get(&format!("tasks/{id}")).await.json();
    assert_eq!(
        shown["task"]["status"], "completed",
        "the record itself does not lag"
    );
    apollo.clock.advance(Duration::from_secs(30));
    assert_ne!(apollo.queue(1).await.remove(0)["id"], first["id"]);
}

#[tokio::test]
async fn a_skip_with_on_task_page_is_seen_at_once() {
    let scenario = Scenario {
        task_index_lag: Duration::from_secs(30),
        ..Scenario::default()
    };
    let apollo = apollo_with(scenario).await;
    let ids: Vec<Value> = apollo
        .queue(2)
        .await
        .iter()
        .map(|row| row["id"].clone())
        .collect();
    let skip = |id: &Value| format!("tasks/{}/skip", id.as_str().unwrap());
    apollo
        .post(&skip(&ids[0]), &json!({"on_task_page": true}))
        .await;
    assert_eq!(apollo.queue(1).await[0]["id"], ids[1]);
    apollo.post(&skip(&ids[1]), &json!({})).await;
    assert_eq!(apollo.queue(1).await[0]["id"], ids[1]);
    apollo.clock.advance(Duration::from_secs(30));
    assert_ne!(apollo.queue(1).await[0]["id"], ids[1]);
}

/// Total of the GET or POST form, with every filter on.
async fn total(apollo: &Apollo, query: &str) -> u64 {
    let found = apollo.get(&format!("tasks/search?per_page=1{query}")).await;
    found.json()["pagination"]["total_entries"]
        .as_u64()
        .unwrap()
}

#[tokio::test]
async fn filters_that_clients_rely_on_are_applied_and_each_can_be_ignored() {
    let on = apollo().await;
    let row = on.queue(1).await.remove(0);
    let account = row["account_id"].as_str().unwrap().to_owned();
    let contact = row["contact_id"].as_str().unwrap().to_owned();
    let off = apollo_with(ignoring(|it| *it = TaskFilters::all_ignored())).await;
    let all = total(&on, "").await;
    assert_eq!(total(&off, "").await, all);
    for query in [
        format!("&account_ids[]={account}"),
        format!("&account_id={account}"),
        format!("&contact_id={contact}"),
        format!("&user_id={}", on.me()),
        "&priority=high".to_owned(),
        "&q_keywords=call%20back".to_owned(),
    ] {
        let narrow = total(&on, &query).await;
        assert!(narrow > 0 && narrow < all, "{query}: {narrow} of {all}");
        assert_eq!(total(&off, &query).await, all, "{query}");
    }
    let posted = json!({"account_id": account, "priority": "high", "per_page": 1});
    assert_eq!(
        rows(&on, posted).await.1,
        all,
        "one-value filters are GET's"
    );
}

#[tokio::test]
async fn a_date_range_and_a_status_are_ignored_unless_switched_on() {
    let queries = [
        "&date_range[min]=2026-11-24&date_range[max]=2026-11-24",
        "&status=completed",
    ];
    let off = apollo().await;
    let all = total(&off, "").await;
    let on = apollo_with(ignoring(|it| {
        it.date_range = Support::Supported;
        it.status = Support::Supported;
    }))
    .await;
    for query in queries {
        assert_eq!(total(&off, query).await, all, "{query}");
        let narrow = total(&on, query).await;
        assert!(narrow > 0 && narrow < all, "{query}: {narrow} of {all}");
    }
    let day = json!({"date_range": {"min": "2026-11-24", "max": "2026-11-24"}, "per_page": 100});
    let (due, _) = rows(&on, day).await;
    assert!(
        due.iter()
            .all(|row| row["due_at"].as_str().unwrap().starts_with("2026-11-24"))
    );
    let ended = json!({"status": "completed", "per_page": 100});
    let (ended, _) = rows(&on, ended).await;
    assert!(ended.iter().all(|row| row["status"] == "completed"));
}

#[tokio::test]
async fn multi_sort_goes_before_sort_by_field_and_can_be_ignored() {
    let body = json!({
        "sort_by_field": "task_due_at", "per_page": 50,
        "multi_sort": [{"task_due_at": {"order": "asc"}}],
    });
    let on = apollo().await;
    let off = apollo_with(ignoring(|it| it.multi_sort = Support::Ignored)).await;
    let due = |rows: &[Value]| {
        rows.iter()
            .map(|row| row["due_at"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(due(&rows(&on, body.clone()).await.0).is_sorted());
    let down = due(&rows(&off, body).await.0);
    assert!(down.is_sorted_by(|left, right| left >= right));
}
