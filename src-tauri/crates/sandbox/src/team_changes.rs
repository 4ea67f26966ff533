//! What an admin of the team does in Apollo while a client works: people leave, contacts are
//! deleted, sequences pause, dispositions go.
//!
//! Promises: each function is one change of the world, in the history like any other, as request 0.
//! Must never: answer a request; what a client is told is in `resources`.

use crate::{effect::Effect, pipeline::Core, world::Change};

/// The number of the request of a change that no request made.
const NO_REQUEST: u64 = 0;

impl Core {
    /// Runs `work` on the world and writes down what it changed.
    fn commit<T>(
        &self,
        work: impl FnOnce(&mut crate::world::World, Change, &mut Vec<Effect>) -> T,
    ) -> T {
        let lag = self.scenario().task_index_lag;
        let change = Change {
            request: NO_REQUEST,
            now: self.clock.now(),
            indexed_at: (!lag.is_zero()).then(|| self.clock.elapsed() + lag),
        };
        let mut effects = Vec::new();
        let mut world = self.world();
        let output = work(&mut world, change, &mut effects);
        self.history.committed(effects);
        output
    }

    /// Deactivates a user, or activates one again. False when nobody has this id.
    pub(crate) fn set_user_active(&self, id: &str, active: bool) -> bool {
        self.commit(|world, change, effects| {
            let Some(place) = world.user_place(id) else {
                return false;
            };
            world.users[place].deleted = !active;
            effects.push(Effect::UserActive {
                request: change.request,
                at: change.now,
                user_id: world.users[place].id.to_string(),
                active,
            });
            true
        })
    }

    /// Deletes a contact; its tasks stay. False when there is none.
    pub(crate) fn delete_contact(&self, id: &str) -> bool {
        self.commit(|world, change, effects| {
            let Some(place) = world.contact_place(id) else {
                return false;
            };
            world.contacts[place].deleted = true;
            effects.push(Effect::ContactDeleted {
                request: change.request,
                at: change.now,
                contact_id: world.contacts[place].id.to_string(),
            });
            true
        })
    }

    /// Pauses a sequence, which deletes its open tasks, or lets it run. False when there is none.
    pub(crate) fn set_sequence_active(&self, id: &str, active: bool) -> bool {
        self.commit(|world, change, effects| {
            let Some(place) = world.sequence_place(id) else {
                return false;
            };
            if world.sequences[place].active != active {
                world.switch_sequence(place, active, change, effects);
            }
            true
        })
    }

    /// Removes a disposition; calls that have it keep its id. False when there is none.
    pub(crate) fn remove_outcome(&self, id: &str) -> bool {
        self.commit(|world, change, effects| {
            let Some(place) = world.outcomes.iter().position(|it| it.id.to_string() == id) else {
                return false;
            };
            let outcome = world.outcomes.remove(place);
            effects.push(Effect::OutcomeRemoved {
                request: change.request,
                at: change.now,
                phone_call_outcome_id: outcome.id.to_string(),
            });
            true
        })
    }
}
