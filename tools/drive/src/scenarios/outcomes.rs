//! Outcomes: while Apollo cannot be asked nobody is told that it named none, and they come once it
//! answers; the list is stored, and a digit means the same after every start until a person moves the
//! outcome.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fantoccini::key::Key;
use serde_json::json;

use crate::{
    actions,
    deadline::until,
    elements::{Query, any, named, starting},
    line::Line,
    page::Page,
    rig::Rig,
};

/// Handset asks again after half a minute at the earliest.
const READ_AGAIN_LIMIT: Duration = Duration::from_secs(75);
const TOLD_NONE: &str = "Apollo named no";
const NO_ID: &str = "5f3c, as far as I know";
/// Well formed, and nobody's.
const UNKNOWN_ID: &str = "66d0a1b2c3d4e5f60718293a";
const ADDED: &str = "Sent an Offer";
/// The digit under test, and the digit to which its outcome is moved.
const DIGIT: char = '3';
const DIGIT_AFTER_MOVE: char = '2';
/// Enough to put the least used outcome before that of [`DIGIT`], were the list sorted by use.
const CALLS_OF_COLLEAGUE: usize = 8;

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    rig.start_sandbox(&[]).await?;
    let mut line = Line::to(&rig.sandbox()?.url).await?;
    let arguments = rig.arguments_for(&line.url());

    let page = start_unread(rig, &arguments).await?;
    let page = refuse_what_is_no_id(rig, &page).await?;
    rig.step("waiting until the outcomes are read");
    let mut order = outcomes_once_read(rig, &page).await?;
    let third = order.get(2).context("there are no three outcomes")?.clone();
    let removed = order.get(3).context("there are no four outcomes")?.clone();
    call_with(rig, &page, DIGIT, &third).await?;
    rig.quit_app().await?;

    rig.step("having outcomes used and removed in Apollo");
    let last = order.last().context("there are no outcomes")?.clone();
    use_more(rig, &last, &third).await?;
    rig.sandbox()?
        .remove_outcome(&id_of(rig, &removed).await?)
        .await?;

    rig.step("starting without a network");
    line.cut().await;
    let page = rig.start_app(&arguments).await?;
    let settings = actions::open_settings(rig, &page, "Dispositions").await?;
    wait_for_order(&settings, &order).await?;
    settings
        .wait(
            "the settings to say that the list is an older one",
            async || {
                let says = settings.text().await?;
                ensure!(!says.contains(TOLD_NONE), "the settings say: {says}");
                Ok(says.contains("They could not be read since").then_some(()))
            },
        )
        .await?;
    rig.step("moving an outcome");
    settings
        .click(&named("button", &format!("Move {third} up")))
        .await?;
    order.swap(1, 2);
    wait_for_order(&settings, &order).await?;
    rig.quit_app().await?;

    rig.step("starting with a network");
    line.restore().await?;
    let page = rig.start_app(&arguments).await?;
    actions::wait_for_queue(&page).await?;
    let settings = actions::open_settings(rig, &page, "Dispositions").await?;
    wait_until_known_as_not_named(&settings, &removed).await?;
    wait_for_order(&settings, &order).await?;
    add_an_outcome(rig, &settings, &order).await?;

    rig.step("calling with the outcome that was moved");
    let page = actions::back_to_queue(rig).await?;
    let on_card = actions::outcomes(&page).await?;
    ensure!(on_card == order, "the card has another order: {on_card:?}");
    call_with(rig, &page, DIGIT_AFTER_MOVE, &third).await
}

/// The first start, at which Apollo does not say what outcomes there are. Answers with a card.
async fn start_unread(rig: &mut Rig, arguments: &[String]) -> Result<Page> {
    rig.step("starting while the outcomes cannot be read");
    let page = rig.start_app(arguments).await?;
    actions::paste_key(&page, &rig.sandbox()?.keys.master).await?;
    // The check of the key asks the same endpoint, so that check has to be over.
    page.find(&named("heading", "Who are you?")).await?;
    let refused = json!({
        "endpoint": "phone_calls#search", "when": "always", "kind": { "status": 503 },
    });
    rig.sandbox()?.add_fault(&refused).await?;
    let rep = rig.sandbox()?.user(actions::REP)?.name.clone();
    actions::choose_rep(&page, &rep).await?;
    actions::wait_until_loaded(&page).await?;
    actions::open_queue(&page, &actions::first_sequence(&page).await?).await?;
    page.find_when(
        &named("region", "Wrap-up"),
        "to say that they are tried again",
        |wrap_up| {
            let says = &wrap_up.text;
            says.contains("dispositions are not read yet")
                && says.contains("Next try:")
                && !says.contains(TOLD_NONE)
        },
    )
    .await?;
    rig.sandbox()?.clear_faults().await?;
    Ok(page)
}

/// A text that is no id of Apollo's is not added. Answers with the card.
async fn refuse_what_is_no_id(rig: &mut Rig, page: &Page) -> Result<Page> {
    rig.step("adding an outcome by a text that is no id");
    let settings = actions::open_settings(rig, page, "Dispositions").await?;
    let says = settings.text().await?;
    ensure!(!says.contains(TOLD_NONE), "the settings say: {says}");
    let dialog = fill_in(&settings, NO_ID).await?;
    settings
        .find_when(
            &any("alert").inside(dialog.clone()),
            "to say what an id is",
            |alert| alert.text.contains("not an id of Apollo"),
        )
        .await?;
    settings
        .click(&named("button", "Cancel").inside(dialog.clone()))
        .await?;
    settings.find_gone(&dialog).await?;
    ensure!(
        !settings.text().await?.contains(ADDED),
        "it was added all the same"
    );
    actions::back_to_queue(rig).await
}

/// Fills in *Add an outcome* and answers with the dialog.
async fn fill_in(settings: &Page, id: &str) -> Result<Query> {
    settings.click(&named("button", "Add outcome…")).await?;
    let dialog = named("dialog", "Add an outcome");
    settings
        .type_into(&named("textbox", "Name").inside(dialog.clone()), ADDED)
        .await?;
    settings
        .type_into(&named("textbox", "Apollo id").inside(dialog.clone()), id)
        .await?;
    settings.press(Key::Enter).await?;
    Ok(dialog)
}

/// Waits until the card has Apollo's outcomes, and answers with their order.
async fn outcomes_once_read(rig: &Rig, page: &Page) -> Result<Vec<String>> {
    let used = rig.sandbox()?.outcomes_by_use().await?;
    let used: Vec<String> = used.into_iter().map(|outcome| outcome.name).collect();
    until(
        READ_AGAIN_LIMIT,
        "waiting for Apollo's outcomes",
        async || Ok((actions::outcomes(page).await? == used).then_some(())),
    )
    .await?;
    let wrap_up = page.find(&named("region", "Wrap-up")).await?.facts.text;
    ensure!(
        !wrap_up.contains("not read yet") && !wrap_up.contains(TOLD_NONE),
        "the wrap-up says: {wrap_up}"
    );
    Ok(used)
}

/// Makes a call with a digit, which is to mean this outcome, on screen and in Apollo.
async fn call_with(rig: &mut Rig, page: &Page, digit: char, outcome: &str) -> Result<()> {
    rig.step(format!("making a call with {digit}"));
    let id = id_of(rig, outcome).await?;
    let rep = rig.sandbox()?.user(actions::REP)?.id.clone();
    let note = format!("Logged with {digit}");
    let before = rig.sandbox()?.logged().await?.len();
    let made = actions::make_call(rig, page, digit, &note).await?;
    ensure!(made.outcome == outcome, "{digit} chose {:?}", made.outcome);
    let logged = actions::wait_until_logged(rig, before + 1).await?;
    actions::wait_until_sent(page).await?;
    let record = logged
        .iter()
        .find(|call| call.user_id == rep && call.note.as_deref() == Some(&note))
        .with_context(|| format!("no call record says {note:?}"))?;
    ensure!(
        record.phone_call_outcome_id.as_ref() == Some(&id),
        "Apollo has it with another outcome: {:?}",
        record.phone_call_outcome_id
    );
    Ok(())
}

async fn id_of(rig: &Rig, name: &str) -> Result<String> {
    let used = rig.sandbox()?.outcomes_by_use().await?;
    used.into_iter()
        .find(|outcome| outcome.name == name)
        .map(|outcome| outcome.id)
        .with_context(|| format!("Apollo names no {name:?}"))
}

/// A colleague uses an outcome so much that it stands before another by use.
async fn use_more(rig: &Rig, outcome: &str, than: &str) -> Result<()> {
    let sandbox = rig.sandbox()?;
    let id = id_of(rig, outcome).await?;
    let colleague = sandbox.user("Aisha")?.clone();
    for _ in 0..CALLS_OF_COLLEAGUE {
        sandbox.log_for(&colleague, &id).await?;
    }
    let used = sandbox.outcomes_by_use().await?;
    let place = |name: &str| used.iter().position(|used| used.name == name);
    ensure!(
        place(outcome) < place(than),
        "{outcome} is still used less than {than}, so no order is put to the test"
    );
    Ok(())
}

/// Waits until the settings have these outcomes, each with the digit of its place.
async fn wait_for_order(settings: &Page, order: &[String]) -> Result<()> {
    let rows = any("listitem").inside(named("list", "Outcomes used now"));
    settings
        .wait(&format!("the outcomes {order:?}"), async || {
            let rows = settings.all(&rows).await?;
            let texts: Vec<String> = rows.into_iter().map(|row| row.facts.text).collect();
            let starts = order
                .iter()
                .zip(1..)
                .map(|(name, digit)| format!("{digit} {name} "));
            ensure!(
                texts.len() == order.len()
                    && texts
                        .iter()
                        .zip(starts)
                        .all(|(text, start)| text.starts_with(&start)),
                "there are: {texts:#?}"
            );
            Ok(Some(()))
        })
        .await
}

/// Waits until the list was read again: an outcome that Apollo no longer names has stayed.
async fn wait_until_known_as_not_named(settings: &Page, outcome: &str) -> Result<()> {
    let rule = format!("Rule of {outcome}");
    settings.click(&named("button", &rule)).await?;
    settings
        .find_when(
            &starting("textbox", "Name here").inside(named("group", &rule)),
            "to be there",
            |_| true,
        )
        .await?;
    settings
        .find_when(
            &named("group", &rule),
            "to say when Apollo last named it",
            |group| group.text.contains("Apollo last named it on"),
        )
        .await?;
    settings.click(&named("button", &rule)).await
}

/// Adds an id that Apollo does not confirm: the app asks about it and puts it last, and the
/// addition can be undone.
async fn add_an_outcome(rig: &mut Rig, settings: &Page, order: &[String]) -> Result<()> {
    rig.step("adding an outcome");
    let dialog = fill_in(settings, UNKNOWN_ID).await?;
    settings
        .find_when(
            &any("alert").inside(dialog.clone()),
            "to ask about the id",
            |alert| {
                alert
                    .text
                    .contains("Apollo knows no call with this outcome")
            },
        )
        .await?;
    settings
        .click(&named("button", "Keep it anyway").inside(dialog.clone()))
        .await?;
    settings.find_gone(&dialog).await?;
    let mut longer = order.to_vec();
    longer.push(ADDED.to_owned());
    wait_for_order(settings, &longer).await?;
    rig.step("taking the addition back");
    settings.click(&named("button", "Undo")).await?;
    wait_for_order(settings, order).await
}
