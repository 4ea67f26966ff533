//! Files are damaged while Handset does not run: nothing is lost in silence, and nothing panics.

use outbox::OutboxStore as _;
use session::ports::DraftStore as _;
use session::ports::PositionStore as _;
use std::{
    fs,
    path::{Path, PathBuf},
};

use domain::{wrap_up::ReceiptRecord, wrap_up::StepKind, wrap_up::StepState, wrap_up::WrapUp};
use store::OpenNotice;
use tempfile::TempDir;

use self::frames::KnownFrames;
use crate::fixtures::{
    call, done, draft, files, now, open, open_noticed, position, records, rep, try_open,
};

mod frames;
mod harm;
mod many;

const UNSENT: usize = 8;
const ACKNOWLEDGED: usize = 6;

/// What is in the store before the damage.
struct Before {
    unsent: Vec<WrapUp>,
    receipts: Vec<ReceiptRecord>,
    frames: KnownFrames,
}

/// A store that was filled.
struct Filled {
    before: Before,
    /// Its records at an earlier time.
    earlier: TempDir,
}

async fn fill(folder: &Path) -> Filled {
    let mut store = open(folder);
    let mut records = crate::fixtures::records(&store);
    records.put_rep(Some(&rep())).await.unwrap();
    store
        .put_settings(&domain::settings::Settings::default())
        .await
        .unwrap();
    let (mut unsent, mut acknowledged) = (Vec::new(), Vec::new());
    let earlier = tempfile::tempdir().unwrap();
    for number in 0..UNSENT.max(ACKNOWLEDGED) {
        let minute = i64::try_from(number).unwrap();
        if number == UNSENT / 2 {
            // Another start: sled writes a snapshot.
            drop(records);
            drop(store);
            copy(&folder.join("records"), earlier.path());
            store = open(folder);
            records = crate::fixtures::records(&store);
            // Each store is judged as one that was always closed in peace.
            forget_the_copy(folder);
        }
        if number < UNSENT {
            let mut wrap_up = call(&format!("unsent-{number}"), minute);
            records
                .put_draft(&draft(wrap_up.task_id.as_str()))
                .await
                .unwrap();
            records.put_wrap_up(&wrap_up).await.unwrap();
            if number % 2 == 1 {
                wrap_up.steps[0].state = StepState::InFlight { sent_at: now() };
                records.put_wrap_up(&wrap_up).await.unwrap();
            }
            unsent.push(wrap_up);
        }
        if number < ACKNOWLEDGED {
            let mut wrap_up = call(&format!("acknowledged-{number}"), minute);
            records.put_wrap_up(&wrap_up).await.unwrap();
            wrap_up.steps[0].state = StepState::InFlight { sent_at: now() };
            records.put_wrap_up(&wrap_up).await.unwrap();
            let receipt = done(wrap_up).receipt();
            records.acknowledge(&receipt).await.unwrap();
            acknowledged.push(receipt);
        }
    }
    records.put_draft(&draft("begun")).await.unwrap();
    records
        .put_position(Some(&position("begun")))
        .await
        .unwrap();
    store.close().unwrap();
    drop(records);
    drop(store);
    let frames = KnownFrames::of(folder);
    let readable = frames.still_in(folder);
    for wrap_up in &unsent {
        assert!(readable.wrap_ups.contains(&wrap_up.id.to_string()));
    }
    for receipt in &acknowledged {
        assert!(readable.receipts.contains(&receipt.wrap_up_id.to_string()));
    }
    let before = Before {
        unsent,
        receipts: acknowledged,
        frames,
    };
    Filled { before, earlier }
}

/// Removes the copy of the records that a start makes.
fn forget_the_copy(folder: &Path) {
    let copy = folder.join("records.before");
    if copy.exists() {
        fs::remove_dir_all(copy).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// Asserts that an opened store holds everything, or says that it does not and has everything that
/// can still be read; returns how many unsent wrap-ups are missing, or `None` when nothing had to be
/// recovered.
async fn judge(folder: &Path, before: &Before, what: &str) -> Option<usize> {
    let readable = before.frames.still_in(&folder.join("records"));
    let damaged = fs::read(folder.join("records/db")).ok();
    let (store, notices) = match try_open(folder) {
        Ok(opened) => opened,
        Err(error) => panic!("{what}: {error:?}"),
    };
    let records = records(&store);
    let unsent = records.wrap_ups().await.unwrap();
    let receipts = records.receipts(now()).await.unwrap();
    let missing: Vec<_> = before
        .unsent
        .iter()
        .map(|wrap_up| wrap_up.id)
        .filter(|id| !unsent.iter().any(|wrap_up| wrap_up.id == *id))
        .collect();
    let Some(OpenNotice::Recovered {
        stored_in,
        wrap_ups,
        ..
    }) = notices.first()
    else {
        assert_eq!(notices, [], "{what}");
        assert!(
            unsent == before.unsent,
            "{what}: unsent wrap-ups changed in silence"
        );
        assert!(
            receipts == before.receipts,
            "{what}: receipts changed in silence"
        );
        return None;
    };
    assert!(
        damaged.is_none() || fs::read(folder.join(stored_in).join("db")).ok() == damaged,
        "{what}: the damaged store was not left as it was"
    );
    assert_eq!(*wrap_ups, unsent.len(), "{what}");
    for id in &missing {
        assert!(
            !readable.wrap_ups.contains(&id.to_string()),
            "{what}: the readable wrap-up {id} was not recovered"
        );
    }
    for id in before.receipts.iter().map(|receipt| receipt.wrap_up_id) {
        assert!(
            !readable.receipts.contains(&id.to_string())
                || receipts.iter().any(|receipt| receipt.wrap_up_id == id),
            "{what}: the readable receipt of {id} was not recovered"
        );
    }
    for wrap_up in &unsent {
        let log = wrap_up
            .steps
            .iter()
            .find(|step| step.kind == StepKind::LogCall)
            .unwrap();
        assert!(
            matches!(log.state, StepState::Unknown { .. } | StepState::Done(_)),
            "{what}: a revived call would be sent without a search in Apollo"
        );
        assert!(
            !receipts
                .iter()
                .any(|receipt| receipt.wrap_up_id == wrap_up.id),
            "{what}: an acknowledged call was revived"
        );
        if let Some(original) = before.unsent.iter().find(|known| known.id == wrap_up.id) {
            assert!(
                wrap_up.work == original.work,
                "{what}: a revived call has other content"
            );
        }
    }
    // The new store works, and is not moved aside again.
    records.put_wrap_up(&call("afterwards", 1)).await.unwrap();
    drop(records);
    drop(store);
    let again = open(folder);
    let waiting = crate::fixtures::records(&again).wrap_ups().await.unwrap();
    assert_eq!(waiting.len(), unsent.len() + 1, "{what}");
    Some(missing.len())
}

fn files_of_sled(folder: &Path) -> Vec<PathBuf> {
    let mut files = files(&folder.join("records"));
    files.retain(|file| fs::metadata(file).unwrap().len() > 0);
    files.sort();
    files
}

#[tokio::test]
async fn a_lost_file_of_sled_is_noticed_and_what_is_left_is_recovered() {
    let healthy = tempfile::tempdir().unwrap();
    let before = fill(healthy.path()).await.before;
    for file in files_of_sled(healthy.path()) {
        let folder = tempfile::tempdir().unwrap();
        copy(healthy.path(), folder.path());
        let name = file.file_name().unwrap();
        let lost = folder.path().join("records").join(name);
        fs::remove_file(&lost).unwrap();
        if name == "db" {
            // There is nothing to recover, and that is reported.
            let (store, notices) = open_noticed(folder.path());
            let [
                OpenNotice::Recovered {
                    stored_in,
                    wrap_ups: 0,
                    ..
                },
            ] = &notices[..]
            else {
                panic!("{notices:?}")
            };
            assert!(folder.path().join(stored_in).join("conf").exists());
            assert!(records(&store).wrap_ups().await.unwrap().is_empty());
        } else {
            let missing = judge(folder.path(), &before, &format!("{name:?} lost")).await;
            assert_eq!(missing.unwrap_or(0), 0, "{name:?}");
        }
    }
}

#[tokio::test]
async fn what_is_kept_of_a_damaged_store_is_the_damage_and_not_the_copy_of_an_earlier_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut before = fill(folder.path()).await.before;
    let late = call("late", 99);
    {
        let store = open(folder.path());
        records(&store).put_wrap_up(&late).await.unwrap();
    }
    before.unsent.push(late);
    before.frames = KnownFrames::of(&folder.path().join("records"));
    let db = folder.path().join("records/db");
    let mut bytes = fs::read(&db).unwrap();
    let first = frames::starts(&bytes).next().unwrap();
    bytes[first] ^= 1;
    fs::write(&db, bytes).unwrap();
    let missing = judge(folder.path(), &before, "after an earlier start").await;
    assert_eq!(missing, Some(0));
}

#[tokio::test]
async fn half_a_snapshot_beside_healthy_data_is_no_damage() {
    let folder = tempfile::tempdir().unwrap();
    let before = fill(folder.path()).await.before;
    let half = folder
        .path()
        .join("records/snap.FFFFFFFFFFFFFFF0.generating");
    fs::write(&half, b"half").unwrap();
    let store = open(folder.path());
    assert!(records(&store).wrap_ups().await.unwrap() == before.unsent);
    assert!(!half.exists());
}

#[tokio::test]
async fn a_store_that_went_back_to_an_older_state_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let older = tempfile::tempdir().unwrap();
    copy(&folder.path().join("records"), older.path());
    fill(folder.path()).await;
    fs::remove_dir_all(folder.path().join("records")).unwrap();
    copy(older.path(), &folder.path().join("records"));
    let (_store, notices) = open_noticed(folder.path());
    assert!(matches!(notices[..], [OpenNotice::Recovered { .. }]));
}

#[tokio::test]
async fn a_crash_between_the_steps_of_a_recovery_leaves_the_rebuilt_store_in_use() {
    let healthy = tempfile::tempdir().unwrap();
    let before = fill(healthy.path()).await.before;
    for damaged_is_still_in_place in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        copy(healthy.path(), folder.path());
        let records_folder = folder.path().join("records");
        copy(&records_folder, &folder.path().join("records.recovered"));
        fs::create_dir(folder.path().join("records.recovering")).unwrap();
        if damaged_is_still_in_place {
            copy(&records_folder, &folder.path().join("records.before"));
            fs::write(records_folder.join("db"), b"damaged").unwrap();
        } else {
            fs::rename(
                &records_folder,
                folder.path().join("damaged-20260101T000000Z"),
            )
            .unwrap();
        }
        let (store, notices) = open_noticed(folder.path());
        let [
            OpenNotice::Recovered {
                stored_in,
                wrap_ups,
                ..
            },
        ] = &notices[..]
        else {
            panic!("{notices:?}")
        };
        assert_eq!(*wrap_ups, UNSENT);
        assert!(folder.path().join(stored_in).is_dir());
        assert!(records(&store).wrap_ups().await.unwrap() == before.unsent);
        assert!(!folder.path().join("records.recovering").exists());
    }
}
