//! Killed in the middle of writing up: outcome, note, callback and times are there after the
//! restart, and the call that is saved then is in Apollo once, with its callback.

use anyhow::{Result, ensure};

use crate::{
    actions,
    elements::{any, named, starting},
    rig::Rig,
};

const NOTE: &str = "Asked for Thursday, and then the light went";

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    let page = actions::start_work(rig).await?;

    rig.step("writing up a call without saving it");
    actions::go_to_somebody_to_call(&page).await?;
    let name = actions::who(&page).await?;
    actions::dial(rig, &page).await?;
    let outcome = actions::write_up(&page, '3', NOTE).await?;
    page.leave_field().await?;
    page.press('b').await?;
    page.click(&named("button", "Set callback")).await?;
    let line = starting("button", "Remove callback");
    page.find(&line).await?;
    actions::wait_until_draft_is_stored(&page, NOTE).await?;
    actions::wait_until_callback_is_stored(&page).await?;

    rig.step("losing power");
    rig.kill_app().await?;
    rig.step("starting again");
    let arguments = rig.connected_arguments()?;
    let page = rig.start_app(&arguments).await?;
    page.find(&named("listbox", "Queue")).await?;
    actions::wait_until_on(&page, &name).await?;
    page.find_when(&actions::note(), "to hold the draft", |note| {
        note.value.as_deref() == Some(NOTE)
    })
    .await?;
    let chosen = any("radio")
        .checked()
        .inside(named("radiogroup", "Outcome"));
    ensure!(
        page.find(&chosen).await?.facts.name == outcome,
        "another outcome is chosen"
    );
    page.find(&line).await?;
    page.find_when(&actions::end_call(), "to be over", |button| button.disabled)
        .await?;

    rig.step("saving it");
    actions::save_and_next(&page).await?;
    let logged = actions::wait_until_logged(rig, 1).await?;
    actions::wait_until_sent(&page).await?;
    let sandbox = rig.sandbox()?;
    ensure!(logged[0].note.as_deref() == Some(NOTE), "another note");
    ensure!(
        logged[0].duration.is_some() && logged[0].end_time >= logged[0].start_time,
        "the times are lost"
    );
    let made = sandbox.made_by_clients().await?;
    ensure!(made.len() == 1, "{} callbacks", made.len());
    ensure!(
        made[0].contact_id == logged[0].contact_id && made[0].user_id == logged[0].user_id,
        "the callback is for somebody else"
    );
    Ok(())
}
