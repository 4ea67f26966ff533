//! An answer of anything between this computer and Apollo is never taken for Apollo's: no task
//! is finished by it, no key refused, no limit reached, nothing acknowledged.

use apollo::{
    Delivery, Error,
    types::{
        NewPhoneCall, NewTask, PhoneCallUpdate, Task, TaskKind, TaskPriority, TaskSearch,
        TaskStatus, TaskUpdate,
    },
};
use budget::Priority::{Waiting, WrapUp};
use sandbox::{FaultKind, Target};

use crate::{
    bench::Bench,
    canned::{Answer, Canned, JSON, TEXT},
};

const ID: &str = "64c0ffee0000000000007a01";

/// Every write there is, by name, and what came of it.
async fn all_writes(client: &apollo::Client) -> Vec<(&'static str, Error)> {
    let (tasks, calls) = (client.tasks(), client.phone_calls());
    let (contacts, sequences) = (client.contacts(), client.sequences());
    let task = ID.into();
    let update = TaskUpdate::of(&Task::with_id(ID));
    let new_task = new_task();
    let call = NewPhoneCall::by(ID);
    let correction = PhoneCallUpdate::default();
    let (contact, stage, sequence) = (ID.into(), ID.into(), ID.into());
    let refused: [(&'static str, Result<(), Error>); 8] = [
        ("complete", tasks.complete(&task, WrapUp).await.map(drop)),
        ("skip", tasks.skip(&task, None, WrapUp).await.map(drop)),
        ("move", tasks.update(&task, &update, WrapUp).await.map(drop)),
        ("callback", tasks.create(&new_task, WrapUp).await.map(drop)),
        ("log", calls.create(&call, WrapUp).await.map(drop)),
        (
            "correct",
            calls
                .update(&ID.into(), &correction, WrapUp)
                .await
                .map(drop),
        ),
        (
            "stage",
            contacts
                .set_stage(std::slice::from_ref(&contact), &stage, WrapUp)
                .await,
        ),
        (
            "finish",
            sequences
                .mark_as_finished(&sequence, &contact, WrapUp)
                .await,
        ),
    ];
    refused
        .into_iter()
        .map(|(name, refused)| (name, refused.unwrap_err()))
        .collect()
}

fn new_task() -> NewTask {
    NewTask {
        user_id: ID.into(),
        creator_id: None,
        contact_id: Some(ID.into()),
        account_id: None,
        kind: TaskKind::Call,
        status: TaskStatus::Scheduled,
        due_at: "2026-11-26T16:00:00Z".parse().unwrap(),
        priority: TaskPriority::High,
        title: None,
        note: None,
    }
}

#[tokio::test]
async fn no_answer_of_a_stranger_acknowledges_or_refuses_a_write() {
    for kind in FaultKind::OF_STRANGERS {
        let bench = Bench::start().await;
        bench.sandbox.faults().always(Target::Any, kind);
        let errors = all_writes(&bench.client).await;
        assert_eq!(
            bench.sandbox.history().requests.len(),
            errors.len(),
            "{kind:?}: each is sent once"
        );
        for (name, error) in errors {
            assert_eq!(
                error.delivery(),
                Delivery::Unknown,
                "{kind:?} {name}: {error:?}"
            );
            let is_named = match kind {
                FaultKind::GatewayEmptyObject => matches!(error, Error::Undecodable { .. }),
                _ => matches!(error, Error::NotFromApollo { .. }),
            };
            assert!(is_named, "{kind:?} {name}: {error:?}");
        }
        assert!(bench.sandbox.history().calls().is_empty(), "{kind:?}");
    }
}

#[tokio::test]
async fn a_2xx_that_does_not_show_what_was_done_acknowledges_nothing() {
    let bodies: [Answer; 8] = [
        (200, JSON, "{}"),
        (200, JSON, r#"{"status":"ok"}"#),
        (200, JSON, r#"{"success":"true"}"#),
        (200, JSON, r#"{"task":{},"contact":{},"phone_call":{}}"#),
        (200, JSON, r#"{"task":null,"tasks":"","phone_call":[]}"#),
        (200, JSON, "null"),
        (201, JSON, r#""ok""#),
        (200, TEXT, r#"{"message":"accepted"}"#),
    ];
    for answer in bodies {
        let canned = Canned::start(&[answer]).await;
        for (name, error) in all_writes(&canned.client).await {
            assert!(
                matches!(error, Error::Undecodable { .. }),
                "{} {name}: {error:?}",
                answer.2
            );
            assert_eq!(error.delivery(), Delivery::Unknown);
        }
    }
}

#[tokio::test]
async fn an_answer_that_does_not_say_whether_the_key_is_good_proves_nothing_about_it() {
    for body in ["{}", r#"{"status":"ok"}"#, r#"{"is_logged_in":null}"#, "[]"] {
        let canned = Canned::json(body).await;
        let health = canned.client.auth().health(Waiting).await;
        assert!(
            matches!(health, Err(Error::Undecodable { .. })),
            "{body}: {health:?}"
        );
    }
}

#[tokio::test]
async fn a_gateways_429_does_not_freeze_the_endpoint() {
    let bench = Bench::start().await;
    let limit = FaultKind::GatewayTooManyRequests {
        retry_after_s: Some(3_600),
    };
    bench.sandbox.faults().next(Target::Any, 1, limit);
    let search = TaskSearch::default();
    let tasks = bench.client.tasks();
    let error = tasks.search(&search, Waiting).await.unwrap_err();
    assert_eq!(error, Error::NotFromApollo { status: 429 });
    assert!(
        tasks.search(&search, Waiting).await.is_ok(),
        "it is asked again"
    );
}

#[tokio::test]
async fn a_leaked_text_of_apollos_machinery_may_follow_a_commit() {
    let bench = Bench::start().await;
    bench
        .sandbox
        .faults()
        .next(Target::Any, 1, FaultKind::StumbledAfterCommit);
    let call = NewPhoneCall::by(bench.rep());
    let error = bench.client.phone_calls().create(&call, WrapUp).await;
    let error = error.unwrap_err();
    assert_eq!(error, Error::Stumbled);
    assert_eq!(error.delivery(), Delivery::Unknown);
    assert_eq!(bench.sandbox.history().calls().len(), 1);
}
