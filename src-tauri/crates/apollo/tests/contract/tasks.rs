//! `tasks/*`.

use std::time::Duration;

use apollo::{
    Delivery, Error, Timestamp,
    ids::TaskId,
    types::{
        CompletionReply, NewTask, SkipReply, TaskKind, TaskPriority, TaskSearch, TaskStatus,
        TaskUpdate,
    },
};
use budget::Priority::{Waiting, WrapUp};
use sandbox::{TaskStatus as Stands, TaskView, endpoints};

use crate::bench::Bench;

fn mine(bench: &Bench) -> TaskSearch {
    TaskSearch {
        user_ids: vec![bench.rep()],
        kinds: TaskKind::CALLS.to_vec(),
        ..TaskSearch::default()
    }
}

fn some_task(bench: &Bench, stands: Stands) -> TaskView {
    let rep = bench.rep();
    bench
        .sandbox
        .world()
        .tasks
        .into_iter()
        .find(|task| {
            task.state == stands
                && task.task.user_id == rep.as_str()
                && task.task.task_type == "call"
        })
        .unwrap()
}

fn id(task: &TaskView) -> TaskId {
    task.task.id.as_str().into()
}

#[tokio::test]
async fn a_reps_call_tasks_come_page_by_page_oldest_due_first_with_contact_and_account() {
    let bench = Bench::start().await;
    let mut tasks = Vec::new();
    let mut next = Some(1);
    while let Some(page) = next {
        let search = TaskSearch {
            page,
            ..mine(&bench)
        };
        let found = bench.client.tasks().search(&search, Waiting).await.unwrap();
        assert_eq!(found.dropped_rows, 0);
        next = found.next_page();
        tasks.extend(found.rows);
    }
    assert!(tasks.len() > 100, "more than a page: {}", tasks.len());
    assert_eq!(bench.seen("tasks#search"), tasks.len().div_ceil(100));
    for pair in tasks.windows(2) {
        assert!(pair[0].due_at <= pair[1].due_at);
    }
    for task in &tasks {
        assert_eq!(task.user_id, Some(bench.rep()));
        assert!(task.kind.is_call() && task.status == TaskStatus::Scheduled);
        if let Some(contact) = &task.contact {
            assert_eq!(Some(&contact.id), task.contact_id.as_ref());
        }
    }
    assert!(tasks.iter().filter(|task| task.contact.is_some()).count() > 50);
    assert!(tasks.iter().filter(|task| task.account.is_some()).count() > 50);
    assert!(
        tasks
            .iter()
            .any(|task| task.sequence_name.is_some() && task.step_position.is_some())
    );
}

#[tokio::test]
async fn a_page_size_apollo_would_refuse_is_cut_to_what_it_serves() {
    let bench = Bench::start().await;
    let search = TaskSearch {
        per_page: 500,
        page: 0,
        ..mine(&bench)
    };
    let found = bench.client.tasks().search(&search, Waiting).await.unwrap();
    assert_eq!((found.page, found.per_page), (1, 100));
}

#[tokio::test]
async fn a_null_row_is_left_out_and_counted() {
    let bench = Bench::start().await;
    bench
        .sandbox
        .faults()
        .next(endpoints::TASKS_SEARCH, 1, sandbox::FaultKind::NullRow);
    let found = bench
        .client
        .tasks()
        .search(&mine(&bench), Waiting)
        .await
        .unwrap();
    assert_eq!(found.dropped_rows, 1);
    assert!(found.rows.len() >= 99);
    assert_eq!(found.next_page(), Some(2));
}

#[tokio::test]
async fn one_task_is_shown_and_a_deleted_or_unknown_one_is_gone() {
    let bench = Bench::start().await;
    let task = some_task(&bench, Stands::Scheduled);
    let shown = bench
        .client
        .tasks()
        .show(&id(&task), Waiting)
        .await
        .unwrap();
    assert_eq!(shown.priority.as_str(), task.task.priority);
    let unknown = "64c0ffee00000000000fffff".into();
    assert_eq!(
        bench.client.tasks().show(&unknown, Waiting).await,
        Err(Error::Gone)
    );
}

#[tokio::test]
async fn completing_twice_is_success_both_times() {
    let bench = Bench::start().await;
    let task = id(&some_task(&bench, Stands::Scheduled));
    let tasks = bench.client.tasks();
    // The answer shows the task as still scheduled (reference section 4.7): it is not read.
    assert_eq!(
        tasks.complete(&task, WrapUp).await,
        Ok(CompletionReply::Completed)
    );
    assert_eq!(
        tasks.complete(&task, WrapUp).await,
        Ok(CompletionReply::AlreadyFinished)
    );
    assert_eq!(bench.sandbox.history().completed().len(), 1);
}

#[tokio::test]
async fn a_skipped_task_does_not_come_back_even_while_the_index_lags() {
    let bench = Bench::with(|scenario| scenario.task_index_lag = Duration::from_mins(5)).await;
    let first = bench
        .client
        .tasks()
        .search(&mine(&bench), Waiting)
        .await
        .unwrap()
        .rows
        .remove(0);
    let tasks = bench.client.tasks();
    assert_eq!(
        tasks.skip(&first.id, Some("Spoke with them"), WrapUp).await,
        Ok(SkipReply::Skipped)
    );
    let history = bench.sandbox.history();
    let note = history.skipped()[0].note.as_deref();
    assert_eq!(note, Some("Spoke with them"));
    assert_eq!(
        tasks.skip(&first.id, None, WrapUp).await,
        Ok(SkipReply::AlreadyFinished)
    );
    let again = tasks.search(&mine(&bench), Waiting).await.unwrap();
    assert!(again.rows.iter().all(|task| task.id != first.id));
}

#[tokio::test]
async fn an_update_keeps_priority_and_creator() {
    let bench = Bench::start().await;
    let found = bench
        .client
        .tasks()
        .search(&mine(&bench), Waiting)
        .await
        .unwrap();
    let task = found
        .rows
        .iter()
        .find(|task| task.priority == TaskPriority::High)
        .unwrap();
    let due_at: Timestamp = "2026-12-01T09:30:00Z".parse().unwrap();
    let update = TaskUpdate {
        due_at: Some(due_at),
        ..TaskUpdate::of(task)
    };
    let updated = bench
        .client
        .tasks()
        .update(&task.id, &update, WrapUp)
        .await
        .unwrap();
    assert_eq!(updated.due_at, Some(due_at));
    assert_eq!(updated.priority, TaskPriority::High);
    assert_eq!(updated.creator_id, task.creator_id);
}

#[tokio::test]
async fn a_new_task_is_made_for_the_rep() {
    let bench = Bench::start().await;
    let found = bench
        .client
        .tasks()
        .search(&mine(&bench), Waiting)
        .await
        .unwrap();
    let contact_id = found.rows.iter().find_map(|task| task.contact_id.clone());
    let new = NewTask {
        user_id: bench.rep(),
        creator_id: Some(bench.rep()),
        contact_id,
        account_id: None,
        kind: TaskKind::Call,
        status: TaskStatus::Scheduled,
        due_at: "2026-11-26T16:00:00Z".parse().unwrap(),
        priority: TaskPriority::High,
        title: None,
        note: Some("Call back".to_owned()),
    };
    let made = bench
        .client
        .tasks()
        .create(&new, WrapUp)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(made.user_id, Some(bench.rep()));
    assert_eq!(made.due_at, Some(new.due_at));
    assert_eq!(bench.seen("tasks#create"), 1);
}

#[tokio::test]
async fn another_reps_locked_task_is_not_allowed_in_both_of_apollos_ways_to_say_so() {
    let bench = Bench::with(|scenario| scenario.foreign_tasks_locked = true).await;
    let rep = bench.rep();
    let world = bench.sandbox.world();
    let foreign = world
        .tasks
        .iter()
        .find(|task| task.state == Stands::Scheduled && task.task.user_id != rep.as_str())
        .unwrap();
    let tasks = bench.client.tasks();
    let by_422 = tasks.complete(&id(foreign), WrapUp).await.unwrap_err();
    assert!(matches!(by_422, Error::NotAllowed { .. }), "{by_422:?}");
    let task = apollo::types::Task::with_id(foreign.task.id.as_str());
    let by_401 = tasks
        .update(&task.id, &TaskUpdate::of(&task), WrapUp)
        .await
        .unwrap_err();
    assert!(
        matches!(by_401, Error::NotAllowed { .. }),
        "the key is still good: {by_401:?}"
    );
}

#[tokio::test]
async fn task_functions_that_are_off_are_not_taken_for_a_bad_key() {
    let bench = Bench::with(|scenario| scenario.task_functions_off = true).await;
    let task = id(&some_task(&bench, Stands::Scheduled));
    let error = bench
        .client
        .tasks()
        .complete(&task, WrapUp)
        .await
        .unwrap_err();
    assert_eq!(error, Error::FunctionsOff);
    assert_eq!(error.delivery(), Delivery::Refused);
}

fn callback(bench: &Bench) -> NewTask {
    let contact = &bench.sandbox.world().contacts[0].id;
    NewTask {
        user_id: bench.rep(),
        creator_id: Some(bench.rep()),
        contact_id: Some(contact.as_str().into()),
        account_id: None,
        kind: TaskKind::Call,
        status: TaskStatus::Scheduled,
        due_at: "2026-11-26T16:00:00Z".parse().unwrap(),
        priority: TaskPriority::High,
        title: None,
        note: Some("Call back".to_owned()),
    }
}

#[tokio::test]
async fn a_create_that_is_repeated_makes_a_second_task_and_both_are_found_by_their_contact() {
    let bench = Bench::with(|scenario| scenario.task_index_lag = Duration::from_secs(20)).await;
    let tasks = bench.client.tasks();
    let callback = callback(&bench);
    let first = tasks.create(&callback, WrapUp).await.unwrap().unwrap();
    let second = tasks.create(&callback, WrapUp).await.unwrap().unwrap();
    assert_ne!(first.id, second.id);
    let search = TaskSearch {
        contact_ids: callback.contact_id.clone().into_iter().collect(),
        ..mine(&bench)
    };
    bench.clock.advance(Duration::from_secs(20));
    let found = tasks.search(&search, WrapUp).await.unwrap();
    for made in [&first, &second] {
        let again = found.rows.iter().find(|row| row.id == made.id).unwrap();
        assert_eq!(again.due_at, Some(callback.due_at));
        assert_eq!(again.note, callback.note);
        assert_eq!(again.contact_id, callback.contact_id);
    }
}

#[tokio::test]
async fn an_update_without_a_creator_falls_into_apollos_trap_and_one_made_of_the_task_does_not() {
    let bench = Bench::start().await;
    let tasks = bench.client.tasks();
    let made = tasks
        .create(&callback(&bench), WrapUp)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(made.creator_id, Some(bench.rep()));
    let later = TaskUpdate {
        note: Some("Later".to_owned()),
        ..TaskUpdate::of(&made)
    };
    let updated = tasks.update(&made.id, &later, WrapUp).await.unwrap();
    assert_eq!(updated.creator_id, Some(bench.rep()));
    assert_eq!(updated.note.as_deref(), Some("Later"));
    let forgotten = TaskUpdate {
        creator_id: None,
        ..TaskUpdate::of(&made)
    };
    let reset = tasks.update(&made.id, &forgotten, WrapUp).await.unwrap();
    assert_ne!(reset.creator_id, Some(bench.rep()), "the key's user now");
    assert_eq!(reset.priority, TaskPriority::High, "always sent");
}

#[tokio::test]
async fn a_task_for_someone_who_left_names_the_user_and_one_for_a_deleted_contact_is_gone() {
    let bench = Bench::start().await;
    let tasks = bench.client.tasks();
    let callback = callback(&bench);
    bench.sandbox.deactivate_user(bench.rep().as_str());
    let error = tasks.create(&callback, WrapUp).await.unwrap_err();
    // The creator is the same person; it is the user who counts.
    assert!(
        matches!(&error, Error::Invalid { field: Some(field), .. } if field == "user_id"),
        "{error:?}"
    );
    bench.sandbox.reactivate_user(bench.rep().as_str());
    let contact = callback.contact_id.as_ref().unwrap();
    bench.sandbox.delete_contact(contact.as_str());
    assert_eq!(
        tasks.create(&callback, WrapUp).await.map(drop),
        Err(Error::Gone)
    );
}
