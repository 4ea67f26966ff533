//! `phone_calls/*`.

use apollo::{
    Delivery, Error, Timestamp,
    ids::{AccountId, ContactId, OutcomeId},
    types::{CallStatus, Filter, FilterStatus, NewPhoneCall, PhoneCallSearch, PhoneCallUpdate},
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
    for (mode, is_stored) in [
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
        assert_eq!(made.call_identifier.is_some(), is_stored, "{mode:?}");
    }
}

fn field_at_fault(error: &Error) -> Option<&str> {
    assert!(matches!(error, Error::Invalid { .. }), "{error:?}");
    let Error::Invalid { field, .. } = error else {
        return None;
    };
    assert_eq!(error.delivery(), Delivery::Refused);
    let printed = format!("{error} {error:?}");
    assert!(!printed.contains("64c0ffee"), "a value: {printed}");
    field.as_deref()
}

#[tokio::test]
async fn a_refused_log_names_the_field_at_fault_and_never_its_value() {
    let bench = Bench::start().await;
    let good = call(&bench);
    let unknown = "64c0ffee00000000000fffff";
    for (field, bad) in [
        (
            "phone_call_outcome_id",
            NewPhoneCall {
                outcome_id: Some(unknown.into()),
                ..good.clone()
            },
        ),
        (
            "phone_call_purpose_id",
            NewPhoneCall {
                purpose_id: Some(unknown.into()),
                ..good.clone()
            },
        ),
        (
            "contact_id",
            NewPhoneCall {
                contact_id: Some("no-id".into()),
                ..good.clone()
            },
        ),
        (
            "user_id",
            NewPhoneCall {
                user_id: unknown.into(),
                ..good.clone()
            },
        ),
    ] {
        let error = bench
            .client
            .phone_calls()
            .create(&bad, WrapUp)
            .await
            .unwrap_err();
        assert_eq!(field_at_fault(&error), Some(field));
    }
    assert!(bench.sandbox.history().calls().is_empty());
}

#[tokio::test]
async fn a_refused_change_names_the_field_or_the_call_itself() {
    let bench = Bench::start().await;
    let calls = bench.client.phone_calls();
    let made = calls.create(&call(&bench), WrapUp).await.unwrap();
    let update = PhoneCallUpdate {
        outcome_id: Some("64c0ffee00000000000fffff".into()),
        ..PhoneCallUpdate::default()
    };
    let error = calls.update(&made.id, &update, WrapUp).await.unwrap_err();
    assert_eq!(field_at_fault(&error), Some("phone_call_outcome_id"));
    let update = PhoneCallUpdate {
        note: Some("x".to_owned()),
        ..PhoneCallUpdate::default()
    };
    let error = calls
        .update(&"no-id".into(), &update, WrapUp)
        .await
        .unwrap_err();
    assert_eq!(field_at_fault(&error), Some("id"));
}

#[tokio::test]
async fn a_call_by_someone_who_left_or_to_a_contact_that_was_deleted_is_refused() {
    let bench = Bench::start().await;
    let call = call(&bench);
    let calls = bench.client.phone_calls();
    bench.sandbox.deactivate_user(bench.rep().as_str());
    let error = calls.create(&call, WrapUp).await.unwrap_err();
    assert_eq!(field_at_fault(&error), Some("user_id"));
    bench.sandbox.reactivate_user(bench.rep().as_str());
    let contact = call.contact_id.as_ref().unwrap();
    bench.sandbox.delete_contact(contact.as_str());
    assert_eq!(
        calls.create(&call, WrapUp).await.map(drop),
        Err(Error::Gone)
    );
    assert!(bench.sandbox.history().calls().is_empty());
}

#[tokio::test]
async fn calls_are_found_by_contact_and_disposition() {
    let bench = Bench::start().await;
    let calls = bench.client.phone_calls();
    let call = call(&bench);
    let made = calls.create(&call, WrapUp).await.unwrap();
    let search = PhoneCallSearch {
        contact_ids: call.contact_id.clone().into_iter().collect(),
        outcome_ids: call.outcome_id.clone().into_iter().collect(),
        ..today(&bench)
    };
    let found = calls.search(&search, Background).await.unwrap().page;
    assert!(found.rows.iter().any(|row| row.id == made.id));
    assert!(found.left_out.is_empty());
    for row in &found.rows {
        assert_eq!(row.contact_id, call.contact_id);
        assert_eq!(row.outcome_id, call.outcome_id);
    }
    let status = |filter| found.filtering.of(filter);
    assert_eq!(status(Filter::Outcomes), Some(FilterStatus::Applied));
    assert_eq!(status(Filter::Dates), Some(FilterStatus::Applied));
    let other = bench.sandbox.world().outcomes[1].0.clone();
    let other = PhoneCallSearch {
        outcome_ids: vec![other.as_str().into()],
        ..search.clone()
    };
    let found = calls.search(&other, Background).await.unwrap().page;
    assert!(found.rows.iter().all(|row| row.id != made.id));
}
