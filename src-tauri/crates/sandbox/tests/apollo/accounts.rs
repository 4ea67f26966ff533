use serde_json::{Value, json};

use crate::support::{NOBODY, apollo};

#[tokio::test]
async fn show_has_more_than_search() {
    let apollo = apollo().await;
    let found = apollo
        .post("accounts/search", &json!({"per_page": 1}))
        .await
        .json();
    let row = found["accounts"][0].clone();
    assert!(row["industry"].is_string());
    assert_eq!(row.get("short_description"), None);
    let shown = apollo
        .get(&format!("accounts/{}", row["id"].as_str().unwrap()))
        .await
        .json();
    assert_eq!(shown["account"]["id"], row["id"]);
    assert!(shown["account"]["short_description"].is_string());
    assert!(shown["account"]["num_contacts"].is_u64());
    assert_eq!(shown["salesforce_users"], json!([]));
}

#[tokio::test]
async fn a_broken_id_and_an_unknown_one_are_422() {
    let apollo = apollo().await;
    assert_eq!(
        apollo.get("accounts/nonsense").await.refusal(),
        (
            422,
            "Parameters misconfigured. id is not a valid ID".to_owned()
        )
    );
    assert_eq!(apollo.get(&format!("accounts/{NOBODY}")).await.status, 422);
}

#[tokio::test]
async fn an_unknown_sort_field_is_422() {
    let apollo = apollo().await;
    let answer = apollo
        .post("accounts/search", &json!({"sort_by_field": "name"}))
        .await;
    assert_eq!(answer.status, 422);
    assert_eq!(
        answer.json(),
        json!({"error": "Invalid sort criteria", "skip_alert_dialog": true})
    );
}

#[tokio::test]
async fn the_name_filter_narrows_and_unknown_filters_do_not() {
    let apollo = apollo().await;
    let total = async |body: Value| {
        let found = apollo.post("accounts/search", &body).await.json();
        found["pagination"]["total_entries"].as_u64().unwrap()
    };
    let all = total(json!({})).await;
    let narrow = total(json!({"q_organization_name": "larkfield"})).await;
    assert!(narrow > 0 && narrow < all);
    assert_eq!(
        total(json!({"contact_emailer_campaign_ids": [NOBODY], "query": "x"})).await,
        all
    );
}

#[tokio::test]
async fn stages_have_names() {
    let apollo = apollo().await;
    let stages = apollo.get("account_stages").await.json();
    assert_eq!(stages["account_stages"][0]["name"], "Review");
    assert_eq!(stages["account_stages"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn patch_changes_what_is_sent_in_body_or_query_and_nothing_else() {
    let apollo = apollo().await;
    let search = json!({"per_page": 1});
    let rows = apollo.post("accounts/search", &search).await.json();
    let before = rows["accounts"][0].clone();
    let path = format!("accounts/{}", before["id"].as_str().unwrap());
    let stages = apollo.get("account_stages").await.json();
    let stage = stages["account_stages"][1]["id"].as_str().unwrap();
    let body = json!({
        "name": "Sample Freight", "domain": "freight.example", "owner_id": apollo.teammate(),
        "raw_address": "1 Sample Street", "phone": "+1 202-555-0143",
        "typed_custom_fields": {"64c0ffee0000000000000f01": "Large"},
    });
    apollo.call("PATCH", &path, &body).await;
    let by_query = format!("{path}?account_stage_id={stage}");
    let answer = apollo.call("PUT", &by_query, &json!({})).await.json();
    let after = &answer["account"];
    assert_eq!(after["name"], "Sample Freight");
    assert_eq!(after["domain"], "freight.example");
    assert_eq!(after["owner_id"], json!(apollo.teammate()));
    assert_eq!(after["raw_address"], "1 Sample Street");
    assert_eq!(after["sanitized_phone"], "+12025550143");
    assert_eq!(
        after["typed_custom_fields"]["64c0ffee0000000000000f01"],
        "Large"
    );
    assert_eq!(after["account_stage_id"], json!(stage));
    assert_eq!(after["industry"], before["industry"]);
    assert!(answer["labels"].is_array());
    let not_valid = "Parameters misconfigured. account_id is not a valid ID";
    let refusal = apollo.call("PATCH", "accounts/x", &json!({})).await;
    assert_eq!(refusal.refusal(), (422, not_valid.to_owned()));
    for key in ["owner_id", "account_stage_id"] {
        let refusal = apollo.call("PATCH", &path, &json!({key: "12"})).await;
        let not_valid = "Parameters misconfigured. 12 is not a valid ID".to_owned();
        assert_eq!(refusal.refusal(), (422, not_valid), "{key}");
    }
}

#[tokio::test]
async fn search_narrows_to_a_list() {
    let apollo = apollo().await;
    let labels = apollo.get("labels").await.json();
    let of_accounts = |it: &&Value| it["modality"] == "accounts";
    let label = labels.as_array().unwrap().iter().find(of_accounts).unwrap()["id"].clone();
    let body = json!({"account_label_ids": [label], "per_page": 100});
    let found = apollo.post("accounts/search", &body).await.json();
    let rows = found["accounts"].as_array().unwrap();
    assert!(!rows.is_empty());
    assert!(
        rows.iter()
            .all(|row| row["label_ids"].as_array().unwrap().contains(&label))
    );
}
