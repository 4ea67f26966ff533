//! What a bad day does to the requests of one life: faults of the sandbox, and changes to the team.
//!
//! Promises: the same seed draws the same weather; [`clear`] ends all of it. Must never: make a
//! call, task or contact vanish for good, except the open tasks of a sequence that is paused.

use std::{collections::BTreeMap, time::Duration};

use clock::SharedClock;
use rand::{Rng, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;
use sandbox::{Endpoint, FaultKind, Sandbox, Target, endpoints};

/// The longest index lags, in virtual milliseconds.
const LAG_MS_MAX: u64 = 30_000;

/// One thing that is wrong for a while.
#[derive(Clone, Debug)]
enum Trouble {
    /// Each request of the target with this chance.
    Rate(Option<Endpoint>, f64, u64, FaultKind),
    /// The next few requests of the target.
    Next(Endpoint, u64, FaultKind),
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
            Self::Rate(..) | Self::Next(..) => None,
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

/// The weather of one life: troubles with when each begins and how long it lasts, in virtual time.
#[derive(Debug)]
pub(crate) struct Weather {
    troubles: Vec<(Duration, Duration, Trouble)>,
}

impl Weather {
    /// Draws the weather of a life; `sequences` are those whose tasks the plan is about.
    pub(crate) fn draw(random: &mut ChaCha8Rng, sequences: &[String]) -> Self {
        let count = *[0, 1, 1, 2, 2, 3].choose(random).unwrap_or(&1);
        let troubles = (0..count)
            .map(|_| {
                let begins = Duration::from_millis(random.random_range(0..20_000));
                let lasts = Duration::from_millis(random.random_range(1_000..40_000));
                (begins, lasts, trouble(random, sequences))
            })
            .collect();
        Self { troubles }
    }

    /// Lets it happen; to be dropped with the life. Counts what the sandbox cannot count.
    pub(crate) async fn blow(
        self,
        sandbox: &Sandbox,
        clock: &SharedClock,
        counts: &std::sync::Mutex<BTreeMap<String, u64>>,
    ) {
        let each = self
            .troubles
            .into_iter()
            .map(|(begins, lasts, trouble)| async move {
                clock.sleep(begins).await;
                if let (Some(name), Ok(mut counts)) = (trouble.name(), counts.lock()) {
                    *counts.entry(name.to_owned()).or_default() += 1;
                }
                begin(sandbox, &trouble);
                clock.sleep(lasts).await;
                end(sandbox, &trouble);
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

fn trouble(random: &mut ChaCha8Rng, sequences: &[String]) -> Trouble {
    let write = *WRITES.choose(random).unwrap_or(&endpoints::CALLS_CREATE);
    match random.random_range(0..20) {
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
        14 => Trouble::NetworkDown,
        15 => Trouble::KeyRevoked,
        16 => Trouble::PlanDowngraded,
        17 => Trouble::FunctionsOff,
        _ => match sequences.choose(random) {
            Some(sequence) => Trouble::SequencePaused(sequence.clone()),
            None => Trouble::NetworkDown,
        },
    }
}

fn begin(sandbox: &Sandbox, trouble: &Trouble) {
    let faults = sandbox.faults();
    match trouble {
        Trouble::Rate(endpoint, chance, seed, kind) => {
            let target = endpoint.map_or(Target::Any, Target::Endpoint);
            faults.rate(target, *chance, *seed, *kind);
        }
        Trouble::Next(endpoint, count, kind) => faults.next(*endpoint, *count, *kind),
        Trouble::NetworkDown => faults.always(Target::Any, FaultKind::ResetBefore),
        Trouble::KeyRevoked => sandbox.revoke_master_key(),
        Trouble::PlanDowngraded => sandbox.downgrade_plan(),
        Trouble::FunctionsOff => sandbox.set_task_functions(false),
        Trouble::SequencePaused(id) => {
            sandbox.pause_sequence(id);
        }
    }
}

fn end(sandbox: &Sandbox, trouble: &Trouble) {
    match trouble {
        Trouble::Rate(..) | Trouble::Next(..) | Trouble::NetworkDown => sandbox.faults().clear(),
        Trouble::KeyRevoked => sandbox.restore_master_key(),
        Trouble::PlanDowngraded => sandbox.restore_plan(),
        Trouble::FunctionsOff => sandbox.set_task_functions(true),
        Trouble::SequencePaused(id) => {
            sandbox.resume_sequence(id);
        }
    }
}

/// Ends all trouble.
pub(crate) fn clear(sandbox: &Sandbox, sequences: &[String]) {
    sandbox.faults().clear();
    sandbox.restore_master_key();
    sandbox.restore_plan();
    sandbox.set_task_functions(true);
    for id in sequences {
        sandbox.resume_sequence(id);
    }
}

/// Draws how long new calls and changed tasks stay unseen by a search.
pub(crate) fn draw_lags(random: &mut ChaCha8Rng, sandbox: &Sandbox) {
    let mut lag = || match random.random_range(0..3) {
        0 => Duration::ZERO,
        1 => Duration::from_millis(random.random_range(0..LAG_MS_MAX / 4)),
        _ => Duration::from_millis(random.random_range(0..LAG_MS_MAX)),
    };
    let (tasks, calls) = (lag(), lag());
    sandbox.set_index_lags(tasks, calls);
}
