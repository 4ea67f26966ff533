//! `contacts/*`.

use apollo::{
    Error,
    types::{ContactSearch, ContactSort, Filter, FilterStatus},
};
use budget::Priority::{OnDeck, WrapUp};

use crate::bench::Bench;

#[tokio::test]
async fn contacts_are_shown_with_readable_names_numbers_and_marks() {
    let bench = Bench::start().await;
    let world = bench.sandbox.world();
    let odd: Vec<_> = world
        .contacts
        .iter()
        .filter(|contact| {
            contact.name.contains('&')
                || contact.has_dnc_number
                || contact.call_opted_out
                || contact.raw_numbers.is_empty()
                || contact.raw_numbers.len() != contact.sanitized_numbers.len()
        })
        .take(25)
        .collect();
    assert!(odd.iter().any(|contact| contact.has_dnc_number));
    assert!(odd.iter().any(|contact| contact.name.contains('&')));
    for expected in odd {
        let id = expected.id.as_str().into();
        let contact = bench.client.contacts().show(&id, OnDeck).await.unwrap();
        assert!(!contact.name.contains("&amp;") && !contact.name.contains("&Amp;"));
        assert!(contact.display_name().is_some());
        assert_eq!(contact.call_opted_out, expected.call_opted_out);
        assert_eq!(
            contact
                .phone_numbers
                .iter()
                .any(|number| number.do_not_call),
            expected.has_dnc_number
        );
        assert_eq!(contact.phone_numbers.len(), expected.raw_numbers.len());
        assert_eq!(contact.time_zone, expected.time_zone);
    }
}

#[tokio::test]
async fn an_unknown_contact_is_gone_and_a_malformed_id_is_our_fault() {
    let bench = Bench::start().await;
    let unknown = "64c0ffee00000000000fffff".into();
    assert_eq!(
        bench.client.contacts().show(&unknown, OnDeck).await,
        Err(Error::Gone)
    );
    let malformed = bench
        .client
        .contacts()
        .show(&"no id/../x".into(), OnDeck)
        .await
        .unwrap_err();
    assert!(
        matches!(malformed, Error::Invalid { .. } | Error::Gone),
        "{malformed:?}"
    );
}

#[tokio::test]
async fn a_contact_moves_to_another_stage() {
    let bench = Bench::start().await;
    let world = bench.sandbox.world();
    let contact = &world.contacts[0];
    let other = world
        .contacts
        .iter()
        .find(|other| other.contact_stage_id != contact.contact_stage_id)
        .unwrap();
    let stage = other.contact_stage_id.as_str().into();
    let id = contact.id.as_str().into();
    bench
        .client
        .contacts()
        .set_stage(&[id], &stage, WrapUp)
        .await
        .unwrap();
    let after = bench.sandbox.world();
    assert_eq!(
        after.contact(&contact.id).unwrap().contact_stage_id,
        other.contact_stage_id
    );
}

#[tokio::test]
async fn the_teams_stages_come_with_their_names_and_each_can_be_set() {
    let bench = Bench::start().await;
    let contacts = bench.client.contacts();
    let stages = contacts.stages(OnDeck).await.unwrap();
    let names: Vec<&str> = stages.iter().map(|stage| stage.name.as_str()).collect();
    assert_eq!(names[..3], ["New", "Approaching", "Replied"]);
    let contact = bench.sandbox.world().contacts[0].id.clone();
    for stage in &stages {
        contacts
            .set_stage(&[contact.as_str().into()], &stage.id, WrapUp)
            .await
            .unwrap();
        let after = bench.sandbox.world();
        assert_eq!(
            after.contact(&contact).unwrap().contact_stage_id,
            stage.id.as_str()
        );
    }
}

#[tokio::test]
async fn a_stage_apollo_does_not_know_is_named_by_its_field() {
    let bench = Bench::start().await;
    let contact = bench.sandbox.world().contacts[0].id.as_str().into();
    let unknown = "64c0ffee00000000000fffff".into();
    let error = bench
        .client
        .contacts()
        .set_stage(&[contact], &unknown, WrapUp)
        .await
        .unwrap_err();
    let Error::Invalid { field, .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(field.as_deref(), Some("contact_stage_id"));
    assert!(!format!("{error} {error:?}").contains("64c0ffee"));
}

#[tokio::test]
async fn contacts_are_found_by_sequence_page_by_page_each_with_its_account() {
    let bench = Bench::start().await;
    let world = bench.sandbox.world();
    let sequence = &world.sequences[0].id;
    let expected = world
        .contacts
        .iter()
        .filter(|contact| contact.sequences.iter().any(|it| it.0 == *sequence))
        .count();
    let mut search = ContactSearch {
        sequence_ids: vec![sequence.as_str().into()],
        sort: Some(ContactSort::LatestActivityFirst),
        per_page: 20,
        ..ContactSearch::default()
    };
    let mut found = Vec::new();
    loop {
        let page = bench.client.contacts().search(&search, OnDeck).await;
        let page = page.unwrap();
        assert_eq!(
            page.filtering.of(Filter::Sequences),
            Some(FilterStatus::Applied)
        );
        let next = page.next_page();
        found.extend(page.rows);
        match next {
            Some(next) => search.page = next,
            None => break,
        }
    }
    assert_eq!(found.len(), expected);
    assert!(expected > 0);
    assert!(found.iter().any(|contact| contact.account.is_some()));
    assert!(found.is_sorted_by(|a, b| a.last_activity_at >= b.last_activity_at));
}
