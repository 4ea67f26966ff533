//! What `tasks/search` does with what it is sent.
//!
//! A filter is tried with a value that nothing has: an answer with nothing means applied, one with
//! everything means ignored. One row is asked for, so that nobody's data travels without need.

use apollo::{
    Error, RawRequest,
    types::{Task, TaskStatus},
};
use budget::Endpoint;
use serde_json::{Value, json};

use crate::{
    ask::{Ask, Reply},
    finding::{Answer, Findings, found, whether},
    plain,
};

/// An id that no record has: ids begin with the time of their making.
const NO_ID: &str = "000000000000000000000001";
/// A word that Apollo has no meaning for.
const NO_WORD: &str = "handset_probe_none";
/// The names under which other clients filter by status (Apollo docs: reference section 4.1).
const STATUS_FILTERS: [&str; 4] = ["task_status", "task_statuses", "task_status_cds", "status"];

const SEARCH: [&str; 2] = ["tasks", "search"];

async fn post(ask: &Ask<'_>, body: Value) -> Result<Reply, Error> {
    ask.ask(RawRequest::post(Endpoint::TASKS_SEARCH, &SEARCH).json(&body))
        .await
}

pub(crate) async fn all(ask: &Ask<'_>, findings: &mut Findings) -> Result<(), Error> {
    let everything = post(ask, json!({ "page": 1, "per_page": 1 })).await?;
    let Some(total) = everything.total().filter(|&total| total > 0) else {
        let seen = format!("no task to look at ({})", everything.refusal());
        for id in [
            "unknown-ignored",
            "filter-user-ids",
            "filter-sequences",
            "filter-kinds",
            "filter-contacts",
            "filter-user-get",
            "filter-dates",
            "filter-status",
            "sort-due",
            "finished-by-default",
            "status-words",
            "default-rows",
            "dnc-words",
            "rows-whole",
        ] {
            found(findings, id, Answer::Unclear, seen.clone());
        }
        return paging(ask, findings).await;
    };
    unknown(ask, total, findings).await?;
    filters(ask, total, findings).await?;
    order(ask, total, findings).await?;
    rows(ask, findings).await?;
    defaults(ask, total, findings).await?;
    paging(ask, findings).await
}

/// Whether a filter was applied, by the answer to a value that nothing has.
fn applied(reply: &Reply, everything: u64) -> (Answer, String) {
    if !reply.is_ok() {
        return (Answer::Unclear, reply.refusal());
    }
    match reply.total() {
        Some(0) => (Answer::Yes, "nothing found, as it should be".to_owned()),
        // Other people work meanwhile: nearly all is all.
        Some(some) if some.saturating_mul(10) >= everything.saturating_mul(9) => {
            (Answer::No, "everything found".to_owned())
        }
        Some(_) => (Answer::Unclear, "a part was found".to_owned()),
        None => (Answer::Unclear, "no count".to_owned()),
    }
}

async fn unknown(ask: &Ask<'_>, total: u64, findings: &mut Findings) -> Result<(), Error> {
    let body = json!({ "page": 1, "per_page": 1, (NO_WORD): [NO_ID] });
    let reply = post(ask, body).await?;
    let (answer, seen) = applied(&reply, total);
    let ignored = match answer {
        Answer::No => Answer::Yes,
        Answer::Yes => Answer::No,
        Answer::Unclear if !reply.is_ok() => Answer::No,
        Answer::Unclear => Answer::Unclear,
    };
    found(findings, "unknown-ignored", ignored, seen);
    Ok(())
}

async fn filters(ask: &Ask<'_>, total: u64, findings: &mut Findings) -> Result<(), Error> {
    for (id, name, value) in [
        ("filter-user-ids", "user_ids", json!([NO_ID])),
        ("filter-sequences", "emailer_campaign_ids", json!([NO_ID])),
        ("filter-kinds", "task_type_cds", json!([NO_WORD])),
        ("filter-contacts", "contact_ids", json!([NO_ID])),
        (
            "filter-dates",
            "date_range",
            json!({ "min": "1990-01-01", "max": "1990-01-02" }),
        ),
    ] {
        let reply = post(ask, json!({ "page": 1, "per_page": 1, (name): value })).await?;
        let (answer, mut seen) = applied(&reply, total);
        if reply.echoes(name) {
            seen.push_str(", echoed in breadcrumbs");
        }
        found(findings, id, answer, seen);
    }
    let reply = ask
        .ask(
            RawRequest::get(Endpoint::TASKS_SEARCH, &SEARCH)
                .query("page", &1)
                .query("per_page", &1)
                .query("user_id", &NO_ID),
        )
        .await?;
    let (answer, seen) = applied(&reply, total);
    found(findings, "filter-user-get", answer, seen);

    let mut applying = Vec::new();
    for name in STATUS_FILTERS {
        let reply = post(ask, json!({ "page": 1, "per_page": 1, (name): [NO_WORD] })).await?;
        if applied(&reply, total).0 == Answer::Yes {
            applying.push(name);
        }
    }
    let seen = if applying.is_empty() {
        format!("ignored: {}", STATUS_FILTERS.join(", "))
    } else {
        applying.join(", ")
    };
    found(
        findings,
        "filter-status",
        whether(!applying.is_empty()),
        seen,
    );
    Ok(())
}

async fn order(ask: &Ask<'_>, total: u64, findings: &mut Findings) -> Result<(), Error> {
    let mut lists = Vec::new();
    for ascending in [true, false] {
        let reply = post(
            ask,
            json!({
                "page": 1, "per_page": 10,
                "sort_by_field": "task_due_at", "sort_ascending": ascending,
            }),
        )
        .await?;
        let due: Vec<_> = tasks(reply.rows("tasks"))
            .filter_map(|task| task.due_at)
            .collect();
        lists.push(due);
    }
    let [oldest, latest] = lists.as_slice() else {
        return Ok(());
    };
    let differ = oldest.first() < latest.first();
    let answer = if oldest.is_sorted() && latest.iter().rev().is_sorted() && differ {
        Answer::Yes
    } else if !differ && oldest.is_sorted() && total < 20 {
        Answer::Unclear
    } else {
        whether(oldest.is_sorted() && differ)
    };
    let word = |sorted: bool| if sorted { "in order" } else { "not in order" };
    let seen = format!(
        "ascending {}, descending {}",
        word(oldest.is_sorted()),
        word(latest.iter().rev().is_sorted())
    );
    found(findings, "sort-due", answer, seen);
    Ok(())
}

fn tasks(rows: &[Value]) -> impl Iterator<Item = Task> + '_ {
    rows.iter()
        .filter_map(|row| serde_json::from_value(row.clone()).ok())
}

/// The form of the rows: one full page, and one of the tasks that were completed last.
async fn rows(ask: &Ask<'_>, findings: &mut Findings) -> Result<(), Error> {
    let page = post(
        ask,
        json!({
            "page": 1, "per_page": 100,
            "sort_by_field": "task_due_at", "sort_ascending": true,
        }),
    )
    .await?;
    let finished = post(
        ask,
        json!({
            "page": 1, "per_page": 100,
            "sort_by_field": "task_completed_at", "sort_ascending": false,
        }),
    )
    .await?;
    let all: Vec<&Value> = page
        .rows("tasks")
        .iter()
        .chain(finished.rows("tasks"))
        .collect();
    let read: Vec<Task> = all
        .iter()
        .filter_map(|row| serde_json::from_value((*row).clone()).ok())
        .collect();

    let statuses = plain::tally(all.iter().map(|row| row.get("status")));
    let is_finished =
        |task: &&Task| matches!(task.status, TaskStatus::Completed | TaskStatus::Skipped);
    let some_finished = read.iter().any(|task| is_finished(&task));
    found(
        findings,
        "finished-by-default",
        whether(some_finished),
        statuses.clone(),
    );
    let unknown = read
        .iter()
        .any(|task| matches!(task.status, TaskStatus::Other(_)));
    found(findings, "status-words", whether(!unknown), statuses);

    let numbers: Vec<&Value> = all
        .iter()
        .filter_map(|row| row.pointer("/contact/phone_numbers"))
        .filter_map(Value::as_array)
        .flatten()
        .collect();
    let is_empty = |number: &&&Value| number.get("dnc_status").is_none_or(Value::is_null);
    let answer = if numbers.is_empty() {
        Answer::Unclear
    } else {
        whether(numbers.iter().all(|number| is_empty(&number)))
    };
    let seen = format!(
        "dnc_status: {}; status: {}; type: {}",
        plain::tally(numbers.iter().map(|number| number.get("dnc_status"))),
        plain::tally(numbers.iter().map(|number| number.get("status"))),
        plain::tally(numbers.iter().map(|number| number.get("type"))),
    );
    found(findings, "dnc-words", answer, seen);

    let lost = all.len().saturating_sub(read.len());
    let names = plain::field_names(page.rows("tasks"));
    let seen = format!(
        "{} rows, {lost} not understood, {} fields a task",
        all.len(),
        names.len()
    );
    found(findings, "rows-whole", whether(lost == 0), seen);
    Ok(())
}

async fn defaults(ask: &Ask<'_>, total: u64, findings: &mut Findings) -> Result<(), Error> {
    let reply = post(ask, json!({ "page": 1 })).await?;
    let rows = reply.rows("tasks").len();
    let answer = if total <= 100 {
        Answer::Unclear
    } else {
        whether(rows < 100)
    };
    found(findings, "default-rows", answer, format!("{rows} rows"));
    Ok(())
}

async fn paging(ask: &Ask<'_>, findings: &mut Findings) -> Result<(), Error> {
    let reply = post(ask, json!({ "page": 1, "per_page": 101 })).await?;
    let refused = (400..500).contains(&reply.status());
    found(findings, "rows-over-100", whether(refused), reply.refusal());
    let reply = post(ask, json!({ "page": 501, "per_page": 1 })).await?;
    let rows = reply.rows("tasks").len();
    let seen = format!("{}, {rows} rows", reply.refusal());
    found(findings, "page-501", whether(rows == 0), seen);
    Ok(())
}
