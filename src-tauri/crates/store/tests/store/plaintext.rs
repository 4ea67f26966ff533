//! No file holds a note, a number or a name in readable form, at any time.

use outbox::OutboxStore as _;
use session::ports::DraftStore as _;
use session::ports::PositionStore as _;
use std::path::Path;

use crate::fixtures::{
    NOTE, NUMBER, OUTCOME, REP_EMAIL, REP_NAME, call, done, draft, files, now, open, position,
    records, rep,
};
use domain::wrap_up::StepState;

fn assert_nothing_can_be_read(folder: &Path, when: &str) {
    let files = files(folder);
    assert!(!files.is_empty());
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        for secret in [
            NOTE,
            NUMBER,
            OUTCOME,
            REP_NAME,
            REP_EMAIL,
            "contact-1",
            "sequence-9",
        ] {
            let seen = bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            assert!(!seen, "{when}: {secret} is in {}", file.display());
        }
    }
}

#[tokio::test]
async fn no_file_ever_holds_what_a_person_said_or_who_somebody_is() {
    let folder = tempfile::tempdir().unwrap();
    let check = |when: &str| assert_nothing_can_be_read(folder.path(), when);
    {
        let store = open(folder.path());
        let records = records(&store);
        records.put_rep(Some(&rep())).await.unwrap();
        check("after the rep was chosen");
        records.put_draft(&draft("task-1")).await.unwrap();
        check("after a draft");
        let mut position = position("task-1");
        position.scope = domain::position::QueueScope::Sequence {
            id: "sequence-9".into(),
        };
        records.put_position(Some(&position)).await.unwrap();
        check("after a position");
        let mut wrap_up = call("task-1", 1);
        records.put_wrap_up(&wrap_up).await.unwrap();
        check("after a wrap-up");
        wrap_up.steps[0].state = StepState::InFlight { sent_at: now() };
        records.put_wrap_up(&wrap_up).await.unwrap();
        check("after it was sent");
        records.acknowledge(&done(wrap_up).receipt()).await.unwrap();
        check("after it was acknowledged");
        records.put_draft(&draft("task-2")).await.unwrap();
        records.erase_draft(&"task-2".into()).await.unwrap();
        check("after a draft was erased");
        store.close().unwrap();
        check("after closing");
    }
    check("after the process let go");
    drop(open(folder.path()));
    check("after the next start");
}

/// Guards the test above: it would see a readable text.
#[tokio::test]
async fn what_is_not_sealed_is_found_by_the_same_search() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store
        .put_budget(NOTE, &serde_json::json!(null))
        .await
        .unwrap();
    let seen = files(folder.path()).iter().any(|file| {
        let bytes = std::fs::read(file).unwrap();
        bytes
            .windows(NOTE.len())
            .any(|window| window == NOTE.as_bytes())
    });
    assert!(seen);
}
