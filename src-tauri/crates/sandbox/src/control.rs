//! What a test may see of a sandbox and order of it, by its handle.

use std::time::Duration;

use crate::{
    endpoint::Endpoint,
    faults::Faults,
    history::History,
    sandbox::Sandbox,
    scenario::{CallIdentifier, Scenario},
    world::{
        personal,
        view::{self, TaskView, WorldView},
    },
};

impl Sandbox {
    /// What has happened since the start.
    pub fn history(&self) -> History {
        self.core.history.snapshot()
    }

    /// Faults in force; add some.
    pub fn faults(&self) -> &Faults {
        &self.core.faults
    }

    /// Every name, email, number, note and account name in the data set, and the keys. For tests
    /// that search logs and files for leaks. Values too short or too common to prove anything
    /// are left out.
    pub fn personal_data(&self) -> Vec<String> {
        personal::all(&self.core.world(), &self.core.keys)
    }

    /// The whole world at this moment, as values.
    pub fn world(&self) -> WorldView {
        WorldView::of(&self.core.world())
    }

    /// One task as it is now, whatever the search index says.
    pub fn task(&self, id: &str) -> Option<TaskView> {
        view::task_by_id(&self.core.world(), id)
    }

    /// Changes switches while it runs; `size` and `limits` count only at the start.
    pub fn change_scenario(&self, change: impl FnOnce(&mut Scenario)) {
        self.core.change_scenario(change);
    }

    /// Revokes the master key: it is answered as any bad key is.
    pub fn revoke_master_key(&self) {
        self.change_scenario(|scenario| scenario.master_key_revoked = true);
    }

    /// Makes the master key good again.
    pub fn restore_master_key(&self) {
        self.change_scenario(|scenario| scenario.master_key_revoked = false);
    }

    /// Lets the workspace fall to the free plan: 403 on almost everything.
    pub fn downgrade_plan(&self) {
        self.change_scenario(|scenario| scenario.plan_downgraded = true);
    }

    /// Brings the plan back.
    pub fn restore_plan(&self) {
        self.change_scenario(|scenario| scenario.plan_downgraded = false);
    }

    /// Switches the team's task functions on or off.
    pub fn set_task_functions(&self, on: bool) {
        self.change_scenario(|scenario| scenario.task_functions_off = !on);
    }

    /// Changes what `POST /phone_calls` does with `call_identifier` from now on.
    pub fn set_call_identifier(&self, mode: CallIdentifier) {
        self.change_scenario(|scenario| scenario.call_identifier = mode);
    }

    /// Changes how long changes made from now on stay unseen by `tasks/search` and
    /// `phone_calls/search`.
    pub fn set_index_lags(&self, tasks: Duration, calls: Duration) {
        self.change_scenario(|scenario| {
            scenario.task_index_lag = tasks;
            scenario.call_index_lag = calls;
        });
    }

    /// Deactivates a user: writes that name them are refused. False when nobody has this id.
    pub fn deactivate_user(&self, id: &str) -> bool {
        self.core.set_user_active(id, false)
    }

    /// Activates a user again. False when nobody has this id.
    pub fn reactivate_user(&self, id: &str) -> bool {
        self.core.set_user_active(id, true)
    }

    /// Deletes a contact: calls to it are refused, its tasks stay. False when there is none.
    pub fn delete_contact(&self, id: &str) -> bool {
        self.core.delete_contact(id)
    }

    /// Pauses a sequence, which deletes its open tasks. False when there is none.
    pub fn pause_sequence(&self, id: &str) -> bool {
        self.core.set_sequence_active(id, false)
    }

    /// Lets a sequence run again; its deleted tasks do not come back. False when there is none.
    pub fn resume_sequence(&self, id: &str) -> bool {
        self.core.set_sequence_active(id, true)
    }

    /// Removes a disposition: calls logged with it are refused from now on. False when there is
    /// none.
    pub fn remove_outcome(&self, id: &str) -> bool {
        self.core.remove_outcome(id)
    }

    /// Uses up part of an endpoint's limits, as teammates' other tools do.
    pub fn consume(&self, endpoint: Endpoint, requests: u32) {
        self.core
            .limiter
            .consume(endpoint, self.core.clock.elapsed(), requests);
    }
}
