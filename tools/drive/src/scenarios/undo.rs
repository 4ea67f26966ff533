//! A saved call is taken back within its seconds: the card is open again with every word, and
//! Apollo has received nothing; when it is saved again, it is there once.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use serde_json::json;

use crate::{
    actions,
    elements::{any, named, starting},
    rig::Rig,
};

const NOTE: &str = "Saved by mistake, the wrong key";
/// A slow machine needs more than the usual five seconds from key to key.
const UNDO_S: u32 = 20;
const MORE: &str = "; this is meant";

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    let page = actions::start_work(rig).await?;

    rig.step("allowing more time for an undo, since this machine may be slow");
    let settings = actions::open_settings(rig, &page, "Dialing").await?;
    let seconds = starting("textbox", "Undo time");
    settings.retype(&seconds, &UNDO_S.to_string()).await?;
    settings.press(Key::Enter).await?;
    settings
        .wait("the undo time to be stored", async || {
            let stored = settings.ask_core("settings_get", json!({})).await?;
            Ok((stored["settings"]["undo_s"] == UNDO_S).then_some(()))
        })
        .await?;
    let page = actions::back_to_queue(rig).await?;

    rig.step("saving a call");
    actions::go_to_somebody_to_call(&page).await?;
    let name = actions::who(&page).await?;
    actions::dial(rig, &page).await?;
    let outcome = actions::write_up(&page, '2', NOTE).await?;
    actions::save_and_next(&page).await?;

    rig.step("taking it back");
    page.press('z').await?;
    actions::wait_until_on(&page, &name).await?;
    page.find_when(&actions::note(), "to hold every word", |note| {
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
    ensure!(
        rig.sandbox()?.logged().await?.is_empty(),
        "Apollo has received it"
    );

    rig.step("saving it again");
    page.find_when(&actions::note(), "to have the focus", |note| note.focused)
        .await?;
    page.type_keys(MORE).await?;
    actions::save_and_next(&page).await?;
    let logged = actions::wait_until_logged(rig, 1).await?;
    actions::wait_until_sent(&page).await?;
    ensure!(
        logged[0].note.as_deref() == Some(&format!("{NOTE}{MORE}")),
        "the record says {:?}",
        logged[0].note
    );
    Ok(())
}
