//! What is stored on disk can be read, whichever version stored it.
//!
//! Each folder below `tests/formats` holds records as one version wrote them, with every field set. A
//! change of a format gets a folder of its own, and the ones before stay as they are.

use std::{fs, path::Path};

use clock::Timestamp;
use domain::{
    call_history::HistoryEntry,
    draft::Draft,
    outcomes::StoredOutcomes,
    position::Position,
    rep::{Rep, StoredIdentity},
    settings::Settings,
    wrap_up::{LedgerEntry, ReceiptRecord, StepState, Work, WrapUp},
};
use outbox::OutboxStore as _;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use session::ports::{DraftStore as _, FinishedStore as _, OutcomeStore as _, PositionStore as _};

use crate::fixtures::{open_noticed, records};

/// A folder for each version that changed a format, oldest first.
const VERSIONS: &[&str] = &["first"];

/// Reads a record, and sees that nothing of it is lost when it is written again.
fn read<T: Serialize + DeserializeOwned>(version: &str, name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/formats")
        .join(version)
        .join(name)
        .with_extension("json");
    let text = fs::read_to_string(&path).unwrap();
    let record: T = serde_json::from_str(&text)
        .unwrap_or_else(|error| panic!("{name} of {version} cannot be read: {error}"));
    let before: Value = serde_json::from_str(&text).unwrap();
    let after = serde_json::to_value(&record).unwrap();
    let lost = lost(&before, &after);
    assert_eq!(lost, None, "{name} of {version} lost something");
    record
}

/// Something of `before` that is not the same in `after`, which may hold more.
fn lost<'a>(before: &'a Value, after: &Value) -> Option<&'a Value> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => before
            .iter()
            .find_map(|(name, value)| lost(value, after.get(name).unwrap_or(&Value::Null))),
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            let mut pairs = before.iter().zip(after);
            pairs.find_map(|(before, after)| lost(before, after))
        }
        _ => (before != after).then_some(before),
    }
}

#[test]
fn every_record_that_a_version_wrote_is_read_whole() {
    for version in VERSIONS.iter().copied() {
        let call: WrapUp = read(version, "wrap_up_call");
        let result = call.result().unwrap();
        assert_eq!(result.details.note, "Asked for prices.");
        assert!(result.details.purpose_id.is_some());
        let in_flight: WrapUp = read(version, "wrap_up_in_flight");
        let first = &in_flight.steps[0].state;
        assert!(matches!(first, StepState::InFlight { .. }), "{first:?}");
        let skip: WrapUp = read(version, "wrap_up_skip");
        assert!(matches!(&skip.work, Work::Skip(skip) if skip.reason.opts_out()));
        let correction: WrapUp = read(version, "wrap_up_correction");
        assert_eq!(correction.result().unwrap().details.note, "Put right.");

        let draft: Draft = read(version, "draft");
        assert_eq!(draft.form.details.note, "half a sen");
        assert_eq!(draft.form.finish_sequence, Some(false));
        assert!(draft.form.callback.is_some() && draft.call.is_some());

        let _: ReceiptRecord = read(version, "receipt");
        let _: Option<LedgerEntry> = read(version, "ledger_entry");
        let _: Position = read(version, "position");
        let _: Rep = read(version, "rep");
        let _: StoredIdentity = read(version, "key_identity");
        let _: StoredOutcomes = read(version, "outcomes");
        let _: HistoryEntry = read(version, "history_entry");
        let settings: Settings = read(version, "settings");
        assert_eq!(settings.undo_s, 7);
    }
}

#[test]
fn settings_of_a_version_that_knew_less_have_defaults_for_the_rest() {
    let settings: Settings = serde_json::from_str(r#"{"undo_s": 3}"#).unwrap();
    assert_eq!(settings.undo_s, 3);
    assert_eq!(settings.retention_days, Settings::default().retention_days);
}

/// A whole data folder, as the first version left it: closed in order, with a call on its way, one that
/// Apollo has, a skip, and a draft with a call that goes on.
#[tokio::test]
async fn a_folder_of_the_first_version_opens_with_everything_in_it() {
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/first/folder");
    let folder = tempfile::tempdir().unwrap();
    for file in ["high-water", "records/conf", "records/db"] {
        let to = folder.path().join(file);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(stored.join(file), to).unwrap();
    }
    let (store, notices) = open_noticed(folder.path());
    assert_eq!(notices, []);
    let records = records(&store);
    let waiting = records.wrap_ups().await.unwrap();
    let tasks: Vec<_> = waiting.iter().map(|it| it.task_id.as_str()).collect();
    assert_eq!(tasks, ["task-1", "task-2"]);
    let result = waiting[0].result().unwrap();
    assert_eq!(result.details.note, "Asked for prices.");
    assert_eq!(records.receipts(Timestamp::MIN).await.unwrap().len(), 1);
    assert_eq!(records.ledger().await.unwrap().len(), 1);
    assert_eq!(records.history().await.unwrap().len(), 3);
    let drafts = records.drafts().await.unwrap();
    assert_eq!(drafts[0].form.details.note, "half a sen");
    assert!(records.position().await.unwrap().is_some());
    assert!(records.rep().await.unwrap().is_some());
    assert!(records.key_identity().await.unwrap().is_some());
    let outcomes = records.outcomes().await.unwrap().unwrap();
    assert_eq!(outcomes.outcomes[0].shown(), "Spoke");
    assert_eq!(store.settings().await.unwrap().undo_s, 7);
}
