//! `accounts/*`.

use budget::Priority::OnDeck;

use crate::bench::Bench;

#[tokio::test]
async fn an_account_is_shown_with_its_facts() {
    let bench = Bench::start().await;
    let world = bench.sandbox.world();
    let id = world
        .contacts
        .iter()
        .find_map(|contact| contact.account_id.clone())
        .unwrap();
    let account = bench
        .client
        .accounts()
        .show(&id.as_str().into(), OnDeck)
        .await
        .unwrap();
    assert_eq!(account.id.as_str(), id);
    assert!(!account.name.is_empty());
    assert!(account.domain.is_some());
    assert!(account.employee_count.is_some());
}

#[tokio::test]
async fn an_unknown_account_is_refused_for_good() {
    let bench = Bench::start().await;
    let unknown = "64c0ffee00000000000fffff".into();
    let error = bench
        .client
        .accounts()
        .show(&unknown, OnDeck)
        .await
        .unwrap_err();
    assert_eq!(error.delivery(), apollo::Delivery::Refused, "{error:?}");
    assert_eq!(bench.seen("accounts#show"), 1, "and not tried again");
}
