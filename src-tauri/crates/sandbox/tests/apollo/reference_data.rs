use serde_json::{Value, json};

use crate::support::apollo;

#[tokio::test]
async fn labels_are_a_bare_array() {
    let apollo = apollo().await;
    let labels = apollo.get("labels").await.json();
    let labels = labels.as_array().unwrap();
    assert!(labels.iter().any(|label| label["modality"] == "contacts"));
    assert!(labels.iter().any(|label| label["modality"] == "accounts"));
    assert_eq!(labels[0]["id"], labels[0]["_id"]);
}

#[tokio::test]
async fn custom_field_values_on_contacts_point_at_the_fields_options() {
    let apollo = apollo().await;
    let fields = apollo.get("typed_custom_fields").await.json();
    let picklist = &fields["typed_custom_fields"][0];
    assert_eq!(picklist["type"], "picklist");
    let found = apollo
        .post("contacts/search", &json!({"per_page": 1}))
        .await
        .json();
    let values = &found["contacts"][0]["typed_custom_fields"];
    let value = &values[picklist["id"].as_str().unwrap()];
    let options = picklist["picklist_values"].as_array().unwrap();
    assert!(options.iter().any(|option| option["id"] == value[0]));
}

#[tokio::test]
async fn fields_are_named_by_modality_and_id() {
    let apollo = apollo().await;
    let fields = apollo.get("fields?source=custom").await.json();
    assert!(
        fields["fields"][0]["id"]
            .as_str()
            .unwrap()
            .starts_with("contact.")
    );
    assert_eq!(
        apollo.get("fields?source=system").await.json()["fields"],
        json!([])
    );
}

#[tokio::test]
async fn notes_need_a_subject_and_answer_400() {
    let apollo = apollo().await;
    assert_eq!(
        apollo.get("notes").await.refusal(),
        (400, "At least one argument is required".to_owned())
    );
    assert_eq!(
        apollo
            .get("notes?contact_id=x&sort_direction=up")
            .await
            .refusal(),
        (400, "sort_direction must be \"asc\" or \"desc\"".to_owned())
    );
    assert_eq!(
        apollo
            .get("notes?contact_id=x&sort_by_field=id")
            .await
            .refusal(),
        (
            400,
            "sort_by_field must be one of: created_at, updated_at".to_owned()
        )
    );
}

#[tokio::test]
async fn notes_are_paged_by_skip_and_limit() {
    let apollo = apollo().await;
    let ids: Vec<String> = apollo
        .sandbox
        .world()
        .contacts
        .iter()
        .take(600)
        .map(|contact| format!("contact_ids[]={}", contact.id))
        .collect();
    let query = ids.join("&");
    let all = apollo.get(&format!("notes?{query}&limit=100")).await.json();
    let all = all["notes"].as_array().unwrap();
    assert!(all.len() >= 5);
    let some = apollo
        .get(&format!("notes?{query}&skip=2&limit=2"))
        .await
        .json();
    assert_eq!(some["notes"].as_array().unwrap()[..], all[2..4]);
    let created = |note: &serde_json::Value| note["created_at"].as_str().unwrap().to_owned();
    assert!(created(&all[0]) >= created(&all[1]), "newest first");
}

#[tokio::test]
async fn a_list_needs_a_new_name_and_a_kind() {
    let apollo = apollo().await;
    let list = json!({"name": "Spring fair", "modality": "accounts", "book_of_business": true});
    let made = apollo.post("labels", &list).await.json();
    assert_eq!(made["label"]["book_of_business"], true);
    let all = apollo.get("labels").await.json();
    let is_listed = |row: &Value| row["id"] == made["label"]["id"];
    assert!(all.as_array().unwrap().iter().any(is_listed));
    let twice = apollo.post("labels", &list).await;
    assert_eq!(twice.status, 422);
    assert_eq!(
        twice.json(),
        json!({"error": "Spring fair already exists", "skip_alert_dialog": true})
    );
    for (body, error) in [
        (json!({}), "Please enter a non-empty name!"),
        (json!({"name": "x"}), "Please enter a non-empty modality!"),
        (
            json!({"name": "x", "modality": "deals"}),
            "Please enter a valid modality!",
        ),
    ] {
        let refusal = apollo.post("labels", &body).await.refusal();
        assert_eq!(refusal, (422, error.to_owned()));
    }
    let of_contacts = json!({"name": "Spring fair", "modality": "contacts"});
    let other = apollo.post("labels", &of_contacts).await.json();
    assert_eq!(other["label"]["book_of_business"], Value::Null);
}
