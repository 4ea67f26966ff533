//! The network goes away in the middle of a queue: the rep goes on; when it is back, every call is
//! in Apollo once.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};

use crate::{actions, elements::named, line::Line, rig::Rig};

const CALLS: usize = 3;

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    rig.start_sandbox(&[]).await?;
    let mut line = Line::to(&rig.sandbox()?.url).await?;
    let page = actions::start_work_at(rig, &line.url()).await?;

    rig.step("losing the network");
    line.cut().await;
    let mut notes = BTreeSet::new();
    for number in 1..=CALLS {
        rig.step(format!("making call {number} without a network"));
        let note = format!("Call {number} without a network");
        actions::make_call(rig, &page, '2', &note).await?;
        notes.insert(note);
    }
    rig.step("reading the banner");
    page.find_when(
        &named("status", "Connection"),
        "to name the unsent calls",
        |banner| {
            banner.text.contains("Apollo cannot be reached since")
                && banner
                    .text
                    .contains(&format!("{CALLS} calls are kept here"))
                && banner.text.contains("Next try:")
        },
    )
    .await?;
    ensure!(
        rig.sandbox()?.logged().await?.is_empty(),
        "something got through"
    );

    rig.step("coming back");
    line.restore().await?;
    let logged = actions::wait_until_logged(rig, CALLS).await?;
    actions::wait_until_sent(&page).await?;
    page.find_when(&named("status", "Connection"), "to be empty", |banner| {
        banner.text.is_empty()
    })
    .await?;
    let found: BTreeSet<_> = logged.iter().filter_map(|call| call.note.clone()).collect();
    ensure!(found == notes, "the records say {found:?}");
    Ok(())
}
