//! What a rep does, in the app's own terms: connect, say who they are, open a queue, call, wrap
//! up, skip. Names are those of `docs/accessible-names.md`.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use fantoccini::key::Key;
use jiff::Timestamp;
use serde_json::json;

use crate::{
    deadline::{now, until},
    elements::{Query, any, named, starting},
    page::{Facts, Page},
    rig::Rig,
    sandbox::CallRecord,
};

/// Loading 600 tasks, on a slow machine.
const LOAD_LIMIT: Duration = Duration::from_mins(1);
const ACTION_LIMIT: Duration = Duration::from_secs(15);
/// The rep of the runs that need no other.
pub(crate) const REP: &str = "Sam";
/// Until every wrap-up is acknowledged, one search of Apollo's lagging index included.
pub(crate) const SEND_LIMIT: Duration = Duration::from_secs(150);
/// Rows looked at for somebody who may be called at this hour.
const ROWS_LOOKED_AT_LIMIT: usize = 200;

/// A call as the rep made it.
pub(crate) struct MadeCall {
    pub(crate) name: String,
    /// As handed to the phone app: "+12025550143".
    pub(crate) number: String,
    pub(crate) outcome: String,
    pub(crate) note: String,
    /// The call began and ended between these two.
    pub(crate) not_before: Timestamp,
    pub(crate) not_after: Timestamp,
}

fn card() -> Query {
    named("region", "Contact card")
}

fn wrap_up() -> Query {
    named("region", "Wrap-up")
}

fn queue() -> Query {
    named("listbox", "Queue")
}

/// The name on the card.
pub(crate) fn card_name() -> Query {
    any("heading").inside(card())
}

pub(crate) fn note() -> Query {
    named("textbox", "Note").inside(wrap_up())
}

pub(crate) fn end_call() -> Query {
    named("button", "End call").inside(wrap_up())
}

/// The first start, up to the first card of a queue.
pub(crate) async fn start_work(rig: &mut Rig) -> Result<Page> {
    rig.start_sandbox(&[]).await?;
    let url = rig.sandbox()?.url.clone();
    start_work_at(rig, &url).await
}

/// The same, with the sandbox behind another address.
pub(crate) async fn start_work_at(rig: &mut Rig, url: &str) -> Result<Page> {
    rig.step("connecting, up to the first card");
    let arguments = rig.arguments_for(url);
    let page = rig.start_app(&arguments).await?;
    paste_key(&page, &rig.sandbox()?.keys.master).await?;
    let rep = rig.sandbox()?.user(REP)?.name.clone();
    choose_rep(&page, &rep).await?;
    wait_until_loaded(&page).await?;
    let sequence = first_sequence(&page).await?;
    open_queue(&page, &sequence).await?;
    Ok(page)
}

/// From *Welcome*: pastes a key and has it checked.
pub(crate) async fn paste_key(page: &Page, key: &str) -> Result<()> {
    let field = named("textbox", "Master key");
    if !page.is_there(&field).await? {
        page.click(&named("button", "Connect to Apollo")).await?;
    }
    page.type_into(&field, key).await?;
    page.press(Key::Enter).await
}

/// Waits until a check has failed and answers with the text about it.
pub(crate) async fn failed_check(page: &Page) -> Result<String> {
    until(LOAD_LIMIT, "waiting for a check to fail", async || {
        let checks = page
            .all(&any("listitem").inside(named("list", "Checks")))
            .await?;
        let mut texts = checks.into_iter().map(|check| check.facts.text);
        Ok(texts.find(|text| text.contains("Failed")))
    })
    .await
}

/// From *Who are you*: looks for a person by name and chooses them.
pub(crate) async fn choose_rep(page: &Page, name: &str) -> Result<()> {
    page.find(&named("heading", "Who are you?")).await?;
    page.type_into(&named("searchbox", "Search people"), name)
        .await?;
    let person = starting("option", name).inside(named("listbox", "Apollo users"));
    page.click_found(&page.first(&person).await?).await?;
    page.click(&named("button", "Continue")).await?;
    page.find(&named("heading", "Today")).await?;
    Ok(())
}

/// From any screen of work: *Change who I am*, as the settings offer it. Answers with the main
/// window, which asks who the rep is.
pub(crate) async fn change_who_i_am(rig: &Rig, page: &Page) -> Result<Page> {
    let settings = open_settings(rig, page, "Connection").await?;
    settings.click(&named("button", "Change who I am")).await?;
    let page = rig.main_window().await?;
    page.find(&named("heading", "Who are you?")).await?;
    Ok(page)
}

/// Opens the settings at one of their tabs.
pub(crate) async fn open_settings(rig: &Rig, page: &Page, tab: &str) -> Result<Page> {
    // The undo line makes room at the bottom when it goes, so a click could miss.
    page.find_gone(&named("region", "Undo")).await?;
    page.click(&named("button", "Settings")).await?;
    let settings = rig.settings_window().await?;
    settings.click(&named("tab", tab)).await?;
    settings.find(&named("tabpanel", tab)).await?;
    Ok(settings)
}

/// Goes back from the settings to the queue, whose keys work then.
pub(crate) async fn back_to_queue(rig: &Rig) -> Result<Page> {
    let page = rig.main_window().await?;
    page.click(&any("option").selected().inside(queue()))
        .await?;
    Ok(page)
}

/// The outcomes on the card, in the order of their digits.
pub(crate) async fn outcomes(page: &Page) -> Result<Vec<String>> {
    let radios = any("radio").inside(named("radiogroup", "Outcome").inside(wrap_up()));
    let radios = page.all(&radios).await?;
    Ok(radios.into_iter().map(|radio| radio.facts.name).collect())
}

/// Waits until the report is complete.
pub(crate) async fn wait_until_loaded(page: &Page) -> Result<()> {
    page.first(&starting("row", "All my call tasks")).await?;
    until(
        LOAD_LIMIT,
        "waiting for the report to be complete",
        async || {
            let loading = page
                .is_there(&named("progressbar", "Loading call tasks"))
                .await?
                || page.is_there(&named("button", "Cancel loading")).await?;
            Ok((!loading).then_some(()))
        },
    )
    .await
}

/// The sequence at the top of the report, which has most people to call now.
pub(crate) async fn first_sequence(page: &Page) -> Result<Query> {
    let rows = page
        .all(&any("rowheader").inside(named("grid", "Sequences")))
        .await?;
    let name = rows
        .into_iter()
        .map(|row| row.facts.name)
        .find(|name| !name.starts_with("All my call") && !name.starts_with("Tasks without"))
        .context("the report lists no sequence")?;
    Ok(starting("row", &name).inside(named("grid", "Sequences")))
}

/// Waits until the report lists a sequence.
pub(crate) async fn first_sequence_shown(page: &Page) -> Result<()> {
    until(LOAD_LIMIT, "waiting for the first sequence", async || {
        Ok(first_sequence(page).await.ok().map(drop))
    })
    .await
}

/// Opens the queue of a row of the report and waits for its first card.
pub(crate) async fn open_queue(page: &Page, row: &Query) -> Result<()> {
    page.click_found(&page.first(row).await?).await?;
    wait_for_queue(page).await
}

/// Waits until a queue is open, and somebody is on the card.
pub(crate) async fn wait_for_queue(page: &Page) -> Result<()> {
    page.find(&queue()).await?;
    page.first(&card_name()).await?;
    Ok(())
}

/// The name of the selected row, which says who, where, due and state.
pub(crate) async fn selected_row(page: &Page) -> Result<String> {
    Ok(page
        .find(&any("option").selected().inside(queue()))
        .await?
        .facts
        .name)
}

/// Who is on the card now.
pub(crate) async fn who(page: &Page) -> Result<String> {
    Ok(page.first(&card_name()).await?.facts.name)
}

/// Whether a dial of this row would ask something first.
fn asks_first(row: &str) -> bool {
    let end = row.rsplit(", ").next().unwrap_or_default();
    end.ends_with("time unknown") || end.starts_with("called ") || end.starts_with("sequence ")
}

/// Moves down the list to the first card with a person or company that may be called. Those of whom
/// a dial asks something first are passed over.
pub(crate) async fn go_to_somebody_to_call(page: &Page) -> Result<()> {
    for _ in 0..ROWS_LOOKED_AT_LIMIT {
        let offered = may_be_called(page).await?;
        let before = selected_row(page).await?;
        if offered && !asks_first(&before) {
            return Ok(());
        }
        page.press('j').await?;
        until(
            ACTION_LIMIT,
            &format!("moving down from {before}"),
            async || Ok((selected_row(page).await? != before).then_some(())),
        )
        .await?;
    }
    bail!("none of {ROWS_LOOKED_AT_LIMIT} people may be called at this hour")
}

/// Whether the card of the selected row offers a call. Waits until it is that row's card, and while
/// the last call is being saved, since no number can be dialed before that is done.
async fn may_be_called(page: &Page) -> Result<bool> {
    until(ACTION_LIMIT, "waiting for the selected card", async || {
        let row = selected_row(page).await?;
        let saving = page
            .all(&named("status", "Saving"))
            .await?
            .first()
            .is_some_and(|status| !status.facts.text.is_empty());
        Ok((!saving && row.starts_with(&who(page).await?)).then_some(()))
    })
    .await?;
    let calls = page
        .all(&starting("button", "Call ").inside(card()))
        .await?;
    Ok(calls.iter().any(|button| !button.facts.disabled))
}

/// Calls the person on the card with Enter, and checks what the phone app was handed.
pub(crate) async fn dial(rig: &Rig, page: &Page) -> Result<String> {
    let before = rig.desktop.dialed()?.len();
    page.press(Key::Enter).await?;
    let asked = named("alertdialog", "Call outside calling hours?");
    until(ACTION_LIMIT, "waiting for the call to begin", async || {
        if page.is_there(&asked).await? {
            page.click(&named("button", "Call anyway").inside(asked.clone()))
                .await?;
        }
        let end = page.all(&end_call()).await?;
        Ok(end
            .first()
            .is_some_and(|button| !button.facts.disabled)
            .then_some(()))
    })
    .await?;
    let address = until(
        ACTION_LIMIT,
        "waiting for the phone app to be handed a number",
        async || Ok(rig.desktop.dialed()?.get(before).cloned()),
    )
    .await?;
    ensure!(
        rig.desktop.dialed()?.len() == before + 1,
        "the phone app was handed several numbers"
    );
    let number = address
        .strip_prefix("tel:")
        .with_context(|| format!("{address:?} is no tel:"))?;
    let digits = number.strip_prefix('+').unwrap_or_default();
    ensure!(
        digits.len() >= 7 && digits.chars().all(|digit| digit.is_ascii_digit()),
        "{number:?} is no E.164 number"
    );
    Ok(number.to_owned())
}

/// Ends the call and writes it up, all by keyboard: `e`, the outcome's number, the note.
/// Answers with the name of the outcome.
pub(crate) async fn write_up(page: &Page, outcome_key: char, text: &str) -> Result<String> {
    let outcome = end_and_choose(page, outcome_key).await?;
    page.type_keys(text).await?;
    page.find_when(&note(), "to hold what was typed", |note| holds(note, text))
        .await?;
    Ok(outcome)
}

/// Calls, ends the call and chooses an outcome; the focus is in the note then.
pub(crate) async fn dial_and_choose(rig: &Rig, page: &Page, outcome_key: char) -> Result<String> {
    dial(rig, page).await?;
    end_and_choose(page, outcome_key).await
}

async fn end_and_choose(page: &Page, outcome_key: char) -> Result<String> {
    page.press('e').await?;
    page.find_when(&end_call(), "to be over", |button| button.disabled)
        .await?;
    let outcomes = named("radiogroup", "Outcome");
    page.wait("the focus to land on the outcomes", async || {
        let radios = page.all(&any("radio").inside(outcomes.clone())).await?;
        Ok(radios.iter().any(|radio| radio.facts.focused).then_some(()))
    })
    .await?;
    page.press(outcome_key).await?;
    let chosen = any("radio").checked().inside(outcomes);
    let outcome = page.find(&chosen).await?.facts.name;
    // Once the call is over, choosing an outcome leads on into the note.
    page.find_when(&note(), "to have the focus", |note| note.focused)
        .await?;
    Ok(outcome)
}

fn holds(field: &Facts, text: &str) -> bool {
    field.value.as_deref() == Some(text)
}

/// Saves with Ctrl+Enter and waits for the next card.
pub(crate) async fn save_and_next(page: &Page) -> Result<()> {
    let before = selected_row(page).await?;
    page.press_with(Key::Control, Key::Enter).await?;
    wait_for_another_row(page, &before).await
}

/// Skips the task on the card.
pub(crate) async fn skip(page: &Page, reason: &str) -> Result<String> {
    wait_for_card(page).await?;
    let name = who(page).await?;
    let before = selected_row(page).await?;
    page.press('s').await?;
    let dialog = named("dialog", "Skip this task");
    page.click(&named("radio", reason).inside(dialog.clone()))
        .await?;
    page.click(&named("button", "Skip task").inside(dialog.clone()))
        .await?;
    page.find_gone(&dialog).await?;
    wait_for_another_row(page, &before).await?;
    Ok(name)
}

async fn wait_for_another_row(page: &Page, before: &str) -> Result<()> {
    let what = format!("the card after {before}");
    page.wait(&what, async || {
        Ok((who_and_where(&selected_row(page).await?) != who_and_where(before)).then_some(()))
    })
    .await?;
    // The next key is meant for the queue.
    page.find_when(&queue(), "to have the focus", |queue| queue.focused)
        .await?;
    Ok(())
}

/// One whole call to whoever comes next and may be called.
pub(crate) async fn make_call(
    rig: &Rig,
    page: &Page,
    outcome_key: char,
    text: &str,
) -> Result<MadeCall> {
    go_to_somebody_to_call(page).await?;
    let name = who(page).await?;
    let not_before = now();
    let number = dial(rig, page).await?;
    let outcome = write_up(page, outcome_key, text).await?;
    let not_after = now();
    save_and_next(page).await?;
    Ok(MadeCall {
        name,
        number,
        outcome,
        note: text.to_owned(),
        not_before,
        not_after,
    })
}

/// Waits until Apollo has made so many call records; more are an error.
pub(crate) async fn wait_until_logged(rig: &Rig, count: usize) -> Result<Vec<CallRecord>> {
    let what = format!("waiting for {count} call records in Apollo");
    until(SEND_LIMIT, &what, async || {
        let logged = rig.sandbox()?.logged().await?;
        ensure!(logged.len() <= count, "{} call records", logged.len());
        Ok((logged.len() == count).then_some(logged))
    })
    .await
}

/// Waits until Apollo has acknowledged everything.
pub(crate) async fn wait_until_sent(page: &Page) -> Result<()> {
    page.find_within(SEND_LIMIT, &named("button", "No unsent calls"))
        .await?;
    Ok(())
}

/// Waits until the selected row's card is shown.
pub(crate) async fn wait_for_card(page: &Page) -> Result<()> {
    may_be_called(page).await.map(drop)
}

/// Waits until the card shows somebody.
pub(crate) async fn wait_until_on(page: &Page, name: &str) -> Result<()> {
    until(
        LOAD_LIMIT,
        &format!("waiting for the card of {name}"),
        async || Ok((who(page).await? == name).then_some(())),
    )
    .await
}

/// Waits until the core has the callback of the selected card, which no screen shows.
pub(crate) async fn wait_until_callback_is_stored(page: &Page) -> Result<()> {
    page.wait("the core to store the callback", async || {
        let queue = page.ask_core("queue_get", json!({})).await?;
        let task = json!({ "task_id": queue["queue"]["selected"] });
        let card = page.ask_core("card_get", task).await?;
        Ok(card["draft"]["form"]["callback"].is_object().then_some(()))
    })
    .await
}

/// Waits until the selected row is marked as having a draft, and until the core has all of it, which
/// no screen shows. Answers with the row's name.
pub(crate) async fn wait_until_draft_is_stored(page: &Page, text: &str) -> Result<String> {
    let selected = any("option").selected().inside(queue());
    let marked = |row: &Facts| row.text.split(' ').any(|word| word == "draft");
    let row = page
        .find_when(&selected, "to be marked as a draft", marked)
        .await?;
    page.wait("the core to store the whole draft", async || {
        let queue = page.ask_core("queue_get", json!({})).await?;
        let task = json!({ "task_id": queue["queue"]["selected"] });
        let card = page.ask_core("card_get", task).await?;
        Ok((card["draft"]["form"]["note"] == text).then_some(()))
    })
    .await?;
    Ok(row.facts.name)
}

/// The part of a row's name that stays the same whatever its state: name and company.
pub(crate) fn who_and_where(row: &str) -> String {
    row.split(',').take(2).collect::<Vec<_>>().join(",")
}
