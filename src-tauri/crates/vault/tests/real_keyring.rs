//! The vault on a real Secret Service.
//!
//! Runs only where the test harness has set `HANDSET_KEYRING_TEST=1`, inside a D-Bus session of its
//! own with an unlocked keyring, so that a test never touches the keychain of the person who runs
//! it: `dbus-run-session -- bash -c 'printf "pw\n" | gnome-keyring-daemon --daemonize --unlock
//! --components=secrets; HANDSET_KEYRING_TEST=1 cargo test -p vault'` with `HOME` and
//! `XDG_DATA_HOME` in a folder that is thrown away. The real-window test covers the same ground.
//! With `HANDSET_KEYRING_TEST=none` the session is one without any keyring.

use clock::SystemClock;
use vault::{Keychain, Secret, Vault, VaultError};

const SERVICE: &str = "app.handset.keyring-test";
const ORIGIN: &str = "https://api.apollo.io";

fn harness_says(wanted: &str) -> bool {
    std::env::var("HANDSET_KEYRING_TEST").is_ok_and(|value| value == wanted)
}

fn keychain() -> Keychain {
    Keychain::new(SERVICE, SystemClock::shared())
}

#[tokio::test]
async fn a_real_keyring_keeps_a_key_per_origin_and_proves_it_gone() {
    if !harness_says("1") {
        return;
    }
    let first = keychain();
    first.forget_api_key(ORIGIN).await.unwrap();
    assert_eq!(first.api_key(ORIGIN).await.unwrap(), None);
    first
        .put_api_key(ORIGIN, &Secret::new("first-key"))
        .await
        .unwrap();
    first
        .put_api_key(ORIGIN, &Secret::new("second-key"))
        .await
        .unwrap();
    let sealing_key = first.sealing_key().await.unwrap();
    assert!(first.is_unlocked().await);
    first.put_sent_count("folder-1", 42).await.unwrap();

    let next_run = keychain();
    assert_eq!(
        next_run.api_key(ORIGIN).await.unwrap(),
        Some(Secret::new("second-key"))
    );
    assert_eq!(
        next_run.api_key("http://127.0.0.1:4010").await.unwrap(),
        None
    );
    assert!(next_run.sealing_key().await.unwrap() == sealing_key);
    assert_eq!(next_run.sent_count("folder-1").await, Ok(Some(42)));

    next_run.forget_api_key(ORIGIN).await.unwrap();
    assert_eq!(keychain().api_key(ORIGIN).await.unwrap(), None);
}

#[tokio::test]
async fn without_a_keyring_no_call_says_that_there_is_no_key() {
    if !harness_says("none") {
        return;
    }
    let keychain = keychain();
    assert!(!keychain.is_unlocked().await);
    for answer in [
        keychain.api_key(ORIGIN).await.map(|_| ()),
        keychain
            .put_api_key(ORIGIN, &Secret::new("first-key"))
            .await,
        keychain.sealing_key().await.map(|_| ()),
    ] {
        assert!(
            matches!(
                answer,
                Err(VaultError::NoKeychain { .. } | VaultError::Locked)
            ),
            "{answer:?}"
        );
    }
}
