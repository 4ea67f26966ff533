//! `users/*`.

use apollo::types::UserSearch;
use budget::Priority::Waiting;

use crate::bench::Bench;

#[tokio::test]
async fn the_profile_names_the_admin_behind_the_key() {
    let bench = Bench::start().await;
    let profile = bench.client.users().profile(Waiting).await.unwrap();
    assert!(profile.team_id.is_some());
    assert!(
        bench
            .sandbox
            .users()
            .iter()
            .any(|user| user.id == profile.id.as_str())
    );
    assert_ne!(
        profile.id,
        bench.rep(),
        "the key acts as an admin, not as the rep"
    );
}

#[tokio::test]
async fn every_teammate_is_listed_page_by_page_and_the_gone_are_marked() {
    let bench = Bench::start().await;
    let mut users = Vec::new();
    let mut next = Some(1);
    while let Some(page) = next {
        let search = UserSearch { page, per_page: 2 };
        let found = bench.client.users().search(&search, Waiting).await.unwrap();
        assert_eq!(
            (found.page, found.per_page),
            (page, 2),
            "Apollo echoes them as text here"
        );
        next = found.next_page();
        users.extend(found.rows);
    }
    let expected = bench.sandbox.users();
    assert_eq!(users.len(), expected.len());
    for expected in expected {
        let user = users
            .iter()
            .find(|user| user.id.as_str() == expected.id)
            .unwrap();
        assert_eq!(user.deactivated, expected.deactivated);
        let shown = if expected.name.is_empty() {
            &expected.email
        } else {
            &expected.name
        };
        assert_eq!(&user.display_name(), shown);
    }
}
