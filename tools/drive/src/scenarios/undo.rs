//! A saved call is taken back within its seconds: the card is open again with every word, and
//! Apollo has heard of nothing; saved again, it is there once.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use serde_json::json;

use crate::{
    acts,
    elements::{any, named, starting},
    rig::Rig,
};

const WORDS: &str = "Saved by mistake, the wrong key";
/// A slow machine needs more than the usual five seconds from key to key.
const UNDO_S: u32 = 20;
const MORE: &str = "; this is meant";

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    let page = acts::start_work(rig).await?;

    rig.step("allowing more time for an undo, since this machine may be slow");
    let settings = acts::open_settings(rig, &page, "Dialing").await?;
    let seconds = starting("textbox", "Undo time");
    settings.retype(&seconds, &UNDO_S.to_string()).await?;
    settings.press(Key::Enter).await?;
    settings
        .wait("the undo time to be kept", async || {
            let kept = settings.ask_core("settings_get", json!({})).await?;
            Ok((kept["settings"]["undo_s"] == UNDO_S).then_some(()))
        })
        .await?;
    let page = acts::back_to_queue(rig).await?;

    rig.step("saving a call");
    acts::go_to_somebody_to_call(&page).await?;
    let name = acts::who(&page).await?;
    acts::dial(rig, &page).await?;
    let outcome = acts::write_up(&page, '2', WORDS).await?;
    acts::save_and_next(&page).await?;

    rig.step("taking it back");
    page.press('z').await?;
    acts::wait_until_on(&page, &name).await?;
    page.find_when(&acts::note(), "to hold every word", |note| {
        note.value.as_deref() == Some(WORDS)
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
        "Apollo has heard of it"
    );

    rig.step("saving it again");
    page.find_when(&acts::note(), "to have the focus", |note| note.focused)
        .await?;
    page.type_keys(MORE).await?;
    acts::save_and_next(&page).await?;
    let logged = acts::wait_until_logged(rig, 1).await?;
    acts::wait_until_sent(&page).await?;
    ensure!(
        logged[0].note.as_deref() == Some(&format!("{WORDS}{MORE}")),
        "the record says {:?}",
        logged[0].note
    );
    Ok(())
}
