//! The server's numbers against our own count.

use std::time::Duration;

use budget::{Budget, Limit, LimitWindow, Observation, Priority, Reading};
use clock::Clock;

use crate::world::{ENDPOINT, Server, acquire, acquire_now, manual_clock, run};

fn hour(limit: u64, used: u64) -> Observation {
    let mut observation = Observation::default();
    observation.windows.hour = Reading {
        limit: Limit::Requests(limit),
        used: Some(used),
        left: None,
    };
    observation
}

#[test]
fn what_other_desktops_use_counts_as_soon_as_it_is_seen() {
    run(async {
        let clock = manual_clock();
        let budget = Budget::new(clock.clone(), None);
        let permit = acquire(&clock, &budget, Priority::WrapUp).await.unwrap();
        permit.settle(hour(400, 400));
        let refusal = acquire(&clock, &budget, Priority::WrapUp)
            .await
            .unwrap_err();
        assert_eq!(refusal.window, Some(LimitWindow::Hour));
    });
}

#[test]
fn an_answer_that_was_overtaken_takes_nothing_back() {
    run(async {
        let clock = manual_clock();
        let budget = Budget::new(clock.clone(), None);
        let first = acquire(&clock, &budget, Priority::WrapUp).await.unwrap();
        let second = acquire(&clock, &budget, Priority::WrapUp).await.unwrap();
        let used = || budget.meter()[0].hour.used;
        second.settle(hour(400, 12));
        assert_eq!(used(), 13, "the first is still on its way");
        first.settle(hour(400, 11));
        assert_eq!(used(), 12, "the first was counted before the second");
        let third = acquire(&clock, &budget, Priority::WrapUp).await.unwrap();
        third.settle(hour(400, 13));
        assert_eq!(used(), 13);
    });
}

#[test]
fn a_smaller_number_in_a_newer_answer_means_that_the_window_began_anew() {
    run(async {
        let clock = manual_clock();
        let budget = Budget::new(clock.clone(), None);
        acquire(&clock, &budget, Priority::WrapUp)
            .await
            .unwrap()
            .settle(hour(400, 390));
        clock.advance(Duration::from_mins(10));
        acquire(&clock, &budget, Priority::WrapUp)
            .await
            .unwrap()
            .settle(hour(400, 1));
        let meter = budget.meter()[0].hour;
        assert_eq!((meter.used, meter.estimated), (1, false));
        let resets_in = meter.resets_at.unwrap().duration_since(clock.now());
        assert!(
            resets_in >= LimitWindow::Hour.length().try_into().unwrap(),
            "{resets_in:?}"
        );
    });
}

#[test]
fn requests_without_numbers_count_until_a_newer_answer_covers_them() {
    run(async {
        let clock = manual_clock();
        let budget = Budget::new(clock.clone(), None);
        let used = || budget.meter()[0].hour.used;
        acquire(&clock, &budget, Priority::WrapUp)
            .await
            .unwrap()
            .settle(hour(400, 5));
        acquire(&clock, &budget, Priority::WrapUp)
            .await
            .unwrap()
            .settle(Observation::default());
        drop(acquire(&clock, &budget, Priority::WrapUp).await.unwrap());
        assert_eq!(used(), 7);
        acquire(&clock, &budget, Priority::WrapUp)
            .await
            .unwrap()
            .settle(hour(400, 7));
        assert_eq!(used(), 7, "Apollo had counted one of them");
    });
}

#[test]
fn usage_stats_are_taken_in() {
    run(async {
        let clock = manual_clock();
        let budget = Budget::new(clock.clone(), None);
        let mut server = Server::new([200, 600, 6_000]);
        for _ in 0..30 {
            server.hit(&clock);
        }
        budget.learn([
            (ENDPOINT.as_str(), server.usage()),
            ("api/v1/unknown#thing", server.usage()),
        ]);
        let meter = budget.meter();
        assert_eq!(meter.len(), 1);
        assert_eq!(
            (meter[0].hour.limit, meter[0].hour.left),
            (Some(600), Some(570))
        );
        assert!(!meter[0].hour.estimated);
    });
}

#[test]
fn a_sleeping_machine_finds_its_windows_open_again() {
    run(async {
        let clock = manual_clock();
        let budget = Budget::new(clock.clone(), None);
        acquire(&clock, &budget, Priority::WrapUp)
            .await
            .unwrap()
            .settle(hour(400, 400));
        assert!(acquire_now(&budget, Priority::WrapUp).await.is_none());
        // Elapsed time stands still while the machine sleeps; the wall clock moves on.
        clock.set_wall_clock(clock.now() + Duration::from_hours(2));
        assert!(acquire_now(&budget, Priority::WrapUp).await.is_some());
    });
}

#[test]
fn a_clock_set_back_does_not_hold_a_window_shut() {
    run(async {
        let clock = manual_clock();
        let budget = Budget::new(clock.clone(), None);
        acquire(&clock, &budget, Priority::WrapUp)
            .await
            .unwrap()
            .settle(hour(400, 400));
        clock.set_wall_clock(clock.now() - Duration::from_hours(48));
        clock.advance(Duration::from_mins(61));
        assert!(acquire_now(&budget, Priority::WrapUp).await.is_some());
    });
}
