//! What the system says: whom to trust.

use std::fs;

use crate::{
    child::Child,
    secure::{Authority, NOW, Secure},
};

/// On Linux the system's store is a file, and a variable may name another.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_authority_in_the_systems_store_is_trusted_without_any_setting() {
    let authority = Authority::new();
    let server = Secure::start(authority.config("localhost", NOW)).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.pem");
    fs::write(&file, authority.pem()).unwrap();
    let trusting = Child::new(&server.url())
        .variable("SSL_CERT_FILE", &file)
        .run()
        .await;
    assert!(
        trusting.answer.contains("is_logged_in: true"),
        "{}",
        trusting.answer
    );
    let without = Child::new(&server.url()).run().await;
    assert!(
        without.answer.contains("UnknownAuthority"),
        "{}",
        without.answer
    );
}

/// A file in the settings adds to the system's store, and does not take its place.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_systems_store_is_trusted_beside_the_file_in_the_settings() {
    let (of_system, of_file) = (Authority::new(), Authority::new());
    let folder = tempfile::tempdir().unwrap();
    let (store, file) = (
        folder.path().join("store.pem"),
        folder.path().join("file.pem"),
    );
    fs::write(&store, of_system.pem()).unwrap();
    fs::write(&file, of_file.pem()).unwrap();
    for authority in [of_system, of_file] {
        let server = Secure::start(authority.config("localhost", NOW)).await;
        let child = Child::new(&server.url())
            .variable("SSL_CERT_FILE", &store)
            .trusting(&file);
        let answer = child.run().await.answer;
        assert!(answer.contains("is_logged_in: true"), "{answer}");
    }
}

/// As on a Debian without the package `ca-certificates`. That is no broken network, and it has a remedy.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_system_without_any_authority_is_named_and_an_embedded_apollo_needs_none() {
    let authority = Authority::new();
    let server = Secure::start(authority.config("localhost", NOW)).await;
    let empty = tempfile::tempdir().unwrap();
    let store = empty.path().join("store.pem");
    fs::write(&store, "").unwrap();
    let child = || {
        Child::new(&server.url())
            .variable("SSL_CERT_FILE", &store)
            .variable("SSL_CERT_DIR", empty.path())
    };
    let answer = child().run().await.answer;
    assert!(answer.contains("NoAuthorities"), "{answer}");
    let answer = child().embedded().run().await.answer;
    assert!(answer.contains("is_logged_in: true"), "{answer}");
}
