//! Files are damaged while Handset does not run: nothing is lost in silence, and nothing panics.

use std::{
    fs,
    path::{Path, PathBuf},
};

use desk::wrap_up::{ReceiptRecord, StepKind, StepState, WrapUp};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use store::OpenNotice;

use crate::fixtures::{
    call, done, draft, files, now, open, open_noticed, position, records, rep, seed,
};

const DAMAGES: usize = 60;
const UNSENT: usize = 12;
const ACKNOWLEDGED: usize = 12;

/// What is in the store before the damage.
struct Before {
    unsent: Vec<WrapUp>,
    receipts: Vec<ReceiptRecord>,
}

async fn fill(folder: &Path) -> Before {
    let store = open(folder);
    let records = records(&store);
    records.put_rep(Some(&rep())).await.unwrap();
    store
        .put_settings(&desk::view::Settings::default())
        .await
        .unwrap();
    let mut before = Before {
        unsent: Vec::new(),
        receipts: Vec::new(),
    };
    for number in 0..UNSENT.max(ACKNOWLEDGED) {
        let minute = i64::try_from(number).unwrap();
        if number < UNSENT {
            let wrap_up = call(&format!("unsent-{number}"), minute);
            records
                .put_draft(&draft(wrap_up.task_id.as_str()))
                .await
                .unwrap();
            records.put_wrap_up(&wrap_up).await.unwrap();
            before.unsent.push(wrap_up);
        }
        if number < ACKNOWLEDGED {
            let mut wrap_up = call(&format!("acknowledged-{number}"), minute);
            records.put_wrap_up(&wrap_up).await.unwrap();
            wrap_up.steps[0].state = StepState::InFlight { sent_at: now() };
            records.put_wrap_up(&wrap_up).await.unwrap();
            let receipt = done(wrap_up).receipt();
            records.acknowledge(&receipt).await.unwrap();
            before.receipts.push(receipt);
        }
    }
    records.put_draft(&draft("begun")).await.unwrap();
    records
        .put_position(Some(&position("begun")))
        .await
        .unwrap();
    store.close().unwrap();
    before
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

#[derive(Debug)]
enum Damage {
    Flip { bits: usize },
    Cut { length: usize },
    Blank { from: usize, length: usize },
    Scramble { from: usize, length: usize },
}

impl Damage {
    fn random(random: &mut ChaCha8Rng, length: usize) -> Self {
        let part = |random: &mut ChaCha8Rng| {
            let from = random.random_range(0..length);
            (from, random.random_range(1..=(length - from).min(4096)))
        };
        match random.random_range(0..4) {
            0 => Self::Flip {
                bits: random.random_range(1..9),
            },
            1 => Self::Cut {
                length: random.random_range(0..length),
            },
            2 => {
                let (from, length) = part(random);
                Self::Blank { from, length }
            }
            _ => {
                let (from, length) = part(random);
                Self::Scramble { from, length }
            }
        }
    }

    fn apply(&self, random: &mut ChaCha8Rng, bytes: &mut Vec<u8>) {
        match *self {
            Self::Flip { bits } => {
                for _ in 0..bits {
                    let bit = random.random_range(0..bytes.len() * 8);
                    bytes[bit / 8] ^= 1 << (bit % 8);
                }
            }
            Self::Cut { length } => bytes.truncate(length),
            Self::Blank { from, length } => bytes[from..from + length].fill(0),
            Self::Scramble { from, length } => random.fill(&mut bytes[from..from + length]),
        }
    }
}

/// Asserts that an opened store holds everything, or says that it does not; returns how many
/// unsent wrap-ups are missing, or `None` when nothing had to be recovered.
async fn judge(folder: &Path, before: &Before, what: &str) -> Option<usize> {
    let (store, notices) = open_noticed(folder);
    let records = records(&store);
    let unsent = records.wrap_ups().await.unwrap();
    let receipts = records.receipts(now()).await.unwrap();
    let missing = before
        .unsent
        .iter()
        .filter(|wrap_up| !unsent.iter().any(|kept| kept.id == wrap_up.id))
        .count();
    let Some(OpenNotice::Recovered {
        kept_in, wrap_ups, ..
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
        folder.join(kept_in).join("db").exists(),
        "{what}: the damaged store is gone"
    );
    assert_eq!(*wrap_ups, unsent.len(), "{what}");
    for wrap_up in &unsent {
        let log = wrap_up
            .steps
            .iter()
            .find(|step| step.kind == StepKind::LogCall)
            .unwrap();
        assert!(
            matches!(log.state, StepState::Unknown { .. } | StepState::Done(_)),
            "{what}: a revived call would be sent without a look in Apollo"
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
                "{what}: a revived call has other words"
            );
        }
    }
    // The new store works, and is not moved aside again.
    records.put_wrap_up(&call("afterwards", 1)).await.unwrap();
    drop(records);
    drop(store);
    let again = open(folder);
    let kept = crate::fixtures::records(&again).wrap_ups().await.unwrap();
    assert_eq!(kept.len(), unsent.len() + 1, "{what}");
    Some(missing)
}

fn files_of_sled(folder: &Path) -> Vec<PathBuf> {
    let mut files = files(&folder.join("records"));
    files.retain(|file| fs::metadata(file).unwrap().len() > 0);
    files.sort();
    files
}

#[tokio::test]
async fn random_damage_never_panics_and_never_loses_in_silence() {
    let seed = seed();
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let healthy = tempfile::tempdir().unwrap();
    let before = fill(healthy.path()).await;
    let mut recovered = 0;
    for number in 0..DAMAGES {
        let folder = tempfile::tempdir().unwrap();
        copy(healthy.path(), folder.path());
        let files = files_of_sled(folder.path());
        let db = folder.path().join("records/db");
        let file = if random.random_bool(0.8) {
            &db
        } else {
            files.choose(&mut random).unwrap()
        };
        let mut bytes = fs::read(file).unwrap();
        let damage = Damage::random(&mut random, bytes.len());
        damage.apply(&mut random, &mut bytes);
        fs::write(file, bytes).unwrap();
        let name = file.file_name().unwrap().to_string_lossy();
        let what = format!("seed {seed}, damage {number}: {damage:?} of {name}");
        let Some(missing) = judge(folder.path(), &before, &what).await else {
            continue;
        };
        recovered += 1;
        if let Damage::Flip { bits } = damage {
            assert!(
                missing <= bits,
                "{what}: {missing} readable wrap-ups were not recovered"
            );
        }
    }
    assert!(
        recovered > DAMAGES / 10,
        "seed {seed}: only {recovered} damages did any harm"
    );
}

#[tokio::test]
async fn a_lost_file_of_sled_is_noticed_and_what_is_left_is_recovered() {
    let healthy = tempfile::tempdir().unwrap();
    let before = fill(healthy.path()).await;
    for file in files_of_sled(healthy.path()) {
        let folder = tempfile::tempdir().unwrap();
        copy(healthy.path(), folder.path());
        let name = file.file_name().unwrap();
        let lost = folder.path().join("records").join(name);
        fs::remove_file(&lost).unwrap();
        if name == "db" {
            // There is nothing to recover, and that is said.
            let (store, notices) = open_noticed(folder.path());
            let [
                OpenNotice::Recovered {
                    kept_in,
                    wrap_ups: 0,
                    ..
                },
            ] = &notices[..]
            else {
                panic!("{notices:?}")
            };
            assert!(folder.path().join(kept_in).join("conf").exists());
            assert!(records(&store).wrap_ups().await.unwrap().is_empty());
        } else {
            let missing = judge(folder.path(), &before, &format!("{name:?} lost")).await;
            assert_eq!(missing.unwrap_or(0), 0, "{name:?}");
        }
    }
}

#[tokio::test]
async fn half_a_snapshot_beside_healthy_data_is_no_damage() {
    let folder = tempfile::tempdir().unwrap();
    let before = fill(folder.path()).await;
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
    let before = fill(healthy.path()).await;
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
                kept_in, wrap_ups, ..
            },
        ] = &notices[..]
        else {
            panic!("{notices:?}")
        };
        assert_eq!(*wrap_ups, UNSENT);
        assert!(folder.path().join(kept_in).is_dir());
        assert!(records(&store).wrap_ups().await.unwrap() == before.unsent);
        assert!(!folder.path().join("records.recovering").exists());
    }
}
