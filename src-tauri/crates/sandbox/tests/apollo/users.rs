use serde_json::{Value, json};

use crate::support::apollo;

#[tokio::test]
async fn the_profile_is_flat_and_counts_credits_on_request() {
    let apollo = apollo().await;
    let profile = apollo.get("users/api_profile").await.json();
    assert!(profile["id"].is_string() && profile["team_id"].is_string());
    assert_eq!(profile.get("user"), None);
    assert_eq!(profile.get("num_credits_remaining"), None);
    let profile = apollo
        .get("users/api_profile?include_credit_usage=true")
        .await
        .json();
    assert!(profile["num_credits_remaining"].is_u64());
}

#[tokio::test]
async fn deactivated_and_nameless_users_are_listed() {
    let apollo = apollo().await;
    let found = apollo.get("users/search").await.json();
    let users = found["users"].as_array().unwrap();
    assert_eq!(users[0]["email"], "sam@northwind.example");
    assert!(users.iter().any(|user| user["deleted"] == true));
    let nameless = users.iter().find(|user| user["name"] == "").unwrap();
    assert_eq!(
        (&nameless["first_name"], &nameless["last_name"]),
        (&Value::Null, &Value::Null)
    );
    assert!(nameless["email"].as_str().unwrap().ends_with(".example"));
}

#[tokio::test]
async fn keywords_search_name_email_and_title() {
    let apollo = apollo().await;
    for (keywords, count) in [
        ("wieczorek", 1),
        ("AISHA@", 1),
        ("account executive", 2),
        ("zzz", 0),
    ] {
        let found = apollo
            .post("users/search", &json!({"q_keywords": keywords}))
            .await
            .json();
        assert_eq!(
            found["users"].as_array().unwrap().len(),
            count,
            "{keywords}"
        );
    }
}

#[tokio::test]
async fn the_handle_lists_the_same_users_as_the_api() {
    let apollo = apollo().await;
    let found = apollo.get("users/search?per_page=100").await.json();
    let by_api: Vec<Value> = found["users"]
        .as_array()
        .unwrap()
        .iter()
        .map(|user| json!([user["id"], user["name"], user["email"], user["deleted"]]))
        .collect();
    let by_handle: Vec<Value> = apollo
        .sandbox
        .users()
        .iter()
        .map(|user| json!([user.id, user.name, user.email, user.deactivated]))
        .collect();
    assert_eq!(by_api, by_handle);
    assert_eq!(apollo.sandbox.users()[0].name, "Sam Dialer");
}
