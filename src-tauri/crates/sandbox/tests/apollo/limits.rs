use std::time::Duration;

use clock::ManualClock;
use sandbox::{Options, PricingPlan, Sandbox, Scenario, WindowLimits, endpoints};
use serde_json::json;

use crate::support::{Answer, Apollo, NOW, apollo, apollo_with, request};

async fn small(minute: u32, hour: u32, day: u32) -> Apollo {
    let limits = Some(WindowLimits { minute, hour, day });
    apollo_with(Scenario {
        limits,
        ..Scenario::default()
    })
    .await
}

async fn profile(apollo: &Apollo) -> Answer {
    apollo.get("users/api_profile").await
}

#[tokio::test]
async fn every_answer_tells_limit_usage_and_what_is_left_of_three_windows() {
    let apollo = small(200, 400, 2_000).await;
    profile(&apollo).await;
    let answer = profile(&apollo).await;
    for (name, value) in [
        ("x-rate-limit-minute", "200"),
        ("x-rate-limit-hourly", "400"),
        ("x-rate-limit-24-hour", "2000"),
        ("x-minute-usage", "2"),
        ("x-hourly-usage", "2"),
        ("x-24-hour-usage", "2"),
        ("x-minute-requests-left", "198"),
        ("x-hourly-requests-left", "398"),
        ("x-24-hour-requests-left", "1998"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    assert_eq!(answer.header("retry-after"), None);
}

#[tokio::test]
async fn a_full_minute_is_429_with_the_documented_body_and_retry_after() {
    let apollo = small(3, 100, 100).await;
    for _ in 0..3 {
        assert_eq!(profile(&apollo).await.status, 200);
    }
    apollo.clock.advance(Duration::from_millis(10_500));
    let refused = profile(&apollo).await;
    assert_eq!(refused.status, 429);
    assert_eq!(
        refused.json(),
        json!({"message": "The maximum number of api calls allowed for api/v1/users/api_profile is 3 times per minute. Please upgrade your plan from https://app.apollo.io/#/settings/plans/upgrade."})
    );
    assert_eq!(refused.header("retry-after"), Some("50"));
    assert_eq!(refused.header("x-minute-requests-left"), Some("0"));
}

#[tokio::test]
async fn a_window_opens_with_the_first_request_and_closes_as_a_whole() {
    let apollo = small(2, 100, 100).await;
    apollo.clock.advance(Duration::from_secs(1_000));
    profile(&apollo).await;
    apollo.clock.advance(Duration::from_secs(59));
    profile(&apollo).await;
    assert_eq!(profile(&apollo).await.status, 429);
    // A fixed window: one second later both requests are forgotten, the late one too.
    apollo.clock.advance(Duration::from_secs(1));
    assert_eq!(profile(&apollo).await.header("x-minute-usage"), Some("1"));
}

#[tokio::test]
async fn a_refused_request_is_not_counted() {
    let apollo = small(1, 100, 100).await;
    for _ in 0..5 {
        profile(&apollo).await;
    }
    apollo.clock.advance(Duration::from_mins(1));
    assert_eq!(profile(&apollo).await.header("x-hourly-usage"), Some("2"));
}

#[tokio::test]
async fn the_longest_full_window_names_the_wait() {
    let apollo = small(2, 2, 100).await;
    profile(&apollo).await;
    profile(&apollo).await;
    let refused = profile(&apollo).await;
    assert!(
        refused.json()["message"]
            .as_str()
            .unwrap()
            .contains("2 times per hour")
    );
    assert_eq!(refused.header("retry-after"), Some("3600"));
    apollo.clock.advance(Duration::from_hours(1));
    assert_eq!(profile(&apollo).await.status, 200);
}

#[tokio::test]
async fn endpoints_are_counted_apart_and_keys_together() {
    let apollo = small(2, 100, 100).await;
    profile(&apollo).await;
    let request = request("GET", "users/api_profile")
        .header("x-api-key", &apollo.sandbox.keys().scoped)
        .body(axum::body::Body::empty())
        .unwrap();
    assert_eq!(
        apollo.send(request).await.header("x-minute-usage"),
        Some("2")
    );
    assert_eq!(profile(&apollo).await.status, 429);
    assert_eq!(apollo.get("users/search").await.status, 200);
}

#[tokio::test]
async fn the_windows_do_not_follow_a_jump_of_the_wall_clock() {
    let apollo = small(1, 100, 100).await;
    profile(&apollo).await;
    apollo
        .clock
        .set_wall_clock("2027-01-01T00:00:00Z".parse().unwrap());
    assert_eq!(profile(&apollo).await.status, 429);
}

#[tokio::test]
async fn plans_have_their_published_limits() {
    for (plan, minute, hour, day) in [
        (PricingPlan::Free, "50", "200", "600"),
        (PricingPlan::Basic, "200", "400", "2000"),
        (PricingPlan::Professional, "200", "400", "2000"),
        (PricingPlan::Organization, "200", "600", "6000"),
    ] {
        let clock = ManualClock::at(NOW.parse().unwrap());
        let options = Options {
            plan,
            ..Options::new(clock.clone())
        };
        let apollo = Apollo {
            sandbox: Sandbox::start(options).await.unwrap(),
            clock,
        };
        let answer = profile(&apollo).await;
        assert_eq!(answer.header("x-rate-limit-minute"), Some(minute));
        assert_eq!(answer.header("x-rate-limit-hourly"), Some(hour));
        assert_eq!(answer.header("x-rate-limit-24-hour"), Some(day));
    }
}

#[tokio::test]
async fn usage_stats_are_keyed_by_stringified_arrays() {
    let apollo = small(200, 600, 6_000).await;
    apollo.sandbox.consume(endpoints::CALLS_CREATE, 7);
    let stats = apollo
        .post("usage_stats/api_usage_stats", &json!({}))
        .await
        .json();
    assert_eq!(
        stats["[\"api/v1/phone_calls\", \"create\"]"],
        json!({
            "minute": {"limit": 200, "consumed": 7, "left_over": 193},
            "hour": {"limit": 600, "consumed": 7, "left_over": 593},
            "day": {"limit": 6_000, "consumed": 7, "left_over": 5_993},
        })
    );
    assert!(stats.get("[\"api/v1/tasks\", \"search\"]").is_some());
    assert_eq!(apollo.get("usage_stats/api_usage_stats").await.status, 404);
}

#[tokio::test]
async fn what_teammates_use_up_is_gone_for_everyone() {
    let apollo = small(200, 400, 2_000).await;
    apollo.sandbox.consume(endpoints::USERS_PROFILE, 400);
    let refused = profile(&apollo).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), Some("3600"));
}

#[tokio::test]
async fn credits_add_up_and_belong_to_the_month() {
    let apollo = apollo().await;
    let answer = apollo
        .post("usage_stats/credit_usage_stats", &json!({}))
        .await
        .json();
    let kinds = answer["credit_usage_stats"].as_object().unwrap();
    assert_eq!(kinds.len(), 10);
    for (kind, entry) in kinds {
        let number = |key: &str| entry[key].as_u64().unwrap();
        assert_eq!(
            number("limit"),
            number("consumed") + number("left_over"),
            "{kind}"
        );
    }
    assert_eq!(
        answer["current_credit_cycle"],
        json!({"start_date": "2026-11-01T00:00:00.000Z", "end_date": "2026-12-01T00:00:00.000Z"})
    );
}
