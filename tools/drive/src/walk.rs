//! A walk through every screen of the app, for whoever wants to look at them: the accessibility
//! rules, and the pictures in the docs.

use anyhow::Result;
use fantoccini::key::Key;
use serde_json::json;

use crate::{
    actions,
    elements::{any, named, starting},
    page::Page,
    rig::Rig,
};

const REP: &str = "Sam";
/// How slow the report is while it is shown half loaded, in milliseconds a page.
const SLOW_PAGE_MS: u64 = 700;
const SKIP_REASON: &str = "Not relevant";
/// The tabs of the settings, with the names of their pictures.
const SETTINGS_TABS: [(&str, &str); 7] = [
    ("Connection", "settings-connection"),
    ("Dispositions", "settings-dispositions"),
    ("Calling hours", "settings-calling-hours"),
    ("Dialing", "settings-dialing"),
    ("Data on this machine", "settings-data"),
    ("Updates", "settings-updates"),
    ("About", "settings-about"),
];

/// Somebody who looks at each screen as it comes.
pub(crate) trait Visitor {
    /// `screen` is what is shown, in words fit for a file name.
    async fn at(&mut self, rig: &Rig, page: &Page, screen: &str) -> Result<()>;
}

/// From the first start to every corner. Needs a rig with a keychain; ends with the app running.
pub(crate) async fn through_all_screens(rig: &mut Rig, visitor: &mut impl Visitor) -> Result<()> {
    rig.start_sandbox(&[]).await?;
    let slow = json!({
        "endpoint": "tasks#search", "when": "always", "kind": { "delay": { "delay_ms": SLOW_PAGE_MS } },
    });
    let page = rig.start_app(&rig.connected_arguments()?).await?;
    rig.step("looking at the first start");
    page.find(&named("button", "Connect to Apollo")).await?;
    visitor.at(rig, &page, "welcome").await?;
    page.click(&named("button", "Connect to Apollo")).await?;
    page.find(&named("textbox", "Master key")).await?;
    visitor.at(rig, &page, "connect").await?;
    actions::paste_key(&page, &rig.sandbox()?.keys.scoped).await?;
    actions::failed_check(&page).await?;
    visitor.at(rig, &page, "connect-refused").await?;
    rig.sandbox()?.add_fault(&slow).await?;
    actions::paste_key(&page, &rig.sandbox()?.keys.master).await?;
    rig.step("looking at the choice of who the rep is");
    page.first(&any("option").inside(named("listbox", "Apollo users")))
        .await?;
    visitor.at(rig, &page, "who").await?;
    let rep = rig.sandbox()?.user(REP)?.name.clone();
    actions::choose_rep(&page, &rep).await?;

    rig.step("looking at the report");
    page.find(&named("progressbar", "Loading call tasks"))
        .await?;
    actions::first_sequence_shown(&page).await?;
    visitor.at(rig, &page, "today-loading").await?;
    rig.sandbox()?.clear_faults().await?;
    actions::wait_until_loaded(&page).await?;
    visitor.at(rig, &page, "today").await?;

    work(rig, &page, visitor).await?;
    overlays(rig, &page, visitor).await?;
    settings(rig, &page, visitor).await
}

/// From the report through a call to its receipt.
async fn work(rig: &mut Rig, page: &Page, visitor: &mut impl Visitor) -> Result<()> {
    rig.step("looking at the queue");
    let sequence = actions::first_sequence(page).await?;
    actions::open_queue(page, &sequence).await?;
    actions::make_call(rig, page, '1', "No answer, no voicemail box.").await?;
    actions::make_call(rig, page, '2', "Left word about the Q4 offer.").await?;
    actions::go_to_somebody_to_call(page).await?;
    visitor.at(rig, page, "queue").await?;
    rig.step("looking at a call");
    actions::dial(rig, page).await?;
    visitor.at(rig, page, "queue-on-call").await?;
    actions::write_up(
        page,
        '3',
        "Interested. Wants the security sheet before Thursday.",
    )
    .await?;
    visitor.at(rig, page, "queue-after-call").await?;
    rig.step("looking at the callback dialog");
    page.leave_field().await?;
    page.press('b').await?;
    page.find(&named("button", "Set callback")).await?;
    visitor.at(rig, page, "callback").await?;
    page.press(Key::Escape).await?;
    page.find_gone(&named("button", "Set callback")).await?;
    actions::save_and_next(page).await?;
    actions::wait_for_card(page).await?;
    rig.step("looking at the undo line");
    page.find(&named("region", "Undo")).await?;
    visitor.at(rig, page, "queue-undo").await?;
    rig.step("looking at the skip dialog");
    page.press('s').await?;
    let dialog = named("dialog", "Skip this task");
    page.find(&dialog).await?;
    visitor.at(rig, page, "skip").await?;
    page.click(&named("button", "Cancel").inside(dialog.clone()))
        .await?;
    page.find_gone(&dialog).await?;
    actions::skip(page, SKIP_REASON).await?;
    rig.step("looking at the receipts");
    actions::wait_until_logged(rig, 3).await?;
    actions::wait_until_sent(page).await?;
    page.click(&named("button", "Calls")).await?;
    let rows = any("option").inside(named("listbox", "Calls"));
    let call = page
        .wait("the receipt of a call", async || {
            let rows = page.all(&rows).await?.into_iter();
            let mut calls = rows.filter(|row| !row.facts.name.contains(SKIP_REASON));
            Ok(calls.next())
        })
        .await?;
    page.click_found(&call).await?;
    page.first(&any("listitem").inside(named("list", "Steps")))
        .await?;
    visitor.at(rig, page, "receipts").await?;
    for (button, title, screen) in [
        ("Edit…", "Edit call", "receipts-edit"),
        ("Export day…", "Export the day", "receipts-export"),
    ] {
        rig.step(format!("looking at {title}"));
        page.click(&named("button", button)).await?;
        let dialog = named("dialog", title);
        page.find(&dialog).await?;
        visitor.at(rig, page, screen).await?;
        page.press(Key::Escape).await?;
        page.find_gone(&dialog).await?;
    }
    Ok(())
}

/// What lies over the other screens.
async fn overlays(rig: &mut Rig, page: &Page, visitor: &mut impl Visitor) -> Result<()> {
    page.click(&named("button", "Today")).await?;
    page.find(&named("heading", "Today")).await?;
    for (button, dialog, screen) in [
        ("Call budget", "Call budget", "budget"),
        ("Search commands", "Command palette", "palette"),
        ("Keyboard shortcuts", "Keyboard shortcuts", "keys"),
    ] {
        rig.step(format!("looking at {dialog}"));
        page.click(&starting("button", button)).await?;
        let dialog = named("dialog", dialog);
        page.find(&dialog).await?;
        visitor.at(rig, page, screen).await?;
        page.press(Key::Escape).await?;
        page.find_gone(&dialog).await?;
    }
    Ok(())
}

async fn settings(rig: &mut Rig, page: &Page, visitor: &mut impl Visitor) -> Result<()> {
    rig.step("looking at the settings");
    page.click(&named("button", "Settings")).await?;
    let page = rig.settings_window().await?;
    for (tab, screen) in SETTINGS_TABS {
        page.click(&named("tab", tab)).await?;
        page.find(&named("tabpanel", tab)).await?;
        visitor.at(rig, &page, screen).await?;
    }
    page.click(&named("tab", "Connection")).await?;
    page.click(&named("button", "Forget key…")).await?;
    page.find(&named("alertdialog", "Forget the key?")).await?;
    visitor.at(rig, &page, "settings-forget-key").await
}
