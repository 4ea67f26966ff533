//! What comes in, in all the shapes seen, and what is made of it.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::*;

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

#[test]
fn a_full_task_is_read() {
    let task: Task = read(json!({
        "id": "t1", "user_id": "u1", "type": "call", "status": "scheduled", "priority": "high",
        "due_at": "2026-11-24T00:00:00.000+00:00", "created_at": "2026-11-20T09:00:12.456Z",
        "completed_at": null, "note": "Ask about renewal", "title": null, "contact_id": "c1",
        "account_id": "a1", "emailer_campaign_id": "s1", "campaign_name": "Q4 &amp; more",
        "campaign_position": 2, "creator_id": "u1", "unheard_of": {"x": 1},
        "contact": {"id": "c1", "name": "Dana Example"}, "account": {"id": "a1", "name": "Northwind"}
    }));
    assert!(task.kind.is_call());
    assert_eq!(task.status, TaskStatus::Scheduled);
    assert_eq!(task.priority, TaskPriority::High);
    assert_eq!(task.due_at, Some("2026-11-24T00:00:00Z".parse().unwrap()));
    assert_eq!(task.sequence_name.as_deref(), Some("Q4 & more"));
    assert_eq!(task.step_position, Some(2));
    assert_eq!(
        task.contact.unwrap().display_name().as_deref(),
        Some("Dana Example")
    );
}

#[test]
fn a_bare_or_broken_task_keeps_what_can_be_read() {
    let task: Task = read(json!({
        "id": 42, "type": null, "status": "archived", "priority": "urgent", "due_at": "someday",
        "campaign_position": "3", "contact": "gone", "account": {"name": "no id"}, "note": "  "
    }));
    assert_eq!(task.id.as_str(), "42");
    assert!(!task.kind.is_call());
    assert_eq!(task.status, TaskStatus::Other("archived".to_owned()));
    assert_eq!(task.priority, TaskPriority::Other("urgent".to_owned()));
    assert_eq!((task.due_at, task.step_position), (None, Some(3)));
    assert_eq!((task.contact, task.account, task.note), (None, None, None));
    assert_eq!(read::<Task>(json!({"id": "t"})), Task::with_id("t"));
}

#[test]
fn every_word_for_a_call_is_a_call_and_no_other() {
    for word in ["call", "contact_call", "account_call", "phone_call"] {
        assert!(TaskKind::from(word).is_call(), "{word}");
        assert_eq!(TaskKind::from(word).as_str(), word);
    }
    for word in [
        "outreach_manual_email",
        "action_item",
        "linkedin_step_connect",
        "",
    ] {
        assert!(!TaskKind::from(word).is_call(), "{word}");
    }
    assert_eq!(TaskStatus::from("complete"), TaskStatus::Completed);
}

#[test]
fn both_spellings_of_no_answer_are_read_and_apollos_own_is_written() {
    for word in ["no-answer", "no_answer"] {
        assert_eq!(CallStatus::from(word), CallStatus::NoAnswer);
    }
    assert_eq!(
        serde_json::to_value(CallStatus::NoAnswer).unwrap(),
        json!("no_answer")
    );
    assert_eq!(
        serde_json::to_value(CallStatus::InProgress).unwrap(),
        json!("in-progress")
    );
}

#[test]
fn numbers_come_in_order_and_those_without_a_number_are_left_out() {
    let contact: Contact = read(json!({
        "id": "c1", "call_opted_out": null, "phone_numbers": [
            {"raw_number": "202-555-0100", "sanitized_number": null, "type": "work_hq", "position": 1},
            {"raw_number": null, "sanitized_number": null, "position": 2},
            null,
            {"raw_number": "+1 202-555-0143", "sanitized_number": "+12025550143", "type": "mobile",
             "position": 0, "dialer_flags": {"country_name": "United States", "country_enabled": true,
             "potential_high_risk_number": true}}
        ]
    }));
    let kinds: Vec<_> = contact
        .phone_numbers
        .iter()
        .map(|number| number.kind.clone())
        .collect();
    assert_eq!(kinds, [PhoneKind::Mobile, PhoneKind::WorkHq]);
    assert_eq!(contact.phone_numbers[0].country_enabled, Some(true));
    assert!(contact.phone_numbers[0].high_risk && !contact.call_opted_out);
    assert_eq!(contact.phone_numbers[1].raw_number, "202-555-0100");
    assert_eq!(
        read::<Contact>(json!({"id": "c", "phone_numbers": null})).phone_numbers,
        []
    );
}

#[test]
fn any_do_not_call_status_but_a_word_for_no_blocks() {
    let blocks = |status: Value| {
        let number: PhoneNumber = read(json!({"raw_number": "1", "dnc_status": status}));
        number.do_not_call
    };
    for status in [
        json!(null),
        json!("not_found"),
        json!("NO"),
        json!("clear"),
        json!(""),
        json!(false),
    ] {
        assert!(!blocks(status.clone()), "{status}");
    }
    for status in [
        json!("found"),
        json!("on_dnc"),
        json!("yes"),
        json!(true),
        json!({"us": 1}),
        json!(1),
    ] {
        assert!(blocks(status.clone()), "{status}");
    }
    assert!(!read::<PhoneNumber>(json!({"raw_number": "1"})).do_not_call);
}

#[test]
fn a_contact_is_called_by_the_best_name_there_is() {
    let name = |value: Value| read::<Contact>(value).display_name();
    let shown = |text: &str| Some(text.to_owned());
    assert_eq!(
        name(json!({"id": "c", "name": "Maeve O&amp;Amp;Apos;Rourke"})),
        shown("Maeve O'Rourke")
    );
    assert_eq!(
        name(json!({"id": "c", "first_name": "Dana", "last_name": null})),
        shown("Dana")
    );
    assert_eq!(
        name(json!({"id": "c", "name": "", "email": "d@x.example"})),
        shown("d@x.example")
    );
    assert_eq!(name(json!({"id": "c"})), None);
}

#[test]
fn counters_that_are_still_loading_do_not_spoil_a_sequence() {
    let sequence: Sequence = read(json!({
        "id": "s1", "name": "Q4", "active": true, "archived": false, "num_steps": "loading",
        "user_id": "u1", "last_used_at": "2026-11-20T09:00:00.000+00:00",
        "unique_delivered": "loading", "reply_rate": "loading"
    }));
    assert!(sequence.active && !sequence.archived);
    assert_eq!(sequence.step_count, None);
    assert_eq!(sequence.owner_id.unwrap().as_str(), "u1");
}

#[test]
fn a_new_call_is_written_with_apollos_names_and_read_back_the_same() {
    let call = NewPhoneCall {
        contact_id: Some("c1".into()),
        status: Some(CallStatus::NoAnswer),
        start_time: Some("2026-11-24T15:02:00Z".parse().unwrap()),
        duration_s: Some(150),
        outcome_id: Some("o1".into()),
        purpose_id: Some("p1".into()),
        call_identifier: Some("w1".to_owned()),
        ..NewPhoneCall::by("u1")
    };
    let written = serde_json::to_value(&call).unwrap();
    assert_eq!(
        written,
        json!({
            "user_id": "u1", "contact_id": "c1", "status": "no_answer",
            "start_time": "2026-11-24T15:02:00Z", "duration": 150,
            "phone_call_outcome_id": "o1", "phone_call_purpose_id": "p1", "call_identifier": "w1"
        })
    );
    assert_eq!(read::<NewPhoneCall>(written), call);
}

#[test]
fn an_update_of_a_task_always_names_priority_and_creator() {
    let task = Task {
        creator_id: Some("u7".into()),
        priority: TaskPriority::High,
        ..Task::with_id("t1")
    };
    let written = serde_json::to_value(TaskUpdate::of(&task)).unwrap();
    assert_eq!(written, json!({"priority": "high", "creator_id": "u7"}));
}

#[test]
fn usage_keys_that_are_arrays_in_text_become_names() {
    let stats: UsageStats = read(json!({
        "[\"api/v1/tasks\", \"search\"]": {
            "day": {"limit": 6000, "consumed": "42", "left_over": 1},
            "hour": {"limit": null, "consumed": 10}
        },
        "not an array": {"day": {"limit": 1}},
        "[\"one\"]": {}
    }));
    assert_eq!(
        stats.endpoints.keys().collect::<Vec<_>>(),
        ["api/v1/tasks#search"]
    );
    let usage = stats.endpoints["api/v1/tasks#search"];
    assert_eq!(
        usage.day,
        Some(Usage {
            limit: Some(6000),
            consumed: Some(42),
            left: Some(1)
        })
    );
    assert_eq!(usage.hour.unwrap().limit, None);
    assert_eq!(usage.minute, None);
}

#[test]
fn an_old_health_answer_without_healthy_is_healthy() {
    let health: Health = read(json!({"is_logged_in": true}));
    assert!(health.healthy && health.is_logged_in);
    assert!(!read::<Health>(json!({"healthy": true, "is_logged_in": false})).is_logged_in);
}

#[test]
fn nothing_personal_is_printed() {
    let task: Task = read(json!({
        "id": "t1", "note": "secret", "title": "secret", "campaign_name": "secret",
        "contact": {"id": "c1", "name": "secret", "email": "secret", "title": "secret",
            "phone_numbers": [{"raw_number": "secret", "sanitized_number": "secret"}]},
        "account": {"id": "a1", "name": "secret", "phone": "secret"}
    }));
    let user: User = read(json!({"id": "u1", "name": "secret", "email": "secret"}));
    let call: PhoneCall = read(json!({"id": "k1", "note": "secret", "to_number": "secret"}));
    let new = NewPhoneCall {
        note: Some("secret".to_owned()),
        ..NewPhoneCall::by("u1")
    };
    let printed = format!(
        "{task:?} {:?} {:?} {:?} {user:?} {call:?} {new:?}",
        task.contact,
        task.account,
        task.contact.as_ref().unwrap().phone_numbers
    );
    assert!(!printed.contains("secret"), "{printed}");
    assert!(
        printed.contains("t1") && printed.contains("c1"),
        "ids are printed"
    );
}
