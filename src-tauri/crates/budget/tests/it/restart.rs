//! What a restart remembers.

use std::time::Duration;

use budget::{Budget, Priority, Snapshot};
use clock::Clock;

use crate::world::{Server, acquire, acquire_now, manual_clock, run};

#[test]
fn a_restart_remembers_what_was_used_and_forgets_what_has_passed() {
    run(async {
        let clock = manual_clock();
        let mut server = Server::new([200, 40, 2_000]);
        let before = Budget::new(clock.clone(), None);
        for _ in 0..40 {
            let permit = acquire(&clock, &before, Priority::WrapUp).await.unwrap();
            permit.settle(server.hit(&clock));
        }
        let stored = serde_json::to_string(&before.snapshot()).unwrap();
        drop(before);

        // Another process: its elapsed time begins at nought.
        let later = manual_clock();
        later.set_wall_clock(clock.now() + Duration::from_mins(30));
        let snapshot: Snapshot = serde_json::from_str(&stored).unwrap();
        let after = Budget::new(later.clone(), Some(snapshot.clone()));
        assert!(acquire_now(&after, Priority::WrapUp).await.is_none());
        assert_eq!(after.meter()[0].hour.left, Some(0));
        assert!(
            after.meter()[0].hour.estimated,
            "until the server confirms it"
        );

        later.set_wall_clock(clock.now() + Duration::from_mins(62));
        let afterwards = Budget::new(later.clone(), Some(snapshot));
        assert!(acquire_now(&afterwards, Priority::WrapUp).await.is_some());
        assert_eq!(
            afterwards.meter()[0].hour.limit,
            Some(40),
            "the limit is still known"
        );
        assert_eq!(afterwards.meter()[0].day.used, 41);
    });
}

#[test]
fn a_cool_down_outlives_a_restart() {
    run(async {
        let clock = manual_clock();
        let before = Budget::new(clock.clone(), None);
        let permit = acquire(&clock, &before, Priority::WrapUp).await.unwrap();
        permit.settle(budget::Observation {
            retry_after: Some(Duration::from_mins(20)),
            ..Default::default()
        });
        let after = Budget::new(clock.clone(), Some(before.snapshot()));
        assert!(acquire_now(&after, Priority::WrapUp).await.is_none());
        clock.advance(Duration::from_mins(21));
        assert!(acquire_now(&after, Priority::WrapUp).await.is_some());
    });
}
