//! A store in a folder of its own, and records that could be a rep's.

use std::{
    fs, io,
    path::Path,
    process::{Child, Command},
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard},
};

use apollo::{
    ids::{CallId, ContactId, TaskId, UserId},
    types::CallStatus,
};
use clock::{ManualClock, SharedClock, Timestamp};
use domain::{
    draft::Draft,
    draft::PlacedCall,
    draft::{CallDetails, CallForm},
    position::Position,
    position::QueueScope,
    rep::MappedUser,
    rep::Rep,
    wrap_up::AfterCall,
    wrap_up::CallResult,
    wrap_up::CallWork,
    wrap_up::Proof,
    wrap_up::ProofKind,
    wrap_up::StepState,
    wrap_up::WrapUp,
};
use store::{OpenNotice, Opening, OriginStore, Outside, SledStore, StoreError};

pub(crate) const ORIGIN: &str = "https://api.apollo.io";
pub(crate) const OTHER_ORIGIN: &str = "http://127.0.0.1:4010";
pub(crate) const KEY: [u8; 32] = [7; 32];

pub(crate) const NOTE: &str = "Asked to be called back after the holidays";
pub(crate) const NUMBER: &str = "+14155550123";
pub(crate) const OUTCOME: &str = "Gatekeeper promised";
pub(crate) const REP_NAME: &str = "Ottoline Vandermeer";
pub(crate) const REP_EMAIL: &str = "ottoline@example.com";

pub(crate) fn now() -> Timestamp {
    "2026-11-25T02:48:36Z".parse().unwrap()
}

pub(crate) fn clock() -> SharedClock {
    ManualClock::at(now())
}

/// Opens the store with any key.
pub(crate) fn open_with(folder: &Path, key: &[u8; 32]) -> (SledStore, Vec<OpenNotice>) {
    try_open_with(folder, key).unwrap()
}

/// Opens a store that may be refused.
pub(crate) fn try_open(folder: &Path) -> Result<(SledStore, Vec<OpenNotice>), StoreError> {
    try_open_with(folder, &KEY)
}

fn try_open_with(
    folder: &Path,
    key: &[u8; 32],
) -> Result<(SledStore, Vec<OpenNotice>), StoreError> {
    try_opening(folder, key, true, None)
}

/// Opens a store of which another folder keeps the mark, with any key.
pub(crate) fn try_open_on(
    folder: &Path,
    outside: &Outside,
    key: &[u8; 32],
) -> Result<(SledStore, Vec<OpenNotice>), StoreError> {
    try_opening(folder, key, true, Some(outside))
}

/// Opens a store only if the key is the right one.
pub(crate) fn try_open_unless_set_aside(
    folder: &Path,
    key: &[u8; 32],
) -> Result<(SledStore, Vec<OpenNotice>), StoreError> {
    try_opening(folder, key, false, None)
}

fn try_opening(
    folder: &Path,
    sealing_key: &[u8; 32],
    may_set_aside: bool,
    outside: Option<&Outside>,
) -> Result<(SledStore, Vec<OpenNotice>), StoreError> {
    let _guard = while_no_child_starts();
    SledStore::open(&Opening {
        folder,
        sealing_key,
        may_set_aside,
        outside,
        clock: &clock(),
    })
}

/// A machine whose mark lies in `state_dir`.
pub(crate) fn machine(name: &str, state_dir: &Path) -> Outside {
    Outside {
        machine: Some(name.to_owned()),
        ..Outside::on_this_machine(state_dir.to_owned())
    }
}

/// Opens what the store keeps its records in.
#[expect(
    clippy::disallowed_methods,
    reason = "reads and changes what the store would not"
)]
pub(crate) fn open_sled(records: &Path) -> sled::Db {
    let _guard = while_no_child_starts();
    // The threads of a sled that was dropped hold its file for a moment. This lock waits for them,
    // and goes as the file is closed.
    if let Ok(file) = fs::File::options()
        .read(true)
        .write(true)
        .open(records.join("db"))
    {
        file.lock().unwrap();
    }
    sled::Config::new().path(records).open().unwrap()
}

/// Between fork and exec a child has a copy of all open files, and with it their locks: a store that
/// another test closes meanwhile is still in use. So nothing is opened while a child starts.
static CHILD_STARTS: RwLock<()> = RwLock::new(());

fn while_no_child_starts() -> RwLockReadGuard<'static, ()> {
    CHILD_STARTS.read().unwrap_or_else(PoisonError::into_inner)
}

/// Starts a child while no other test opens a store.
pub(crate) fn start(command: &mut Command) -> io::Result<Child> {
    let _guard = CHILD_STARTS.write().unwrap_or_else(PoisonError::into_inner);
    command.spawn()
}

pub(crate) fn open_noticed(folder: &Path) -> (SledStore, Vec<OpenNotice>) {
    open_with(folder, &KEY)
}

/// Opens a store with which nothing was wrong.
pub(crate) fn open(folder: &Path) -> SledStore {
    let (store, notices) = open_noticed(folder);
    assert_eq!(notices, []);
    store
}

pub(crate) fn records(store: &SledStore) -> Arc<OriginStore> {
    store.for_origin(ORIGIN)
}

pub(crate) fn rep() -> Rep {
    Rep {
        user_id: UserId::new("user-1"),
        name: REP_NAME.to_owned(),
        email: Some(REP_EMAIL.to_owned()),
    }
}

/// The call of a task, saved `minute` minutes after the first.
pub(crate) fn call(task: &str, minute: i64) -> WrapUp {
    let saved_at = Timestamp::from_second(now().as_second() + minute * 60).unwrap();
    let work = CallWork {
        contact_id: Some(ContactId::new("contact-1")),
        account_id: None,
        to_number: Some(NUMBER.to_owned()),
        own_numbers: Vec::new(),
        started_at: now(),
        ended_at: saved_at,
        result: CallResult {
            opts_out: false,
            status: CallStatus::Completed,
            outcome_id: None,
            outcome_name: OUTCOME.to_owned(),
            details: details(),
        },
        after: AfterCall::default(),
    };
    WrapUp::call(
        TaskId::new(task),
        MappedUser::from_user_map(rep()),
        saved_at,
        work,
    )
}

/// The same wrap-up with every step acknowledged.
pub(crate) fn done(mut wrap_up: WrapUp) -> WrapUp {
    for step in &mut wrap_up.steps {
        step.state = StepState::Done(Proof {
            at: now(),
            how: ProofKind::Replied,
            call_id: Some(CallId::new("call-1")),
            task_id: None,
        });
    }
    wrap_up
}

fn details() -> CallDetails {
    CallDetails {
        note: NOTE.to_owned(),
        ..CallDetails::default()
    }
}

pub(crate) fn draft(task: &str) -> Draft {
    Draft {
        task_id: TaskId::new(task),
        form: CallForm {
            outcome: Some(OUTCOME.to_owned()),
            details: details(),
            ..CallForm::default()
        },
        outcome_name: Some("Connected".to_owned()),
        call: Some(PlacedCall {
            number: NUMBER.to_owned(),
            started_at: now(),
            ended_at: None,
            is_confirmed: false,
        }),
        changed_at: now(),
    }
}

pub(crate) fn position(task: &str) -> Position {
    Position {
        scope: QueueScope::AllCallTasks,
        task_id: Some(TaskId::new(task)),
        rep_id: Some(UserId::new("rep-1")),
        done: vec![TaskId::new("done-1")],
        day: Some(jiff::civil::date(2026, 11, 28)),
    }
}

/// Every file below `folder`.
pub(crate) fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push(path);
        }
    }
    files
}

/// A seed that is printed, so that a failed random test can be repeated with `HANDSET_SEED`.
pub(crate) fn seed() -> u64 {
    let seed = std::env::var("HANDSET_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(rand::random);
    #[expect(clippy::print_stderr, reason = "a random test names its seed")]
    {
        eprintln!("HANDSET_SEED={seed}");
    }
    seed
}
