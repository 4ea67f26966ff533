//! `auth/health`.

use budget::Priority::Waiting;

use crate::bench::Bench;

#[tokio::test]
async fn a_good_key_is_logged_in() {
    let bench = Bench::start().await;
    let health = bench.client.auth().health(Waiting).await.unwrap();
    assert!(health.healthy && health.is_logged_in);
}

#[tokio::test]
async fn a_wrong_or_revoked_key_is_healthy_and_not_logged_in() {
    let bench = Bench::start().await;
    for key in [bench.sandbox.keys().revoked.as_str(), "no-key-of-this-team"] {
        let health = bench.client_with(key).auth().health(Waiting).await.unwrap();
        assert!(health.healthy && !health.is_logged_in);
    }
}
