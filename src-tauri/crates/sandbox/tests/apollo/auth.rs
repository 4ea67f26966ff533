use axum::body::Body;
use sandbox::{BootstrappedData, KeyKind, Scenario};
use serde_json::json;

use crate::support::{Answer, Apollo, apollo, apollo_with, request};

async fn with_headers(apollo: &Apollo, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = request("GET", path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    apollo.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn health_is_200_for_any_key_and_its_verdict_is_is_logged_in() {
    let apollo = apollo().await;
    let keys = apollo.sandbox.keys();
    for (key, logged_in) in [
        (None, false),
        (Some("nonsense"), false),
        (Some(keys.revoked.as_str()), false),
        (Some(keys.master.as_str()), true),
        (Some(keys.scoped.as_str()), true),
        (Some(keys.free.as_str()), true),
    ] {
        let headers: Vec<_> = key.iter().map(|key| ("x-api-key", *key)).collect();
        let answer = with_headers(&apollo, "auth/health", &headers).await;
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.json(),
            json!({"healthy": true, "is_logged_in": logged_in})
        );
    }
}

#[tokio::test]
async fn without_a_key_the_answer_is_422_json() {
    let apollo = apollo().await;
    let answer = with_headers(&apollo, "users/api_profile", &[]).await;
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (422, r#"{"error":"Api key required"}"#)
    );
}

#[tokio::test]
async fn a_wrong_or_revoked_key_is_401_in_plain_text() {
    let apollo = apollo().await;
    for key in ["nonsense", &apollo.sandbox.keys().revoked] {
        let answer = with_headers(&apollo, "users/api_profile", &[("x-api-key", key)]).await;
        assert_eq!(answer.status, 401);
        assert!(
            answer
                .header("content-type")
                .unwrap()
                .starts_with("text/plain")
        );
        assert_eq!(
            answer.text,
            "Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate."
        );
    }
}

#[tokio::test]
async fn a_bad_bearer_token_is_401_json() {
    let apollo = apollo().await;
    let answer = with_headers(
        &apollo,
        "users/api_profile",
        &[("authorization", "Bearer nonsense")],
    )
    .await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.json()["error_code"], "INVALID_ACCESS_TOKEN");
}

#[tokio::test]
async fn a_bad_bearer_token_spoils_a_good_key() {
    let apollo = apollo().await;
    let headers = [
        ("x-api-key", apollo.sandbox.keys().master.as_str()),
        ("authorization", "Bearer nonsense"),
    ];
    let answer = with_headers(&apollo, "users/api_profile", &headers).await;
    assert_eq!(answer.json()["error_code"], "INVALID_ACCESS_TOKEN");
}

#[tokio::test]
async fn a_key_sent_as_bearer_is_refused_in_plain_text() {
    let apollo = apollo().await;
    let value = format!("Bearer {}", apollo.sandbox.keys().master);
    let answer = with_headers(&apollo, "users/api_profile", &[("authorization", &value)]).await;
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (401, "Invalid access credentials.")
    );
}

#[tokio::test]
async fn a_key_acts_as_the_admin_and_a_bearer_token_as_the_rep() {
    let apollo = apollo().await;
    let admin = apollo.get("users/api_profile").await.json();
    assert_eq!(admin["email"], "robin@northwind.example");
    let value = format!("Bearer {}", apollo.sandbox.keys().bearer);
    let rep = with_headers(&apollo, "users/api_profile", &[("authorization", &value)]).await;
    assert_eq!(rep.json()["id"], json!(apollo.me()));
}

#[tokio::test]
async fn the_legacy_api_key_parameter_works_in_query_and_body() {
    let apollo = apollo().await;
    let key = apollo.sandbox.keys().master.clone();
    let answer = with_headers(&apollo, &format!("users/api_profile?api_key={key}"), &[]).await;
    assert_eq!(answer.status, 200);
    let request = request("POST", "tasks/search")
        .header("content-type", "application/json")
        .body(Body::from(
            json!({"api_key": key, "per_page": 1}).to_string(),
        ))
        .unwrap();
    assert_eq!(apollo.send(request).await.status, 200);
    let history = serde_json::to_string(&apollo.sandbox.history()).unwrap();
    assert!(!history.contains(&key), "the history must not hold a key");
}

#[tokio::test]
async fn a_scoped_key_opens_its_scopes_and_names_what_it_does_not() {
    let apollo = apollo().await;
    let headers = [("x-api-key", apollo.sandbox.keys().scoped.as_str())];
    assert_eq!(
        with_headers(&apollo, "users/api_profile", &headers)
            .await
            .status,
        200
    );
    let answer = with_headers(&apollo, "phone_calls/search?per_page=1", &headers).await;
    assert_eq!(answer.status, 403);
    assert_eq!(
        answer.json(),
        json!({
            "error": "This API key is not authorized to access api/v1/phone_calls/search. Request an API key from your administrator that includes this endpoint in its configured scope.",
            "error_code": "API_INACCESSIBLE",
        })
    );
    let answer = with_headers(&apollo, "notes?contact_id=x", &headers).await;
    assert!(
        answer.json()["error"]
            .as_str()
            .unwrap()
            .contains("meetings/api/v1/notes/index")
    );
}

#[tokio::test]
async fn no_scope_opens_phone_calls() {
    let scopes = vec!["api/v1/phone_calls/search".to_owned()];
    let apollo = apollo_with(Scenario {
        scopes,
        ..Scenario::default()
    })
    .await;
    let headers = [("x-api-key", apollo.sandbox.keys().scoped.as_str())];
    assert_eq!(
        with_headers(&apollo, "phone_calls/search", &headers)
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn a_free_plan_is_refused_with_message_or_with_the_older_text() {
    let apollo = apollo().await;
    let headers = [("x-api-key", apollo.sandbox.keys().free.as_str())];
    let answer = with_headers(&apollo, "tasks/search", &headers).await;
    assert_eq!(answer.status, 403);
    assert_eq!(
        answer.json(),
        json!({"message": "This endpoint is only available to Apollo users on paid plans."})
    );
    let answer = with_headers(&apollo, "phone_calls/search", &headers).await;
    assert_eq!(answer.json()["error_code"], "API_INACCESSIBLE");
    assert!(
        answer.json()["error"]
            .as_str()
            .unwrap()
            .contains("on a free plan")
    );
    assert_eq!(
        with_headers(&apollo, "users/api_profile", &headers)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn refusals_carry_no_rate_limit_headers() {
    let apollo = apollo().await;
    let scoped = [("x-api-key", apollo.sandbox.keys().scoped.as_str())];
    for answer in [
        with_headers(&apollo, "users/api_profile", &[("x-api-key", "nonsense")]).await,
        with_headers(&apollo, "phone_calls/search", &scoped).await,
        with_headers(&apollo, "users/api_profile", &[]).await,
    ] {
        assert!(
            answer
                .headers
                .keys()
                .all(|name| !name.as_str().contains("rate-limit"))
        );
        assert_eq!(answer.header("x-minute-usage"), None);
    }
}

#[tokio::test]
async fn an_unknown_route_is_rails_404_before_any_key_is_asked_for() {
    let apollo = apollo().await;
    for (method, path) in [
        ("GET", "contacts/64c0ffee00000000000000c1/tasks"),
        ("DELETE", "tasks/x"),
        ("POST", "no"),
    ] {
        let request = request(method, path).body(Body::empty()).unwrap();
        let answer = apollo.send(request).await;
        assert_eq!(answer.status, 404);
        assert_eq!(answer.json(), json!({"status": 404, "error": "Not Found"}));
    }
}

#[tokio::test]
async fn the_history_tells_key_kinds_and_endpoints() {
    let apollo = apollo().await;
    apollo.get("users/api_profile").await;
    with_headers(&apollo, "auth/health", &[]).await;
    let requests = apollo.sandbox.history().requests;
    assert_eq!(requests[0].key, KeyKind::Master);
    assert_eq!(requests[0].endpoint, "users#api_profile");
    assert_eq!(requests[0].path, "/api/v1/users/api_profile");
    assert_eq!(requests[0].status, Some(200));
    assert_eq!(requests[1].key, KeyKind::Missing);
}

#[tokio::test]
async fn bootstrapped_data_is_404_by_default_and_has_four_faces() {
    for (mode, status) in [
        (BootstrappedData::NotFound, 404),
        (BootstrappedData::Forbidden, 403),
        (BootstrappedData::WithoutOutcomes, 200),
        (BootstrappedData::Full, 200),
    ] {
        let scenario = Scenario {
            bootstrapped_data: mode,
            ..Scenario::default()
        };
        let apollo = apollo_with(scenario).await;
        let answer = apollo
            .get("auth/additional_bootstrapped_data?cacheKey=1")
            .await;
        assert_eq!(answer.status, status);
        let outcomes = &answer.json()["bootstrapped_data"]["phone_call_outcomes"];
        assert_eq!(
            outcomes.as_array().map(Vec::len),
            (mode == BootstrappedData::Full).then_some(7)
        );
    }
}

#[tokio::test]
async fn the_short_path_is_404_unless_the_scenario_has_it() {
    let apollo = apollo().await;
    let ask = async || {
        let request = axum::http::Request::get("/v1/users/api_profile")
            .header("x-api-key", &apollo.sandbox.keys().master)
            .body(axum::body::Body::empty())
            .unwrap();
        apollo.send(request).await.status
    };
    assert_eq!(ask().await, 404);
    apollo
        .sandbox
        .change_scenario(|scenario| scenario.short_paths = true);
    assert_eq!(ask().await, 200);
    let history = apollo.sandbox.history();
    let seen: Vec<(&str, &str)> = history
        .requests
        .iter()
        .map(|it| (it.path.as_str(), it.endpoint.as_str()))
        .collect();
    let path = "/v1/users/api_profile";
    assert_eq!(seen, [(path, "unknown"), (path, "users#api_profile")]);
}
