//! Time, the run of a case, and what must be true at its end.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use apollo::types::TaskStatus;
use clock::Timestamp;
use domain::{
    rep::MappedUser, rep::Rep, wrap_up::CallResult, wrap_up::WaitReason, wrap_up::Work,
    wrap_up::WrapUp, wrap_up::WrapUpId,
};

use crate::{
    adversary::{Case, Fate, Moment, What},
    apollo::Apollo,
    disk::{Disk, WriteFault},
    driver::Life,
    tally::Tally,
};

/// Wrap-ups of one case: enough to be in each other's way.
pub(crate) const SAVES_MAX: usize = 6;
/// When it all begins, by a clock that is right: some evening in UTC, so that days change.
const BEGIN_MS: i64 = 1_780_000_000_000;
/// How long it may take until all is at rest once the adversary has stopped. A step that waits for
/// a key waits 15 minutes, and a wall clock that was set back adds 20.
const REST_MINUTES_MAX: u32 = 60;
const MINUTE_MS: i64 = 60_000;

/// A wrap-up that a person saved.
pub(crate) struct Saved {
    pub(crate) id: WrapUpId,
    pub(crate) original: WrapUp,
    /// What its record may say: the last result, and each result that the disk stored although it
    /// reported a failure.
    pub(crate) may_say: Vec<CallResult>,
    pub(crate) end: End,
    /// Whether its end is what the person was told. It is not when the disk did what it reported
    /// as failed: then both ends are right, but never a second record.
    pub(crate) is_sure: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Kept,
    TakenBack,
    Discarded,
}

pub(crate) struct World {
    /// Time that nobody can set.
    pub(crate) mono_ms: i64,
    wall_error_ms: i64,
    pub(crate) apollo: Apollo,
    pub(crate) disk: Disk,
    pub(crate) life: Life,
    pub(crate) fates: VecDeque<Fate>,
    pub(crate) is_network_up: bool,
    pub(crate) is_key_accepted: bool,
    pub(crate) rep: MappedUser,
    pub(crate) saved: Vec<Saved>,
    pub(crate) starts_s: BTreeSet<i64>,
    pub(crate) results_made: u32,
    pub(crate) tally: Tally,
    violation: Option<String>,
}

impl World {
    /// Runs a case to its end; what it did, or the first promise that was broken.
    pub(crate) fn run(case: &Case) -> Result<Tally, String> {
        let mut world = Self {
            mono_ms: 0,
            wall_error_ms: case.wall_error_s * 1_000,
            apollo: Apollo::new(case.identifier, case.index_lag_ms, case.names_tasks),
            disk: Disk::default(),
            life: Life::default(),
            fates: case.fates.iter().cloned().collect(),
            is_network_up: true,
            is_key_accepted: true,
            rep: MappedUser::from_user_map(Rep {
                user_id: "rep".into(),
                name: "Rep".to_owned(),
                email: None,
            }),
            saved: Vec::new(),
            starts_s: BTreeSet::new(),
            results_made: 0,
            tally: Tally::default(),
            violation: None,
        };
        for Moment { wait_ms, what } in &case.moments {
            world.pass(*wait_ms);
            world.happens(what);
        }
        world.come_to_rest();
        world.judge_the_end();
        world.tally.cases = 1;
        world.tally.disk_faults = world.disk.faults;
        world.violation.map_or(Ok(world.tally), Err)
    }

    /// The wall clock, as wrong as it is.
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(BEGIN_MS + self.mono_ms + self.wall_error_ms)
            .expect("within time")
    }

    /// A promise was broken. Only the first counts.
    pub(crate) fn violated(&mut self, promise: &str) {
        let at_ms = self.mono_ms;
        self.violation
            .get_or_insert_with(|| format!("at {at_ms} ms: {promise}"));
    }

    fn happens(&mut self, what: &What) {
        match what {
            What::Save(save) => self.save(save),
            What::Crash { down_ms } => {
                self.tally.crashes += 1;
                self.mono_ms += down_ms;
                self.apollo.go_on_until(self.mono_ms);
                self.start();
            }
            What::WallJump { by_s } => {
                self.tally.clock_jumps += 1;
                self.wall_error_ms = by_s * 1_000;
            }
            What::Person { which, action } => self.person_does(*which, *action),
            What::DiskFails { is_stored } => {
                self.disk.fault = Some(if *is_stored {
                    WriteFault::WrittenButReported
                } else {
                    WriteFault::Refused
                });
            }
            What::Others { which, deletes } => {
                let Some(saved) = self.saved.get(*which) else {
                    return;
                };
                let tasks = &mut self.apollo.tasks;
                if *deletes {
                    tasks.remove(&saved.original.task_id);
                } else if let Some(task) = tasks.get_mut(&saved.original.task_id) {
                    task.status = TaskStatus::Completed;
                }
            }
            What::Network { is_up } => self.is_network_up = *is_up,
            What::Key {
                is_accepted,
                is_told,
            } => {
                self.is_key_accepted = *is_accepted;
                if *is_accepted && *is_told {
                    // A disk that fails here only makes it wait longer.
                    let _ = self.release(WaitReason::Key);
                }
            }
        }
    }

    /// Lets time go by, and everything happen that is due.
    fn pass(&mut self, ms: i64) {
        let until_ms = self.mono_ms + ms;
        loop {
            let replies = self.life.replies.iter().map(|reply| reply.at_ms);
            let next_ms = replies
                .chain([self.life.wakes_at_ms])
                .min()
                .unwrap_or(until_ms)
                .max(self.mono_ms);
            if next_ms > until_ms || self.violation.is_some() {
                break;
            }
            self.mono_ms = next_ms;
            self.apollo.go_on_until(next_ms);
            let mut replies = self.life.replies.iter();
            match replies.position(|reply| reply.at_ms <= next_ms) {
                Some(index) => {
                    let reply = self.life.replies.remove(index);
                    self.receive(&reply);
                }
                None => self.look_around(),
            }
        }
        self.mono_ms = until_ms;
        self.apollo.go_on_until(until_ms);
    }

    /// The adversary stops, and a person has everything tried again that was refused.
    fn come_to_rest(&mut self) {
        self.fates.clear();
        self.disk.fault = None;
        self.is_network_up = true;
        self.is_key_accepted = true;
        let _ = self.release(WaitReason::Key);
        for _ in 0..REST_MINUTES_MAX {
            let blocked: Vec<_> = self
                .life
                .outbox
                .values()
                .filter(|wrap_up| wrap_up.waits_for_person())
                .map(|wrap_up| wrap_up.id)
                .collect();
            for id in blocked {
                self.retry(id);
            }
            self.life.wakes_at_ms = self.mono_ms;
            self.pass(MINUTE_MS);
            if self.violation.is_some() {
                return;
            }
            let is_idle = self.life.outbox.is_empty()
                && self.life.replies.is_empty()
                && !self.apollo.is_busy();
            if is_idle && self.disk.read().0.is_empty() {
                return;
            }
            if is_idle {
                // The disk stored more than it reported: the next start reads it.
                self.start();
            }
        }
        let left: Vec<_> = self.life.outbox.values().collect();
        let left = format!("it does not come to rest: {left:?}");
        self.violated(&left);
    }

    fn judge_the_end(&mut self) {
        if self.violation.is_some() {
            return;
        }
        let mut broken = Vec::new();
        // What cannot be told apart is counted together: callbacks due at once for one contact.
        let mut callbacks: BTreeMap<_, (usize, usize)> = BTreeMap::new();
        for saved in &self.saved {
            let is_kept = saved.end == End::Kept && saved.is_sure;
            let was_sent = saved.end != End::TakenBack;
            let mut complain =
                |what: &str| broken.push(format!("{}: {what}", saved.original.task_id));
            let of_it = |record: &&crate::apollo::Record| record.owner == saved.id;
            let records: Vec<_> = self.apollo.records.iter().filter(of_it).collect();
            if records.len() > 1 {
                complain("logged twice");
            }
            if !was_sent && !records.is_empty() {
                complain("taken back, and logged");
            }
            if let Work::Call(call) = &saved.original.work
                && let Some(due_at) = call.after.callback_at
            {
                let alike = callbacks
                    .entry((call.contact_id.clone(), due_at))
                    .or_default();
                alike.0 += usize::from(is_kept);
                alike.1 += usize::from(was_sent);
            }
            if !is_kept {
                continue;
            }
            if !self.disk.has_receipt(saved.id) {
                complain("without a receipt");
            }
            for step in &saved.original.steps {
                if !self.is_in_effect(&saved.original, step.kind) {
                    complain(&format!("{:?} is not in Apollo", step.kind));
                }
            }
            if let (Work::Call(call), Some(record)) = (&saved.original.work, records.first()) {
                let logged = &record.call;
                let is_right = logged.user_id.as_ref() == Some(self.rep.id())
                    && logged.contact_id == call.contact_id
                    && logged.start_time == Some(call.started_at)
                    && logged.duration_s == Some(call.duration_s())
                    && saved.may_say.iter().any(|result| {
                        logged.outcome_id == result.outcome_id
                            && logged.note.clone().unwrap_or_default()
                                == result.note_as_sent().unwrap_or_default()
                    });
                if !is_right {
                    complain("logged with the wrong content");
                }
            }
        }
        for ((contact, due_at), (least, most)) in callbacks {
            let made =
                self.apollo.made.iter().filter(|made| {
                    made.task.contact_id == contact && made.task.due_at == Some(due_at)
                });
            let count = made.count();
            if count < least || count > most {
                broken.push(format!(
                    "{count} callbacks, and {least} to {most} were asked for"
                ));
            }
        }
        for made in &self.apollo.made {
            let owner = self.saved.iter().find(|saved| saved.id == made.owner);
            if owner.is_none_or(|owner| owner.end == End::TakenBack) {
                broken.push("a callback of what was taken back".to_owned());
            }
        }
        if !broken.is_empty() {
            self.violated(&broken.join("; "));
        }
    }
}
