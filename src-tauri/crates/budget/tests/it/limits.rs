//! No more permits than the limits allow.

use std::time::Duration;

use budget::{Budget, Limit, LimitWindow, Priority};
use clock::Clock;

use crate::world::{ENDPOINT, Server, acquire, acquire_now, manual_clock, run, settle_down};

#[test]
fn a_greedy_minute_stays_within_the_minutes_limit() {
    run(async {
        let clock = manual_clock();
        let budget = Budget::new(clock.clone(), None);
        let mut server = Server::new([50, 10_000, 100_000]);
        budget.learn([(ENDPOINT.as_str(), server.usage())]);
        let mut sent = 0;
        while clock.elapsed() < Duration::from_mins(1) {
            let permit = acquire(&clock, &budget, Priority::WrapUp).await.unwrap();
            permit.settle(server.hit(&clock));
            sent += 1;
        }
        assert_eq!(server.refused, 0);
        assert!((40..=50).contains(&sent), "sent {sent} of 50");
    });
}

#[test]
fn a_full_day_of_calls_is_never_refused_by_apollo() {
    run(async {
        let clock = manual_clock();
        let budget = Budget::new(clock.clone(), None);
        let mut server = Server::new([200, 400, 2_000]);
        budget.learn([(ENDPOINT.as_str(), server.usage())]);
        let mut sent = 0;
        while clock.elapsed() < Duration::from_hours(8) {
            match acquire(&clock, &budget, Priority::WrapUp).await {
                Ok(permit) => {
                    permit.settle(server.hit(&clock));
                    sent += 1;
                }
                Err(refusal) => {
                    let wait = refusal.until.duration_since(clock.now());
                    clock.advance(Duration::try_from(wait).unwrap());
                }
            }
        }
        assert_eq!(server.refused, 0);
        assert_eq!(sent, 2_000, "and nothing of the day was wasted");
    });
}

#[test]
fn a_guessed_hour_or_day_refuses_nothing() {
    run(async {
        let clock = manual_clock();
        let budget = Budget::new(clock.clone(), None);
        // More than the guess of 400 an hour, with answers that say nothing.
        for _ in 0..450 {
            let permit = acquire(&clock, &budget, Priority::Background)
                .await
                .unwrap();
            permit.settle(budget::Observation::default());
        }
        assert!(
            clock.elapsed() < Duration::from_mins(4),
            "paced as a guessed minute, no more"
        );
        let meter = budget.meter();
        assert_eq!(
            (meter[0].hour.limit, meter[0].hour.estimated),
            (Some(400), true)
        );
    });
}

#[test]
fn the_last_permits_of_the_hour_are_kept_for_wrap_ups() {
    run(async {
        let clock = manual_clock();
        let budget = Budget::new(clock.clone(), None);
        let mut server = Server::new([200, 40, 2_000]);
        budget.learn([(ENDPOINT.as_str(), server.usage())]);
        for _ in 0..38 {
            let permit = acquire(&clock, &budget, Priority::Waiting).await.unwrap();
            permit.settle(server.hit(&clock));
        }
        let refusal = acquire(&clock, &budget, Priority::Waiting)
            .await
            .unwrap_err();
        assert_eq!(refusal.window, Some(LimitWindow::Hour));
        for _ in 0..2 {
            let permit = acquire(&clock, &budget, Priority::WrapUp).await.unwrap();
            permit.settle(server.hit(&clock));
        }
        let refusal = acquire(&clock, &budget, Priority::WrapUp)
            .await
            .unwrap_err();
        let wait = Duration::try_from(refusal.until.duration_since(clock.now())).unwrap();
        assert!(
            wait > Duration::from_mins(50) && wait < Duration::from_mins(61),
            "{wait:?}"
        );
        assert_eq!(server.refused, 0);
    });
}

#[test]
fn a_dropped_permit_counts_and_a_returned_one_does_not() {
    run(async {
        let clock = manual_clock();
        let budget = Budget::new(clock.clone(), None);
        let used = || budget.meter()[0].hour.used;
        drop(acquire(&clock, &budget, Priority::WrapUp).await.unwrap());
        assert_eq!(used(), 1);
        acquire(&clock, &budget, Priority::WrapUp)
            .await
            .unwrap()
            .give_back();
        assert_eq!(used(), 1);
        let _under_way = acquire(&clock, &budget, Priority::WrapUp).await.unwrap();
        assert_eq!(used(), 2);
    });
}

#[test]
fn a_cool_down_holds_its_endpoint_and_no_other() {
    run(async {
        let clock = manual_clock();
        let budget = Budget::new(clock.clone(), None);
        let permit = acquire(&clock, &budget, Priority::WrapUp).await.unwrap();
        permit.settle(budget::Observation {
            retry_after: Some(Duration::from_mins(20)),
            limited_window: Some(LimitWindow::Hour),
            ..Default::default()
        });
        let refusal = acquire(&clock, &budget, Priority::WrapUp)
            .await
            .unwrap_err();
        assert_eq!(refusal.window, Some(LimitWindow::Hour));
        assert!(refusal.until >= clock.now() + Duration::from_mins(20));
        assert!(
            budget
                .acquire(budget::Endpoint::TASKS_COMPLETE, Priority::WrapUp)
                .await
                .is_ok()
        );
        clock.advance(Duration::from_mins(20) + Duration::from_secs(2));
        assert!(acquire_now(&budget, Priority::WrapUp).await.is_some());
    });
}

#[test]
fn a_new_limit_starts_its_pace_without_a_burst() {
    run(async {
        let clock = manual_clock();
        let budget = Budget::new(clock.clone(), None);
        let mut server = Server::new([50, 10_000, 100_000]);
        let first = acquire(&clock, &budget, Priority::WrapUp).await.unwrap();
        first.settle(server.hit(&clock));
        assert!(
            acquire_now(&budget, Priority::WrapUp).await.is_none(),
            "paced from here on"
        );
        clock.advance(Duration::from_secs(2));
        assert!(acquire_now(&budget, Priority::WrapUp).await.is_some());
    });
}

#[test]
fn an_unlimited_window_never_refuses() {
    run(async {
        let clock = manual_clock();
        let budget = Budget::new(clock.clone(), None);
        let mut observation = budget::Observation::default();
        for window in LimitWindow::ALL {
            observation.windows.of_mut(window).limit = Limit::Unlimited;
        }
        for _ in 0..1_000 {
            acquire(&clock, &budget, Priority::Background)
                .await
                .unwrap()
                .settle(observation);
        }
        let meter = budget.meter();
        assert_eq!((meter[0].day.limit, meter[0].day.left), (None, None));
    });
}

#[test]
fn every_change_of_the_meter_moves_the_revision() {
    run(async {
        let clock = manual_clock();
        let budget = Budget::new(clock.clone(), None);
        let mut revisions = budget.subscribe();
        revisions.mark_unchanged();
        let permit = acquire(&clock, &budget, Priority::WrapUp).await.unwrap();
        assert!(revisions.has_changed().unwrap());
        revisions.mark_unchanged();
        permit.settle(budget::Observation::default());
        settle_down().await;
        assert!(revisions.has_changed().unwrap());
    });
}
