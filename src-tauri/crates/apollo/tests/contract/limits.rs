//! Apollo's headers and the budget.

use std::time::Duration;

use apollo::{
    Error,
    types::{PhoneCallSearch, TaskSearch},
};
use budget::{Endpoint, LimitWindow, Priority::Background};
use clock::Clock as _;
use sandbox::{WindowLimits, endpoints};

use crate::bench::Bench;

fn hour_of(bench: &Bench, endpoint: Endpoint) -> budget::WindowMeter {
    let meter = bench.client.budget().meter();
    meter
        .iter()
        .find(|meter| meter.endpoint == endpoint)
        .unwrap()
        .of(LimitWindow::Hour)
}

#[tokio::test]
async fn the_budget_follows_the_headers_of_every_answer() {
    let bench = Bench::start().await;
    bench.sandbox.consume(endpoints::TASKS_SEARCH, 77);
    bench
        .client
        .tasks()
        .search(&TaskSearch::default(), Background)
        .await
        .unwrap();
    let hour = hour_of(&bench, Endpoint::TASKS_SEARCH);
    assert_eq!(
        (hour.limit, hour.used, hour.left),
        (Some(400), 78, Some(322))
    );
    assert!(!hour.estimated);
}

#[tokio::test]
async fn apollo_never_has_to_refuse_a_client_that_is_alone() {
    let limits = WindowLimits {
        minute: 200,
        hour: 30,
        day: 1_000,
    };
    let bench = Bench::with(|scenario| scenario.limits = Some(limits)).await;
    let search = PhoneCallSearch {
        per_page: 1,
        ..PhoneCallSearch::default()
    };
    bench.client.usage_stats().read(Background).await.unwrap();
    let mut answered = 0;
    let refusal = loop {
        match bench.client.phone_calls().search(&search, Background).await {
            Ok(_) => answered += 1,
            Err(error) => break error,
        }
    };
    // 29: one of thirty is reserved for wrap-ups.
    assert_eq!(answered, 29);
    // It is the hour that is used up: the minute is over long before.
    let after_the_minute = bench.clock.now() + Duration::from_mins(30);
    assert!(
        matches!(refusal, Error::BudgetSpent { until, .. } if until >= after_the_minute),
        "{refusal:?}"
    );
    let refused = bench.sandbox.history();
    assert!(
        refused
            .requests
            .iter()
            .all(|request| request.status != Some(429))
    );
}
