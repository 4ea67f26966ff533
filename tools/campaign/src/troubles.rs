//! What a bad day does to the requests of one life: faults of the sandbox, machines in between that
//! answer in Apollo's name, and changes to the team.
//!
//! Promises: the same seed draws the same troubles; [`World::clear`] ends all of it. Must never: make
//! a call, task or contact vanish for good, except the open tasks of a sequence that is paused.

use std::{sync::Mutex, time::Duration};

use clock::SharedClock;
use rand::{Rng, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;
use sandbox::{Endpoint, FaultKind, Sandbox, Target, endpoints};

use crate::{
    messages::Counts,
    relay::{
        Relay,
        meddling::{Armed, Meddling},
    },
};

/// The longest index lags, in virtual milliseconds.
const LAG_MS_MAX: u64 = 120_000;
/// What machines in between strike: everything, or what a part of the path names.
const MEDDLED_PATHS: [&str; 6] = ["", "", "/phone_calls", "/complete", "/tasks", "/search"];
/// More than a life sends.
const ALL: u64 = 1_000_000;

/// One thing that is wrong for a while.
#[derive(Clone, Debug)]
enum Trouble {
    /// Each request of the target with this chance.
    Rate(Option<Endpoint>, f64, u64, FaultKind),
    /// The next few requests of the target.
    Next(Endpoint, u64, FaultKind),
    /// Something in between answers.
    Meddling(Armed),
    NetworkDown,
    KeyRevoked,
    PlanDowngraded,
    FunctionsOff,
    SequencePaused(String),
}

impl Trouble {
    /// As the table names it; what strikes single requests is counted by the sandbox.
    fn name(&self) -> Option<&'static str> {
        match self {
            Self::Rate(..) | Self::Next(..) | Self::Meddling(_) => None,
            Self::NetworkDown => Some("network down for a while"),
            Self::KeyRevoked => Some("key revoked and restored"),
            Self::PlanDowngraded => Some("plan downgraded and restored"),
            Self::FunctionsOff => Some("task functions off and on"),
            Self::SequencePaused(_) => Some("sequence paused under it"),
        }
    }
}

const WRITES: [Endpoint; 7] = [
    endpoints::CALLS_CREATE,
    endpoints::CALLS_UPDATE,
    endpoints::TASKS_CREATE,
    endpoints::TASKS_COMPLETE,
    endpoints::TASKS_UPDATE,
    endpoints::CONTACTS_UPDATE_STAGES,
    endpoints::SEQUENCES_STOP_CONTACTS,
];

/// The troubles of one life, with when each begins and how long it lasts, in virtual time.
#[derive(Debug)]
pub(crate) struct Troubles {
    troubles: Vec<(Duration, Duration, Trouble)>,
}

impl Troubles {
    /// Draws the troubles of a life.
    pub(crate) fn draw(random: &mut ChaCha8Rng, world: &World<'_>) -> Self {
        let count = *[0, 1, 1, 2, 2, 3].choose(random).unwrap_or(&1);
        let troubles = (0..count)
            .map(|_| {
                let begins = Duration::from_millis(random.random_range(0..30_000));
                let lasts = Duration::from_millis(random.random_range(1_000..40_000));
                (begins, lasts, trouble(random, world))
            })
            .collect();
        Self { troubles }
    }

    /// Lets it happen; to be dropped with the life. Counts what nobody else can count.
    pub(crate) async fn strike(
        self,
        world: &World<'_>,
        clock: &SharedClock,
        counts: &Mutex<Counts>,
    ) {
        let each = self
            .troubles
            .into_iter()
            .map(|(begins, lasts, trouble)| async move {
                clock.sleep(begins).await;
                if let (Some(name), Ok(mut counts)) = (trouble.name(), counts.lock()) {
                    *counts.entry(name.to_owned()).or_default() += 1;
                }
                world.begin(&trouble);
                clock.sleep(lasts).await;
                world.end(&trouble);
            });
        let mut all: Vec<_> = each.map(Box::pin).collect();
        std::future::poll_fn(|context| {
            all.retain_mut(|one| one.as_mut().poll(context).is_pending());
            if all.is_empty() {
                std::task::Poll::Ready(())
            } else {
                std::task::Poll::Pending
            }
        })
        .await;
    }
}

fn fault(random: &mut ChaCha8Rng) -> FaultKind {
    match random.random_range(0..16) {
        0..4 => FaultKind::ReplyLostAfterCommit,
        4 | 5 => FaultKind::ResetBefore,
        6 => FaultKind::Hang,
        7 | 8 => FaultKind::HangAfterCommit,
        9 => FaultKind::TooManyRequests {
            retry_after_s: Some(random.random_range(1..20)),
        },
        10 => FaultKind::Status(*[500, 503, 504].choose(random).unwrap_or(&500)),
        11 => FaultKind::Html502,
        12 => FaultKind::Html200,
        13 => FaultKind::TruncatedBody,
        14 => FaultKind::KeyRefused,
        _ => FaultKind::Delay {
            delay_ms: random.random_range(500..5_000),
        },
    }
}

fn trouble(random: &mut ChaCha8Rng, world: &World<'_>) -> Trouble {
    let write = *WRITES.choose(random).unwrap_or(&endpoints::CALLS_CREATE);
    match random.random_range(0..28) {
        0..6 => {
            let chance = random.random_range(0.05..0.6);
            Trouble::Rate(None, chance, random.random(), fault(random))
        }
        6..11 => Trouble::Next(write, random.random_range(1..4), fault(random)),
        11..14 => Trouble::Next(
            endpoints::CALLS_CREATE,
            random.random_range(1..4),
            fault(random),
        ),
        14..22 => Trouble::Meddling(meddling(random)),
        22 => Trouble::NetworkDown,
        23 => Trouble::KeyRevoked,
        24 => Trouble::PlanDowngraded,
        25 => Trouble::FunctionsOff,
        _ => match world.running.choose(random) {
            Some(sequence) => Trouble::SequencePaused(sequence.clone()),
            None => Trouble::NetworkDown,
        },
    }
}

fn meddling(random: &mut ChaCha8Rng) -> Armed {
    let meddling = *Meddling::ALL.choose(random).unwrap_or(&Meddling::NoRoute);
    let is_steady = meddling == Meddling::Firewall || random.random_bool(0.2);
    Armed {
        meddling,
        path: MEDDLED_PATHS.choose(random).unwrap_or(&""),
        left: if is_steady {
            ALL
        } else {
            random.random_range(1..5)
        },
        chance: if is_steady { 1.0 } else { 0.7 },
    }
}

/// Everything that troubles happen to.
pub(crate) struct World<'a> {
    /// One of each team; the first is whose sequences are paused.
    pub(crate) sandboxes: &'a [Sandbox],
    pub(crate) relay: &'a Relay,
    /// Sequences that run and have tasks in the plan.
    pub(crate) running: Vec<String>,
}

impl World<'_> {
    fn begin(&self, trouble: &Trouble) {
        for sandbox in self.sandboxes {
            let faults = sandbox.faults();
            match trouble {
                Trouble::Rate(endpoint, chance, seed, kind) => {
                    let target = endpoint.map_or(Target::Any, Target::Endpoint);
                    faults.rate(target, *chance, *seed, *kind);
                }
                Trouble::Next(endpoint, count, kind) => faults.next(*endpoint, *count, *kind),
                Trouble::KeyRevoked => sandbox.revoke_master_key(),
                Trouble::PlanDowngraded => sandbox.downgrade_plan(),
                Trouble::FunctionsOff => sandbox.set_task_functions(false),
                Trouble::SequencePaused(id) => {
                    sandbox.pause_sequence(id);
                }
                Trouble::Meddling(_) | Trouble::NetworkDown => {}
            }
        }
        match trouble {
            Trouble::Meddling(armed) => self.relay.meddle(*armed),
            Trouble::NetworkDown => self.relay.set_down(true),
            _ => {}
        }
    }

    fn end(&self, trouble: &Trouble) {
        for sandbox in self.sandboxes {
            match trouble {
                Trouble::Rate(..) | Trouble::Next(..) => sandbox.faults().clear(),
                Trouble::KeyRevoked => sandbox.restore_master_key(),
                Trouble::PlanDowngraded => sandbox.restore_plan(),
                Trouble::FunctionsOff => sandbox.set_task_functions(true),
                Trouble::SequencePaused(id) => {
                    sandbox.resume_sequence(id);
                }
                Trouble::Meddling(_) | Trouble::NetworkDown => {}
            }
        }
        match trouble {
            Trouble::Meddling(_) => self.relay.stop_meddling(),
            Trouble::NetworkDown => self.relay.set_down(false),
            _ => {}
        }
    }

    /// Ends all trouble.
    pub(crate) fn clear(&self) {
        self.relay.stop_meddling();
        self.relay.set_down(false);
        for sandbox in self.sandboxes {
            sandbox.faults().clear();
            sandbox.restore_master_key();
            sandbox.restore_plan();
            sandbox.set_task_functions(true);
            for id in &self.running {
                sandbox.resume_sequence(id);
            }
        }
    }

    /// Draws how long new calls and changed tasks stay unseen by a search. Answers whether
    /// calls stay unseen for longer than was once thought possible.
    pub(crate) fn draw_lags(&self, random: &mut ChaCha8Rng) -> bool {
        let mut lag = || match random.random_range(0..4) {
            0 => 0,
            1 => random.random_range(0..LAG_MS_MAX / 16),
            2 => random.random_range(0..LAG_MS_MAX / 4),
            _ => random.random_range(0..LAG_MS_MAX),
        };
        let (tasks, calls) = (Duration::from_millis(lag()), Duration::from_millis(lag()));
        for sandbox in self.sandboxes {
            sandbox.set_index_lags(tasks, calls);
        }
        calls > Duration::from_secs(45)
    }
}
