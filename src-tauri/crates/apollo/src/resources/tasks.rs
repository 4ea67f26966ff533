//! Tasks: the heart of the queue (Apollo docs: reference section 4).

use budget::{Endpoint, Priority};
use reqwest::Method;
use serde_json::{Map, Value, json};

use super::within_bounds;
use crate::{
    Client, Error,
    client::{Request, decode, page, wrapped},
    ids::TaskId,
    types::{CompleteOutcome, NewTask, Page, SkipOutcome, Task, TaskSearch, TaskSort, TaskUpdate},
};

/// `tasks/*`.
#[derive(Debug, Clone, Copy)]
pub struct Tasks<'a>(pub(crate) &'a Client);

impl Tasks<'_> {
    /// `POST /tasks/search`: one page. Apollo ignores a filter it does not know with a 200, so
    /// check every row again.
    pub async fn search(
        &self,
        search: &TaskSearch,
        priority: Priority,
    ) -> Result<Page<Task>, Error> {
        let asked = within_bounds(search.page, search.per_page);
        let request = Request::read(Endpoint::TASKS_SEARCH, Method::POST, &["tasks", "search"])
            .json(&search_body(search, asked));
        let body = self.0.send(request, priority).await?;
        Ok(page(&body, "tasks", asked)?.0)
    }

    /// `GET /tasks/{id}`: one task, with its call script. [`Error::Gone`] when it was deleted.
    pub async fn show(&self, id: &TaskId, priority: Priority) -> Result<Task, Error> {
        let request = Request::read(Endpoint::TASKS_SHOW, Method::GET, &["tasks", id.as_str()]);
        wrapped(&self.0.send(request, priority).await?, "task")
    }

    /// `POST /tasks`. Not idempotent: a repeated one makes a second task. `None` when Apollo
    /// acknowledged without showing the task, as older versions do.
    pub async fn create(&self, task: &NewTask, priority: Priority) -> Result<Option<Task>, Error> {
        let request = Request::write(Endpoint::TASKS_CREATE, Method::POST, &["tasks"]).json(task);
        read_created(&self.0.send(request, priority).await?)
    }

    /// `PATCH /tasks/{id}`. Priority and creator always go with it, or Apollo resets them.
    pub async fn update(
        &self,
        id: &TaskId,
        update: &TaskUpdate,
        priority: Priority,
    ) -> Result<Task, Error> {
        let request = Request::write(
            Endpoint::TASKS_UPDATE,
            Method::PATCH,
            &["tasks", id.as_str()],
        )
        .json(update);
        wrapped(&self.0.send(request, priority).await?, "task")
    }

    /// `POST /tasks/{id}/complete`. The status in Apollo's answer proves nothing (reference
    /// section 4.7) and is not looked at.
    pub async fn complete(
        &self,
        id: &TaskId,
        note: Option<&str>,
        priority: Priority,
    ) -> Result<CompleteOutcome, Error> {
        let path = ["tasks", id.as_str(), "complete"];
        let request =
            Request::write(Endpoint::TASKS_COMPLETE, Method::POST, &path).json(&finish_body(note));
        Ok(match finished(self.0.send(request, priority).await)? {
            Finished::Now => CompleteOutcome::Completed,
            Finished::Before => CompleteOutcome::AlreadyFinished,
            Finished::Deleted => CompleteOutcome::Deleted,
        })
    }

    /// `POST /tasks/{id}/skip`. Asks Apollo to index it at once, so that a skipped task does not
    /// come back with the next search.
    pub async fn skip(
        &self,
        id: &TaskId,
        note: Option<&str>,
        priority: Priority,
    ) -> Result<SkipOutcome, Error> {
        let mut body = finish_body(note);
        body.insert("on_task_page".to_owned(), Value::Bool(true));
        let path = ["tasks", id.as_str(), "skip"];
        let request = Request::write(Endpoint::TASKS_SKIP, Method::POST, &path).json(&body);
        Ok(match finished(self.0.send(request, priority).await)? {
            Finished::Now => SkipOutcome::Skipped,
            Finished::Before => SkipOutcome::AlreadyFinished,
            Finished::Deleted => SkipOutcome::Deleted,
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Finished {
    Now,
    Before,
    Deleted,
}

/// The task that was made; none where Apollo acknowledged without showing it.
pub(crate) fn read_created(body: &[u8]) -> Result<Option<Task>, Error> {
    if decode::<Value>(body)? == Value::Bool(true) {
        return Ok(None);
    }
    wrapped(body, "task").map(Some)
}

fn finish_body(note: Option<&str>) -> Map<String, Value> {
    note.map(|note| ("note".to_owned(), json!(note)))
        .into_iter()
        .collect()
}

fn finished(sent: Result<Vec<u8>, Error>) -> Result<Finished, Error> {
    match sent {
        Ok(body) => read_finished(&body),
        Err(Error::AlreadyDone) => Ok(Finished::Before),
        Err(Error::Gone) => Ok(Finished::Deleted),
        Err(error) => Err(error),
    }
}

pub(crate) fn read_finished(body: &[u8]) -> Result<Finished, Error> {
    let answer: Value = decode(body)?;
    let deleted = answer.pointer("/task/deleted") == Some(&Value::Bool(true));
    Ok(if deleted {
        Finished::Deleted
    } else {
        Finished::Now
    })
}

fn search_body(search: &TaskSearch, (page, per_page): (u32, u32)) -> Map<String, Value> {
    let mut body = Map::new();
    let mut set = |key: &str, value: Value| body.insert(key.to_owned(), value);
    set("page", json!(page));
    set("per_page", json!(per_page));
    if !search.user_ids.is_empty() {
        set("user_ids", json!(search.user_ids));
    }
    if !search.sequence_ids.is_empty() {
        set("emailer_campaign_ids", json!(search.sequence_ids));
    }
    if !search.kinds.is_empty() {
        set("task_type_cds", json!(search.kinds));
    }
    if !search.contact_ids.is_empty() {
        set("contact_ids", json!(search.contact_ids));
    }
    if let Some(sort) = search.sort {
        let (field, ascending) = match sort {
            TaskSort::OldestDueFirst => ("task_due_at", true),
            TaskSort::LatestDueFirst => ("task_due_at", false),
            TaskSort::MostUrgentFirst => ("task_priority", false),
            TaskSort::LatestCompletedFirst => ("task_completed_at", false),
        };
        set("sort_by_field", json!(field));
        set("sort_ascending", json!(ascending));
    }
    body
}
