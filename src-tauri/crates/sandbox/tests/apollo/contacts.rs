use sandbox::Effect;
use serde_json::{Value, json};

use crate::support::{NOBODY, apollo};

#[tokio::test]
async fn show_wraps_the_contact_and_lists_its_labels() {
    let apollo = apollo().await;
    let id = apollo.sandbox.world().contacts[0].id.clone();
    let shown = apollo.get(&format!("contacts/{id}")).await.json();
    assert_eq!(shown["contact"]["id"], json!(id));
    assert!(shown["labels"].is_array());
    assert!(shown["contact"]["contact_campaign_statuses"].is_array());
    let phone = &shown["contact"]["phone_numbers"][0];
    for key in [
        "raw_number",
        "sanitized_number",
        "type",
        "position",
        "status",
        "dnc_status",
    ] {
        assert!(phone.get(key).is_some(), "{key}");
    }
}

#[tokio::test]
async fn a_missing_contact_is_422_and_a_broken_id_names_itself() {
    let apollo = apollo().await;
    assert_eq!(
        apollo.get(&format!("contacts/{NOBODY}")).await.refusal(),
        (
            422,
            "Oops! This contact does not exist in Apollo.".to_owned()
        )
    );
    assert_eq!(
        apollo.get("contacts/12").await.refusal(),
        (
            422,
            "Parameters misconfigured. 12 is not a valid ID".to_owned()
        )
    );
}

#[tokio::test]
async fn search_filters_by_sequence_and_echoes_it_as_a_breadcrumb() {
    let apollo = apollo().await;
    let sequence = apollo.sandbox.world().sequences[0].id.clone();
    let body = json!({"emailer_campaign_ids": [sequence], "per_page": 10});
    let found = apollo.post("contacts/search", &body).await.json();
    let rows = found["contacts"].as_array().unwrap();
    assert_eq!(rows.len(), 10);
    assert!(rows.iter().all(|row| {
        row["emailer_campaign_ids"]
            .as_array()
            .unwrap()
            .contains(&json!(sequence))
    }));
    assert_eq!(
        found["breadcrumbs"][0]["signal_field_name"],
        "emailer_campaign_ids"
    );
    assert_eq!(found["breadcrumbs"][0]["value"], json!(sequence));
    assert_eq!(found["partial_results_limit"], 10_000);
}

#[tokio::test]
async fn search_matches_keywords_in_name_title_company_and_email() {
    let apollo = apollo().await;
    let row = apollo
        .post("contacts/search", &json!({"per_page": 1}))
        .await
        .json()["contacts"][0]
        .clone();
    for text in [
        &row["name"],
        &row["title"],
        &row["organization_name"],
        &row["email"],
    ] {
        let body = json!({"q_keywords": text.as_str().unwrap().to_uppercase(), "per_page": 100});
        let found = apollo.post("contacts/search", &body).await.json();
        let rows = found["contacts"].as_array().unwrap();
        assert!(rows.iter().any(|other| other["id"] == row["id"]), "{text}");
        assert!(found["pagination"]["total_entries"].as_u64().unwrap() < 500);
    }
}

#[tokio::test]
async fn linkedin_urls_are_matched_exactly() {
    let apollo = apollo().await;
    let found = apollo
        .post("contacts/search", &json!({"per_page": 5}))
        .await
        .json();
    let rows = found["contacts"].as_array().unwrap();
    let row = rows
        .iter()
        .find(|row| row["linkedin_url"].is_string())
        .unwrap();
    let url = row["linkedin_url"].as_str().unwrap();
    let count = async |url: &str| {
        let found = apollo
            .post("contacts/search", &json!({"linkedin_url": url}))
            .await
            .json();
        found["pagination"]["total_entries"].as_u64().unwrap()
    };
    assert_eq!(count(url).await, 1);
    assert_eq!(count(&url.replace("http://www.", "https://")).await, 0);
}

#[tokio::test]
async fn patch_changes_what_is_sent_and_replaces_the_lists() {
    let apollo = apollo().await;
    let id = apollo.sandbox.world().contacts[0].id.clone();
    let body = json!({
        "title": "Chief Scheduling Officer",
        "mobile_phone": "+1 212-555-0177",
        "label_names": ["Referred by customer"],
    });
    for method in ["PATCH", "PUT"] {
        let answer = apollo
            .call(method, &format!("contacts/{id}"), &body)
            .await
            .json();
        let contact = &answer["contact"];
        assert_eq!(contact["title"], "Chief Scheduling Officer");
        let phones = contact["phone_numbers"].as_array().unwrap();
        assert!(
            phones
                .iter()
                .any(|it| it["sanitized_number"] == "+12125550177")
        );
        assert_eq!(answer["labels"][0]["name"], "Referred by customer");
        assert_eq!(answer["labels"].as_array().unwrap().len(), 1);
    }
    let effects = apollo.sandbox.history().effects;
    let Effect::ContactUpdated { fields, .. } = &effects[0] else {
        panic!("{effects:?}")
    };
    assert_eq!(fields, &["label_names", "mobile_phone", "title"]);
}

#[tokio::test]
async fn update_stages_moves_contacts_and_needs_them() {
    let apollo = apollo().await;
    let stages = apollo.get("contact_stages").await.json();
    let stage = stages["contact_stages"][3]["id"].as_str().unwrap();
    let id = apollo.sandbox.world().contacts[0].id.clone();
    let path = format!("contacts/update_stages?contact_ids[]={id}&contact_stage_id={stage}");
    let answer = apollo.post(&path, &json!({})).await.json();
    assert_eq!(answer["contacts"][0]["contact_stage_id"], json!(stage));
    let path = format!("contacts/update_stages?contact_stage_id={stage}");
    assert_eq!(
        apollo.post(&path, &json!({})).await.refusal(),
        (422, "Required parameter 'contact_ids' missing".to_owned())
    );
}

#[tokio::test]
async fn update_stages_takes_its_parameters_from_query_and_body_together() {
    let apollo = apollo().await;
    let world = apollo.sandbox.world();
    let contact = &world.contacts[0].id;
    let stages = apollo.get("contact_stages").await.json();
    let stage = |place: usize| stages["contact_stages"][place]["id"].as_str().unwrap();
    let now = || {
        let world = apollo.sandbox.world();
        world.contact(contact).unwrap().contact_stage_id.clone()
    };
    for (query, body, expected) in [
        (
            format!("?contact_ids[]={contact}&contact_stage_id={}", stage(3)),
            json!({}),
            stage(3),
        ),
        (
            format!("?contact_ids[]={contact}"),
            json!({"contact_stage_id": stage(4)}),
            stage(4),
        ),
        (
            String::new(),
            json!({"contact_ids": [contact], "contact_stage_id": stage(5)}),
            stage(5),
        ),
    ] {
        let path = format!("contacts/update_stages{query}");
        assert_eq!(apollo.post(&path, &body).await.status, 200, "{path}");
        assert_eq!(now(), expected);
    }
}

#[tokio::test]
async fn stages_are_apollos_defaults_in_order() {
    let apollo = apollo().await;
    let stages = apollo.get("contact_stages").await.json();
    let names: Vec<&str> = stages["contact_stages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stage| stage["name"].as_str().unwrap())
        .collect();
    assert_eq!(names[0], "New");
    assert_eq!(names.len(), 9);
    assert_eq!(stages["contact_stages"][7]["category"], Value::Null);
}

/// All contacts that open tasks of the main rep name.
async fn of_the_queue(apollo: &crate::support::Apollo) -> Vec<Value> {
    let mut all = Vec::new();
    for page in 1..=7 {
        let body = json!({"user_ids": [apollo.me()], "per_page": 100, "page": page});
        let found = apollo.post("tasks/search", &body).await.json();
        let rows = found["tasks"].as_array().unwrap().clone();
        all.extend(
            rows.into_iter()
                .filter_map(|row| row.get("contact").cloned()),
        );
    }
    all
}

#[tokio::test]
async fn fields_of_a_phone_may_be_null_and_there_may_be_no_phone() {
    let apollo = apollo().await;
    let contacts = of_the_queue(&apollo).await;
    assert!(contacts.iter().any(|it| it["phone_numbers"] == json!([])));
    let phones: Vec<&Value> = contacts
        .iter()
        .flat_map(|it| it["phone_numbers"].as_array().unwrap())
        .collect();
    for key in ["sanitized_number", "type", "dnc_status", "dialer_flags"] {
        assert!(phones.iter().any(|it| it[key].is_null()), "{key} is null");
        assert!(phones.iter().any(|it| !it[key].is_null()), "{key} is set");
    }
    assert!(phones.iter().all(|it| it["raw_number"].is_string()));
}

#[tokio::test]
async fn a_contact_may_have_opted_out_and_may_have_no_last_name() {
    let apollo = apollo().await;
    let contacts = of_the_queue(&apollo).await;
    assert!(contacts.iter().any(|it| it["call_opted_out"] == true));
    assert!(contacts.iter().any(|it| it["call_opted_out"].is_null()));
    let nameless = contacts
        .iter()
        .find(|it| it["last_name"].is_null())
        .unwrap();
    assert_eq!(nameless["name"], nameless["first_name"]);
}

#[tokio::test]
async fn names_are_html_escaped_as_they_were_stored() {
    let apollo = apollo().await;
    let contacts = of_the_queue(&apollo).await;
    let escaped = |it: &&Value| {
        let name = it["name"].as_str().unwrap();
        name.contains('&') && name.contains(';')
    };
    let contact = contacts.iter().find(escaped).unwrap();
    let path = format!("contacts/{}", contact["id"].as_str().unwrap());
    let shown = apollo.get(&path).await.json();
    assert_eq!(shown["contact"]["name"], contact["name"]);
}

#[tokio::test]
async fn one_record_has_times_with_z_and_times_with_an_offset() {
    let apollo = apollo().await;
    let contacts = of_the_queue(&apollo).await;
    let contact = contacts
        .iter()
        .find(|it| it["last_activity_date"].is_string())
        .unwrap();
    let ends = |key: &str, ending: &str| contact[key].as_str().unwrap().ends_with(ending);
    assert!(ends("created_at", "Z"));
    assert!(ends("last_activity_date", "+00:00"));
}
