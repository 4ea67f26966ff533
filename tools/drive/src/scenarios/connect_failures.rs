//! A key that cannot work is refused with an answer of its own and is stored nowhere.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};

use crate::{actions, elements::named, leaks, rig::Rig};

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    rig.start_sandbox(&[]).await?;
    let page = rig.start_app(&rig.connected_arguments()?).await?;
    let keys = &rig.sandbox()?.keys;
    let bad_keys = [
        ("wrong", "Thiskeywasnevergiven22".to_owned()),
        ("scoped", keys.scoped.clone()),
        ("revoked", keys.revoked.clone()),
        ("free plan", keys.free.clone()),
    ];

    rig.step("pasting nothing");
    page.click(&named("button", "Connect to Apollo")).await?;
    let check = page.find(&named("button", "Check key")).await?;
    ensure!(check.facts.disabled, "an empty key can be checked");

    let mut answers: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (kind, key) in &bad_keys {
        rig.step(format!("pasting a {kind} key"));
        actions::paste_key(&page, key).await?;
        let answer = actions::failed_check(&page).await?;
        ensure!(
            !page.text().await?.contains(key.as_str()),
            "the key is on screen"
        );
        let field = page.find(&named("textbox", "Master key")).await?;
        ensure!(
            field.facts.value.as_deref() == Some(""),
            "the field still holds the key"
        );
        answers.entry(answer).or_default().push(kind);
        ensure!(
            rig.desktop.keychain().await?.count_holding(key).await? == 0,
            "the keychain holds the refused key"
        );
        page.click(&named("button", "Back")).await?;
        page.find(&named("button", "Connect to Apollo")).await?;
    }
    rig.step("comparing the answers");
    // Apollo answers the same to a wrong and a revoked key (reference, section 1.3), so one answer
    // names both; the other keys have answers of their own.
    let mut kinds: Vec<Vec<&str>> = answers.into_values().collect();
    kinds.sort();
    ensure!(
        kinds == [vec!["free plan"], vec!["scoped"], vec!["wrong", "revoked"]],
        "keys that got the same answer: {kinds:?}"
    );

    rig.step("starting again");
    rig.quit_app().await?;
    let page = rig.start_app(&rig.connected_arguments()?).await?;
    page.find(&named("button", "Connect to Apollo")).await?;
    rig.quit_app().await?;
    rig.step("searching the disk for the refused keys");
    let texts = bad_keys.map(|(_, key)| key);
    let search = leaks::search(
        &[rig.desktop.home(), rig.desktop.path().join("logs")],
        &texts,
    )?;
    ensure!(
        search.leaks.is_empty(),
        "a refused key is on disk: {:?}",
        search.leaks
    );
    Ok(())
}
