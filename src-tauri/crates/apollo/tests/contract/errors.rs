//! Every class of error, told from what Apollo really sends (Apollo docs: reference sections 1.3, 4
//! and 8.4), and whether it may be sent again. How the network fails is tested in `wire`.

use std::time::Duration;

use apollo::{
    Delivery, Error, Timeouts,
    ids::TaskId,
    types::{NewPhoneCall, SequenceSearch, TaskSearch, TaskUpdate},
};
use budget::Priority::{Waiting, WrapUp};
use clock::SharedClock;
use sandbox::{FaultKind, endpoints};

use crate::{
    bench::Bench,
    canned::{Answer, Canned, HTML, JSON, TEXT},
};

/// What a search of tasks makes of an answer. Reads that fail in passing are asked three times.
async fn searched(answer: Answer) -> Error {
    let canned = Canned::start(&[answer]).await;
    let tasks = canned.client.tasks();
    let found = tasks.search(&TaskSearch::default(), Waiting).await;
    found.unwrap_err()
}

/// What updating a task makes of an answer: sent once, whatever comes.
async fn updated(answer: Answer) -> Error {
    let canned = Canned::start(&[answer]).await;
    let id = TaskId::new("64c0ffee0000000000007a01");
    let update = TaskUpdate::of(&apollo::types::Task::with_id("t1"));
    let tasks = canned.client.tasks();
    let error = tasks.update(&id, &update, WrapUp).await.unwrap_err();
    assert_eq!(canned.requests().len(), 1);
    error
}

const SCOPED_OUT: &str = r#"{"error":"This API key is not authorized to access api/v1/tasks/search. Request an API key from your administrator that includes this endpoint in its configured scope.","error_code":"API_INACCESSIBLE"}"#;
const LIMITED: &str = r#"{"message":"The maximum number of api calls allowed for api/v1/tasks/search is 600 times per hour. Please upgrade your plan from https://app.apollo.io/#/settings/plans/upgrade."}"#;

#[tokio::test]
async fn key_missing_is_a_422() {
    let error = searched((422, JSON, r#"{"error":"Api key required"}"#)).await;
    assert_eq!(error, Error::KeyMissing);
    assert_eq!(error.delivery(), Delivery::NotSent);
}

#[tokio::test]
async fn key_wrong_is_a_401_in_plain_text_old_or_new_or_a_bad_token() {
    for answer in [
        (
            401,
            TEXT,
            "Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate.",
        ),
        (401, TEXT, "Invalid access credentials."),
        (
            401,
            JSON,
            r#"{"error":"Access token is invalid","error_code":"INVALID_ACCESS_TOKEN"}"#,
        ),
    ] {
        let error = searched(answer).await;
        assert_eq!(error, Error::KeyRejected);
        assert_eq!(error.delivery(), Delivery::NotSent);
    }
}

#[tokio::test]
async fn key_revoked_in_the_middle_is_the_same_as_a_wrong_one() {
    let bench = Bench::start().await;
    let search = TaskSearch::default();
    assert!(bench.client.tasks().search(&search, Waiting).await.is_ok());
    bench.sandbox.revoke_master_key();
    let error = bench.client.tasks().search(&search, Waiting).await;
    assert_eq!(error, Err(Error::KeyRejected));
}

#[tokio::test]
async fn scoped_out_names_the_endpoint() {
    let error = searched((403, JSON, SCOPED_OUT)).await;
    let endpoint = "api/v1/tasks#search".to_owned();
    assert_eq!(error, Error::ScopedOut { endpoint });
    assert_eq!(error.delivery(), Delivery::NotSent);
}

#[tokio::test]
async fn plan_gated_is_told_from_scoped_out() {
    let error = searched((
        403,
        JSON,
        r#"{"message":"This endpoint is only available to Apollo users on paid plans."}"#,
    ))
    .await;
    let endpoint = "api/v1/tasks#search".to_owned();
    assert_eq!(error, Error::PlanGated { endpoint });
    assert_eq!(error.delivery(), Delivery::NotSent);
}

#[tokio::test]
async fn not_allowed_is_a_refusal_of_business_and_leaves_the_key_good() {
    for answer in [
        (
            401,
            JSON,
            r#"{"error":"This task belongs to another user. You do not have permissions to modify other people's tasks."}"#,
        ),
        (
            422,
            JSON,
            r#"{"error":"This task belongs to another user. Your admin has disabled non-admin users from completing other people's tasks."}"#,
        ),
        (
            403,
            JSON,
            r#"{"error":"You do not have permission to access lists. Contact your admin to get access to Contacts & Accounts."}"#,
        ),
    ] {
        let error = updated(answer).await;
        assert!(matches!(error, Error::NotAllowed { .. }), "{error:?}");
        assert_eq!(error.delivery(), Delivery::Refused);
    }
}

#[tokio::test]
async fn functions_off_is_a_403_on_tasks() {
    let body = r#"{"error":"You do not have permissions to access task functions."}"#;
    let error = updated((403, JSON, body)).await;
    assert_eq!(error, Error::FunctionsOff);
    assert_eq!(error.delivery(), Delivery::Refused);
}

#[tokio::test]
async fn gone_is_a_sentence_with_whatever_status() {
    for answer in [
        (
            404,
            JSON,
            r#"{"message":"Could not find label with id x","error":"Record not found."}"#,
        ),
        (
            422,
            JSON,
            r#"{"error":"This task has been deleted. Please refresh your page."}"#,
        ),
    ] {
        let error = updated(answer).await;
        assert_eq!(error, Error::Gone);
        assert_eq!(error.delivery(), Delivery::Refused);
    }
}

#[tokio::test]
async fn already_done_is_told_by_its_flag_whatever_the_text() {
    let body = r#"{"error":"Worded anew.","allow_moving_to_next_task":true}"#;
    let error = updated((422, JSON, body)).await;
    assert_eq!(error, Error::AlreadyDone);
    assert_eq!(error.delivery(), Delivery::Refused);
}

#[tokio::test]
async fn invalid_names_the_field_that_was_sent_with_the_value_apollo_quotes() {
    let body =
        r#"{"error":"Parameters misconfigured. 64c0ffee0000000000007a01 is not a valid ID"}"#;
    let error = updated((422, JSON, body)).await;
    let Error::Invalid { field, message } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(field.as_deref(), Some("id"));
    assert!(
        !message.contains("64c0ffee"),
        "Apollo's text is not passed on"
    );
    assert_eq!(error.delivery(), Delivery::Refused);
    let page = searched((422, JSON, r#"{"error":"Per page not supported"}"#)).await;
    assert!(matches!(page, Error::Invalid { field: Some(field), .. } if field == "per_page"));
}

#[tokio::test]
async fn limited_tells_the_endpoint_and_until_when() {
    let bench = Bench::start().await;
    let refusal = FaultKind::TooManyRequests {
        retry_after_s: Some(600),
    };
    bench
        .sandbox
        .faults()
        .next(endpoints::CALLS_CREATE, 1, refusal);
    let call = NewPhoneCall::by(bench.rep());
    let error = bench.client.phone_calls().create(&call, WrapUp).await;
    let error = error.unwrap_err();
    let Error::Limited {
        endpoint,
        retry_after,
        until,
    } = &error
    else {
        panic!("{error:?}")
    };
    assert_eq!(endpoint, "api/v1/phone_calls#create");
    assert_eq!(*retry_after, Duration::from_mins(10));
    assert_eq!(until.to_string(), "2026-11-24T15:10:00Z");
    assert_eq!(error.retry_at(), Some(*until));
    assert_eq!(error.delivery(), Delivery::NotSent);
    let hour = updated((429, JSON, LIMITED)).await;
    assert!(matches!(hour, Error::Limited { .. }), "{hour:?}");
}

#[tokio::test]
async fn budget_spent_is_our_own_refusal_and_nothing_is_sent() {
    let bench = Bench::start().await;
    bench.sandbox.consume(endpoints::TASKS_SEARCH, 400);
    let tasks = bench.client.tasks();
    let search = TaskSearch::default();
    assert!(tasks.search(&search, Waiting).await.is_err());
    let seen = bench.seen("tasks#search");
    let error = tasks.search(&search, Waiting).await.unwrap_err();
    assert!(matches!(error, Error::BudgetSpent { .. }), "{error:?}");
    assert!(error.retry_at().is_some());
    assert_eq!(error.delivery(), Delivery::NotSent);
    assert_eq!(bench.seen("tasks#search"), seen);
}

#[tokio::test]
async fn busy_is_the_concurrency_guard_and_no_limit() {
    let body = r#"{"error":"We are already processing the request for your sequence"}"#;
    let error = updated((429, JSON, body)).await;
    assert_eq!(error, Error::Busy);
    assert_eq!(error.retry_at(), None);
    assert_eq!(error.delivery(), Delivery::NotSent);
}

#[tokio::test]
async fn upstream_down_is_a_page_or_a_5xx_and_may_have_been_processed() {
    for (answer, html) in [
        (
            (502, HTML, "<html><title>502: Bad gateway</title></html>"),
            true,
        ),
        ((503, JSON, "{}"), false),
        ((500, TEXT, ""), false),
        ((408, HTML, "<html>Request timeout</html>"), true),
    ] {
        let error = updated(answer).await;
        let status = Some(answer.0);
        assert_eq!(error, Error::UpstreamDown { status, html });
        assert_eq!(error.delivery(), Delivery::Unknown);
    }
}

#[tokio::test]
async fn not_from_apollo_is_any_status_in_an_answer_that_is_not_apollos() {
    for answer in [
        (404, TEXT, "default backend - 404"),
        (403, TEXT, "error code: 1010"),
        (
            403,
            "application/problem+json",
            r#"{"title":"Error 1010: Access denied","status":403,"error_code":1010}"#,
        ),
        (403, HTML, "<html>Attention required</html>"),
        (401, TEXT, ""),
        (413, HTML, "<html>Request Entity Too Large</html>"),
        (429, TEXT, "Too many requests"),
        (404, JSON, r#"{"message":"Not Found"}"#),
        (403, JSON, "{}"),
    ] {
        let error = updated(answer).await;
        let status = answer.0;
        assert_eq!(error, Error::NotFromApollo { status });
        assert_eq!(error.delivery(), Delivery::Unknown);
        assert_eq!(searched(answer).await, error);
    }
}

#[tokio::test]
async fn unrecognized_has_apollos_shape_and_a_reason_that_nobody_knows() {
    for answer in [
        (422, JSON, r#"{"error":"A sentence from next year"}"#),
        (404, JSON, r#"{"status":404,"error":"Not Found"}"#),
        (401, JSON, r#"{"error":"Something new"}"#),
        (403, JSON, r#"{"error":"Access denied."}"#),
    ] {
        let error = updated(answer).await;
        let status = answer.0;
        assert_eq!(error, Error::Unrecognized { status });
        assert_eq!(error.delivery(), Delivery::Unknown);
    }
}

#[tokio::test]
async fn stumbled_is_a_leak_of_apollos_machinery() {
    let body =
        r#"{"error":"Something's wrong with your API request. undefined method `[]' for nil"}"#;
    let error = updated((422, JSON, body)).await;
    assert_eq!(error, Error::Stumbled);
    assert_eq!(error.delivery(), Delivery::Unknown);
}

#[tokio::test]
async fn captive_portal_is_a_page_with_200_or_a_redirect() {
    for answer in [
        (200, HTML, "<html>Welcome"),
        (302, TEXT, ""),
        (511, HTML, "<html>"),
    ] {
        let error = updated(answer).await;
        assert_eq!(error, Error::CaptivePortal);
        assert_eq!(error.delivery(), Delivery::Unknown);
    }
}

#[tokio::test]
async fn proxy_refused_is_a_407() {
    let error = updated((407, HTML, "<html>Proxy</html>")).await;
    assert_eq!(error, Error::ProxyRefused);
    assert_eq!(error.delivery(), Delivery::NotSent);
}

#[tokio::test]
async fn undecodable_tells_the_path_and_nothing_of_the_content() {
    for (body, expected) in [
        (r#"{"task":{"id":{"secret":1}}}"#, "task.id"),
        (r#"{"tusk":"secret"}"#, "task"),
        (r#"{"task":{"id":"secret"#, "task"),
        ("[]", "the top"),
    ] {
        let error = updated((200, JSON, body)).await;
        let Error::Undecodable { path, .. } = &error else {
            panic!("{error:?}")
        };
        assert!(path.starts_with(expected), "{path} of {body}");
        assert!(!format!("{error} {error:?}").contains("secret"));
        assert_eq!(error.delivery(), Delivery::Unknown);
    }
}

#[tokio::test]
async fn not_sent_in_time_is_a_deadline_that_passes_before_anything_leaves() {
    let bench = Bench::start().await;
    bench.sandbox.faults().always(
        endpoints::SEQUENCES_SEARCH,
        FaultKind::TooManyRequests {
            retry_after_s: Some(60),
        },
    );
    // No time but for one permit's wait, which the second refusal outlasts.
    let timeouts = Timeouts {
        operation: Duration::from_millis(1),
        ..Timeouts::default()
    };
    let clock: SharedClock = bench.clock.clone();
    let client = bench.client_of(&bench.sandbox.keys().master, timeouts, &clock);
    let sequences = client.sequences();
    let search = SequenceSearch::default();
    let mut searching = std::pin::pin!(sequences.search(&search, WrapUp));
    while bench.seen("emailer_campaigns#search") == 0 {
        assert!(futures_util::poll!(&mut searching).is_pending());
        tokio::task::yield_now().await;
    }
    let error = loop {
        tokio::select! {
            biased;
            searched = &mut searching => break searched.unwrap_err(),
            () = tokio::task::yield_now() => bench.clock.advance(Duration::from_millis(100)),
        }
    };
    assert_eq!(error, Error::NotSentInTime);
    assert_eq!(error.delivery(), Delivery::NotSent);
    assert_eq!(bench.seen("emailer_campaigns#search"), 2);
}

#[tokio::test]
async fn every_class_has_a_code_of_its_own() {
    let now = clock::Timestamp::UNIX_EPOCH;
    let text = || "x".to_owned();
    let all = [
        Error::KeyMissing,
        Error::KeyRejected,
        Error::ScopedOut { endpoint: text() },
        Error::PlanGated { endpoint: text() },
        Error::NotAllowed { message: text() },
        Error::FunctionsOff,
        Error::Gone,
        Error::AlreadyDone,
        Error::Invalid {
            field: None,
            message: text(),
        },
        Error::Limited {
            endpoint: text(),
            retry_after: Duration::ZERO,
            until: now,
        },
        Error::BudgetSpent {
            endpoint: text(),
            until: now,
        },
        Error::Busy,
        Error::NotFromApollo { status: 404 },
        Error::Unrecognized { status: 422 },
        Error::Stumbled,
        Error::UpstreamDown {
            status: None,
            html: false,
        },
        Error::CaptivePortal,
        Error::ProxyRefused,
        Error::Network {
            kind: apollo::NetworkKind::Dns,
        },
        Error::Undecodable {
            path: text(),
            reason: text(),
        },
        Error::NotSentInTime,
        Error::Setup {
            reason: apollo::SetupReason::AddressScheme,
        },
    ];
    let codes: std::collections::BTreeSet<_> = all.iter().map(Error::code).collect();
    assert_eq!(codes.len(), all.len());
}

#[tokio::test]
async fn setup_names_what_is_wrong_before_anything_is_sent() {
    let bench = Bench::start().await;
    let error = apollo::Client::new(apollo::ClientOptions {
        base_url: "http://api.apollo.example".parse().unwrap(),
        key: apollo::ApiKey::parse("setup-test-key-0123456789").unwrap(),
        user_agent: "Handset-test/0".to_owned(),
        budget: bench.client.budget().clone(),
        clock: bench.clock.clone(),
        proxy: apollo::ProxySetting::None,
        extra_ca_pem: None,
        https_only: true,
    })
    .unwrap_err();
    assert_eq!(
        error,
        Error::Setup {
            reason: apollo::SetupReason::AddressNotSecure
        }
    );
    assert_eq!(error.delivery(), Delivery::NotSent);
}
