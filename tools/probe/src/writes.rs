//! What only writing can answer, for one contact that was made for it.
//!
//! Promises: writes nothing before the contact with that id bears the name that was given, and
//! nothing that names any other contact; everything it makes is marked *Handset probe*. Apollo has no
//! way to delete calls and tasks: what is made stays, completed.

use std::time::Duration;

use apollo::{Error, RawRequest};
use budget::Endpoint;
use clock::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ProbeError,
    ask::{Ask, Reply},
    finding::{Answer, Findings, found, whether},
    plain,
    reads::Learned,
};

/// The mark of everything that is made.
const MARK: &str = "Handset probe";
/// How long the search index is waited for.
const INDEX_WAIT: Duration = Duration::from_mins(1);
/// The pause between two searches of it.
const PAUSE: Duration = Duration::from_secs(2);

/// When the task that is made is due: in three days.
const DUE_IN_S: i64 = 3 * 24 * 60 * 60;

/// Leave to write, for one contact.
#[derive(Clone, PartialEq, Eq)]
pub struct Writes {
    /// The contact made for it.
    pub contact_id: String,
    /// That contact's whole name, so that a wrong id writes nothing.
    pub contact_name: String,
    /// The user for whom it is written.
    pub user_id: String,
    /// An outcome to log, where its effect on the stage should be seen.
    pub outcome_id: Option<String>,
}

impl std::fmt::Debug for Writes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writes").finish_non_exhaustive()
    }
}

/// Every question that only writing answers.
pub(crate) async fn all(
    ask: &Ask<'_>,
    writes: &Writes,
    known: &Learned,
    findings: &mut Findings,
) -> Result<(), ProbeError> {
    let contact = contact(ask, writes).await?;
    let is_named = contact
        .json
        .pointer("/contact/name")
        .and_then(Value::as_str)
        == Some(writes.contact_name.as_str());
    if !is_named {
        return Err(ProbeError::OtherContact);
    }
    calls(ask, writes, findings).await?;
    stage(ask, writes, &contact, findings).await?;
    task(ask, writes, known, findings).await?;
    Ok(())
}

async fn contact(ask: &Ask<'_>, writes: &Writes) -> Result<Reply, Error> {
    ask.ask(RawRequest::get(
        Endpoint::CONTACTS_SHOW,
        &["contacts", &writes.contact_id],
    ))
    .await
}

/// A call of a minute that has just ended.
fn call(writes: &Writes, now: Timestamp) -> Value {
    json!({
        "logged": true,
        "user_id": writes.user_id,
        "contact_id": writes.contact_id,
        "status": "completed",
        "start_time": now,
        "end_time": now,
        "duration": 60,
        "note": MARK,
    })
}

async fn log(ask: &Ask<'_>, call: &Value) -> Result<Reply, Error> {
    ask.ask(RawRequest::post(Endpoint::PHONE_CALLS_CREATE, &["phone_calls"]).json(call))
        .await
}

fn text<'a>(reply: &'a Reply, pointer: &str) -> Option<&'a str> {
    reply.json.pointer(pointer).and_then(Value::as_str)
}

async fn calls(ask: &Ask<'_>, writes: &Writes, findings: &mut Findings) -> Result<(), Error> {
    let now = ask.clock.now();
    let mut identified = call(writes, now);
    identified["call_identifier"] = json!(Uuid::new_v4());
    let first = log(ask, &identified).await?;
    let found_after = wait_for(ask, async || {
        is_listed(ask, writes, text(&first, "/phone_call/id"), now).await
    })
    .await?;
    lag(findings, "call-lag", first.is_ok(), found_after);

    let second = log(ask, &identified).await?;
    let ids = (
        text(&first, "/phone_call/id"),
        text(&second, "/phone_call/id"),
    );
    let answer = match ids {
        (Some(first), Some(second)) => whether(first == second),
        _ => Answer::Unclear,
    };
    let is_stored = first
        .json
        .pointer("/phone_call/call_identifier")
        .is_some_and(Value::is_string);
    let seen = format!(
        "{} and {}; the identifier is {} in the answer",
        first.refusal(),
        second.refusal(),
        if is_stored { "kept" } else { "not" }
    );
    found(findings, "identifier-upserts", answer, seen);

    let mut bare = call(writes, now);
    if let Some(fields) = bare.as_object_mut() {
        fields.remove("logged");
    }
    let reply = log(ask, &bare).await?;
    let logged = reply.json.pointer("/phone_call/logged");
    let seen = format!("{}, logged: {}", reply.refusal(), plain::tally([logged]));
    let answer = match (reply.is_ok(), logged.and_then(Value::as_bool)) {
        (true, Some(logged)) => whether(logged),
        (true, None) => Answer::Unclear,
        (false, _) => Answer::No,
    };
    found(findings, "logged-omitted", answer, seen);

    let mut malformed = call(writes, now);
    malformed["contact_id"] = json!("handset-probe");
    let reply = log(ask, &malformed).await?;
    let refused = reply.status() == 422;
    found(
        findings,
        "malformed-refused",
        whether(refused),
        reply.status().to_string(),
    );
    Ok(())
}

async fn is_listed(
    ask: &Ask<'_>,
    writes: &Writes,
    id: Option<&str>,
    at: Timestamp,
) -> Result<bool, Error> {
    let day = TimeZone::UTC.to_datetime(at).date();
    let before = day.yesterday().unwrap_or(day);
    let after = day.tomorrow().unwrap_or(day);
    let reply = ask
        .ask(
            RawRequest::get(Endpoint::PHONE_CALLS_SEARCH, &["phone_calls", "search"])
                .query("page", &1)
                .query("per_page", &100)
                .query("user_ids[]", &writes.user_id)
                .query("date_range[min]", &before)
                .query("date_range[max]", &after)
                .query("sort_by_field", &"start_time")
                .query("sort_ascending", &false),
        )
        .await?;
    Ok(reply
        .rows("phone_calls")
        .iter()
        .any(|row| id.is_some() && row.get("id").and_then(Value::as_str) == id))
}

/// How long until `holds`, or none if not within [`INDEX_WAIT`].
async fn wait_for(
    ask: &Ask<'_>,
    mut holds: impl AsyncFnMut() -> Result<bool, Error>,
) -> Result<Option<Duration>, Error> {
    let began = ask.clock.elapsed();
    loop {
        if holds().await? {
            return Ok(Some(ask.clock.elapsed().saturating_sub(began)));
        }
        if ask.clock.elapsed().saturating_sub(began) >= INDEX_WAIT {
            return Ok(None);
        }
        ask.clock.sleep(PAUSE).await;
    }
}

fn lag(findings: &mut Findings, id: &str, was_written: bool, after: Option<Duration>) {
    let (answer, seen) = match after {
        _ if !was_written => (Answer::Unclear, "the write was refused".to_owned()),
        Some(after) => (
            whether(after <= PAUSE),
            format!("after {:.1} s", after.as_secs_f64()),
        ),
        None => (Answer::No, format!("not within {} s", INDEX_WAIT.as_secs())),
    };
    found(findings, id, answer, seen);
}

async fn stage(
    ask: &Ask<'_>,
    writes: &Writes,
    before: &Reply,
    findings: &mut Findings,
) -> Result<(), Error> {
    let Some(outcome) = &writes.outcome_id else {
        return Ok(());
    };
    let mut call = call(writes, ask.clock.now());
    call["phone_call_outcome_id"] = json!(outcome);
    let logged = log(ask, &call).await?;
    let stage = |reply: &Reply| text(reply, "/contact/contact_stage_id").map(str::to_owned);
    let moved = wait_for(ask, async || {
        Ok(stage(&contact(ask, writes).await?) != stage(before))
    })
    .await?;
    let seen = format!(
        "{}; the stage {}",
        logged.refusal(),
        if moved.is_some() { "moved" } else { "stayed" }
    );
    let answer = if logged.is_ok() {
        whether(moved.is_some())
    } else {
        Answer::Unclear
    };
    found(findings, "outcome-moves-stage", answer, seen);
    Ok(())
}

async fn task(
    ask: &Ask<'_>,
    writes: &Writes,
    known: &Learned,
    findings: &mut Findings,
) -> Result<(), Error> {
    // A second that no rounding leaves as it is, in three days.
    let now_s = ask.clock.now().as_second();
    let due = Timestamp::from_second(now_s - now_s.rem_euclid(60) + DUE_IN_S + 37)
        .unwrap_or(Timestamp::MAX);
    let created = ask
        .ask(
            RawRequest::post(Endpoint::TASKS_CREATE, &["tasks"]).json(&json!({
                "user_id": writes.user_id,
                "creator_id": writes.user_id,
                "contact_id": writes.contact_id,
                "type": "call",
                "status": "scheduled",
                "due_at": due,
                "priority": "high",
                "title": MARK,
                "note": MARK,
            })),
        )
        .await?;
    let Some(id) = text(&created, "/task/id").map(str::to_owned) else {
        let seen = format!("no task could be made ({})", created.refusal());
        for id in [
            "due-seconds",
            "patch-resets",
            "task-linked",
            "completed-word",
            "completion-lag",
            "completed-by",
        ] {
            found(findings, id, Answer::Unclear, seen.clone());
        }
        return Ok(());
    };
    let show = async || {
        ask.ask(RawRequest::get(Endpoint::TASKS_SHOW, &["tasks", &id]))
            .await
    };

    let shown = show().await?;
    let stored = text(&shown, "/task/due_at").and_then(|it| it.parse::<Timestamp>().ok());
    let (answer, seen) = match stored {
        Some(stored) if stored == due => (Answer::Yes, "as sent".to_owned()),
        Some(stored) => {
            let off_s = stored.duration_since(due).as_secs();
            (Answer::No, format!("{off_s} s off"))
        }
        None => (Answer::Unclear, shown.refusal()),
    };
    found(findings, "due-seconds", answer, seen);

    let patched = ask
        .ask(
            RawRequest::patch(Endpoint::TASKS_UPDATE, &["tasks", &id])
                .json(&json!({ "note": MARK })),
        )
        .await?;
    let shown = show().await?;
    let priority = text(&shown, "/task/priority");
    let answer = match priority {
        Some(priority) if patched.is_ok() => whether(priority != "high"),
        _ => Answer::Unclear,
    };
    let seen = format!(
        "{}; the priority was high and is {}",
        patched.refusal(),
        priority.and_then(plain::word).unwrap_or("another")
    );
    found(findings, "patch-resets", answer, seen);

    let mut linked = call(writes, ask.clock.now());
    linked["outreach_task_id"] = json!(id);
    let logged = log(ask, &linked).await?;
    let shown = show().await?;
    let status = text(&shown, "/task/status").and_then(plain::word);
    let echoed = logged
        .json
        .pointer("/phone_call/outreach_task_id")
        .is_some_and(Value::is_string);
    let answer = match status {
        Some(status) if logged.is_ok() => whether(status != "scheduled"),
        _ => Answer::Unclear,
    };
    let seen = format!(
        "{}; the link is {} in the answer; the task is {}",
        logged.refusal(),
        if echoed { "kept" } else { "not" },
        status.unwrap_or("another")
    );
    found(findings, "task-linked", answer, seen);
    completion(ask, writes, known, &id, findings).await
}

/// Whether `tasks/search` shows the task as open.
async fn is_open(ask: &Ask<'_>, writes: &Writes, id: &str) -> Result<bool, Error> {
    let reply = ask
        .ask(
            RawRequest::post(Endpoint::TASKS_SEARCH, &["tasks", "search"]).json(&json!({
                "page": 1, "per_page": 100,
                "user_ids": [writes.user_id],
                "contact_ids": [writes.contact_id],
                "sort_by_field": "task_due_at",
            })),
        )
        .await?;
    Ok(reply.rows("tasks").iter().any(|row| {
        row.get("id").and_then(Value::as_str) == Some(id)
            && row.get("status").and_then(Value::as_str) == Some("scheduled")
    }))
}

async fn completion(
    ask: &Ask<'_>,
    writes: &Writes,
    known: &Learned,
    id: &str,
    findings: &mut Findings,
) -> Result<(), Error> {
    // A task that is not listed yet cannot be seen to go.
    let listed_after = wait_for(ask, async || is_open(ask, writes, id).await).await?;
    let completed = ask
        .ask(
            RawRequest::post(Endpoint::TASKS_COMPLETE, &["tasks", id, "complete"]).json(&json!({})),
        )
        .await?;
    if listed_after.is_none() {
        let seen = format!("a new task was not found within {} s", INDEX_WAIT.as_secs());
        found(findings, "completion-lag", Answer::Unclear, seen);
    } else {
        let gone_after = wait_for(ask, async || Ok(!is_open(ask, writes, id).await?)).await?;
        lag(findings, "completion-lag", completed.is_ok(), gone_after);
    }

    let shown = ask
        .ask(RawRequest::get(Endpoint::TASKS_SHOW, &["tasks", id]))
        .await?;
    let status = text(&shown, "/task/status").and_then(plain::word);
    let answer = status.map_or(Answer::Unclear, |status| whether(status == "completed"));
    let seen = format!("{}, {}", completed.refusal(), status.unwrap_or("another"));
    found(findings, "completed-word", answer, seen);

    let by = text(&shown, "/task/completed_by_user_id");
    let acting = known.acting_user.as_deref();
    let (answer, seen) = match by {
        Some(by) if acting == Some(writes.user_id.as_str()) && by == writes.user_id => {
            (Answer::Unclear, "the owner is the key's own user")
        }
        Some(by) if by == writes.user_id => (Answer::Yes, "the owner"),
        Some(by) if Some(by) == acting => (Answer::No, "the key's user"),
        Some(_) => (Answer::No, "somebody else"),
        None => (Answer::Unclear, "nobody is named"),
    };
    found(findings, "completed-by", answer, seen);
    Ok(())
}
