//! Whatever comes in whatever order: never more than the limits allow, and in order of priority.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use budget::{Budget, Observation, Priority};
use clock::{Clock, ManualClock};
use proptest::prelude::*;

use crate::world::{ENDPOINT, Server, manual_clock, run, settle_down};

#[derive(Debug, Clone, Copy)]
enum Step {
    /// A request gets in line; what becomes of it once it has its permit.
    Ask(Priority, End),
    /// Time goes by.
    Pass(Duration),
    /// The eldest request still waiting gives up.
    GiveUp,
}

#[derive(Debug, Clone, Copy)]
enum End {
    /// This long on the way there, and this long back; answered with numbers.
    Answered { there: Duration, back: Duration },
    /// Answered without numbers.
    Blind,
    /// Sent, and the answer never comes.
    Lost,
    /// Never left this machine.
    NotSent,
}

fn priority() -> impl Strategy<Value = Priority> {
    prop_oneof![
        Just(Priority::WrapUp),
        Just(Priority::Waiting),
        Just(Priority::OnDeck),
        Just(Priority::Background),
    ]
}

fn end() -> impl Strategy<Value = End> {
    prop_oneof![
        6 => (0_u64..1_500, 0_u64..3_000).prop_map(|(there, back)| End::Answered {
            there: Duration::from_millis(there),
            back: Duration::from_millis(back),
        }),
        1 => Just(End::Blind),
        1 => Just(End::Lost),
        1 => Just(End::NotSent),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (priority(), end()).prop_map(|(priority, end)| Step::Ask(priority, end)),
        2 => (1_u64..5_000).prop_map(|ms| Step::Pass(Duration::from_millis(ms))),
        1 => (1_u64..4_000).prop_map(|s| Step::Pass(Duration::from_secs(s))),
        1 => Just(Step::GiveUp),
    ]
}

/// One request's way through the line.
#[derive(Debug, Clone, Copy)]
struct Record {
    priority: Priority,
    arrived: (Duration, usize),
    /// When, and its place among all that were admitted.
    admitted: Option<(Duration, usize)>,
    ended: bool,
}

struct Run {
    clock: Arc<ManualClock>,
    budget: Budget,
    server: Arc<Mutex<Server>>,
    records: Arc<Mutex<Vec<Record>>>,
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

impl Run {
    fn ask(&mut self, priority: Priority, end: End) {
        let (clock, budget) = (self.clock.clone(), self.budget.clone());
        let (server, records) = (self.server.clone(), self.records.clone());
        let me = {
            let mut records = records.lock().unwrap();
            let arrived = (clock.elapsed(), records.len());
            records.push(Record {
                priority,
                arrived,
                admitted: None,
                ended: false,
            });
            arrived.1
        };
        self.tasks.push(tokio::spawn(async move {
            let permit = budget.acquire(ENDPOINT, priority).await;
            {
                let mut records = records.lock().unwrap();
                let before = records
                    .iter()
                    .filter(|record| record.admitted.is_some())
                    .count();
                records[me].ended = true;
                if permit.is_ok() {
                    records[me].admitted = Some((clock.elapsed(), before));
                }
            }
            let Ok(permit) = permit else { return };
            match end {
                End::NotSent => permit.give_back(),
                End::Lost => {
                    server.lock().unwrap().hit(&clock);
                }
                End::Blind => {
                    server.lock().unwrap().hit(&clock);
                    permit.settle(Observation::default());
                }
                End::Answered { there, back } => {
                    clock.sleep(there).await;
                    let observation = server.lock().unwrap().hit(&clock);
                    clock.sleep(back).await;
                    permit.settle(observation);
                }
            }
        }));
    }

    async fn pass(&self, duration: Duration) {
        let end = self.clock.elapsed() + duration;
        loop {
            settle_down().await;
            let left = end.saturating_sub(self.clock.elapsed());
            if left.is_zero() {
                return;
            }
            let wake = self.clock.next_wake_in().unwrap_or(left);
            self.clock
                .advance(wake.clamp(Duration::from_millis(1), left.max(Duration::from_millis(1))));
        }
    }
}

/// After how long a waiter may go before one of the next higher priority.
const AGING_STEP: Duration = Duration::from_secs(15);

fn assert_order(records: &[Record]) -> Result<(), TestCaseError> {
    for first in records {
        let Some((at, place)) = first.admitted else {
            continue;
        };
        for second in records {
            let Some((_, later)) = second.admitted else {
                continue;
            };
            let waited_together = second.arrived.0 < at && later > place;
            if !waited_together {
                continue;
            }
            if second.priority == first.priority {
                prop_assert!(
                    first.arrived.1 < second.arrived.1,
                    "first in, first out: {first:?} before {second:?}"
                );
            } else if second.priority < first.priority {
                let steps = first.priority as u32 - second.priority as u32;
                prop_assert!(
                    at.saturating_sub(first.arrived.0) >= AGING_STEP * steps,
                    "priority: {first:?} before {second:?}"
                );
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn never_more_than_the_limits_and_always_in_order(
        limits in (1_u64..30, 1_u64..60, 20_u64..120),
        steps in prop::collection::vec(step(), 1..120),
    ) {
        let checked: Result<(), TestCaseError> = run(async {
            let clock = manual_clock();
            let server = Arc::new(Mutex::new(Server::new([limits.0, limits.1, limits.2])));
            let budget = Budget::new(clock.clone(), None);
            budget.learn([(ENDPOINT.as_str(), server.lock().unwrap().usage())]);
            let mut run = Run { clock, budget, server, records: Arc::default(), tasks: Vec::new() };
            for step in steps {
                match step {
                    Step::Ask(priority, end) => run.ask(priority, end),
                    Step::Pass(duration) => run.pass(duration).await,
                    Step::GiveUp => {
                        let waiting = run
                            .records
                            .lock()
                            .unwrap()
                            .iter()
                            .position(|record| !record.ended);
                        if let Some(waiting) = waiting {
                            run.tasks[waiting].abort();
                            run.records.lock().unwrap()[waiting].ended = true;
                        }
                    }
                }
                settle_down().await;
            }
            run.pass(Duration::from_secs(70)).await;
            prop_assert_eq!(run.server.lock().unwrap().refused, 0, "Apollo had to refuse");
            let records = run.records.lock().unwrap().clone();
            prop_assert!(
                records.iter().all(|record| record.ended),
                "everyone is served or refused in time"
            );
            prop_assert_eq!(run.budget.meter()[0].waiting, 0);
            assert_order(&records)
        });
        checked?;
    }
}
