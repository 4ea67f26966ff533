//! Apollo's quirks, one test for each row of the reference's section 10, by number.
//!
//! Three rows have no test of their own: 20 (the direction of a call is a word in a search and a yes
//! or no on a record) does not matter, since Handset does not use it; 32 (Apollo's background jobs
//! fall behind at times) is seen as the lag of quirk 23; and 33 (no reports that it blocks clients by
//! name) is the absence of a quirk. `wire` tests that the client says who it is.

use std::time::Duration;

use apollo::{
    Delivery, Error, Timestamp,
    ids::TaskId,
    types::{
        CallStatus, CompletionReply, ContactSearch, Filter, MAX_PAGES, NewPhoneCall, NewTask, Page,
        PhoneCallSearch, SequenceSearch, Task, TaskKind, TaskPriority, TaskSearch, TaskStatus,
        TaskUpdate, UserSearch,
    },
};
use budget::Priority::{OnDeck, Waiting, WrapUp};
use sandbox::{FaultKind, Support, endpoints};

use crate::{
    bench::Bench,
    canned::{Answer, Canned, HTML, JSON, TEXT},
};

const UNKNOWN: &str = "64c0ffee00000000000fffff";

fn mine(bench: &Bench) -> TaskSearch {
    TaskSearch {
        user_ids: vec![bench.rep()],
        kinds: TaskKind::CALLS.to_vec(),
        ..TaskSearch::default()
    }
}

async fn first_page(bench: &Bench) -> Page<Task> {
    let tasks = bench.client.tasks();
    tasks.search(&mine(bench), Waiting).await.unwrap()
}

async fn searched(answer: Answer) -> Result<Page<Task>, Error> {
    let canned = Canned::start(&[answer]).await;
    let search = TaskSearch::default();
    canned.client.tasks().search(&search, Waiting).await
}

async fn one_task(body: &'static str) -> Task {
    searched((200, JSON, body)).await.unwrap().rows.remove(0)
}

fn callback(bench: &Bench) -> NewTask {
    let contact = &bench.sandbox.world().contacts[0].id;
    NewTask {
        user_id: bench.rep(),
        creator_id: Some(bench.rep()),
        contact_id: Some(contact.as_str().into()),
        account_id: None,
        kind: TaskKind::Call,
        status: TaskStatus::Scheduled,
        due_at: "2026-11-26T16:00:00Z".parse().unwrap(),
        priority: TaskPriority::High,
        title: None,
        note: None,
    }
}

#[tokio::test]
async fn quirk_01_searches_go_as_post_with_json_and_calls_and_users_by_get() {
    let bench = Bench::start().await;
    let client = &bench.client;
    first_page(&bench).await;
    let contacts = ContactSearch::default();
    client.contacts().search(&contacts, Waiting).await.unwrap();
    let sequences = SequenceSearch::default();
    client
        .sequences()
        .search(&sequences, Waiting)
        .await
        .unwrap();
    let users = UserSearch::default();
    client.users().search(&users, Waiting).await.unwrap();
    let calls = PhoneCallSearch::default();
    client.phone_calls().search(&calls, Waiting).await.unwrap();
    let methods: Vec<_> = bench.sandbox.history().requests;
    let methods: Vec<_> = methods.iter().map(|it| it.method.as_str()).collect();
    assert_eq!(methods, ["POST", "POST", "POST", "GET", "GET"]);
}

#[tokio::test]
async fn quirk_02_a_parameter_ignored_silently_is_found_out_by_the_rows() {
    let bench = Bench::with(|scenario| {
        scenario.task_filters.user_ids = Support::Ignored;
        scenario.task_filters.user_id = Support::Ignored;
    })
    .await;
    let found = first_page(&bench).await;
    assert!(found.filtering.is_ignored(Filter::Users));
    let is_mine = |task: &Task| task.user_id == Some(bench.rep());
    assert!(found.rows.iter().all(is_mine));
    assert!(!found.left_out.iter().any(is_mine) && !found.left_out.is_empty());
}

#[tokio::test]
async fn quirk_03_an_id_stays_as_it_came_whatever_its_form() {
    for (body, id) in [
        (
            r#"{"tasks":[{"id":"64C0FFEE0000000000007a01"}]}"#,
            "64C0FFEE0000000000007a01",
        ),
        (r#"{"tasks":[{"id":"new-style_id"}]}"#, "new-style_id"),
        (r#"{"tasks":[{"id":42}]}"#, "42"),
    ] {
        assert_eq!(one_task(body).await.id.as_str(), id);
    }
}

#[tokio::test]
async fn quirk_04_a_malformed_id_is_invalid_and_the_field_is_named() {
    let bench = Bench::start().await;
    let contacts = bench.client.contacts();
    let error = contacts.show(&"no-id".into(), OnDeck).await.unwrap_err();
    assert!(
        matches!(&error, Error::Invalid { field: Some(field), .. } if field == "id"),
        "{error:?}"
    );
    assert_eq!(bench.seen("contacts#show"), 1, "and not asked again");
}

#[tokio::test]
async fn quirk_05_a_missing_record_is_gone_by_422_and_by_404() {
    let bench = Bench::start().await;
    let client = &bench.client;
    let contact = client.contacts().show(&UNKNOWN.into(), OnDeck).await;
    let task = client.tasks().show(&UNKNOWN.into(), OnDeck).await;
    let feed = apollo::types::ActivityFeedSearch::of(UNKNOWN);
    let feed = client.sequences().activity_feed(&feed, OnDeck).await;
    assert_eq!(contact.map(drop), Err(Error::Gone));
    assert_eq!(task.map(drop), Err(Error::Gone));
    assert_eq!(feed.map(drop), Err(Error::Gone));
    let statuses: Vec<_> = bench.sandbox.history().requests;
    let statuses: Vec<_> = statuses.iter().map(|it| it.status).collect();
    assert_eq!(statuses, [Some(422), Some(422), Some(404)]);
}

#[tokio::test]
async fn quirk_06_texts_of_apollos_machinery_are_never_passed_on() {
    for body in [
        r#"{"error":"Something's wrong with your API request. undefined method `[]' for nil"}"#,
        r#"{"error":"undefined method 'map' for nil"}"#,
        r#"{"error":"No mapping found for [created_at] in order to sort on"}"#,
    ] {
        let error = searched((422, JSON, body)).await.unwrap_err();
        assert!(
            matches!(error, Error::Invalid { .. } | Error::Stumbled),
            "{error:?}"
        );
        let shown = format!("{error} {error:?}");
        assert!(
            !shown.contains("undefined") && !shown.contains("mapping"),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn quirk_07_all_six_envelopes_of_a_refusal_are_read() {
    for (answer, code) in [
        ((401, TEXT, "Invalid access credentials."), "key_rejected"),
        (
            (422, JSON, r#"{"error":"Api key required"}"#),
            "key_missing",
        ),
        (
            (
                403,
                JSON,
                r#"{"error":"no","error_code":"API_INACCESSIBLE"}"#,
            ),
            "scoped_out",
        ),
        (
            (
                403,
                JSON,
                r#"{"message":"only available to Apollo users on paid plans."}"#,
            ),
            "plan_gated",
        ),
        (
            (
                404,
                JSON,
                r#"{"message":"Could not find label with id x","error":"Record not found."}"#,
            ),
            "gone",
        ),
        (
            (404, JSON, r#"{"status":404,"error":"Not Found"}"#),
            "unrecognized",
        ),
        (
            (
                422,
                JSON,
                r#"{"error":"Per page not supported","error_details":{"code":"SEARCH_VALIDATION_SEARCH_PARAMS_INVALID"}}"#,
            ),
            "invalid",
        ),
        (
            (
                422,
                JSON,
                r#"{"error":"Invalid sort criteria","skip_alert_dialog":true}"#,
            ),
            "invalid",
        ),
        (
            (
                422,
                JSON,
                r#"{"error":"Cannot update contact as it is deleted.","deleted_contact_ids":["c1"]}"#,
            ),
            "gone",
        ),
        (
            (
                422,
                JSON,
                r#"{"error":"x","allow_moving_to_next_task":true}"#,
            ),
            "already_done",
        ),
    ] {
        let error = searched(answer).await.unwrap_err();
        assert_eq!(error.code(), code, "{}", answer.2);
    }
}

#[tokio::test]
async fn quirk_08_a_gateways_page_is_a_passing_failure_and_read_over() {
    let page = (502, HTML, "<html><title>502: Bad gateway</title></html>");
    let good = (200, JSON, r#"{"tasks":[{"id":"t1"}]}"#);
    let canned = Canned::start(&[page, page, good]).await;
    let search = TaskSearch::default();
    let found = canned.client.tasks().search(&search, Waiting).await;
    assert_eq!(found.unwrap().rows.len(), 1);
    assert_eq!(canned.requests().len(), 3);
}

#[tokio::test]
async fn quirk_09_a_401_of_business_does_not_cost_the_key() {
    let bench = Bench::with(|scenario| scenario.foreign_tasks_locked = true).await;
    let world = bench.sandbox.world();
    let foreign = world
        .tasks
        .iter()
        .find(|it| {
            it.state == sandbox::TaskStatus::Scheduled && it.task.user_id != bench.rep().as_str()
        })
        .unwrap();
    let task = Task::with_id(foreign.task.id.as_str());
    let tasks = bench.client.tasks();
    let error = tasks.update(&task.id, &TaskUpdate::of(&task), WrapUp).await;
    assert!(matches!(error, Err(Error::NotAllowed { .. })), "{error:?}");
    assert_eq!(bench.sandbox.history().requests[0].status, Some(401));
}

#[tokio::test]
async fn quirk_10_a_429_that_is_no_limit_does_not_spend_the_budget() {
    let guard = (
        429,
        JSON,
        r#"{"error":"We are already processing the request for your sequence"}"#,
    );
    let good = (200, JSON, r#"{"tasks":[]}"#);
    let canned = Canned::start(&[guard, good]).await;
    let search = TaskSearch::default();
    let found = canned.client.tasks().search(&search, Waiting).await;
    assert!(found.is_ok(), "asked again shortly: {found:?}");
    assert_eq!(canned.requests().len(), 2);
}

#[tokio::test]
async fn quirk_11_both_forms_of_time_are_read_with_and_without_fractions() {
    let expected: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
    for body in [
        r#"{"tasks":[{"id":"t","due_at":"2026-11-24T10:00:00.000Z"}]}"#,
        r#"{"tasks":[{"id":"t","due_at":"2026-11-24T10:00:00.000+00:00"}]}"#,
        r#"{"tasks":[{"id":"t","due_at":"2026-11-24T10:00:00Z"}]}"#,
        r#"{"tasks":[{"id":"t","due_at":"2026-11-24T12:00:00+02:00"}]}"#,
    ] {
        assert_eq!(one_task(body).await.due_at, Some(expected), "{body}");
    }
}

#[tokio::test]
async fn quirk_12_times_are_sent_in_utc_with_z_and_a_time_that_is_none_is_absent() {
    let canned =
        Canned::json(r#"{"phone_call":{"id":"k1","start_time":"2025-03-25T10:15:30+05:00Z"}}"#)
            .await;
    let call = NewPhoneCall {
        start_time: Some("2026-11-24T17:02:00+02:00".parse().unwrap()),
        ..NewPhoneCall::by("u1")
    };
    let made = canned.client.phone_calls().create(&call, WrapUp).await;
    assert_eq!(made.unwrap().start_time, None);
    assert!(canned.requests()[0].contains(r#""start_time":"2026-11-24T15:02:00Z""#));
}

#[tokio::test]
async fn quirk_13_page_numbers_may_be_numbers_texts_null_or_missing() {
    for (body, expected) in [
        (
            r#"{"tasks":[],"pagination":{"page":3,"per_page":25}}"#,
            (3, 25),
        ),
        (
            r#"{"tasks":[],"pagination":{"page":"3","per_page":"25"}}"#,
            (3, 25),
        ),
        (
            r#"{"tasks":[],"pagination":{"page":null,"per_page":null}}"#,
            (1, 100),
        ),
        (r#"{"tasks":[],"pagination":null}"#, (1, 100)),
        (r#"{"tasks":[]}"#, (1, 100)),
    ] {
        let page = searched((200, JSON, body)).await.unwrap();
        assert_eq!((page.page, page.per_page), expected, "{body}");
        assert_eq!(page.next_page(), None, "an empty page is the last");
    }
}

#[tokio::test]
async fn quirk_14_pages_beyond_those_that_apollo_serves_are_not_promised() {
    let body = r#"{"tasks":[{"id":"t"}],"pagination":{"page":500,"per_page":1,"total_pages":901}}"#;
    let page = searched((200, JSON, body)).await.unwrap();
    assert_eq!((page.total_pages, page.next_page()), (Some(901), None));
    let canned = Canned::json(r#"{"tasks":[]}"#).await;
    let search = TaskSearch {
        page: 9_999,
        ..TaskSearch::default()
    };
    canned
        .client
        .tasks()
        .search(&search, Waiting)
        .await
        .unwrap();
    assert!(canned.requests()[0].contains(&format!(r#""page":{MAX_PAGES}"#)));
}

#[tokio::test]
async fn quirk_15_counters_that_are_still_loading_spoil_nothing() {
    let canned = Canned::json(
        r#"{"emailer_campaigns":[{"id":"s1","active":true,"num_steps":"loading","unique_delivered":"loading"}]}"#,
    )
    .await;
    let search = SequenceSearch::default();
    let found = canned.client.sequences().search(&search, Waiting).await;
    let row = found.unwrap().rows.remove(0);
    assert_eq!((row.active, row.step_count), (true, None));
}

#[tokio::test]
async fn quirk_16_a_bare_list_a_flat_record_and_a_wrapped_one_are_read() {
    for body in [
        r#"[{"id":"g1","name":"New"}]"#,
        r#"{"contact_stages":[{"id":"g1","name":"New"}]}"#,
    ] {
        let canned = Canned::json(body).await;
        let stages = canned.client.contacts().stages(Waiting).await.unwrap();
        assert_eq!(stages[0].id.as_str(), "g1");
    }
    for body in [
        r#"{"id":"u1","team_id":"m1"}"#,
        r#"{"user":{"id":"u1","team_id":"m1"}}"#,
    ] {
        let canned = Canned::json(body).await;
        let profile = canned.client.users().profile(Waiting).await.unwrap();
        assert_eq!(profile.id.as_str(), "u1");
    }
}

#[tokio::test]
async fn quirk_17_what_is_absent_is_as_if_it_were_null() {
    let absent = one_task(r#"{"tasks":[{"id":"t","type":"call"}]}"#).await;
    let null = one_task(
        r#"{"tasks":[{"id":"t","type":"call","contact":null,"account":null,"campaign_name":null}]}"#,
    )
    .await;
    assert_eq!(absent, null);
    assert_eq!(
        (absent.contact, absent.account, absent.sequence_name),
        (None, None, None)
    );
}

#[tokio::test]
async fn quirk_18_no_answer_is_written_one_way_and_read_both_ways() {
    let bench = Bench::start().await;
    let call = NewPhoneCall {
        status: Some(CallStatus::NoAnswer),
        ..NewPhoneCall::by(bench.rep())
    };
    let made = bench.client.phone_calls().create(&call, WrapUp).await;
    assert_eq!(made.unwrap().status, Some(CallStatus::NoAnswer));
    let stored = bench.sandbox.history().calls()[0].status.clone();
    assert_eq!(stored.as_deref(), Some("no-answer"));
    assert_eq!(CallStatus::NoAnswer.as_str(), "no_answer");
}

#[tokio::test]
async fn quirk_19_each_endpoint_gets_the_users_id_by_its_own_name() {
    let canned =
        Canned::json(r#"{"phone_call":{"id":"k"},"phone_calls":[],"tasks":[],"task":{"id":"t"}}"#)
            .await;
    let client = &canned.client;
    let new = NewPhoneCall::by("u1");
    client.phone_calls().create(&new, WrapUp).await.unwrap();
    let calls = PhoneCallSearch {
        user_ids: vec!["u1".into()],
        ..PhoneCallSearch::default()
    };
    client.phone_calls().search(&calls, Waiting).await.unwrap();
    let tasks = TaskSearch {
        user_ids: vec!["u1".into()],
        ..TaskSearch::default()
    };
    client.tasks().search(&tasks, Waiting).await.unwrap();
    let requests = canned.requests();
    assert!(requests[0].contains(r#""user_id":"u1""#), "{}", requests[0]);
    assert!(requests[1].contains("user_ids%5B%5D=u1"), "{}", requests[1]);
    assert!(
        requests[2].contains(r#""user_ids":["u1"]"#),
        "{}",
        requests[2]
    );
}

#[tokio::test]
async fn quirk_21_every_word_for_a_call_satisfies_a_search_for_calls() {
    let canned = Canned::json(
        r#"{"tasks":[{"id":"t1","type":"call"},{"id":"t2","type":"contact_call"},{"id":"t3","type":"action_item"}]}"#,
    )
    .await;
    let search = TaskSearch {
        kinds: vec![TaskKind::Call],
        ..TaskSearch::default()
    };
    let page = canned
        .client
        .tasks()
        .search(&search, Waiting)
        .await
        .unwrap();
    assert!(page.rows.iter().all(|task| task.kind.is_call()));
    assert_eq!((page.rows.len(), page.left_out.len()), (2, 1));
}

#[tokio::test]
async fn quirk_22_an_update_brings_priority_and_creator_along() {
    let bench = Bench::start().await;
    let tasks = bench.client.tasks();
    let made = tasks
        .create(&callback(&bench), WrapUp)
        .await
        .unwrap()
        .unwrap();
    let update = TaskUpdate {
        note: Some("Later".to_owned()),
        ..TaskUpdate::of(&made)
    };
    let updated = tasks.update(&made.id, &update, WrapUp).await.unwrap();
    assert_eq!(updated.priority, TaskPriority::High);
    assert_eq!(updated.creator_id, Some(bench.rep()));
}

#[tokio::test]
async fn quirk_23_an_index_that_lags_is_got_round_on_a_skip_and_seen_on_a_complete() {
    let bench = Bench::with(|scenario| scenario.task_index_lag = Duration::from_mins(5)).await;
    let tasks = bench.client.tasks();
    let before = first_page(&bench).await;
    let (skipped, completed) = (&before.rows[0].id, &before.rows[1].id);
    tasks.skip(skipped, None, WrapUp).await.unwrap();
    tasks.complete(completed, WrapUp).await.unwrap();
    let after = first_page(&bench).await;
    let shows = |page: &Page<Task>, id: &TaskId| page.rows.iter().any(|task| task.id == *id);
    assert!(!shows(&after, skipped), "asked to be indexed at once");
    assert!(
        shows(&after, completed),
        "so the desk hides what it completed"
    );
    bench.clock.advance(Duration::from_mins(5));
    assert!(!shows(&first_page(&bench).await, completed));
}

#[tokio::test]
async fn quirk_24_a_create_is_sent_once_even_when_its_answer_is_lost() {
    let bench = Bench::start().await;
    let lost = FaultKind::ReplyLostAfterCommit;
    bench
        .sandbox
        .faults()
        .next(endpoints::TASKS_CREATE, 1, lost);
    let error = bench.client.tasks().create(&callback(&bench), WrapUp).await;
    assert_eq!(error.unwrap_err().delivery(), Delivery::Unknown);
    assert_eq!(bench.seen("tasks#create"), 1);
}

#[tokio::test]
async fn quirk_25_names_are_unescaped_until_they_are_names_and_may_lack_a_part() {
    let task = one_task(
        r#"{"tasks":[{"id":"t","contact":{"id":"c","name":"Maeve O&amp;Amp;Apos;Rourke","last_name":null}}]}"#,
    )
    .await;
    let contact = task.contact.unwrap();
    assert_eq!(contact.display_name().as_deref(), Some("Maeve O'Rourke"));
    let nameless =
        one_task(r#"{"tasks":[{"id":"t","contact":{"id":"c","first_name":"Dana"}}]}"#).await;
    assert_eq!(
        nameless.contact.unwrap().display_name().as_deref(),
        Some("Dana")
    );
}

#[tokio::test]
async fn quirk_26_a_linkedin_address_in_any_spelling_finds_its_contact() {
    let bench = Bench::start().await;
    let contacts = bench.client.contacts();
    let all = contacts
        .search(&ContactSearch::default(), Waiting)
        .await
        .unwrap();
    let person = all
        .rows
        .iter()
        .find(|it| it.linkedin_url.is_some())
        .unwrap();
    let stored = person.linkedin_url.as_deref().unwrap();
    let slug = stored.strip_prefix("http://www.linkedin.com/in/").unwrap();
    for typed in [
        stored.to_owned(),
        format!("https://www.linkedin.com/in/{slug}/"),
        format!("linkedin.com/in/{slug}?trk=x"),
        format!(" https://uk.linkedin.com/in/{slug} "),
    ] {
        let search = ContactSearch {
            linkedin_url: Some(typed.clone()),
            ..ContactSearch::default()
        };
        let found = contacts.search(&search, Waiting).await.unwrap();
        assert_eq!(found.rows.len(), 1, "{typed}");
        assert_eq!(found.rows[0].id, person.id);
    }
}

#[tokio::test]
async fn quirk_27_no_more_rows_a_page_are_asked_than_apollo_serves() {
    let bench = Bench::start().await;
    let search = TaskSearch {
        per_page: 500,
        ..mine(&bench)
    };
    let found = bench.client.tasks().search(&search, Waiting).await.unwrap();
    assert_eq!(found.per_page, 100);
    assert_eq!(bench.sandbox.history().requests[0].status, Some(200));
}

#[tokio::test]
async fn quirk_28_large_answers_are_asked_for_packed() {
    let canned = Canned::json(r#"{"tasks":[]}"#).await;
    let search = TaskSearch::default();
    canned
        .client
        .tasks()
        .search(&search, Waiting)
        .await
        .unwrap();
    assert!(
        canned.requests()[0]
            .to_lowercase()
            .contains("accept-encoding: gzip")
    );
}

#[tokio::test]
async fn quirk_29_a_route_that_is_not_there_any_more_is_no_deleted_record() {
    let not_found = (404, JSON, r#"{"status":404,"error":"Not Found"}"#);
    let unrecognized = Error::Unrecognized { status: 404 };
    assert_eq!(searched(not_found).await, Err(unrecognized.clone()));
    let canned = Canned::start(&[not_found]).await;
    let show = canned.client.contacts().show(&"c1".into(), Waiting).await;
    assert_eq!(show, Err(unrecognized));
    let task = "t1".into();
    let complete = canned.client.tasks().complete(&task, WrapUp).await;
    assert_eq!(complete, Err(Error::Unrecognized { status: 404 }));
}

#[tokio::test]
async fn quirk_30_apollos_own_mistakes_are_not_taken_at_their_word() {
    let bench = Bench::start().await;
    let id = first_page(&bench).await.rows[0].id.clone();
    // The answer shows the task as still scheduled.
    let reply = bench.client.tasks().complete(&id, WrapUp).await;
    assert_eq!(reply, Ok(CompletionReply::Completed));
    // A message encoded twice.
    let twice = r#""{\"message\":\"The maximum number of api calls allowed for api/v1/tasks is 600 times per hour.\"}""#;
    let error = searched((429, JSON, twice)).await.unwrap_err();
    assert!(matches!(error, Error::Limited { .. }), "{error:?}");
    // A count left over that is not limit less consumed.
    let canned = Canned::json(
        r#"{"[\"api/v1/tasks\", \"search\"]":{"hour":{"limit":600,"consumed":10,"left_over":1}}}"#,
    )
    .await;
    canned.client.usage_stats().read(Waiting).await.unwrap();
    let meter = canned.client.budget().meter();
    let tasks = meter
        .iter()
        .find(|it| it.endpoint == budget::Endpoint::TASKS_SEARCH)
        .unwrap();
    assert_eq!((tasks.hour.limit, tasks.hour.used), (Some(600), 10));
    assert_ne!(tasks.hour.left, Some(1));
}

#[tokio::test]
async fn quirk_31_nothing_of_the_web_apps_own_is_ever_asked() {
    let bench = Bench::start().await;
    let client = &bench.client;
    client.auth().health(Waiting).await.unwrap();
    client.users().profile(Waiting).await.unwrap();
    let found = first_page(&bench).await;
    client
        .tasks()
        .complete(&found.rows[0].id, WrapUp)
        .await
        .unwrap();
    client.custom_fields().list(Waiting).await.unwrap();
    for request in bench.sandbox.history().requests {
        assert!(request.path.starts_with("/api/v1/"), "{}", request.path);
        assert_ne!(request.endpoint, "unknown", "{}", request.path);
        assert!(!request.path.contains("bulk_execute") && !request.path.contains("/auth/check"));
    }
}

#[tokio::test]
async fn quirk_34_requests_come_from_no_web_page() {
    let canned = Canned::json(r#"{"healthy":true,"is_logged_in":true}"#).await;
    canned.client.auth().health(Waiting).await.unwrap();
    let request = canned.requests()[0].to_lowercase();
    for header in ["origin:", "referer:", "cookie:", "sec-fetch"] {
        assert!(!request.contains(header), "{header}");
    }
}
