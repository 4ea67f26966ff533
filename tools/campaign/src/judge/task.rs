//! One task before the judge: it is finished or moved once, as its wrap-up asked, and by nobody
//! else.

use apollo::ids::TaskId;
use clock::Timestamp;
use sandbox::{Effect, TaskRecord};

use super::{
    Court, Due,
    effects::{is_completion, is_skip},
};
use crate::{messages::CallNumber, messages::Kind, record::CallHistory};

/// What a wrap-up wants of its task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Completed,
    Skipped,
    MovedTo(Timestamp),
}

impl Expected {
    fn of(known: &CallHistory) -> Self {
        match &known.begun.kind {
            Kind::Skip => Self::Skipped,
            Kind::Call(call) => call.move_to.map_or(Self::Completed, Self::MovedTo),
        }
    }
}

impl Court<'_> {
    /// What is wrong with a task.
    pub(super) fn judge_task(&self, task: &TaskId) -> Vec<String> {
        let id = task.as_str();
        let possible = self.possible(task);
        let completed = self.effects.ends(id, is_completion);
        let skipped = self.effects.ends(id, is_skip);
        let updates: Vec<&TaskRecord> = self
            .effects
            .all()
            .filter_map(|(_, effect)| match effect {
                Effect::TaskUpdated { task, .. } if task.id == id => Some(task),
                _ => None,
            })
            .collect();
        let mut faults = Vec::new();
        if completed + skipped > 1 {
            faults.push(format!(
                "was completed {completed} times and skipped {skipped} times"
            ));
        }
        let expectations: Vec<(Expected, Due)> = possible
            .iter()
            .map(|(number, known, due)| (Expected::of(known), self.settled(*number, *due)))
            .collect();
        let is_expected =
            |fits: fn(&Expected) -> bool| expectations.iter().any(|(expected, _)| fits(expected));
        if completed > 0 && !is_expected(|expected| *expected == Expected::Completed) {
            faults.push("was completed, and nobody asked for that".to_owned());
        }
        if skipped > 0 && !is_expected(|expected| *expected == Expected::Skipped) {
            faults.push("was skipped, and nobody asked for that".to_owned());
        }
        let times: Vec<i64> = expectations
            .iter()
            .filter_map(|(expected, _)| match expected {
                Expected::MovedTo(at) => Some(at.as_second()),
                Expected::Completed | Expected::Skipped => None,
            })
            .collect();
        for update in &updates {
            if !times.contains(&update.due_at.as_second()) {
                faults.push("was moved to a time that nobody asked for".to_owned());
            }
        }
        self.judge_move(task, &updates, &mut faults);
        // Where a task has several wrap-ups, which only folders can cause, their order decides.
        if let [(expected, Due::Whole)] = expectations[..]
            && !self.effects.was_deleted(id)
        {
            let is_done = match expected {
                Expected::Completed => completed == 1,
                Expected::Skipped => skipped == 1,
                Expected::MovedTo(at) => self.is_due_at(task, at),
            };
            if !is_done {
                faults.push(format!("is not {expected:?}, as it should be"));
            }
        }
        let calls: Vec<CallNumber> = possible.iter().map(|(number, ..)| *number).collect();
        let named = |fault| format!("task {task} of calls {calls:?} {fault}");
        faults.into_iter().map(named).collect()
    }

    /// A wrap-up that was cut off is due in whole once its call record is there.
    fn settled(&self, number: CallNumber, due: Due) -> Due {
        let is_there = !self.effects.calls_of(number).is_empty();
        match due {
            Due::WholeOrNothing if is_there => Due::Whole,
            due => due,
        }
    }

    /// A move must leave priority and creator alone.
    fn judge_move(&self, task: &TaskId, updates: &[&TaskRecord], faults: &mut Vec<String>) {
        let Some(planned) = self.evidence.plan.task(task) else {
            return;
        };
        let priority = planned.priority.as_str();
        if updates.iter().any(|update| update.priority != priority) {
            faults.push("lost its priority in the move".to_owned());
        }
        let mut teams = self.evidence.teams.iter();
        let shown = teams.find_map(|team| team.shown.get(task.as_str()));
        if shown.is_some_and(|shown| !updates.is_empty() && shown.creator_id != planned.creator) {
            faults.push("lost its creator in the move".to_owned());
        }
    }

    fn is_due_at(&self, task: &TaskId, at: Timestamp) -> bool {
        let mut teams = self.evidence.teams.iter();
        let shown = teams.find_map(|team| team.shown.get(task.as_str()));
        let due_at = shown.and_then(|shown| shown.due_at);
        due_at.map(Timestamp::as_second) == Some(at.as_second())
    }
}
