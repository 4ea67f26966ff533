//! One task at a time: show, create, change, complete, skip (reference sections 4.3 to 4.8).

use std::{borrow::Cow, time::Duration};

use axum::routing::MethodFilter;
use serde_json::{Value, json};

use super::{ids, tasks_search, times};
use crate::{
    effect::Effect,
    endpoint::endpoints,
    params::Params,
    pipeline::Call,
    reply::Reply,
    route::{GET_OR_POST, PATCH_OR_PUT, Routes, on},
    scenario::CompletedTask,
    world::{
        Change, Ending,
        id::Id,
        model::{Priority, Task, TaskStatus},
        render::{self, Detail},
    },
};

const DELETED_SHOWN: &str =
    "This task or emailer message has been deleted. Please refresh your page.";
const DELETED: &str = "This task has been deleted. Please refresh your page.";
const FUNCTIONS_OFF: &str = "You do not have permissions to access task functions.";
const FOREIGN_UPDATE: &str = "This task belongs to another user. You do not have permissions to modify other people's tasks.";
const FOREIGN_COMPLETE: &str = "This task belongs to another user. Your admin has disabled non-admin users from completing other people's tasks.";
const FOREIGN_SKIP: &str = "This task belongs to another user. Your admin has disabled non-admins from skipping other people's tasks.";

pub(super) fn routes() -> Routes {
    let by_id = on(MethodFilter::GET, endpoints::TASKS_SHOW, show).merge(on(
        PATCH_OR_PUT,
        endpoints::TASKS_UPDATE,
        update,
    ));
    Routes::new()
        .route(
            "/tasks/search",
            on(GET_OR_POST, endpoints::TASKS_SEARCH, tasks_search::search),
        )
        .route(
            "/tasks",
            on(MethodFilter::POST, endpoints::TASKS_CREATE, create),
        )
        .route(
            "/tasks/bulk_create",
            on(
                MethodFilter::POST,
                endpoints::TASKS_BULK_CREATE,
                bulk_create,
            ),
        )
        .route(
            "/tasks/bulk_complete",
            on(
                MethodFilter::POST,
                endpoints::TASKS_BULK_COMPLETE,
                bulk_complete,
            ),
        )
        .route(
            "/tasks/bulk_skip",
            on(MethodFilter::POST, endpoints::TASKS_BULK_SKIP, bulk_skip),
        )
        .route("/tasks/{id}", by_id)
        .route(
            "/tasks/{id}/complete",
            on(MethodFilter::POST, endpoints::TASKS_COMPLETE, complete),
        )
        .route(
            "/tasks/{id}/skip",
            on(MethodFilter::POST, endpoints::TASKS_SKIP, skip),
        )
}

/// The task of the path; `gone` answers for one that was deleted or never was.
fn place(call: &Call<'_>, gone: impl FnOnce() -> Reply) -> Result<usize, Reply> {
    if call.scenario.task_functions_off {
        return Err(Reply::json(403, json!({"error": FUNCTIONS_OFF})));
    }
    let Some(id) = Id::parse(call.id) else {
        return Err(Reply::not_an_id(call.id));
    };
    match call.world.task_place(id) {
        Some(place) if call.world.tasks[place].status != TaskStatus::Deleted => Ok(place),
        _ => Err(gone()),
    }
}

/// Whether the acting user may not touch somebody else's task.
fn is_locked(call: &Call<'_>, place: usize) -> bool {
    let acting = call.acting_user();
    let is_admin = call.world.users[acting].is_admin && !call.scenario.foreign_tasks_locked;
    call.world.tasks[place].user != acting && !is_admin
}

fn change(call: &Call<'_>, lag: Duration) -> Change {
    Change {
        request: call.number,
        now: call.now,
        indexed_at: (!lag.is_zero()).then(|| call.elapsed + lag),
    }
}

fn show(call: &mut Call<'_>) -> Reply {
    match place(call, || Reply::refused(DELETED_SHOWN)) {
        Ok(place) => Reply::ok(json!({"task": render::task(call.world, place, Detail::Full)})),
        Err(refusal) => refusal,
    }
}

/// What one task is to be made of.
struct Draft {
    user: usize,
    contact: Option<usize>,
    account: Option<usize>,
    kind: String,
}

fn draft(call: &Call<'_>, params: &Params) -> Result<Draft, Reply> {
    let world = &call.world;
    let kind = params.present("type");
    let (Some(kind), Some(user_id)) = (kind, ids::optional(params, "user_id")?) else {
        return Err(Reply::refused("type and user can not be blank"));
    };
    if world.user_place(&user_id).is_none() {
        return Err(Reply::refused("type and user can not be blank"));
    }
    let Some(user) = ids::user(world, params, "user_id", None)? else {
        return Err(Reply::refused("type and user can not be blank"));
    };
    let contact = match ids::optional(params, "contact_id")? {
        None => None,
        Some(id) => Some(
            world
                .contact_place(&id)
                .ok_or_else(|| Reply::not_an_id(&id))?,
        ),
    };
    let contact = ids::not_deleted(world, contact, None)?;
    let account = match ids::optional(params, "account_id")? {
        None => contact.and_then(|contact| world.contacts[contact].account),
        Some(id) => Some(
            world
                .account_place(&id)
                .ok_or_else(|| Reply::not_an_id(&id))?,
        ),
    };
    Ok(Draft {
        user,
        contact,
        account,
        kind,
    })
}

/// Makes one task; a second create makes a second task (reference section 10, quirk 24).
fn make(call: &mut Call<'_>, params: &Params, draft: Draft) -> Result<usize, Reply> {
    let due_at = match params.present("due_at") {
        None => call.now,
        Some(text) => times::moment(&text).ok_or_else(|| Reply::refused("due_at is invalid"))?,
    };
    let creator =
        ids::user(call.world, params, "creator_id", None)?.unwrap_or_else(|| call.acting_user());
    let status = params
        .present("status")
        .and_then(|status| TaskStatus::parse(&status))
        .unwrap_or(TaskStatus::Scheduled);
    let priority = params
        .present("priority")
        .and_then(|it| Priority::parse(&it));
    let now = call.now;
    let id = call.world.new_id(now);
    let task = Task {
        id,
        user: draft.user,
        creator,
        completed_by: (status == TaskStatus::Completed).then_some(draft.user),
        kind: Cow::Owned(draft.kind),
        status,
        priority: priority.unwrap_or(Priority::Medium),
        due_at,
        created_at: now,
        completed_at: (status == TaskStatus::Completed).then_some(now),
        skipped_at: (status == TaskStatus::Skipped).then_some(now),
        title: params.text("title").map(Into::into),
        note: params.text("note").map(Into::into),
        call_script: None,
        contact: draft.contact,
        account: draft.account,
        step: None,
        created_from: "api",
        call: None,
    };
    let change = change(call, call.scenario.task_index_lag);
    let place = call.world.add_task(task, change.indexed_at);
    let effect = Effect::TaskCreated {
        request: call.number,
        at: now,
        task: call.world.task_record(place),
        by_sequence: false,
    };
    call.effects.push(effect);
    Ok(place)
}

fn create(call: &mut Call<'_>) -> Reply {
    let params = call.params;
    let made = draft(call, params).and_then(|draft| {
        if draft.contact.is_none() && draft.account.is_none() {
            return Err(Reply::refused("contact can not be blank"));
        }
        make(call, params, draft)
    });
    match made {
        Ok(place) => Reply::ok(json!({"task": render::task(call.world, place, Detail::Row)})),
        Err(refusal) => refusal,
    }
}

/// One task per contact, or one per entry of `tasks_attributes` (reference section 4.5).
fn bulk_create(call: &mut Call<'_>) -> Reply {
    let params = call.params;
    let drafts: Result<Vec<(Params, Draft)>, Reply> =
        if let Some(Value::Array(entries)) = params.get("tasks_attributes") {
            entries
                .iter()
                .map(|entry| Params::from_value(entry.clone()))
                .map(|params| draft(call, &params).map(|draft| (params, draft)))
                .collect()
        } else {
            params
                .list("contact_ids")
                .iter()
                .map(|id| {
                    let contact = call
                        .world
                        .contact_place(id)
                        .ok_or_else(|| Reply::not_an_id(id))?;
                    ids::not_deleted(call.world, Some(contact), None)?;
                    let mut draft = draft(call, params)?;
                    draft.contact = Some(contact);
                    draft.account = call.world.contacts[contact].account;
                    Ok((params.clone(), draft))
                })
                .collect()
        };
    let drafts = match drafts {
        Ok(drafts) if drafts.is_empty() => {
            return Reply::refused("type and user can not be blank");
        }
        Ok(drafts) => drafts,
        Err(refusal) => return refusal,
    };
    let mut tasks = Vec::new();
    for (params, draft) in drafts {
        match make(call, &params, draft) {
            Ok(place) => tasks.push(render::task(call.world, place, Detail::Row)),
            Err(refusal) => return refusal,
        }
    }
    Reply::ok(json!({"success": true, "tasks": tasks}))
}

/// Trap: on an open task, a priority or creator that is not sent is reset (reference section 4.6).
fn update(call: &mut Call<'_>) -> Reply {
    let place = match place(call, || Reply::refused(DELETED)) {
        Ok(place) => place,
        Err(refusal) => return refusal,
    };
    if is_locked(call, place) {
        return Reply::json(401, json!({"error": FOREIGN_UPDATE}));
    }
    match apply(call, place) {
        Ok(()) => Reply::ok(json!({"task": render::task(call.world, place, Detail::Full)})),
        Err(refusal) => refusal,
    }
}

fn apply(call: &mut Call<'_>, place: usize) -> Result<(), Reply> {
    let params = call.params;
    let world = &call.world;
    let is_open = world.tasks[place].status == TaskStatus::Scheduled;
    let contact = match ids::optional(params, "contact_id")? {
        None => None,
        Some(id) => Some(
            world
                .contact_place(&id)
                .ok_or_else(|| Reply::not_an_id(&id))?,
        ),
    };
    let task = &world.tasks[place];
    let contact = ids::not_deleted(world, contact, task.contact)?;
    let user = ids::user(world, params, "user_id", Some(task.user))?;
    let creator = ids::user(world, params, "creator_id", Some(task.creator))?
        .unwrap_or_else(|| call.acting_user());
    let due_at = match params.present("due_at") {
        None => None,
        Some(text) => {
            Some(times::moment(&text).ok_or_else(|| Reply::refused("due_at is invalid"))?)
        }
    };
    let priority = params
        .present("priority")
        .or_else(|| params.present("priority_cd"))
        .and_then(|it| Priority::parse(&it));
    // Docs say not to complete by status, and it does not move a sequence on.
    let status = params.present("status").and_then(|it| match it.as_str() {
        "complete" => Some(TaskStatus::Completed),
        other => TaskStatus::parse(other),
    });
    let (now, acting) = (call.now, call.acting_user());
    let change = change(call, call.scenario.task_index_lag);
    call.world
        .change_task(place, change, &mut call.effects, |task| {
            if let Some(note) = params.text("note") {
                task.note = Some(note.into());
            }
            task.contact = contact.or(task.contact);
            if !is_open {
                task.priority = priority.unwrap_or(task.priority);
                return;
            }
            task.priority = priority.unwrap_or(Priority::Medium);
            task.creator = creator;
            task.user = user.unwrap_or(task.user);
            task.due_at = due_at.unwrap_or(task.due_at);
            if let Some(kind) = params.present("type") {
                task.kind = Cow::Owned(kind);
            }
            if let Some(title) = params.text("title") {
                task.title = Some(title.into());
            }
            if let Some(script) = params.text("call_script") {
                task.call_script = Some(script.into());
            }
            match status {
                Some(TaskStatus::Completed) => {
                    task.status = TaskStatus::Completed;
                    task.completed_at = Some(now);
                    task.completed_by = Some(acting);
                }
                Some(TaskStatus::Skipped) => {
                    task.status = TaskStatus::Skipped;
                    task.skipped_at = Some(now);
                }
                _ => {}
            }
        });
    Ok(())
}

/// 200, although there is nothing to complete any more (reference section 4.7).
fn deleted(call: &Call<'_>) -> Reply {
    Reply::ok(json!({"task": {"id": call.id, "deleted": true}}))
}

/// The open task of the path, or the answer in its place.
fn open_task(call: &Call<'_>, foreign: &str) -> Result<usize, Reply> {
    let place = place(call, || deleted(call))?;
    if call.world.tasks[place].status != TaskStatus::Scheduled {
        return Err(Reply::json(
            422,
            json!({
                "error": "This task is already completed / skipped.",
                "allow_moving_to_next_task": true,
            }),
        ));
    }
    if is_locked(call, place) {
        return Err(Reply::refused(foreign));
    }
    Ok(place)
}

fn complete(call: &mut Call<'_>) -> Reply {
    let place = match open_task(call, FOREIGN_COMPLETE) {
        Ok(place) => place,
        Err(refusal) => return refusal,
    };
    let before = render::task(call.world, place, Detail::Full);
    let ending = Ending::Completed {
        by: call.acting_user(),
    };
    let note = call.params.present("note");
    let change = change(call, call.scenario.task_index_lag);
    call.world
        .end_task(place, ending, note, change, &mut call.effects);
    let task = match call.scenario.completed_task {
        CompletedTask::AsBefore => before,
        CompletedTask::AsIs => render::task(call.world, place, Detail::Full),
    };
    let mut reply = json!({"task": task});
    if let (Some(contact), Value::Object(object)) = (call.world.tasks[place].contact, &mut reply) {
        object.insert("contact".to_owned(), render::contact(call.world, contact));
    }
    Reply::ok(reply)
}

/// `on_task_page` brings the index up to date at once (reference section 4.8).
fn skip(call: &mut Call<'_>) -> Reply {
    let place = match open_task(call, FOREIGN_SKIP) {
        Ok(place) => place,
        Err(refusal) => return refusal,
    };
    let lag = match call.params.boolean("on_task_page") {
        Some(true) => Duration::ZERO,
        _ => call.scenario.task_index_lag,
    };
    let note = call.params.present("note");
    let change = change(call, lag);
    call.world.end_task(
        place,
        Ending::Skipped,
        note.clone(),
        change,
        &mut call.effects,
    );
    Reply::ok(json!({
        "task": {"id": call.id, "status": "skipped", "note": note, "completed": false},
    }))
}

/// Ends every open task of `ids` that the acting user may end, and leaves the others alone.
/// Undocumented (reference section 4.9): the answer names what was ended, as a client that uses it
/// shows; how Apollo refuses is not known, so ids that fit nothing are left out in silence.
fn end_all(call: &mut Call<'_>, ending: Ending, is_at_once: bool) -> Reply {
    if call.scenario.task_functions_off {
        return Reply::json(403, json!({"error": FUNCTIONS_OFF}));
    }
    let lag = if is_at_once {
        Duration::ZERO
    } else {
        call.scenario.task_index_lag
    };
    let mut ended = Vec::new();
    for id in call.params.list("ids") {
        let Some(place) = Id::parse(&id).and_then(|id| call.world.task_place(id)) else {
            continue;
        };
        if call.world.tasks[place].status != TaskStatus::Scheduled || is_locked(call, place) {
            continue;
        }
        let change = change(call, lag);
        call.world
            .end_task(place, ending, None, change, &mut call.effects);
        ended.push(json!({"id": call.world.tasks[place].id}));
    }
    Reply::ok(json!({"tasks": ended}))
}

fn bulk_complete(call: &mut Call<'_>) -> Reply {
    let by = call.acting_user();
    let is_at_once = call.params.boolean("sync_index_tasks") == Some(true);
    end_all(call, Ending::Completed { by }, is_at_once)
}

fn bulk_skip(call: &mut Call<'_>) -> Reply {
    let is_at_once = call.params.boolean("on_task_page") == Some(true);
    end_all(call, Ending::Skipped, is_at_once)
}
