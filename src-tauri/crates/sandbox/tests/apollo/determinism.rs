//! The same seed, the same moment and the same requests give the same bytes.

use serde_json::json;

use crate::support::{Answer, Apollo, apollo};

/// A rep's morning: reads, writes, refusals, ids that the sandbox makes.
async fn session(apollo: &Apollo) -> Vec<Answer> {
    let mut answers = vec![
        apollo.get("users/search?per_page=100").await,
        apollo
            .post("emailer_campaigns/search", &json!({"per_page": 100}))
            .await,
        apollo.get("tasks/x").await,
    ];
    for task in apollo.queue(8).await {
        let id = task["id"].as_str().unwrap();
        let call = json!({
            "user_id": apollo.me(), "contact_id": task["contact_id"], "outreach_task_id": id,
            "status": "no_answer", "note": "Nobody there",
        });
        answers.push(apollo.post("phone_calls", &call).await);
        let complete = format!("tasks/{id}/complete");
        answers.push(apollo.post(&complete, &json!({})).await);
        answers.push(apollo.post(&complete, &json!({})).await);
        apollo.clock.advance(std::time::Duration::from_secs(40));
    }
    let again = json!({
        "user_id": apollo.me(), "contact_id": apollo.queue(1).await[0]["contact_id"],
        "type": "call", "status": "scheduled", "due_at": "2026-11-25T09:30:00Z",
    });
    answers.push(apollo.post("tasks", &again).await);
    let list = json!({"name": "Spring fair", "modality": "contacts"});
    answers.push(apollo.post("labels", &list).await);
    for path in ["tasks/search", "contacts/search", "phone_calls/search"] {
        answers.push(apollo.post(path, &json!({"per_page": 100})).await);
    }
    answers
}

#[tokio::test]
async fn the_same_session_gets_the_same_bytes_and_headers() {
    let (first, second) = (apollo().await, apollo().await);
    let answers = session(&first).await;
    assert!(answers.iter().any(|answer| answer.status == 422));
    for (number, (left, right)) in answers.iter().zip(session(&second).await).enumerate() {
        assert_eq!(left.status, right.status, "answer {number}");
        assert_eq!(left.headers, right.headers, "answer {number}");
        assert!(left.text == right.text, "answer {number} differs");
    }
}
