//! A rep's work from the first start to the last receipt, with a power cut in the middle; then
//! what Apollo, the keychain and the disk hold of it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::{
    actions::{self, MadeCall},
    elements::{any, named},
    leaks,
    page::Page,
    rig::Rig,
    sandbox::{CallRecord, Effect, Task, User},
};

const CALLS_BEFORE_CUT: usize = 5;
const CALLS: usize = 10;
/// Half a sentence, as the power cut finds it.
const BEGUN_DRAFT: &str = "Begun before the lights went out, and";
const SKIP_REASON: &str = "Wrong number";
/// How far a call's own duration may be from the difference of its times.
const DURATION_TOLERANCE_S: i64 = 1;

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    rig.start_sandbox(&[]).await?;
    let arguments = rig.connected_arguments()?;
    let rep = rig.sandbox()?.user(actions::REP)?.clone();

    rig.step("pasting the master key");
    let page = rig.start_app(&arguments).await?;
    actions::paste_key(&page, &rig.sandbox()?.keys.master).await?;
    rig.step("choosing who the rep is");
    actions::choose_rep(&page, &rep.name).await?;
    rig.step("reading the report");
    actions::wait_until_loaded(&page).await?;
    rig.step("opening a sequence");
    let sequence = actions::first_sequence(&page).await?;
    actions::open_queue(&page, &sequence).await?;

    let mut calls = Vec::new();
    for number in 1..CALLS_BEFORE_CUT {
        rig.step(format!("making call {number}"));
        calls.push(make_call(rig, &page, number).await?);
    }
    rig.step("skipping a task");
    let skipped = actions::skip(&page, SKIP_REASON).await?;
    actions::wait_until_sent(&page).await?;

    rig.step(format!(
        "making call {CALLS_BEFORE_CUT}, whose log Apollo keeps without answering"
    ));
    let fault = json!({ "endpoint": "phone_calls#create", "kind": "hang_after_commit" });
    rig.sandbox()?.add_fault(&fault).await?;
    calls.push(make_call(rig, &page, CALLS_BEFORE_CUT).await?);
    page.wait("Apollo to store the call", async || {
        let logged = rig.sandbox()?.logged().await?;
        Ok((logged.len() == CALLS_BEFORE_CUT).then_some(()))
    })
    .await?;

    rig.step("typing half a note, then losing power");
    let (row, name) = begin_draft(&page).await?;
    rig.kill_app().await?;

    rig.step("starting again");
    let page = rig.start_app(&arguments).await?;
    page.find(&named("listbox", "Queue")).await?;
    actions::wait_until_on(&page, &name).await?;
    page.find_when(&actions::note(), "to hold the draft", |note| {
        note.value.as_deref() == Some(BEGUN_DRAFT)
    })
    .await?;
    ensure!(
        actions::who_and_where(&actions::selected_row(&page).await?)
            == actions::who_and_where(&row),
        "the queue is not where it was"
    );
    page.retype(&actions::note(), "").await?;
    page.leave_field().await?;

    for number in CALLS_BEFORE_CUT + 1..=CALLS {
        rig.step(format!("making call {number}"));
        calls.push(make_call(rig, &page, number).await?);
    }
    rig.step("waiting until Apollo has everything");
    actions::wait_until_sent(&page).await?;
    rig.step("reading the receipts");
    page.press('r').await?;
    page.wait("a receipt for each call and for the skip", async || {
        let receipts = any("option").inside(named("listbox", "Calls"));
        Ok((page.all(&receipts).await?.len() == CALLS + 1).then_some(()))
    })
    .await?;

    rig.step("asking Apollo what really happened");
    check_history(rig, &rep, &calls, &skipped).await?;
    rig.step("reading the keychain");
    let master = rig.sandbox()?.keys.master.clone();
    ensure!(
        rig.desktop.keychain().await?.count_holding(&master).await? == 1,
        "the keychain does not hold the key exactly once"
    );
    rig.step("searching the disk for what must not be there");
    rig.quit_app().await?;
    check_disk(rig, &rep, &calls).await
}

async fn make_call(rig: &Rig, page: &Page, number: usize) -> Result<MadeCall> {
    let keys = ['1', '2', '3'];
    let note =
        format!("Call {number}: spoke of the <quarter> & \"next steps\", asked for {number}0");
    actions::make_call(rig, page, keys[number % keys.len()], &note).await
}

/// Types a note that is not saved by hand, and waits until the app has stored it. Answers
/// with the row and the name on the card.
async fn begin_draft(page: &Page) -> Result<(String, String)> {
    actions::wait_for_card(page).await?;
    let name = actions::who(page).await?;
    page.press('n').await?;
    page.find_when(&actions::note(), "to have the focus", |note| note.focused)
        .await?;
    page.type_keys(BEGUN_DRAFT).await?;
    let row = actions::wait_until_draft_is_stored(page, BEGUN_DRAFT).await?;
    Ok((row, name))
}

async fn check_history(rig: &Rig, rep: &User, calls: &[MadeCall], skipped: &str) -> Result<()> {
    let sandbox = rig.sandbox()?;
    let outcomes = sandbox.outcome_names().await?;
    let mut logged: Vec<CallRecord> = Vec::new();
    let mut completed: Vec<Task> = Vec::new();
    let mut skips: Vec<Task> = Vec::new();
    for effect in sandbox.history().await?.effects {
        match effect {
            Effect::CallLogged { call } => logged.push(call),
            Effect::CallUpdated { call } => {
                anyhow::bail!("a call was written twice: {:?}", call.call_identifier)
            }
            Effect::TaskCompleted { task } => completed.push(task),
            Effect::TaskSkipped { task } => skips.push(task),
            Effect::TaskCreated { .. } | Effect::Other => {}
        }
    }
    ensure!(
        logged.len() == calls.len(),
        "{} call records for {} calls",
        logged.len(),
        calls.len()
    );
    let identifiers: BTreeSet<_> = logged
        .iter()
        .map(|call| call.call_identifier.clone())
        .collect();
    ensure!(
        identifiers.len() == calls.len(),
        "call identifiers are not distinct"
    );
    let names = names_called(rig, &logged).await?;
    for made in calls {
        let record = logged
            .iter()
            .find(|record| record.note.as_deref() == Some(made.note.as_str()))
            .with_context(|| format!("no call record has the note {:?}", made.note))?;
        check_record(record, made, rep, &names, &outcomes)
            .with_context(|| format!("the record of {:?}", made.note))?;
        let done = completed.iter().filter(|task| is_for(task, record));
        let done: Vec<&Task> = done.collect();
        ensure!(
            done.len() == 1,
            "its task was completed {} times",
            done.len()
        );
        ensure!(
            done[0].user_id == rep.id,
            "a task of somebody else was completed"
        );
        ensure!(
            record
                .outreach_task_id
                .as_ref()
                .is_none_or(|id| *id == done[0].id),
            "the call is linked to another task"
        );
        let task = sandbox.task(&done[0].id).await?;
        ensure!(
            task["status"] == "completed",
            "its task is {}",
            task["status"]
        );
    }
    ensure!(
        completed.len() == calls.len(),
        "{} tasks completed",
        completed.len()
    );
    ensure!(skips.len() == 1, "{} tasks skipped", skips.len());
    let Task {
        contact_id,
        account_id,
        ..
    } = &skips[0];
    let name = sandbox
        .name_of_called(contact_id.as_ref(), account_id.as_ref())
        .await?;
    ensure!(name == skipped, "another task was skipped");
    Ok(())
}

/// Whether a task is for the contact of a call, or for its account where the call is to a company.
fn is_for(task: &Task, call: &CallRecord) -> bool {
    task.contact_id == call.contact_id
        && (call.contact_id.is_some() || task.account_id == call.account_id)
}

/// The id of the contact of a call, or of its account where the call is to a company.
fn called_id(call: &CallRecord) -> Option<&String> {
    call.contact_id.as_ref().or(call.account_id.as_ref())
}

/// The names of the contacts and companies that were called, by their id.
async fn names_called(rig: &Rig, calls: &[CallRecord]) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for call in calls {
        let id = called_id(call).context("a call record names no contact and no account")?;
        let name = rig
            .sandbox()?
            .name_of_called(call.contact_id.as_ref(), call.account_id.as_ref())
            .await?;
        names.insert(id.clone(), name);
    }
    Ok(names)
}

fn check_record(
    record: &CallRecord,
    made: &MadeCall,
    rep: &User,
    names: &BTreeMap<String, String>,
    outcomes: &BTreeMap<String, String>,
) -> Result<()> {
    ensure!(record.logged, "it is not marked as logged");
    ensure!(record.user_id == rep.id, "it is another user's");
    let name = called_id(record).and_then(|id| names.get(id));
    ensure!(
        name == Some(&made.name),
        "it names {name:?}, not {:?}",
        made.name
    );
    ensure!(
        record.to_number.as_deref() == Some(made.number.as_str()),
        "it says {:?} was called, not {:?}",
        record.to_number,
        made.number
    );
    let outcome = record
        .phone_call_outcome_id
        .as_ref()
        .and_then(|id| outcomes.get(id));
    ensure!(
        outcome == Some(&made.outcome),
        "its outcome is {outcome:?}, not {:?}",
        made.outcome
    );
    ensure!(
        record.start_time <= record.end_time,
        "it ends before it starts"
    );
    // Apollo's times have whole seconds; so a bound is given one.
    let second = jiff::SignedDuration::from_secs(1);
    ensure!(
        record.start_time >= made.not_before - second,
        "it starts before it was dialed"
    );
    ensure!(
        record.end_time <= made.not_after + second,
        "it ends after it was over"
    );
    let lasted_s = record.end_time.duration_since(record.start_time).as_secs();
    let duration_s = record.duration.context("it has no duration")?;
    ensure!(
        (duration_s - lasted_s).abs() <= DURATION_TOLERANCE_S,
        "it lasted {duration_s} s, and its times are {lasted_s} s apart"
    );
    Ok(())
}

/// On disk there may be the rep's own id, name and email, and nothing else of Apollo's.
async fn check_disk(rig: &Rig, rep: &User, calls: &[MadeCall]) -> Result<()> {
    let own = [&rep.id, &rep.name, &rep.email];
    let mut texts: Vec<String> = rig
        .sandbox()?
        .personal_data()
        .await?
        .into_iter()
        .filter(|text| !own.iter().any(|own| own.contains(text.as_str())))
        .collect();
    ensure!(
        texts.len() > 1_000,
        "the sandbox names only {} personal data",
        texts.len()
    );
    texts.extend(calls.iter().map(|call| call.note.clone()));
    texts.push(BEGUN_DRAFT.to_owned());
    texts.push(rig.sandbox()?.keys.master.clone());
    let folders = [rig.desktop.home(), rig.desktop.path().join("logs")];
    let search = leaks::search(&folders, &texts)?;
    ensure!(
        search.files > 3,
        "only {} files were there to search",
        search.files
    );
    let lines: Vec<String> = search.leaks.iter().map(ToString::to_string).collect();
    ensure!(
        lines.is_empty(),
        "{} leaks:\n  {}",
        lines.len(),
        lines.join("\n  ")
    );
    let log = rig.app_log()?;
    ensure!(log.contains("\"DEBUG\""), "the app did not log all it can");
    Ok(())
}
