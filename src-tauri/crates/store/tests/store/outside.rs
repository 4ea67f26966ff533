//! The folder is put back to an earlier state, copied, removed while it is used: nothing is sent twice
//! and nobody is told that something is saved which is not.

use outbox::OutboxStore as _;
use session::ports::DraftStore as _;
use session::ports::FinishedStore as _;
use std::{fs, path::Path};

use domain::{
    wrap_up::BlockCode, wrap_up::DiscardReason, wrap_up::Discarded, wrap_up::Step,
    wrap_up::StepKind, wrap_up::StepState, wrap_up::UnknownBecause, wrap_up::WrapUp,
};
use store::{OpenNotice, Outside, SledStore, StoreError};

use crate::fixtures::{
    KEY, call, done, draft, machine, now, open_sled, open_with, records, try_open_on,
};

/// A machine's data folder, the folder of its marks, and a backup.
struct Machine {
    home: tempfile::TempDir,
    name: &'static str,
}

impl Machine {
    fn new(name: &'static str) -> Self {
        let home = tempfile::tempdir().unwrap();
        Self { home, name }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.home.path().join(name)
    }

    fn data(&self) -> std::path::PathBuf {
        self.path("data")
    }

    fn outside(&self) -> Outside {
        machine(self.name, &self.path("state"))
    }

    fn try_open(&self, folder: &str) -> Result<(SledStore, Vec<OpenNotice>), StoreError> {
        try_open_on(&self.path(folder), &self.outside(), &KEY)
    }

    /// Opens the data folder, in which nothing is wrong.
    fn open(&self) -> SledStore {
        let (store, notices) = self.try_open("data").unwrap();
        assert_eq!(notices, []);
        store
    }

    fn back_up(&self) {
        replace(&self.data(), &self.path("backup"));
    }

    fn restore(&self) {
        replace(&self.path("backup"), &self.data());
    }

    /// The only mark there is, as it is written.
    fn mark(&self) -> Vec<u8> {
        fs::read(self.mark_file()).unwrap()
    }

    fn mark_file(&self) -> std::path::PathBuf {
        let marks: Vec<_> = fs::read_dir(self.path("state"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|suffix| suffix == "sent"))
            .collect();
        assert_eq!(marks.len(), 1, "{marks:?}");
        marks[0].clone()
    }
}

/// Makes `to` a copy of `from`.
fn replace(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            replace(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A call that also moves its task.
fn moving(task: &str) -> WrapUp {
    let mut wrap_up = call(task, 1);
    wrap_up.steps[1] = Step::ready(StepKind::MoveTask);
    wrap_up
}

fn about_to_leave(wrap_up: &WrapUp, step: usize) -> WrapUp {
    let mut wrap_up = wrap_up.clone();
    for before in &mut wrap_up.steps[..step] {
        before.state = done(call("", 1)).steps[0].state.clone();
    }
    wrap_up.steps[step].state = StepState::InFlight { sent_at: now() };
    wrap_up.steps[step].attempts = 1;
    wrap_up
}

/// Writes down each state of a call on its way to Apollo.
async fn send(store: &SledStore, wrap_up: &WrapUp) {
    let records = records(store);
    for step in 0..wrap_up.steps.len() {
        records
            .put_wrap_up(&about_to_leave(wrap_up, step))
            .await
            .unwrap();
    }
    let sent = done(wrap_up.clone());
    records.put_wrap_up(&sent).await.unwrap();
    records.acknowledge(&sent.receipt()).await.unwrap();
}

async fn states(store: &SledStore) -> Vec<Vec<StepState>> {
    let wrap_ups = records(store).wrap_ups().await.unwrap();
    wrap_ups
        .into_iter()
        .map(|wrap_up| wrap_up.steps.into_iter().map(|step| step.state).collect())
        .collect()
}

fn unknown() -> StepState {
    StepState::Unknown {
        since: now(),
        look_at: now(),
        because: UnknownBecause::ReplyLost,
        looks: 0,
        waited_ms: 0,
    }
}

fn blocked(code: BlockCode) -> StepState {
    StepState::Blocked { code }
}

// ---- restored

#[tokio::test]
async fn a_folder_from_before_a_send_looks_it_up_and_asks_before_it_writes_anything_over() {
    let machine = Machine::new("one");
    let wrap_up = moving("task-1");
    {
        let store = machine.open();
        records(&store).put_wrap_up(&wrap_up).await.unwrap();
    }
    machine.back_up();
    send(&machine.open(), &wrap_up).await;
    machine.restore();

    let (store, notices) = machine.try_open("data").unwrap();
    assert_eq!(notices, [OpenNotice::Restored { wrap_ups: 1 }]);
    let expected = [vec![unknown(), blocked(BlockCode::FolderRestored)]];
    assert_eq!(states(&store).await, expected);
    drop(store);
    assert_eq!(
        states(&machine.open()).await,
        expected,
        "it is reported once, and stays so"
    );
}

#[tokio::test]
async fn a_folder_from_earlier_in_the_same_run_is_noticed_too() {
    for what in ["sent", "taken back", "given up"] {
        let machine = Machine::new("one");
        let wrap_up = call("task-1", 1);
        {
            let store = machine.open();
            let records = records(&store);
            records.put_wrap_up(&wrap_up).await.unwrap();
            store.close().unwrap();
            machine.back_up();
            match what {
                "sent" => send(&store, &wrap_up).await,
                "taken back" => records.take_back(&wrap_up, &draft("task-1")).await.unwrap(),
                _ => {
                    let mut receipt = wrap_up.receipt();
                    receipt.discarded = Some(Discarded {
                        at: now(),
                        reason: DiscardReason::LoggedByHand,
                        steps: vec![StepKind::LogCall],
                        is_unproven: false,
                    });
                    records.acknowledge(&receipt).await.unwrap();
                }
            }
        }
        machine.restore();
        let (store, notices) = machine.try_open("data").unwrap();
        assert_eq!(notices, [OpenNotice::Restored { wrap_ups: 1 }], "{what}");
        assert_eq!(states(&store).await[0][0], unknown(), "{what}");
    }
}

#[tokio::test]
async fn a_folder_that_went_on_elsewhere_and_came_back_is_noticed() {
    let here = Machine::new("one");
    let wrap_up = call("task-1", 1);
    records(&here.open()).put_wrap_up(&wrap_up).await.unwrap();
    let there = Machine::new("two");
    replace(&here.data(), &there.data());
    // Both go on, and the copy goes further.
    send(&here.open(), &wrap_up).await;
    {
        let (store, _) = there.try_open("data").unwrap();
        for number in 0..30 {
            let other = call(&format!("other-{number}"), number);
            send(&store, &other).await;
        }
        records(&store)
            .put_wrap_up(&call("task-2", 2))
            .await
            .unwrap();
    }
    replace(&there.data(), &here.data());
    let (store, notices) = here.try_open("data").unwrap();
    assert_eq!(notices, [OpenNotice::Copied { wrap_ups: 2 }]);
    for steps in states(&store).await {
        assert_eq!(steps[0], blocked(BlockCode::FolderCopied));
    }
}

#[tokio::test]
async fn without_its_mark_a_folder_that_had_one_is_not_trusted() {
    let machine = Machine::new("one");
    records(&machine.open())
        .put_wrap_up(&call("task-1", 1))
        .await
        .unwrap();
    for harm in ["gone", "damaged"] {
        match harm {
            "gone" => fs::remove_dir_all(machine.path("state")).unwrap(),
            _ => fs::write(machine.mark_file(), b"{").unwrap(),
        }
        let (store, notices) = machine.try_open("data").unwrap();
        assert_eq!(notices, [OpenNotice::Restored { wrap_ups: 1 }], "{harm}");
        assert_eq!(states(&store).await[0][0], unknown());
        drop(store);
        machine.open();
    }
}

#[tokio::test]
async fn what_the_keychain_has_counted_tells_where_the_file_was_put_back_as_well() {
    let machine = Machine::new("one");
    let wrap_up = call("task-1", 1);
    let (id, count) = {
        let store = machine.open();
        records(&store).put_wrap_up(&wrap_up).await.unwrap();
        store.close().unwrap();
        machine.back_up();
        replace(&machine.path("state"), &machine.path("state-backup"));
        send(&store, &wrap_up).await;
        (store.folder_id().unwrap(), *store.witnessed().borrow())
    };
    machine.restore();
    replace(&machine.path("state-backup"), &machine.path("state"));
    let outside = Outside {
        counted: std::sync::Arc::new(move |asked| (asked == id).then_some(count)),
        ..machine.outside()
    };
    let (store, notices) = try_open_on(&machine.data(), &outside, &KEY).unwrap();
    assert_eq!(notices, [OpenNotice::Restored { wrap_ups: 1 }]);
    assert_eq!(states(&store).await[0][0], unknown());
}

// ---- copied

#[tokio::test]
async fn on_another_machine_nothing_of_a_copy_is_sent_before_a_person_has_said_so() {
    let here = Machine::new("one");
    records(&here.open())
        .put_wrap_up(&call("task-1", 1))
        .await
        .unwrap();
    for with_marks in [false, true] {
        let there = Machine::new("two");
        replace(&here.data(), &there.data());
        if with_marks {
            replace(&here.path("state"), &there.path("state"));
        }
        let (store, notices) = there.try_open("data").unwrap();
        assert_eq!(notices, [OpenNotice::Copied { wrap_ups: 1 }]);
        assert_eq!(states(&store).await[0][0], blocked(BlockCode::FolderCopied));
        drop(store);
        there.open();
    }
    // The one that was copied knows nothing of it, and goes on.
    assert_eq!(states(&here.open()).await[0][0], StepState::Ready);
}

#[tokio::test]
async fn two_copies_on_one_machine_cannot_run_at_once_and_each_notices_the_other_afterwards() {
    let machine = Machine::new("one");
    records(&machine.open())
        .put_wrap_up(&call("task-1", 1))
        .await
        .unwrap();
    replace(&machine.data(), &machine.path("copy"));
    let first = machine.open();
    let refused = machine.try_open("copy").map(|_| ());
    assert!(matches!(refused, Err(StoreError::CopyInUse)), "{refused:?}");
    drop(first);
    for folder in ["copy", "data", "copy"] {
        let (store, notices) = machine.try_open(folder).unwrap();
        assert_eq!(notices, [OpenNotice::Copied { wrap_ups: 1 }], "{folder}");
        assert_eq!(states(&store).await[0][0], blocked(BlockCode::FolderCopied));
    }
}

#[tokio::test]
async fn a_folder_that_was_moved_is_the_same_one() {
    let machine = Machine::new("one");
    records(&machine.open())
        .put_wrap_up(&call("task-1", 1))
        .await
        .unwrap();
    fs::rename(machine.data(), machine.path("moved")).unwrap();
    let (_, notices) = machine.try_open("moved").unwrap();
    assert_eq!(notices, []);
}

// ---- crashes, and what costs what

#[tokio::test]
async fn a_crash_between_the_folder_and_its_mark_is_no_alarm() {
    let machine = Machine::new("one");
    let wrap_up = call("task-1", 1);
    let before = {
        let store = machine.open();
        records(&store).put_wrap_up(&wrap_up).await.unwrap();
        let before = machine.mark();
        records(&store)
            .put_wrap_up(&about_to_leave(&wrap_up, 0))
            .await
            .unwrap();
        before
    };
    assert_ne!(machine.mark(), before);
    // While a step was written down, and then at the beginning of each of two starts.
    for _ in 0..3 {
        fs::write(machine.mark_file(), &before).unwrap();
        let store = machine.open();
        assert!(matches!(
            states(&store).await[0][0],
            StepState::InFlight { .. }
        ));
    }
}

#[tokio::test]
async fn a_very_first_start_that_is_cut_off_before_its_mark_is_no_alarm() {
    let machine = Machine::new("one");
    drop(machine.open());
    // As it was after the first of the two things that a first start says of itself.
    let sled = open_sled(&machine.data().join("records"));
    let (key, value) = sled
        .scan_prefix([11])
        .next()
        .unwrap()
        .map(|(key, value)| (key.to_vec(), value.to_vec()))
        .unwrap();
    let end = value.len() - 4;
    let body_at = value.windows(2).position(|pair| pair == b"{\"").unwrap();
    let mut identity: serde_json::Value = serde_json::from_slice(&value[body_at..end]).unwrap();
    assert!(identity["witnessed"].is_string());
    identity["witnessed"] = serde_json::Value::Null;
    let body = serde_json::to_vec(&identity).unwrap();
    let mut frame = value[..body_at - 4].to_vec();
    frame.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    frame.extend(body);
    frame.extend(crc32fast::hash(&frame).to_le_bytes());
    sled.insert(key, frame).unwrap();
    sled.flush().unwrap();
    drop(sled);
    fs::remove_file(machine.mark_file()).unwrap();
    drop(machine.open());
    machine.open();
}

#[tokio::test]
async fn the_mark_costs_one_write_for_a_call_and_none_for_a_save() {
    let machine = Machine::new("one");
    let store = machine.open();
    let records = records(&store);
    let wrap_up = call("task-1", 1);
    let mut last = machine.mark();
    let mut is_rewritten = || {
        let mark = machine.mark();
        let is_rewritten = mark != last;
        last = mark;
        is_rewritten
    };
    records.put_draft(&draft("task-1")).await.unwrap();
    records.put_wrap_up(&wrap_up).await.unwrap();
    assert!(!is_rewritten(), "a save");
    records
        .put_wrap_up(&about_to_leave(&wrap_up, 0))
        .await
        .unwrap();
    assert!(is_rewritten(), "the call is about to leave");
    records
        .put_wrap_up(&about_to_leave(&wrap_up, 1))
        .await
        .unwrap();
    records.put_wrap_up(&done(wrap_up.clone())).await.unwrap();
    records.acknowledge(&done(wrap_up).receipt()).await.unwrap();
    assert!(!is_rewritten(), "its answer, its task, its receipt");
}

#[tokio::test]
async fn nothing_leaves_without_its_mark_and_everything_else_goes_on() {
    let machine = Machine::new("one");
    let store = machine.open();
    let records = records(&store);
    let wrap_up = call("task-1", 1);
    records.put_wrap_up(&wrap_up).await.unwrap();
    fs::remove_dir_all(machine.path("state")).unwrap();
    fs::write(machine.path("state"), b"in the way").unwrap();
    for _ in 0..2 {
        let refused = records.put_wrap_up(&about_to_leave(&wrap_up, 0)).await;
        assert!(
            matches!(refused, Err(StoreError::NotWitnessed { .. })),
            "{refused:?}"
        );
        assert!(records.wrap_ups().await.unwrap() == [wrap_up.clone()]);
    }
    records.put_draft(&draft("task-2")).await.unwrap();
    records.put_wrap_up(&call("task-3", 3)).await.unwrap();

    fs::remove_file(machine.path("state")).unwrap();
    records
        .put_wrap_up(&about_to_leave(&wrap_up, 0))
        .await
        .unwrap();
    drop(records);
    drop(store);
    machine.open();
}

// ---- folders of the version before

/// A data folder as the version before this one left it: dumped by that version's own code.
fn folder_of_schema_2(folder: &Path) {
    let bytes = |hex: &str| -> Vec<u8> {
        (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect()
    };
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).unwrap();
    let sled = open_sled(&folder.join("records"));
    for line in include_str!("records-of-schema-2.txt").lines() {
        match line.split_once(' ').unwrap() {
            ("high-water", mark) => fs::write(folder.join("high-water"), bytes(mark)).unwrap(),
            (key, value) => {
                sled.insert(bytes(key), bytes(value)).unwrap();
            }
        }
    }
    sled.flush().unwrap();
}

#[tokio::test]
async fn a_folder_of_the_version_before_is_taken_over_without_alarm() {
    let machine = Machine::new("one");
    folder_of_schema_2(&machine.data());
    {
        let store = machine.open();
        let states = states(&store).await;
        assert_eq!(states[0][0], StepState::Ready);
        assert!(matches!(states[1][0], StepState::InFlight { .. }));
        let records = records(&store);
        assert_eq!(records.ledger().await.unwrap().len(), 1);
        assert_eq!(records.drafts().await.unwrap().len(), 1);
        assert!(records.rep().await.unwrap().is_some());
        assert_eq!(store.settings().await.unwrap().retention_days, 7);
    }
    machine.open();
    // From then on its unsent calls close their tasks, whether or not they can be read.
    let elsewhere = tempfile::tempdir().unwrap();
    replace(&machine.data(), elsewhere.path());
    let (store, _) = open_with(elsewhere.path(), &[8; 32]);
    let mut closed = records(&store).tasks_set_aside().await.unwrap();
    closed.sort();
    assert_eq!(closed, ["task-in-flight".into(), "task-ready".into()]);
}

#[tokio::test]
async fn a_backup_of_the_version_before_over_a_newer_folder_was_restored() {
    let machine = Machine::new("one");
    folder_of_schema_2(&machine.data());
    drop(machine.open());
    folder_of_schema_2(&machine.data());
    let (store, notices) = machine.try_open("data").unwrap();
    assert_eq!(notices, [OpenNotice::Restored { wrap_ups: 2 }]);
    assert_eq!(states(&store).await[0][0], unknown());
    drop(store);
    machine.open();
}

// ---- the folder goes while it is used

#[tokio::test]
async fn a_folder_that_is_removed_while_it_is_used_is_reported_as_gone_at_every_write() {
    let machine = Machine::new("one");
    let store = machine.open();
    let records = records(&store);
    let wrap_up = call("task-1", 1);
    records.put_wrap_up(&wrap_up).await.unwrap();
    fs::remove_dir_all(machine.data()).unwrap();
    for refused in [
        records.put_wrap_up(&about_to_leave(&wrap_up, 0)).await,
        records.put_wrap_up(&call("task-2", 2)).await,
        records.put_draft(&draft("task-3")).await,
        store.close(),
    ] {
        assert!(
            matches!(refused, Err(StoreError::FolderGone)),
            "{refused:?}"
        );
    }
    assert!(
        records.wrap_ups().await.unwrap() == [wrap_up],
        "what is in memory can still be copied"
    );
}

#[tokio::test]
async fn a_folder_that_is_put_back_while_it_is_used_is_not_written_past() {
    let machine = Machine::new("one");
    let wrap_up = call("task-1", 1);
    {
        let store = machine.open();
        let records = records(&store);
        records.put_wrap_up(&wrap_up).await.unwrap();
        store.close().unwrap();
        machine.back_up();
        send(&store, &wrap_up).await;
        machine.restore();
        let refused = records.put_wrap_up(&call("task-2", 2)).await;
        assert!(
            matches!(refused, Err(StoreError::FolderGone)),
            "{refused:?}"
        );
        let second = machine.try_open("data").map(|_| ());
        assert!(matches!(second, Err(StoreError::CopyInUse)), "{second:?}");
    }
    let (_, notices) = machine.try_open("data").unwrap();
    assert_eq!(notices, [OpenNotice::Restored { wrap_ups: 1 }]);
}

#[tokio::test]
async fn a_copy_from_a_start_that_was_cut_off_is_not_thrown_away_with_the_records_gone() {
    let machine = Machine::new("one");
    let wrap_up = call("task-1", 1);
    records(&machine.open())
        .put_wrap_up(&wrap_up)
        .await
        .unwrap();
    let data = machine.data();
    fs::rename(data.join("records"), data.join("records.before")).unwrap();
    // With it nothing could be told.
    fs::remove_file(data.join("high-water")).unwrap();
    let (store, notices) = machine.try_open("data").unwrap();
    assert!(
        matches!(&notices[..], [OpenNotice::Recovered { wrap_ups: 1, .. }]),
        "{notices:?}"
    );
    assert_eq!(states(&store).await[0][0], unknown());
}
