//! Who goes first.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use budget::{Budget, Observation, Priority};
use clock::{Clock, ManualClock};

use crate::world::{ENDPOINT, Server, acquire, finish, manual_clock, run, settle_down};

type Log = Arc<Mutex<Vec<(Priority, u32)>>>;

fn wait_in_line(
    budget: &Budget,
    priority: Priority,
    name: u32,
    log: &Log,
) -> tokio::task::JoinHandle<()> {
    let (budget, log) = (budget.clone(), log.clone());
    tokio::spawn(async move {
        if let Ok(permit) = budget.acquire(ENDPOINT, priority).await {
            log.lock().unwrap().push((priority, name));
            permit.settle(Observation::default());
        }
    })
}

/// A budget whose burst is spent: from here on, one permit at a time.
async fn drained(clock: &Arc<ManualClock>, per_minute: u64) -> Budget {
    let budget = Budget::new(clock.clone(), None);
    let server = Server::new([per_minute, 10_000, 100_000]);
    budget.learn([(ENDPOINT.as_str(), server.usage())]);
    acquire(clock, &budget, Priority::WrapUp)
        .await
        .unwrap()
        .settle(Observation::default());
    budget
}

#[test]
fn higher_priorities_go_first_and_equal_ones_in_order_of_arrival() {
    run(async {
        let clock = manual_clock();
        let budget = drained(&clock, 120).await;
        let log = Log::default();
        let arrivals = [
            (Priority::Background, 1),
            (Priority::Waiting, 2),
            (Priority::WrapUp, 3),
            (Priority::OnDeck, 4),
            (Priority::WrapUp, 5),
            (Priority::Background, 6),
            (Priority::Waiting, 7),
        ];
        let mut tasks = Vec::new();
        for (priority, name) in arrivals {
            tasks.push(wait_in_line(&budget, priority, name, &log));
            settle_down().await;
        }
        for task in tasks {
            finish(&clock, task).await;
        }
        let order: Vec<u32> = log.lock().unwrap().iter().map(|(_, name)| *name).collect();
        assert_eq!(order, [3, 5, 2, 7, 4, 1, 6]);
    });
}

#[test]
fn a_waiter_that_gives_up_leaves_the_line() {
    run(async {
        let clock = manual_clock();
        let budget = drained(&clock, 120).await;
        let log = Log::default();
        let first = wait_in_line(&budget, Priority::WrapUp, 1, &log);
        settle_down().await;
        let second = wait_in_line(&budget, Priority::Background, 2, &log);
        settle_down().await;
        assert_eq!(budget.meter()[0].waiting, 2);
        first.abort();
        settle_down().await;
        assert_eq!(budget.meter()[0].waiting, 1);
        finish(&clock, second).await;
        assert_eq!(*log.lock().unwrap(), [(Priority::Background, 2)]);
    });
}

#[test]
fn the_background_does_not_starve_behind_a_flood_of_wrap_ups() {
    run(async {
        let clock = manual_clock();
        // Rate 54 a minute: the flood below takes all of it.
        let budget = drained(&clock, 60).await;
        let log = Log::default();
        let background = wait_in_line(&budget, Priority::Background, 0, &log);
        settle_down().await;
        let mut flood = Vec::new();
        for name in 1..=400 {
            flood.push(wait_in_line(&budget, Priority::WrapUp, name, &log));
            flood.push(wait_in_line(&budget, Priority::WrapUp, name, &log));
            settle_down().await;
            clock.advance(Duration::from_secs(1));
            if background.is_finished() {
                break;
            }
        }
        settle_down().await;
        assert!(background.is_finished());
        assert!(
            log.lock().unwrap().contains(&(Priority::Background, 0)),
            "served, not refused"
        );
        for task in flood {
            task.abort();
        }
    });
}

#[test]
fn whoever_waits_too_long_is_told_when_to_come_back() {
    run(async {
        let clock = manual_clock();
        let budget = drained(&clock, 6).await;
        let log = Log::default();
        // Twelve seconds a permit: the line is longer than the rep will wait.
        let ahead: Vec<_> = (0..4)
            .map(|name| wait_in_line(&budget, Priority::WrapUp, name, &log))
            .collect();
        settle_down().await;
        let started = clock.elapsed();
        let refusal = acquire(&clock, &budget, Priority::Waiting)
            .await
            .unwrap_err();
        let waited = clock.elapsed().saturating_sub(started);
        assert!(waited <= Priority::Waiting.max_wait(), "{waited:?}");
        assert!(refusal.until > clock.now());
        for task in ahead {
            task.abort();
        }
    });
}
