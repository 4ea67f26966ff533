//! A call that Apollo refuses waits for a person with a sentence, and is sent once it is fixed: a
//! removed outcome is replaced, and task functions that were off are tried again.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::{
    actions,
    elements::{any, named, starting},
    page::Page,
    rig::Rig,
};

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    let page = actions::start_work(rig).await?;

    rig.step("having an outcome removed in Apollo");
    actions::go_to_somebody_to_call(&page).await?;
    let refused = actions::dial_and_choose(rig, &page, '2').await?;
    let sandbox = rig.sandbox()?;
    let outcomes = sandbox.outcome_names().await?;
    let id = outcomes
        .iter()
        .find_map(|(id, name)| (*name == refused).then_some(id))
        .context("the outcome has no id")?;
    sandbox.remove_outcome(id).await?;
    page.type_keys("Spoke of prices").await?;
    actions::save_and_next(&page).await?;
    let receipt = blocked(&page, "pick another").await?;

    rig.step("editing the call");
    page.click(&named("button", "Edit…").inside(receipt))
        .await?;
    let dialog = named("dialog", "Edit call");
    let radios = any("radio").inside(named("radiogroup", "Outcome").inside(dialog.clone()));
    let other = page
        .wait("another outcome", async || {
            let all = page.all(&radios).await?;
            Ok(all.into_iter().find(|radio| radio.facts.name != refused))
        })
        .await?;
    let other_name = other.facts.name.clone();
    page.click_found(&other).await?;
    page.click(&named("button", "Save changes").inside(dialog.clone()))
        .await?;
    page.find_gone(&dialog).await?;
    let logged = actions::wait_until_logged(rig, 1).await?;
    actions::wait_until_sent(&page).await?;
    let outcome = logged[0].phone_call_outcome_id.as_ref();
    ensure!(
        outcome.and_then(|id| outcomes.get(id)) == Some(&other_name),
        "the record has another outcome"
    );

    rig.step("having task functions turned off in Apollo");
    page.press(fantoccini::key::Key::Escape).await?;
    let off = json!({ "task_functions_off": true });
    rig.sandbox()?.change_scenario(&off).await?;
    actions::make_call(rig, &page, '3', "Spoke again").await?;
    let receipt = blocked(&page, "Task functions are turned off").await?;

    rig.step("trying again once they are on");
    let on = json!({ "task_functions_off": false });
    rig.sandbox()?.change_scenario(&on).await?;
    page.click(&named("button", "Try again").inside(receipt))
        .await?;
    actions::wait_until_logged(rig, 2).await?;
    actions::wait_until_sent(&page).await?;
    let completed = rig.sandbox()?.completed().await?;
    ensure!(completed.len() == 2, "{} tasks completed", completed.len());
    Ok(())
}

/// Opens the receipts; the blocked call comes first and says why.
async fn blocked(page: &Page, why: &str) -> Result<crate::elements::Query> {
    page.find_within(
        actions::SEND_LIMIT,
        &starting("button", "1 unsent call, 1 for you to decide"),
    )
    .await?;
    page.press('r').await?;
    let receipt = named("region", "Receipt");
    page.find_when(&receipt, "to say why", |receipt| receipt.text.contains(why))
        .await?;
    Ok(receipt)
}
