use axum::body::Body;
use sandbox::Scenario;
use serde_json::json;

use crate::support::{apollo, apollo_with, request};

#[tokio::test]
async fn query_and_body_are_merged_and_unknown_keys_ignored() {
    let apollo = apollo().await;
    let me = apollo.me();
    let by_query = apollo
        .post(
            &format!("tasks/search?user_ids[]={me}&per_page=3&assignee_ids[]=x"),
            &json!({"task_type_cds": ["call"], "status": "completed", "no_such_key": {"a": 1}}),
        )
        .await;
    assert_eq!(by_query.status, 200);
    let rows = by_query.json()["tasks"].as_array().unwrap().clone();
    assert_eq!(rows.len(), 3);
    assert!(
        rows.iter()
            .all(|row| row["user_id"] == json!(me) && row["type"] == "call")
    );
}

#[tokio::test]
async fn get_and_post_are_equal_on_search_routes() {
    let apollo = apollo().await;
    for path in [
        "tasks/search",
        "users/search",
        "emailer_campaigns/search",
        "contacts/search",
        "accounts/search",
        "phone_calls/search",
    ] {
        let by_get = apollo.get(&format!("{path}?per_page=2")).await;
        let by_post = apollo.post(path, &json!({"per_page": 2})).await;
        assert_eq!((by_get.status, by_post.status), (200, 200), "{path}");
        let (mut by_get, mut by_post) = (by_get.json(), by_post.json());
        by_get.as_object_mut().unwrap().remove("pagination");
        by_post.as_object_mut().unwrap().remove("pagination");
        assert_eq!(by_get, by_post, "{path}");
    }
}

#[tokio::test]
async fn pagination_numbers_are_text_on_get_and_integers_on_post() {
    let apollo = apollo().await;
    let by_get = apollo.get("users/search?page=1&per_page=5").await.json();
    assert_eq!(by_get["pagination"]["page"], "1");
    assert_eq!(by_get["pagination"]["per_page"], "5");
    assert_eq!(by_get["pagination"]["total_entries"], 8);
    let by_post = apollo
        .post("users/search", &json!({"page": 2, "per_page": 5}))
        .await
        .json();
    assert_eq!(
        by_post["pagination"],
        json!({"page": 2, "per_page": 5, "total_entries": 8, "total_pages": 2})
    );
    assert_eq!(by_post["users"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn more_than_100_a_page_is_422_and_so_is_none() {
    let apollo = apollo().await;
    for path in ["tasks/search", "contacts/search", "phone_calls/search"] {
        let answer = apollo.post(path, &json!({"per_page": 101})).await;
        assert_eq!(answer.refusal(), (422, "Per page not supported".to_owned()));
        assert_eq!(
            apollo.post(path, &json!({"per_page": 100})).await.status,
            200
        );
        let answer = apollo.post(path, &json!({"per_page": 0})).await;
        assert_eq!(answer.refusal(), (422, "Per page cannot be 0.".to_owned()));
    }
}

#[tokio::test]
async fn no_page_after_the_500th_is_served_and_a_page_past_the_end_is_empty() {
    let apollo = apollo().await;
    let answer = apollo
        .post("tasks/search", &json!({"per_page": 1, "page": 501}))
        .await;
    assert_eq!(answer.status, 422);
    assert_eq!(
        apollo
            .post("tasks/search", &json!({"per_page": 1, "page": 500}))
            .await
            .status,
        200
    );
    let empty = apollo
        .post("tasks/search", &json!({"per_page": 100, "page": 400}))
        .await;
    assert_eq!(empty.json()["tasks"], json!([]));
}

#[tokio::test]
async fn a_broken_json_body_is_400() {
    let apollo = apollo().await;
    let request = request("POST", "tasks/search")
        .header("x-api-key", &apollo.sandbox.keys().master)
        .header("content-type", "application/json")
        .body(Body::from("{\"page\": "))
        .unwrap();
    assert_eq!(apollo.send(request).await.status, 400);
}

#[tokio::test]
async fn nested_ranges_work_in_query_and_body() {
    let apollo = apollo().await;
    let by_query = apollo
        .get("phone_calls/search?date_range[min]=2026-11-23&date_range%5Bmax%5D=2026-11-23")
        .await
        .json();
    let by_body = apollo
        .post(
            "phone_calls/search",
            &json!({"date_range": {"min": "2026-11-23", "max": "2026-11-23"}}),
        )
        .await
        .json();
    assert_eq!(by_query["phone_calls"], by_body["phone_calls"]);
    let rows = by_query["phone_calls"].as_array().unwrap();
    assert!(!rows.is_empty());
    assert!(rows.iter().all(|row| {
        row["start_time"]
            .as_str()
            .unwrap()
            .starts_with("2026-11-23")
    }));
}

#[tokio::test]
async fn the_default_number_of_rows_is_25_unless_the_scenario_says_otherwise() {
    for (scenario, rows) in [
        (Scenario::default(), 25),
        (
            Scenario {
                default_per_page: 10,
                ..Scenario::default()
            },
            10,
        ),
    ] {
        let apollo = apollo_with(scenario).await;
        let found = apollo.post("tasks/search", &json!({})).await.json();
        assert_eq!(found["tasks"].as_array().unwrap().len(), rows);
        assert_eq!(found["pagination"]["per_page"], json!(rows));
    }
}
