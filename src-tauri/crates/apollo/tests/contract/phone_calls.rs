//! `phone_calls/*`.

use apollo::{
    Timestamp,
    ids::{AccountId, ContactId, OutcomeId},
    types::{CallStatus, NewPhoneCall, PhoneCallSearch, PhoneCallUpdate},
};
use budget::Priority::{Background, WrapUp};
use sandbox::{CallIdentifier, Facets};

use crate::bench::Bench;

fn call(bench: &Bench) -> NewPhoneCall {
    let world = bench.sandbox.world();
    let contact = world
        .contacts
        .iter()
        .find(|contact| contact.account_id.is_some())
        .unwrap();
    let start: Timestamp = "2026-11-24T14:50:00Z".parse().unwrap();
    NewPhoneCall {
        contact_id: Some(contact.id.as_str().into()),
        account_id: contact.account_id.as_deref().map(Into::into),
        to_number: Some("+12025550143".to_owned()),
        from_number: Some("+12025550199".to_owned()),
        status: Some(CallStatus::NoAnswer),
        start_time: Some(start),
        end_time: Some("2026-11-24T14:52:30Z".parse().unwrap()),
        duration_s: Some(150),
        outcome_id: Some(world.outcomes[0].0.as_str().into()),
        note: Some("Try again <after> the 5th & \"before\" noon".to_owned()),
        call_identifier: Some("0193-wrap-up".to_owned()),
        ..NewPhoneCall::by(bench.rep())
    }
}

fn today(bench: &Bench) -> PhoneCallSearch {
    let day = |text: &str| text.parse().unwrap();
    PhoneCallSearch {
        user_ids: vec![bench.rep()],
        date_range: Some((day("2026-11-23"), day("2026-11-25"))),
        ..PhoneCallSearch::default()
    }
}

#[tokio::test]
async fn a_call_is_logged_word_for_word_for_the_rep() {
    let bench = Bench::start().await;
    let call = call(&bench);
    let made = bench
        .client
        .phone_calls()
        .create(&call, WrapUp)
        .await
        .unwrap();
    let history = bench.sandbox.history();
    let logged = history.calls();
    assert_eq!(logged.len(), 1);
    let logged = logged[0];
    assert_eq!(logged.id, made.id.as_str());
    assert_eq!(logged.user_id, bench.rep().as_str());
    assert_eq!(
        logged.contact_id.as_deref(),
        call.contact_id.as_ref().map(ContactId::as_str)
    );
    assert_eq!(
        logged.account_id.as_deref(),
        call.account_id.as_ref().map(AccountId::as_str)
    );
    assert_eq!(logged.to_number, call.to_number);
    assert_eq!(logged.from_number, call.from_number);
    assert_eq!(Some(logged.start_time), call.start_time);
    assert_eq!(Some(logged.end_time), call.end_time);
    assert_eq!(logged.duration, Some(150));
    assert_eq!(logged.note, call.note);
    assert_eq!(logged.call_identifier, call.call_identifier);
    assert_eq!(
        logged.phone_call_outcome_id.as_deref(),
        call.outcome_id.as_ref().map(OutcomeId::as_str)
    );
    assert!(logged.logged);
    // Apollo writes `no-answer` where it reads `no_answer`.
    assert_eq!(made.status, Some(CallStatus::NoAnswer));
}

#[tokio::test]
async fn a_logged_call_is_found_again_with_everything_needed_to_know_it() {
    let bench = Bench::start().await;
    let call = call(&bench);
    let made = bench
        .client
        .phone_calls()
        .create(&call, WrapUp)
        .await
        .unwrap();
    let found = bench
        .client
        .phone_calls()
        .search(&today(&bench), Background)
        .await
        .unwrap();
    let again = found
        .page
        .rows
        .iter()
        .find(|found| found.id == made.id)
        .unwrap();
    assert_eq!(again.user_id, Some(bench.rep()));
    assert_eq!(again.contact_id, call.contact_id);
    assert_eq!(again.start_time, call.start_time);
    assert_eq!(again.duration_s, call.duration_s);
    assert_eq!(again.call_identifier, call.call_identifier);
    assert!(
        found
            .page
            .rows
            .iter()
            .all(|call| call.user_id == Some(bench.rep()))
    );
}

#[tokio::test]
async fn a_call_is_changed_without_touching_the_rest() {
    let bench = Bench::start().await;
    let call = call(&bench);
    let calls = bench.client.phone_calls();
    let made = calls.create(&call, WrapUp).await.unwrap();
    let update = PhoneCallUpdate {
        note: Some("Changed".to_owned()),
        ..PhoneCallUpdate::default()
    };
    let changed = calls.update(&made.id, &update, WrapUp).await.unwrap();
    assert_eq!(changed.note.as_deref(), Some("Changed"));
    assert_eq!(changed.duration_s, call.duration_s);
}

#[tokio::test]
async fn dispositions_come_with_their_names_and_without_the_pseudo_values() {
    let bench = Bench::start().await;
    bench
        .client
        .phone_calls()
        .create(&call(&bench), WrapUp)
        .await
        .unwrap();
    let search = PhoneCallSearch {
        per_page: 1,
        ..PhoneCallSearch::default()
    };
    let found = bench
        .client
        .phone_calls()
        .search(&search, Background)
        .await
        .unwrap();
    assert!(!found.outcomes.is_empty());
    let world = bench.sandbox.world();
    for outcome in &found.outcomes {
        assert!(
            world
                .outcomes
                .iter()
                .any(|(id, name)| { id == outcome.id.as_str() && *name == outcome.name }),
            "{outcome:?}"
        );
    }
}

#[tokio::test]
async fn a_team_without_used_dispositions_has_none() {
    let bench = Bench::with(|scenario| scenario.facets = Facets::Empty).await;
    let found = bench
        .client
        .phone_calls()
        .search(&PhoneCallSearch::default(), Background)
        .await
        .unwrap();
    assert!(found.outcomes.is_empty());
}

#[tokio::test]
async fn whatever_apollo_does_with_our_identifier_the_answer_tells_it() {
    for (mode, kept) in [
        (CallIdentifier::Upsert, true),
        (CallIdentifier::Stored, true),
        (CallIdentifier::Dropped, false),
    ] {
        let bench = Bench::with(|scenario| scenario.call_identifier = mode).await;
        let made = bench
            .client
            .phone_calls()
            .create(&call(&bench), WrapUp)
            .await
            .unwrap();
        assert_eq!(made.call_identifier.is_some(), kept, "{mode:?}");
    }
}
