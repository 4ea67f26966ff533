//! What the people of one run have to work with: two teams, their reps, their call tasks.
//!
//! Promises: everything that the judge must know of a task before anybody called it. Must never:
//! hold anything of a real person (the teams are the sandbox's).

use std::collections::BTreeMap;

use apollo::{
    ids::{AccountId, ContactId, OutcomeId, StageId, TaskId, UserId},
    types::TaskPriority,
};
use clock::{SignedDuration, Timestamp};
use present::OutcomeRule;
use serde::{Deserialize, Serialize};

use crate::messages::CallNumber;

/// Numbers of one machine's wrap-ups; the next machine's begin after them.
pub(crate) const CALLS_PER_MACHINE: usize = 1_000;
/// How often a call can be corrected in a run.
pub(crate) const CORRECTIONS_MAX: usize = 3;

/// Everything that may be worked on in a run.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct RunSetup {
    /// In every note, and nowhere else in the world.
    pub(crate) marker: String,
    /// When the run's virtual time began.
    pub(crate) began: Timestamp,
    /// The key of the first one is used most.
    pub(crate) teams: Vec<Team>,
}

/// One team of Apollo's.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Team {
    /// Its master key.
    pub(crate) key: String,
    /// Those of its people who work in this run, with their names.
    pub(crate) reps: BTreeMap<UserId, String>,
    pub(crate) tasks: Vec<Task>,
    /// What outcomes do besides logging the call.
    pub(crate) rules: Vec<OutcomeRule>,
}

/// One call task.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Task {
    pub(crate) id: TaskId,
    pub(crate) contact: Option<ContactId>,
    pub(crate) account: Option<AccountId>,
    /// As the task was when the run began.
    pub(crate) priority: TaskPriority,
    pub(crate) creator: Option<UserId>,
}

impl RunSetup {
    /// The team that a rep is in.
    pub(crate) fn team_of(&self, rep: &UserId) -> Option<usize> {
        let has = |team: &Team| team.reps.contains_key(rep);
        self.teams.iter().position(has)
    }

    /// The task with this id.
    pub(crate) fn task(&self, id: &TaskId) -> Option<&Task> {
        let mut tasks = self.teams.iter().flat_map(|team| &team.tasks);
        tasks.find(|task| task.id == *id)
    }

    /// All rules: settings are one for all teams.
    pub(crate) fn rules(&self) -> Vec<OutcomeRule> {
        let rules = self.teams.iter().flat_map(|team| &team.rules);
        rules.cloned().collect()
    }

    /// The stage that an outcome's rule sets.
    pub(crate) fn stage_of(&self, outcome: &OutcomeId) -> Option<StageId> {
        let mut rules = self.teams.iter().flat_map(|team| &team.rules);
        let rule = rules.find(|rule| rule.outcome == outcome.as_str())?;
        rule.stage_id.clone().map(StageId::new)
    }

    /// A time for what follows a call: no two calls of a run have the same minute, so that a task
    /// in Apollo tells whose it is.
    pub(crate) fn own_minute(&self, call: CallNumber, days: i64) -> Timestamp {
        let minutes = i64::try_from(call).unwrap_or(0);
        let ahead = SignedDuration::from_hours(24 * days) + SignedDuration::from_mins(minutes);
        let whole = self.began.as_second() / 60 * 60;
        let start = Timestamp::from_second(whole).unwrap_or(self.began);
        start.saturating_add(ahead).unwrap_or(self.began)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_calls_of_any_two_machines_have_the_same_minute() {
        let plan = RunSetup {
            marker: String::new(),
            began: "2026-11-24T15:00:42Z".parse().unwrap(),
            teams: Vec::new(),
        };
        let calls = (0..3)
            .flat_map(|machine| (0..40).map(move |number| machine * CALLS_PER_MACHINE + number));
        let minutes: BTreeSet<i64> = calls
            .map(|call| plan.own_minute(call, 12).as_second())
            .collect();
        assert_eq!(minutes.len(), 120);
        assert!(minutes.iter().all(|second| second % 60 == 0));
    }
}
