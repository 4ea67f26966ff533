//! What the rep of one run is going to do, drawn from the run's seed.
//!
//! Promises: the same seed and the same team give the same plan; no two calls start in the same
//! second, no two callbacks are due in the same second, so that each record in Apollo tells whose
//! it is. Must never: hold anything of a real person (the team is the sandbox's).

use apollo::{
    ids::{ContactId, OutcomeId, SequenceId, StageId, TaskId, UserId},
    types::{CallStatus, Task, TaskPriority},
};
use clock::{SignedDuration, Timestamp};
use desk::{
    view::{Rep, SkipReason},
    wrap_up::{AfterCall, CallResult, CallWork, MappedUser, WrapUp},
};
use rand::{Rng, seq::IndexedRandom as _, seq::SliceRandom as _};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// How often a call's content can be put right in a run.
pub(crate) const CORRECTIONS_MAX: usize = 3;
/// The longest hold for an undo, in virtual seconds.
const HOLD_S_MAX: i64 = 12;

/// The team, as far as a plan needs it.
pub(crate) struct Team {
    pub(crate) rep: UserId,
    /// Open call tasks of the rep.
    pub(crate) tasks: Vec<Task>,
    pub(crate) outcomes: Vec<(OutcomeId, String)>,
    pub(crate) stages: Vec<StageId>,
    /// The sequences each contact is in.
    pub(crate) enrolments: Vec<(ContactId, SequenceId)>,
}

/// Everything that may be saved in a run.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Plan {
    pub(crate) rep: UserId,
    /// In every note, and nowhere else in the world.
    pub(crate) marker: String,
    pub(crate) entries: Vec<Entry>,
}

/// One wrap-up.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) task_id: TaskId,
    /// As the task was when the run began.
    pub(crate) priority: TaskPriority,
    pub(crate) creator: Option<UserId>,
    /// How long it is held back for an undo, in virtual seconds; 0 is not at all.
    pub(crate) hold_s: i64,
    pub(crate) deed: Deed,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Deed {
    Skip {
        note: String,
    },
    Call {
        work: Box<CallWork>,
        /// What the content is put right to, in this order.
        corrections: Vec<CallResult>,
    },
}

impl Deed {
    /// As the table names it.
    pub(crate) fn kinds(&self) -> Vec<&'static str> {
        match self {
            Self::Skip { .. } => vec!["skip"],
            Self::Call { work, .. } => {
                let after = &work.after;
                let mut kinds = vec!["call"];
                kinds.extend(match after.move_to {
                    Some(_) => Some("task moved"),
                    None => Some("task completed"),
                });
                kinds.extend(after.callback_at.map(|_| "callback made"));
                kinds.extend(after.stage_id.as_ref().map(|_| "stage set"));
                kinds.extend(after.finish_sequence.as_ref().map(|_| "sequence finished"));
                kinds
            }
        }
    }
}

impl Entry {
    /// The call's content in this version; 0 is as it was saved.
    pub(crate) fn result(&self, version: usize) -> Option<&CallResult> {
        match &self.deed {
            Deed::Skip { .. } => None,
            Deed::Call { work, .. } if version == 0 => Some(&work.result),
            Deed::Call { corrections, .. } => corrections.get(version - 1),
        }
    }

    /// The wrap-up, saved at `now`.
    pub(crate) fn wrap_up(&self, rep: &MappedUser, now: Timestamp) -> WrapUp {
        let wrap_up = match &self.deed {
            Deed::Skip { note } => WrapUp::skip(
                self.task_id.clone(),
                rep.clone(),
                now,
                SkipReason::NotRelevant,
                note.clone(),
            ),
            Deed::Call { work, .. } => WrapUp::call(
                self.task_id.clone(),
                rep.clone(),
                now,
                CallWork::clone(work),
            ),
        };
        if self.hold_s == 0 {
            return wrap_up;
        }
        wrap_up.held_until(now.saturating_add(seconds(self.hold_s)).unwrap_or(now))
    }
}

impl Plan {
    /// Which entry is about this task.
    pub(crate) fn entry_of(&self, task: &TaskId) -> Option<usize> {
        self.entries.iter().position(|entry| entry.task_id == *task)
    }

    /// The rep as the user map names them.
    pub(crate) fn mapped(&self) -> MappedUser {
        MappedUser::from_user_map(Rep {
            user_id: self.rep.clone(),
            name: "Robin Rep".to_owned(),
            email: None,
        })
    }

    /// A plan of `size` wrap-ups, or of as many as there are tasks.
    pub(crate) fn draw(random: &mut ChaCha8Rng, team: &Team, now: Timestamp, size: usize) -> Self {
        let marker = format!("marker{:016x}", random.random::<u64>());
        let mut tasks: Vec<&Task> = team
            .tasks
            .iter()
            .filter(|task| task.contact_id.is_some() || task.account_id.is_some())
            .collect();
        tasks.shuffle(random);
        tasks.truncate(size);
        let mut entries: Vec<Entry> = Vec::new();
        let mut start = now
            .saturating_sub(SignedDuration::from_hours(5))
            .unwrap_or(now);
        for (number, task) in tasks.into_iter().enumerate() {
            let before = entries.last();
            let pair = before.filter(|_| random.random_bool(0.2)).and_then(pair_of);
            let gap_s = match pair {
                // Called again at once: the same minute, or nearly.
                Some(_) => random.random_range(1..50),
                None => random.random_range(61..240),
            };
            start = start.saturating_add(seconds(gap_s)).unwrap_or(start);
            let mut draw = Draw {
                random,
                team,
                marker: &marker,
                number,
                now,
            };
            let deed = if draw.random.random_bool(0.15) {
                Deed::Skip {
                    note: draw.note("skipped"),
                }
            } else {
                draw.call(task, pair.as_ref(), start)
            };
            entries.push(Entry {
                task_id: task.id.clone(),
                priority: task.priority.clone(),
                creator: task.creator_id.clone(),
                hold_s: if random.random_bool(0.4) {
                    random.random_range(1..=HOLD_S_MAX)
                } else {
                    0
                },
                deed,
            });
        }
        Self {
            rep: team.rep.clone(),
            marker,
            entries,
        }
    }
}

/// Whom the call before was to, and how long it took.
fn pair_of(before: &Entry) -> Option<(ContactId, u32)> {
    match &before.deed {
        Deed::Call { work, .. } => Some((work.contact_id.clone()?, work.duration_s())),
        Deed::Skip { .. } => None,
    }
}

struct Draw<'a> {
    random: &'a mut ChaCha8Rng,
    team: &'a Team,
    marker: &'a str,
    number: usize,
    now: Timestamp,
}

impl Draw<'_> {
    fn note(&self, what: &str) -> String {
        format!("{} {what} in call {}", self.marker, self.number)
    }

    fn result(&mut self, version: usize) -> CallResult {
        let (outcome_id, outcome_name) = self.team.outcomes.choose(self.random).map_or_else(
            || (None, "Connected".to_owned()),
            |(id, name)| (Some(id.clone()), name.clone()),
        );
        let statuses = [
            CallStatus::Completed,
            CallStatus::NoAnswer,
            CallStatus::Busy,
        ];
        CallResult {
            status: statuses
                .choose(self.random)
                .cloned()
                .unwrap_or(CallStatus::Completed),
            outcome_id,
            outcome_name,
            purpose_id: None,
            note: self.note(&format!("version {version}")),
        }
    }

    fn call(
        &mut self,
        task: &Task,
        pair: Option<&(ContactId, u32)>,
        started_at: Timestamp,
    ) -> Deed {
        let (contact_id, duration_s) = match pair {
            Some((contact, duration_s)) => (Some(contact.clone()), *duration_s),
            None => (task.contact_id.clone(), self.random.random_range(5..55)),
        };
        // A stage and a sequence are set for a person whom no other wrap-up is about, so that the
        // order of two wrap-ups does not decide what is right.
        let own = task.contact_id.clone().filter(|_| pair.is_none());
        let in_days = |this: &mut Self, days: std::ops::Range<i64>| {
            let whole = SignedDuration::from_hours(24 * this.random.random_range(days));
            let number = i64::try_from(this.number).unwrap_or(0);
            let distinct = seconds(60 * this.random.random_range(0..600) + number % 60);
            this.now.saturating_add(whole + distinct).ok()
        };
        let move_to = self.random.random_bool(0.25).then(|| in_days(self, 1..9));
        let callback_at = self.random.random_bool(0.35).then(|| in_days(self, 10..20));
        let stage_id = (own.is_some() && self.random.random_bool(0.25))
            .then(|| self.team.stages.choose(self.random).cloned());
        let enrolled = own.as_ref().and_then(|contact| {
            let mut all = self.team.enrolments.iter();
            all.find(|(other, _)| other == contact)
                .map(|(_, sequence)| sequence.clone())
        });
        let finishes = move_to.is_none() && self.random.random_bool(0.25);
        let result = self.result(0);
        let corrections = (1..=CORRECTIONS_MAX)
            .map(|version| self.result(version))
            .collect();
        Deed::Call {
            work: Box::new(CallWork {
                contact_id,
                account_id: task.account_id.clone().filter(|_| pair.is_none()),
                to_number: Some(format!("+1202555{:04}", 100 + self.number)),
                started_at,
                ended_at: started_at
                    .saturating_add(seconds(i64::from(duration_s)))
                    .unwrap_or(started_at),
                result,
                after: AfterCall {
                    move_to: move_to.flatten(),
                    callback_at: callback_at.flatten(),
                    stage_id: stage_id.flatten(),
                    finish_sequence: enrolled.filter(|_| finishes),
                },
            }),
            corrections,
        }
    }
}

fn seconds(count: i64) -> SignedDuration {
    SignedDuration::from_secs(count)
}
