//! Another rep takes over while a call of the first one waits for the network: the call goes out and
//! stays the first one's, on screen and in Apollo, also when the other corrects it; calls that
//! the other makes are theirs.

use anyhow::{Context, Result, ensure};

use crate::{
    actions,
    elements::{any, named, starting},
    line::Line,
    page::{Found, Page},
    rig::Rig,
    sandbox::{CallRecord, Effect, User},
};

const OTHER_REP: &str = "Tomasz";
const SENT: &str = "Sent before the change";
const WAITS: &str = "Waits while somebody else takes over";
const CORRECTION: &str = "; corrected by a colleague";
const OF_OTHER: &str = "Called by the other one";

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    rig.start_sandbox(&[]).await?;
    let first = rig.sandbox()?.user(actions::REP)?.clone();
    let other = rig.sandbox()?.user(OTHER_REP)?.clone();
    let mut line = Line::to(&rig.sandbox()?.url).await?;
    let page = actions::start_work_at(rig, &line.url()).await?;
    rig.step("saving a call that is sent");
    actions::make_call(rig, &page, '1', SENT).await?;
    actions::wait_until_logged(rig, 1).await?;
    actions::wait_until_sent(&page).await?;
    rig.step("saving a call that cannot be sent");
    line.cut().await;
    let waiting = actions::make_call(rig, &page, '2', WAITS).await?;
    let banner = named("status", "Connection");
    page.find_when(&banner, "to name the unsent call", |banner| {
        banner.text.contains("1 call is kept here")
    })
    .await?;

    rig.step("changing who the rep is");
    let page = actions::change_who_i_am(rig, &page).await?;
    page.find_when(
        &named("status", "Unsent calls"),
        "to name the unsent call",
        |it| it.text.contains("1 call is unsent"),
    )
    .await?;
    actions::choose_rep(&page, &other.name).await?;
    let unsent = named("button", "1 unsent call");
    page.find(&unsent).await?;
    rig.step("reading as whom the waiting call goes");
    page.press('r').await?;
    let receipt = open_receipt(&page, &waiting.outcome).await?;
    ensure_logged_as(&receipt, &first)?;
    page.find(&unsent).await?;
    ensure!(
        rig.sandbox()?.logged().await?.len() == 1,
        "something got through"
    );

    rig.step("coming back");
    line.restore().await?;
    let logged = actions::wait_until_logged(rig, 2).await?;
    actions::wait_until_sent(&page).await?;
    for note in [SENT, WAITS] {
        ensure_credited(record_of(&logged, note)?, &first)?;
    }
    let receipt = open_receipt(&page, &waiting.outcome).await?;
    ensure_logged_as(&receipt, &first)?;

    rig.step("correcting the first rep's call");
    page.click(&named("button", "Edit…").inside(named("region", "Receipt")))
        .await?;
    let dialog = named("dialog", "Edit call");
    let note = named("textbox", "Note").inside(dialog.clone());
    page.type_into(&note, CORRECTION).await?;
    page.click(&named("button", "Save changes").inside(dialog.clone()))
        .await?;
    page.find_gone(&dialog).await?;
    let corrected = corrected(rig, &page).await?;
    ensure_credited(&corrected, &first)?;
    actions::wait_until_sent(&page).await?;

    rig.step("making a call as the other rep");
    page.click(&named("button", "Today")).await?;
    actions::wait_until_loaded(&page).await?;
    actions::open_queue(&page, &starting("row", "All my call tasks")).await?;
    let own = actions::make_call(rig, &page, '3', OF_OTHER).await?;
    let logged = actions::wait_until_logged(rig, 3).await?;
    actions::wait_until_sent(&page).await?;
    ensure_credited(record_of(&logged, OF_OTHER)?, &other)?;

    rig.step("reading all receipts");
    page.press('r').await?;
    ensure_logged_as(&open_receipt(&page, &own.outcome).await?, &other)?;
    ensure_logged_as(&open_receipt(&page, &waiting.outcome).await?, &first)
}

/// Selects the call with an outcome that no other has, and answers with its receipt.
async fn open_receipt(page: &Page, outcome: &str) -> Result<Found> {
    let calls = any("option").inside(named("listbox", "Calls"));
    let wanted = format!(", {outcome}, ");
    let call = page
        .wait(&format!("the receipt of {outcome}"), async || {
            let mut calls = page.all(&calls).await?.into_iter();
            Ok(calls.find(|call| call.facts.name.contains(&wanted)))
        })
        .await?;
    page.click_found(&call).await?;
    let wanted = format!("Outcome {outcome}");
    page.find_when(
        &named("region", "Receipt"),
        "to be that call's",
        |receipt| receipt.text.contains(&wanted),
    )
    .await
}

fn ensure_logged_as(receipt: &Found, rep: &User) -> Result<()> {
    let text = &receipt.facts.text;
    ensure!(
        text.contains(&format!("Logged as {}", rep.name)),
        "not logged as {}: {text}",
        rep.name
    );
    Ok(())
}

fn record_of<'a>(records: &'a [CallRecord], note: &str) -> Result<&'a CallRecord> {
    records
        .iter()
        .find(|record| record.note.as_deref() == Some(note))
        .with_context(|| format!("no call record says {note:?}"))
}

fn ensure_credited(record: &CallRecord, rep: &User) -> Result<()> {
    ensure!(
        record.user_id == rep.id,
        "{:?} is not {}'s, but user {}'s",
        record.note,
        rep.name,
        record.user_id
    );
    Ok(())
}

/// The record that was changed, once it was.
async fn corrected(rig: &Rig, page: &Page) -> Result<CallRecord> {
    let note = format!("{WAITS}{CORRECTION}");
    page.wait("Apollo to have the correction", async || {
        let effects = rig.sandbox()?.history().await?.effects.into_iter();
        let mut updated = effects.filter_map(|effect| match effect {
            Effect::CallUpdated { call } => Some(call),
            _ => None,
        });
        Ok(updated.find(|call| call.note.as_deref() == Some(&note)))
    })
    .await
}
