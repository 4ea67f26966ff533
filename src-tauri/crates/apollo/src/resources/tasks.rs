//! Tasks: the heart of the queue (Apollo docs: reference section 4).

use budget::{Endpoint, Priority};
use reqwest::Method;
use serde_json::{Map, Value, json};

use super::{SearchBody, set_filters, within_bounds};
use crate::{
    Client, Delivery, Error,
    client::{
        FilterForms, FilteredSearch, Form, Request, TrialResult, decode, one_of, page, undecodable,
        wrapped,
    },
    ids::TaskId,
    types::{
        CompletionReply, Filter, NewTask, Page, SkipReply, Task, TaskKind, TaskSearch, TaskSort,
        TaskUpdate,
    },
};

/// `tasks/*`.
///
/// Completing a task is done once, however often it is asked:
///
/// ```
/// # use std::sync::Arc;
/// # use apollo::{ApiKey, Client, ClientOptions, ProxySetting};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let clock = clock::SystemClock::shared();
/// # let sandbox = sandbox::Sandbox::start(sandbox::Options::new(clock.clone())).await?;
/// # let client = Client::new(ClientOptions {
/// #     base_url: sandbox.url().parse()?,
/// #     key: ApiKey::parse(&sandbox.keys().master)?,
/// #     user_agent: "Example/1.0".to_owned(),
/// #     budget: Arc::new(budget::Budget::new(clock.clone(), None)),
/// #     clock,
/// #     proxy: ProxySetting::None,
/// #     extra_ca_pem: None,
/// #     https_only: true,
/// # })?;
/// use apollo::types::{CompletionReply, Filter, FilterStatus, TaskKind, TaskSearch};
/// use budget::Priority;
///
/// let search = TaskSearch {
///     kinds: vec![TaskKind::Call],
///     ..TaskSearch::default()
/// };
/// let page = client.tasks().search(&search, Priority::Waiting).await?;
/// assert_eq!(page.filtering.of(Filter::Kinds), Some(FilterStatus::Held));
///
/// let task = &page.rows[0].id;
/// let reply = client.tasks().complete(task, Priority::WrapUp).await?;
/// assert_eq!(reply, CompletionReply::Completed);
/// let again = client.tasks().complete(task, Priority::WrapUp).await?;
/// assert_eq!(again, CompletionReply::AlreadyFinished);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Tasks<'a>(pub(crate) &'a Client);

impl Tasks<'_> {
    /// `POST /tasks/search`: one page. Its filters are undocumented (Apollo docs: reference section
    /// 4.1); the page says what became of each.
    ///
    /// Where Apollo ignores a list of one user or one contact, the search's GET form is tried once,
    /// within this call; if that works, it is used from then on. Read the pages of a search in
    /// order, from 1: a later page goes the way that the first one went, so that no row is lost.
    pub async fn search(
        &self,
        search: &TaskSearch,
        priority: Priority,
    ) -> Result<Page<Task>, Error> {
        let forms = self.0.filter_forms_of_page(search);
        let found = self.search_by(search, &forms, priority).await?;
        if search.page > 1 {
            return Ok(found);
        }
        if let Some(trial) = self.0.filter_trial(search, &forms, &found.filtering) {
            let tried = self.search_by(search, &trial.forms, priority).await;
            let result = match &tried {
                Ok(page) => TrialResult::Answered {
                    filtering: &page.filtering,
                    lost_rows: page.received_rows() == 0 && !found.rows.is_empty(),
                },
                Err(error) if is_refusal(error) => TrialResult::Refused,
                Err(_) => TrialResult::Unanswered,
            };
            if self.0.learn_from_trial(&trial, result)
                && let Ok(better) = tried
            {
                self.0.pin_filter_forms(search, trial.forms);
                return Ok(better);
            }
        }
        self.0.pin_filter_forms(search, forms);
        Ok(found)
    }

    async fn search_by(
        &self,
        search: &TaskSearch,
        forms: &FilterForms,
        priority: Priority,
    ) -> Result<Page<Task>, Error> {
        let endpoint = Endpoint::TASKS_SEARCH;
        let asked = within_bounds(search.page, search.per_page);
        let path = ["tasks", "search"];
        let request = if forms.needs_get() {
            with_query(
                Request::read(endpoint, Method::GET, &path),
                search,
                forms,
                asked,
            )
        } else {
            Request::read(endpoint, Method::POST, &path).json(&search_body(search, forms, asked))
        };
        let body = self.0.send(request, priority).await?;
        let (page, _) = page(&body, "tasks", asked)?;
        Ok(self.0.check_filters(endpoint, search, forms, page))
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
    /// section 4.7) and is not read.
    pub async fn complete(
        &self,
        id: &TaskId,
        priority: Priority,
    ) -> Result<CompletionReply, Error> {
        let path = ["tasks", id.as_str(), "complete"];
        let request =
            Request::write(Endpoint::TASKS_COMPLETE, Method::POST, &path).json(&json!({}));
        Ok(match finished(self.0.send(request, priority).await)? {
            Finished::Now => CompletionReply::Completed,
            Finished::Before => CompletionReply::AlreadyFinished,
            Finished::Deleted => CompletionReply::Deleted,
        })
    }

    /// `POST /tasks/{id}/skip`. Asks Apollo to index it at once, so that a skipped task does not
    /// come back with the next search.
    pub async fn skip(
        &self,
        id: &TaskId,
        note: Option<&str>,
        priority: Priority,
    ) -> Result<SkipReply, Error> {
        let mut body = json!({ "on_task_page": true });
        if let Some(note) = note {
            body["note"] = json!(note);
        }
        let path = ["tasks", id.as_str(), "skip"];
        let request = Request::write(Endpoint::TASKS_SKIP, Method::POST, &path).json(&body);
        Ok(match finished(self.0.send(request, priority).await)? {
            Finished::Now => SkipReply::Skipped,
            Finished::Before => SkipReply::AlreadyFinished,
            Finished::Deleted => SkipReply::Deleted,
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

fn finished(sent: Result<Vec<u8>, Error>) -> Result<Finished, Error> {
    match sent {
        Ok(body) => read_finished(&body),
        Err(Error::AlreadyDone) => Ok(Finished::Before),
        Err(Error::Gone) => Ok(Finished::Deleted),
        Err(error) => Err(error),
    }
}

/// Whether Apollo refused what was asked, so that asking in the same way again is of no use.
fn is_refusal(error: &Error) -> bool {
    let is_unknown = matches!(error, Error::Unrecognized { .. } | Error::Stumbled);
    error.delivery() == Delivery::Refused || is_unknown
}

/// What became of a task. An answer that shows no task is not Apollo's, whatever its status.
pub(crate) fn read_finished(body: &[u8]) -> Result<Finished, Error> {
    let answer: Value = decode(body)?;
    if !matches!(answer.pointer("/task/id"), Some(Value::String(id)) if !id.is_empty()) {
        return Err(undecodable("task.id", "missing"));
    }
    let deleted = answer.pointer("/task/deleted") == Some(&Value::Bool(true));
    Ok(if deleted {
        Finished::Deleted
    } else {
        Finished::Now
    })
}

fn order(sort: TaskSort) -> (&'static str, bool) {
    match sort {
        TaskSort::OldestDueFirst => ("task_due_at", true),
        TaskSort::LatestDueFirst => ("task_due_at", false),
    }
}

fn search_body(search: &TaskSearch, forms: &FilterForms, asked: (u32, u32)) -> Map<String, Value> {
    let mut fields = SearchBody::new(asked, forms)
        .filter(Filter::Users, &search.user_ids)
        .filter(Filter::Sequences, &search.sequence_ids)
        .filter(Filter::Kinds, &search.kinds)
        .filter(Filter::Contacts, &search.contact_ids);
    if let Some(sort) = search.sort {
        let (field, ascending) = order(sort);
        fields = fields.sort(field, ascending);
    }
    fields.into_json()
}

/// The GET form: what is still asked in the plural goes as Rails reads arrays.
fn with_query(
    request: Request,
    search: &TaskSearch,
    forms: &FilterForms,
    (page, per_page): (u32, u32),
) -> Request {
    let mut request = request.query("page", &page).query("per_page", &per_page);
    for filter in search.asked() {
        request = match (forms.form(filter), filter) {
            (Form::Singular, _) => match search.singular(filter) {
                Some((name, value)) => request.query(name, &value),
                None => request,
            },
            (Form::Plural, Filter::Users) => request.query_each("user_ids[]", &search.user_ids),
            (Form::Plural, Filter::Sequences) => {
                request.query_each("emailer_campaign_ids[]", &search.sequence_ids)
            }
            (Form::Plural, Filter::Kinds) => {
                request.query_each("task_type_cds[]", search.kinds.iter().map(TaskKind::as_str))
            }
            (Form::Plural, Filter::Contacts) => {
                request.query_each("contact_ids[]", &search.contact_ids)
            }
            _ => request,
        };
    }
    if let Some(sort) = search.sort {
        let (field, ascending) = order(sort);
        request = request
            .query("sort_by_field", &field)
            .query("sort_ascending", &ascending);
    }
    request
}

impl FilteredSearch for TaskSearch {
    type Row = Task;

    fn asked(&self) -> Vec<Filter> {
        set_filters(&[
            (Filter::Users, !self.user_ids.is_empty()),
            (Filter::Sequences, !self.sequence_ids.is_empty()),
            (Filter::Kinds, !self.kinds.is_empty()),
            (Filter::Contacts, !self.contact_ids.is_empty()),
        ])
    }

    fn satisfies(&self, filter: Filter, row: &Task) -> Option<bool> {
        match filter {
            Filter::Users => one_of(&self.user_ids, row.user_id.as_ref()),
            Filter::Sequences => one_of(&self.sequence_ids, row.sequence_id.as_ref()),
            Filter::Contacts => one_of(&self.contact_ids, row.contact_id.as_ref()),
            Filter::Kinds if row.kind.as_str().is_empty() => None,
            // All names of a call are one kind (Apollo docs: reference section 10, quirk 21).
            Filter::Kinds => Some(
                self.kinds
                    .iter()
                    .any(|kind| *kind == row.kind || (kind.is_call() && row.kind.is_call())),
            ),
            _ => None,
        }
    }

    fn singular(&self, filter: Filter) -> Option<(&'static str, String)> {
        match (filter, &*self.user_ids, &*self.contact_ids) {
            (Filter::Users, [user], _) => Some(("user_id", user.to_string())),
            (Filter::Contacts, _, [contact]) => Some(("contact_id", contact.to_string())),
            _ => None,
        }
    }
}
