//! `accounts/*`.

use apollo::types::{AccountSearch, AccountSort, Filter, Verdict};
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

#[tokio::test]
async fn accounts_are_found_by_stage_and_by_a_part_of_the_name() {
    let bench = Bench::start().await;
    let accounts = bench.client.accounts();
    let stages = accounts.stages(OnDeck).await.unwrap();
    assert!(stages.iter().all(|stage| !stage.name.is_empty()));
    let mut in_all_stages = 0;
    for stage in &stages {
        let search = AccountSearch {
            stage_ids: vec![stage.id.clone()],
            sort: Some(AccountSort::LatestActivityFirst),
            ..AccountSearch::default()
        };
        let found = accounts.search(&search, OnDeck).await.unwrap();
        let verdict = found.filtering.of(Filter::AccountStages);
        assert_eq!(verdict, Some(Verdict::Applied));
        let here = |account: &apollo::types::Account| account.stage_id.as_ref() == Some(&stage.id);
        assert!(found.rows.iter().all(here));
        in_all_stages += found.total_rows.unwrap();
    }
    let all = accounts.search(&AccountSearch::default(), OnDeck).await;
    let all = all.unwrap();
    assert_eq!(all.total_rows, Some(in_all_stages));
    let by_name = AccountSearch {
        name: Some(all.rows[0].name.to_uppercase()),
        ..AccountSearch::default()
    };
    let found = accounts.search(&by_name, OnDeck).await.unwrap();
    assert!(
        found
            .rows
            .iter()
            .any(|account| account.id == all.rows[0].id)
    );
}
