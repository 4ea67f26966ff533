//! The judge: what the histories of both teams say of every wrap-up of a run.
//!
//! Promises: a wrap-up that was surely saved, that nobody took back or gave up, and that no restored
//! folder threw away, is in its team's Apollo exactly once and whole, as the rep who saved it, with
//! the last outcome and note; a wrap-up that was given up or thrown away is there at most once; a
//! wrap-up whose saving was cut off is there whole or not at all; a client made nothing else in any
//! Apollo. Must never: believe the app over the histories, or know how the app works inside.

mod call;
mod effects;
mod task;

use std::collections::{BTreeMap, BTreeSet};

use apollo::ids::TaskId;
use sandbox::Effect;

use self::{call::Case, effects::Effects};
use crate::{
    evidence::Evidence,
    messages::{CallNumber, Counts, Kind},
    record::{CallHistory, Sure},
};

/// What the judge found.
#[derive(Default)]
pub(crate) struct Judgement {
    pub(crate) violations: Vec<String>,
    pub(crate) wrap_ups: Counts,
}

/// How much of a wrap-up is to be in Apollo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    Nothing,
    AtMostOnce,
    /// Its saving was cut off.
    WholeOrNothing,
    Whole,
}

impl Due {
    fn of(known: &CallHistory) -> Self {
        let fate = known.fate();
        let is_undecided = known.is_thrown_away || known.is_loose || fate.discarded != Sure::No;
        if is_undecided && fate.saved != Sure::No {
            Self::AtMostOnce
        } else if fate.saved == Sure::No || fate.taken_back == Sure::Yes {
            Self::Nothing
        } else if fate.saved == Sure::Perhaps || fate.taken_back == Sure::Perhaps {
            Self::WholeOrNothing
        } else {
            Self::Whole
        }
    }

    /// Whether so many of a thing are right.
    fn allows(self, count: usize) -> bool {
        match self {
            Self::Nothing => count == 0,
            Self::AtMostOnce | Self::WholeOrNothing => count <= 1,
            Self::Whole => count == 1,
        }
    }
}

/// Everything of a run, sorted for the judge.
struct Court<'a> {
    evidence: &'a Evidence,
    effects: Effects<'a>,
    due: BTreeMap<CallNumber, Due>,
}

/// Judges a run.
pub(crate) fn judge(evidence: &Evidence) -> Judgement {
    let calls = &evidence.record.calls;
    let court = Court {
        evidence,
        effects: Effects::sort(evidence),
        due: calls
            .iter()
            .map(|(number, known)| (*number, Due::of(known)))
            .collect(),
    };
    let mut judgement = Judgement::default();
    let complaints = evidence.record.complaints.iter().cloned();
    judgement.violations.extend(complaints);
    for (number, known) in calls {
        count(known, &mut judgement.wrap_ups);
        let case = Case::new(&court, *number, known);
        let mut faults = known.complaints.clone();
        case.judge(&mut faults);
        if !faults.is_empty() {
            faults.push(case.trace());
            judgement.violations.push(faults.join("\n    "));
        }
    }
    for task in court.tasks() {
        judgement.violations.extend(court.judge_task(&task));
    }
    judgement.violations.extend(court.strangers());
    judgement
}

fn count(known: &CallHistory, counts: &mut Counts) {
    let mut add = |name: &str| *counts.entry(name.to_owned()).or_default() += 1;
    let fate = known.fate();
    match fate.saved {
        Sure::Yes => add("saved"),
        Sure::Perhaps => add("killed or refused by the disk while being saved"),
        Sure::No => return add("turned away"),
    }
    match &known.begun.kind {
        Kind::Skip => add("skip"),
        Kind::Call(call) => {
            add("call");
            add(match call.move_to {
                Some(_) => "task moved",
                None => "task completed",
            });
            let mut add_if = |is_so: bool, name: &str| {
                if is_so {
                    add(name);
                }
            };
            add_if(call.callback_at.is_some(), "callback made");
            add_if(call.stage.is_some(), "stage set");
            add_if(call.finish_sequence.is_some(), "sequence finished");
        }
    }
    let is_corrected = fate.versions.keys().any(|version| *version > 0);
    for (is_so, name) in [
        (fate.taken_back == Sure::Yes, "taken back"),
        (fate.discarded == Sure::Yes, "discarded"),
        (is_corrected, "corrected"),
        (known.is_thrown_away, "thrown away by a restored folder"),
    ] {
        if is_so {
            add(name);
        }
    }
}

impl Court<'_> {
    /// The tasks that were worked on.
    fn tasks(&self) -> BTreeSet<TaskId> {
        let calls = self.evidence.record.calls.values();
        calls.map(|known| known.begun.task.clone()).collect()
    }

    /// The wrap-ups of a task of which something may be in Apollo.
    fn possible(&self, task: &TaskId) -> Vec<(CallNumber, &CallHistory, Due)> {
        let calls = self.evidence.record.calls.iter();
        calls
            .filter(|(_, known)| known.begun.task == *task)
            .filter_map(|(number, known)| {
                let due = *self.due.get(number)?;
                (due != Due::Nothing).then_some((*number, known, due))
            })
            .collect()
    }

    /// What a client did that no wrap-up asked for.
    fn strangers(&self) -> Vec<String> {
        let worked_on = self.tasks();
        let is_worked_on = |id: &str| worked_on.iter().any(|task| task.as_str() == id);
        let mut found = Vec::new();
        for (_, effect) in self.effects.all() {
            match effect {
                Effect::CallLogged { call, .. } if !self.effects.is_somebodys_call(&call.id) => {
                    found.push(format!("a call record that nobody asked for: {call:?}"));
                }
                Effect::TaskCreated {
                    task,
                    by_sequence: false,
                    ..
                } if !self.effects.is_somebodys_callback(&task.id) => {
                    found.push(format!("a task that nobody asked for: {task:?}"));
                }
                Effect::TaskCompleted { task, .. } | Effect::TaskSkipped { task, .. }
                    if !is_worked_on(&task.id) =>
                {
                    found.push(format!("a task was finished that nobody called: {task:?}"));
                }
                _ => {}
            }
        }
        found
    }
}
