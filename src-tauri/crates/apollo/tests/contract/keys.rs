//! Every kind of key.

use apollo::{
    Delivery, Error,
    types::{NewPhoneCall, PhoneCallSearch, TaskSearch, UserSearch},
};
use budget::Priority::{Waiting, WrapUp};

use crate::bench::Bench;

#[tokio::test]
async fn a_wrong_or_revoked_key_is_rejected_and_not_tried_again() {
    let bench = Bench::start().await;
    for key in [bench.sandbox.keys().revoked.as_str(), "no-key-of-this-team"] {
        let client = bench.client_with(key);
        let error = client.users().profile(Waiting).await.unwrap_err();
        assert_eq!(error, Error::KeyRejected);
        assert_eq!(error.delivery(), Delivery::NotSent);
    }
    assert_eq!(bench.sandbox.history().requests.len(), 2);
}

#[tokio::test]
async fn a_key_without_scopes_for_calls_is_scoped_out_and_the_endpoint_named() {
    let bench = Bench::start().await;
    let client = bench.client_with(&bench.sandbox.keys().scoped);
    client
        .tasks()
        .search(&TaskSearch::default(), Waiting)
        .await
        .unwrap();
    client
        .users()
        .search(&UserSearch::default(), Waiting)
        .await
        .unwrap();
    let error = client
        .phone_calls()
        .search(&PhoneCallSearch::default(), Waiting)
        .await
        .unwrap_err();
    assert_eq!(
        error,
        Error::ScopedOut {
            endpoint: "api/v1/phone_calls#search".to_owned()
        }
    );
    let call = NewPhoneCall::by(bench.rep());
    let error = client
        .phone_calls()
        .create(&call, WrapUp)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::ScopedOut { .. }), "{error:?}");
    assert!(bench.sandbox.history().calls().is_empty());
}

#[tokio::test]
async fn a_free_plan_is_told_apart_from_a_missing_scope() {
    let bench = Bench::start().await;
    let client = bench.client_with(&bench.sandbox.keys().free);
    let error = client
        .tasks()
        .search(&TaskSearch::default(), Waiting)
        .await
        .unwrap_err();
    assert_eq!(
        error,
        Error::PlanGated {
            endpoint: "api/v1/tasks#search".to_owned()
        }
    );
}

#[tokio::test]
async fn a_master_key_that_is_revoked_while_we_work_is_rejected_until_it_is_good_again() {
    let bench = Bench::start().await;
    let users = bench.client.users();
    bench.sandbox.revoke_master_key();
    assert_eq!(
        users.profile(Waiting).await.map(drop),
        Err(Error::KeyRejected)
    );
    bench.sandbox.restore_master_key();
    assert!(users.profile(Waiting).await.is_ok());
}

#[tokio::test]
async fn a_plan_that_is_downgraded_while_we_work_is_told_from_a_bad_key() {
    let bench = Bench::start().await;
    bench.sandbox.downgrade_plan();
    let call = NewPhoneCall::by(bench.rep());
    let calls = bench.client.phone_calls();
    let error = calls.create(&call, WrapUp).await.unwrap_err();
    assert_eq!(
        error,
        Error::PlanGated {
            endpoint: "api/v1/phone_calls#create".to_owned()
        }
    );
    assert_eq!(error.delivery(), Delivery::NotSent);
    bench.sandbox.restore_plan();
    assert!(calls.create(&call, WrapUp).await.is_ok());
}
