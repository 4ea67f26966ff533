//! An update is accepted, refused, interrupted and held back, in the real window: whatever a server of updates
//! offers, only an installer that was signed for a newer version reaches the system's package tool, only when the
//! rep says so, and never while a call goes on.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, time::Duration};

use anyhow::{Context as _, Result, ensure};
use package::installer_kind;
use serde_json::json;

use crate::{
    actions,
    app::MAIN_WINDOW,
    deadline::until,
    elements::{any, named},
    page::Page,
    process,
    release_server::{ReleaseKey, ReleaseServer, package},
    rig::Rig,
};

const NEWER: &str = "9.0.0";
const OLDER: &str = "0.0.1";
const CHECK_LIMIT: Duration = Duration::from_secs(20);
const RESTART_LIMIT: Duration = Duration::from_secs(30);

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    let folder = rig.desktop.path().join("installed");
    fs::create_dir_all(&folder)?;
    let program = folder.join("handset");
    // Takes itself for one that a deb has brought.
    installer_kind::fill_in(rig.app_program(), *b"DEB", &program)?;
    fs::set_permissions(&program, PermissionsExt::from_mode(0o755))?;
    rig.use_app(&program);

    let (key, server) = (ReleaseKey::new()?, ReleaseServer::start()?);
    let policy = folder.join("policy.json");
    let updates = json!({ "updates": { "server": server.address() } });
    fs::write(&policy, updates.to_string())?;
    rig.start_sandbox(&[]).await?;
    // In the person's own folder, as it is installed: one Handset at a time.
    let arguments = [
        "--apollo-url".to_owned(),
        rig.sandbox()?.url.clone(),
        "--policy".to_owned(),
        policy.to_string_lossy().into_owned(),
        "--update-key".to_owned(),
        key.built_in()?,
    ];
    rig.step("connecting, up to the first card");
    let page = rig.start_app(&arguments).await?;
    actions::paste_key(&page, &rig.sandbox()?.keys.master).await?;
    let rep = rig.sandbox()?.user(actions::REP)?.name.clone();
    actions::choose_rep(&page, &rep).await?;
    actions::wait_until_loaded(&page).await?;

    refuse(rig, &page, &key, &server, &folder).await?;

    rig.step("finding an update");
    let newer = package(&folder, NEWER)?;
    server.offer(NEWER, &newer, &key.sign(&newer, NEWER)?, false);
    check(
        rig,
        &page,
        &server,
        "Handset 9.0.0 is ready to be installed.",
    )
    .await?;
    let page = rig.main_window().await?;
    actions::open_queue(&page, &actions::first_sequence(&page).await?).await?;
    hold_back(rig, &page).await?;
    ensure!(asked(rig)?.is_empty(), "the package tool was called");

    rig.step("installing without permission");
    install(
        &page,
        "Nobody allowed the installer to change this computer.",
    )
    .await?;
    ensure!(asked(rig)?.len() == 1, "it was not asked once");

    rig.step("installing it");
    rig.desktop.allow_administration(&format!(
        "dpkg-deb --extract \"$package\" '{installed}/files' && cp '{program}' '{program}.new' && \
         mv '{program}.new' '{program}'",
        installed = folder.display(),
        program = program.display(),
    ))?;
    let before = fs::metadata(&program)?;
    let id = rig.app()?.process_id();
    click_install(&page).await?;
    restarted(rig, id, &program).await?;
    let after = fs::metadata(&program)?;
    ensure!(
        std::os::unix::fs::MetadataExt::ino(&before) != std::os::unix::fs::MetadataExt::ino(&after),
        "the program is the old one"
    );
    let installed = fs::read_to_string(folder.join("files/usr/share/handset/version"))?;
    ensure!(installed == NEWER, "{installed} was installed");
    let call = asked(rig)?.pop().context("nothing was asked")?;
    ensure!(
        call.starts_with("/usr/bin/apt-get install --yes --no-remove /"),
        "the package tool was called with {call:?}"
    );
    actions::wait_until_logged(rig, 1).await?;
    rig.kill_app().await?;

    rig.step("turning updates off");
    fs::write(
        &policy,
        json!({ "updates": { "enabled": false } }).to_string(),
    )?;
    says_after_start(rig, &arguments, "has turned off updates in Handset").await?;
    rig.step("a policy with an error");
    fs::write(&policy, "{ \"updates\": { \"sever\": \"x\" } }")?;
    says_after_start(
        rig,
        &arguments,
        "The policy of this computer cannot be used",
    )
    .await
}

/// What must not be installed is not, and Handset goes on.
async fn refuse(
    rig: &mut Rig,
    page: &Page,
    key: &ReleaseKey,
    server: &ReleaseServer,
    folder: &Path,
) -> Result<()> {
    let (newer, older) = (package(folder, NEWER)?, package(folder, OLDER)?);
    let good = key.sign(&newer, NEWER)?;
    let mut tampered = newer.clone();
    let middle = tampered.len() / 2;
    tampered[middle] ^= 1;
    let not_signed = "is not signed by the makers of Handset for this version";

    rig.step("nothing is served");
    check(
        rig,
        page,
        server,
        "The server of Handset’s updates cannot be reached.",
    )
    .await?;
    rig.step("a list that is none");
    server.say("<html>Sign in to the network</html>");
    check(rig, page, server, "did not answer with a list of releases").await?;
    rig.step("an older version");
    server.offer(OLDER, &older, &key.sign(&older, OLDER)?, false);
    check(rig, page, server, "Handset is up to date.").await?;
    rig.step("an older installer under a newer version");
    server.offer(NEWER, &older, &key.sign(&older, OLDER)?, false);
    check(rig, page, server, not_signed).await?;
    rig.step("a signature for no version");
    say_something_else(rig, page, server).await?;
    server.offer(NEWER, &older, &key.sign_for_any(&older)?, false);
    check(rig, page, server, not_signed).await?;
    rig.step("a changed byte");
    say_something_else(rig, page, server).await?;
    server.offer(NEWER, &tampered, &good, false);
    check(rig, page, server, not_signed).await?;
    rig.step("another key");
    say_something_else(rig, page, server).await?;
    let other = ReleaseKey::new()?.sign(&newer, NEWER)?;
    server.offer(NEWER, &newer, &other, false);
    check(rig, page, server, not_signed).await?;
    rig.step("a download that ends early");
    server.offer(NEWER, &newer, &good, true);
    check(
        rig,
        page,
        server,
        "The update was not downloaded to its end.",
    )
    .await?;
    rig.step("a download without end");
    server.offer_without_end(NEWER, &good);
    check(rig, page, server, "larger than any installer of Handset").await?;
    ensure!(asked(rig)?.is_empty(), "the package tool was called");
    Ok(())
}

/// A call goes on, is over, and is saved: only then may the update be installed.
async fn hold_back(rig: &mut Rig, page: &Page) -> Result<()> {
    rig.step("an update during a call");
    actions::go_to_somebody_to_call(page).await?;
    actions::dial(rig, page).await?;
    is_held_back(page, "A call is going on.").await?;
    rig.step("an update before the call is saved");
    actions::write_up(page, '1', "Asked for a quote").await?;
    is_held_back(page, "A call is not saved yet.").await?;
    rig.step("saving the call");
    page.click(&actions::note()).await?;
    actions::save_and_next(page).await?;
    actions::wait_until_sent(page).await
}

async fn is_held_back(page: &Page, why: &str) -> Result<()> {
    open_dialog(page).await?;
    page.find_when(&dialog(), why, |dialog| dialog.text.contains(why))
        .await?;
    let button = page.find(&install_button()).await?;
    ensure!(button.facts.disabled, "it can be installed: {why}");
    page.click(&named("button", "Later").inside(dialog()))
        .await?;
    page.find_gone(&dialog()).await
}

fn dialog() -> crate::elements::Query {
    named("dialog", "Update of Handset")
}

fn install_button() -> crate::elements::Query {
    named("button", "Install and restart").inside(dialog())
}

async fn open_dialog(page: &Page) -> Result<()> {
    page.click(&named("button", "Update ready")).await?;
    page.find(&dialog()).await?;
    Ok(())
}

async fn click_install(page: &Page) -> Result<()> {
    if !page.is_there(&dialog()).await? {
        open_dialog(page).await?;
    }
    page.find_when(&install_button(), "to be enabled", |button| {
        !button.disabled
    })
    .await?;
    page.click(&install_button()).await
}

/// Says that it may be installed, and waits for what is said then.
async fn install(page: &Page, outcome: &str) -> Result<()> {
    click_install(page).await?;
    let alert = any("alert");
    page.find_when(&alert, outcome, |alert| alert.text.contains(outcome))
        .await?;
    Ok(())
}

/// Another sentence stands in the settings, so that the next is not taken for the last, which reads the same.
async fn say_something_else(rig: &Rig, page: &Page, server: &ReleaseServer) -> Result<()> {
    server.say("<html>Sign in to the network</html>");
    check(rig, page, server, "did not answer with a list of releases").await
}

/// Checks for updates in the settings, and waits for what is said once the server was asked.
async fn check(rig: &Rig, page: &Page, server: &ReleaseServer, says: &str) -> Result<()> {
    let settings = actions::open_settings(rig, page, "Updates").await?;
    let asked_before = server.asked();
    // A window passes over a second press that comes too soon.
    until(
        CHECK_LIMIT,
        "waiting for the server to be asked",
        async || {
            settings.click(&named("button", "Check now")).await?;
            Ok((server.asked() > asked_before).then_some(()))
        },
    )
    .await?;
    let panel = named("tabpanel", "Updates");
    settings
        .find_when(&panel, &format!("to say {says:?}"), |panel| {
            panel.text.contains(says)
        })
        .await?;
    rig.main_window().await?;
    Ok(())
}

/// Starts with other words in the policy, and looks at what the settings say.
async fn says_after_start(rig: &mut Rig, arguments: &[String], says: &str) -> Result<()> {
    let page = rig.start_app(arguments).await?;
    let settings = actions::open_settings(rig, &page, "Updates").await?;
    settings
        .find_when(&named("tabpanel", "Updates"), says, |panel| {
            panel.text.contains(says)
        })
        .await?;
    ensure!(
        !settings.is_there(&named("button", "Check now")).await?,
        "it can be checked for updates"
    );
    rig.kill_app().await
}

/// The process has become the program that is installed now, and shows its window.
async fn restarted(rig: &Rig, id: u32, program: &Path) -> Result<()> {
    until(
        RESTART_LIMIT,
        "waiting for Handset to start anew",
        async || {
            let starts = rig.app_log_at_home()?.matches("\"started\"").count();
            Ok((starts == 2 && process::runs(id, program)).then_some(()))
        },
    )
    .await?;
    until(RESTART_LIMIT, "waiting for its window", async || {
        rig.display.window(id, MAIN_WINDOW)
    })
    .await?;
    Ok(())
}

/// What was asked of the administrator so far.
fn asked(rig: &Rig) -> Result<Vec<String>> {
    rig.desktop.asked_of_administrator()
}
