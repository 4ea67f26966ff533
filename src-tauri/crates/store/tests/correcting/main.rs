//! A call that is complete is corrected: its receipt and its wrap-up are never both on disk.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use apollo::{
    ids::{CallId, TaskId, UserId},
    types::CallStatus,
};
use clock::{ManualClock, SharedClock, Timestamp};
use domain::{
    draft::CallDetails, rep::MappedUser, rep::Rep, wrap_up::AfterCall, wrap_up::CallResult,
    wrap_up::CallWork, wrap_up::Proof, wrap_up::ProofKind, wrap_up::StepKind, wrap_up::StepState,
    wrap_up::WrapUp,
};
use outbox::OutboxStore as _;
use session::ports::FinishedStore as _;
use store::{Opening, SledStore};

fn now() -> Timestamp {
    "2026-11-25T02:48:36Z".parse().unwrap()
}

fn rep() -> MappedUser {
    MappedUser::from_user_map(Rep {
        user_id: UserId::new("user-1"),
        name: "Rep".to_owned(),
        email: None,
    })
}

fn result(note: &str) -> CallResult {
    CallResult {
        opts_out: false,
        status: CallStatus::Completed,
        outcome_id: None,
        outcome_name: "Connected".to_owned(),
        details: CallDetails {
            note: note.to_owned(),
            ..CallDetails::default()
        },
    }
}

/// A call of which every step is acknowledged.
fn complete() -> WrapUp {
    let work = CallWork {
        contact_id: Some("contact-1".into()),
        account_id: None,
        to_number: None,
        own_numbers: Vec::new(),
        started_at: now(),
        ended_at: now(),
        result: result("before"),
        after: AfterCall::default(),
    };
    let mut wrap_up = WrapUp::call(TaskId::new("task-1"), rep(), now(), work);
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

#[tokio::test]
async fn a_call_that_is_corrected_leaves_its_receipt_and_gets_it_back_when_it_is_complete() {
    let folder = tempfile::tempdir().unwrap();
    let clock: SharedClock = ManualClock::at(now());
    let (store, _) = SledStore::open(&Opening {
        folder: folder.path(),
        sealing_key: &[7; 32],
        may_set_aside: true,
        outside: None,
        clock: &clock,
    })
    .unwrap();
    let records = store.for_origin("https://api.apollo.io");
    let wrap_up = complete();
    let receipt = wrap_up.receipt();
    records.put_wrap_up(&wrap_up).await.unwrap();
    records.acknowledge(&receipt).await.unwrap();

    let mut revived = receipt.revived(rep(), result("after")).unwrap();
    records.revive(&revived).await.unwrap();
    assert_eq!(records.receipts(now()).await.unwrap(), []);
    assert!(records.wrap_ups().await.unwrap() == [revived.clone()]);
    let ledger = records.ledger().await.unwrap();
    assert_eq!(ledger.len(), 1, "the task is not to be called again");

    let correction = revived.steps.last_mut().unwrap();
    assert_eq!(correction.kind, StepKind::CorrectCall);
    correction.state = wrap_up.steps[0].state.clone();
    records.acknowledge(&revived.receipt()).await.unwrap();
    assert_eq!(records.receipts(now()).await.unwrap(), [revived.receipt()]);
    assert!(records.wrap_ups().await.unwrap().is_empty());
}
