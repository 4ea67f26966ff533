//! The model of Apollo: what it holds, and when its searches show it.
//!
//! It has only what the steps of a wrap-up need. It knows who really asked for what (`owner`),
//! which no answer tells: the world judges by that, and not by what the core believes.

use std::collections::{BTreeMap, BTreeSet};

use apollo::{
    Error,
    ids::{TaskId, UserId},
    types::{NewPhoneCall, NewTask, PhoneCall, Task, TaskStatus},
};
use clock::Timestamp;
use domain::{
    wrap_up::StepKind, wrap_up::Work, wrap_up::WrapUp, wrap_up::WrapUpId, wrap_up::search_dates,
};
use jiff::tz::TimeZone;
use outbox::Answered;

use crate::adversary::Identifier;

/// A call, and who really made it.
pub(crate) struct Record {
    pub(crate) owner: WrapUpId,
    pub(crate) call: PhoneCall,
    visible_ms: i64,
}

/// A task that a wrap-up made.
pub(crate) struct Made {
    pub(crate) owner: WrapUpId,
    pub(crate) task: Task,
    visible_ms: i64,
}

/// A write that Apollo does later than its sender waits for.
pub(crate) enum Late {
    Log(NewPhoneCall),
    Make(NewTask),
}

pub(crate) struct Apollo {
    pub(crate) identifier: Identifier,
    pub(crate) lag_ms: i64,
    pub(crate) names_tasks: bool,
    pub(crate) records: Vec<Record>,
    pub(crate) made: Vec<Made>,
    /// The tasks that were there before; none of those that somebody deleted.
    pub(crate) tasks: BTreeMap<TaskId, Task>,
    pub(crate) staged: BTreeSet<WrapUpId>,
    pub(crate) sequences_finished: BTreeSet<WrapUpId>,
    later: Vec<(i64, WrapUpId, Late)>,
    now_ms: i64,
}

impl Apollo {
    pub(crate) fn new(identifier: Identifier, lag_ms: i64, names_tasks: bool) -> Self {
        Self {
            identifier,
            lag_ms,
            names_tasks,
            records: Vec::new(),
            made: Vec::new(),
            tasks: BTreeMap::new(),
            staged: BTreeSet::new(),
            sequences_finished: BTreeSet::new(),
            later: Vec::new(),
            now_ms: 0,
        }
    }

    /// Does what was to be done until `now_ms`.
    pub(crate) fn go_on_until(&mut self, now_ms: i64) {
        while let Some(index) = (0..self.later.len())
            .filter(|index| self.later[*index].0 <= now_ms)
            .min_by_key(|index| self.later[*index].0)
        {
            let (at_ms, owner, late) = self.later.remove(index);
            self.now_ms = at_ms;
            match late {
                Late::Log(call) => drop(self.log(owner, call)),
                Late::Make(task) => drop(self.make(owner, task)),
            }
        }
        self.now_ms = now_ms;
    }

    pub(crate) fn is_busy(&self) -> bool {
        !self.later.is_empty()
    }

    /// What the `kind` step of a wrap-up asks for, done after `after_ms`. A step that is not
    /// idempotent may be done late; the others are done in the order in which they were sent.
    pub(crate) fn commit_later(&mut self, wrap_up: &WrapUp, kind: StepKind, after_ms: i64) {
        let Work::Call(call) = &wrap_up.work else {
            let _ = self.commit(wrap_up, kind);
            return;
        };
        let late = match kind {
            StepKind::LogCall => Some(Late::Log(call.as_new_call(wrap_up.id, &wrap_up.rep))),
            StepKind::CreateCallback => call.as_new_task(&wrap_up.rep).map(Late::Make),
            _ => None,
        };
        match late {
            Some(late) => self.later.push((self.now_ms + after_ms, wrap_up.id, late)),
            None => drop(self.commit(wrap_up, kind)),
        }
    }

    /// Does what the `kind` step of a wrap-up asks for.
    pub(crate) fn commit(&mut self, wrap_up: &WrapUp, kind: StepKind) -> Result<Answered, Error> {
        let call = match &wrap_up.work {
            Work::Call(call) => Some(call),
            _ => None,
        };
        match (kind, call) {
            (StepKind::LogCall, Some(call)) => {
                let id = self.log(wrap_up.id, call.as_new_call(wrap_up.id, &wrap_up.rep));
                Ok(Answered::Logged(id))
            }
            (StepKind::CreateCallback, Some(call)) => {
                let task = call.as_new_task(&wrap_up.rep).expect("a callback to make");
                let id = self.make(wrap_up.id, task);
                Ok(Answered::Created(self.names_tasks.then_some(id)))
            }
            (StepKind::CompleteTask, _) => Ok(self.finish(&wrap_up.task_id, TaskStatus::Completed)),
            (StepKind::SkipTask, _) => Ok(self.finish(&wrap_up.task_id, TaskStatus::Skipped)),
            (StepKind::MoveTask, Some(call)) => {
                let task = self.tasks.get_mut(&wrap_up.task_id).ok_or(Error::Gone)?;
                if task.status != TaskStatus::Scheduled {
                    return Ok(Answered::AlreadyFinished);
                }
                task.due_at = call.after.move_to;
                Ok(Answered::Finished)
            }
            (StepKind::SetStage, _) => {
                self.staged.insert(wrap_up.id);
                Ok(Answered::Finished)
            }
            (StepKind::FinishSequence, _) => {
                self.sequences_finished.insert(wrap_up.id);
                Ok(Answered::Finished)
            }
            (StepKind::CorrectCall, _) => {
                let id = wrap_up.call_id().ok_or(Error::Gone)?.clone();
                let change = wrap_up.result().ok_or(Error::Gone)?.as_update();
                let mut records = self.records.iter_mut();
                let record = records.find(|record| record.call.id == id);
                let call = &mut record.ok_or(Error::Gone)?.call;
                call.status = change.status;
                call.outcome_id = change.outcome_id;
                call.purpose_id = change.purpose_id;
                call.note = change.note;
                Ok(Answered::Logged(id))
            }
            _ => panic!("{kind:?} is no step of this wrap-up"),
        }
    }

    fn log(&mut self, owner: WrapUpId, new: NewPhoneCall) -> apollo::ids::CallId {
        let known = self.records.iter_mut().find(|record| {
            self.identifier == Identifier::Upsert
                && record.call.call_identifier == new.call_identifier
        });
        if let Some(known) = known {
            known.call.outcome_id = new.outcome_id;
            known.call.note = new.note;
            return known.call.id.clone();
        }
        let keeps = self.identifier != Identifier::Dropped;
        let call = PhoneCall {
            user_id: Some(new.user_id),
            contact_id: new.contact_id,
            account_id: new.account_id,
            status: new.status,
            start_time: new.start_time,
            end_time: new.end_time,
            duration_s: new.duration_s,
            outcome_id: new.outcome_id,
            purpose_id: new.purpose_id,
            note: new.note,
            call_identifier: new.call_identifier.filter(|_| keeps),
            ..PhoneCall::with_id(format!("call-{}", self.records.len()))
        };
        let id = call.id.clone();
        self.records.push(Record {
            owner,
            call,
            visible_ms: self.now_ms + self.lag_ms,
        });
        id
    }

    fn make(&mut self, owner: WrapUpId, new: NewTask) -> TaskId {
        let task = Task {
            user_id: Some(new.user_id),
            kind: new.kind,
            status: new.status,
            priority: new.priority,
            due_at: Some(new.due_at),
            contact_id: new.contact_id,
            account_id: new.account_id,
            creator_id: new.creator_id,
            note: new.note,
            ..Task::with_id(format!("made-{}", self.made.len()))
        };
        let id = task.id.clone();
        self.made.push(Made {
            owner,
            task,
            visible_ms: self.now_ms + self.lag_ms,
        });
        id
    }

    fn finish(&mut self, id: &TaskId, as_what: TaskStatus) -> Answered {
        match self.tasks.get_mut(id) {
            None => Answered::Deleted,
            Some(task) if task.status == TaskStatus::Scheduled => {
                task.status = as_what;
                Answered::Finished
            }
            Some(_) => Answered::AlreadyFinished,
        }
    }

    /// The calls of a rep between two dates, as far as the index shows them.
    pub(crate) fn calls_of(&self, user: &UserId, from: Timestamp, to: Timestamp) -> Vec<PhoneCall> {
        let (from, to) = search_dates(from, to);
        let visible = self
            .records
            .iter()
            .filter(|record| record.visible_ms <= self.now_ms)
            .map(|record| &record.call);
        visible
            .filter(|call| call.user_id.as_ref() == Some(user))
            .filter(|call| {
                let start = call.start_time.expect("all have one");
                let date = TimeZone::UTC.to_datetime(start).date();
                (from..=to).contains(&date)
            })
            .cloned()
            .collect()
    }

    /// The open tasks for the contact of `wrap_up`, as far as the index shows them.
    pub(crate) fn open_tasks_for(&self, wrap_up: &WrapUp) -> Vec<Task> {
        let Work::Call(call) = &wrap_up.work else {
            return Vec::new();
        };
        let visible = self
            .made
            .iter()
            .filter(|made| made.visible_ms <= self.now_ms)
            .map(|made| &made.task);
        visible
            .chain(self.tasks.values())
            .filter(|task| task.status == TaskStatus::Scheduled)
            .filter(|task| task.contact_id == call.contact_id)
            .cloned()
            .collect()
    }
}
