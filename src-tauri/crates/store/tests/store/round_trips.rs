//! What is stored comes back, in the next run too, and only where it belongs.

use apollo::ids::TeamId;
use outbox::OutboxStore as _;
use session::ports::DraftStore as _;
use session::ports::FinishedStore as _;
use session::ports::OutcomeStore as _;
use session::ports::PositionStore as _;

use crate::fixtures::{ORIGIN, OTHER_ORIGIN, call, done, draft, now, open, position, records, rep};
use domain::{
    calling_hours::OutsideHours, outcomes::StoredOutcomes, settings::Settings, wrap_up::StepState,
    wrap_up::WrapUp,
};
use store::{StoreError, Summary};

fn ids(wrap_ups: &[WrapUp]) -> Vec<&str> {
    wrap_ups
        .iter()
        .map(|wrap_up| wrap_up.task_id.as_str())
        .collect()
}

fn outcomes() -> StoredOutcomes {
    // As the first version to store them writes it, with nothing but what it must have.
    serde_json::from_value(serde_json::json!({
        "outcomes": [{"id": "64c0ffee0000000000000c01", "name": "Left Voicemail"}],
        "read_at": "2026-11-24T15:00:00Z",
    }))
    .unwrap()
}

#[tokio::test]
async fn everything_that_is_stored_is_there_in_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    let wrap_up = call("task-1", 1);
    let settings = Settings {
        retention_days: 7,
        ..Settings::default()
    };
    {
        let store = open(folder.path());
        let records = records(&store);
        records.put_wrap_up(&wrap_up).await.unwrap();
        records.put_draft(&draft("task-2")).await.unwrap();
        records
            .put_position(Some(&position("task-2")))
            .await
            .unwrap();
        records.put_rep(Some(&rep())).await.unwrap();
        records.put_outcomes(&outcomes()).await.unwrap();
        store.put_settings(&settings).await.unwrap();
        store
            .put_budget(ORIGIN, &serde_json::json!({"left": 12}))
            .await
            .unwrap();
        store.close().unwrap();
    }
    let store = open(folder.path());
    let records = records(&store);
    assert!(records.wrap_ups().await.unwrap() == [wrap_up]);
    assert!(records.drafts().await.unwrap() == [draft("task-2")]);
    assert_eq!(records.position().await.unwrap(), Some(position("task-2")));
    assert!(records.rep().await.unwrap() == Some(rep()));
    assert_eq!(records.outcomes().await.unwrap(), Some(outcomes()));
    let there = store.for_origin(OTHER_ORIGIN);
    assert_eq!(there.outcomes().await.unwrap(), None, "another origin's");
    assert_eq!(store.settings().await.unwrap(), settings);
    assert_eq!(
        store.budget(ORIGIN).await.unwrap(),
        Some(serde_json::json!({"left": 12}))
    );
}

#[tokio::test]
async fn an_empty_store_answers_with_nothing_and_the_default_settings() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let records = records(&store);
    assert!(records.wrap_ups().await.unwrap().is_empty());
    assert!(records.drafts().await.unwrap().is_empty());
    assert!(records.receipts(now()).await.unwrap().is_empty());
    assert!(records.ledger().await.unwrap().is_empty());
    assert_eq!(records.position().await.unwrap(), None);
    assert!(records.rep().await.unwrap().is_none());
    assert_eq!(
        store.settings().await.unwrap().calling_hours.outside,
        OutsideHours::Block
    );
    assert_eq!(store.budget(ORIGIN).await.unwrap(), None);
    assert_eq!(store.summary().await.unwrap(), Summary::default());
}

#[tokio::test]
async fn one_origin_never_sees_the_records_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let (here, there) = (store.for_origin(ORIGIN), store.for_origin(OTHER_ORIGIN));
    here.put_wrap_up(&call("task-1", 1)).await.unwrap();
    here.put_draft(&draft("task-2")).await.unwrap();
    here.put_position(Some(&position("task-2"))).await.unwrap();
    here.put_rep(Some(&rep())).await.unwrap();
    let acknowledged = call("task-3", 1);
    here.put_wrap_up(&acknowledged).await.unwrap();
    here.acknowledge(&done(acknowledged).receipt())
        .await
        .unwrap();
    store
        .put_budget(ORIGIN, &serde_json::json!(1))
        .await
        .unwrap();

    assert!(there.wrap_ups().await.unwrap().is_empty());
    assert!(there.drafts().await.unwrap().is_empty());
    assert!(there.receipts(now()).await.unwrap().is_empty());
    assert!(there.ledger().await.unwrap().is_empty());
    assert_eq!(there.position().await.unwrap(), None);
    assert!(there.rep().await.unwrap().is_none());
    assert_eq!(store.budget(OTHER_ORIGIN).await.unwrap(), None);

    there.erase_draft(&"task-2".into()).await.unwrap();
    there.put_rep(None).await.unwrap();
    assert_eq!(here.drafts().await.unwrap().len(), 1);
    assert_eq!(here.receipts(now()).await.unwrap().len(), 1);
    assert!(here.rep().await.unwrap().is_some());
}

#[tokio::test]
async fn the_outbox_of_an_origin_has_one_lease_until_it_is_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let lease = records(&store).take_outbox().await.unwrap();
    let second = records(&store).take_outbox().await;
    assert!(matches!(second.err(), Some(StoreError::OutboxTaken)));
    let elsewhere = store.for_origin(OTHER_ORIGIN).take_outbox().await;
    assert!(elsewhere.is_ok(), "another origin has its own");
    drop(lease);
    assert!(records(&store).take_outbox().await.is_ok());
}

#[tokio::test]
async fn wrap_ups_come_oldest_first_and_a_second_put_replaces() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let records = records(&store);
    let mut late = call("late", 9);
    for wrap_up in [&late, &call("early", 1), &call("middle", 5)] {
        records.put_wrap_up(wrap_up).await.unwrap();
    }
    late.steps[0].state = StepState::InFlight { sent_at: now() };
    records.put_wrap_up(&late).await.unwrap();
    let stored = records.wrap_ups().await.unwrap();
    assert_eq!(ids(&stored), ["early", "middle", "late"]);
    assert!(stored[2] == late);
}

#[tokio::test]
async fn an_acknowledged_wrap_up_leaves_a_receipt_and_a_ledger_entry_and_no_content() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let records = records(&store);
    let wrap_up = call("task-1", 1);
    records.put_wrap_up(&wrap_up).await.unwrap();
    let receipt = done(wrap_up).receipt();
    records.acknowledge(&receipt).await.unwrap();

    assert!(records.wrap_ups().await.unwrap().is_empty());
    assert_eq!(
        records.receipts(now()).await.unwrap(),
        std::slice::from_ref(&receipt)
    );
    let ledger = records.ledger().await.unwrap();
    assert_eq!(ledger.len(), 1);
    assert_eq!(ledger[0].task_id, receipt.task_id);
    assert_eq!(ledger[0].wrap_up_id, receipt.wrap_up_id);
    assert_eq!(ledger[0].call_id, receipt.call_id());
    assert_eq!(ledger[0].at, receipt.saved_at);
}

#[tokio::test]
async fn a_saved_wrap_up_takes_the_place_of_its_draft_and_a_later_draft_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let records = records(&store);
    records.put_draft(&draft("task-1")).await.unwrap();
    records.put_draft(&draft("task-2")).await.unwrap();
    let wrap_up = call("task-1", 1);
    records.put_wrap_up(&wrap_up).await.unwrap();
    assert!(records.drafts().await.unwrap() == [draft("task-2")]);

    records.put_draft(&draft("task-1")).await.unwrap();
    records.put_wrap_up(&wrap_up).await.unwrap();
    assert_eq!(records.drafts().await.unwrap().len(), 2);
    records.erase_draft(&"task-1".into()).await.unwrap();
    assert!(records.drafts().await.unwrap() == [draft("task-2")]);
}

#[tokio::test]
async fn a_forgotten_rep_or_position_stays_forgotten_in_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    {
        let store = open(folder.path());
        let records = records(&store);
        records.put_rep(Some(&rep())).await.unwrap();
        records
            .put_position(Some(&position("task-1")))
            .await
            .unwrap();
        assert_eq!(store.summary().await.unwrap().reps, 1);
        records.put_rep(None).await.unwrap();
        records.put_position(None).await.unwrap();
        assert_eq!(store.summary().await.unwrap().reps, 0);
    }
    let store = open(folder.path());
    assert!(records(&store).rep().await.unwrap().is_none());
    assert_eq!(records(&store).position().await.unwrap(), None);
}

#[tokio::test]
async fn the_summary_counts_what_is_there_for_all_origins() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    for origin in [ORIGIN, OTHER_ORIGIN] {
        let records = store.for_origin(origin);
        records.put_wrap_up(&call("task-1", 1)).await.unwrap();
        records.put_draft(&draft("task-2")).await.unwrap();
        records.put_rep(Some(&rep())).await.unwrap();
        records
            .acknowledge(&done(call("task-3", 1)).receipt())
            .await
            .unwrap();
    }
    let expected = Summary {
        wrap_ups: 2,
        drafts: 2,
        receipts: 2,
        ledger_entries: 2,
        // The same person in both.
        reps: 1,
        unreadable: 0,
    };
    assert_eq!(store.summary().await.unwrap(), expected);
}

#[tokio::test]
async fn long_notes_are_stored_like_short_ones() {
    let folder = tempfile::tempdir().unwrap();
    let mut saved = Vec::new();
    {
        let store = open(folder.path());
        let records = records(&store);
        for number in 0..40 {
            let mut draft = draft(&format!("task-{number:04}"));
            draft.form.details.note = "x".repeat(20_000 + number * 2_000);
            records.put_draft(&draft).await.unwrap();
            saved.push(draft);
        }
        store.close().unwrap();
    }
    let store = open(folder.path());
    assert!(records(&store).drafts().await.unwrap() == saved);
}

fn named(store: &StoredOutcomes) -> Vec<&str> {
    store
        .outcomes
        .iter()
        .map(|outcome| outcome.name.as_str())
        .collect()
}

#[tokio::test]
async fn no_teams_outcomes_become_anothers_however_often_and_whenever_keys_are_exchanged() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let records = records(&store);
    let (one, two) = (TeamId::new("one"), TeamId::new("two"));
    let in_use = async || records.outcomes().await.unwrap().unwrap();
    // Read before it was known whose the key is; then it is known.
    records.put_outcomes(&outcomes()).await.unwrap();
    records.exchange_outcomes(None, &one).await.unwrap();
    assert_eq!(in_use().await.team, Some(one.clone()));
    // Who keeps a list without saying whose it is changes nothing in that.
    records.put_outcomes(&outcomes()).await.unwrap();

    // The other team's key; and once more, since the first run ended at this moment.
    for _ in 0..2 {
        records.exchange_outcomes(Some(&one), &two).await.unwrap();
        assert_eq!(in_use().await.team, Some(two.clone()));
        assert!(named(&in_use().await).is_empty(), "none of it is known yet");
    }
    let mut theirs = outcomes();
    theirs.outcomes[0].name = "Theirs".to_owned();
    records.put_outcomes(&theirs).await.unwrap();

    // The first team's again, although it was not stored whose key was there in between.
    for before in [None, Some(&one), Some(&two)] {
        records.exchange_outcomes(before, &one).await.unwrap();
        assert_eq!(named(&in_use().await), ["Left Voicemail"]);
    }
    records.exchange_outcomes(Some(&one), &two).await.unwrap();
    assert_eq!(named(&in_use().await), ["Theirs"]);
}

#[tokio::test]
async fn outcomes_of_the_version_before_belong_to_the_team_whose_key_was_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let records = records(&store);
    let (one, two) = (TeamId::new("one"), TeamId::new("two"));
    records.put_outcomes(&outcomes()).await.unwrap();
    records.exchange_outcomes(Some(&one), &two).await.unwrap();
    records.exchange_outcomes(Some(&two), &one).await.unwrap();
    let back = records.outcomes().await.unwrap().unwrap();
    assert_eq!(named(&back), ["Left Voicemail"]);
}
