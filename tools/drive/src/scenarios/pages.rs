//! A window shows its own page and nothing else, wherever a script in it would go: commands are
//! granted to windows, so that a page in the wrong window could call them.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::{
    app::{MAIN_WINDOW, SETTINGS_WINDOW},
    elements::named,
    page::Page,
    rig::Rig,
};

/// Of each scheme that a window could be sent to, and the page of the other window.
const ELSEWHERE: [&str; 11] = [
    "handset-stopped://localhost/",
    "handset-stopped://localhost/try-again",
    "tauri://localhost/assets/none.svg",
    "tauri://elsewhere/index.html",
    "ipc://localhost/status_get",
    "asset://localhost/etc/hostname",
    "file:///etc/hostname",
    "data:text/html,<title>elsewhere</title>",
    "about:blank",
    "http://127.0.0.1:9/",
    "https://example.com/",
];

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    let page = rig.start_app(&["--sandbox".to_owned()]).await?;
    page.click(&named("button", "Settings")).await?;
    let settings = rig.settings_window().await?;
    stays(
        rig,
        &settings,
        SETTINGS_WINDOW,
        "tauri://localhost/index.html",
    )
    .await?;
    let main = rig.main_window().await?;
    stays(rig, &main, MAIN_WINDOW, "tauri://localhost/settings.html").await
}

/// Sends the window everywhere, and checks that it still shows its own page.
async fn stays(rig: &mut Rig, page: &Page, title: &str, other_window: &str) -> Result<()> {
    for address in ELSEWHERE.into_iter().chain([other_window]) {
        rig.step(format!("sending {title:?} to {address}"));
        page.leave_for(address).await?;
        let here = page.title_and_address().await?;
        ensure!(
            here.0 == title && here.1.starts_with("tauri://localhost"),
            "sent to {address}, {title:?} shows {here:?}"
        );
        page.ask_core("status_get", json!({})).await?;
    }
    Ok(())
}
