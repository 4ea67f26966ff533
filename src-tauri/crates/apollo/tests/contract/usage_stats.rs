//! `usage_stats/*`.

use apollo::types::TaskSearch;
use budget::{Endpoint, Priority::Background};
use sandbox::endpoints;

use crate::bench::Bench;

#[tokio::test]
async fn the_teams_use_is_read_and_the_budget_learns_it() {
    let bench = Bench::start().await;
    bench.sandbox.consume(endpoints::CALLS_CREATE, 123);
    bench
        .client
        .tasks()
        .search(&TaskSearch::default(), Background)
        .await
        .unwrap();
    let stats = bench.client.usage_stats().read(Background).await.unwrap();
    let hour = stats.endpoints["api/v1/phone_calls#create"].hour.unwrap();
    assert_eq!((hour.limit, hour.consumed), (Some(400), Some(123)));
    let meter = bench.client.budget().meter();
    let calls = meter
        .iter()
        .find(|meter| meter.endpoint == Endpoint::PHONE_CALLS_CREATE)
        .unwrap();
    assert_eq!((calls.hour.limit, calls.hour.used), (Some(400), 123));
    let tasks = meter
        .iter()
        .find(|meter| meter.endpoint == Endpoint::TASKS_SEARCH)
        .unwrap();
    assert_eq!(tasks.hour.used, 1);
}
