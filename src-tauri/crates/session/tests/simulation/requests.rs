//! One request: its fate, and what must be true when it leaves.

use std::time::Duration;

use apollo::{Error, NetworkKind, types::TaskStatus};
use domain::{
    wrap_up::HOLD_MS_MAX, wrap_up::StepKind, wrap_up::StepState, wrap_up::Work, wrap_up::WrapUp,
    wrap_up::WrapUpId,
};
use jiff::SignedDuration;
use outbox::Answered;

use crate::{
    adversary::{Fate, Loss, NotSent, Refusal},
    driver::Found,
    world::{End, World},
};

/// How long a request takes that is not answered.
const DEADLINE_MS: i64 = 30_000;
/// How long an answer takes where the adversary does not choose.
const QUICK_MS: i64 = 50;

impl World {
    fn next_fate(&mut self) -> Fate {
        self.tally.requests += 1;
        if !self.is_network_up {
            return Fate::NotSent(NotSent::Dns);
        }
        if !self.is_key_accepted {
            return Fate::NotSent(NotSent::KeyRejected);
        }
        self.fates
            .pop_front()
            .unwrap_or(Fate::Good { reply_ms: QUICK_MS })
    }

    /// Sends what a step writes: how long the reply takes, and what it says.
    pub(crate) fn request(&mut self, id: WrapUpId, step: usize) -> (i64, Result<Answered, Error>) {
        let wrap_up = self.life.outbox[&id].clone();
        let kind = wrap_up.steps[step].kind;
        self.check_that_it_may_leave(&wrap_up, step);
        match self.next_fate() {
            Fate::Good { reply_ms } => (reply_ms, self.apollo.commit(&wrap_up, kind)),
            Fate::CutShort => (QUICK_MS, self.apollo.commit(&wrap_up, kind)),
            Fate::Lost {
                how,
                after_ms,
                commits_ms,
            } => {
                if let Some(commits_ms) = commits_ms {
                    self.apollo.commit_later(&wrap_up, kind, commits_ms);
                }
                let (after_ms, error) = self.lose(how, after_ms);
                (after_ms, Err(error))
            }
            Fate::NotSent(why) => (QUICK_MS, Err(self.turn_away(why))),
            Fate::Refused(why) => (QUICK_MS, Err(refuse(why))),
        }
    }

    /// Searches Apollo: how long it takes, what it finds, and whether that is all.
    pub(crate) fn search(
        &mut self,
        id: WrapUpId,
        kind: StepKind,
    ) -> (i64, Result<Found, Error>, bool) {
        self.tally.look_ups += 1;
        let fate = self.next_fate();
        let wrap_up = &self.life.outbox[&id];
        let Work::Call(call) = &wrap_up.work else {
            panic!("only calls are looked up");
        };
        // As the index shows it now, although the answer comes later.
        let found = if kind == StepKind::LogCall {
            let sent_until = self.now();
            Found::Calls(
                self.apollo
                    .calls_of(wrap_up.rep.id(), call.started_at, sent_until),
            )
        } else {
            Found::Tasks(self.apollo.open_tasks_for(wrap_up))
        };
        match fate {
            Fate::Good { reply_ms } => (reply_ms, Ok(found), true),
            Fate::CutShort => {
                let nothing = match found {
                    Found::Calls(_) => Found::Calls(Vec::new()),
                    Found::Tasks(_) => Found::Tasks(Vec::new()),
                };
                (QUICK_MS, Ok(nothing), false)
            }
            Fate::Lost { how, after_ms, .. } => {
                let (after_ms, error) = self.lose(how, after_ms);
                (after_ms, Err(error), false)
            }
            Fate::NotSent(why) => (QUICK_MS, Err(self.turn_away(why)), false),
            Fate::Refused(why) => (QUICK_MS, Err(refuse(why)), false),
        }
    }

    fn lose(&mut self, how: Loss, after_ms: i64) -> (i64, Error) {
        self.tally.lost_replies += 1;
        let network = |kind| Error::Network { kind };
        let down = |status, html| Error::UpstreamDown {
            status: Some(status),
            html,
        };
        match how {
            Loss::Reset => (after_ms, network(NetworkKind::Reset)),
            Loss::Hang => (DEADLINE_MS, network(NetworkKind::Timeout)),
            Loss::Status500 => (after_ms, down(500, false)),
            Loss::Html502 => (after_ms, down(502, true)),
            Loss::Garbled => (
                after_ms,
                Error::Undecodable {
                    path: "contact".to_owned(),
                    reason: "not an object".to_owned(),
                },
            ),
        }
    }

    fn turn_away(&self, why: NotSent) -> Error {
        let until = |wait_s| {
            let wait = SignedDuration::from_secs(wait_s);
            self.now().checked_add(wait).expect("within time")
        };
        match why {
            NotSent::Dns => Error::Network {
                kind: NetworkKind::Dns,
            },
            NotSent::ConnectionRefused => Error::Network {
                kind: NetworkKind::ConnectionRefused,
            },
            NotSent::Limited { wait_s } => Error::Limited {
                endpoint: String::new(),
                retry_after: Duration::from_secs(wait_s.unsigned_abs()),
                until: until(wait_s),
            },
            NotSent::BudgetSpent { wait_s } => Error::BudgetSpent {
                endpoint: String::new(),
                until: until(wait_s),
            },
            NotSent::Busy => Error::Busy,
            NotSent::KeyRejected => Error::KeyRejected,
            NotSent::TooLate => Error::NotSentInTime,
        }
    }

    /// What is promised of every request, whatever came before it.
    fn check_that_it_may_leave(&mut self, wrap_up: &WrapUp, index: usize) {
        let on_disk = self.disk.wrap_up(wrap_up.id);
        if on_disk != Some(wrap_up) {
            self.violated("a request leaves that is not on disk as in flight");
            return;
        }
        let step = &wrap_up.steps[index];
        if !matches!(step.state, StepState::InFlight { .. }) {
            self.violated("a request leaves for a step that is not in flight");
        }
        if index == 0
            && step.attempts == 1
            && let Some(until) = wrap_up.held_until
        {
            let left_ms = until.as_millisecond() - self.now().as_millisecond();
            if left_ms > 0 && left_ms <= HOLD_MS_MAX {
                self.violated("a request leaves while its wrap-up is held back");
            }
        }
        let Some(saved) = self.saved.iter().find(|saved| saved.id == wrap_up.id) else {
            self.violated("a request leaves that nobody saved");
            return;
        };
        match saved.end {
            End::TakenBack => self.violated("a request leaves of what was taken back"),
            End::Discarded if step.kind != StepKind::CorrectCall => {
                self.violated("a request leaves of what was discarded");
            }
            End::Kept | End::Discarded => {}
        }
        let missing = wrap_up.steps[..index]
            .iter()
            .find(|earlier| !self.is_in_effect(wrap_up, earlier.kind));
        if let Some(earlier) = missing {
            let (earlier, later) = (earlier.kind, step.kind);
            self.violated(&format!(
                "{later:?} leaves and {earlier:?} is not in Apollo"
            ));
        }
    }

    /// Whether Apollo holds what a step writes.
    pub(crate) fn is_in_effect(&self, wrap_up: &WrapUp, kind: StepKind) -> bool {
        let task = self.apollo.tasks.get(&wrap_up.task_id);
        let is_finished = task.is_none_or(|task| task.status != TaskStatus::Scheduled);
        match kind {
            StepKind::LogCall => {
                let mut records = self.apollo.records.iter();
                records.any(|record| record.owner == wrap_up.id)
            }
            StepKind::CompleteTask | StepKind::SkipTask => is_finished,
            StepKind::MoveTask => {
                let moved_to = wrap_up.receipt().moved_to;
                is_finished || task.is_some_and(|task| task.due_at == moved_to)
            }
            StepKind::SetStage => self.apollo.staged.contains(&wrap_up.id),
            StepKind::FinishSequence => self.apollo.sequences_finished.contains(&wrap_up.id),
            // Callbacks that are alike are judged at the end; a correction leaves no trace.
            StepKind::CreateCallback | StepKind::CorrectCall => true,
        }
    }
}

fn refuse(why: Refusal) -> Error {
    let endpoint = String::new;
    let invalid = |field: &str| Error::Invalid {
        field: Some(field.to_owned()),
        message: String::new(),
    };
    match why {
        Refusal::ForeignUser => Error::NotAllowed {
            message: String::new(),
        },
        Refusal::OutcomeUnknown => invalid("phone_call_outcome_id"),
        Refusal::PlanGated => Error::PlanGated {
            endpoint: endpoint(),
        },
        Refusal::ScopedOut => Error::ScopedOut {
            endpoint: endpoint(),
        },
        Refusal::FunctionsOff => Error::FunctionsOff,
        Refusal::UserInactive => invalid("user_id"),
    }
}
